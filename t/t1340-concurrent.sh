#!/bin/sh
test_description='several writers at once: no act is lost, none reverted'
. "${0%/*}/lib.sh"

# write <writer> <acts> <opportunity>...: notes, in turn on each of them
write()
{
	writer=$1
	acts=$2
	shift 2
	n=0
	while test $n -lt "$acts"; do
		n=$((n + 1))
		for id; do
			fu note -q "$id" "writer $writer act $n" || echo "$writer $n $id: $?" >>failed
		done
	done
}

test_expect_success 'eight writers on the same and on different opportunities' '
	new_repo repo && cd repo && git config fu.fsync false &&
	fu new -q T --client C --id both &&
	for w in 1 2 3 4 5 6 7 8; do fu new -q T --client C --id "own$w" || return 1; done &&
	pids= &&
	for w in 1 2 3 4 5 6 7 8; do
		write $w 3 both "own$w" 2>>"$T_OUT/errors" &
		pids="$pids $!"
	done &&
	reads=0 && while test $reads -lt 10; do
		reads=$((reads + 1))
		fu list --json >"$T_OUT/list" && json "$T_OUT/list" length 9 || return 1
		fu next >"$T_OUT/next" || return 1
	done &&
	wait $pids && test ! -e failed
'

test_expect_success 'all acts are there, each in a commit of its own, the work tree is clean' '
	cd repo && test "$(grep -c "^note = writer" opportunities/*/both.ini)" -eq 24 &&
	test "$(cat opportunities/*/own*.ini | grep -c "^note = writer")" -eq 24 &&
	test "$(grep "^note = " opportunities/*/both.ini | sort -u | wc -l)" -eq 24 &&
	test $(git rev-list --count HEAD) -eq 58 && test -z "$(git status --porcelain)" &&
	git fsck --strict >"$T_OUT/fsck" 2>&1 && ! find .git -name "*.lock" | grep .
'

test_expect_success 'their order is one order' '
	cd repo && sed -n "s/^seq = //p" opportunities/*/both.ini >"$T_OUT/seq" &&
	seq 25 >"$T_OUT/wanted" && test_cmp "$T_OUT/wanted" "$T_OUT/seq"
'

# Somebody at work with git beside; its locks may be taken, then it tries again.
commit_plainly()
{
	n=0
	while test $n -lt "$1"; do
		n=$((n + 1))
		echo $n >"plain$n"
		until git add "plain$n" 2>/dev/null; do sleep 0.05; done
		until git commit -q -m "plain $n" 2>/dev/null; do sleep 0.05; done
	done
}

test_expect_success 'beside plain git commits, which lose nothing and revert nothing' '
	new_repo beside && cd beside && git config fu.fsync false &&
	fu new -q T --client C --id acme &&
	{ write 1 6 acme 2>>"$T_OUT/errors" & } && first=$! &&
	{ write 2 6 acme 2>>"$T_OUT/errors" & } && second=$! &&
	commit_plainly 6 && wait $first $second && test ! -e failed &&
	test "$(grep -c "^note = writer" opportunities/*/acme.ini)" -eq 12 &&
	git diff --exit-code HEAD &&
	test "$(git ls-tree HEAD --name-only | grep -c plain)" -eq 6 && test -z "$(git status --porcelain)"
'

test_done
