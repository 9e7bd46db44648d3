#!/bin/sh
test_description='sync and clone: over any remote, with everything that can be in the way'
. "${0%/*}/lib.sh"

# Two people and a bare repository between them: two_people <dir>. In it: hub.git, ann
# and cora, both in sync, with one opportunity.
two_people()
{
	mkdir "$1" &&
	git init -q --bare "$1/hub.git" &&
	new_repo "$1/ann" &&
	(
		cd "$1/ann" &&
		fu new Website --client Acme --id acme --next 'tue 24 nov 15:00' &&
		git remote add origin ../hub.git &&
		fu sync
	) >/dev/null 2>&1 &&
	(cd "$1" && fu clone -q hub.git cora) &&
	git -C "$1/cora" config user.name 'Cora Coord' &&
	git -C "$1/cora" config user.email cora@example.com
}

# same_tree <repo> <repo>
same_tree()
{
	git -C "$1" rev-parse 'HEAD^{tree}' >tree1 &&
	git -C "$2" rev-parse 'HEAD^{tree}' >tree2 &&
	test_cmp tree1 tree2
}

# What is recorded is what lies there.
is_clean()
{
	git -C "$1" status --porcelain -uall >dirt &&
	test_cmp /dev/null dirt &&
	git -C "$1" fsck --no-progress >fsck 2>&1
}

test_expect_success 'the first sync fills an empty remote and makes it the upstream' '
	mkdir first && git init -q --bare first/hub.git && new_repo first/ann &&
	cd first/ann && git remote add origin ../hub.git &&
	fu sync >out && test_grep "^origin/main: sent 1 commit$" out &&
	test "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse main)" &&
	test "$(git rev-parse "@{u}")" = "$(git rev-parse HEAD)" &&
	fu sync >out && test_grep "nothing new" out
'

test_expect_success 'clone: a copy that is in sync, in the directory that git would take' '
	mkdir copies && cd copies &&
	fu clone ../first/hub.git >out 2>err && test_grep "0 opportunities" out &&
	test_grep "^hint: .*fu check --install-hook$" err && test -f hub/fu.ini &&
	fu clone --json ../first/ann/.git other >doc &&
	json doc .repository "$PWD/other" && json doc .opportunities 0 &&
	fu -C hub status --json >doc && json doc .ahead 0 && json doc .last_sync &&
	new_repo source && fu -C source new -q One --client Acme --id one &&
	fu -C source new -q Two --client Beta --id two && fu -C source new -q Oops --client Oops --id oops &&
	fu -C source undo -q oops && fu -C source abandon two -q --cause gone --because x &&
	fu clone source counted >out 2>err && test_grep ", 2 opportunities, 1 open$" out &&
	test_grep "^hint: .*: cd .counted. && fu next$" err &&
	fu clone -q --dry-run ../first/hub.git third && test_must_fail test -e third
'

test_expect_success 'clone refuses what is no fu repository and leaves nothing' '
	git init -q --bare empty.git && git init -q plain &&
	(cd plain && git commit -q --allow-empty -m nothing) &&
	refuses 128 "no fu repository" fu clone plain copy && test_must_fail test -e copy &&
	refuses 128 "no fu repository" fu clone empty.git copy && test_must_fail test -e copy &&
	refuses 128 "cannot clone" fu clone nowhere copy && test_must_fail test -e copy &&
	mkdir full && echo x >full/x &&
	refuses 128 "is not empty" fu clone first/hub.git full &&
	mkdir hollow && refuses 128 . fu clone plain hollow && test -d hollow
'

test_expect_success 'what one recorded the other gets, and the other way round' '
	two_people simple && cd simple &&
	(cd cora && fu note acme "they rang" && fu sync) >out 2>&1 &&
	test_grep "sent 1 commit" out &&
	(cd ann && fu sync) >out && test_grep "^origin/main: took in 1 commit$" out &&
	grep -q "they rang" ann/opportunities/*/acme.ini &&
	same_tree ann cora && is_clean ann && fu -C ann fsck
'

test_expect_success 'both went on: a merge with two parents, that says what it is' '
	cd simple &&
	(cd cora && fu set acme via=Partner && fu new B --client B --id b --next "fri 15:00") &&
	(cd ann && fu set acme source=Fair && fu note acme mine && fu sync) &&
	fu -C cora sync >out && test_grep "took in 2 commits, merged, sent 3" out &&
	test "$(git -C cora rev-list --parents -1 HEAD | wc -w)" -eq 3 &&
	git -C cora log -1 --format=%B >message &&
	test_grep "^sync: merge origin/main$" message && test_grep "^Fu-Act: sync$" message &&
	(cd ann && fu sync) && same_tree ann cora && is_clean ann && is_clean cora &&
	fu -C ann show --json acme >doc && json doc .via Partner && json doc .source Fair &&
	fu -C ann fsck && fu -C cora fsck && fu -C ann check
'

test_expect_success '--no-push takes in and gives nothing out; --dry-run does neither' '
	two_people keep && cd keep &&
	(cd cora && fu note acme one && fu sync) && (cd ann && fu note acme two) &&
	nothing_changed fu -C ann sync --dry-run >"$T_OUT/line" &&
	test_grep "would take in 1 commit, would merge, would send 1 commit" "$T_OUT/line" &&
	hub=$(git -C hub.git rev-parse main) &&
	fu -C ann sync --no-push >out && test_grep "2 commits not sent" out &&
	test "$hub" = "$(git -C hub.git rev-parse main)" &&
	fu -C ann sync >out && test_grep "sent 2 commits" out
'

test_expect_success 'the same of the same fact: the later wins, whoever merges' '
	two_people later && cd later &&
	(cd ann && fu set acme via=First) && tick && (cd cora && fu set acme via=Second) &&
	cp -r hub.git hub2.git && cp -r ann ann2 && cp -r cora cora2 &&
	git -C ann2 remote set-url origin ../hub2.git &&
	git -C cora2 remote set-url origin ../hub2.git &&
	(cd ann && fu sync) && (cd cora && fu sync) &&
	(cd cora2 && fu sync) && (cd ann2 && fu sync) &&
	same_tree cora ann2 && fu -C ann2 show --json acme >doc && json doc .via Second
'

test_expect_success 'an edit on one side, acts on the other; the later of two edits' '
	two_people edits && cd edits &&
	(cd ann && fu note acme "first words" && fu sync) && (cd cora && fu sync) &&
	tick && (cd ann && sed -i "s/first words/words of ann/" opportunities/*/acme.ini &&
		fu record) &&
	tick && (cd cora && sed -i "s/first words/words of cora/" opportunities/*/acme.ini &&
		fu record && fu note acme more) &&
	(cd ann && fu sync) && (cd cora && fu sync) && (cd ann && fu sync) &&
	same_tree ann cora && grep -q "words of cora" ann/opportunities/*/acme.ini &&
	test_must_fail grep -q "words of ann" ann/opportunities/*/acme.ini
'

test_expect_success 'a hand edit is recorded first; one that is wrong stops it' '
	two_people hand && cd hand &&
	(cd cora && fu note acme one && fu sync) &&
	sed -i "s/^title = Website$/title = Shop/" ann/opportunities/*/acme.ini &&
	fu -C ann sync >out 2>err && test_grep "recorded what was edited by hand" err &&
	is_clean ann && fu -C cora sync && fu -C cora show --json acme >doc &&
	json doc .title Shop &&
	(cd ann/opportunities/* && echo rubbish >>acme.ini) &&
	refuses 128 "acme.ini:" fu -C ann sync
'

test_expect_success 'renamed here, gone on there: the acts follow' '
	two_people moved && cd moved &&
	(cd ann && fu rename acme acme-shop) && tick &&
	(cd cora && fu note acme "for the old name") &&
	(cd ann && fu sync) && (cd cora && fu sync) && (cd ann && fu sync) &&
	same_tree ann cora && test_must_fail test -e ann/opportunities/*/acme.ini &&
	grep -q "for the old name" ann/opportunities/*/acme-shop.ini &&
	fu -C cora show acme && fu -C ann fsck
'

test_expect_success 'merged into another here, gone on there: the acts follow' '
	two_people joined && cd joined &&
	(cd ann && fu new Double --client Acme --id double --next "fri 15:00" && fu sync) &&
	(cd cora && fu sync) &&
	(cd ann && fu merge double acme) && tick && (cd cora && fu note double "late word") &&
	(cd cora && fu sync) && (cd ann && fu sync) && (cd cora && fu sync) &&
	same_tree ann cora && test_must_fail test -e cora/opportunities/*/double.ini &&
	grep -q "late word" cora/opportunities/*/acme.ini && fu -C cora fsck
'

test_expect_success 'settings: different keys merge, of the same the last stands' '
	two_people team && cd team &&
	(cd ann && fu config policy.retry "2 days" && fu config fu.currency USD) && tick &&
	(cd cora && fu config policy.retry "3 days" && fu config policy.max-calls 5) &&
	fu -C ann sync && fu -C cora sync 2>err &&
	test_grep "policy.retry.*3 days.*2 days" err && (cd ann && fu sync) &&
	same_tree ann cora &&
	test "$(fu -C ann config policy.retry)" = "3 days" &&
	test "$(fu -C ann config policy.max-calls)" = 5 &&
	test "$(fu -C ann config fu.currency)" = USD
'

test_expect_success 'whatever order they merge in, settings and processes are the same' '
	two_people orders && cd orders &&
	(cd ann && printf "\n# of ann\n[team]\nann = Ann <ann@example.com>\n" >>fu.ini &&
		sed -i "s/^title = .*/title = By Ann/" processes/phone.ini && fu record) && tick &&
	(cd cora && printf "\n[team]\ncora = Cora <cora@example.com>\n" >>fu.ini &&
		sed -i "s/^title = .*/title = By Cora/" processes/phone.ini && fu record) &&
	cp -r hub.git hub2.git && cp -r ann ann2 && cp -r cora cora2 &&
	git -C ann2 remote set-url origin ../hub2.git &&
	git -C cora2 remote set-url origin ../hub2.git &&
	(cd ann && fu sync) && (cd cora && fu sync) &&
	(cd cora2 && fu sync) && (cd ann2 && fu sync) &&
	same_tree cora ann2 && grep -q "^ann = " ann2/fu.ini && grep -q "^cora = " ann2/fu.ini &&
	grep -q "By Cora" ann2/processes/phone.ini
'

test_expect_success 'other files: git merges what it can; else both are kept, no markers' '
	two_people readme && cd readme &&
	(cd ann && printf "one\n2\n3\n4\nfive\n" >README && git add README && git commit -qm r &&
		fu sync) &&
	(cd cora && fu sync && sed -i s/five/FIVE/ README && git commit -qam five) &&
	(cd ann && sed -i s/one/ONE/ README && git commit -qam one && fu sync) &&
	(cd cora && fu sync) && (cd ann && fu sync) && same_tree ann cora &&
	printf "ONE\n2\n3\n4\nFIVE\n" >wanted && test_cmp wanted ann/README &&
	(cd ann && echo ann >README && git commit -qam ann && fu sync) &&
	(cd cora && echo cora >README && git commit -qam cora && fu sync 2>../err) &&
	test_grep "both sides changed .README" err && (cd ann && fu sync) &&
	same_tree ann cora && cat ann/README* >all && test_grep "^ann$" all &&
	test_grep "^cora$" all && test_must_fail grep -q "<<<" all && is_clean ann
'

test_expect_success 'a file that git does not know of is not overwritten' '
	two_people stray && cd stray &&
	(cd cora && echo theirs >plan.txt && git add plan.txt && git commit -qm plan && fu sync) &&
	echo mine >ann/plan.txt &&
	refuses 128 "plan.txt" fu -C ann sync && echo mine >wanted && test_cmp wanted ann/plan.txt
'

test_expect_success 'links and the like are not taken in' '
	two_people hostile && cd hostile &&
	(cd cora && ln -s /etc/passwd opportunities/evil.ini && git add -A && git commit -qm evil &&
		git push -q) &&
	refuses 128 "no plain file" fu -C ann sync
'

test_expect_success 'what is fetched has to be a fu repository still' '
	two_people broken && cd broken &&
	(cd cora && echo "[fu" >fu.ini && git commit -qam broken && git push -q) &&
	refuses 128 "fetched" fu -C ann sync &&
	(cd cora && git rm -q fu.ini && git commit -qm gone && git push -q) &&
	refuses 128 "no fu repository" fu -C ann sync
'

test_expect_success 'no remote, unknown remote, none that answers' '
	new_repo alone && refuses 128 "one machine only" fu -C alone sync &&
	refuses 128 "no remote .nowhere" fu -C alone sync nowhere &&
	git -C alone remote add gone ../gone.git &&
	refuses 128 "cannot fetch from .gone" fu -C alone sync
'

test_expect_success 'two repositories with no common history' '
	mkdir apart && cd apart && git init -q --bare hub.git &&
	for i in one two; do
		new_repo $i && git -C $i remote add origin ../hub.git && tick || return 1
	done &&
	fu -C one sync && refuses 128 "no common history" fu -C two sync
'

# Somebody deletes the record with plain git, and pushes it: deleted_there <dir>
deleted_there()
{
	two_people "$1" && git -C "$1/cora" rm -q -- "opportunities/*/acme.ini" &&
	git -C "$1/cora" commit -qm "away with it" && git -C "$1/cora" push -q
}

test_expect_success 'a record that was deleted with plain git is missed, and comes back' '
	deleted_there gone && cd gone && path=$(cd ann && echo opportunities/*/acme.ini) &&
	cp ann/$path before && fu -C ann sync --json >doc 2>err && json doc ".lost[0]" "$path" &&
	test_grep "^warning: .$path. was deleted on the other side" err && test ! -e ann/$path &&
	(cd ann && sh -c "$(sed -n "s/^hint: to have it again: //p" ../err)") &&
	cmp before ann/$path && is_clean ann && fu -C ann check && fu -C ann sync -q 2>err &&
	test_must_fail grep deleted err && fu -C cora sync -q && cmp before cora/$path
'

test_expect_success 'also where both went on; processes too; what fu moves is not missed' '
	deleted_there deleted && cd deleted && git -C cora rm -q processes/phone.ini &&
	git -C cora commit -qm "no phones" && git -C cora push -q &&
	fu -C ann new Other --client Else --id other && fu -C ann sync -q 2>err &&
	test_grep "acme.ini. was deleted" err && test_grep "phone.ini. was deleted" err &&
	test_line_count -eq 3 err &&
	(cd ann && sh -c "$(sed -n "s/^hint: to have it again: //p" ../err)") && is_clean ann &&
	fu -C ann check && cd .. && two_people renamed && cd renamed &&
	fu -C ann new Other --client Else --id other && fu -C ann sync -q && fu -C cora sync -q &&
	fu -C cora rename acme contoso && fu -C cora merge other contoso && fu -C cora sync -q &&
	fu -C ann sync -q 2>err && test_must_fail grep deleted err
'

test_expect_success 'what a killed sync had fetched is cleared away by the next' '
	two_people stale && cd stale && dead=$(sh -c "echo \$\$") &&
	git -C ann update-ref refs/fu/fetched/$dead/main HEAD &&
	git -C ann update-ref refs/fu/fetched/$$/main HEAD && fu -C ann sync -q &&
	git -C ann for-each-ref --format="%(refname)" refs/fu >refs &&
	echo refs/fu/fetched/$$/main >want && test_cmp want refs
'

test_expect_success 'a detached HEAD, a merge that is not finished' '
	two_people busy && cd busy && git -C ann checkout -q --detach &&
	refuses 128 detached fu -C ann sync && git -C ann checkout -q main &&
	(cd cora && fu note acme x && fu sync) &&
	git -C ann rev-parse HEAD >ann/.git/MERGE_HEAD && refuses 128 merge fu -C ann sync
'

test_expect_success 'a history that was rewritten is neither followed nor overwritten' '
	two_people rewritten && cd rewritten &&
	(cd cora && fu note acme one && fu sync) && fu -C ann sync &&
	git -C cora reset -q --hard HEAD^ && (cd cora && fu note acme other) &&
	git -C cora push -qf && refuses 128 "was rewritten" fu -C ann sync &&
	refuses 128 "was rewritten" fu -C ann sync &&
	git -C ann fetch -q && refuses 128 "was rewritten" fu -C ann sync &&
	git -C ann reset -q --hard origin/main && fu -C ann sync && same_tree ann cora
'

test_expect_success 'nor where it was only set back' '
	two_people set-back && cd set-back &&
	(cd cora && fu note acme one && fu sync) && fu -C ann sync &&
	git -C hub.git update-ref refs/heads/main main^ &&
	refuses 128 "was rewritten" fu -C ann sync
'

test_expect_success 'a hook over there that says no: what was merged stays' '
	two_people hook && cd hook &&
	(cd cora && fu note acme one && fu sync) &&
	printf "#!/bin/sh\necho no such thing >&2\nexit 1\n" >hub.git/hooks/pre-receive &&
	chmod +x hub.git/hooks/pre-receive && (cd ann && fu note acme two) &&
	test_expect_code 128 fu -C ann sync 2>err && test_grep "no such thing" err &&
	test_grep "what was merged stays" err && is_clean ann &&
	grep -q "^note = one" ann/opportunities/*/acme.ini &&
	rm hub.git/hooks/pre-receive && fu -C ann sync >out && test_grep "sent 2 commits" out
'

# As git says it; the hook stands for the other one whose push is just ending.
test_expect_success 'a push that met the end of another one is tried again' '
	two_people ending && cd ending && (cd ann && fu note acme one) && cat >hub.git/hooks/pre-receive <<-\EOF &&
	#!/bin/sh
	test -e met && exit 0
	>met
	echo "error: cannot lock ref '"'refs/heads/main'"': is at 64fc4db but expected f7c9cc9" >&2
	exit 1
	EOF
	chmod +x hub.git/hooks/pre-receive && fu -C ann sync -q 2>err && test -e hub.git/met &&
	test "$(git -C hub.git rev-parse main)" = "$(git -C ann rev-parse HEAD)"
'

test_expect_success 'a race is retried after a merge' '
	two_people race && cd race && (cd cora && fu note acme one) && (cd ann && fu note acme two) &&
	cat >hook <<-EOF &&
	#!/bin/sh
	test -e "$PWD/raced" && exit 0
	: >"$PWD/raced"
	env -u GIT_DIR fu -C "$PWD/cora" sync -q
	EOF
	cp hook ann/.git/hooks/pre-push && chmod +x ann/.git/hooks/pre-push &&
	fu -C ann sync >out 2>err && test -e raced && test_grep "merged, sent 2" out &&
	fu -C cora sync && same_tree ann cora
'

# A signer, which is asked under fu's lock, moves the branch as `git commit` may.
committing_signer()
{
	cat >signer <<-EOF && chmod +x signer
		#!/bin/sh
		cat >/dev/null
		cd "$PWD/ann" || exit 1
		if test ! -e ../moved; then
			new=\$(git commit-tree -p HEAD -m "plain commit" "HEAD^{tree}") &&
			git update-ref refs/heads/main "\$new" && echo >../moved
		fi
		printf "%s\n%s\n" "-----BEGIN PGP SIGNATURE-----" "-----END PGP SIGNATURE-----"
		echo "[GNUPG:] SIG_CREATED D" >&2
	EOF
}

test_expect_success 'a plain commit while it merges: it merges with that one' '
	two_people beside && cd beside && committing_signer &&
	(cd cora && fu note acme "of cora" && fu sync -q) &&
	(cd ann && fu note acme "of ann" && git config commit.gpgSign true &&
		git config gpg.program "$PWD/../signer" && fu sync) >out &&
	test -e moved && git -C ann log --format=%s >subjects &&
	test_grep "plain commit" subjects && test_grep "sync: merge" subjects &&
	test "$(git -C hub.git rev-parse main)" = "$(git -C ann rev-parse HEAD)" &&
	grep -q "of cora" ann/opportunities/*/acme.ini && grep -q "of ann" ann/opportunities/*/acme.ini
'

test_expect_success 'six people sync at once: everything arrives' '
	two_people crowd && cd crowd &&
	for i in 1 2 3 4 5 6; do
		fu clone -q hub.git p$i && (cd p$i && fu note acme "of $i") || return 1
	done &&
	for i in 1 2 3 4 5 6; do
		fu -C p$i sync -q 2>err$i &
	done && wait &&
	for i in 1 2 3 4 5 6; do
		fu -C p$i sync -q || return 1
	done &&
	fu -C ann sync && for i in 1 2 3 4 5 6; do
		grep -q "of $i" ann/opportunities/*/acme.ini || return 1
	done
'

test_expect_success 'without the git program it says what it needs' '
	two_people nogit && cd nogit && mkdir bin &&
	ln -s "$(command -v fu)" bin/fu &&
	refuses 128 "needs the program .git" env PATH="$PWD/bin" fu -C ann sync &&
	refuses 128 "needs the program .git" env PATH="$PWD/bin" fu clone hub.git third
'

test_expect_success 'words of the remote do not reach the terminal raw' '
	two_people raw && cd raw && (cd ann && fu note acme two) &&
	printf "#!/bin/sh\nprintf \"\\\\033[31mred\\\\n\" >&2\nexit 1\n" >hub.git/hooks/pre-receive &&
	chmod +x hub.git/hooks/pre-receive && test_expect_code 128 fu -C ann sync 2>err &&
	test_grep red err && test_must_fail grep -q "$(printf "\033")" err
'

test_expect_success PTY 'nor while it is fetched and sent, on a terminal' '
	two_people loud && cd loud && (cd ann && fu note acme two) &&
	printf "#!/bin/sh\nprintf \"\\\\033[31mred\\\\007\\\\n\" >&2\n" >hub.git/hooks/pre-receive &&
	chmod +x hub.git/hooks/pre-receive && on_terminal "" fu -C ann sync >out &&
	test_grep "remote: .x1b.31mred.x07" out && test_grep "Writing objects: 100%" out &&
	test_must_fail grep -q "$(printf "\033")" out
'

test_expect_success 'nor does more of them than anybody reads' '
	two_people endless && cd endless && (cd ann && fu note acme two) &&
	printf "#!/bin/sh\nhead -c 50000000 /dev/zero | tr \"\\\\0\" x >&2\nexit 1\n" >hub.git/hooks/pre-receive &&
	chmod +x hub.git/hooks/pre-receive && test_expect_code 128 fu -C ann sync 2>err &&
	test "$(wc -c <err)" -lt 2000000 && test_grep "was not pushed" err
'

test_expect_success '--json, -q, usage' '
	two_people words && cd words && (cd cora && fu note acme one && fu sync -q) >out &&
	test_must_fail grep . out.none && fu -C ann sync --json >doc && json doc .taken 1 &&
	json doc ".conflicts | length" 0 && json doc .remote origin &&
	refuses 129 . fu sync --nonsense && refuses 129 . fu clone &&
	refuses 129 . fu sync a b
'

test_done
