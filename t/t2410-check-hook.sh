#!/bin/sh
test_description='fu check --install-hook: plain git commit passes the rules too'
. "${0%/*}/lib.sh"

test_expect_success 'set up' '
	new_repo &&
	cd repo &&
	fu new One --client Acme --id one >/dev/null 2>&1 &&
	fu new Two --client Acme --id two >/dev/null 2>&1 &&
	fu log-meeting one --outcome repeat --cause timing --no-next "Not now." \
		--ours none --theirs none
'

test_expect_success 'the hook is installed, and once more is nothing new' '
	cd repo &&
	fu check --install-hook >"$T_OUT/out" &&
	test_grep "pre-commit" "$T_OUT/out" &&
	test -x .git/hooks/pre-commit &&
	cp .git/hooks/pre-commit "$T_OUT/hook" &&
	fu check --install-hook &&
	cmp .git/hooks/pre-commit "$T_OUT/hook"
'

test_expect_success 'a hook of somebody else is left alone' '
	cd repo &&
	echo "#!/bin/sh" >.git/hooks/pre-commit &&
	refuses 1 "there is a hook already" fu check --install-hook &&
	test_grep "fu check --staged" "$refusal" &&
	test "$(cat .git/hooks/pre-commit)" = "#!/bin/sh" &&
	rm .git/hooks/pre-commit &&
	fu check --install-hook
'

test_expect_success 'a sound hand edit passes' '
	cd repo &&
	sed -i "s/^title = One/title = First/" opportunities/*/one.ini &&
	git commit -q -am "a better title" &&
	git log -1 --format=%s >"$T_OUT/subject" &&
	test "$(cat "$T_OUT/subject")" = "a better title"
'

test_expect_success 'what breaks a rule is refused, with file and line' '
	cd repo &&
	one=$(echo opportunities/*/one.ini) &&
	before=$(git rev-parse HEAD) &&
	sed -i "/^cause = /d" "$one" &&
	test_must_fail git commit -q -am "no cause" 2>"$T_OUT/err" &&
	test_grep -E "$one:[0-9]+: .*cause" "$T_OUT/err" &&
	test "$(git rev-parse HEAD)" = "$before" &&
	git checkout -q HEAD -- .
'

test_expect_success 'what cannot be read is refused' '
	cd repo &&
	two=$(echo opportunities/*/two.ini) &&
	echo "no key" >>"$two" &&
	test_must_fail git commit -q -am "broken" 2>"$T_OUT/err" &&
	test_grep "$two:" "$T_OUT/err" &&
	git checkout -q HEAD -- . &&
	echo "[hours]" >>fu.ini &&
	echo "from = noon-ish" >>fu.ini &&
	test_must_fail git commit -q -am "hours" 2>"$T_OUT/err" &&
	test_grep "fu.ini" "$T_OUT/err" &&
	git checkout -q HEAD -- . &&
	echo "activities =" >>processes/field.ini &&
	test_must_fail git commit -q -am "process" 2>"$T_OUT/err" &&
	test_grep "processes/field.ini" "$T_OUT/err" &&
	git checkout -q HEAD -- .
'

test_expect_success 'a file that is removed is refused, one that moves is not' '
	cd repo &&
	two=$(echo opportunities/*/two.ini) &&
	git rm -q "$two" &&
	test_must_fail git commit -q -m "gone" 2>"$T_OUT/err" &&
	test_grep "$two: removed" "$T_OUT/err" &&
	git reset -q --hard &&
	git mv "$two" opportunities/two.ini &&
	git commit -q -m "moved" &&
	fu show two >/dev/null
'

test_expect_success 'it is the index that is judged, not the work tree' '
	cd repo &&
	one=$(echo opportunities/*/one.ini) &&
	sed -i "/^cause = /d" "$one" &&
	echo hello >README &&
	git add README &&
	git commit -q -m "something else" &&
	git add "$one" &&
	git show "HEAD:$one" >"$one" &&
	test_must_fail git commit -q -m "staged" 2>"$T_OUT/err" &&
	test_grep "$one" "$T_OUT/err" &&
	git reset -q --hard
'

test_expect_success 'git commit <file> brings an index of its own' '
	cd repo &&
	one=$(echo opportunities/*/one.ini) &&
	sed -i "/^cause = /d" "$one" &&
	test_must_fail git commit -q -m "one file" "$one" 2>"$T_OUT/err" &&
	test_grep "cause" "$T_OUT/err" &&
	git reset -q --hard
'

test_expect_success 'history that breaks a rule already does not stand in the way' '
	cd repo &&
	printf "id,name,status,opened\n7,Old one,open,2026-01-05\n" >deals.csv &&
	cat >map.ini <<-\EOF &&
	[columns]
	id = external_id
	name = title
	status = status
	opened = opened
	EOF
	fu import deals.csv --map map.ini >/dev/null &&
	old=$(grep -l "Old one" opportunities/*/*.ini) &&
	test_expect_code 1 fu check &&
	sed -i "s/^title = Old one/title = Older one/" "$old" &&
	git commit -q -am "a better title"
'

test_expect_success 'a worktree finds its hook, and core.hooksPath is minded' '
	cd repo &&
	mkdir ../hooks &&
	git config core.hooksPath "$PWD/../hooks" &&
	fu check --install-hook &&
	test -x ../hooks/pre-commit
'

test_done
