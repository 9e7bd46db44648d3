#!/bin/sh
test_description='the rules of the house: names, sizes, what is not used, style'
. "${0%/*}/lib.sh"

cd "$T_SRC" || exit 1
ROOMS='core storage cmd t'

sources()
{
	find "$@" -name '*.[ch]' | LC_ALL=C sort
}

none()
{
	cat >"$T_OUT/found"
	test -s "$T_OUT/found" || return 0
	echo "$1:"
	cat "$T_OUT/found"
	return 1
}

test_expect_success 'nothing else at the top' '
	ls -A | grep -v -x -E "\..*|build.*|LICENSE|README\.md|bootstrap|cmd|core|docs|\
meson\.build|meson_options\.txt|storage|t" | none "does not belong at the top"
'

test_expect_success 'no file over 600 lines' '
	sources $ROOMS | xargs awk "FNR == 601 { print FILENAME }" | none "too long"
'

# The style puts the braces of a function, and of nothing else, at the margin.
test_expect_success 'no function over 60 lines' '
	sources $ROOMS | xargs awk "
		FNR == 1 { begin = 0 }
		/^{\$/ { begin = FNR }
		/^}\$/ && begin {
			if (FNR - begin - 1 > 60)
				print FILENAME \":\" begin \": \" FNR - begin - 1 \" lines\"
			begin = 0
		}" | none "too long"
'

# What else libc has to offer and core/mem.h does better cannot be a macro, for the
# libraries that we use are entitled to it.
test_expect_success 'memory comes from core/mem.h' '
	sources core storage cmd | grep -v "^core/mem\.c\$" |
		xargs grep -n -E "(^|[^a-z_.>])(malloc|calloc|realloc|reallocarray|strn?dup|v?asprintf)[(]" |
		none "not through core/mem.h"
'

test_expect_success CC 'what is banned does not compile' '
	for call in "strcpy(a, b)" "sprintf(a, b)" "strncpy(a, b, 3)" "strtok(a, b)" "atoi(a)" \
		"localtime(0)" "system(a)" "tmpnam(a)"; do
		echo "int f(char *a, char *b); int f(char *a, char *b) { return !!$call; }" \
			>"$T_OUT/banned.c" &&
		if $T_CC -D_GNU_SOURCE -I. -include core/banned.h -c "$T_OUT/banned.c" \
			-o "$T_OUT/banned.o" 2>"$T_OUT/banned.err"; then
			echo "this compiles: $call" && return 1
		fi &&
		test_grep "_is_banned" "$T_OUT/banned.err" >/dev/null || return 1
	done &&
	echo "int f(const char *a); int f(const char *a) { return (int)strlen(a); }" >"$T_OUT/fine.c" &&
	$T_CC -D_GNU_SOURCE -I. -include core/banned.h -c "$T_OUT/fine.c" -o "$T_OUT/fine.o"
'

test_expect_success 'the whole build knows what is banned' '
	test -f "$T_BUILD/compile_commands.json" &&
	! grep "\"command\":" "$T_BUILD/compile_commands.json" | grep -v "core/banned\.h"
'

test_expect_success 'nothing is put off in the code' '
	mark="TO""DO|FIX""ME|HA""CK" &&
	find $ROOMS docs README.md bootstrap meson.build meson_options.txt -type f |
		xargs grep -n -w -E "$mark" | none "do it, or file it"
'

test_expect_success 'no blank at the end of a line, and a line feed at the end of a file' '
	find $ROOMS docs README.md bootstrap meson.build meson_options.txt -type f \
		! -path "*/seeds/*" ! -path "*/data/*" >"$T_OUT/files" &&
	xargs grep -n "[	 ]\$" <"$T_OUT/files" | none "a blank at the end" &&
	while IFS= read -r file; do
		test -z "$(tail -c 1 "$file")" || echo "$file"
	done <"$T_OUT/files" | none "no line feed at the end"
'

test_expect_success 'scripts are POSIX sh' '
	for script in bootstrap t/*.sh t/perf/run; do
		test ! -f "$script" || sh -n "$script" || return 1
	done &&
	if command -v dash >/dev/null; then
		dash -n bootstrap
	fi
'

# Other versions lay things out otherwise: the one of Debian 12 decides.
test_have_prereq CLANG_FORMAT && clang-format --version | grep -q "version 14\." &&
	test_set_prereq CLANG_FORMAT_14
test_expect_success CLANG_FORMAT_14 'clang-format has nothing to say' '
	{ sources $ROOMS | xargs clang-format --dry-run -Werror 2>&1 || :; } |
		sed -n "s/^\([^: ]*\):[0-9:]* error: .*/\1/p" | LC_ALL=C sort -u | none "run clang-format -i on"
'

test_done
