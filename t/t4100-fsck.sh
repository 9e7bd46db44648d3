#!/bin/sh
test_description='fu fsck: the audit trail and the repository'
. "${0%/*}/lib.sh"

# story <dir>: a repository with a little history, whose file is $file.
story()
{
	new_repo "$1" &&
	cd "$1" &&
	fu new Website --client Acme --id acme --next "tue 10:00" >/dev/null &&
	tick && fu note acme "asked for figures" >/dev/null &&
	at 2026-11-24T11:00 &&
	fu log-meeting acme --outcome repeat --cause timing --next "fri 15:00" \
		--ours "send the draft by thu" --theirs none --discussed "the scope" >/dev/null &&
	tick && fu heard acme --what "thanks" >/dev/null &&
	file=$(echo opportunities/*/acme.ini)
}

# forge <subject> <kind>: commits what stands in the work tree with plain git, as one of fu's.
forge()
{
	git add -A &&
	git commit -q -m "acme: $1" -m "Fu-Act: $2
Fu-Opportunity: acme
Fu-Id: $(sed -n "s/^\[$2 \(.*\)\]/\1/p" "$file" | tail -n 1)"
}

head_is()
{
	git rev-parse HEAD | cut -c 1-9
}

test_expect_success 'a clean repository: nothing is said' '
	story clean &&
	fu fsck >"$T_OUT/out" 2>&1 &&
	test_line_count -eq 0 "$T_OUT/out" &&
	fu fsck --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "keys_unsorted | sort | join(\" \")" \
		"acts commits cut_off findings git_fsck opportunities partial signed verified" &&
	json "$T_OUT/doc" "[.commits, .opportunities, .acts, .signed, (.findings | length)]" \
		"[5,1,4,0,0]"
'

test_expect_success 'what fu itself does to acts is explained' '
	cd clean &&
	tick && sed "s/asked for figures/asked for the figures/" "$file" >edited &&
	fu edit acme -F edited >/dev/null && rm edited &&
	tick && sed -i "s/^discussed = .*/discussed = the scope, and who signs/" "$file" &&
	fu record >/dev/null &&
	tick && sed -i "s/^title = .*/title = Relaunch/;t" "$file" &&
	git checkout -q "$file" &&
	tick && fu set acme title=Relaunch owner=ann >/dev/null &&
	tick && fu undo acme >/dev/null &&
	tick && fu undo acme >/dev/null &&
	tick && fu config policy.max-calls 4 &&
	printf "client,title\nOther,Thing\nThird,Thing\n" >../list.csv &&
	printf "[columns]\nclient = client\ntitle = title\n" >../map.ini &&
	fu import ../list.csv --map ../map.ini >/dev/null 2>&1 &&
	tick && fu note other-thing "hello" >/dev/null &&
	fu fsck
'

test_expect_success 'an act altered in a commit that says it is a note is found and named' '
	story forged &&
	sed -i "/^\[meeting/,/^\[/s/^cause = timing/cause = value/;s/^discussed = .*/discussed = all agreed/" "$file" &&
	meeting=$(sed -n "s/^\[meeting \(.*\)\]/\1/p" "$file") &&
	forge "note" note &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_line_count -eq 1 "$T_OUT/out" &&
	test_grep "^$(head_is) $file: meeting $meeting was altered: cause, discussed (the commit says: note)$" \
		"$T_OUT/out" &&
	test_expect_code 1 fu fsck --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.findings[0] | .kind, .opportunity, .act, .fields[], .mended]" \
		"[\"altered\",\"acme\",\"$meeting\",\"cause\",\"discussed\",false]" &&
	json "$T_OUT/doc" ".findings[0].commit" "$(git rev-parse HEAD)" &&
	json "$T_OUT/doc" ".findings[0].file" "$file"
'

test_expect_success 'an act altered so that the file contradicts itself' '
	story contradicts &&
	sed -i "/^\[meeting/,/^\[/s/^outcome = repeat/outcome = abandon/" "$file" &&
	forge "note" note &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(head_is) $file: meeting .* was altered: outcome (the commit says: note)$" "$T_OUT/out" &&
	test_grep "^$file: line [0-9]*: .status. is .open." "$T_OUT/out"
'

test_expect_success 'it is mended by git revert, which is none itself' '
	cd forged &&
	tick && git revert --no-edit HEAD >/dev/null 2>&1 &&
	fu fsck >"$T_OUT/out" &&
	test_line_count -eq 1 "$T_OUT/out" &&
	test_grep "mended since" "$T_OUT/out" &&
	fu fsck --json | json - "[.findings[].mended]" "[true]" &&
	fu note acme "onwards" >/dev/null &&
	fu fsck >/dev/null
'

test_expect_success 'an act altered in a plain commit, its time too' '
	story plain &&
	sed -i "/^\[note/,/^\[/s/^at = .*/at = 2026-11-19T09:00:00+01:00/" "$file" &&
	git commit -q -a -m "tidy up" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "note .* was altered: at.*(the commit is not one of fu.s)" "$T_OUT/out"
'

test_expect_success 'an edit that is forged without its stamp, and one of another opportunity' '
	story stamp &&
	sed -i "s/^discussed = .*/discussed = another thing/" "$file" &&
	git commit -q -a -m "acme: edit" -m "Fu-Act: edit
Fu-Opportunity: acme" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "was altered: discussed (the commit says: edit)" "$T_OUT/out" &&
	git reset -q --hard HEAD^ &&
	sed -i "s/^discussed = .*/discussed = another thing\nedited = 2026-11-24T12:00:00+01:00/" "$file" &&
	git commit -q -a -m "other: edit" -m "Fu-Act: edit
Fu-Opportunity: other" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "was altered: discussed" "$T_OUT/out"
'

test_expect_success 'an act that vanished, and a whole file' '
	story gone &&
	heard=$(sed -n "s/^\[heard \(.*\)\]/\1/p" "$file") &&
	sed -i "/^\[heard/,\$d" "$file" &&
	forge "note" note &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(head_is) $file: heard $heard vanished (the commit says: note)" "$T_OUT/out" &&
	git reset -q --hard HEAD^ &&
	git rm -q "$file" && git commit -q -m "closed" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_line_count -eq 4 "$T_OUT/out" &&
	test_grep "heard $heard vanished" "$T_OUT/out"
'

test_expect_success 'git revert of a commit of fu takes its act back; one that says so and does more does not' '
	story revert &&
	fu note acme "to be taken back" >/dev/null &&
	git revert --no-edit HEAD >/dev/null 2>&1 &&
	fu fsck &&
	git revert --no-edit HEAD >/dev/null 2>&1 &&
	fu fsck &&
	git revert --no-edit HEAD >/dev/null 2>&1 &&
	sed -i "s/^discussed = .*/discussed = nothing/" "$file" &&
	git commit -q -a --amend --no-edit &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_line_count -eq 1 "$T_OUT/out" &&
	test_grep "was altered: discussed (the commit says: a revert)" "$T_OUT/out"
'

test_expect_success 'an act that is smuggled into a commit of fu, or is missing in it' '
	story smuggled &&
	fu note acme "one" >/dev/null &&
	fu note acme "two" >/dev/null &&
	git reset -q --soft HEAD~2 && git commit -q -C ORIG_HEAD &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "note .* was brought on without being named (the commit says: note)" "$T_OUT/out" &&
	git reset -q --hard HEAD^ &&
	git commit -q --allow-empty -m "acme: note" -m "Fu-Act: note
Fu-Opportunity: acme
Fu-Id: abcdefghjk" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "says: note abcdefghjk, and brings no such act" "$T_OUT/out"
'

test_expect_success 'settings changed in a commit that says it is a note' '
	story settings &&
	fu note acme "dog" >/dev/null &&
	echo "[policy]" >>fu.ini && echo "max-calls = 99" >>fu.ini &&
	git commit -q -a --amend --no-edit &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(head_is) fu.ini: it was changed (the commit says: note)$" "$T_OUT/out"
'

test_expect_success 'acts that plain git adds are none; hand edits committed with git neither' '
	story added &&
	cat >>"$file" <<-\EOT &&

	[note abcdefghjk]
	at = 2026-11-24T12:00:00+01:00
	seq = 9
	by = Ann Author <ann@example.com>
	note = added by hand
	EOT
	git commit -q -a -m "a remark" &&
	printf "\n[note]\nat = 2026-11-24T12:01:00+01:00\nnote = no id yet\n" >>"$file" &&
	git commit -q -a -m "another" &&
	fu fsck &&
	fu note acme "and on" >/dev/null 2>&1 &&
	fu fsck
'

test_expect_success 'a file that cannot be read from some commit on, and its repair' '
	story damaged &&
	echo "no key" >>"$file" &&
	git commit -q -a -m "oops" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(head_is) $file: the file cannot be read from this commit on$" "$T_OUT/out" &&
	test_grep "^$file: line [0-9]*: .*no key" "$T_OUT/out" &&
	sed -i "/^no key/d" "$file" && fu record -q &&
	fu fsck >"$T_OUT/out" &&
	test_grep "mended since" "$T_OUT/out" &&
	sed -i "s/^discussed = .*/discussed = lies\nno key/" "$file" &&
	git commit -q -a -m "oops again" &&
	sed -i "/^no key/d" "$file" && git commit -q -a -m "repaired" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(head_is) .* was altered: discussed" "$T_OUT/out"
'

test_expect_success 'merges with git: an act of either side is there' '
	story merged &&
	git branch side &&
	fu note acme "here" >/dev/null &&
	fu new Two --client B --id two >/dev/null 2>&1 &&
	git switch -q side &&
	fu new Three --client C --id three >/dev/null 2>&1 &&
	git switch -q main &&
	git merge -q --no-edit side &&
	fu fsck &&
	git reset -q --hard HEAD^ &&
	git merge -q --no-commit side >/dev/null 2>&1 &&
	sed -i "s/^discussed = .*/discussed = in the merge/" "$file" &&
	git rm -q -f --cached opportunities/*/three.ini &&
	rm opportunities/*/three.ini &&
	git add "$file" && git commit -q --no-edit &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$(head_is) $file: meeting .* was altered: discussed" "$T_OUT/out" &&
	test_grep "$(head_is) .*three.ini: new .* vanished" "$T_OUT/out"
'

test_expect_success 'an opportunity that git renamed; an act that stands twice' '
	story moved &&
	git mv "$file" opportunities/other.ini && git commit -q -m "another name" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "opportunities/other.ini: new .* was moved to another opportunity" "$T_OUT/out" &&
	git reset -q --hard HEAD^ &&
	git mv "$file" opportunities/acme.ini && git commit -q -m "another place" &&
	fu fsck &&
	cp opportunities/acme.ini opportunities/copy.ini && git add -A && git commit -q -m copy &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "opportunities/copy.ini: new .* stands in .opportunities/acme.ini. too" "$T_OUT/out"
'

test_expect_success 'objects that are missing or damaged' '
	story objects &&
	blob=$(git rev-parse "HEAD:$file") &&
	object=.git/objects/$(echo $blob | cut -c 1-2)/$(echo $blob | cut -c 3-) &&
	mv "$object" kept &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$blob" "$T_OUT/out" &&
	other=$(git rev-parse "HEAD~1:$file") &&
	cp ".git/objects/$(echo $other | cut -c 1-2)/$(echo $other | cut -c 3-)" "$object" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$blob is damaged" "$T_OUT/out" &&
	rm -f "$object" && mv kept "$object" &&
	fu fsck &&
	commit=$(git rev-parse HEAD~2) &&
	object=.git/objects/$(echo $commit | cut -c 1-2)/$(echo $commit | cut -c 3-) &&
	rm -f "$object" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "^$(echo $commit | cut -c 1-9) .*cannot be read" "$T_OUT/out"
'

test_expect_success 'HEAD, the index, what is left over' '
	story state &&
	git switch -q --detach &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "HEAD is detached" "$T_OUT/out" &&
	git switch -q main &&
	echo >>"$file" && git add "$file" &&
	fu fsck &&
	git show HEAD:"$file" >"$file" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$file: the index has what neither HEAD nor the work tree has" "$T_OUT/out" &&
	git reset -q &&
	git rm -q --cached "$file" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "$file: the index lacks" "$T_OUT/out" &&
	git reset -q &&
	echo 1 >letter.txt && git add letter.txt && echo 2 >letter.txt &&
	fu fsck && # what else somebody keeps there, and stages, is his
	git rm -q --cached -f letter.txt && rm letter.txt &&
	touch -d "2020-01-01" .git/config.lock &&
	test_expect_code 1 fu fsck >"$T_OUT/out" &&
	test_grep "config.lock" "$T_OUT/out" &&
	rm .git/config.lock &&
	fu fsck
'

test_expect_success 'a shallow clone: what is there is checked, and the rest is said' '
	story deep &&
	cd .. &&
	git clone -q --depth 2 "file://$PWD/deep" shallow &&
	cd shallow &&
	fu fsck >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 0 "$T_OUT/out" &&
	test_grep "the history is cut off" "$T_OUT/err" &&
	fu fsck --json 2>/dev/null | json - .cut_off true &&
	sed -i "s/^discussed = .*/discussed = lies/" "$file" &&
	git commit -q -a -m "lies" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" 2>/dev/null &&
	test_grep "was altered" "$T_OUT/out"
'

test_expect_success 'nothing is committed yet; no repository' '
	mkdir empty && git -C empty init -q && cp clean/fu.ini empty/ &&
	(cd empty && test_expect_code 1 fu fsck >"$T_OUT/out") &&
	test_grep "nothing is committed yet" "$T_OUT/out" &&
	mkdir none && cd none &&
	test_expect_code 128 fu fsck
'

test_done
