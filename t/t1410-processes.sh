#!/bin/sh
test_description='processes: several per repository, cycles, moving over, files that change'
. "${0%/*}/lib.sh"

begin()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count"
}

acme()
{
	begin && fu new -q Website --client Acme --id acme "$@"
}

facts()
{
	fu show --json "${opp:-acme}" | json - "$@"
}

process() # <name> <activities> [<further line>]
{
	printf '[process]\ntitle = %s\nactivities = %s\n%s\n' "$1" "$2" "${3-}" >"processes/$1.ini" &&
		fu record -q -m 'another way of working'
}

# A meeting of yesterday.
meet()
{
	fu log-meeting -q "${opp:-acme}" --at '19 nov 15:00' --ours none --theirs none "$@"
}

# ---- several ----

test_expect_success 'each opportunity follows its own process, from its first activity' '
	begin && for p in field phone reseller account-care; do
		fu new -q "By $p" --client Acme --id $p --process $p || return 1
	done &&
	(opp=field && facts .process field && facts .activity discovery) &&
	(opp=phone && facts .process phone && facts .activity "$(sed -n "s/^activities = \([a-z-]*\).*/\1/p" processes/phone.ini)") &&
	fu list --process reseller --format "%(id)" >"$T_OUT/ids" && test_line_count -eq 1 "$T_OUT/ids" && fu check
'

test_expect_success 'a process of one'\''s own; the default is fu.ini'\''s' '
	begin && process tender "call, offer, award" && fu config fu.process tender &&
	fu new -q Website --client Acme --id acme && facts .process tender && facts .activity call &&
	meet --outcome proceed --next "24 nov 15:00" && facts .activity offer &&
	fu new -q Other --client Beta --id beta --process field && (opp=beta && facts .activity discovery)
'

test_expect_success 'an unknown process: refused, the nearest is suggested' '
	begin && refuses 128 "no process .feild. .did you mean .field." fu new X --client A --process feild &&
	fu new -q Website --client Acme --id acme &&
	refuses 128 "no process .feild." fu set acme process=feild --because x
'

test_expect_success 'beyond the last activity it is won; a cycle begins again' '
	begin && process short "talk, sign" && process care "visit, review" "cycle = yes" &&
	fu new -q A --client A --id acme --process short && meet --outcome proceed --next "24 nov 15:00" &&
	at 2026-11-25T10:00 && fu log-meeting -q acme --outcome proceed && facts .status won &&
	fu new -q B --client A --id beta --process care --next "26 nov 9:00" && at 2026-11-26T10:00 &&
	fu log-meeting -q beta --outcome proceed --next "27 nov 9:00" --ours none --theirs none &&
	(opp=beta && facts .activity review) &&
	at 2026-11-27T10:00 && refuses 1 "firm next step" fu log-meeting beta --outcome proceed --ours none --theirs none &&
	fu log-meeting -q beta --outcome proceed --next "1 dec 9:00" --ours none --theirs none &&
	(opp=beta && facts .activity visit && facts .status open) && fu check
'

test_expect_success 'in a cycle an agreed interval is a next step; it is not adrift' '
	begin && fu new -q Care --client Acme --id acme --process account-care --interval "6 weeks" &&
	facts .adrift false && fu next acme --json >"$T_OUT/next" && json "$T_OUT/next" "map(.kind) | index(\"adrift\")" null &&
	meet --outcome proceed && facts .status open
'

# ---- moving over ----

test_expect_success 'to another process: with its activity and a reason' '
	acme --next "24 nov 15:00" && refuses 1 "because" fu set acme process=phone activity=opening &&
	first=$(sed -n "s/^activities = \([a-z-]*\).*/\1/p" processes/phone.ini) &&
	refuses 1 "process .phone. has no activity .discovery.: .activity=. is missing" fu set acme process=phone --because x &&
	refuses 1 "no activity .nonsense. in process .phone." fu set acme process=phone activity=nonsense --because x &&
	refuses 1 "because" fu set acme activity=workshop &&
	fu set -q acme process=phone activity=$first --because "they are far away" && facts .process phone &&
	facts .activity $first && facts .next.kind appointment && fu check && fu undo -q && facts .process field &&
	facts .activity discovery
'

test_expect_success 'many at once' '
	acme && fu new -q B --client B --id beta && process short "discovery, sign" && printf "acme\nbeta\n" >ids &&
	fu set -q - process=short --because "a leaner way" <ids && facts .process short && fu check &&
	(opp=beta && facts .process short)
'

# ---- a process file that changes ----

gone()
{
	acme "$@" && meet --outcome proceed --next '24 nov 15:00' &&
		facts .activity workshop && process field 'discovery, proposal, decision'
}

test_expect_success 'an activity that is gone: named by check, shown as ever' '
	gone && test_expect_code 1 fu check >"$T_OUT/said" &&
	test_grep "acme.ini:.*stands at .workshop., which is no activity of process .field." "$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" &&
	fu next --ahead "1 week" >"$T_OUT/next" 2>"$T_OUT/err" && test_grep acme "$T_OUT/next" && ! test -s "$T_OUT/err" &&
	fu where acme >"$T_OUT/where" && test_grep workshop "$T_OUT/where" && facts .activity workshop &&
	fu list >"$T_OUT/list" && test_grep workshop "$T_OUT/list" && fu note -q acme x && fu schedule -q acme "25 nov 15:00"
'

test_expect_success 'an activity that is gone: moved on by set' '
	gone && refuses 1 "no activity .workshop2. in process" fu set acme activity=workshop2 --because x &&
	fu set -q acme activity=proposal --because "there are no workshops any more" && facts .activity proposal && fu check
'

test_expect_success 'an activity that is gone: moved on by the meeting, which says where to' '
	gone && at 2026-11-24T17:00 && n=$(git rev-list --count HEAD) &&
	refuses 1 "workshop.*no activity of process .field.*--to" fu log-meeting acme --outcome proceed --next "1 dec 9:00" --ours none --theirs none &&
	test_grep "to discovery|proposal|decision" "$refusal" && facts .status open &&
	fu log-meeting -q acme --outcome proceed --to proposal --next "1 dec 9:00" --ours none --theirs none &&
	facts .activity proposal && fu check
'

test_expect_success 'an activity that is gone: a repeat stays there; abandon ends it' '
	gone && at 2026-11-24T17:00 &&
	fu log-meeting -q acme --outcome repeat --cause timing --next "25 nov 9:00" --ours none --theirs none && facts .activity workshop &&
	at 2026-11-25T17:00 && fu log-meeting -q acme --outcome abandon --cause gone --because x && fu check
'

test_expect_success 'activities that come or change places leave what was recorded' '
	gone && process field "discovery, workshop, demo, proposal, decision" && fu check &&
	at 2026-11-24T17:00 && fu log-meeting -q acme --outcome proceed --next "1 dec 9:00" --ours none --theirs none &&
	facts .activity demo && fu check
'

test_expect_success 'the last activity is gone from under a won one: it stays won' '
	begin && process short "talk, sign" && fu new -q A --client A --id acme --process short && fu win -q acme &&
	process short "talk, agree" && facts .status won && fu check
'

# ---- a process file that is missing, or cannot be read ----

broken() # what to do to processes/phone.ini
{
	acme --next '20 nov 15:00' && fu new -q Far --client Beta --id beta --process phone --next '20 nov 16:00' && "$@"
}

only_its_own_suffer()
{
	fu next >"$T_OUT/next" 2>"$T_OUT/err" && test_grep acme "$T_OUT/next" && test_grep beta "$T_OUT/next" &&
		test_grep "^warning: .*phone" "$T_OUT/err" &&
		fu next --json >"$T_OUT/items" 2>"$T_OUT/err" && json "$T_OUT/items" "map(.opportunity) | join(\",\")" acme,beta &&
		fu list >"$T_OUT/list" 2>"$T_OUT/err" && test_grep acme "$T_OUT/list" && test_grep beta "$T_OUT/list" &&
		fu where >"$T_OUT/where" 2>"$T_OUT/err" && test_grep beta "$T_OUT/where" &&
		fu where beta >"$T_OUT/where" 2>"$T_OUT/err" && test_grep beta "$T_OUT/where" &&
		fu show beta >"$T_OUT/show" 2>"$T_OUT/err" && fu commitments >"$T_OUT/c" 2>"$T_OUT/err" &&
		at 2026-11-20T17:00 && meet --at '20 nov 15:00' --outcome proceed --next '24 nov 15:00' && facts .activity workshop &&
		fu note -q beta 'a note needs no process' && fu heard -q beta --what 'they called' &&
		fu wait -q beta '1 dec' --because 'their fair' &&
		refuses 128 phone fu log-meeting beta --outcome proceed --next '24 nov 15:00' --ours none --theirs none &&
		test_expect_code 1 fu check >"$T_OUT/said" && test_grep phone "$T_OUT/said" && ! grep acme "$T_OUT/said" &&
		fu set -q beta process=field activity=discovery --because 'the process is gone' &&
		(opp=beta && facts .process field)
}

remove()
{
	git rm -q processes/phone.ini && git commit -qm 'no phone any more'
}

spoil()
{
	printf '[process]\ntitle = phone\nactivities = a, ,b!\n[process\n' >processes/phone.ini &&
		git commit -qam 'a bad one'
}

forbid()
{
	chmod 000 processes/phone.ini
}

test_expect_success 'missing: only those that follow it suffer' 'broken remove && only_its_own_suffer'
test_expect_success 'damaged: only those that follow it suffer' 'broken spoil && only_its_own_suffer'
test_expect_success !ROOT 'unreadable: only those that follow it suffer' 'broken forbid && only_its_own_suffer'

test_expect_success 'no processes at all: next still shows what is due' '
	broken git rm -rq processes && git commit -qm "none" && fu next >"$T_OUT/next" 2>"$T_OUT/err" &&
	test_grep acme "$T_OUT/next" && test_grep beta "$T_OUT/next" && test_grep "^warning: " "$T_OUT/err" &&
	{ fu check >"$T_OUT/said" || :; } && test_grep "no process .field." "$T_OUT/said"
'

test_expect_success !ROOT 'processes that cannot be listed: next still shows what is due' '
	broken chmod 000 processes && test_when_finished "chmod 755 $PWD/processes" &&
	fu next >"$T_OUT/next" 2>"$T_OUT/err" && test_grep acme "$T_OUT/next" && test_grep "^warning: " "$T_OUT/err"
'

test_expect_success 'a process file is judged before it is recorded; one that is followed is not removed' '
	acme && printf "[process]\nactivities =\n" >processes/own.ini && test_must_fail fu record 2>"$T_OUT/err" && test_grep "processes/own.ini" "$T_OUT/err" && rm processes/own.ini &&
	rm processes/field.ini && test_must_fail fu record 2>"$T_OUT/err" && test_grep "acme. follows it" "$T_OUT/err"
'

test_done
