#!/bin/sh
test_description='fu next: what to do now'
. "${0%/*}/lib.sh"

# Friday 20 November 2026, 10:00 in Madrid.
opportunity()
{
	opp_id=$1
	shift
	fu new "$opp_id" --client "Client of $opp_id" --id "$opp_id" "$@" >/dev/null 2>&1
}

test_expect_success 'nothing to do: nothing printed, exit 0; said on a terminal only' '
	new_repo &&
	cd repo &&
	fu next >out 2>err &&
	test ! -s out && test ! -s err &&
	fu next --exit-code &&
	test "$(fu next --count)" = 0 &&
	test "$(fu next --json)" = "[]"
'

test_expect_success PTY 'nothing to do, on a terminal' '
	cd repo &&
	on_terminal "" fu --no-pager next >"$T_OUT/shown" &&
	test_grep "nothing to do" "$T_OUT/shown"
'

test_expect_success 'an appointment of today, its end, and then the log of it' '
	new_repo meet &&
	cd meet &&
	opportunity one --next "fri 15:00" --for "1h" --place "their office" \
		--contact "Jane Doe <jane@acme.example>; +34 600; CFO; decision-maker" &&
	opportunity later --next "mon 15:00" &&
	fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" length 1 &&
	json "$T_OUT/next" ".[0].kind" appointment &&
	json "$T_OUT/next" ".[0].due" 2026-11-20T15:00:00+01:00 &&
	json "$T_OUT/next" ".[0].overdue" false &&
	json "$T_OUT/next" ".[0].role" salesperson &&
	json "$T_OUT/next" ".[0].contact.email" jane@acme.example &&
	json "$T_OUT/next" ".[0].contact.decision_maker" true &&
	fu next >"$T_OUT/text" &&
	test_grep "^today$" "$T_OUT/text" &&
	test_grep "^15:00  one .*appointment: discovery, their office" "$T_OUT/text" &&
	at 2026-11-20T15:59 &&
	test "$(fu next --format "%(kind)")" = appointment &&
	at 2026-11-20T16:00 &&
	test "$(fu next --format "%(kind) %(overdue)")" = "unlogged yes" &&
	at 2026-11-21T09:00 &&
	fu next >"$T_OUT/text" &&
	test_grep "^late$" "$T_OUT/text" &&
	at 2026-11-20T10:00
'

test_expect_success 'the command of an item works when it is typed' '
	cd meet &&
	at 2026-11-20T17:00 &&
	fu next --format "%(command)" |
		sed "s/<proceed|repeat|abandon>/proceed/; s/<when>/tue 15:00/; s/<what>/none/g" \
		>command &&
	sh ./command >/dev/null &&
	rm command &&
	test "$(fu next --count)" = 0 &&
	at 2026-11-20T10:00
'

test_expect_success '--ahead: appointments and what we owe, no more' '
	new_repo ahead &&
	cd ahead &&
	opportunity one --next "mon 15:00" &&
	opportunity two --wait "24 nov" --because budget &&
	at 2026-11-20T11:00 &&
	fu heard one --ours "send the offer by 25 nov" --theirs "figures by 25 nov" >/dev/null &&
	test "$(fu next --count)" = 0 &&
	test "$(fu next --ahead "1 day" --count)" = 0 &&
	test "$(fu next --ahead "4 days" --format "%(kind)")" = appointment &&
	test "$(fu next --ahead "1 week" --format "%(kind)" | tr "\n" " ")" = "appointment owe " &&
	refuses 129 "ahead" -- fu next --ahead soon &&
	at 2026-11-20T10:00
'

test_expect_success 'every kind, in the order of the contract, with its role' '
	new_repo kinds &&
	cd kinds &&
	opportunity unlogged --next "mon 15:00" &&
	opportunity appointment --next "fri 27 nov 15:00" &&
	opportunity commitments --next "mon 30 nov 15:00" &&
	opportunity confirm --next "fri 11:00" &&
	opportunity schedule --next "mon 9:00" &&
	opportunity expiring --next "mon 30 nov 15:00" --expires "5 dec" &&
	opportunity returned --wait "26 nov" --because budget &&
	opportunity decide --next "fri 11:00" &&
	opportunity adrift &&
	at 2026-11-20T12:00 &&
	fu heard commitments --ours "the offer by 27 nov" --theirs "the figures by 26 nov" \
		>/dev/null &&
	fu log-meeting confirm --outcome proceed --confirm "27 nov" --options "a; b" \
		--ours none --theirs none >/dev/null &&
	fu cancel schedule --by them --again "27 nov" >/dev/null &&
	fu log-meeting decide --outcome repeat --cause timing --no-next "not now" \
		--ours none --theirs none >/dev/null &&
	fu heard decide --no-next "still not" >/dev/null &&
	at 2026-11-27T10:00 &&
	fu next --format "%(opportunity):%(kind):%(role)" >"$T_OUT/kinds" &&
	cat >"$T_OUT/expected" <<-\EOF &&
	unlogged:unlogged:salesperson
	appointment:appointment:salesperson
	commitments:owe:salesperson
	confirm:confirm:coordinator
	schedule:schedule:coordinator
	commitments:owed:coordinator
	expiring:expiring:salesperson
	returned:returned:coordinator
	decide:decide:salesperson
	adrift:adrift:coordinator
	decide:adrift:coordinator
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/kinds" &&
	at 2026-11-20T10:00
'

test_expect_success 'text: one line an opportunity in three blocks, the rest counted' '
	cd kinds &&
	at 2026-11-27T10:00 &&
	fu next >"$T_OUT/text" &&
	grep -x -E "today|late|decide" "$T_OUT/text" | tr "\n" " " >"$T_OUT/blocks" &&
	test "$(cat "$T_OUT/blocks")" = "today late decide " &&
	test "$(grep -c commitments "$T_OUT/text")" = 1 &&
	test_grep "we owe: the offer" "$T_OUT/text" &&
	test_grep "^and 2 more" "$T_OUT/text" &&
	fu next --all >"$T_OUT/text" &&
	test "$(grep -c commitments "$T_OUT/text")" = 2 &&
	! grep "more" "$T_OUT/text" &&
	test "$(fu next --count)" = 11 &&
	fu next -n 2 >"$T_OUT/text" &&
	test "$(grep -c "Client of" "$T_OUT/text")" = 2 &&
	test_grep "^and 9 more" "$T_OUT/text" &&
	fu next -n2 --json | json - length 2 &&
	fu next -n 0 >"$T_OUT/text" &&
	test_line_count -eq 0 "$T_OUT/text" &&
	fu next -n 0 --json | json - length 0 &&
	test_expect_code 1 fu next -n 0 --exit-code &&
	at 2026-11-20T10:00
'

test_expect_success 'the text fits the terminal' '
	cd kinds &&
	at 2026-11-27T10:00 &&
	COLUMNS=60 fu next --all >"$T_OUT/text" &&
	sed "s/…/./g" "$T_OUT/text" >"$T_OUT/bytes" &&
	awk "length > 60 { print; bad = 1 } END { exit bad }" "$T_OUT/bytes" &&
	at 2026-11-20T10:00
'

test_expect_success '--role, and fu.role' '
	cd kinds &&
	at 2026-11-27T10:00 &&
	test "$(fu next --role salesperson --count)" = 5 &&
	test "$(fu next --role coordinator --count)" = 6 &&
	git config fu.role coordinator &&
	test "$(fu next --count)" = 6 &&
	test "$(fu next --role salesperson --count)" = 5 &&
	test "$(fu next --role both --count)" = 11 &&
	git config fu.role boss &&
	test "$(fu next --count 2>err)" = 11 &&
	test_grep "^warning: .*boss" err &&
	rm err &&
	git config --unset fu.role &&
	refuses 129 "unknown word .boss." -- fu next --role boss &&
	at 2026-11-20T10:00
'

test_expect_success '--owner: somebody, me, all; the team is held to' '
	new_repo team &&
	cd team &&
	opportunity hers --owner Ann &&
	opportunity his --owner sam &&
	opportunity nobodys &&
	test "$(fu next --count)" = 3 &&
	test "$(fu next --owner all --count)" = 3 &&
	test "$(fu next --owner sam --format "%(opportunity)")" = his &&
	fu set hers owner="Ann Author" >/dev/null &&
	test "$(fu next --owner me --format "%(opportunity)")" = hers &&
	fu config team.ann "Ann Author <ann@example.com>" >/dev/null &&
	fu config team.sam "Sam Sales <sam@example.com>" >/dev/null &&
	fu set hers owner=ann >/dev/null &&
	test "$(fu next --owner me --format "%(owner)")" = ann &&
	test_expect_code 128 fu next --owner san 2>err &&
	test_grep "san" err && test_grep "sam" err &&
	rm err
'

test_expect_success '--exit-code: 1 when something was found' '
	cd team &&
	test_expect_code 1 fu next --exit-code >/dev/null &&
	test_expect_code 1 fu next --exit-code --count >/dev/null &&
	fu next >/dev/null
'

test_expect_success 'one opportunity; a name that is none' '
	cd kinds &&
	at 2026-11-27T10:00 &&
	test "$(fu next commit --format "%(kind)" | tr "\n" " ")" = "owe owed " &&
	refuses 128 "nobody" -- fu next nobody &&
	at 2026-11-20T10:00
'

test_expect_success 'a damaged file: warned of, the rest shown, exit 0' '
	new_repo damaged &&
	cd damaged &&
	opportunity good &&
	opportunity bad &&
	echo "no key" >>"$(echo opportunities/*/bad.ini)" &&
	fu next >out 2>err &&
	test_grep good out &&
	test_grep -E "^warning: opportunities/.*/bad.ini:[0-9]+: " err &&
	test "$(fu next --count 2>/dev/null)" = 1 &&
	test_expect_code 128 fu next bad 2>err &&
	test_grep -E "^error: opportunities/.*/bad.ini:[0-9]+: " err
'

test_expect_success 'a won opportunity still owes; an abandoned one asks for nothing' '
	new_repo closed &&
	cd closed &&
	opportunity won --next "fri 11:00" &&
	opportunity lost --next "fri 11:00" &&
	at 2026-11-20T12:00 &&
	fu heard won --ours "the invoice by 21 nov" >/dev/null &&
	fu heard lost --ours "the invoice by 21 nov" >/dev/null &&
	fu win won >/dev/null &&
	fu abandon lost --cause value --because "too dear" >/dev/null &&
	at 2026-11-23T10:00 &&
	test "$(fu next --format "%(opportunity) %(kind)")" = "won owe" &&
	at 2026-11-20T10:00
'

test_expect_success '--format and -z; an unknown field' '
	cd team &&
	test "$(fu next -z --format "%(opportunity)" | tr "\0" ,)" = "hers,his,nobodys," &&
	refuses 129 "opportunity" -- fu next --format "%(opportunit)" &&
	refuses 129 "unknown field .id. \(one of: when, opportunity, who, .*, contact\)$" -- \
		fu next --format "%(id)"
'

test_expect_success STRACE,!SANITIZED 'it does not load git, nor the libraries that are heavy' '
	cd team &&
	strace -f -e trace=openat,open -o "$T_OUT/trace" fu next >/dev/null &&
	! grep -E "fu-git|libgit2|libical|libmbed|libssl" "$T_OUT/trace"
'


LONG=a-client-with-a-long-name-and-a-deal-with-a-longer-one

test_expect_success 'the id is never cut; the client gives way before what is to do' '
	at 2026-11-20T10:00 &&
	new_repo narrow &&
	cd narrow &&
	fu new Deal --client "A client with a long name and more" --id deal-of-the-year \
		--next "fri 15:00" --place "in the office of the second floor" >/dev/null 2>&1 &&
	COLUMNS=80 fu next >"$T_OUT/text" &&
	test_grep -x "15:00  deal-of-the-year  A client wit…  appointment: discovery, in the office o…" \
		"$T_OUT/text" &&
	fu new Long --client "A client with a long name" --id "$LONG" --next "fri 16:00" \
		--place "in the office of the second floor" >/dev/null 2>&1 &&
	COLUMNS=80 fu next >"$T_OUT/text" &&
	test_grep -x "16:00  $LONG  appointment: dis…" "$T_OUT/text" &&
	COLUMNS=40 fu next >"$T_OUT/text" &&
	test_grep "$LONG" "$T_OUT/text" &&
	test_grep "^ *appointment: discovery, in the" "$T_OUT/text" &&
	COLUMNS=20 fu next deal-of >"$T_OUT/text" && test_grep "^    deal-of-the-year$" "$T_OUT/text" &&
	fu new Five --client "A client with a long name" --id short --next "fri 17:00" \
		--place "at the station, by the clock" >/dev/null 2>&1 &&
	COLUMNS=80 fu next >"$T_OUT/text" &&
	! grep "A client" "$T_OUT/text" &&
	COLUMNS=60 fu next short >"$T_OUT/text" &&
	test_grep "^17:00  short  appointment: discovery, at the station, by th…$" "$T_OUT/text" &&
	COLUMNS=30 fu next short >"$T_OUT/text" &&
	test_grep "^17:00  short  appointment: di…$" "$T_OUT/text" &&
	COLUMNS=29 fu next short >"$T_OUT/text" &&
	test_grep "^17:00  short$" "$T_OUT/text" &&
	tr -s " \n" " " <"$T_OUT/text" >"$T_OUT/words" &&
	test_grep "appointment: discovery, at the station, by the clock" "$T_OUT/words"
'

test_expect_success 'what is due on a day alone says so; without a date there is no column for it' '
	new_repo days &&
	cd days &&
	opportunity drifts &&
	fu next >"$T_OUT/text" &&
	test_grep "^drifts  Client of drifts  no next step$" "$T_OUT/text" &&
	opportunity back --wait "24 nov" --because "they are on holiday" &&
	opportunity asks --next "fri 11:00" &&
	at 2026-11-20T12:00 &&
	fu log-meeting asks --outcome proceed --confirm "24 nov" --options "a; b" --ours none \
		--theirs none >/dev/null 2>&1 &&
	at 2026-11-24T10:00 &&
	fu next >"$T_OUT/text" &&
	test_grep "^today  asks  .*fetch the answer: a; b$" "$T_OUT/text" &&
	test_grep "^today  back  .*back from waiting: they are on holiday$" "$T_OUT/text" &&
	test_grep "^       drifts  " "$T_OUT/text" &&
	at 2026-11-25T10:00 &&
	fu next >"$T_OUT/text" &&
	test_grep "^Tue 24 Nov  asks  " "$T_OUT/text" &&
	at 2026-11-20T10:00
'

test_expect_success '--owner: in full, by key, name or mail, whatever the case; list agrees' '
	new_repo owners &&
	cd owners &&
	opportunity zanes --owner "Zané Grey" &&
	opportunity mailed --owner "Sam Sales <sam@example.com>" &&
	for command in next list; do
		field=id &&
		test $command = list || field=opportunity &&
		test "$(fu $command --owner "zane grey" --format "%($field)")" = zanes &&
		test "$(fu $command --owner zane --format "%($field)")" = "" &&
		test "$(fu $command --owner "SAM SALES" --format "%($field)")" = mailed &&
		test "$(fu $command --owner sam@example.com --format "%($field)")" = mailed ||
			return 1
	done &&
	fu config team.sam "Sam Sales <sam@example.com>" >/dev/null &&
	fu set mailed owner=sam >/dev/null &&
	for command in next list; do
		field=id &&
		test $command = list || field=opportunity &&
		for owner in sam SAM "sam sales" Sam@Example.com; do
			test "$(fu $command --owner "$owner" --format "%($field)")" = mailed ||
				return 1
		done &&
		refuses 128 "zane" -- fu $command --owner zane || return 1
	done
'

test_expect_success 'one of a kind is said in the singular' '
	new_repo singular &&
	cd singular &&
	fu config policy.max-repeats 1 >/dev/null &&
	opportunity once --next "fri 11:00" &&
	at 2026-11-20T12:00 &&
	fu log-meeting once --outcome repeat --cause timing --next "fri 27 nov 11:00" \
		--ours none --theirs none >/dev/null 2>&1 &&
	test "$(fu next --format "%(reason)")" = "1 repeat in a row" &&
	at 2026-11-20T10:00
'

test_done
