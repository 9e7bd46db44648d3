#!/bin/sh
test_description='fu contact: people come, change, leave, are removed'
. "${0%/*}/lib.sh"

acme()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count" && fu new -q Website --client Acme --id acme "$@"
}

facts()
{
	fu show --json "${opp:-acme}" | json - "$@"
}

jane='Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker'

test_expect_success 'add: mail, phone, role, decision-maker' '
	acme && fu contact acme add "$jane" >"$T_OUT/said" &&
	test_line_count -eq 1 "$T_OUT/said" && test_grep "^acme: contact" "$T_OUT/said" &&
	facts ".contacts[0] | [.name, .email, .phone, .role, .decision_maker]" \
		"[\"Jane Doe\",\"jane@acme.example\",\"+34 600 111 222\",\"CFO\",true]" &&
	git log -1 --format=%s >"$T_OUT/subject" && ! grep -q Jane "$T_OUT/subject"
'

test_expect_success 'add: in any order, and only what there is' '
	acme && fu contact -q acme add "Bob; decision-maker; head of sales; 600 1" &&
	facts ".contacts[0] | [.name, .email, .phone, .role, .decision_maker]" \
		"[\"Bob\",null,\"600 1\",\"head of sales\",true]" &&
	fu contact -q acme add "Zoë Ünal <zoe@acme.example>" && facts ".contacts[1].name" "Zoë Ünal"
'

test_expect_success 'add: nobody, twice' '
	acme && test_must_fail nothing_changed fu contact acme add "" &&
	test_must_fail nothing_changed fu contact acme add "; CFO" &&
	refuses 129 "" fu contact acme add &&
	refuses 129 "" fu contact acme &&
	refuses 129 "ad" fu contact acme ad "$jane" &&
	fu contact -q acme add "$jane" &&
	test_must_fail nothing_changed fu contact acme add "Jane Doe"
'

test_expect_success 'set: keys of a contact' '
	acme --contact "$jane" &&
	fu contact -q acme set jane phone="+34 1" role=CEO email=j@acme.example &&
	facts ".contacts[0] | [.name, .email, .phone, .role]" \
		"[\"Jane Doe\",\"j@acme.example\",\"+34 1\",\"CEO\"]" &&
	fu contact -q acme set "Jane Doe" phone= && facts ".contacts[0].phone" null &&
	fu contact -q acme set "Jane Doe" name="Jane Roe" && facts ".contacts[0].name" "Jane Roe" &&
	refuses 129 "phnoe.*phone" fu contact acme set jane phnoe=1 &&
	refuses 128 "nobody" fu contact acme set nobody role=x &&
	test_grep "Jane Roe" "$refusal" &&
	refuses 129 "" fu contact acme set jane
'

test_expect_success 'a second one of the same name, but for case, is refused where it is made' '
	acme --contact "Foo Bar" --contact "Zoë" &&
	refuses 1 "Foo Bar. and .foo bar. are one name" fu new Shop --client Acme \
		--contact "Foo Bar" --contact "foo bar" &&
	refuses 1 "FOO BAR. is a contact of .acme. already, as .Foo Bar." \
		fu contact acme add "FOO BAR <x@y.z>" &&
	refuses 1 "ZOË. is a contact of .acme. already, as .Zoë." fu contact acme add ZOË &&
	refuses 1 "foo bar. is a contact of .acme. already, as .Foo Bar." \
		fu contact acme set zoë name="foo bar" &&
	refuses 1 "Foo Bar. is a contact of .acme. already$" \
		fu contact acme set zoë name="Foo Bar" &&
	fu contact -q acme set "Foo Bar" name="FOO BAR" && facts ".contacts[0].name" "FOO BAR" &&
	fu new -q Shop --from acme --id shop --contact "foo bar" &&
	(opp=shop && facts "[.contacts[].name]" "[\"foo bar\",\"Zoë\"]")
'

test_expect_success 'of such a pair in a file of before, the name in the same case is meant' '
	acme --contact "Foo Bar" && fu contact -q acme add "foo baz" &&
	sed -i "s/foo baz/foo bar/" opportunities/*/acme.ini && git commit -qam pair &&
	fu check --help >/dev/null && facts "[.contacts[].name]" "[\"Foo Bar\",\"foo bar\"]" &&
	refuses 128 "names 2 contacts" fu contact acme rm "FOO BAR" &&
	fu log-meeting -q acme --outcome repeat --cause timing --next "tue 15:00" --with "foo bar" \
		--ours none --theirs "Foo Bar: one by wed" --theirs "foo bar: two by wed" &&
	facts "[.next.with, (.commitments | map(.who))]" \
		"[[\"foo bar\"],[\"Foo Bar\",\"foo bar\"]]" &&
	fu contact -q acme rm "Foo Bar" && facts "[.contacts[].name]" "[\"foo bar\"]"
'

test_expect_success 'an ambiguous name lists the candidates' '
	acme --contact "$jane" --contact "Jane Roe <roe@acme.example>" &&
	refuses 128 "[Jj]ane" fu contact acme set jane role=x &&
	test_grep "Jane Doe" "$refusal" && test_grep "Jane Roe" "$refusal"
'

test_expect_success 'set --everywhere: wherever that contact is, in one commit' '
	acme --contact "$jane" &&
	fu new -q Shop --client Acme --id shop --contact "$jane" &&
	fu new -q Other --client Beta --id other --contact "Jane Doe <doe@beta.example>" &&
	before=$(git rev-list --count HEAD) &&
	fu contact acme set jane phone="+34 9" --everywhere >"$T_OUT/said" &&
	facts ".contacts[0].phone" "+34 9" &&
	(opp=shop && facts ".contacts[0].phone" "+34 9") &&
	(opp=other && facts ".contacts[0].phone" null) &&
	test $(git rev-list --count HEAD) -eq $((before + 1)) &&
	test_grep "^acme:" "$T_OUT/said" && test_grep "^shop:" "$T_OUT/said"
'

test_expect_success 'without --everywhere only here' '
	acme --contact "$jane" && fu new -q Shop --client Acme --id shop --contact "$jane" &&
	fu contact -q acme set jane phone="+34 9" &&
	(opp=shop && facts ".contacts[0].phone" "+34 600 111 222")
'

test_expect_success 'left: stays in the record of what was promised' '
	acme --contact "$jane" --contact "Bob Roe" &&
	fu heard -q acme --theirs "Jane Doe: figures by tue" &&
	fu contact -q acme left jane --to bob &&
	facts ".commitments[0].who" "Jane Doe" &&
	file=$(echo opportunities/*/acme.ini) && test_grep "Jane Doe: figures" "$file" &&
	refuses 128 "nobody" fu contact acme left nobody &&
	refuses 128 "nobody" fu contact acme left bob --to nobody
'

test_expect_success 'who left is no longer who is called' '
	acme --contact "$jane" --contact "Bob Roe; +34 77" &&
	fu contact -q acme left jane --to bob && at 2026-11-23T09:00 &&
	fu next --json acme >"$T_OUT/next" && json "$T_OUT/next" ".[0].contact.name" "Bob Roe"
'

test_expect_success 'rm' '
	acme --contact "$jane" --contact "Bob Roe" && fu contact -q acme rm bob &&
	facts "[.contacts[].name]" "[\"Jane Doe\"]" &&
	refuses 128 bob fu contact acme rm bob
'

test_expect_success 'a mail address that is known reuses that contact' '
	acme --contact "$jane" &&
	fu new -q Shop --client Acme --id shop --contact "Jane <jane@acme.example>" &&
	(opp=shop && facts ".contacts[0] | [.name, .phone]" "[\"Jane Doe\",\"+34 600 111 222\"]")
'

test_expect_success 'a closed one takes it' '
	acme && fu win -q acme && fu contact -q acme add "$jane" && facts .status won &&
	facts ".contacts | length" 1
'

test_expect_success '--json, --dry-run' '
	acme && nothing_changed fu contact --dry-run acme add "$jane" >"$T_OUT/said" &&
	fu contact acme add "$jane" --json >"$T_OUT/said" && json "$T_OUT/said" .act contact
'

test_done
