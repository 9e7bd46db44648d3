#!/bin/sh
test_description='fu merge and fu rename: duplicates become one, old ids still resolve'
. "${0%/*}/lib.sh"

begin()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count"
}

# acme and its twin dup, which has seen a meeting, a call and a promise of either side.
twins()
{
	begin &&
		fu new -q Website --client Acme --id acme --opened '2 nov' \
			--contact 'Jane Doe <jane@acme.example>; CFO' "$@" &&
		fu new -q 'Web site' --client 'Acme Corp' --id dup --opened '2 nov' --value 12000 \
			--tag fair --external-id X2 --contact 'Jane Doe; +34 600 111 222' \
			--contact 'Bob <bob@acme.example>' &&
		fu log-meeting -q dup --at '9 nov 15:00' --outcome proceed --next '25 nov 11:00' \
			--for 1h --with bob --ours 'outline by 23 nov' --theirs 'Bob: figures by 27 nov' \
			--where 'we want it before the fair' --temperature warm --minutes 90 \
			--unsure 'who signs' &&
		fu heard -q dup --at '12 nov 9:00' --what 'they called'
}

facts()
{
	fu show --json "${opp:-acme}" | json - "$@"
}

file_of()
{
	echo opportunities/*/"$1.ini"
}

commits()
{
	git rev-list --count HEAD
}

clean()
{
	test -z "$(git status --porcelain -uall)"
}

# ---- rename ----

test_expect_success 'rename: file, history and acts go along, in one commit' '
	begin && fu new -q Website --client Acme --id acme --next "25 nov 15:00" && fu note -q acme one &&
	n=$(commits) && fu rename acme contoso >"$T_OUT/said" && test $(commits) -eq $((n + 1)) && clean &&
	test_grep "^contoso: rename: from acme; appointment Wed 25 Nov 15:00" "$T_OUT/said" &&
	! test -e "$(file_of acme)" && test_grep "^from = acme" "$(file_of contoso)" &&
	test_grep "^to = contoso" "$(file_of contoso)" &&
	(opp=contoso && facts .next.kind appointment && facts .id contoso) &&
	fu check && fu list --format "%(id)" >"$T_OUT/ids" && test_line_count -eq 1 "$T_OUT/ids"
'

test_expect_success 'an old id still means it, in full; a new one does not get it' '
	begin && fu new -q Website --client Acme --id acme && fu rename -q acme contoso &&
	facts .id contoso && fu note -q acme "by the old id" &&
	test_grep "by the old id" "$(file_of contoso)" &&
	refuses 128 "no opportunity .acm." fu note acm x &&
	refuses 128 "is what .contoso. was called" fu new Shop --client Acme --id acme &&
	fu new Acme --client Acme >"$T_OUT/id" && test "$(cat "$T_OUT/id")" = acme-2
'

test_expect_success 'an old id is exact: it beats what begins with it' '
	begin && fu new -q Website --client Acme --id acme && fu rename -q acme contoso &&
	fu new -q Shop --client Acme --id acme-2 && facts .id contoso && fu show acm --json >"$T_OUT/o" &&
	json "$T_OUT/o" .id acme-2
'

test_expect_success 'rename: an id that is taken, was another one'\''s, is none, or is its own' '
	begin && fu new -q A --client A --id a1 && fu new -q B --client B --id b1 &&
	refuses 128 "there is an opportunity .b1. already" fu rename a1 b1 &&
	refuses 129 "is no id" fu rename a1 Upper && refuses 129 "is no id" fu rename a1 ../x &&
	refuses 129 "is no id" fu rename a1 -- -x && refuses 128 "no opportunity" fu rename zz yy &&
	n=$(commits) && fu rename a1 a1 && test $(commits) -eq $n &&
	sed -i "1,/^\[/s/^title = .*/title = Relaunch/" opportunities/*/a1.ini &&
	fu rename a1 a1 && test $(commits) -eq $((n + 1)) && clean &&
	fu rename -q b1 b2 && refuses 128 "is what .b2. was called" fu rename a1 b1 &&
	fu rename -q b2 b1 && (opp=b2 && facts .id b1) && (opp=b1 && facts .id b1) && fu check
'

test_expect_success 'rename: --dry-run, --json, -q; a closed one too' '
	begin && fu new -q A --client A --id a1 && fu abandon -q a1 --cause gone --because x &&
	nothing_changed fu rename a1 a2 --dry-run && fu rename a1 a2 --json >"$T_OUT/act" &&
	json "$T_OUT/act" .act rename && json "$T_OUT/act" .opportunity a2 &&
	json "$T_OUT/act" .from a1 && json "$T_OUT/act" .to a2 && json "$T_OUT/act" .of null &&
	fu rename -q a2 a3 >"$T_OUT/said" && ! test -s "$T_OUT/said" && (opp=a1 && facts .status abandoned)
'

test_expect_success 'rename: undo moves it back, and undo of that forth again' '
	begin && fu new -q A --client A --id a1 && fu note -q a1 one && fu rename -q a1 a2 && clean &&
	fu undo >"$T_OUT/said" && test_grep "^a1: undo: took back the rename" "$T_OUT/said" && clean &&
	! test -e "$(file_of a2)" && (opp=a1 && facts .id a1) && refuses 128 "no opportunity" fu show a2 &&
	fu undo -q && clean && (opp=a1 && facts .id a2) && fu undo -q a2 && (opp=a1 && facts .id a1) &&
	fu check
'

test_expect_success 'rename: an earlier one is not undone under a later one; nor is a taken id' '
	begin && fu new -q A --client A --id a1 && fu rename -q a1 a2 && sha=$(git rev-parse HEAD) &&
	fu rename -q a2 a3 && refuses 1 "rename of .* could then not follow" fu undo $sha &&
	fu undo -q a3 && fu undo -q $sha && (opp=a1 && facts .id a1)
'

test_expect_success 'undo of a commit and of an act from before a rename' '
	begin && fu new -q A --client A --id a1 && fu note a1 one --json >"$T_OUT/one" &&
	sha=$(git rev-parse HEAD) && fu note a1 two --json >"$T_OUT/two" && fu rename -q a1 a2 &&
	fu undo $sha --json >"$T_OUT/undo" && json "$T_OUT/undo" .takes_back "$(jq -r .id "$T_OUT/one")" &&
	fu undo "$(jq -r .id "$T_OUT/two")" --json >"$T_OUT/undo" && json "$T_OUT/undo" .opportunity a2
'

test_expect_success 'log: what happened under the old name, by either id' '
	begin && fu new -q A --client A --id a1 && fu note -q a1 one && fu rename -q a1 a2 && fu note -q a2 two &&
	for id in a1 a2; do
		fu log $id --format "%(act)" >"$T_OUT/log" &&
		printf "note\nrename\nnote\nnew\n" >"$T_OUT/want" && test_cmp "$T_OUT/want" "$T_OUT/log" || return 1
	done &&
	fu log a2 --json >"$T_OUT/log" && json "$T_OUT/log" ".[2].note" one && json "$T_OUT/log" length 4 &&
	fu log --act rename >"$T_OUT/log" && test_line_count -eq 1 "$T_OUT/log" &&
	git log -1 --format="%(trailers:key=Fu-From,valueonly)" HEAD^ >"$T_OUT/t" && test_grep "^a1" "$T_OUT/t"
'

test_expect_success 'rename: a hand edit is recorded first' '
	begin && fu new -q A --client A --id a1 && sed -i "s/^client = .*/client = Beta/" "$(file_of a1)" &&
	n=$(commits) && fu rename a1 a2 2>"$T_OUT/err" && test $(commits) -eq $((n + 2)) && clean &&
	test_grep "recorded what was edited by hand" "$T_OUT/err" && (opp=a2 && facts .client Beta)
'

# ---- merge ----

test_expect_success 'merge: what happened in the one counts in the other' '
	twins && n=$(commits) && fu merge dup acme >"$T_OUT/said" && test $(commits) -eq $((n + 1)) && clean &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: merge: of dup, next Wed 25 Nov 11:00" "$T_OUT/said" &&
	! test -e "$(file_of dup)" && facts .id acme && facts .title Website && facts .client Acme &&
	facts .activity discovery && facts .status open && facts ".meetings | length" 1 &&
	facts ".meetings[0].of" dup && facts ".meetings[0].minutes" 90 && facts ".heard | length" 1 &&
	facts .where "we want it before the fair" && facts .temperature warm &&
	facts ".last_contact" 2026-11-12T09:00:00+01:00 && facts ".questions | length" 1 &&
	facts ".commitments | length" 2 && facts ".commitments[1].who" Bob && facts .next_item.kind null &&
	fu check && fu list --format "%(id)" >"$T_OUT/ids" && test_line_count -eq 1 "$T_OUT/ids"
'

test_expect_success 'merge: what the one lacks comes from the other; people are so once' '
	twins && fu merge -q dup acme && facts .value.amount 12000.00 && facts .tags[0] fair &&
	facts .external_id X2 && facts ".contacts | length" 2 && facts ".contacts[0].phone" "+34 600 111 222" &&
	facts ".contacts[0].email" jane@acme.example && facts ".contacts[0].role" CFO &&
	facts .next.kind appointment && facts .next.for "1 hour" && facts ".next.with[0]" Bob &&
	facts .next.activity discovery
'

test_expect_success 'merge: what the one has stays' '
	twins --value 500 --tag own --external-id X1 --next "24 nov 9:00" &&
	fu merge dup acme >"$T_OUT/said" 2>"$T_OUT/err" && facts .value.amount 500.00 &&
	facts ".tags | join(\",\")" own,fair && facts .external_id X1 && facts .next.at 2026-11-24T09:00:00+01:00 &&
	test_grep "^warning: .acme. keeps its own next step.*Wed 25 Nov 11:00" "$T_OUT/err" &&
	eval "$(sed -n "s/^hint: //p" "$T_OUT/err")" && facts .next.at 2026-11-25T11:00:00+01:00
'

test_expect_success 'merge: the promises of the one are settled in the other' '
	twins && fu merge -q dup acme && fu kept -q acme outline && fu kept -q dup figures &&
	facts ".commitments | map(.state) | join(\",\")" kept,kept && fu check &&
	fu log-meeting -q acme --at "20 nov 9:00" --outcome proceed --next "1 dec 10:00" --ours none --theirs none &&
	facts .activity workshop && facts ".meetings | length" 2
'

test_expect_success 'merge: a wait, a call and a confirmation go on, with what they propose' '
	begin && fu new -q A --client A --id a1 && fu new -q B --client A --id b1 --wait "1 dec" --because "their fair" &&
	fu merge -q b1 a1 && (opp=a1 && facts .status waiting && facts .next.at 2026-12-01 && facts .next.because "their fair") &&
	fu new -q C --client C --id c1 && fu new -q D --client C --id d1 && fu heard -q d1 --again "24 nov 10:00" &&
	fu merge -q d1 c1 && (opp=c1 && facts .next.kind call) &&
	fu new -q E --client E --id e1 && fu new -q F --client E --id f1 &&
	fu log-meeting -q f1 --outcome proceed --confirm "24 nov 10:00" --options "now; in march" --ours none --theirs none &&
	fu merge f1 e1 --json >"$T_OUT/act" && json "$T_OUT/act" .outcome proceed && json "$T_OUT/act" ".options | length" 2 &&
	(opp=e1 && facts .next.kind confirmation && facts .next.outcome proceed && facts ".next.options | join(\"|\")" "now|in march" &&
		facts .activity discovery) && fu check
'

test_expect_success 'merge: an appointment that is over is still to be logged' '
	begin && at 2026-11-17T10:00 && fu new -q A --client A --id a1 && fu new -q B --client A --id b1 --next "18 nov 9:00" &&
	at 2026-11-20T10:00 && fu merge -q b1 a1 && (opp=a1 && facts .next_item.kind unlogged) && fu check
'

test_expect_success 'merge: refused into itself, and where it would be a lie' '
	begin && fu new -q A --client A --id a1 && fu new -q B --client A --id b1 && fu new -q C --client A --id c1 &&
	refuses 1 "cannot be merged into itself" fu merge a1 a1 && refuses 128 "no opportunity" fu merge zz a1 &&
	refuses 128 "no opportunity" fu merge a1 zz && refuses 129 "" fu merge a1 &&
	fu win -q b1 &&
	refuses 1 "would not count as won" fu merge b1 a1 &&
	fu abandon -q c1 --cause gone --because x && fu merge -q c1 a1 && (opp=a1 && facts .status open) &&
	fu abandon -q a1 --cause gone --because x && fu merge -q a1 b1 && (opp=c1 && facts .id b1 && facts .status won) &&
	refuses 1 "is .b1. already" fu merge a1 b1 && fu check
'

test_expect_success 'merge: an open one into one that is closed ends with it, which is said' '
	begin && fu new -q A --client A --id a1 --next "wed 10:00" && fu new -q B --client A --id b1 &&
	fu win -q b1 && fu merge a1 b1 >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "^warning: .b1. is won: .a1., which is open, ends with it" "$T_OUT/err" &&
	test_grep "^hint: fu reopen b1 " "$T_OUT/err" &&
	(opp=a1 && facts .id b1 && facts .status won && facts .next null && facts .next_item null) && fu check
'

test_expect_success 'merge: --dry-run and --json' '
	twins && nothing_changed fu merge dup acme --dry-run && fu merge dup acme --json >"$T_OUT/act" &&
	json "$T_OUT/act" .act merge && json "$T_OUT/act" .opportunity acme && json "$T_OUT/act" .from dup &&
	json "$T_OUT/act" .facts.external_id X2 && json "$T_OUT/act" .next 2026-11-25T11:00:00+01:00 &&
	json "$T_OUT/act" ".contacts | length" 2
'

test_expect_success 'merge: old ids resolve, over several merges and renames' '
	twins && fu rename -q dup dup-2 && fu merge -q dup-2 acme && fu rename -q acme contoso &&
	fu new -q Third --client Acme --id third && fu merge -q contoso third && fu check && clean &&
	for id in dup dup-2 acme contoso third; do
		fu show $id --json >"$T_OUT/o" && json "$T_OUT/o" .id third || return 1
	done &&
	(opp=third && facts ".meetings | length" 1 && facts ".commitments | length" 2) &&
	fu kept -q third figures && (opp=third && facts ".commitments[1].state" kept) &&
	test $(grep -h "^of = " "$(file_of third)" | sort -u | wc -l) -eq 2
'

test_expect_success 'merge: undo brings the other back as it was' '
	twins && cp "$(file_of dup)" "$T_OUT/dup" && cp "$(file_of acme)" "$T_OUT/acme" &&
	fu merge -q dup acme && fu undo >"$T_OUT/said" && clean &&
	test_grep "^acme: undo: took back the merge .*.dup. stands by itself again" "$T_OUT/said" &&
	test_cmp "$T_OUT/dup" "$(file_of dup)" && facts .value null && facts ".meetings | length" 0 &&
	facts ".contacts | length" 1 && facts .next null && facts ".commitments | length" 0 &&
	facts .external_id null && (opp=dup && facts .id dup && facts ".meetings | length" 1) &&
	fu check && fu list --format "%(id)" >"$T_OUT/ids" && test_line_count -eq 2 "$T_OUT/ids" &&
	sed "1,/^\$/d; /^\[new/,/^\$/!d" "$(file_of acme)" >"$T_OUT/new" &&
	sed "1,/^\$/d; /^\[new/,/^\$/!d" "$T_OUT/acme" >"$T_OUT/want" && head -n 5 "$T_OUT/want" >"$T_OUT/w" &&
	head -n 5 "$T_OUT/new" >"$T_OUT/n" && test_cmp "$T_OUT/w" "$T_OUT/n"
'

test_expect_success 'merge: after an undo it can be done again, by undo or anew, with what came since' '
	twins && fu merge -q dup acme && fu undo -q && fu note -q dup "meanwhile" && fu undo -q acme && clean &&
	! test -e "$(file_of dup)" && (opp=dup && facts .id acme) && facts ".meetings | length" 1 &&
	test_grep meanwhile "$(file_of acme)" && fu check && fu undo -q acme && fu check &&
	test_grep meanwhile "$(file_of dup)" && fu merge -q dup acme && facts ".meetings | length" 1 &&
	facts .value.amount 12000.00 && fu check && clean
'

test_expect_success 'merge: undo is refused where later acts rest on it, naming them' '
	twins && fu merge -q dup acme && sha=$(git rev-parse HEAD) && fu kept acme outline --json >"$T_OUT/kept" &&
	refuses 1 "$(jq -r .id "$T_OUT/kept")" fu undo $sha && fu undo -q acme &&
	fu schedule acme "26 nov 9:00" --json >"$T_OUT/moved" &&
	refuses 1 "$(jq -r .id "$T_OUT/moved")" fu undo $sha && fu undo -q acme &&
	act=$(sed -n "s/^\[heard \(.*\)\]/\1/p" "$(file_of acme)") && fu undo $act --json >"$T_OUT/undo" &&
	facts ".heard | length" 0 && refuses 1 "$(jq -r .id "$T_OUT/undo")" fu undo $sha && fu undo -q acme &&
	facts ".heard | length" 1 && fu undo -q $sha && (opp=dup && facts ".heard | length" 1)
'

test_expect_success 'merge: undo where the id has a file meanwhile' '
	twins && fu merge -q dup acme && mkdir -p opportunities/zz &&
	git show HEAD^:"$(git ls-tree -r --name-only HEAD^ | grep /dup.ini)" >opportunities/zz/dup.ini &&
	test_must_fail fu undo acme 2>"$T_OUT/err" && test_grep "there is an opportunity .dup. already" "$T_OUT/err"
'

test_expect_success 'merge: acts and commits from before are found under the new place' '
	twins && fu note dup one --json >"$T_OUT/one" && sha=$(git rev-parse HEAD) && fu merge -q dup acme &&
	fu undo $sha --json >"$T_OUT/undo" && json "$T_OUT/undo" .opportunity acme &&
	json "$T_OUT/undo" .takes_back "$(jq -r .id "$T_OUT/one")" && fu undo -q acme &&
	fu undo "$(jq -r .id "$T_OUT/one")" --json >"$T_OUT/undo" && json "$T_OUT/undo" .opportunity acme
'

test_expect_success 'merge: after its undo an act is taken back where it belongs' '
	twins && fu note dup one --json >"$T_OUT/one" && fu merge -q dup acme && fu undo -q &&
	fu undo "$(jq -r .id "$T_OUT/one")" --json >"$T_OUT/undo" && json "$T_OUT/undo" .opportunity dup
'

test_expect_success 'merge: the log goes on in the history of what was merged' '
	twins && fu merge -q dup acme && fu note -q acme later &&
	fu log acme --format "%(act)" >"$T_OUT/trail" &&
	printf "note\nmerge\nheard\nmeeting\nnew\nnew\n" >"$T_OUT/want" && test_cmp "$T_OUT/want" "$T_OUT/trail" &&
	fu log dup --json >"$T_OUT/trail" && json "$T_OUT/trail" length 6 && json "$T_OUT/trail" ".[3].outcome" proceed &&
	fu undo -q && fu undo -q acme &&
	fu log dup --format "%(act)" >"$T_OUT/trail" && test_grep "^merge" "$T_OUT/trail"
'

test_expect_success 'merge: a hand edit of the one that goes is recorded first' '
	twins && sed -i "s/^value = .*/value = 700.00 EUR/" "$(file_of dup)" && n=$(commits) &&
	fu merge dup acme 2>"$T_OUT/err" && test $(commits) -eq $((n + 2)) && clean && facts .value.amount 700.00 &&
	fu undo -q && sed -i "s/^value = .*/value = much/" "$(file_of dup)" &&
	test_must_fail fu merge dup acme && test -e "$(file_of dup)"
'

test_expect_success 'merge: the ledger and the work list have it once' '
	twins && fu merge -q dup acme && fu commitments --json >"$T_OUT/c" && json "$T_OUT/c" ".commitments | length" 2 &&
	json "$T_OUT/c" ".commitments[0].opportunity" acme && fu next --ahead "2 weeks" --json >"$T_OUT/n" &&
	json "$T_OUT/n" "map(.opportunity) | unique | join(\",\")" acme
'

test_expect_success 'merge: check names in what was merged in what breaks the rules' '
	begin && fu new -q A --client A --id a1 && fu new -q B --client B --id b1 &&
	echo "{\"act\":\"meeting\",\"opportunity\":\"b1\",\"at\":\"2026-11-20T10:00:00+01:00\",\"outcome\":\"proceed\",\"to\":\"workshop\"}" |
	fu import -q --acts --lenient && test_expect_code 1 fu check b1 >"$T_OUT/before" &&
	fu merge -q b1 a1 && test_expect_code 1 fu check >"$T_OUT/after" &&
	test_grep "/a1.ini:[0-9]*: .*commitments" "$T_OUT/after" &&
	test "$(wc -l <"$T_OUT/before")" = "$(wc -l <"$T_OUT/after")"
'

test_expect_success 'merge: what was closed with the duplicate stays closed' '
	twins && fu abandon -q dup --cause gone --because "it is acme" && fu merge -q dup acme &&
	facts ".commitments | map(.state) | unique | join(\",\")" dropped && facts .status open && facts .next null &&
	fu check
'

# ---- the same CSV once more ----

rows()
{
	printf 'external_id,title,client,value,tags\nX1,Website,Acme,%s,\nX2,Web site,Acme Corp,900 EUR,fair\n' "$1"
}

test_expect_success 'merge: the same CSV imported again changes nothing; both ids are known' '
	begin && rows "" >rows.csv && printf "[columns]\nexternal_id = external_id\ntitle = title\nclient = client\nvalue = value\ntags = tag\n" >map.ini &&
	fu import -q rows.csv --map map.ini && fu list --format "%(id) %(external_id)" | sort >"$T_OUT/ids" &&
	a=$(sed -n "s/ X1//p" "$T_OUT/ids") b=$(sed -n "s/ X2//p" "$T_OUT/ids") && fu merge -q $b $a && n=$(commits) &&
	(opp=$a && facts .value.amount 900.00 && facts .external_id X1) &&
	fu import rows.csv --map map.ini >"$T_OUT/said" 2>&1 && test $(commits) -eq $n &&
	rows "500 EUR" >rows.csv && fu import -q rows.csv --map map.ini && (opp=$a && facts .value.amount 500.00) &&
	sed -i "s/900/950/" rows.csv && fu import -q rows.csv --map map.ini && n=$(commits) &&
	fu import -q rows.csv --map map.ini && test $(commits) -eq $n && (opp=$a && facts .value.amount 500.00) && fu check &&
	fu list --status all --format "%(id)" >"$T_OUT/ids" && test_line_count -eq 1 "$T_OUT/ids"
'

# ---- check ----

test_expect_success 'check: an act of what was never merged, and an act in two files' '
	begin && fu new -q A --client A --id a1 && fu note -q a1 one && fu new -q B --client B --id b1 &&
	sed -n "/^\[note/,\$p" "$(file_of a1)" >note && cat note >>"$(file_of b1)" && fu record -q &&
	test_expect_code 1 fu check >"$T_OUT/said" && test_grep "stands in .opportunities/.*a1.ini. too" "$T_OUT/said" &&
	id=$(sed -n "s/^\[note \(.*\)\]/\1/p" note) && test_grep "$id" "$T_OUT/said" &&
	sed "s/^at = /of = zz\nat = /" note | sed "s/$id/0000000000/" >>"$(file_of b1)" &&
	{ fu check >"$T_OUT/said" || :; } && test_grep "was not merged into this one" "$T_OUT/said"
'

# ---- many ids on stdin ----

many()
{
	begin && fu new -q A --client A --id a1 && fu new -q B --client B --id b1 && fu new -q C --client C --id c1
}

test_expect_success 'set, wait, note, abandon: ids on stdin, one commit' '
	many && n=$(commits) && printf "a1\n\n b1 \nc1\na1\n" >ids &&
	fu set - owner=sam <ids >"$T_OUT/said" && test_line_count -eq 3 "$T_OUT/said" && test $(commits) -eq $((n + 1)) &&
	fu note - "after the fair" <ids >"$T_OUT/said" && test $(commits) -eq $((n + 2)) &&
	fu wait - "1 dec" --because "their fair" --json <ids >"$T_OUT/acts" && json "$T_OUT/acts" length 3 &&
	test $(commits) -eq $((n + 3)) && fu abandon -q - --cause gone --because "no budget" <ids &&
	test $(commits) -eq $((n + 4)) && for opp in a1 b1 c1; do facts .status abandoned && facts .owner sam || return 1; done
'

test_expect_success 'ids on stdin: all or nothing, the refusal names each' '
	many && fu abandon -q b1 --cause gone --because x && fu win -q c1 && printf "a1\nb1\nc1\n" >ids &&
	refuses 1 "b1: .b1. is abandoned" fu wait - "1 dec" --because y <ids && test_grep "c1: .c1. is won" "$refusal" &&
	refuses 1 "b1: .*abandoned" fu abandon - --cause gone --because y <ids && test_grep "c1: .*won" "$refusal" &&
	refuses 1 "a1: .*--because" fu set - activity=workshop <ids && test_grep "c1: .*--because" "$refusal" &&
	refuses 1 "a1: " fu note - "" <ids && test_grep "b1: " "$refusal" &&
	printf "a1\nzz\n" >ids && for c in "wait - 2026-12-01 --because y" "note - x" "set - owner=s" "abandon - --cause gone --because y"; do
		refuses 128 "no opportunity .zz." fu $c <ids || return 1
	done &&
	: >ids && n=$(commits) && fu note - x <ids && test $(commits) -eq $n &&
	fu rename -q a1 a9 && echo a1 >ids && fu note -q - "by its old id" <ids && test_grep "by its old id" "$(file_of a9)"
'

test_done
