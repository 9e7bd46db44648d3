#!/bin/sh
test_description='fu schedule, fu cancel: appointments are booked, moved, called off'
. "${0%/*}/lib.sh"

# acme [<option of new>...]: a repository of its own with the opportunity acme
acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>' "$@"
}

commits()
{
	git rev-list --count HEAD
}

trailer()
{
	git log -1 --format="%(trailers:key=$1,valueonly,separator=%x2C)"
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success 'books an appointment: a line, a commit, a next step' '
	acme &&
	before=$(commits) &&
	fu schedule acme "tue 15:00" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "^acme: schedule.*Tue 24 Nov 15:00" "$T_OUT/said" &&
	test_line_count -eq 0 "$T_OUT/err" &&
	test $(commits) -eq $((before + 1)) &&
	test "$(trailer Fu-Act)" = schedule &&
	test "$(trailer Fu-Opportunity)" = acme &&
	trailer Fu-Next >"$T_OUT/next" && test_grep "2026-11-24" "$T_OUT/next" &&
	facts .next.kind appointment &&
	facts .next.at 2026-11-24T15:00:00+01:00 &&
	facts .next.activity discovery && facts .adrift false && facts .next.moves 0
'

test_expect_success 'the details are kept, shown, and in the act' '
	acme &&
	fu schedule acme "tue 15:00" --for 90min --place "their office; 2nd floor" \
		--with jane --json >"$T_OUT/said" &&
	json "$T_OUT/said" .act schedule &&
	json "$T_OUT/said" .opportunity acme &&
	json "$T_OUT/said" .next 2026-11-24T15:00:00+01:00 &&
	json "$T_OUT/said" .place "their office; 2nd floor" &&
	json "$T_OUT/said" ".with[0]" "Jane Doe" &&
	facts .next.place "their office; 2nd floor" &&
	facts ".next.with[0]" "Jane Doe" &&
	facts ".next.for != null"
'

test_expect_success 'the same time again: exit 0, nothing recorded' '
	acme && fu schedule -q acme "tue 15:00" --for 1h --place here &&
	nothing_changed fu schedule acme "24 nov 15:00" &&
	nothing_changed fu schedule acme "tue 15:00" --for 1h &&
	nothing_changed fu schedule acme "tue 15:00" --for 1h --place here &&
	facts .next.moves 0
'

test_expect_success 'the same time again: what was edited by hand is recorded all the same' '
	acme && fu schedule -q acme "tue 15:00" &&
	sed -i "1,/^\[/s/^title = .*/title = Relaunch/" opportunities/*/acme.ini &&
	fu schedule acme "tue 15:00" 2>"$T_OUT/err" && test_grep "edited by hand" "$T_OUT/err" &&
	test_grep "nothing to do" "$T_OUT/err" && test -z "$(git status --porcelain)" &&
	facts .title Relaunch && fu check
'

test_expect_success 'at another time it is moved, and it is counted who moved it' '
	acme && fu schedule -q acme "tue 15:00" &&
	fu schedule acme "wed 10:00" --by them --because "on a journey" >"$T_OUT/said" &&
	test_grep "moved by them" "$T_OUT/said" && test_grep "Wed 25 Nov 10:00" "$T_OUT/said" &&
	facts .next.at 2026-11-25T10:00:00+01:00 && facts .next.moves 1 &&
	fu schedule -q acme "thu 10:00" --by us &&
	facts .next.moves 2 && facts .next.kind appointment
'

test_expect_success 'a move names the act that it replaces' '
	acme && fu schedule acme "tue 15:00" --json >"$T_OUT/first" &&
	fu schedule acme "wed 15:00" --json >"$T_OUT/second" &&
	json "$T_OUT/second" .replaces "$(jq -r .id "$T_OUT/first")"
'

test_expect_success 'for another activity' '
	acme && fu schedule -q acme "tue 15:00" --activity proposal &&
	facts .next.activity proposal && facts .activity discovery &&
	test_must_fail nothing_changed fu schedule acme "wed 15:00" --activity propsal
'

test_expect_success 'an appointment ends the waiting' '
	acme && fu wait -q acme "in 2 weeks" --because budget && facts .status waiting &&
	fu schedule -q acme "tue 15:00" && facts .status open && facts .next.kind appointment
'

test_expect_success 'a time in a zone of its own' '
	acme && fu schedule acme "tue 15:00 Europe/Lisbon" >"$T_OUT/said" &&
	facts .next.at 2026-11-24T15:00:00+00:00
'

test_expect_success 'needs a day and a time that lie ahead' '
	acme &&
	refuses 1 "time" fu schedule acme tue &&
	refuses 1 "past" fu schedule acme "yesterday 15:00" &&
	refuses 1 "past" fu schedule acme "2026-11-19 15:00" &&
	refuses 129 "tue 25:00" fu schedule acme "tue 25:00" &&
	refuses 129 "soonish" fu schedule acme soonish &&
	refuses 129 "tue 15:00 sharp" fu schedule acme "tue 15:00 sharp" &&
	refuses 129 "" fu schedule acme &&
	refuses 129 "maybe" fu schedule acme "tue 15:00" --by maybe &&
	refuses 129 "long" fu schedule acme "tue 15:00" --for long
'

test_expect_success 'an unknown guest is refused, the known ones are named' '
	acme &&
	refuses 128 "Bob" fu schedule acme "tue 15:00" --with Bob &&
	test_grep "Jane Doe" "$refusal"
'

test_expect_success 'a closed one is refused, reopen is named' '
	acme && fu abandon -q acme --cause gone --because "bought elsewhere" &&
	refuses 1 "acme" fu schedule acme "tue 15:00" && test_grep "fu reopen" "$refusal" &&
	refuses 1 "acme" fu cancel acme --by us && test_grep "fu reopen" "$refusal"
'

test_expect_success '-q, --dry-run' '
	acme && fu schedule -q acme "tue 15:00" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/said" && test_line_count -eq 0 "$T_OUT/err" &&
	nothing_changed fu schedule --dry-run acme "wed 15:00" >"$T_OUT/said" &&
	test_grep "Wed 25 Nov 15:00" "$T_OUT/said" &&
	nothing_changed fu cancel --dry-run acme --by us >"$T_OUT/said" &&
	facts .next.at 2026-11-24T15:00:00+01:00
'

test_expect_success 'cancel: by whom is demanded' '
	acme && fu schedule -q acme "tue 15:00" &&
	refuses 1 "[-][-]by" fu cancel acme &&
	refuses 129 "nobody" fu cancel acme --by nobody
'

test_expect_success 'cancel: a call to schedule follows after policy.retry' '
	acme && fu schedule -q acme "fri 15:00" && at 2026-11-24T09:00 &&
	fu cancel acme --by them >"$T_OUT/said" &&
	test_grep "^acme: cancel.*by them.*Wed 25 Nov" "$T_OUT/said" &&
	test "$(trailer Fu-Act)" = cancel &&
	facts .next.kind call && facts ".next.at[:10]" 2026-11-25 && facts .adrift false &&
	fu next --json --ahead "1 day" acme >"$T_OUT/next" &&
	at 2026-11-25T23:00 && fu next acme --json >"$T_OUT/next" &&
	json "$T_OUT/next" ".[0].kind" schedule
'

test_expect_success 'cancel: policy.retry of the team counts' '
	acme && fu schedule -q acme "fri 15:00" && at 2026-11-23T09:00 &&
	fu config policy.retry "3 days" && fu cancel -q acme --by us &&
	facts ".next.at[:10]" 2026-11-26
'

test_expect_success 'cancel: with a next step' '
	acme --next "tue 15:00" &&
	fu cancel -q acme --by us --next "wed 9:30" && facts .next.at 2026-11-25T09:30:00+01:00 &&
	fu cancel -q acme --by us --again thu && facts .next.kind call &&
	facts ".next.at[:10]" 2026-11-26 &&
	fu schedule -q acme "fri 9:30" &&
	fu cancel -q acme --by us --wait "1 dec" --because "fair" && facts .status waiting &&
	facts .next.kind wait && facts ".next.at[:10]" 2026-12-01 && facts .next.because fair &&
	fu schedule -q acme "fri 9:30" &&
	fu cancel -q acme --by them --no-next "do not call us, we call you" &&
	facts .next null && facts .adrift true && facts .status open
'

test_expect_success 'cancel: one next step, and the reason to wait' '
	acme --next "tue 15:00" &&
	refuses 1 "[-][-]because" fu cancel acme --by us --wait "1 dec" &&
	test_must_fail nothing_changed fu cancel acme --by us --next "wed 9:30" --again thu &&
	refuses 1 "past" fu cancel acme --by us --again yesterday
'

test_expect_success 'a no-show is an honest way out, and recorded as one' '
	acme --next "tue 15:00" && refuses 1 "lies ahead" fu cancel acme --by them --no-show &&
	at 2026-11-24T16:00 && fu cancel acme --by them --no-show --json >"$T_OUT/said" &&
	json "$T_OUT/said" .no_show true && json "$T_OUT/said" .act cancel &&
	facts .next.kind call &&
	fu log --json acme >"$T_OUT/trail" &&
	json "$T_OUT/trail" "[.[] | select(.act == \"cancel\")][0].no_show" true
'

test_expect_success 'what is not there cannot be cancelled' '
	acme && refuses 1 "no appointment" fu cancel acme --by us
'

# A confirmation is open from 10:00 on, and a call asked for it at noon.
asked_at_noon()
{
	acme && fu log-meeting -q acme --outcome proceed --confirm mon --options "x; y" \
		--ours none --theirs none &&
		at 2026-11-20T12:00 &&
		fu log-call acme --purpose confirm --result no-answer --json >"$T_OUT/call"
}

test_expect_success 'what comes late leaves a later call its confirmation, or is refused' '
	asked_at_noon && id=$(jq -r .id "$T_OUT/call") && fu check acme &&
	refuses 1 "call of .*$id. could then not follow" fu schedule acme "mon 9:00" --at 11:00 &&
	refuses 1 "$id" fu wait acme "1 dec" --because x --at 11:00 &&
	facts .next.kind confirmation && fu check acme &&
	fu note -q acme "rang the bell" --at 11:00 &&
	fu schedule -q acme "mon 9:00" && fu check acme
'

test_expect_success 'what was not sound before does not stand in the way' '
	acme && at 2026-11-20T12:00 && fu log-call -q acme --purpose schedule --result no-answer &&
	file=$(echo opportunities/*/acme.ini) &&
	sed "s/^purpose = schedule/purpose = confirm/" "$file" >"$T_OUT/new" &&
	cp "$T_OUT/new" "$file" && git commit -q -a -m "by hand" &&
	test_expect_code 1 fu check acme >"$T_OUT/found" &&
	test_grep "no open confirmation" "$T_OUT/found" &&
	fu note -q acme "rang the bell" --at 11:00 && fu undo -q acme
'

test_expect_success PTY 'what no answer can make right is refused before the first question' '
	acme &&
	test_expect_code 1 on_terminal "" fu cancel acme >"$T_OUT/shown" &&
	test_grep "^error: .acme. has no appointment to cancel" "$T_OUT/shown" &&
	! grep "who cancelled\|missing\|is kept" "$T_OUT/shown" &&
	GIT_EDITOR=true test_expect_code 1 on_terminal "" fu cancel acme -e >"$T_OUT/shown" &&
	test_grep "^error: .acme. has no appointment to cancel" "$T_OUT/shown" &&
	test_expect_code 1 on_terminal "" fu wait acme yesterday >"$T_OUT/shown" &&
	test_grep "lies in the past" "$T_OUT/shown" && ! grep "why:\|is kept" "$T_OUT/shown" &&
	fu abandon -q acme --cause gone --because "no need" &&
	for command in schedule cancel wait log-meeting log-call
	do
		test_expect_code 1 on_terminal "" fu $command acme >"$T_OUT/shown" &&
		test_grep "^error: .acme. is abandoned since" "$T_OUT/shown" &&
		! grep "is kept" "$T_OUT/shown" || return 1
	done &&
	test -z "$(ls .git/fu/drafts)"
'

test_expect_success PTY 'what was kept before stays where it is' '
	acme --next "tue 15:00" &&
	test_expect_code 1 on_terminal "<what came of
		>repeat
		<why not further
		^c" fu log-meeting acme >"$T_OUT/shown" &&
	fu abandon -q acme --cause gone --because "no need" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme >"$T_OUT/shown" &&
	! grep "kept" "$T_OUT/shown" && test_grep "^outcome = repeat" .git/fu/drafts/log-meeting.acme
'

test_done
