#!/bin/sh
test_description='fu-cron(7): its lines work, in the environment that cron gives'
. "${0%/*}/lib.sh"

# block <pattern>: the example of the page that has a line like that.
block()
{
	awk -v pattern="$1" '
		/^```$/ {
			if (inside && text ~ pattern)
				printf "%s", text
			inside = !inside
			text = ""
			next
		}
		inside { text = text $0 "\n" }' "$T_SRC/docs/man/fu-cron.7.scd" |
		sed 's/\\\\/\\/g'
}

# The page's names become ours: where fu lies, and whose home it is.
ours()
{
	sed -e "s|/usr/local/bin|$T_BUILD/cmd|" -e "s|/home/ann|$HOME|" -e "s|%h|$HOME|"
}

# cron_job <crontab> <pattern>: runs the one job that is like that as cron does: in an
# environment of these variables and those that the crontab sets, in the home directory,
# with an empty standard input. What it prints would be the mail. Beside it stand what a
# fu that is not installed needs, and the clock.
cron_job()
{
	t_job=$(grep -v '^[A-Z_]*=' "$1" | grep -e "$2")
	test "$(echo "$t_job" | wc -l)" -eq 1 || return 1
	(
		set -f # the asterisks are cron's
		set -- $(sed -n 's/^\([A-Z_]*=\)/\1/p' "$1")
		cd "$HOME" && env -i HOME="$HOME" LOGNAME=ann SHELL=/bin/sh PATH=/usr/bin:/bin \
			FU_EXEC_PATH="$FU_EXEC_PATH" FU_NOW="$FU_NOW" "$@" \
			/bin/sh -c "$(echo "$t_job" | cut -d " " -f 6-)" </dev/null
	)
}

# on <day> <time>: what the two jobs would send, into mail and news.
on()
{
	at "$1T$2" &&
	cron_job "$T_OUT/crontab" "fu remind$" >"$T_OUT/mail" 2>&1 &&
	cron_job "$T_OUT/crontab" "fu remind --new" >"$T_OUT/news" 2>&1
}

silent()
{
	test ! -s "$1" || {
		echo "not silent:" && cat "$1" && return 1
	}
}

test_expect_success 'the crontab of the page' '
	{ block "^MAILTO=" && block "remind --new\n$"; } >"$T_OUT/page" &&
	test_grep "^MAILTO=ann@example.com$" "$T_OUT/page" &&
	test_grep "^FU_REPO=/home/ann/sales$" "$T_OUT/page" &&
	test_grep "^PATH=/usr/local/bin:" "$T_OUT/page" &&
	test_grep "^0 7 \* \* 1-5 fu remind$" "$T_OUT/page" &&
	test_grep "^\*/15 8-18 \* \* 1-5 fu remind --new$" "$T_OUT/page" &&
	ours <"$T_OUT/page" >"$T_OUT/crontab"
'

test_expect_success 'three days: Monday' '
	at 2026-11-20T17:00 &&
	new_repo "$HOME/sales" &&
	cd "$HOME/sales" &&
	fu new -q Website --client Acme --id acme --next "mon 15:00" \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222" &&
	fu new -q CRM --client Globex --id globex --wait "24 nov" --because "the budget" \
		--contact "Bob; +49 1" &&
	on 2026-11-22 07:00 &&
	silent "$T_OUT/mail" && silent "$T_OUT/news" &&
	on 2026-11-23 07:00 &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Mon 23 Nov: 1 item

	Mon 23 Nov, today
	-----------------

	acme: Acme, Website
	    appointment, 15:00
	    discovery
	    Jane Doe, +34 600 111 222, jane@acme.example
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/mail" &&
	silent "$T_OUT/news" &&
	on 2026-11-23 15:15 &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Mon 23 Nov: 1 item, 1 overdue

	Overdue
	-------

	acme: Acme, Website
	    log the meeting, due Mon 23 Nov 15:00
	    log how the discovery ended
	    Jane Doe, +34 600 111 222, jane@acme.example
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/mail" &&
	at 2026-11-23T16:00 &&
	fu log-meeting acme -q --outcome proceed --next "wed 10:00" --ours "the offer by tue" \
		--theirs "Jane Doe: the figures by tue" &&
	on 2026-11-23 18:45 &&
	silent "$T_OUT/mail" && silent "$T_OUT/news"
'

test_expect_success 'three days: Tuesday' '
	cd "$HOME/sales" &&
	on 2026-11-24 07:00 &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Tue 24 Nov: 2 items

	Tue 24 Nov, today
	-----------------

	acme: Acme, Website
	    keep our promise
	    we owe: the offer
	    Jane Doe, +34 600 111 222, jane@acme.example

	globex: Globex, CRM
	    call to book
	    back from waiting: the budget
	    Bob, +49 1
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/mail" &&
	silent "$T_OUT/news" &&
	at 2026-11-24T09:00 &&
	cron_job "$T_OUT/crontab" "fu remind --new" >"$T_OUT/news" &&
	silent "$T_OUT/news" &&
	fu log-call globex -q --purpose schedule --result no-answer --again "today" &&
	cron_job "$T_OUT/crontab" "fu remind --new" >"$T_OUT/news" &&
	test_grep "^Tue 24 Nov: 1 new item$" "$T_OUT/news" &&
	test_grep "book the discovery, 1 try reached nobody" "$T_OUT/news" &&
	cron_job "$T_OUT/crontab" "fu remind --new" >"$T_OUT/news" &&
	silent "$T_OUT/news" &&
	fu kept -q acme offer
'

test_expect_success 'three days: Wednesday, with a record that cannot be read' '
	cd "$HOME/sales" &&
	echo nonsense >opportunities/bad.ini &&
	at 2026-11-25T08:15 &&
	cron_job "$T_OUT/crontab" "fu remind --new" >"$T_OUT/news" 2>"$T_OUT/err" &&
	cat >"$T_OUT/expected" <<-\EOF &&
	Wed 25 Nov: 2 new items, 1 overdue

	Overdue
	-------

	acme: Acme, Website
	    ask for their promise, due Tue 24 Nov
	    they owe: the figures
	    Jane Doe, +34 600 111 222, jane@acme.example

	Wed 25 Nov, today
	-----------------

	acme: Acme, Website
	    appointment, 10:00
	    workshop
	    Jane Doe, +34 600 111 222, jane@acme.example
	EOF
	test_cmp "$T_OUT/expected" "$T_OUT/news" &&
	test_grep "^warning: opportunities/bad.ini:1" "$T_OUT/err" &&
	cron_job "$T_OUT/crontab" "fu remind$" >"$T_OUT/mail" 2>"$T_OUT/err" &&
	test_grep "^Wed 25 Nov: 3 items, 2 overdue$" "$T_OUT/mail" &&
	rm opportunities/bad.ini &&
	test -z "$(find .git -name "*.lock")" &&
	test -z "$(git status --porcelain)"
'

test_expect_success 'the lines of a practice of two' '
	cd "$HOME/sales" &&
	fu config team.sam "Sam Sales <sam@example.com>" >/dev/null &&
	fu set -q acme owner=sam &&
	{ block "^MAILTO=" | grep = && block "owner sam"; } | ours >"$T_OUT/two" &&
	cron_job "$T_OUT/two" "owner sam" >"$T_OUT/sam" &&
	test_grep "appointment, 10:00" "$T_OUT/sam" &&
	! grep -e "they owe" -e globex "$T_OUT/sam" &&
	cron_job "$T_OUT/two" "role coordinator" >"$T_OUT/coordinator" &&
	test_grep "they owe" "$T_OUT/coordinator" &&
	test_grep "^globex" "$T_OUT/coordinator" &&
	! grep "appointment" "$T_OUT/coordinator"
'

test_expect_success 'with clones of their own: the acts of the other one come first' '
	git clone -q --bare "$HOME/sales" hub.git &&
	git -C "$HOME/sales" remote add origin "$PWD/hub.git" &&
	fu clone hub.git other &&
	fu -C other note -q acme "from there" &&
	fu -C other sync -q &&
	{ block "^MAILTO=" | grep = && block "fu sync"; } | ours >"$T_OUT/sync" &&
	cron_job "$T_OUT/sync" "fu sync" >"$T_OUT/said" 2>&1 &&
	silent "$T_OUT/said" &&
	fu -C "$HOME/sales" log acme >"$T_OUT/trail" &&
	test_grep "acme  note$" "$T_OUT/trail"
'

test_expect_success 'the notification: started for what is new, with text that is no markup' '
	cd "$HOME/sales" &&
	mkdir -p "$HOME/.local/bin" bin &&
	test_when_finished "rm -rf bin" &&
	block "notify-send" >"$HOME/.local/bin/fu-notify" &&
	chmod +x "$HOME/.local/bin/fu-notify" &&
	printf "#!/bin/sh\nprintf \"%%s\\\\n\" \"\$@\" >>\"$T_OUT/notified\"\n" >bin/notify-send &&
	chmod +x bin/notify-send &&
	fu set -q acme title="Rock & <Roll>" &&
	rm -f .git/fu/reminded &&
	for turn in 1 2; do
		env -i HOME="$HOME" PATH="$PWD/bin:$T_BUILD/cmd:/usr/bin:/bin" FU_NOW="$FU_NOW" \
			FU_EXEC_PATH="$FU_EXEC_PATH" FU_REPO="$PWD" \
			"$HOME/.local/bin/fu-notify" || return 1
	done &&
	test "$(grep -c -x "fu remind" "$T_OUT/notified")" = 1 &&
	test_grep "^--app-name=fu$" "$T_OUT/notified" &&
	test_grep "^acme: Acme, Rock + (Roll)" "$T_OUT/notified" &&
	rm .git/fu/reminded &&
	(PATH=$PWD/bin:$HOME/.local/bin:$PATH && FU_REPO=$PWD fu -C / notify) &&
	test "$(grep -c -x "fu remind" "$T_OUT/notified")" = 2
'

command -v systemd-analyze >/dev/null && test_set_prereq SYSTEMD
test_expect_success 'the service starts that program, in that repository' '
	block "Type=oneshot" | ours >fu-remind.service &&
	block "OnCalendar" >fu-remind.timer &&
	grep -x "ExecStart=$HOME/.local/bin/fu-notify" fu-remind.service &&
	grep -x "Environment=FU_REPO=$HOME/sales" fu-remind.service &&
	grep -x "WantedBy=timers.target" fu-remind.timer
'

test_expect_success SYSTEMD 'systemd understands service and timer' '
	systemd-analyze verify --man=no ./fu-remind.service ./fu-remind.timer &&
	systemd-analyze calendar "$(sed -n "s/^OnCalendar=//p" fu-remind.timer)"
'

test_expect_success 'what to run when nothing comes' '
	block "LOGNAME=" | ours | sed "s|env -i|env -i FU_EXEC_PATH=$FU_EXEC_PATH FU_NOW=$FU_NOW|" \
		>"$T_OUT/try" &&
	PATH=/usr/bin:/bin sh "$T_OUT/try" >"$T_OUT/said" 2>&1 &&
	test "$(tail -1 "$T_OUT/said")" = 127 &&
	sed "s|PATH=/usr/bin|PATH=$T_BUILD/cmd:/usr/bin|" "$T_OUT/try" >"$T_OUT/try2" &&
	PATH=/usr/bin:/bin sh "$T_OUT/try2" >"$T_OUT/said" &&
	test "$(tail -1 "$T_OUT/said")" = 0 &&
	test_grep "^acme: " "$T_OUT/said"
'

test_done
