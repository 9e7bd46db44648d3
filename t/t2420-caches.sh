#!/bin/sh
test_description='the caches in .git/fu: whatever happens to them, commands say what the files say'
. "${0%/*}/lib.sh"

# What comes out of the caches: the list out of `listing`, the others out of `register`.
asked()
{
	fu next --all &&
	fu next --json &&
	fu list --format '%(id) %(client)' &&
	fu brief acme &&
	fu who jane@acme.example &&
	fu show acme-before
}

# Time stamps as young as the look are not trusted: the caches would not be used yet.
let_age()
{
	sleep 0.06
}

# Nothing is said of it, nothing else is printed, and the cache is whole again: it is what a
# run leaves alone.
heals()
{
	asked >"$T_OUT/got" 2>"$T_OUT/err" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/got" &&
	test_cmp /dev/null "$T_OUT/err" || return 1
	test "$2" = "stays" && return
	let_age
	asked >/dev/null &&
	test -f ".git/fu/$1" && test ! -h ".git/fu/$1" &&
	stat -c '%i %s %y' ".git/fu/$1" >"$T_OUT/was" &&
	asked >"$T_OUT/got" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/got" &&
	stat -c '%i %s %y' ".git/fu/$1" >"$T_OUT/is" &&
	test_cmp "$T_OUT/was" "$T_OUT/is"
}

keep_whole()
{
	let_age
	asked >/dev/null &&
	cp -p .git/fu/listing "$T_OUT/whole.listing" &&
	cp -p .git/fu/register "$T_OUT/whole.register"
}

# The whole one is put back before each damage.
anew()
{
	rm -rf ".git/fu/$1" && cp -p "$T_OUT/whole.$1" ".git/fu/$1"
}

# flip <cache> <offset>: one byte becomes another.
flip()
{
	byte=$(od -An -tu1 -j "$2" -N 1 ".git/fu/$1") &&
	printf "\\$(printf %03o $((byte ^ 0x41)))" |
		dd of=".git/fu/$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

made()
{
	new_repo "$1" &&
	cd "$1" &&
	fu new -q "Website" --client Acme --id acme-before --contact "Jane Doe <jane@acme.example>" \
		--next "tomorrow 10:00" &&
	fu rename acme-before acme >/dev/null &&
	fu new -q "Shop" --client Acme --id shop &&
	fu new -q "Desk" --client "Beta" --id desk --next "today 18:00" &&
	fu new -q "Lamp" --client "Beta" --id lamp &&
	fu win lamp -q &&
	let_age &&
	asked >/dev/null
}

test_expect_success 'set up: two caches, which a second run leaves alone' '
	(made other) &&
	made repo &&
	asked >"$T_OUT/wanted" &&
	test_grep "desk" "$T_OUT/wanted" &&
	for cache in listing register; do
		heals $cache &&
		cp -p ../other/.git/fu/$cache "$T_OUT/other.$cache" || return 1
	done &&
	keep_whole
'

for cache in listing register
do
	test_expect_success "$cache: gone, empty, cut anywhere, longer" '
		cd repo &&
		size=$(stat -c %s "$T_OUT/whole.$cache") &&
		rm .git/fu/$cache && heals $cache &&
		for len in 0 1 7 8 40 63 64 65 $((size / 3)) $((size / 2)) $((size - 1)); do
			anew $cache && truncate -s $len .git/fu/$cache && heals $cache || return 1
		done &&
		anew $cache && echo >>.git/fu/$cache && heals $cache &&
		anew $cache && truncate -s 100M .git/fu/$cache && heals $cache
	'

	test_expect_success "$cache: any field of its head, and bytes of every part, turned over" '
		cd repo &&
		size=$(stat -c %s "$T_OUT/whole.$cache") &&
		for at in 0 6 8 15 16 23 24 31 32 39 40 47 48 55 56 64 96 130 $((size / 4)) \
			$((size / 2)) $((size * 3 / 4)) $((size - 9)) $((size - 1)) \
			$(grep -obUa "[j]ane@\|acme-before\|desk" "$T_OUT/whole.$cache" | cut -d: -f1); do
			anew $cache && flip $cache $at &&
			! cmp -s "$T_OUT/whole.$cache" .git/fu/$cache && heals $cache || return 1
		done
	'

	test_expect_success "$cache: garbage, text, another version" '
		cd repo &&
		size=$(stat -c %s "$T_OUT/whole.$cache") &&
		anew $cache && yes garbage | head -c $size >.git/fu/$cache && heals $cache &&
		anew $cache && head -c $size /dev/zero >.git/fu/$cache && heals $cache &&
		anew $cache && tr "\\000-\\377" "\\001-\\377\\000" <"$T_OUT/whole.$cache" >.git/fu/$cache &&
		heals $cache &&
		for version in 0 1 2 9; do
			anew $cache && printf "fulist$version" |
				dd of=.git/fu/$cache bs=1 conv=notrunc 2>/dev/null &&
			heals $cache || return 1
		done
	'

	test_expect_success "$cache: something else in its place" '
		cd repo &&
		rm -f .git/fu/$cache && mkdir .git/fu/$cache && heals $cache stays &&
		: >.git/fu/$cache/mine && heals $cache stays && test -f .git/fu/$cache/mine &&
		rm -r .git/fu/$cache && mkfifo .git/fu/$cache && heals $cache &&
		rm -f .git/fu/$cache && ln -s $cache .git/fu/$cache && heals $cache &&
		rm -f .git/fu/$cache && ln -s nowhere/at/all .git/fu/$cache && heals $cache &&
		rm -f .git/fu/$cache && ln -s /dev/zero .git/fu/$cache && heals $cache &&
		rm -f .git/fu/$cache && ln -s ../../../other/.git/fu/$cache .git/fu/$cache &&
		heals $cache && cmp ../other/.git/fu/$cache "$T_OUT/other.$cache" &&
		rm -f .git/fu/$cache && ln -s ../config .git/fu/$cache &&
		cp .git/config "$T_OUT/config" && heals $cache && cmp .git/config "$T_OUT/config" &&
		test "$(ls .git/fu | grep -c "^$cache")" -eq 1
	'

	test_expect_success "$cache: that cannot be read, in a directory that cannot be written" '
		cd repo &&
		anew $cache && chmod 000 .git/fu/$cache && heals $cache stays &&
		anew $cache && flip $cache 70 && chmod 555 .git/fu &&
		test_when_finished "chmod 777 .git/fu" &&
		heals $cache stays && chmod 777 .git/fu && heals $cache
	'

	test_expect_success "$cache: of another repository, of yesterday, of tomorrow" '
		cd repo &&
		cp "$T_OUT/other.$cache" .git/fu/$cache && heals $cache &&
		cp "$T_OUT/whole.$cache" .git/fu/$cache &&
		touch -d 2099-01-01 .git/fu/$cache && heals $cache stays &&
		touch -d 1980-01-01 .git/fu/$cache && heals $cache stays
	'

	test_expect_success "$cache: of before a change" '
		cd repo &&
		let_age && asked >/dev/null && cp .git/fu/$cache "$T_OUT/before" &&
		fu new -q "Chair" --client Acme --id chair-$cache --contact "Jane Doe <jane@acme.example>" &&
		fu set shop -q title="Another shop" &&
		sed -i "s/^client = Beta/client = Gamma/" opportunities/*/desk.ini &&
		asked >"$T_OUT/wanted" &&
		test_grep chair "$T_OUT/wanted" && test_grep Gamma "$T_OUT/wanted" &&
		cp "$T_OUT/before" .git/fu/$cache && heals $cache &&
		git checkout -q -- opportunities &&
		fu abandon -q chair-$cache --cause value --because "none" &&
		rm -f .git/fu/$cache && asked >"$T_OUT/wanted" &&
		cp "$T_OUT/before" .git/fu/$cache && heals $cache &&
		keep_whole
	'
done

test_expect_success 'files and directories from the future are looked at every time' '
	cd repo &&
	touch -d 2099-01-01 opportunities/*/desk.ini opportunities/* &&
	asked >"$T_OUT/wanted" && let_age && asked >/dev/null &&
	sed -i "s/^client = Beta/client = Zeta/" opportunities/*/desk.ini &&
	touch -d 2099-01-01 opportunities/*/desk.ini opportunities/* &&
	fu next --all >"$T_OUT/out" &&
	test_grep "desk.*Zeta" "$T_OUT/out" &&
	git checkout -q -- opportunities && heals listing stays
'

test_expect_success 'a copy of a repository is not taken for the original' '
	cp -a repo copy &&
	cd copy &&
	sed -i "s/^client = Beta/client = Delta/" opportunities/*/desk.ini &&
	touch -r ../repo/opportunities/*/desk.ini opportunities/*/desk.ini &&
	fu next --all >"$T_OUT/out" &&
	test_grep "desk.*Delta" "$T_OUT/out"
'

# Until enough is written: what is there from the beginning is always seen.
read_on()
{
	while test ! -e "$T_OUT/enough"; do
		fu next --all >"$T_OUT/seen" 2>&1 &&
		grep -q first1 "$T_OUT/seen" && grep -q first3 "$T_OUT/seen" ||
			cat "$T_OUT/seen" >>"$T_OUT/wrong"
	done
}

damage_on()
{
	while test ! -e "$T_OUT/enough"; do
		cp "$T_OUT/old" .git/fu/damaged && mv .git/fu/damaged .git/fu/listing
		fu who jane@acme.example >/dev/null 2>&1
		rm -f .git/fu/register
		printf fulist3 >.git/fu/damaged && mv .git/fu/damaged .git/fu/listing
	done
}

test_expect_success 'who writes sees it at once, while others read and damage the caches' '
	new_repo busy &&
	cd busy &&
	for i in 1 2 3; do fu new -q "First $i" --client Acme --id first$i || return 1; done &&
	fu next >/dev/null && cp .git/fu/listing "$T_OUT/old" &&
	{ read_on & } && { damage_on & } &&
	test_when_finished ": >\"$T_OUT/enough\"; wait" &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		fu new -q "Number $i" --client Acme --id number$i &&
		fu next --all >"$T_OUT/mine" && test_grep "number$i " "$T_OUT/mine" &&
		fu note -q number$i "noted" && fu show number$i >/dev/null || return 1
	done &&
	: >"$T_OUT/enough" && wait &&
	test ! -e "$T_OUT/wrong" &&
	fu next --all >"$T_OUT/got" && rm .git/fu/listing &&
	fu next --all >"$T_OUT/wanted" && test_cmp "$T_OUT/wanted" "$T_OUT/got" &&
	test_line_count -gt 14 "$T_OUT/got"
'

test_done
