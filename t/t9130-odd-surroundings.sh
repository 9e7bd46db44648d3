#!/bin/sh
test_description='odd surroundings: permissions, worktrees, odd indexes, closed and full descriptors'
. "${0%/*}/lib.sh"

sample()
{
	new_repo "$1" && cd "$1" &&
	fu new Website --client Acme --id acme --next "tue 24 nov 15:00" >/dev/null 2>&1 &&
	fu new Shop --client Beta --id beta --wait "1 dec" --because budget >/dev/null 2>&1
}

# group_writes <dir>: all that is in it its group can write to; objects, which nobody
# writes to again, it can read; drafts are one person's own.
group_writes()
{
	find "$1" -name "*.sample" -prune -o -name drafts -prune -o -path "*/objects/??/*" ! -perm -g+r -print -o \
		! -path "*/objects/??/*" ! -perm -g+rw -print -o -type d ! -perm -g+rwx -print \
		>"$T_OUT/closed" &&
	test_cmp /dev/null "$T_OUT/closed"
}

# Root may write everywhere: somebody else looks.
as=
if test_have_prereq ROOT; then
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
if $as "$T_BUILD/cmd/fu" version >/dev/null 2>&1 && $as test -r "$T_BUILD/storage/fu-git.so"; then
	test_set_prereq NOBODY
fi

test_expect_success 'core.sharedRepository=group: what is written the group can write, whatever the umask' '
	(
		umask 002 && new_repo shared && cd shared && git config core.sharedRepository group &&
		find . -type d -exec chmod g+s {} + && chmod -R g+rwX . &&
		umask 077 && fu next && fu new Website --client Acme --id acme 2>/dev/null &&
		fu note -q acme hello && fu list >/dev/null && fu remind >/dev/null &&
		fu undo -q acme && echo "outcome = proceed" >form &&
		test_expect_code 1 fu log-meeting acme -F form 2>/dev/null && rm form &&
		test -e .git/fu/drafts/log-meeting.acme &&
		group_writes . && git config core.sharedRepository 0660 && fu note -q acme x &&
		group_writes . && git config core.sharedRepository all && fu note -q acme y &&
		test -n "$(find .git/refs/heads/main -perm -o+r)"
	) &&
	(
		umask 077 && new_repo private && cd private && fu new -q T --client C --id t &&
		for value in umask false 0 0077; do
			git config core.sharedRepository "$value" && fu note -q t hello || return 1
		done &&
		find . -perm /077 ! -type l >"$T_OUT/open" && test_cmp /dev/null "$T_OUT/open"
	)
'

# It comes to an end with a status that fu gives: survives <command>
survives()
{
	"$@" >"$T_OUT/out" 2>&1
	t_code=$?
	test $t_code -le 129 || { echo "status $t_code: $*" && cat "$T_OUT/out" && return 1; }
}

test_expect_success 'indexes of all kinds: what check --staged says' '
	sample index &&
	file=$(echo opportunities/*/acme.ini) && blob=$(git hash-object "$file") &&
	cp "$file" opportunities/new.ini && git add -N opportunities/new.ini &&
	fu check --staged && rm opportunities/new.ini && git reset -q &&
	echo garbage >>"$file" && fu check --staged && git add "$file" &&
	test_expect_code 1 fu check --staged >/dev/null && git reset -q --hard &&
	git rm -q --cached -r opportunities && test_expect_code 1 fu check --staged >/dev/null &&
	git reset -q && GIT_INDEX_FILE=$PWD/nowhere survives fu check --staged &&
	printf "0 0000000000000000000000000000000000000000\t%s\n" "$file" >lines &&
	for stage in 1 2 3; do
		printf "100644 %s %s\t%s\n" "$blob" "$stage" "$file" >>lines || return 1
	done &&
	git update-index --index-info <lines && rm lines && git ls-files -u | grep -q acme &&
	survives fu check --staged && survives fu note -q acme hello &&
	git reset -q --hard && fu note -q acme hello && test -z "$(git status --porcelain)"
'

test_expect_success 'a sparse work tree, an index that is short or empty' '
	sample sparse && git sparse-checkout set --no-cone /fu.ini /processes/ &&
	survives fu next && survives fu check --staged && survives fu note -q acme hello &&
	survives fu status && survives fu sync && git sparse-checkout disable &&
	git reset -q --hard && fu note -q acme hello && fu check &&
	for bytes in 0 11 100; do
		cp .git/index ../short && head -c $bytes ../short >.git/index &&
		survives fu check --staged && survives fu note -q acme hello && survives fu fsck &&
		survives fu record && cp ../short .git/index || return 1
	done &&
	rm .git/index && survives fu note -q acme hello && git reset -q --hard &&
	fu note -q acme hello && test -z "$(git status --porcelain)" && fu fsck
'

test_expect_success 'HEAD: unborn, gone, a link, a hash, nonsense' '
	sample head && git init -q unborn && cp -R fu.ini processes unborn &&
	(
		cd unborn && fu next && fu list && fu log && fu status >/dev/null && fu check &&
		{ fu note acme x 2>/dev/null || test $? -eq 128; } &&
		fu new -q T --client C --id t && fu check && git log -1 >/dev/null
	) &&
	for head in "" "nonsense" "ref: refs/heads/nowhere" "ref: refs/../../x" "ref: /etc/passwd" \
		"0123456789012345678901234567890123456789" "ref: refs/heads/main.lock"; do
		cp .git/HEAD ../HEAD && printf "%s\n" "$head" >.git/HEAD &&
		for command in next list "show acme" log status check fsck "check --staged" \
			"export --acts"; do
			survives fu $command || return 1
		done &&
		cp ../HEAD .git/HEAD || return 1
	done &&
	mv .git/HEAD ../HEAD && test_expect_code 128 fu note acme x 2>/dev/null && mv ../HEAD .git/ &&
	rm -rf unborn && fu note -q acme hello && test -z "$(git status --porcelain)"
'

test_expect_success 'descriptors that are closed, readers that go away' '
	sample closed &&
	for command in next "list --json" "show acme" "log -p" status "report flow" "help --all" \
		"note acme x" "export --acts" agenda; do
		for how in "<&-" ">&-" "2>&-" "<&- >&- 2>&-" ">/dev/full" "2>/dev/full" \
			">/dev/full 2>/dev/full"; do
			eval "fu $command $how" >/dev/null 2>&1
			test $? -le 128 || { echo "fu $command $how" && return 1; }
		done
		{ fu $command 2>/dev/null; echo $? >"$T_OUT/status"; } | :
		case $(cat "$T_OUT/status") in
		0 | 141) ;;
		*) return 1 ;;
		esac
	done &&
	fu check && test -z "$(git status --porcelain)" && git fsck 2>/dev/null
'

# two_people <dir>: hub.git, ann and cora, who has sent something new; pushing takes time.
two_people()
{
	mkdir "$1" && cd "$1" && git init -q --bare hub.git && (sample ann) &&
	git -C ann remote add origin ../hub.git && fu -C ann sync -q && fu clone -q hub.git cora &&
	fu -C cora note -q acme "of cora" && fu -C cora sync -q && fu -C ann note -q acme "of ann" &&
	printf "#!/bin/sh\n: >%s/pushing\nsleep 3\n" "$PWD" >ann/.git/hooks/pre-push &&
	chmod +x ann/.git/hooks/pre-push
}

test_expect_success 'a sync that is interrupted while git is at work: what was merged stays, it goes on' '
	two_people interrupted &&
	for signal in INT TERM KILL; do
		rm -f pushing && timeout -s $signal 1 fu -C ann sync >"$T_OUT/out" 2>&1
		test -e pushing || sleep 1
		test -z "$(git -C ann status --porcelain)" && fu -C ann check &&
		fu -C ann note -q acme "after $signal" || return 1
	done &&
	sleep 3 && fu -C ann sync -q && fu -C cora sync -q && fu -C cora fsck &&
	test "$(git -C ann rev-parse HEAD)" = "$(git -C cora rev-parse HEAD)" &&
	for word in "of cora" "of ann" "after INT" "after TERM" "after KILL"; do
		test_grep -q "$word" cora/opportunities/*/acme.ini || return 1
	done &&
	fu -C ann sync -q && test -z "$(git -C ann for-each-ref refs/fu)"
'

test_expect_success 'two syncs of one repository at once, beside writers' '
	two_people beside && rm ann/.git/hooks/pre-push &&
	for i in 1 2 3 4; do
		fu -C ann note -q beta "writer $i" 2>err$i &
		fu -C ann sync -q 2>sync$i &
	done && wait && cat err? && test ! -s err1 && fu -C ann sync -q && fu -C cora sync -q &&
	for i in 1 2 3 4; do
		test_grep -q "writer $i" cora/opportunities/*/beta.ini || return 1
	done &&
	test -z "$(git -C ann status --porcelain)" && fu -C ann fsck && fu -C cora fsck
'

test_expect_success NOBODY 'a repository that cannot be written to: it is read, and writing is refused' '
	sample readonly && fu list >/dev/null && chmod -R a-w . &&
	test_when_finished "chmod -R u+w ." &&
	if test -n "$as"; then
		chown -R 65534:65534 . && chmod 755 "$T_BASE" "$T_BASE/trash" "$T_BASE/home"
	fi &&
	for command in next list "show acme" where log status check fsck "remind --new" board; do
		$as fu $command >/dev/null || return 1
	done &&
	for command in "note acme x" record "undo acme" "edit acme"; do
		test_expect_code 128 $as fu $command 2>"$T_OUT/err" </dev/null &&
		test_grep "^error: " "$T_OUT/err" || return 1
	done
'

# A directory on another file system than this one.
apart=
for place in /dev/shm /tmp /var/tmp; do
	if test -z "$apart" && test -w $place && test $(stat -c %d $place) != $(stat -c %d .); then
		apart=$(mktemp -d $place/fu-apart.XXXXXX) && test_set_prereq APART
	fi
done

test_expect_success APART 'a work tree on another file system than .git' '
	sample split && git worktree add -q "$apart/tree" -b side && cd "$apart/tree" &&
	fu note -q acme hello && test -z "$(git status --porcelain)" && test ! -e .fu-stage &&
	fu log acme | grep note && fu undo -q acme && fu fsck &&
	test -z "$(git status --porcelain)" && test "$(git log -1 --format=%D)" = "HEAD -> side"
'

# killed_at <call> <which one>
killed_at()
{
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 LSAN_OPTIONS=$LSAN_OPTIONS:detect_leaks=0 \
		strace -o /dev/null -e trace=$1 -e inject=$1:signal=SIGKILL:when=$2 \
		fu note -q acme again 2>/dev/null
	test $? -eq 137 && fu next >/dev/null && test -z "$(git status --porcelain)" &&
		test ! -e .fu-stage && fu fsck
}

test_expect_success APART,STRACE,!VALGRIND 'the same, killed: the next command puts it right' '
	cd "$apart/tree" && killed_at renameat2 1 && killed_at renameat 1 &&
	killed_at renameat 2 && killed_at renameat 3
'

test -z "$apart" || rm -rf "$apart"
test_done
