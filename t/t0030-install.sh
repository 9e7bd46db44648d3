#!/bin/sh
test_description='fu as it is installed: under a DESTDIR with spaces, moved, through a link'
. "${0%/*}/lib.sh"

command -v meson >/dev/null || test_skip 'no meson here, which installs it'

# At a prefix that it was not built for: it has to find its parts by itself.
dest="$T_BASE/a root"
if ! meson install -C "$T_BUILD" --no-rebuild --destdir "$dest" >"$T_OUT/installed" 2>&1; then
	cat "$T_OUT/installed"
	echo "Bail out! meson install failed"
	exit 1
fi
program=$(find "$dest" -path '*/bin/fu' -type f)
find "$dest" -name fu-ics | grep -q . && test_set_prereq LIBICAL
find "$dest" -name fu.1 | grep -q . && test_set_prereq PAGES

# with <directory of fu> <command>: with that in PATH, and nothing that says where fu is.
with()
{
	(
		unset FU_EXEC_PATH
		PATH=$1:$PATH
		shift
		"$@"
	)
}

# The main job, told by the fu of that directory in a new repository.
plays()
{
	test "$(with "$1" command -v fu)" = "$1/fu" &&
	with "$1" fu init "$2" --timezone Europe/Madrid --currency EUR &&
	(
		cd "$2" &&
		with "$1" fu new Relaunch --client Acme --next "today 11:00" &&
		FU_NOW=2026-11-20T12:00:00+01:00 &&
		with "$1" fu log-meeting acme --outcome proceed --next "tue 15:00" \
			--ours none --theirs "figures by mon" &&
		FU_NOW=2026-11-24T09:00:00+01:00 &&
		with "$1" fu next >out &&
		test_grep "acme-relaunch.*appointment: workshop" out && rm out &&
		test "$(git log --oneline | wc -l)" -eq 3 &&
		test -z "$(git status --short)"
	)
}

test_expect_success 'the program, its module, a page for each source of one' '
	test -x "$program" &&
	test -n "$(find "$dest" -name fu-git.so)" &&
	find "$dest" -name "*.[157]" | sed "s,.*/,," | LC_ALL=C sort >pages &&
	if test_have_prereq PAGES; then
		(cd "$T_SRC/docs/man" && ls *.scd) | sed "s/\.scd\$//" | LC_ALL=C sort >wanted &&
		test_cmp wanted pages
	fi
'

test_expect_success 'nothing for others to write, nothing that only root may read' '
	find "$dest" -mindepth 1 ! -type l -perm -0002 >found &&
	find "$dest" -mindepth 1 ! -perm -0444 >>found &&
	test_cmp /dev/null found
'

test_expect_success 'it runs from there with PATH only' '
	plays "${program%/*}" "$T_BASE/trash/deals"
'

test_expect_success 'it runs through a link' '
	mkdir links && ln -s "$program" links/fu &&
	plays "$PWD/links" "$T_BASE/trash/linked"
'

test_expect_success LIBICAL 'it finds what reads calendars' '
	printf "%s\r\n" BEGIN:VCALENDAR VERSION:2.0 PRODID:x BEGIN:VEVENT UID:1 \
		DTSTAMP:20261101T000000Z DTSTART:20261123T080000Z DTEND:20261123T160000Z \
		END:VEVENT END:VCALENDAR >mine.ics &&
	with "${program%/*}" fu -C deals agenda --free -n 1 --from "mon" --for 1h \
		--busy "$PWD/mine.ics" >out &&
	test_grep "^Tue 24 Nov" out
'

# One that finds no page by itself, as for a prefix that its settings do not know.
test_expect_success PAGES 'it finds its pages' '
	mkdir man-bin &&
	cat >man-bin/man <<-\EOT &&
	#!/bin/sh
	test "$1" != -w || exit 16
	test "$1" = -l && sed -n "/^\.TH/p" "$2"
	EOT
	chmod +x man-bin/man &&
	PATH=$PWD/man-bin:$PATH &&
	with "${program%/*}" fu help next >out && test_grep "^\.TH \"fu-next\" \"1\"" out &&
	with "${program%/*}" fu help format >out && test_grep "^\.TH \"fu-format\" \"5\"" out
'

test_expect_success 'a tree that is moved goes on working' '
	mv "$dest" "$T_BASE/elsewhere" &&
	test ! -e "$program" &&
	bin=$T_BASE/elsewhere${program#"$dest"} &&
	plays "${bin%/*}" "$T_BASE/trash/moved"
'

test_done
