#!/bin/sh
test_description='the harness itself'
. "${0%/*}/lib.sh"

# Runs a script of its own: sub <name> [<option>...], the body on stdin. What it
# printed is in <name>.out, its status in $sub_status.
sub()
{
	sub_name=$1
	shift
	{
		echo 'test_description=inner'
		echo ". '$T_SRC/t/lib.sh'"
		cat
	} >"$sub_name.sh"
	sub_status=0
	TMPDIR=$PWD sh "$sub_name.sh" "$@" >"$sub_name.out" 2>&1 || sub_status=$?
}

test_expect_success 'tests that pass' '
	sub pass <<-\EOF &&
	test_expect_success "one" "true"
	test_expect_success "two" "
		true &&
		true
	"
	test_done
	EOF
	test $sub_status -eq 0 &&
	cat >expected <<-\EOF &&
	# inner
	ok 1 - one
	ok 2 - two
	1..2
	EOF
	test_cmp expected pass.out
'

test_expect_success 'a test that fails says what it did, and fails the script' '
	sub fail <<-\EOF &&
	test_expect_success "one" "echo this is why && false"
	test_expect_success "two" "true"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "^not ok 1 - one" fail.out &&
	test_grep "^# this is why" fail.out &&
	test_grep "^ok 2 - two" fail.out &&
	test_grep "^1..2" fail.out
'

test_expect_success '-i stops at the first failure' '
	sub stop -i <<-\EOF &&
	test_expect_success "one" "false"
	test_expect_success "two" "true"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "^Bail out!" stop.out &&
	! grep "ok 2" stop.out
'

test_expect_success 'a script that ends early fails' '
	sub early <<-\EOF &&
	test_expect_success "one" "true"
	test_expect_success "two" "exit 0"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "^Bail out!" early.out
'

test_expect_success 'a script that is skipped' '
	sub skipped <<-\EOF &&
	test_skip "no such thing here"
	EOF
	test $sub_status -eq 0 &&
	test_grep "^1..0 # SKIP no such thing here" skipped.out
'

test_expect_success 'prerequisites' '
	sub prereq <<-\EOF &&
	test_set_prereq HERE
	test_expect_success HERE "one" "true"
	test_expect_success NOT_HERE "two" "false"
	test_expect_success HERE,!NOT_HERE "three" "true"
	test_expect_success HERE,!HERE "four" "false"
	test_done
	EOF
	test $sub_status -eq 0 &&
	test_grep "^ok 1 - one\$" prereq.out &&
	test_grep "^ok 2 - two # SKIP missing NOT_HERE" prereq.out &&
	test_grep "^ok 3 - three\$" prereq.out &&
	test_grep "^ok 4 - four # SKIP missing !HERE" prereq.out
'

test_expect_success 'a broken chain is a failure' '
	sub chain <<-\EOF &&
	test_expect_success "one" "
		false
		true
	"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "chain of this test is broken" chain.out
'

test_expect_success 'what is to be cleaned up is, after a failure too' '
	sub cleanup <<-\EOF &&
	test_expect_success "one" "
		test_when_finished touch cleaned &&
		false
	"
	test_expect_success "two" "test -f cleaned"
	test_done
	EOF
	test_grep "^ok 2" cleanup.out
'

test_expect_success 'a directory of its own, empty, taken away when all went well' '
	base=$PWD/own.base && export base &&
	sub own <<-\EOF &&
	test_expect_success "one" "echo \$T_BASE >\$base && test -z \"\$(ls -A)\""
	test_done
	EOF
	test $sub_status -eq 0 &&
	test -s own.base &&
	test "$(cat own.base)" != "$T_BASE" &&
	test ! -e "$(cat own.base)"
'

test_expect_success 'the environment is fixed' '
	echo "env >\"$PWD/env\"; test_skip" |
	FU_ROLE=x GIT_DIR=/nowhere XDG_CONFIG_HOME=/nowhere PAGER=more NO_COLOR=1 COLUMNS=3 \
		LC_TIME=de_DE TZ=Asia/Tokyo FU_NOW=1999-01-01T00:00:00Z sub environment &&
	test_grep "^TZ=UTC\$" env &&
	test_grep "^LC_ALL=C.UTF-8\$" env &&
	test_grep "^FU_NOW=2026-11-20T10:00:00+01:00\$" env &&
	test_grep "^GIT_CONFIG_NOSYSTEM=1\$" env &&
	test_grep "^HOME=.*/home\$" env &&
	! grep -E "^(FU_ROLE|GIT_DIR|XDG_|PAGER|NO_COLOR|COLUMNS|LC_TIME)" env
'

test_expect_success 'test_must_fail tells a refusal from a crash' '
	test_must_fail sh -c "exit 1" &&
	test_must_fail sh -c "exit 128" &&
	test_must_fail sh -c "exit 129" &&
	! test_must_fail true &&
	! test_must_fail sh -c "exit 126" &&
	! test_must_fail sh -c "exit 134" &&
	! test_must_fail sh -c "kill -SEGV \$\$" &&
	! test_must_fail no-such-program
'

test_expect_success 'test_expect_code' '
	test_expect_code 0 true &&
	test_expect_code 3 sh -c "exit 3" &&
	! test_expect_code 3 sh -c "exit 4" &&
	! test_expect_code 1 true
'

test_expect_success 'test_cmp, test_grep, test_line_count' '
	printf "a\nb\n" >two &&
	test_cmp two two &&
	! test_cmp two /dev/null &&
	test_grep "^b" two &&
	! test_grep "^c" two &&
	test_line_count -eq 2 two &&
	! test_line_count -eq 3 two
'

test_expect_success JQ 'json' '
	echo "{\"a\": [1, {\"b\": \"x y\"}], \"no\": null}" >doc &&
	json doc ".a[0] == 1" &&
	! json doc ".a[0] == 2" &&
	! json doc ".no" &&
	json doc ".a[1].b" "x y" &&
	! json doc ".a[1].b" "x" &&
	json - ".a" "[1,{\"b\":\"x y\"}]" <doc &&
	! echo "{" | json - ".a"
'

test_expect_success 'the clock' '
	at 2026-11-24T09:00 && test $FU_NOW = 2026-11-24T09:00:00+01:00 &&
	at 2026-07-01T09:00+02:00 && test $FU_NOW = 2026-07-01T09:00:00+02:00 &&
	at 2026-07-01T09:00:05Z && test $FU_NOW = 2026-07-01T09:00:05Z &&
	! at tomorrow &&
	at 2026-12-31T23:59:30 && tick && test $FU_NOW = 2027-01-01T00:00:30+01:00 &&
	tick 86400 && test $FU_NOW = 2027-01-02T00:00:30+01:00 &&
	at 2028-02-28T12:00 && tick 86400 && test $FU_NOW = 2028-02-29T12:00:00+01:00
'

test_expect_success 'nothing_changed sees what changed' '
	git init -q seen &&
	cd seen &&
	echo a >a && git add a && git commit -q -m a &&
	nothing_changed true &&
	test_expect_code 7 nothing_changed sh -c "exit 7" &&
	test_expect_code 99 nothing_changed sh -c "echo b >a" &&
	git checkout -q a &&
	test_expect_code 99 nothing_changed touch new &&
	rm new &&
	! test_must_fail nothing_changed sh -c "echo b >a; exit 1" &&
	git checkout -q a &&
	test_expect_code 99 nothing_changed mkdir dir &&
	rmdir dir &&
	test_expect_code 99 nothing_changed git commit -q --allow-empty -m b &&
	test_expect_code 99 nothing_changed git tag t &&
	test_expect_code 99 nothing_changed git checkout -q -b other &&
	test_expect_code 99 nothing_changed touch .git/index.lock &&
	rm .git/index.lock &&
	mkdir -p .git/fu &&
	nothing_changed touch .git/fu/draft &&
	cd .. &&
	test_expect_code 99 nothing_changed git -C seen tag u
'

test_expect_success 'refuses' '
	git init -q refused &&
	cd refused &&
	refuses 1 "no (date|time)" -- sh -c "echo error: no date >&2; exit 1" &&
	grep "no date" "$refusal" &&
	! refuses 1 "no date" sh -c "echo error: no time >&2; exit 1" &&
	! refuses 1 "no date" sh -c "echo error: no date >&2; exit 128" &&
	! refuses 1 "no date" sh -c "echo no date >&2; exit 1" &&
	! refuses 1 "no date" sh -c "echo out; echo error: no date >&2; exit 1" &&
	! refuses 1 "no date" sh -c "touch x; echo error: no date >&2; exit 1" &&
	! refuses 1 "no date" sh -c "echo error: no date >&2; kill -SEGV \$\$"
'

test_expect_success 'what valgrind or a sanitizer found fails a test that did not look' '
	sub found <<-\EOF &&
	test_expect_success "one" "echo ==7== Invalid read of size 4 >\$T_OUT/found.7"
	test_expect_success "two" "echo x.c:1: runtime error: overflow >\$T_OUT/found.8; :"
	test_expect_success "three" "echo --7-- WARNING: unhandled syscall >\$T_OUT/found.7"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "^not ok 1 " found.out &&
	test_grep "Invalid read" found.out &&
	test_grep "^not ok 2 " found.out &&
	test_grep "^ok 3 " found.out
'

test_expect_success CC,SANITIZED 'an overflow in a pipe is found' '
	echo "int main(int n, char **v) { (void)v; n += 2147483647; return n == 3; }" >over.c &&
	$T_CC -fsanitize=address,undefined -o over over.c && over=$PWD/over && export over &&
	sub overflow <<-\EOF &&
	test_expect_success "one" "\$over | cat"
	test_done
	EOF
	test $sub_status -eq 1 &&
	test_grep "signed integer overflow" overflow.out
'

test_expect_success 'under valgrind are so many calls of a kind, or all' '
	mkdir -p build/cmd bin &&
	echo "echo plain" >build/cmd/fu && echo "echo checked" >bin/valgrind &&
	chmod +x build/cmd/fu bin/valgrind &&
	cat >calls <<-\EOF &&
	calls="$(fu next) $(fu -C d next) $(fu next --json) $(fu list) $(fu list --where a) \
		$(fu list --where=b)"
	test_expect_success VALGRIND,!STRACE "one" "echo \$calls >said"
	cp said "$said"
	test_done
	EOF
	for many in 1 2 all; do
		T_SRC=$T_SRC T_BUILD=$PWD/build T_VALGRIND=$many PATH=$PWD/bin:$PATH \
			said=$PWD/said$many sub calls <calls && test $sub_status -eq 0 || return 1
	done &&
	test_grep -x "checked checked checked checked checked plain" said1 &&
	test_grep -x "checked checked checked checked checked checked" said2 &&
	cmp said2 saidall
'

test_expect_success PTY 'a dialogue on a terminal' '
	on_terminal "<name?
		>bob
		<hello bob" sh -c "test -t 0 && printf \"name? \" && read n && echo hello \$n" &&
	test_expect_code 3 on_terminal "^d" sh -c "cat; exit 3" &&
	test_expect_code 130 on_terminal "<name?
		^c" sh -c "printf \"name? \" && read n" &&
	COLUMNS=40 on_terminal "" stty size >size &&
	test_grep " 40" size
'

test_expect_success 'a list of tests that is not the truth' '
	mkdir listed && >listed/t1-a.sh && >listed/t2-b.sh &&
	sh "$T_SRC/t/check-list.sh" listed "t*.sh" t1-a.sh t2-b.sh &&
	test_must_fail sh "$T_SRC/t/check-list.sh" listed "t*.sh" t1-a.sh 2>err &&
	test_grep "does not list .t2-b.sh" err &&
	test_must_fail sh "$T_SRC/t/check-list.sh" listed "t*.sh" t2-b.sh t1-a.sh &&
	test_must_fail sh "$T_SRC/t/check-list.sh" listed "t*.sh" t1-a.sh t2-b.sh t3.sh 2>err &&
	test_grep "lists .t3.sh., which is not there" err &&
	sh "$T_SRC/t/check-list.sh" listed "no*.sh"
'

test_expect_success 'every script is listed, begins as the others, and ends with test_done' '
	for script in "$T_SRC"/t/t[0-9]*.sh; do
		grep "^  .${script##*/}.,\$" "$T_SRC/t/meson.build" &&
		test "$(sed -n 1p "$script")" = "#!/bin/sh" &&
		test_grep "^test_description=" "$script" &&
		test "$(tail -n 1 "$script")" = test_done || return 1
	done
'

test_done
