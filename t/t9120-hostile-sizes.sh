#!/bin/sh
test_description='sizes and numbers that are made to hurt: bounded, refused, never a crash'
. "${0%/*}/lib.sh"

# Ann in sync with a bare repository: hub.git and ann in <dir>.
hub()
{
	mkdir "$1" && cd "$1" && git init -q --bare hub.git && new_repo ann &&
	(
		cd ann && fu new Website --client Acme --id acme --next "tue 24 nov 15:00" &&
		git remote add origin ../hub.git && fu sync
	) >/dev/null 2>&1
}

# Somebody's commit with that entry at the top of the tree: pushes '<mode> <type> <id>' <name>
pushes()
{
	tree=$({
		git -C hub.git ls-tree main
		printf "%s\t%s\n" "$1" "$2"
	} | git -C hub.git mktree --missing) &&
	commit=$(git -C ann rev-parse HEAD) &&
	commit=$(git -C hub.git -c user.name=Eve -c user.email=eve@example.com \
		commit-tree -p "$commit" -m large "$tree") &&
	git -C hub.git update-ref refs/heads/main "$commit"
}

# Address space is bounded, but for a sanitizer, which reserves a lot of it.
bounded()
{
	(test_have_prereq SANITIZED || ulimit -v 1000000 && "$@")
}

test_expect_success 'a file of 100 MB that takes next to nothing in a pack is not unpacked' '
	hub large && blob=$(head -c 100M /dev/zero | git -C hub.git hash-object -w --stdin) &&
	pushes "100644 blob $blob" zeros && refuses 128 "larger than" bounded fu -C ann sync &&
	fu -C ann note -q acme hello && refuses 128 "larger than" bounded fu -C ann sync
'

test_expect_success 'a tree that is made of itself: more files than there are atoms' '
	hub bomb && blob=$(echo x | git -C hub.git hash-object -w --stdin) &&
	tree=$(printf "100644 blob %s\tx\n" "$blob" | git -C hub.git mktree) &&
	for level in 1 2 3 4 5 6 7 8 9 10 11 12; do
		tree=$(for name in 0 1 2 3 4 5 6 7 8 9; do
			printf "040000 tree %s\td%s\n" "$tree" "$name"
		done | git -C hub.git mktree) || return 1
	done &&
	pushes "040000 tree $tree" bomb &&
	refuses 128 "more than 500000 files" bounded fu -C ann sync
'

test_expect_success 'directories that never end' '
	hub deep && blob=$(echo x | git -C hub.git hash-object -w --stdin) &&
	tree=$(printf "100644 blob %s\tx\n" "$blob" | git -C hub.git mktree) &&
	for level in $(seq 100); do
		name=$(printf "d%049d" "$level") &&
		tree=$(printf "040000 tree %s\t%s\n" "$tree" "$name" | git -C hub.git mktree) ||
			return 1
	done &&
	pushes "040000 tree $tree" deep && refuses 128 "too deep" bounded fu -C ann sync
'

test_expect_success 'amounts and minutes that do not add up to a number' '
	new_repo sums && cd sums &&
	for i in $(seq 100); do
		echo "{\"act\":\"new\",\"opportunity\":\"o$i\",\"at\":\"2026-11-02T10:00:00Z\",\"client\":\"C\",\"title\":\"T\",\"process\":\"field\",\"value\":{\"amount\":\"999999999999999.99\",\"currency\":\"EUR\"}}"
		echo "{\"act\":\"heard\",\"opportunity\":\"o$i\",\"at\":\"2026-11-03T10:00:00Z\",\"what\":\"x\",\"minutes\":2147483647}"
	done >acts && fu import -q --acts <acts &&
	for command in board "board --json" "report activity" "report flow --json" "list" \
		"report activity --json" "export --csv" next; do
		bounded fu $command >"$T_OUT/out" 2>"$T_OUT/err" &&
		! grep -E "(^|[^0-9a-z])-[0-9]" "$T_OUT/out" || return 1
	done &&
	fu report activity --json | json - ".activity.minutes" 214748364700 &&
	for minutes in 2147483648 99999999999999999999 -1 1e9; do
		test_expect_code 129 fu note o1 x --minutes $minutes 2>"$T_OUT/err" &&
		echo "{\"act\":\"heard\",\"opportunity\":\"o1\",\"at\":\"2026-11-04T10:00:00Z\",\"what\":\"x\",\"minutes\":$minutes}" >act &&
		test_must_fail fu import --acts <act 2>"$T_OUT/err" || return 1
	done &&
	for value in 1000000000000000.00 9999999999999999999999 0.001 1e5 -1 +1; do
		test_expect_code 129 fu set o1 value="$value EUR" 2>"$T_OUT/err" || return 1
	done &&
	for span in "99999999999 days" "9999999999999999999w" "-1 day" "0 days" "2147483647 months"; do
		test_expect_code 129 fu set o1 interval="$span" 2>"$T_OUT/err" &&
		test_expect_code 129 fu next --ahead "$span" 2>"$T_OUT/err" &&
		test_expect_code 129 fu schedule o1 "tue 15:00" --for "$span" 2>"$T_OUT/err" ||
			{ echo "$span" && return 1; }
	done &&
	for n in -1 99999999999999999999 x; do
		test_expect_code 129 fu next -n "$n" 2>"$T_OUT/err" &&
		test_expect_code 129 fu log -n "$n" 2>"$T_OUT/err" || { echo "$n" && return 1; }
	done
'

test_expect_success 'JSON: one line of 100 MB, a number of a million digits, depth' '
	cd sums &&
	head -c 100M /dev/zero | tr "\000" "1" >huge &&
	refuses 128 "line 1 is longer" bounded fu import --acts <huge && rm huge &&
	for text in "$(printf "%01000000d" 1 | head -c 100000)" "1e999999" "[[[[[[" "\"\\ud800\"" \
		"{\"act\":\"note\",\"act\":\"new\"}" "null" "[]" "\"x\"" "{}" ; do
		echo "$text" >line && refuses "128|1" "line 1" bounded fu import --acts <line || return 1
	done
'

test_expect_success 'a name, a title, a note of megabytes; thousands of contacts and of tags' '
	new_repo wide && cd wide &&
	fu new Website --client Acme --id acme --next "tue 24 nov 15:00" >/dev/null 2>&1 &&
	long=$(head -c 100000 /dev/zero | tr "\000" w) &&
	fu note -q acme "$long" && fu set -q acme title="$long" client="$long" tags="$long" &&
	for i in 1 2 3; do
		fu contact -q acme add "$long$i" || return 1
	done &&
	for command in next list where "show acme" "brief acme" log board check agenda \
		"export --ics" "export --csv" "export --acts" "who www" "grep www" "complete -- show a"; do
		bounded fu $command >"$T_OUT/out" 2>"$T_OUT/err" &&
		COLUMNS=20 bounded fu $command >"$T_OUT/out" 2>&1 || return 1
	done &&
	git log --format=%s | awk "length > 500 { exit 1 }" && test -z "$(git status --porcelain)"
'

test_expect_success 'twenty thousand names where records should be' '
	new_repo many && cd many &&
	fu new Website --client Acme --id acme --next "tue 24 nov 15:00" >/dev/null 2>&1 &&
	mkdir opportunities/x && (cd opportunities/x && seq -f "o%.0f.ini" 20000 | xargs touch) &&
	fu list >"$T_OUT/out" 2>"$T_OUT/err" && test_grep acme "$T_OUT/out" &&
	test_line_count -lt 20005 "$T_OUT/err" &&
	fu next >/dev/null 2>&1 && fu note -q acme hello && fu show acme >/dev/null
'

test_done
