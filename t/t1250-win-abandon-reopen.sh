#!/bin/sh
test_description='fu win, fu abandon, fu reopen: outside a meeting'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme --value 12000 \
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

test_expect_success 'win: closed, nothing left to do' '
	acme --next "tue 15:00" && fu win acme --because "the best offer" >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: win" "$T_OUT/said" &&
	facts .status won && facts .next null && facts .adrift false &&
	facts .closed 2026-11-20T10:00:00+01:00 && facts .value.amount 12000.00 &&
	at 2026-11-25T09:00 && fu next --json --all >"$T_OUT/next" && json "$T_OUT/next" length 0 &&
	fu list --json | json - length 0 && fu list --status won --json | json - length 1
'

test_expect_success 'what ends with it is named' '
	acme --next "tue 15:00" && fu heard -q acme --ours "price list by mon" --theirs "logo by wed" &&
	fu heard -q acme --ours "old news by mon" && fu kept -q acme news &&
	fu win acme --dry-run >"$T_OUT/said" &&
	test_grep "; ends the appointment of Tue 24 Nov 15:00$" "$T_OUT/said" &&
	fu abandon acme --cause timing --because "no budget" >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "; ends the appointment of Tue 24 Nov 15:00; drops .price list., .logo.$" \
		"$T_OUT/said" &&
	git log -1 --format=%B >"$T_OUT/commit" && ! test_grep "price list" "$T_OUT/commit" &&
	fu reopen -q acme --because "a mistake" 2>/dev/null && fu win acme >"$T_OUT/said" &&
	! test_grep -E "ends|drops" "$T_OUT/said"
'

test_expect_success 'win --value: what it came to' '
	acme && fu win acme --value 11500.50 --json >"$T_OUT/said" &&
	json "$T_OUT/said" .act win && json "$T_OUT/said" .value.amount 11500.50 &&
	facts .value "{\"amount\":\"11500.50\",\"currency\":\"EUR\"}" &&
	refuses 129 "much" fu win acme --value much
'

test_expect_success 'win --care opens the account care, in one commit' '
	acme && before=$(commits) && fu win acme --care "2 months" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test $(commits) -eq $((before + 1)) && test_line_count -eq 1 "$T_OUT/said" &&
	fu list --json >"$T_OUT/list" && json "$T_OUT/list" length 1 &&
	json "$T_OUT/list" ".[0] | [.client, .process, .interval, .status]" \
		"[\"Acme\",\"account-care\",\"2 months\",\"open\"]" &&
	json "$T_OUT/list" ".[0].contacts[0].name" "Jane Doe" &&
	cat "$T_OUT/said" "$T_OUT/err" >"$T_OUT/both" &&
	test_grep "$(jq -r ".[0].id" "$T_OUT/list")" "$T_OUT/both"
'

test_expect_success 'abandon: cause and reason, all that is missing at once' '
	acme && refuses 1 "[-][-]cause" fu abandon acme && test_grep -e "--because" "$refusal" &&
	refuses 1 "[-][-]because" fu abandon acme --cause timing &&
	refuses 1 "[-][-]cause" fu abandon acme --because x &&
	refuses 129 "weather" fu abandon acme --cause weather --because x &&
	test_expect_code 1 nothing_changed fu abandon acme --cause timing --because ""
'

test_expect_success 'abandon: each cause' '
	at 2026-11-20T10:00 && new_repo r && cd r &&
	for cause in timing process decision-maker consultative value qualifying closing \
		withdrawn gone
	do
		fu new -q X --client C --id "x-$cause" &&
		fu abandon -q "x-$cause" --cause $cause --because why &&
		fu show --json "x-$cause" | json - .status abandoned || return 1
	done
'

test_expect_success 'abandon: recorded' '
	acme --next "tue 15:00" &&
	fu abandon acme --cause qualifying --because "never had a budget" >"$T_OUT/said" &&
	test_grep "^acme: abandon.*qualifying" "$T_OUT/said" &&
	facts .status abandoned && facts .next null && facts .closed 2026-11-20T10:00:00+01:00 &&
	git log -1 --format=%B >"$T_OUT/msg" && test_grep "^Fu-Act: abandon" "$T_OUT/msg" &&
	test_grep "^Fu-Cause: qualifying" "$T_OUT/msg"
'

test_expect_success 'abandon: ids on stdin' '
	acme && fu new -q Shop --client Beta --id beta && before=$(commits) &&
	printf "acme\nbeta\n" | fu abandon -q - --cause gone --because "end of the year" &&
	test $(commits) -eq $((before + 1)) &&
	fu list --status abandoned --json | json - length 2 &&
	printf "acme\n" >"$T_OUT/ids" &&
	refuses 1 "acme" sh -c "exec fu abandon - --cause gone --because x <$T_OUT/ids"
'

test_expect_success 'what is closed takes no other act, and names reopen' '
	acme && fu abandon -q acme --cause gone --because x &&
	for command in "schedule acme 2026-11-24T15:00" "cancel acme --by us" \
		"wait acme 2026-12-01 --because x" "win acme" \
		"abandon acme --cause gone --because x" \
		"log-meeting acme --outcome repeat --cause value --no-next x --ours none --theirs none"
	do
		refuses 1 "acme" fu $command && test_grep "fu reopen" "$refusal" || return 1
	done
'

test_expect_success 'reopen: with a reason, adrift or with a next step' '
	acme && fu abandon -q acme --cause timing --because x &&
	refuses 1 "[-][-]because" fu reopen acme &&
	fu reopen acme --because "they have a budget" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "^hint: it is adrift: fu schedule acme .<day> <time>. " "$T_OUT/err" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: reopen" "$T_OUT/said" &&
	facts .status open && facts .closed null && facts .adrift true &&
	fu win -q acme && fu reopen -q acme --because "it was too early" --next "tue 15:00" &&
	facts .next.kind appointment && facts .adrift false &&
	fu win -q acme && fu reopen -q acme --because x --again mon && facts .next.kind call &&
	fu win -q acme && fu reopen -q acme --because x --wait "1 dec" && facts .status waiting &&
	fu win -q acme && fu reopen -q acme --because x --no-next "we will see" && facts .adrift true
'

test_expect_success 'reopen: the commitments come back open' '
	acme && fu heard -q acme --ours "price list by mon" &&
	fu abandon -q acme --cause timing --because x && fu reopen -q acme --because y &&
	fu commitments acme --json | json - ".commitments | length"
'

test_expect_success 'reopen: what is open is refused' '
	acme && test_expect_code 1 nothing_changed fu reopen acme --because x &&
	fu wait -q acme "1 dec" --because x &&
	test_expect_code 1 nothing_changed fu reopen acme --because x
'

test_expect_success 'reopen: it stands where it stood' '
	acme && fu set -q acme activity=proposal --because x &&
	fu abandon -q acme --cause timing --because x && fu reopen -q acme --because y &&
	facts .activity proposal
'

test_expect_success 'when it happened: entered later' '
	acme --opened "1 oct" && fu win -q acme --at "mon 12:00" &&
	facts .closed 2026-11-16T12:00:00+01:00 &&
	fu reopen -q acme --because x && refuses 1 "future" fu win acme --at tomorrow
'

test_done
