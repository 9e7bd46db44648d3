#!/bin/sh
test_description='fu export --acts and fu import --acts: lossless, told acts, what is refused'
. "${0%/*}/lib.sh"

repo()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" && git config fu.fsync false
}

commits()
{
	git rev-list --count HEAD
}

# same_files <repository> <repository>: byte for byte.
same_files()
{
	diff -r "$1/opportunities" "$2/opportunities"
}

# copied [<option>]: what is here, exported and imported into a new repository, is the same.
copied()
{
	fu export --acts >"$T_OUT/acts" &&
		new_repo "../copy$t_count" && git -C "../copy$t_count" config fu.fsync false &&
		fu -C "../copy$t_count" import --acts "$@" <"$T_OUT/acts" >"$T_OUT/copied" 2>&1 &&
		same_files . "../copy$t_count" || { cat "$T_OUT/copied" && return 1; }
}

# says <line of JSON>...: the lines, as a file.
says()
{
	printf '%s\n' "$@" >"$T_OUT/told"
}

NEW='{"act":"new","opportunity":"acme","at":"2026-11-02T09:00:00+01:00","title":"Site","client":"Acme"}'
MEETING='{"act":"meeting","opportunity":"acme","at":"2026-11-04T15:00:00.75+01:00","outcome":"proceed","next":"2026-11-24T15:00:00+01:00","ours":[{"what":"send the plan"}],"theirs":[{"who":"Jane","what":"ask the board","due":"2026-11-20"}]}'

# ---- both ways ----

story()
{
	fu new -q "Site" --client Acme --id acme --value 12000 --tag web --next "tue 15:00" \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" &&
	fu new -q "; odd = [x]" --client "Ünïcode \\ & Söhne" --id odd --wait 2026-12-24 \
		--because "later; \"perhaps\"" --note "  two
lines	and a tab" &&
	at 2026-11-24T16:00 &&
	fu log-meeting -q acme --outcome proceed --next "27 nov 10:00 Europe/Lisbon" \
		--ours "send it by thu" --theirs "Jane Doe: ask the board by wed" \
		--where "we like it" --unsure "who pays?" --attended Jane --temperature warm &&
	at 2026-11-25T09:00 && fu kept -q acme board && fu note -q acme "wrong" && fu undo -q &&
	fu contact -q acme add "Max" && fu contact -q acme left Max --to Jane &&
	fu log-call -q odd --purpose schedule --result booked --next "30 nov 11:00" --minutes 5 &&
	fu log-touch -q acme --gives education --what "an article on boards" --channel mail &&
	fu heard -q acme --from Jane --what "they moved the board" &&
	fu set -q acme expires=2026-12-31 interval="2 weeks" via=Partner &&
	at 2026-11-27T12:00 && fu cancel -q acme --by them --no-show --no-next "not now" &&
	fu abandon -q odd --cause timing --because "the need is gone" &&
	fu reopen -q odd --because "it is back" && fu win -q acme --value "900.50 USD"
}

test_expect_success 'what is exported comes back byte for byte, in one commit' '
	repo && story && before=$(commits) && copied && fu check &&
	cd "../copy$t_count" && test "$(commits)" -eq 2 && test -z "$(git status --porcelain)" &&
	fu check && git log -1 --format=%B >"$T_OUT/message" &&
	test_grep "^Fu-Act: import$" "$T_OUT/message" && test_grep "^Fu-New: 2$" "$T_OUT/message" &&
	fu log --json | json - ".[0].act" import
'

test_expect_success 'an export is one act a line, with the fields of --json, struck ones too' '
	repo && story && fu export --acts >"$T_OUT/acts" && fu export --acts odd >"$T_OUT/odd" &&
	test "$(jq -c . "$T_OUT/acts" | wc -l)" -eq "$(wc -l <"$T_OUT/acts")" &&
	jq -r "[.opportunity, .act] | join(\" \")" "$T_OUT/odd" >"$T_OUT/kinds" &&
	printf "odd %s\n" new call abandon reopen >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/kinds" &&
	jq -c "select(.note == \"wrong\")" "$T_OUT/acts" >"$T_OUT/struck" &&
	test_line_count -eq 1 "$T_OUT/struck" && test_grep "\"takes_back\"" "$T_OUT/acts" &&
	fu log --json >"$T_OUT/log" &&
	jq -cS "[.[] | select(.id) | del(.commit, .author, .date, .subject, .backfilled, .taken_back)] |
		sort_by(.id)" "$T_OUT/log" >"$T_OUT/of-log" &&
	jq -cSs "sort_by(.id)" "$T_OUT/acts" >"$T_OUT/of-export" &&
	test_cmp "$T_OUT/of-log" "$T_OUT/of-export"
'

test_expect_success 'the order of lines and of opportunities does not matter' '
	repo && story && fu export --acts | sort -r >"$T_OUT/acts" && new_repo ../back &&
	fu -C ../back import --acts <"$T_OUT/acts" && same_files . ../back
'

test_expect_success 'the same file twice changes nothing, a part of it neither' '
	repo && story && fu export --acts >"$T_OUT/acts" &&
	nothing_changed fu import --acts <"$T_OUT/acts" &&
	head -n 5 "$T_OUT/acts" >"$T_OUT/part" && nothing_changed fu import --acts <"$T_OUT/part" &&
	cat "$T_OUT/acts" "$T_OUT/acts" >"$T_OUT/double" &&
	nothing_changed fu import --acts <"$T_OUT/double" &&
	new_repo ../second && fu -C ../second import --acts <"$T_OUT/double" && same_files . ../second
'

test_expect_success 'merged and renamed opportunities, an edited act, history taken leniently' '
	repo && story && fu rename -q odd even &&
	fu new -q "Site again" --client Acme --id twin --next "1 dec 9:00" &&
	fu new -q "Site too" --client Acme --id main --next "2 dec 9:00" &&
	fu merge -q twin main &&
	file=$(find opportunities -name even.ini) && sed -i "s/the need is gone/gone/" "$file" &&
	fu record -q && says \
		"{\"act\":\"new\",\"opportunity\":\"old\",\"at\":\"2026-11-02T09:00:00+01:00\",\"title\":\"T\"}" \
		"{\"act\":\"meeting\",\"opportunity\":\"old\",\"at\":\"2026-11-03T09:00:00+01:00\",\"note\":\"?\"}" &&
	fu import --acts --lenient -q <"$T_OUT/told" && copied &&
	jq -r "select(.lenient) | .opportunity" "$T_OUT/acts" >"$T_OUT/lenient" &&
	printf "old\nold\n" | test_cmp - "$T_OUT/lenient"
'

# Commands at random, some of which are refused: what they leave comes back.
random_commands()
{
	awk -v seed="$1" -v n="$2" '
	function r(k) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % k }
	function pick(list,   parts, k) { k = split(list, parts, "|"); return parts[r(k) + 1] }
	function step() { return pick("--next \"tomorrow 11:00\"|--next \"next fri 15:00 Europe/Lisbon\"|--wait \"in 1 month\" --because w|--no-next \"not now\"|--again +2d") }
	function sides() { return pick("--ours none --theirs none|--ours \"send it by fri\" --theirs none|--ours none --theirs \"ask the board by tomorrow\" --theirs \"Jo: sign by in 2 weeks\"") }
	BEGIN {
		for (i = 0; i < n; i++) {
			o = "o" r(5); late = r(4) ? "" : " --at \"" (1 + r(9)) " days ago\""
			k = r(21)
			if (r(3) == 0) print "tick " r(200000)
			if (k == 0) print "fu new -q T --client C" r(2) " --id " o " --contact Jo " step()
			if (k == 1) print "fu log-meeting -q " o " --outcome proceed " step() " " sides() late
			if (k == 2) print "fu log-meeting -q " o " --outcome repeat --cause timing " step() " " sides() late
			if (k == 3) print "fu log-meeting -q " o " --outcome proceed --confirm +3d --options \"a; b\" " sides()
			if (k == 4) print "fu schedule -q " o " \"in " (1 + r(9)) " days 10:00\"" late
			if (k == 5) print "fu cancel -q " o " --by " pick("us|them") " " step() late
			if (k == 6) print "fu heard -q " o " --what \"x; y\" " step() late
			if (k == 7) print "fu note -q " o " \"n" r(9) "\"" late
			if (k == 8) print "fu " pick("kept|broken") " -q " o " " pick("board|send|sign") late
			if (k == 9) print "fu move -q " o " board \"in 5 days\""
			if (k == 10) print "fu wait -q " o " \"in 3 weeks\" --because later" late
			if (k == 11) print "fu set -q " o " " pick("title=U|value=5|tags=a,b|via=|interval=\"2 weeks\"|owner=ann")
			if (k == 12) print "fu contact -q " o " " pick("add Max|left Jo --to Max|rm Max|set Max phone=1")
			if (k == 13) print "fu " pick("win|abandon --cause value --because no") " -q " o late
			if (k == 14) print "fu reopen -q " o " --because again"
			if (k >= 15 && k <= 17) print "fu undo -q " pick(o "|" o "|")
			if (k == 18) print "fu log-call -q " o " --purpose schedule --result " pick("no-answer|voicemail|booked --next \"+4d 9:00\"") late
			if (k == 19) print "fu log-touch -q " o " --gives efficiency --what \"a list\"" late
			if (k == 20) print pick("fu rename -q " o " o" r(7) "|fu merge -q " o " o" r(5))
		}
	}' >"$T_OUT/commands"
}

for seed in 1 2 3 4; do
	test_expect_success "acts of commands at random come back byte for byte ($seed)" '
		repo && random_commands "$seed" 120 &&
		for i in 0 1 2 3 4; do
			fu new -q "T$i" --client C --id "o$i" --contact Jo --next "mon 9:00" || return 1
		done && done=0 && while read -r line; do
			if eval "$line" >"$T_OUT/said" 2>&1; then done=$((done + 1)); fi
			test $? -le 129 || return 1
		done <"$T_OUT/commands" && test "$done" -gt 40 && echo "$done taken" && copied
	'
done

# ---- told acts ----

test_expect_success 'what is told needs little, and is completed' '
	repo && says "$NEW" "$MEETING" \
		"{\"act\":\"commitment\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00+01:00\",\"commitment\":\"board\",\"to\":\"kept\"}" &&
	fu import --acts <"$T_OUT/told" >"$T_OUT/said" &&
	printf "3 acts imported: 1 opportunity new, 0 changed\n" | test_cmp - "$T_OUT/said" &&
	fu show --json acme >"$T_OUT/acme" &&
	json "$T_OUT/acme" "[.activity, .next.at, .opened]" \
		"[\"workshop\",\"2026-11-24T15:00:00+01:00\",\"2026-11-02T09:00:00+01:00\"]" &&
	json "$T_OUT/acme" "[.commitments[] | [.side, .who, .due, .state]]" \
		"[[\"ours\",null,\"2026-11-24T15:00:00+01:00\",\"open\"],[\"theirs\",\"Jane\",\"2026-11-20\",\"kept\"]]" &&
	json "$T_OUT/acme" "[.meetings[0] | .at, .recorded, .seq, .activity, .to]" \
		"[\"2026-11-04T15:00:00+01:00\",\"2026-11-20T10:00:00+01:00\",2,\"discovery\",\"workshop\"]" &&
	fu check && copied
'

test_expect_success 'an act without an id has the same one each time, equal ones each their own' '
	repo && note="{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\"}" &&
	says "$NEW" "$MEETING" "$note" "$note" && fu import -q --acts <"$T_OUT/told" &&
	fu export --acts >"$T_OUT/once" && test_line_count -eq 4 "$T_OUT/once" &&
	at 2026-12-01T10:00 && nothing_changed fu import --acts <"$T_OUT/told" &&
	says "$note" "$MEETING" "$NEW" "$note" && nothing_changed fu import --acts <"$T_OUT/told" &&
	new_repo ../other && cd ../other && git config user.name Ann &&
	fu import -q --acts <"$T_OUT/told" && fu export --acts >"$T_OUT/twice" &&
	jq -r .id "$T_OUT/once" | sort >"$T_OUT/ids" && jq -r .id "$T_OUT/twice" | sort | test_cmp "$T_OUT/ids" - &&
	says "$note" "$note" "$note" && fu import --acts --json <"$T_OUT/told" | json - .acts 1
'

test_expect_success 'told acts with an id are known again' '
	repo && says "$NEW" "$(echo "$MEETING" | sed "s/{/{\"id\":\"m000000001\",/")" \
		"{\"id\":\"c000000001\",\"act\":\"commitment\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00+01:00\",\"commitment\":\"board\",\"to\":\"kept\"}" &&
	fu import -q --acts <"$T_OUT/told" && nothing_changed fu import --acts <"$T_OUT/told"
'

test_expect_success 'acts of one time stand in the order of lines' '
	repo && one="{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\"" &&
	says "$NEW" "$one,\"note\":\"b\"}" "$one,\"note\":\"a\"}" "$one,\"note\":\"c\"}" &&
	fu import -q --acts <"$T_OUT/told" && fu export --acts >"$T_OUT/acts" &&
	jq -r "select(.note) | .note" "$T_OUT/acts" | tr -d "\n" | grep -x bac
'

test_expect_success 'acts are taken at their place in what is there' '
	repo && says "$NEW" "$MEETING" && fu import -q --acts <"$T_OUT/told" &&
	says "{\"act\":\"heard\",\"opportunity\":\"acme\",\"at\":\"2026-11-03T15:00:00Z\",\"what\":\"hello\"}" &&
	fu import --acts <"$T_OUT/told" >"$T_OUT/said" && test_grep "1 act imported: 0 .* 1 changed" "$T_OUT/said" &&
	fu export --acts >"$T_OUT/acts" && jq -r .act "$T_OUT/acts" | tr "\n" " " | grep "new heard meeting" &&
	json - ".seq" 3 <<-X
	$(sed -n 2p "$T_OUT/acts")
	X
'

test_expect_success 'an act that makes a later one impossible is refused' '
	repo && says "$NEW" "$MEETING" && fu import -q --acts <"$T_OUT/told" &&
	says "{\"act\":\"abandon\",\"opportunity\":\"acme\",\"at\":\"2026-11-03T15:00:00Z\",\"cause\":\"gone\",\"because\":\"x\"}" &&
	refuses 1 "line 1: .*could then not follow" fu import --acts <"$T_OUT/told" &&
	refuses 1 "line 1: .*could then not follow" fu import --acts --lenient <"$T_OUT/told"
'

test_expect_success 'undo acts: earlier ones, on which nothing rests' '
	repo && says "$NEW" "$(echo "$MEETING" | sed "s/{/{\"id\":\"m000000001\",/")" \
		"{\"act\":\"undo\",\"opportunity\":\"acme\",\"at\":\"2026-11-06T15:00:00Z\",\"takes_back\":\"m000000001\"}" &&
	fu import -q --acts <"$T_OUT/told" && fu show --json acme | json - ".meetings | length" 0 && copied &&
	sed 2q "$T_OUT/told" >"$T_OUT/two" && new_repo ../rests && cd ../rests &&
	{ cat "$T_OUT/told" && echo "{\"act\":\"commitment\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00+01:00\",\"commitment\":\"board\",\"to\":\"kept\"}"; } >"$T_OUT/rests" &&
	refuses 1 "no commitment" fu import --acts <"$T_OUT/rests"
'

# ---- what is refused ----

test_expect_success 'a broken rule refuses all of it, naming line and reason' '
	repo && says "$NEW" "" \
		"{\"act\":\"meeting\",\"opportunity\":\"acme\",\"at\":\"2026-11-04T15:00:00+01:00\",\"outcome\":\"repeat\"}" \
		"{\"act\":\"new\",\"opportunity\":\"beta\",\"at\":\"2026-11-02T09:00:00+01:00\",\"title\":\"X\",\"client\":\"Y\"}" &&
	refuses 1 "line 3: .*cause" fu import --acts <"$T_OUT/told" &&
	test_grep "line 3: .*--next" "$refusal" && test_grep "line 3: .*--ours" "$refusal" &&
	test_grep "hint: .*--lenient" "$refusal" && ! grep "line 4" "$refusal" &&
	fu import -q --acts --lenient <"$T_OUT/told" && fu list --json | json - length 2 &&
	test_expect_code 1 fu check >"$T_OUT/said" && test_grep acme "$T_OUT/said" &&
	fu export --acts >"$T_OUT/acts" && jq -c "select(.lenient) | .act" "$T_OUT/acts" >"$T_OUT/marked" &&
	printf "\"meeting\"\n" | test_cmp - "$T_OUT/marked" && copied
'

test_expect_success 'a tampered export is refused' '
	repo && story && fu export --acts >"$T_OUT/acts" && new_repo ../tampered && cd ../tampered &&
	jq -c "if .act == \"meeting\" then .outcome = null else . end" "$T_OUT/acts" >"$T_OUT/bad" &&
	refuses 1 "outcome" fu import --acts <"$T_OUT/bad" &&
	jq -c "select(.act != \"new\")" "$T_OUT/acts" >"$T_OUT/bad" &&
	refuses 1 "has not begun" fu import --acts <"$T_OUT/bad" &&
	refuses 1 "has not begun" fu import --acts --lenient <"$T_OUT/bad"
'

test_expect_success 'what is malformed is refused, lenient or not, naming the line' '
	repo && for bad in "nonsense" "[1]" "{" "{\"act\":\"note\"}" \
		"{\"act\":\"note\",\"opportunity\":\"acme\"}" \
		"{\"act\":\"nte\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\"}" \
		"{\"act\":\"note\",\"opportunity\":\"../x\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\"}" \
		"{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"yesterday\",\"note\":\"x\"}" \
		"{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":7}" \
		"{\"act\":\"note\",\"opportunity\":\"acme\",\"opportunity\":\"b\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\"}" \
		"{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"a\\u0000b\"}"
	do
		says "$NEW" "$bad" && refuses 128 "line 2: " fu import --acts --lenient <"$T_OUT/told" ||
			return 1
	done &&
	says "$NEW" "{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\",\"becuase\":\"y\"}" &&
	refuses 128 "line 2: unknown field .becuase." fu import --acts <"$T_OUT/told" &&
	says "$NEW" "{\"act\":\"meeting\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"becuase\":\"y\"}" &&
	refuses 128 "line 2: .*did you mean .because." fu import --acts <"$T_OUT/told"
'

test_expect_success 'bytes that are no text, and monsters, are refused with their line' '
	repo && printf "%s\n{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"a\000b\"}\n" "$NEW" >"$T_OUT/nul" &&
	refuses 128 "line 2: " fu import --acts <"$T_OUT/nul" &&
	printf "%s\n{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"a\377b\"}\n" "$NEW" >"$T_OUT/latin" &&
	refuses 128 "line 2: " fu import --acts <"$T_OUT/latin" &&
	{ echo "$NEW" && yes "[" | head -n 100000 | tr -d "\n" && echo; } >"$T_OUT/deep" &&
	refuses 128 "line 2: " fu import --acts <"$T_OUT/deep" &&
	{ echo "$NEW" && head -c 5000000 /dev/zero | tr "\000" x; } >"$T_OUT/long" &&
	refuses 128 "line 2 is longer" fu import --acts <"$T_OUT/long" &&
	refuses 128 "longer" fu import --acts </dev/zero
'

test_expect_success 'an act stands in one opportunity, with one content' '
	repo && story && fu export --acts odd >"$T_OUT/acts" &&
	jq -c ".opportunity = \"elsewhere\"" "$T_OUT/acts" >"$T_OUT/bad" &&
	refuses 1 "is one of .odd. already" fu import --acts <"$T_OUT/bad" &&
	cp -R . ../renamed && fu -C ../renamed rename -q odd even && cd ../renamed &&
	refuses 1 ".odd. is .even. by now" fu import --acts <"$T_OUT/acts" && cd "../r$t_count" &&
	cat "$T_OUT/acts" "$T_OUT/bad" >"$T_OUT/both" && new_repo ../fresh && cd ../fresh &&
	refuses 1 "line 5: .*line 1" fu import --acts <"$T_OUT/both" && cd "../r$t_count" &&
	jq -c "if .act == \"new\" then .title = \"other\" else . end" "$T_OUT/acts" >"$T_OUT/bad" &&
	refuses 1 "line 1: .*is there already with other content" fu import --acts <"$T_OUT/bad"
'

test_expect_success 'of two versions of an act the one edited later stands' '
	repo && story && fu export --acts odd >"$T_OUT/first" &&
	file=$(find opportunities -name odd.ini) && sed -i "s/the need is gone/gone/" "$file" &&
	tick && fu record -q && fu export --acts odd >"$T_OUT/later" &&
	nothing_changed fu import --acts <"$T_OUT/first" && fu -C . export --acts odd | test_cmp "$T_OUT/later" - &&
	new_repo ../edited && cd ../edited && fu import -q --acts <"$T_OUT/first" &&
	fu import -q --acts <"$T_OUT/later" && fu export --acts | test_cmp "$T_OUT/later" -
'

test_expect_success 'many faults are not all said' '
	repo && yes "{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\"}" | head -n 100 >"$T_OUT/told" &&
	refuses 1 "line 1: " fu import --acts <"$T_OUT/told" &&
	test "$(grep -c "^error: line" "$refusal")" -eq 20 && test_grep "^error: and 80 more" "$refusal"
'

test_expect_success 'usage, --dry-run, nothing' '
	repo && says "$NEW" && refuses 129 "fu import --acts <" fu import --acts told.jsonl &&
	refuses 129 "lenient" fu import --lenient x.csv --map maven &&
	refuses 129 "map" fu import --acts --map maven && refuses 129 "" fu import &&
	nothing_changed fu import --acts --dry-run <"$T_OUT/told" >"$T_OUT/said" &&
	test_grep "1 act would be imported: 1 opportunity new" "$T_OUT/said" &&
	nothing_changed fu import --acts </dev/null && cd .. && mkdir -p none && cd none &&
	test_expect_code 129 fu import && test_expect_code 128 fu import --acts </dev/null
'

test_expect_success 'a hand edit is recorded first, and survives a refusal unrecorded' '
	repo && says "$NEW" "$MEETING" && fu import -q --acts <"$T_OUT/told" &&
	file=$(find opportunities -name acme.ini) && sed -i "s/^title = Site/title = Shop/" "$file" &&
	says "{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\"}" &&
	refuses 1 "line 1" fu import --acts <"$T_OUT/told" &&
	says "{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\"}" "$NEW" &&
	before=$(commits) && fu import --acts <"$T_OUT/told" >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "edited by hand" "$T_OUT/err" && test "$(commits)" -eq $((before + 2)) &&
	fu show --json acme | json - .title Shop && test -z "$(git status --porcelain)" && fu fsck
'

test_expect_success 'an undo of nothing is refused, also one of what was merged in' '
	repo && says "$NEW" && fu import -q --acts <"$T_OUT/told" &&
	fu new -q Other --client Acme --id beta && fu merge -q beta acme &&
	undo="\"act\":\"undo\",\"opportunity\":\"acme\",\"at\":\"$FU_NOW\"" &&
	for rest in "" ",\"of\":\"beta\""; do
		says "{$undo,\"takes_back\":\"zzzzzzzzzz\"$rest}" &&
		refuses 1 "no earlier act .zzzzzzzzzz." fu import --acts <"$T_OUT/told" || return 1
	done
'

test_expect_success 'undo takes an import back' '
	repo && says "$NEW" "$MEETING" && fu import -q --acts <"$T_OUT/told" &&
	says "{\"act\":\"note\",\"opportunity\":\"acme\",\"at\":\"2026-11-05T15:00:00Z\",\"note\":\"x\"}" &&
	fu import -q --acts <"$T_OUT/told" && fu undo -q && fu export --acts >"$T_OUT/acts" &&
	test_line_count -eq 4 "$T_OUT/acts" && copied
'

test_done
