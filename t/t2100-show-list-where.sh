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
	test "$(cat "$T_OUT/ids")" = "id audit pilot web " &&
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
	test "$(ids --tag desi 2>/dev/null)" = "" &&
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
		"^  they owe  *Jane Doe: get figures by Sat 21 Nov, late " \
		"^we owe  *send the offer by Mon 23 Nov " "^unsure  *who signs$" \
		"meeting: proceed to workshop.*(Ann Author)$" "^  discussed  *scope and price$" \
		"^  note  *they have a dog$"; do
		test_grep "$words" "$T_OUT/page" || return 1
	done &&
	sed -n "s/^[0-9a-z]\{10\} *[A-Z][a-z]* [0-9]* Nov [0-9:]* \([a-z]*\).*/\1/p" "$T_OUT/page" |
		tr "\n" " " >"$T_OUT/acts" &&
	test "$(cat "$T_OUT/acts")" = "new meeting kept note "
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
	test_grep "note (Ann Author) \[taken back\]$" "$T_OUT/page" &&
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
	test_grep -x "web-two  Web  (W)" "$T_OUT/page" &&
	test_grep "^stands at  *taken back; .fu undo web-two. brings it back$" "$T_OUT/page" &&
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


LONG=a-client-with-a-long-name-and-a-deal

test_expect_success 'list never cuts the id: the client gives way, then the title' '
	at 2026-11-20T10:00 &&
	new_repo narrow &&
	cd narrow &&
	fu new "A deal of some length" --client "A client with a long name" --id short-one \
		--value 1200 --next "fri 15:00" >/dev/null 2>&1 &&
	COLUMNS=70 fu list >"$T_OUT/list" &&
	test_grep -x "short-one  A client with a …  discovery  Fri 20 Nov 15:00  1200.00 EUR" \
		"$T_OUT/list" &&
	COLUMNS=110 fu list >"$T_OUT/list" &&
	test_grep "A client with a long name  A deal of some length" "$T_OUT/list" &&
	fu new "A deal of some length" --client "A client with a long name" --id "$LONG" \
		--value 1200 --next "fri 15:00" >/dev/null 2>&1 &&
	COLUMNS=110 fu list >"$T_OUT/list" &&
	test_grep "^$LONG  A client wi…  A deal of some …  discovery  Fri 20 Nov 15:00 " \
		"$T_OUT/list" &&
	COLUMNS=80 fu list >"$T_OUT/list" &&
	test_grep -x "$LONG  discovery  Fri 20 Nov 15:00  1200.00 EUR" "$T_OUT/list" &&
	COLUMNS=40 fu list >"$T_OUT/list" &&
	test_grep "^$LONG\$" "$T_OUT/list" && test_grep "^ *Fri 20 Nov 15:00" "$T_OUT/list" &&
	awk "length > 40 { print; bad = 1 } END { exit bad }" "$T_OUT/list"
'

test_expect_success 'list: a process or an activity that is nowhere is an error, a tag a warning' '
	cd repo &&
	at 2026-11-22T10:00 &&
	refuses 128 "no process .feld." -- fu list --process feld &&
	test_grep "did you mean .field." "$refusal" &&
	refuses 128 "no activity .propsal." -- fu list --activity propsal &&
	test_grep "did you mean .proposal." "$refusal" &&
	test "$(ids --activity proposal)" = "" &&
	test "$(ids --process reseller)" = "" &&
	fu list --tag desing >out 2>err &&
	test ! -s out &&
	test_grep "^warning: nothing has the tag .desing.$" err &&
	test_grep "^hint: did you mean .design.?$" err &&
	fu abandon web --cause gone --because x >/dev/null &&
	fu list --tag design >out 2>err &&
	test ! -s out && test ! -s err &&
	fu undo web >/dev/null &&
	mv processes/phone.ini .. &&
	test "$(ids --process phone 2>/dev/null)" = "pilot " &&
	mv ../phone.ini processes &&
	rm out err
'

test_expect_success 'show: what an act brought' '
	at 2026-11-20T10:00 &&
	new_repo acts &&
	cd acts &&
	fu new One --client Acme --id one --contact "Jane Doe <jane@acme.example>" \
		--next "fri 11:00" >/dev/null 2>&1 &&
	at 2026-11-20T12:00 &&
	fu log-meeting one --outcome proceed --next "tue 10:00" --theirs "Jane Doe: sign by mon" \
		--ours "send the offer by mon" --unsure "who signs" --unsure "when" \
		--attended Jane --minutes 90 --link "https://acme.example" --channel visit \
		--where "\"we like it\"" --discussed "scope

and price" >/dev/null &&
	fu heard one --theirs none --what "a mail" >/dev/null &&
	fu kept one offer >/dev/null &&
	fu set one expires="31 dec" value=500 source=fair >/dev/null &&
	fu set one source= >/dev/null &&
	fu contact one add "Bob Roe <bob@acme.example>" >/dev/null &&
	fu contact one set Bob role=CTO >/dev/null &&
	fu contact one left Bob --to Jane >/dev/null &&
	fu show one >"$T_OUT/page" &&
	for words in "^  attended  *Jane Doe$" "^  channel  *visit$" "^  unsure  *who signs$" \
		"^                when$" "^  minutes  *90$" "^  link  *https://acme.example$" \
		"^  we owe  *send the offer by Mon 23 Nov, kept \[....\]$" \
		"^  they owe  *\[....\], open: see above$" "^  they owe  *nothing$" \
		"^they owe  *Jane Doe: sign by Mon 23 Nov \[....\]$" \
		"^in their words  \"we like it\", Fri 20 Nov$" "^                and price$" \
		"kept: .send the offer. (Ann" "contact: added Bob Roe (Ann" \
		"set: expires Thu 31 Dec, value 500.00 EUR, source .fair. (Ann" \
		"set: no source (Ann" "contact: changed Bob Roe: role .CTO. (Ann" \
		"contact: left: Bob Roe, now Jane Doe (Ann"; do
		test_grep "$words" "$T_OUT/page" || return 1
	done &&
	test "$(grep -c "sign by" "$T_OUT/page")" = 1 &&
	! grep " $" "$T_OUT/page" &&
	fu where >"$T_OUT/page" &&
	! grep " $" "$T_OUT/page" &&
	at 2026-11-20T10:00
'

test_expect_success 'show: which rule history breaks' '
	at 2026-11-20T10:00 &&
	new_repo history &&
	cd history &&
	fu new Old --client Acme --id old --next "fri 11:00" >/dev/null 2>&1 &&
	at 2026-11-20T12:00 &&
	fu log-meeting old --outcome repeat --cause value --next "mon 11:00" --ours none \
		--theirs none >/dev/null &&
	sed -i "s/^cause = value/lenient = yes/" opportunities/*/old.ini &&
	fu show old >"$T_OUT/page" &&
	test_grep "^  breaks a rule .*cause" "$T_OUT/page"
'

test_expect_success 'what the client chose: last agreed, and in the line of the call' '
	at 2026-11-20T10:00 &&
	new_repo chose &&
	cd chose &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu log-meeting -q one --outcome proceed --confirm mon --options "phase 1 only; both" \
		--ours none --theirs none &&
	at 2026-11-23T10:00 &&
	fu log-call one --purpose confirm --result confirmed --chose both --outcome proceed \
		--next "tue 15:00" --place Paris >"$T_OUT/said" &&
	chose="next Tue 24 Nov 15:00.*; they chose .both." &&
	tr -s "\n " "  " <"$T_OUT/said" >"$T_OUT/flat" && test_grep "$chose" "$T_OUT/flat" &&
	COLUMNS=200 fu where one >"$T_OUT/where" &&
	test_grep "^last agreed  *Mon 23 Nov, call to confirm: .*$chose$" "$T_OUT/where" &&
	COLUMNS=200 fu show one >"$T_OUT/page" &&
	test_grep "^last agreed .*$chose" "$T_OUT/page" &&
	sed "1,/^acts/d" "$T_OUT/page" >"$T_OUT/acts" && test_grep "call to confirm: .*$chose" "$T_OUT/acts" &&
	git log -1 --format=%B >"$T_OUT/commit" && ! grep "both" "$T_OUT/commit"
'

test_expect_success 'what was last agreed, and what became of it; a last contact that there was' '
	at 2026-11-20T10:00 &&
	new_repo agreed &&
	cd agreed &&
	fu new One --client Acme --id one --next "fri 11:00" >/dev/null 2>&1 &&
	fu where one >"$T_OUT/where" &&
	test_grep "^last contact  *none yet$" "$T_OUT/where" &&
	at 2026-11-20T12:00 &&
	fu log-meeting one --outcome proceed --next "thu 10:00" --ours none --theirs none \
		>/dev/null &&
	fu where one >"$T_OUT/where" &&
	test_grep "^last agreed .*, next Thu 26 Nov 10:00$" "$T_OUT/where" &&
	at 2026-11-23T10:00 &&
	fu schedule one "fri 10:00" --by them >/dev/null &&
	fu where one >"$T_OUT/where" &&
	test_grep "^last agreed .*, next Thu 26 Nov 10:00; since then moved Mon 23 Nov$" \
		"$T_OUT/where" &&
	test_grep "^next step .*, moved once by them$" "$T_OUT/where" &&
	at 2026-11-24T10:00 &&
	fu cancel one --by them --again "1 dec" >/dev/null &&
	fu where one >"$T_OUT/where" &&
	test_grep "; since then moved Mon 23 Nov, cancelled Tue 24 Nov$" "$T_OUT/where" &&
	fu undo one >/dev/null &&
	fu where one >"$T_OUT/where" &&
	test_grep "; since then moved Mon 23 Nov$" "$T_OUT/where" &&
	at 2026-11-20T10:00
'

test_expect_success 'in a cycle an agreed interval stands for the next step' '
	at 2026-11-20T10:00 &&
	new_repo cycle &&
	cd cycle &&
	fu new Care --client Beta --id care --process account-care --interval "3 months" \
		>/dev/null 2>&1 &&
	fu list >"$T_OUT/list" &&
	test_grep "^care  *Beta  *Care  *review  *every 3 months$" "$T_OUT/list" &&
	fu where >"$T_OUT/where" &&
	test_grep -x "next step       in touch every 3 months" "$T_OUT/where" &&
	fu show care --json | json - .interval "3 months"
'

test_done
