#!/bin/sh
test_description='fu next: the command of each kind of item settles it when it is typed'
. "${0%/*}/lib.sh"

# The command of the item of that kind, with what only the user knows filled in.
filled()
{
	fu next --json "${2:-acme}" |
		jq -r --arg kind "$1" '[.[] | select(.kind == $kind)][0].command' |
		sed -e 's/<proceed|repeat|abandon>/proceed/' -e 's/<option>/phase 1/' \
			-e "s/'<when>'/'$soon'/" -e "s/'<date>'/'31 mar 2027'/" \
			-e 's/<kind>/education/' -e 's/<text>/the study of six museums/' \
			-e 's/<what>/the map/' -e 's/<[a-z ]*why[a-z ]*>/the budget is through/' \
			-e "s/<[a-z ]*>/something/g"
}

kinds()
{
	fu next --json "${1:-acme}" | jq -r '[.[].kind] | join(" ")'
}

# The item is there; its command is typed; it is gone.
settles()
{
	kinds | grep -q -w "$1" || { echo "no item '$1': $(kinds)" && return 1; }
	filled "$1" >"$T_OUT/command" && cat "$T_OUT/command" &&
		eval "$(cat "$T_OUT/command")" >"$T_OUT/said" || return 1
	! kinds | grep -q -w "$1" || { echo "still there: $(kinds)" && return 1; }
}

soon='15 dec 15:00'

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme "$@" \
			--contact 'Jane Doe <jane@acme.example>; +34 600 111 222'
}

test_expect_success 'unlogged' '
	acme --next "mon 15:00" --for 1h && at 2026-11-23T16:00 && settles unlogged
'

test_expect_success 'appointment: its command shows what one needs to know before it' '
	acme --next "mon 15:00" && at 2026-11-23T09:00 &&
	test "$(kinds)" = appointment &&
	filled appointment >"$T_OUT/command" && sh "$T_OUT/command" >"$T_OUT/shown" &&
	test_grep Acme "$T_OUT/shown"
'

test_expect_success 'owe' '
	acme --next "15 dec 15:00" && fu heard -q acme --ours "the map by mon" &&
	at 2026-11-23T09:00 && settles owe
'

test_expect_success 'owed' '
	acme --next "15 dec 15:00" && fu heard -q acme --theirs "Jane Doe: the list by mon" &&
	at 2026-11-24T09:00 && settles owed
'

test_expect_success 'confirm, each of the outcomes that may be proposed' '
	acme && fu log-meeting -q acme --outcome proceed --confirm thu --ours none \
		--theirs none --options "phase 1 only; both" &&
	at 2026-11-26T10:00 && settles confirm
'

test_expect_success 'confirm, where a repeat was proposed' '
	acme && fu log-meeting -q acme --outcome repeat --cause timing --confirm thu \
		--ours none --theirs none --options "phase 1 only; both" &&
	at 2026-11-26T10:00 && settles confirm
'

test_expect_success 'confirm, where it would end it' '
	acme && fu log-meeting -q acme --outcome abandon --cause gone --because "they merge" \
		--confirm thu --ours none --theirs none --options "phase 1 only; both" &&
	at 2026-11-26T10:00 && settles confirm
'

test_expect_success 'confirm, where it would win' '
	acme && fu set -q acme activity=decision --because "begun there" &&
	fu log-meeting -q acme --outcome proceed --confirm thu \
		--ours none --theirs none --options "phase 1 only; both" &&
	at 2026-11-26T10:00 && settles confirm && fu show acme --json | json - .status won
'

test_expect_success 'schedule' '
	acme && fu log-call -q acme --purpose schedule --result no-answer &&
	at 2026-11-23T10:00 && settles schedule
'

test_expect_success 'expiring' '
	acme --next "15 dec 15:00" --expires "30 nov" && settles expiring
'

test_expect_success 'touch' '
	acme --interval "1 week" && at 2026-11-30T10:00 && settles touch
'

test_expect_success 'returned' '
	acme --wait "30 nov" --because "the budget" && at 2026-11-30T10:00 && settles returned
'

test_expect_success 'decide, for each of its reasons' '
	acme && fu config -q policy.max-calls 1 &&
	fu log-call -q acme --purpose schedule --result no-answer && settles decide &&
	fu config -q policy.max-repeats 1 &&
	fu log-meeting -q acme --outcome repeat --cause timing --next "mon 15:00" --ours none \
		--theirs none && settles decide &&
	fu heard -q acme --no-next "not now" && fu heard -q acme --no-next "no" &&
	settles decide &&
	for day in "1 feb" "1 mar" "1 apr"; do
		fu wait -q acme "$day" --because "the budget" || return 1
	done && settles decide &&
	fu config -q policy.treadmill 1 &&
	fu log-touch -q acme --gives education --what "the study" && settles decide &&
	fu heard -q acme --theirs "one by mon" --theirs "two by mon" &&
	fu broken -q acme one && fu broken -q acme two && settles decide
'

test_expect_success 'decide: four late promises of the client' '
	acme --next "15 dec 15:00" &&
	fu heard -q acme --theirs "one by mon" --theirs "two by mon" --theirs "three by mon" \
		--theirs "four by mon" &&
	at 2026-11-25T10:00 && fu kept -q acme one two three four && settles decide
'

test_expect_success 'adrift' '
	acme && settles adrift
'

test_done
