#!/bin/sh
test_description='fu log-meeting on a terminal: the closing dialogue'
. "${0%/*}/lib.sh"

test_have_prereq PTY || test_skip 'no pty helper'

acme()
{
	new_repo "$1" &&
	cd "$1" &&
	at 2026-11-20T10:00 &&
	fu new -q Relaunch --client Acme --id acme --contact "Jane Doe <jane@acme.example>"
}

test_expect_success 'it leads through the close, and shows what it will record' '
	acme whole &&
	on_terminal "<what came of the meeting
		>pro
		<next steps, in the client
		>they want it before summer
		<unsure of
		>who signs?
		<what else
		>
		<do we owe
		>the draft by mon
		<what else
		>
		<do they owe
		>Jane Doe: the numbers
		<what else
		>
		<what happens after that
		>
		<1) Mon 23 Nov 10:00
		<2) Tue 24 Nov 15:00
		<when:
		>2
		<acme: meeting: proceed to workshop, next Tue 24 Nov 15:00
		<we: the draft, by Mon 23 Nov
		<they, Jane Doe: the numbers, by Tue 24 Nov 15:00
		<record it?
		>" fu log-meeting acme >"$T_OUT/shown" &&
	test_grep "^acme: meeting: proceed to workshop, next Tue 24 Nov 15:00; we owe" "$T_OUT/shown" &&
	test -z "$(git status --porcelain)" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .where "they want it before summer" &&
	json "$T_OUT/doc" ".questions[0].text" "who signs?" &&
	json "$T_OUT/doc" ".commitments|length" 2 &&
	json "$T_OUT/doc" .next.at 2026-11-24T15:00:00+01:00
'

test_expect_success 'it asks only for what the options have not given' '
	acme given &&
	on_terminal "<next steps, in
		>
		<unsure of
		>
		<do they owe
		>none
		<record it
		>y" fu log-meeting acme --outcome proceed --next "tue 15:00" --ours none \
		>"$T_OUT/shown" &&
	! grep "came of the meeting\|do we owe\|^when:" "$T_OUT/shown" &&
	on_terminal "" fu log-meeting acme --outcome proceed --next "wed 15:00" --ours none \
		--theirs none >"$T_OUT/shown" &&
	test_line_count -eq 1 "$T_OUT/shown"
'

test_expect_success 'every answer is judged at once, ? helps' '
	acme judged &&
	on_terminal "<what came of
		>?
		<repeat this one
		<what came of
		>splendid
		<unknown outcome
		<what came of
		>
		<an answer is needed
		<what came of
		>proceed
		<next steps
		>
		<unsure
		>
		<do we owe
		>the draft by yesterday
		<lies in the past
		<do we owe
		>
		<an answer is needed
		<do we owe
		>none
		<do they owe
		>none
		<after that
		>perhaps
		<none of them
		<after that
		>app
		<when:
		>soonish
		<unreadable date
		<when:
		>tue
		<time is missing
		<when:
		>tue 24 nov 15:00
		<record it
		>y" fu log-meeting acme >"$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next.at 2026-11-24T15:00:00+01:00
'

test_expect_success 'the client refuses a date: his words, and days for what was promised' '
	acme refused &&
	on_terminal "<what came of
		>repeat
		<why not further
		>timing
		<next steps
		>
		<unsure
		>
		<do we owe
		>the draft
		<what else
		>
		<do they owe
		>none
		<after that
		>refused
		<own words
		>call me in spring
		<by when: the draft
		>yesterday
		<lies in the past
		<by when: the draft
		>fri week
		<unreadable date
		<by when: the draft
		>next fri
		<record it
		>" fu log-meeting acme >"$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .adrift true &&
	json "$T_OUT/doc" ".commitments[0].due" 2026-11-27
'

test_expect_success 'confirmation and waiting' '
	acme other &&
	on_terminal "<next steps
		>
		<unsure
		>
		<after that
		>confirm
		<which options
		>small; large
		<fetch the answer
		>thu
		<record it
		>" fu log-meeting acme --outcome proceed --ours none --theirs none &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next.kind confirmation &&
	tick 60 &&
	on_terminal "<next steps
		>
		<unsure
		>
		<after that
		>wait
		<until which day
		>1 mar
		<why then
		>new budget
		<record it
		>" fu log-meeting acme --outcome proceed --ours none --theirs none &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status waiting
'

test_expect_success 'abandon asks for cause and reason, and nothing else' '
	acme abandoned &&
	on_terminal "<what came of
		>ab
		<why not further
		>gone
		<the reason
		>bought elsewhere
		<record it
		>" fu log-meeting acme >"$T_OUT/shown" &&
	! grep "owe" "$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status abandoned
'

test_expect_success 'Ctrl-C keeps what was typed; the next time it is offered' '
	acme kept &&
	snapshot >"$T_OUT/one" &&
	test_expect_code 1 on_terminal "<what came of
		>repeat
		<why not further
		>timing
		<next steps
		^c" fu log-meeting acme >"$T_OUT/shown" &&
	test_grep "^error: interrupted: nothing is recorded" "$T_OUT/shown" &&
	test_grep "^hint: what you typed is kept; .*fu log-meeting acme -e" "$T_OUT/shown" &&
	snapshot >"$T_OUT/two" &&
	test_cmp "$T_OUT/one" "$T_OUT/two" &&
	test "$(stat -c %a .git/fu/drafts/log-meeting.acme)" = 600 &&
	on_terminal "<kept from the last time
		<outcome: repeat
		<cause: timing
		<take it up?
		>
		<next steps
		>
		<unsure
		>
		<do we owe
		>none
		<do they owe
		>none
		<after that
		>
		<when
		>1
		<record it
		>" fu log-meeting acme &&
	test ! -e .git/fu/drafts/log-meeting.acme &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".meetings[0].cause" timing
'

test_expect_success 'the end of input, and a no at the end, keep it as well' '
	acme ended &&
	test_expect_code 1 on_terminal "<what came of
		>repeat
		<why not further
		^d" fu log-meeting acme &&
	test_grep "^outcome = repeat" .git/fu/drafts/log-meeting.acme &&
	test_expect_code 1 on_terminal "<take it up
		>n
		<what came of
		>abandon
		<why not further
		>gone
		<the reason
		>bought elsewhere
		<record it
		>n" fu log-meeting acme >"$T_OUT/shown" &&
	test_grep "^error: nothing is recorded" "$T_OUT/shown" &&
	test_grep "^outcome = abandon" .git/fu/drafts/log-meeting.acme &&
	test "$(git rev-list --count HEAD)" -eq 2
'

test_expect_success 'nothing is asked with --no-input, with --json, or without a terminal' '
	acme quiet &&
	test_expect_code 1 on_terminal "" fu log-meeting acme --no-input >"$T_OUT/shown" &&
	! grep "what came of" "$T_OUT/shown" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme --json >"$T_OUT/shown" &&
	! grep "what came of" "$T_OUT/shown" &&
	echo proceed | test_expect_code 1 fu log-meeting acme >"$T_OUT/shown" 2>&1 &&
	! grep "what came of" "$T_OUT/shown"
'

test_expect_success 'the times offered are in working hours, clear of appointments and days off' '
	acme times &&
	fu config hours.days mon,wed &&
	fu config hours.off "30 nov" &&
	fu new -q Other --client Beta --next "23 nov 10:30" &&
	test_expect_code 1 on_terminal "<next steps
		>
		<unsure
		>
		<after that
		>
		<when:
		^c" fu log-meeting acme --outcome proceed --ours none --theirs none >"$T_OUT/shown" &&
	test_grep "1) Mon 23 Nov 09:00" "$T_OUT/shown" &&
	test_grep "2) Wed 25 Nov 15:00" "$T_OUT/shown"
'

test_expect_success 'what is shown is safe' '
	acme safe &&
	esc=$(printf "\033") &&
	fu set acme "title=A${esc}[31mB" &&
	test_expect_code 1 on_terminal "<what came of
		^c" fu log-meeting acme >"$T_OUT/shown" &&
	! grep "$esc" "$T_OUT/shown"
'

test_expect_success 'other commands ask for what they need' '
	acme others &&
	on_terminal "<what is it about
		>Relaunch
		<who is the client
		>Beta
		<beta-relaunch" fu new &&
	on_terminal "<why then
		>new budget" fu wait acme "1 mar" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status waiting
'

test_done
