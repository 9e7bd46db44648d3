#!/bin/sh
test_description='loose objects are packed in the background, as git does'
. "${0%/*}/lib.sh"

# git guesses how many loose objects there are from those whose name begins with 17. So do
# the names of files that hold one of these numbers.
seventeens='263 410 523 790 901 944 1155 1377 1598 1737 1818 2276'

# A commit by which there seem to be 3,000 loose objects.
many_objects()
{
	mkdir -p numbers &&
		for n in $seventeens; do echo $n >numbers/$n || return 1; done &&
		git add numbers && git commit -q -m numbers
}

packs()
{
	find .git/objects/pack -name '*.pack' | grep -c .
}

# Until a `git gc` that was left running has come to its end.
wait_for_packing()
{
	n=0
	while test $n -lt 600; do
		n=$((n + 1))
		test ! -e .git/gc.pid && test "$(packs)" -gt 0 && return 0
		sleep 0.1
	done
	return 1
}

# notes <writer> <number> <opportunity>
notes()
{
	k=0
	while test $k -lt "$2"; do
		k=$((k + 1))
		fu note -q "$3" "writer $1 act $k" || echo "$1 $k: $?" >>failed
	done
}

test_expect_success 'few objects are left alone' '
	new_repo few && cd few && git config fu.fsync false && many_objects &&
	fu new -q T --client C --id one && notes 1 5 one && test ! -e failed &&
	sleep 0.3 && test "$(packs)" -eq 0
'

test_expect_success 'gc.auto = 0: never' '
	new_repo never && cd never && git config fu.fsync false && git config gc.auto 0 &&
	many_objects && fu new -q T --client C --id one && notes 1 5 one && test ! -e failed &&
	sleep 0.3 && test "$(packs)" -eq 0
'

test_expect_success 'many are packed while four write; nothing is lost' '
	new_repo many && cd many && git config fu.fsync false &&
	for w in 1 2 3 4; do fu new -q T$w --client C$w --id "own$w" || return 1; done &&
	many_objects && git config gc.auto 2000 &&
	pids= && for w in 1 2 3 4; do
		notes $w 30 "own$w" 2>>"$T_OUT/errors" &
		pids="$pids $!"
	done && wait $pids && test ! -e failed &&
	wait_for_packing && test "$(ls .git/objects/17 2>/dev/null | grep -c .)" -lt 8 &&
	test "$(cat opportunities/*/own*.ini | grep -c "^note = writer")" -eq 120 &&
	test $(git rev-list --count HEAD) -eq 126 && test -z "$(git status --porcelain)" &&
	git fsck --strict >"$T_OUT/fsck" 2>&1 && fu fsck >"$T_OUT/fu-fsck" 2>&1 &&
	! find .git -name "*.lock" | grep . && test ! -e .git/gc.log
'

# A git that takes its time, and notes that it was asked.
slow_git()
{
	mkdir bin && cat >bin/git <<-EOF && chmod +x bin/git
		#!/bin/sh
		echo "\$*" >"$T_OUT/asked"
		sleep 30
		echo done >"$T_OUT/waited"
	EOF
}

test_expect_success 'nobody waits for it' '
	new_repo slow && cd slow && many_objects && git config gc.auto 2000 && slow_git &&
	PATH=$PWD/bin:$PATH fu new -q T --client C --id one && n=0 &&
	while test ! -s "$T_OUT/asked" && test $n -lt 100; do n=$((n + 1)); sleep 0.1; done &&
	test_grep "gc --auto --quiet" "$T_OUT/asked" && test ! -e "$T_OUT/waited"
'

test_expect_success 'what did not write does not pack; without git everything works' '
	new_repo none && cd none && program=$(command -v fu) && mkdir bin &&
	fu new -q T --client C --id one && many_objects && git config gc.auto 2000 &&
	fu next && fu list && fu note --dry-run one "not recorded" && sleep 0.3 &&
	test "$(packs)" -eq 0 &&
	PATH=$PWD/bin "$program" note -q one "without git" &&
	test "$(git log -1 --format=%s)" = "one: note" && test "$(packs)" -eq 0
'

test_done
