#!/bin/sh
test_description='forms: -F, -e, and drafts'
. "${0%/*}/lib.sh"

acme()
{
	new_repo "$1" &&
	cd "$1" &&
	at 2026-11-20T10:00 &&
	fu new -q Relaunch --client Acme --id acme --contact "Jane Doe <jane@acme.example>"
}

# editor <name> <script>: an editor that runs the script on the file "$1"
editor()
{
	printf '#!/bin/sh\n%s\n' "$2" >"$T_BASE/$1" &&
	chmod +x "$T_BASE/$1" &&
	GIT_EDITOR="$T_BASE/$1" &&
	export GIT_EDITOR
}

# words <draft>: what was typed, without the lines that say when
words()
{
	grep -v "^#: " "$1"
}

draft=.git/fu/drafts/log-meeting.acme

test_expect_success '-F takes a filled form; options win over it' '
	acme file &&
	cat >"$T_OUT/form" <<-\EOF &&
	# a comment
	outcome = proceed
	next = tue 15:00
	ours = the draft; the price by mon
	theirs = Jane Doe: the numbers
	theirs = the names by mon
	where = they said \
	    this
	    and that
	unsure = who signs?
	temperature =
	EOF
	fu log-meeting acme -F "$T_OUT/form" --next "wed 9:30" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .next 2026-11-25T09:30:00+01:00 &&
	json "$T_OUT/doc" ".ours[0].what" "the draft; the price" &&
	json "$T_OUT/doc" "[.theirs[].who]" "[\"Jane Doe\",null]" &&
	json "$T_OUT/doc" .where "they said this
and that" &&
	json "$T_OUT/doc" .temperature null
'

test_expect_success '-F - takes it from stdin' '
	acme stdin &&
	printf "outcome = abandon\ncause = gone\nbecause = no need\n" |
		fu log-meeting acme -F - >"$T_OUT/out" &&
	test_grep "abandon" "$T_OUT/out"
'

test_expect_success 'what a form cannot be is wrong usage, with file and line' '
	acme unreadable &&
	printf "outcome = proceed\nnexxt = tue 15:00\n" >"$T_OUT/form" &&
	refuses 129 "form:2: unknown key .nexxt." -- fu log-meeting acme -F "$T_OUT/form" &&
	test_grep "next" "$refusal" &&
	printf "outcome = procede\nnext = sometime\n" >"$T_OUT/form" &&
	refuses 129 "form:1: outcome: unknown outcome" -- fu log-meeting acme -F "$T_OUT/form" &&
	test_grep "form:2: next: unreadable date" "$refusal" &&
	printf "[meeting]\noutcome = proceed\n" >"$T_OUT/form" &&
	refuses 129 "section" -- fu log-meeting acme -F "$T_OUT/form" &&
	printf "outcome\n" >"$T_OUT/form" &&
	refuses 129 "form:1" -- fu log-meeting acme -F "$T_OUT/form" &&
	printf "channel = mail\n" >"$T_OUT/form" &&
	refuses 129 "visit, phone or video" -- fu log-meeting acme -F "$T_OUT/form" &&
	refuses 128 "cannot read" -- fu log-meeting acme -F "$T_OUT/no-such-form" &&
	mkdir "$T_BASE/trash/none" && cd "$T_BASE/trash/none" &&
	printf "next = sometime\n" >"$T_OUT/form" &&
	refuses 129 "unreadable" -- fu log-meeting acme -F "$T_OUT/form"
'

test_expect_success 'a form that is refused is kept, also one on stdin that cannot be read' '
	acme kept &&
	printf "outcome = proceed\nnext = tue 15:00\n" >"$T_OUT/form" &&
	refuses 1 "ours" -- fu log-meeting acme -F "$T_OUT/form" &&
	test_grep "^hint: what you typed is kept" "$refusal" &&
	test_grep "^next = tue 15:00" "$draft" &&
	test "$(stat -c %a "$draft")" = 600 &&
	fu log-meeting acme --outcome proceed --next "tue 15:00" --ours none --theirs none &&
	test ! -e "$draft" &&
	printf "outcome = proceed\nnexxt = tue 15:00\n" >"$T_OUT/form" &&
	test_expect_code 129 fu log-meeting acme -F - <"$T_OUT/form" 2>"$T_OUT/err" &&
	test_grep "^hint: what you typed is kept" "$T_OUT/err" &&
	words "$draft" | test_cmp "$T_OUT/form" -
'

test_expect_success '--dry-run of a form keeps it' '
	acme dry &&
	printf "outcome = abandon\ncause = gone\nbecause = no need\n" >"$T_OUT/form" &&
	nothing_changed fu log-meeting acme --dry-run -F "$T_OUT/form" >"$T_OUT/out" &&
	test_grep "^would record" "$T_OUT/out" &&
	test_grep "^cause = gone" "$draft"
'

test_expect_success 'a kept draft survives a form on stdin that is refused, readable or not' '
	acme survives &&
	printf "outcome = proceed\nwhere = their words\n" >"$T_OUT/form" &&
	test_expect_code 1 fu log-meeting acme -F - <"$T_OUT/form" &&
	printf "nexxt = tue 15:00\n" >"$T_OUT/broken" &&
	test_expect_code 129 fu log-meeting acme -F - <"$T_OUT/broken" 2>"$T_OUT/err" &&
	test_grep "log-meeting.acme.2" "$T_OUT/err" &&
	words "$draft" | test_cmp "$T_OUT/broken" - &&
	test_grep "^where = their words" "$draft.2" &&
	test_expect_code 129 fu log-meeting acme -F - <"$T_OUT/broken" &&
	test ! -e "$draft.3"
'

test_expect_success 'a draft is removed only when its words are recorded' '
	acme words &&
	printf "outcome = proceed\nwhere = their words\n" >"$T_OUT/form" &&
	test_expect_code 1 fu log-meeting acme -F - <"$T_OUT/form" &&
	fu log-meeting acme --outcome proceed --next "tue 15:00" --ours none --theirs none \
		2>"$T_OUT/err" &&
	test_grep "^hint: .*still there: .fu log-meeting acme -e. takes it up" "$T_OUT/err" &&
	test_grep "^where = their words" "$draft" &&
	tick &&
	fu log-meeting acme --outcome proceed --next "wed 15:00" --ours none --theirs none \
		--where "their words" --at "20 nov 10:00" 2>"$T_OUT/err" &&
	! grep "still there" "$T_OUT/err" &&
	test ! -e "$draft"
'

test_expect_success 'one thing by two names: give one' '
	acme twice &&
	printf "title = T\nclient = C\nopened = 3 days ago\nat = yesterday\n" >"$T_OUT/form" &&
	refuses 129 "form:4: .opened. and .at. are the same: give one" -- fu new -F "$T_OUT/form"
'

test_expect_success 'no editor without a terminal, or with --no-input' '
	acme never &&
	editor never "touch \"$T_BASE/was-run\"" &&
	refuses 128 "terminal" -- fu log-meeting acme -e &&
	refuses 129 "exclude" -- fu log-meeting acme -e --no-input &&
	test ! -e "$T_BASE/was-run"
'

test_expect_success PTY '-e: a form that explains itself, filled with what was given' '
	acme edited &&
	editor fill "cp \"\$1\" \"$T_OUT/seen\"
		sed -i -e \"s/^outcome =.*/outcome = proceed/\" -e \"s/^ours =.*/ours = none/\" \"\$1\"" &&
	on_terminal "" fu log-meeting acme -e --next "tue 15:00" --theirs none >"$T_OUT/shown" &&
	test_grep "^# fu log-meeting acme" "$T_OUT/seen" &&
	test_grep "^# - a meeting has one of three outcomes" "$T_OUT/seen" &&
	! grep "^# - .*--theirs" "$T_OUT/seen" &&
	test_grep "^next = tue 15:00" "$T_OUT/seen" &&
	test_grep "^theirs = none" "$T_OUT/seen" &&
	test_grep "^# proceed|repeat|abandon: " "$T_OUT/seen" &&
	test_grep "^outcome =$" "$T_OUT/seen" &&
	test_grep "^acme: meeting: proceed to workshop" "$T_OUT/shown" &&
	test ! -e "$draft"
'

test_expect_success PTY 'an empty form aborts, nothing changed' '
	acme empty &&
	editor nothing ":" &&
	snapshot >"$T_OUT/one" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme -e >"$T_OUT/shown" &&
	test_grep "^error: aborting due to empty form" "$T_OUT/shown" &&
	editor clear ": >\"\$1\"" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme -e --outcome proceed >"$T_OUT/shown" &&
	test_grep "aborting due to empty form" "$T_OUT/shown" &&
	snapshot >"$T_OUT/two" &&
	test_cmp "$T_OUT/one" "$T_OUT/two" &&
	test ! -e "$draft"
'

test_expect_success PTY 'a refused form can be edited again, or is kept and taken up' '
	acme again &&
	editor once "test -e \"$T_OUT/once\" && sed -i \"s/^ours =.*/ours = none/\" \"\$1\"
		touch \"$T_OUT/once\"" &&
	on_terminal "<is missing
		<edit it again?
		>" fu log-meeting acme -e --outcome proceed --next "tue 15:00" --theirs none &&
	test ! -e "$draft" &&
	editor nothing ":" &&
	test_expect_code 1 on_terminal "<edit it again?
		>n" fu log-meeting acme -e --outcome proceed --next "wed 15:00" >"$T_OUT/shown" &&
	test_grep "^error: nothing is recorded" "$T_OUT/shown" &&
	test_grep "^hint: what you typed is kept" "$T_OUT/shown" &&
	test_grep "^next = wed 15:00" "$draft" &&
	editor finish "cp \"\$1\" \"$T_OUT/seen\"
		sed -i -e \"s/^ours =.*/ours = none/\" -e \"s/^theirs =.*/theirs = none/\" \"\$1\"" &&
	on_terminal "" fu log-meeting acme -e &&
	test_grep "^next = wed 15:00" "$T_OUT/seen" &&
	test ! -e "$draft"
'

test_expect_success PTY 'a form that cannot be read is kept as it was left' '
	acme broken &&
	editor break "echo \"outcome proceed, I think\" >\"\$1\"" &&
	test_expect_code 129 on_terminal "<form:1
		<edit it again?
		>n" fu log-meeting acme -e >"$T_OUT/shown" &&
	words "$draft" >"$T_OUT/words" &&
	echo "outcome proceed, I think" | test_cmp - "$T_OUT/words" &&
	editor nothing ":" &&
	test_expect_code 1 on_terminal "<edit it again?
		>n" fu log-meeting acme -e --outcome proceed &&
	test_grep "^# outcome proceed, I think" "$draft" &&
	rm "$draft" &&
	echo "outcome proceed, I think" >"$draft" &&
	editor look "cp \"\$1\" \"$T_OUT/seen\"
		printf \"outcome = abandon\ncause = gone\nbecause = no need\n\" >\"\$1\"" &&
	on_terminal "" fu log-meeting acme -e &&
	words "$T_OUT/seen" | sed "1,/^\$/d" >"$T_OUT/rest" &&
	echo "outcome proceed, I think" | test_cmp - "$T_OUT/rest" &&
	test_grep "^# - .outcome proceed, I think. is neither" "$T_OUT/seen" &&
	test ! -e "$draft"
'

test_expect_success PTY 'the form tells what is wrong now, and no more what was wrong before' '
	acme fresh &&
	editor unreadable "sed -i -e \"s/^next =.*/next = soonish/\" -e \"s/^outcome =.*/outcome = proceed/\" \"\$1\"" &&
	test_expect_code 129 on_terminal "<edit it again? [Y/n]
		>n" fu log-meeting acme -e &&
	editor look "cp \"\$1\" \"$T_OUT/seen\"
		sed -i \"s/^next = .*/next = tue 15:00/\" \"\$1\"" &&
	test_expect_code 1 on_terminal "<edit it again? [Y/n]
		>n" fu log-meeting acme -e --theirs none &&
	test_grep "^# unreadable date .soonish." "$T_OUT/seen" &&
	test_grep "^next = soonish" "$T_OUT/seen" &&
	test_grep "^# - .*--ours. is missing" "$T_OUT/seen" &&
	! grep "^# - .*\(--outcome\|--theirs\). is missing" "$T_OUT/seen" &&
	test_expect_code 1 on_terminal "<edit it again? [Y/n]
		>
		<edit it again? [Y/n]
		>n" fu log-meeting acme -e &&
	! grep "^# - .*--next. is missing\|soonish" "$T_OUT/seen" &&
	test "$(grep -c "^# fu log-meeting acme" "$T_OUT/seen")" -eq 1 &&
	test_grep "^# .*timing, process, decision-maker" "$T_OUT/seen" &&
	test_grep "^# <when>: when it took place" "$T_OUT/seen"
'

test_expect_success PTY 'an editor that fails: 128, and nothing lost' '
	acme failing &&
	editor failing "exit 3" &&
	test_expect_code 128 on_terminal "" fu log-meeting acme -e --outcome proceed \
		>"$T_OUT/shown" &&
	test_grep "^error: there was a problem with the editor" "$T_OUT/shown" &&
	test_grep "^outcome = proceed" "$draft"
'

test_expect_success PTY 'the editor is chosen as git does' '
	acme chosen &&
	editor one "touch \"$T_OUT/one-ran\"" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme -e &&
	test -e "$T_OUT/one-ran" &&
	editor two "touch \"$T_OUT/two-ran\"" &&
	git config core.editor "$GIT_EDITOR" &&
	unset GIT_EDITOR &&
	EDITOR=false test_expect_code 1 on_terminal "" fu log-meeting acme -e &&
	test -e "$T_OUT/two-ran" &&
	git config --unset core.editor &&
	EDITOR="$T_BASE/one" && export EDITOR && rm "$T_OUT/one-ran" &&
	test_expect_code 1 on_terminal "" fu log-meeting acme -e &&
	test -e "$T_OUT/one-ran" &&
	unset EDITOR
'

test_expect_success 'what stands without a name is in the form as well' '
	acme positional &&
	printf "date = 1 mar\nbecause = new budget\n" | fu wait acme -F - >"$T_OUT/out" &&
	test_grep "Mon 1 Mar 2027" "$T_OUT/out" &&
	refuses 129 "missing <date>" -- fu wait acme --because budget
'

test_expect_success PTY 'fu new has a form, too' '
	acme new &&
	editor new "sed -i -e \"s/^title =.*/title = Audit/\" -e \"s/^client =.*/client = Beta/\" \"\$1\"" &&
	on_terminal "" fu new -e >"$T_OUT/shown" &&
	test_grep "^beta-audit$" "$T_OUT/shown"
'

# friday <name>: a closing dialogue that was left on Friday at noon
friday()
{
	acme "$1" && fu schedule -q acme "today 11:00" && at 2026-11-20T12:00 &&
	test_expect_code 1 on_terminal "<what came of
		>proceed
		<next steps
		>
		<unsure
		>
		<do we owe
		>outline by mon 12:00
		<by Mon 23 Nov 12:00
		<what else
		>
		<do they owe
		>Jane: figures by mon
		<what else
		>
		<what happens after that
		>
		<when
		>tue 15:00
		<how warm
		^c" fu log-meeting acme >"$T_OUT/shown"
}

test_expect_success PTY 'the dates of a draft mean what they meant when they were typed' '
	friday meant && at 2026-11-24T09:00 &&
	on_terminal "<kept from the last time, Fri 20 Nov 12:00, at discovery,
		<appointment Fri 20 Nov
		<ours: outline by Mon 2026-11-23 12:00
		<theirs: Jane Doe: figures by Mon 2026-11-23
		<next: tue 15:00
		<take it up? [Y/n/d]
		>
		<we: outline, by Mon 23 Nov 12:00
		<they, Jane Doe: figures, by Mon 23 Nov
		<record it
		>" fu log-meeting acme --at "20 nov 11:00" &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.commitments[].due]" "[\"2026-11-23T12:00:00+01:00\",\"2026-11-23\"]" &&
	json "$T_OUT/doc" .next.at 2026-11-24T15:00:00+01:00 && test ! -e "$draft"
'

test_expect_success PTY 'also in the editor, and when it is kept a second time' '
	friday second && at 2026-11-24T09:00 &&
	test_expect_code 1 on_terminal "<take it up?
		>
		<record it
		^c" fu log-meeting acme >"$T_OUT/shown" && at 2026-12-01T09:00 &&
	editor look "cp \"\$1\" \"$T_OUT/seen\"" &&
	on_terminal "" fu log-meeting acme -e >"$T_OUT/shown" &&
	test_grep "^acme: meeting: .*next Tue 24 Nov 15:00; we owe by Mon 23 Nov 12:00" "$T_OUT/shown" &&
	test_grep "^# Kept Tue 24 Nov 09:00, at discovery" "$T_OUT/seen" &&
	test_grep "^ours = outline by Mon 2026-11-23 12:00" "$T_OUT/seen" &&
	test_grep "^theirs = Jane Doe: figures by Mon 2026-11-23$" "$T_OUT/seen" &&
	test_grep "^next = Tue 2026-11-24 15:00" "$T_OUT/seen"
'

test_expect_success PTY 'a form that was refused is understood as of then, too' '
	acme refused &&
	printf "at = yesterday\nwait = in 3 days\noutcome = repeat\n" >"$T_OUT/form" &&
	test_expect_code 1 fu log-meeting acme -F "$T_OUT/form" && at 2026-11-22T10:00 &&
	test_expect_code 1 on_terminal "<wait: Mon 2026-11-23
		<at: 2026-11-19T12:00:00+01:00
		<take it up
		^c" fu log-meeting acme >"$T_OUT/shown"
'

test_expect_success PTY 'dates that still mean the same stay as they were typed' '
	friday same && at 2026-11-20T18:00 &&
	test_expect_code 1 on_terminal "<ours: outline by mon 12:00
		<next: tue 15:00
		<take it up
		^c" fu log-meeting acme
'

test_expect_success PTY 'where things have moved on, enter does not take a draft up' '
	friday moved && at 2026-11-20T18:00 &&
	fu log-meeting -q acme --outcome proceed --next "tue 15:00" --ours none --theirs none &&
	at 2026-11-24T16:00 &&
	test_expect_code 1 on_terminal "<kept from the last time, Fri 20 Nov 12:00, at discovery
		<since then: meeting of Fri 20 Nov 11:00
		<since then: now at workshop
		<take it up all the same? [y/N/d]
		>
		<what came of the meeting
		^c" fu log-meeting acme >"$T_OUT/shown" && test -e "$draft" &&
	editor look "cp \"\$1\" \"$T_OUT/seen\"" &&
	test_expect_code 1 on_terminal "<edit it again?
		>n" fu log-meeting acme -e &&
	test_grep "^# Since then: now at workshop" "$T_OUT/seen"
'

test_done
