#!/bin/sh
test_description='a sync that is killed leaves nothing half merged'
. "${0%/*}/lib.sh"

# Ann has something, the remote has something else: setup_pair <dir>
setup_pair()
{
	mkdir "$1" && cd "$1" && git init -q --bare hub.git && new_repo ann &&
	fu -C ann new Website --client Acme --id acme --next 'tue 24 nov 15:00' &&
	git -C ann remote add origin ../hub.git && fu -C ann sync -q && fu clone -q hub.git cora &&
	fu -C cora note acme theirs && fu -C cora new B --client B --id b --next 'fri 15:00' &&
	fu -C cora sync -q && fu -C ann note acme ours
} >/dev/null 2>&1

# Kills and errors at its system calls: t9013.
test_expect_success 'a sync that is interrupted while it pushes has merged, or has not' '
	setup_pair push &&
	printf "#!/bin/sh\nkill -9 \$(cat \"%s/pid\")\nexit 1\n" "$PWD" >ann/.git/hooks/pre-push &&
	chmod +x ann/.git/hooks/pre-push &&
	{ sh -c "echo \$\$ >pid; exec fu -C ann sync -q"; test $? -eq 137; } &&
	rm ann/.git/hooks/pre-push && git -C ann status --porcelain >dirt &&
	test_cmp /dev/null dirt && fu -C ann sync && fu -C cora sync &&
	git -C ann rev-parse HEAD >one && git -C cora rev-parse HEAD >other && test_cmp one other
'

test_done
