#!/bin/sh
test_description='eight writers, readers, plain git, packing and sync, all at once: nothing is lost'
. "${0%/*}/lib.sh"

# By hand with T_LONG=<rounds>: as many rounds, each in a repository of its own.
rounds=${T_LONG:-1}
writers='1 2 3 4 5 6 7 8'
acts=${T_ACTS:-50}
if test_have_prereq SANITIZED || test_have_prereq VALGRIND; then
	acts=6
fi

# git guesses how many loose objects there are from those whose name begins with 17. So do
# the names of files that hold one of these numbers.
seventeens='263 410 523 790 901 944 1155 1377'

# ---- who is at work: each in a process of its own, until the file `over` is there ----

# Writers' clocks are up to half an hour apart.
set_clock() # <number>
{
	at 2026-11-20T09:00 && tick $(($1 * 240))
}

# act <writer> <number>: one act, on the opportunity of all or on the writer's own. What was
# recorded goes to `said`, what was not to `refused`.
act()
{
	id=both
	test $(($2 % 2)) -eq 0 || id=own$1
	day=$(printf %02d $(($2 % 28 + 1)))
	case $(($2 % 12)) in
	0) set -- note both "writer $1 act $2" ;;
	1) set -- schedule own$1 "2027-01-$day 1$1:$(($2 % 50 + 10))" ;;
	2) set -- heard both --what "writer $1 act $2" ;;
	3) set -- set own$1 via="Partner $1 of $2" ;;
	4) set -- contact both add "Ann $1 $2 <a$1.$2@acme.example>" ;;
	5) set -- log-touch own$1 --gives education --what "What writer $1 learnt of $2" ;;
	6) set -- log-touch both --gives education --what "What writer $1 learnt of $2" ;;
	7) set -- undo own$1 ;;
	8) set -- set both source="Writer $1 of $2" ;;
	9) set -- log-meeting own$1 --outcome repeat --cause timing --ours none \
		--theirs "Ann: figures of $2" --next "2027-02-$day 12:00" ;;
	10) set -- note both --decided "writer $1 act $2" ;;
	11) set -- wait own$1 2027-03-$day --because "writer $1 act $2" ;;
	esac
	if fu "$@" --json >out.$writer 2>err.$writer; then
		echo "$id $(sed -n 's/^  "id": "\(.*\)",$/\1/p' out.$writer)" >>../said
	else
		echo "$?: fu $*: $(cat err.$writer)" >>../refused
	fi
}

# What it wrote is there for the very next command, from whichever cache that takes it.
sees_its_own() # <writer> <act id>
{
	test -n "$2" && fu export --acts "own$1" >shown.$1 && grep -q "\"$2\"" shown.$1 || return 1
	fu log "own$1" --json -n 2 >shown.$1 && grep -q "\"$2\"" shown.$1 || return 1
	fu list --json --status all >shown.$1 && grep -q "\"own$1\"" shown.$1 || return 1
	fu next --all --ahead '20 weeks' --json >shown.$1 || return 1
	due=$(sed -n 's/^next = \(.* ..:..\).*/\1/p' opportunities/*/own$1.ini | tail -n 1)
	test -z "$due" || grep -q "\"due\": \"$(echo "$due" | tr ' ' T)" shown.$1
}

write()
{
	writer=$1
	set_clock "$1"
	n=0
	while test $n -lt "$acts"; do
		n=$((n + 1))
		tick 3
		act "$writer" $n
		test $((n % 12)) -ne 1 ||
			sees_its_own "$writer" "$(sed -n "s/^own$writer //p" ../said | tail -n 1)" ||
			echo "writer $writer does not see its act $n" >>../unseen
	done
	rm -f out.$writer err.$writer shown.$writer
}

# read_on <name> <command>...: never fails, never warns.
read_on()
{
	set_clock 9
	while test ! -e ../over; do
		for command in "next --all" "next --json" "list --json --status all" "log both -n 5" \
			"log --json -n 3" "show both" "show own3 --json" "where both own1" \
			"report activity" "agenda --week" "commitments --all" "who Ann" \
			"grep learnt" "brief own2" "board" "export --acts own4" "status" \
			"check"; do
			fu $command >/dev/null 2>../read || echo "$?: fu $command: $(cat ../read)" >>../unread
			test ! -s ../read || echo "fu $command: $(cat ../read)" >>../unread
		done
		echo >>../reads
	done
}

# Until a file of git's is not in the way any longer. What a fu act is in the way of, git
# says so, and somebody tries again.
again()
{
	tries=0
	until "$@" 2>../git; do
		tries=$((tries + 1))
		test $tries -lt 400 || { echo "$*: $(cat ../git)" >>../stuck && return 1; }
		sleep 0.02
	done
}

work_with_git()
{
	n=0
	while test ! -e ../over; do
		n=$((n + 1))
		mkdir -p plain && echo "$n" >plain/$n
		again git add -A plain && again git commit -q -m "plain $n"
		echo "plain/$n" >>../plain
		git status --porcelain >/dev/null 2>&1
		test $n -ne 3 || git gc -q 2>>../git
		test $((n % 4)) -ne 0 || git gc --auto -q 2>>../git
	done
}

# The other one's repository: acts of her own, and syncs; two of both meet.
sync_on() # <repository>
{
	while test ! -e over; do
		fu -C "$1" sync -q 2>synced.$1 || echo "$?: $1: $(cat synced.$1)" >>unsynced
		echo >>syncs
		sleep 0.1
	done
}

write_elsewhere()
{
	set_clock 12
	n=0
	while test $n -lt $((acts / 5)); do
		n=$((n + 1))
		tick 5
		fu -C other note both "other act $n" --json >note 2>err &&
			echo "both $(sed -n 's/^  "id": "\(.*\)",$/\1/p' note)" >>said ||
			echo "$?: other $n: $(cat err)" >>refused
		fu -C other note far "other act $n" --json >note 2>err &&
			echo "far $(sed -n 's/^  "id": "\(.*\)",$/\1/p' note)" >>said ||
			echo "$?: other $n: $(cat err)" >>refused
	done
}

# ---- what becomes of it ----

prepare()
{
	git init -q --bare hub.git && new_repo here &&
	(
		cd here && git config fu.fsync false && mkdir numbers &&
		for n in $seventeens; do echo $n >numbers/$n || return 1; done &&
		git add numbers && git commit -q -m numbers && git config gc.auto 1500 &&
		fu new -q T --client C --id both --contact "Ann" &&
		fu note -q both "what was learnt" && fu new -q Far --client F --id far &&
		for w in $writers; do
			fu new -q "T$w" --client "C$w" --id "own$w" --next "2026-12-1$w 10:00" || return 1
		done &&
		echo '*.[0-9]' >>.git/info/exclude &&
		git remote add origin ../hub.git && fu sync -q
	) &&
	: >said && fu clone -q hub.git other && git -C other config fu.fsync false &&
	sed -n 's/^\[[a-z]* \([a-z0-9]*\)\]$/\1/p' here/opportunities/*/*.ini >before
}

all_at_once()
{
	pids=
	for w in $writers; do
		(cd here && write $w) &
		pids="$pids $!"
	done
	write_elsewhere &
	pids="$pids $!"
	(cd here && read_on) &
	others=$!
	(cd here && work_with_git) &
	others="$others $!"
	sync_on here &
	others="$others $!"
	sync_on other &
	others="$others $!"
	wait $pids
	echo >over
	wait $others
}

wait_for_packing()
{
	n=0
	while test -e here/.git/gc.pid && test $n -lt 300; do
		n=$((n + 1))
		sleep 0.1
	done
}

# Nothing is there that was not said, and everything that was said, once.
all_there() # <repository>
{
	sed -n 's/^\[[a-z]* \([a-z0-9]*\)\]$/\1/p' "$1"/opportunities/*/*.ini | sort >has &&
	sed 's/.* //' said | sort - before >wanted && test_cmp wanted has &&
	git -C "$1" log --format='%(trailers:key=Fu-Id,valueonly)' | grep . | sort >logged &&
	test_cmp wanted logged
}

sound() # <repository>
{
	git -C "$1" status --porcelain >dirt && test_cmp /dev/null dirt &&
	git -C "$1" fsck --strict >fsck 2>&1 && ! grep -v '^dangling\|^notice' fsck &&
	fu -C "$1" fsck >fsck 2>&1 && ! find "$1/.git" -name '*.lock' | grep . &&
	test ! -e "$1/.git/gc.log" && test ! -e "$1/.git/fu/journal" &&
	test -z "$(ls -A "$1/.git/fu/stage")"
}

none() # <file>: of what was not to happen
{
	test ! -e "$1" || { cat "$1" && return 1; }
}

round=0
while test $round -lt "$rounds"; do
	round=$((round + 1))
	test_expect_success "round $round: all at once" '
		mkdir r$round && cd r$round && prepare && all_at_once && wait_for_packing &&
		wc -l said reads plain syncs
	'
	test_expect_success "round $round: no writer was refused, each saw what it wrote" '
		cd r$round && none refused && none unseen && test -s said &&
		test $(wc -l <said) -eq $((8 * acts + 2 * (acts / 5)))
	'
	test_expect_success "round $round: no reader failed" '
		cd r$round && none unread && test -s reads
	'
	test_expect_success "round $round: git and sync found their way" '
		cd r$round && none stuck && none unsynced && test -s plain && test -s syncs &&
		git -C here ls-tree -r --name-only HEAD plain | sort >has && sort plain | test_cmp - has
	'
	test_expect_success "round $round: every act is there, once, on both sides" '
		cd r$round && set_clock 12 && tick 3600 && fu -C here sync -q && fu -C other sync -q &&
		fu -C here sync -q && all_there here && all_there other &&
		git -C here rev-parse "HEAD^{tree}" >tree &&
		git -C other rev-parse "HEAD^{tree}" | test_cmp tree -
	'
	test_expect_success "round $round: nothing is damaged or left behind" '
		cd r$round && sound here && sound other
	'
done

test_done
