# A small TAP harness for shell tests, in the manner of git's. POSIX sh.
#
#	#!/bin/sh
#	test_description='what this script is about'
#	. "${0%/*}/lib.sh"
#
#	test_expect_success 'a repository is made' '
#		new_repo acme &&
#		test -f acme/fu.ini
#	'
#	test_done
#
# By hand: sh t/t0001-harness.sh [-v] [-x] [-i] [-k] [--valgrind]
#	-v  shows what each test does and prints
#	-x  traces the shell as well
#	-i  stops at the first failure
#	-k  keeps the directory of a run without failure
#	--valgrind  runs fu under valgrind, every call
# $T_BUILD names the build directory (build), $T_SRC the source tree.
#
# Every script starts in an empty directory of its own, with a HOME beside it, a
# fixed environment and a fixed clock. A body runs in the script's shell, from
# the directory where the script stands; its commands are chained with &&, and a
# body whose chain is broken fails. Its standard input is empty.

case $0 in
*/*) T_SRC=${T_SRC:-$(cd "${0%/*}/.." && pwd -P)} ;;
*) T_SRC=${T_SRC:-$(cd .. && pwd -P)} ;;
esac
T_BUILD=${T_BUILD:-$T_SRC/build}
T_CC=${T_CC:-cc}

t_count=0
t_failed=0
t_done=
t_verbose=
t_trace=
t_immediate=
t_keep=
t_prereqs=' '
t_tab=$(printf '\t')
t_newline='
'

while test $# -gt 0; do
	case $1 in
	-v) t_verbose=yes ;;
	-x) t_verbose=yes t_trace=yes ;;
	-i) t_immediate=yes ;;
	-k) t_keep=yes ;;
	--valgrind) T_VALGRIND=all ;;
	*) echo "$0: unknown option '$1'" >&2 && exit 129 ;;
	esac
	shift
done

# ---- what a script says ----

# Ends the script before it began: test_skip 'no strace here'
test_skip()
{
	echo "1..0 # SKIP $*"
	t_done=yes
	exit 0
}

# test_expect_success [<prereq>,...] '<name>' '<body>'
# A prerequisite that is not there skips the test; '!' before it turns it round.
test_expect_success()
{
	t_missing=
	if test $# -eq 3; then
		t_check_prereqs "$1"
		shift
	fi
	test $# -eq 2 || t_bail "test_expect_success wants [<prereq>] <name> <body>"
	t_count=$((t_count + 1))
	if test -n "$t_missing"; then
		echo "ok $t_count - $1 # SKIP missing $t_missing"
		return 0
	fi
	test -z "$t_verbose" || t_comment "---- $1$t_newline$2"
	t_start=$PWD
	t_cleanup=:
	if t_chain_is_whole "$2"; then
		t_run "$2" </dev/null >"$T_OUT/log" 2>&1
		t_status=$?
		eval "$t_cleanup" >>"$T_OUT/log" 2>&1
	else
		t_status=1
		echo "the && chain of this test is broken" >"$T_OUT/log"
	fi
	cd "$t_start" || t_bail "cannot go back to $t_start"
	t_nothing_found >>"$T_OUT/log"
	t_say_result "$1" "$2"
}

# Runs a command when the test is over, whatever became of it.
test_when_finished()
{
	t_cleanup="$*; $t_cleanup"
}

# The last line of every script.
test_done()
{
	echo "1..$t_count"
	t_done=yes
	test "$t_failed" -eq 0
	exit
}

# Declares that something is there: test_set_prereq STRACE
test_set_prereq()
{
	t_prereqs="$t_prereqs$1 "
}

test_have_prereq()
{
	case $t_prereqs in
	*" $1 "*) return 0 ;;
	esac
	case $1 in
	JQ) command -v jq >/dev/null ;;
	CC) command -v "${T_CC%% *}" >/dev/null ;;
	CLANG_FORMAT) command -v clang-format >/dev/null ;;
	NM) command -v nm >/dev/null ;;
	PTY) test -x "$T_BUILD/t/helper/pty" ;;
	ROOT) test "$(id -u)" -eq 0 ;;
	STRACE)
		# Valgrind makes system calls of its own, many of them.
		test -z "$T_VALGRIND" && command -v strace >/dev/null &&
			strace -o /dev/null true 2>/dev/null
		;;
	VALGRIND) test -n "$T_VALGRIND" ;;
	SANITIZED) t_is_sanitized ;;
	*) return 1 ;;
	esac
}

# ---- what a body uses ----

# A refusal is what is wanted: an exit status that fu gives on purpose. A crash,
# a signal, a program that is not there, an error that valgrind or a sanitizer
# found are failures of the test.
test_must_fail()
{
	"$@"
	t_code=$?
	if test $t_code -eq 0; then
		echo "succeeded, but was to fail: $*"
		return 1
	fi
	test $t_code -ne 99 || return 1 # nothing_changed found that something did
	t_is_crash $t_code "$@" && return 1
	return 0
}

# test_expect_code <code> <command>...
test_expect_code()
{
	t_wanted=$1
	shift
	"$@"
	t_code=$?
	test $t_code -ne "$t_wanted" || return 0
	t_is_crash $t_code "$@" ||
		echo "exit status $t_code, but $t_wanted was wanted: $*"
	return 1
}

# test_cmp <expected> <actual>
test_cmp()
{
	diff -u "$@"
}

# test_grep [<grep's options>] <pattern> <file>
test_grep()
{
	grep "$@" && return 0
	for t_last; do :; done
	echo "grep $* failed; the file has:"
	cat "$t_last"
	return 1
}

# test_line_count <operator of test> <number> <file>: test_line_count -eq 3 out
test_line_count()
{
	test "$(wc -l <"$3")" "$1" "$2" && return 0
	echo "the number of lines in $3 is not $1 $2; it has:"
	cat "$3"
	return 1
}

# json <file>|- <jq filter> [<expected>]
# With <expected>: what the filter gives is that (text raw, the rest compact).
# Without: what the filter gives is neither null nor false.
json()
{
	if test "$1" = -; then
		cat >"$T_OUT/json"
	else
		cat "$1" >"$T_OUT/json" || return 1
	fi
	if test $# -lt 3; then
		jq -e "$2" "$T_OUT/json" >"$T_OUT/jq" && return 0
	else
		jq -rc "$2" "$T_OUT/json" >"$T_OUT/jq"
		t_got=$(cat "$T_OUT/jq")
		test "$t_got" != "$3" || return 0
		echo "wanted: $3"
	fi
	echo "$2 gives: $(cat "$T_OUT/jq")"
	echo "the document:"
	cat "$T_OUT/json"
	return 1
}

# Moves the clock to a local time of the repository: at '2026-11-24T09:00'. The
# offset is that of Madrid in winter, +01:00, unless one is given.
at()
{
	case $1 in
	*[+-][0-9][0-9]:[0-9][0-9] | *Z) t_when=$1 ;;
	*T[0-9][0-9]:[0-9][0-9]) t_when=$1:00+01:00 ;;
	*T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]) t_when=$1+01:00 ;;
	*) echo "at: '$1' is not a date and time" && return 1 ;;
	esac
	case $t_when in
	*T[0-9][0-9]:[0-9][0-9][+Z-]*)
		t_when=$(echo "$t_when" | sed 's/\(T..:..\)/\1:00/')
		;;
	esac
	FU_NOW=$t_when
	export FU_NOW
}

# Moves the clock on by so many seconds, a minute when nothing is said.
tick()
{
	FU_NOW=$(echo "$FU_NOW" | awk -v seconds="${1:-60}" -f "$T_SRC/t/tick.awk")
	export FU_NOW
}

# A repository in Madrid that counts in euros: new_repo [<dir>]
new_repo()
{
	fu init -q --timezone Europe/Madrid --currency EUR "${1:-repo}"
}

# What a command that is refused must leave as it was: files, HEAD, refs, index,
# status, of the repository around the current directory and of those below it.
# What lies in .git/fu is fu's own affair.
snapshot()
{
	t_top=$(git rev-parse --show-toplevel 2>/dev/null) || t_top=.
	(
		cd "$t_top" || exit 1
		find . -name .git -prune -o -type f -exec cksum {} + -o -print | LC_ALL=C sort
		find . -name .git -prune -print | while IFS= read -r t_git; do
			cd "${t_git%/.git}" || exit 1
			git for-each-ref
			git --no-optional-locks status --porcelain=v2 --branch -uall
			find .git -name '*.lock' -print
			cd "$OLDPWD" || exit 1
		done
	)
}

# nothing_changed <command>...: runs it, passes its status on, and fails when it
# changed anything that snapshot sees.
nothing_changed()
{
	snapshot >"$T_OUT/before"
	"$@"
	t_code=$?
	snapshot >"$T_OUT/after"
	if ! cmp -s "$T_OUT/before" "$T_OUT/after"; then
		echo "this changed something: $*"
		diff -u "$T_OUT/before" "$T_OUT/after"
		return 99
	fi
	return $t_code
}

# refuses <code> <pattern> [--] <command>...
# The command exits with that status, prints nothing on stdout, says 'error:' and
# something that matches the extended pattern on stderr, and changes nothing. What
# it said is in the file $refusal.
refuses()
{
	t_wanted=$1
	t_pattern=$2
	shift 2
	test "$1" != -- || shift
	nothing_changed t_quietly "$@"
	t_code=$?
	cat "$T_OUT/stdout" "$refusal"
	test $t_code -ne 99 || return 1
	if test $t_code -ne "$t_wanted"; then
		t_is_crash $t_code "$@" ||
			echo "exit status $t_code, but $t_wanted was wanted: $*"
		return 1
	fi
	if test -s "$T_OUT/stdout"; then
		echo "a refusal prints nothing on stdout: $*"
		return 1
	fi
	grep -q '^error: ' "$refusal" || {
		echo "it does not begin with 'error: ': $*"
		return 1
	}
	grep -E -q -e "$t_pattern" "$refusal" || {
		echo "it does not say '$t_pattern': $*"
		return 1
	}
}

# on_terminal '<dialogue>' <command>...
# Runs the command on a terminal of its own (80 columns, or $COLUMNS). A line of
# the dialogue that begins with '<' waits until the rest of it was printed, '>'
# types the rest and the enter key, '^c' and '^d' press those keys, '^h' hangs up.
# Prints what the terminal showed; the status is the command's. Needs the
# prerequisite PTY.
on_terminal()
{
	printf '%s\n' "$1" >"$T_OUT/dialogue"
	shift
	"$T_BUILD/t/helper/pty" "$T_OUT/dialogue" "$@"
}

# What looks for leaks does not work under strace: for a script that traces.
look_for_no_leaks()
{
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
	LSAN_OPTIONS=$LSAN_OPTIONS:detect_leaks=0
	export ASAN_OPTIONS LSAN_OPTIONS
}

# Runs fu in ./repo until after that system call, and leaves it stopped: its process id goes to
# $fu, its tracer's to $tracer, what it prints to ./out and ./err. It reads $input. $also is one
# more thing that strace injects, at a renameat2. Wants STRACE.
stop_after() # <call> <which one> <fu's arguments>...
{
	t_call=$1 t_which=$2
	shift 2
	rm -f stopped
	strace -o stopped -e trace="$t_call,renameat2" \
		-e inject="$t_call:signal=SIGSTOP:when=$t_which" ${also:+-e "$also"} \
		fu -C repo "$@" >out 2>err <"${input:-/dev/null}" 9>&- &
	tracer=$!
	t_tries=0
	until grep -q 'stopped by SIGSTOP' stopped 2>/dev/null; do
		t_tries=$((t_tries + 1))
		test $t_tries -lt 1000 && kill -0 $tracer 2>/dev/null || return 1
		sleep 0.01
	done
	fu=$(cat /proc/$tracer/task/$tracer/children) && test -n "$fu"
}

# ---- how it works ----

t_bail()
{
	echo "Bail out! $*"
	t_done=yes
	exit 1
}

t_comment()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

t_check_prereqs()
{
	for t_name in $(echo "$1" | tr , ' '); do
		case $t_name in
		!*) ! test_have_prereq "${t_name#!}" || t_missing="$t_missing $t_name" ;;
		*) test_have_prereq "$t_name" || t_missing="$t_missing $t_name" ;;
		esac
	done
	t_missing=${t_missing# }
}

# In a whole chain the failure before the first command is the result of it all.
t_chain_is_whole()
{
	(eval "(exit 117) && $1$t_newline") </dev/null >/dev/null 2>&1
	test $? -eq 117
}

t_run()
{
	test -z "$t_trace" || set -x
	eval "$1"
	t_body_status=$?
	{ set +x; } 2>/dev/null
	return $t_body_status
}

# What valgrind or a sanitizer found fails the test, also where nobody looked at the
# status of the call: in a pipe, behind '||', in the background.
t_nothing_found()
{
	set -- "$T_OUT"/found.*
	test -e "$1" || return 0
	# Where valgrind found nothing it may name system calls that are new to it.
	for t_found in $(grep -l -e '^==' -e 'runtime error' "$@"); do
		t_status=1
		cat "$t_found" && rm -f "$t_found"
	done
}

t_say_result()
{
	if test "$t_status" -eq 0; then
		echo "ok $t_count - $1"
		test -z "$t_verbose" || t_comment "$(cat "$T_OUT/log")"
		return 0
	fi
	echo "not ok $t_count - $1"
	t_comment "$t_count - $1$t_newline$2" >&2
	t_comment "---- it printed:$t_newline$(cat "$T_OUT/log")" >&2
	t_failed=$((t_failed + 1))
	test -z "$t_immediate" || t_bail "stopped at the first failure"
}

t_quietly()
{
	"$@" >"$T_OUT/stdout" 2>"$refusal"
}

# 124, 125: out of patience (timeout, pty); 126, 127: not run, or an error that
# valgrind or a sanitizer found (see below); 128 and 129 are fu's own; above that a
# signal ended it.
t_is_crash()
{
	case $1 in
	124 | 125) echo "did not come to an end (status $1)" ;;
	126 | 127) echo "could not be run, or an error was found (status $1)" ;;
	13[0-9] | 1[4-9][0-9] | 2[0-9][0-9]) echo "crashed (status $1)" ;;
	*) return 1 ;;
	esac
	shift
	echo "the command was: $*"
}

t_is_sanitized()
{
	test -f "$T_BUILD/cmd/fu" && grep -q __asan_init "$T_BUILD/cmd/fu"
}

t_leave()
{
	t_exit=$?
	trap - 0
	cd /
	if test -z "$t_done"; then
		echo "Bail out! the script ended before test_done"
		test ! -s "$T_OUT/log" || t_comment "$(cat "$T_OUT/log")" >&2
		t_exit=1
	fi
	if test $t_exit -eq 0 && test -z "$t_keep"; then
		rm -rf "$T_BASE"
	else
		echo "# kept: $T_BASE"
	fi
	exit $t_exit
}

# Nothing of the caller's own settings reaches a test.
t_clean_environment()
{
	for t_name in $(env | sed -n 's/^\([A-Z_][A-Z0-9_]*\)=.*/\1/p'); do
		case $t_name in
		FU_* | GIT_* | XDG_* | LC_* | LANG | LANGUAGE | PAGER | LESS* | EDITOR | VISUAL | \
			EMAIL | NO_COLOR | CLICOLOR* | COLUMNS | LINES | CDPATH | TASKRC | TASKDATA | \
			TERM | MANPATH | MANPAGER)
			unset "$t_name"
			;;
		esac
	done
	unset CDPATH
	TZ=UTC
	LC_ALL=C.UTF-8
	TERM=dumb
	HOME=$T_BASE/home
	GIT_CONFIG_NOSYSTEM=1
	GIT_CONFIG_GLOBAL=$HOME/.gitconfig
	GIT_CEILING_DIRECTORIES=$T_BASE
	FU_NOW=2026-11-20T10:00:00+01:00
	FU_EXEC_PATH=$T_BUILD/storage
	export TZ LC_ALL TERM HOME GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL \
		GIT_CEILING_DIRECTORIES FU_NOW FU_EXEC_PATH
	# An error that a sanitizer finds must not look like one of fu's own statuses.
	t_options=exitcode=126:log_path=$T_OUT/found
	ASAN_OPTIONS=$t_options:detect_leaks=1
	LSAN_OPTIONS=$t_options:suppressions=$T_SRC/t/lsan.supp:print_suppressions=0
	UBSAN_OPTIONS=$t_options:halt_on_error=1:print_stacktrace=1
	export ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS
	cat >"$HOME/.gitconfig" <<-EOF
	[user]
	${t_tab}name = Ann Author
	${t_tab}email = ann@example.com
	[init]
	${t_tab}defaultBranch = main
	EOF
}

# Puts the fu that was built first in the PATH, under valgrind when asked for.
t_find_fu()
{
	PATH=$T_BUILD/cmd:$PATH
	if test -n "$T_VALGRIND"; then
		mkdir "$T_BASE/bin"
		cat >"$T_BASE/bin/fu" <<-EOF
		#!/bin/sh
		T_OUT='$T_OUT' T_VALGRIND='$T_VALGRIND' T_MEMCHECK='$(command -v valgrind)' \\
			exec /bin/sh '$T_SRC/t/valgrind.sh' '$T_BUILD/cmd/fu' "\$@"
		EOF
		chmod +x "$T_BASE/bin/fu"
		PATH=$T_BASE/bin:$PATH
	fi
	export PATH
}

T_BASE=$(mktemp -d "${TMPDIR:-/tmp}/fu-test.XXXXXX") || exit 1
T_BASE=$(cd "$T_BASE" && pwd -P)
T_OUT=$T_BASE/out
refusal=$T_OUT/stderr
trap t_leave 0
trap 'exit 130' INT
trap 'exit 143' TERM HUP
mkdir "$T_BASE/home" "$T_OUT" "$T_BASE/trash" || exit 1
t_clean_environment
t_find_fu
cd "$T_BASE/trash" || exit 1
echo "# ${test_description:?every script has a test_description}"
