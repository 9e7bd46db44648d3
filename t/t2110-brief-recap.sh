#!/bin/sh
test_description='brief: one screen before a contact; recap: the mail after a meeting'
. "${0%/*}/lib.sh"

COLUMNS=80
export COLUMNS

# The page, with the ids of promises and questions made alike.
brief()
{
	fu brief "$@" | sed 's/\[[0-9a-z]\{4,\}\]/[id]/'
}

# says <id> <line>...: the page has these lines, wherever they are wrapped.
says()
{
	t_id=$1
	shift
	COLUMNS=500 brief "$t_id" >"$T_OUT/page" || return 1
	for t_line; do
		test_grep -F -e "$t_line" "$T_OUT/page" >/dev/null || return 1
	done
}

says_not()
{
	COLUMNS=500 brief "$1" >"$T_OUT/page" || return 1
	! grep -F -e "$2" "$T_OUT/page"
}

test_expect_success 'with nothing but the beginning' '
	at 2026-11-09T10:00 &&
	new_repo &&
	cd repo &&
	fu new -q "Website relaunch" --client "Acme Corporation" --id acme --source fair \
		--contact "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker" \
		--contact "Bob Roe; 91 555 0101; IT" &&
	brief acme >"$T_OUT/page" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	acme  Website relaunch  (Acme Corporation)
	this time       It is adrift: there is no next step.
	must end with   A firm date and time for the discovery: offer two to choose
	                from.
	open with       We have not spoken yet; it is about '\''Website relaunch'\''.
	last time       We have not spoken yet; it was opened on Mon 9 Nov, from '\''fair'\''.
	ask             Where do things stand on your side?
	                What are the next steps, who takes them, and by when?
	                What is still unsure?
	                How likely is it that this goes ahead?
	at the meeting  What made you take this meeting now?
	                What happens if nothing changes?
	                Who else is touched by this, and who decides?
	                What would a good result be worth to you?
	whom to call    Jane Doe, CFO, decides: +34 600 111 222, jane@acme.example
	                Bob Roe, IT: 91 555 0101
	log it with     fu schedule acme '\''<when>'\''
	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/page"
'

test_expect_success JQ 'the command works when it is typed' '
	cd repo &&
	fu brief acme --json | jq -r .command | sed "s/<when>/12 nov 15:00/" >"$T_OUT/command" &&
	sh "$T_OUT/command" &&
	says acme "this time       The discovery on Thu 12 Nov 15:00."
'

test_expect_success 'after a meeting and what came since' '
	cd repo &&
	at 2026-11-12T17:00 &&
	fu log-meeting acme -q --outcome proceed --next "19 nov 15:00" --for 1h \
		--place "their office" --with Jane --attended Jane \
		--discussed "What the old site costs them, who looks after it, and the fair in March." \
		--where "We have to be live before the fair." --temperature warm \
		--ours "send an outline by 16 nov" --ours "send the references by 23 nov" \
		--theirs "Jane Doe: get the figures of last year by 18 nov" \
		--theirs "Bob Roe: the old contract by 24 nov" --unsure "who signs" \
		--note "they have a dog" &&
	at 2026-11-16T12:00 &&
	fu log-touch acme -q --gives education --what "a checklist for moves" --channel mail \
		--keeps outline &&
	fu heard acme -q --from Bob --channel mail --what "The board meets on the 18th." &&
	fu kept acme -q figures &&
	at 2026-11-19T09:00 &&
	brief acme >"$T_OUT/page" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	acme  Website relaunch  (Acme Corporation)
	this time       The workshop on Thu 19 Nov 15:00, 1 hour, their office, with
	                Jane Doe.
	must end with   One of three outcomes: proceed (on to the proposal), repeat or
	                abandon; then a firm date and time for what comes next, and what
	                each side does by when.
	open with       Bob Roe wrote on Mon 16 Nov: '\''The board meets on the 18th.'\''
	                On Thu 12 Nov Bob Roe promised '\''the old contract'\'' by Tue 24 Nov.
	                We were going to send the references by Mon 23 Nov.
	last time       On Mon 16 Nov Bob Roe wrote: '\''The board meets on the 18th.'\''
	                On Thu 12 Nov we met for the discovery, with Jane Doe. We agreed
	                to go on to the workshop.
	discussed       On Thu 12 Nov: '\''What the old site costs them, who looks after
	                it, and the fair in March.'\''
	they said       On Thu 12 Nov: '\''We have to be live before the fair.'\''
	                It was warm on Thu 12 Nov.
	they promised   Bob Roe: the old contract by Tue 24 Nov, still open [id]
	                Jane Doe: get the figures of last year by Wed 18 Nov, kept on
	                Mon 16 Nov [id]
	we promised     send the references by Mon 23 Nov, still open [id]
	                send an outline by Mon 16 Nov, kept on Mon 16 Nov [id]
	since then      On Mon 16 Nov we gave them '\''a checklist for moves'\'' (education)
	                by mail.
	still unsure    who signs (since Thu 12 Nov) [id]
	ask             Where do things stand on your side?
	                What are the next steps, who takes them, and by when?
	                What else is still unsure?
	at the meeting  Which of these requirements would you pay for by themselves?
	                What have you tried already, and what became of it?
	                Who has to be in the room when we present?
	who             Jane Doe, CFO, decides: +34 600 111 222, jane@acme.example
	                Bob Roe, IT: 91 555 0101
	log it with     fu log-meeting acme --outcome '\''<proceed|repeat|abandon>'\'' --next '\''<when>'\'' --ours '\''<what>'\'' --theirs '\''<what>'\''
	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/page"
'

test_expect_success 'an appointment that is over, and late promises' '
	cd repo &&
	at 2026-11-25T10:00 &&
	says acme "The workshop of Thu 19 Nov 15:00 is over, and how it ended is not recorded." \
		"Bob Roe: the old contract by Tue 24 Nov, overdue [id]" &&
	fu broken acme -q contract &&
	says acme "the old contract by Tue 24 Nov, broken on Wed 25 Nov [id]" \
		"On Thu 12 Nov Bob Roe promised '\''the old contract'\'', and that did not happen."
'

test_expect_success 'the mail after the meeting' '
	cd repo &&
	fu recap acme >"$T_OUT/mail" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	To: Jane Doe <jane@acme.example>
	Subject: Website relaunch: what we agreed on Thu 12 Nov 2026

	Jane Doe,

	this is what we agreed on Thu 12 Nov 2026, as I noted it. Should
	something be missing or wrong, please tell me.

	What we discussed:
	  - What the old site costs them, who looks after it, and the fair in
	    March.

	What you will do:
	  - Jane Doe: get the figures of last year, by Wed 18 Nov 2026 (done)
	  - Bob Roe: the old contract, by Tue 24 Nov 2026

	What we will do:
	  - send an outline, by Mon 16 Nov 2026 (done)
	  - send the references, by Mon 23 Nov 2026

	What is still open:
	  - who signs

	What comes next:
	  - Requirements workshop, Thu 19 Nov 2026 15:00 Europe/Madrid, 1 hour,
	    their office, with Jane Doe

	Ann Author
	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/mail"
'

test_expect_success JQ 'the same for programs' '
	cd repo &&
	fu recap acme --body >"$T_OUT/body" &&
	sed "1,/^\$/d" "$T_OUT/mail" | test_cmp - "$T_OUT/body" &&
	fu recap acme --json >"$T_OUT/doc" &&
	jq -j .body "$T_OUT/doc" | test_cmp "$T_OUT/body" - &&
	json "$T_OUT/doc" "[.to[].email] | join(\" \")" jane@acme.example &&
	json "$T_OUT/doc" .at 2026-11-12T15:00:00+01:00 &&
	json "$T_OUT/doc" "keys | join(\" \")" "at body meeting opportunity subject to" &&
	fu set acme -q "title=Website für Acme" &&
	fu recap acme --mail >"$T_OUT/message" &&
	LC_ALL=C sed "/^\$/q" "$T_OUT/message" >"$T_OUT/head" &&
	cat >"$T_OUT/wanted" <<-\EOF &&
	To: Jane Doe <jane@acme.example>
	Subject: =?UTF-8?B?V2Vic2l0ZSBmw7xyIEFjbWU6IHdoYXQgd2UgYWdyZWVkIG9uIFRo?=
	 =?UTF-8?B?dSAxMiBOb3YgMjAyNg==?=
	MIME-Version: 1.0
	Content-Type: text/plain; charset=UTF-8
	Content-Transfer-Encoding: 8bit

	EOF
	test_cmp "$T_OUT/wanted" "$T_OUT/head"
'

test_expect_success 'what is ours alone is not in the mail' '
	cd repo &&
	fu new -q X --client Initech --id secret --contact "Max <max@initech.example>" &&
	fu log-meeting secret -q --outcome repeat --cause value --because ours1 --note ours2 \
		--where ours3 --temperature cold --no-next ours4 --ours none --theirs none \
		--minutes 77 --link ours5 &&
	fu recap secret >"$T_OUT/mail" &&
	! grep -i -E "ours[1-5]|cold|value|77|repeat" "$T_OUT/mail" &&
	test_grep "^  We have no date for it yet: which day and time would suit you?$" "$T_OUT/mail" &&
	! grep -E "What (you|we) will do" "$T_OUT/mail"
'

test_expect_success 'no meeting, wrong usage' '
	cd repo &&
	fu new -q Y --client Initech --id none &&
	refuses 128 "no meeting of .none. is recorded yet" fu recap none &&
	refuses 128 "no opportunity" fu recap zzz &&
	refuses 128 "no opportunity" fu brief zzz &&
	(cd / && test_expect_code 129 fu recap x --body --mail) &&
	(cd / && test_expect_code 129 fu brief)
'

test_expect_success 'an open confirmation, tries, a contact who left' '
	cd repo &&
	fu log-meeting acme -q --outcome proceed --confirm "26 nov" \
		--options "fixed price; by the day" --ours none --theirs none --discussed prices &&
	says acme "A call to fetch their answer, due Thu 26 Nov: '\''fixed price'\'' or '\''by the day'\''." \
		"Which of them it is, and with it a firm date and time for the proposal." \
		"Proposed was to go on to the proposal; they were to choose between '\''fixed price'\'' and '\''by the day'\''." \
		"open with       When we met on Thu 19 Nov, we talked about '\''prices'\''." \
		"at the meeting  Does this solve what we found in the workshop?" \
		"whom to call    Jane Doe" "log it with     fu log-call acme --purpose confirm" &&
	fu recap acme >"$T_OUT/mail" &&
	test_grep "^  We ask for your answer on Thu 26 Nov 2026. It is one of these:$" "$T_OUT/mail" &&
	test_grep "^  - fixed price$" "$T_OUT/mail" &&
	test_grep "^Neither of us took anything on" "$T_OUT/mail" &&
	fu contact acme -q left Jane --to Bob &&
	at 2026-11-26T10:00 &&
	fu log-call acme -q --purpose confirm --result voicemail --again "27 nov" &&
	at 2026-11-27T10:00 &&
	fu log-call acme -q --purpose confirm --result undecided --because "the board was late" \
		--again "30 nov" --spoke-to Bob &&
	says acme "; 1 try so far reached nobody." \
		"On Fri 27 Nov we called and spoke to Bob Roe; they had not decided yet, because '\''the board was late'\''." \
		"open with       When we spoke on Fri 27 Nov, you had not decided yet." \
		"since then      1 call of ours reached nobody, on Thu 26 Nov." \
		"whom to call    Bob Roe, IT: 91 555 0101" "Jane Doe has left; Bob Roe follows" &&
	fu recap acme >"$T_OUT/mail" 2>"$T_OUT/hint" &&
	test_grep "^Bob Roe,$" "$T_OUT/mail" &&
	! grep "^To:" "$T_OUT/mail" &&
	test_grep "^hint: no mail address of Bob Roe is known" "$T_OUT/hint"
'

test_expect_success 'a reseller between; a call to book; waiting, and back' '
	cd repo &&
	fu new -q Routers --client Globex --via Distrib --process reseller --id routers \
		--next "1 dec 10:00" &&
	says routers "You talk to Distrib, who sells on to Globex." \
		"who             Nobody is named: fu contact routers add" &&
	fu cancel routers -q --by them --again "2 dec" &&
	says routers "A call to book the briefing, due Wed 2 Dec." \
		"must end with   A firm date and time for the briefing: offer two to choose from." &&
	fu wait routers -q "15 dec" --because "their budget" &&
	says routers "It waits until Tue 15 Dec, for: '\''their budget'\''." &&
	at 2026-12-16T10:00 &&
	says routers "Back from waiting since Tue 15 Dec, for: '\''their budget'\''; a call to book the briefing." &&
	at 2026-11-27T10:00
'

test_expect_success 'an agreed interval; what is closed' '
	cd repo &&
	fu new -q Care --client Umbrella --process account-care --interval "3 months" --id care &&
	says care "Staying in touch, every 3 months as agreed: bring something that helps them." &&
	fu new -q Lost --client Umbrella --id lost &&
	fu abandon lost -q --cause gone --because "they were sold" &&
	says lost "None: it was abandoned on Fri 27 Nov, because '\''they were sold'\''." \
		"log it with     fu reopen lost" &&
	says_not lost "must end with" &&
	says care "other business  lost, '\''Lost'\'': abandoned Fri 27 Nov"
'

test_expect_success JQ 'other opportunities of the client: seen at once, counted' '
	cd repo &&
	fu new -q Two --client "ACME corporation" --id two --next "1 dec 9:00" &&
	says acme "other business  two, '\''Two'\'': at discovery, appointment Tue 1 Dec 09:00" &&
	fu set two -q client=Other &&
	says_not acme "other business" &&
	fu set two -q "client=Acme Corporation" &&
	for i in 1 2 3 4; do
		fu new -q "More $i" --client "Acme Corporation" --id more$i || return 1
	done &&
	fu win more1 -q &&
	says acme "                2 more: fu list --status all --client '\''Acme Corporation'\''" &&
	fu list --status all --client "Acme Corporation" --format "%(id)" >"$T_OUT/list" &&
	test_line_count -eq 6 "$T_OUT/list" &&
	fu brief acme --json | json - "[.others[] | \"\(.opportunity) \(.status)\"] | join(\", \")" \
		"more2 open, more3 open, more4 open, two open, more1 won"
'

test_expect_success 'whatever became of the cache' '
	cd repo &&
	fu brief acme >"$T_OUT/wanted" &&
	for damage in "rm -f" "truncate -s 100" "truncate -s 0"; do
		$damage .git/fu/register &&
		fu brief acme >"$T_OUT/page" &&
		test_cmp "$T_OUT/wanted" "$T_OUT/page" || return 1
	done &&
	sleep 0.1 &&
	fu brief acme >/dev/null &&
	printf X | dd of=.git/fu/register bs=1 seek=200 conv=notrunc 2>/dev/null &&
	fu brief acme >"$T_OUT/page" &&
	test_cmp "$T_OUT/wanted" "$T_OUT/page" &&
	echo broken >opportunities/broken.ini &&
	fu brief acme >"$T_OUT/page" 2>"$T_OUT/err" &&
	rm opportunities/broken.ini &&
	test_cmp "$T_OUT/wanted" "$T_OUT/page"
'

test_expect_success JQ 'json: every field, null or empty where there is nothing' '
	cd repo &&
	for id in acme none lost care routers; do
		fu brief $id --json >"$T_OUT/doc" &&
		json "$T_OUT/doc" "keys | join(\" \")" \
			"activity ask client command contacts discussed ends_with last opening opportunity others ours purpose questions since status temperature theirs title unsure via where" ||
			return 1
	done &&
	fu brief acme --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" ".last.act" call &&
	json "$T_OUT/doc" ".discussed" prices &&
	json "$T_OUT/doc" ".temperature" warm &&
	json "$T_OUT/doc" "[.contacts[].name] | join(\", \")" "Bob Roe, Jane Doe" &&
	json "$T_OUT/doc" "[.unsure[].text] | join(\", \")" "who signs" &&
	fu brief none --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.last, .via, .discussed, .where, .temperature, .theirs, .contacts]" \
		"[null,null,null,null,null,[],[]]"
'

test_expect_success 'fifty acts fit on a screen' '
	cd repo &&
	fu new -q Long --client Long --id long --contact "Jo Long <jo@long.example>" &&
	for i in 1 2 3 4 5 6 7 8; do
		tick 3600 &&
		fu log-meeting long -q --outcome repeat --cause timing --next "+3d 15:00" \
			--ours "send the plan $i by +9d" --theirs "Jo Long: ask person $i by +9d" \
			--unsure "question $i" --discussed "A long talk about the matter number $i. $i$i$i" &&
		tick 3600 &&
		fu heard long -q --from Jo --what "a message $i" &&
		tick 3600 &&
		fu log-touch long -q --gives application --what "a paper $i" --channel mail &&
		fu note long -q "a note $i" &&
		fu cancel long -q --by them --again "+2d" || return 1
	done &&
	brief long >"$T_OUT/page" &&
	test_line_count -le 46 "$T_OUT/page" &&
	test_grep "4 more: fu commitments long --all" "$T_OUT/page" &&
	test_grep "more: fu where long" "$T_OUT/page" &&
	grep -v "^log it with" "$T_OUT/page" | awk "length > 80" >"$T_OUT/wide" &&
	test_line_count -eq 0 "$T_OUT/wide"
'

test_expect_success 'hostile text comes out escaped' '
	cd repo &&
	esc=$(printf "\033[31m") &&
	fu new -q "T$esc" --client "C$esc" --id bad --contact "Jane <j@x.example>" &&
	fu log-meeting bad -q --outcome proceed --next "+5d 10:00" --discussed "D$esc" \
		--where "W$esc" --ours "o$esc by +3d" --theirs "t$esc by +3d" --unsure "u$esc" \
		--place "p$esc" &&
	for command in "brief bad" "recap bad" "recap bad --mail" "brief bad --json"; do
		fu $command >"$T_OUT/page" &&
		! grep "$(printf "\033")" "$T_OUT/page" || return 1
	done
'

test_done
