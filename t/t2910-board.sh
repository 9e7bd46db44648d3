#!/bin/sh
test_description='fu board: the pipeline by activity'
. "${0%/*}/lib.sh"

test_expect_success 'some of each' '
	new_repo &&
	cd repo &&
	fu new -q One --client Acme --id one --value "1000 EUR" --owner ann --next "tue 15:00" &&
	fu new -q Two --client Acme --id two --value "500.50 EUR" --owner bob &&
	fu new -q Three --client Acme --id three --value "700 USD" --wait "1 dec" --because x &&
	fu new -q Four --client Acme --id four --process phone &&
	fu new -q Five --client Acme --id five &&
	fu log-meeting five -q --outcome proceed --next "wed 10:00" --ours none --theirs none &&
	fu new -q Six --client Acme --id six &&
	fu abandon six -q --cause gone --because x
'

test_expect_success JQ '--json: an array of activities, in order' '
	cd repo &&
	fu board --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[] | \"\(.activity) \(.count) \(.adrift)\"] | join(\", \")" \
		"discovery 3 1, workshop 1 0, proposal 0 0, decision 0 0, conversation 1 1, demo 0 0, offer 0 0" &&
	json "$T_OUT/doc" ".[0].value" \
		"[{\"amount\":\"1500.50\",\"currency\":\"EUR\"},{\"amount\":\"700.00\",\"currency\":\"USD\"}]" &&
	json "$T_OUT/doc" ".[0].opportunities" "[\"one\",\"three\",\"two\"]" &&
	json "$T_OUT/doc" ".[2] | [.value, .opportunities, .process]" "[[],[],\"field\"]" &&
	fu board --json --process phone | json - "[.[] | .count]" "[1,0,0]" &&
	fu board --json --owner bob | json - "[.[] | .opportunities[]]" "[\"two\"]" &&
	fu board --json --process account-care | json - "[.[] | .count]" "[0,0]"
'

test_expect_success 'text: columns with counts, values, and what is adrift marked' '
	cd repo &&
	fu board --process field >"$T_OUT/text" &&
	cat >"$T_OUT/expected" <<-\EOF &&
	discovery     workshop      proposal  decision
	3, 1 adrift   1             0         0
	1500.50 EUR
	700.00 USD
	! two           five
	  one
	~ three

	! adrift   ~ waiting
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/text" &&
	fu board >"$T_OUT/text" &&
	test_grep "^field:$" "$T_OUT/text" &&
	test_grep "^phone:$" "$T_OUT/text"
'

test_expect_success 'text: columns that do not fit stand below the others' '
	cd repo &&
	COLUMNS=30 fu board --process field >"$T_OUT/text" &&
	cat >"$T_OUT/expected" <<-\EOF &&
	discovery     workshop
	3, 1 adrift   1
	1500.50 EUR
	700.00 USD
	! two           five
	  one
	~ three

	0 in proposal, decision

	! adrift   ~ waiting
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/text" &&
	for width in 12 20 33 80 140; do
		COLUMNS=$width LC_ALL=C fu board >"$T_OUT/text" &&
		awk -v most=$width "length(\$0) > (most < 20 ? 20 : most) { print; exit 1 }" \
			"$T_OUT/text" || return 1
	done
'

test_expect_success 'text: long ids are cut on a terminal, and whole in a pipe; many are counted' '
	new_repo many &&
	cd many &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do
		fu new -q Title --client Acme --id "a-name-that-is-really-longer-than-most-are-$i" ||
			return 1
	done &&
	fu board >"$T_OUT/text" &&
	test_grep "^! a-name-that-is-really-longer-than-most-are-19$" "$T_OUT/text" &&
	test_grep "… and 2 more$" "$T_OUT/text" &&
	COLUMNS=60 fu board >"$T_OUT/text" &&
	test_grep "^! a-name-that-is-really-longer-than-most-are-19$" "$T_OUT/text" &&
	test_grep "^0 in workshop, proposal, decision$" "$T_OUT/text" &&
	! grep "^discovery  *workshop" "$T_OUT/text" &&
	COLUMNS=40 fu board >"$T_OUT/text" &&
	test_grep "^! a-name-that-is-.*…$" "$T_OUT/text" &&
	fu new -q Other --client Acme --id "a-name-that-is-as-long-as-the-others" &&
	fu log-meeting a-name-that-is-as -q --outcome proceed --next "wed 10:00" --ours none \
		--theirs none &&
	COLUMNS=60 fu board >"$T_OUT/text" &&
	test_grep "^discovery  *workshop$" "$T_OUT/text" &&
	test_grep "^! a-name-that-is-.*…  *a-name-that-is-.*…$" "$T_OUT/text" &&
	COLUMNS=60 LC_ALL=C fu board >"$T_OUT/text" &&
	test_grep "^! a-name-that-is-.*~  *a-name-that-is-.*~$" "$T_OUT/text" &&
	test_grep "\.\.\. and 2 more$" "$T_OUT/text"
'

test_expect_success 'an empty repository, an unknown process' '
	new_repo empty &&
	cd empty &&
	fu board >"$T_OUT/text" &&
	test_grep "^discovery  *workshop  *proposal  *decision$" "$T_OUT/text" &&
	test_grep "^0  *0  *0  *0$" "$T_OUT/text" &&
	refuses 128 "no process .feild." -- fu board --process feild
'

test_done
