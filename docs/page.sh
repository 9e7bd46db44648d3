#!/bin/sh
# page.sh <program> <page.scd>
#
# Gives the source of a manual page to the program (scdoc) on its stdin. A line
# '@<name>@' is replaced by the file <name>.inc beside the page: what several pages
# say of the same options stands there once.

case $2 in
*/*) dir=${2%/*} ;;
*) dir=. ;;
esac
text=$(awk -v dir="$dir" '
	function include(file,   line, got) {
		while ((got = (getline line <file)) > 0) {
			if (line ~ /^@[a-z-]+@$/)
				include(dir "/" substr(line, 2, length(line) - 2) ".inc")
			else
				print line
		}
		close(file)
		if (got < 0) {
			print "cannot read " file >"/dev/stderr"
			exit 1
		}
	}
	BEGIN { include(ARGV[1]); exit }' "$2") || exit 1
printf '%s\n' "$text" | "$1"
