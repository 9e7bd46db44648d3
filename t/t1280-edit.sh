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

# edit <arguments>: on a terminal; a fault is not edited again.
edit()
{
	on_terminal "" fu edit "$@"
}

edit_in_vain()
{
	test_expect_code ${code:-128} nothing_changed on_terminal "<again? [Y/n]
>n" fu edit "$@" >"$T_OUT/said"
}

facts()
{
	fu show --json acme | json - "$@"
}

test_expect_success PTY 'what was changed is recorded, in one commit' '
	acme && editor "s/^title = .*/title = Web shop/" && before=$(git rev-list --count HEAD) &&
	edit acme >"$T_OUT/said" && test_line_count -eq 1 "$T_OUT/said" &&
	test_grep "^acme: edit" "$T_OUT/said" && facts .title "Web shop" &&
	test $(git rev-list --count HEAD) -eq $((before + 1)) &&
	test_line_count -eq 1 "$T_OUT/calls" && test -z "$(git status --porcelain)" &&
	git log -1 --format="%(trailers:key=Fu-Act,valueonly)" >"$T_OUT/t" && test_grep edit "$T_OUT/t"
'

test_expect_success PTY 'nothing changed: exit 0, no commit' '
	acme && editor "" && nothing_changed edit acme
'

test_expect_success PTY 'an editor that fails changes nothing' '
	acme && GIT_EDITOR=false && export GIT_EDITOR &&
	test_expect_code 128 nothing_changed edit acme >"$T_OUT/said" && test_grep false "$T_OUT/said"
'

test_expect_success PTY 'an unchanged copy is not kept' '
	acme && GIT_EDITOR=false && export GIT_EDITOR &&
	test_expect_code 128 nothing_changed edit acme >"$T_OUT/said" &&
	! grep "is kept" "$T_OUT/said" && test ! -e .git/fu/drafts/edit.acme &&
	editor "" && edit -q --dry-run acme && test ! -e .git/fu/drafts/edit.acme &&
	fu note -q acme hello &&
	editor "s/^title = .*/title = Web shop/" && edit -q acme && facts .title "Web shop"
'

test_expect_success PTY 'a changed one is kept where the editor fails' '
	acme && editor "s/^title = .*/title = Web shop/" && echo "exit 3" >>"$GIT_EDITOR" &&
	test_expect_code 128 nothing_changed edit acme >"$T_OUT/said" &&
	test_grep "is kept: .fu edit acme. takes it up" "$T_OUT/said" &&
	editor "" && edit -q acme && facts .title "Web shop"
'

test_expect_success PTY 'a fault changes nothing and is named with its line; the edit is kept' '
	acme && editor "s/^status = .*/status = lost/" &&
	edit_in_vain acme && test_grep "[0-9]: .*lost" "$T_OUT/said" &&
	editor "s/^status = .*/status = open/;s/^title = .*/title = Web shop/" &&
	edit -q acme && facts .title "Web shop"
'

test_expect_success PTY '--discard begins anew' '
	acme && editor "s/^title = .*/status = lost/" && edit_in_vain acme &&
	editor "s/^client = .*/client = Acme Inc/" && edit -q --discard acme &&
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

test_expect_success PTY 'a rule is asked by an edit as by a command' '
	acme && editor "1,/^status/s/^activity = .*/activity = proposal/" &&
	code=1 edit_in_vain acme && test_grep "has a reason" "$T_OUT/said" &&
	edit -q --discard --because "they know us" acme && facts .activity proposal
'

test_expect_success 'without a terminal, or with --no-input, no editor opens' '
	acme && editor "s/^title = .*/title = Web shop/" &&
	refuses 128 "an editor needs a terminal: .*--file" fu edit acme &&
	unset GIT_EDITOR && EDITOR=$T_BASE/editor refuses 128 "needs a terminal" fu edit acme &&
	refuses 128 "no editor: .*--file" fu edit --no-input acme && test ! -e "$T_OUT/calls" &&
	sed "s/^title = .*/title = Third/" "$file" | fu edit -q --no-input acme -F - &&
	facts .title Third
'

test_expect_success PTY 'nor with --no-input on a terminal' '
	acme && editor "s/^title = .*/title = Web shop/" &&
	test_expect_code 128 nothing_changed edit --no-input acme >"$T_OUT/said" &&
	test_grep "no editor: .*--file" "$T_OUT/said" && test ! -e "$T_OUT/calls"
'

test_expect_success '-F takes the text' '
	acme && sed "s/^title = .*/title = Web shop/" "$file" >"$T_OUT/text" && GIT_EDITOR=false &&
	export GIT_EDITOR && fu edit -q acme -F "$T_OUT/text" && facts .title "Web shop" &&
	sed "s/^title = .*/title = Third/" "$file" | fu edit -q acme -F - && facts .title Third &&
	refuses 128 "nothere" fu edit acme -F nothere
'

test_expect_success PTY 'a text that is all gone does not empty the opportunity' '
	acme && editor "d" && edit_in_vain acme
'

test_expect_success PTY 'an act that was edited is stamped' '
	acme && fu note -q acme hello && at 2026-11-21T10:00 && editor "s/^note = hello/note = bye/" &&
	edit -q acme && test_grep "^edited = 2026-11-21T10:00:00+01:00" "$file" &&
	test_grep "^note = bye" "$file"
'

test_expect_success PTY 'a hand edit from before is taken along, or recorded first' '
	acme && sed "s/^title = .*/title = By hand/" "$file" >"$T_OUT/e" && cat "$T_OUT/e" >"$file" &&
	editor "s/^client = .*/client = Acme Inc/" && edit -q acme >"$T_OUT/said" &&
	facts "[.title, .client]" "[\"By hand\",\"Acme Inc\"]" && test -z "$(git status --porcelain)"
'

test_expect_success 'a record that cannot be read is named with its line' '
	acme && echo junk >>"$file" && editor "/^junk/d" && refuses 128 "acme.ini:[0-9]+: " fu edit acme
'

test_expect_success PTY 'core.editor, VISUAL, EDITOR as in git' '
	acme && editor "s/^title = .*/title = One/" && unset GIT_EDITOR &&
	EDITOR=$T_BASE/editor edit -q acme && facts .title One &&
	editor "s/^title = .*/title = Two/" && unset GIT_EDITOR &&
	git config core.editor "$T_BASE/editor" && EDITOR=false VISUAL=false edit -q acme &&
	facts .title Two
'

test_expect_success PTY 'wrong usage, unknown opportunity, --dry-run' '
	acme && editor "s/^title = .*/title = Web shop/" &&
	refuses 129 "" fu edit && refuses 128 nobody fu edit nobody &&
	test ! -e "$T_OUT/calls" &&
	nothing_changed edit --dry-run acme >"$T_OUT/said"
'

test_expect_success PTY 'a closed one can be edited' '
	acme && fu win -q acme && editor "s/^title = .*/title = Web shop/" && edit -q acme &&
	facts "[.title, .status]" "[\"Web shop\",\"won\"]"
'

test_done
