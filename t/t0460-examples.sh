#!/bin/sh
test_description='the examples in the manual pages work'
. "${0%/*}/lib.sh"

# Under EXAMPLES of a page, and anywhere in a guide (section 7), '$ ' begins a command, and '> ' goes on with it. They are
# run in their order in a repository of the page's own. In comments of the source:
#	; status 1        the next command ends with this status
#	; $ <command>     a command that the reader does not see
#	; setup none      not in a repository, but in an empty directory
split_examples()
{
	awk -v out="$1" '
		BEGIN { guide = inside = out ~ /[.]7$/ }
		/^# / { inside = guide || $0 == "# EXAMPLES"; next }
		!inside { next }
		/^; setup none$/ { print >(out ".bare"); next }
		/^; status / { status = $3; next }
		/^; \$ / { sub(/^; /, "") }
		/^\$ / {
			file = out "." ++n
			print substr($0, 3) >file
			print status + 0 >(file ".status")
			status = 0
			next
		}
		/^> / { print substr($0, 3) >file }
		END { print n + 0 }'
}

# Runs the steps $1.1 … $1.$2 one after another in this shell.
play()
{
	t_step=0
	while test $t_step -lt "$2"; do
		t_step=$((t_step + 1))
		echo "\$ $(cat "$1.$t_step")"
		test_expect_code "$(cat "$1.$t_step.status")" eval "$(cat "$1.$t_step")" || return 1
	done
}

# What the examples are about: acme-website is at its workshop, and its meeting of
# yesterday is not logged; globex-crm has an appointment; the others are adrift.
make_opportunities()
{
	at 2026-11-09T10:00 &&
	new_repo base &&
	cd base &&
	fu new -q 'Website relaunch' --client 'Acme Corporation' --id acme-website \
		--value 12000 --next '12 nov 15:00' \
		--contact 'Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker' &&
	fu new -q 'CRM' --client Globex --id globex-crm --next '25 nov 10:00' &&
	fu new -q 'Support' --client Initech --id initech-support --tag fair-2025 &&
	fu new -q 'Audit' --client Umbrella --id umbrella-audit --tag fair-2025 &&
	at 2026-11-12T17:00 &&
	fu log-meeting acme -q --outcome proceed --next '19 nov 15:00' \
		--where 'We have to be live before the fair.' --ours 'an outline by 23 nov' \
		--theirs 'Jane Doe: the figures of last year by 24 nov' &&
	at 2026-11-20T10:00
}

play_page()
{
	if test -f "$T_OUT/$1.bare"; then
		mkdir "$1"
	else
		cp -R base "$1"
	fi &&
	(cd "$1" && play "$T_OUT/$1" "$2")
}

test_expect_success 'examples are split as they are to be' '
	printf "# X\n\$ no\n# EXAMPLES\n; \$ false\n; status 3\n\$ (exit \\\\\n> 3)\n\$ true\n# Y\n\$ no\n" >in &&
	test "$(split_examples "$PWD/s" <in)" -eq 3 &&
	! play "$PWD/s" 3 &&
	echo 1 >s.1.status &&
	play "$PWD/s" 3 &&
	echo 0 >s.2.status &&
	! play "$PWD/s" 3
'

test_expect_success 'a repository for the examples' '(make_opportunities)'

for file in "$T_SRC"/docs/man/*.scd; do
	name=${file##*/} name=${name%.scd}
	steps=$(split_examples "$T_OUT/$name" <"$file")
	need=
	! grep -q '^\$ .*| jq' "$file" || need=JQ
	if test "$steps" -eq 0; then
		test "$name" = fu-format.5 || echo "# $name has no examples"
	elif test -n "$need"; then
		test_expect_success $need "$name" 'play_page $name $steps'
	else
		test_expect_success "$name" 'play_page $name $steps'
	fi
done

test_done
