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
