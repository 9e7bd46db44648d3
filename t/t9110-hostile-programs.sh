#!/bin/sh
test_description='a repository is data: what it tracks is never run, nor what another'"'"'s config names'
. "${0%/*}/lib.sh"

# Every program that could be named leaves a trace of having been run.
evil=$T_BASE/evil
trap_program=$T_BASE/bin/trap-program
mkdir "$T_BASE/bin" || exit 1
printf '#!/bin/sh\necho "$0 $*" >>"%s"\n' "$evil" >"$trap_program" || exit 1
chmod +x "$trap_program" || exit 1

# Nothing was run, whatever was named.
nothing_ran()
{
	test ! -e "$evil" && return 0
	echo "this was run:"
	cat "$evil"
	return 1
}

# Every command that a repository can be given, fixed words where they are needed. Their
# status is not the point, that they do not crash is.
every_command()
{
	while read -r line; do
		"$@" $line >"$T_OUT/out" 2>&1 </dev/null
		code=$?
		case $code in
		0 | 1 | 128 | 129) ;;
		*)
			echo "exit status $code: $* $line"
			cat "$T_OUT/out"
			return 1
			;;
		esac
	done <<-EOF
	next --all
	brief acme
	recap acme
	where
	list --status all
	show acme
	grep web
	who acme
	commitments --all
	log -p
	agenda
	agenda --free
	board
	report flow
	report activity --evidence
	review
	remind
	remind --format ics
	export --acts
	export --csv
	export --ics
	status
	check
	check --staged
	fsck
	help --all
	version
	completion bash
	config
	config policy.retry
	config core.pager
	note acme hello
	log-touch acme --gives education --what figures
	heard acme --what hello
	set acme source=web
	wait acme 2026-12-01 --because budget
	contact acme add Jane
	record
	undo acme
	merge acme beta
	rename acme other
	import fu.ini
	sync
	edit acme
	EOF
}

# A repository with two opportunities: sample <dir>
sample()
{
	new_repo "$1" && cd "$1" &&
	fu new Website --client Acme --id acme --next "tue 24 nov 15:00" >/dev/null 2>&1 &&
	fu new Shop --client Beta --id beta --wait "1 dec" --because budget >/dev/null 2>&1
}

as_nobody()
{
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

if test_have_prereq ROOT && as_nobody "$T_BUILD/cmd/fu" version >/dev/null 2>&1 &&
	as_nobody test -r "$T_BUILD/storage/fu-git.so"; then
	test_set_prereq NOBODY
fi

# Somebody without rights, with a home of his own, for the rest of a test.
become_nobody()
{
	chmod 755 "$T_BASE" "$T_BASE/trash" "$T_BASE/bin" && chmod -R a+rX . &&
	mkdir -p "$T_BASE/nobody" && chown 65534:65534 "$T_BASE/nobody" &&
	HOME=$T_BASE/nobody && GIT_CONFIG_GLOBAL=$HOME/.gitconfig &&
	test_when_finished "HOME=$T_BASE/home GIT_CONFIG_GLOBAL=$T_BASE/home/.gitconfig" &&
	printf "[user]\n\tname = N\n\temail = n@example.com\n" >"$GIT_CONFIG_GLOBAL"
}

# What is around is said to be another's.
strangers()
{
	test_expect_code 128 as_nobody fu next 2>"$T_OUT/err" &&
	test_grep "belongs to somebody else" "$T_OUT/err"
}

# ---- what is tracked ----

test_expect_success 'git settings in fu.ini are no settings: refused, with its line' '
	sample ini &&
	for pair in "core pager" "core editor" "fu alias" "fu busy" "fu pager" "fu editor" \
		"sequence editor" "gpg program" "core fsmonitor" "core sshcommand" "include path"; do
		cp fu.ini ../kept &&
		printf "\n[%s]\n%s = %s\n" ${pair% *} ${pair#* } "$trap_program" >>fu.ini &&
		refuses 128 "fu.ini:[0-9]+: " fu next &&
		refuses 128 "fu.ini:[0-9]+: " fu note acme hello &&
		every_command fu && cp ../kept fu.ini || return 1
	done &&
	printf "\n[fu \"alias\"]\nevil = !%s\n" "$trap_program" >>fu.ini &&
	test_expect_code 129 fu evil && cp ../kept fu.ini &&
	nothing_ran
'

test_expect_success 'attributes, filters, ignore files, mail maps, hooks, programs that are tracked' '
	sample tracked &&
	printf "* filter=evil diff=evil merge=evil text eol=lf ident\n*.ini textconv=evil\n" \
		>.gitattributes &&
	printf "*\n!.gitignore\nopportunities/\nfu.ini\n" >.gitignore &&
	printf "Other <other@example.com> Ann Author <ann@example.com>\n" >.mailmap &&
	for key in filter.evil.clean filter.evil.smudge diff.evil.textconv diff.evil.command \
		merge.evil.driver alias.evil core.pager core.editor core.fsmonitor core.sshCommand \
		fu.alias.evil; do
		git config --file .gitconfig "$key" "$trap_program" || return 1
	done &&
	git config --file .gitconfig core.hooksPath hooks &&
	mkdir -p hooks bin .fu .config/git &&
	for name in config gitconfig .lfsconfig .fu/config .config/git/config .fuconfig; do
		cp .gitconfig "$name" || return 1
	done &&
	for name in pre-commit commit-msg post-commit prepare-commit-msg post-checkout \
		post-merge pre-push reference-transaction fsmonitor-watchman fu-evil fu-ics \
		git less vi sh gpg ssh fu-git.so; do
		cp "$trap_program" hooks/$name && cp "$trap_program" $name &&
		cp "$trap_program" bin/$name || return 1
	done &&
	git add -A -f && git commit -q -m evil &&
	every_command fu &&
	PATH=":$PATH::" every_command fu && nothing_ran &&
	test_expect_code 129 env PATH=":$PATH:" fu evil &&
	test_expect_code 129 fu evil &&
	git init -q --bare ../hub.git && git remote add origin ../hub.git &&
	fu note -q beta hello && PATH=":$PATH:" fu sync -q && nothing_ran &&
	cd .. && PATH=":$PATH:" fu clone -q hub.git copy && cd copy &&
	every_command fu && fu new T --client C --id t >/dev/null 2>&1 &&
	git ls-files opportunities | test_grep /t.ini - &&
	PATH=":$PATH:" fu sync -q && nothing_ran
'

test_expect_success PTY 'on a terminal: pager and editor are the user'"'"'s, never tracked ones' '
	cd copy &&
	for command in next list; do
		on_terminal "" env -u PAGER -u FU_PAGER TERM=xterm fu $command >/dev/null &&
		PATH=":$PATH" on_terminal "" env -u PAGER -u FU_PAGER TERM=xterm fu $command \
			>/dev/null && nothing_ran || return 1
	done &&
	EDITOR=true VISUAL=true on_terminal "" fu edit beta >/dev/null && nothing_ran
'

test_expect_success 'settings, processes and acts that name paths of the machine' '
	sample paths &&
	for zone in ../../../etc/passwd /etc/passwd ../zoneinfo/UTC Europe/../../../../etc/shadow \
		/dev/zero . .. Europe/; do
		sed -i "s,^timezone = .*,timezone = $zone," fu.ini &&
		refuses 128 "time ?zone" fu next && test_must_fail grep root: "$refusal" &&
		git checkout -q . || return 1
	done &&
	file=$(echo opportunities/*/acme.ini) && cp "$file" ../acme.ini &&
	for zone in ../../../etc/passwd /etc/passwd /dev/zero ..; do
		sed -i "s,^next = 2026-11-24 15:00.*,next = 2026-11-24 15:00 $zone," "$file" &&
		! cmp -s "$file" ../acme.ini &&
		refuses 128 "acme.ini" fu show acme && test_must_fail grep root: "$refusal" &&
		refuses 129 . fu schedule beta "tue 15:00 $zone" || return 1
	done &&
	git checkout -q . &&
	for name in ../fu ../../etc/passwd .git/config /etc/passwd -x; do
		sed -i "s,^\[fu\],&\nprocess = $name," fu.ini &&
		refuses 128 "fu.ini" fu next && git checkout -q . &&
		refuses "128" "process" fu set acme process="$name" --because x || return 1
	done &&
	echo "a,b" >data.csv &&
	for map in ../kept ./fu.ini /etc/passwd; do
		test_must_fail fu import data.csv --map "$map" >"$T_OUT/out" 2>&1 &&
		! grep root: "$T_OUT/out" || return 1
	done
'

# ---- what belongs to somebody else ----

# A directory of root'"'"'s with a config full of programs, looked at by somebody else: in it,
# below it, with -C and with $FU_REPO. What git would refuse fu refuses.
test_expect_success NOBODY 'another person'"'"'s repository: its config is not used' '
	sample foreign &&
	for key in core.pager core.editor core.fsmonitor core.sshCommand core.askPass \
		gpg.program gpg.ssh.program credential.helper diff.external core.gitProxy \
		uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.receivepack \
		sequence.editor interactive.diffFilter; do
		git config "$key" "$trap_program" || return 1
	done &&
	git config fu.alias.evil "!$trap_program" && git config commit.gpgSign true &&
	git config core.hooksPath "$T_BASE/bin" &&
	git config remote.origin.url "ext::$trap_program" &&
	git config protocol.ext.allow always && git config safe.directory "*" &&
	git config include.path "$T_BASE/bin/config" &&
	git config --file "$T_BASE/bin/config" safe.directory "*" &&
	git config --file "$T_BASE/bin/config" fu.alias.evil2 "!$trap_program" &&
	cp "$trap_program" .git/hooks/pre-commit && mkdir below && become_nobody &&
	(cd below && every_command as_nobody fu) && nothing_ran &&
	every_command as_nobody env FU_REPO="$PWD" fu -C / && nothing_ran &&
	for word in evil evil2; do
		test_expect_code 129 as_nobody fu $word || return 1
	done &&
	{ as_nobody fu init . 2>/dev/null || :; } && { as_nobody fu init below 2>/dev/null || :; } &&
	{ as_nobody fu help note >/dev/null 2>&1 || :; } && nothing_ran &&
	for command in "next" "show acme" "log" "note acme x" "sync" "config fu.role" "status"; do
		test_expect_code 128 as_nobody fu $command 2>"$T_OUT/err" &&
		test_grep "belongs to somebody else" "$T_OUT/err" || return 1
	done &&
	test_grep "git config --global --add safe.directory" "$T_OUT/err" && nothing_ran
'

test_expect_success NOBODY 'a work tree of mine whose .git is another'"'"'s, and the other way round' '
	sample theirs && git config fu.alias.evil "!$trap_program" && become_nobody &&
	mkdir ../mine && cp fu.ini ../mine && echo "gitdir: $PWD/.git" >../mine/.git &&
	chown -R 65534:65534 ../mine &&
	(
		cd ../mine &&
		strangers && test_expect_code 129 as_nobody fu evil
	) &&
	mkdir ../half && cp -R .git fu.ini processes opportunities ../half &&
	chown -R 65534:65534 ../half && chown 0:0 ../half/.git &&
	(cd ../half && strangers) &&
	chown 65534:65534 ../half/.git && chown 0:0 ../half && chmod 777 ../half &&
	(cd ../half && strangers) &&
	nothing_ran
'

# trusts <status> <value>...: with these values of safe.directory, in this order
trusts()
{
	wanted=$1
	shift
	git config --file "$GIT_CONFIG_GLOBAL" --unset-all safe.directory
	for value; do
		git config --file "$GIT_CONFIG_GLOBAL" --add safe.directory "$value" || return 1
	done
	test_expect_code "$wanted" as_nobody fu next >/dev/null
}

test_expect_success NOBODY 'safe.directory: of the user'"'"'s own config, as git has it' '
	cd theirs && become_nobody &&
	trusts 128 && trusts 0 "$PWD" && trusts 0 "*" && trusts 128 "$PWD/.git" &&
	trusts 128 /nowhere && trusts 128 "$PWD/below" && trusts 128 "${PWD%?}" &&
	trusts 128 "" && trusts 128 "*" "" && trusts 0 "*" "" "$PWD" && trusts 128 "$PWD" "" &&
	printf "[safe]\n\tdirectory\n" >"$GIT_CONFIG_GLOBAL" &&
	strangers && rm "$GIT_CONFIG_GLOBAL" && strangers && nothing_ran
'

test_done
