# Makes C of files: embed.sh <name> <file> [<name> <file>]...
echo '#include "cmd/completion.h"'
echo 'const struct completion_script completion_scripts[] = {'
while test $# -gt 0; do
	printf '\t{"%s",\n' "$1"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g' -e 's/^/\t\t"/' -e 's/$/\\n"/' "$2" || exit 1
	echo '	},'
	shift 2
done
echo '	{0},'
echo '};'
