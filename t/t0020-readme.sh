#!/bin/sh
test_description='the tour of the README and the demo do what they say'
. "${0%/*}/lib.sh"

# A block of ```console is played as it stands: what follows '$ ' is typed ('> '
# goes on with it), the other lines are what it prints, where '…' stands for any
# text in a line, and on a line of its own for any lines.
split_blocks()
{
	awk -v out="$T_OUT/step" '
		/^```console$/ { inside = 1; next }
		/^```/ { inside = 0; next }
		!inside { next }
		/^\$ / {
			file = out "." ++n
			printf "" >(file ".wanted")
			print substr($0, 3) >(file ".command")
			next
		}
		/^> / { print substr($0, 3) >(file ".command"); next }
		{ print >(file ".wanted") }
		END { print n + 0 }'
}

# A step may leave the directory, as the reader does.
play_step()
{
	eval "$(cat "$T_OUT/step.$1.command")" >"$T_OUT/printed" 2>&1 </dev/null
	t_code=$?
	here=$PWD
	! t_is_crash $t_code "$(cat "$T_OUT/step.$1.command")" || return 1
	awk -v elision='…' -f "$T_SRC/t/match.awk" "$T_OUT/step.$1.wanted" "$T_OUT/printed" ||
		{ diff -u "$T_OUT/step.$1.wanted" "$T_OUT/printed"; return 1; }
}

test_expect_success 'what was printed is held to what was said' '
	printf "a\nb …\n…\nz\n" >wanted &&
	printf "a\nb c.*\nd\ne\nz\n" >printed &&
	awk -v elision=… -f "$T_SRC/t/match.awk" wanted printed &&
	printf "a\nb c.*\nz\n" >printed &&
	awk -v elision=… -f "$T_SRC/t/match.awk" wanted printed &&
	printf "a\nbc\nz\n" >printed &&
	! awk -v elision=… -f "$T_SRC/t/match.awk" wanted printed &&
	printf "a\nb c\nz\nmore\n" >printed &&
	! awk -v elision=… -f "$T_SRC/t/match.awk" wanted printed &&
	printf "" >none &&
	! awk -v elision=… -f "$T_SRC/t/match.awk" wanted none &&
	! awk -v elision=… -f "$T_SRC/t/match.awk" none printed &&
	awk -v elision=… -f "$T_SRC/t/match.awk" none none
'

steps=$(split_blocks <"$T_SRC/README.md")
test_expect_success 'there is a tour' 'test $steps -ge 5'

here=$PWD
step=0
while test $step -lt "$steps"; do
	step=$((step + 1))
	cd "$here" || exit 1
	test_expect_success "\$ $(sed -n 1p "$T_OUT/step.$step.command")" 'play_step $step'
done

cd "$T_BASE/trash" || exit 1
test_expect_success 'the demo plays to its end' '
	sh "$T_SRC/t/demo.sh" "$T_BUILD" </dev/null >demo &&
	test_grep "^\$ fu init" demo &&
	test_grep "The next three commands" demo &&
	test "$(tail -n 3 demo | grep -c "^    ")" -eq 3
'

test_done
