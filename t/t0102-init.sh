#!/bin/sh
test_description='fu init: a repository, its settings, its first commit'
. "${0%/*}/lib.sh"

test_expect_success 'makes .git, fu.ini, processes, and records them' '
	fu init --timezone Europe/Madrid --currency EUR acme >out 2>err &&
	echo "$PWD/acme: made a fu repository, times in Europe/Madrid" >expected &&
	test_cmp expected out &&
	test_grep "^hint: .*fu new " err &&
	test_grep "^hint: .*git commit.*: fu check --install-hook$" err &&
	test -d acme/.git && test -f acme/fu.ini && test -f acme/processes/field.ini &&
	test "$(git -C acme rev-list --count HEAD)" -eq 1 &&
	test -z "$(git -C acme status --porcelain)" &&
	test "$(git -C acme log -1 --format="%(trailers:key=Fu-Act,valueonly,separator=%x2C)")" = init
'

test_expect_success 'writes no defaults' '
	test_grep "^timezone = Europe/Madrid\$" acme/fu.ini &&
	test_grep "^currency = EUR\$" acme/fu.ini &&
	! grep -E "^(retry|roles|days|process) *=" acme/fu.ini
'

test_expect_success 'here, with the zone of the system' '
	mkdir there && cd there &&
	TZ=Asia/Tokyo fu init >../out 2>../err &&
	test "$(fu config fu.timezone)" = Asia/Tokyo &&
	test_grep "^hint: .*fu.currency" ../err
'

test_expect_success 'on a repository: nothing, exit 0' '
	nothing_changed fu init acme >"$T_OUT/said" 2>"$T_OUT/err" &&
	test_grep "already" "$T_OUT/said" &&
	test_line_count -eq 0 "$T_OUT/err" &&
	nothing_changed fu init -q acme >"$T_OUT/said" && test_line_count -eq 0 "$T_OUT/said"
'

test_expect_success 'inside another work tree: refused, unless --here' '
	git init -q outer && mkdir outer/sales &&
	refuses 1 "" fu init outer/sales &&
	test_grep -e "--here" "$refusal" &&
	fu init -q --here outer/sales &&
	test -f outer/sales/fu.ini
'

test_expect_success 'zone and currency are judged' '
	refuses 129 "Europe/Nowhere" fu init --timezone Europe/Nowhere --currency XXQ new &&
	test_grep "XXQ" "$refusal" &&
	test ! -e new &&
	refuses 129 "unexpected argument" fu init new other
'

test_expect_success '--json and --dry-run' '
	fu init --json --timezone UTC --currency CHF json >out 2>err &&
	test_line_count -eq 0 err &&
	json out . "{\"act\":\"init\",\"repository\":\"$PWD/json\",\"timezone\":\"UTC\",\"currency\":\"CHF\",\"made\":true}" &&
	fu init --json json >out && json out .made false &&
	nothing_changed fu init --dry-run dry >"$T_OUT/said" &&
	test_grep "would make" "$T_OUT/said" &&
	test ! -e dry &&
	fu init --dry-run acme >out && test_grep "already" out
'

test_expect_success 'an identity taken from the account is said once' '
	(
		unset GIT_CONFIG_GLOBAL
		HOME=$PWD/nobody && mkdir nobody && export HOME &&
		fu init guessed 2>err >out
	) &&
	test "$(grep -c "no identity is set" err)" -eq 1
'

test_expect_success 'in a repository that a group shares: the group can write, whatever the umask' '
	(
		umask 022 && git init -q --shared=group shared &&
		fu init -q --timezone UTC --currency CHF shared
	) &&
	test -f shared/.git/fu/lock && test -n "$(find shared/.git/objects -type f)" &&
	find shared/.git/fu shared/.git/objects ! -type l ! -perm -060 ! -perm 0444 \
		-print >out && test_line_count -eq 0 out
'

test_expect_success 'where it cannot be made' '
	echo x >file &&
	refuses 128 "" fu init file/acme
'

test_done
