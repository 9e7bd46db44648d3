#!/bin/sh
# By hand with T_LONG=1: every allocation.
test_description='memory that runs out: no crash of our own, nothing half done in the end'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "${0%/*}/lib.sh"
. "$T_SRC/t/faults.sh"

test_have_prereq SANITIZED && test_skip 'a sanitizer has an allocator of its own'
test -f "$T_BUILD/t/helper/failing-malloc.so" || test_skip 'nothing to be preloaded'

test_expect_success 'set up' 'faults_set_up'

# memory_of <nth in the short form> <in the long form> <case>
memory_of()
{
	t_every=$1
	test -z "$T_LONG" || t_every=$2
	much="--memory $T_BUILD/t/helper/failing-malloc.so --every $t_every,0"
	test_expect_success "fu $3" "fault_case $3"
}

memory_of 60 1 log-meeting
memory_of 200 5 new
memory_of 200 5 undo
memory_of 400 10 sync-merge
memory_of 300 10 record

test_expect_success 'it says so' '
	scene deals repo &&
	test_expect_code 128 env LD_PRELOAD="$T_BUILD/t/helper/failing-malloc.so" \
		FAILING_MALLOC_AT=60 fu -C repo next 2>err &&
	test_grep "^error: out of memory" err
'

# Reading commands have nothing to lose, but are not to crash either.
test_expect_success 'reading commands' '
	for command in next list "show deal-1" "where deal-1" "brief deal-1" "report flow" agenda \
		commitments "log deal-1" status check; do
		scene deals repo &&
		"$faults" --label "$command" --figures "$t_figures" --loose \
			--memory "$T_BUILD/t/helper/failing-malloc.so" \
			--every ${T_LONG:-120},0 -- fu -C repo $command || return 1
	done
'

faults_end
test_done
