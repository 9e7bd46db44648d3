#!/bin/sh
test_description='control characters, escape sequences and bidi controls never leave raw'
. "${0%/*}/lib.sh"

esc=$(printf '\033')
# Clears the screen, sets the title, rings; C1, right-to-left override, line separator.
EVIL=$(printf 'A\033[2J\033]0;x\007B\302\233C\342\200\256D\342\200\250E\177F')

CALM=$(printf 'A\033[2JB\302\233C\342\200\256D') # the same without ';', which parts a contact

# clean <file>: nothing in it but text and newlines. Looks at bytes.
clean()
{
	test -s "$1" || {
		echo "$1 is empty"
		return 1
	}
	LC_ALL=C tr -d '\n\040-\176\200-\377' <"$1" >"$T_OUT/control"
	if test -s "$T_OUT/control" ||
		LC_ALL=C grep -q "$(printf '\302[\200-\237]')" "$1" ||
		LC_ALL=C grep -q "$(printf '\342\200[\216\217\250-\256]')" "$1" ||
		LC_ALL=C grep -q "$(printf '\342\201[\246-\251]')" "$1"; then
		echo "this left raw:"
		LC_ALL=C cat -v "$1"
		return 1
	fi
}

test_expect_success 'a repository that is full of them' '
	new_repo &&
	cd repo &&
	fu new "Title $EVIL" --client "Client $EVIL" --id evil --via "Via $EVIL" \
		--source "Source $EVIL" --owner "Owner $EVIL" --tag "Tag $EVIL" \
		--external-id "Ext $EVIL" --contact "Jane $CALM; Role $CALM" \
		--next "fri 15:00" --place "Place $EVIL" --value 5 >/dev/null 2>&1 &&
	at 2026-11-20T16:00 &&
	fu log-meeting evil --outcome repeat --cause value --because "Because $EVIL" \
		--next "mon 15:00" --place "Place $EVIL" --where "Where $EVIL
second line" --discussed "Discussed $EVIL
$(printf "\ttabbed\rreturned")" --unsure "Unsure $EVIL" --note "Note $EVIL" \
		--ours "Ours $EVIL by sat" --theirs "Theirs $EVIL by sat" \
		--link "https://$EVIL" >/dev/null &&
	fu new Adrift --client "Client $EVIL" --id adrift >/dev/null 2>&1 &&
	fu heard adrift --no-next "No $EVIL" --what "What $EVIL" >/dev/null &&
	fu new Wait --client "Other $EVIL" --id wait --wait "1 dec" --because "Why $EVIL" \
		>/dev/null 2>&1 &&
	fu new Gone --client C --id gone >/dev/null 2>&1 &&
	fu abandon gone --cause gone --because "Gone $EVIL" >/dev/null &&
	GIT_AUTHOR_NAME="Eve ${esc}[31m" GIT_AUTHOR_EMAIL="eve@${esc}x" \
		git commit -q --allow-empty -m "Subject $EVIL" -m "Body $EVIL"
'

test_expect_success 'text of every command, pipe or file' '
	cd repo &&
	at 2026-12-02T10:00 &&
	for command in next "next --all" "next --ahead 1w" list "list --status all" where \
		"where evil" "show evil" "show adrift" "show wait" "show gone" commitments \
		"commitments --all" "commitments evil" log "log evil" "log -p" status; do
		fu $command >"$T_OUT/text" 2>&1 &&
		clean "$T_OUT/text" || return 1
		COLUMNS=40 fu $command >"$T_OUT/text" 2>&1 &&
		clean "$T_OUT/text" || return 1
	done &&
	fu show evil >"$T_OUT/text" &&
	test_grep -F "A\\x1b[2J" "$T_OUT/text" &&
	test_grep -F "<U+202E>" "$T_OUT/text"
'

test_expect_success '--format of every field' '
	cd repo &&
	for field in title client via source owner tags external_id where contacts commitments \
		questions next_item; do
		fu list --status all --format "%($field)" >"$T_OUT/text" &&
		clean "$T_OUT/text" || return 1
	done &&
	for field in client title owner reason command contact; do
		fu next --format "%($field)" >"$T_OUT/text" &&
		clean "$T_OUT/text" || return 1
	done &&
	for field in author subject words; do
		fu log --format "%($field)" >"$T_OUT/text" &&
		clean "$T_OUT/text" || return 1
	done &&
	fu commitments --format "%(what) %(who) %(client)" >"$T_OUT/text" &&
	clean "$T_OUT/text"
'

test_expect_success 'JSON carries them escaped, and whole' '
	cd repo &&
	for command in next list where "show evil" "commitments --all" log status; do
		fu $command --json >"$T_OUT/doc" &&
		clean "$T_OUT/doc" &&
		jq . "$T_OUT/doc" >/dev/null || return 1
	done &&
	test "$(fu show evil --json | jq -r .title)" = "Title $EVIL" &&
	test "$(fu show evil --json | jq -r .where)" = "Where $EVIL
second line"
'

test_expect_success PTY 'on a terminal there is no escape but the colour'"'"'s own' '
	cd repo &&
	for command in "next --all" "list --status all" where "show evil" commitments log; do
		on_terminal "" fu --no-pager --color=always $command |
			sed "s/$esc\[[0-9;]*m//g" >"$T_OUT/text" &&
		clean "$T_OUT/text" || return 1
	done
'

test_expect_success 'a newline in a name makes no line of its own' '
	cd repo &&
	fu new "One
status        won" --client "Acme
forged: line" --id forged >/dev/null 2>&1 &&
	for command in list where "show forged"; do
		fu $command >"$T_OUT/text" &&
		! grep -E "^(status|forged:)" "$T_OUT/text" || return 1
	done
'

test_expect_success 'error messages: what was typed, and what stands in files' '
	cd repo &&
	test_must_fail fu show "$EVIL" 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	test_must_fail fu list --status "$EVIL" 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	test_must_fail fu list --format "%($EVIL)" 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	test_must_fail fu next --owner "$EVIL" --role "$EVIL" 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	file=$(echo opportunities/*/wait.ini) &&
	printf "key %s\n" "$EVIL" | sed "s/key/no key/" >>"$file" &&
	for command in next list where status check "show wait"; do
		fu $command >"$T_OUT/text" 2>&1
		clean "$T_OUT/text" || return 1
	done &&
	git checkout -q .
'

test_expect_success 'file names' '
	cd repo &&
	: >"opportunities/${esc}[2J.ini" &&
	: >"processes/${esc}[2J.ini" &&
	for command in next list status check "status --json" "check --json"; do
		fu $command >"$T_OUT/text" 2>&1
		clean "$T_OUT/text" || return 1
	done
'


# As clean of $T_OUT/text, which may be empty; calendars and terminals end lines with CR LF,
# words for the shell have a tab before what they mean.
nothing_raw()
{
	sed -e "s/\r\$//" -e "s/^\([a-z-]*\)$t_tab/\1/" "$T_OUT/text" >"$T_OUT/lines" &&
	{ test ! -s "$T_OUT/lines" || clean "$T_OUT/lines"; }
}

test_expect_success 'the pages, the reports, the calendar, the spreadsheet, what cron and the shell get' '
	cd repo && git clean -fdq &&
	at 2026-12-02T10:00 &&
	fu schedule evil "thu 10:00" --place "Place $EVIL" --because "Because $EVIL" >/dev/null &&
	while read -r command; do
		fu $command >"$T_OUT/text" 2>&1
		test $? -le 1 && nothing_raw || { echo "fu $command" && return 1; }
	done <<-EOF &&
	brief evil
	recap evil
	agenda --week
	agenda --free
	board
	review
	report flow --by client
	report flow --by owner
	report flow --by source
	report activity --evidence
	report habits
	report causes --by owner
	remind --ahead 4w
	remind --format ics --ahead 4w
	who jane
	who A
	grep A
	grep title
	check
	fsck
	export --ics --todo-as-event
	export --csv
	export --acts
	log --author Eve
	undo --dry-run evil
	note --dry-run evil hello
	complete -- show e
	complete -- kept evil
	complete -- who
	EOF
	for command in brief recap; do
		fu $command evil --json >"$T_OUT/text" && clean "$T_OUT/text" || return 1
	done
'

test_expect_success PTY 'the same on a terminal' '
	cd repo &&
	for command in "brief evil" "recap evil" "agenda --week" board review "report habits" \
		"who jane" "grep title" check status "log -p" "undo --dry-run evil"; do
		{ on_terminal "" fu --no-pager --color=always $command || test $? -eq 1; } |
			sed "s/$esc\[[0-9;]*m//g" >"$T_OUT/text" &&
		nothing_raw || { echo "fu $command" && return 1; }
	done
'

test_expect_success 'remotes, branches, tags, git settings, options and words of nobody' '
	cd repo &&
	calm=$(printf "\302\233C\342\200\256D") &&
	branch="b$calm" && git switch -q -c "$branch" &&
	git remote add origin "../no$EVIL" && git config "fu.role" "$EVIL" &&
	while read -r command; do
		fu $command >"$T_OUT/text" 2>&1
		nothing_raw || { echo "fu $command" && return 1; }
	done <<-EOF &&
	status
	sync
	sync --dry-run
	sync no$calm
	next
	config
	config fu.role
	config --list
	undo no$calm
	log no$calm
	log --since no$calm
	note evil --link no$calm
	no$calm
	help no$calm
	show --no$calm
	report no$calm
	import no$calm
	agenda no$calm
	schedule evil no$calm
	set evil no$calm=1
	set evil value=no$calm
	contact evil rm no$calm
	clone no$calm
	clone no$calm no$calm
	init no$calm/no$calm/..
	-C no$calm next
	--repo no$calm next
	EOF
	git config fu.alias.bad "no$calm" && test_expect_code 129 fu bad 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	git config fu.alias.bad "\"no$calm" && test_must_fail fu bad 2>"$T_OUT/text" &&
	clean "$T_OUT/text" &&
	git config --unset fu.role && git switch -q - && git remote remove origin
'

test_expect_success 'imports: what is wrong with a row, and what is asked for' '
	cd repo &&
	printf "client,title,x%s\nA,%s,%s\n" "$CALM" "$CALM" "$CALM" >../evil.csv &&
	for options in "" --guess --skip-bad "--map no$CALM"; do
		fu import ../evil.csv $options >"$T_OUT/text" 2>&1
		clean "$T_OUT/text" || return 1
	done &&
	printf "{\"act\":\"no%s\"}\n{\"act\":\"note\",\"opportunity\":\"no%s\",\"at\":\"%s\"}\nno%s\n" \
		"\\u001b[2J" "\\u202e" "\\u009b" "$CALM" >../evil.acts &&
	test_must_fail fu import --acts <../evil.acts 2>"$T_OUT/text" && clean "$T_OUT/text"
'

test_expect_success 'tables escape once, as pages do' '
	new_repo once &&
	cd once &&
	fu new T --client "Ev${esc}[31mil \\x41" --id t >/dev/null 2>&1 &&
	for command in list next "show t"; do
		fu $command >"$T_OUT/text" &&
		test_grep -F "Ev\\x1b[31mil \\x41" "$T_OUT/text" || return 1
	done
'

test_done
