#!/bin/sh
test_description='a fortnight of a practice of two: eight opportunities of different fates'
. "${0%/*}/lib.sh"

# Who types: the salesperson holds the meetings, the coordinator makes the calls. Each has a
# git config of his own; here they share a machine.
as()
{
	GIT_CONFIG_COUNT=3 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0="$1" \
		GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1="$2" \
		GIT_CONFIG_KEY_2=fu.role GIT_CONFIG_VALUE_2="$3"
	export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_KEY_1 \
		GIT_CONFIG_VALUE_1 GIT_CONFIG_KEY_2 GIT_CONFIG_VALUE_2
	shift 3
	fu "$@"
}

sam()
{
	as Sam sam@example.com salesperson "$@"
}

cora()
{
	as Cora cora@example.com coordinator "$@"
}

# What both see in the morning, against what stands on stdin.
morning()
{
	cat >"$T_OUT/wanted"
	{ echo "-- sam" && sam next && echo "-- cora" && cora next; } >"$T_OUT/seen" &&
		test_cmp "$T_OUT/wanted" "$T_OUT/seen"
}

state()
{
	fu show --json "$1" | json - "$2" "$3"
}

test_expect_success 'Monday morning: the practice is set up' '
	at 2026-11-02T08:00 && new_repo practice && cd practice &&
	fu config -q policy.roles enforced && fu config -q fu.currency EUR &&
	printf "[team]\nsam = Sam <sam@example.com>\ncora = Cora <cora@example.com>\n" \
		>>fu.ini && fu record -q -m "the two of us" &&
	sam new -q "Audio guide" --client "City Museum" --id museum --owner me \
		--contact "Mia Mus <mia@museum.example>; +34 600 000 001; director; decision-maker" \
		--value "18000" --next "2 nov 10:00" --for 1h &&
	sam new -q "Booking system" --client Clinic --id clinic --owner me \
		--contact "Carl Clin <carl@clinic.example>; +34 600 000 002; CFO" \
		--next "2 nov 15:00" &&
	sam new -q "Berth planning" --client Harbour --id harbour --owner me \
		--contact "Hanna Har <hanna@harbour.example>; head of traffic" \
		--next "3 nov 9:00" &&
	sam new -q "Web shop" --client Bakery --id bakery --owner me --next "3 nov 12:00" &&
	sam new -q "Season tickets" --client Theatre --id theatre --owner me \
		--contact "Theo The <theo@theatre.example>" --next "3 nov 16:00" &&
	cora new -q "Wine club" --client Vineyard --via "Wine Partners" --process reseller \
		--id vineyard --owner sam --next "4 nov 11:00" &&
	cora new -q "Timetables" --client School --id school --owner sam --wait "10 nov" \
		--because "the budget year begins" &&
	cora new -q "Care of the web site" --client Hotel --process account-care --id hotel \
		--owner sam --interval "1 week"
'

test_expect_success 'Monday: who sees what' '
	cd practice &&
	morning <<-\EOF
	-- sam
	today
	10:00  museum  City Museum  appointment: discovery
	15:00  clinic  Clinic       appointment: discovery
	-- cora
	EOF
'

test_expect_success 'Monday: two meetings; the refusals on the way' '
	cd practice && at 2026-11-02T11:30 &&
	refuses 1 "firm next step" sam log-meeting museum --outcome proceed &&
	refuses 1 "has a cause" sam log-meeting museum --outcome repeat --next "wed 10:00" \
		--ours none --theirs none &&
	refuses 129 "unknown outcome" sam log-meeting museum --outcome good &&
	sam log-meeting museum --outcome proceed --next "wed 10:00" --for 2h --minutes 90 \
		--discussed "the tour, and who walks it" --temperature warm \
		--where "We want it for the spring season." \
		--ours "two sketches by wed 9:00" --theirs "Mia: the floor plan by tue" &&
	at 2026-11-02T16:30 &&
	sam log-meeting clinic --outcome proceed --confirm "thu 10:00" \
		--options "phase 1; both phases" --minutes 60 --unsure "who keeps the data" \
		--where "The board has to say yes." --ours "a sheet on data protection by wed" \
		--theirs "Carl: put it to the board by thu" &&
	refuses 1 "no rest on it|could then not follow|lies in the past" \
		sam schedule clinic "2 nov 2020 10:00" &&
	refuses 1 "the coordinator.s" sam log-call clinic --purpose confirm --result no-answer
'

test_expect_success 'Tuesday: who sees what, and what to know before the harbour' '
	cd practice && at 2026-11-03T08:00 &&
	morning <<-\EOF &&
	-- sam
	today
	09:00  harbour  Harbour  appointment: discovery
	12:00  bakery   Bakery   appointment: discovery
	16:00  theatre  Theatre  appointment: discovery
	-- cora
	EOF
	sam brief harbour >"$T_OUT/brief" &&
	test_grep "^this time  *The discovery on Tue 3 Nov 9:00\|^this time  *The discovery" \
		"$T_OUT/brief" &&
	test_grep "We have not spoken yet" "$T_OUT/brief"
'

test_expect_success 'Tuesday: a board that will meet, a poor fit, a good meeting' '
	cd practice && at 2026-11-03T10:30 &&
	sam log-meeting harbour --outcome proceed --confirm wed --options "pilot; whole port" \
		--ours none --theirs "Hanna: ask the board" --where "The board meets tomorrow." &&
	at 2026-11-03T13:00 &&
	refuses 1 "has a reason" sam log-meeting bakery --outcome abandon --cause qualifying &&
	sam log-meeting bakery --outcome abandon --cause qualifying --minutes 45 \
		--because "they sell in one village" &&
	refuses 1 "is abandoned since" sam log-meeting bakery --outcome proceed \
		--next "wed 10:00" --ours none --theirs none &&
	at 2026-11-03T17:30 &&
	refuses 1 "does not proceed" sam log-meeting theatre --outcome proceed \
		--no-next "We will call you." --ours none --theirs none &&
	sam log-meeting theatre --outcome repeat --cause closing --temperature hot \
		--no-next "We love it, we will call you." --ours none --theirs none \
		--discussed "everything they would like to have" &&
	state theatre .adrift true &&
	sam note theatre "the director was charming, nobody spoke of money" &&
	cora set bakery source="trade fair" &&
	cora kept museum plan
'

test_expect_success 'Wednesday: who sees what' '
	cd practice && at 2026-11-04T08:00 &&
	morning <<-\EOF
	-- sam
	today
	10:00  museum    City Museum  appointment: workshop
	11:00  vineyard  Vineyard     appointment: briefing
	today  clinic    Clinic       we owe: a sheet on data protection
	and 1 more; '\''fu next --all'\'' shows every item
	-- cora
	today
	today  harbour  Harbour  fetch the answer: pilot; whole port

	decide
	       theatre  Theatre  no next step; they said: We love it, we will call you.
	EOF
'

test_expect_success 'Wednesday: workshop, reseller, and a board that was postponed' '
	cd practice && sam kept museum sketches &&
	at 2026-11-04T12:30 &&
	sam log-meeting museum --outcome proceed --next "mon 9 nov 10:00" --minutes 150 \
		--ours "the offer by fri" --theirs "Mia: numbers of visitors by thu" &&
	sam set museum expires="30 nov" &&
	sam log-meeting vineyard --outcome proceed --next "tue 10 nov 11:00" \
		--ours "a one-page summary by fri" --theirs "bring their two buyers" &&
	at 2026-11-04T15:00 &&
	refuses 129 "no place for what was" cora log-call harbour --purpose confirm \
		--result undecided --note "she sounded sceptical" &&
	cora log-call harbour --purpose confirm --result undecided --again fri \
		--because "the board was postponed" --spoke-to Hanna &&
	sam log-touch clinic --gives instruction --channel mail --keeps data \
		--answers "keeps" --minutes 40 --what "a sheet on who keeps patient data, and for how long"
'

test_expect_success 'Thursday: the call that decides, and what to know before it' '
	cd practice && at 2026-11-05T08:00 &&
	morning <<-\EOF &&
	-- sam
	-- cora
	today
	10:00      clinic   Clinic   fetch the answer: phase 1; both phases

	late
	Wed 4 Nov  harbour  Harbour  they owe: ask the board

	decide
	           theatre  Theatre  no next step; they said: We love it, we will call you.
	EOF
	cora brief clinic >"$T_OUT/brief" &&
	test_grep "fetch their answer" "$T_OUT/brief" &&
	test_grep "a sheet on who keeps patient data" "$T_OUT/brief" &&
	test_grep "The board has to say yes" "$T_OUT/brief" &&
	at 2026-11-05T10:10 &&
	refuses 1 "none of the options" cora log-call clinic --purpose confirm \
		--result confirmed --chose "phase 2" --outcome proceed --next "tue 10 nov 15:00" &&
	cora log-call clinic --purpose confirm --result confirmed --chose both \
		--outcome proceed --next "tue 10 nov 15:00" --spoke-to Carl --minutes 10 &&
	cora kept clinic board && state clinic .activity workshop &&
	sam heard museum --from Mia --channel mail --what "two more trustees will come" &&
	cora contact museum add "Tom Tru; trustee" &&
	cora set clinic tags="health, 2027"
'

test_expect_success 'Friday: the client broke nothing yet; the offer goes out' '
	cd practice && at 2026-11-06T08:00 &&
	morning <<-\EOF &&
	-- sam
	today
	today  museum    City Museum  we owe: the offer
	today  vineyard  Vineyard     we owe: a one-page summary
	-- cora
	today
	today      harbour  Harbour      fetch the answer: pilot; whole port

	late
	Thu 5 Nov  museum   City Museum  they owe: numbers of visitors

	decide
	           theatre  Theatre      no next step; they said: We love it, we will call you.
	and 1 more; '\''fu next --all'\'' shows every item
	EOF
	at 2026-11-06T11:00 && sam kept museum offer && cora kept museum visitors &&
	at 2026-11-06T15:00 &&
	cora log-call harbour --purpose confirm --result no-answer &&
	refuses 1 "gives the client nothing" sam log-touch theatre --gives new-thinking \
		--what "Just checking in after our great meeting!" &&
	sam log-touch theatre --gives industry-peers --channel mail --minutes 15 \
		--what "how three theatres of their size fill the third row" &&
	sam kept vineyard summary &&
	sam note museum "they will ask about the upkeep"
'

test_expect_success 'Monday: who sees what' '
	cd practice && at 2026-11-09T08:00 &&
	morning <<-\EOF
	-- sam
	today
	10:00  museum  City Museum  appointment: proposal
	today  hotel   Hotel        in touch every week, last Mon 2 Nov
	-- cora
	today
	today  harbour  Harbour  fetch the answer: pilot; whole port, 1 try reached nobody

	decide
	       theatre  Theatre  no next step; they said: We love it, we will call you.
	and 1 more; '\''fu next --all'\'' shows every item
	EOF
'

test_expect_success 'Monday: the proposal; the board again; care' '
	cd practice && at 2026-11-09T11:30 &&
	sam log-meeting museum --outcome proceed --next "thu 10:00" --minutes 90 \
		--ours none --theirs "Mia: the signature of the trustees by thu" &&
	cora log-call harbour --purpose confirm --result undecided --again "mon 16 nov" \
		--because "the board was postponed again" &&
	sam log-touch hotel --gives best-practices --channel phone \
		--what "how others keep their rates in step on two sites"
'

test_expect_success 'Tuesday: the enquiry is back; two clients in the field' '
	cd practice && at 2026-11-10T08:00 &&
	morning <<-\EOF &&
	-- sam
	today
	11:00  vineyard  Vineyard  appointment: joint-visit
	15:00  clinic    Clinic    appointment: workshop

	decide
	       harbour   Harbour   3 calls in a row with nothing booked
	-- cora
	today
	today      school   School   back from waiting: the budget year begins

	late
	Wed 4 Nov  harbour  Harbour  they owe: ask the board

	decide
	           theatre  Theatre  no next step; they said: We love it, we will call you.
	EOF
	cora log-call school --purpose schedule --result voicemail &&
	at 2026-11-10T12:30 &&
	sam log-meeting vineyard --outcome repeat --cause decision-maker \
		--next "mon 16 nov 11:00" --ours none --theirs "come with the owner" &&
	at 2026-11-10T17:00 &&
	sam log-meeting clinic --outcome proceed --next "tue 17 nov 15:00" \
		--ours "the plan by fri 13 nov" --theirs "Carl: name a project leader by fri"
'

test_expect_success 'Wednesday: the school is booked' '
	cd practice && at 2026-11-11T08:00 &&
	morning <<-\EOF &&
	-- sam
	decide
	harbour  Harbour  3 calls in a row with nothing booked
	-- cora
	today
	today       school    School    book the discovery, 1 try reached nobody

	late
	Wed 4 Nov   harbour   Harbour   they owe: ask the board
	Tue 10 Nov  vineyard  Vineyard  they owe: bring their two buyers

	decide
	            theatre   Theatre   no next step; they said: We love it, we will call you.
	EOF
	cora log-call school --purpose schedule --result booked --next "fri 9:00" &&
	sam broken vineyard buyers --because "they came alone" &&
	cora schedule vineyard "mon 16 nov 12:00" --by them --because "the train" &&
	cora heard harbour --channel phone --what "the board has a new date" &&
	sam note harbour "the board meets on the 16th, really" --decided
'

test_expect_success 'Thursday: won in four meetings' '
	cd practice && at 2026-11-12T11:00 &&
	sam kept museum trustees &&
	sam log-meeting museum --outcome proceed --minutes 60 --where "Signed!" &&
	state museum .status won && state museum ".meetings | length" 4 &&
	sam note museum "they would show it to others" &&
	refuses 1 "is won since" cora log-call museum --purpose schedule --result no-answer
'

test_expect_success 'Friday: the review; who sees what at the end' '
	cd practice && at 2026-11-13T08:00 &&
	morning <<-\EOF &&
	-- sam
	today
	09:00  school  School  appointment: discovery
	today  clinic  Clinic  we owe: the plan
	-- cora
	late
	Wed 4 Nov  harbour  Harbour  they owe: ask the board

	decide
	           theatre  Theatre  no next step; they said: We love it, we will call you.
	EOF
	sam review >"$T_OUT/review" </dev/null &&
	test_grep "^theatre" "$T_OUT/review" &&
	sam abandon theatre --cause closing --because "nobody there decides" &&
	at 2026-11-13T10:30 &&
	sam log-meeting school --outcome proceed --next "fri 20 nov 9:00" \
		--ours "minutes by mon" --theirs "the timetable files by wed" &&
	sam kept clinic plan
'

test_expect_success 'the fates are what they were, and every act is there' '
	cd practice &&
	fu list --status all --format "%(id) %(status) %(activity)" >"$T_OUT/list" &&
	test_cmp - "$T_OUT/list" <<-\EOF &&
	bakery abandoned discovery
	clinic open proposal
	harbour open discovery
	hotel open review
	museum won decision
	school open workshop
	theatre abandoned discovery
	vineyard open joint-visit
	EOF
	fu log --json >"$T_OUT/log" &&
	json "$T_OUT/log" "[.[] | select(.opportunity != null)] | length >= 50" &&
	fu check && git fsck --strict --no-dangling && test -z "$(git status --porcelain)"
'

test_done
