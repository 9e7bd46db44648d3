#!/bin/sh
# Drives t/helper/transact. By hand with T_LONG=1: every system call, every error,
# and more acts of the writers.
test_description='a transaction that is killed, that meets errors, that has company'
. "${0%/*}/lib.sh"

test_have_prereq STRACE || test_skip 'no strace here'

transact=$T_BUILD/t/helper/transact
act="put opportunities/ab/x.ini two put opportunities/cd/y.ini new commit second"
# The calls that change something; a kill before any other leaves what one of
# these leaves.
changing='write|pwrite64|rename|renameat|renameat2|link|linkat|unlink|unlinkat|mkdir|mkdirat|fsync|syncfs|fchmodat|ftruncate'
LSAN_OPTIONS=$LSAN_OPTIONS:detect_leaks=0 # does not work under strace
ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
export LSAN_OPTIONS ASAN_OPTIONS

# trace_of <directory> <step>...: lists "<call> <n>" for every changing call that the
# run makes, the nth of its name, into the file `points`. Files that are made count.
trace_of()
{
	t_dir=$1
	shift
	rm -rf repo && cp -a "$t_dir" repo || return 1
	strace -f -o trace "$transact" repo "$@" >/dev/null || return 1
	sed 's/^[0-9]* *//' trace | awk -v changing="^($changing)\$" '
		{ call = $0; sub(/\(.*/, "", call); n[call]++ }
		/"lock", O_RDWR/ { begun = 1 }
		begun && (call ~ changing || (call == "openat" && /O_CREAT/)) { print call, n[call] }
	' >points
	test -s points
}

fault() # <call> <what strace injects> <step>...
{
	t_call=$1
	t_inject=$2
	shift 2
	rm -rf repo && cp -a "$start" repo || return 1
	timeout 30 strace -f -o /dev/null -e trace="$t_call" -e inject="$t_call:$t_inject" \
		"$transact" repo "$@" >out 2>err
}

complain()
{
	bad=$((bad + 1))
	echo "$*"
}

# The state that HEAD, the index and the work tree are all in: old, new, or what is
# wrong with them.
state()
{
	t_head=$(git -C repo rev-parse -q --verify HEAD)
	t_dirty=$(git --no-optional-locks -C repo status --porcelain -uall 2>&1)
	t_locks=$(find repo/.git -name '*.lock')
	if test -n "$t_dirty$t_locks"; then
		echo "not clean: $t_dirty $t_locks"
	elif test "$t_head" = "$old"; then
		echo old
	elif test "$t_head" = "$new"; then
		echo new
	else
		echo "HEAD is $t_head"
	fi
}

# After a fault: the next command puts things right. <label> <states that are fine>
comes_right()
{
	"$transact" repo >recovered 2>&1 ||
		complain "$1: recovery fails: $(cat recovered)"
	t_state=$(state)
	case "|$2|" in
	*"|$t_state|"*) ;;
	*) complain "$1: $t_state" ;;
	esac
	git -C repo fsck --no-dangling >fsck 2>&1 || echo "status $?" >>fsck
	! grep -v '^notice: ' fsck >faults || complain "$1: $(cat faults)"
}

# In the short form only every nth point.
thin_out() # <n>
{
	test -z "$T_LONG" || return 0
	sed -n "0~$1p" points >some && mv some points
}

kill_everywhere() # <step>...
{
	bad=0
	while read -r call n; do
		fault "$call" "signal=KILL:when=$n" "$@"
		comes_right "killed at $call $n" 'old|new'
	done <points
	test $bad -eq 0
}

fail_everywhere() # <errors> <every nth>
{
	bad=0
	number=0
	while read -r call n; do
		number=$((number + 1))
		test $((number % $2)) -eq 0 || continue
		for error in $1; do
			for when in "$n" "$n+"; do
				# libgit2 repeats for ever what is interrupted for ever.
				test "$error$when" != "EINTR$n+" || continue
				fail_once "$call" "$error" "$when"
			done
		done
	done <points
	test $bad -eq 0
}

fail_once() # <call> <error> <when>
{
	label="$2 at $1 $3"
	fault "$1" "error=$2:when=$3" $act
	t_status=$?
	case $t_status in
	0) comes_right "$label, done" new ;;
	128)
		grep -q '^error: ' err || case $1$3 in
		write*+) ;; # the message cannot be written either
		*) complain "$label: no message" ;;
		esac
		case $3 in
		*+) ;;
		*) test "$(state)" = old || complain "$label, refused: $(state)" ;;
		esac
		comes_right "$label, refused" old
		;;
	*) complain "$label: exit status $t_status: $(cat err)" ;;
	esac
}

test_expect_success 'set up' '
	git init -q empty &&
	cp -a empty base &&
	"$transact" base put fu.ini f put opportunities/ab/x.ini one commit first &&
	cp -a base after &&
	"$transact" after $act &&
	old=$(git -C base rev-parse HEAD) &&
	new=$(git -C after rev-parse HEAD)
'

test_expect_success 'killed at every call of a commit' '
	start=base &&
	trace_of base $act &&
	cp points commit-points &&
	test_line_count -gt 30 points &&
	kill_everywhere $act
'

test_expect_success 'killed at every call of a recovery' '
	grep "^renameat" commit-points | tail -n 1 | cut -d " " -f 2 >last &&
	start=base &&
	! fault renameat "signal=KILL:when=$(cat last)" $act &&
	rm -rf half && cp -a repo half &&
	test -f half/.git/fu/journal && test -f half/opportunities/cd/y.ini &&
	start=half &&
	trace_of half &&
	kill_everywhere
'

test_expect_success 'a name that begins with a blank is not taken for one without' '
	start=base && ! fault renameat "signal=KILL:when=$(cat last)" put " x.ini" new commit second &&
	test -f repo/.git/fu/journal && test -f "repo/ x.ini" && echo mine >repo/x.ini &&
	"$transact" repo && test ! -e "repo/ x.ini" && test "$(cat repo/x.ini)" = mine
'

test_expect_success 'killed at every call of the first commit' '
	start=empty &&
	trace_of empty $act &&
	thin_out 4 &&
	new=$(git -C repo rev-parse HEAD) &&
	old="" &&
	kill_everywhere $act
'

test_expect_success 'errors, once and from then on' '
	start=base &&
	old=$(git -C base rev-parse HEAD) &&
	new=$(git -C after rev-parse HEAD) &&
	cp commit-points points &&
	if test -n "$T_LONG"; then
		fail_everywhere "EIO ENOSPC EACCES EINTR" 1
	else
		fail_everywhere ENOSPC 4 && fail_everywhere EIO 5
	fi
'

test_expect_success 'a bulk commit that is killed' '
	start=base &&
	bulk="bulk 70 commit bulk" &&
	trace_of base $bulk &&
	thin_out 40 &&
	new=$(git -C repo rev-parse HEAD) &&
	kill_everywhere $bulk
'

writer() # <name> <number of acts>
{
	for i in $(seq "$2"); do
		"$transact" shared put "opportunities/ab/$1.ini" "$i" \
			put opportunities/ab/all.ini "$1 $i" commit "$1 $i" || return 1
	done
}

# Somebody who uses plain git, and tries again when git says that it is locked. git commit
# reads the index before it locks it, and puts back what it read also where the branch was
# moved in between, so that a file of somebody else may be staged as it was: who did not look
# would commit that.
plain_git()
{
	for i in $(seq "$1"); do
		tries=0
		echo "$i" >"shared/notes-$i.txt"
		until git -C shared add "notes-$i.txt" &&
			test "$(git -C shared diff --cached --name-only)" = "notes-$i.txt" &&
			git -C shared commit -q -m "notes $i"; do
			git -C shared read-tree HEAD # unlike git reset it moves no branch
			tries=$((tries + 1))
			test $tries -lt 400 || return 1
			sleep 0.01
		done
	done
}

side_by_side()
{
	for name in a b c d; do
		(writer $name $acts && : >done-$name) >log-$name 2>&1 &
	done
	(plain_git 25 && : >done-git) >log-git 2>&1 &
	wait
	cat log-?
	ls done-a done-b done-c done-d done-git
}

all_there()
{
	for name in a b c d; do
		path=opportunities/ab/$name.ini
		git -C shared log --format=%s -- $path >commits
		test_line_count -eq $acts commits || return 1
		test "$(cat shared/$path)" = $acts || return 1
	done
}

test_expect_success 'writers side by side, and plain git beside them' '
	acts=${T_LONG:+100} &&
	acts=${acts:-25} &&
	cp -a base shared &&
	side_by_side &&
	git -C shared log --format=%s | sort >subjects &&
	test_line_count -eq $((4 * acts + 25 + 1)) subjects &&
	test -z "$(uniq -d subjects)" &&
	git -C shared fsck --no-dangling &&
	test -z "$(git -C shared status --porcelain)" &&
	all_there &&
	git -C shared ls-files "notes-*" >notes &&
	test_line_count -eq 25 notes
'

test_done
