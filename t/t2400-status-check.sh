#!/bin/sh
test_description='fu status and fu check'
. "${0%/*}/lib.sh"

test_expect_success 'status: everything is recorded, on one machine only' '
	new_repo &&
	cd repo &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu new Two --client Acme --id two >/dev/null 2>&1 &&
	fu status >"$T_OUT/text" &&
	test_grep "everything is recorded" "$T_OUT/text" &&
	test_grep "no remote: then this exists on one machine only" "$T_OUT/text" &&
	test_grep "git remote add origin <url>.*fu sync" "$T_OUT/text" &&
	fu status --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "keys_unsorted | sort | join(\" \")" \
		"ahead behind branch cut_off detached edits last_sync remote" &&
	json "$T_OUT/doc" ".edits | length" 0 &&
	json "$T_OUT/doc" ".remote == null and .ahead == null and .behind == null and
		.last_sync == null"
'

test_expect_success PTY 'status: what does not fit goes on in the next line' '
	cd repo &&
	for width in 30 45 60
	do
		COLUMNS=$width on_terminal "" fu status >"$T_OUT/text" &&
		! test_grep -F "\\" "$T_OUT/text" &&
		test "$(tr -d "\\r" <"$T_OUT/text" | awk "length > $width" | wc -l)" -eq 0 &&
		tr -s "\\r\\n" "  " <"$T_OUT/text" >"$T_OUT/joined" &&
		test_grep "then .fu sync. takes it there" "$T_OUT/joined" || return 1
	done
'

test_expect_success 'status: hand edits, with what is wrong with them' '
	cd repo &&
	one=$(echo opportunities/*/one.ini) &&
	two=$(echo opportunities/*/two.ini) &&
	sed -i "s/^title = One/title = First/" "$one" &&
	echo "no key" >>"$two" &&
	fu status >"$T_OUT/text" &&
	test_grep "^edited by hand, not recorded$" "$T_OUT/text" &&
	test_grep "^changed  *$one$" "$T_OUT/text" &&
	test_grep "^changed  *$two$" "$T_OUT/text" &&
	test_grep -E "^ +line [0-9]+: .no key." "$T_OUT/text" &&
	test_grep "fu record" "$T_OUT/text" &&
	fu status --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".edits | length" 2 &&
	json "$T_OUT/doc" "[.edits[] | select(.opportunity == \"one\")][0] |
		\"\(.path) \(.change) \(.fault)\"" "$one changed null" &&
	json "$T_OUT/doc" "[.edits[] | select(.opportunity == \"two\")][0].fault |
		contains(\"no key\")" &&
	git checkout -q . &&
	fu status >"$T_OUT/text" &&
	test_grep "everything is recorded" "$T_OUT/text"
'

test_expect_success 'status: files that are new or gone, a process too' '
	cd repo &&
	cp processes/field.ini processes/own.ini &&
	rm processes/phone.ini &&
	fu status --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.edits[] | \"\(.path) \(.change)\"] | sort | join(\", \")" \
		"processes/own.ini new, processes/phone.ini gone" &&
	rm processes/own.ini &&
	git checkout -q .
'

test_expect_success 'status: HEAD is on no branch' '
	new_repo detached && git init -q --bare detached.git && cd detached &&
	git checkout -q --detach &&
	fu status >"$T_OUT/text" &&
	test_grep "^HEAD is on no branch.*git switch <branch>" "$T_OUT/text" &&
	test_grep "no remote" "$T_OUT/text" &&
	git remote add origin ../detached.git && fu status >"$T_OUT/text" &&
	test_grep "^HEAD is on no branch.*git switch <branch>" "$T_OUT/text" &&
	! test_grep "fu sync" "$T_OUT/text" &&
	fu status --json | json - .detached true &&
	git checkout -q main && fu status >"$T_OUT/text" &&
	test_grep "fu sync.*takes it there" "$T_OUT/text" && ! test_grep HEAD "$T_OUT/text" &&
	fu status --json | json - .detached false
'

test_expect_success 'status: ahead of a remote, behind it' '
	git init -q --bare remote.git &&
	cd repo &&
	git remote add origin ../remote.git &&
	fu status >"$T_OUT/text" &&
	test_grep "origin" "$T_OUT/text" &&
	! grep "one machine only" "$T_OUT/text" &&
	git push -q -u origin main &&
	fu status --json | json - "\"\(.remote) \(.ahead) \(.behind)\"" "origin 0 0" &&
	fu note one "ahead" >/dev/null &&
	fu status >"$T_OUT/text" &&
	test_grep "1 commit ahead of .origin.$" "$T_OUT/text" &&
	git push -q &&
	git reset -q --hard HEAD~2 &&
	fu status >"$T_OUT/text" &&
	test_grep "2 commits behind .origin.$" "$T_OUT/text" &&
	fu status --json | json - "\"\(.ahead) \(.behind)\"" "0 2"
'

test_expect_success 'check: nothing is wrong, nothing is said' '
	new_repo clean &&
	cd clean &&
	fu new One --client Acme --id one --next "fri 15:00" >/dev/null 2>&1 &&
	fu new Two --client Acme --id two >/dev/null 2>&1 &&
	fu check >out 2>err &&
	test ! -s out && test ! -s err &&
	rm out err &&
	fu check one two &&
	test "$(fu check --json)" = "[]"
'

test_expect_success 'check: file, line and message of what cannot be read; exit 1' '
	cd clean &&
	two=$(echo opportunities/*/two.ini) &&
	echo "no key" >>"$two" &&
	lines=$(wc -l <"$two") &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "^$two:$lines: .*no key" "$T_OUT/found" &&
	test_expect_code 1 fu check two >"$T_OUT/named" &&
	test_cmp "$T_OUT/found" "$T_OUT/named" &&
	fu check one &&
	test_expect_code 1 fu check --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" length 1 &&
	json "$T_OUT/doc" ".[0] | keys_unsorted | sort | join(\" \")" \
		"file kind line message opportunity" &&
	json "$T_OUT/doc" ".[0] | \"\(.file) \(.line) \(.opportunity) \(.kind)\"" \
		"$two $lines two format" &&
	git checkout -q . &&
	refuses 128 "nobody" -- fu check nobody
'

test_expect_success 'check: what breaks the discipline in an edited file, at the line of its act' '
	cd clean &&
	at 2026-11-20T16:00 &&
	fu log-meeting one --outcome repeat --cause value --next "mon 15:00" --ours none \
		--theirs none >/dev/null &&
	one=$(echo opportunities/*/one.ini) &&
	sed -i "/^cause = value/d" "$one" &&
	line=$(grep -n "^\[meeting" "$one" | cut -d: -f1) &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "^$one:$line: .*cause" "$T_OUT/found" &&
	test_expect_code 1 fu check --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".[0].kind" discipline &&
	git checkout -q .
'

test_expect_success 'check: a process that cannot be read, one that is not there' '
	cd clean &&
	echo "no key" >>processes/reseller.ini &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep -E "^processes/reseller.ini:[0-9]+: " "$T_OUT/found" &&
	rm processes/field.ini &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "^opportunities/.*one.ini: no process .field." "$T_OUT/found" &&
	git checkout -q .
'

test_expect_success 'check: an owner whom the team does not know, a missing client' '
	cd clean &&
	fu set two owner=sam >/dev/null &&
	fu config team.ann "Ann Author <ann@example.com>" >/dev/null &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "two.ini.*sam" "$T_OUT/found" &&
	fu set two owner=ann >/dev/null &&
	fu check &&
	sed -i "/^client = /d" opportunities/*/two.ini &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "two.ini.*client" "$T_OUT/found" &&
	git checkout -q .
'

test_expect_success 'check: what cannot be an opportunity among them' '
	cd clean &&
	echo "[opportunity]" >"$(dirname opportunities/*/two.ini)/Not-An-Id.ini" &&
	test_expect_code 1 fu check >"$T_OUT/found" &&
	test_grep "^opportunities/.*/Not-An-Id.ini: " "$T_OUT/found"
'


test_expect_success 'status: a fault says the path once, and a line only where there is one' '
	new_repo faults &&
	cd faults &&
	fu new One --client Acme --id one --next "fri 15:00" >/dev/null 2>&1 &&
	fu new Two --client Acme --id two >/dev/null 2>&1 &&
	fu schedule one "mon 15:00" >/dev/null &&
	rm opportunities/*/two.ini &&
	one=$(echo opportunities/*/one.ini) &&
	sed -i "/^\[schedule/,\$d" "$one" &&
	fu status >"$T_OUT/text" &&
	test_grep -x "                removed by hand: files only grow, .fu undo. takes acts back" \
		"$T_OUT/text" &&
	test_grep "^                the schedule (.*) is gone" "$T_OUT/text" &&
	test "$(grep -c "one.ini" "$T_OUT/text")" = 1 &&
	test "$(grep -c "two.ini" "$T_OUT/text")" = 1 &&
	test_grep "git checkout -- <path>" "$T_OUT/text" &&
	refuses 128 "two.ini: removed by hand" -- fu record &&
	test_grep "^hint: git checkout -- opportunities/.*/two.ini$" "$refusal" &&
	git checkout -q . &&
	printf "bad\nworse\n" >>"$one" &&
	fu status >"$T_OUT/text" &&
	test_grep -E "^ +line [0-9]+: .bad." "$T_OUT/text" &&
	test_grep -E "^ +line [0-9]+: .worse." "$T_OUT/text" &&
	git checkout -q .
'

test_done
