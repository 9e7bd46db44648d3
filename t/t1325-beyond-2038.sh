#!/bin/sh
test_description='2040: the same as in 2012, a year of the same calendar; and the day when 2^31 seconds are over'
. "${0%/*}/lib.sh"

# shows <command>...: what it prints, after its own words, into the file of the year.
shows()
{
	echo "== $*" >>"$T_OUT/$year"
	"$@" >>"$T_OUT/$year" 2>&1 || { echo "failed: $*" && return 1; }
}

# Both years begin on a Sunday and are leap years.
summer()
{
	at "$year-$1+02:00"
}

week()
{
	summer 06-25T10:00 && new_repo "y$year" && cd "y$year" &&
		fu new -q Website --client Acme --id acme --value 1000 --next "fri 11:00" \
			--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO" &&
		fu new -q Shop --client Globex --id globex --expires "$year-12-24" &&
		fu wait -q globex "10 jul" --because "the budget" &&
		summer 06-29T11:30 &&
		fu log-meeting -q acme --outcome proceed --next "tue 15:00" --for 90min \
			--theirs "Jane: figures by mon" --ours "outline by 2 jul 12:00" &&
		summer 06-29T12:00 && fu log-call -q globex --purpose schedule --result voicemail &&
		summer 07-03T09:00 && fu undo -q globex && fu note -q globex "on $year-02-29" &&
		summer 07-03T09:30 && fu schedule -q acme "$year-10-30 15:00" --because "they ask"
}

everything()
{
	for command in next "next --all" agenda "agenda --free" board "brief acme" "log acme" "recap acme" \
		review "show acme" "show globex" "where acme" commitments remind status check \
		"next --json" "show acme --json" "log --json" "commitments --json" \
		"report flow" "report habits --json" "export --csv" "export --acts"; do
		# shellcheck disable=SC2086 # its words
		shows fu $command || return 1
	done
	shows git log --format="%ad %cd %s" --date=iso &&
		fu log --json | jq -r ".. | .id? | strings" >"$T_OUT/ids" &&
		git log --format=%h >"$T_OUT/commits" &&
		sed "s/.*/s,&,ID,g/" "$T_OUT/ids" >"$T_OUT/mask" &&
		sed "s/.*/s,&[0-9a-f]*,COMMIT,g/" "$T_OUT/commits" >>"$T_OUT/mask" &&
		sed -f "$T_OUT/mask" -e "s/$year/YEAR/g" "$T_OUT/$year" >"$T_OUT/said-$year"
}

test_expect_success 'what is said in 2040 is what is said in 2012' '
	for year in 2012 2040; do
		week && everything && cd .. || return 1
	done &&
	test_grep "next.*YEAR-07-03T15:00:00+02:00" "$T_OUT/said-2040" >/dev/null &&
	test_cmp "$T_OUT/said-2012" "$T_OUT/said-2040"
'

test_expect_success 'git has the right time of a commit, and nothing is wrong for either' '
	cd y2040 &&
	git log --format="%at %ct %ai" --reverse >times &&
	for time in 06-25T08:00:00Z 06-29T09:30:00Z 07-03T07:30:00Z; do
		grep "^$(date -u -d "2040-$time" +"%s") $(date -u -d "2040-$time" +"%s") " times ||
			return 1
	done &&
	test_grep "2040-07-03 09:30:00 +0200" times && rm times &&
	git fsck --strict --no-dangling && fu fsck && fu check &&
	git status --porcelain >"$T_OUT/dirty" && test ! -s "$T_OUT/dirty"
'

# 2^31 seconds are 19 January 2038, 03:14:08 UTC.
test_expect_success 'over the second in which 2^31 seconds are full' '
	at 2038-01-18T10:00 && new_repo over && cd over &&
	fu new -q Website --client Acme --id acme --next "tomorrow 04:15" &&
	fu new -q Shop --client Globex --id globex --next "2038-01-19 03:14:08 UTC" --for 10min &&
	FU_NOW=2038-01-19T03:14:07Z && fu note -q acme "the last second" &&
	fu next --json >"$T_OUT/before" &&
	FU_NOW=2038-01-19T03:14:08Z && fu note -q acme "one more" &&
	FU_NOW=2038-01-19T03:15:01Z && fu next --json >"$T_OUT/after" &&
	git log -2 --format=%ct >"$T_OUT/times" && printf "2147483648\n2147483647\n" >"$T_OUT/wanted" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/times" &&
	fu log acme --json >"$T_OUT/logged" &&
	json "$T_OUT/logged" "[.[] | select(.act == \"note\") | .recorded]" \
		"[\"2038-01-19T04:14:08+01:00\",\"2038-01-19T04:14:07+01:00\"]" &&
	json "$T_OUT/before" "length" 2 && json "$T_OUT/after" "length" 2 &&
	at 2038-01-19T12:00 && fu next --json >"$T_OUT/noon" &&
	json "$T_OUT/noon" "[.[].kind] | unique" "[\"unlogged\"]" &&
	fu fsck
'

test_expect_success 'files and an index whose stamps are of 2040' '
	cd y2040 && at 2040-07-03T10:00+02:00 &&
	touch -d 2040-07-03T08:00:00Z fu.ini opportunities/*/*.ini && fu next &&
	fu note -q acme "in time" && fu note -q globex "as well" &&
	git status --porcelain >"$T_OUT/dirty" && test ! -s "$T_OUT/dirty" &&
	file=$(echo opportunities/*/acme.ini) &&
	sed -i "s/^title = Website/title = Webshop/" "$file" &&
	touch -d 2040-07-03T08:00:01Z "$file" &&
	fu show acme >"$T_OUT/shown" && test_grep Webshop "$T_OUT/shown" &&
	sed -i "s/^title = Webshop/title = Website/" "$file" &&
	touch -d 2040-07-03T08:00:01Z "$file" &&
	fu next --json >"$T_OUT/next" && json "$T_OUT/next" ".[0].title" Website
'

test_expect_success 'two replicas, an import, and a calendar' '
	git init -q --bare hub.git && git -C y2040 remote add origin "$PWD/hub.git" &&
	fu -C y2040 sync && fu clone hub.git other &&
	at 2040-07-04T10:00+02:00 && fu -C y2040 note -q acme "from one side" &&
	at 2040-07-04T10:05+02:00 && fu -C other note -q acme "from the other" &&
	fu -C other sync && fu -C y2040 sync && fu -C other sync &&
	test "$(git -C y2040 rev-parse HEAD)" = "$(git -C other rev-parse HEAD)" &&
	fu -C other log acme --act note -n 2 --json >"$T_OUT/logged" &&
	json "$T_OUT/logged" "[.[].recorded]" \
		"[\"2040-07-04T10:05:00+02:00\",\"2040-07-04T10:00:00+02:00\"]" &&
	fu -C y2040 export --acts >"$T_OUT/acts" &&
	new_repo again && fu -C again import --acts <"$T_OUT/acts" &&
	fu -C again export --acts >"$T_OUT/acts-again" &&
	test_cmp "$T_OUT/acts" "$T_OUT/acts-again" &&
	fu -C y2040 export --ics >"$T_OUT/ics" &&
	test_grep "^DTSTART;TZID=.*:20401030T150000" "$T_OUT/ics"
'

test_done
