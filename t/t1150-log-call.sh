#!/bin/sh
test_description='fu log-call: a follow-up call schedules or confirms, and nothing else'
. "${0%/*}/lib.sh"

# acme: a repository of its own with the open opportunity acme, Friday 10:00
acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>; +34 600 111 222'
}

# asked [<outcome>]: acme, met on Monday, whose answer is fetched on Thursday
asked()
{
	acme && at 2026-11-23T15:00 &&
		fu log-meeting -q acme --outcome "${1:-proceed}" --confirm thu \
			--options "phase 1 only; both phases" --ours none \
			--theirs "Jane Doe: ask the board" ${2:+--cause "$2"} ${3:+--because "$3"} &&
		at 2026-11-26T10:00
}

commits()
{
	git rev-list --count HEAD
}

facts()
{
	fu show --json acme | json - "$@"
}

call()
{
	fu log-call acme --purpose "$@"
}

test_expect_success 'booked: the appointment, one line, one commit' '
	acme && before=$(commits) &&
	call schedule --result booked --next "tue 15:00" --for 1h --place "their office" \
		--with jane --spoke-to jane >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/said" && test_line_count -eq 0 "$T_OUT/err" &&
	test_grep "^acme: call to schedule: booked, next Tue 24 Nov 15:00" "$T_OUT/said" &&
	test $(commits) -eq $((before + 1)) &&
	test "$(git log -1 --format=%s)" = \
		"acme: call to schedule: booked, next Tue 24 Nov 15:00" &&
	facts .next.kind appointment && facts .next.at 2026-11-24T15:00:00+01:00 &&
	facts .next.place "their office" && facts ".next.with[0]" "Jane Doe" &&
	facts ".calls | length" 1 && facts ".calls[0].spoke_to" "Jane Doe" &&
	facts .last_contact 2026-11-20T10:00:00+01:00
'

test_expect_success 'all that is missing is said at once' '
	acme &&
	refuses 1 "a follow-up call schedules or confirms" fu log-call acme &&
	test_grep "a call has a result" "$refusal" &&
	test_grep "^hint: --purpose schedule|confirm" "$refusal" &&
	refuses 1 "what was booked is an appointment" call schedule --result booked &&
	refuses 1 "until when" call schedule --result deferred &&
	test_grep "waiting has a reason" "$refusal"
'

test_expect_success 'a result belongs to its purpose' '
	acme &&
	refuses 1 "no result of a call to schedule" call schedule --result confirmed &&
	refuses 1 "no result of a call to schedule" call schedule --result undecided
'

test_expect_success 'nothing is booked by a call to confirm' '
	asked &&
	refuses 1 "no result of a call to confirm" call confirm --result booked \
		--next "tue 15:00"
'

test_expect_success 'there is no place for content, and the refusal says why' '
	acme &&
	refuses 129 "has no place for what was" call schedule --result no-answer \
		--note "she likes blue" &&
	test_grep "fu log-meeting --channel phone" "$refusal" &&
	refuses 129 "no place" call schedule --result no-answer --discussed "the price" &&
	refuses 129 "unknown purpose" call chat --result no-answer &&
	fu log-call -h >"$T_OUT/usage" && test_must_fail grep -e "--note" "$T_OUT/usage"
'

test_expect_success 'nobody reached: the next try, inside working hours, counted' '
	acme &&
	call schedule --result no-answer >"$T_OUT/said" &&
	test_grep "try again Mon 23 Nov" "$T_OUT/said" &&
	facts .next.kind call && facts .next.attempts 1 && facts .next.at 2026-11-23 &&
	at 2026-11-23T09:00 &&
	call schedule --result voicemail --again "wed 11:00" &&
	facts .next.attempts 2 && facts .next.at 2026-11-25T11:00:00+01:00 &&
	facts .last_contact 2026-11-20T10:00:00+01:00 &&
	at 2026-11-25T11:00 &&
	fu next >"$T_OUT/next" && test_grep "2 tries reached nobody" "$T_OUT/next"
'

test_expect_success 'a try that reached nobody never replaces an appointment' '
	acme && fu schedule -q acme "tue 15:00" &&
	call schedule --result no-answer &&
	facts .next.kind appointment && facts .next.at 2026-11-24T15:00:00+01:00 &&
	refuses 1 "leaves the appointment as it is" \
		call schedule --result no-answer --again wed
'

test_expect_success 'nor a wait whose day has not come; one that has come it does' '
	acme && fu wait -q acme "1 dec" --because "the budget" &&
	call schedule --result no-answer &&
	facts .next.kind wait && facts .status waiting &&
	at 2026-12-01T10:00 &&
	call schedule --result no-answer &&
	facts .next.kind call && facts .status open && facts .next.at 2026-12-02
'

test_expect_success 'nor, calling to schedule, an open confirmation' '
	asked && call schedule --result voicemail &&
	facts .next.kind confirmation && facts .next.at 2026-11-26
'

test_expect_success 'deferred waits, with a reason' '
	acme &&
	call schedule --result deferred --wait "1 feb" --because "the budget is for spring" &&
	facts .status waiting && facts .next.kind wait && facts .next.at 2027-02-01 &&
	facts .next.because "the budget is for spring"
'

test_expect_success 'declined: another try, or closed with its cause' '
	acme && call schedule --result declined &&
	facts .next.kind call && facts .next.attempts 0 &&
	refuses 1 "has a cause" call schedule --result declined --outcome abandon &&
	test_grep "has a reason" "$refusal" &&
	refuses 1 "does not proceed" call schedule --result declined --outcome proceed &&
	call schedule --result declined --outcome abandon --cause gone --because "they merged" &&
	facts .status abandoned && facts .next null
'

test_expect_success 'confirmed: decides the outcome that the meeting proposed' '
	asked && facts .activity discovery &&
	call confirm --result confirmed --chose "phase 1" --outcome proceed \
		--next "tue 14:00" --json >"$T_OUT/act" &&
	json "$T_OUT/act" .chose "phase 1 only" && json "$T_OUT/act" .to workshop &&
	json "$T_OUT/act" .act call &&
	facts .activity workshop && facts .next.kind appointment &&
	facts .next.activity workshop
'

test_expect_success 'confirmed: all that its outcome needs' '
	asked &&
	refuses 1 "--chose" call confirm --result confirmed &&
	test_grep "decides the outcome" "$refusal" &&
	test_grep "firm next step" "$refusal" &&
	refuses 1 "none of the options" call confirm --result confirmed --chose "phase 3" \
		--outcome proceed --next "tue 14:00" &&
	refuses 1 "firm next step" call confirm --result confirmed --chose both \
		--outcome proceed &&
	refuses 1 "does not go with" call confirm --result confirmed --chose both \
		--outcome proceed --again fri &&
	refuses 1 "has a cause" call confirm --result confirmed --chose both \
		--outcome repeat --next "tue 14:00" &&
	call confirm --result confirmed --chose both --outcome repeat --cause timing \
		--wait "1 dec" --because "their board meets" &&
	facts .activity discovery && facts .status waiting
'

test_expect_success 'confirmed: the proposed cause holds' '
	asked repeat timing &&
	call confirm --result confirmed --chose both --outcome repeat --next "tue 14:00" &&
	facts ".calls[0].cause" timing && facts .activity discovery
'

test_expect_success 'confirmed: proceed beyond the last activity wins' '
	acme && fu set -q acme activity=decision --because "moved on" &&
	fu log-meeting -q acme --outcome proceed --confirm fri --options "yes; no" --ours none \
		--theirs none &&
	at 2026-11-27T10:00 &&
	call confirm --result confirmed --chose yes --outcome proceed &&
	facts .status won && facts .next null
'

test_expect_success 'undecided, unanswered, declined: options and proposed outcome stay' '
	asked &&
	refuses 1 "fetched another time" call confirm --result undecided &&
	test_grep "has a reason" "$refusal" &&
	call confirm --result undecided --again "fri 11:00" --because "the chairman is ill" &&
	facts .next.kind confirmation && facts .next.at 2026-11-27T11:00:00+01:00 &&
	facts .next.outcome proceed && facts ".next.options | length" 2 &&
	facts .next.because "the chairman is ill" &&
	call confirm --result no-answer && facts .next.at 2026-11-27 &&
	facts .next.attempts 1 && facts ".next.options[1]" "both phases" &&
	call confirm --result declined && facts .next.kind confirmation &&
	facts .next.attempts 1 && facts .activity discovery
'

test_expect_success 'to confirm, there is something to confirm' '
	acme &&
	refuses 1 "no open confirmation" call confirm --result no-answer &&
	refuses 1 "no open confirmation" call confirm --result confirmed --chose x \
		--outcome proceed --next "tue 15:00"
'

test_expect_success 'what does not go with a result is refused' '
	acme &&
	refuses 1 "nobody was reached" call schedule --result no-answer --spoke-to jane &&
	refuses 1 "nobody was reached" call schedule --result voicemail --where "fine" &&
	refuses 1 "no appointment was made" call schedule --result voicemail \
		--next "tue 15:00" &&
	refuses 1 "nothing was put off" call schedule --result declined --wait "1 dec" \
		--because x &&
	refuses 1 "no option was confirmed" call schedule --result declined --chose x &&
	refuses 1 "nothing was decided" call schedule --result booked --next "tue 15:00" \
		--outcome proceed &&
	refuses 128 "no contact" call schedule --result declined --spoke-to Nobody
'

test_expect_success 'commitments: a call may have them, and need not' '
	acme &&
	call schedule --result booked --next "tue 15:00" --ours "send the map" \
		--theirs "Jane Doe: find a room by mon" --where "They want to see us." &&
	facts ".commitments | length" 2 && facts ".commitments[0].due" \
		2026-11-24T15:00:00+01:00 &&
	facts .where "They want to see us."
'

test_expect_success 'several calls in a row with nothing booked ask for a decision' '
	acme &&
	call schedule --result no-answer && call schedule --result voicemail &&
	fu next --json acme >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[] | select(.kind == \"decide\")] | length" 0 &&
	call schedule --result declined &&
	fu next --json acme >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[] | select(.kind == \"decide\")][0].reason" \
		"3 calls in a row with nothing booked" &&
	fu note -q acme "one more try" --decided &&
	fu next --json acme >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[] | select(.kind == \"decide\")] | length" 0
'

test_expect_success 'their calls are no contacts of ours, and reset the interval' '
	acme && fu config policy.treadmill 2 && fu set -q acme interval="2 weeks" &&
	at 2026-11-25T10:00 &&
	call schedule --result declined --inbound && call schedule --result declined --inbound &&
	facts .last_contact 2026-11-25T10:00:00+01:00 &&
	fu next --json acme >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[] | select(.kind == \"decide\")] | length" 0
'

test_expect_success 'where roles are enforced, a salesperson makes no follow-up calls' '
	acme && git config fu.role salesperson &&
	call schedule --result no-answer &&
	fu config policy.roles enforced &&
	refuses 1 "the coordinator.s" call schedule --result no-answer &&
	git config fu.role coordinator && call schedule --result no-answer &&
	git config --unset fu.role && call schedule --result no-answer
'

test_expect_success 'a closed opportunity takes no call, and the way on is named' '
	acme && fu win -q acme &&
	refuses 1 "is won since" call schedule --result no-answer &&
	test_grep "fu reopen acme" "$refusal"
'

test_expect_success 'undo takes a call back; what rests on it stops that' '
	asked && call confirm --result confirmed --chose both --outcome proceed \
		--next "tue 14:00" &&
	fu undo acme && facts .next.kind confirmation && facts .activity discovery &&
	call confirm --result confirmed --chose both --outcome proceed --next "tue 14:00" \
		--json >"$T_OUT/act" &&
	fu schedule -q acme "wed 14:00" &&
	refuses 1 "could then not follow" fu undo "$(jq -r .id "$T_OUT/act")"
'

test_expect_success 'an answer that was due is named by what replaces it, a day later too' '
	asked && at 2026-11-27T12:00 && call schedule --result booked --next "tue 14:00" >"$T_OUT/out" &&
	test_grep "next Tue 1 Dec 14:00; replaces the confirmation due Thu 26 Nov" "$T_OUT/out"
'

test_expect_success 'and by the end of the opportunity' '
	asked && at 2026-11-27T12:00 && fu win acme >"$T_OUT/out" &&
	test_grep "; ends the confirmation due Thu 26 Nov" "$T_OUT/out"
'

test_expect_success 'but not by the call about it' '
	asked && at 2026-11-27T12:00 &&
	call confirm --result undecided --again "tue 10:00" --because "no time" >"$T_OUT/out" &&
	! grep replaces "$T_OUT/out"
'

test_expect_success PTY 'on a terminal it asks for what the result needs' '
	asked &&
	on_terminal "<what was the call for
		>
		<what came of the call
		>conf
		<option: phase 1 only
		<which option
		>both
		<what does that decide
		>proceed
		<when:
		>tue 14:00
		" fu log-call acme >"$T_OUT/shown" &&
	facts .activity workshop && facts .next.at 2026-12-01T14:00:00+01:00
'

# What was agreed at nine is entered late: at ten nobody answered.
nobody_at_ten()
{
	acme && call schedule --result "${1:-no-answer}" --json >"$T_OUT/call" && at 2026-11-20T10:30
}

test_expect_success 'a try that reached nobody leaves the appointment that is entered late' '
	nobody_at_ten && facts .next.kind call &&
	fu log-meeting acme --at 9:00 --outcome proceed --next "tue 9:00" --ours none \
		--theirs none >"$T_OUT/said" &&
	test_grep "Tue 24 Nov 9:00\|Tue 24 Nov 09:00" "$T_OUT/said" &&
	facts .next.kind appointment && facts .next.at 2026-11-24T09:00:00+01:00 &&
	fu agenda --day tue --json >"$T_OUT/day" && test_grep acme "$T_OUT/day" && fu check &&
	fu schedule -q acme "wed 9:00" && facts .next.moves 1 && fu check &&
	fu export --acts >"$T_OUT/acts" && cd .. && new_repo "r$t_count-2" && cd "r$t_count-2" &&
	fu import -q --acts <"$T_OUT/acts" && facts .next.at 2026-11-25T09:00:00+01:00 && fu check
'

test_expect_success 'however it was booked' '
	nobody_at_ten voicemail && call schedule --result booked --at 9:00 --next "tue 9:00" &&
	facts .next.at 2026-11-24T09:00:00+01:00 && fu check &&
	fu undo -q acme && facts .next.kind call &&
	fu schedule -q acme "tue 9:30" --at 9:00 && facts .next.at 2026-11-24T09:30:00+01:00 &&
	fu check
'

test_expect_success 'nor does it take the options of a meeting that is entered late' '
	nobody_at_ten && fu log-meeting -q acme --at 9:00 --outcome proceed --confirm mon \
		--options "x; y" --ours none --theirs none &&
	facts .next.kind confirmation && facts ".next.options | length" 2 && fu check &&
	call confirm --result confirmed --chose x --outcome proceed --next "tue 9:00" && fu check
'

test_expect_success 'what it replaced knowingly stays replaced' '
	asked && call schedule --result no-answer --again fri && facts .next.kind call && fu check &&
	fu schedule -q acme "tue 9:00" &&
	refuses 1 "leaves the appointment as it is" call schedule --result no-answer --again mon
'

test_expect_success PTY 'on a terminal only those results are offered that the purpose allows' '
	acme &&
	on_terminal "<no confirmation is open: a call to schedule
		<what came of the call (booked, deferred, declined, no-answer, voicemail):
		>conf
		<is no result of a call to schedule
		<what came of the call
		>boo
		<when
		>tue 15:00
		" fu log-call acme >"$T_OUT/shown" &&
	facts .next.at 2026-11-24T15:00:00+01:00 &&
	test_expect_code 1 on_terminal "" fu log-call acme --result undecided >"$T_OUT/shown" &&
	test_grep "is no result of a call to schedule" "$T_OUT/shown" &&
	! grep "what came of" "$T_OUT/shown"
'

test_expect_success PTY 'also where a confirmation is open' '
	asked &&
	on_terminal "<what was the call for
		>
		<what came of the call (confirmed, undecided, deferred, declined, no-answer
		>no-answer
		" fu log-call acme >"$T_OUT/shown" &&
	on_terminal "<what was the call for
		>sched
		<what came of the call (booked, deferred
		>voi
		" fu log-call acme >"$T_OUT/shown" &&
	test_expect_code 1 on_terminal "" fu log-call acme --purpose schedule \
		--result undecided >"$T_OUT/shown" &&
	test_grep "is no result of a call to schedule" "$T_OUT/shown" &&
	on_terminal "<what was the call for
		>
		<is no result of a call to confirm
		<what was the call for
		>schedule
		<when
		>wed 15:00
		" fu log-call acme --result booked >"$T_OUT/shown" &&
	facts .next.at 2026-12-02T15:00:00+01:00
'

test_expect_success PTY 'a call that nothing can make right is refused before the first question' '
	acme &&
	test_expect_code 1 on_terminal "" fu log-call acme --purpose confirm >"$T_OUT/shown" &&
	test_grep "^error: .acme. has no open confirmation" "$T_OUT/shown" &&
	fu config policy.roles enforced && git config fu.role salesperson &&
	test_expect_code 1 on_terminal "" fu log-call acme >"$T_OUT/shown" &&
	test_grep "^error: follow-up calls are the coordinator" "$T_OUT/shown" &&
	! grep "what came of" "$T_OUT/shown" && test ! -e .git/fu/drafts/log-call.acme
'

test_done
