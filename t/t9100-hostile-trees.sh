#!/bin/sh
test_description='trees that nobody makes by accident: pushed by another person, cloned, opened'
. "${0%/*}/lib.sh"

# A person, a bare repository, and what somebody else puts into it: in <dir> hub.git and
# ann, who is in sync; $entry is a file of hers. hostile <dir>
hostile()
{
	mkdir "$1" && cd "$1" &&
	git init -q --bare hub.git &&
	new_repo ann &&
	(
		cd ann &&
		fu new Website --client Acme --id acme --next "tue 24 nov 15:00" &&
		fu new Shop --client Beta --id beta --wait "1 dec" --because budget &&
		git remote add origin ../hub.git &&
		fu sync
	) >/dev/null 2>&1 &&
	echo kept >outside &&
	record=$(git -C hub.git hash-object -w --stdin <ann/"$(cd ann && echo opportunities/*/acme.ini)") &&
	text=$(echo "not yours" | git -C hub.git hash-object -w --stdin)
}

# A tree of the hub with one more entry: grafted <tree> <directory>/... <entry of ls-tree>
# The directory is '' for the top; an entry of that name gives way.
grafted()
{
	if test -z "$2"; then
		name=${3#*$t_tab}
		{
			git -C hub.git ls-tree -z "$1" | tr '\n\0' '\0\n' |
				awk -F "$t_tab" -v name="$name" '$2 != name' | tr '\n\0' '\0\n'
			printf '%s\0' "$3"
		} | git -C hub.git mktree -z --missing
		return
	fi
	below=$(git -C hub.git rev-parse -q --verify "$1:${2%%/*}" ||
		git -C hub.git mktree </dev/null)
	below=$(grafted "$below" "${2#*/}" "$3") &&
	grafted "$1" '' "040000 tree $below$t_tab${2%%/*}"
}

# The same for a name that mktree does not take: raw <tree> <mode> <name> <object>
raw()
{
	{
		git -C hub.git cat-file tree "$1"
		printf '%s %s\0' "$2" "$3"
		printf "$(echo "$4" | sed 's/../\\x&/g')"
	} | git -C hub.git hash-object -t tree --literally -w --stdin
}

# Somebody's commit on top of the hub's: pushes <tree>
pushes()
{
	commit=$(GIT_AUTHOR_NAME=Eve GIT_AUTHOR_EMAIL=eve@example.com GIT_COMMITTER_NAME=Eve \
		GIT_COMMITTER_EMAIL=eve@example.com \
		git -C hub.git commit-tree -p refs/heads/main -m evil "$1") &&
	git -C hub.git update-ref refs/heads/main "$commit"
}

# Takes it back for the next attempt.
forgets()
{
	git -C hub.git update-ref refs/heads/main refs/heads/main^
}

top()
{
	git -C hub.git rev-parse "main^{tree}"
}

# Ann's sync refuses it and changes nothing; what is beside her repository neither, both
# when she has nothing to give and when she has. is_refused <pattern> <tree>
is_refused()
{
	pushes "$2" &&
	ls -lAR --time-style=+%s . 2>/dev/null | grep -v ann >"$T_OUT/beside" &&
	refuses 128 "$1" fu -C ann sync &&
	fu -C ann note -q acme hello &&
	refuses 128 "$1" fu -C ann sync &&
	git -C ann reset -q --hard HEAD^ &&
	test "$(cat outside)" = kept &&
	fu -C ann check &&
	forgets &&
	fu -C ann sync -q
}

# A fresh clone, by git and by fu, can be looked at and worked in, and nothing of it leads
# out of it. is_data <tree> [<pattern that check says>]; $commands are run, or a few.
is_data()
{
	pushes "$1" && rm -rf theirs ours &&
	{ git clone -q hub.git theirs 2>/dev/null || :; } &&
	test_when_finished "rm -rf theirs ours" &&
	for command in ${commands:-next list%--status%all check log%-p export%--acts}; do
		command=$(echo "$command" | tr % " ")
		fu -C theirs $command >"$T_OUT/out" 2>"$T_OUT/err"
		code=$?
		case $code in
		0 | 1 | 128) ;;
		*)
			echo "exit status $code: fu $command"
			cat "$T_OUT/err"
			return 1
			;;
		esac
		test "$command" != check || cp "$T_OUT/out" "$T_OUT/check"
		! grep -e "root:" -e "^kept" "$T_OUT/out" "$T_OUT/err" || return 1
	done &&
	{ test -z "$2" || test_grep -e "$2" "$T_OUT/check"; } &&
	fu -C theirs note -q beta "still works" &&
	{ fu clone -q hub.git ours 2>/dev/null || test ! -e ours; } &&
	test "$(cat outside)" = kept &&
	forgets
}

test_expect_success 'links: to a file, to nothing, to a directory, out of it, into .git' '
	hostile links &&
	commands="next list%--status%all where show%beta brief%beta log%-p status check fsck
		export%--acts export%--csv export%--ics board report%flow agenda
		commitments%--all who%acme grep%not remind review record%--dry-run" &&
	for target in /etc/passwd ../../../outside nowhere ../.git/config; do
		link=$(printf %s "$target" | git -C hub.git hash-object -w --stdin) &&
		tree=$(grafted "$(top)" opportunities/ "120000 blob $link${t_tab}evil.ini") &&
		is_refused "no plain file" "$tree" &&
		is_data "$tree" "evil.ini: a symbolic link is not followed" && commands= ||
			return 1
	done &&
	for target in .. /etc ../.git; do
		link=$(printf %s "$target" | git -C hub.git hash-object -w --stdin) &&
		tree=$(grafted "$(top)" opportunities/ "120000 blob $link${t_tab}zz") &&
		is_refused "no plain file" "$tree" &&
		is_data "$tree" "zz: a symbolic link is not followed" || return 1
	done
'

test_expect_success 'links in the place of what is there: records, directories, settings' '
	hostile replaced &&
	link=$(printf ../../../outside | git -C hub.git hash-object -w --stdin) &&
	directory=$(cd ann && echo opportunities/*/acme.ini) && directory=${directory%/*} &&
	is_refused "no plain file" \
		"$(grafted "$(top)" "$directory/" "120000 blob $link${t_tab}acme.ini")" &&
	is_data "$(grafted "$(top)" "$directory/" "120000 blob $link${t_tab}acme.ini")" \
		"symbolic link" &&
	link=$(printf ../.. | git -C hub.git hash-object -w --stdin) &&
	is_refused "no plain file" \
		"$(grafted "$(top)" opportunities/ "120000 blob $link$t_tab${directory#*/}")" &&
	is_refused "no plain file" \
		"$(grafted "$(top)" processes/ "120000 blob $link${t_tab}field.ini")" &&
	for name in fu.ini processes opportunities; do
		is_refused . "$(grafted "$(top)" "" "120000 blob $link$t_tab$name")" || return 1
	done &&
	pushes "$(grafted "$(top)" "" "120000 blob $link${t_tab}fu.ini")" &&
	git clone -q hub.git dead &&
	refuses 128 "symbolic link is not followed: .fu.ini" fu -C dead next &&
	test_expect_code 128 fu clone -q hub.git gone && test ! -e gone && forgets &&
	pushes "$(grafted "$(top)" "" "120000 blob $link${t_tab}opportunities")" &&
	git clone -q hub.git linked && forgets &&
	test_expect_code 128 fu -C linked show acme &&
	{ fu -C linked new T --client C --id t 2>"$T_OUT/err" && false ||
		test_grep "symbolic link" "$T_OUT/err"; } &&
	test -z "$(git -C linked status --porcelain)"
'

test_expect_success 'a link that stands beside does not stop anybody, and stays one' '
	hostile beside &&
	link=$(printf /etc/passwd | git -C hub.git hash-object -w --stdin) &&
	pushes "$(grafted "$(top)" "" "120000 blob $link${t_tab}notes")" &&
	fu clone -q hub.git cora && cd cora &&
	git config user.name Cora && git config user.email cora@example.com &&
	fu note -q acme hello && fu sync -q && fu check &&
	test "$(git ls-tree HEAD notes | cut -c1-6)" = 120000 &&
	test -z "$(git status --porcelain)" && fu fsck
'

test_expect_success 'gitlinks, with and without a .gitmodules that points at a program' '
	hostile submodule &&
	modules=$(printf "[submodule \"x\"]\n\tpath = opportunities/zz\n\turl = ext::sh -c touch%% $T_BASE/evil\n\tupdate = !touch $T_BASE/evil\n" |
		git -C hub.git hash-object -w --stdin) &&
	tree=$(grafted "$(top)" "" "100644 blob $modules$t_tab.gitmodules") &&
	for where in opportunities/ "" processes/; do
		with=$(grafted "$tree" "$where" "160000 commit $(git -C hub.git rev-parse main)${t_tab}zz") &&
		is_refused "no plain file" "$with" &&
		is_data "$with" || return 1
	done &&
	git -C hub.git config uploadpack.allowAnySHA1InWant true &&
	git config --global protocol.ext.allow always &&
	test_when_finished "git config --global --unset protocol.ext.allow" &&
	pushes "$(grafted "$tree" opportunities/ "160000 commit $(git -C hub.git rev-parse main)${t_tab}zz")" &&
	for how in clone.recurse submodule.recurse fetch.recurseSubmodules; do
		git config --global $how true && rm -rf cora &&
		fu clone -q hub.git cora && fu -C cora sync -q && fu -C cora note -q beta hello &&
		git config --global --unset $how || return 1
	done &&
	test ! -e "$T_BASE/evil"
'

test_expect_success 'names that lead out of the tree, or into .git' '
	hostile names &&
	cp ann/.git/config config &&
	for name in . .. .git .GIT git~1 ".git " ".git::\$INDEX_ALLOCATION" -rf; do
		is_refused "no path that fu writes to|invalid name for a tree entry" \
			"$(grafted "$(top)" opportunities/ "100644 blob $text$t_tab$name")" &&
		is_refused "no path that fu writes to|invalid name for a tree entry" \
			"$(grafted "$(top)" "$name/" "100644 blob $text${t_tab}config")" || return 1
	done &&
	test_cmp config ann/.git/config
'

test_expect_success 'names with a slash, an empty name, one name twice, one that is too long' '
	hostile slashes &&
	for name in ../outside /etc/evil a/../../outside a//b .git/config "" opportunities/x.ini; do
		is_refused . "$(raw "$(top)" 100644 "$name" "$text")" || return 1
	done &&
	is_refused . "$(raw "$(top)" 100644 fu.ini "$text")" &&
	is_refused . "$(raw "$(top)" 40000 processes "$(git -C hub.git mktree </dev/null)")" &&
	is_refused . "$(raw "$(top)" 100666 zz "$text")" &&
	is_refused . "$(raw "$(top)" 20000 zz "$text")" &&
	long=$(printf "%0300d" 1) &&
	is_refused . "$(grafted "$(top)" opportunities/ "100644 blob $record$t_tab$long.ini")" &&
	is_refused . "$(grafted "$(top)" "" "100644 blob $text$t_tab$long")" &&
	deep=$(printf "%0100d/" 1 2 3 4 5 6 7 8 9 | tr 0 d) && deep="$deep$deep$deep$deep$deep" &&
	is_refused . "$(grafted "$(top)" "$deep" "100644 blob $text${t_tab}x")"
'

test_expect_success 'objects that are not there, or are something else' '
	hostile objects &&
	is_refused . "$(grafted "$(top)" opportunities/ \
		"100644 blob 0123456789012345678901234567890123456789${t_tab}x.ini")" &&
	is_refused . "$(raw "$(top)" 100644 zz "$(git -C hub.git rev-parse main)")" &&
	is_refused . "$(raw "$(top)" 40000 zz "$text")" &&
	is_refused . "$(raw "$(top)" 100644 zz "$(top)")"
'

# Not every name that is no id is refused: what is no record of fu is not fu'\''s affair. But
# nothing of it becomes an opportunity, and nothing of it is shown raw.
test_expect_success 'names that are no ids' '
	hostile ids &&
	esc=$(printf "\033") &&
	tree=$(top) && n=0 &&
	for name in Upper "a b" x. .hidden "$(printf "n\303\244me")" "$(printf "na\314\210me")" \
		"$(printf "%065d" 1)" "$(printf "bad\377\376")" "$(printf "c1\302\233x")" \
		"$(printf "bidi\342\200\256x")" "a\\b" "semi;colon" "\$(touch evil)" \
		"\`touch evil\`" "a*b" "%s%n" "x:y"; do
		tree=$(grafted "$tree" opportunities/ "100644 blob $record$t_tab$name.ini") || return 1
	done &&
	is_data "$tree" "Upper.ini: an opportunity.s id has" &&
	pushes "$tree" && fu -C ann sync >"$T_OUT/out" 2>&1 &&
	for command in next list "list --status all" check fsck status "log -p" sync; do
		{ fu -C ann $command >>"$T_OUT/out" 2>&1 || :; } &&
		{ on_terminal "" fu --no-pager -C ann $command >>"$T_OUT/out" 2>&1 || :; }
	done &&
	! LC_ALL=C grep -a -e "$esc" -e "$(printf "\302\233")" -e "$(printf "\342\200\256")" \
		-e "$(printf "\377")" "$T_OUT/out" &&
	! find . -name evil | grep . &&
	fu -C ann list --json 2>/dev/null | json - "[.[].id]" "[\"acme\",\"beta\"]" &&
	fu -C ann note -q acme hello && fu -C ann sync -q
'

test_expect_success 'control bytes in a name are refused, and not shown raw' '
	hostile control &&
	for byte in 001 012 015 033 177; do
		name=$(printf "a\\$byte.b") &&
		is_refused "no path that fu writes to" \
			"$(grafted "$(top)" opportunities/ "100644 blob $record$t_tab$name.ini")" &&
		! LC_ALL=C tr -d "\n\040-\176" <"$refusal" | grep . || return 1
	done
'

# On a file system that folds case or normalises they are one file; here they are two, and
# the id that is no id is refused.
test_expect_success 'names that collide where case or form does not count' '
	hostile collide &&
	directory=$(cd ann && echo opportunities/*/acme.ini) && directory=${directory%/*} &&
	tree=$(grafted "$(top)" "$directory/" "100644 blob $record${t_tab}ACME.ini") &&
	tree=$(grafted "$tree" "" "100644 blob $text${t_tab}FU.INI") &&
	tree=$(grafted "$tree" "Opportunities/00/" "100644 blob $record${t_tab}acme.ini") &&
	is_data "$tree" "ACME.ini: an opportunity.s id" &&
	pushes "$tree" && fu -C ann sync -q &&
	fu -C ann list --json 2>/dev/null | json - "length" 2 &&
	fu -C ann note -q acme hello
'

test_expect_success 'the same id in two directories, of two people' '
	hostile double &&
	tree=$(grafted "$(top)" opportunities/zz/ "100644 blob $record${t_tab}acme.ini") &&
	is_data "$tree" "is the id of" &&
	pushes "$tree" &&
	{ fu -C ann sync || :; } && { fu -C ann note beta hello && fu -C ann sync || :; } &&
	fu -C ann list >"$T_OUT/out" 2>"$T_OUT/err" && test_grep beta "$T_OUT/out" &&
	test_grep "^warning: .*is the id of" "$T_OUT/err" &&
	cp ann/opportunities/zz/acme.ini other && fu -C ann note -q acme hello &&
	test_cmp other ann/opportunities/zz/acme.ini
'

test_done
