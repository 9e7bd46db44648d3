#!/bin/sh
test_description='fu report: figures made from acts that are known'
. "${0%/*}/lib.sh"

# on <day of 2026> [<time>]: in Madrid's summer time.
on()
{
	at "2026-$1T${2:-11:00}:00+02:00"
}

# says <report> <jq filter> <expected> [<option>...]
says()
{
	t_report=$1 t_filter=$2 t_expected=$3
	shift 3
	fu report "$t_report" --json "$@" >"$T_OUT/doc" &&
	json "$T_OUT/doc" "$t_filter" "$t_expected"
}

test_expect_success 'one is won, two is abandoned, three is booked, four treads the mill' '
	on 09-01 10:00 &&
	new_repo &&
	cd repo &&
	fu new -q One --client Acme --id one --owner sam --source fair --value 1000 \
		--next "8 sep 10:00" &&
	fu new -q Two --client Globex --id two --owner pat --source web --next "3 sep 10:00" &&
	fu new -q Three --client Acme --id three --owner sam --process phone &&
	fu new -q Four --client Initech --id four --owner pat &&
	for day in 02 03; do
		on 09-$day &&
		fu log-call three -q --purpose schedule --result voicemail --minutes 5 &&
		fu log-touch four -q --gives education --what "a study of their trade" \
			--minutes 10 || return 1
	done &&
	fu log-meeting two -q --outcome repeat --cause value --next "10 sep 10:00" \
		--ours none --theirs none --minutes 30 &&
	on 09-04 &&
	fu log-call three -q --purpose schedule --result booked --next "14 sep 10:00" &&
	fu log-touch four -q --gives instruction --what "how to read it" --minutes 10 &&
	on 09-08 &&
	fu log-meeting one -q --outcome proceed --next "22 sep 10:00" --ours none \
		--theirs "the figures by 15 sep" --minutes 60 &&
	fu log-touch four -q --gives education --what "the same for the north" --minutes 10 &&
	on 09-10 &&
	fu log-meeting two -q --outcome repeat --cause timing --next "24 sep 10:00" \
		--ours none --theirs none &&
	on 09-14 &&
	fu kept one figures -q &&
	fu log-touch four -q --gives application --what "a use for it" --minutes 10 &&
	on 09-17 &&
	fu abandon two -q --cause gone --because "sold" --minutes 20 &&
	on 09-22 &&
	fu log-meeting one -q --outcome proceed --next "29 sep 10:00" --ours none --theirs none &&
	on 09-29 &&
	fu log-meeting one -q --outcome proceed --next "6 oct 10:00" --ours none --theirs none &&
	on 10-06 &&
	fu log-meeting one -q --outcome proceed &&
	at 2026-11-20T10:00
'

test_expect_success JQ 'flow: where they stop, how far, how fast' '
	cd repo &&
	says flow "[.process, .opened, .won, .abandoned, .open, .win_rate, .median_days_to_win]" \
		"[\"field\",3,1,1,1,0.5,35]" --process field &&
	says flow ".activities[0] | [.activity, .entered, .proceeded, .repeated, .abandoned,
			.standing, .conversion * 3, .median_days]" \
		"[\"discovery\",3,1,2,1,1,1,7]" --process field &&
	says flow ".activities[1] | [.entered, .proceeded, .standing, .conversion, .median_days]" \
		"[1,1,0,1,14]" --process field &&
	says flow ".activities[3] | [.activity, .entered, .proceeded, .conversion]" \
		"[\"decision\",1,1,1]" --process field &&
	json "$T_OUT/doc" "[.since, .until] == [null, null]"
'

test_expect_success JQ 'flow: every process without --process; of nothing null' '
	cd repo &&
	says flow "[.processes[] | \"\(.process) \(.opened)\"] | join(\", \")" \
		"field 3, account-care 0, phone 1, reseller 0" &&
	json "$T_OUT/doc" "[.opened, .won, .open]" "[4,1,2]" &&
	json "$T_OUT/doc" ".processes[2] | [.win_rate, .median_days_to_win] == [null, null]" &&
	json "$T_OUT/doc" "[.processes[1].activities[] | .conversion] == [null, null]" &&
	says flow .opened 0 --process account-care
'

test_expect_success JQ 'activity beside accomplishment' '
	cd repo &&
	says activity "[.activity | .meetings, .calls, .touches, .unanswered, .minutes]" \
		"[6,3,5,2,170]" &&
	json "$T_OUT/doc" "[.accomplishment | .proceeded, .booked, .confirmed, .kept_by_client, .won]" \
		"[4,1,0,1,1]" &&
	json "$T_OUT/doc" ".ratio" 0.5 &&
	json "$T_OUT/doc" ".lost_minutes" 50 &&
	json "$T_OUT/doc" ".treadmill" "[{\"opportunity\":\"four\",\"contacts\":5,\
\"since\":\"2026-09-01T10:00:00+02:00\",\"accomplishments\":0,\"minutes\":50}]"
'

test_expect_success JQ 'causes' '
	cd repo &&
	says causes ".repeat | with_entries(select(.value > 0))" "{\"timing\":1,\"value\":1}" &&
	json "$T_OUT/doc" ".abandon | with_entries(select(.value > 0))" "{\"gone\":1}" &&
	json "$T_OUT/doc" "[.repeat[\"decision-maker\"], .abandon.closing, (.repeat | length)]" \
		"[0,0,10]"
'

test_expect_success JQ 'habits' '
	cd repo &&
	says habits "keys_unsorted | join(\" \")" "neglect hope pestering slow_death" &&
	json "$T_OUT/doc" "[.hope[] | \"\(.opportunity) \(.contacts) \(.since)\"]" \
		"[\"four 5 2026-09-01T10:00:00+02:00\"]" &&
	json "$T_OUT/doc" ".hope[0].why" \
		"no next step, and no accomplishment since it was opened 80 days ago" &&
	json "$T_OUT/doc" "[.neglect, .pestering, .slow_death]" "[[],[],[]]" &&
	fu set four -q interval="1 month" &&
	says habits "[.neglect[] | \"\(.opportunity) \(.since)\"]" \
		"[\"four 2026-10-14T11:00:00+02:00\"]" &&
	fu undo four -q
'

test_expect_success JQ 'a period: what happened in it, and where things stood at its end' '
	cd repo &&
	says flow "[.since, .opened, .won, .abandoned, .open, .activities[1].proceeded]" \
		"[\"2026-09-15\",0,1,1,1,1]" --process field --since "15 sep" &&
	says flow "[.until, .opened, .won, .abandoned, .open, .activities[1].standing]" \
		"[\"2026-09-08\",3,0,0,3,1]" --process field --until "8 sep" &&
	says activity "[.activity.meetings, .accomplishment.won, .lost_minutes]" "[2,0,20]" \
		--since "15 sep" --until "30 sep" &&
	says activity ".treadmill | length" 0 --since "3 sep" &&
	says activity ".activity.meetings" 0 --until "1 aug" &&
	refuses 129 "the period ends before it begins" -- \
		fu report flow --since "2 sep" --until "1 sep"
'

test_expect_success JQ '--by wraps the same object' '
	cd repo &&
	says activity "[.by, (.groups[] | \"\(.key) \(.activity.meetings) \(.accomplishment.won)\")]" \
		"[\"owner\",\"pat 2 0\",\"sam 4 1\"]" --by owner &&
	says flow "[.groups[] | \"\(.key) \(.opened) \(.activities | length)\"]" \
		"[\"field 3 4\",\"phone 1 3\"]" --by process &&
	says flow "[.groups[] | \"\(.key) \(.opened) \(.processes | length)\"]" \
		"[\"Acme 2 2\",\"Globex 1 1\",\"Initech 1 1\"]" --by client &&
	says causes "[.groups[] | [.key, .abandon.gone]]" "[[\"fair\",0],[\"web\",1],[null,0]]" \
		--by source &&
	says habits "[.groups[] | .key]" "[\"sam\"]" --by owner --process phone
'

test_expect_success JQ '--evidence: every act that is named is there, with the commit that made it' '
	cd repo &&
	says flow ".activities[0].evidence.entered | map(.opportunity) | sort | join(\" \")" \
		"four one two" --process field --evidence &&
	for report in flow activity habits causes; do
		fu report $report --evidence --json >"$T_OUT/doc" &&
		jq -r ".. | .evidence? // empty | .[][] | \"\(.commit) \(.opportunity) \(.act)\"" \
			"$T_OUT/doc" | sort -u >"$T_OUT/acts" &&
		test -s "$T_OUT/acts" &&
		while read -r commit id act; do
			git show -s --format=%B $commit >"$T_OUT/commit" &&
			test_grep "^Fu-Opportunity: $id\$" "$T_OUT/commit" &&
			test_grep "^Fu-Id: $act\$" "$T_OUT/commit" || return 1
		done <"$T_OUT/acts" >/dev/null || return 1
	done &&
	json "$T_OUT/doc" "[.repeat.evidence.timing | length, (.[0].commit | length)]" "[1,40]" &&
	fu report causes --evidence >"$T_OUT/text" &&
	test_grep "^  repeat timing  two  [0-9a-z]\{10\}  [0-9a-f]\{9\}$" "$T_OUT/text" &&
	test_grep "^  abandon gone   two  [0-9a-z]\{10\}  [0-9a-f]\{9\}$" "$T_OUT/text"
'

test_expect_success JQ '--evidence: of an import, a hand edit, and what is not recorded' '
	new_repo bulk &&
	cd bulk &&
	printf "id,what\n1,First\n2,Second\n" >"$T_OUT/some.csv" &&
	printf "[columns]\nid = external_id\nwhat = title\n[constants]\nclient = Acme\n" \
		>"$T_OUT/some.map" &&
	fu import "$T_OUT/some.csv" --map "$T_OUT/some.map" 2>/dev/null &&
	import=$(git rev-parse HEAD) &&
	says flow "[.evidence.opened[].commit] | unique" "[\"$import\"]" --process field --evidence &&
	json "$T_OUT/doc" "[.evidence.opened[].opportunity] | sort | join(\" \")" \
		"acme-first acme-second" &&
	file=$(echo opportunities/*/acme-first.ini) &&
	printf "\n[touch aaaaaaaaaa]\nat = 2026-11-20T10:00:00+01:00\nseq = 9\nby = A <a@b.example>\n\
gives = education\nwhat = a study of their trade\n" >>"$file" &&
	says activity "[.activity.touches, .activity.evidence.touches[0].commit]" "[1,null]" \
		--evidence &&
	fu record -q &&
	says activity ".activity.evidence.touches[0].commit" "$(git rev-parse HEAD)" --evidence
'

test_expect_success 'text: a funnel, bars over time, names' '
	cd repo &&
	fu report flow --process field >"$T_OUT/text" &&
	test_grep "^field$" "$T_OUT/text" &&
	test_grep "3 opened, 1 won, 1 abandoned, 1 open; won of those closed: 50 %" "$T_OUT/text" &&
	test_grep "^  discovery  █*▒*░*  3 entered$" "$T_OUT/text" &&
	test_grep "1 proceeded (33 %) in 7 days, 1 abandoned, 1 standing, 2 repeats" \
		"$T_OUT/text" &&
	test_grep "^  week of .*opened .*proceeded .*won .*abandoned$" "$T_OUT/text" &&
	test_grep "^  31 Aug 2026  █* 3 " "$T_OUT/text" &&
	fu report activity >"$T_OUT/text" &&
	test_grep "^  meetings  *6  █*" "$T_OUT/text" &&
	test_grep "^7 accomplishments for 14 contacts (0.50 each)$" "$T_OUT/text" &&
	test_grep "^2 of 3 calls reached nobody$" "$T_OUT/text" &&
	test_grep "^2 h 50 min spent, 50 min of it on what was abandoned$" "$T_OUT/text" &&
	test_grep "^  four  ████████████████████$" "$T_OUT/text" &&
	test_grep "^    5 contacts since Tue 1 Sep, 0 accomplishments before, 50 min" "$T_OUT/text" &&
	fu report habits >"$T_OUT/text" &&
	test_grep "^hope: .*(1)$" "$T_OUT/text" &&
	fu report causes --by owner >"$T_OUT/text" &&
	test_grep "^owner pat$" "$T_OUT/text" &&
	test_grep "^  timing  *1  █*$" "$T_OUT/text"
'

# The bar of the line that matches the pattern, its characters counted.
bar()
{
	LC_ALL=C.UTF-8 sed -n "/$1/{s/[^█]//g;p;q}" "$T_OUT/text" | tr -d "\n" | wc -m
}

test_expect_success 'text: one scale for all groups and processes, one axis to today' '
	cd repo &&
	fu report activity --by owner >"$T_OUT/text" &&
	sed -n "/^owner pat/,/^owner sam/p" "$T_OUT/text" >"$T_OUT/pat" &&
	sed -n "/^owner sam/,\$p" "$T_OUT/text" >"$T_OUT/sam" &&
	cp "$T_OUT/pat" "$T_OUT/text" && test $(bar "^  meetings  *2") -eq 16 &&
	test $(bar "^  touches  *5") -eq 40 &&
	cp "$T_OUT/sam" "$T_OUT/text" && test $(bar "^  meetings  *4") -eq 32 &&
	test_grep "^  16 Nov 2026  0  *0$" "$T_OUT/text" &&
	fu report activity --until "30 sep" >"$T_OUT/text" &&
	test_grep "^  28 Sep 2026 " "$T_OUT/text" && ! grep "Oct 2026" "$T_OUT/text" &&
	fu report flow >"$T_OUT/text" &&
	field=$(LC_ALL=C.UTF-8 sed -n "/ 3 entered/{s/[^█▒░]//g;p;q}" "$T_OUT/text" | tr -d "\n" | wc -m) &&
	phone=$(LC_ALL=C.UTF-8 sed -n "/^phone/,\$p" "$T_OUT/text" |
		sed -n "/ 1 entered/{s/[^█▒░]//g;p;q}" | tr -d "\n" | wc -m) &&
	test $field -ge $((phone * 3 - 2)) && test $field -le $((phone * 3 + 2))
'

# No line is wider than so many characters.
fits()
{
	awk -v most="$1" "length(\$0) > most { print; bad = 1 } END { exit bad }" "$T_OUT/text"
}

test_expect_success 'text: it fits, whatever the width; ASCII where the locale is no UTF-8' '
	cd repo &&
	for width in 20 40 79 80 140; do
		for report in flow activity habits causes; do
			COLUMNS=$width LC_ALL=C fu report $report >"$T_OUT/text" &&
			test -z "$(LC_ALL=C tr -d "\001-\176" <"$T_OUT/text")" &&
			{ test $width -lt 40 || fits $width; } || return 1
		done
	done &&
	COLUMNS=80 LC_ALL=C fu report flow --process field >"$T_OUT/text" &&
	test_grep "^  discovery  ##*xx*\.\.*  3 entered$" "$T_OUT/text" &&
	fu --color=always report flow >"$T_OUT/text" &&
	test_grep "$(printf "\033")" "$T_OUT/text" &&
	fu report flow >"$T_OUT/text" &&
	! grep "$(printf "\033")" "$T_OUT/text"
'

test_expect_success PTY 'on a terminal it goes through the pager, and is coloured' '
	cd repo &&
	export FU_PAGER="sed s/^/paged:/" TERM=xterm &&
	test_when_finished "unset FU_PAGER TERM" &&
	on_terminal "" fu report flow >"$T_OUT/text" &&
	test_grep "paged:.*discovery" "$T_OUT/text" &&
	test_grep "$(printf "\033")" "$T_OUT/text" &&
	on_terminal "" fu board >"$T_OUT/text" &&
	test_grep "paged:.*discovery" "$T_OUT/text"
'

test_expect_success 'nothing at all, and an opportunity alone' '
	new_repo none &&
	cd none &&
	for report in flow activity habits causes; do
		fu report $report >"$T_OUT/text" &&
		test -s "$T_OUT/text" &&
		fu report $report --json >"$T_OUT/doc" &&
		fu report $report --by owner >"$T_OUT/text" &&
		test_grep "^no opportunities$" "$T_OUT/text" || return 1
	done &&
	fu report activity --json | json - "[.ratio, .activity.meetings, .treadmill]" "[null,0,[]]" &&
	fu new -q One --client Acme --id one &&
	fu report flow >"$T_OUT/text" &&
	test_grep "1 entered" "$T_OUT/text" &&
	fu undo one -q &&
	says flow .opened 0 --process field
'

test_expect_success 'what is wrong is judged before the repository is looked for' '
	mkdir outside &&
	cd outside &&
	refuses 129 "unknown report .flows." -- fu report flows &&
	test_grep "did you mean .fu report flow.?" "$refusal" &&
	refuses 129 "missing flow|activity|habits|causes" -- fu report &&
	refuses 129 "." -- fu report flow --by colour &&
	refuses 129 "." -- fu report flow --since "the other day" &&
	refuses 128 "." -- fu report flow &&
	cd ../repo &&
	refuses 128 "no process .feild." -- fu report flow --process feild &&
	test_grep "did you mean .field.?" "$refusal"
'

test_expect_success JQ 'a record that cannot be read is warned of; the others count' '
	cd repo &&
	echo "no key" >>"$(echo opportunities/*/four.ini)" &&
	fu report flow --process field --json 2>"$T_OUT/err" >"$T_OUT/doc" &&
	json "$T_OUT/doc" .opened 2 &&
	test_grep "^warning: .*four.ini" "$T_OUT/err" &&
	git checkout -q .
'

test_expect_success JQ 'commitments of calls and of heard stand in the ledger' '
	new_repo ledger &&
	cd ledger &&
	fu new -q One --client Acme --id one &&
	fu log-call one -q --purpose schedule --result booked --next "tue 15:00" \
		--theirs "the plan by 23 nov" &&
	fu heard one -q --theirs "the list by 23 nov" &&
	fu heard one -q --theirs none &&
	fu kept one list -q &&
	fu commitments --all --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.commitments[] | \"\(.what) \(.state)\"] | sort | join(\", \")" \
		"the list kept, the plan open" &&
	json "$T_OUT/doc" ".clients" \
		"[{\"client\":\"Acme\",\"kept\":1,\"late\":0,\"broken\":0,\"open\":1,\"none\":1}]"
'

test_done
