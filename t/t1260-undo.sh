#!/bin/sh
test_description='fu undo: an act is taken back by an act'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>' "$@"
}

facts()
{
	fu show --json "${opp:-acme}" | json - "$@"
}

commits()
{
	git rev-list --count HEAD
}

test_expect_success 'my last act, by a new commit; the act stays in the file' '
	acme && fu schedule -q acme "tue 15:00" && fu schedule acme "wed 15:00" --json >"$T_OUT/act" &&
	before=$(commits) && file=$(echo opportunities/*/acme.ini) &&
	fu undo >"$T_OUT/said" && test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "^acme: undo" "$T_OUT/said" && test_grep "Tue 24 Nov 15:00" "$T_OUT/said" &&
	test $(commits) -eq $((before + 1)) &&
	facts .next.at 2026-11-24T15:00:00+01:00 && facts .next.moves 0 &&
	test_grep "^\[schedule $(jq -r .id "$T_OUT/act")\]" "$file" &&
	test_grep "^takes_back = $(jq -r .id "$T_OUT/act")" "$file" &&
	git log -1 --format="%(trailers:key=Fu-Act,valueonly)" >"$T_OUT/t" && test_grep "^undo" "$T_OUT/t"
'

test_expect_success 'undo of an undo restores' '
	acme && fu schedule -q acme "tue 15:00" && fu undo -q && facts .next null &&
	fu undo -q acme && facts .next.at 2026-11-24T15:00:00+01:00 &&
	fu undo -q acme && facts .next null
'

test_expect_success 'the file after undo and undo differs by the two acts alone' '
	acme && fu set -q acme owner=sam && file=$(echo opportunities/*/acme.ini) &&
	cp "$file" "$T_OUT/first" && fu undo -q && facts .owner null && fu undo -q &&
	facts .owner sam &&
	sed "/^\[undo /,\$d" "$file" | sed "\${/^\$/d;}" >"$T_OUT/second" &&
	test_cmp "$T_OUT/first" "$T_OUT/second"
'

test_expect_success 'an opportunity: its last act, whatever came after elsewhere' '
	acme && fu new -q Shop --client Beta --id beta && fu schedule -q acme "tue 15:00" &&
	fu schedule -q beta "wed 15:00" && fu undo -q acme && facts .next null &&
	(opp=beta && facts .next.kind appointment)
'

test_expect_success 'a commit: that act' '
	acme && fu note -q acme one && sha=$(git rev-parse --short HEAD) && fu note -q acme two &&
	fu undo acme >"$T_OUT/said" && fu undo "$sha" --json >"$T_OUT/act" &&
	json "$T_OUT/act" .act undo &&
	file=$(echo opportunities/*/acme.ini) &&
	id=$(sed -n "s/^\[note \(.*\)\]/\1/p" "$file" | sed -n 1p) &&
	json "$T_OUT/act" .takes_back "$id"
'

test_expect_success 'my last act, not that of somebody else' '
	acme && fu new -q Shop --client Beta --id beta && fu schedule -q acme "tue 15:00" &&
	git config user.name "Bob Buyer" && git config user.email bob@example.com &&
	fu schedule -q beta "wed 15:00" &&
	git config user.name "Ann Author" && git config user.email ann@example.com &&
	fu undo -q && (opp=beta && facts .next.kind appointment) && facts .next null
'

test_expect_success 'an act that later ones rest on: refused, naming them' '
	acme && fu heard -q acme --ours "price list by mon" && sha=$(git rev-parse HEAD) &&
	fu kept acme price --json >"$T_OUT/kept" &&
	refuses 1 "$(jq -r .id "$T_OUT/kept")" fu undo "$sha" &&
	fu undo -q acme && fu undo -q "$sha" && facts ".commitments | length" 0
'

test_expect_success 'what an undo would bring back is judged as well' '
	acme && fu heard -q acme --ours "price list by mon" && heard=$(git rev-parse HEAD) &&
	fu kept acme price --json >"$T_OUT/kept" && fu undo -q && undo=$(git rev-parse HEAD) &&
	fu undo -q "$heard" && refuses 1 "$(jq -r .id "$T_OUT/kept")" fu undo "$undo" &&
	fu undo -q && fu undo -q "$undo" && fu check &&
	facts ".commitments[0].state" kept
'

test_expect_success 'the opening of one that lives: refused, naming what rests on it' '
	acme && sha=$(git rev-parse HEAD) && fu note acme x --json >"$T_OUT/note" &&
	refuses 1 "$(jq -r .id "$T_OUT/note")" fu undo "$sha"
'

test_expect_success 'the opening itself, while it is the only act' '
	acme && fu undo -q && fu list --status all --json | json - length 0 &&
	test -z "$(git status --porcelain)" && fu undo -q &&
	fu list --json | json - ".[0].id" acme
'

test_expect_success 'a meeting: the appointment and the activity come back' '
	acme --next "today 11:00" && at 2026-11-20T12:00 &&
	fu log-meeting -q acme --outcome proceed --next "tue 15:00" --ours "offer by mon" \
		--theirs none && facts .activity workshop &&
	fu undo -q && facts .activity discovery && facts .next.at 2026-11-20T11:00:00+01:00 &&
	facts ".commitments | length" 0 && facts ".meetings | length" 0
'

test_expect_success 'closing, settling, contacts, waiting' '
	acme && fu win -q acme --value 5 && fu undo -q && facts .status open && facts .value null &&
	fu abandon -q acme --cause gone --because x && fu undo -q && facts .status open &&
	fu heard -q acme --ours "price by mon" && fu broken -q acme price && fu undo -q &&
	facts ".commitments[0].state" open &&
	fu move -q acme price thu && fu undo -q && facts ".commitments[0].due" 2026-11-23 &&
	fu contact -q acme rm jane && fu undo -q && facts ".contacts[0].name" "Jane Doe" &&
	fu wait -q acme "1 dec" --because x && fu undo -q && facts .status open
'

test_expect_success 'one commit that touched several is taken back whole' '
	acme && fu new -q Shop --client Beta --id beta &&
	printf "acme\nbeta\n" | fu wait -q - "1 dec" --because fair && before=$(commits) &&
	fu undo -q && test $(commits) -eq $((before + 1)) &&
	facts .status open && (opp=beta && facts .status open)
'

test_expect_success 'win --care: both are taken back' '
	acme && fu win -q acme --care "2 months" && fu undo -q && facts .status open &&
	fu list --status all --json | json - length 1
'

test_expect_success 'what cannot be taken back' '
	new_repo "r$t_count" && cd "r$t_count" &&
	test_must_fail nothing_changed fu undo &&
	refuses 128 "nobody" fu undo nobody &&
	refuses 128 "" fu undo 0123456789abcdef0123456789abcdef01234567 &&
	refuses 129 "" fu undo one two &&
	test_must_fail nothing_changed fu undo HEAD
'

test_expect_success 'what is taken back already is not taken back twice' '
	acme && fu note -q acme x && sha=$(git rev-parse HEAD) && fu undo -q &&
	test_must_fail nothing_changed fu undo "$sha"
'

test_expect_success '--dry-run' '
	acme && fu note -q acme x && nothing_changed fu undo --dry-run >"$T_OUT/said" &&
	test_grep "undo" "$T_OUT/said"
'

test_expect_success 'the trail keeps both' '
	acme && fu note -q acme "by mistake" && fu undo -q &&
	fu log --json acme >"$T_OUT/trail" &&
	json "$T_OUT/trail" "[.[].act] | sort" "[\"new\",\"note\",\"undo\"]"
'

test_expect_success 'an act, by its id as show tells it' '
	acme && fu note acme one --json >"$T_OUT/act" && fu note -q acme two &&
	id=$(jq -r .id "$T_OUT/act") && fu undo "$id" >"$T_OUT/said" &&
	test_grep "undo: took back the note of" "$T_OUT/said" &&
	fu undo acme --json >"$T_OUT/undone" && json "$T_OUT/undone" .act undo &&
	test_expect_code 128 fu undo zzzzzzzzzz
'

test_expect_success 'what leaves it adrift says how to book' '
	acme && fu schedule -q acme "tue 15:00" && fu note -q acme x &&
	fu undo acme 2>"$T_OUT/err" && test_line_count -eq 0 "$T_OUT/err" &&
	fu undo $(fu log --act schedule --format "%(id)") 2>"$T_OUT/err" &&
	test_grep "^hint: it is adrift: fu schedule acme " "$T_OUT/err" &&
	fu undo $(fu log --act new --format "%(id)") 2>"$T_OUT/err" &&
	! test_grep adrift "$T_OUT/err"
'

test_expect_success 'the commit that made the repository: no hint takes fu.ini away' '
	new_repo "r$t_count" && cd "r$t_count" &&
	refuses 1 "brought no act" -- fu undo &&
	! test_grep revert "$refusal" &&
	refuses 1 "brought no act" -- fu undo HEAD &&
	! test_grep revert "$refusal" &&
	fu config policy.treadmill 6 >/dev/null && refuses 1 "brought no act" -- fu undo &&
	test_grep "^hint: git revert $(git rev-parse --short=7 HEAD)" "$refusal"
'

test_expect_success 'a file that was only moved brought no act' '
	acme && file=$(echo opportunities/*/acme.ini) && mv "$file" opportunities/acme.ini &&
	fu record && before=$(commits) && test_expect_code 1 fu undo HEAD 2>"$T_OUT/err" &&
	test_grep "brought no act" "$T_OUT/err" && test $(commits) -eq $before && facts .status open
'

test_expect_success 'into which process it was moved: the meeting held there rests on it' '
	acme && fu set -q acme process=phone activity=demo --because "by phone" &&
	fu log-meeting acme --outcome proceed --next "wed 9:00" --ours none --theirs none \
		--json >"$T_OUT/act" &&
	refuses 1 "$(jq -r .id "$T_OUT/act")" fu undo HEAD~1 && fu check &&
	fu undo -q && fu undo -q HEAD~2 && facts .process field && fu check
'

test_expect_success 'who was added: whoever meets him later rests on it' '
	acme && fu contact -q acme add Bob && sha=$(git rev-parse HEAD) &&
	fu log-meeting acme --outcome proceed --next "mon 9:00" --with bob --ours none \
		--theirs "bob: z by mon" --json >"$T_OUT/act" &&
	refuses 1 "$(jq -r .id "$T_OUT/act")" fu undo "$sha" && fu check &&
	fu undo -q acme && fu undo -q "$sha" && fu check
'

test_expect_success 'what check says of a later act anyway does not hold an undo back' '
	acme && fu contact -q acme add Bob && sha=$(git rev-parse HEAD) &&
	fu note -q acme one && note=$(git rev-parse HEAD) && fu heard -q acme --what "a word" &&
	fu wait -q acme "1 dec" --because budget && file=$(echo opportunities/*/acme.ini) &&
	sed "/^because = budget/d" "$file" >"$T_OUT/new" && cp "$T_OUT/new" "$file" &&
	git commit -q -a -m "by hand" && test_expect_code 1 fu check &&
	fu undo -q "$note" && fu undo -q "$sha" && facts ".contacts | length" 1
'

test_done
