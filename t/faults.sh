# For the scripts that give faults to the system calls of a real fu: sourced after
# lib.sh. In the short form they take every call that changes something, and a few of
# the others. By hand with T_LONG=1: every call, killed, every error of those that
# change something and one of the others; with T_LONG=all every error of every call,
# which takes an hour. A script begins with
#
#	if test -z "$T_NAMESPACE" && unshare -m true 2>/dev/null; then
#		T_NAMESPACE=yes exec unshare -m sh "$0" "$@"
#	fi
#
# so that what is mounted ends with it, and ends with faults_end and test_done.

test_have_prereq VALGRIND && test_skip 'valgrind makes system calls of its own'
test_have_prereq STRACE || test_skip 'no strace here, or it may not trace'

look_for_no_leaks

# In memory, where there is no waiting for a disk.
if test -n "$T_NAMESPACE"; then
	test_set_prereq MOUNT
	mkdir memory && mount -t tmpfs none memory && cd memory || test_skip 'cannot mount'
fi

changing='write|pwrite64|rename|renameat|renameat2|link|linkat|symlink|unlink|unlinkat|mkdir|mkdirat|rmdir|fsync|fdatasync|syncfs|fchmodat|ftruncate|flock'
# Calls that cannot fail, or whose failure is one of memory, which is another test.
unfailing='execve|exit_group|mmap|munmap|mprotect|brk|futex|rt_sigaction|rt_sigprocmask|set_tid_address|set_robust_list|rseq|arch_prctl|getpid|gettid|getuid|geteuid|getgid|getegid|sigaltstack|sched_getaffinity|madvise'

# ---- what is done: a scenario sets base, traced, act, once, old_head, before ----

meeting()
{
	fu -C repo log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "Ann: ask the board by 30 nov"
}

under() # <fu's arguments...>, under strace as $t_inject says
{
	timeout 60 strace -f -o /dev/null -e trace="$t_call" -e inject="$t_call:$t_inject" \
		fu "$@"
}

# ---- what became of it ----

complain()
{
	bad=$((bad + 1))
	echo "$*"
}

# What HEAD, the index and the work tree of ./repo are.
look()
{
	(
		cd repo || exit 1
		git rev-parse -q --verify HEAD
		git --no-optional-locks status --porcelain -uall 2>&1
		git ls-files -s
		find . -name .git -prune -o -type f -exec cksum {} + | LC_ALL=C sort -k 3
	)
}

# Whether the index and the work tree, byte for byte, are what HEAD says.
agrees()
{
	git -C repo ls-tree -r HEAD | sed "s/ blob / /" >in-head
	git -C repo ls-files -s | sed "s/ 0$t_tab/$t_tab/" >in-index
	cmp -s in-head in-index || return 1
	sed "s/.*$t_tab//" in-head >names
	git -C repo hash-object --no-filters --stdin-paths <names >hashes 2>&1
	sed "s/^[0-7]* //; s/$t_tab.*//" in-head | cmp -s - hashes
}

head_of_repo()
{
	if test -e repo/.git/refs/heads/main; then
		read -r t_head <repo/.git/refs/heads/main
	else
		t_head=$(git -C repo rev-parse -q --verify HEAD)
	fi
}

# old, new, or what is wrong. `old_head` and `before` are of the scenario.
state()
{
	head_of_repo
	if test "$t_head" = "$old_head"; then
		look >now
		if cmp -s "$before" now; then
			echo old
		else
			echo "HEAD is the old one, but: $(diff "$before" now)"
		fi
		return
	fi
	t_dirty=$(git --no-optional-locks -C repo status --porcelain -uall 2>&1)
	if test "$(git -C repo rev-parse -q --verify HEAD^)" != "$old_head"; then
		echo "HEAD is $t_head"
	elif test -n "$t_dirty"; then
		echo "HEAD is the new one, but: $t_dirty"
	elif test "$(git -C repo log -1 --format=%an-%cn)" != "Ann Author-Ann Author"; then
		echo "HEAD is the new one, but of $(git -C repo log -1 --format=%an-%cn)"
	elif agrees; then
		echo new
	else
		echo "HEAD is the new one, but the index or a file is not"
	fi
}

# What a crash left behind that somebody would have to delete.
litter()
{
	find repo/.git -name "*.lock" -o -path "*/fu/journal"
	test ! -e repo/.fu-stage || echo .fu-stage
}

# The next commands put things right: reading ones, then the act itself, once.
comes_right() # <label> <states that are fine>
{
	fu -C repo next >next 2>&1 || complain "$1: fu next fails: $(cat next)"
	fu -C repo show deal-3 >shown 2>&1 || complain "$1: fu show fails: $(cat shown)"
	t_state=$(state)
	case "|$2|" in
	*"|$t_state|"*) ;;
	*) complain "$1: $t_state" ;;
	esac
	t_left=$(litter)
	test -z "$t_left" || complain "$1: left behind: $t_left"
	sound "$1"
	if test "$t_state" = new; then
		count_new=$((count_new + 1))
		"$once" || complain "$1: it is not recorded once"
	else
		count_old=$((count_old + 1))
		done_afterwards "$1"
	fi
}

# In the short form not after every fault.
done_afterwards() # <label>
{
	test -n "$T_LONG" || test $((count_old % 5)) -eq 1 || return 0
	"$act" >again 2>&1 || complain "$1: cannot be done afterwards: $(cat again)"
	t_state=$(state)
	test "$t_state" = new || complain "$1: done afterwards: $t_state"
	"$once" || complain "$1: done afterwards, it is not recorded once"
}

sound()
{
	git -C repo fsck --strict --no-dangling >fsck 2>&1 || echo "status $?" >>fsck
	! grep -v "^notice: " fsck >faults || complain "$1: $(cat faults)"
}

once_meeting()
{
	grep -c "^\[meeting " repo/opportunities/*/deal-3.ini >number
	test "$(cat number)" = 1 && ! grep "^replaced" number
}

# ---- where the faults are ----

# Lists every call of the act, "<call> <the nth of its name> <c: it changes something>",
# into the file `points`.
trace_points() # <fu's arguments>...
{
	strace -f -o trace fu "$@" </dev/null >out 2>err
	t_status=$?
	grep -v "^[0-9]* *+++" trace | sed "s/^[0-9]* *//" | awk -v changing="^($changing)\$" '
		/^[a-z_0-9]+\(/ {
			call = $0; sub(/\(.*/, "", call); n[call]++
			c = call ~ changing || (call == "openat" && /O_CREAT|O_TRUNC/)
			print call, n[call], c ? "c" : "-"
		}' >points
	test -s points
	return $t_status
}

# Keeps every nth of the changing ones and of the others; in the long form as said,
# or all.
sample() # <nth of the changing> <nth of the others> [<the same for the long form>]
{
	case $T_LONG in
	'') ;;
	all) return 0 ;;
	*) test $# -eq 4 && shift 2 || return 0 ;;
	esac
	awk -v c="$1" -v o="$2" '
		$3 == "c" { if (++nc % c == 0) print; next }
		++no % o == 0' points >some && mv some points
}

restore()
{
	rm -rf repo && cp -a "$base" repo
}

figures()
{
	echo "$*: $(wc -l <points) points, $runs runs: $count_old old, $count_new new," \
		"$unreached not reached, $unsettled settled by the next command, $bad wrong" \
		>>"$T_OUT/figures"
}

begin_sweep()
{
	bad=0 runs=0 count_old=0 count_new=0 unreached=0 unsettled=0
}

kill_everywhere() # <label>
{
	begin_sweep
	while read -r t_call n kind <&3; do
		restore
		t_inject=signal=KILL:when=$n
		runs=$((runs + 1))
		"$traced" </dev/null >out 2>err
		t_status=$?
		case $t_status in
		137) comes_right "killed at $t_call $n" "old|new" ;;
		0) unreached=$((unreached + 1)) && comes_right "not killed at $t_call $n" new ;;
		*) complain "killed at $t_call $n: exit status $t_status: $(cat err)" ;;
		esac
	done 3<points
	figures "$1"
	test $((unreached * 10)) -le $runs || complain "only $((runs - unreached)) were killed"
	test $bad -eq 0
}

# Every error of $1, once and from then on, at every point that can fail. Calls that
# change nothing take turns with the errors, unless T_LONG is 'all'.
fail_everywhere() # <errors> <label>
{
	begin_sweep
	grep -v -E "^($unfailing) " points >failing
	mv failing points
	turn=0
	while read -r t_call n kind <&3; do
		turn=$((turn + 1))
		for error in $(errors_of "$kind" $1); do
			fail_once "$t_call" "$error" "$n"
			# What is interrupted for ever is no error that a system has.
			test "$error" = EINTR || fail_once "$t_call" "$error" "$n+"
		done
	done 3<points
	figures "$2"
	test $bad -eq 0
}

errors_of() # <kind of call> <error>...
{
	t_kind=$1
	shift
	if test "$t_kind" = - && test "$T_LONG" != all; then
		shift $((turn % $#))
		echo "$1"
	else
		echo "$@"
	fi
}

fail_once() # <call> <error> <when>
{
	label="$2 at $1 $3"
	t_call=$1
	t_inject=error=$2:when=$3
	restore
	runs=$((runs + 1))
	"$traced" </dev/null >out 2>err
	t_status=$?
	case $t_status in
	0)
		head_of_repo
		test "$t_head" != "$old_head" ||
			complain "$label: exit 0, and HEAD has no act"
		comes_right "$label, done" new
		;;
	127)
		grep -q "error while loading shared libraries" err ||
			complain "$label: exit status 127: $(cat err)"
		comes_right "$label, not loaded" old
		;;
	128) refused_well "$1" "$3" ;;
	*) complain "$label: exit status $t_status: $(cat err)" ;;
	esac
}

# Where the error goes on, so does what would take things back: then the next command
# does that.
refused_well() # <call> <when>
{
	grep -q "^error: " err || case $1$2 in
	write*+) ;; # the message cannot be written either
	*) complain "$label: no message" ;;
	esac
	t_state=$(state)
	if test "$t_state" != old; then
		unsettled=$((unsettled + 1))
		case $2 in
		*+)
			head_of_repo
			test "$t_head" = "$old_head" ||
				complain "$label: refused, but HEAD has the act"
			grep -q "taken back by the next fu command" err || test "$1" = write ||
				complain "$label: refused: $t_state"
			;;
		*) complain "$label, refused: $t_state" ;;
		esac
	fi
	comes_right "$label, refused" old
}

# points_of <text> [<trace>]: every call of the log-meeting whose line has the text, into
# the file `points`.
points_of()
{
	awk -v what="$1" '{
		sub(/^[0-9]* */, ""); name = $0; sub(/\(.*/, "", name); n[name]++
		if (index($0, what)) print name, n[name], "c"
	}' "${2:-trace-of-meeting}" >points
}

# ---- log-meeting ----

traced_meeting()
{
	under -C repo log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "Ann: ask the board by 30 nov"
}

is_meeting()
{
	base=$1 traced=traced_meeting act=meeting once=once_meeting
	restore && look >$T_OUT/look-$1 && before=$T_OUT/look-$1 &&
	old_head=$(git -C repo rev-parse HEAD)
}

test_expect_success 'set up: a dozen opportunities' '
	new_repo dozen &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		fu -C dozen new "Deal $i" --client "Client $i" --id deal-$i -q \
			--next "tue 15:00" || return 1
	done &&
	test "$(git -C dozen rev-list --count HEAD)" = 13 &&
	at 2026-11-24T16:00 &&
	is_meeting dozen &&
	trace_points -C repo log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "Ann: ask the board by 30 nov" &&
	once_meeting &&
	cp points all-points && cp trace trace-of-meeting &&
	grep -c " c$" points >changing-points &&
	test "$(cat changing-points)" -gt 80 &&
	test_line_count -gt 400 points
'

faults_end()
{
	t_comment "$(cat "$T_OUT/figures")"
	if test -n "$T_NAMESPACE"; then
		test "$t_failed" -eq 0 || cp -a . "$T_BASE/kept" # it goes with the namespace
		cd .. && umount memory
	fi
}
