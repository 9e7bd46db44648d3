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
		<how warm
		>
		<how many minutes
		>
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
		<how warm
		>
		<how many minutes
		>
		<record it
		>y" fu log-meeting acme --outcome proceed --next "tue 15:00" --ours none \
		>"$T_OUT/shown" &&
	! grep "came of the meeting\|do we owe\|^when:" "$T_OUT/shown" &&
	on_terminal "" fu log-meeting acme --outcome proceed --next "wed 15:00" --ours none \
		--theirs none --at "20 nov" >"$T_OUT/shown" &&
	test_grep "^acme: meeting: proceed to proposal" "$T_OUT/shown" &&
	! grep "what came of\|record it" "$T_OUT/shown"
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
		<unknown answer '\''perhaps'\'' (one of: appointment, confirm, wait)
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
		<how warm
		>
		<how many minutes
		>
		<record it
		>perhaps
		<unknown answer '\''perhaps'\'' (y, n or e)
		<record it
		>y" fu log-meeting acme >"$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next.at 2026-11-24T15:00:00+01:00
'

test_expect_success 'dates are echoed, what is no date or no contact is told, a date alone is no promise' '
	acme echoed &&
	on_terminal "<do we owe
		>friday
		<is a date alone
		<do we owe
		>by 26 nov
		<is a date alone
		<do we owe
		>the draft by thu 10:00
		<by Thu 26 Nov 10:00
		<what else
		>the price by thus
		<'\''by thus'\'' is no date: taken as text
		<what else
		>
		<do they owe
		>Jnae: the numbers
		<'\''Jnae'\'' is no contact: taken as part of the text
		<contacts: Jane Doe
		<what else
		>
		<after that
		>
		<when:
		>3
		<unknown time '\''3'\'' (1, 2, or a day and a time)
		<when:
		>fri 9:00
		<Fri 27 Nov 09:00
		<how warm
		>
		<how many minutes
		>
		<record it
		>" fu log-meeting acme --outcome proceed --where x --unsure y >"$T_OUT/shown" &&
	! grep "^warning" "$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".commitments|length" 3
'

test_expect_success 'what is said is broken at words' '
	acme broken &&
	fu set acme "title=A relaunch of the website with a shop, a search, a forum, and whatever else they want" &&
	for columns in 40 80 100; do
		COLUMNS=$columns test_expect_code 1 on_terminal "<what came of
			>repeat
			<why not further
			>?
			<why not further
			^c" fu log-meeting acme >"$T_OUT/shown" &&
		sed "/^error: /,\$d" "$T_OUT/shown" >"$T_OUT/said" &&
		awk -v n=$columns "length(\$0) > n { print; bad = 1 } END { exit bad }" "$T_OUT/said" &&
		tr -s "\n " "  " <"$T_OUT/said" >"$T_OUT/flat" &&
		test_grep "and whatever else they want, Acme, at discovery" "$T_OUT/flat" &&
		test_grep "^(.?. for help" "$T_OUT/said" &&
		test_grep "decision-maker, consultative, value, qualifying, closing, withdrawn, gone):" \
			"$T_OUT/flat" &&
		rm -r .git/fu/drafts || return 1
	done
'

test_expect_success 'a wrong answer can be changed before it is recorded: e opens the form' '
	acme changed &&
	cat >"$T_BASE/change" <<-\EOF &&
	#!/bin/sh
	cp "$1" "$T_OUT/seen"
	sed -i -e "s/^cause = .*/cause = value/" "$1"
	EOF
	chmod +x "$T_BASE/change" &&
	export T_OUT &&
	GIT_EDITOR="$T_BASE/change" on_terminal "<what came of
		>abandon
		<why not further
		>gone
		<the reason
		>bought elsewhere
		<record it? [Y/n/e]
		>e" fu log-meeting acme &&
	test_grep "^outcome = abandon" "$T_OUT/seen" &&
	test_grep "^because = bought elsewhere" "$T_OUT/seen" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".meetings[0].cause" value &&
	test ! -e .git/fu/drafts/log-meeting.acme
'

test_expect_success 'a terminal that is closed keeps what was typed, and nothing else' '
	acme hangup &&
	for i in 1 2 3; do
		test_expect_code 1 on_terminal "<what came of
			>repeat
			<why not further
			^h" fu log-meeting acme &&
		ls .git/fu/drafts >"$T_OUT/drafts" &&
		echo log-meeting.acme | test_cmp - "$T_OUT/drafts" &&
		test_grep "^outcome = repeat" .git/fu/drafts/log-meeting.acme &&
		rm .git/fu/drafts/log-meeting.acme || return 1
	done
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
		<how warm
		>
		<how many minutes
		>
		<record it
		>" fu log-meeting acme >"$T_OUT/shown" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .adrift true &&
	json "$T_OUT/doc" ".commitments[0].due" 2026-11-27
'

test_expect_success 'how warm the client is and the time spent are asked for, and may be left out' '
	acme warm &&
	on_terminal "<next steps
		>
		<unsure
		>
		<do they owe
		>none
		<how warm is the client (cold, cool, warm, hot)
		>tepid
		<unknown
		<how warm
		>warm
		<how many minutes
		>45
		<record it
		>" fu log-meeting acme --outcome proceed --ours none --next "tue 15:00" &&
	fu show acme --json >"$T_OUT/doc" && json "$T_OUT/doc" .temperature warm &&
	json "$T_OUT/doc" ".meetings[0].minutes" 45
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
		<how warm
		>
		<how many minutes
		>
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
		<how warm
		>
		<how many minutes
		>
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

test_expect_success 'what was kept is found again after a rename, and after a merge' '
	acme renamed &&
	test_expect_code 1 on_terminal "<what came of
		>repeat
		<why not further
		^c" fu log-meeting acme >"$T_OUT/shown" &&
	fu rename -q acme contoso &&
	test_expect_code 1 on_terminal "<outcome: repeat
		<take it up
		^c" fu log-meeting contoso >"$T_OUT/shown" &&
	fu new -q Other --client Acme --id other && fu merge -q contoso other &&
	test_expect_code 1 on_terminal "<outcome: repeat
		<take it up
		^c" fu log-meeting acme >"$T_OUT/shown" &&
	ls .git/fu/drafts >"$T_OUT/drafts" &&
	echo log-meeting.other | test_cmp - "$T_OUT/drafts"
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
		<how warm
		>
		<how many minutes
		>
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
	test_grep "^what was kept before is now in .*log-meeting.acme.2" "$T_OUT/shown" &&
	test_grep "^outcome = repeat" .git/fu/drafts/log-meeting.acme.2 &&
	test "$(git rev-list --count HEAD)" -eq 2
'

test_expect_success 'what was put aside is offered when its place is free, and dropped when one says so' '
	acme aside &&
	mkdir -p .git/fu/drafts &&
	echo "outcome = repeat" >.git/fu/drafts/log-meeting.acme &&
	echo "outcome = proceed" >.git/fu/drafts/log-meeting.acme.2 &&
	test_expect_code 1 on_terminal "<outcome: repeat
		<take it up? [Y/n/d]
		>d
		<what came of
		^c" fu log-meeting acme &&
	test_expect_code 1 on_terminal "<outcome: proceed
		<take it up? [Y/n/d]
		>
		<next steps
		^c" fu log-meeting acme &&
	ls .git/fu/drafts >"$T_OUT/drafts" &&
	echo log-meeting.acme | test_cmp - "$T_OUT/drafts"
'

test_expect_success 'a draft with a value that cannot be read is offered, and that one asked for again' '
	acme halfread &&
	mkdir -p .git/fu/drafts &&
	printf "outcome = abandon\ncause = fate\nbecause = bought elsewhere\n" \
		>.git/fu/drafts/log-meeting.acme &&
	on_terminal "<outcome: abandon
		<cause: fate (unknown cause
		<take it up?
		>
		<cause, for '\''fate'\''
		>gone
		<record it
		>" fu log-meeting acme &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".meetings[0].because" "bought elsewhere" &&
	test ! -e .git/fu/drafts/log-meeting.acme
'

test_expect_success 'a draft that is no form is kept beside a new one' '
	acme noform &&
	mkdir -p .git/fu/drafts &&
	echo "I think they proceed" >.git/fu/drafts/log-meeting.acme &&
	test_expect_code 1 on_terminal "<cannot be read: '\''fu log-meeting acme -e'\'' opens
		<what came of
		>repeat
		<why not
		^c" fu log-meeting acme &&
	test_grep "^outcome = repeat" .git/fu/drafts/log-meeting.acme &&
	echo "I think they proceed" | test_cmp - .git/fu/drafts/log-meeting.acme.2
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
		<what is it worth [nothing]
		>many
		<what is it worth
		>12000
		<who is our contact there [nothing]
		>Bea Bell <bea@beta.example>; CEO
		<first appointment [nothing]
		>tue 15:00
		<Tue 24 Nov 15:00
		<beta-relaunch" fu new &&
	fu show beta --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .value.amount 12000.00 &&
	json "$T_OUT/doc" ".contacts[0].name" "Bea Bell" &&
	json "$T_OUT/doc" .next.at 2026-11-24T15:00:00+01:00 &&
	on_terminal "<who is the client
		>Gamma
		<worth
		>
		<contact
		>
		<appointment
		>
		<gamma-relaunch" fu new Relaunch &&
	on_terminal "<who cancelled it (us, them):
		>them" fu cancel beta &&
	on_terminal "<why then
		>new budget" fu wait acme "1 mar" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status waiting
'

test_done
