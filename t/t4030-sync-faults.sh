#!/bin/sh
test_description='a sync that is killed leaves nothing half merged'
. "${0%/*}/lib.sh"

test_have_prereq STRACE || test_skip 'no strace here'
look_for_no_leaks

# Ann has something, the remote has something else: to be merged, or (forward) to be
# followed. setup_pair <dir> [forward]
setup_pair()
{
	mkdir "$1" && cd "$1" && git init -q --bare hub.git && new_repo ann &&
	fu -C ann new Website --client Acme --id acme --next 'tue 24 nov 15:00' &&
	git -C ann remote add origin ../hub.git && fu -C ann sync -q && fu clone -q hub.git cora &&
	fu -C cora note acme theirs && fu -C cora new B --client B --id b --next 'fri 15:00' &&
	fu -C cora sync -q && { test "$2" = forward || fu -C ann note acme ours; }
} >/dev/null 2>&1

# Kills the sync of a copy at its n-th call of that kind; says in $ended whether it lived.
kill_at()
{
	rm -rf try && mkdir try && cp -r hub.git ann try/ &&
	(
		cd try/ann &&
		strace -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" \
			fu sync -q </dev/null
	) >/dev/null 2>&1
	ended=$?
}

# Whatever state it is in: one command later it is the old one or the new one, whole;
# and the next sync brings everything together.
is_whole()
{
	before=$(git -C ann rev-parse HEAD) &&
	fu -C try/ann list >/dev/null && fu -C try/ann note acme after >/dev/null &&
	git -C try/ann status --porcelain -uall >dirt && test_cmp /dev/null dirt &&
	find try/ann/.git -maxdepth 1 -name '*.lock' >locks && test_cmp /dev/null locks &&
	parent=$(git -C try/ann rev-parse HEAD^) &&
	if test "$parent" != "$before"; then
		grep -q "^note = theirs" try/ann/opportunities/*/acme.ini &&
		test -e try/ann/opportunities/*/b.ini
	fi &&
	{ fu -C try/ann sync -q || { echo "the next sync failed" && return 1; }; } &&
	grep -q "^note = theirs" try/ann/opportunities/*/acme.ini &&
	grep -q "^note = after" try/ann/opportunities/*/acme.ini &&
	fu -C try/ann fsck
}

# sweep <calls> <step>: kills at every <step>-th call until it comes to its end
sweep()
{
	n=1
	while :; do
		kill_at "$1" $n
		is_whole || { echo "killed at $1 number $n" && return 1; }
		test $ended -eq 137 || break
		n=$((n + $2))
	done
	echo "$n" && test $n -gt 1
}

# Where files come into their place and where they go; with T_LONG=1 at every call that
# changes something.
test_expect_success 'a merge, killed at every renameat' '
	setup_pair merge && sweep renameat 1
'

test_expect_success 'followed, killed at every renameat' '
	setup_pair forward forward && sweep renameat 1
'

for calls in linkat unlinkat rename unlink; do
	test_expect_success "a merge, killed at $calls" "
		setup_pair merge-$calls && sweep $calls ${T_LONG:-3}
	"
done

test -z "$T_LONG" || for calls in linkat unlinkat openat fsync write mkdir; do
	test_expect_success "followed, killed at $calls" "
		setup_pair forward-$calls forward && sweep $calls 1
	"
done

test_expect_success 'a sync that is interrupted while it pushes has merged, or has not' '
	setup_pair push && cp -r ann keep &&
	printf "#!/bin/sh\nkill -9 \$(cat \"%s/pid\")\nexit 1\n" "$PWD" >ann/.git/hooks/pre-push &&
	chmod +x ann/.git/hooks/pre-push &&
	{ sh -c "echo \$\$ >pid; exec fu -C ann sync -q"; test $? -eq 137; } &&
	rm ann/.git/hooks/pre-push && git -C ann status --porcelain >dirt &&
	test_cmp /dev/null dirt && fu -C ann sync && fu -C cora sync &&
	git -C ann rev-parse HEAD >one && git -C cora rev-parse HEAD >other && test_cmp one other
'

test_done
