#!/bin/sh
test_description='fu remind: what is due, as a mail'
. "${0%/*}/lib.sh"

# Friday 20 November 2026, 10:00 in Madrid.
opportunity()
{
	opp_id=$1
	shift
	fu new "$opp_id" --client "Client of $opp_id" --id "$opp_id" "$@" >/dev/null 2>&1
}

# columns <file>: the widest line, in columns; wide characters count two.
columns()
{
	LC_ALL=C.UTF-8 wc -L <"$1"
}

# What the shell does not know of cron's environment: nothing but what is needed to find fu.
bare()
{
	env -i PATH="$T_BUILD/cmd:/usr/bin:/bin" FU_EXEC_PATH="$FU_EXEC_PATH" FU_NOW="$FU_NOW" "$@"
}

test_expect_success 'nothing is due: nothing is said, exit 0' '
	new_repo &&
	cd repo &&
	opportunity later --next "mon 15:00" &&
	fu remind >out 2>err &&
	test ! -s out && test ! -s err &&
	fu remind --new >out 2>err &&
	test ! -s out && test ! -s err &&
	fu remind --format ics >out &&
	test ! -s out &&
	test "$(fu remind --format json)" = "[]" &&
	test "$(fu remind --json)" = "[]" &&
	rm out err
'

test_expect_success 'a practice' '
	at 2026-11-09T10:00 &&
	new_repo mail &&
	cd mail &&
	fu new -q "Website relaunch" --client "Acme Corporation" --id acme-website \
		--next "12 nov 15:00" --interval "2 weeks" --contact \
		"Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" &&
	fu new -q CRM --client Globex --id globex-crm --next "20 nov 15:00" --place "their office" \
		--contact "Bob Builder" &&
	fu new -q Support --client Initech --id initech-support &&
	fu new -q "基幹システムの更新と保守契約の見直し、ならびに営業支援の導入についての案件" \
		--client "株式会社日本" --id nippon --next "25 nov 10:00 Asia/Tokyo" \
		--contact "山田太郎 <yamada@nippon.example>" &&
	fu new -q Audit --client Umbrella --id umbrella --wait "20 nov" --because "the new budget" \
		--contact "Zoë; +34 1" &&
	at 2026-11-12T17:00 &&
	fu log-meeting acme -q --outcome proceed --next "19 nov 15:00" \
		--ours "a long and carefully worded outline of the two ways to go on from here, with prices by 23 nov" \
		--theirs "Jane Doe: the figures of last year by 19 nov" &&
	at 2026-11-20T10:00
'

test_expect_success 'the digest: overdue first, then by day, whom to call; in 72 columns' '
	cd mail &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Fri 20 Nov: 7 items, 2 overdue

	Overdue
	-------

	acme-website: Acme Corporation, Website relaunch
	    ask for their promise, due Thu 19 Nov
	    they owe: the figures of last year
	    Jane Doe (CFO), +34 600 111 222, jane@acme.example

	acme-website: Acme Corporation, Website relaunch
	    log the meeting, due Thu 19 Nov 15:00
	    log how the workshop ended
	    Jane Doe (CFO), +34 600 111 222, jane@acme.example

	Fri 20 Nov, today
	-----------------

	umbrella: Umbrella, Audit
	    call to book
	    back from waiting: the new budget
	    Zoë, +34 1

	globex-crm: Globex, CRM
	    appointment, 15:00
	    discovery, their office
	    Bob Builder, no phone or mail recorded

	Mon 23 Nov
	----------

	acme-website: Acme Corporation, Website relaunch
	    keep our promise
	    we owe: a long and carefully worded outline of the two ways to go on
	    from here, with prices
	    Jane Doe (CFO), +34 600 111 222, jane@acme.example

	Wed 25 Nov
	----------

	nippon: 株式会社日本, 基幹システムの更新と保守契約の見直し、ならびに
	    営業支援の導入についての案件
	    appointment, 02:00 (there Wed 25 Nov 10:00 Asia/Tokyo)
	    discovery
	    山田太郎, yamada@nippon.example

	Without a date
	--------------

	initech-support: Initech, Support
	    agree on a next step
	    no next step
	    no contact recorded
	EOF
	fu remind --ahead "1 week" >"$T_OUT/mail" 2>"$T_OUT/err" &&
	test_cmp "$T_OUT/expected" "$T_OUT/mail" &&
	test ! -s "$T_OUT/err" &&
	test "$(columns "$T_OUT/mail")" -le 72
'

test_expect_success 'a narrow terminal is minded, a wide one is not filled' '
	cd mail &&
	COLUMNS=44 fu remind --ahead "1 week" >"$T_OUT/narrow" &&
	sed 1,5d "$T_OUT/narrow" | grep -v jane@ >"$T_OUT/lines" &&
	test "$(columns "$T_OUT/lines")" -le 44 &&
	COLUMNS=200 fu remind --ahead "1 week" >"$T_OUT/wide" &&
	test_cmp "$T_OUT/mail" "$T_OUT/wide"
'

test_expect_success 'it is cumulative, and the same in any zone and without an environment' '
	cd mail &&
	fu remind --ahead "1 week" >"$T_OUT/again" &&
	test_cmp "$T_OUT/mail" "$T_OUT/again" &&
	for zone in America/New_York Asia/Tokyo nonsense; do
		TZ=$zone LC_ALL=C fu remind --ahead "1 week" >"$T_OUT/again" &&
		test_cmp "$T_OUT/mail" "$T_OUT/again" || return 1
	done &&
	(cd / && bare fu --repo "$OLDPWD" remind --ahead "1 week" 2>&1 <&- >"$T_OUT/again") &&
	test_cmp "$T_OUT/mail" "$T_OUT/again" &&
	bare FU_REPO="$PWD" fu -C / remind --ahead "1 week" >"$T_OUT/again" 2>&1 &&
	test_cmp "$T_OUT/mail" "$T_OUT/again"
'

test_expect_success JQ 'as JSON: the items of next, in the order of the digest' '
	cd mail &&
	fu remind --format json >"$T_OUT/items" &&
	json "$T_OUT/items" length 5 &&
	json "$T_OUT/items" "[.[].kind]" \
		"[\"owed\",\"unlogged\",\"returned\",\"appointment\",\"adrift\"]" &&
	fu remind --json >"$T_OUT/items2" &&
	test_cmp "$T_OUT/items" "$T_OUT/items2" &&
	jq -S "sort_by(.kind)" "$T_OUT/items" >"$T_OUT/a" &&
	fu next --json | jq -S "sort_by(.kind)" >"$T_OUT/b" &&
	test_cmp "$T_OUT/b" "$T_OUT/a" &&
	refuses 129 "not both" -- fu remind --json --format ics &&
	refuses 129 "one of: text, ics, json" -- fu -C / remind --format mail
'

test_expect_success 'as a calendar: appointments are events, the rest to-dos, under the ids of export' '
	cd mail &&
	fu remind --ahead "1 week" --format ics | tr -d "\r" >"$T_OUT/ics" &&
	test "$(grep -c BEGIN:VEVENT "$T_OUT/ics")" = 2 &&
	test "$(grep -c BEGIN:VTODO "$T_OUT/ics")" = 5 &&
	test "$(grep -c UID: "$T_OUT/ics")" = "$(grep UID: "$T_OUT/ics" | sort -u | wc -l)" &&
	fu export --ics | tr -d "\r" >"$T_OUT/export" &&
	awk "/^BEGIN:VEVENT/, /^END:VEVENT/" "$T_OUT/ics" | grep UID: >"$T_OUT/uids" &&
	test_line_count -eq 2 "$T_OUT/uids" &&
	grep -F -f "$T_OUT/uids" "$T_OUT/export" >"$T_OUT/same" &&
	test_line_count -eq 2 "$T_OUT/same" &&
	promise=$(grep -B 20 "SUMMARY:Acme Corporation: a long" "$T_OUT/export" | grep UID: | tail -1) &&
	grep -F -x "$promise" "$T_OUT/ics" &&
	grep -x "SUMMARY:Umbrella: back from waiting: the new budget" "$T_OUT/ics"
'

test_expect_success '--new: what was not in an earlier digest, over days' '
	new_repo new &&
	cd new &&
	opportunity today --next "fri 15:00" &&
	opportunity monday --next "mon 15:00" &&
	opportunity adrift &&
	fu remind --new >"$T_OUT/first" &&
	test_grep "^Fri 20 Nov: 2 new items$" "$T_OUT/first" &&
	test_grep "^today: " "$T_OUT/first" &&
	test_grep "^adrift: " "$T_OUT/first" &&
	fu remind --new >"$T_OUT/second" &&
	test ! -s "$T_OUT/second" &&
	opportunity another &&
	fu remind --new >"$T_OUT/third" &&
	test_grep "^Fri 20 Nov: 1 new item$" "$T_OUT/third" &&
	test_grep "^another: " "$T_OUT/third" &&
	fu remind >"$T_OUT/all" &&
	test_grep "^Fri 20 Nov: 3 items$" "$T_OUT/all" &&
	at 2026-11-20T15:30 &&
	fu remind --new >"$T_OUT/over" &&
	test_grep "^Fri 20 Nov: 1 new item, 1 overdue$" "$T_OUT/over" &&
	test_grep "log the meeting, due Fri 20 Nov 15:00" "$T_OUT/over" &&
	at 2026-11-23T08:00 &&
	fu remind --new >"$T_OUT/monday" &&
	test_grep "^Mon 23 Nov: 1 new item$" "$T_OUT/monday" &&
	fu schedule -q monday "tue 16:00" --by them &&
	at 2026-11-24T08:00 &&
	fu remind --new >"$T_OUT/moved" &&
	test_grep "^monday: " "$T_OUT/moved" &&
	fu schedule -q adrift "wed 10:00" &&
	fu remind --new >"$T_OUT/none" &&
	test ! -s "$T_OUT/none" &&
	fu cancel -q adrift --by them --no-next "no" &&
	fu remind --new >"$T_OUT/back" &&
	test_grep "^adrift: " "$T_OUT/back" &&
	at 2026-11-20T10:00
'

test_expect_success 'what an ordinary digest had is not new; what a program fetched is' '
	new_repo counts &&
	cd counts &&
	opportunity adrift &&
	fu remind --format json >"$T_OUT/items" &&
	fu remind --format ics >"$T_OUT/ics" &&
	test ! -e .git/fu/reminded &&
	fu remind >"$T_OUT/mail" &&
	test -s "$T_OUT/mail" &&
	fu remind --new >"$T_OUT/new" &&
	test ! -s "$T_OUT/new" &&
	test "$(fu remind --new --format json)" = "[]" &&
	rm .git/fu/reminded &&
	fu remind --new --format json >"$T_OUT/items" &&
	test_grep adrift "$T_OUT/items" &&
	fu remind --new >"$T_OUT/new" &&
	test ! -s "$T_OUT/new"
'

test_expect_success 'a damaged memory is none; one that cannot be written is warned of' '
	cd counts &&
	cp .git/fu/reminded "$T_OUT/reminded" &&
	for damage in "s/^fu/xu/" "2s/[0-8]/9/" "2d" "\$d" "s/1/x/g"; do
		sed "$damage" "$T_OUT/reminded" >.git/fu/reminded &&
		! cmp -s "$T_OUT/reminded" .git/fu/reminded &&
		fu remind --new >"$T_OUT/new" 2>"$T_OUT/err" &&
		test_grep "^adrift: " "$T_OUT/new" &&
		test ! -s "$T_OUT/err" &&
		test_cmp "$T_OUT/reminded" .git/fu/reminded || return 1
	done &&
	head -c 20 "$T_OUT/reminded" >.git/fu/reminded &&
	fu remind --new >"$T_OUT/new" &&
	test -s "$T_OUT/new" &&
	rm .git/fu/reminded &&
	mkdir .git/fu/reminded &&
	for turn in 1 2; do
		fu remind --new >"$T_OUT/new" 2>"$T_OUT/err" &&
		test_grep "^adrift: " "$T_OUT/new" &&
		test_grep "^warning: what was reminded is not remembered: " "$T_OUT/err" || return 1
	done &&
	fu remind >"$T_OUT/mail" 2>"$T_OUT/err" &&
	test -s "$T_OUT/mail" && test ! -s "$T_OUT/err" &&
	test -z "$(find .git/fu -name "reminded.*")" &&
	rmdir .git/fu/reminded
'

test_expect_success '!ROOT' 'a repository that cannot be written to' '
	cd counts &&
	rm -f .git/fu/reminded &&
	test_when_finished "chmod -R u+w ." &&
	chmod -R a-w . &&
	fu remind >"$T_OUT/mail" 2>"$T_OUT/err" &&
	test_grep "^adrift: " "$T_OUT/mail" && test ! -s "$T_OUT/err" &&
	fu remind --new >"$T_OUT/new" 2>"$T_OUT/err" &&
	test_grep "^adrift: " "$T_OUT/new" &&
	test_grep "^warning: what was reminded is not remembered: " "$T_OUT/err"
'

test_expect_success 'what did not get out was not reminded' '
	cd counts &&
	rm -rf .git/fu/reminded &&
	test_expect_code 128 fu remind --new >/dev/full 2>"$T_OUT/err" &&
	test_grep "cannot write to standard output: No space" "$T_OUT/err" &&
	test_expect_code 128 fu remind --new --format json >/dev/full 2>"$T_OUT/err" &&
	test_expect_code 128 fu remind >/dev/full 2>"$T_OUT/err" &&
	test_expect_code 128 fu remind --new >&- 2>"$T_OUT/err" &&
	fu remind --new >"$T_OUT/new" &&
	test_grep "^adrift: " "$T_OUT/new"
'

# Holds the lock of those who write, and says so into the fifo: hold_lock <fifo>
hold_lock()
{
	flock -F .git/fu/lock sh -c 'echo held >"$1"; exec sleep 30' sh "$1" &
	holder=$!
}

test_expect_success 'it waits for no writer, and leaves no lock' '
	cd counts &&
	mkfifo "$T_OUT/fifo" &&
	test_when_finished "rm \"$T_OUT/fifo\"" &&
	hold_lock "$T_OUT/fifo" &&
	read -r held <"$T_OUT/fifo" &&
	timeout 10 fu remind >"$T_OUT/mail" &&
	timeout 10 fu remind --new &&
	kill "$holder" &&
	test_grep "^adrift: " "$T_OUT/mail" &&
	test -z "$(find .git -name "*.lock")"
'

start()
{
	fu "$@" &
}

test_expect_success 'two at once: what is new is in one of them; and beside writers' '
	new_repo many &&
	cd many &&
	for i in 1 2 3 4 5 6 7 8; do
		opportunity "opp-$i" || return 1
	done &&
	for turn in 1 2 3 4 5; do
		rm -f .git/fu/reminded &&
		for job in 1 2 3; do
			start remind --new >"$T_OUT/job.$job" 2>&1 || return 1
		done &&
		fu note -q opp-1 "turn $turn" &&
		wait &&
		cat "$T_OUT"/job.? | grep -c "^opp-" >"$T_OUT/count" &&
		test "$(cat "$T_OUT/count")" = 8 || return 1
	done
'

test_expect_success '--role, --owner; the owner is told where there is a team' '
	new_repo team &&
	cd team &&
	fu config team.sam "Sam Sales <sam@example.com>" >/dev/null &&
	fu config team.kim "Kim Calls <kim@example.com>" >/dev/null &&
	opportunity sams --owner sam --next "fri 15:00" &&
	opportunity kims --owner kim &&
	fu remind >"$T_OUT/all" &&
	test_grep "^sams: Client of sams, sams (sam)$" "$T_OUT/all" &&
	test_grep "^kims: Client of kims, kims (kim)$" "$T_OUT/all" &&
	fu remind --owner sam >"$T_OUT/sam" &&
	test_grep "^sams: Client of sams, sams$" "$T_OUT/sam" &&
	! grep kims "$T_OUT/sam" &&
	fu remind --role coordinator >"$T_OUT/coordinator" &&
	test_grep "^kims" "$T_OUT/coordinator" &&
	! grep sams "$T_OUT/coordinator" &&
	git config fu.role salesperson &&
	fu remind >"$T_OUT/role" &&
	! grep kims "$T_OUT/role" &&
	refuses 128 "not in \[team\]" -- fu remind --owner sue
'

test_expect_success 'a day over capacity is told of, in remind and in next' '
	new_repo load &&
	cd load &&
	fu config capacity.appointments-per-day 2 >/dev/null &&
	for hour in 11 12 13; do
		opportunity "today-$hour" --owner sam --next "fri $hour:00" &&
		opportunity "monday-$hour" --next "mon $hour:00" || return 1
	done &&
	opportunity kims --owner kim --next "fri 11:00" &&
	echo "Fri 20 Nov: sam has 3 appointments, over the capacity of 2" >"$T_OUT/note" &&
	fu remind >"$T_OUT/mail" &&
	tail -1 "$T_OUT/mail" >"$T_OUT/last" &&
	test_cmp "$T_OUT/note" "$T_OUT/last" &&
	fu next >"$T_OUT/next" &&
	tail -1 "$T_OUT/next" >"$T_OUT/last" &&
	test_cmp "$T_OUT/note" "$T_OUT/last" &&
	fu next --ahead "3 days" | tail -2 >"$T_OUT/last" &&
	echo "Mon 23 Nov: 3 appointments, over the capacity of 2" >>"$T_OUT/note" &&
	test_cmp "$T_OUT/note" "$T_OUT/last" &&
	fu remind --ahead "3 days" | tail -2 >"$T_OUT/last" &&
	test_cmp "$T_OUT/note" "$T_OUT/last" &&
	! fu next --owner kim | grep capacity &&
	fu next --role coordinator >"$T_OUT/next" &&
	test_grep "^Fri 20 Nov: sam has 3" "$T_OUT/next" &&
	fu remind --role coordinator >"$T_OUT/none" &&
	test ! -s "$T_OUT/none" &&
	test "$(fu next --count)" = 4 &&
	! fu next today-11 | grep capacity &&
	fu config capacity.appointments-per-day 3 >/dev/null &&
	! fu next | grep capacity
'

test_expect_success 'a record that cannot be read: warned of, the rest shown, exit 0' '
	cd counts &&
	printf "[opportunity]\nnonsense\n" >opportunities/bad.ini &&
	test_when_finished "rm opportunities/bad.ini" &&
	fu remind >"$T_OUT/mail" 2>"$T_OUT/err" &&
	test_grep "^adrift: " "$T_OUT/mail" &&
	test_grep "^warning: opportunities/bad.ini:" "$T_OUT/err"
'

test_expect_success STRACE,!SANITIZED 'a file that could not be read once is read the next time' '
	cd mail &&
	at 2026-11-20T10:00 &&
	fu remind >"$T_OUT/mail" &&
	for when in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo >>.git/fu/listing &&
		strace -o /dev/null -e trace=openat2 -e inject=openat2:error=EIO:when=$when \
			fu remind >"$T_OUT/faulty" 2>&1
		fu remind >"$T_OUT/again" 2>&1 &&
		test_cmp "$T_OUT/mail" "$T_OUT/again" || return 1
	done
'

test_expect_success 'escape sequences and line breaks do not leave raw' '
	new_repo hostile &&
	cd hostile &&
	esc=$(printf "\033[31m") &&
	fu new -q "${esc}red" --client "A
	Overdue" --id evil &&
	fu remind >"$T_OUT/mail" &&
	! grep "$(printf "\033")" "$T_OUT/mail" &&
	! grep -x "Overdue" "$T_OUT/mail" &&
	test_grep "x1b" "$T_OUT/mail"
'

test_done
