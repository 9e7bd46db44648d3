# The import of a CRM's pipeline into a new repository, durable, against copying the
# files that it makes, committing them with git, and flushing the file system.
n=$(small 8800)
csv=$T_DATA/pipeline.csv
sh t/perf/pipeline.sh $n >"$csv"

# prepare: an empty repository for fu, an empty place for git.
cat >"$T_DATA/prepare" <<'EOF'
rm -rf "$T_DATA/imported" "$T_DATA/copied"
fu init -q --timezone America/New_York --currency USD "$T_DATA/imported" &&
git init -q "$T_DATA/copied"
EOF
cat >"$T_DATA/copy" <<'EOF'
cp -r "$T_DATA/model" "$T_DATA/copied/opportunities" && cd "$T_DATA/copied" &&
git add -A && git commit -q -m import && sync -f .
EOF
export T_DATA
sh -e "$T_DATA/prepare" >/dev/null
fu -C "$T_DATA/imported" import -q "$csv" --map maven 2>/dev/null
cp -R "$T_DATA/imported/opportunities" "$T_DATA/model"
set -- $(measure -w 1 -p '. "$T_DATA/prepare"' \
	sh -c 'exec fu -C "$T_DATA/imported" import -q "$T_DATA/pipeline.csv" --map maven 2>/dev/null' \
	::: sh "$T_DATA/copy")
row S6 "fu import, $n rows" "cp, git commit, sync" $1 $5 1.5
rm -rf "$T_DATA/imported" "$T_DATA/copied" "$T_DATA/model"
