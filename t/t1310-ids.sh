#!/bin/sh
test_description='ids: made, given, judged, abbreviated'
. "${0%/*}/lib.sh"

repo()
{
	at 2026-11-20T10:00 && new_repo "r$t_count" && cd "r$t_count"
}

# makes <expected id> <title> <client>
makes()
{
	fu new "$2" --client "$3" >"$T_OUT/id" 2>"$T_OUT/err" && echo "$1" >"$T_OUT/wanted" &&
		test_cmp "$T_OUT/wanted" "$T_OUT/id"
}

test_expect_success 'made from client and title; the id alone on stdout' '
	repo && makes acme-website Website Acme && makes acme-shop Shop ACME
'

test_expect_success 'taken: -2, -3' '
	repo && makes acme-website Website Acme && makes acme-website-2 Website Acme &&
	makes acme-website-3 Website Acme && fu show acme-website --json | json - .id acme-website
'

test_expect_success 'marks are dropped, case is folded, the rest is -' '
	repo && makes muller-sohne-uber-cafe "Über Café" "Müller & Söhne" &&
	makes strasse-x X "Straße" && makes angstrom-fish-chips "FISH+chips" " -Ångström- " &&
	makes athina-x x Athína
'

test_expect_success 'nothing left: o- and six of the act' '
	repo && fu new "株式会社" --client "日本" >"$T_OUT/id" 2>"$T_OUT/err" &&
	test_grep -x "o-[a-z0-9]\{6\}" "$T_OUT/id" && test_line_count -eq 1 "$T_OUT/id" &&
	file=$(echo opportunities/*/o-*.ini) && act=$(sed -n "s/^\[new \(.*\)\]/\1/p" "$file") &&
	six=$(sed "s/^o-//" "$T_OUT/id") && case $act in *"$six"*) : ;; *) false ;; esac &&
	fu show --json "$(cat "$T_OUT/id")" | json - "[.client, .title]" "[\"日本\",\"株式会社\"]"
'

test_expect_success 'a long name makes an id that is allowed' '
	repo && fu new "$(printf "word %.0s" $(seq 60))" --client "$(printf "%0100d" 1)" >"$T_OUT/id" \
		2>"$T_OUT/err" && test_grep -x "[a-z0-9]\([a-z0-9-]\{0,62\}[a-z0-9]\)\{0,1\}" "$T_OUT/id" &&
	fu show --json "$(cat "$T_OUT/id")" | json - ".title | length" 300
'

test_expect_success '--id: anything else is refused, never altered' '
	repo && fu new -q T --client C --id a && fu new -q T --client C --id 0-9 &&
	fu new -q T --client C --id "$(printf "%064d" 1)" &&
	for id in "" A a_b -a a- a.b a/b .. .git "a b" é "$(printf "%065d" 1)"
	do
		test_must_fail nothing_changed fu new T --client C "--id=$id" >"$T_OUT/said" &&
		test_line_count -eq 0 "$T_OUT/said" || return 1
	done &&
	fu list --json | json - length 3
'

test_expect_success '--id that is taken is refused' '
	repo && fu new -q T --client C --id acme &&
	refuses 128 "acme" fu new T --client C --id acme
'

test_expect_success 'any unique prefix will do; an exact id beats a prefix' '
	repo && fu new -q T --client C --id acme && fu new -q T --client C --id acme-shop &&
	fu new -q T --client C --id beta &&
	fu show --json b | json - .id beta && fu show --json acme | json - .id acme &&
	fu show --json acme- | json - .id acme-shop && fu note -q acme hello &&
	fu show --json acme-s | json - .id acme-shop
'

test_expect_success 'an ambiguous one lists the candidates' '
	repo && fu new -q T --client C --id acme-site && fu new -q T --client C --id acme-shop &&
	refuses 128 "acme" fu note acme x && test_grep acme-site "$refusal" &&
	test_grep acme-shop "$refusal" && refuses 128 "" fu show a && refuses 128 "" fu note "" x
'

test_expect_success 'unknown: the nearest is suggested' '
	repo && fu new -q T --client C --id acme-website &&
	refuses 128 "acme-websit[^e]*" fu note acme-wbesite x && test_grep "acme-website" "$refusal"
'

test_expect_success 'there are no positional numbers, no paths' '
	repo && fu new -q T --client C --id acme &&
	refuses 128 "" fu show 1 &&
	refuses 128 "" fu show "$(echo opportunities/*/acme.ini)" &&
	refuses 128 "" fu show ../acme && refuses 128 "" fu show ACME
'

test_expect_success 'a prefix finds closed ones, too' '
	repo && fu new -q T --client C --id acme && fu win -q ac && fu show --json ac | json - .status won
'

test_expect_success 'an id does not move when title and client do' '
	repo && makes acme-website Website Acme && fu set -q acme title=Shop client=Beta &&
	fu show --json acme-website | json - .title Shop
'

test_expect_success 'two files of one id are a fault that is named' '
	repo && fu new -q T --client C --id acme && mkdir opportunities/zz9 &&
	cp opportunities/*/acme.ini opportunities/zz9/ && test_expect_code 1 fu check >"$T_OUT/said" &&
	test_grep "10/acme.ini\|zz9/acme.ini" "$T_OUT/said" && test_grep "zz9/acme.ini" "$T_OUT/said"
'

test_expect_success 'a file whose name is no id is named by check, and never followed' '
	repo && fu new -q T --client C --id acme && cp opportunities/*/acme.ini opportunities/Bad_Name.ini &&
	test_expect_code 1 fu check >"$T_OUT/said" && test_grep "Bad_Name" "$T_OUT/said" &&
	fu list --json 2>"$T_OUT/err" | json - length 1
'

test_expect_success 'ids of commitments and acts are short and differ' '
	repo && fu new -q T --client C --id acme &&
	for n in 1 2 3 4 5 6; do fu heard -q acme --ours "thing $n by mon" || return 1; done &&
	fu show --json acme | jq -r ".commitments[].id" | sort -u >"$T_OUT/ids" &&
	test_line_count -eq 6 "$T_OUT/ids" && ! grep -v -x "[a-z0-9]\{1,12\}" "$T_OUT/ids"
'

test_expect_success 'unicode in and out' '
	repo && fu new -q "Ξεσκεπάζω 🎉 ‏עברית" --client "Ångström ﬁ" --id acme &&
	fu show --json acme | json - "[.title, .client]" "[\"Ξεσκεπάζω 🎉 ‏עברית\",\"Ångström ﬁ\"]" &&
	fu list >"$T_OUT/list" && test_grep "Ångström" "$T_OUT/list" &&
	! grep "$(printf "\342\200\217")" "$T_OUT/list"
'

test_expect_success 'what is not UTF-8 is refused' '
	repo && bad=$(printf "a\377b") &&
	test_must_fail nothing_changed fu new "$bad" --client C >"$T_OUT/said" &&
	fu new -q T --client C --id acme && test_must_fail nothing_changed fu note acme "$bad"
'

test_done
