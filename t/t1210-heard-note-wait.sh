#!/bin/sh
test_description='fu heard, fu note, fu wait'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>' "$@"
}

two()
{
	acme && fu new -q Shop --client Beta --id beta
}

commits()
{
	git rev-list --count HEAD
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success 'heard: what they said, who it was, in one commit' '
	acme && at 2026-11-25T09:00 &&
	fu heard acme --from jane --channel mail --what "asks for the price list" \
		--where "we want to begin in spring" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: heard" "$T_OUT/said" &&
	test_line_count -eq 0 "$T_OUT/err" &&
	test $(commits) -eq 3 &&
	facts .where "we want to begin in spring" &&
	facts .last_contact 2026-11-25T09:00:00+01:00 &&
	facts ".heard | length" 1 && facts ".heard[0].from" "Jane Doe" &&
	facts ".heard[0].channel" mail && facts ".heard[0].what" "asks for the price list"
'

test_expect_success 'heard: counted in list and where' '
	acme && fu heard -q acme && fu heard -q acme --what again &&
	fu list --json | json - ".[0].heard" 2 && fu where --json acme | json - ".[0].heard" 2
'

test_expect_success 'heard: entered later, it counts from when it was' '
	acme && at 2026-12-03T09:00 && fu heard -q acme --at "1 dec" &&
	facts ".last_contact[:10]" 2026-12-01 &&
	fu heard -q acme --at "30 nov" && facts ".last_contact[:10]" 2026-12-01
'

test_expect_success 'heard: both sides commitments, none included' '
	acme && fu heard acme --ours "price list by mon" --theirs "Jane Doe: figures by tue" \
		--json >"$T_OUT/said" &&
	json "$T_OUT/said" ".ours[0].what" "price list" &&
	json "$T_OUT/said" ".ours[0].due" 2026-11-23 &&
	json "$T_OUT/said" ".theirs[0].who" "Jane Doe" &&
	facts ".commitments | length" 2 &&
	fu heard acme --ours none --json >"$T_OUT/said" && json "$T_OUT/said" .ours "[]" &&
	refuses 1 "due|when|by" fu heard acme --ours "call back"
'

test_expect_success 'heard: each next step' '
	acme && fu heard -q acme --next "tue 15:00" && facts .next.kind appointment &&
	fu heard -q acme --what "thanks" && facts .next.kind appointment &&
	fu heard -q acme --again wed && facts .next.kind call &&
	fu heard -q acme --wait "in 2 weeks" --because fair && facts .status waiting &&
	fu heard -q acme --no-next "we will see" && facts .adrift true && facts .status open &&
	refuses 1 "[-][-]because" fu heard acme --wait "in 2 weeks"
'

test_expect_success 'heard: on a closed one, which stays closed' '
	acme && fu abandon -q acme --cause timing --because "no budget" &&
	fu heard -q acme --what "sorry about it" && facts .status abandoned &&
	facts ".heard | length" 1 &&
	test_expect_code 1 nothing_changed fu heard acme --next "tue 15:00"
'

test_expect_success 'heard: wrong words' '
	acme &&
	refuses 129 "pigeon" fu heard acme --channel pigeon &&
	refuses 128 "Bob" fu heard acme --from Bob &&
	refuses 128 "nobody" fu heard nobody &&
	refuses 129 "" fu heard &&
	refuses 1 "future" fu heard acme --at tomorrow
'

test_expect_success 'note: is kept as it was typed, is no contact' '
	acme && at 2026-11-25T09:00 &&
	fu note acme "likes tea; hates coffee # really" >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: note" "$T_OUT/said" &&
	facts .last_contact 2026-11-20T10:00:00+01:00 && facts .next null &&
	fu log --json acme >"$T_OUT/trail" &&
	json "$T_OUT/trail" "[.[] | select(.act == \"note\")][0].note" \
		"likes tea; hates coffee # really"
'

test_expect_success 'note: --decided' '
	acme && fu note acme "kept on purpose" --decided --json >"$T_OUT/said" &&
	json "$T_OUT/said" .decided true
'

test_expect_success 'note: what is missing, what is too much' '
	acme && refuses 129 "" fu note acme && refuses 129 "" fu note acme one two &&
	test_expect_code 1 nothing_changed fu note acme ""
'

test_expect_success 'note: on a closed one' '
	acme && fu win -q acme && fu note -q acme "a good one" && facts .status won
'

test_expect_success 'note: minutes and link, and when it was' '
	acme && at 2026-11-25T09:00 &&
	fu note acme x --minutes 45 --link https://example.com/a?b=c --at "mon 9:00" \
		--json >"$T_OUT/said" &&
	json "$T_OUT/said" .minutes 45 && json "$T_OUT/said" .link "https://example.com/a?b=c" &&
	json "$T_OUT/said" .at 2026-11-23T09:00:00+01:00 &&
	json "$T_OUT/said" .recorded 2026-11-25T09:00:00+01:00 &&
	refuses 129 "" fu note acme x --minutes many
'

test_expect_success 'wait: until a day, for a reason, and it comes back' '
	acme --next "tue 15:00" &&
	fu wait acme "1 dec" --because "budget is decided then" >"$T_OUT/said" &&
	test_grep "^acme: wait.*Tue 1 Dec" "$T_OUT/said" &&
	facts .status waiting && facts .next.kind wait && facts ".next.at[:10]" 2026-12-01 &&
	facts .next.because "budget is decided then" &&
	at 2026-11-30T09:00 && fu next --json >"$T_OUT/next" && json "$T_OUT/next" length 0 &&
	at 2026-12-01T09:00 && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" ".[0].kind" returned && json "$T_OUT/next" ".[0].role" coordinator
'

test_expect_success 'wait: the reason, a day, ahead' '
	acme &&
	refuses 1 "[-][-]because" fu wait acme "1 dec" &&
	refuses 129 "" fu wait acme --because x &&
	refuses 1 "past" fu wait acme yesterday --because x &&
	refuses 129 "octobre" fu wait acme octobre --because x &&
	test_expect_code 1 nothing_changed fu wait acme "1 dec" --because "" &&
	fu win -q acme && refuses 1 "won" fu wait acme "1 dec" --because x &&
	test_grep "fu reopen" "$refusal"
'

test_expect_success 'wait: while waiting our commitments are due' '
	acme && fu heard -q acme --ours "price list by mon" &&
	fu wait -q acme "1 dec" --because budget &&
	at 2026-11-24T09:00 && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" length 1 && json "$T_OUT/next" ".[0].kind" owe
'

test_expect_success 'ids on stdin: one commit for all' '
	two && before=$(commits) &&
	printf "acme\nbeta\n" | fu note - "met at the fair" >"$T_OUT/said" &&
	test_grep "^acme: note" "$T_OUT/said" && test_grep "^beta: note" "$T_OUT/said" &&
	test $(commits) -eq $((before + 1)) &&
	printf "acme\nbeta\n" | fu wait - "1 dec" --because fair >"$T_OUT/said" &&
	test $(commits) -eq $((before + 2)) &&
	fu list --status waiting --format "%(id)" >"$T_OUT/waiting" &&
	printf "acme\nbeta\n" >"$T_OUT/both" && test_cmp "$T_OUT/both" "$T_OUT/waiting" &&
	git log -1 --format=%B >"$T_OUT/msg" &&
	test_grep "Fu-Opportunity: acme" "$T_OUT/msg" && test_grep "Fu-Opportunity: beta" "$T_OUT/msg"
'

test_expect_success 'ids on stdin: all or nothing' '
	two && fu win -q beta &&
	printf "acme\nbeta\n" >"$T_OUT/ids" &&
	refuses 1 beta sh -c "exec fu wait - \"1 dec\" --because fair <$T_OUT/ids" &&
	printf "acme\nnobody\n" >"$T_OUT/ids" &&
	refuses 128 nobody sh -c "exec fu note - hello <$T_OUT/ids"
'

test_expect_success PTY 'heard asks on a terminal, for what was not said' '
	at 2026-11-20T10:00 && new_repo asks && cd asks &&
	fu new -q Website --client Acme --id acme --contact "Jane Doe" &&
	on_terminal "<what did they say or send
		>the board meets earlier
		<who was it
		>jane
		<how did it come
		>phone
		<in their own words
		>
		" fu heard acme &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".heard[0] | .what + \", \" + .from + \", \" + .channel" \
		"the board meets earlier, Jane Doe, phone" &&
	fu heard acme --what "nothing more" </dev/null
'

test_done
