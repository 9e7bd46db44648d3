#!/bin/sh
test_description='hand edits: seen at once, recorded first, judged; fu record, fu status'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>' "$@" &&
		file=$(echo opportunities/*/acme.ini)
}

# top <key> <value>: changes a fact on top of the file, as an editor would
top()
{
	awk -v key="$1" -v value="$2" '
		/^\[/ { if (inside && !done) { print key " = " value; done = 1 }
			inside = /^\[opportunity\]/ }
		inside && !done && $1 == key { print key " = " value; done = 1; next }
		inside && !done && /^$/ { print key " = " value; done = 1 }
		{ print }' "$file" >"$T_OUT/edited" && cat "$T_OUT/edited" >"$file"
}

facts()
{
	fu show --json "${opp:-acme}" | json - "$@"
}

commits()
{
	git rev-list --count HEAD
}

test_expect_success 'a hand edit is seen by the very next command' '
	acme && top title "Web shop" && facts .title "Web shop" &&
	fu list --json | json - ".[0].title" "Web shop" &&
	fu where --json acme | json - ".[0].title" "Web shop" &&
	fu next --json | json - ".[0].title" "Web shop"
'

test_expect_success 'of the same size, within the same second' '
	acme && fu list --json | json - ".[0].title" Website && top title Webside &&
	fu list --json | json - ".[0].title" Webside && fu next --json | json - ".[0].title" Webside
'

test_expect_success 'status says it, record records it, status is silent' '
	acme && top title "Web shop" && fu status >"$T_OUT/said" && test_grep "$file" "$T_OUT/said" &&
	before=$(commits) && fu record -m "a better name" >"$T_OUT/said" &&
	test $(commits) -eq $((before + 1)) && test -z "$(git status --porcelain)" &&
	git log -1 --format=%B >"$T_OUT/msg" && test_grep "a better name" "$T_OUT/msg" &&
	test_grep "^Fu-Act: record" "$T_OUT/msg" && test_grep "^Fu-Opportunity: acme" "$T_OUT/msg" &&
	fu status >"$T_OUT/said" && ! grep "$file" "$T_OUT/said" &&
	test_grep "no remote" "$T_OUT/said"
'

test_expect_success 'a fact changed on top becomes a set act' '
	acme && top owner sam && fu record -q && test_grep "^\[set " "$file" &&
	fu undo -q acme && facts .owner null
'

test_expect_success 'nothing to record: exit 0, nothing changed' '
	acme && nothing_changed fu record
'

test_expect_success 'a writing command records it first, in a commit of its own, and says so' '
	acme && top owner sam && before=$(commits) &&
	fu note acme hello >"$T_OUT/said" 2>"$T_OUT/err" &&
	test $(commits) -eq $((before + 2)) && test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "recorded" "$T_OUT/err" && test_grep acme "$T_OUT/err" &&
	git log -1 --skip=1 --format="%(trailers:key=Fu-Act,valueonly)" >"$T_OUT/t" &&
	test_grep record "$T_OUT/t" && test -z "$(git status --porcelain)" &&
	git diff --stat HEAD~2 HEAD~1 >"$T_OUT/stat" && ! git show HEAD~1 | grep hello &&
	facts .owner sam
'

test_expect_success 'not the edit of another opportunity' '
	acme && fu new -q Shop --client Beta --id beta && top owner sam &&
	fu note -q beta hello && git status --porcelain >"$T_OUT/st" && test_grep acme.ini "$T_OUT/st" &&
	test_line_count -eq 1 "$T_OUT/st"
'

test_expect_success 'a dry run does not record it' '
	acme && top owner sam && nothing_changed fu note --dry-run acme hello
'

test_expect_success 'a refused act leaves the hand edit as it is' '
	acme && top owner sam && refuses 1 "[-][-]by|appointment" fu cancel acme
'

test_expect_success 'an invalid one refuses, with file and line; the others still work' '
	acme && fu new -q Shop --client Beta --id beta && echo "no key here" >>"$file" &&
	line=$(wc -l <"$file") &&
	refuses 128 "$file:$line: " fu note acme hello &&
	refuses 128 "$file:$line: " fu record &&
	refuses 128 "$file:$line: " fu show acme &&
	fu note -q beta hello && fu list --json >"$T_OUT/list" 2>"$T_OUT/err" &&
	json "$T_OUT/list" "[.[].id]" "[\"beta\"]" && test_grep "^warning: $file:$line: " "$T_OUT/err" &&
	test_expect_code 1 fu check >"$T_OUT/said" && test_grep "^$file:$line: " "$T_OUT/said" &&
	fu next >"$T_OUT/said" 2>"$T_OUT/err" && test_grep beta "$T_OUT/said" &&
	fu status >"$T_OUT/said" && test_grep "$file" "$T_OUT/said"
'

test_expect_success 'what is damaged is listed for each file at once' '
	acme && fu new -q Shop --client Beta --id beta && echo junk >>"$file" &&
	echo junk >>"$(echo opportunities/*/beta.ini)" && refuses 128 "acme.ini:[0-9]" fu record &&
	test_grep "beta.ini:[0-9]" "$refusal"
'

test_expect_success 'what is broken in many ways' '
	acme && cp "$file" "$T_OUT/good" &&
	for fault in "status = lost" "value = lots" "titel = x" "process = fone" "interval = often"
	do
		cp "$T_OUT/good" "$file" &&
		awk -v fault="$fault" "{ print } /^title/ && !n++ { print fault }" "$T_OUT/good" >"$file" &&
		refuses 128 "acme.ini:[0-9]+: " fu note acme x || return 1
	done
'

test_expect_success 'merge markers, a NUL, bad UTF-8, an endless line are faults' '
	acme && cp "$file" "$T_OUT/good" &&
	printf "<<<<<<< ours\n" >>"$file" && refuses 128 "acme.ini:[0-9]+: " fu note acme x &&
	{ cat "$T_OUT/good" && printf "a\0b\n"; } >"$file" && refuses 128 "acme.ini" fu note acme x &&
	{ cat "$T_OUT/good" && printf "link = \377\n"; } >"$file" &&
	refuses 128 "acme.ini:[0-9]+: " fu note acme x &&
	{ cat "$T_OUT/good" && printf "link = %04000d\n" 1; } >"$file" &&
	refuses 128 "acme.ini:[0-9]+: " fu note acme x
'

test_expect_success 'a fact that is stored and can be derived must agree' '
	acme && top status won && refuses 128 "acme.ini:[0-9]+: " fu record
'

test_expect_success 'process and activity changed by hand need -m' '
	acme && top activity proposal && refuses 1 "[-]m|because|reason" fu record &&
	fu record -q -m "they know us" && facts .activity proposal
'

test_expect_success 'who has to give a reason is told how' '
	acme && top activity proposal &&
	for command in "record" "record --dry-run" "note acme x"
	do
		test_expect_code 1 fu $command 2>"$T_OUT/err" ||
			test_expect_code 128 fu $command 2>"$T_OUT/err" || return 1
		test_grep "has a reason: .fu record -m <why>. gives it" "$T_OUT/err" &&
		! grep "[-][-]because. is missing" "$T_OUT/err" || return 1
	done &&
	fu record -q -m "they know us" && facts .activity proposal
'

test_expect_success 'a new file without a process has that of the settings' '
	acme && dir=$(dirname "$file") &&
	printf "[new]\nat = 2026-11-20T09:30:00+01:00\ntitle = T\nclient = C\n" >"$dir/beta.ini" &&
	fu record -q && (opp=beta && facts "[.process, .activity]" "[\"field\",\"discovery\"]")
'

test_expect_success 'a meeting written by hand: what it lacks is said, by the keys of the file' '
	acme && printf "\n[meeting]\nat = 2026-11-20T09:30:00+01:00\noutcome = proceed\n" >>"$file" &&
	refuses 128 "written by hand: .fu record. records it, or says what it lacks" fu show acme &&
	test_must_fail fu record 2>"$T_OUT/err" &&
	test_grep "acme.ini:[0-9]*: .*.ours. is missing" "$T_OUT/err" &&
	test_grep "acme.ini:[0-9]*: .*.next. is missing" "$T_OUT/err" &&
	! grep "status\|reopen\|--" "$T_OUT/err" &&
	printf "next = 2026-11-24 15:00\nours = none\ntheirs = none\n" >>"$file" &&
	fu record -q && facts "[.status, .activity]" "[\"open\",\"workshop\"]" &&
	top status won && refuses 128 "use .fu win" fu record
'

test_expect_success 'new process files are recorded, checked' '
	acme && printf "[process]\ntitle = Fairs\nactivities = stand, visit\n" >processes/fair.ini &&
	fu status >"$T_OUT/said" && test_grep "processes/fair.ini" "$T_OUT/said" &&
	fu new -q Stand --client Beta --id beta --process fair &&
	fu record -q -m "we go to fairs" && test -z "$(git status --porcelain)" &&
	(opp=beta && facts .activity stand) &&
	printf "[process]\ntitle = X\n" >processes/bad.ini && refuses 128 "processes/bad.ini" fu record
'

test_expect_success 'an indented key of fu.ini and of a process is a key' '
	acme && printf "[process]\n\ttitle = Fairs\n\tactivities = stand, visit\n" \
		>processes/fair.ini &&
	fu new -q Stand --client Beta --id beta --process fair && (opp=beta && facts .activity stand)
'

test_expect_success 'fu.ini edited by hand is in force, recorded, judged' '
	acme && printf "[policy]\nretry = 5 days\n" >>fu.ini && test "$(fu config policy.retry)" = "5 days" &&
	fu record -q && test -z "$(git status --porcelain)" &&
	printf "retrry = 5 days\n" >>fu.ini && refuses 128 "fu.ini:[0-9]+: " fu record
'

test_expect_success 'an act changed by hand is stamped edited' '
	acme && fu note -q acme "hello" && sed "s/^note = hello/note = goodbye/" "$file" >"$T_OUT/e" &&
	cat "$T_OUT/e" >"$file" && at 2026-11-21T10:00 && fu record -q -m "wrong word" &&
	test_grep "^edited = 2026-11-21T10:00:00+01:00" "$file"
'

test_expect_success 'an act that the rules refuse is refused by hand, too' '
	acme --next "tue 15:00" && fu win -q acme &&
	printf "\n[schedule zzzzzzzzzz]\nat = 2026-11-20T10:00:00+01:00\nseq = 3\nby = x <x@y.z>\nnext = 2026-11-25 15:00\nactivity = discovery\n" >>"$file" &&
	test_must_fail nothing_changed fu record
'

test_expect_success 'a file moved to another directory is the same opportunity' '
	acme && mkdir opportunities/mine && git mv "$file" opportunities/mine/acme.ini &&
	git commit -q -m "moved" && facts .id acme && fu note -q acme hello &&
	test -z "$(git status --porcelain)" && test_grep hello opportunities/mine/acme.ini
'

test_expect_success 'a remark that no write would keep is refused, not lost' '
	acme && { cat "$file" && echo "# my own remark"; } >"$T_OUT/e" && cat "$T_OUT/e" >"$file" &&
	line=$(grep -n "my own remark" "$file" | cut -d: -f1) &&
	fu show acme && fu list &&
	test_expect_code 128 fu note acme hello 2>"$T_OUT/err" &&
	test_grep "acme.ini:$line: a remark would be lost" "$T_OUT/err" &&
	test_grep "fu note acme" "$T_OUT/err" &&
	test_expect_code 128 fu record && fu status >"$T_OUT/said" &&
	test_grep "a remark would be lost" "$T_OUT/said" && test_cmp "$T_OUT/e" "$file"
'

test_expect_success 'also where plain git has committed it' '
	acme && echo "# a remark" >>"$file" && git commit -q -a -m "by hand" &&
	test_expect_code 128 fu note acme hello 2>"$T_OUT/err" && test_grep "# a remark" "$file" &&
	sed -i "/^# a remark/d" "$file" && fu note acme hello
'

test_expect_success 'status --json' '
	acme && top owner sam && fu status --json >"$T_OUT/st" && test_grep "acme.ini" "$T_OUT/st"
'

test_done
