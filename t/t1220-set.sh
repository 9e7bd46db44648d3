#!/bin/sh
test_description='fu set: facts are changed, cleared, judged'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" && fu new -q Website --client Acme --id acme "$@"
}

commits()
{
	git rev-list --count HEAD
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success 'every fact' '
	acme &&
	fu set acme title="New site" client="Acme & Sons" via=Reseller value="12000.50 USD" \
		source="trade fair" owner=sam tags=a,b expires="1 dec" interval="2 weeks" \
		external_id=X-17 >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: set: " "$T_OUT/said" &&
	test $(commits) -eq 3 &&
	facts .title "New site" && facts .client "Acme & Sons" && facts .via Reseller &&
	facts .value "{\"amount\":\"12000.50\",\"currency\":\"USD\"}" &&
	facts .source "trade fair" && facts .owner sam && facts .tags "[\"a\",\"b\"]" &&
	facts .expires 2026-12-01 && facts .interval "2 weeks" && facts .external_id X-17
'

test_expect_success 'facts stand on top of the file, the change is an act' '
	acme && fu set acme owner=sam --json >"$T_OUT/said" &&
	json "$T_OUT/said" .act set && json "$T_OUT/said" .facts.owner sam &&
	file=$(echo opportunities/*/acme.ini) &&
	sed "/^\[[a-z]* [^]]*\]/,\$d" "$file" >"$T_OUT/top" &&
	test_grep "^owner = sam\$" "$T_OUT/top" &&
	test_grep "^\[set " "$file"
'

test_expect_success 'key= clears' '
	acme --value 5 --owner sam --tag a --expires "1 dec" --interval 2w --via R --source s \
		--external-id 9 &&
	fu set -q acme value= owner= tags= expires= interval= via= source= external_id= &&
	facts "[.value, .owner, .tags, .expires, .interval, .via, .source, .external_id]" \
		"[null,null,[],null,null,null,null,null]" &&
	json - ".facts.value" null <<-X
	$(fu log --json --act set acme | jq ".[0]")
	X
'

test_expect_success 'what an opportunity cannot be without cannot be cleared' '
	acme &&
	test_expect_code 1 nothing_changed fu set acme title= &&
	test_expect_code 1 nothing_changed fu set acme process= --because x
'

test_expect_success 'a value may hold = and any text' '
	acme && fu set -q acme "title=a=b; c # d" && facts .title "a=b; c # d"
'

test_expect_success 'unknown keys suggest the nearest, wrong values say why' '
	acme &&
	refuses 129 "titel.*title" fu set acme titel=x &&
	refuses 129 "value" fu set acme value=lots &&
	refuses 129 "1,000" fu set acme value=1,000 &&
	refuses 129 "12.345" fu set acme "value=12.345 EUR" &&
	refuses 129 "sometime" fu set acme expires=sometime &&
	refuses 129 "often" fu set acme interval=often &&
	refuses 129 "" fu set acme owner &&
	refuses 129 "" fu set acme &&
	refuses 129 "" fu set acme =x &&
	refuses 128 nobody fu set nobody owner=x
'

test_expect_success 'status is not a fact that can be set' '
	acme && test_expect_code 129 nothing_changed fu set acme status=won
'

test_expect_success 'what is faulty anywhere changes nothing' '
	acme && refuses 129 "often" fu set acme owner=sam interval=often && facts .owner null
'

test_expect_success 'process and activity need a reason' '
	acme &&
	refuses 1 "[-][-]because" fu set acme activity=proposal &&
	refuses 1 "[-][-]because" fu set acme process=phone &&
	fu set acme activity=proposal --because "they know us" --json >"$T_OUT/said" &&
	json "$T_OUT/said" .because "they know us" && facts .activity proposal &&
	fu set -q acme process=phone activity=demo --because "too far away" &&
	facts "[.process, .activity]" "[\"phone\",\"demo\"]" &&
	test_must_fail nothing_changed fu set acme process=fone --because x &&
	test_must_fail nothing_changed fu set acme activity=nothing --because x
'
test_expect_success 'an activity that the other process has not: what to add is said' '
	acme && test_must_fail nothing_changed fu set acme process=phone --because x 2>"$T_OUT/err" &&
	test_grep "activity=" "$T_OUT/err" && test_grep "conversation" "$T_OUT/err"
'

test_expect_success 'the same again: nothing recorded' '
	acme --owner sam --tag a && nothing_changed fu set acme owner=sam tags=a
'

test_expect_success 'the same as was edited by hand: the edit is recorded' '
	acme && sed -i "1,/^\[/s/^title = .*/title = Relaunch/" opportunities/*/acme.ini &&
	nothing_changed fu set acme title=Relaunch --dry-run >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "nothing to do" "$T_OUT/err" &&
	fu set acme title=Relaunch >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "edited by hand" "$T_OUT/err" && test_grep "nothing to do" "$T_OUT/err" &&
	git show "HEAD:$(echo opportunities/*/acme.ini)" >"$T_OUT/head" &&
	test_grep "^title = Relaunch" "$T_OUT/head" && test -z "$(git status --porcelain)" &&
	fu fsck && nothing_changed fu set acme title=Relaunch
'

test_expect_success 'a closed one takes it, and stays closed' '
	acme && fu win -q acme && fu set -q acme value=700 && facts .status won &&
	facts .value.amount 700.00
'

test_expect_success 'an unknown owner is an error where there is a team' '
	acme && fu config team.sam "Sam Sales <sam@example.com>" >"$T_OUT/said" &&
	fu set -q acme owner=sam &&
	refuses 128 "sma" fu set acme owner=sma &&
	fu config team.ann "Ann Author <ann@example.com>" >"$T_OUT/said" &&
	fu set -q acme owner=me && facts .owner ann
'

test_expect_success 'money without a code is that of fu.ini, else refused' '
	acme && fu set -q acme value=10 && facts .value.currency EUR &&
	fu init -q --timezone UTC ../bare && cd ../bare && fu new -q T --client C --id acme &&
	test_must_fail nothing_changed fu set acme value=10 &&
	fu set -q acme "value=10 CHF" && facts .value.currency CHF
'

test_expect_success 'ids on stdin: all in one commit, or none' '
	acme && fu new -q Shop --client Beta --id beta && before=$(commits) &&
	printf "acme\nbeta\n" | fu set -q - owner=sam &&
	test $(commits) -eq $((before + 1)) &&
	fu list --owner sam --format "%(id)" >"$T_OUT/got" && test_line_count -eq 2 "$T_OUT/got" &&
	printf "acme\nnobody\n" >"$T_OUT/ids" &&
	refuses 128 nobody sh -c "exec fu set - owner=ann <$T_OUT/ids" && facts .owner sam
'

test_expect_success 'dates of set: expires may be taken from words, echoed with weekday' '
	acme && fu set acme expires="in 2 weeks" >"$T_OUT/said" 2>"$T_OUT/err" &&
	facts .expires 2026-12-04 && cat "$T_OUT/said" "$T_OUT/err" >"$T_OUT/both" &&
	test_grep "Fri 4 Dec" "$T_OUT/both"
'

test_done
