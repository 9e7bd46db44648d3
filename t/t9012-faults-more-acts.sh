#!/bin/sh
# See faults.sh for how many calls and errors.
test_description='fu log-touch to fu win that are killed, and whose system calls fail'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "${0%/*}/lib.sh"
. "$T_SRC/t/faults.sh"

test_expect_success 'set up' 'faults_set_up'

how_much 12 60
expect_cases log-touch merge move new note record rename reopen resolve schedule set \
	undo wait win

# It was taken for edited when it could not be read the first time.
test_expect_success 'a file that cannot be opened once is not edited' '
	much="--no-kill --errors EIO --every 1000,4 --only openat" && fault_case record
'

faults_end
test_done
