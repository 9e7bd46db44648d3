#!/bin/sh
test_description='what is so already, and what is new, is decided while nobody else writes'
. "${0%/*}/lib.sh"

test_have_prereq VALGRIND && test_skip 'valgrind makes system calls of its own'
test_have_prereq STRACE || test_skip 'no strace here, or it may not trace'
look_for_no_leaks

input=/dev/null # of those that run beside one another

# Another fu beside it, which has time to get as far as it can.
beside() # <fu's arguments>...
{
	timeout 60 fu -C repo "$@" >out2 2>err2 <$input 9>&- &
	second=$!
	sleep 0.5
}

go_on()
{
	kill -CONT $fu
	wait $tracer
}

kill_it()
{
	kill -9 $fu
	wait $tracer 2>/dev/null
	true
}

# A fu that was killed in the middle of its writing.
killed() # <fu's arguments>...
{
	stop_after renameat2 1 "$@" && kill_it && test -e repo/.git/fu/journal
}

fresh()
{
	rm -rf repo && cp -a start repo
}

# All of it is recorded, once, and in order.
recorded() # <text of a file>
{
	cat out2 err2
	git -C repo grep -q "$1" HEAD -- opportunities || return 1
	fu -C repo fsck && fu -C repo check && test -z "$(git -C repo status --porcelain)"
}

test_expect_success 'set up' '
	printf "[columns]\nexternal_id = external_id\nclient = client\ntitle = title\n" >map.ini &&
	printf "external_id,client,title\n17,Acme,Website\n" >p.csv &&
	printf "external_id,client,title\n17,Acme,Relaunch\n" >q.csv &&
	new_repo start && git -C start config fu.fsync false &&
	fu -C start new -q Website --client Beta --id beta &&
	fresh && fu -C repo import -q $PWD/p.csv --map $PWD/map.ini && fu -C repo export --acts >acts
'

# One of the two imports stopped at every file that it looks at.
sweep()
{
	fresh && strace -o trace -e trace=openat fu -C repo import $PWD/p.csv --map $PWD/map.ini &&
		awk "/^openat/ { n++ } /p\.csv|beta|\"opportunities|\"lock/ { print n }" trace >todo &&
		test $(wc -l <todo) -ge 4 || return 1
	while read -r which <&3; do
		fresh && stop_after openat $which import $PWD/p.csv --map $PWD/map.ini || return 1
		beside import $PWD/q.csv --map $PWD/map.ini
		go_on && wait $second && recorded "external_id = 17" &&
			test $(fu -C repo list --json | jq length) -eq 2 && continue
		echo "stopped after openat $which: $(sed -n "${which}p" trace)" && cat out err
		return 1
	done 3<todo
}

test_expect_success 'two imports at once of the same external id make one opportunity' '
	sweep
'

test_expect_success 'beside an import that is killed: what it wrote is not taken for recorded' '
	fresh && stop_after renameat2 1 import $PWD/p.csv --map $PWD/map.ini &&
	beside import $PWD/p.csv --map $PWD/map.ini && kill_it && wait $second &&
	recorded "external_id = 17"
'

test_expect_success 'nor while another takes it back' '
	fresh && killed import $PWD/p.csv --map $PWD/map.ini && stop_after flock 1 note beta hi &&
	beside import $PWD/p.csv --map $PWD/map.ini && go_on && wait $second &&
	recorded "external_id = 17" && recorded "note = hi"
'

test_expect_success 'nor while a reader looks whether somebody is at work' '
	fresh && killed import $PWD/p.csv --map $PWD/map.ini && stop_after flock 1 next &&
	beside import $PWD/p.csv --map $PWD/map.ini && go_on && wait $second &&
	recorded "external_id = 17"
'

# Of the second import only the end of the input is missing when the first begins to write.
acts_beside()
{
	rm -f pipe && mkfifo pipe && fresh && exec 9<>pipe || return 1
	input=pipe
	beside import --acts
	cat acts >&9
	input=acts
	stop_after renameat2 1 import --acts
	stopped=$?
	exec 9>&-
	input=/dev/null
	sleep 0.5
	return $stopped
}

test_expect_success 'acts: what a killed import wrote is not taken for recorded' '
	acts_beside && kill_it && { wait $second || test $? -eq 128; } &&
	if test -s out2
	then recorded "external_id = 17"
	else test_grep "put right first" err2
	fi &&
	fu -C repo import --acts <acts >out2 2>err2 && recorded "external_id = 17"
'

test_expect_success 'acts: what is there when it is its turn is there' '
	acts_beside && go_on && wait $second && recorded "external_id = 17" &&
	test_grep "^0 acts imported" out2
'

test_expect_success 'set: what a killed one wrote is not taken for recorded' '
	fresh && stop_after renameat2 1 set beta title=Relaunch && beside set beta title=Relaunch &&
	kill_it && wait $second && recorded "title = Relaunch"
'

test_expect_success 'who writes waits for one that is slow; who reads does not' '
	fresh && stop_after renameat2 1 note beta one && beside note beta two &&
	timeout 20 fu -C repo list >"$T_OUT/list" && test_grep beta "$T_OUT/list" &&
	timeout 20 fu -C repo set beta title=x --dry-run >"$T_OUT/said" &&
	kill -0 $second && go_on && wait $second &&
	recorded "note = one" && recorded "note = two"
'

test_done
