#!/bin/sh
test_description='fu log: the audit trail'
. "${0%/*}/lib.sh"

test_expect_success 'a history' '
	new_repo &&
	cd repo &&
	fu new One --client Acme --id one --next "fri 15:00" >/dev/null 2>&1 &&
	tick &&
	fu new Two --client Zeta --id two >/dev/null 2>&1 &&
	at 2026-11-20T16:00 &&
	fu log-meeting one --outcome proceed --next "tue 15:00" --ours none --theirs none \
		>/dev/null &&
	at 2026-11-25T10:00 &&
	fu note two "monday: they called" --at "2026-11-23 9:00" >/dev/null &&
	fu note two "the same day" --at "9:00" >/dev/null &&
	GIT_AUTHOR_NAME="Bob Roe" GIT_AUTHOR_EMAIL=bob@example.com \
		fu log-meeting one --outcome repeat --cause value --next "fri 15:00" \
		--ours none --theirs none >/dev/null &&
	fu log >"$T_OUT/trail"
'

test_expect_success 'newest first: short hash, date, author, opportunity, act in words' '
	cd repo &&
	test_line_count -eq 7 "$T_OUT/trail" &&
	sed -n 1p "$T_OUT/trail" >"$T_OUT/first" &&
	test_grep -E "^[0-9a-f]{9}  2026-11-25 10:00  Bob Roe +one  meeting: repeat workshop, cause value, next Fri 27 Nov 15:00$" \
		"$T_OUT/first" &&
	test_grep -E "^[0-9a-f]{9}  2026-11-20 16:00  Ann Author +one  meeting: proceed to workshop, next Tue 24 Nov 15:00$" \
		"$T_OUT/trail" &&
	sed -n 7p "$T_OUT/trail" >"$T_OUT/last" &&
	test_grep "init" "$T_OUT/last" &&
	test "$(fu log --format "%(commit)" -n 1)" = "$(git rev-parse HEAD)" &&
	git rev-list HEAD >"$T_OUT/expected" &&
	fu log --format "%(commit)" >"$T_OUT/actual" &&
	test_cmp "$T_OUT/expected" "$T_OUT/actual"
'

# The meeting of Tuesday was entered on Wednesday.
test_expect_success 'what was entered more than two days after it happened is marked' '
	cd repo &&
	test "$(grep -c "back-filled" "$T_OUT/trail")" = 1 &&
	test_grep "two  note  \[back-filled: Mon 23 Nov 09:00\]$" "$T_OUT/trail" &&
	fu log --json | json - "[.[].backfilled] | map(tostring) | join(\" \")" \
		"false false true false false false false" &&
	at 2026-11-27T15:00 &&
	fu note one "two days to the second" --at "2026-11-25 15:00" >/dev/null &&
	test "$(fu log -n1 --format "%(backfilled)")" = no
'

test_expect_success 'one opportunity; a kind; an author; dates; a number' '
	cd repo &&
	test "$(fu log two --format "%(act)" | tr "\n" " ")" = "note note new " &&
	test "$(fu log --act meeting --format "%(opportunity)" | tr "\n" " ")" = "one one " &&
	test "$(fu log --act init --format "%(act)")" = init &&
	test "$(fu log --author BOB --format "%(act)")" = meeting &&
	test "$(fu log --author ann@ --format "%(act)" | wc -l)" = 7 &&
	test "$(fu log --since 2026-11-25 --until 2026-11-25 --format "%(act)" | wc -l)" = 3 &&
	test "$(fu log --until 2026-11-20 --act new --format "%(opportunity)" | tr "\n" " ")" = \
		"two one " &&
	test "$(fu log --since "20 nov 16:00" --act meeting --format "%(act)" | wc -l)" = 2 &&
	test "$(fu log -n 2 --format "%(act)" | wc -l)" = 2 &&
	fu log -n 0 >"$T_OUT/text" && test_line_count -eq 0 "$T_OUT/text" &&
	fu log -n 0 --json | json - length 0 &&
	test "$(fu log one -n1 --act new --format "%(act)")" = new &&
	test "$(fu log --act undo)" = "" &&
	refuses 129 "meeting" -- fu log --act meting &&
	refuses 129 "since" -- fu log --since whenever &&
	refuses 128 "nobody" -- fu log nobody
'

test_expect_success '--json: the whole act as it was recorded, commit and backfilled' '
	cd repo &&
	fu log one --act meeting --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" length 2 &&
	json "$T_OUT/doc" ".[1].act" meeting &&
	json "$T_OUT/doc" ".[1].opportunity" one &&
	json "$T_OUT/doc" ".[1].outcome" proceed &&
	json "$T_OUT/doc" ".[1].next" 2026-11-24T15:00:00+01:00 &&
	json "$T_OUT/doc" ".[1].at" 2026-11-20T15:00:00+01:00 &&
	json "$T_OUT/doc" ".[1].recorded" 2026-11-20T16:00:00+01:00 &&
	json "$T_OUT/doc" ".[1].ours" "[]" &&
	json "$T_OUT/doc" ".[1].by" "Ann Author <ann@example.com>" &&
	json "$T_OUT/doc" ".[0].cause" value &&
	json "$T_OUT/doc" ".[0].commit" "$(fu log one --act meeting -n1 --format "%(commit)")" &&
	fu show one --json | json - ".meetings[0]" "$(jq -c ".[1] |
		del(.commit, .backfilled, .taken_back, .author, .date, .subject)" "$T_OUT/doc")"
'

test_expect_success 'the acts are found where their file can no longer be read' '
	cd repo &&
	cp -r . ../damaged &&
	(
		cd ../damaged &&
		echo "no key" >>"$(echo opportunities/*/one.ini)" &&
		fu log --act meeting --json | json - ".[0].cause" value
	)
'

test_expect_success '-p: what changed in the files' '
	cd repo &&
	fu log two -n1 -p >"$T_OUT/patch" &&
	test_grep "^+note = the same day$" "$T_OUT/patch" &&
	test_grep "^diff --git " "$T_OUT/patch" &&
	test_grep "two  note$" "$T_OUT/patch"
'

test_expect_success 'record, edit, config and undo show too' '
	cd repo &&
	sed -i "s/^title = Two/title = Second/" opportunities/*/two.ini &&
	fu record >/dev/null 2>&1 &&
	fu config policy.max-calls 4 >/dev/null &&
	fu undo one >/dev/null &&
	test "$(fu log -n 3 --format "%(act)" | tr "\n" " ")" = "undo config record " &&
	fu log -n3 >"$T_OUT/text" &&
	test_grep "two  record" "$T_OUT/text" &&
	test_grep "config" "$T_OUT/text" &&
	test_grep "one  undo" "$T_OUT/text" &&
	fu log -n3 --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".[2].act" record &&
	json "$T_OUT/doc" ".[2].opportunity" two &&
	json "$T_OUT/doc" ".[1].opportunity == null" &&
	json "$T_OUT/doc" ".[1].by" "Ann Author <ann@example.com>" &&
	test "$(fu log two -n1 --format "%(act)")" = record
'

test_expect_success 'a record of several files shows with each of them' '
	cd repo &&
	sed -i "s/^title = \(.*\)/title = The \1/" opportunities/*/one.ini opportunities/*/two.ini &&
	fu record >/dev/null 2>&1 &&
	test "$(fu log one -n1 --format "%(act)")" = record &&
	test "$(fu log two -n1 --format "%(act)")" = record &&
	test "$(fu log --act record -n1 --format "%(opportunity)")" = ""
'

test_expect_success 'a plain commit, and a plain revert, show as what they are' '
	cd repo &&
	echo hello >README &&
	git add README &&
	git commit -q -m "a word of ours" &&
	fu note one "to be reverted" >/dev/null &&
	git revert --no-edit HEAD >/dev/null &&
	fu log -n 3 >"$T_OUT/text" &&
	sed -n 1p "$T_OUT/text" >"$T_OUT/revert" &&
	test_grep "Revert \"one: note\"  \[not by fu\]$" "$T_OUT/revert" &&
	test_grep "a word of ours  \[not by fu\]$" "$T_OUT/text" &&
	fu log -n 3 --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".[0].act == null and .[2].act == null" &&
	json "$T_OUT/doc" ".[2].subject" "a word of ours" &&
	json "$T_OUT/doc" ".[1].note" "to be reverted" &&
	fu log one -n2 >"$T_OUT/text" &&
	test_grep "Revert" "$T_OUT/text"
'

test_expect_success 'an act of several opportunities: an entry each' '
	cd repo &&
	printf "one\ntwo\n" | fu note - "a note for both" >/dev/null &&
	test "$(fu log -n 2 --format "%(opportunity) %(act)" | sort | tr "\n" ,)" = \
		"one note,two note," &&
	fu log -n 2 --json | json - "[.[].note] | unique | join(\",\")" "a note for both" &&
	test "$(fu log one -n1 --format "%(opportunity) %(words)")" = "one note"
'

test_expect_success 'words in a message are no trailers' '
	cd repo &&
	git commit -q --allow-empty -m "a subject" -m "Fu-Act: meeting
Fu-Opportunity: one" -m "and so on" &&
	fu log -n1 >"$T_OUT/text" &&
	test_grep "a subject  \[not by fu\]$" "$T_OUT/text"
'

test_expect_success 'the text fits the terminal' '
	cd repo &&
	COLUMNS=50 fu log >"$T_OUT/text" &&
	sed "s/…/./g" "$T_OUT/text" >"$T_OUT/bytes" &&
	awk "length > 50 { print; bad = 1 } END { exit bad }" "$T_OUT/bytes"
'

test_expect_success 'what was recorded when is in the time of the repository' '
	cd repo &&
	TZ=Asia/Tokyo fu log --act init >"$T_OUT/text" &&
	test_grep "  2026-11-20 10:00  " "$T_OUT/text"
'

test_expect_success 'without a commit there is nothing to show' '
	git init -q unborn &&
	printf "[fu]\nversion = 1\n" >unborn/fu.ini &&
	cd unborn &&
	fu log >out &&
	test ! -s out &&
	test "$(fu log --json)" = "[]"
'


test_expect_success 'what is taken back is marked, whatever is asked for' '
	new_repo back &&
	cd back &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu note one "a" >/dev/null &&
	fu undo one >/dev/null &&
	fu log >"$T_OUT/text" &&
	test_grep "one  note  \[taken back\]$" "$T_OUT/text" &&
	test "$(grep -c "taken back" "$T_OUT/text")" = 1 &&
	fu log one --act note >"$T_OUT/text" &&
	test_grep "\[taken back\]$" "$T_OUT/text" &&
	test "$(fu log --act note --format "%(taken_back)")" = yes &&
	fu log -n3 --json | json - "[.[].taken_back] | map(tostring) | join(\" \")" \
		"false true false" &&
	fu undo one >/dev/null &&
	fu log --act undo --format "%(taken_back)" | tr "\n" " " >"$T_OUT/undone" &&
	test "$(fu log --act note --format "%(taken_back)")" = \
		"$(fu show one | grep -q "note.*taken back" && echo yes || echo no)"
'

test_expect_success 'an id is not cut' '
	cd back &&
	fu new Two --client Acme --id a-client-with-a-long-name-and-a-deal-with-one \
		>/dev/null 2>&1 &&
	COLUMNS=60 fu log -n1 >"$T_OUT/text" &&
	test_grep "^           a-client-with-a-long-name-and-a-deal-with-one$" "$T_OUT/text" &&
	test_grep "^           new: field, discovery$" "$T_OUT/text"
'

test_expect_success 'the words are shortened, the marks stay' '
	new_repo marks &&
	cd marks &&
	at 2026-11-25T10:00 &&
	fu new One --client Acme --id one --opened 2026-11-20 >/dev/null 2>&1 &&
	fu log-touch one --gives industry-peers --what "a report on what others of their trade did" \
		--channel mail --at "2026-11-21 09:00" >/dev/null &&
	fu schedule one "mon 15:00" --place "the room behind the counter on the ground floor" \
		>/dev/null &&
	fu undo one >/dev/null &&
	git commit -q --allow-empty -m "a subject of somebody who likes to say a lot in one line" &&
	fu undo $(fu log --act touch --format "%(id)") >/dev/null &&
	for width in 45 60 80 100
	do
		COLUMNS=$width fu log >"$T_OUT/text" &&
		test "$(grep -c "\[taken back\]$" "$T_OUT/text")" = 2 &&
		test_grep "\[back-filled: Sat 21 Nov 09:00\]" "$T_OUT/text" &&
		test_grep "\[not by fu\]$" "$T_OUT/text" &&
		sed "s/…/./g" "$T_OUT/text" >"$T_OUT/bytes" &&
		awk "length > $width { print; bad = 1 } END { exit bad }" "$T_OUT/bytes" ||
			return 1
	done &&
	COLUMNS=60 fu log -n2 >"$T_OUT/text" &&
	test_grep -x "           a subject of somebody who likes to …  \[not by fu\]" "$T_OUT/text"
'

test_done
