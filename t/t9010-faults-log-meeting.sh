#!/bin/sh
# See faults.sh for how many calls and errors.
test_description='fu log-meeting that is killed, whose system calls fail, and what comes after'
test ! -w /dev/shm || TMPDIR=/dev/shm
export TMPDIR
. "${0%/*}/lib.sh"
. "$T_SRC/t/faults.sh"

# The commands that write: those that say so in the table, and those that do it with an option.
writing_commands()
{
	awk '/^	\{"/ { name = $1; gsub(/[{",]/, "", name) } /WRITES/ { print name }' \
		"$T_SRC/cmd/commands.c" &&
		printf "%s\n" check config remind
}

test_expect_success 'every command that writes has a case' '
	writing_commands | LC_ALL=C sort -u >commands && test_line_count -gt 29 commands &&
	printf "%s\n" $faults_elsewhere >covered &&
	for case in $fault_cases; do
		case $case in
		log-*) echo "$case" | sed "s/-packed//; s/-wide//" ;;
		*) echo "${case%%-*}" ;;
		esac
	done >>covered &&
	LC_ALL=C sort -u covered >sorted && test_cmp commands sorted
'

test_expect_success 'set up' 'faults_set_up'

how_much 3 40
expect_cases log-meeting-packed
how_much 6 80
expect_cases log-meeting-wide
how_much 3 40

each=5 # of the states that a kill left: fewer come up where a sanitizer makes it slow
test_have_prereq SANITIZED && each=1
much="$much --halves ${T_HALVES:-$each} --half-every ${T_HALF_EVERY:-12,100}"
expect_cases log-meeting

test_expect_success 'the next command was given faults as well' '
	awk -F"\t" "/\(recovery\)/ { calls += \$3 } END { exit !calls }" "$t_figures"
'

# libgit2 takes a file that it cannot look at for one that is not there.
for call in newfstatat access; do
	test_expect_success "files that cannot be looked at are not taken for absent: $call" "
		much='--no-kill --errors EIO --every 1,2 --only $call' && fault_case log-meeting
	"
done

test_expect_success STRACE 'no random numbers: the act is recorded all the same, or refused' '
	for n in 1 2 3 4 5 6; do
		scene deals repo && cd .. || return 1
		strace -o /dev/null -e trace=getrandom -e inject=getrandom:error=EIO:when=$n \
			fu -C scene/repo note deal-2 "by chance" -q 2>err
		case $? in
		0) grep "^note = by chance" scene/repo/opportunities/*/deal-2.ini ;;
		128) grep "^error: " err ;;
		*) cat err && false ;;
		esac && fu -C scene/repo fsck && test -z "$(git -C scene/repo status -s -uno)" || return 1
	done
'

faults_end
test_done
