#!/bin/sh
# A real command, killed at its system calls and given their errors. In the short
# form: every call that changes something, and a few of the others. By hand with
# T_LONG=1: every call, killed, every error of those that change something and one of
# the others; with T_LONG=all every error of every call, which takes an hour.
test_description='fu log-meeting that is killed, and whose system calls fail'

# In a mount namespace of its own, where there may be one: what is mounted ends with it.
if test -z "$T_NAMESPACE" && unshare -m true 2>/dev/null; then
	T_NAMESPACE=yes exec unshare -m sh "$0" "$@"
fi

. "${0%/*}/lib.sh"

test_have_prereq VALGRIND && test_skip 'valgrind makes system calls of its own'
test_have_prereq STRACE || test_skip 'no strace here, or it may not trace'

ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 # does not work under strace
LSAN_OPTIONS=$LSAN_OPTIONS:detect_leaks=0
export ASAN_OPTIONS LSAN_OPTIONS

# In memory, where there is no waiting for a disk.
if test -n "$T_NAMESPACE"; then
	test_set_prereq MOUNT
	mkdir memory && mount -t tmpfs none memory && cd memory || test_skip 'cannot mount'
fi

changing='write|pwrite64|rename|renameat|link|linkat|symlink|unlink|unlinkat|mkdir|mkdirat|rmdir|fsync|fdatasync|syncfs|fchmodat|ftruncate|flock'
# Calls that cannot fail, or whose failure is one of memory, which is another test.
unfailing='execve|exit_group|mmap|munmap|mprotect|brk|futex|rt_sigaction|rt_sigprocmask|set_tid_address|set_robust_list|rseq|arch_prctl|getpid|gettid|getuid|geteuid|getgid|getegid|sigaltstack|sched_getaffinity|madvise'

# ---- what is done: a scenario sets `base` (the repository before) and these ----

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

test_expect_success 'killed at every call: wholly there or wholly absent' '
	cp all-points points &&
	sample 1 40 &&
	kill_everywhere "log-meeting killed"
'

test_expect_success 'every call fails: refused with nothing changed, or done' '
	cp all-points points &&
	if test -n "$T_LONG"; then
		fail_everywhere "EIO ENOSPC EINTR EACCES" "log-meeting, errors"
	else
		sample 8 100 &&
		fail_everywhere "EIO EINTR" "log-meeting, errors"
	fi
'

# libgit2 takes a file that it cannot look at for one that is not there.
test_expect_success 'an index that cannot be looked at is not taken for an empty one' '
	is_meeting dozen && points_of "/fu/stage/index\"" && test_line_count -gt 6 points &&
	fail_everywhere EIO "the index, errors"
'

test_expect_success 'a config that cannot be looked at is not taken for none' '
	is_meeting dozen && points_of ".gitconfig\"" &&
	grep "^access" points >some && mv some points && test_line_count -gt 1 points &&
	fail_everywhere EIO "the config, errors"
'

test_expect_success 'a branch and objects that are packed' '
	cp -a dozen packed && git -C packed gc -q && test ! -e packed/.git/refs/heads/main &&
	is_meeting packed &&
	trace_points -C repo log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours none --theirs none &&
	mv trace trace-of-packed && cp points packed-points &&
	points_of "packed-refs\"" trace-of-packed && test_line_count -gt 2 points &&
	sample 2 1 1 1 && fail_everywhere EIO "packed, errors" &&
	cp packed-points points && sample 20 200 1 3 && kill_everywhere "packed, killed"
'

# ---- recovery under faults ----

# half <name> <call> <text>: a repository whose log-meeting was killed at the first
# such call, as ./<name>.
half()
{
	is_meeting dozen && points_of "$3" || return 1
	t_call=$2 t_inject=signal=KILL:when=$(sed -n "s/^$2 \([0-9]*\) .*/\1/p" points | head -n 1)
	traced_meeting >out 2>err
	test $? -eq 137 && test -f repo/.git/fu/journal && rm -rf "$1" && cp -a repo "$1"
}

traced_next()
{
	under -C repo next
}

# A reading command that recovers, or cannot: it reads what is there, or says why not.
recovery_meets() # <what strace injects> <label>
{
	t_inject=$1
	restore
	runs=$((runs + 1))
	traced_next </dev/null >out 2>err
	t_status=$?
	case $t_status in
	0 | 127 | 128 | 137) comes_right "recovery, $t_call: $1" "$outcome" ;;
	*) complain "recovery, $t_call: $1: exit status $t_status: $(cat err)" ;;
	esac
}

recovery_sweep() # <half> <state> <errors>
{
	begin_sweep
	base=$1 outcome=$2
	restore && trace_points -C repo next && sample 2 100 1 3 || return 1
	while read -r t_call n kind <&3; do
		recovery_meets signal=KILL:when=$n
		echo "$t_call" | grep -qxE "$unfailing" && continue
		for error in $3; do
			recovery_meets error=$error:when=$n
			test "$error" = EINTR || recovery_meets error=$error:when=$n+
		done
	done 3<points
	figures "recovery from $1"
	test $bad -eq 0
}

test_expect_success 'what half of the states are like that a kill leaves' '
	half journalled linkat HEAD.lock &&
	half index-moved renameat "\"branch\"" &&
	half branch-moved unlinkat /main.lock
'

test_expect_success 'recovery is killed and meets errors, and is done again' '
	errors=${T_LONG:+EIO ENOSPC EINTR EACCES} &&
	recovery_sweep index-moved old "$errors" &&
	recovery_sweep branch-moved new "$errors"
'

test -z "$T_LONG" || test_set_prereq LONG

test_expect_success LONG 'recovery from a journal alone' '
	recovery_sweep journalled old "EIO ENOSPC EINTR EACCES"
'

test_expect_success LONG 'a writing command that recovers first is killed, and meets errors' '
	is_meeting dozen && base=index-moved &&
	restore && trace_points -C repo log-meeting deal-3 --outcome proceed \
		--next "tue 1 dec 15:00" --ours none --theirs none &&
	sample 1 1 1 3 &&
	kill_everywhere "log-meeting over a half-done one, killed"
'

# ---- the other commands that write ----

# sweep <label>: the scenario as it is set, killed and with errors. The short form
# kills where it counts most.
sweep()
{
	restore && look >"$T_OUT/look" && before=$T_OUT/look &&
	old_head=$(git -C repo rev-parse HEAD) &&
	trace_points $arguments && mv points all-points &&
	comes_right "$1, no fault" new || return 1
	cp all-points points && sample 16 400 1 5 && kill_everywhere "$1 killed" || return 1
	test -n "$T_LONG" || return 0
	cp all-points points && sample 1 1 2 10 && fail_everywhere "EIO ENOSPC EINTR EACCES" "$1, errors"
}

traced_arguments()
{
	under $arguments
}

plain_arguments()
{
	fu $arguments
}

scenario() # <base> <check that it is there once> <fu's arguments, none with a space>
{
	base=$1 once=$2 arguments=$3 traced=traced_arguments act=plain_arguments
}

once_record()
{
	test "$(grep -c "^\[set " repo/opportunities/*/deal-3.ini)" = 1
}

once_undo()
{
	test "$(grep -c "^\[undo " repo/opportunities/*/deal-3.ini)" = 1
}

once_import()
{
	test "$(grep -l "^external_id = row-" repo/opportunities/*/*.ini | wc -l)" = 40
}

test_expect_success 'set up: a meeting, a hand edit, a CSV file' '
	cp -a dozen met && rm -rf repo && mv met repo && meeting && mv repo met &&
	cp -a dozen edited && file=$(echo edited/opportunities/*/deal-3.ini) &&
	sed "1,/^\[new/s/^client = .*/client = Another/" "$file" >new && cat new >"$file" &&
	echo "external_id,title,client,opened" >rows.csv &&
	for i in $(seq 40); do
		echo "row-$i,Row $i,Firm $i,2026-10-01" >>rows.csv
	done &&
	{
		echo "[columns]" &&
		for name in external_id title client opened; do echo "$name = $name"; done
	} >map.ini
'

test_expect_success 'fu undo' '
	scenario met once_undo "-C repo undo deal-3" && sweep undo
'

test_expect_success 'fu record of a hand edit' '
	scenario edited once_record "-C repo record" && sweep record
'

test_expect_success 'fu import of forty rows, in one pack' '
	scenario dozen once_import "-C repo import $PWD/rows.csv --map $PWD/map.ini" && sweep import
'

# fu init has nothing that it could go back to: it can be done again.
init_comes_right() # <label>
{
	fu -C repo next >next 2>&1
	t_status=$?
	case $t_status in
	0 | 128) ;;
	*) complain "$1: fu next: exit status $t_status: $(cat next)" ;;
	esac
	new_repo >again 2>&1 || complain "$1: cannot be done again: $(cat again)"
	test "$(git -C repo rev-list --count HEAD 2>&1)" = 1 || complain "$1: not one commit"
	t_dirty=$(git -C repo status --porcelain -uall 2>&1)
	test -z "$t_dirty" || complain "$1: not clean: $t_dirty"
	agrees || complain "$1: HEAD, index and work tree do not agree"
	test -z "$(litter)" || complain "$1: left behind: $(litter)"
	sound "$1"
	fu -C repo new -q Deal --client Acme >again 2>&1 ||
		complain "$1: nothing can be recorded: $(cat again)"
}

init_meets() # <call> <what strace injects>
{
	t_call=$1 t_inject=$2
	label="init, $1: $2"
	runs=$((runs + 1))
	rm -rf repo
	under init -q --timezone Europe/Madrid --currency EUR repo </dev/null >out 2>err
	t_status=$?
	case $t_status in
	0)
		git -C repo rev-parse -q --verify HEAD >head || complain "$label: done, no commit"
		count_new=$((count_new + 1))
		;;
	127) grep -q "error while loading shared libraries" err || complain "$label: $(cat err)" ;;
	128)
		count_old=$((count_old + 1))
		grep -q "^error: " err || test "$1" = write || complain "$label: no message"
		;;
	137) ;;
	*) complain "$label: exit status $t_status: $(cat err)" ;;
	esac
	init_comes_right "$label"
}

test_expect_success 'fu init, killed and with errors' '
	begin_sweep && rm -rf repo &&
	trace_points init -q --timezone Europe/Madrid --currency EUR repo &&
	grep "^link " points >links && sample 10 200 1 5 &&
	sort -u links points >both && mv both points &&
	while read -r call n kind <&3; do
		init_meets $call signal=KILL:when=$n
		echo "$call" | grep -qxE "$unfailing" && continue
		for error in ${T_LONG:+EIO ENOSPC EINTR EACCES}; do
			init_meets $call error=$error:when=$n
			test $error = EINTR || init_meets $call error=$error:when=$n+
		done
	done 3<points &&
	figures init &&
	test $bad -eq 0
'

# ---- other ways in which writing fails ----

# Files may not get longer than so many bytes: writes are cut short, then fail.
test -z "$(command -v prlimit)" || test_set_prereq PRLIMIT

test_expect_success PRLIMIT 'files that may not grow: short writes' '
	is_meeting dozen && begin_sweep && : >points &&
	(
		trap "" XFSZ &&
		for bytes in 0 10 20 41 100 200 400 800 1500 1600 2300 3000 \
			${T_LONG:+1 19 21 40 60 150 299 300 330 350 500 600 700 1000 1700 2000 2400 2500}; do
			echo "$bytes" >>points
			restore
			runs=$((runs + 1))
			prlimit --fsize=$bytes:$bytes fu -C repo log-meeting deal-3 --outcome \
				proceed --next "tue 1 dec 15:00" --ours none --theirs none \
				2>err | cat >out
			if grep -q "^deal-3: " out; then
				comes_right "$bytes bytes, done" new
			else
				label="$bytes bytes"
				refused_well write "$bytes+"
			fi
		done
		figures "files limited in size"
		test $bad -eq 0
	)
'

# full_disk <mount options> <how many blocks, or inodes, are free>...
full_disk()
{
	mkdir -p disk && mount -t tmpfs -o "$1" none disk || return 1
	t_options=$1
	shift
	for free; do
		echo "$free" >>points
		on_full_disk "$free" || return 1
	done
	umount disk
}

on_full_disk() # <free>
{
	label="$t_options, $1 free"
	runs=$((runs + 1))
	rm -rf disk/* repo && cp -a dozen disk/repo && ln -s disk/repo repo && fill "$1" || return 1
	meeting >out 2>err
	t_status=$?
	t_state=$(state)
	rm -rf disk/filler
	case $t_status$t_state in
	0new) comes_right "$label" new ;;
	128old)
		grep -q "^error: " err || complain "$label: no message"
		comes_right "$label" old
		;;
	*) complain "$label: exit status $t_status, $t_state: $(cat err)" ;;
	esac
}

fill() # <free>
{
	mkdir disk/filler || return 1
	case $t_options in
	*nr_inodes*)
		t_used=$(($(stat -f -c %d disk) - $1))
		(cd disk/filler && seq $t_used | xargs touch)
		;;
	*)
		t_used=$(($(stat -f -c %f disk) - $1))
		dd if=/dev/zero of=disk/filler/zeros bs=4096 count=$t_used 2>dd-said
		;;
	esac
}

test_expect_success MOUNT 'a disk that is full' '
	is_meeting dozen && begin_sweep && : >points &&
	if test -n "$T_LONG"; then
		full_disk size=4m $(seq 0 50) && full_disk nr_inodes=900 $(seq 0 40)
	else
		full_disk size=4m 0 1 3 6 9 12 15 18 21 && full_disk nr_inodes=900 0 1 3 5 8 11 14
	fi &&
	figures "full disks" &&
	test $bad -eq 0
'

test_expect_success 'standard output is closed, or full: the act is recorded' '
	is_meeting dozen && begin_sweep && : >points &&
	restore && meeting >&- 2>err && comes_right "stdout closed" new &&
	restore && meeting >/dev/full 2>err && test_grep "^warning: " err &&
	comes_right "stdout full" new &&
	restore && meeting >out 2>&- && comes_right "stderr closed" new &&
	restore && meeting <&- >&- 2>&- && comes_right "all closed" new &&
	test $bad -eq 0
'

t_comment "$(cat "$T_OUT/figures")"
if test -n "$T_NAMESPACE"; then
	test "$t_failed" -eq 0 || cp -a . "$T_BASE/kept" # it goes with the namespace
	cd .. && umount memory
fi
test_done
