#!/bin/sh
test_description='somebody saves the file in an editor while fu writes it: no edit is lost'
. "${0%/*}/lib.sh"

test_have_prereq VALGRIND && test_skip 'valgrind makes system calls of its own'
test_have_prereq STRACE || test_skip 'no strace here, or it may not trace'

look_for_no_leaks # does not work under strace

calls=openat,openat2,newfstatat,linkat,renameat,renameat2,unlinkat

# The title on top, as an editor saves it: another file that takes the place of the first. Of
# one as old as this git does not ask twice whether it is what its index says.
edit() # <title>
{
	sed "s/^title = .*/title = $1/;/^\[/,\$!b" repo/opportunities/*/acme.ini >edited &&
	touch -d 2026-11-02T10:00 edited &&
	mv edited repo/opportunities/*/acme.ini
}

# Its calls that name the file, or what is to take its place: "<call> <which one>" a line.
count_calls() # <fu's arguments>...
{
	rm -rf repo && cp -a start repo &&
	strace -o trace -e trace=$calls fu -C repo "$@" >/dev/null 2>&1
	awk -F '(' '{ n[$1]++ } /acme\.ini|"[no][0-9]"|"x"/ { print $1, n[$1] }' trace
}

recorded() # <text>
{
	git -C repo show "HEAD:$(cd repo && echo opportunities/*/acme.ini)" | grep -q "$1"
}

# The edit is there, recorded or still to be; the act is there if fu said so; what comes
# next finds its way.
judge() # <status of fu>
{
	test $1 -ne 137 || fu -C repo next >/dev/null 2>err || echo "next fails: $(cat err)"
	grep -q '^title = Second' repo/opportunities/*/acme.ini || echo "the edit is gone"
	case $1 in
	0) test -n "$reads" || recorded '^note = one' || echo "the act was said to be recorded, and is not" ;;
	137) ;;
	128) ! recorded '^note = one' || echo "refused, but recorded: $(cat err)" ;;
	*) echo "exit status $1: $(cat err)" ;;
	esac
	recorded '^title = Second' || test -n "$(git -C repo status --porcelain)" ||
		echo "git does not see the edit"
	fu -C repo note -q acme two 2>err || echo "the next one fails: $(cat err)"
	recorded '^title = Second' || echo "the edit is not recorded"
	recorded '^note = two' || echo "the next act is not recorded"
	test -z "$(git -C repo status --porcelain)" || echo "not clean afterwards"
	fu -C repo fsck >err 2>&1 || echo "fsck: $(cat err)"
}

sweep() # <fu's arguments>...
{
	count_calls "$@" >todo
	test $(wc -l <todo) -ge 6 || return 1
	bad=0 refused=0 done=0
	while read -r call which <&3; do
		rm -rf repo && cp -a start repo && stop_after "$call" "$which" "$@" || return 1
		edit "Second edit"
		kill -CONT "$fu"
		wait $tracer
		status=$?
		test $status -eq 0 && done=$((done + 1)) || refused=$((refused + 1))
		judge $status >wrong
		test -s wrong || continue
		bad=$((bad + 1))
		echo "after $call $which: $(cat wrong)"
	done 3<todo
	echo "$done done, $refused refused, $bad wrong"
	test $bad -eq 0 && test $done -gt 0 && test $refused -gt 0
}

# The same, and killed before it can put the editor's file back: the new one is there instead.
sweep_killed() # <fu's arguments>...
{
	count_calls "$@" | grep -v renameat2 >todo
	test $(wc -l <todo) -ge 5 || return 1
	also=inject=renameat2:signal=SIGKILL:when=2
	bad=0 killed=0
	while read -r call which <&3; do
		rm -rf repo && cp -a start repo && stop_after "$call" "$which" "$@" || return 1
		edit "Second edit"
		kill -CONT "$fu"
		wait $tracer 2>/dev/null
		status=$?
		test $status -ne 137 || killed=$((killed + 1))
		judge $status >wrong
		test -s wrong || continue
		bad=$((bad + 1))
		echo "after $call $which: $(cat wrong)"
	done 3<todo
	also=
	echo "$killed killed, $bad wrong"
	test $bad -eq 0 && test $killed -gt 0
}

# A command that reads, and takes back what a killed one left.
sweep_recovery() # <which renameat is its end>
{
	rm -rf whole && mv start whole && cp -a whole start || return 1
	strace -o said -e trace=renameat -e inject=renameat:signal=SIGKILL:when=$1 \
		fu -C start note -q acme one 2>/dev/null
	test -f start/.git/fu/journal && count_calls next >todo && test $(wc -l <todo) -ge 4 || return 1
	bad=0 reads=yes
	while read -r call which <&3; do
		rm -rf repo && cp -a start repo && stop_after "$call" "$which" next || return 1
		edit "Second edit"
		kill -CONT "$fu"
		wait $tracer
		judge $? >wrong
		test -s wrong || continue
		bad=$((bad + 1))
		echo "after $call $which: $(cat wrong)"
	done 3<todo
	reads=
	rm -rf start && mv whole start && test $bad -eq 0
}

test_expect_success 'set up' '
	new_repo start && git -C start config fu.fsync false &&
	fu -C start new -q Website --client Acme --id acme
'

test_expect_success 'an edit while an act is written' '
	sweep note acme one
'

test_expect_success 'an edit while an act is written, and killed before it is back' '
	sweep_killed note acme one
'

test_expect_success 'an edit while what a killed command left is taken back' '
	sweep_recovery 2
'

test_expect_success 'an edit while an edit before it is recorded' '
	rm -rf repo && cp -a start repo && edit "First edit" && rm -rf start && mv repo start &&
	sweep note acme one
'

test_expect_success 'an edit while one that changed the form only is overwritten' '
	rm -rf repo && git -C start checkout -q opportunities && cp -a start repo &&
	echo >>"$(echo repo/opportunities/*/acme.ini)" && rm -rf start && mv repo start &&
	sweep note acme one
'

# A reader that looks between the file and its commit sees no edit by hand.
no_edit_seen() # <fu's arguments>...
{
	rm -rf repo && cp -a start repo && stop_after renameat2 1 note acme one || return 1
	fu -C repo "$@" >read 2>&1 &
	reader=$!
	sleep 0.3
	kill -CONT $fu
	wait $tracer && wait $reader && ! grep "not recorded\|warning:\|error:" read
}

test_expect_success 'what is being written is not an edit by hand' '
	rm -rf start && new_repo start && fu -C start new -q Website --client Acme --id acme &&
	no_edit_seen export --acts && no_edit_seen status && no_edit_seen check &&
	no_edit_seen fsck && no_edit_seen record --dry-run && test_grep "nothing to record" read
'

test_done
