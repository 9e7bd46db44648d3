#!/bin/sh
# Holds a list of files in a meson.build to the directory that it describes:
#
#	check-list.sh <directory> <pattern> [<listed file>...]
#
# Fails, naming the culprits, when a file that matches is not listed, when a
# listed one is not there, or when the list is not in alphabetical order.

LC_ALL=C
export LC_ALL
cd "$1" || exit 1
pattern=$2
shift 2

there=$(for file in $pattern; do
	test ! -e "$file" || echo "$file"
done)
listed=$(for file; do
	echo "$file"
done)
test "$there" != "$listed" || exit 0

for file in $there; do
	case " $* " in
	*" $file "*) ;;
	*) echo "$PWD/meson.build does not list '$file'" >&2 ;;
	esac
done
for file; do
	test -e "$file" || echo "$PWD/meson.build lists '$file', which is not there" >&2
done
echo "the list in $PWD/meson.build must name '$pattern', in alphabetical order" >&2
exit 1
