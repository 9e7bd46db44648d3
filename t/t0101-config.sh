#!/bin/sh
test_description='fu config: the settings of the team, and of oneself'
. "${0%/*}/lib.sh"

new_repo acme && cd acme || exit 1

test_expect_success 'a default, a value of fu.ini, one that is not set' '
	test "$(fu config policy.retry)" = "1 day" &&
	test "$(fu config fu.currency)" = EUR &&
	test "$(fu config --get hours.days)" = mon-fri &&
	test "$(fu config hours.off)" = "24 dec..6 jan" &&
	test_expect_code 1 fu config phrases.allow >"$T_OUT/said" 2>&1 &&
	test_line_count -eq 0 "$T_OUT/said"
'

test_expect_success 'as JSON, with where it comes from' '
	fu config policy.retry --json >"$T_OUT/said" &&
	json "$T_OUT/said" . "{\"key\":\"policy.retry\",\"value\":\"1 day\",\"origin\":\"default\"}" &&
	fu config --json fu.timezone >"$T_OUT/said" &&
	json "$T_OUT/said" .origin fu.ini &&
	test_expect_code 1 fu config --json phrases.allow >"$T_OUT/said" &&
	json "$T_OUT/said" . "{\"key\":\"phrases.allow\",\"value\":null,\"origin\":null}"
'

test_expect_success 'days off that are set take the place of the default' '
	fu config -q hours.off "23 nov" && test "$(fu config hours.off)" = "23 nov" &&
	fu config -q --add hours.off "2 may" && test "$(fu config hours.off)" = "23 nov, 2 may" &&
	fu config -q --unset hours.off && fu config -q hours.off none &&
	test "$(fu config hours.off)" = none &&
	fu config -q --unset hours.off && test "$(fu config hours.off)" = "24 dec..6 jan"
'

test_expect_success 'writing one is an act: one commit, one line, status clean' '
	before=$(git rev-parse HEAD) &&
	fu config policy.retry "2 days" >"$T_OUT/said" &&
	echo "fu.ini: policy.retry = 2 days" >"$T_OUT/expected" &&
	test_cmp "$T_OUT/expected" "$T_OUT/said" &&
	test "$(fu config policy.retry)" = "2 days" &&
	test "$(git rev-parse HEAD~1)" = "$before" &&
	test "$(git log -1 --format=%s)" = "config: policy.retry = 2 days" &&
	test "$(git log -1 --format="%(trailers:key=Fu-Act,valueonly,separator=%x2C)")" = config &&
	test "$(git diff --name-only HEAD~1)" = fu.ini &&
	test -z "$(git status --porcelain)"
'

test_expect_success 'the same again records nothing' '
	nothing_changed fu config policy.retry "2 days" >"$T_OUT/said" &&
	test_grep "nothing recorded" "$T_OUT/said"
'

test_expect_success '-q, --json, --dry-run' '
	test -z "$(fu config -q policy.treadmill 6)" &&
	fu config --json policy.treadmill 7 >"$T_OUT/said" &&
	json "$T_OUT/said" .commit "$(git rev-parse HEAD)" &&
	json "$T_OUT/said" "[.act, .key, .value]" "[\"config\",\"policy.treadmill\",\"7\"]" &&
	nothing_changed fu config --dry-run policy.treadmill 8 >"$T_OUT/said" &&
	test_grep "policy.treadmill = 8" "$T_OUT/said" &&
	nothing_changed test_expect_code 129 fu config --dry-run policy.treadmill many
'

test_expect_success 'comments and layout of fu.ini are kept' '
	cat >fu.ini <<-\EOT &&
	; ours
	[fu]
	version = 1
	timezone = Europe/Madrid

	# how we work
	[policy]
		retry = 1 week
	; below
	EOT
	git commit -q -a -m "by hand" &&
	sed "s/1 week/2 weeks/" fu.ini >"$T_OUT/expected" &&
	fu config -q policy.retry "2 weeks" &&
	test_cmp "$T_OUT/expected" fu.ini &&
	fu config -q --unset policy.retry &&
	sed "/weeks/d" "$T_OUT/expected" >"$T_OUT/without" &&
	test_cmp "$T_OUT/without" fu.ini &&
	test "$(fu config policy.retry)" = "1 day"
'

test_expect_success 'phrases and days off can stand several times' '
	fu config -q phrases.refuse "any news" &&
	fu config -q --add phrases.refuse "ping; pong" &&
	printf "any news\nping; pong\n" >"$T_OUT/expected" &&
	fu config phrases.refuse >"$T_OUT/said" &&
	test_cmp "$T_OUT/expected" "$T_OUT/said" &&
	fu config --list >"$T_OUT/said" &&
	test "$(grep -c "^phrases.refuse=" "$T_OUT/said")" -eq 2 &&
	refuses 128 "several values" fu config phrases.refuse x &&
	refuses 129 "has one value" fu config --add fu.currency CHF &&
	fu config -q --unset phrases.refuse &&
	test_expect_code 1 fu config phrases.refuse
'

test_expect_success 'a person is not named in the subject' '
	fu config -q team.sam "Sam Sales <sam@example.com>" &&
	test "$(git log -1 --format=%s)" = "config: team.sam set" &&
	test "$(fu config team.sam)" = "Sam Sales <sam@example.com>"
'

test_expect_success 'unknown keys are suggested' '
	refuses 129 "did you mean .policy.retry." fu config policy.retri &&
	refuses 129 "did you mean .policy.max-calls." fu config max-cals 3 &&
	refuses 129 "did you mean .fu.timezone." fu config timezone &&
	refuses 129 "did you mean .fu.role." fu config fu.rol coordinator &&
	refuses 129 "unknown key" fu config hours.xyzzy
'

test_expect_success 'values are judged' '
	refuses 129 "policy.roles" fu config policy.roles sometimes &&
	refuses 129 "unknown time zone" fu config fu.timezone Europe/Nowhere &&
	refuses 129 "fu.currency" fu config fu.currency XXQ &&
	refuses 129 "salesperson" fu config fu.role boss &&
	refuses 129 "hours.from" fu config hours.from 20:00 &&
	refuses 128 "nope" fu config fu.process nope
'

test_expect_success 'fu.ini edited by hand, with a fault: the line, and what helps' '
	for fault in "s/^timezone.*/timezone = Mars\/Olympus/" "\$a[hours]\nfrom = 18:00\nto = 17:00" \
		"\$a[hours]\nfrom = 25:00" "\$a[hours\nfrom = 9:00"
	do
		test_when_finished "git checkout -q fu.ini" && sed -i "$fault" fu.ini &&
		! git diff --quiet &&
		for command in status record next
		do
			refuses 128 "^error: fu.ini:[1-9][0-9]*: " -- fu $command &&
			test_grep "^hint: .*git diff fu.ini.*git checkout -- fu.ini" "$refusal" ||
				return 1
		done &&
		git checkout -q -- fu.ini && fu status >/dev/null || return 1
	done
'

test_expect_success 'options that do not go together' '
	refuses 129 "missing <key>" fu config &&
	refuses 129 "stands alone" fu config --list fu.role &&
	refuses 129 "no value" fu config --unset fu.role x &&
	refuses 129 "needs a value" fu config --add phrases.refuse &&
	refuses 129 "the team" fu config --global policy.retry "2 days"
'

test_expect_success 'personal ones are git config, of the repository or of the user' '
	nothing_changed fu config fu.role coordinator &&
	test "$(git config --local fu.role)" = coordinator &&
	test "$(fu config fu.role)" = coordinator &&
	fu config --global fu.fsync false &&
	test "$(git config --global fu.fsync)" = false &&
	fu config --unset fu.role &&
	test_expect_code 1 git config fu.role &&
	fu config merge.tool meld && test "$(git config merge.tool)" = meld
'

test_expect_success 'outside of a repository' '
	cd .. &&
	test "$(fu config fu.fsync)" = false &&
	refuses 128 "not in a repository" fu config fu.role coordinator &&
	test_grep "^hint: --global" "$refusal" &&
	fu config --global fu.role coordinator &&
	refuses 128 "not in a repository" fu config policy.retry &&
	fu config --list >out && test_grep "^fu.role=coordinator\$" out
'

test_expect_success '--list: what is in force' '
	fu config --list >"$T_OUT/said" &&
	test_grep "^policy.retry=1 day\$" "$T_OUT/said" &&
	test_grep "^team.sam=Sam Sales" "$T_OUT/said" &&
	test_grep "^fu.fsync=false\$" "$T_OUT/said" &&
	fu config --list --json >"$T_OUT/said" &&
	json "$T_OUT/said" "map(select(.key == \"fu.timezone\"))[0].origin" fu.ini &&
	json "$T_OUT/said" "map(select(.key == \"fu.fsync\"))[0].origin" git
'

test_expect_success 'a hand edit of fu.ini is not lost' '
	echo "; by hand" >>fu.ini &&
	test_when_finished "git checkout -q fu.ini" &&
	{ fu config policy.retry "4 days" || :; } &&
	test_grep "^; by hand\$" fu.ini
'

test_done
