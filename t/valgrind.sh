#!/bin/sh
# fu under valgrind: what a test finds as `fu` where T_VALGRIND is set; lib.sh sees to it.
#
#	valgrind.sh <directory of the test's output> <fu> [<argument>...]
#
# With T_VALGRIND=all every call is. A call takes a second or two there, and most calls
# of a script are like another one: with T_VALGRIND=<n> the first n calls of every kind
# are, in each script; of a kind are those of the same command with the same options,
# whatever their values.

out=$1
fu=$2
shift 2

# Prints the kind of a call, on one line.
kind_of()
{
	kind=
	command=
	before=
	for word; do
		case $word in
		--*=*) kind="$kind ${word%%=*}" ;;
		-*) kind="$kind $word" ;;
		*) test -n "$command" || test "$before" = -C || command=$word ;;
		esac
		before=$word
	done
	printf '%s' "$command$kind" | tr '\n' ' '
}

if test "$T_VALGRIND" != all; then
	kind=$(kind_of "$@")
	echo "$kind" >>"$out/kinds"
	test "$(grep -c -x -F -e "$kind" "$out/kinds")" -le "$T_VALGRIND" || exec "$fu" "$@"
fi

# To a file, for it also says there which system calls are new to it; lib.sh looks.
exec valgrind -q --log-file="$out/found.%p" --error-exitcode=126 --leak-check=full \
	--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
	--suppressions="${0%/*}/valgrind.supp" "$fu" "$@"
