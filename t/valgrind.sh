#!/bin/sh
# Runs a program under valgrind; what it loses is an error as well. For two callers:
#
#	valgrind.sh <program> [<argument>...]
#		The setup 'valgrind' of meson.build, for every test: a test of C is checked, a
#		shell is not, for there the calls of fu are.
#	T_OUT=<directory> T_MEMCHECK=<valgrind> valgrind.sh <fu> [<argument>...]
#		What a shell test finds as `fu` where T_VALGRIND is set; lib.sh sees to it, and
#		looks for the errors in <directory>/found.* The PATH may be without anything.
#
# With T_VALGRIND=all every call of fu is checked. Each takes a second or two, and most
# calls of a script are like another one: with T_VALGRIND=<n> the first n calls of every
# kind are, in each script; of a kind are those of the same command with the same options,
# whatever their values.

program=$1
shift

# Prints the kind of a call of fu, on one line.
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
	printf '%s' "$command$kind" | command -p tr '\n' ' '
}

is_one_too_many()
{
	test "$T_VALGRIND" != all || return 1
	kind=$(kind_of "$@")
	echo "$kind" >>"$T_OUT/kinds"
	test "$(command -p grep -c -x -F -e "$kind" "$T_OUT/kinds")" -gt "$T_VALGRIND"
}

log=
if test -n "$T_OUT"; then
	! is_one_too_many "$@" || exec "$program" "$@"
	# To a file, for it also says there which system calls are new to it.
	log=--log-file=$T_OUT/found.%p
elif test "${program##*/}" = sh; then
	exec "$program" "$@"
fi
exec "${T_MEMCHECK:-valgrind}" -q ${log:+"$log"} --error-exitcode=126 --leak-check=full \
	--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
	--suppressions="${0%/*}/valgrind.supp" "$program" "$@"
