#!/bin/sh
test_description='fu new: opens an opportunity'
. "${0%/*}/lib.sh"

test_expect_success 'the id alone on stdout, the rest on stderr' '
	new_repo &&
	cd repo &&
	fu new "Website relaunch" --client "Acme GmbH" >out 2>err &&
	echo acme-gmbh-website-relaunch >expected &&
	test_cmp expected out &&
	test_grep "adrift" err &&
	test_grep "fu schedule acme-gmbh-website-relaunch .<day> <time>. " err &&
	rm out err expected &&
	test -z "$(git status --porcelain)" &&
	git log -1 --format=%s >"$T_OUT/subject" &&
	test_grep "^acme-gmbh-website-relaunch: new" "$T_OUT/subject" &&
	git log -1 --format="%(trailers)" >"$T_OUT/trailers" &&
	test_grep "^Fu-Act: new$" "$T_OUT/trailers" &&
	test_grep "^Fu-Opportunity: acme-gmbh-website-relaunch$" "$T_OUT/trailers"
'

test_expect_success 'the id is made of client and title, and counted on when it is taken' '
	new_repo ids &&
	cd ids &&
	test "$(fu new -q Überprüfung --client "Åkerlund & Söner" 2>&1)" = "" &&
	test "$(fu new "Große Prüfung" --client "Ångström AB" 2>/dev/null)" = \
		angstrom-ab-grosse-prufung &&
	test "$(fu new Relaunch --client Acme 2>/dev/null)" = acme-relaunch &&
	test "$(fu new Relaunch --client Acme 2>/dev/null)" = acme-relaunch-2 &&
	test "$(fu new Relaunch --client Acme 2>/dev/null)" = acme-relaunch-3 &&
	fu new "東京" --client "株式会社" 2>/dev/null >"$T_OUT/id" &&
	test_grep -E "^o-[0-9a-z]{6}$" "$T_OUT/id"
'

test_expect_success 'an id of ones own: used as it is, or refused' '
	new_repo own &&
	cd own &&
	test "$(fu new Relaunch --client Acme --id acme-2026 2>/dev/null)" = acme-2026 &&
	refuses 128 "already" -- fu new Relaunch --client Acme --id acme-2026 &&
	for id in Acme -x x- a/b ../a .git a.b é "" \
		x1234567890123456789012345678901234567890123456789012345678901234; do
		refuses 129 "is no id" -- fu new Relaunch --client Acme --id="$id" || return 1
	done
'

test_expect_success 'what is missing is said at once, and nothing changes' '
	new_repo gate &&
	cd gate &&
	refuses 1 "title" -- fu new &&
	test_grep "a client" "$refusal" &&
	test_grep "^hint: fu new .<title>. --client .<name>.\$" "$refusal" &&
	refuses 1 "client" -- fu new Relaunch &&
	test_grep "^hint: --client" "$refusal" &&
	refuses 1 "one next step|next step" -- fu new R --client A --next "tue 15:00" \
		--wait "1 dec" --because budget &&
	refuses 1 "time is missing" -- fu new R --client A --next tue &&
	refuses 1 "because" -- fu new R --client A --wait "1 dec" &&
	refuses 1 "past" -- fu new R --client A --next "19 nov 2026 15:00" &&
	refuses 1 "future" -- fu new R --client A --opened 2026-11-25 &&
	refuses 1 "past" -- fu new R --client A --expires 2026-11-01
'

test_expect_success 'wrong usage is judged before the repository is looked for' '
	mkdir nowhere &&
	cd nowhere &&
	refuses 129 "unreadable date" -- fu new R --client A --next "soonish" &&
	refuses 129 "unreadable|amount" -- fu new R --client A --value 1.000,00 &&
	refuses 129 "unknown option|unrecognized" -- fu new R --clientel A &&
	refuses 129 "is no id" -- fu new R --client A --id X &&
	refuses 128 "repository" -- fu new R --client A
'

test_expect_success 'the facts are kept as they were meant' '
	new_repo facts &&
	cd facts &&
	fu new Relaunch --client Acme --value 12000 --via Reseller --source fair \
		--tag blue --tag green --expires "24 dec" --interval 6w --opened "16 nov" \
		--external-id X-1 --note "a note" --next "tue 15:00" --for 1h --place Madrid \
		--contact "Jane Doe <jane@acme.example>; CFO; +34 600; decision-maker" \
		--json >"$T_OUT/new.doc" &&
	json "$T_OUT/new.doc" .act new &&
	json "$T_OUT/new.doc" .opportunity acme-relaunch &&
	json "$T_OUT/new.doc" ".value|[.amount,.currency]" "[\"12000.00\",\"EUR\"]" &&
	json "$T_OUT/new.doc" .expires 2026-12-24 &&
	json "$T_OUT/new.doc" .next 2026-11-24T15:00:00+01:00 &&
	json "$T_OUT/new.doc" .tags "[\"blue\",\"green\"]" &&
	json "$T_OUT/new.doc" ".at[0:10]" 2026-11-16 &&
	fu show acme --json >"$T_OUT/show.doc" &&
	json "$T_OUT/show.doc" .status open &&
	json "$T_OUT/show.doc" .via Reseller &&
	json "$T_OUT/show.doc" .interval "6 weeks" &&
	json "$T_OUT/show.doc" .next.kind appointment &&
	json "$T_OUT/show.doc" .adrift false &&
	json "$T_OUT/show.doc" ".contacts[0].name" "Jane Doe"
'

test_expect_success 'an enquiry that says later waits, with its reason' '
	new_repo later &&
	cd later &&
	fu new Relaunch --client Acme --wait "1 oct" --because "budget year" 2>err &&
	test_grep "Fri 1 Oct 2027" err &&
	! grep adrift err &&
	fu show acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .status waiting &&
	json "$T_OUT/doc" .next.because "budget year"
'

test_expect_success 'a process of its own; one that is not there' '
	new_repo process &&
	cd process &&
	fu new Relaunch --client Acme --process phone --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .process phone &&
	refuses 128 "process" -- fu new R --client A --process telephone
'

test_expect_success 'a known mail address reuses that contact' '
	new_repo known &&
	cd known &&
	fu new One --client Acme --contact "Jane Doe <jane@acme.example>; CFO; +34 600" &&
	fu new Two --client Acme --contact "J. Doe <Jane@ACME.example>" --json \
		>"$T_OUT/doc" 2>err &&
	json "$T_OUT/doc" ".contacts[0].name" "Jane Doe" &&
	json "$T_OUT/doc" ".contacts[0].role" CFO &&
	json "$T_OUT/doc" ".contacts[0].phone" "+34 600" &&
	test_grep "known as .Jane Doe." err
'

test_expect_success 'a client name nearly the same gets a warning, the same none' '
	new_repo near &&
	cd near &&
	fu new One --client "Acme Corporation" &&
	fu new Two --client "Acme Corportion" 2>err &&
	test "$(grep -c ^warning: err)" -eq 1 &&
	test_grep "^warning: client .Acme Corportion. is nearly the same as .Acme Corporation." err &&
	fu new Three --client "Acme Corporation" 2>err &&
	! grep warning err &&
	fu new Four --client "Branch 1" 2>err &&
	! grep warning err &&
	fu new Five --client "Branch 2" 2>err &&
	! grep warning err
'

test_expect_success 'the same client and title again gets a warning, while the other is open' '
	new_repo twin &&
	cd twin &&
	fu new Relaunch --client Acme &&
	fu new relaunch --client ACME 2>err &&
	test_grep "^warning: .acme-relaunch. is open with the same client and title" err &&
	fu abandon acme-relaunch --cause gone --because "no need" &&
	fu abandon acme-relaunch-2 --cause gone --because "no need" &&
	fu new Relaunch --client Acme 2>err &&
	! grep "same client and title" err
'

test_expect_success '--opened and --at are the same: one of them' '
	new_repo opened &&
	cd opened &&
	refuses 129 "--opened. and .--at. are the same" -- fu new One --client Acme \
		--opened "3 days ago" --at "yesterday 9:00" &&
	fu new One --client Acme --at "3 days ago" --at "yesterday 9:00" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".at[0:10]" 2026-11-19
'

test_expect_success '--from copies client and contacts, and links back' '
	new_repo from &&
	cd from &&
	fu new One --client Acme --via Bob --contact "Jane Doe <jane@acme.example>" \
		--contact "Jim Roe" &&
	fu new Two --from acme-one --contact "Jim Roe; CTO" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .client Acme &&
	json "$T_OUT/doc" .from acme-one &&
	json "$T_OUT/doc" "[.contacts[].name]|sort" "[\"Jane Doe\",\"Jim Roe\"]" &&
	refuses 128 "nobody" -- fu new Three --from nobody
'

test_expect_success 'who comes to the appointment is one of its contacts, by the full name' '
	new_repo with &&
	cd with &&
	refuses 128 "no contact .nobody. in .acme-one." -- fu new One --client Acme \
		--next "mon 9:00" --with nobody &&
	refuses 128 "no contact .nobody." -- fu new One --client Acme --next "mon 9:00" \
		--contact "Jane Doe" --with jane --with nobody &&
	test_grep "^hint: Jane Doe" "$refusal" &&
	refuses 128 ".jane. names 2 contacts" -- fu new One --client Acme --next "mon 9:00" \
		--contact "Jane Doe" --contact "Jane Roe" --with jane &&
	fu new One --client Acme --next "mon 9:00" --with roe --with "jane doe" \
		--contact "Jane Doe <jane@acme.example>" --contact "Jane Roe" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .with "[\"Jane Roe\",\"Jane Doe\"]" &&
	fu show acme-one --json | json - .next.with "[\"Jane Roe\",\"Jane Doe\"]" &&
	fu new Two --from acme-one --next "mon 11:00" --with doe --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .with "[\"Jane Doe\"]" &&
	fu new Three --client Acme --contact "J. D. <jane@acme.example>" --next "mon 13:00" \
		--with "j. d" --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .with "[\"Jane Doe\"]" &&
	fu new Four --client Acme --contact "J. D. <jane@acme.example>" --next "mon 15:00" \
		--with doe --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .with "[\"Jane Doe\"]"
'

test_expect_success 'owners: me is who acts, unknown ones are refused' '
	new_repo team &&
	cd team &&
	fu config team.ann "Ann Author <ann@example.com>" &&
	fu config team.sam "Sam Sales <sam@example.com>" &&
	fu new One --client Acme --owner me --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" .owner ann &&
	refuses 128 "owner" -- fu new Two --client Acme --owner max
'

test_expect_success '--dry-run judges and shows, and changes nothing; -q is silent' '
	new_repo dry &&
	cd dry &&
	nothing_changed fu new One --client Acme --dry-run >"$T_OUT/id" &&
	echo acme-one | test_cmp - "$T_OUT/id" &&
	refuses 1 client -- fu new One --dry-run &&
	fu new -q One --client Acme >"$T_OUT/out" 2>&1 &&
	test ! -s "$T_OUT/out"
'

test_expect_success 'escape sequences are kept, and never leave raw' '
	new_repo hostile &&
	cd hostile &&
	esc=$(printf "\033") &&
	fu new "A${esc}[31m" --client "B${esc}]0;x" --id b >"$T_OUT/out" 2>&1 &&
	fu new "A${esc}[31m" --client "B${esc}]0;y" --id b2 >>"$T_OUT/out" 2>&1 &&
	! grep "$esc" "$T_OUT/out" &&
	fu show b --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".title|explode" "[65,27,91,51,49,109]"
'

test_expect_success 'a write error on stdout is a warning: the act is recorded' '
	new_repo full &&
	cd full &&
	fu new One --client Acme >/dev/full 2>err &&
	test_grep "^warning: " err &&
	fu show acme >/dev/null
'

test_done
