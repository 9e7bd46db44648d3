#!/bin/sh
test_description='fu log-meeting: the gate, and the honest ways through it'
. "${0%/*}/lib.sh"

# A repository with one opportunity that has an appointment on Tue 24 Nov 15:00.
acme()
{
	new_repo "$1" &&
	cd "$1" &&
	at 2026-11-20T10:00 &&
	fu new -q Relaunch --client Acme --id acme --next "tue 15:00" \
		--contact "Jane Doe <jane@acme.example>" --contact "Jim Roe" &&
	at 2026-11-24T16:00
}

# acme_meets <options>...: a meeting that lacks nothing but what is given over
acme_meets()
{
	fu log-meeting acme --ours none --theirs none "$@"
}

test_expect_success 'all that is missing is said at once, with the options' '
	acme all &&
	refuses 1 "--outcome. is missing" -- fu log-meeting acme &&
	test_grep "^error: .*--next. is missing" "$refusal" &&
	test_grep "^error: .*--ours. is missing" "$refusal" &&
	test_grep "^error: .*--theirs. is missing" "$refusal" &&
	test_grep "^hint: --outcome proceed|repeat|abandon" "$refusal" &&
	refuses 1 "--cause. is missing" -- fu log-meeting acme --outcome repeat &&
	test_grep "^error: .*--next. is missing" "$refusal" &&
	test_grep "^error: .*--ours. is missing" "$refusal" &&
	refuses 1 "--cause. is missing" -- fu log-meeting acme --outcome abandon &&
	test_grep "because. is missing" "$refusal" &&
	! grep "^error: .*next" "$refusal" &&
	! grep "^error: .*ours" "$refusal"
'

test_expect_success 'one refusal after another, nothing changed by any' '
	acme refusals &&
	refuses 1 "outcome" -- acme_meets --next "fri 10:00" &&
	refuses 1 "next step" -- acme_meets --outcome proceed &&
	refuses 1 "another call|firm appointment" -- acme_meets --outcome proceed --again fri &&
	refuses 1 "ours" -- fu log-meeting acme --outcome proceed --next "fri 10:00" --theirs none &&
	refuses 1 "theirs" -- fu log-meeting acme --outcome proceed --next "fri 10:00" --ours none &&
	refuses 1 "time is missing" -- acme_meets --outcome proceed --next fri &&
	refuses 1 "past" -- acme_meets --outcome proceed --next "24 nov 2026 9:00" &&
	refuses 1 "options" -- acme_meets --outcome proceed --confirm fri &&
	refuses 1 "confirm" -- acme_meets --outcome proceed --next "fri 10:00" --options "a; b" &&
	refuses 1 "reason" -- acme_meets --outcome proceed --wait "1 mar 2027" &&
	refuses 1 "one next step" -- acme_meets --outcome proceed --next "fri 10:00" --confirm fri \
		--options "a; b" &&
	refuses 1 "no-next" -- acme_meets --outcome proceed --no-next "call me" &&
	refuses 1 "cause" -- acme_meets --outcome repeat --next "fri 10:00" &&
	refuses 1 "cause" -- acme_meets --outcome proceed --cause timing --next "fri 10:00" &&
	refuses 1 "activity" -- acme_meets --outcome proceed --to nowhere --next "fri 10:00" &&
	refuses 1 "belongs to proceed" -- acme_meets --outcome repeat --cause timing --to proposal \
		--next "fri 10:00" &&
	refuses 1 "no next step" -- fu log-meeting acme --outcome abandon --cause gone \
		--because "no need" --next "fri 10:00" &&
	refuses 129 "none. says that there is no" -- fu log-meeting acme --outcome proceed --next "fri 10:00" \
		--ours none --ours "send it by thu" --theirs none &&
	refuses 1 "past" -- fu log-meeting acme --outcome proceed --next "fri 10:00" \
		--ours "send it by 2026-11-23" --theirs none &&
	refuses 1 "no due date" -- fu log-meeting acme --outcome repeat --cause timing \
		--no-next "call me" --ours "send it" --theirs none &&
	refuses 1 "future" -- acme_meets --outcome proceed --next "fri 10:00" --at "2026-11-25" &&
	refuses 1 "belong to an appointment" -- acme_meets --outcome repeat --cause timing \
		--no-next "call me" --place Madrid
'

test_expect_success 'unknown words and unreadable dates are wrong usage, contacts and ids are not' '
	acme usage &&
	refuses 129 "did you mean .proceed." -- fu log-meeting acme --outcome procede &&
	refuses 129 "--next: unreadable date .fri sometime." -- \
		acme_meets --outcome proceed --next "fri sometime" &&
	refuses 129 "unknown cause" -- acme_meets --outcome repeat --cause fate &&
	refuses 129 "visit, phone or video" -- acme_meets --channel post --outcome repeat &&
	refuses 129 "tue" -- acme_meets --outcome proceed --next "tue 25 nov 10:00" &&
	refuses 129 "<opp>" -- fu log-meeting --outcome proceed &&
	refuses 129 "takes one opportunity" -- fu log-meeting - --outcome proceed &&
	refuses 128 "acne" -- fu log-meeting acne --outcome proceed &&
	refuses 128 "Bob" -- acme_meets --outcome proceed --next "fri 10:00" --attended Bob &&
	refuses 128 "J" -- acme_meets --outcome proceed --next "fri 10:00" --with J &&
	cd "$T_BASE/trash" &&
	mkdir -p nowhere &&
	cd nowhere &&
	refuses 129 "unreadable" -- fu log-meeting acme --next "never" &&
	refuses 128 "repository" -- fu log-meeting acme
'

test_expect_success 'a meeting that satisfies the gate: one line, one commit' '
	acme whole &&
	before=$(git rev-list --count HEAD) &&
	fu log-meeting acme --outcome proceed --next "fri 10:00" --for 2h --place "their office" \
		--with jane --ours "the draft by thu" --theirs "Jane Doe: the numbers" \
		--where "they want it before summer" --temperature warm --discussed scope \
		--unsure "who signs?" --note private --attended jane --attended jim --channel visit \
		>"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/out" &&
	test_grep "^acme: meeting: proceed to workshop, next Fri 27 Nov 10:00" "$T_OUT/out" &&
	test_grep "we owe by Thu 26 Nov; they owe by Fri 27 Nov 10:00" "$T_OUT/out" &&
	test ! -s "$T_OUT/err" &&
	test $(($(git rev-list --count HEAD) - before)) -eq 1 &&
	test -z "$(git status --porcelain)" &&
	git log -1 --format="%s%n%(trailers)" >"$T_OUT/commit" &&
	test_grep "^acme: meeting: proceed to workshop, next Fri 27 Nov 10:00$" "$T_OUT/commit" &&
	test_grep "^Fu-Outcome: proceed$" "$T_OUT/commit" &&
	! grep -i "jane\|summer" "$T_OUT/commit" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .activity workshop &&
	json "$T_OUT/doc" .next.at 2026-11-27T10:00:00+01:00 &&
	json "$T_OUT/doc" ".next.with" "[\"Jane Doe\"]" &&
	json "$T_OUT/doc" ".meetings[0].attended" "[\"Jane Doe\",\"Jim Roe\"]" &&
	json "$T_OUT/doc" "[.commitments[]|[.side,.what,.due]]" \
		"[[\"ours\",\"the draft\",\"2026-11-26\"],[\"theirs\",\"the numbers\",\"2026-11-27T10:00:00+01:00\"]]"
'

test_expect_success 'it took place at the appointment that has passed, unless --at says when' '
	acme time &&
	acme_meets --outcome repeat --cause timing --next "fri 10:00" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .at 2026-11-24T15:00:00+01:00 &&
	json "$T_OUT/doc" ".ours" "[]" &&
	json "$T_OUT/doc" ".cause" timing
'

test_expect_success 'Monday'\''s meeting entered on Friday: past is judged from --at' '
	acme monday &&
	at 2026-11-27T18:00 &&
	acme_meets --outcome proceed --at "tue 15:00" --next "26 nov 2026 10:00" \
		>"$T_OUT/out" &&
	test_grep "next Thu 26 Nov 10:00" "$T_OUT/out" &&
	test_grep "it was Tue 24 Nov 15:00" "$T_OUT/out" &&
	refuses 1 "past" -- acme_meets --outcome proceed --at "thu 10:00" --next "26 nov 2026 9:00"
'

test_expect_success 'the client refuses a date: his words are kept, it is adrift' '
	acme refused &&
	acme_meets --outcome repeat --cause timing --no-next "call me in spring" >"$T_OUT/out" \
		2>"$T_OUT/err" &&
	test_grep "^hint: it is adrift: fu schedule acme " "$T_OUT/err" &&
	! grep "call me" "$T_OUT/out" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .adrift true &&
	json "$T_OUT/doc" .activity discovery &&
	json "$T_OUT/doc" ".meetings[0].no_next" "call me in spring"
'

test_expect_success 'a proposed outcome: options, and a date to fetch the answer' '
	acme confirm &&
	acme_meets --outcome proceed --confirm thu --options "small; large" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next.kind confirmation &&
	json "$T_OUT/doc" .next.options "[\"small\",\"large\"]" &&
	json "$T_OUT/doc" .next.outcome proceed &&
	json "$T_OUT/doc" .activity discovery
'

test_expect_success 'waiting has a date and a reason' '
	acme waits &&
	acme_meets --outcome proceed --wait "1 mar" --because "new budget" >"$T_OUT/out" &&
	test_grep "Mon 1 Mar 2027" "$T_OUT/out" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status waiting
'

test_expect_success 'abandon closes; what a closed one does not take is refused, naming reopen' '
	acme abandoned &&
	fu log-meeting acme --outcome abandon --cause gone --because "bought elsewhere" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status abandoned &&
	refuses 1 "abandoned since" -- acme_meets --outcome proceed --next "fri 10:00" &&
	test_grep "reopen" "$refusal"
'

test_expect_success 'proceed on the last activity wins, with nothing more demanded' '
	acme won &&
	acme_meets --outcome proceed --to decision --next "fri 10:00" &&
	at 2026-11-27T11:00 &&
	fu log-meeting acme --outcome proceed >"$T_OUT/out" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status won
'

test_expect_success 'policy.commitments says whose are demanded' '
	acme policy &&
	fu config policy.commitments theirs &&
	refuses 1 "theirs" -- fu log-meeting acme --outcome proceed --next "fri 10:00" &&
	! grep "ours\|both sides" "$refusal" &&
	fu log-meeting acme --outcome proceed --next "fri 10:00" --theirs none &&
	fu config policy.commitments none &&
	fu log-meeting acme --outcome proceed --next "fri 11:00"
'

test_expect_success '--dry-run: the line, the statuses, nothing changed' '
	acme dry &&
	nothing_changed acme_meets --outcome proceed --next "fri 10:00" --dry-run >"$T_OUT/out" &&
	test_grep "^would record: acme: meeting: proceed to workshop" "$T_OUT/out" &&
	refuses 1 "next" -- acme_meets --outcome proceed --dry-run &&
	nothing_changed acme_meets --outcome proceed --next "fri 10:00" --dry-run --json \
		>"$T_OUT/doc" &&
	json "$T_OUT/doc" .outcome proceed &&
	acme_meets --outcome proceed --next "fri 10:00" -q >"$T_OUT/out" 2>&1 &&
	test ! -s "$T_OUT/out"
'

test_expect_success 'a hand edit is recorded first, but not for an act that is refused' '
	acme edited &&
	file=$(git ls-files opportunities) &&
	sed "s/^title = .*/title = Relaunch 2027/" "$file" >new && cat new >"$file" && rm new &&
	before=$(git rev-list --count HEAD) &&
	refuses 1 "next" -- acme_meets --outcome proceed &&
	acme_meets --outcome proceed --next "fri 10:00" >"$T_OUT/out" 2>"$T_OUT/err" &&
	test -s "$T_OUT/err" &&
	test $(($(git rev-list --count HEAD) - before)) -eq 2 &&
	test -z "$(git status --porcelain)" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .title "Relaunch 2027"
'

test_expect_success 'who acts is guessed where git does, and said once, when it is recorded' '
	acme guessed &&
	rm "$HOME/.gitconfig" &&
	test_when_finished "git config --global user.name \"Ann Author\" &&
		git config --global user.email ann@example.com" &&
	refuses 1 "next" -- acme_meets --outcome proceed &&
	! grep "identity" "$refusal" &&
	acme_meets --outcome proceed --next "fri 10:00" >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_grep "^hint: no identity is set" "$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/err" &&
	fu next --all >"$T_OUT/out" 2>"$T_OUT/err" &&
	test ! -s "$T_OUT/err"
'

test_expect_success 'the line tells the step that stands, not one that a later act replaced' '
	acme late &&
	at 2026-11-25T16:00 &&
	acme_meets --outcome proceed --next "3 dec 10:00" --at "today 12:00" 2>/dev/null &&
	acme_meets --outcome repeat --cause timing --next "4 dec 10:00" --at "today 8:00" \
		>"$T_OUT/out" 2>/dev/null &&
	test_grep "next step stays: appointment Thu 3 Dec 10:00.*, set later" "$T_OUT/out" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next.at 2026-12-03T10:00:00+01:00
'

test_expect_success 'a step that lay ahead is named by what replaces it' '
	acme ahead &&
	acme_meets --outcome proceed --next "8 dec 16:00" >"$T_OUT/out" 2>"$T_OUT/err" &&
	! grep replaces "$T_OUT/out" &&
	test ! -s "$T_OUT/err" &&
	fu schedule acme "9 dec 16:00" >"$T_OUT/out" &&
	test_grep "next Wed 9 Dec 16:00; replaces Tue 8 Dec 16:00" "$T_OUT/out" &&
	fu wait acme "1 mar" --because budget >"$T_OUT/out" &&
	test_grep "replaces Wed 9 Dec 16:00" "$T_OUT/out" &&
	fu heard acme --next "10 dec 9:00" >"$T_OUT/out" &&
	test_grep "replaces the wait until Mon 1 Mar 2027" "$T_OUT/out"
'

test_expect_success 'a meeting on another day than its appointment is warned of' '
	acme otherday &&
	acme_meets --outcome proceed --next "8 dec 16:00" --at "23 nov 10:00" 2>"$T_OUT/err" &&
	test_grep "^warning: the appointment of Tue 24 Nov 15:00 still lay ahead" "$T_OUT/err" &&
	at 2026-12-09T10:00 &&
	acme_meets --outcome proceed --next "15 dec 16:00" --at "today 9:00" 2>"$T_OUT/err" &&
	test_grep "^warning: no appointment was pending on Wed 9 Dec: .* that of Tue 8 Dec" "$T_OUT/err" &&
	at 2026-12-15T15:30 &&
	acme_meets --outcome proceed --next "20 dec 16:00" 2>"$T_OUT/err" &&
	test ! -s "$T_OUT/err"
'

test_expect_success 'what reads like a date or a contact and is none is taken as text, with a warning' '
	acme doubts &&
	fu log-meeting acme --outcome proceed --next "fri 10:00" --ours "the draft by thus" \
		--theirs "Jnae: the numbers" --theirs "Jane: the names by thu" \
		--theirs "a plan, made by asking everybody in the whole company" \
		2>"$T_OUT/err" &&
	test_grep "^warning: .by thus. is no date: taken as text" "$T_OUT/err" &&
	test_grep "^warning: .Jnae. is no contact: .* (contacts: Jane Doe, Jim Roe)" "$T_OUT/err" &&
	test_line_count -eq 2 "$T_OUT/err"
'

test_expect_success 'a commitment that says nothing is refused, none is none in any case' '
	acme empty &&
	refuses 129 "what is promised is missing in .: by tue." -- fu log-meeting acme \
		--outcome proceed --next "fri 10:00" --ours none --theirs ": by tue" &&
	refuses 129 "what is promised is missing in .by tue." -- fu log-meeting acme \
		--outcome proceed --next "fri 10:00" --ours "by tue" --theirs none &&
	fu log-meeting acme --outcome proceed --next "fri 10:00" --ours None --theirs NONE \
		--json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.ours, .theirs]" "[[],[]]"
'

test_expect_success '--at tells what is so of a meeting' '
	fu log-meeting -h >"$T_OUT/usage" &&
	tr -s "\n " "  " <"$T_OUT/usage" >"$T_OUT/flat" &&
	test_grep -e "--at <when> when it took place; .* appointment" "$T_OUT/flat"
'

test_expect_success 'to proceed to where it stands is to repeat, and a repeat has a cause' '
	acme same && refuses 1 "repeat" acme_meets --outcome proceed --to discovery --next "mon 9:00" &&
	test_grep "^hint: --outcome repeat --cause" "$refusal" &&
	refuses 1 "repeat" acme_meets --outcome proceed --to discovery --confirm mon \
		--options "x; y" &&
	acme_meets -q --outcome proceed --to proposal --next "mon 9:00" && fu check &&
	fu report activity --json >"$T_OUT/report" &&
	json "$T_OUT/report" .accomplishment.proceeded 1
'

test_expect_success 'a round of one activity leads to that activity' '
	acme round && printf "[process]\nactivities = visit\ncycle = yes\n" >processes/round.ini &&
	fu record -q -m "a round" &&
	fu set -q acme process=round activity=visit --because x &&
	fu schedule -q acme "fri 9:00" --activity visit &&
	acme_meets -q --outcome proceed --next "mon 9:00" && fu check
'

test_expect_success 'what was recorded before that was refused stays as it is' '
	acme old && acme_meets -q --outcome proceed --next "mon 9:00" &&
	file=$(echo opportunities/*/acme.ini) &&
	sed "s/workshop/discovery/" "$file" >"$T_OUT/new" && cp "$T_OUT/new" "$file" &&
	git commit -q -a -m "by hand" && fu check && fu show --json acme | json - .activity discovery &&
	fu export --acts >"$T_OUT/acts" && cd .. && new_repo old-2 && cd old-2 &&
	fu import -q --acts <"$T_OUT/acts" && fu check &&
	fu report activity --json >"$T_OUT/report" &&
	json "$T_OUT/report" .accomplishment.proceeded 1
'

test_done
