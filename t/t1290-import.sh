#!/bin/sh
test_description='fu import: CSV with a map, bad rows, twice, and a CRM export'
. "${0%/*}/lib.sh"

repo()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count"
}

commits()
{
	git rev-list --count HEAD
}

cat >"$T_BASE/map.ini" <<'X'
[import]
title = A small CRM
date = D.M.YYYY
empty = -
[columns]
Key = external_id
Account = client
Deal = title
Stage = status
Worth = value
Opened = opened
Closed = closed
Rep = owner
Internal = ignore
[values Stage]
Won = status: won
Lost = status: abandoned
Active = status: open
New = status: open; tag: new
[constants]
currency = USD
source = old CRM
X
cat >"$T_BASE/deals.csv" <<'X'
Key,Account,Deal,Stage,Worth,Opened,Closed,Rep,Internal,Mood
K1,"Acme, Inc.","The ""big"" one",Active,1200,3.11.2026,-,sam,zzz,good
K2,Beta,Shop,Won,99.50,1.2.2026,15.3.2026,ann,zzz,
K3,Gamma,"Two
lines",Lost,-,1.2.2026,16.3.2026,,,bad
K4,,Nobody,New,-,-,-,,,
X

fields()
{
	fu list --status all --json >"$T_OUT/list" &&
		json "$T_OUT/list" ".[] | select(.external_id == \"$1\") | $2" "$3"
}

test_expect_success 'rows become opportunities, in one commit' '
	repo && before=$(commits) &&
	fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test $(commits) -eq $((before + 1)) && test -z "$(git status --porcelain)" &&
	fu list --status all --json | json - length 4 &&
	fields K1 "[.client, .title, .status, .owner, .source]" \
		"[\"Acme, Inc.\",\"The \\\"big\\\" one\",\"open\",\"sam\",\"old CRM\"]" &&
	fields K1 .value "{\"amount\":\"1200.00\",\"currency\":\"USD\"}" &&
	fields K1 ".opened[:10]" 2026-11-03 && fields K1 .closed null &&
	fields K2 "[.status, .closed[:10]]" "[\"won\",\"2026-03-15\"]" &&
	fields K3 "[.status, .value, .closed[:10]]" "[\"abandoned\",null,\"2026-03-16\"]" &&
	fields K4 "[.client, .tags]" "[null,[\"new\"]]"
'

test_expect_success 'columns that are not mapped become a note, ignored ones are left out' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	cat opportunities/*/*.ini >"$T_OUT/files" && test_grep "Mood: good" "$T_OUT/files" &&
	! grep zzz "$T_OUT/files"
'

test_expect_success 'a missing client is listed by check' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	id=$(fu list --status all --json | jq -r ".[] | select(.external_id == \"K4\").id") &&
	test_expect_code 1 fu check >"$T_OUT/said" && test_grep "$id" "$T_OUT/said"
'

test_expect_success 'the same file twice changes nothing' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	nothing_changed fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini"
'

test_expect_success 'a changed row changes what changed in it' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	id=$(fu list --status all --json | jq -r ".[] | select(.external_id == \"K1\").id") &&
	fu set -q "$id" owner=bob && fu note -q "$id" "spoke to them" &&
	sed "s/^K1,\(.*\)1200/K1,\11500/" "$T_BASE/deals.csv" >"$T_OUT/changed.csv" &&
	before=$(commits) &&
	fu import "$T_OUT/changed.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	test $(commits) -eq $((before + 1)) && fields K1 .value.amount 1500.00 &&
	fields K1 .owner bob && git diff --name-only HEAD~1 >"$T_OUT/files" &&
	test_line_count -eq 1 "$T_OUT/files" &&
	nothing_changed fu import "$T_OUT/changed.csv" --map "$T_BASE/map.ini"
'

# Imports a file of these lines by the map $T_OUT/part.ini.
import_part()
{
	printf '%s\n' "$@" >"$T_OUT/part.csv" &&
		fu import "$T_OUT/part.csv" --map "$T_OUT/part.ini" >"$T_OUT/said" 2>&1
}

part_of_a_file()
{
	repo && cat >"$T_OUT/part.ini" <<-'X' &&
	[columns]
	Id = external_id
	Name = title
	[optional]
	Client = client
	Stage = status
	Closed = closed
	Amount = value
	Source = source
	Owner = owner
	Expires = expires
	Kind = tag
	[values Stage]
	Hot = status: open; via: Resellers
	X
	import_part Id,Name,Client,Stage,Closed,Amount,Source,Owner,Expires,Kind \
		1,A,Acme,won,2026-11-01,100,fair,sam,2027-01-02,big \
		2,B,Beta,Hot,,50,fair,sam,2027-01-02,big &&
		import_part Id,Name 1,A
}

test_expect_success 'a column that is not in the file changes nothing' '
	part_of_a_file && nothing_changed import_part Id,Name 1,A 2,B &&
	fields 1 "[.status, .client, .value.amount, .source, .owner, .expires, .tags]" \
		"[\"won\",\"Acme\",\"100.00\",\"fair\",\"sam\",\"2027-01-02\",[\"big\"]]" &&
	fields 1 ".closed[:10]" 2026-11-01 && fields 2 .via "Resellers" &&
	import_part Id,Name,Source 1,AA,web && fields 1 "[.title, .source]" "[\"AA\",\"web\"]" &&
	fields 1 "[.status, .client, .owner]" "[\"won\",\"Acme\",\"sam\"]"
'

test_expect_success 'nor does one that is not in the map' '
	part_of_a_file && printf "[columns]\nId = external_id\nName = title\n" >"$T_OUT/part.ini" &&
	nothing_changed import_part Id,Name,Client,Stage 1,A,, &&
	fields 1 "[.status, .client]" "[\"won\",\"Acme\"]"
'

test_expect_success 'a cell that is there and empty clears its fact' '
	part_of_a_file && import_part Id,Name,Client,Kind,Stage 1,A,,,won 2,B,Beta,, &&
	fields 1 "[.status, .client, .tags, .owner]" "[\"won\",null,[],\"sam\"]" &&
	fields 2 "[.status, .client, .via, .owner]" "[\"open\",\"Beta\",null,\"sam\"]" &&
	import_part Id,Name,Stage,Closed 1,A,, && fields 1 .status open
'

test_expect_success 'a hand edit of one of several is recorded first, alone, and kept' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	file=$(grep -l "^external_id = K2" opportunities/*/*.ini) &&
	sed -i "1,/^.new /s/^source = old CRM/source = fair/" "$file" &&
	sed "s/1200/1500/; s/99.50/88/; s/Lost,-/Lost,7/" \
		"$T_BASE/deals.csv" >"$T_OUT/changed.csv" &&
	before=$(commits) &&
	fu import "$T_OUT/changed.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "edited by hand" "$T_OUT/err" && test_grep "3 changed" "$T_OUT/said" &&
	test $(commits) -eq $((before + 2)) &&
	git diff --name-only HEAD~2 HEAD~1 >"$T_OUT/files" && echo "$file" >"$T_OUT/alone" &&
	test_cmp "$T_OUT/alone" "$T_OUT/files" &&
	git diff --name-only HEAD~1 >"$T_OUT/files" && test_line_count -eq 3 "$T_OUT/files" &&
	fields K2 "[.source, .value.amount]" "[\"fair\",\"88.00\"]" &&
	test -z "$(git status --porcelain)" && fu fsck &&
	nothing_changed fu import "$T_OUT/changed.csv" --map "$T_BASE/map.ini"
'

test_expect_success 'an amount without a code is in the currency of fu.ini' '
	repo && fu config -q fu.currency EUR &&
	printf "[columns]\nw = client\nt = title\nv = value\n" >"$T_OUT/map.ini" &&
	printf "w,t,v\nX,T,12\nY,U,13 CHF\n" >"$T_OUT/v.csv" &&
	fu import -q --map "$T_OUT/map.ini" "$T_OUT/v.csv" &&
	fu list --json >"$T_OUT/list" &&
	json "$T_OUT/list" "[.[].value.currency] | sort" "[\"CHF\",\"EUR\"]"
'

test_expect_success 'a row that is won meanwhile is closed' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	sed "s/^K1,\(.*\)Active,1200,3.11.2026,-/K1,\1Won,1200,3.11.2026,10.11.2026/" \
		"$T_BASE/deals.csv" >"$T_OUT/changed.csv" &&
	fu import "$T_OUT/changed.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	fields K1 "[.status, .closed[:10]]" "[\"won\",\"2026-11-10\"]"
'

test_expect_success 'bad rows are all listed with line and reason, and refuse the import' '
	repo &&
	cat >"$T_OUT/bad.csv" <<-X &&
	Key,Account,Deal,Stage,Worth,Opened,Closed,Rep,Internal,Mood
	K1,Acme,Site,Active,lots,3.11.2026,-,,,
	K2,Beta,Shop,Won,9,1.2.2026,15.3.2026,,,
	K3,Gamma,Car,Won,9,31.2.2026,15.3.2026,,,
	K4,Delta,Bus,Dreaming,9,1.2.2026,-,,,
	,,,,,,,,,
	K6,Eps,Bus,Active,9,1.2.2026,-,,,,one,more
	X
	test_must_fail nothing_changed fu import "$T_OUT/bad.csv" --map "$T_BASE/map.ini" \
		>"$T_OUT/said" 2>"$T_OUT/err" &&
	for line in 2 4 5 6 7; do test_grep "bad.csv:$line: " "$T_OUT/err" || return 1; done &&
	! grep "bad.csv:3" "$T_OUT/err" && test_grep lots "$T_OUT/err" &&
	test_grep "skip-bad" "$T_OUT/err" && test_line_count -eq 0 "$T_OUT/said" &&
	fu import "$T_OUT/bad.csv" --map "$T_BASE/map.ini" --skip-bad >"$T_OUT/said" 2>"$T_OUT/err" &&
	fu list --status all --json | json - "[.[].external_id]" "[\"K2\"]" &&
	test_grep "bad.csv:7: " "$T_OUT/err"
'

test_expect_success 'a row is left out once, whatever faults it has' '
	repo && sed -n 1p "$T_BASE/deals.csv" >"$T_OUT/two.csv" &&
	echo "K5,Eta,Car,Active,lots,33.11.2026,-,,," >>"$T_OUT/two.csv" &&
	test_must_fail nothing_changed fu import "$T_OUT/two.csv" --map "$T_BASE/map.ini" \
		2>"$T_OUT/err" &&
	test $(grep -c "two.csv:2: " "$T_OUT/err") -eq 2 &&
	test_grep "leaves out this row$" "$T_OUT/err" &&
	fu import "$T_OUT/two.csv" --map "$T_BASE/map.ini" --skip-bad >"$T_OUT/said" 2>/dev/null &&
	test_grep ", 1 row left out$" "$T_OUT/said" &&
	fu import "$T_OUT/two.csv" --map "$T_BASE/map.ini" --skip-bad --json 2>/dev/null |
		json - .skipped 1
'

test_expect_success 'without an id column the same file twice is warned of' '
	repo && grep -v "external_id" "$T_BASE/map.ini" >"$T_OUT/noid.ini" &&
	cp "$T_BASE/deals.csv" "$T_OUT/again.csv" &&
	fu import "$T_OUT/again.csv" --map "$T_OUT/noid.ini" >/dev/null 2>"$T_OUT/err" &&
	! test_grep "same client and title" "$T_OUT/err" &&
	open=$(fu list --json | jq "map(select(.client)) | length") && test "$open" -gt 0 &&
	fu import "$T_OUT/again.csv" --map "$T_OUT/noid.ini" --dry-run >/dev/null 2>"$T_OUT/err" &&
	test $(grep -c "^warning: .*again.csv:[0-9]*: .* is open with the same client and title$" \
		"$T_OUT/err") -eq "$open" &&
	fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >/dev/null 2>"$T_OUT/err" &&
	test $(grep -c "same client and title" "$T_OUT/err") -eq "$open" &&
	fu abandon -q $(fu list --json | jq -r "map(select(.client and .external_id == null))[0].id") \
		--cause gone --because "twice" &&
	fu import "$T_OUT/again.csv" --map "$T_OUT/noid.ini" --dry-run >/dev/null 2>"$T_OUT/err" &&
	test $(grep -c "same client and title" "$T_OUT/err") -eq $((open - 1))
'

test_expect_success 'lines are counted in the file, not in records' '
	repo && { cat "$T_BASE/deals.csv" && echo "K5,Eta,Car,Active,lots,3.11.2026,-,,,"; } >"$T_OUT/l.csv" &&
	test_must_fail nothing_changed fu import "$T_OUT/l.csv" --map "$T_BASE/map.ini" 2>"$T_OUT/err" &&
	test_grep "l.csv:7: " "$T_OUT/err"
'

test_expect_success 'CR LF, a BOM, no newline at the end' '
	repo && printf "\357\273\277Key,Account,Deal\r\nK1,Acme,Site\r\nK2,Beta,Shop" >"$T_OUT/crlf.csv" &&
	printf "[columns]\nKey = external_id\nAccount = client\nDeal = title\n" >"$T_OUT/m.ini" &&
	fu import "$T_OUT/crlf.csv" --map "$T_OUT/m.ini" >"$T_OUT/said" 2>&1 &&
	fu list --json | json - "[.[] | [.external_id, .client, .title]] | sort" \
		"[[\"K1\",\"Acme\",\"Site\"],[\"K2\",\"Beta\",\"Shop\"]]"
'

test_expect_success 'two rows with one external_id are not two opportunities' '
	repo && printf "Key,Account,Deal\nK1,Acme,Site\nK1,Acme,Other\n" >"$T_OUT/two.csv" &&
	printf "[columns]\nKey = external_id\nAccount = client\nDeal = title\n" >"$T_OUT/m.ini" &&
	if fu import "$T_OUT/two.csv" --map "$T_OUT/m.ini" >"$T_OUT/said" 2>"$T_OUT/err"
	then fu list --json | json - length 1
	else test_grep "two.csv:3: " "$T_OUT/err"
	fi
'

test_expect_success 'what cannot be read at all' '
	repo &&
	refuses 128 "nothere.csv" fu import nothere.csv --map maven &&
	refuses 129 "" fu import &&
	test_must_fail nothing_changed fu import "$T_BASE/deals.csv" --map nosuchmap &&
	printf "" >"$T_OUT/empty.csv" &&
	test_must_fail nothing_changed fu import "$T_OUT/empty.csv" --map "$T_BASE/map.ini" &&
	test_must_fail nothing_changed fu import "$T_BASE/map.ini" --map "$T_BASE/map.ini" &&
	mkdir "$T_OUT/dir" && refuses 128 "dir" fu import "$T_OUT/dir" --map "$T_BASE/map.ini" &&
	printf "Key,Account,Deal\nK1,\"Acme,Site\n" >"$T_OUT/open.csv" &&
	test_must_fail nothing_changed fu import "$T_OUT/open.csv" --map "$T_BASE/map.ini"
'

test_expect_success 'a map that is wrong is named with its line' '
	repo && printf "[columns]\nKey = externl_id\n" >"$T_OUT/m.ini" &&
	test_must_fail nothing_changed fu import "$T_BASE/deals.csv" --map "$T_OUT/m.ini" 2>"$T_OUT/err" &&
	test_grep "m.ini:2: .*externl_id" "$T_OUT/err" && test_grep "external_id" "$T_OUT/err" &&
	printf "[columns]\nNoColumn = title\n" >"$T_OUT/m.ini" &&
	test_must_fail nothing_changed fu import "$T_BASE/deals.csv" --map "$T_OUT/m.ini" 2>"$T_OUT/err" &&
	test_grep -i "nocolumn" "$T_OUT/err"
'

test_expect_success '--dry-run records nothing' '
	repo && nothing_changed fu import --dry-run "$T_BASE/deals.csv" --map "$T_BASE/map.ini"
'

test_expect_success 'the audit trail shows it, undo takes it back' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	git log -1 --format=%B >"$T_OUT/msg" && test_grep "^Fu-Act: import" "$T_OUT/msg" &&
	fu log --json >"$T_OUT/trail" && json "$T_OUT/trail" "[.[] | select(.act == \"import\")] | length" 1
'

# A CRM's pipeline: 8,800 rows, and at the end one that is none.
test_expect_success 'the CRM export: refused, naming the line' '
	sh "$T_SRC/t/perf/pipeline.sh" 8800 >pipeline.csv &&
	echo ",,,,,00/00/0000,00/00/0000,0" >>pipeline.csv &&
	data=$PWD/pipeline.csv && export data &&
	at 2026-11-20T10:00 && fu init -q --timezone UTC --currency USD maven && cd maven &&
	test_must_fail nothing_changed fu import "$data" --map maven >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "pipeline.csv:8802: \|line 8802" "$T_OUT/err" &&
	test "$(grep -c "^error:" "$T_OUT/err")" -eq 1
'

# What fu list says of a row: what_is <row> <jq filter>
what_is()
{
	jq -c ".[] | select(.external_id == \"$(echo "$1" | cut -d, -f1)\") | $2" "$T_OUT/all"
}

# A day of the export, "9/3/16", as fu writes it.
iso_day()
{
	echo "$1" | awk -F/ "{ printf \"20%s-%02d-%02d\", \$3, \$1, \$2 }"
}

test_expect_success 'with --skip-bad: 8800 in one commit' '
	cd maven && before=$(commits) &&
	fu import "$data" --map maven --skip-bad >"$T_OUT/said" 2>"$T_OUT/err" &&
	test $(commits) -eq $((before + 1)) && test -z "$(git status --porcelain)" &&
	fu list --status all --json >"$T_OUT/all" && json "$T_OUT/all" length 8800 &&
	json "$T_OUT/all" "[.[] | select(.status == \"won\")] | length" 4238 &&
	json "$T_OUT/all" "[.[] | select(.status == \"abandoned\")] | length" 2473 &&
	json "$T_OUT/all" "[.[] | select(.status == \"open\")] | length" 2089 &&
	json "$T_OUT/all" "[.[] | select(.client == null)] | length" \
		"$(grep -c "^O.*,,Won\|^O.*,,Lost\|^O.*,,Engaging\|^O.*,,Prospecting" "$data")"
'

test_expect_success 'a row of it' '
	cd maven && row=$(grep ",Client number 7,Won," "$data" | head -n 1) && test -n "$row" &&
	test "$(what_is "$row" "[.client, .status, .value.amount, .value.currency]")" = \
		"[\"Client number 7\",\"won\",\"$(echo "$row" | cut -d, -f8).00\",\"USD\"]" &&
	test "$(what_is "$row" "[.opened[:10], .closed[:10]]")" = \
		"[\"$(iso_day "$(echo "$row" | cut -d, -f6)")\",\"$(iso_day "$(echo "$row" | cut -d, -f7)")\"]"
'

test_expect_success 'the same again changes nothing' '
	cd maven && nothing_changed fu import "$data" --map maven --skip-bad
'

test_expect_success 'it can be worked with' '
	cd maven && fu next -n 5 >"$T_OUT/next" && test_line_count -ge 1 "$T_OUT/next" &&
	fu list --client "Client number 7" --json >"$T_OUT/acme" &&
	id=$(jq -r ".[0].id" "$T_OUT/acme") &&
	fu log-meeting -q "$id" --outcome proceed --next "2026-11-24 15:00" --ours none --theirs none &&
	fu show --json "$id" | json - .next.kind appointment && fu log "$id" >"$T_OUT/trail" &&
	test_line_count -ge 2 "$T_OUT/trail" && fu undo -q && fu show --json "$id" | json - .next null
'

test_expect_success 'where a file of fu cannot be read nothing becomes a second one' '
	repo && fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini" >"$T_OUT/said" 2>&1 &&
	file=$(grep -l "^external_id = K2" opportunities/*/*.ini) && cp "$file" "$T_OUT/whole" &&
	echo "no line of fu" >>"$file" &&
	for option in -q --skip-bad; do
		nothing_changed fu import $option "$T_BASE/deals.csv" --map "$T_BASE/map.ini" \
			2>"$T_OUT/err"
		test $? -eq 128 && test_grep "$file:" "$T_OUT/err" &&
			test_grep "nothing was imported" "$T_OUT/err" || return 1
	done &&
	cp "$T_OUT/whole" "$file" &&
	nothing_changed fu import "$T_BASE/deals.csv" --map "$T_BASE/map.ini"
'

test_expect_success 'a NUL and a monster of columns are refused, naming the line' '
	new_repo nul && cd nul &&
	printf "[columns]\nw = client\nt = title\n" >"$T_OUT/map.ini" &&
	printf "w,t\nX\000Y,T\n" >"$T_OUT/nul.csv" &&
	test_expect_code 128 fu import --map "$T_OUT/map.ini" "$T_OUT/nul.csv" 2>"$T_OUT/err" &&
	test_grep "nul.csv:2: a NUL byte" "$T_OUT/err" &&
	{ printf "w,t"; yes , | head -n 2000 | tr -d "\n"; echo; } >"$T_OUT/wide.csv" &&
	test_expect_code 128 fu import --map "$T_OUT/map.ini" "$T_OUT/wide.csv" 2>"$T_OUT/err" &&
	test_grep "wide.csv:1: more than 1024 columns" "$T_OUT/err"
'

test_done
