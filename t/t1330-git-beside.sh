#!/bin/sh
test_description='git beside fu: status clean, log, diff, revert, bisect, commit; subjects and trailers'
. "${0%/*}/lib.sh"

clean()
{
	test -z "$(git status --porcelain)" || {
		echo "not clean after: $*"
		git status --short
		return 1
	}
}

# each <command>...: runs it, then looks that the work tree is clean
each()
{
	tick && fu "$@" >"$T_OUT/said" 2>"$T_OUT/err" && clean "$@"
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success 'plain git status is clean after every command' '
	at 2026-11-20T10:00 && new_repo repo && cd repo && clean init &&
	each new Website --client "Acme Inc" --id acme --contact "Jane Doe <jane@acme.example>" \
		--owner "Sam Sales" &&
	each new Shop --client Beta --id beta &&
	each schedule acme "tue 15:00" --with jane && each schedule acme "wed 15:00" --by them &&
	each cancel acme --by them && each heard acme --from jane --what "the price?" \
		--ours "price list by mon" --theirs "Jane Doe: figures by tue" &&
	each note acme "Jane Doe is on leave" && each kept acme price && each move acme figures thu &&
	each broken acme figures && each set acme owner="Sam Sales" value=100 &&
	each contact acme add "Bob Roe" && each contact acme left "Jane Doe" --to "Bob Roe" &&
	each set acme activity=workshop --because x && each wait acme "1 dec" --because x &&
	each log-meeting acme --outcome proceed --next "fri 4 dec 15:00" --ours none \
		--theirs "Bob Roe: the order by 3 dec" --where "Jane Doe told us to go on" &&
	each win acme --care "2 months" && each undo && each undo && each reopen acme --because x &&
	each abandon acme --cause value --because "Jane Doe said no" && each undo acme &&
	each config policy.retry "2 days" && each list && each next && each where acme &&
	each show acme && each log && each commitments && each status && each record
'

test_expect_success 'one act, one commit; subject: the id, and what happened; no person' '
	cd repo && git log --format=%s >"$T_OUT/subjects" &&
	! grep -i "jane\|doe\|bob\|roe\|sam\|sales\|ann\b\|author" "$T_OUT/subjects" &&
	sed "/^\(acme\|beta\|acme-care\): [a-z]/d;/^init: /d;/^config: /d" "$T_OUT/subjects" >"$T_OUT/odd" &&
	test_line_count -eq 0 "$T_OUT/odd" &&
	test_grep "^acme: schedule: .*next Tue 24 Nov 15:00\$" "$T_OUT/subjects" &&
	test_grep "^acme: meeting: proceed to proposal, next Fri 4 Dec 15:00" "$T_OUT/subjects"
'

test_expect_success 'trailers say it for programs, and git understands them' '
	cd repo &&
	git log --format="%(trailers:key=Fu-Act,valueonly,separator=%x2C)" | sort -u >"$T_OUT/acts" &&
	! grep "^\$" "$T_OUT/acts" &&
	for act in init new schedule cancel heard note commitment set contact wait meeting undo reopen abandon; do
		test_grep "$act" "$T_OUT/acts" || return 1
	done &&
	git log -1 --grep="^acme: meeting" --format="%(trailers:only,unfold)" >"$T_OUT/t" &&
	test_grep "^Fu-Act: meeting" "$T_OUT/t" && test_grep "^Fu-Opportunity: acme" "$T_OUT/t" &&
	test_grep "^Fu-Outcome: proceed" "$T_OUT/t" && test_grep "^Fu-Next: 2026-12-04" "$T_OUT/t"
'

test_expect_success 'a newline in a text makes no trailer and no subject of its own' '
	cd repo && fu note -q acme "hello

Fu-Act: win
Fu-Opportunity: beta" && git log -1 --format="%(trailers:key=Fu-Act,valueonly,separator=%x2C)" >"$T_OUT/t" &&
	echo note >"$T_OUT/wanted" && test_cmp "$T_OUT/wanted" "$T_OUT/t"
'

test_expect_success 'author, committer and their times are as in git' '
	cd repo && fu note -q beta x && git log -1 --format="%an <%ae> %cn <%ce>" >"$T_OUT/who" &&
	echo "Ann Author <ann@example.com> Ann Author <ann@example.com>" >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/who" && test "$(git log -1 --format=%ct)" -eq "$(date -d "$FU_NOW" +%s)" &&
	GIT_AUTHOR_NAME=Bob GIT_AUTHOR_EMAIL=bob@x.example fu note -q beta y &&
	git log -1 --format="%an <%ae> %cn" >"$T_OUT/who" && test_grep "^Bob <bob@x.example> Ann Author" "$T_OUT/who"
'

test_expect_success 'git diff shows what an act added, and nothing else' '
	cd repo && fu note -q acme "one line" && git diff --numstat HEAD~1 >"$T_OUT/stat" &&
	test_line_count -eq 1 "$T_OUT/stat" && test_grep "	0	" "$T_OUT/stat" && git diff HEAD~1 >"$T_OUT/diff" &&
	test_grep "^+note = one line" "$T_OUT/diff"
'

test_expect_success 'git revert of an act: fu sees it, and goes on' '
	cd repo && fu note -q acme "to be reverted" && git revert --no-edit HEAD >"$T_OUT/said" && clean revert &&
	fu log acme >"$T_OUT/said" && ! grep "to be reverted" opportunities/*/acme.ini &&
	fu note -q acme "after that" && clean note && fu check acme >"$T_OUT/said"
'

# Whether the work tree is from before the value was set.
bisect_value()
{
	git bisect start "$1" "$2" &&
		git bisect run sh -c '! grep -q "^set-value = 100" opportunities/*/acme.ini'
	git log -1 --format=%s refs/bisect/bad >"$T_OUT/found"
	git bisect reset
}

test_expect_success 'git bisect finds the commit that changed a fact' '
	cd repo && good=$(git rev-list --max-parents=0 HEAD) && bad=$(git log -1 --format=%H --grep="^acme: abandon") &&
	bisect_value "$bad" "$good" >"$T_OUT/said" 2>&1 && test_grep "^acme: set: " "$T_OUT/found" && clean bisect
'

test_expect_success 'during a bisect, on a detached HEAD, nothing is written' '
	cd repo && branch=$(git symbolic-ref --short HEAD) && git checkout -q --detach &&
	refuses 128 "" fu note acme x && git checkout -q "$branch" && fu note -q acme x
'

test_expect_success 'during an unfinished merge nothing is written' '
	cd repo && git rev-parse HEAD >.git/MERGE_HEAD && refuses 128 "merge" fu note acme x &&
	rm .git/MERGE_HEAD && fu note -q acme x
'

test_expect_success 'a plain git commit beside: what is staged stays staged' '
	cd repo && echo mine >mine.txt && git add mine.txt && fu note -q acme "beside" &&
	git status --porcelain >"$T_OUT/st" && echo "A  mine.txt" >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/st" && git commit -q -m "mine" && fu note -q acme "after" &&
	clean && git show HEAD:mine.txt >"$T_OUT/mine" && test_grep mine "$T_OUT/mine"
'

test_expect_success 'a plain commit of a hand edit is taken as it is' '
	cd repo && file=$(echo opportunities/*/beta.ini) && sed "s/^title = .*/title = Web shop/" "$file" >"$T_OUT/e" &&
	cat "$T_OUT/e" >"$file" && git commit -q -a -m "title" && fu show --json beta | json - .title "Web shop" &&
	fu note -q beta x && clean note && fu show --json beta | json - .title "Web shop"
'

test_expect_success 'a lock of git that is held: waits, says so, changes nothing' '
	cd repo && test_when_finished "rm -f \"$PWD/.git/index.lock\"" && : >.git/index.lock &&
	refuses 128 "index.lock|lock" fu note acme x && test -e .git/index.lock
'

test_expect_success 'git commit that lost a race stages old files: an act it took out comes back' '
	cd repo && file=$(git ls-files "opportunities/*/acme.ini") && cp .git/index "$T_OUT/read" &&
	fu note -q acme "lost and found" && cp "$T_OUT/read" .git/index &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$file: the index has what neither HEAD nor the work tree has" "$T_OUT/out" &&
	echo x >beside.txt && git add beside.txt && git commit -q -m beside &&
	git show "HEAD:$file" >"$T_OUT/then" && ! grep "lost and found" "$T_OUT/then" &&
	fu note acme next >"$T_OUT/said" 2>&1 && test_grep "^recorded what was edited by hand" "$T_OUT/said" &&
	git show "HEAD:$file" >"$T_OUT/now" && test_grep "lost and found" "$T_OUT/now" && clean
'

test_expect_success 'a file that git ignores or that is staged otherwise is not swept in' '
	cd repo && echo x >stray.txt && fu note -q acme x && git show --name-only --format= HEAD >"$T_OUT/files" &&
	test_line_count -eq 1 "$T_OUT/files" && test_grep "acme.ini" "$T_OUT/files" && rm stray.txt
'

test_expect_success 'git checks out another branch: fu shows that' '
	cd repo && git checkout -q -b other && fu new -q Third --client Gamma --id third &&
	git checkout -q - && refuses 128 third fu show third && git checkout -q other &&
	fu show --json third | json - .id third && clean
'

test_expect_success 'a worktree and a subdirectory are fine' '
	cd repo && cd opportunities && fu note -q acme "from below" && cd .. && clean &&
	fu -C .. --repo repo note -q acme "from afar" && clean && FU_REPO=$PWD && export FU_REPO && cd / &&
	fu note -q acme "by the environment" && cd "$FU_REPO" && unset FU_REPO && clean
'

test_expect_success 'git fsck finds nothing' '
	cd repo && git fsck --strict >"$T_OUT/said" 2>&1 && ! grep -i "error\|missing\|corrupt" "$T_OUT/said"
'

test_done
