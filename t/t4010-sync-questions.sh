#!/bin/sh
test_description='the questions that a sync leaves, in next, and their answers'
. "${0%/*}/lib.sh"

# Ann and Cora in sync, with an appointment on Tuesday: two_people <dir>
two_people()
{
	mkdir "$1" && cd "$1" && git init -q --bare hub.git && new_repo ann &&
	(
		cd ann &&
		fu new Website --client Acme --id acme --next 'tue 24 nov 15:00' \
			--contact 'Jane Doe' &&
		git remote add origin ../hub.git && fu sync
	) >/dev/null 2>&1 && fu clone -q hub.git cora &&
	git -C cora config user.name 'Cora Coord' &&
	git -C cora config user.email cora@example.com
}

# Each syncs once with what it has: exchange; the second finds the question.
exchange()
{
	fu -C ann sync -q && test_expect_code 1 fu -C cora sync >out 2>err &&
	test_expect_code 1 fu -C ann sync -q
}

same_tree()
{
	git -C ann rev-parse 'HEAD^{tree}' >tree1 && git -C cora rev-parse 'HEAD^{tree}' >tree2 &&
	test_cmp tree1 tree2
}

# The id of the last act of that kind: act_of <repo> <kind> [<which>]
act_of()
{
	sed -n "s/^\[$2 \(.*\)\]$/\1/p" "$1"/opportunities/*/acme.ini | sed -n "${3:-\$}p"
}

# One conflict item at both: has_question <opp>
has_question()
{
	for repo in ann cora; do
		fu -C $repo next --json >doc &&
		json doc ".[0] | [.kind, .opportunity, .role, .due] | tostring" \
			"[\"conflict\",\"$1\",null,null]" &&
		json doc ".[0].command" "fu resolve $1 --keep '<act>'" || return 1
	done
}

no_question()
{
	for repo in ann cora; do
		fu -C $repo next --all --json >doc &&
		json doc "map(select(.kind == \"conflict\")) | length" 0 || return 1
	done
}

test_expect_success 'two appointments: both are kept, and it is asked which' '
	two_people two &&
	fu -C ann schedule acme "wed 25 nov 10:00" && tick &&
	fu -C cora schedule acme "thu 26 nov 10:00" &&
	exchange && test_grep "question in .acme." err && test_grep "fu resolve acme" err &&
	same_tree && has_question acme && fu -C ann fsck && fu -C cora fsck &&
	for role in salesperson coordinator; do
		fu -C ann next --role $role --json >doc && json doc ".[0].kind" conflict || return 1
	done &&
	grep -c "^\[schedule" ann/opportunities/*/acme.ini >count && echo 2 >two &&
	test_cmp two count
'

test_expect_success 'resolve alone lists what is open, and what would answer it' '
	cd two && nothing_changed fu -C ann resolve >"$T_OUT/list" && cp "$T_OUT/list" out &&
	test_grep "^acme  Website  (Acme)$" out && test_grep "which one stands?" out &&
	test_grep "^    fu resolve acme --keep $(act_of ann schedule 1)  schedule: .*25 Nov" out &&
	test_grep "^    fu resolve acme --keep $(act_of ann schedule 2)  .*26 Nov.*Cora" out &&
	new_repo ../none && fu -C ../none resolve >out && echo "no open question" >wanted &&
	test_cmp wanted out && rm wanted &&
	refuses 129 "missing <opp>" fu -C ann resolve --keep abcd &&
	refuses 129 "missing <opp>" fu resolve --because x
'

test_expect_success 'until then a page says that it is not sure' '
	cd two && for command in show where; do
		fu -C ann $command acme >out && test_grep "^conflict  .*one next step was replaced" out &&
		test_grep "fu resolve acme" out || return 1
	done
'

test_expect_success 'without a terminal --keep is needed, and both are named' '
	cd two && refuses 1 "keep.* is missing" fu -C ann resolve acme &&
	test_grep "keep $(act_of ann schedule 1).*25 Nov" "$refusal" &&
	test_grep "keep $(act_of ann schedule 2).*26 Nov.*Cora" "$refusal" &&
	refuses 128 "zzzz" fu -C ann resolve acme --keep zzzz &&
	refuses 128 . fu -C ann resolve acme --keep "$(act_of ann new)"
'

test_expect_success 'the answer strikes the other out, is an act, and reaches the other' '
	cd two && keep=$(act_of ann schedule 1) && drop=$(act_of ann schedule 2) &&
	fu -C ann resolve acme --keep "$(echo $keep | cut -c1-6)" --json >doc &&
	json doc .act resolve && json doc .keep "$keep" && json doc .drops "[\"$drop\"]" &&
	fu -C ann show --json acme >doc && json doc .next.at "2026-11-25T10:00:00+01:00" &&
	fu -C ann sync -q && fu -C cora sync && same_tree && no_question &&
	fu -C cora show --json acme >doc && json doc .next.at "2026-11-25T10:00:00+01:00" &&
	grep -q "$drop" cora/opportunities/*/acme.ini && fu -C cora fsck && fu -C cora check &&
	refuses 1 "no open question" fu -C cora resolve acme --keep "$drop"
'

test_expect_success 'undo of the answer brings the question back' '
	cd two && tick && fu -C cora undo acme && test_expect_code 1 fu -C cora sync -q &&
	test_expect_code 1 fu -C ann sync -q && has_question acme
'

test_expect_success 'both answer, each otherwise: the later answer stands' '
	cd two && tick && fu -C ann resolve acme --keep "$(act_of ann schedule 1)" && tick &&
	fu -C cora resolve acme --keep "$(act_of cora schedule 2)" &&
	fu -C ann sync -q && fu -C cora sync -q && fu -C ann sync -q && same_tree && no_question &&
	fu -C ann show --json acme >doc && json doc .next.at "2026-11-26T10:00:00+01:00"
'

test_expect_success PTY 'a number is a number there, not how an id begins' '
	two_people digits && fu -C ann schedule acme "wed 25 nov 10:00" && tick &&
	fu -C cora schedule acme "thu 26 nov 10:00" && exchange &&
	fu -C ann export --acts acme >acts && new_repo copy &&
	sed "s/$(act_of ann schedule 1)/7aaaaaaaaa/g" acts | fu -C copy import --acts &&
	on_terminal "<which one stands
>7
<a number from 1 to 2
>7aa
<acme: resolve" fu -C copy resolve acme &&
	fu -C copy show --json acme >doc && json doc .next.at "2026-11-25T10:00:00+01:00"
'

test_expect_success PTY 'on a terminal it shows both and asks' '
	two_people asked && fu -C ann schedule acme "wed 25 nov 10:00" && tick &&
	fu -C cora schedule acme "thu 26 nov 10:00" && exchange &&
	on_terminal "<which one stands
>7
<a number from 1 to 2
>2" fu -C ann resolve acme >shown && test_grep "; Cora" shown && test_grep "26 Nov" shown &&
	fu -C ann show --json acme >doc && json doc .next.at "2026-11-26T10:00:00+01:00"
'

test_expect_success 'closed there, gone on here: asked; either answer works' '
	two_people closed && fu -C ann note acme x && tick &&
	fu -C ann abandon acme --cause timing --because "no budget" && tick &&
	fu -C cora note acme a && fu -C cora note acme b && tick &&
	fu -C cora log-meeting acme --outcome proceed --next "fri 27 nov 10:00" \
		--ours none --theirs none &&
	exchange && same_tree && has_question acme && cp -r ann ann2 &&
	fu -C ann resolve acme --keep "$(act_of ann meeting)" &&
	fu -C ann show --json acme >doc && json doc .status open && json doc .activity workshop &&
	fu -C ann2 resolve acme --keep "$(act_of ann abandon)" &&
	fu -C ann2 show --json acme >doc && json doc .status abandoned &&
	fu -C ann2 next --json >doc && json doc length 0
'

test_expect_success 'won here, abandoned there: shown though it is closed' '
	two_people both && fu -C ann win acme && tick &&
	fu -C cora abandon acme --cause value --because "too dear" && exchange && has_question acme &&
	fu -C cora resolve acme --keep "$(act_of cora win)" && fu -C cora show --json acme >doc &&
	json doc .status won
'

test_expect_success 'taken back there, built on here' '
	two_people rests && fu -C ann schedule acme "wed 25 nov 10:00" && fu -C ann sync -q &&
	fu -C cora sync -q && tick && fu -C ann undo acme && tick &&
	fu -C cora cancel acme --by them --again "mon 30 nov" &&
	exchange && same_tree && has_question acme && cp -r ann ann2 &&
	fu -C ann resolve acme --keep "$(act_of ann undo)" &&
	fu -C ann show --json acme >doc && json doc .next.at "2026-11-24T15:00:00+01:00" &&
	fu -C ann2 resolve acme --keep "$(act_of ann cancel)" &&
	fu -C ann2 show --json acme >doc && json doc .next.kind call
'

test_expect_success 'the same id born on both sides: one file, both acts, one question' '
	two_people born && fu -C ann new Shop --client Globex --id shop --next "fri 15:00" && tick &&
	fu -C cora new Store --client Initech --id shop --next "fri 16:00" &&
	exchange && same_tree && has_question shop && fu -C ann fsck &&
	keep=$(grep -B9 "^title = Store" ann/opportunities/*/shop.ini |
		sed -n "s/^\[new \(.*\)\]$/\1/p") &&
	fu -C ann resolve shop --keep "$keep" && fu -C ann show --json shop >doc &&
	json doc .title Store && json doc .client Initech
'

test_expect_success 'kept here, broken there' '
	two_people promise && fu -C ann heard acme --what "a call" \
		--theirs "Jane: send the figures by tue 24 nov" && fu -C ann sync -q &&
	fu -C cora sync -q && tick && fu -C ann kept acme figures && tick &&
	fu -C cora broken acme figures && exchange && same_tree && has_question acme &&
	fu -C ann resolve acme --keep "$(act_of ann commitment 2)" &&
	fu -C ann show --json acme >doc && json doc ".commitments[0].state" broken
'

test_expect_success 'several questions: each in turn' '
	two_people several &&
	fu -C ann heard acme --what "a call" --theirs "Jane: send the figures by tue 24 nov" &&
	fu -C ann sync -q && fu -C cora sync -q && tick && fu -C ann kept acme figures &&
	fu -C ann schedule acme "wed 25 nov 10:00" && tick && fu -C cora broken acme figures &&
	fu -C cora schedule acme "thu 26 nov 10:00" && exchange &&
	fu -C ann next --json --all >doc &&
	json doc "map(select(.kind == \"conflict\")) | length" 2 &&
	fu -C ann resolve acme --keep "$(act_of ann schedule)" 2>err &&
	test_grep "another question" err &&
	fu -C ann resolve acme --keep "$(act_of ann commitment)" 2>err &&
	fu -C ann sync -q && fu -C cora sync -q && no_question
'

# Ann merges a duplicate into acme, Cora goes on with the duplicate: two_and_a_duplicate <dir>
two_and_a_duplicate()
{
	two_people "$1" && (cd ann && fu new Web --client Acme --id double --next "thu 26 nov 9:00" \
		--note dup && fu sync) >/dev/null 2>&1 && fu -C cora sync -q && tick
}

test_expect_success 'merged here, booked there: asked; the merge may stand' '
	two_and_a_duplicate merged && fu -C ann note double a && fu -C ann note double b &&
	fu -C ann merge double acme 2>/dev/null && tick &&
	fu -C cora schedule double "fri 27 nov 9:00" && exchange && same_tree && has_question acme &&
	cp -r ann ann2 && cp -r cora cora2 && refuses 1 "keep.* is missing" fu -C ann resolve acme &&
	test_grep "merged" "$refusal" && test_grep "double" "$refusal" &&
	test_grep "27 Nov" "$refusal" && fu -C ann resolve acme --keep "$(act_of ann merge)" &&
	fu -C ann sync -q && fu -C cora sync -q && same_tree && no_question && fu -C cora check &&
	fu -C cora fsck && fu -C cora show --json acme >doc &&
	json doc .next.at "2026-11-24T15:00:00+01:00" && fu -C ann undo acme &&
	fu -C ann next --json >doc && json doc ".[0].kind" conflict
'

test_expect_success 'or what was booked: the duplicate stands by itself again' '
	cd merged && tick && fu -C cora2 resolve acme --keep "$(act_of cora2 schedule)" >said 2>&1 &&
	test_grep "double.* by itself" said && test_grep "fu merge double acme" said &&
	git -C cora2 status --porcelain >out && test ! -s out && fu -C cora2 check &&
	fu -C cora2 show --json double >doc && json doc .next.at "2026-11-27T09:00:00+01:00" &&
	json doc .status open && fu -C cora2 show --json acme >doc && json doc ".next.kind" appointment &&
	fu -C cora2 fsck && cp -r cora2 cora3 && fu -C cora2 sync -q &&
	rm -rf ann cora && mv ann2 ann && mv cora2 cora && fu -C ann sync -q && same_tree &&
	no_question && fu -C ann fsck && fu -C ann check && fu -C ann show --json double >doc &&
	json doc .next.at "2026-11-27T09:00:00+01:00" &&
	tick && fu -C cora merge double acme 2>said && test_grep "27 Nov" said && no_question &&
	fu -C cora undo -q && fu -C cora undo "$(act_of cora resolve)" &&
	fu -C cora show --json double >doc && json doc .id acme && fu -C cora check
'

test_expect_success 'both answer about a merge, each otherwise: the later answer stands' '
	two_and_a_duplicate twice && fu -C ann merge double acme 2>/dev/null && tick &&
	fu -C cora schedule double "fri 27 nov 9:00" && exchange &&
	fu -C ann resolve acme --keep "$(act_of ann schedule)" && tick &&
	fu -C cora resolve acme --keep "$(act_of cora merge)" &&
	fu -C ann sync -q && fu -C cora sync -q && fu -C ann sync -q && same_tree && no_question &&
	fu -C ann show --json double >doc && json doc .id acme && fu -C ann fsck &&
	tick && fu -C ann undo acme && fu -C ann sync -q && fu -C cora sync -q && same_tree &&
	no_question && fu -C cora show --json double >doc && json doc .id double && fu -C cora fsck
'

test_expect_success 'taken back there what the merge took over here: asked' '
	two_people over && (cd ann && fu new Web --client Acme --id double &&
		fu schedule double "thu 26 nov 9:00" && fu cancel acme --by them --no-next "no" &&
		fu sync) >/dev/null 2>&1 && fu -C cora sync -q && tick &&
	fu -C ann merge double acme && tick && fu -C cora undo double && exchange &&
	same_tree && has_question acme && fu -C ann resolve acme --keep "$(act_of ann merge)" &&
	fu -C ann show --json acme >doc && json doc .next.at "2026-11-26T09:00:00+01:00"
'

test_expect_success 'what moves nothing there asks nothing; a merge of before asks nothing' '
	two_and_a_duplicate moves && fu -C ann merge double acme 2>/dev/null && tick &&
	fu -C cora note double "late word" && fu -C cora heard double --what hello &&
	fu -C ann sync -q && fu -C cora sync -q && fu -C ann sync -q && same_tree && no_question &&
	two_and_a_duplicate old && fu -C ann merge double acme 2>/dev/null &&
	sed -i "/^knew = /d" ann/opportunities/*/acme.ini && fu -C ann record && tick &&
	fu -C cora schedule double "fri 27 nov 9:00" && fu -C ann sync -q && fu -C cora sync -q &&
	fu -C ann sync -q && same_tree && no_question
'

test_expect_success 'what one person enters late asks nothing' '
	two_people alone && tick 7200 && fu -C ann schedule acme "wed 25 nov 10:00" && tick &&
	fu -C ann heard acme --what "they moved" --next "thu 26 nov 10:00" --at "10:30" &&
	fu -C ann sync && fu -C ann next --json --all >doc &&
	json doc "map(select(.kind == \"conflict\")) | length" 0
'

test_expect_success 'acts that do not touch one another ask nothing' '
	two_people calm && fu -C ann note acme a && fu -C ann set acme via=Partner &&
	fu -C cora heard acme --what hello && fu -C cora schedule acme "wed 25 nov 10:00" &&
	fu -C ann sync && fu -C cora sync && fu -C ann sync && same_tree && no_question
'

test_done
