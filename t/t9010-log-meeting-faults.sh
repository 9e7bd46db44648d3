#!/bin/sh
# Killed at its system calls and given their errors; see faults.sh for how many.
test_description='fu log-meeting that is killed, and whose system calls fail'
# In a mount namespace of its own, where there may be one: what is mounted ends with it.
if test -z "$T_NAMESPACE" && unshare -m true 2>/dev/null; then
	T_NAMESPACE=yes exec unshare -m sh "$0" "$@"
fi

. "${0%/*}/lib.sh"
. "${0%/*}/faults.sh"

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

faults_end
test_done
