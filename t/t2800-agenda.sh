#!/bin/sh
test_description='fu agenda: days, load against capacity, clashes; free times'
. "${0%/*}/lib.sh"

# Friday 20 November 2026, 10:00 in Madrid.
opportunity()
{
	opp_id=$1
	shift
	fu new "Title of $opp_id" --client "Client of $opp_id" --id "$opp_id" "$@" >/dev/null 2>&1
}

# lines <file>: without the blanks at the ends of lines, several of them as one.
lines()
{
	sed 's/  */ /g; s/ $//' "$1"
}

test_expect_success 'nothing in it: the working days of a week' '
	new_repo &&
	cd repo &&
	fu agenda >out &&
	cat >expected <<-\EOT &&
	Fri 20 Nov, today: 0 of 4

	Mon 23 Nov: 0 of 4

	Tue 24 Nov: 0 of 4

	Wed 25 Nov: 0 of 4

	Thu 26 Nov: 0 of 4
	EOT
	test_cmp expected out &&
	fu agenda --day >out &&
	test "$(cat out)" = "Fri 20 Nov, today: 0 of 4" &&
	fu agenda --day sat >out &&
	test "$(cat out)" = "Sat 21 Nov, a day off"
'

test_expect_success 'appointments by time, calls without one behind them; what is not in these days is not shown' '
	new_repo days &&
	cd days &&
	opportunity late --next "fri 16:00" --place "their office" &&
	opportunity early --next "fri 11:00" --for "90 min" &&
	opportunity beyond --next "27 nov 10:00" &&
	opportunity call --next "mon 10:00" &&
	fu cancel call -q --by them --again "mon" &&
	opportunity answer &&
	fu log-meeting answer -q --outcome proceed --confirm "mon 9:30" --options "visit; video" \
		--ours none --theirs none &&
	fu agenda >out &&
	lines out >got &&
	cat >expected <<-\EOT &&
	Fri 20 Nov, today: 2 of 4
	11:00-12:30 early Client of early discovery
	16:00-17:00 late Client of late discovery, their office

	Mon 23 Nov: 0 of 4
	09:30 answer Client of answer call: fetch the answer, visit; video
	any time call Client of call call: book the discovery

	Tue 24 Nov: 0 of 4

	Wed 25 Nov: 0 of 4

	Thu 26 Nov: 0 of 4
	EOT
	test_cmp expected got &&
	fu agenda --week "27 nov" >out &&
	test_grep "^10:00-11:00 *beyond" out &&
	fu agenda --day "27 nov" >out &&
	test_line_count -eq 2 out
'

test_expect_success 'load per owner against capacity; --owner' '
	new_repo load &&
	cd load &&
	for hour in 10 11 12 13 14; do
		opportunity sam$hour --owner sam --next "mon $hour:00" || return 1
	done &&
	opportunity ann --owner ann --next "mon 10:00" &&
	fu agenda --day mon >out &&
	test_grep "^Mon 23 Nov: .*sam 5 of 4, over capacity" out &&
	test_grep "^Mon 23 Nov: .*ann 1 of 4" out &&
	test_line_count -eq 7 out &&
	! grep clash out &&
	fu agenda --day mon --owner ann >out &&
	test_line_count -eq 2 out &&
	fu config capacity.appointments-per-day 5 &&
	fu agenda --day mon >out &&
	test_grep "sam 5 of 5;\|sam 5 of 5\$" out
'

test_expect_success 'appointments of one owner that overlap clash; a duration counts, absent it is an hour' '
	new_repo clash &&
	cd clash &&
	opportunity long --owner sam --next "mon 9:00" --for "3 hours" &&
	opportunity within --owner sam --next "mon 11:00" --for "15 min" &&
	opportunity after --owner sam --next "mon 12:00" &&
	opportunity other --owner ann --next "mon 9:00" &&
	opportunity near --owner ann --next "mon 9:59" &&
	fu agenda --day mon >out &&
	test_grep "^09:00-12:00 *long.*clashes with within\$" out &&
	test_grep "within .*clashes with long\$" out &&
	test_grep "near .*clashes with other\$" out &&
	! grep "; *clashes" out &&
	! grep "after .*clashes" out &&
	fu agenda --day mon --json >doc &&
	json doc ".[0].entries | map(select(.opportunity == \"long\"))[0].clashes" "[\"within\"]" &&
	json doc ".[0].entries | map(select(.opportunity == \"after\"))[0].clashes" "[]" &&
	for i in 1 2 3 4; do
		opportunity "crowd-$i" --owner sam --next "mon 16:00" || return 1
	done &&
	opportunity crowd-5 --owner sam --next "mon 16:30" &&
	fu agenda --day mon >out &&
	test_grep "crowd-1 .*clashes with crowd-., crowd-., crowd-. and 1 more\$" out
'

test_expect_success 'it fits into 80 columns, what is to be noticed in full' '
	cd clash &&
	COLUMNS=80 fu agenda >out &&
	test "$(awk "length > 80" out)" = "" &&
	test_grep "clashes with within" out
'

test_expect_success 'an appointment with a zone of its own shows both times, on the day here' '
	new_repo zone &&
	cd zone &&
	opportunity lisbon --next "mon 9:00 Europe/Lisbon" &&
	opportunity auckland --next "24 nov 00:30 Pacific/Auckland" &&
	fu agenda --day mon >out &&
	test_grep "^10:00-11:00 *lisbon .*09:00 Europe/Lisbon" out &&
	test_grep "^12:30-13:30 *auckland .*Tue 24 Nov 00:30 Pacific/Auckland" out &&
	test_grep "^Mon 23 Nov: 2 of 4" out
'

test_expect_success 'what is over is not logged yet, until it is' '
	new_repo over &&
	cd over &&
	opportunity held --next "fri 11:00" &&
	at 2026-11-20T12:30 &&
	fu agenda --day >out &&
	test_grep "held .*not logged yet" out &&
	fu log-meeting held -q --outcome abandon --cause gone --because sold --theirs none --ours none &&
	fu agenda --day >out &&
	test_grep "^Fri 20 Nov, today: 0 of 4" out &&
	test_line_count -eq 1 out &&
	at 2026-11-20T10:00
'

test_expect_success '--json: every field, times with offset' '
	cd zone &&
	fu agenda --json >doc &&
	json doc length 7 &&
	json doc ".[3].day" 2026-11-23 &&
	json doc ".[1].working" false &&
	json doc ".[3].load" "[{\"owner\":null,\"appointments\":2,\"capacity\":4,\"over\":false}]" &&
	json doc "[.[3].entries[0] | keys[]] | join(\" \")" \
		"activity at clashes client ends for kind opportunity options owner place title unlogged with" &&
	json doc ".[3].entries[0].at" 2026-11-23T09:00:00+00:00 &&
	json doc ".[3].entries[0].ends" 2026-11-23T11:00:00+01:00 &&
	json doc ".[3].entries[0].for" null
'

test_expect_success 'a closed one is not in it; a hand edit is seen' '
	new_repo live &&
	cd live &&
	opportunity gone --next "mon 10:00" &&
	opportunity moved --next "mon 10:00" &&
	fu abandon gone -q --cause gone --because sold &&
	file=$(echo opportunities/*/moved.ini) &&
	sed "s/^next = 2026-11-23 10:00/next = 2026-11-23 12:00/" "$file" >edited &&
	cp edited "$file" &&
	fu agenda --day mon >out &&
	test_line_count -eq 2 out &&
	test_grep "^12:00-13:00 *moved" out
'

test_expect_success 'wrong usage is 129 before a repository is looked for' '
	for args in "--day --week" "--free --day" "--free mon" "-n 3" "-n 0" "--from mon" "--for 1h" \
		"--busy x.ics" "soonish" "--free --from soonish" "--free --for soon" "--free -n 101"; do
		test_expect_code 129 fu agenda $args 2>err || return 1
	done &&
	test_expect_code 128 fu agenda mon
'

# ---- free times ----

test_expect_success 'free: two times on two days, a morning and an afternoon' '
	new_repo free &&
	cd free &&
	fu agenda --free >out &&
	printf "%s\n" "Mon 23 Nov 10:00" "Tue 24 Nov 15:00" >expected &&
	test_cmp expected out &&
	fu agenda --free --json >doc &&
	json doc ".[0]" "{\"at\":\"2026-11-23T10:00:00+01:00\",\"ends\":\"2026-11-23T11:00:00+01:00\"}" &&
	json doc length 2 &&
	fu agenda --free -n 5 >out &&
	test_line_count -eq 5 out &&
	test "$(cut -c1-10 out | sort -u | wc -l)" -eq 5 &&
	fu agenda --free -n 0 >out &&
	test_line_count -eq 0 out &&
	fu agenda --free -n 0 --json | json - length 0
'

test_expect_success 'free: what is printed is a date that can be typed' '
	cd free &&
	opportunity acme &&
	fu schedule acme -q "$(fu agenda --free -n 1)" &&
	fu show acme --json | json - .next.at 2026-11-23T10:00:00+01:00 &&
	test "$(fu agenda --free -n 1)" = "Mon 23 Nov 11:00" &&
	fu agenda --free --from "1 jul 2027" -n 1 >out &&
	test "$(cat out)" = "Thu 1 Jul 2027 10:00"
'

test_expect_success 'free: --from and --for' '
	cd free &&
	test "$(fu agenda --free -n 1 --from today)" = "Fri 20 Nov 11:00" &&
	test "$(fu agenda --free -n 1 --from "wed 16:15")" = "Wed 25 Nov 16:30" &&
	test "$(fu agenda --free -n 1 --from mon --for "8 hours")" = "Tue 24 Nov 09:00" &&
	refuses 1 "longer than a working day" -- fu agenda --free --for "9 hours" &&
	refuses 1 "in the past" -- fu agenda --free --from "2026-11-19"
'

test_expect_success 'free: working hours, days and days off are those of fu.ini' '
	cd free &&
	fu config -q hours.days tue,thu &&
	fu config -q hours.from 13:00 &&
	fu config -q hours.off "24 nov..30 nov" &&
	fu agenda --free >out &&
	printf "%s\n" "Tue 1 Dec 15:00" "Thu 3 Dec 15:00" >expected &&
	test_cmp expected out
'

test_expect_success 'free: nothing at all is an answer too' '
	cd free &&
	fu config -q hours.off "1 jan..31 dec" &&
	refuses 1 "nothing is free" -- fu agenda --free &&
	test_expect_code 1 fu agenda --free --json >doc 2>/dev/null &&
	json doc . "[]"
'

test_expect_success 'free: a day on which the owner is full is passed over, and only his' '
	cd load &&
	fu config -q --unset capacity.appointments-per-day &&
	test "$(fu agenda --free -n 1 --owner sam)" = "Tue 24 Nov 10:00" &&
	test "$(fu agenda --free -n 1 --owner ann)" = "Mon 23 Nov 11:00" &&
	test "$(fu agenda --free -n 1)" = "Tue 24 Nov 10:00"
'

test_expect_success 'free: times ahead keep clear of the change of the clocks' '
	at 2027-03-24T10:00 &&
	new_repo dst &&
	cd dst &&
	fu config -q hours.days sat-sun &&
	fu config -q hours.from 00:00 &&
	opportunity sunday --next "sun 9:00" &&
	fu agenda --free -n 2 --from "sun 01:00" --json >doc &&
	json doc ".[0].at" 2027-03-28T10:00:00+02:00 &&
	at 2026-11-20T10:00
'

test_done
