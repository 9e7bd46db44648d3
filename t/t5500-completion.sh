#!/bin/sh
test_description='fu completion: what the shells offer, and what they make of it'
. "${0%/*}/lib.sh"

# What bash, zsh and fish are given, and then the shells themselves on a terminal.

for shell in bash zsh fish; do
	! command -v $shell >/dev/null || test_set_prereq "$(echo $shell | tr a-z A-Z)"
done

practice()
{
	new_repo "$1" && cd "$1" &&
		fu new -q Website --client "Acme Corp" --id acme-web --next "23 nov 11:00" \
			--contact "Jane Doe <jane@acme.example>; CFO" \
			--contact "\$(touch pwned)" --contact "O'Neil \"Q\"" &&
		fu heard -q acme-web --what "they rang" --ours "send the plan by 25 nov" &&
		fu new -q Shop --client Globex --id globex-shop --tag fair
}

# offers <words, the last one at the cursor>: the words that may stand there, one a line
offers()
{
	fu complete -- "$@" >"$T_OUT/offers" &&
		sed -e 1d -e "s/$t_tab.*//" "$T_OUT/offers"
}

# offered '<words with a space between>' <words>
offered()
{
	t_want=$1 &&
		shift &&
		offers "$@" >"$T_OUT/words" &&
		echo "$t_want" | tr " " "\n" | sed "/^\$/d" >"$T_OUT/wanted" &&
		test_cmp "$T_OUT/wanted" "$T_OUT/words"
}

test_expect_success 'commands, without the plumbing' '
	offered "log log-call log-meeting log-touch" log &&
	offers "" >words &&
	test_grep -x next words &&
	test_must_fail grep -x complete words &&
	fu help --all | awk "{ print \$1 }" >all &&
	while read -r command; do
		grep -q -x -e "$command" words || { echo "not $command" && return 1; }
	done <all
'

test_expect_success 'options before the command' '
	offered "--no-pager" --no &&
	offered "auto always never" --color "" &&
	offered "--color=auto --color=always" --color=a &&
	fu complete -- -C "" >"$T_OUT/said" && test_grep -x directories "$T_OUT/said"
'

test_expect_success 'every option of every command, hidden ones not' '
	for command in $(fu help --all | awk "{ print \$1 }"); do
		offers $command - | grep "^--" | grep -v -x -e --help | sort -u >given
		fu $command -h | grep -o -E "^    (-., )?--[a-z-]+" | grep -o -e "--[a-z-]*" |
			sort -u >listed
		test_cmp listed given || return 1
	done &&
	test_must_fail grep -q -x -e --get given &&
	offered "" config --ge
'

test_expect_success 'words of options; what was given is not offered again' '
	offered "proceed" log-meeting x --outcome p &&
	offered "--outcome=repeat" log-meeting x --outcome=r &&
	offered "--outc=repeat" log-meeting x --outc=r &&
	offered "" log-meeting x --outcome proceed --outc &&
	offered "--ours" log-meeting x --ours none --our &&
	offered "none" log-call x --ours "" &&
	offered "" log-meeting x -- --outc &&
	offered "" log-meeting x --unsure "" &&
	offered "--no-decided" note x --no-dec &&
	offered "flow activity habits causes" report "" &&
	offered "yesterday" heard x --at y &&
	offered "tomorrow" new x --next tom &&
	offered "" new ""
'

test_expect_success 'the repository: ids, and what one of them has' '
	practice data &&
	offered "acme-web globex-shop" show "" &&
	offered "globex-shop" where acme-web "" &&
	offered "acme-web" merge globex-shop "" &&
	offered "acme-web" undo a &&
	offers heard acme --from "" >words &&
	test_line_count -eq 3 words && test_grep -x "Jane Doe" words &&
	offers contact acme-web left "" >words && test_grep -x "Jane Doe" words &&
	id=$(fu commitments --format "%(id)") &&
	offered "$id" kept acme-web "" &&
	offered "$id" log-touch acme-web --keeps "" &&
	fu complete -- kept acme-web "" >said && test_grep "${t_tab}we: send the plan" said &&
	offered "" kept acme-web $id "" &&
	offered "discovery" list --activity di &&
	offered "discovery" schedule acme-web mon --activity dis &&
	offered "account-care field phone reseller" new x --process "" &&
	offered "Globex" list --client G &&
	offered "fair" list --tag "" &&
	offers who "" >words && test_line_count -eq 3 words &&
	offered "owner=" set acme-web ow && offered "client=Globex" set acme-web client=G &&
	offered "policy.roles" config policy.ro && offered "open enforced" config policy.roles "" &&
	fu config -q team.sam "Sam Sales <sam@example.com>" &&
	offered "owner=sam" set x owner=s && offered "all me sam" list --owner ""
'

test_expect_success 'options of a confirmation, questions' '
	cd data &&
	fu log-meeting -q acme-web --at today --outcome repeat --cause timing --ours none \
		--theirs none --confirm "25 nov" --options "blue paint; red" --unsure "the price" &&
	offers log-call acme-web --chose "" >words && test_grep -x "blue paint" words &&
	fu complete -- log-touch acme-web --answers "" >said && test_grep "${t_tab}the price" said
'

test_expect_success 'from elsewhere: -C, --repo, FU_REPO; nowhere: silence' '
	offered "acme-web" -C data show a && offered "acme-web" --repo data show a &&
	offered "acme-web" --repo=data show a &&
	FU_REPO=data fu complete -- show a >said && test_grep acme-web said &&
	fu complete -- show "" >said 2>err && echo words | test_cmp - said &&
	fu complete -- -C nowhere show "" >said 2>>err && echo words | test_cmp - said &&
	fu complete >said 2>>err && fu complete -- >said 2>>err &&
	fu complete -- nonsense --x "" >said 2>>err && fu complete -- --outc= >said 2>>err &&
	test_line_count -eq 0 err
'

test_expect_success 'a damaged repository: silence' '
	practice damaged && echo "[nonsense" >opportunities/bad.ini &&
	fu complete -- show "" >said 2>err && test_grep acme-web said &&
	echo "[nonsense" >fu.ini &&
	fu complete -- show "" >said 2>>err && fu complete -- log-m >said 2>>err &&
	test_grep log-meeting said && test_line_count -eq 0 err
'

test_expect_success 'aliases, programs fu-<name>, guides' '
	cd data &&
	git config fu.alias.met "log-meeting --outcome repeat" &&
	git config fu.alias.around "!ls" &&
	mkdir -p ../bin && printf "#!/bin/sh\n" >../bin/fu-hello && chmod +x ../bin/fu-hello &&
	PATH=$PWD/../bin:$PATH &&
	offered "met" met && offered "around" ar && offered "hello" hell &&
	offered "acme-web" met a && offered "" met acme-web --outc &&
	offered "timing" met acme-web --cause ti &&
	fu complete -- around "" >said && test_grep -x files said &&
	fu complete -- hello "" >said && test_grep -x files said &&
	offered "format" help form &&
	offers help "" >words &&
	for page in "$T_SRC"/docs/man/*.[57].scd; do
		name=${page##*/fu-} &&
		test_grep -x "${name%.[57].scd}" words || return 1
	done
'

test_expect_success 'files where files belong' '
	for words in "import" "import x --map" "log-meeting x -F" "log-meeting x --file" \
		"agenda --free --busy" "config fu.busy"; do
		fu complete -- $words "" >said && test_grep -x files said ||
			{ echo "$words" && return 1; }
	done &&
	fu complete -- note x y --file= >said && test_grep -x files said &&
	fu complete -- import x --map m >said && test_grep -x "maven${t_tab}.*" said &&
	fu complete -- init "" >said && test_grep -x directories said
'

test_expect_success 'nothing is written, not even a cache' '
	practice silent &&
	rm -rf .git/fu/listing .git/fu/register && ls -la .git/fu >"$T_OUT/was" &&
	nothing_changed fu complete -- list --client "" >"$T_OUT/said" && test_grep Globex "$T_OUT/said" &&
	nothing_changed fu complete -- show "" >"$T_OUT/said" &&
	ls -la .git/fu >"$T_OUT/is" && test_cmp "$T_OUT/was" "$T_OUT/is"
'

test_expect_success 'what could not be shown is not offered, what describes is escaped' '
	practice hostile &&
	fu new -q "$(printf "Red \033[31m")" --client x --id red \
		--contact "$(printf "Evil \033[2J")" --contact "$(printf "Bidi \342\200\256x")" \
		--contact "Plain Person" &&
	offers heard red --from "" >words && echo "Plain Person" | test_cmp - words &&
	fu complete -- show red >said && ! LC_ALL=C grep "$(printf "\033")" said &&
	test_grep "Red .x1b" said
'

test_expect_success 'bash: quotes taken off, and put on' '
	cd data &&
	quoted() { fu complete --shell bash -- heard acme-web --from "$1" | sed -e 1d -e "s/$t_tab.*//"; } &&
	test "$(quoted "Ja")" = "Jane\\ Doe" && test "$(quoted "Jane\\ D")" = "Jane\\ Doe" &&
	test "$(quoted "\"Ja")" = "Jane Doe" && test "$(quoted "'\''Jane ")" = "Jane Doe" &&
	test "$(quoted "\\\$")" = "\\\$\\(touch\\ pwned\\)" &&
	test "$(quoted "\"\\\$")" = "\\\$(touch pwned)" &&
	test "$(quoted "'\''\$")" = "\$(touch pwned)" &&
	test "$(quoted "'\''O")" = "O'\''\\'\'''\''Neil \"Q\"" &&
	test "$(quoted "\"O")" = "O'\''Neil \\\"Q\\\""
'

test_expect_success 'what is installed is what is printed' '
	test "$(fu completion bash | cksum)" = "$(cksum <"$T_SRC/cmd/completion/fu.bash")" &&
	test "$(fu completion zsh | cksum)" = "$(cksum <"$T_SRC/cmd/completion/fu.zsh")" &&
	test "$(fu completion fish | cksum)" = "$(cksum <"$T_SRC/cmd/completion/fu.fish")" &&
	refuses 129 "unknown shell .ksh.: bash, zsh or fish" fu completion ksh
'

# ---- on a terminal ----

# types <shell> <dialogue>: fu itself then prints what it was given
types()
{
	mkdir -p "$HOME/zsh" "$HOME/functions" &&
		cat >"$HOME/rc.bash" <<-\EOF &&
		PS1="ready> "
		bind "set enable-bracketed-paste off"
		source <(command fu completion bash)
		fu() { printf "[%s]" "$@"; echo; }
		EOF
		cat >"$HOME/zsh/.zshrc" <<-\EOF &&
		PS1="ready> "
		unsetopt prompt_sp prompt_cr
		fpath=("$HOME/functions" $fpath)
		autoload -Uz compinit && compinit -u -D
		fu() { printf "[%s]" "$@"; echo }
		EOF
		fu completion zsh >"$HOME/functions/_fu" &&
		cat >"$HOME/init.fish" <<-\EOF &&
		function fish_prompt; echo "ready> "; end
		function fish_greeting; end
		command fu completion fish | source
		function fu; printf "[%s]" $argv; echo; end
		EOF
		case $1 in
		bash) on_terminal "$2" bash --noprofile --rcfile "$HOME/rc.bash" -i ;;
		zsh) on_terminal "$2" env ZDOTDIR="$HOME/zsh" zsh -i ;;
		fish) on_terminal "$2" fish --no-config -i -C "source $HOME/init.fish" ;;
		esac
}

# What is typed, with a tab key where '_' stands, and what fu is then given. No shell
# touches a file that is named in a contact.
dialogue()
{
	sed "s/_/$t_tab/g" <<-\EOF
	<ready
	>fu log-m_ac_--outc_pro_--att_Ja_
	<[log-meeting][acme-web][--outcome][proceed][--attended][Jane Doe]
	<ready
	>fu log-meeting acme-web --outcome=p_
	<[log-meeting][acme-web][--outcome=proceed]
	<ready
	>fu heard acme-web --from '$_
	<[heard][acme-web][--from][$(touch pwned)]
	<ready
	>fu heard acme-web --from \$_
	<[heard][acme-web][--from][$(touch pwned)]
	<ready
	>fu heard acme-web --from O_
	<[heard][acme-web][--from][O'Neil "Q"]
	<ready
	>fu set acme-web cl_Ac_
	<[set][acme-web][client=Acme Corp]
	<ready
	>fu heard acme-web --file s_
	<[heard][acme-web][--file][some form]
	<ready
	>fu heard acme-web --file=s_
	<[heard][acme-web][--file=some form]
	<ready
	>cd /
	<ready
	>fu -C data/re_ show a_
	<][show][acme-web]
	<ready
	>exit
	EOF
}

for shell in bash zsh fish; do
	name=$(echo $shell | tr a-z A-Z)
	test_expect_success PTY,$name "$shell completes what is typed" '
		mkdir $shell && cd $shell && practice data/re && touch "some form" &&
		dialogue | sed -e "s|^>cd /\$|>cd $T_BASE/trash/$shell|" >dialogue &&
		types $shell "$(cat dialogue)" &&
		test ! -e pwned && test ! -e ../../pwned
	'
done

test_expect_success PTY,BASH 'bash lists what there is, with what it means' '
	mkdir listing && cd listing && practice re &&
	types bash "<ready
>fu where ${t_tab}${t_tab}
<acme-web          Website (Acme Corp)
<globex-shop       Shop (Globex)
<ready
>exit"
'

test_done
