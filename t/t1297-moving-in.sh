#!/bin/sh
test_description='moving in: exports of Pipedrive, HubSpot and Salesforce, and a guess'
. "${0%/*}/lib.sh"

crm=$T_SRC/t/data/crm

# into <repository> <file>:<map>...
into()
{
	at 2026-11-20T10:00 && new_repo "$1" && cd "$1" && shift &&
		for pair in "$@"; do
			fu import "$crm/${pair%%:*}.csv" --map "${pair#*:}" >>"$T_OUT/said" \
				2>>"$T_OUT/err" || return 1
		done
}

# again <file>:<map>...: nothing is changed by any of them
again()
{
	for pair in "$@"; do
		nothing_changed fu import "$crm/${pair%%:*}.csv" --map "${pair#*:}" -q || return 1
	done
}

# of <external id> <filter> <expected>
of()
{
	id=$(fu list --status all --json |
		jq -r ".[] | select(.external_id == \"$1\").id") &&
		fu show "$id" --json >"$T_OUT/shown" && json "$T_OUT/shown" "$2" "$3"
}

# notes <external id>: the dates of its notes
notes()
{
	id=$(fu list --status all --json |
		jq -r ".[] | select(.external_id == \"$1\").id") &&
		fu export --acts "$id" | jq -r "select(.act == \"note\") | .at[:10] + \" \" + .note"
}

pipedrive='pipedrive-deals:pipedrive pipedrive-people:pipedrive-people
	pipedrive-notes:pipedrive-notes pipedrive-activities:pipedrive-activities'
hubspot='hubspot-deals:hubspot hubspot-contacts:hubspot-people hubspot-notes:hubspot-notes
	hubspot-calls:hubspot-activities'
salesforce='salesforce-Opportunity:salesforce salesforce-Account:salesforce-accounts
	salesforce-Contact:salesforce-people salesforce-Note:salesforce-notes
	salesforce-Task:salesforce-activities'

test_expect_success JQ 'Pipedrive: deals, people, notes, activities' '
	into pipedrive $pipedrive &&
	fu list --status all --json | json - length 3 &&
	of 101 "[.client, .status, .value.amount, .opened[:10], .owner, .tags[0]]" \
		"[\"Acme Corporation\",\"open\",\"12000.00\",\"2026-09-01\",\"Sam Sales\",\"Proposal Made\"]" &&
	of 101 "[.contacts[] | .name + \" \" + .email]" \
		"[\"Jane Doe jane@acme.example\",\"Peter Gibbons peter@acme.example\"]" &&
	of 102 "[.status, .closed[:16], .contacts[0].email, .contacts[0].phone]" \
		"[\"won\",\"2026-08-14T16:20\",\"hank@globex.example\",\"555 010-4477\"]" &&
	of 103 "[.status, .closed[:10]]" "[\"abandoned\",\"2026-07-01\"]" &&
	notes 101 >"$T_OUT/notes" &&
	test_grep "2026-09-10 Discovery meeting" "$T_OUT/notes" &&
	test_grep "2026-09-14 Jane wants to be live before the fair" "$T_OUT/notes" &&
	test_grep -x "Budget < 15 k & fixed." "$T_OUT/notes" &&
	! grep "Follow up" "$T_OUT/notes" &&
	of 101 ".meetings | length" 0 && of 102 ".meetings | length" 0
'

test_expect_success JQ 'Pipedrive: the same files twice change nothing' '
	cd pipedrive && again $pipedrive && fu fsck && test -z "$(git status --porcelain)"
'

test_expect_success JQ 'what is left out is counted' '
	test_grep "1 row is about no opportunity" "$T_OUT/err" &&
	test_grep "1 row is deleted or not done yet" "$T_OUT/err" &&
	new_repo leftout && cd leftout && people=$T_SRC/t/data/crm/pipedrive-people.csv &&
	fu import "$people" --map pipedrive-people >"$T_OUT/said" 2>"$T_OUT/err" &&
	rows=$(sed -n "s/^warning: \([0-9]*\) rows* .*: left out$/\1/p" "$T_OUT/err") &&
	test_grep "^0 .*, $rows rows* left out$" "$T_OUT/said" &&
	fu import "$people" --map pipedrive-people --json 2>/dev/null | json - .skipped "$rows"
'

test_expect_success JQ 'HubSpot: an inbound call was heard' '
	into hubspot $hubspot && again $hubspot &&
	of 9001 "[.client, .tags[0], .heard[0].at[:10], (.meetings | length)]" \
		"[\"Acme Corporation\",\"Decision Maker Bought-In\",\"2026-10-01\",0]" &&
	of 9001 "[.contacts[] | .phone]" "[\"+34 600 111 222\",\"+34 600 111 333\"]" &&
	of 9002 "[.status, .value.amount]" "[\"won\",\"8500.50\"]" &&
	of 9003 "[.status, .contacts[0].name]" "[\"abandoned\",\"Bill Lumbergh\"]" &&
	notes 9001 >"$T_OUT/notes" && test_grep "2026-10-05 Call with Jane" "$T_OUT/notes"
'

test_expect_success JQ 'Salesforce: accounts give the clients their names' '
	into salesforce $salesforce && again $salesforce &&
	fu list --status all --json | json - length 3 &&
	of 006Hs00000AbCdEIAV "[.id, .client, .value.amount, .opened[:16], .source]" \
		"[\"website-relaunch\",\"Acme Corporation\",\"12000.00\",\"2026-09-01T09:12\",\"Web\"]" &&
	of 006Hs00000AbCdEIAV "[.contacts[0].name, .heard[0].at[:16]]" \
		"[\"Jane Doe\",\"2026-10-01T10:05\"]" &&
	of 006Hs00000AbCdFIAV "[.client, .status]" "[\"Globex, Inc.\",\"won\"]" &&
	of 006Hs00000AbCdGIAV .status abandoned &&
	fu set -q website-relaunch client="Acme Inc." && again salesforce-Account:salesforce-accounts
'

test_expect_success JQ 'Salesforce: a report with the labels of the screen' '
	into report salesforce-report:salesforce &&
	of 006Hs00000AbCdE "[.client, .title, .owner]" \
		"[\"Acme Corporation\",\"Website relaunch\",\"Sam Sales\"]" &&
	again salesforce-report:salesforce
'

test_expect_success 'every sample is known by its columns' '
	for file in "$crm"/*.csv; do
		fu import "$file" --guess >guessed.ini 2>err || return 1
		grep "^title = \(Pipedrive\|HubSpot\|Salesforce\):" guessed.ini &&
			test_grep "hint: .*--map" err || return 1
	done
'

test_expect_success JQ 'a guess of a file that nobody knows, and its use' '
	new_repo guess && cd guess &&
	cat >"$T_OUT/my.csv" <<-X &&
	Nr,Deal,Company,Contact,Amount,Stage,Created,Close Date,Region
	1,Shop,Hooli,Gavin,100,Won,13/11/2025,1/2/2026,EU
	2,Site,Pied Piper,Rich,50,Talking,3/11/2026,,US
	X
	fu import "$T_OUT/my.csv" --guess >"$T_OUT/my.ini" &&
	for line in "date = D/M/YYYY" "Deal = title" "Company = client" "Amount = value" \
		"Won = status: won" "# Region ="; do
		test_grep -x -F "$line" "$T_OUT/my.ini" || return 1
	done &&
	fu import "$T_OUT/my.csv" --map "$T_OUT/my.ini" &&
	fu list --status all --json >list && json list length 2 &&
	json list "[.[] | .status] | sort | join(\" \")" "open won" &&
	json list "[.[] | .opened[:10]] | sort | .[0]" 2025-11-13 &&
	rm list && nothing_changed fu import "$T_OUT/my.csv" --guess >"$T_OUT/x"
'

test_expect_success 'a guess says what it could not tell' '
	printf "When,What\n1/2/2026,3\n" >odd.csv && fu import odd.csv --guess >odd.ini &&
	test_grep "which column is the title" odd.ini &&
	printf "Title,Created\nx,1/2/2026\n" >odd.csv && fu import odd.csv --guess >odd.ini &&
	test_grep "would read as M/D/YYYY" odd.ini && test_grep "No column seems to be an id" odd.ini &&
	: >empty.csv && refuses 128 "is empty" fu import empty.csv --guess &&
	refuses 129 "give no .--map" fu import odd.csv --guess --map maven
'

test_expect_success JQ 'a map with rows: what is wrong with it, and with the rows' '
	into rows pipedrive-deals:pipedrive &&
	printf "[import]\nrows = nonsense\n" >"$T_OUT/m.ini" &&
	refuses 128 "unknown word .nonsense" fu import "$crm/pipedrive-notes.csv" --map "$T_OUT/m.ini" &&
	refuses 128 "none of the columns is the .text" \
		fu import "$crm/hubspot-contacts.csv" --map hubspot-notes &&
	printf "Note - Content,Note - Deal ID,Note - Creation date\n<p></p>,101,2026-01-01\n" \
		>"$T_OUT/n.csv" &&
	refuses 1 "n.csv:2: there is no text" fu import "$T_OUT/n.csv" --map pipedrive-notes &&
	printf "Note - Content,Note - Deal ID,Note - Creation date\nyes,101,1.1.2026\n" >"$T_OUT/n.csv" &&
	refuses 1 "n.csv:2: .*is no date" fu import "$T_OUT/n.csv" --map pipedrive-notes
'

test_expect_success JQ 'notes without an id of their own are known by what they say' '
	printf "Note - Content,Deal - Title,Note - Creation date\nyes,Website relaunch,2026-10-01\nno,Website relaunch,2026-10-01\n" \
		>"$T_OUT/n.csv" &&
	cd rows && fu import "$T_OUT/n.csv" --map pipedrive-notes -q && notes 101 >"$T_OUT/notes" &&
	test_grep -x "2026-10-01 yes" "$T_OUT/notes" && test_grep -x "2026-10-01 no" "$T_OUT/notes" &&
	nothing_changed fu import "$T_OUT/n.csv" --map pipedrive-notes -q
'

test_done
