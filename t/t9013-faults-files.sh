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

test_expect_success 'a clone whose git program is killed, or cannot go on, can be done again' '
	much="--children --every 30,0 --errors EIO" && fault_case clone
'

how_much 20 120
expect_cases sync-first sync-follow sync-merge sync-push

test_expect_success 'a file that cannot be read while two histories are compared' '
	much="--no-kill --errors EIO --every 1,4 --only read" && fault_case sync-merge
'

faults_end
test_done
