#!/bin/sh
test_description='where the kernel cannot open a path in one call: no openat2'
. "${0%/*}/lib.sh"

test_have_prereq STRACE || test_skip 'no strace here, or it may not trace'
look_for_no_leaks

older()
{
	strace -f -o "$T_OUT/trace" -e trace=openat2 -e inject=openat2:error=ENOSYS fu "$@"
}

test_expect_success 'an act is recorded and read' '
	new_repo && cd repo &&
	older new -q Website --client Acme --id acme --next "tue 15:00" &&
	test_grep "openat2.*ENOSYS" "$T_OUT/trace" &&
	older list >"$T_OUT/said" &&
	test_grep "acme" "$T_OUT/said" &&
	git status --porcelain >"$T_OUT/dirty" && test ! -s "$T_OUT/dirty"
'

test_expect_success 'a link is not followed, to a file or to a directory' '
	cd repo && mkdir ../outside && mv opportunities ../outside &&
	ln -s ../outside/opportunities &&
	test_must_fail older wait acme "1 dec" --because x 2>"$T_OUT/err" &&
	test_grep "a symbolic link is not followed: .opportunities" "$T_OUT/err" &&
	rm opportunities && mv ../outside/opportunities . &&
	file=$(echo opportunities/*/acme.ini) &&
	mv "$file" ../outside/acme.ini && ln -s ../../../outside/acme.ini "$file" &&
	test_must_fail older wait acme "1 dec" --because x 2>"$T_OUT/err" &&
	test_grep "a symbolic link is not followed: .*acme.ini" "$T_OUT/err" &&
	rm "$file" && mv ../outside/acme.ini "$file" &&
	older wait -q acme "1 dec" --because x
'

test_done
