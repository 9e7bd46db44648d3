#!/bin/sh
test_description='fu export: the spreadsheet, what cannot be read, where it cannot be written'
. "${0%/*}/lib.sh"

repo()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" && git config fu.fsync false
}

# One column of the spreadsheet, read as a program reads it: cells <column> <file>
cells()
{
	python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[2], newline="")):
    print(row[sys.argv[1]])
' "$1" "$2"
}
command -v python3 >/dev/null && test_set_prereq PYTHON

three()
{
	fu new -q "Site" --client "Acme, Inc." --id acme --value 12000 --tag web --tag b2b \
		--next "tue 15:00 Europe/Lisbon" --contact "Max" \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" &&
	fu new -q "=cmd|x!A0" --client "@SUM(1,2)" --id evil --wait 2026-12-24 \
		--because "+later" --source "-1" --owner "$(printf "\t=1")" &&
	fu new -q "The \"big\" one" --client Beta --id big --next "mon 9:00" &&
	at 2026-11-24T16:00 &&
	fu log-meeting -q acme --outcome proceed --next "27 nov 10:00" --ours "send it by thu" \
		--theirs "Jane Doe: ask the board by wed" --where "we like it;
really" --temperature warm &&
	fu abandon -q big --cause timing --because "no budget, no time"
}

test_expect_success PYTHON 'a row for each opportunity, money and dates in columns of their own' '
	repo && three && fu export --csv >"$T_OUT/csv" &&
	cells id "$T_OUT/csv" | tr "\n" " " | grep -x "acme big evil " &&
	for pair in "client=Acme, Inc." "value=12000.00" "currency=EUR" "tags=web, b2b" \
		"status=open" "activity=workshop" "opened=2026-11-20 10:00" "closed=" \
		"next=appointment" "next_at=2026-11-27 10:00" "adrift=no" "contact=Jane Doe" \
		"contact_email=jane@acme.example" "meetings=1" "owed_by_us=1" "temperature=warm"
	do
		test "$(cells "${pair%%=*}" "$T_OUT/csv" | head -n 1)" = "${pair#*=}" ||
			{ echo "$pair" && return 1; }
	done &&
	test "$(cells where "$T_OUT/csv" | head -n 2)" = "we like it;
really" &&
	cells title "$T_OUT/csv" | grep -x "The \"big\" one" &&
	cells because "$T_OUT/csv" | grep -x "no budget, no time" &&
	cells cause "$T_OUT/csv" | grep -x timing && fu export --csv big acme >"$T_OUT/two" &&
	cells id "$T_OUT/two" | tr "\n" " " | grep -x "big acme "
'

test_expect_success 'a cell that a spreadsheet would run is made text' '
	repo && three && fu export --csv evil >"$T_OUT/csv" &&
	test_grep "evil,.=cmd|x!A0,\"'"'"'@SUM(1,2)\"," "$T_OUT/csv" &&
	test_grep ",'"'"'-1,'"'"'\\\\t=1," "$T_OUT/csv" && fu export --csv acme >"$T_OUT/acme" &&
	test_grep ",'"'"'+34 600 111 222," "$T_OUT/acme" &&
	! tr "," "\n" <"$T_OUT/csv" | grep "^\"*[=+@$t_tab-]"
'

test_expect_success 'without one format, with two: usage' '
	repo && refuses 129 "format" fu export && refuses 129 "one format" fu export --csv --acts &&
	refuses 128 "nobody" fu export --csv nobody && mkdir -p ../none && cd ../none &&
	test_expect_code 129 fu export && test_expect_code 128 fu export --csv
'

test_expect_success 'an empty repository: the line of columns, no acts' '
	repo && fu export --csv >"$T_OUT/csv" && test_line_count -eq 1 "$T_OUT/csv" &&
	fu export --acts >"$T_OUT/acts" && test_line_count -eq 0 "$T_OUT/acts"
'

test_expect_success 'a file that cannot be read: the rest is there, and it is no success' '
	repo && three && file=$(find opportunities -name evil.ini) && echo "nonsense" >>"$file" &&
	for format in --acts --csv; do
		test_expect_code 128 fu export $format >"$T_OUT/out" 2>"$T_OUT/err" &&
			test_grep "evil.ini:" "$T_OUT/err" && test_grep acme "$T_OUT/out" &&
			! grep evil "$T_OUT/out" || return 1
	done && fu export --acts acme >"$T_OUT/out" && test_expect_code 128 fu export --acts evil
'

test_expect_success 'a hand edit that is not recorded is told of' '
	repo && three && file=$(find opportunities -name acme.ini) &&
	sed -i "s/^title = Site/title = Shop/" "$file" && fu export --acts acme >"$T_OUT/acts" 2>"$T_OUT/err" &&
	test_grep "warning: .acme. was edited by hand" "$T_OUT/err"
'

test_expect_success 'a full disk is an error' '
	repo && three && test_expect_code 128 fu export --acts >/dev/full 2>"$T_OUT/err" &&
	test_grep "cannot write" "$T_OUT/err" && test_expect_code 128 fu export --csv >/dev/full
'

test_expect_success 'control characters leave escaped' '
	repo && fu new -q "$(printf "a\033[31mb")" --client "$(printf "x\342\200\256y")" --id esc &&
	fu export --acts >"$T_OUT/acts" && fu export --csv >"$T_OUT/csv" &&
	! grep -P "\x1b|\x{202e}" "$T_OUT/acts" "$T_OUT/csv" &&
	jq -r .title "$T_OUT/acts" >"$T_OUT/title" && printf "a\033[31mb\n" | test_cmp - "$T_OUT/title"
'

test_done
