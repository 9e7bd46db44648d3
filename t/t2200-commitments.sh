#!/bin/sh
test_description='fu commitments: the ledger of both sides'
. "${0%/*}/lib.sh"

test_expect_success 'two clients, some promises' '
	new_repo &&
	cd repo &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu new Two --client Acme --id two --contact Zoe >/dev/null 2>&1 &&
	fu new Three --client Zeta --id three >/dev/null 2>&1 &&
	fu new Four --client Quiet --id four >/dev/null 2>&1 &&
	fu heard one --theirs "first by 23 nov" --theirs "second by 23 nov" \
		--theirs "third by 23 nov" --ours "offer by 24 nov" >/dev/null &&
	fu heard two --theirs "Zoe: fourth by 25 nov" --ours none >/dev/null &&
	fu heard three --theirs none --ours "sample by 21 nov" >/dev/null &&
	at 2026-11-21T10:00 &&
	fu kept one first >/dev/null &&
	at 2026-11-24T10:00 &&
	fu kept one second >/dev/null &&
	fu broken one third >/dev/null
'

test_expect_success 'text: what is open, by side and date; then the clients' '
	cd repo &&
	fu commitments >"$T_OUT/text" &&
	test_grep "^they owe$" "$T_OUT/text" &&
	test_grep "^we owe$" "$T_OUT/text" &&
	test_grep "^Wed 25 Nov  two .*Zoe  *fourth  *open$" "$T_OUT/text" &&
	test_grep "^Sat 21 Nov  three .*sample  *overdue$" "$T_OUT/text" &&
	! grep -E "first|second|third" "$T_OUT/text" &&
	test_grep "^client  *kept  *late  *broken  *open  *none$" "$T_OUT/text" &&
	test_grep "^Acme  *1  *1  *1  *1  *0$" "$T_OUT/text" &&
	test_grep "^Zeta  *0  *0  *0  *0  *1$" "$T_OUT/text" &&
	! grep Quiet "$T_OUT/text"
'

test_expect_success '--json: commitments and clients' '
	cd repo &&
	fu commitments --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "keys | join(\" \")" "clients commitments" &&
	json "$T_OUT/doc" "[.commitments[].what] | join(\" \")" "sample offer fourth" &&
	json "$T_OUT/doc" ".commitments[0] | keys_unsorted | sort | join(\" \")" \
		"client due id opportunity settled side since state what who" &&
	json "$T_OUT/doc" ".clients[0]" \
		"{\"client\":\"Acme\",\"kept\":1,\"late\":1,\"broken\":1,\"open\":1,\"none\":0}" &&
	json "$T_OUT/doc" ".clients | length" 2
'

test_expect_success '--all: settled ones too; an opportunity; a side; a date' '
	cd repo &&
	fu commitments --all --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.commitments[] | \"\(.what) \(.state)\"] | join(\", \")" \
		"sample open, first kept, second late, third broken, offer open, fourth open" &&
	json "$T_OUT/doc" "[.commitments[] | select(.what == \"second\") | .settled][0]" \
		2026-11-24T10:00:00+01:00 &&
	test "$(fu commitments one --format "%(what)")" = offer &&
	test "$(fu commitments --theirs --format "%(what)")" = fourth &&
	test "$(fu commitments --ours --format "%(what)" | tr "\n" " ")" = "sample offer " &&
	test "$(fu commitments --ours --theirs --format "%(what)" | wc -l)" = 3 &&
	test "$(fu commitments --due today --format "%(what)" | tr "\n" " ")" = "sample offer " &&
	test "$(fu commitments --due "21 nov 2026" --format "%(what)")" = sample &&
	refuses 129 "due" -- fu commitments --due someday &&
	refuses 128 nobody -- fu commitments nobody
'

test_expect_success 'with --ours the counts are of our promises' '
	cd repo &&
	fu commitments --ours --json | json - "[.clients[] | \"\(.client) \(.open) \(.none)\"] |
		join(\", \")" "Acme 1 1, Zeta 1 0"
'

test_expect_success '--format and -z' '
	cd repo &&
	fu commitments one --all --format "%(side) %(state) %(due) %(opportunity) %(client)" \
		>"$T_OUT/format" &&
	test_grep "^theirs kept 2026-11-23 one Acme$" "$T_OUT/format" &&
	test "$(fu commitments -z --format "%(what)" | tr "\0" ,)" = "sample,offer,fourth,"
'

test_expect_success 'abandoning drops what was open, winning does not' '
	cd repo &&
	fu abandon two --cause gone --because sold >/dev/null &&
	fu win three >/dev/null &&
	test "$(fu commitments --format "%(what)" | tr "\n" " ")" = "sample offer " &&
	fu commitments --json | json - ".clients[0].open" 0
'

test_expect_success 'a promise that was taken back is none' '
	cd repo &&
	fu heard four --theirs "fifth by 30 nov" >/dev/null &&
	fu undo four >/dev/null &&
	! fu commitments --all --format "%(what)" | grep fifth
'

test_expect_success 'nothing at all' '
	new_repo empty &&
	cd empty &&
	fu commitments >out &&
	test ! -s out &&
	fu commitments --json | json - . "{\"commitments\":[],\"clients\":[]}"
'


test_expect_success 'where it is narrow the promise stands below, whole' '
	at 2026-11-20T10:00 &&
	new_repo narrow &&
	cd narrow &&
	fu new One --client Acme --id acme-and-daughters-of-the-greater-region \
		--contact "Zoe Zimmermann" >/dev/null 2>&1 &&
	fu heard acme --theirs "Zoe Zimmermann: the outline of what all three of the departments \
want from it by 23 nov" >/dev/null &&
	COLUMNS=80 fu commitments >"$T_OUT/text" &&
	sed -n 2,3p "$T_OUT/text" | sed "s/  [0-9a-z]\{4\}  /  id  /" >"$T_OUT/two" &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Mon 23 Nov  acme-and-daughters-of-the-greater-region  id  Zoe Zimmer…  open
	            the outline of what all three of the departments want from it
	EOF
	sed "s/Zoe Z[a-z]*…\{0,1\}/Zoe Zimmer…/" "$T_OUT/two" >"$T_OUT/actual" &&
	test_cmp "$T_OUT/expected" "$T_OUT/actual" &&
	COLUMNS=60 fu commitments >"$T_OUT/text" &&
	test_grep "^Mon 23 Nov  acme-and-daughters-of-the-greater-region  " "$T_OUT/text" &&
	tr -s " \n" " " <"$T_OUT/text" >"$T_OUT/words" &&
	test_grep "the outline of what all three of the departments want from it" "$T_OUT/words" &&
	COLUMNS=160 fu commitments >"$T_OUT/text" &&
	test_grep "Zoe Zimmermann  the outline .* from it  open$" "$T_OUT/text"
'

test_expect_success 'kept twice is said to be kept already' '
	at 2026-11-20T10:00 &&
	new_repo twice &&
	cd twice &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu heard one --ours "the outline by 23 nov" --ours "the draft by 24 nov" >/dev/null &&
	fu kept one outline >"$T_OUT/said" &&
	test_grep "^one: kept: .the outline.;" "$T_OUT/said" &&
	git log -1 --format=%B >"$T_OUT/commit" &&
	! grep outline "$T_OUT/commit" &&
	refuses 1 "the commitment .the outline. is kept already" -- fu kept one outline &&
	at 2026-11-25T10:00 &&
	fu kept one draft >"$T_OUT/said" &&
	test_grep "^one: kept late: .the draft.;" "$T_OUT/said" &&
	refuses 1 "the commitment .the draft. is kept already" -- fu broken one draft &&
	refuses 128 "no commitment .nothing." -- fu kept one nothing &&
	at 2026-11-20T10:00
'

test_done
