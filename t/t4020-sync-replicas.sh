#!/bin/sh
test_description='three replicas, random acts, random order of syncs: all end the same'
. "${0%/*}/lib.sh"

# Few rounds by default: a round runs some forty programs. T_LONG=1 plays many; the same
# property without programs is held by t/unit/test-union.c, thousands of rounds of it.
rounds=4
test -z "$T_LONG" || rounds=40

seed=1
# A number below $1, the same in every run, in $random.
random()
{
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	random=$((seed / 65536 % $1))
}

# Some act of some person; that a rule refuses it is fine.
some_act()
{
	random 3 && repo=p$random
	random 2 && opp=$(echo acme globex | cut -d' ' -f$((random + 1)))
	random 28 && day=$((random + 1))
	random 11
	case $random in
	0 | 1) set -- note $opp "note $seed" ;;
	2 | 3) set -- schedule $opp "2027-01-$day 10:00" ;;
	4) set -- set $opp via="Partner $seed" ;;
	5) set -- heard $opp --what "mail $seed" --again "2027-02-$day" ;;
	6) set -- log-meeting $opp --outcome repeat --cause timing --ours none \
		--theirs "send figures" --next "2027-03-$day 10:00" ;;
	7) set -- undo $opp ;;
	8) set -- abandon $opp --cause timing --because no ;;
	9) set -- reopen $opp --because yes ;;
	10) set -- new "Deal $seed" --client C --id "deal-$day" --next "2027-01-$day 12:00" ;;
	esac
	fu -C $repo "$@" >/dev/null 2>&1
	test $? -ne 1 || return 0
}

sync_one()
{
	fu -C $1 sync -q >/dev/null 2>err
	code=$?
	test $code -le 1 || { cat err && return 1; }
}

acts_of()
{
	sed -n 's/^\[[a-z]* \([a-z0-9]*\)\]$/\1/p' "$1"/opportunities/*/*.ini | sort -u
}

# The answers are recorded too, now and then.
some_answer()
{
	random 3 && repo=p$random
	fu -C $repo next --all --json >doc
	opp=$(jq -r 'map(select(.kind == "conflict"))[0].opportunity // empty' doc)
	test -n "$opp" || return 0
	keep=$(fu -C $repo resolve "$opp" 2>&1 | sed -n 's/^hint: --keep \([a-z0-9]*\) .*/\1/p' |
		head -1)
	fu -C $repo resolve "$opp" --keep "$keep" >/dev/null 2>&1 || return 0
}

play_round()
{
	for step in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
		random 4
		if test $random -eq 0; then
			random 3 && sync_one p$random || return 1
		elif test $random -eq 1; then
			some_answer || return 1
		else
			some_act || return 1
		fi
		random 900 && tick $random
	done
	for i in 0 1 2; do
		acts_of p$i
	done | sort -u >every
	for i in 0 1 2 0 1 2; do
		sync_one p$i || return 1
	done
	for i in 0 1 2; do
		git -C p$i rev-parse 'HEAD^{tree}' >tree$i && test_cmp tree0 tree$i &&
		acts_of p$i >has && test_cmp every has &&
		git -C p$i status --porcelain >dirt && test_cmp /dev/null dirt || return 1
	done
}

test_expect_success JQ 'set up' '
	git init -q --bare hub.git && new_repo p0 &&
	fu -C p0 new Website --client Acme --id acme --next "tue 24 nov 15:00" &&
	fu -C p0 new Other --client Globex --id globex --next "tue 24 nov 16:00" &&
	git -C p0 remote add origin ../hub.git && fu -C p0 sync &&
	fu clone -q hub.git p1 && fu clone -q hub.git p2
'

round=0
while test $round -lt $rounds; do
	round=$((round + 1))
	test_expect_success JQ "round $round: the same tree, and every act" 'play_round'
done

test_expect_success JQ 'nothing is damaged' '
	for i in 0 1 2; do
		fu -C p$i fsck || return 1
	done
'

test_done
