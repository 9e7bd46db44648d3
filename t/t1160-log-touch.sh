#!/bin/sh
test_description='fu log-touch: a contact outside the process gives the client something'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme &&
		fu log-meeting -q acme --outcome proceed --next "tue 15:00" \
			--ours "send the outline by mon" --theirs none \
			--unsure "how long does the move take"
}

facts()
{
	fu show --json acme | json - "$@"
}

touches()
{
	fu log-touch acme "$@"
}

test_expect_success 'it is recorded, sets no next step, and resets the interval' '
	acme && at 2026-11-21T10:00 &&
	touches --gives industry-peers --what "how two museums moved" --channel mail \
		--minutes 20 >"$T_OUT/said" &&
	test_grep "^acme: touch: gives industry-peers by mail: .how two museums moved." \
		"$T_OUT/said" &&
	test "$(git log -1 --format=%s)" = "acme: touch: gives industry-peers by mail" &&
	facts ".touches | length" 1 && facts ".touches[0].gives" industry-peers &&
	facts ".touches[0].minutes" 20 && facts .next.kind appointment &&
	facts .last_contact 2026-11-21T10:00:00+01:00
'

test_expect_success 'both what it gives and what it was are demanded' '
	acme &&
	refuses 1 "gives the client something" touches &&
	test_grep "what it brought" "$refusal" && test_grep "^hint: --gives saving-time" "$refusal" &&
	refuses 1 "what it brought" touches --gives education --what "   "
'

test_expect_success 'saving money is no kind' '
	acme &&
	refuses 129 "unknown kind of value .saving-money." touches --gives saving-money \
		--what "a cheaper host" &&
	test_grep "hint: saving money is not among them" "$refusal"
'

test_expect_success 'what has no letter says nothing' '
	acme && for what in ... 123 — "?! 2026-11-20"; do
		refuses 1 "in words" fu log-touch acme --gives education --what "$what" || return 1
	done && fu log-touch -q acme --gives education --what "統計"
'

test_expect_success 'what gives nothing is refused, and what could be brought is named' '
	acme &&
	refuses 1 "gives the client nothing" touches --gives education \
		--what "Just checking in!" &&
	test_grep "we promised .send the outline.: --keeps" "$refusal" &&
	test_grep "they asked .how long does the move take.: --answers" "$refusal" &&
	refuses 1 "gives the client nothing" touches --gives education \
		--what "TOUCHING   BASE about the offer" &&
	touches --gives education --what "the touch screen base plate, measured" &&
	touches --gives application --what "circled the three clauses of their check-in desk"
'

test_expect_success 'the team adds to the list, and makes exceptions' '
	acme &&
	printf "[phrases]\nrefuse = our newsletter\nallow = touching base camp\n" >>fu.ini &&
	fu record -q -m "our words" &&
	refuses 1 "gives the client nothing" touches --gives education \
		--what "Our newsletter of May" &&
	touches --gives education --what "the guide to touching base camp"
'

test_expect_success 'it keeps a promise of ours, and answers a question of theirs' '
	acme && at 2026-11-23T12:00 &&
	touches --gives new-approach --what "the outline, with two options" --keeps outline \
		--answers move >"$T_OUT/said" &&
	test_grep "keeps .send the outline.; answers .how long" "$T_OUT/said" &&
	facts ".commitments[0].state" kept && facts ".questions[0].answered != null" &&
	refuses 1 "kept already" touches --gives education --what "once more" --keeps outline &&
	refuses 1 "answered already" touches --gives education --what "once more" \
		--answers "$(fu show --json acme | jq -r ".questions[0].id")" &&
	refuses 128 "no commitment" touches --gives education --what "x y" --keeps nothing &&
	refuses 128 "no question" touches --gives education --what "x y" --answers nothing
'

test_expect_success 'after its due time the promise is late' '
	acme && at 2026-11-25T12:00 &&
	touches --gives new-approach --what "the outline" --keeps outline &&
	facts ".commitments[0].state" late
'

test_expect_success 'a promise of theirs is not ours to keep' '
	at 2026-11-20T10:00 && new_repo theirs && cd theirs &&
	fu new -q Website --client Acme --id acme &&
	fu log-meeting -q acme --outcome proceed --next "tue 15:00" --ours none \
		--theirs "ask the board by mon" &&
	refuses 1 "is theirs" touches --gives education --what "x y" --keeps board
'

test_expect_success 'undo: the promise is open again; undoing the meeting is stopped by it' '
	acme && meeting=$(fu show --json acme | jq -r ".meetings[0].id") &&
	touches --gives new-approach --what "the outline" --keeps outline --answers move &&
	refuses 1 "could then not follow" fu undo "$meeting" &&
	fu undo acme && facts ".commitments[0].state" open &&
	facts ".questions[0].answered" null
'

test_expect_success 'a closed opportunity takes it too' '
	acme && fu win -q acme --because "signed" &&
	touches --gives best-practices --what "how others keep their sites quick" &&
	facts ".touches | length" 1 && facts .status won
'

test_expect_success 'it falls due by the agreed interval, unless something is ahead' '
	at 2026-11-20T10:00 && new_repo interval && cd interval &&
	fu new -q Website --client Acme --id acme --interval "2 weeks" &&
	at 2026-12-03T10:00 && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[].kind] | join(\" \")" adrift &&
	at 2026-12-04T10:00 && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[].kind] | join(\" \")" "touch adrift" &&
	json "$T_OUT/next" ".[0].due" 2026-12-04 && json "$T_OUT/next" ".[0].role" salesperson &&
	fu wait -q acme "1 mar" --because "the budget" && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[].kind] | join(\" \")" touch &&
	fu schedule -q acme "mon 10:00" && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" length 0
'

test_expect_success PTY 'on a terminal it asks' '
	acme &&
	on_terminal "<what does it give them
		>edu
		<what was it
		>just checking in
		<gives the client nothing
		<what was it
		>the study of six museums
		" fu log-touch acme &&
	facts ".touches[0].what" "the study of six museums"
'

test_done
