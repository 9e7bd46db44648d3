#!/bin/sh
test_description='signed commits: as git would sign them, and fu fsck verifies them'
. "${0%/*}/lib.sh"

# A throwaway key ring; what gpg needs beside gpg may be missing.
GNUPGHOME=$T_BASE/home/gnupg
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
if command -v gpg >/dev/null && gpg --batch --quiet --passphrase '' --quick-generate-key \
	'Ann Author <ann@example.com>' default default never >"$T_OUT/gpg" 2>&1; then
	test_set_prereq GPG
else
	echo "# no key could be made with gpg: $(tail -n 1 "$T_OUT/gpg" 2>/dev/null)"
fi
if command -v ssh-keygen >/dev/null &&
	ssh-keygen -q -t ed25519 -N '' -C ann -f "$HOME/key" 2>"$T_OUT/ssh" &&
	echo text | ssh-keygen -Y sign -n git -f "$HOME/key" >/dev/null 2>"$T_OUT/ssh"; then
	test_set_prereq SSH
else
	echo "# ssh-keygen cannot sign: $(tail -n 1 "$T_OUT/ssh" 2>/dev/null)"
fi

test_expect_success 'without commit.gpgSign nothing is signed' '
	new_repo &&
	cd repo &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 &&
	! git cat-file commit HEAD | grep gpgsig
'

test_expect_success GPG 'OpenPGP: git accepts what fu signed, its first commit too' '
	git config --global commit.gpgSign true &&
	new_repo pgp &&
	cd pgp &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 &&
	fu note acme "with an é" >/dev/null &&
	git verify-commit HEAD HEAD~1 HEAD~2 &&
	git log --format=%G? >"$T_OUT/said" &&
	test_line_count -eq 3 "$T_OUT/said" &&
	! grep -v "[GU]" "$T_OUT/said" &&
	git log --show-signature -1 >"$T_OUT/said" 2>&1 &&
	test_grep "Good signature from .Ann Author" "$T_OUT/said" &&
	git fsck --strict &&
	fu fsck --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.signed, .verified, (.findings | length)]" "[3,3,0]"
'

test_expect_success GPG 'a commit that was changed after it was signed is found' '
	cd pgp &&
	git cat-file commit HEAD | sed "s/^acme: note/acme: heard/" >../changed &&
	bad=$(git hash-object -t commit -w ../changed) &&
	git reset -q --hard "$bad" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(echo "$bad" | cut -c 1-9) the signature is bad" "$T_OUT/out" &&
	fu fsck --no-signatures &&
	git reset -q --hard "$bad^" &&
	fu fsck
'

test_expect_success GPG 'a key that nobody knows here is a warning, not a finding' '
	cd pgp &&
	mkdir -m 700 ../empty &&
	GNUPGHOME=$PWD/../empty fu fsck >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/out" &&
	test_grep "warning: 2 of 2 signatures could not be verified" "$T_OUT/err" &&
	GNUPGHOME=$PWD/../empty fu fsck --json 2>/dev/null | json - "[.signed, .verified]" "[2,0]"
'

test_expect_success GPG 'user.signingKey; every writing command signs' '
	git config --global user.signingKey ann@example.com &&
	cd pgp &&
	fu set acme owner=ann >/dev/null &&
	fu undo acme >/dev/null &&
	sed -i "s/^title = .*/title = Relaunch/" opportunities/*/acme.ini &&
	fu record -q && fu config policy.max-calls 4 >/dev/null &&
	git log --format=%G? | sort -u >"$T_OUT/said" &&
	! grep -v "[GU]" "$T_OUT/said"
'

test_expect_success GPG 'a signer that fails: nothing is recorded, and it is said why' '
	cd pgp &&
	test_when_finished git config --global user.signingKey ann@example.com &&
	git config --global user.signingKey nobody@example.com &&
	refuses 128 "not signed, and nothing is recorded" fu note acme "hello" &&
	test_grep -i "no secret key" "$refusal" &&
	! grep "GNUPG:" "$refusal" &&
	test_grep "^hint: .*user.signingKey" "$refusal" &&
	cd .. &&
	{ fu init --timezone UTC fresh 2>/dev/null || :; } &&
	git config --global user.signingKey ann@example.com &&
	fu init -q --timezone UTC fresh && git -C fresh verify-commit HEAD
'

test_expect_success 'a signer that is not there, says nothing, or is unknown' '
	cd repo &&
	git config commit.gpgSign true &&
	git config gpg.program no-such-gpg &&
	refuses 128 "there is no program .no-such-gpg." fu note acme "hello" &&
	git config gpg.program true &&
	refuses 128 "says nothing of a signature" fu note acme "hello" &&
	git config gpg.program false &&
	refuses 128 ".false. failed" fu note acme "hello" &&
	git config gpg.format dsa &&
	refuses 128 "unknown format .dsa." fu note acme "hello" &&
	git config --unset gpg.format && git config --unset gpg.program &&
	git config commit.gpgSign false &&
	fu note acme "hello" >/dev/null
'

test_expect_success SSH 'ssh: a key file, a key itself, and a command that prints it' '
	echo "ann@example.com $(cat "$HOME/key.pub")" >"$HOME/allowed" &&
	git config --global commit.gpgSign true &&
	git config --global gpg.format ssh &&
	git config --global user.signingKey "~/key" &&
	git config --global gpg.ssh.allowedSignersFile "~/allowed" &&
	new_repo "with blanks" &&
	cd "with blanks" &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 &&
	git verify-commit HEAD &&
	git log -1 --format=%G? >"$T_OUT/said" && test_grep "^G$" "$T_OUT/said" &&
	test ! -e .git/fu/stage/sign && test ! -e .git/fu/stage/sign.sig &&
	fu fsck --json | json - "[.signed, .verified]" "[2,2]"
'

test_expect_success SSH 'ssh: without a file of those who may sign, it cannot be said' '
	cd "with blanks" &&
	git config --global --unset gpg.ssh.allowedSignersFile &&
	test_when_finished "git config --global gpg.ssh.allowedSignersFile \"~/allowed\"" &&
	fu fsck >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/out" &&
	test_grep "2 of 2 signatures could not be verified: .*allowedSignersFile" "$T_OUT/err"
'

test_expect_success SSH 'ssh: a literal key is signed for by the agent, and found by a command' '
	cd "with blanks" &&
	command -v ssh-agent >/dev/null &&
	eval "$(ssh-agent -s)" >/dev/null &&
	test_when_finished "ssh-agent -k >/dev/null" &&
	ssh-add -q "$HOME/key" &&
	git config user.signingKey "key::$(cat "$HOME/key.pub")" &&
	fu note acme "by the agent" >/dev/null &&
	git verify-commit HEAD &&
	git config --unset user.signingKey &&
	git config --global --unset user.signingKey &&
	refuses 128 "neither user.signingKey nor gpg.ssh.defaultKeyCommand" fu note acme "x" &&
	git config gpg.ssh.defaultKeyCommand "ssh-add -L" &&
	fu note acme "by the default key" >/dev/null &&
	git verify-commit HEAD &&
	git config --global user.signingKey "~/key"
'

test_expect_success SSH 'who waits for the lock is told that a signature is waited for' '
	cd "with blanks" &&
	cat >../slow <<-\EOT &&
	#!/bin/sh
	touch "$(dirname "$0")/asked"
	cat "$(dirname "$0")/answer"
	exec ssh-keygen "$@"
	EOT
	chmod +x ../slow && mkfifo ../answer &&
	git config gpg.ssh.program "$PWD/../slow" &&
	{ fu note acme "slow" >../slow.out 2>&1 & } &&
	left=100 &&
	until test -e ../asked || test $left -eq 0; do
		sleep 0.1
		left=$((left - 1))
	done &&
	test -e ../asked &&
	tail -c 44 .git/fu/lock >"$T_OUT/lock" &&
	echo >../answer &&
	wait $! &&
	git config --unset gpg.ssh.program &&
	test_grep "waits for its commit to be signed" "$T_OUT/lock" &&
	git verify-commit HEAD &&
	tail -c 44 .git/fu/lock >"$T_OUT/lock" && ! grep waits "$T_OUT/lock"
'

test_expect_success SSH 'who interrupts the signer gets a clean refusal' '
	cd "with blanks" &&
	test_when_finished "git -C \"with blanks\" config --unset gpg.ssh.program" &&
	printf "#!/bin/sh\nkill -INT \$PPID \$\$\n" >../interrupted && chmod +x ../interrupted &&
	git config gpg.ssh.program "$PWD/../interrupted" &&
	refuses 128 "interrupted. failed" fu note acme "never" &&
	test ! -e .git/index.lock
'

# A PATH with what the shell needs, and without git, gpg and ssh.
without_git()
{
	mkdir -p "$T_BASE/bare" &&
	for t_tool in sh cat sed; do
		ln -sf "$(command -v $t_tool)" "$T_BASE/bare/$t_tool" || return 1
	done
	ln -sf "$(command -v fu)" "$T_BASE/bare/fu" &&
	PATH=$T_BASE/bare "$@"
}

test_expect_success 'without git: everything goes, and fsck says what it left out' '
	{ git config --global --unset-all commit.gpgSign || :; } &&
	without_git fu init -q --timezone Europe/Madrid --currency EUR bare &&
	cd bare &&
	without_git fu new Website --client Acme --id acme --next "tue 10:00" >/dev/null &&
	without_git fu note acme "no git here" >/dev/null &&
	without_git fu set acme title=Relaunch >/dev/null &&
	sed -i "s/^title = .*/title = By hand/" opportunities/*/acme.ini &&
	without_git fu record -q &&
	without_git fu undo acme >/dev/null &&
	without_git fu log acme >"$T_OUT/out" && test_line_count -eq 5 "$T_OUT/out" &&
	without_git fu next >/dev/null && without_git fu show acme >/dev/null &&
	without_git fu status >/dev/null && without_git fu check &&
	without_git fu fsck >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/out" &&
	test_grep "warning: there is no .git. program: .git fsck. was not run$" "$T_OUT/err" &&
	without_git fu fsck --json 2>/dev/null | json - .git_fsck false &&
	git status --porcelain >"$T_OUT/out" && test_line_count -eq 0 "$T_OUT/out" &&
	fu fsck
'

test_expect_success SSH 'without git: signing goes on where the signer is there; verifying does not' '
	cd bare &&
	git config commit.gpgSign true &&
	git config gpg.ssh.program "$(command -v ssh-keygen)" &&
	without_git fu note acme "signed" >/dev/null &&
	git verify-commit HEAD &&
	without_git fu fsck 2>"$T_OUT/err" &&
	test_grep "no signature was verified" "$T_OUT/err" &&
	without_git fu fsck --no-signatures 2>"$T_OUT/err" &&
	! grep "no signature" "$T_OUT/err"
'

gpgconf --kill gpg-agent >/dev/null 2>&1 || :
test_done
