#!/bin/sh
test_description='fu show, fu list, fu where'
. "${0%/*}/lib.sh"

test_expect_success 'a repository of four' '
	new_repo &&
	cd repo &&
	fu new "Website relaunch" --client "Acme GmbH" --id web --value 12000 --owner ann \
		--tag design --tag web --via "Reseller Ltd" --source fair --external-id X-1 \
		--expires "1 dec" --interval "2 weeks" --next "fri 15:00" \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" \
		--contact "Bob Roe" >/dev/null 2>&1 &&
	fu new "Audit" --client "Böhm & Söhne" --id audit --wait "1 dec" \
		--because "budget in December" --value "500 USD" >/dev/null 2>&1 &&
	fu new "Pilot" --client "acme gmbh" --id pilot --process phone >/dev/null 2>&1 &&
	fu new "Old" --client "Zeta" --id old >/dev/null 2>&1 &&
	fu abandon old --cause gone --because "merged" >/dev/null &&
	at 2026-11-20T16:00 &&
	fu log-meeting web --outcome proceed --next "tue 10:00" --for "1h" --place "their office" \
		--with Jane --ours "send the offer by mon" --theirs "Jane Doe: get figures by sat" \
		--where "we like it, but the price" --temperature warm --unsure "who signs" \
		--discussed "scope and price" --note "they have a dog" >/dev/null &&
	at 2026-11-22T10:00 &&
	fu kept web figures >/dev/null &&
	fu note web "called back" >/dev/null
'

test_expect_success 'list: open and waiting ones, by id' '
	cd repo &&
	fu list >"$T_OUT/list" &&
	sed "s/ .*//" "$T_OUT/list" | tr "\n" " " >"$T_OUT/ids" &&
	test "$(cat "$T_OUT/ids")" = "Id audit pilot web " &&
	test_grep "^web  *Acme GmbH  *Website relaunch  *workshop  *Tue 24 Nov 10:00  *12000.00 EUR$" \
		"$T_OUT/list" &&
	test_grep "^audit .*wait Tue 1 Dec" "$T_OUT/list" &&
	test_grep "^pilot .*adrift" "$T_OUT/list"
'

ids()
{
	fu list --format "%(id)" "$@" | tr "\n" " "
}

test_expect_success 'list: every filter' '
	cd repo &&
	test "$(ids --status open)" = "pilot web " &&
	test "$(ids --status waiting)" = "audit " &&
	test "$(ids --status abandoned)" = "old " &&
	test "$(ids --status won)" = "" &&
	test "$(ids --status all)" = "audit old pilot web " &&
	test "$(ids --client ACME)" = "pilot web " &&
	test "$(ids --client "bohm & sohne")" = "audit " &&
	test "$(ids --process phone)" = "pilot " &&
	test "$(ids --activity workshop)" = "web " &&
	test "$(ids --owner ann)" = "web " &&
	test "$(ids --owner all)" = "audit pilot web " &&
	test "$(ids --tag design)" = "web " &&
	test "$(ids --tag desi)" = "" &&
	test "$(ids --contact jane)" = "web " &&
	test "$(ids --contact @ACME.example)" = "web " &&
	test "$(ids --contact nobody)" = "" &&
	test "$(ids --client acme --process field)" = "web " &&
	refuses 129 "unknown word .closed." -- fu list --status closed
'

test_expect_success 'list: --sort, what is absent last; --reverse' '
	cd repo &&
	test "$(ids --sort title)" = "audit pilot web " &&
	test "$(ids --sort client)" = "pilot web audit " &&
	test "$(ids --sort value)" = "web audit pilot " &&
	test "$(ids --sort next)" = "web audit pilot " &&
	test "$(ids --sort id --reverse)" = "web pilot audit " &&
	for field in activity client closed expires external_id id last_contact next opened \
		owner process source status temperature title value via; do
		test "$(ids --status all --sort $field | wc -w)" = 4 || return 1
	done &&
	refuses 129 "title" -- fu list --sort titel
'

test_expect_success 'list: --format of every field, -z' '
	cd repo &&
	fu list --client relaunch --format "%(id)" >"$T_OUT/none" &&
	test ! -s "$T_OUT/none" &&
	fu list --tag web --format "%(title)|%(via)|%(source)|%(owner)|%(tags)|%(external_id)|%(value)|\
%(expires)|%(interval)|%(temperature)|%(where)|%(adrift)|%(meetings)|%(next_kind)|%(next_at)|%%%x41%n" \
		>"$T_OUT/format" &&
	printf "%s\n\n" "Website relaunch|Reseller Ltd|fair|ann|design; web|X-1|12000.00 EUR|\
2026-12-01|2 weeks|warm|we like it, but the price|no|1|appointment|2026-11-24T10:00:00+01:00|%A" \
		>"$T_OUT/expected" &&
	test_cmp "$T_OUT/expected" "$T_OUT/format" &&
	for field in id title client via process activity status value source owner tags \
		external_id opened closed expires interval temperature where next adrift contacts \
		commitments questions meetings calls touches heard last_contact next_item; do
		fu list --format "%($field)" >/dev/null || return 1
	done &&
	test "$(fu list -z --format "%(id)" | tr "\0" ,)" = "audit,pilot,web," &&
	refuses 129 "unknown field .titel. .*title" -- fu list --format "%(titel)"
'

test_expect_success 'list fits the terminal: 80 columns, and 40' '
	cd repo &&
	for columns in 80 40; do
		COLUMNS=$columns fu list --status all | sed "s/…/./g; s/ö/o/g" >"$T_OUT/list" &&
		test_line_count -eq 5 "$T_OUT/list" &&
		awk "length > $columns { print; bad = 1 } END { exit bad }" "$T_OUT/list" ||
			return 1
	done
'

test_expect_success 'a write error on stdout is an error' '
	cd repo &&
	test_expect_code 128 fu list >/dev/full 2>err &&
	test_grep "^error: " err &&
	rm err
'

test_expect_success 'show: the whole page' '
	cd repo &&
	fu show web >"$T_OUT/page" &&
	for words in "^web  Website relaunch  (Acme GmbH)$" "^via  *Reseller Ltd$" \
		"^owner  *ann$" "^source  *fair$" "^tags  *design, web$" "^external id  *X-1$" \
		"^value  *12000.00 EUR$" "^expires  *Tue 1 Dec$" "^in touch every  *2 weeks$" \
		"Jane Doe <jane@acme.example>, +34 600 111 222, CFO, decides$" "^  *Bob Roe$" \
		"^stands at  *workshop, since Fri 20 Nov, process field$" \
		"^in their words  .we like it, but the price., Fri 20 Nov$" \
		"^temperature  *warm, Fri 20 Nov$" \
		"^last agreed  *Fri 20 Nov, meeting: proceed to workshop" \
		"^next step  *appointment Tue 24 Nov 10:00, 1 hour, for workshop, their office, with Jane Doe$" \
		"^they owe  *Jane Doe: get figures by Sat 21 Nov, late " \
		"^we owe  *send the offer by Mon 23 Nov " "^unsure  *who signs$" \
		"meeting: proceed to workshop.*(Ann Author)$" "^  discussed  *scope and price$" \
		"^  note  *they have a dog$"; do
		test_grep "$words" "$T_OUT/page" || return 1
	done &&
	sed -n "s/^[0-9a-z]\{10\} *[A-Z][a-z]* [0-9]* Nov [0-9:]* \([a-z]*\).*/\1/p" "$T_OUT/page" |
		tr "\n" " " >"$T_OUT/acts" &&
	test "$(cat "$T_OUT/acts")" = "new meeting commitment note "
'

test_expect_success 'show wraps to the terminal' '
	cd repo &&
	COLUMNS=50 fu show web >"$T_OUT/page" &&
	awk "length > 50 { print; bad = 1 } END { exit bad }" "$T_OUT/page"
'

test_expect_success 'show: an act taken back is shown as such' '
	cd repo &&
	fu undo web >/dev/null &&
	fu show web >"$T_OUT/page" &&
	test_grep "note (Ann Author) -- taken back" "$T_OUT/page" &&
	test_grep "undo" "$T_OUT/page"
'

test_expect_success 'a prefix will do; an exact id beats it; several are listed; none is said' '
	cd repo &&
	fu new Web --client W --id web-two >/dev/null 2>&1 &&
	test "$(fu show web --json | jq -r .id)" = web &&
	test "$(fu show web-t --json | jq -r .id)" = web-two &&
	fu new Web --client W --id web-three >/dev/null 2>&1 &&
	refuses 128 "web-t" -- fu show web-t &&
	test_grep "web-two" "$refusal" &&
	test_grep "web-three" "$refusal" &&
	refuses 128 "nothing" -- fu show nothing &&
	refuses 129 "" -- fu show &&
	fu undo web-two >/dev/null && fu undo web-three >/dev/null
'

test_expect_success 'what was never opened is shown by name only' '
	cd repo &&
	test "$(ids --status all)" = "audit old pilot web " &&
	fu show web-two >"$T_OUT/page" &&
	test_grep "taken back" "$T_OUT/page" &&
	fu show web-two --json | json - ".status == null"
'

test_expect_success 'where: all that are open, or those named, in the order they are named' '
	cd repo &&
	fu where >"$T_OUT/where" &&
	grep -E "^[a-z]+  " "$T_OUT/where" | grep -o "^[a-z]*" | grep -x -E "audit|pilot|web|old" |
		tr "\n" " " >"$T_OUT/ids" &&
	test "$(cat "$T_OUT/ids")" = "audit pilot web " &&
	test_grep "^next step  *waiting until Tue 1 Dec, because budget in December$" \
		"$T_OUT/where" &&
	test_grep "^in their words  .we like it" "$T_OUT/where" &&
	test_grep "^we owe  *send the offer" "$T_OUT/where" &&
	! grep "get figures" "$T_OUT/where" &&
	fu where --json | json - "[.[].id] | join(\" \")" "audit pilot web" &&
	fu where old pilot --json | json - "[.[].id] | join(\" \")" "old pilot" &&
	refuses 128 nothing -- fu where web nothing
'

test_expect_success 'a damaged file: list and where show the rest; show says where' '
	new_repo damaged &&
	cd damaged &&
	fu new A --client A --id good >/dev/null 2>&1 &&
	fu new B --client B --id bad >/dev/null 2>&1 &&
	echo "no key" >>"$(echo opportunities/*/bad.ini)" &&
	for command in list where "list --status all"; do
		fu $command >out 2>err &&
		test_grep "good" out &&
		test_grep -E "^warning: opportunities/.*/bad.ini:[0-9]+: " err || return 1
	done &&
	for command in "show bad" "where bad" "where good bad"; do
		refuses 128 "bad.ini:[0-9]+: " -- fu $command || return 1
	done
'

test_expect_success 'a process that is gone: warned of once, all are shown' '
	new_repo gone &&
	cd gone &&
	fu new A --client A --id a >/dev/null 2>&1 &&
	fu new B --client B --id b >/dev/null 2>&1 &&
	rm processes/field.ini &&
	fu list --format "%(id)" >out 2>err &&
	test_line_count -eq 2 out &&
	test_grep "^warning: .*field" err &&
	test_line_count -eq 1 err
'

test_done
