#!/bin/sh
# The same as t9010 for other commands; see faults.sh for how many.
test_description='fu init, import, merge, record and undo that are killed, and whose calls fail'
# In a mount namespace of its own, where there may be one: what is mounted ends with it.
if test -z "$T_NAMESPACE" && unshare -m true 2>/dev/null; then
	T_NAMESPACE=yes exec unshare -m sh "$0" "$@"
fi

. "${0%/*}/lib.sh"
. "${0%/*}/faults.sh"

# sweep <label>: the scenario as it is set, killed and with errors. The short form
# kills where it counts most.
sweep()
{
	restore && look >"$T_OUT/look" && before=$T_OUT/look &&
	old_head=$(git -C repo rev-parse HEAD) &&
	trace_points $arguments && mv points all-points &&
	comes_right "$1, no fault" new || return 1
	cp all-points points && sample 16 400 1 5 && kill_everywhere "$1 killed" || return 1
	test -n "$T_LONG" || return 0
	cp all-points points && sample 1 1 2 10 && fail_everywhere "EIO ENOSPC EINTR EACCES" "$1, errors"
}

traced_arguments()
{
	under $arguments
}

plain_arguments()
{
	fu $arguments
}

scenario() # <base> <check that it is there once> <fu's arguments, none with a space>
{
	base=$1 once=$2 arguments=$3 traced=traced_arguments act=plain_arguments
}

once_record()
{
	test "$(grep -c "^\[set " repo/opportunities/*/deal-3.ini)" = 1
}

once_undo()
{
	test "$(grep -c "^\[undo " repo/opportunities/*/deal-3.ini)" = 1
}

once_merge()
{
	test "$(grep -c "^\[merge " repo/opportunities/*/deal-3.ini)" = 1 &&
		test ! -e "$(echo repo/opportunities/*/deal-4.ini)"
}

once_import()
{
	test "$(grep -l "^external_id = row-" repo/opportunities/*/*.ini | wc -l)" = 40
}

test_expect_success 'set up: a meeting, a hand edit, a CSV file' '
	cp -a dozen met && rm -rf repo && mv met repo && meeting && mv repo met &&
	cp -a dozen edited && file=$(echo edited/opportunities/*/deal-3.ini) &&
	sed "1,/^\[new/s/^client = .*/client = Another/" "$file" >new && cat new >"$file" &&
	echo "external_id,title,client,opened" >rows.csv &&
	for i in $(seq 40); do
		echo "row-$i,Row $i,Firm $i,2026-10-01" >>rows.csv
	done &&
	{
		echo "[columns]" &&
		for name in external_id title client opened; do echo "$name = $name"; done
	} >map.ini
'

test_expect_success 'fu undo' '
	scenario met once_undo "-C repo undo deal-3" && sweep undo
'

test_expect_success 'fu record of a hand edit' '
	scenario edited once_record "-C repo record" && sweep record
'

test_expect_success 'fu merge: one file goes, one grows' '
	scenario met once_merge "-C repo merge deal-4 deal-3" && sweep merge
'

test_expect_success 'fu import of forty rows, in one pack' '
	scenario dozen once_import "-C repo import $PWD/rows.csv --map $PWD/map.ini" && sweep import
'

# fu init has nothing that it could go back to: it can be done again.
init_comes_right() # <label>
{
	fu -C repo next >next 2>&1
	t_status=$?
	case $t_status in
	0 | 128) ;;
	*) complain "$1: fu next: exit status $t_status: $(cat next)" ;;
	esac
	new_repo >again 2>&1 || complain "$1: cannot be done again: $(cat again)"
	test "$(git -C repo rev-list --count HEAD 2>&1)" = 1 || complain "$1: not one commit"
	t_dirty=$(git -C repo status --porcelain -uall 2>&1)
	test -z "$t_dirty" || complain "$1: not clean: $t_dirty"
	agrees || complain "$1: HEAD, index and work tree do not agree"
	test -z "$(litter)" || complain "$1: left behind: $(litter)"
	sound "$1"
	fu -C repo new -q Deal --client Acme >again 2>&1 ||
		complain "$1: nothing can be recorded: $(cat again)"
}

init_meets() # <call> <what strace injects>
{
	t_call=$1 t_inject=$2
	label="init, $1: $2"
	runs=$((runs + 1))
	rm -rf repo
	under init -q --timezone Europe/Madrid --currency EUR repo </dev/null >out 2>err
	t_status=$?
	case $t_status in
	0)
		git -C repo rev-parse -q --verify HEAD >head || complain "$label: done, no commit"
		count_new=$((count_new + 1))
		;;
	127) grep -q "error while loading shared libraries" err || complain "$label: $(cat err)" ;;
	128)
		count_old=$((count_old + 1))
		grep -q "^error: " err || test "$1" = write || complain "$label: no message"
		;;
	137) ;;
	*) complain "$label: exit status $t_status: $(cat err)" ;;
	esac
	init_comes_right "$label"
}

test_expect_success 'fu init, killed and with errors' '
	begin_sweep && rm -rf repo &&
	trace_points init -q --timezone Europe/Madrid --currency EUR repo &&
	grep -E "^(un)?link " points >links && sample 10 200 1 5 &&
	sort -u links points >both && mv both points &&
	while read -r call n kind <&3; do
		init_meets $call signal=KILL:when=$n
		echo "$call" | grep -qxE "$unfailing" && continue
		case $call in
		*link) errors="EIO ${T_LONG:+ENOSPC EINTR EACCES}" ;;
		*) errors=${T_LONG:+EIO ENOSPC EINTR EACCES} ;;
		esac
		for error in $errors; do
			init_meets $call error=$error:when=$n
			test $error = EINTR || init_meets $call error=$error:when=$n+
		done
	done 3<points &&
	figures init &&
	test $bad -eq 0
'

faults_end
test_done
