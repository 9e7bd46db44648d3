#!/bin/sh
test_description='who: somebody is on the line; grep: over all that was written down'
. "${0%/*}/lib.sh"

test_expect_success 'some people' '
	at 2026-11-09T10:00 &&
	new_repo &&
	cd repo &&
	fu new -q "Website relaunch" --client "Acme Corporation" --id acme --next "12 nov 15:00" \
		--contact "Jané Döe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" \
		--contact "Bob Roe; 91 555 0101; IT" &&
	fu new -q "Support" --client "Acme Corporation" --id support \
		--contact "Jané Döe <jane@acme.example>" &&
	fu abandon support -q --cause timing --because "a long story about the fair" &&
	fu new -q CRM --client Globex --id crm --contact "Max Janeway <max@globex.example>" &&
	at 2026-11-12T17:00 &&
	fu log-meeting acme -q --outcome proceed --next "19 nov 15:00" --ours "an outline by 16 nov" \
		--theirs "Bob Roe: the figures by 18 nov" --where "We want it before the fair." \
		--discussed "$(printf "First line.\nThe Fair in March, and a line that is so long that the file folds it somewhere before its end.")" \
		--unsure "who signs" --note "a dog" &&
	at 2026-11-13T10:00
'

test_expect_success 'who: where they stand and what is open, open ones first' '
	cd repo &&
	fu who "jane doe" >"$T_OUT/page" &&
	sed "s/\[[0-9a-z]*\]/[id]/" "$T_OUT/page" >"$T_OUT/got" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	acme  Website relaunch  (Acme Corporation)
	who             Jané Döe <jane@acme.example>, +34 600 111 222, CFO, decides
	stands at       workshop, since Thu 12 Nov, process field
	in their words  '\''We want it before the fair.'\'', Thu 12 Nov
	temperature     not known
	last agreed     Thu 12 Nov, meeting: proceed to workshop, next Thu 19 Nov 15:00
	next step       appointment Thu 19 Nov 15:00 for workshop
	they owe        Bob Roe: the figures by Wed 18 Nov [id]
	we owe          an outline by Mon 16 Nov [id]
	unsure          who signs

	support  Support  (Acme Corporation)
	who             Jané Döe <jane@acme.example>, +34 600 111 222, CFO, decides
	stands at       abandoned Mon 9 Nov, process field
	last contact    none yet
	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/got"
'

ids()
{
	fu who "$@" --json | jq -r '[.[].id] | join(" ")'
}

test_expect_success JQ 'who: by a part of the name, mail, phone' '
	cd repo &&
	test "$(ids JANE)" = "acme crm support" &&
	test "$(ids jane@acme.example)" = "acme support" &&
	test "$(ids @globex)" = crm &&
	for number in "+34 600 111 222" 0034600111222 600-111-222 "600111222" 111222; do
		test "$(ids "$number")" = "acme support" || return 1
	done &&
	fu who bob --json | json - "[.[0].who[].name] | join(\" \")" "Bob Roe"
'

test_expect_success 'who: who left is found too' '
	cd repo &&
	fu contact acme -q left Bob --to Jané &&
	fu who roe >"$T_OUT/page" &&
	test_grep "^who  *Bob Roe, 91 555 0101, IT, left; now Jané Döe$" "$T_OUT/page"
'

test_expect_success 'who: nobody is 1; nothing to look for is 129' '
	cd repo &&
	test_expect_code 1 fu who nobody >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/out" &&
	test_grep "nobody" "$T_OUT/err" &&
	test_expect_code 1 fu who 999999999 --json >"$T_OUT/out" 2>/dev/null &&
	test "$(cat "$T_OUT/out")" = "[]" &&
	(cd / && test_expect_code 129 fu who) &&
	(cd / && test_expect_code 129 fu who "") &&
	(cd / && test_expect_code 129 fu who 123) &&
	(cd / && test_expect_code 128 fu who jane)
'

test_expect_success 'grep: id, day, kind, field, line' '
	cd repo &&
	fu grep fair >"$T_OUT/got" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	acme: 2026-11-12 meeting: where: We want it before the fair.
	support: 2026-11-09 abandon: because: a long story about the fair
	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/got"
'

test_expect_success 'grep: folded lines are whole, lines are lines' '
	cd repo &&
	fu grep "so long that the file folds it somewhere before its end" >"$T_OUT/got" &&
	echo "acme: 2026-11-12 meeting: discussed: The Fair in March, and a line that is so long that the file folds it somewhere before its end." >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/got" &&
	fu grep "^First line\.$" >"$T_OUT/got" &&
	test_line_count -eq 1 "$T_OUT/got"
'

test_expect_success 'grep: promises, questions, contacts, facts as they were' '
	cd repo &&
	fu set acme -q "title=Another title" &&
	for words in "theirs: Bob Roe: the figures by 2026-11-18" "unsure: who signs" "note: a dog" \
		"contacts\{0,1\}: Bob Roe; 91 555 0101; IT" "title: Website relaunch" \
		"title: Another title" "client: Acme Corporation"; do
		fu grep "${words#*: }" >"$T_OUT/got" &&
		test_grep "$words" "$T_OUT/got" || return 1
	done &&
	test_expect_code 1 fu grep "^field$" &&
	test_expect_code 1 fu grep "^workshop$"
'

test_expect_success 'grep: -i, -E, -F, -l, some opportunities' '
	cd repo &&
	fu grep -i fair >"$T_OUT/got" &&
	test_line_count -eq 3 "$T_OUT/got" &&
	fu grep -i -l FAIR >"$T_OUT/got" &&
	printf "acme\nsupport\n" >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/got" &&
	test_expect_code 1 fu grep "dog|story" &&
	fu grep -E "dog|story" >"$T_OUT/got" &&
	test_line_count -eq 2 "$T_OUT/got" &&
	test_expect_code 1 fu grep -F "First l.ne" &&
	fu grep -F "line." >"$T_OUT/got" &&
	test_line_count -eq 1 "$T_OUT/got" &&
	fu grep -i fair support >"$T_OUT/got" &&
	test_line_count -eq 1 "$T_OUT/got"
'

test_expect_success JQ 'grep: json' '
	cd repo &&
	fu grep fair --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[] | .opportunity, .act, .field, .line] | join(\"|\")" \
		"acme|meeting|where|We want it before the fair.|support|abandon|because|a long story about the fair" &&
	json "$T_OUT/doc" ".[0].at" 2026-11-12T15:00:00+01:00 &&
	fu grep fair -l --json | json - . "[\"acme\",\"support\"]" &&
	test_expect_code 1 fu grep zzz --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" . "[]"
'

test_expect_success 'grep: nothing is 1; a bad pattern is 129 anywhere; a wrong id 128' '
	cd repo &&
	test_expect_code 1 fu grep nonesuch >"$T_OUT/got" 2>&1 &&
	test_line_count -eq 0 "$T_OUT/got" &&
	(cd / && test_expect_code 129 fu grep "a\\(b") &&
	(cd / && test_expect_code 129 fu grep) &&
	(cd / && test_expect_code 128 fu grep x) &&
	refuses 128 "no opportunity" fu grep x zzz
'

test_expect_success 'grep: what is taken back is not there; what cannot be read is told' '
	cd repo &&
	fu note acme -q "a slip of the pen" &&
	fu grep -F slip >/dev/null &&
	fu undo acme -q &&
	test_expect_code 1 fu grep -F slip &&
	echo broken >opportunities/broken.ini &&
	fu grep fair >"$T_OUT/got" 2>"$T_OUT/err" &&
	fu who bob >/dev/null 2>"$T_OUT/err2" &&
	rm opportunities/broken.ini &&
	test_line_count -eq 2 "$T_OUT/got" &&
	test_grep "^warning: opportunities/broken.ini" "$T_OUT/err" &&
	test_grep "^warning: opportunities/broken.ini" "$T_OUT/err2"
'

test_expect_success 'hostile text comes out escaped' '
	cd repo &&
	esc=$(printf "\033[31m") &&
	fu note acme -q "pure $esc evil" &&
	fu contact acme -q add "Eve $esc" &&
	fu grep evil >"$T_OUT/got" &&
	fu who eve >>"$T_OUT/got" &&
	fu grep evil --json >>"$T_OUT/got" &&
	test_grep "x1b" "$T_OUT/got" &&
	! grep "$(printf "\033")" "$T_OUT/got"
'

test_done
