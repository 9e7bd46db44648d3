# For the scripts that give faults to the system calls of a real fu: sourced after lib.sh.
# Every writing command has a case here; t/helper/faults (see its head) runs one under fault
# after fault and judges what is left each time.
#
# In the suite: some of the calls, two errors. By hand with T_LONG=1: every call that changes
# something killed and with every error, once and from then on; every other with one error in
# turn; recovery as well. T_LONG=all: every error of every call. t/faults-report does the
# long form for all cases and writes docs/reliability.md.
#
# A script begins with
#
#	test ! -w /dev/shm || TMPDIR=/dev/shm # where there is no waiting for a disk
#	export TMPDIR

test_have_prereq VALGRIND && test_skip 'valgrind makes system calls of its own'
faults=$T_BUILD/t/helper/faults
test -x "$faults" && "$faults" --works || test_skip 'programs cannot be traced here'

look_for_no_leaks
t_figures=${T_FIGURES:-$T_OUT/figures}
t_bases=$PWD/bases

# ---- how much ----

# how_much <calls that change something> <others>: each so-many-th in the short form. Sets
# $much.
how_much()
{
	case $T_LONG in
	'')
		t_slow=1
		test_have_prereq SANITIZED && t_slow=4
		much="--errors EIO,EINTR --every $(($1 * t_slow)),$(($2 * t_slow))"
		;;
	all) much="--errors EIO,ENOSPC,EACCES,EINTR --every 1,1 --all-errors" ;;
	*) much="--errors EIO,ENOSPC,EACCES,EINTR --every ${T_CHANGING:-1},${T_OTHERS:-1}" ;;
	esac
}

# ---- where it is done ----

# Six opportunities, of which the first had a meeting, with a promise of each side; a file
# and a lock that are not ours.
make_deals()
{
	at 2026-11-20T10:00 && new_repo deals &&
	for i in 1 2 3 4 5 6; do
		fu -C deals new "Deal $i" --client "Client $i" --id deal-$i -q \
			--next "tue 15:00" || return 1
	done &&
	fu -C deals contact deal-1 add "Jane Doe; 555 0123; buyer" &&
	at 2026-11-24T16:00 &&
	fu -C deals log-meeting deal-1 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "ask the board by 30 nov" &&
	test "$(git -C deals rev-list --count HEAD)" = 9 &&
	promise=$(sed -n "s/^ours-\([a-z0-9]*\) = .*/\1/p" deals/opportunities/*/deal-1.ini) &&
	test -n "$promise" &&
	echo "not ours" >deals/foreign && echo "not ours" >deals/.git/refs/heads/foreign.lock
}

make_closed()
{
	cp -a deals closed && fu -C closed abandon deal-2 --cause timing --because "no money"
}

make_edited()
{
	cp -a deals edited && t_file=$(echo edited/opportunities/*/deal-3.ini) &&
	sed "1,/^\[new/s/^client = .*/client = Another/" "$t_file" >of-deal-3.ini &&
	cat of-deal-3.ini >"$t_file"
}

make_packed()
{
	cp -a deals packed && rm packed/.git/refs/heads/foreign.lock && git -C packed gc -q &&
	echo "not ours" >packed/.git/refs/heads/foreign.lock &&
	test ! -e packed/.git/refs/heads/main
}

# Its index is so large that it is read beside the rest.
make_wide()
{
	cp -a deals wide && long=$(printf "%0230d" 0) &&
	for i in $(seq 240); do : >"wide/$long$i" || return 1; done &&
	git -C wide add 0\* && git -C wide commit -q -m wide &&
	test "$(wc -c <wide/.git/index)" -gt 65536
}

make_files()
{
	echo "external_id,title,client,opened" >rows.csv &&
	for i in 1 2 3 4 5 6 7 8; do
		echo "row-$i,Row $i,Firm $i,2026-10-01" >>rows.csv
	done &&
	{
		echo "[columns]" &&
		for name in external_id title client opened; do echo "$name = $name"; done
	} >map.ini &&
	cp -a deals other && fu -C other new "One more" --client More --id more -q &&
	fu -C other note more "a note" -q && fu -C other export --acts more >more.jsonl
}

# Ann (./repo) and Cora share ./hub.git. make_pair <dir> both|theirs|ours|none
make_pair()
{
	mkdir "$1" && cp -a deals "$1/repo" &&
	(
		cd "$1" && git init -q --bare --template= hub.git &&
		git -C repo remote add origin ../hub.git &&
		if test "$2" != none; then
			fu -C repo sync -q && fu clone -q hub.git cora &&
			case $2 in
			both | theirs)
				tick && fu -C cora note deal-2 theirs -q &&
				fu -C cora new B --client B --id b --next "fri 15:00" -q &&
				fu -C cora sync -q
				;;
			esac &&
			case $2 in
			both | ours) tick && fu -C repo note deal-2 ours -q ;;
			esac &&
			rm -rf cora
		fi
	) 2>err
}

# A question that a sync left: two appointments.
make_asked()
{
	make_pair asking ours &&
	(
		cd asking && fu -C repo sync -q && fu clone -q hub.git cora &&
		fu -C repo schedule deal-4 "wed 25 nov 10:00" -q && tick &&
		fu -C cora schedule deal-4 "thu 26 nov 10:00" -q && fu -C repo sync -q &&
		{ fu -C cora sync -q || test $? -eq 1; } && { fu -C repo sync -q || test $? -eq 1; } &&
		test -n "$(fu -C repo next --json | grep '"conflict"')"
	) 2>err && cp -a asking/repo asked && rm -f asked/foreign
}

# The act of that kind in an opportunity's file: act_of <repo> <opp> <kind>
act_of()
{
	sed -n "s/^\[$3 \(.*\)\]$/\1/p" "$t_bases/$1"/opportunities/*/"$2.ini" | tail -n 1
}

faults_set_up()
{
	mkdir bases && cd bases && make_deals && make_closed && make_edited && make_packed && make_wide &&
	make_files && make_asked && make_pair merging both && make_pair following theirs &&
	make_pair pushing ours && make_pair first none && at 2026-11-24T17:00
}

# ---- the cases ----

# scene <base> <directory>: a copy of the base is what the case is about.
scene()
{
	rm -rf scene && mkdir scene && cd scene && { test -z "$1" || cp -a "$t_bases/$1" "./$2"; }
}

scene_of() # a base that is a scene itself
{
	rm -rf scene && cp -a "$t_bases/$1" scene && cd scene
}

# try [<option of faults>...] -- <command>
try()
{
	# $much is several words.
	"$faults" --label "$t_case" --figures "$t_figures" $much "$@"
}

# An act on one of the deals.
act()
{
	scene "${t_base:-deals}" repo && try -- fu -C repo "$@"
}

# By the alphabet: a command's name, and what comes after it where it has several.
fault_cases='abandon broken cancel check-install-hook clone config config-global
config-unset contact-add contact-left contact-rm contact-set edit heard import import-acts
init kept log-call log-meeting log-meeting-packed log-meeting-wide log-touch merge move
new note record remind-new rename reopen resolve schedule set sync-first sync-follow sync-merge
sync-push undo wait win'

# Commands that write, but nothing of their own: why.
#   review  on a terminal it runs the other commands
faults_elsewhere='review'

# fault_case <case>: one of fault_cases.
fault_case()
{
	t_case=$1
	t_base=
	case $1 in
	abandon) act abandon deal-2 --cause timing --because "no money this year" ;;
	broken) act broken deal-1 "$promise" ;;
	cancel) act cancel deal-2 --by them --next "wed 15:00" ;;
	contact-add) act contact deal-2 add "John Roe <john@example.com>" ;;
	contact-left) act contact deal-1 left "Jane Doe" ;;
	contact-rm) act contact deal-1 rm "Jane Doe" ;;
	contact-set) act contact deal-1 set "Jane Doe" phone="555 9876" ;;
	heard) act heard deal-2 --what "she will call on friday" ;;
	kept) act kept deal-1 "$promise" ;;
	log-call)
		act log-call deal-2 --purpose schedule --result booked --ours none \
			--theirs none --next "wed 15:00"
		;;
	log-meeting) meet ;;
	log-meeting-packed) t_base=packed && meet ;;
	log-meeting-wide) t_base=wide && meet ;;
	log-touch) act log-touch deal-1 --gives instruction --what "how to read the index" ;;
	merge) act merge deal-4 deal-2 ;;
	move) act move deal-1 "$promise" "28 nov" ;;
	new) act new Website --client Acme --id acme --next "fri 15:00" ;;
	note) act note deal-2 "the door is at the back" ;;
	rename) act rename deal-4 another ;;
	reopen) t_base=closed && act reopen deal-2 --because "the budget came" --next "fri 15:00" ;;
	resolve) t_base=asked && act resolve deal-4 --keep "$(act_of asked deal-4 schedule)" ;;
	schedule) act schedule deal-2 "thu 15:00" ;;
	set) act set deal-2 client="Another one" value="1200 EUR" ;;
	undo) act undo deal-1 ;;
	wait) act wait deal-2 "1 feb" --because "the new budget" ;;
	win) act win deal-2 --value "1200 EUR" ;;
	*) fault_case_of_files "$1" ;;
	esac
}

meet()
{
	act log-meeting deal-3 --outcome proceed --next "tue 1 dec 15:00" \
		--ours "send the offer by 27 nov" --theirs "ask the board by 30 nov"
}

fault_case_of_files()
{
	case $1 in
	check-install-hook)
		scene deals repo && try --loose -- fu -C repo check --install-hook
		;;
	clone)
		scene_of following && rm -rf repo &&
		try --again -- fu clone -q hub.git repo
		;;
	config) act config fu.currency USD ;;
	config-global) # killed, it leaves the lock in HOME that git config leaves as well
		scene deals repo && cp -a "$HOME" home &&
		(HOME=$PWD/home GIT_CONFIG_GLOBAL=$PWD/home/.gitconfig && try --no-kill -- fu -C repo config --global fu.role coordinator)
		;;
	config-unset) act config --unset fu.currency ;;
	edit)
		scene deals repo &&
		try -- fu -C repo edit deal-3 --file "$t_bases/of-deal-3.ini"
		;;
	import) act import "$t_bases/rows.csv" --map "$t_bases/map.ini" ;;
	import-acts)
		scene deals repo &&
		try --input "$t_bases/more.jsonl" -- fu -C repo import --acts
		;;
	init)
		scene &&
		try --again -- fu init -q --timezone Europe/Madrid --currency EUR repo
		;;
	record) t_base=edited && act record ;;
	remind-new)
		scene deals repo &&
		try --loose --warns -- fu -C repo remind --new --ahead "1 week"
		;;
	sync-first) scene_of first && try --loose -- fu -C repo sync -q ;;
	sync-follow) scene_of following && try --loose -- fu -C repo sync -q ;;
	sync-merge) scene_of merging && try --loose -- fu -C repo sync -q ;;
	sync-push) scene_of pushing && try --loose -- fu -C repo sync -q ;;
	*) echo "no such case: $1" && return 1 ;;
	esac
}

# expect_cases <case>...: a test each.
expect_cases()
{
	for t_each; do
		test_expect_success "fu $t_each" "fault_case $t_each"
	done
}

faults_end()
{
	test ! -s "$t_figures" || t_comment "$(cat "$t_figures")"
}
