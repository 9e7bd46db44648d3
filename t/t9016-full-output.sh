#!/bin/sh
test_description='standard output that is full: no command that prints is content'
. "${0%/*}/lib.sh"

test -c /dev/full || test_skip 'no /dev/full'

# Everything that prints, but writes nothing.
reading='agenda board brief check commitments complete completion export fsck grep help list log
next recap report show status version where who'

arguments_of() # <command>
{
	case $1 in
	agenda | board | commitments | list | log | next | status | version) ;;
	check | fsck) echo --json ;; # they say nothing where nothing is wrong
	brief | recap | show | where) echo deal ;;
	complete) echo -- ne ;;
	completion) echo bash ;;
	export) echo --acts ;;
	grep | who) echo Jane ;;
	help) echo --all ;;
	report) echo flow ;;
	esac
}

test_expect_success 'set up' '
	new_repo && fu -C repo new Deal --client Acme --id deal --next "tue 15:00" \
		--contact "Jane Doe" -q &&
	at 2026-11-24T16:00 && fu -C repo log-meeting deal --outcome proceed \
		--next "tue 1 dec 15:00" --ours none --theirs none -q &&
	at 2026-12-01T17:00
'

test_expect_success 'every command that only prints is in the list' '
	awk "/^	\{\"/ { name = \$1; gsub(/[{\",]/, \"\", name); all[name] = 1 }
		/WRITES/ { delete all[name] } END { for (name in all) print name }" \
		"$T_SRC/cmd/commands.c" | grep -v -x -e config -e remind | LC_ALL=C sort >commands &&
	printf "%s\n" $reading | LC_ALL=C sort >listed && test_cmp commands listed
'

for command in $reading; do
	test_expect_success "fu $command" "
		fu -C repo $command $(arguments_of "$command") >out 2>err && test -s out &&
		test_expect_code 128 fu -C repo $command $(arguments_of "$command") >/dev/full 2>err &&
		test_grep '^error: .*standard output' err
	"
done

test_expect_success 'as JSON as well' '
	for command in agenda board check commitments list log next status "show deal" "where deal" \
		"report flow" "who Jane" "grep Jane"; do
		fu -C repo $command --json >out &&
		test_expect_code 128 fu -C repo $command --json >/dev/full 2>err &&
		test_grep "^error: .*standard output" err || return 1
	done
'

test_expect_success 'settings, reminders' '
	fu -C repo config fu.timezone >out && test -s out &&
	test_expect_code 128 fu -C repo config fu.timezone >/dev/full &&
	test_expect_code 128 fu -C repo config --list >/dev/full &&
	test_expect_code 128 fu -C repo remind --ahead "1 week" >/dev/full
'

test_expect_success 'what could not be said is not taken for reminded' '
	test_expect_code 128 fu -C repo remind --new --ahead "1 week" >/dev/full &&
	fu -C repo remind --new --ahead "1 week" >out && test_grep Deal out
'

test_done
