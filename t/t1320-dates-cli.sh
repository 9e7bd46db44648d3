#!/bin/sh
test_description='dates as typed, through real commands: understood, echoed, refused'
. "${0%/*}/lib.sh"

# It is Friday 20 November 2026, 10:00.
at 2026-11-20T10:00
new_repo madrid && cd madrid && fu new -q Site --client Acme --id acme && cd .. || exit 1

# is <typed> <time of the appointment>
is()
{
	fu schedule --dry-run --json acme "$1" >"$T_OUT/act" && json "$T_OUT/act" .next "$2"
}

# on <typed> <day>
on()
{
	fu wait --dry-run --json acme "$1" --because x >"$T_OUT/act" && json "$T_OUT/act" ".wait[:10]" "$2"
}

# was <typed> <start of the time of the act>
was()
{
	fu note --dry-run --json acme x --at "$1" >"$T_OUT/act" &&
		json "$T_OUT/act" ".at[:${#2}]" "$2"
}

test_expect_success 'days ahead' '
	cd madrid && on today 2026-11-20 && on tomorrow 2026-11-21 && on tue 2026-11-24 &&
	on Tuesday 2026-11-24 && on fri 2026-11-20 && on "next fri" 2026-11-27 &&
	on "next mon" 2026-11-23 && on "24 nov" 2026-11-24 && on "nov 24" 2026-11-24 &&
	on "19 nov" 2027-11-19 && on "24 November 2027" 2027-11-24 && on 2026-11-24 2026-11-24 &&
	on "tue 24 nov" 2026-11-24 && on "in 3 days" 2026-11-23 && on "in 2 weeks" 2026-12-04 &&
	on "in 1 month" 2026-12-20 && on +3d 2026-11-23 && on "end of month" 2026-11-30
'

test_expect_success 'days back' '
	cd madrid && was yesterday 2026-11-19 && was fri 2026-11-20 && was tue 2026-11-17 &&
	was "3 days ago" 2026-11-17 && was "24 nov" 2025-11-24 && was "19 nov" 2026-11-19 &&
	was "mon 15:00" 2026-11-16T15:00 && was 9:30 2026-11-20T09:30 && was 11:00 2026-11-19T11:00
'

test_expect_success 'times' '
	cd madrid && is "tue 15:00" 2026-11-24T15:00:00+01:00 && is "tue 9:30" 2026-11-24T09:30:00+01:00 &&
	is "tue 3pm" 2026-11-24T15:00:00+01:00 && is "tue 12am" 2026-11-24T00:00:00+01:00 &&
	is "tue noon" 2026-11-24T12:00:00+01:00 && is "fri 9:00" 2026-11-27T09:00:00+01:00 &&
	is "fri 11:00" 2026-11-20T11:00:00+01:00 && is 2026-11-24T15:00 2026-11-24T15:00:00+01:00 &&
	is "24 jul 15:00" 2027-07-24T15:00:00+02:00
'

test_expect_success 'a zone behind the time, or an offset' '
	cd madrid && is "tue 15:00 Europe/Lisbon" 2026-11-24T15:00:00+00:00 &&
	is "tue 15:00 America/New_York" 2026-11-24T15:00:00-05:00 &&
	fu schedule --dry-run --json acme 2026-11-24T15:00:00Z >"$T_OUT/act" &&
	test "$(date -d "$(jq -r .next "$T_OUT/act")" +%s)" -eq "$(date -d 2026-11-24T15:00:00Z +%s)" &&
	refuses 129 "Europe/Nowhere" fu schedule acme "tue 15:00 Europe/Nowhere"
'

test_expect_success 'no word is dropped, nothing is guessed' '
	cd madrid &&
	for when in "" " " "tuesdayish" "tue 15:00 sharp" "about tue 15:00" "tue 24:30" "tue 15:60" \
		"31 feb 15:00" "29 feb 2027 15:00" "mon 24 nov 15:00" "24/11/2026 15:00" "tue tue 15:00" \
		"13pm tue" "tue 13pm" "15:00 15:00" "2026-13-01 15:00" "in days 15:00" "in -3 days 15:00" \
		"+3 15:00" "next 15:00" "2026-11-24T25:00" "99999-01-01 15:00" "in 99999999999 days 15:00"
	do
		refuses 129 "" fu schedule acme "$when" || return 1
	done
'

test_expect_success 'a weekday and a date agree, or it is said which it is' '
	cd madrid && refuses 129 "mon 24 nov" fu wait acme "mon 24 nov" --because x &&
	test_grep -i "tue" "$refusal"
'

test_expect_success 'what was understood is echoed with its weekday' '
	cd madrid &&
	fu schedule --dry-run acme "24 nov 15:00" >"$T_OUT/said" && test_grep "Tue 24 Nov 15:00" "$T_OUT/said" &&
	fu wait --dry-run acme "in 2 weeks" --because x >"$T_OUT/said" && test_grep "Fri 4 Dec" "$T_OUT/said" &&
	fu heard --dry-run acme --again "+3d" >"$T_OUT/said" && test_grep "Mon 23 Nov" "$T_OUT/said" &&
	fu heard --dry-run acme --ours "offer by 24 nov" >"$T_OUT/said" && test_grep "Tue 24 Nov" "$T_OUT/said" &&
	fu schedule --dry-run acme "24 nov 2027 15:00" >"$T_OUT/said" && test_grep "Wed 24 Nov 2027 15:00" "$T_OUT/said"
'

test_expect_success 'when it happened is echoed, too, where it was typed' '
	cd madrid && fu note --dry-run acme x --at "mon 15:00" >"$T_OUT/said" 2>"$T_OUT/err" &&
	cat "$T_OUT/said" "$T_OUT/err" >"$T_OUT/both" && test_grep "Mon 16 Nov 15:00" "$T_OUT/both"
'

test_expect_success 'in the gap of DST: an error; in the repeated hour the first' '
	cd madrid && refuses 129 "02:30|2:30" fu schedule acme "2027-03-28 02:30" &&
	is "2027-03-28 01:59" 2027-03-28T01:59:00+01:00 && is "2027-03-28 03:00" 2027-03-28T03:00:00+02:00 &&
	is "2027-10-31 02:30" 2027-10-31T02:30:00+02:00 && is "2027-10-31 03:00" 2027-10-31T03:00:00+01:00
'

test_expect_success 'a meeting at 15:00 stays at 15:00 across DST' '
	cd madrid && fu schedule -q acme "2027-04-01 15:00" &&
	fu show --json acme | json - .next.at 2027-04-01T15:00:00+02:00 && fu undo -q
'

test_expect_success 'the zone is that of the repository, whatever TZ says' '
	cd madrid && TZ=America/New_York fu schedule --dry-run --json acme "tue 15:00" >"$T_OUT/act" &&
	json "$T_OUT/act" .next 2026-11-24T15:00:00+01:00 &&
	cd .. && fu init -q --timezone America/New_York --currency USD york && cd york &&
	fu new -q Site --client Acme --id acme && is "tue 15:00" 2026-11-24T15:00:00-05:00 &&
	refuses 129 "" fu schedule acme "2027-03-14 02:30" && is "today 9:00" 2026-11-20T09:00:00-05:00
'

test_expect_success 'the day is that of the zone' '
	FU_NOW=2026-11-20T23:30:00+01:00 && fu init -q --timezone Asia/Tokyo --currency EUR tokyo && cd tokyo &&
	fu new -q Site --client Acme --id acme && on today 2026-11-21 && on tomorrow 2026-11-22 &&
	cd .. && fu init -q --timezone Asia/Kathmandu --currency EUR ktm && cd ktm &&
	fu new -q Site --client Acme --id acme && is "tue 15:00" 2026-11-24T15:00:00+05:45 &&
	at 2026-11-20T10:00
'

test_expect_success 'what is to come is not in the past, what has been not in the future' '
	cd madrid && at 2026-11-20T10:00 &&
	refuses 1 "past" fu schedule acme "today 9:00" &&
	refuses 1 "past" fu wait acme yesterday --because x &&
	refuses 1 "past" fu wait acme 2025-11-24 --because x &&
	refuses 1 "past" fu heard acme --ours "offer by yesterday" &&
	refuses 1 "future" fu note acme x --at tomorrow &&
	refuses 1 "future" fu note acme x --at "today 10:01" && was "today 10:00" 2026-11-20T10:00
'

test_expect_success 'an appointment needs day and time' '
	cd madrid && refuses 1 "time" fu schedule acme "24 nov" && refuses 1 "time" fu heard acme --next tue
'

test_expect_success 'Monday'\''s meeting, entered on Friday' '
	at 2026-11-13T10:00 && new_repo late && cd late &&
	fu new -q Site --client Acme --id acme --next "mon 15:00" && at 2026-11-20T10:00 &&
	fu log-meeting acme --at "mon 15:00" --outcome proceed --next "tue 17 nov 11:00" \
		--ours "outline by wed 18 nov" --theirs none --json >"$T_OUT/act" 2>"$T_OUT/err" &&
	json "$T_OUT/act" .at 2026-11-16T15:00:00+01:00 &&
	json "$T_OUT/act" .recorded 2026-11-20T10:00:00+01:00 &&
	json "$T_OUT/act" .next 2026-11-17T11:00:00+01:00 &&
	json "$T_OUT/act" ".ours[0].due" 2026-11-18 &&
	fu log --json acme >"$T_OUT/trail" &&
	json "$T_OUT/trail" "[.[] | select(.act == \"meeting\")][0].backfilled" true &&
	fu next --json >"$T_OUT/next" && json "$T_OUT/next" "[.[].kind] | index(\"unlogged\") != null" true
'

test_expect_success 'without --at a meeting took place at the appointment that has passed' '
	at 2026-11-20T10:00 && new_repo passed && cd passed &&
	fu new -q Site --client Acme --id acme --next "mon 15:00" && at 2026-11-23T17:00 &&
	fu log-meeting acme --outcome proceed --next "tue 15:00" --ours none --theirs none --json >"$T_OUT/act" &&
	json "$T_OUT/act" .at 2026-11-23T15:00:00+01:00
'

test_expect_success 'relative words count from now, a day without a year from the act' '
	at 2027-01-08T10:00 && new_repo year && cd year &&
	fu new -q Site --client Acme --id acme --opened "1 dec" &&
	fu heard --json acme --at "30 dec" --ours "offer by 31 dec" >"$T_OUT/act" &&
	json "$T_OUT/act" .at[:10] 2026-12-30 && json "$T_OUT/act" ".ours[0].due" 2026-12-31 &&
	fu heard --json acme --at "30 dec" --again "in 3 days" >"$T_OUT/act" &&
	json "$T_OUT/act" ".again[:10]" 2027-01-11 &&
	at 2026-11-20T10:00
'

test_expect_success 'durations and intervals' '
	cd madrid &&
	for interval in "3 days" "2 weeks" 6w "1 month" "2 months"; do
		fu set --dry-run -q acme "interval=$interval" || return 1
	done &&
	for duration in "45 min" 1h 45min; do
		fu schedule --dry-run -q acme "tue 15:00" --for "$duration" || return 1
	done &&
	refuses 129 "" fu set acme "interval=0 days" && refuses 129 "" fu set acme "interval=-2 weeks" &&
	refuses 129 "" fu set acme interval=weeks && refuses 129 "" fu schedule acme "tue 15:00" --for 1x
'

test_expect_success 'commitments: split at the last " by " that is wholly a date' '
	cd madrid && fu heard --dry-run --json acme --ours "stand by me by post by tue" \
		--theirs "call by noon traffic by wed" >"$T_OUT/act" &&
	json "$T_OUT/act" ".ours[0] | [.what, .due]" "[\"stand by me by post\",\"2026-11-24\"]" &&
	json "$T_OUT/act" ".theirs[0] | [.what, .due]" "[\"call by noon traffic\",\"2026-11-25\"]" &&
	fu heard --dry-run --json acme --next "tue 15:00" --ours "send it by mail" >"$T_OUT/act" &&
	json "$T_OUT/act" ".ours[0].what" "send it by mail" &&
	json "$T_OUT/act" ".ours[0].due[:10]" 2026-11-24
'

test_done
