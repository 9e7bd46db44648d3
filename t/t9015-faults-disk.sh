#!/bin/sh
# Faults that cannot be given call by call: see t9010 for those.
test_description='files that may not grow, disks that are full, outputs that are closed'
# In a mount namespace of its own, where there may be one: what is mounted ends with it.
if test -z "$T_NAMESPACE" && unshare -m true 2>/dev/null; then
	T_NAMESPACE=yes exec unshare -m sh "$0" "$@"
fi

. "${0%/*}/lib.sh"

# In memory, where there is no waiting for a disk.
if test -n "$T_NAMESPACE" && mkdir memory && mount -t tmpfs none memory; then
	test_set_prereq MOUNT
	cd memory || exit 1
fi
test -z "$(command -v prlimit)" || test_set_prereq PRLIMIT

meeting()
{
	fu -C repo log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "ask the board by 30 nov"
}

restore()
{
	rm -rf repo && cp -a deals repo
}

complain()
{
	bad=$((bad + 1))
	echo "$*"
	cat err
}

# How often the meeting stands in HEAD.
recorded()
{
	git -C repo grep -h "^\[meeting " HEAD -- "opportunities/*/deal-3.ini" | wc -l
}

# What the command said in ./err, its status, and what it left, before and after the next
# command. outcome <label> <status>
outcome()
{
	runs=$((runs + 1))
	case $2 in
	0) wanted=1 ;;
	128) wanted=0 && grep -q "^error: " err || complain "$1: no message" ;;
	*) complain "$1: exit status $2" && return ;;
	esac
	test "$(recorded)" = $wanted || complain "$1: status $2, recorded $(recorded) times"
	comes_right "$1" $wanted
}

comes_right() # <label> <how often it is recorded>
{
	fu -C repo next >next 2>&1 || complain "$1: fu next fails: $(cat next)"
	test "$(recorded)" = "$2" || complain "$1: after the next command: $(recorded) times"
	test -z "$(git -C repo status --porcelain -uall)" || complain "$1: not clean"
	test -z "$(find repo/.git/ -name "*.lock" -o -path "*/fu/journal")" ||
		complain "$1: left behind"
	git -C repo fsck --strict --no-dangling >said 2>&1 || complain "$1: $(cat said)"
	fu -C repo fsck >said 2>&1 || complain "$1: $(cat said)"
}

test_expect_success 'set up' '
	new_repo deals &&
	for i in 1 2 3 4; do
		fu -C deals new "Deal $i" --client "Client $i" --id deal-$i -q \
			--next "tue 15:00" || return 1
	done &&
	at 2026-11-24T16:00 && bad=0 runs=0
'

# Writes are cut short, then fail.
test_expect_success PRLIMIT 'files that may not grow' '
	(
		trap "" XFSZ &&
		for bytes in 0 10 20 41 100 200 400 800 1500 1600 2300 3000 \
			${T_LONG:+1 19 21 40 60 150 299 300 330 350 500 600 700 1000 1700 2000 2400 2500}; do
			restore
			# Its outputs are pipes, which may take more.
			{
				prlimit --fsize=$bytes:$bytes fu -C repo log-meeting deal-3 --outcome \
					proceed --next "tue 1 dec 15:00" --ours none --theirs none 2>&1
				echo "status $?"
			} | cat >err
			outcome "$bytes bytes" "$(sed -n "s/^status //p" err)"
		done
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
		on_full_disk "$free" || return 1
	done
	rm repo && umount disk
}

on_full_disk() # <free>
{
	rm -rf disk/* repo && cp -a deals disk/repo && ln -s disk/repo repo && fill "$1" || return 1
	meeting >out 2>err
	t_status=$?
	rm -rf disk/filler
	outcome "$t_options, $1 free" $t_status
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

test_expect_success MOUNT 'a disk without room, without inodes' '
	rm -rf repo && bad=0 &&
	if test -n "$T_LONG"; then
		full_disk size=4m $(seq 0 50) && full_disk nr_inodes=900 $(seq 0 40)
	else
		full_disk size=4m 0 1 3 6 9 12 15 18 21 && full_disk nr_inodes=900 0 1 3 5 8 11 14
	fi &&
	test $bad -eq 0
'

test_expect_success 'standard output is closed, or full: the act is recorded' '
	bad=0 &&
	restore && meeting >&- 2>err && comes_right "stdout closed" 1 &&
	restore && meeting >/dev/full 2>err && test_grep "^warning: " err &&
	comes_right "stdout full" 1 &&
	restore && meeting >out 2>&- && comes_right "stderr closed" 1 &&
	restore && meeting <&- >&- 2>&- && comes_right "all closed" 1 &&
	test $bad -eq 0
'

t_comment "$runs runs"
if test_have_prereq MOUNT; then
	cd .. && umount memory
fi
test_done
