#!/bin/sh
test_description='exit statuses of the writing commands: 0, 1, 128, 129; nothing changed but on 0'
. "${0%/*}/lib.sh"

# One repository for all: open, one that waits, one that is closed, one with an
# appointment and a commitment.
at 2026-11-20T10:00
new_repo repo && cd repo || exit 1
fu new -q Open --client Acme --id open --contact 'Jane Doe <jane@acme.example>'
fu new -q Shut --client Beta --id shut
fu abandon -q shut --cause gone --because 'bought elsewhere'
fu new -q Booked --client Gamma --id booked --next 'tue 15:00'
fu heard -q booked --ours 'price list by mon' --theirs 'figures by tue'
fu new -q Twin --client Omicron --id twin-a
fu new -q Twin --client Omicron --id twin-b
printf 'title = Elsewhere\n' >../form
mkdir ../empty
meeting='log-meeting open --outcome proceed --next 2026-11-24T15:00 --ours none --theirs none'

# says <status> <words>: each line of stdin is a command line of fu that ends so
says()
{
	while read -r line; do
		case $line in '' | '#'*) continue ;; esac
		test_expect_success "$1: fu $line" "refuses $1 '' eval 'fu $line'"
	done
}

says 129 <<-'X'
schedul open tue
new Title --client
new Title --client C --vlaue 12
new Title --client C --value much
new Title --client C --value 1.5
new Title --client C --value "-5 EUR"
new Title --client C --expires someday
new Title --client C --interval often
new Title --client C --opened "31 feb"
new One Two --client C
log-meeting
log-meeting open --outcome good
log-meeting open --outcome
log-meeting open --temperature boiling --outcome repeat
log-meeting open --outcome proceed --next "tue 3 nov 15:00"
log-meeting open --outcome repeat --cause weather
log-meeting open --channel pigeon --outcome proceed
log-meeting open --unknown
schedule
schedule open
schedule open whenever
schedule open "tue 15:00" extra
schedule open "tue 15:00" --by nobody
cancel
cancel open --by nobody
heard
heard open --channel pigeon
heard open --at sometime
note
note open
note open a b
note open a --minutes -5
wait
wait open
wait open octember --because x
set
set open
set open owner
set open colour=red
contact
contact open
contact open greet Jane
contact open add
kept
kept booked
broken
broken booked
move
move booked price
move booked price someday
win
win open --value much
win open --care often
abandon
abandon open --cause weather --because x
reopen
reopen shut --because x --next whenever
undo a b
record extra
import
edit
init a b
init --timezone Nowhere/City
init --currency money
config
X

says 128 <<-'X'
log-meeting nobody --outcome proceed --next "tue 15:00" --ours none --theirs none
log-meeting twin --outcome proceed --next "tue 15:00" --ours none --theirs none
log-meeting open --outcome proceed --next "tue 15:00" --ours none --theirs none --attended Bob
schedule nobody "tue 15:00"
schedule open "tue 15:00" --with Bob
cancel nobody --by us
heard nobody
heard open --from Bob
note nobody x
note twin x
wait nobody "1 dec" --because x
set nobody owner=x
contact nobody add Jane
contact open left Bob
contact open rm Bob
contact open set Bob role=x
kept nobody price
kept booked nothing
broken booked nothing
move booked nothing fri
win nobody
abandon nobody --cause gone --because x
reopen nobody --because x
undo nobody
edit nobody
import nothere.csv --map maven
new Title --client C --from nobody
new Title --client C --id open
-C /nonexistent note open x
--repo ../empty note open x
note open x -F ../nothere
X

says 1 <<-'X'
new Title --client C --wait "1 dec"
new Title --client C --opened tomorrow
new Title --client C --next "yesterday 15:00"
log-meeting open
log-meeting open --outcome proceed
log-meeting open --outcome proceed --next "tue 15:00" --ours none
log-meeting open --outcome proceed --next "tue 15:00" --theirs none
log-meeting open --outcome repeat --next "tue 15:00" --ours none --theirs none
log-meeting open --outcome abandon --cause gone
log-meeting open --outcome abandon --because x
log-meeting open --outcome proceed --no-next words --ours none --theirs none
log-meeting open --outcome proceed --next "yesterday 15:00" --ours none --theirs none
log-meeting open --outcome proceed --next "tue 15:00" --ours none --theirs none --at tomorrow
log-meeting shut --outcome proceed --next "tue 15:00" --ours none --theirs none
schedule open "yesterday 15:00"
schedule shut "tue 15:00"
cancel open --by us
cancel booked
cancel booked --by us --wait "1 dec"
cancel shut --by us
heard open --wait "1 dec"
heard open --at tomorrow
heard shut --next "tue 15:00"
wait open "1 dec"
wait open yesterday --because x
wait shut "1 dec" --because x
set open process=phone
set open activity=proposal
move booked price yesterday
win shut
win open --at tomorrow
abandon open
abandon open --cause gone
abandon open --because x
abandon shut --cause gone --because x
reopen open --because x
reopen shut
X

test_expect_success '129 is judged before the repository is looked for' '
	cd ../empty &&
	refuses 129 "" fu note && refuses 129 "" fu schedule a whenever &&
	refuses 129 "" fu new T --client C --value much &&
	refuses 129 "" fu abandon a --cause weather --because x &&
	refuses 129 "" fu log-meeting a --outcome good && refuses 129 "" fu set a colour=red &&
	refuses 129 "" fu frobnicate
'

test_expect_success '128: no repository' '
	cd ../empty &&
	for command in "new T --client C" "log-meeting a --outcome proceed" "schedule a 2026-11-24T15:00" \
		"cancel a --by us" "heard a" "note a b" "wait a 2026-12-01 --because x" "set a owner=x" \
		"contact a add Jane" "edit a" "win a" "abandon a --cause gone --because x" \
		"reopen a --because x" "kept a b" "broken a b" "move a b 2026-12-01" undo record
	do
		refuses 128 "repository" fu $command || return 1
	done
'

test_expect_success 'a refusal says all that is missing at once' '
	refuses 1 "[-][-]outcome" fu log-meeting open && test_grep -e "--ours" "$refusal" &&
	test_grep -e "--theirs" "$refusal" && test_grep -e "--next" "$refusal" &&
	refuses 1 "[-][-]cause" fu log-meeting open --outcome abandon &&
	test_grep -e "--because" "$refusal"
'

test_expect_success 'an unknown command, option, key suggests the nearest' '
	refuses 129 "schedule" fu schedul open && refuses 129 "[-][-]outcome" fu log-meeting open --outcom x &&
	refuses 129 "owner" fu set open ownr=x && refuses 129 "repeat" fu log-meeting open --outcome repaet
'

test_expect_success 'messages: lowercase, no full stop' '
	: >"$T_OUT/all" &&
	for command in "log-meeting open" "note nobody x" "schedule open whenever" "wait open 2026-12-01" \
		"abandon open" "note twin x" "set open colour=red" "cancel booked"
	do
		test_must_fail fu $command >"$T_OUT/said" 2>>"$T_OUT/all" || return 1
	done &&
	test_line_count -ge 8 "$T_OUT/all" &&
	! grep -v "^\(error\|warning\|hint\): " "$T_OUT/all" &&
	! grep "^[a-z]*: [A-Z][a-z]" "$T_OUT/all" && ! grep "\.\$" "$T_OUT/all"
'

test_expect_success '0: done, or nothing to do' '
	fu $meeting -q && fu schedule -q open "wed 15:00" && fu cancel -q open --by them &&
	fu heard -q open && fu note -q open x && fu wait -q open "1 dec" --because x &&
	fu set -q open owner=x && fu contact -q open add "Bob" && fu kept -q booked price &&
	fu broken -q booked figures && fu win -q open && fu reopen -q open --because x &&
	fu abandon -q open --cause gone --because x && fu undo -q && fu record -q &&
	nothing_changed fu record && nothing_changed fu schedule booked "tue 15:00" &&
	nothing_changed fu init . && test -z "$(git status --porcelain)"
'

test_expect_success '-h and --help exit 0 with every one, outside a repository, too' '
	cd ../empty &&
	for command in init new log-meeting schedule cancel heard note wait set contact edit win \
		abandon reopen kept broken move undo record import config
	do
		fu $command -h >"$T_OUT/said" 2>"$T_OUT/err" && test_grep "^usage: fu $command" "$T_OUT/said" &&
		test_line_count -eq 0 "$T_OUT/err" || return 1
	done
'

test_expect_success 'a write error on stdout: a warning, the act is recorded' '
	before=$(git rev-list --count HEAD) &&
	fu note booked "to nobody" >/dev/full 2>"$T_OUT/err" && test_grep "^warning: " "$T_OUT/err" &&
	test $(git rev-list --count HEAD) -eq $((before + 1)) &&
	test_expect_code 128 fu list >/dev/full 2>"$T_OUT/err" && test_grep "^error: " "$T_OUT/err"
'

test_done
