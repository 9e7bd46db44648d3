#!/bin/sh
test_description='--json of the reading commands: every field is there, null where it is absent'
. "${0%/*}/lib.sh"

OPPORTUNITY='activity adrift calls client closed commitments contacts expires external_id heard
id interval last_contact meetings next next_item opened owner process questions source status
tags temperature title touches value via where'
ITEM='client command contact due kind opportunity overdue owner reason role title'
STEP='activity at attempts because for kind moves options outcome place with'
COMMITMENT='due id settled side since state what who'
CONTACT='decision_maker email name phone role'
QUESTION='answered asked id text'
ACT='act at by id opportunity recorded seq'

# has_keys <document> <jq path> <keys>: every value there is an object that has them all.
# One jq for all of them: its start takes longer than fu.
has_keys()
{
	jq -r "($2) | . as \$value | \"$(echo $3)\" | split(\" \")[] | . as \$key |
		select(\$value | has(\$key) | not)" "$1" >"$T_OUT/lacking" &&
		jq -e "[$2] | length > 0" "$1" >"$T_OUT/any" || return 1
	test -s "$T_OUT/lacking" || return 0
	echo "$2 has no $(cat "$T_OUT/lacking"):" && jq "$2" "$1"
	return 1
}

# keeps_rules <document>: times with offset or whole days, money as an object, and
# names in snake_case, wherever they stand.
keeps_rules()
{
	jq -e '([.. | strings | select(test("^[0-9]{4}-[0-9]{2}-[0-9]{2}")) |
		select(test("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}([+-][0-9]{2}:[0-9]{2}|Z))?$") | not)] |
		length == 0) and
	([.. | objects | keys[] | select(test("^[a-z][a-z0-9_]*$") | not)] | length == 0) and
	([.. | objects | select(has("currency")) |
		select((keys == ["amount", "currency"]) and (.amount | test("^[0-9]+\\.[0-9]{2}$")) | not)] |
		length == 0)' "$1" >/dev/null
}

test_expect_success 'the barest opportunity, and the fullest' '
	new_repo &&
	cd repo &&
	fu new Bare --client Acme --id bare >/dev/null 2>&1 &&
	fu new Full --client Acme --id full --value 12000.50 --owner ann --tag a --tag b \
		--via Reseller --source fair --external-id X-1 --expires "1 dec" \
		--interval "2 weeks" --next "fri 15:00" \
		--contact "Jane Doe <jane@acme.example>; +34 600; CFO; decision-maker" \
		>/dev/null 2>&1 &&
	at 2026-11-20T16:00 &&
	fu log-meeting full --outcome proceed --next "tue 10:00 Europe/Lisbon" --for "1h" \
		--place there --with Jane --ours "offer by 23 nov" --theirs "figures by 21 nov" \
		--where "their words" --temperature hot --unsure "who signs" --attended Jane \
		--channel video --discussed scope --note dog --minutes 90 --link "https://acme.example" \
		>/dev/null &&
	fu heard full --from Jane --channel mail --what "thanks" >/dev/null &&
	at 2026-11-22T10:00 &&
	fu kept full figures >/dev/null
'

test_expect_success 'show, list and where: every field' '
	cd repo &&
	for id in bare full; do
		fu show $id --json >"$T_OUT/doc" &&
		has_keys "$T_OUT/doc" . "$OPPORTUNITY" &&
		keeps_rules "$T_OUT/doc" || return 1
	done &&
	for command in list where; do
		fu $command --json >"$T_OUT/doc" &&
		json "$T_OUT/doc" "type" array &&
		json "$T_OUT/doc" length 2 &&
		has_keys "$T_OUT/doc" ".[]" "$OPPORTUNITY" &&
		keeps_rules "$T_OUT/doc" || return 1
	done
'

test_expect_success 'what is absent is null; what is empty an array' '
	cd repo &&
	fu show bare --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.via, .value, .source, .owner, .external_id, .closed, .expires,
		.interval, .temperature, .where, .next] | unique" "[null]" &&
	json "$T_OUT/doc" "[.tags, .contacts, .commitments, .questions, .meetings, .calls,
		.touches, .heard] | unique" "[[]]" &&
	json "$T_OUT/doc" ".adrift and .status == \"open\" and .activity == \"discovery\""
'

test_expect_success 'the values of the fullest' '
	cd repo &&
	fu show full --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .value "{\"amount\":\"12000.50\",\"currency\":\"EUR\"}" &&
	json "$T_OUT/doc" .tags "[\"a\",\"b\"]" &&
	json "$T_OUT/doc" .expires 2026-12-01 &&
	json "$T_OUT/doc" .interval "2 weeks" &&
	json "$T_OUT/doc" .opened 2026-11-20T10:00:00+01:00 &&
	json "$T_OUT/doc" .temperature hot &&
	json "$T_OUT/doc" .where "their words" &&
	json "$T_OUT/doc" .last_contact 2026-11-20T16:00:00+01:00 &&
	has_keys "$T_OUT/doc" .next "$STEP" &&
	json "$T_OUT/doc" .next.kind appointment &&
	json "$T_OUT/doc" .next.at 2026-11-24T10:00:00+00:00 &&
	json "$T_OUT/doc" .next.for "1 hour" &&
	json "$T_OUT/doc" .next.with "[\"Jane Doe\"]" &&
	has_keys "$T_OUT/doc" ".commitments[0]" "$COMMITMENT" &&
	json "$T_OUT/doc" "[.commitments[] | \"\(.side) \(.what) \(.due) \(.state) \(.settled)\"] |
		sort | join(\", \")" \
		"ours offer 2026-11-23 open null, theirs figures 2026-11-21 late 2026-11-22T10:00:00+01:00" &&
	has_keys "$T_OUT/doc" ".contacts[0]" "$CONTACT" &&
	has_keys "$T_OUT/doc" ".questions[0]" "$QUESTION" &&
	json "$T_OUT/doc" "(.meetings | length) == 1 and (.heard | length) == 1" &&
	has_keys "$T_OUT/doc" ".meetings[0]" "$ACT outcome next for place with ours theirs where
		temperature discussed unsure note attended channel cause because minutes link" &&
	fu list --json | json - "[.[] | select(.id == \"full\")][0] |
		\"\(.meetings) \(.calls) \(.touches) \(.heard)\"" "1 0 0 1"
'

test_expect_success 'every kind of next step' '
	cd repo &&
	fu new W --client Acme --id wait --wait "1 dec" --because budget >/dev/null 2>&1 &&
	fu new C --client Acme --id call --next "mon 9:00" >/dev/null 2>&1 &&
	fu cancel call --by them --again "tue" >/dev/null &&
	fu new F --client Acme --id confirm >/dev/null 2>&1 &&
	fu log-meeting confirm --outcome proceed --confirm "1 dec" --options "a; b" \
		--ours none --theirs none >/dev/null &&
	fu list --json >"$T_OUT/doc" &&
	for id in wait call confirm; do
		has_keys "$T_OUT/doc" ".[] | select(.id == \"$id\") | .next" "$STEP" || return 1
	done &&
	json "$T_OUT/doc" "[.[] | select(.next != null) | \"\(.id) \(.next.kind)\"] | join(\", \")" \
		"call call, confirm confirmation, full appointment, wait wait" &&
	json "$T_OUT/doc" "[.[] | select(.id == \"confirm\")][0].next |
		\"\(.outcome) \(.options | join(\"+\")) \(.at)\"" "proceed a+b 2026-12-01" &&
	json "$T_OUT/doc" "[.[] | select(.id == \"wait\")][0].next |
		\"\(.because) \(.at)\"" "budget 2026-12-01" &&
	keeps_rules "$T_OUT/doc"
'

test_expect_success 'next: every field of every kind; next_item is the first of them' '
	cd repo &&
	at 2026-12-03T10:00 &&
	fu next --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[].kind] | unique | join(\" \")" \
		"adrift confirm expiring owe returned schedule unlogged" &&
	has_keys "$T_OUT/doc" ".[]" "$ITEM" &&
	keeps_rules "$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[] | select(.kind == \"adrift\")][0] | .due == null and .contact == null" &&
	has_keys "$T_OUT/doc" "[.[] | select(.contact != null)][0].contact" "$CONTACT" &&
	fu where full --json | json - ".[0].next_item" \
		"$(jq -c "[.[] | select(.opportunity == \"full\")][0]" "$T_OUT/doc")" &&
	fu show wait --json | json - .next_item.kind returned &&
	at 2026-11-22T10:00
'

test_expect_success 'commitments: every field' '
	cd repo &&
	fu commitments --all --json >"$T_OUT/doc" &&
	has_keys "$T_OUT/doc" . "commitments clients" &&
	has_keys "$T_OUT/doc" ".commitments[]" "$COMMITMENT opportunity client" &&
	has_keys "$T_OUT/doc" ".clients[0]" "client kept late broken open none" &&
	keeps_rules "$T_OUT/doc"
'

test_expect_success 'log: every kind of act with its fields, commit and backfilled' '
	cd repo &&
	fu schedule full "wed 10:00" --by us >/dev/null &&
	fu move full offer "30 nov" >/dev/null &&
	fu note full "a word" --decided >/dev/null &&
	fu wait full "1 feb" --because summer >/dev/null &&
	fu set full value=1 >/dev/null &&
	fu contact full add "Bob Roe" >/dev/null &&
	fu win full >/dev/null &&
	fu reopen full --because "not yet" --no-next "later" >/dev/null &&
	fu abandon full --cause gone --because sold >/dev/null &&
	fu undo full >/dev/null &&
	fu log --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[].act] | unique | join(\" \")" \
		"abandon cancel commitment contact heard init meeting new note reopen schedule set undo wait win" &&
	json "$T_OUT/doc" length "$(git rev-list --count HEAD)" &&
	has_keys "$T_OUT/doc" ".[]" "$ACT commit backfilled" &&
	keeps_rules "$T_OUT/doc" &&
	for fields in "set facts because" "commitment commitment to due" "undo takes_back" \
		"note note decided" "schedule next for place with activity because" \
		"cancel because again no_show" "wait wait because" "win because" "abandon cause because" \
		"reopen because no_next" "heard from channel what where ours theirs" \
		"new title client via process value source owner tags expires interval external_id contacts"; do
		has_keys "$T_OUT/doc" "[.[] | select(.act == \"${fields%% *}\")][0]" "${fields#* }" ||
			return 1
	done &&
	json "$T_OUT/doc" "[.[] | select(.act == \"set\")][0].facts.value" \
		"{\"amount\":\"1.00\",\"currency\":\"EUR\"}"
'

test_expect_success 'status and check' '
	cd repo &&
	echo "no key" >>"$(echo opportunities/*/bare.ini)" &&
	fu status --json >"$T_OUT/doc" &&
	has_keys "$T_OUT/doc" . "edits remote branch ahead behind last_sync" &&
	has_keys "$T_OUT/doc" ".edits[0]" "path opportunity change fault" &&
	test_expect_code 1 fu check --json >"$T_OUT/doc" &&
	has_keys "$T_OUT/doc" ".[0]" "file line opportunity kind message" &&
	git checkout -q .
'

test_expect_success 'one document, UTF-8, an empty array where there is nothing' '
	new_repo empty &&
	cd empty &&
	for command in list where next log check; do
		fu $command --json >"$T_OUT/doc" &&
		test "$(jq -s length "$T_OUT/doc")" = 1 &&
		test "$(jq type "$T_OUT/doc")" = "\"array\"" || return 1
	done
'

test_done
