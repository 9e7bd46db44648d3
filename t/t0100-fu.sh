#!/bin/sh
test_description='the program: options before the command, help, errors, exit statuses'
. "${0%/*}/lib.sh"

# Programs of these tests, and a PATH without man.
mkdir bin no-man
PATH=$PWD/bin:$PATH
without_man=$PWD/no-man:$T_BUILD/cmd

test_expect_success 'the short help lists every command' '
	fu -h >out 2>err &&
	test_grep "^usage: fu " out &&
	test_grep "^   init  *make a repository\$" out &&
	test_line_count -eq 0 err
'

test_expect_success 'a bare fu is wrong usage, and helps' '
	test_expect_code 129 fu >out 2>err &&
	test_line_count -eq 0 out &&
	fu -h >help &&
	test_cmp help err
'

test_expect_success 'help --all: one a line, indented, with a summary' '
	fu help --all >out &&
	! grep -v -E "^   [a-z][a-z-]* +[a-z]" out &&
	LC_ALL=C sort out >sorted &&
	test_cmp sorted out &&
	test_grep "^   version  *show the version\$" out
'

test_expect_success 'every command has -h and --help, which exit 0' '
	fu help --all | awk "{ print \$1 }" >names &&
	while read -r name; do
		fu $name -h >short 2>err </dev/null &&
		test_grep "^usage: fu $name" short &&
		test_line_count -eq 0 err &&
		PATH=$without_man fu $name --help >long </dev/null &&
		test_cmp short long || return 1
	done <names
'

# An option without a help text ends in blanks.
test_expect_success 'usage texts fit 80 columns, and every option is explained' '
	while read -r name; do
		fu $name -h >out &&
		! grep -E ".{80}" out &&
		! grep " \$" out || return 1
	done <names
'

test_expect_success 'a --format is judged before the repository is looked for' '
	while read -r name; do
		fu $name -h >out &&
		if grep -q -e "--format <format>" out; then
			refuses 129 "unknown field .xyzzy." fu $name --format "%(xyzzy)" &&
			refuses 129 "cannot stand together" fu $name --json --format x &&
			refuses 129 "needs --format" fu $name -z || return 1
		fi
	done <names
'

test_expect_success 'the version, three ways' '
	fu version >a && fu --version >b && fu -v >c &&
	test_grep "^fu version [0-9]" a &&
	test_cmp a b && test_cmp a c &&
	fu version --json >d &&
	json d .version "$(sed "s/fu version //" a)"
'

test_expect_success 'unknown commands are suggested' '
	refuses 129 "unknown command .confgi." fu confgi &&
	test_grep "^hint: did you mean .fu config.?\$" "$refusal" &&
	refuses 129 "unknown command .xyzzy." fu xyzzy &&
	refuses 129 "unknown command" fu help xyzzy &&
	refuses 129 "unknown command" fu "" &&
	refuses 129 "unknown command" fu "../evil"
'

test_expect_success 'unknown options are suggested, before and behind the command' '
	refuses 129 "unknown option .--reop. \(did you mean .--repo.\?\)" fu --reop x version &&
	refuses 129 "unknown option .--jsno. \(did you mean .--json.\?\)" fu version --jsno &&
	refuses 129 "unknown option .-x." fu version -x &&
	refuses 129 "unexpected argument .more." fu version more &&
	refuses 129 "unknown word .blue." fu --color=blue version &&
	refuses 129 "needs a value" fu -C
'

test_expect_success 'a date of several arguments: quote it' '
	for date in "mon 15:00" "24 nov" "tue 24 nov 9:30" "nov 24"; do
		for command in "schedule acme" "wait acme" "move acme price" "note acme x --at"; do
			refuses 129 "unexpected argument" fu $command $date --no-input &&
			test_grep "^hint: quote it: .$date.$" "$refusal" || return 1
		done
	done &&
	for command in "schedule acme mon nonsense" "version mon" \
		"schedule acme 2026-11-24T15:00 more"; do
		refuses 129 "unexpected argument" fu $command &&
		! test_grep "quote it" "$refusal" || return 1
	done
'

test_expect_success 'wrong usage is judged before the repository is looked for' '
	refuses 129 "policy.retry" fu config policy.retry soon &&
	refuses 128 "not in a repository" fu config policy.retry "2 days" &&
	(FU_NOW=yesterday && export FU_NOW && refuses 129 "FU_NOW" fu wait acme tomorrow --because x)
'

test_expect_success 'what was typed is escaped in messages' '
	esc=$(printf "\033") &&
	test_expect_code 129 fu "${esc}]0;owned" 2>err &&
	! grep "$esc" err &&
	test_grep "unknown command .\\\\x1b\]0;owned." err
'

test_expect_success '-C goes there, one after the other' '
	new_repo acme && mkdir -p acme/sub &&
	fu -C acme config fu.timezone >out &&
	echo Europe/Madrid >expected && test_cmp expected out &&
	fu -C acme -C sub config fu.timezone >out && test_cmp expected out &&
	fu -C "" -C acme config fu.timezone >out && test_cmp expected out &&
	refuses 128 "cannot change to .nowhere." fu -C nowhere version
'

test_expect_success '--repo wins over FU_REPO, and that over the current directory' '
	fu init -q --timezone Europe/Lisbon other &&
	fu init -q --timezone UTC third &&
	zone() { "$@" config fu.timezone; } &&
	test "$(FU_REPO=other zone fu)" = Europe/Lisbon &&
	test "$(cd third && FU_REPO=../other zone fu)" = Europe/Lisbon &&
	test "$(FU_REPO=third zone fu --repo other)" = Europe/Lisbon &&
	test "$(FU_REPO= zone fu -C third)" = UTC &&
	test "$(zone fu -C third --repo ../other)" = Europe/Lisbon &&
	refuses 128 "" fu --repo nowhere config fu.timezone
'

test_expect_success 'a write error on stdout is an error' '
	test_expect_code 128 fu version >/dev/full 2>err &&
	test_grep "^error: cannot write to standard output" err &&
	test_expect_code 128 fu version >&- 2>err &&
	test_grep "^error: cannot write" err &&
	test_expect_code 128 fu -h >/dev/full
'

test_expect_success 'for an act that is recorded, a warning' '
	(
		cd acme &&
		fu config policy.retry "2 days" >/dev/full 2>../err &&
		test "$(fu config policy.retry)" = "2 days"
	) &&
	test_grep "^warning: cannot write to standard output" err
'

test_expect_success 'a reader who goes away does not keep an act from being recorded' '
	(
		cd acme &&
		{
			sleep 1
			fu config policy.retry "3 days"
			echo $? >../code
		} | true &&
		test "$(cat ../code)" = 0 &&
		test "$(fu config policy.retry)" = "3 days"
	)
'

test_expect_success 'fu-<name> on the PATH is fu <name>' '
	cat >bin/fu-hello <<-\EOT &&
	#!/bin/sh
	echo "hello $# $1 $FU_REPO"
	exit 3
	EOT
	chmod +x bin/fu-hello &&
	cp bin/fu-hello bin/fu-version &&
	test_expect_code 3 fu hello "a b" >out &&
	echo "hello 1 a b " >expected && test_cmp expected out &&
	test_expect_code 3 fu --repo acme hello >out &&
	echo "hello 0  $PWD/acme" >expected && test_cmp expected out &&
	fu version >out && test_grep "fu version" out
'

test_expect_success 'a program beside us is not taken for one on the PATH' '
	cp bin/fu-hello fu-here &&
	(PATH=":$PATH" && refuses 129 "unknown command .here." fu here)
'

test_expect_success 'aliases: words, quotes, arguments' '
	git config --global fu.alias.v "version --json" &&
	git config --global fu.alias.q "\"con\"f\\ig \"fu.timezone\"" &&
	git config --global fu.alias.there "-C acme config" &&
	fu v >out && json out .version &&
	test "$(fu -C acme q)" = Europe/Madrid &&
	test "$(fu there fu.timezone)" = Europe/Madrid &&
	fu help v >out && test_grep "aliased to .version --json." out
'

test_expect_success 'aliases of one repository' '
	git -C acme config fu.alias.zone "config fu.timezone" &&
	test "$(fu -C acme zone)" = Europe/Madrid &&
	test "$(fu --repo acme zone)" = Europe/Madrid &&
	refuses 129 "unknown command .zone." fu zone
'

test_expect_success 'aliases for the shell run at the top' '
	git config --global fu.alias.sh "!echo \"\$PWD|\$FU_PREFIX\"; exit_with() { return \$1; }; exit_with" &&
	test_expect_code 5 fu -C acme/sub sh 5 >out &&
	echo "$PWD/acme|sub/" >expected && test_cmp expected out &&
	git config --global fu.alias.args "!printf %s," &&
	test "$(fu args "a b" c)" = "a b,c,"
'

test_expect_success 'aliases that do not work' '
	git config --global fu.alias.one "two" &&
	git config --global fu.alias.two "one --x" &&
	git config --global fu.alias.open "list \"x" &&
	git config --global fu.alias.bs "list x\\" &&
	git config --global fu.alias.empty " " &&
	refuses 128 "alias .one. does not end" fu one &&
	refuses 128 "open quote" fu open &&
	refuses 128 "ends with a backslash" fu bs &&
	refuses 128 "is empty" fu empty
'

test_expect_success 'an alias never hides a command, nor fu-<name>' '
	git config --global fu.alias.version "help" &&
	git config --global fu.alias.hello "version" &&
	fu version >out && test_grep "^fu version" out &&
	test_expect_code 3 fu hello >out && test_grep "^hello" out
'

test_expect_success 'help shows the manual page with man' '
	mkdir man-bin &&
	cat >man-bin/man <<-\EOT &&
	#!/bin/sh
	case $* in
	"-w fu-version" | "-w fu" | "-w fu-output") exit 0 ;;
	"-w "*) exit 16 ;;
	*) echo "man: $*" ;;
	esac
	EOT
	chmod +x man-bin/man &&
	(
		PATH=$PWD/man-bin:$PATH &&
		test "$(fu help version)" = "man: fu-version" &&
		test "$(fu version --help)" = "man: fu-version" &&
		test "$(fu --help version)" = "man: fu-version" &&
		test "$(fu --help)" = "man: fu" &&
		test "$(fu help output)" = "man: fu-output" &&
		refuses 129 "unknown command" fu help nonsense &&
		fu help config >out && test_grep "^usage: fu config" out
	)
'

test_expect_success 'help without man is the usage' '
	fu version -h >expected &&
	PATH=$without_man fu help version >out && test_cmp expected out &&
	for page in "$T_SRC"/docs/man/fu-*.[57].scd; do
		name=${page##*/fu-} && name=${name%.?.scd} &&
		test_expect_code 128 env PATH="$without_man" fu help "$name" 2>err &&
		test_grep "^error: cannot show the page .fu-$name." err &&
		test_grep "^hint: " err || return 1
	done &&
	fu -h >expected &&
	PATH=$without_man fu --help >out && test_cmp expected out
'

test_expect_success PTY 'the pager: on a terminal only, chosen as git does' '
	cat >bin/pager <<-\EOT &&
	#!/bin/sh
	echo "paged by $1"
	cat
	EOT
	chmod +x bin/pager && cd acme &&
	FU_PAGER="pager own" PAGER="pager common" on_terminal "" fu list >../out &&
	test_grep "paged by own" ../out &&
	PAGER="pager common" on_terminal "" fu list >../out &&
	test_grep "paged by common" ../out &&
	git config core.pager "pager core" &&
	PAGER="pager common" on_terminal "" fu list >../out &&
	test_grep "paged by core" ../out &&
	on_terminal "" fu --no-pager list >../out && ! grep paged ../out &&
	FU_PAGER=cat on_terminal "" fu list >../out && ! grep paged ../out &&
	FU_PAGER="pager own" fu list >../out && ! grep paged ../out
'

test_expect_success PTY 'colour: on a terminal only, unless it is asked for' '
	cd acme && esc=$(printf "\033") && TERM=xterm && export TERM &&
	test_when_finished "TERM=dumb" &&
	fu new -q Site --client Acme --next "tue 15:00" &&
	on_terminal "" fu --no-pager list >../out && test_grep "$esc" ../out &&
	fu list >../out && ! grep "$esc" ../out &&
	fu --color=always list >../out && test_grep "$esc" ../out &&
	on_terminal "" fu --no-pager --color=never list >../out && ! grep "$esc" ../out &&
	NO_COLOR=1 on_terminal "" fu --no-pager list >../out && ! grep "$esc" ../out &&
	TERM=dumb on_terminal "" fu --no-pager list >../out && ! grep "$esc" ../out &&
	git config color.ui false &&
	on_terminal "" fu --no-pager list >../out && ! grep "$esc" ../out
'

test_expect_success 'tables fit COLUMNS' '
	cd acme &&
	COLUMNS=40 fu list >../out &&
	! grep -E ".{41}" ../out &&
	COLUMNS=nonsense fu list >../out && test_grep Site ../out
'

test_done
