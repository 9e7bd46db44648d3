#!/bin/sh
test_description='fu agenda --free minds foreign calendars'
. "${0%/*}/lib.sh"

test -x "$T_BUILD/storage/fu-ics" || test_skip 'built without libical'

# Monday 23 and Tuesday 24 November 2026 are the first days that are offered.
event()
{
	echo BEGIN:VEVENT
	printf '%s\n' "$@"
	echo END:VEVENT
}

calendar()
{
	echo BEGIN:VCALENDAR
	echo VERSION:2.0
	echo PRODID:-//test//test//EN
	cat
	echo END:VCALENDAR
}

# offers <n> <times joined by ','> [<option>...]
offers()
{
	t_n=$1 t_times=$2
	shift 2
	fu agenda --free -n "$t_n" "$@" >"$T_OUT/offered" &&
	test "$(sed 's/^[A-Z][a-z]* //' "$T_OUT/offered" | paste -s -d, -)" = "$t_times" && return
	cat "$T_OUT/offered"
	return 1
}

# first <time>: what is offered first where cal.ics is minded.
first()
{
	offers 1 "$1" --busy cal.ics
}

test_expect_success 'an event is busy, from its beginning to its end' '
	new_repo &&
	cd repo &&
	offers 2 "23 Nov 10:00,24 Nov 15:00" &&
	event UID:1 DTSTART:20261123T093000Z DTEND:20261123T110000Z | calendar >cal.ics &&
	first "23 Nov 09:00" &&
	event UID:1 DTSTART:20261123T080000Z DTEND:20261123T100000Z | calendar >cal.ics &&
	first "23 Nov 11:00" &&
	event UID:1 DTSTART:20261123T080000Z DURATION:P1DT2H | calendar >cal.ics &&
	first "24 Nov 11:00"
'

test_expect_success 'an event of a moment, and one without an end, takes no time' '
	cd repo &&
	event UID:1 DTSTART:20261123T090000Z DTEND:20261123T090000Z | calendar >cal.ics &&
	first "23 Nov 10:00" &&
	event UID:1 DTSTART:20261123T090000Z | calendar >cal.ics &&
	first "23 Nov 10:00"
'

test_expect_success 'all day: in the zone of the repository, until the end of the last day' '
	cd repo &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" | calendar >cal.ics &&
	first "24 Nov 10:00" &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" "DTEND;VALUE=DATE:20261126" | calendar >cal.ics &&
	first "26 Nov 10:00"
'

test_expect_success 'cancelled, transparent and to-dos do not count' '
	cd repo &&
	{
		event UID:1 "DTSTART;VALUE=DATE:20261123" STATUS:CANCELLED &&
		event UID:2 "DTSTART;VALUE=DATE:20261123" TRANSP:TRANSPARENT &&
		printf "%s\n" BEGIN:VTODO UID:3 DTSTART:20261123T080000Z DUE:20261123T180000Z END:VTODO
	} | calendar >cal.ics &&
	first "23 Nov 10:00"
'

test_expect_success 'what was declined does not count; what somebody else declined does' '
	cd repo && git config user.email sam@example.com &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.com" \
		"ATTENDEE;PARTSTAT=DECLINED;CN=Sam:MAILTO:Sam@Example.com" | calendar >cal.ics &&
	first "23 Nov 10:00" &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com" \
		"ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@example.com" | calendar >cal.ics &&
	first "24 Nov 10:00" &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" "ATTENDEE;PARTSTAT=DECLINED:mailto:me@home.example" |
		calendar >cal.ics && first "23 Nov 10:00" &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" "ATTENDEE:mailto:sam@example.com" | calendar >cal.ics &&
	first "24 Nov 10:00" && git config --unset user.email
'

test_expect_success 'tentative counts, and so does a free-busy list' '
	cd repo &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" STATUS:TENTATIVE | calendar >cal.ics &&
	first "24 Nov 10:00" &&
	printf "%s\n" BEGIN:VFREEBUSY UID:1 "FREEBUSY;FBTYPE=FREE:20261123T080000Z/PT12H" \
		"FREEBUSY:20261123T090000Z/PT1H,20261123T100000Z/20261123T103000Z" END:VFREEBUSY |
		calendar >cal.ics &&
	first "23 Nov 09:00"
'

test_expect_success 'a rule: weekly since long ago, with an exception, a moved one and a cancelled one' '
	cd repo &&
	zone="TZID=Europe/Madrid" &&
	{
		event UID:1 "DTSTART;$zone:20190107T090000" "DTEND;$zone:20190107T173000" \
			"RRULE:FREQ=WEEKLY;BYDAY=MO,WE" "EXDATE;$zone:20261130T090000" &&
		event UID:1 "RECURRENCE-ID;$zone:20261125T090000" "DTSTART;$zone:20261124T090000" \
			"DTEND;$zone:20261124T173000" &&
		event UID:1 "RECURRENCE-ID;$zone:20261207T090000" "DTSTART;$zone:20261207T090000" \
			"DTEND;$zone:20261207T173000" STATUS:CANCELLED
	} | calendar >cal.ics &&
	# 23: busy; 24: what was moved there; 25: where it was moved from; 30: left out; 2 and 9
	# December: Wednesdays.
	offers 10 "25 Nov 10:00,26 Nov 15:00,27 Nov 10:00,30 Nov 15:00,1 Dec 10:00,3 Dec 15:00,4 Dec 10:00,7 Dec 15:00,8 Dec 10:00,10 Dec 15:00" \
		--busy cal.ics
'

test_expect_success 'a rule with UNTIL, with COUNT, and dates beside it' '
	cd repo &&
	event UID:1 "DTSTART;VALUE=DATE:20261120" "RRULE:FREQ=DAILY;UNTIL=20261124" \
		"RDATE;VALUE=DATE:20261126" | calendar >cal.ics &&
	offers 2 "25 Nov 10:00,27 Nov 15:00" --busy cal.ics &&
	event UID:1 "DTSTART;VALUE=DATE:20261120" "RRULE:FREQ=DAILY;COUNT=5" | calendar >cal.ics &&
	first "25 Nov 10:00" &&
	event UID:1 "DTSTART:20261123T080000Z" "DURATION:PT1H" \
		"RDATE;VALUE=PERIOD:20261123T090000Z/PT2H,20261123T140000Z/20261123T160000Z" |
		calendar >cal.ics &&
	first "23 Nov 14:00"
'

test_expect_success 'a change of this and all later occurrences' '
	cd repo &&
	{
		event UID:1 DTSTART:20261101T090000Z DURATION:PT1H RRULE:FREQ=DAILY &&
		event UID:1 "RECURRENCE-ID;RANGE=THISANDFUTURE:20261124T090000Z" \
			DTSTART:20261124T080000Z DURATION:PT4H
	} | calendar >cal.ics &&
	offers 4 "23 Nov 11:00,24 Nov 15:00,25 Nov 15:00,26 Nov 15:00" --busy cal.ics
'

# Old names come in a package of their own on some systems.
old_zone=US/Eastern
test -e "/usr/share/zoneinfo/$old_zone" || old_zone=

test_expect_success 'zones: of the file, of the system, by an old name; what is the same time of day across DST' '
	cd repo &&
	{
		printf "%s\n" BEGIN:VTIMEZONE TZID:Office BEGIN:STANDARD DTSTART:19700101T000000 \
			TZOFFSETFROM:-0500 TZOFFSETTO:-0500 END:STANDARD END:VTIMEZONE &&
		event UID:1 "DTSTART;TZID=Office:20261123T040000" DURATION:PT1H
	} | calendar >cal.ics &&
	first "23 Nov 11:00" &&
	for zone in America/New_York $old_zone /example.org/2005/America/New_York; do
		event UID:1 "DTSTART;TZID=$zone:20261123T040000" DURATION:PT1H | calendar >cal.ics &&
		first "23 Nov 11:00" || return 1
	done &&
	event UID:1 "DTSTART;TZID=Europe/Madrid:20260601T100000" DURATION:PT1H RRULE:FREQ=WEEKLY |
		calendar >cal.ics &&
	first "23 Nov 11:00" &&
	event UID:1 "DTSTART:20260601T080000Z" DURATION:PT1H RRULE:FREQ=WEEKLY | calendar >cal.ics &&
	first "23 Nov 10:00"
'

test_expect_success 'a time without a zone is one of the repository; so is one in an unknown zone, with a warning' '
	cd repo &&
	event UID:1 "DTSTART:20261123T100000" DURATION:PT1H | calendar >cal.ics &&
	first "23 Nov 11:00" &&
	event UID:1 "DTSTART;TZID=Mars/Base:20261123T100000" DURATION:PT1H | calendar >cal.ics &&
	first "23 Nov 11:00" 2>err &&
	test_grep "^warning: cal.ics:4: unknown time zone .Mars/Base." err
'

test_expect_success 'far ahead: 2040, summer and winter' '
	cd repo &&
	at 2040-06-29T10:00 &&
	event UID:1 "DTSTART;TZID=Europe/Madrid:20200106T100000" DURATION:PT1H RRULE:FREQ=WEEKLY |
		calendar >cal.ics &&
	test "$(fu agenda --free -n 1 --busy cal.ics)" = "Mon 2 Jul 11:00" &&
	at 2040-12-07T10:00 &&
	test "$(fu agenda --free -n 1 --busy cal.ics)" = "Mon 10 Dec 11:00" &&
	at 2026-11-20T10:00
'

test_expect_success 'several files; lines that are folded; CR LF; a byte order mark; from a pipe' '
	cd repo &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" | calendar | sed "s/\$/$(printf "\r")/" >one.ics &&
	{
		printf "\357\273\277" &&
		event UID:2 "DTSTART;VALUE=DA" " TE:20261124" | calendar
	} >two.ics &&
	offers 1 "25 Nov 10:00" --busy one.ics --busy two.ics &&
	tail -c +4 two.ics | cat one.ics - >both.ics &&
	offers 1 "25 Nov 10:00" --busy both.ics &&
	{ cat one.ics | offers 1 "24 Nov 10:00" --busy /dev/fd/9 9<&0; }
'

test_expect_success 'fu.busy: several values, from the home and from the work tree' '
	cd repo &&
	cp one.ics "$HOME/one.ics" &&
	tail -c +4 two.ics >cal.ics &&
	git config --add fu.busy "~/one.ics" &&
	git config --add fu.busy cal.ics &&
	mkdir -p sub &&
	(cd sub && offers 1 "25 Nov 10:00") &&
	test "$(fu config fu.busy)" &&
	git config --add fu.busy gone.ics &&
	refuses 128 "gone.ics: No such file" -- fu agenda --free &&
	test_grep "fu.busy" "$refusal" &&
	git config --unset-all fu.busy
'

test_expect_success 'a file that cannot be taken is named, with the line' '
	cd repo &&
	refuses 128 "nix.ics: No such file" -- fu agenda --free --busy nix.ics &&
	refuses 128 "sub: Is a directory" -- fu agenda --free --busy sub &&
	echo "hello" >bad.ics &&
	refuses 128 "bad.ics:1: not a calendar" -- fu agenda --free --busy bad.ics &&
	: >bad.ics &&
	refuses 128 "bad.ics: not a calendar" -- fu agenda --free --busy bad.ics &&
	head -n 5 one.ics >bad.ics &&
	refuses 128 "bad.ics:5: the file ends" -- fu agenda --free --busy bad.ics &&
	event UID:1 DTSTART:2026xx23T100000 | calendar >bad.ics &&
	refuses 128 "bad.ics:4: .*DTSTART" -- fu agenda --free --busy bad.ics &&
	{
		event UID:0 DTSTART:20261123T100000 DURATION:PT1H &&
		event UID:1 DTSTART:20261123T100000 DURATION:PT1H RRULE:FREQ=OFTEN
	} | calendar >bad.ics &&
	refuses 128 "bad.ics:9: .*RRULE" -- fu agenda --free --busy bad.ics &&
	event UID:1 SUMMARY:never | calendar >bad.ics &&
	refuses 128 "bad.ics:4: .*DTSTART" -- fu agenda --free --busy bad.ics &&
	printf "BEGIN:VCALENDAR\n\0\nEND:VCALENDAR\n" >bad.ics &&
	refuses 128 "bad.ics:2: a NUL" -- fu agenda --free --busy bad.ics &&
	test "$(fu agenda --free --busy bad.ics 2>/dev/null | wc -l)" -eq 0
'

# On a machine that has much else to do the 30 seconds of all reading may be over before.
too_long='|took too long'

test_expect_success 'hostile: too large, nested, endless' '
	cd repo &&
	truncate -s 100M bad.ics &&
	refuses 128 "bad.ics: .*more than 16 MB" -- fu agenda --free --busy bad.ics &&
	rm bad.ics &&
	yes BEGIN:VCALENDAR | head -n 100000 >bad.ics &&
	refuses 128 "bad.ics:17: .*nested" -- fu agenda --free --busy bad.ics &&
	event UID:1 DTSTART:19000101T000000Z DURATION:PT1H RRULE:FREQ=DAILY | calendar >cal.ics &&
	first "23 Nov 10:00" &&
	event UID:1 DTSTART:19000101T000000Z DURATION:PT1S RRULE:FREQ=SECONDLY | calendar >bad.ics &&
	refuses 128 "bad.ics:4: .*too often$too_long" -- fu agenda --free --busy bad.ics &&
	{
		event UID:1 DTSTART:20000101T000000Z DURATION:PT1S RRULE:FREQ=MINUTELY &&
		event UID:2 DTSTART:20000101T000000Z DURATION:PT1S RRULE:FREQ=MINUTELY
	} | calendar >bad.ics &&
	refuses 128 "bad.ics: .*busy times$too_long" -- fu agenda --free --busy bad.ics &&
	event UID:1 DTSTART:20000101T000000Z DURATION:PT1S "RRULE:FREQ=MINUTELY;COUNT=99999999" |
		calendar >bad.ics &&
	refuses 128 "bad.ics:4: .*too often$too_long" -- fu agenda --free --busy bad.ics
'

test_expect_success 'escape sequences in what the file says do not get out' '
	cd repo &&
	event UID:1 "DTSTART;TZID=$(printf "\033")[31m:20261123T100000" DURATION:PT1H |
		calendar >cal.ics &&
	fu agenda --free --busy cal.ics 2>err &&
	! grep "$(printf "\033")" err
'

test_expect_success 'without the program that reads them this is said, and all else works' '
	cd repo &&
	mkdir part &&
	cp "$T_BUILD/storage/fu-git.so" part &&
	FU_EXEC_PATH=$PWD/part && export FU_EXEC_PATH &&
	refuses 128 "there is no .fu-ics." -- fu agenda --free --busy one.ics &&
	test_grep "libical" "$refusal" &&
	offers 1 "23 Nov 10:00" &&
	fu agenda >/dev/null &&
	FU_EXEC_PATH=$T_BUILD/storage
'

test_expect_success PTY 'the closing dialogue offers times that are free in them too' '
	new_repo dialogue &&
	cd dialogue &&
	fu new -q Relaunch --client Acme --id acme &&
	event UID:1 "DTSTART;VALUE=DATE:20261123" | calendar >me.ics &&
	git config fu.busy me.ics &&
	on_terminal "<what happens after that
		>
		<1) Tue 24 Nov 10:00
		<2) Wed 25 Nov 15:00
		<when:
		>1
		<how warm
		>
		<how many minutes
		>
		<record it
		>y" fu log-meeting acme --outcome proceed --ours none --theirs none --where words \
		--unsure "who signs" >"$T_OUT/shown" &&
	fu show acme --json | json - .next.at 2026-11-24T10:00:00+01:00
'

test_done
