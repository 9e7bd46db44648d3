#!/bin/sh
test_description='fu kept, fu broken, fu move: what was promised is settled'
. "${0%/*}/lib.sh"

# Ours: price list, due Mon 23 Nov. Theirs: traffic figures, Tue 24 Nov; logo files, Wed.
acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme --contact 'Jane Doe <jane@acme.example>' &&
		fu heard -q acme --ours 'price list by mon' \
			--theirs 'Jane Doe: traffic figures by tue' --theirs 'logo files by wed'
}

# one <word of what> <filter> <expected>
one()
{
	fu show --json acme | json - "[.commitments[] | select(.what | contains(\"$1\"))][0]$2" "$3"
}

id_of()
{
	fu show --json acme | jq -r "[.commitments[] | select(.what | contains(\"$1\"))][0].id"
}

test_expect_success 'kept: by a word of an open one' '
	acme && fu kept acme price >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: .*kept" "$T_OUT/said" &&
	one price .state kept && one price .settled 2026-11-20T10:00:00+01:00 &&
	one price .side ours && one traffic .state open &&
	git log -1 --format="%(trailers:key=Fu-Act,valueonly)" >"$T_OUT/act" &&
	test_grep commitment "$T_OUT/act"
'

test_expect_success 'kept: by id and by a prefix of it; several at once in one commit' '
	acme && price=$(id_of price) && logo=$(id_of logo) && before=$(git rev-list --count HEAD) &&
	fu kept -q acme "$price" "${logo%?}" &&
	one price .state kept && one logo .state kept &&
	test $(git rev-list --count HEAD) -eq $((before + 1))
'

test_expect_success 'kept after its due time is late, by the time it happened' '
	acme && at 2026-11-25T09:00 && fu kept -q acme price && one price .state late &&
	fu kept -q acme traffic --at "tue 12:00" && one traffic .state kept
'

test_expect_success 'a commitment due at a time is late after that time' '
	acme && fu heard -q acme --ours "call back by mon 12:00" && at 2026-11-23T12:30 &&
	fu kept -q acme call && one call .state late && fu kept -q acme price && one price .state kept
'

test_expect_success 'not before it was promised: what and when, not an id nobody typed' '
	acme && for act in "kept acme price" "broken acme price" "move acme price fri" \
		"log-touch acme --gives education --what guide --keeps price"
	do
		refuses 1 "price list. was promised only on Fri 20 Nov 10:00" -- \
			fu $act --at "19 nov" &&
		! test_grep "no commitment" "$refusal" || return 1
	done
'

test_expect_success 'broken, and why' '
	acme && at 2026-11-25T09:00 &&
	fu broken acme traffic --because "they forgot" --json >"$T_OUT/said" &&
	json "$T_OUT/said" .act commitment && json "$T_OUT/said" .to broken &&
	json "$T_OUT/said" .commitment "$(id_of traffic)" &&
	json "$T_OUT/said" .because "they forgot" && one traffic .state broken
'

test_expect_success 'move: another date, echoed; never judged by the old one' '
	acme && fu move acme traffic "27 nov" >"$T_OUT/said" && test_grep "Fri 27 Nov" "$T_OUT/said" &&
	one traffic .due 2026-11-27 && one traffic .state open &&
	at 2026-11-26T09:00 && fu kept -q acme traffic && one traffic .state kept &&
	refuses 1 "past" fu move acme logo yesterday &&
	refuses 129 "someday" fu move acme logo someday &&
	refuses 129 "" fu move acme logo
'

test_expect_success 'unknown and ambiguous ones' '
	acme &&
	refuses 128 "nothing" fu kept acme nothing &&
	refuses 129 "" fu kept acme &&
	fu heard -q acme --ours "price of hosting by fri" &&
	refuses 128 "price" fu kept acme price &&
	test_grep "price list" "$refusal" && test_grep "price of hosting" "$refusal" &&
	refuses 128 "nothing" fu kept acme hosting nothing &&
	one hosting .state open
'

test_expect_success 'a word names an open one only' '
	acme && fu heard -q acme --ours "price of hosting by fri" && fu kept -q acme hosting &&
	fu kept -q acme price && one "price list" .state kept
'

test_expect_success 'what is settled is not settled again' '
	acme && price=$(id_of price) && fu kept -q acme "$price" &&
	test_must_fail nothing_changed fu kept acme "$price" &&
	test_must_fail nothing_changed fu broken acme "$price" &&
	test_must_fail nothing_changed fu move acme "$price" fri
'

test_expect_success 'the ledger counts kept, late, broken, open, per client' '
	acme && fu heard -q acme --theirs none && at 2026-11-25T09:00 &&
	fu kept -q acme traffic && fu broken -q acme logo && fu kept -q acme price --at "mon 9:00" &&
	fu commitments --json --all >"$T_OUT/all" &&
	json "$T_OUT/all" ".clients[0] | [.client, .late, .broken, .open, .kept, .none]" \
		"[\"Acme\",1,1,0,0,1]" &&
	json "$T_OUT/all" ".commitments | length" 3 &&
	fu commitments --json >"$T_OUT/open" && json "$T_OUT/open" ".commitments | length" 0
'

test_expect_success 'abandoning closes the open ones without judgement, winning does not' '
	acme && fu abandon -q acme --cause gone --because "bought elsewhere" &&
	fu commitments --json >"$T_OUT/open" && json "$T_OUT/open" ".commitments | length" 0 &&
	json "$T_OUT/open" ".clients[0] | [.kept, .late, .broken, .open]" "[0,0,0,0]"
'

test_expect_success 'after winning they are still settled' '
	acme && fu win -q acme && fu commitments --json >"$T_OUT/open" &&
	json "$T_OUT/open" ".commitments | length" 3 &&
	fu kept -q acme price && fu broken -q acme traffic && fu move -q acme logo "next fri" &&
	one price .state kept && one logo .due 2026-11-27 &&
	fu show --json acme | json - .status won
'

test_expect_success 'two broken or four late promises of the client ask for a decision' '
	acme && at 2026-11-26T09:00 && fu broken -q acme traffic && fu broken -q acme logo &&
	fu kept -q acme price && fu next --json --all acme >"$T_OUT/next" &&
	json "$T_OUT/next" "[.[] | select(.kind == \"decide\")] | length" 1
'

test_expect_success '--dry-run, -q, wrong opportunity' '
	acme && nothing_changed fu kept --dry-run acme price >"$T_OUT/said" &&
	test_grep kept "$T_OUT/said" &&
	fu kept -q acme price >"$T_OUT/said" && test_line_count -eq 0 "$T_OUT/said" &&
	refuses 128 "nobody" fu kept nobody price &&
	refuses 128 "nobody" fu move nobody price fri
'

test_done
