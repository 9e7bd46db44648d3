#!/bin/sh
test_description='screens: what is shown of known data, at 80 and 140 columns'
# Where a screen is to change: T_RENEW=yes sh t/t2920-screens.sh writes t/data/screens/ anew;
# look at every line of the diff before it is committed.
. "${0%/*}/lib.sh"
. "$T_SRC/t/screens.sh"

test_have_prereq PTY || test_skip 'there is no helper that makes terminals'

data=$T_SRC/t/data/screens

screen_terminal()
{
	on_terminal "" "$@"
}

# shown_as_kept <data> <name> <width> <command>...
shown_as_kept()
{
	t_kept=$data/$1/$2-$3.txt
	cd "$1" || return 1
	shift 2
	screen "$@" >"$T_OUT/screen" || return 1
	test -z "$T_RENEW" || cp "$T_OUT/screen" "$t_kept" || return 1
	test_cmp "$t_kept" "$T_OUT/screen"
}

# No line of the screen is wider; wc counts the columns that characters take.
fits()
{
	test "$(wc -L <"$T_OUT/screen")" -le "$1"
}
test "$(printf '東' | wc -L 2>/dev/null)" != 2 || test_set_prereq WC_L

for set in practice one; do
	test_expect_success "$set: the data" '
		new_repo "$set" && cd "$set" && fu import --acts -q <"$data/$set.jsonl" &&
		mkdir -p "$data/$set"
	'
	while read -r name command <&3; do
		for width in 80 140; do
			test_expect_success "$set: fu $command, $width columns" '
				shown_as_kept $set $name $width $command
			'
			# A command to be typed stays in one piece.
			test $name = brief || test_expect_success WC_L "and it fits" 'fits $width'
		done
	done 3<<-EOF
	$(screens_of $set)
	EOF
done

test_expect_success 'in ASCII where the locale is no UTF-8' '
	cd practice &&
	for name in flow activity board; do
		command=$(screens_of practice | sed -n "s/^$name //p") &&
		LC_ALL=C screen 80 $command >"$T_OUT/screen" &&
		{ test -z "$T_RENEW" || cp "$T_OUT/screen" "$data/practice/$name-ascii.txt"; } &&
		test_cmp "$data/practice/$name-ascii.txt" "$T_OUT/screen" || return 1
	done
'

test_expect_success 'narrow and wide terminals: all fits' '
	cd practice &&
	for width in 40 200; do
		screens_of practice | while read -r name command; do
			test $name = brief || {
				screen $width $command >"$T_OUT/screen" &&
				{ ! test_have_prereq WC_L || fits $width || {
					echo "fu $command at $width:" && cat "$T_OUT/screen" && exit 1
				}; }
			} || exit 1
		done || return 1
	done
'

test_expect_success 'every screen that is kept is one of these' '
	for set in practice one; do
		screens_of $set | sed "s/ .*//" | while read -r name; do
			printf "%s\n" "$name-80.txt" "$name-140.txt"
		done >>names && printf "%s\n" flow-ascii.txt activity-ascii.txt board-ascii.txt >>names &&
		ls "$data/$set" | while read -r file; do
			grep -q -x -e "$file" names || { echo "$set/$file" && exit 1; }
		done || return 1
	done
'

test_done
