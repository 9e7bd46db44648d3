#!/bin/sh
test_description='fu export --ics: a calendar that others read right'
. "${0%/*}/lib.sh"

test ! -x "$T_BUILD/t/helper/icsdump" || test_set_prereq LIBICAL
command -v khal >/dev/null && test_set_prereq KHAL
command -v calcurse >/dev/null && test_set_prereq CALCURSE

opportunity()
{
	opp_id=$1
	shift
	fu new "Title of $opp_id" --client "Client of $opp_id" --id "$opp_id" "$@" >/dev/null 2>&1
}

# What libical reads, without the ids.
dump()
{
	"$T_BUILD/t/helper/icsdump" | cut -d '|' -f 1,3- | LC_ALL=C sort
}

uids()
{
	grep "^UID:" | tr -d "\r" | LC_ALL=C sort
}

# The lines of a calendar on stdin, unfolded, without CR.
unfolded()
{
	tr -d "\r" | sed -e ":a" -e "N" -e "\$!ba" -e "s/\n //g"
}

test_expect_success 'nothing in it is a calendar too' '
	new_repo empty &&
	cd empty &&
	fu export --ics >out &&
	tr -d "\r" <out >plain &&
	printf "%s\n" BEGIN:VCALENDAR VERSION:2.0 PRODID:-//fu//fu//EN CALSCALE:GREGORIAN \
		END:VCALENDAR >expected &&
	test_cmp expected plain
'

test_expect_success 'appointments, calls, what we owe; libical finds nothing wrong' '
	new_repo &&
	cd repo &&
	opportunity acme --next "fri 15:00" --for "90 min" --place "their office; 2nd floor, left" \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" &&
	opportunity lisbon --next "tue 10:00 Europe/Lisbon" --owner sam &&
	opportunity call --next "mon 9:00" &&
	fu cancel call -q --by them --again "wed" &&
	opportunity answer &&
	fu log-meeting answer -q --outcome proceed --confirm "mon 9:30" --options "visit; video" \
		--ours "send the draft by 24 nov" --ours "call Bob by mon 12:00" --theirs none &&
	fu export --ics >out &&
	unfolded <out >plain &&
	test_grep "^DTSTART;TZID=Europe/Madrid:20261120T150000\$" plain &&
	test_grep "^DURATION:PT90M\$" plain &&
	test_grep "^LOCATION:their office.; 2nd floor., left\$" plain &&
	test_grep "^TRIGGER:-PT30M\$" plain &&
	test_grep "^SUMMARY:Client of acme: discovery\$" plain &&
	test_grep "^DESCRIPTION:Title of acme.nJane Doe., CFO., +34 600 111 222., jane@acme.example.nfu show acme\$" plain &&
	test_grep "nowner: sam" plain &&
	test_grep "^SUMMARY:call Client of answer: fetch the answer: visit.; video\$" plain
'

test_expect_success LIBICAL 'the times are right, by the zones that it brings along' '
	cd repo &&
	fu export --ics | dump >got &&
	cat >expected <<-\EOT &&
	VEVENT|0|CONFIRMED|20261120T140000|20261120T153000|Client of acme: discovery
	VEVENT|0|CONFIRMED|20261124T100000|20261124T110000|Client of lisbon: discovery
	VEVENT|1|CANCELLED|20261123T080000|20261123T090000|cancelled: Client of call: discovery
	VTODO|0|NEEDS-ACTION|20261123T083000||call Client of answer: fetch the answer: visit; video
	VTODO|0|NEEDS-ACTION|20261123T110000||Client of answer: call Bob
	VTODO|0|NEEDS-ACTION|20261124||Client of answer: send the draft
	VTODO|0|NEEDS-ACTION|20261125||call Client of call: book the discovery
	EOT
	test_cmp expected got
'

test_expect_success LIBICAL '--todo-as-event: no to-dos, and what is no appointment takes no time' '
	cd repo &&
	fu export --ics --todo-as-event >out &&
	! grep VTODO out &&
	dump <out >got &&
	test_grep "^VEVENT|0|CONFIRMED|20261124|20261125|Client of answer: send the draft\$" got &&
	test_grep "^VEVENT|0|CONFIRMED|20261123T083000|20261123T084500|call Client of answer" got &&
	test "$(grep -c "^TRANSP:TRANSPARENT" out)" -eq 5 &&
	fu export --ics | uids >one &&
	uids <out >two &&
	test_cmp one two
'

test_expect_success '--private: no names, no free text, the same ids' '
	cd repo &&
	fu export --ics --private >out &&
	! grep -i "client\|title\|acme\|jane\|office\|draft\|bob\|visit\|sam\|600\|answer:" out &&
	! grep "^DESCRIPTION:[^ac]\|^LOCATION" out &&
	test_grep "^CLASS:PRIVATE" out &&
	test_grep "^SUMMARY:appointment: discovery" out &&
	test_grep "^SUMMARY:call: confirm" out &&
	test_grep "^SUMMARY:promise" out &&
	fu export --ics | uids >one &&
	uids <out >two &&
	test_cmp one two
'

test_expect_success 'only those that are named; closed ones as well' '
	cd repo &&
	fu export --ics acme lisbon >out &&
	test "$(grep -c "^BEGIN:VEVENT" out)" -eq 2 &&
	refuses 128 "nobody" -- fu export --ics nobody &&
	test_expect_code 129 fu export --csv --private &&
	test_expect_code 129 fu export --ics --csv
'

test_expect_success 'the same record, the same bytes, whatever TZ and locale' '
	cd repo &&
	fu export --ics >one &&
	TZ=Pacific/Auckland LC_ALL=C fu export --ics >two &&
	cmp one two
'

test_expect_success 'lines: CR LF, no more than 75 bytes, cut between characters' '
	new_repo text &&
	cd text &&
	long=$(printf "%s" "Ünïcödé € 日本語 🦊 " | sed "s/.*/&&&&&&&/") &&
	fu new "$long" --client "A, B; C \\ $(printf "D\nE\033[31m")" --id text --next "mon 9:00" >/dev/null 2>&1 &&
	fu export --ics >out &&
	test "$(grep -c "$(printf "\r")\$" out)" -eq "$(wc -l <out)" &&
	test "$(LC_ALL=C awk "length > 76" out)" = "" &&
	iconv -f UTF-8 -t UTF-8 out >/dev/null &&
	while IFS= read -r line; do
		printf "%s\n" "$line" | iconv -f UTF-8 -t UTF-8 >/dev/null || return 1
	done <out &&
	! grep "$(printf "\033")" out &&
	unfolded <out >plain &&
	test_grep "^SUMMARY:A., B.; C .. D.*E..x1b" plain
'

test_expect_success LIBICAL 'and libical reads the text as it was' '
	cd text &&
	fu export --ics >out &&
	dump <out | grep "A, B; C "
'

# ---- changes ----

test_expect_success 'moved: the same id, a higher SEQUENCE; once more after it is taken back' '
	new_repo moved &&
	cd moved &&
	opportunity acme --next "mon 10:00" &&
	fu export --ics | tr -d "\r" >one &&
	tick &&
	fu schedule acme -q "tue 11:00" &&
	fu export --ics | tr -d "\r" >two &&
	test_cmp "$(uids <one >u1; echo u1)" "$(uids <two >u2; echo u2)" &&
	test_grep "^SEQUENCE:0\$" one &&
	test_grep "^SEQUENCE:1\$" two &&
	test_grep "^DTSTART;TZID=Europe/Madrid:20261124T110000\$" two &&
	test_grep "^DTSTAMP:20261120T0900" one &&
	! test_cmp "$(grep DTSTAMP one >d1; echo d1)" "$(grep DTSTAMP two >d2; echo d2)" &&
	fu undo acme -q &&
	fu export --ics | tr -d "\r" >three &&
	test_grep "^SEQUENCE:3\$\|^SEQUENCE:2\$" three &&
	test_grep "^DTSTART;TZID=Europe/Madrid:20261123T100000\$" three &&
	uids <three >u3 &&
	test_cmp u1 u3
'

test_expect_success 'a title that was set changes what is said, and raises SEQUENCE' '
	new_repo set &&
	cd set &&
	opportunity acme --next "mon 10:00" &&
	fu set acme -q title="Another title" &&
	fu export --ics | tr -d "\r" >out &&
	test_grep "^SEQUENCE:1\$" out &&
	test_grep "^DESCRIPTION:Another title" out
'

test_expect_success 'held: it stays, and the next one is another' '
	new_repo held &&
	cd held &&
	opportunity acme --next "fri 11:00" &&
	fu export --ics | uids >first &&
	at 2026-11-20T13:00 &&
	fu log-meeting acme -q --outcome proceed --next "tue 11:00" --ours none --theirs none &&
	fu export --ics >out &&
	test "$(grep -c "^STATUS:CONFIRMED" out)" -eq 2 &&
	test "$(uids <out | sort -u | wc -l)" -eq 2 &&
	uids <out | grep -F -f first &&
	at 2026-12-25T10:00 &&
	test "$(fu export --ics | grep -c BEGIN:VEVENT)" -eq 1 &&
	at 2026-11-20T10:00
'

test_expect_success 'ended otherwise: cancelled, whoever ended it and however' '
	new_repo ended &&
	cd ended &&
	for id in cancel abandon win wait undo; do
		opportunity $id || return 1
		fu schedule $id -q "mon 10:00" || return 1
	done &&
	fu cancel cancel -q --by us --no-next "they will call" &&
	fu abandon abandon -q --cause gone --because sold &&
	fu win win -q &&
	fu wait wait -q "1 dec" --because budget &&
	fu undo undo -q &&
	fu export --ics >out &&
	test "$(grep -c "^BEGIN:VEVENT" out)" -eq 5 &&
	test "$(grep -c "^STATUS:CANCELLED" out)" -eq 5 &&
	! grep VALARM out
'

test_expect_success 'a promise kept is done; one that was moved stays one' '
	new_repo kept &&
	cd kept &&
	opportunity acme &&
	fu log-meeting acme -q --outcome proceed --next "tue 11:00" --ours "the draft by mon" --theirs none &&
	fu export --ics | uids >one &&
	fu move acme draft "wed" -q &&
	fu export --ics | tr -d "\r" >out &&
	uids <out >two &&
	test_cmp one two &&
	test_grep "^DUE;VALUE=DATE:20261125\$" out &&
	test_grep "^SEQUENCE:1\$" out &&
	at 2026-11-20T11:00 &&
	fu kept acme draft -q &&
	fu export --ics | tr -d "\r" >out &&
	test_grep "^STATUS:COMPLETED\$" out &&
	test_grep "^COMPLETED:20261120T100000Z\$" out &&
	test_grep "^SEQUENCE:2\$" out &&
	at 2026-11-20T10:00
'

# ---- zones ----

test_expect_success LIBICAL 'right on both sides of DST, in 2040, and in zones without a rule' '
	new_repo zones &&
	cd zones &&
	opportunity winter --next "26 mar 2027 15:00" &&
	opportunity summer --next "29 mar 2027 15:00" &&
	opportunity later --next "2 jul 2040 15:00" &&
	opportunity latest --next "3 dec 2040 15:00" &&
	opportunity ny --next "2 nov 2027 10:00 America/New_York" &&
	opportunity kolkata --next "2 nov 2027 10:00 Asia/Kolkata" &&
	opportunity casa --next "10 feb 2027 10:00 Africa/Casablanca" &&
	opportunity nuuk --next "29 mar 2027 10:00 America/Nuuk" &&
	opportunity adelaide --next "2 jan 2027 10:00 Australia/Adelaide" &&
	opportunity utc --next "2 jan 2027 10:00 UTC" &&
	fu export --ics >out &&
	dump <out >got &&
	for id in winter summer later latest ny kolkata casa nuuk adelaide utc; do
		at=$(fu show $id --json | jq -r .next.at) &&
		test_grep "|$(date -u -d "$at" +%Y%m%dT%H%M%S)|.*Client of $id:" got || return 1
	done &&
	test_grep "^DTSTART:20270102T100000Z" out
'

# ---- real programs ----

test_expect_success KHAL 'khal: shown right, and an import twice updates' '
	new_repo khal &&
	cd khal &&
	opportunity acme --next "fri 15:00" --for "90 min" --place "there; upstairs" &&
	opportunity ny --next "2 jul 2027 10:00 America/New_York" &&
	opportunity old --next "mon 9:00" &&
	cat >conf <<-EOT &&
	[calendars]
	[[fu]]
	path = $PWD/events/
	[locale]
	timeformat = %H:%M
	dateformat = %Y-%m-%d
	longdateformat = %Y-%m-%d
	datetimeformat = %Y-%m-%d %H:%M
	longdatetimeformat = %Y-%m-%d %H:%M
	local_timezone = Europe/Madrid
	default_timezone = Europe/Madrid
	[default]
	default_calendar = fu
	[sqlite]
	path = $PWD/khal.db
	EOT
	mkdir events &&
	shown() {
		khal -c conf list --day-format "" --format "{start} {end} {title} {location} {status}" \
			2026-11-20 300d | sed "s/ *\$//"
	} &&
	fu export --ics >one.ics &&
	khal -c conf import --batch one.ics &&
	shown >out &&
	cat >expected <<-\EOT &&
	2026-11-20 15:00 2026-11-20 16:30 Client of acme: discovery there; upstairs CONFIRMED
	2026-11-23 09:00 2026-11-23 10:00 Client of old: discovery  CONFIRMED
	2027-07-02 16:00 2027-07-02 17:00 Client of ny: discovery  CONFIRMED
	EOT
	test_cmp expected out &&
	tick &&
	fu schedule acme -q "fri 16:00" &&
	fu cancel old -q --by them --no-next "no" &&
	fu export --ics >two.ics &&
	khal -c conf import --batch two.ics &&
	shown >out &&
	cat >expected <<-\EOT &&
	2026-11-20 16:00 2026-11-20 17:30 Client of acme: discovery there; upstairs CONFIRMED
	2026-11-23 09:00 2026-11-23 10:00 cancelled: Client of old: discovery  CANCELLED
	2027-07-02 16:00 2027-07-02 17:00 Client of ny: discovery  CONFIRMED
	EOT
	test_cmp expected out
'

test_expect_success CALCURSE 'calcurse: appointments and to-dos at the right times' '
	new_repo calcurse &&
	cd calcurse &&
	opportunity acme --next "fri 15:00" --for "90 min" &&
	opportunity ny --next "2 jul 2027 10:00 America/New_York" &&
	opportunity call --next "mon 9:00" &&
	fu cancel call -q --by them --again "wed" &&
	fu export --ics >one.ics &&
	mkdir book &&
	TZ=Europe/Madrid calcurse -q -D book -i one.ics &&
	sed "s/>[0-9a-f]\{40\} / /" book/apts >out &&
	test_grep "^11/20/2026 @ 15:00 -> 11/20/2026 @ 16:30 .Client of acme: discovery\$" out &&
	test_grep "^07/02/2027 @ 16:00 -> 07/02/2027 @ 17:00 .Client of ny: discovery\$" out &&
	test_grep "call Client of call: book the discovery" book/todo &&
	fu export --ics --todo-as-event >two.ics &&
	mkdir phone &&
	TZ=Europe/Madrid calcurse -q -D phone -i two.ics &&
	test_grep "^11/25/2026 .*call Client of call" phone/apts
'

test_expect_success LIBICAL 'what it writes is what --busy reads' '
	(cd zones && fu export --ics) >busy.ics &&
	new_repo other &&
	cd other &&
	test "$(fu agenda --free -n 1 --from "26 mar 2027 14:00" --busy ../busy.ics)" = "Fri 26 Mar 2027 16:00"
'

test_done
