#!/bin/sh
test_description='shallow and partial clones, bare repositories, odd indexes, what cannot be read'
. "${0%/*}/lib.sh"

# hint <pattern>: the last refusal said what to type.
hints()
{
	test_grep -e "^hint: .*$1" "$refusal"
}

test_expect_success 'a shallow clone: log and status show what is there, and say that the rest is not' '
	new_repo deep &&
	cd deep &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 &&
	for word in one two three; do
		tick && fu note acme "$word" >/dev/null || return 1
	done &&
	cd .. &&
	git clone -q --depth 2 "file://$PWD/deep" shallow &&
	cd shallow &&
	fu log >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 2 "$T_OUT/out" &&
	test_grep "^hint: the history is cut off here" "$T_OUT/err" &&
	fu log acme >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_line_count -eq 2 "$T_OUT/out" &&
	test_grep "cut off" "$T_OUT/err" &&
	fu log -n 1 2>"$T_OUT/err" >/dev/null && test_line_count -eq 0 "$T_OUT/err" &&
	fu log --json 2>/dev/null | json - length 2 &&
	fu log -p >/dev/null 2>&1 &&
	fu status >"$T_OUT/out" &&
	test_grep "as .origin. was" "$T_OUT/out" &&
	test_grep "the history is cut off" "$T_OUT/out" &&
	fu note acme "four" >/dev/null && fu note acme "five" >/dev/null &&
	fu status --json | json - "\"\(.ahead) \(.behind) \(.cut_off)\"" "2 0 true" &&
	git reset -q --hard HEAD~3 &&
	fu status --json | json - "\"\(.ahead) \(.behind)\"" "0 1" &&
	fu note acme "six" >/dev/null &&
	fu status --json | json - "\"\(.ahead) \(.behind)\"" "1 1" &&
	fu undo acme >/dev/null && fu check && git fsck &&
	cd ../deep && fu status --json | json - .cut_off false
'

test_expect_success 'the order of a history with branches is that of git' '
	cd deep &&
	git switch -q -c one && tick && fu new A --client A --id a >/dev/null 2>&1 &&
	git switch -q main && tick && fu new B --client B --id b >/dev/null 2>&1 &&
	tick && fu note b "at the same time" >/dev/null && fu note b "as this" >/dev/null &&
	git switch -q one && fu note a "and this" >/dev/null &&
	git switch -q main && git merge -q --no-edit one &&
	fu log --format="%(commit)" >actual &&
	git log --format=%H >expected &&
	test_cmp expected actual && rm expected actual
'

test_expect_success 'fu init refuses in a bare repository, and in a git directory' '
	git init -q --bare bare.git &&
	git -C bare.git for-each-ref &&
	ls -A bare.git >before &&
	(cd bare.git && test_expect_code 1 fu init --timezone UTC 2>"$T_OUT/err") &&
	test_grep "is inside the git directory" "$T_OUT/err" &&
	test_expect_code 1 fu init --timezone UTC --here bare.git/below &&
	test_expect_code 1 fu init --timezone UTC --here deep/.git/below &&
	ls -A bare.git >after && test_cmp before after &&
	test ! -e deep/.git/below
'

test_expect_success 'a partial clone, SHA-256, per-worktree config: which setting it is, and what to type' '
	git -C deep config uploadpack.allowFilter true &&
	git clone -q --filter=blob:none "file://$PWD/deep" partial &&
	(
		cd partial &&
		fu note acme "x" >/dev/null &&
		fu log >/dev/null && fu status >/dev/null &&
		{ fu log -p >/dev/null 2>"$T_OUT/err" ||
			test_grep "^hint: a partial clone" "$T_OUT/err"; } &&
		fu fsck >"$T_OUT/out" 2>"$T_OUT/err" &&
		test_grep "^hint: a partial clone" "$T_OUT/err" &&
		git -c gc.auto=0 -c maintenance.auto=false fetch -q --refetch --no-filter &&
		fu fsck 2>"$T_OUT/err" && test_line_count -eq 0 "$T_OUT/err" &&
		git config core.repositoryFormatVersion 1 &&
		git config extensions.partialClone origin &&
		refuses 128 "partial clone" fu note acme "x" && hints "without --filter"
	) &&
	git init -q --object-format=sha256 sha256 && cp deep/fu.ini sha256/ &&
	(cd sha256 && refuses 128 "SHA-256" fu status && hints "object-format=sha1") &&
	git clone -q deep config && cd config &&
	git config extensions.worktreeConfig true &&
	{ fu note acme "y" >/dev/null 2>"$T_OUT/err" ||
		test_grep "^hint: git config --unset extensions.worktreeConfig" "$T_OUT/err"; } &&
	fu next >/dev/null && fu show acme >/dev/null
'

test_expect_success 'a split index; one without its checksum: which setting it is, and what to type' '
	git clone -q deep split && cd split &&
	git config core.splitIndex true && git update-index --split-index &&
	refuses 128 "cannot read .*index" fu note acme "x" &&
	hints "git config core.splitIndex false && git update-index --no-split-index" &&
	test_expect_code 1 fu fsck >"$T_OUT/out" && test_grep "splitIndex false" "$T_OUT/out" &&
	git config core.splitIndex false && git update-index --no-split-index &&
	fu note acme "x" >/dev/null &&
	size=$(($(wc -c <.git/index) - 20)) &&
	head -c "$size" .git/index >index && head -c 20 /dev/zero >>index && mv index .git/index &&
	git config index.skipHash true &&
	{ fu note acme "y" >/dev/null 2>"$T_OUT/err" ||
		test_grep "^hint: .*git config index.skipHash false &&" "$T_OUT/err"; } &&
	fu next >/dev/null && fu log >/dev/null
'

test_expect_success 'a large index, which is read beside the rest: damaged, nothing is done' '
	new_repo wide && cd wide &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 && long=$(printf "%0230d" 0) &&
	for i in $(seq 240); do : >"$long$i" || return 1; done && git add 0\* &&
	git commit -q -m wide && test "$(wc -c <.git/index)" -gt 65536 && cp .git/index whole &&
	head=$(git rev-parse HEAD) && printf x | dd of=.git/index bs=1 seek=30000 conv=notrunc 2>"$T_OUT/err" &&
	refuses 128 "cannot read .*/.git/index" fu note acme x &&
	test "$(git rev-parse HEAD)" = "$head" && test ! -e .git/index.lock &&
	mv whole .git/index && test -z "$(git status --porcelain)" && fu note -q acme x &&
	test -z "$(git status --porcelain)" && fu fsck
'

test_expect_success 'processes that cannot be read: next warns, and shows the rest' '
	new_repo unread && cd unread &&
	fu new Website --client Acme --id acme >/dev/null 2>&1 &&
	mv processes elsewhere && ln -s elsewhere processes &&
	fu next >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_grep "acme" "$T_OUT/out" &&
	test_grep "^warning: .*processes" "$T_OUT/err" &&
	fu next --json 2>/dev/null | json - "length > 0" &&
	fu list >"$T_OUT/out" 2>/dev/null && test_grep acme "$T_OUT/out" &&
	rm processes && mv elsewhere processes
'

test_expect_success !ROOT 'processes without permission' '
	cd unread && test_when_finished "chmod 755 \"$PWD/processes\"" &&
	chmod 000 processes &&
	fu next >"$T_OUT/out" 2>"$T_OUT/err" &&
	test_grep "acme" "$T_OUT/out" && test_grep "^warning: .*processes" "$T_OUT/err"
'

test_expect_success 'a fault of several lines is several errors, with --dry-run too' '
	cd unread &&
	file=$(echo opportunities/*/acme.ini) && cp "$file" ../kept.ini &&
	printf "no key\nnor here\n" >>"$file" &&
	test_expect_code 128 fu record 2>../wet &&
	test_expect_code 128 fu record --dry-run 2>../dry &&
	test_grep "^error: .*no key" ../dry && test_grep "^error: .*nor here" ../dry &&
	grep "^error:" ../wet >../wet.errors && grep "^error:" ../dry >../dry.errors &&
	test_cmp ../wet.errors ../dry.errors &&
	mv ../kept.ini "$file"
'

test_expect_success 'check names the file that is too large, or none' '
	cd unread &&
	mkfifo opportunities/pipe.ini &&
	test_expect_code 1 fu check >"$T_OUT/out" &&
	test_grep "^opportunities/pipe.ini: " "$T_OUT/out" && ! grep "^\.:" "$T_OUT/out" &&
	test_expect_code 1 fu check pipe >"$T_OUT/out" && ! grep "^\.:" "$T_OUT/out" &&
	rm opportunities/pipe.ini &&
	head -c 9000000 /dev/zero | tr "\0" "x" >opportunities/large.ini &&
	test_expect_code 1 fu check --json >"$T_OUT/doc" &&
	json "$T_OUT/doc" "[.[] | .file, .opportunity]" \
		"[\"opportunities/large.ini\",\"large\"]" &&
	rm opportunities/large.ini && fu check
'

test_expect_success PTY 'edit says that an edit is kept only where it is' '
	cd unread &&
	rm -rf .git/fu/drafts && : >.git/fu/drafts &&
	EDITOR=true test_expect_code 128 on_terminal "" fu edit acme >"$T_OUT/said" &&
	test_grep draft "$T_OUT/said" && ! grep "is kept" "$T_OUT/said" &&
	rm .git/fu/drafts &&
	EDITOR=false test_expect_code 128 on_terminal "" fu edit acme >"$T_OUT/said" &&
	! grep "is kept" "$T_OUT/said" &&
	printf "#!/bin/sh\necho >>\"\$1\"\nexit 1\n" >"$T_BASE/fails" && chmod +x "$T_BASE/fails" &&
	EDITOR=$T_BASE/fails test_expect_code 128 on_terminal "" fu edit acme >"$T_OUT/said" &&
	test_grep "is kept" "$T_OUT/said"
'

test_done
