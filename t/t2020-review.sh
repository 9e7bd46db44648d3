#!/bin/sh
test_description='fu review: what is adrift, stale or undecided'
. "${0%/*}/lib.sh"

# Friday: one adrift, one with a promise of ours overdue for long, one in order.
practice()
{
	at 2026-11-02T10:00 && new_repo "$1" && cd "$1" &&
		fu new -q Website --client Acme --id adrift &&
		fu new -q Shop --client Globex --id stale --next "30 nov 10:00" &&
		fu heard -q stale --what "they rang" --ours "send the map by 4 nov" &&
		fu new -q Relaunch --client Initech --id sound --next "30 nov 15:00" &&
		at 2026-11-20T10:00
}

test_expect_success 'without a terminal: the list' '
	practice list &&
	fu review >"$T_OUT/said" </dev/null &&
	test_grep "^adrift  Website  (Acme)" "$T_OUT/said" &&
	test_grep "^  adrift: no next step" "$T_OUT/said" &&
	test_grep "^  owe: we owe: send the map, due Wed 4 Nov" "$T_OUT/said" &&
	test_must_fail grep sound "$T_OUT/said" &&
	fu review --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[] | .opportunity + \" \" + .kind] | join(\", \")" \
		"adrift adrift, stale owe" &&
	json "$T_OUT/doc" ".[1].command | startswith(\"fu kept stale\")"
'

test_expect_success 'a week late is not stale yet' '
	practice week && at 2026-11-11T23:30 && fu review --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "length" 1 &&
	at 2026-11-12T00:30 && fu review --json >"$T_OUT/doc" && json "$T_OUT/doc" "length" 2
'

test_expect_success 'nothing to decide: nothing' '
	at 2026-11-02T10:00 && new_repo none && cd none &&
	fu new -q Shop --client Globex --id sound --next "30 nov 10:00" &&
	fu review >"$T_OUT/said" && test_line_count -eq 0 "$T_OUT/said"
'

test_expect_success 'an owner has his own' '
	practice owner && fu set -q stale owner=me &&
	fu review --owner me --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".[0].opportunity" stale && json "$T_OUT/doc" length 1
'

test_expect_success PTY 'on a terminal: book, keep' '
	practice ask &&
	on_terminal "<adrift  Website
		<what becomes of it?
		>b
		<when
		>tue 15:00
		<stale  Shop
		<what becomes of it?
		>k
		<why does it stay open
		>
		<an answer is needed here
		<why does it stay open
		>the map is nearly done
		" fu review >"$T_OUT/shown" &&
	fu show adrift --json >"$T_OUT/doc" && json "$T_OUT/doc" .next.kind appointment &&
	test "$(git log -1 --format=%s)" = "stale: note: looked at, and kept on purpose" &&
	test "$(git rev-list --count HEAD)" -eq 7
'

test_expect_success PTY 'wait, skip, quit' '
	practice more &&
	on_terminal "<what becomes of it?
		>wait
		<until when
		>1 mar
		<why
		>the budget
		<what becomes of it?
		>q
		" fu review >"$T_OUT/shown" &&
	fu show adrift --json >"$T_OUT/doc" && json "$T_OUT/doc" .status waiting
'

test_expect_success PTY 'a damaged answer is asked again; an interrupted one ends it' '
	practice odd &&
	on_terminal "<what becomes of it?
		>x
		<what becomes of it?
		>s
		<what becomes of it?
		>a
		<what was the cause
		>gone
		<why
		>they merged
		" fu review >"$T_OUT/shown" &&
	fu show stale --json >"$T_OUT/doc" && json "$T_OUT/doc" .status abandoned
'

test_expect_success PTY 'enter alone skips; Ctrl-C leaves a question within a question' '
	practice leave && git rev-parse HEAD >"$T_OUT/was" &&
	{ on_terminal "<what becomes of it?
		>
		<stale  Shop
		<what becomes of it?
		>b
		<when
		^c
		" fu review >"$T_OUT/shown"; test $? -eq 1; } &&
	grep "interrupted: nothing is recorded" "$T_OUT/shown" &&
	git rev-parse HEAD | cmp - "$T_OUT/was"
'

test_done
