#!/bin/sh
test_description='the contract of the command line, sentence by sentence'
. "${0%/*}/lib.sh"

repos=0

# A repository of its own, with one opportunity.
begin()
{
	repos=$((repos + 1))
	at 2026-11-20T10:00 && new_repo "r$repos" && cd "r$repos" &&
		fu new -q Website --client Acme --id acme "$@" \
			--contact 'Jane Doe <jane@acme.example>; +34 600 111 222'
}

# facts <filter> <expected>: of acme
facts()
{
	fu show acme --json >"$T_OUT/facts" && json "$T_OUT/facts" "$1" "$2"
}

kinds()
{
	fu next acme --json | jq -r '[.[].kind] | join(" ")'
}

reason()
{
	fu next acme --json | jq -r '.[] | select(.kind == "decide").reason'
}

meets()
{
	fu log-meeting -q acme --ours none --theirs none "$@" 2>"$T_OUT/err" || {
		cat "$T_OUT/err"
		return 1
	}
}

calls()
{
	fu log-call -q acme --purpose schedule "$@"
}

confirms()
{
	fu log-call -q acme --purpose confirm "$@"
}

proposed()
{
	begin && meets --outcome proceed --confirm thu --options "both; phase 1"
}

# ---- 1. conventions ----

# Each line: a call that is wrong whatever the repository is like.
wrong_usage()
{
	cat <<-EOF
	nonsense
	next --role boss
	next -n x
	next --ahead soon
	next --bogus
	next --format %(nope)
	next --json --format x
	log-call
	log-call a --purpose x
	log-call a --result well
	log-call a --purpose schedule --result booked --next blurb
	log-call a --note x
	log-touch a --gives saving-money --what x
	log-touch a --channel visits
	log-meeting a --outcome well
	log-meeting a --temperature tepid
	log-meeting a --cause bad
	new T --client A --value 1,000
	new T --client A --interval soon
	schedule a someday
	schedule a tue --by me
	cancel a --by x
	kept a
	move a b blurb
	wait a blurb --because x
	set a
	set a nokey=x
	set a expires=blurb
	contact a foo
	win a --care soon
	merge a
	rename a
	rename a B_C
	who
	list --status x
	list --sort foo
	commitments --due blurb
	log --act foo
	log --since blurb
	report foo
	review --foo
	import --foo
	EOF
}

test_expect_success 'wrong usage is judged before the repository is looked for' '
	mkdir nowhere && cd nowhere && wrong_usage >"$T_OUT/wrong" &&
	while read -r words; do
		set -f && set -- $words && set +f &&
		{ fu "$@" >"$T_OUT/said" 2>&1; test $? -eq 129; } ||
			{ echo "not 129: fu $words" && cat "$T_OUT/said"; return 1; }
	done <"$T_OUT/wrong" &&
	refuses 128 "not in a repository" fu next && refuses 128 "not in a repository" fu brief acme
'

test_expect_success 'days off are 24 dec to 6 jan where nothing else is said' '
	begin && at 2026-12-23T10:00 && calls --result no-answer && facts .next.at 2027-01-07 &&
	fu config -q hours.off "7 jan, 8 jan" && calls --result no-answer && facts .next.at 2026-12-24 &&
	fu config -q --unset hours.off && fu config -q hours.off none &&
	calls --result voicemail && facts .next.at 2026-12-24
'

test_expect_success 'a retry in hours stays within working hours' '
	begin && fu config -q policy.retry 3h && calls --result no-answer &&
	facts .next.at 2026-11-20T13:00:00+01:00 && at 2026-11-20T16:00 && calls --result no-answer &&
	facts .next.at 2026-11-23T09:00:00+01:00 && at 2026-11-21T05:00 && calls --result voicemail &&
	facts .next.at 2026-11-23T09:00:00+01:00 && facts .next.attempts 3
'

# ---- 2. the life of an opportunity ----

test_expect_success 'a schedule call: its results, and what each of them needs' '
	begin && refuses 1 "next. is missing" fu log-call acme --purpose schedule --result booked &&
	refuses 1 "time is missing" fu log-call acme --purpose schedule --result booked --next tue &&
	refuses 1 "wait. is missing" fu log-call acme --purpose schedule --result deferred &&
	test_grep "because. is missing" "$refusal" &&
	refuses 1 "is no result of a call to schedule" fu log-call acme --purpose schedule --result confirmed &&
	refuses 1 "is no result of a call to schedule" fu log-call acme --purpose schedule --result undecided &&
	calls --result no-answer && facts .next.kind call && facts .next.at 2026-11-23 &&
	calls --result voicemail --again "tue 11:00" && facts .next.at 2026-11-24T11:00:00+01:00 &&
	calls --result declined && facts .next.at 2026-11-23 &&
	calls --result deferred --wait "1 feb" --because budget && facts .status waiting &&
	calls --result booked --next "tue 15:00" && facts .next.kind appointment &&
	calls --result declined --outcome abandon --cause gone --because "they merge" && facts .status abandoned
'

test_expect_success 'a confirm call: its results, and what each of them needs' '
	proposed && facts .activity discovery &&
	refuses 1 "is no result of a call to confirm" fu log-call acme --purpose confirm --result booked &&
	refuses 1 "again. is missing" fu log-call acme --purpose confirm --result undecided &&
	test_grep "because. is missing" "$refusal" &&
	refuses 1 "chose. is missing" fu log-call acme --purpose confirm --result confirmed &&
	test_grep "outcome. is missing" "$refusal" && test_grep "next. is missing" "$refusal" &&
	refuses 1 "none of the options" fu log-call acme --purpose confirm --result confirmed --chose all --outcome proceed --next "fri 10:00" &&
	confirms --result no-answer && facts .next.at 2026-11-23 && facts .next.attempts 1 &&
	facts .next.options "[\"both\",\"phase 1\"]" && facts .next.outcome proceed &&
	confirms --result undecided --again "tue 10:00" --because "no quorum" && facts .next.kind confirmation &&
	confirms --result declined && facts .next.kind confirmation && facts .next.outcome proceed &&
	confirms --result confirmed --chose both --outcome proceed --next "fri 10:00" &&
	facts .activity workshop && facts .next.kind appointment
'

test_expect_success 'a confirm call without an open confirmation: that alone is said' '
	begin && refuses 1 "has no open confirmation" fu log-call acme --purpose confirm --result confirmed &&
	test_line_count -eq 2 "$refusal" && test_grep "^hint: --purpose schedule" "$refusal"
'

test_expect_success 'a call has no place for what was talked about, and says why' '
	begin && refuses 129 "no place for what was talked about" fu log-call acme --purpose schedule --result no-answer --note x
'

test_expect_success 'roles that are enforced: a salesperson is refused, and told what a held call is' '
	begin && git config fu.role salesperson && calls --result no-answer &&
	fu config -q policy.roles enforced &&
	refuses 1 "coordinator" fu log-call acme --purpose schedule --result no-answer &&
	test_grep "^hint: fu log-meeting acme --channel phone" "$refusal" &&
	git config fu.role coordinator && calls --result no-answer
'

test_expect_success 'a try that reached nobody replaces no appointment, no wait, no confirmation' '
	begin --next "tue 15:00" && calls --result no-answer && facts .next.kind appointment &&
	refuses 1 "leaves the appointment" fu log-call acme --purpose schedule --result no-answer --again thu &&
	fu wait -q acme "1 feb" --because z && calls --result voicemail && facts .next.kind wait &&
	cd .. && proposed && calls --result no-answer && facts .next.kind confirmation
'

test_expect_success 'proceed on the last activity wins; with a next step it is told so' '
	begin && fu set -q acme activity=decision --because "begun there" &&
	refuses 1 "the last activity, wins" fu log-meeting acme --outcome proceed --next "tue 10:00" --ours none --theirs none &&
	refuses 1 "abandoned opportunity has no next step" fu log-meeting acme --outcome abandon --cause gone --because x --next "tue 10:00" &&
	fu log-meeting -q acme --outcome proceed && facts .status won
'

test_expect_success 'a meeting is at the time of the appointment that has passed, else now' '
	begin --next "mon 15:00" && fu log-meeting acme --outcome repeat --cause timing --next "fri 10:00" --ours none --theirs none --dry-run --json 2>/dev/null >"$T_OUT/act" &&
	json "$T_OUT/act" .at 2026-11-20T10:00:00+01:00 && at 2026-11-25T11:00 &&
	meets --outcome repeat --cause timing --next "fri 10:00" && facts ".meetings[0].at" 2026-11-23T15:00:00+01:00
'

test_expect_success 'last_contact: a meeting, a touch, what was heard, a call that reached them; else opened' '
	begin --opened "2 nov" && facts .last_contact 2026-11-02T12:00:00+01:00 &&
	calls --result no-answer && calls --result voicemail && fu note -q acme hi &&
	facts .last_contact 2026-11-02T12:00:00+01:00 && tick && calls --result declined &&
	facts .last_contact 2026-11-20T10:01:00+01:00 && tick && fu heard -q acme &&
	facts .last_contact 2026-11-20T10:02:00+01:00 && tick &&
	fu log-touch -q acme --gives education --what "the study" &&
	facts .last_contact 2026-11-20T10:03:00+01:00
'

test_expect_success 'while waiting: our commitments, theirs and the interval are due, nothing else' '
	begin --interval "2 weeks" && fu heard -q acme --ours "the map by 1 dec" --theirs "the list by 1 dec" &&
	fu wait -q acme "31 jan" --because budget && test -z "$(kinds)" && at 2026-12-15T10:00 &&
	test "$(kinds)" = "owe owed touch" && at 2027-02-01T10:00 && test "$(kinds)" = "owe owed touch returned"
'

test_expect_success 'closed ones take some acts, and refuse the others, naming reopen' '
	begin --next "tue 15:00" && fu heard -q acme --ours "the map by mon" --ours "the key by mon" --ours "the plan by mon" &&
	fu new -q Dup --client Acme --id dup && fu win -q acme &&
	for words in "log-meeting acme --outcome repeat" "log-call acme --purpose schedule --result no-answer" \
		"schedule acme fri" "cancel acme --by us" "wait acme fri --because x" \
		"abandon acme --cause gone --because x" "win acme"; do
		refuses 1 "is won" fu $words && test_grep "^hint: fu reopen acme" "$refusal" || return 1
	done &&
	fu heard -q acme --what hi && fu note -q acme hi && fu set -q acme source=fair &&
	fu contact -q acme add Bob && fu kept -q acme map && fu move -q acme key "1 dec" && fu broken -q acme plan &&
	fu log-touch -q acme --gives education --what "the study" && fu merge -q dup acme 2>/dev/null &&
	fu rename -q acme acme-site && fu undo -q acme && fu reopen -q acme --because "they came back" && facts .status open
'

test_expect_success 'a cancelled appointment: by whom is asked; tried again by policy.retry' '
	begin --next "mon 15:00" && refuses 1 "by. is missing" fu cancel acme && at 2026-11-24T10:00 &&
	fu cancel -q acme --by them --no-show && facts .next.kind call && facts .next.at 2026-11-25 &&
	fu brief acme >"$T_OUT/brief" && test_grep "they did not come to the appointment" "$T_OUT/brief"
'

# ---- 4. next ----

test_expect_success 'next: the fields of an item, in their order' '
	begin && fu next --json >"$T_OUT/next" &&
	json "$T_OUT/next" ".[0] | keys_unsorted | join(\" \")" \
		"opportunity client title kind due overdue role owner reason command contact" &&
	json "$T_OUT/next" ".[0] | [.kind, .due, .role]" "[\"adrift\",null,\"coordinator\"]" &&
	fu next --format "%(contact)" >"$T_OUT/said" && echo "Jane Doe +34 600 111 222 jane@acme.example" | test_cmp - "$T_OUT/said"
'

test_expect_success 'next: a day over capacity is noted, for each owner' '
	begin && fu config -q capacity.appointments-per-day 2 && for hour in 9 11 13; do
		fu new -q "W$hour" --client "C$hour" --owner sam --next "mon $hour:00" || return 1
	done &&
	at 2026-11-23T08:00 && fu next >"$T_OUT/said" &&
	test_grep "^Mon 23 Nov: sam has 3 appointments, over the capacity of 2$" "$T_OUT/said" &&
	fu next --json >"$T_OUT/said" && ! grep capacity "$T_OUT/said" &&
	fu next --owner ann >"$T_OUT/said" && ! grep capacity "$T_OUT/said" &&
	fu config -q capacity.appointments-per-day 3 && fu next >"$T_OUT/said" && ! grep capacity "$T_OUT/said"
'

test_expect_success 'next: a proposal expires, then has expired' '
	begin --next "15 dec 15:00" --expires "30 nov" && test "$(kinds)" = expiring && fu next >"$T_OUT/said" &&
	test_grep "^Mon 30 Nov .*the proposal expires" "$T_OUT/said" && at 2026-12-01T10:00 &&
	test "$(kinds)" = expiring && fu next >"$T_OUT/said" && test_grep "the proposal has expired" "$T_OUT/said"
'

test_expect_success 'decide: calls with nothing booked' '
	begin && calls --result no-answer && calls --result declined && test -z "$(reason)" && calls --result voicemail &&
	test "$(reason)" = "3 calls in a row with nothing booked" && fu note -q acme "kept" --decided && test -z "$(reason)"
'

test_expect_success 'decide: repeats, where the process is no cycle' '
	begin && for n in 1 2 3; do meets --outcome repeat --cause timing --next "tue 10:0$n" || return 1; done &&
	test "$(reason)" = "3 repeats in a row" && meets --outcome proceed --next "tue 11:00" && test -z "$(reason)" &&
	cd .. && begin --process account-care &&
	for n in 1 2 3 4; do meets --outcome repeat --cause timing --next "tue 10:0$n" || return 1; done && test -z "$(reason)"
'

test_expect_success 'decide: refused dates, waits' '
	begin && fu heard -q acme --no-next "not yet" && test -z "$(reason)" && fu heard -q acme --no-next "no" &&
	test "$(reason)" = "2 refused dates in a row" && fu schedule -q acme "tue 10:00" && test -z "$(reason)" &&
	for n in 1 2 3; do fu wait -q acme "$n feb" --because x || return 1; done && test "$(reason)" = "3 waits in a row"
'

test_expect_success 'decide: promises of theirs, broken or late; ours do not count' '
	begin --next "15 dec 10:00" && for n in 1 2 3 4; do
		fu heard -q acme --theirs "their$n by mon" --ours "our$n by mon" || return 1
	done &&
	at 2026-11-25T10:00 && for n in 1 2 3 4; do
		test -z "$(reason)" && fu broken -q acme "our$n" && fu kept -q acme "their$n" || return 1
	done &&
	test "$(reason)" = "4 late promises of theirs" && fu note -q acme kept --decided &&
	fu heard -q acme --theirs "oslo by thu" --theirs "lille by thu" && fu broken -q acme oslo && test -z "$(reason)" &&
	fu broken -q acme lille && test "$(reason)" = "2 broken promises of theirs"
'

test_expect_success 'decide: contacts since the last accomplishment' '
	begin --next "15 dec 10:00" && for n in 1 2 3 4; do
		fu log-touch -q acme --gives education --what "study $n" || return 1
	done &&
	fu heard -q acme && test -z "$(reason)" && fu log-touch -q acme --gives education --what "study 5" &&
	test "$(reason)" = "5 contacts since the last accomplishment" &&
	calls --result booked --next "tue 10:00" && test -z "$(reason)"
'

# ---- 3 to 6. what is recorded, and how it travels ----

test_expect_success 'log --act knows every kind of act, and what else is recorded' '
	begin && for kind in new meeting call touch heard note schedule cancel commitment wait set contact win \
		abandon reopen merge rename resolve undo record edit import sync config init; do
		fu log --act "$kind" >"$T_OUT/said" || return 1
	done &&
	calls --result no-answer && fu log --act call >"$T_OUT/said" && test_line_count -eq 1 "$T_OUT/said"
'

test_expect_success 'no commit says the name of a person' '
	proposed && confirms --result undecided --again mon --because "Jane Doe is ill" --spoke-to Jane &&
	fu heard -q acme --from Jane --what "Jane Doe says hi" --theirs "Jane Doe: the list by fri" &&
	fu log-touch -q acme --gives education --what "for Jane Doe" && fu kept -q acme list &&
	fu contact -q acme left Jane && fu schedule -q acme "tue 10:00" --with Jane &&
	git log --format=%B >"$T_OUT/said" && ! grep Jane "$T_OUT/said"
'

test_expect_success 'import --acts: who cancelled may stand as "by", as the option is called' '
	begin && cat >"$T_OUT/acts" <<-EOF &&
	{"act":"schedule","opportunity":"acme","at":"2026-11-20T10:00:00+01:00","next":"2026-11-23T10:00:00+01:00"}
	{"act":"cancel","opportunity":"acme","at":"2026-11-20T10:00:00+01:00","by":"them"}
	EOF
	at 2026-11-21T10:00 && fu import --acts <"$T_OUT/acts" >"$T_OUT/said" && fu export --acts >"$T_OUT/out" &&
	test "$(jq -r "select(.act == \"cancel\") | .side + \" \" + .by" "$T_OUT/out")" = "them Ann Author <ann@example.com>" &&
	fu import --acts <"$T_OUT/acts" >"$T_OUT/said" && test_grep "^0 acts imported" "$T_OUT/said"
'

test_expect_success 'recap: a question that was answered is not open' '
	begin && meets --outcome proceed --next "tue 10:00" --unsure "Who signs?" --unsure "Which colour?" &&
	fu log-touch -q acme --gives education --what "the colours" --answers colour &&
	fu recap acme >"$T_OUT/said" 2>&1 && test_grep "Who signs" "$T_OUT/said" && ! grep colour "$T_OUT/said"
'

test_done
