#!/bin/sh
test_description='the doors between the rooms: cmd → storage → core'
. "${0%/*}/lib.sh"

cd "$T_SRC" || exit 1

# includes <dir>...: "<file> <what it includes>", one a line.
includes()
{
	find "$@" -name '*.[ch]' | LC_ALL=C sort | xargs awk '
		/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
			sub(/^[^<"]*/, "")
			match($0, /[>"][^>"]*$/)
			print FILENAME " " substr($0, 1, RSTART)
		}'
}

# none <why>: fails, showing the lines on stdin when there are any.
none()
{
	cat >"$T_OUT/found"
	test -s "$T_OUT/found" || return 0
	echo "$1:"
	cat "$T_OUT/found"
	return 1
}

test_expect_success 'includes are written from the top' '
	includes core storage cmd | grep "\"" |
		grep -v -E " \"(core|storage|cmd)/" | none "not from the top"
'

test_expect_success 'core includes only core' '
	includes core | grep "\"" | grep -v " \"core/" | none "core includes others"
'

test_expect_success 'storage includes only storage and core' '
	includes storage | grep "\"" | grep -v -E " \"(core|storage)/" |
		none "storage includes others"
'

test_expect_success 'cmd sees of storage its one public header' '
	includes cmd | grep "\"" |
		grep -v -E " \"(core/|cmd/|storage/storage.h\")" | none "past the front door"
'

test_expect_success 'storage sees of its git module the table of functions only' '
	includes storage | grep -v "^storage/git/" | grep " \"storage/git/" |
		grep -v "storage/git/backend.h\"" | none "past the table"
'

test_expect_success '<git2.h> only in storage/git' '
	includes core storage cmd t | grep -E " <git2(\.h|/)" |
		grep -v "^storage/git/" | none "git2.h outside of storage/git"
'

test_expect_success '<ini.h> in one file, of storage' '
	includes core storage cmd t | grep " <ini.h>" | grep -v "^storage/" | none "ini.h" &&
	test "$(includes storage | grep -c " <ini.h>")" -le 1
'

test_expect_success 'core asks nothing of the system: headers' '
	includes core | grep " <" | grep -v -E " <($(tr "\n" "|" <<-\EOF
	alloca.h
	assert.h
	ctype.h
	errno.h
	inttypes.h
	jansson.h
	limits.h
	math.h
	stdalign.h
	stdarg.h
	stdbool.h
	stddef.h
	stdint.h
	stdio.h
	stdlib.h
	string.h
	strings.h
	time.h
	utf8proc.h
	EOF
	)none)>" | none "not for core"
'

# By what is linked, for <stdio.h> and <stdlib.h> hold more than core may use.
test_expect_success NM,!SANITIZED 'core asks nothing of the system: functions' '
	nm -u "$T_BUILD/core/libcore.a" | sed -n "s/^ *U \([a-z_A-Z0-9]*\).*/\1/p" |
		LC_ALL=C sort -u >"$T_OUT/used" &&
	test -s "$T_OUT/used" &&
	grep -x -E "_?_?(f?open(at)?(64)?|fdopen|creat|p?read(64)?|p?write(64)?|close|[lf]?stat(at)?(64)?|\
opendir|getenv|secure_getenv|setenv|unsetenv|time|clock_gettime|gettimeofday|localtime.*|gmtime.*|mktime|\
tzset|v?f?printf(_chk)?|f?puts|putchar|fput[cs]|fwrite|fflush|std(in|out|err)|fork|exec.*|_?exit|signal|\
sigaction|getpid|rand|random|getrandom|getentropy|socket|perror|setlocale|isatty|getcwd|chdir)" "$T_OUT/used" |
		none "core uses"
'

test_expect_success NM 'fu does not link libgit2: reading commands do not pay for it' '
	nm -D "$T_BUILD/cmd/fu" >"$T_OUT/symbols" &&
	! grep " U git_" "$T_OUT/symbols" &&
	! LC_ALL=C grep -a -q "libgit2\.so" "$T_BUILD/cmd/fu"
'

test_done
