#!/bin/sh
test_description='hostile files, names, sizes and surroundings: refused, named, nothing lost'
. "${0%/*}/lib.sh"

# A repository with two opportunities, acme and beta; $file is acme's.
sample()
{
	new_repo "$1" &&
	cd "$1" &&
	fu new Website --client Acme --id acme --next "fri 15:00" >/dev/null 2>&1 &&
	fu new Other --client Beta --id beta --wait "1 dec" --because budget >/dev/null 2>&1 &&
	file=$(echo opportunities/*/acme.ini)
}

# The fault is told by every command that lists, at every call, and hides nothing else:
# told '<extended pattern>'
told()
{
	for command in next next "next --json" "next --json" list "list --json"; do
		fu $command >"$T_OUT/text" 2>"$T_OUT/fault" || {
			echo "exit status $?: fu $command"
			cat "$T_OUT/fault"
			return 1
		}
		test_grep -E -e "^warning: .*$1" "$T_OUT/fault" || return 1
	done
	test_grep beta "$T_OUT/text" &&
	test_expect_code 1 fu check >"$T_OUT/text" 2>&1 &&
	test_grep -E -e "$1" "$T_OUT/text"
}

as_nobody()
{
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

# A tree that only root may look into is of no use to nobody.
if test_have_prereq ROOT && as_nobody "$T_BUILD/cmd/fu" version >/dev/null 2>&1 &&
	as_nobody test -r "$T_BUILD/storage/fu-git.so"; then
	test_set_prereq NOBODY
fi

# ---- what stands where a record should be ----

test_expect_success 'a symbolic link, a fifo, a directory instead of a record' '
	sample special &&
	cp "$file" ../elsewhere.ini &&
	rm "$file" && ln -s ../../../elsewhere.ini "$file" &&
	told "acme.ini: a symbolic link is not followed" &&
	refuses 128 "symbolic link" fu show acme &&
	refuses 128 "symbolic link" fu note acme hello &&
	refuses 128 "symbolic link" fu record &&
	rm "$file" && mkfifo "$file" &&
	told "acme.ini: not a regular file" &&
	refuses 128 "not a regular file" fu note acme hello &&
	rm "$file" && mkdir "$file" &&
	told "acme.ini: not a regular file" &&
	refuses 128 "not a regular file" fu note acme hello &&
	rmdir "$file" && git checkout -q . && fu note -q acme hello
'

test_expect_success 'links instead of directories and of the team'"'"'s files' '
	sample links &&
	mv "${file%/*}" ../moved && ln -s ../../moved "${file%/*}" &&
	told "a symbolic link is not followed" &&
	refuses 128 "symbolic link" fu note acme hello &&
	rm "${file%/*}" && mv ../moved "${file%/*}" &&
	mv processes/field.ini ../field.ini && ln -s ../../field.ini processes/field.ini &&
	told "field.ini" &&
	rm processes/field.ini && mv ../field.ini processes &&
	mv fu.ini ../fu.ini && ln -s ../fu.ini fu.ini &&
	refuses 128 "symbolic link is not followed: .fu.ini" fu next
'

test_expect_success 'names that are no ids, in the tree and as typed' '
	sample names &&
	for name in Upper "a b" -rf x. .git ä "$(printf "%065d" 1)"; do
		cp "$file" "opportunities/$name.ini" || return 1
	done &&
	told "Upper.ini: an opportunity.s id has up to 64" &&
	for name in Upper "a b" -rf ä "$(printf "%065d" 1)"; do
		test_grep -F -e "opportunities/$name.ini:" "$T_OUT/text" || return 1
	done &&
	refuses 128 "not a name for a file of fu" fu record &&
	for id in ../fu ../../etc/passwd .git .. / -- -rf "" "a/b" "10/acme" acme.ini; do
		refuses 128 "no opportunity" fu show -- "$id" || return 1
	done &&
	for id in ../x .git a/b Upper "" -x x- "$(printf "%065d" 1)"; do
		refuses 129 "id" fu new T --client C --id="$id" || return 1
	done
'

test_expect_success 'two files of one id: told each time, and never recorded' '
	sample double &&
	mkdir opportunities/zz && cp "$file" opportunities/zz/acme.ini &&
	told "is the id of .opportunities/zz/acme.ini. too" &&
	refuses 128 "is the id of" fu record &&
	rm -r opportunities/zz &&
	mkdir -p opportunities/1/2/3/4/5/6/7/8/9 &&
	sed "s/Website/Deep/" "$file" >opportunities/1/2/3/4/5/6/7/8/9/deep.ini &&
	told "directories too deep" &&
	refuses 128 "so deep" fu record &&
	rm -r opportunities/1 &&
	fu next 2>&1 | test_expect_code 1 grep warning
'

test_expect_success NOBODY 'a directory that cannot be read hides only what is in it' '
	sample unreadable &&
	chown -R 65534:65534 . && chmod 755 "$T_BASE" "$T_BASE/trash" "$T_BASE/home" &&
	test_when_finished "chmod 755 ${file%/*}" &&
	chmod 000 "${file%/*}" &&
	as_nobody fu list >"$T_OUT/text" 2>"$T_OUT/fault" &&
	test_grep beta "$T_OUT/text" &&
	test_grep "warning: ${file%/*}: cannot be read" "$T_OUT/fault" &&
	as_nobody fu next 2>&1 | test_grep "cannot be read" - &&
	test_expect_code 128 as_nobody fu note acme hello 2>/dev/null &&
	chmod 755 "${file%/*}" &&
	as_nobody fu next >"$T_OUT/text" 2>&1 &&
	! grep warning "$T_OUT/text"
'

# ---- what stands in a record ----

# broken '<pattern>': the file is refused with its line, and stays as it is.
broken()
{
	cp "$file" "$T_OUT/given" &&
	told "$1" &&
	refuses 128 "$1" fu show acme &&
	refuses 128 "$1" fu note acme hello &&
	refuses 128 "$1" fu record &&
	cmp "$file" "$T_OUT/given" &&
	git checkout -q .
}

test_expect_success 'bytes that inih would misread without a word' '
	sample bytes &&
	printf "note\0 = x\n" >>"$file" && broken "acme.ini:[0-9]+: a NUL byte" &&
	printf "x = \377\376\n" >>"$file" && broken "acme.ini:[0-9]+: byte 0xff is not UTF-8" &&
	printf "<<<<<<< HEAD\nx = 1\n" >>"$file" && broken "conflict marker" &&
	printf "\357\273\277" | cat - "$file" >new && mv new "$file" && broken ":1: a byte order" &&
	printf "; %0195d title = evil\n" 1 | cat - "$file" >new && mv new "$file" &&
	broken ":1: a line of 2[0-9]+ bytes" &&
	sed "s/^\[new .*/[new $(printf %060d 1)]/" "$file" >new && mv new "$file" &&
	broken "a section.s name has 1 to 49 bytes" &&
	sed "s/^\[new/[new x ; y/" "$file" >new && mv new "$file" && broken "section" &&
	printf "title = lost\n" | cat - "$file" >new && mv new "$file" &&
	broken ":1: .title. stands before" &&
	: >"$file" && broken "no act stands in it" &&
	printf "title = x \\\\\n" >>"$file" && broken "nothing continues it"
'

test_expect_success 'numbers and dates at the edge' '
	sample edge &&
	sed -i "s/^seq = .*/seq = 99999999999999999999/" "$file" && broken "seq" &&
	sed -i "s/^at = .*/at = 0000-00-00T00:00:00Z/" "$file" && broken "unreadable time" &&
	sed -i "s/^process = .*/process = ..\/..\/fu/" "$file" &&
	refuses 128 "not the name of a process" fu record &&
	refuses 128 "not the name of a process" fu note acme hello &&
	sed -i "s/^process = .*/process = nosuch/" "$file" &&
	refuses 128 "acme.ini: no process .nosuch" fu record &&
	git checkout -q . &&
	FU_NOW=9999-12-31T23:59:59Z refuses 129 "1970 to 2106" fu note acme hello &&
	FU_NOW=1969-12-31T23:59:59Z refuses 129 "1970 to 2106" fu next
'

test_expect_success 'the highest seq that can be read can be followed' '
	sample seq &&
	sed -i "s/^seq = 1/seq = 2147483647/" "$file" && git commit -q -a -m seq &&
	fu note -q acme hello &&
	fu check &&
	fu show acme --json | json - ".id" acme
'

test_expect_success 'a process that went missing does not stop other edits' '
	sample gone &&
	git rm -q processes/field.ini && git commit -q -m gone &&
	sed -i "s/Website/Relaunch/" "$file" &&
	fu record -q &&
	fu show acme --json 2>/dev/null | json - ".title" Relaunch
'

# ---- sizes ----

test_expect_success '100 MB, a million lines' '
	sample sizes &&
	truncate -s 100M "$file" && broken "acme.ini. is larger than" &&
	(sed "/^$/,\$d" "$file" && seq 1000000 | sed "s/^/ /") >new && mv new "$file" &&
	broken "more than [0-9]+ lines" &&
	truncate -s 100M fu.ini && refuses 128 "fu.ini. is larger than" fu next &&
	git checkout -q . && fu next >/dev/null
'

test_expect_success 'nothing is written that could not be read again' '
	sample full &&
	{
		echo "text =" &&
		yes "    so many words as a line of a note has, and then another one" |
			head -n 30000
	} >form &&
	fu note -q acme -F form &&
	refuses 128 "acme.ini. would have more than 50000 lines" fu note acme -F form &&
	rm form &&
	fu note -q acme hello &&
	fu check
'

# ---- who owns it, where it is written to ----

test_expect_success NOBODY 'what belongs to somebody else is not read' '
	sample foreign &&
	chmod 755 "$T_BASE" "$T_BASE/trash" "$T_BASE/home" &&
	git config safe.directory "*" &&
	git config fu.alias.evil "!touch $T_BASE/evil" &&
	git config core.pager "touch $T_BASE/evil" &&
	for command in next "log" "show acme" "note acme hello" "init ." "edit acme"; do
		refuses 128 "belongs to somebody else" as_nobody fu $command || return 1
	done &&
	test_expect_code 129 as_nobody fu evil 2>/dev/null &&
	test ! -e "$T_BASE/evil" &&
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$PWD" \
		as_nobody fu next >/dev/null
'

test_expect_success 'a full disk and a closed output' '
	sample output &&
	for command in next "next --json" list "show acme" where log status; do
		test_expect_code 128 fu $command >/dev/full 2>"$T_OUT/text" &&
		test_grep "cannot write" "$T_OUT/text" &&
		test_expect_code 128 fu $command >&- 2>"$T_OUT/text" &&
		test_grep "cannot write" "$T_OUT/text" || return 1
	done &&
	fu note acme one >/dev/full 2>"$T_OUT/text" &&
	test_grep "^warning: cannot write" "$T_OUT/text" &&
	fu note acme two >&- 2>&- <&- &&
	test "$(git log --oneline --grep "Fu-Act: note" | wc -l)" -eq 2 &&
	fu check && test -z "$(git status --porcelain)"
'

test_expect_success 'the places where git keeps what is unfinished' '
	sample places &&
	git checkout -q --detach && refuses 128 "detached" fu note acme hello &&
	git checkout -q - &&
	: >.git/refs/heads/main.lock && refuses 128 "main.lock" fu note acme hello &&
	rm .git/refs/heads/main.lock &&
	git rev-parse HEAD >.git/CHERRY_PICK_HEAD &&
	refuses 128 "cherry-pick is not finished" fu note acme hello &&
	rm .git/CHERRY_PICK_HEAD &&
	git worktree add -q ../places-two -b two &&
	(cd ../places-two && fu note -q acme hello && test -z "$(git status --porcelain)") &&
	test -z "$(git status --porcelain)" &&
	git clone -q --bare . ../places.git &&
	(cd ../places.git && test_expect_code 128 fu next 2>/dev/null) &&
	rm -rf .git && ln -s ../places.git .git && test_expect_code 128 fu next 2>/dev/null &&
	rm .git && mkfifo .git && test_expect_code 128 fu next 2>/dev/null
'

test_done
