#!/bin/sh
# See faults.sh for how many calls and errors.
test_description='fu init, clone, import, config, sync that are killed, and whose calls fail'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "${0%/*}/lib.sh"
. "$T_SRC/t/faults.sh"

test_expect_success 'set up' 'faults_set_up'

how_much 12 60
expect_cases config config-unset import import-acts init

how_much 2 20
expect_cases check-install-hook clone config-global remind-new

# The rows that it had read as imported before are taken back.
test_expect_success 'an import after a killed one, whose recovery fails at first' '
	much="--only mkdirat --every 4,0 --errors EIO --halves 1 --half-only mkdir --half-every 1,1" &&
	fault_case import
'

# All rows lie there, and the branch has not moved.
test_expect_success STRACE 'an import that finds all rows half done, and cannot take them back' '
	scene deals repo && cd .. && head=$(git -C scene/repo rev-parse HEAD) &&
	import="import $t_bases/rows.csv --map $t_bases/map.ini" &&
	{ strace -f -o /dev/null -e trace=rename,renameat \
		-e inject=renameat:signal=SIGKILL:when=2 fu -C scene/repo $import; true; } &&
	test -f scene/repo/.git/fu/journal &&
	test 8 -eq "$(git -C scene/repo status --porcelain -uall | grep -c "row-.\.ini")" &&
	test_expect_code 128 strace -f -o /dev/null -e trace=mkdir \
		-e inject=mkdir:error=EIO fu -C scene/repo $import &&
	test "$(git -C scene/repo rev-parse HEAD)" = "$head" &&
	fu -C scene/repo $import >said && test_grep "^8 opportunities imported" said &&
	fu -C scene/repo fsck
'

test_expect_success 'a clone whose git program is killed can be done again' '
	much="--children --every 15,0" && fault_case clone
'

# It was left out, and for good: the listing was kept.
test_expect_success 'an opportunity that cannot be looked at once is not left out' '
	much="--no-kill --errors EIO --every 1000,1 --only newfstatat" && fault_case remind-new
'

how_much 20 120
expect_cases sync-first sync-follow sync-merge sync-push

test_expect_success 'a file that cannot be read while two histories are compared' '
	much="--no-kill --errors EIO --every 1,4 --only read" && fault_case sync-merge
'

faults_end
test_done
