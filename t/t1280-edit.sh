#!/bin/sh
test_description='fu edit: the file in the editor, checked'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" &&
		fu new -q Website --client Acme --id acme \
			--contact 'Jane Doe <jane@acme.example>' "$@" &&
		file=$(echo opportunities/*/acme.ini)
}

# editor <sed script>: an editor that does that, and counts how often it is called
editor()
{
	rm -f "$T_OUT/calls"
	cat >"$T_BASE/editor" <<-X
	#!/bin/sh
	echo "\$@" >>'$T_OUT/calls'
	sed '$1' "\$1" >'$T_OUT/edit.tmp' && cat '$T_OUT/edit.tmp' >"\$1"
	X
	chmod +x "$T_BASE/editor"
	GIT_EDITOR=$T_BASE/editor
	export GIT_EDITOR
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success 'what was changed is recorded, in one commit' '
	acme && editor "s/^title = .*/title = Web shop/" && before=$(git rev-list --count HEAD) &&
	fu edit acme >"$T_OUT/said" && test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "^acme: edit" "$T_OUT/said" && facts .title "Web shop" &&
	test $(git rev-list --count HEAD) -eq $((before + 1)) &&
	test_line_count -eq 1 "$T_OUT/calls" && test -z "$(git status --porcelain)" &&
	git log -1 --format="%(trailers:key=Fu-Act,valueonly)" >"$T_OUT/t" && test_grep edit "$T_OUT/t"
'

test_expect_success 'nothing changed: exit 0, no commit' '
	acme && editor "" && nothing_changed fu edit acme
'

test_expect_success 'an editor that fails changes nothing' '
	acme && GIT_EDITOR=false && export GIT_EDITOR && refuses 128 "false" fu edit acme
'

test_expect_success 'a fault changes nothing and is named with its line; the edit is kept' '
	acme && editor "s/^status = .*/status = lost/" &&
	refuses 128 "[0-9]+: .*lost" fu edit acme &&
	editor "s/^status = .*/status = open/;s/^title = .*/title = Web shop/" &&
	fu edit -q acme && facts .title "Web shop"
'

test_expect_success '--discard begins anew' '
	acme && editor "s/^title = .*/status = lost/" && refuses 128 "" fu edit acme &&
	editor "s/^client = .*/client = Acme Inc/" && fu edit -q --discard acme &&
	facts "[.title, .client]" "[\"Website\",\"Acme Inc\"]"
'

test_expect_success PTY 'on a terminal it is reopened at the fault' '
	acme && rm -f "$T_OUT/calls" &&
	cat >"$T_BASE/editor" <<-X &&
	#!/bin/sh
	echo "\$@" >>"$T_OUT/calls"
	for f; do :; done
	if test \$(wc -l <"$T_OUT/calls") -eq 1
	then sed "s/^status = .*/status = lost/" "\$f" >"$T_OUT/edit.tmp"
	else sed "s/^status = .*/status = open/;s/^title = .*/title = Web shop/" "\$f" >"$T_OUT/edit.tmp"
	fi && cat "$T_OUT/edit.tmp" >"\$f"
	X
	chmod +x "$T_BASE/editor" && GIT_EDITOR=$T_BASE/editor && export GIT_EDITOR &&
	on_terminal "<lost
>" fu edit acme >"$T_OUT/said" &&
	test_line_count -eq 2 "$T_OUT/calls" && facts .title "Web shop"
'

test_expect_success 'a rule is asked by an edit as by a command' '
	acme && editor "s/^activity = .*/activity = proposal/" && test_must_fail nothing_changed fu edit acme &&
	editor "s/^activity = .*/activity = proposal/" &&
	fu edit -q --discard --because "they know us" acme && facts .activity proposal
'

test_expect_success '-F takes the text' '
	acme && sed "s/^title = .*/title = Web shop/" "$file" >"$T_OUT/text" && GIT_EDITOR=false &&
	export GIT_EDITOR && fu edit -q acme -F "$T_OUT/text" && facts .title "Web shop" &&
	sed "s/^title = .*/title = Third/" "$file" | fu edit -q acme -F - && facts .title Third &&
	refuses 128 "nothere" fu edit acme -F nothere
'

test_expect_success 'a text that is all gone does not empty the opportunity' '
	acme && editor "d" && test_must_fail nothing_changed fu edit acme
'

test_expect_success 'an act that was edited is stamped' '
	acme && fu note -q acme hello && at 2026-11-21T10:00 && editor "s/^note = hello/note = bye/" &&
	fu edit -q acme && test_grep "^edited = 2026-11-21T10:00:00+01:00" "$file" &&
	test_grep "^note = bye" "$file"
'

test_expect_success 'a hand edit from before is taken along, or recorded first' '
	acme && sed "s/^title = .*/title = By hand/" "$file" >"$T_OUT/e" && cat "$T_OUT/e" >"$file" &&
	editor "s/^client = .*/client = Acme Inc/" && fu edit -q acme 2>"$T_OUT/err" &&
	facts "[.title, .client]" "[\"By hand\",\"Acme Inc\"]" && test -z "$(git status --porcelain)"
'

test_expect_success 'a record that cannot be read is named with its line' '
	acme && echo junk >>"$file" && editor "/^junk/d" && refuses 128 "acme.ini:[0-9]+: " fu edit acme
'

test_expect_success 'core.editor, VISUAL, EDITOR as in git' '
	acme && editor "s/^title = .*/title = One/" && unset GIT_EDITOR &&
	EDITOR=$T_BASE/editor fu edit -q acme && facts .title One &&
	editor "s/^title = .*/title = Two/" && unset GIT_EDITOR &&
	git config core.editor "$T_BASE/editor" && EDITOR=false VISUAL=false fu edit -q acme &&
	facts .title Two
'

test_expect_success 'wrong usage, unknown opportunity, --dry-run' '
	acme && editor "s/^title = .*/title = Web shop/" &&
	refuses 129 "" fu edit && refuses 128 nobody fu edit nobody &&
	test ! -e "$T_OUT/calls" &&
	nothing_changed fu edit --dry-run acme >"$T_OUT/said"
'

test_expect_success 'a closed one can be edited' '
	acme && fu win -q acme && editor "s/^title = .*/title = Web shop/" && fu edit -q acme &&
	facts "[.title, .status]" "[\"Web shop\",\"won\"]"
'

test_done
