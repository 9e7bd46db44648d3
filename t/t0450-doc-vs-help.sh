#!/bin/sh
test_description='the manual pages and the program say the same'
. "${0%/*}/lib.sh"

man_dir=$T_SRC/docs/man
commands=$(fu help --all | awk '{ print $1 }')

# The source of a page, with what it shares: page fu-next.1
page()
{
	sh "$T_SRC/docs/page.sh" cat "$man_dir/$1.scd"
}

# section <heading>: what stands under it, of a page on stdin
section()
{
	awk -v heading="# $1" '/^# / { inside = $0 == heading; next } inside'
}

trimmed()
{
	awk '{ gsub(/^ +| +$/, "") } NF'
}

# One line without marks, for each form: what is bold, a line break and blanks are
# the page's own.
plain()
{
	sed -e 's/++$/@/' -e 's/[*\\]//g' | tr -s '\n\t ' '   ' | tr '@' '\n' |
		trimmed
}

# The same of a usage text on stdin.
usage_forms()
{
	sed -e '/^$/,$d' -e 's/^usage: /@/' -e 's/^   or: /@/' | tr -s '\n ' '  ' |
		tr '@' '\n' | trimmed
}

# The options that a usage text on stdin lists, one a line.
usage_options()
{
	sed -n 's/^    \(-[^ ].*\)/\1/p' | sed 's/   .*//' | tr ',' '\n' |
		sed -n 's/^ *\(-[-a-zA-Z]*\).*/\1/p' | sort -u
}

# The options that a page on stdin describes: those in bold where a line begins with one.
page_options()
{
	grep '^\*-' | grep -o '\*--*[a-zA-Z][-a-z]*\*' | tr -d '*' | sort -u
}

same_synopsis()
{
	page "fu-$1.1" | section SYNOPSIS | plain >wanted &&
	fu "$1" -h | usage_forms >said &&
	test -s said &&
	test_cmp wanted said
}

same_options()
{
	page "fu-$1.1" | page_options >wanted &&
	fu "$1" -h | usage_options >said &&
	test_cmp wanted said
}

same_summary()
{
	page "fu-$1.1" | section NAME | sed '/^$/d' >wanted &&
	fu help --all | sed -n "s/^   $1  */fu-$1 - /p" >said &&
	test_cmp wanted said
}

# Every word of stdin stands in bold in the file; names those that do not.
all_bold_in()
{
	bad=
	while read -r word; do
		grep -F -q -e "*$word*" "$1" || bad="$bad $word"
	done
	test -z "$bad" || {
		echo "not in $1:$bad"
		return 1
	}
}

# The paragraphs of the page $1 whose first line has '*$2*' in its head.
entry()
{
	page "$1" | awk -v head="*$2*" '
		/^\*/ { inside = index($0, head) > 0 }
		/^#/ { inside = 0 }
		inside'
}

# "kind field field …" of core/act.c, as files have them, a line for each kind.
fields_of_kinds()
{
	awk '/act_kinds\[ACT_KINDS\] = / { inside = 1; next } /^};/ { inside = 0 } inside' \
		"$T_SRC/core/act.c" | tr -d '\n\t' | sed 's/\[ACT_/\n/g' |
		sed -n 's/^[A-Z]*\] = {"\([a-z]*\)", [A-Z_ |]*, *FIELDS(\(.*\))}.*/\1 \2/p' |
		sed -e 's/"//g' -e 's/,/ /g' -e 's/ contacts/ contact/' -e 's/ options/ option/' \
			-e 's/ tags/ tag/' -e 's/ facts/ set-<key>/' | awk 1
}

test_expect_success 'what is read off pages and usages is what stands there' '
	printf "# SYNOPSIS\n\n*fu x* <a> [--b]++\n*fu x* --c\n\n# OPTIONS\n\n*-b*, *--b-b* <n>\n\tText *--no*.\n" >in &&
	section SYNOPSIS <in | plain >out &&
	printf "fu x <a> [--b]\nfu x --c\n" >wanted &&
	test_cmp wanted out &&
	page_options <in >out &&
	printf -- "--b-b\n-b\n" | sort >wanted &&
	test_cmp wanted out &&
	printf "usage: fu x <a>\n            [--b]\n   or: fu x --c\n\n    -b, --b-b <n>         --no text\n" >in &&
	usage_forms <in >out &&
	printf "fu x <a> [--b]\nfu x --c\n" >expected &&
	test_cmp expected out &&
	usage_options <in >out &&
	test_cmp wanted out
'

test_expect_success 'there are commands' '
	test "$(echo "$commands" | wc -l)" -gt 20
'

for command in $commands; do
	test_expect_success "$command: there is a page" 'test -f "$man_dir/fu-$command.1.scd"'
	test_expect_success "$command: its summary" 'same_summary $command'
	test_expect_success "$command: its synopsis is what -h prints" 'same_synopsis $command'
	test_expect_success "$command: its options are those of -h" 'same_options $command'
done

test_expect_success 'every kind of act stands where kinds are listed' '
	fields_of_kinds | cut -d" " -f1 >kinds && test "$(wc -l <kinds)" -gt 15 &&
	page fu-output.5 | section ACTS | sed -n "/^\*act\*\$/,/^\$/p" >of_output &&
	all_bold_in of_output <kinds &&
	entry fu-log.1 --act >of_log && printf "%s\n" record edit import sync config init >>kinds &&
	all_bold_in of_log <kinds &&
	while read -r kind; do fu log --act "$kind" -h >/dev/null || return 1; done <kinds
'

test_expect_success 'fu: its synopsis is what -h prints' '
	page fu.1 | section SYNOPSIS | plain >wanted &&
	fu -h | usage_forms >said &&
	test_cmp wanted said
'

test_expect_success 'fu: the options that its page describes are there' '
	page fu.1 | section OPTIONS | page_options >options &&
	test_grep -x -e --repo options &&
	for option in $(cat options); do
		case $option in
		-C | --repo) fu $option . version >/dev/null || return 1 ;;
		*) fu $option=never version >out 2>&1 || fu $option version >out || return 1 ;;
		esac
	done
'

test_expect_success 'every page is about a command, or a guide' '
	for file in "$man_dir"/*.scd; do
		name=${file##*/} name=${name%.scd}
		case $name in
		fu.1 | fu-format.5 | fu-output.5 | *.7) continue ;;
		esac
		name=${name#fu-} name=${name%.1}
		echo "$commands" | grep -q -x -e "$name" ||
			{ echo "no command for $file" && return 1; }
	done
'

test_expect_success 'fu(1) names every page, and every page that is named is there' '
	for command in $commands; do
		page fu.1 | section COMMANDS | grep -F -q "*fu-$command*(1)" ||
			{ echo "fu(1) does not name $command" && return 1; }
	done &&
	cat "$man_dir"/*.scd "$man_dir"/*.inc | grep -o "\*fu[-a-z]*\*([157])" |
		sort -u | tr -d "*()" | sed "s/\(.\)\$/.\1/" >named &&
	test -s named &&
	while read -r name; do
		test -f "$man_dir/$name.scd" || { echo "no page $name" && return 1; }
	done <named
'

test_expect_success 'headings that pages refer to are there' '
	for file in "$man_dir"/*.scd; do
		name=${file##*/}
		page "${name%.scd}" | tr "\n" " " |
			grep -o "\*[A-Z][A-Z ]*\* \(in\|of\) \*fu[-a-z]*\*([157])" |
			sed "s/^\*\([A-Z ]*\)\* .. \*\(.*\)\*(\(.\))/\2.\3 \1/"
	done | sort -u >headings &&
	test -s headings &&
	while read -r name heading; do
		page "$name" | grep -q -x "# $heading" ||
			{ echo "$name has no $heading" && return 1; }
	done <headings
'

test_expect_success 'fu-config(1) has every setting, with its default' '
	page fu-config.1 >config.page &&
	sed -n "s/^\tROW(\"\([a-z]*\)\", \"\([a-z-]*\)\".*/\1.\2/p" "$T_SRC/core/settings.c" >keys &&
	sed -n "s/^\t{\"\([a-zA-Z.]*\)\",.*/\1/p" "$T_SRC/cmd/config_keys.c" >personal &&
	test_line_count -gt 15 keys &&
	test_line_count -gt 5 personal &&
	cat keys personal | all_bold_in config.page &&
	test_when_finished "rm -rf settings" &&
	new_repo settings &&
	fu -C settings config --list | grep -e "^policy" -e "^hours" -e "^capacity" -e "^fu.process" >list &&
	while IFS== read -r key value; do
		entry fu-config.1 "$key" | grep -F -q "*$value*" ||
			{ echo "$key: not the default $value" && return 1; }
	done <list
'

test_expect_success 'fu-config(1) has no other setting of the team' '
	page fu-config.1 | section "THE TEAM'\''S SETTINGS" | sed -n "s/^\*\([^*]*\)\*.*/\1/p" |
		sed "s/<key>/sam/" >described &&
	test_line_count -gt 15 described &&
	while read -r key; do
		grep -F -q -x -e "$key" keys || test "$key" = team.sam ||
			{ echo "no setting $key" && return 1; }
	done <described
'

test_expect_success 'fu-format(5) has every field of every kind of act' '
	fields_of_kinds >kinds &&
	test_line_count -ge 14 kinds &&
	while read -r kind fields; do
		entry fu-format.5 "$kind" >entry.page
		echo "$fields" | tr -s " " "\n" | all_bold_in entry.page || return 1
	done <kinds
'

test_expect_success 'fu-import(1) has every map, fu-format(5) every field of a map' '
	sed -n "s/^\t{\"\([a-z-]*\)\", .*/\1/p" "$T_SRC/core/import_shipped.c" >maps &&
	test -s maps &&
	page fu-import.1 >import.page &&
	all_bold_in import.page <maps &&
	sed -n "/import_fields\[\] = /,/;/p" "$T_SRC/core/import_map.c" | grep -o "\"[a-z_]*\"" |
		tr -d "\"" >fields &&
	test_line_count -gt 10 fields &&
	page fu-format.5 | section "IMPORT MAPS" >map.page &&
	all_bold_in map.page <fields
'

# A little of everything, so that the documents below have something in them.
some_opportunities()
{
	new_repo docs &&
	cd docs &&
	fu new -q Web --client Acme --id web --contact 'Jane <j@a.example>' --next 'fri 11:00' &&
	fu log-meeting web -q --outcome repeat --cause timing --ours 'a plan by mon' \
		--theirs none --unsure 'the price' --confirm mon --options 'a; b' &&
	fu set web -q value='10 EUR' tags=x &&
	fu heard web -q --from jane &&
	fu note web -q text &&
	echo '[opportunity]' >opportunities/bad.ini
}

documents()
{
	fu show web --json
	fu list --json
	fu where --json
	fu brief web --json
	fu recap web --json
	fu who jane --json
	fu grep plan --json
	fu next --json
	fu remind --json
	fu commitments --json
	fu board --json
	for report in flow activity habits causes; do
		fu report $report --evidence --json
		fu report $report --by owner --json
	done
	fu log --json
	fu status --json
	fu check --json
	fu config --list --json
	fu config policy.retry '2 days' --json
	fu version --json
	fu init ../other --json
	rm opportunities/bad.ini
	fu record --json
	fu edit web --json -F "$(find opportunities -name web.ini)"
	fu schedule web 'tue 15:00' --json
	fu cancel web --by us --json
	fu kept web plan --json
	fu wait web '1 dec' --because x --json
	fu contact web set jane role=CFO --json
	fu undo --json
	fu abandon web --cause gone --because x --json
	fu reopen web --because x --json
	fu win web --json
	printf 'a\nb\n' >x.csv
	printf '[columns]\na = title\n' >x.map
	fu import x.csv --map x.map --json
}

test_expect_success JQ 'fu-output(5) has every field that is printed' '
	page fu-output.5 >output.page &&
	(some_opportunities && documents 2>/dev/null) >all.json &&
	jq -r ".. | objects | keys[]" all.json | sort -u >names &&
	test_line_count -gt 90 names &&
	all_bold_in output.page <names
'

test_expect_success 'fields that are for formats only are there' '
	cd docs &&
	fu list --format "%(stands)%(next)%(next_kind)%(next_at)" &&
	fu commitments --format "%(when)%(stands)" &&
	fu next --format "%(when)%(who)" &&
	fu log --format "%(short)%(words)"
'

test_done
