# commit <figure> <opportunities> <target>: a durable log-meeting against `git add
# && git commit` of one file, in copies of the same tree.
commit()
{
	repo=$(repository $2)
	rm -rf "$T_DATA/ours" "$T_DATA/theirs"
	cp -R "$repo" "$T_DATA/ours"
	cp -R "$repo" "$T_DATA/theirs"
	some_different_ids "$repo" >"$T_DATA/ids"
	git -C "$T_DATA/theirs" ls-files opportunities |
		awk 'FNR == NR { file = $0; sub(/.*\//, "", file); sub(/\.ini$/, "", file); path[file] = $0; next }
			{ print path[$0] }' - "$T_DATA/ids" >"$T_DATA/files"
	# The file of the round is changed before it is timed.
	T_THEIRS=$T_DATA/theirs
	export T_THEIRS
	set -- "$1" "$2" "$3" $(measure -l "$T_DATA/ids" \
		fu -C "$T_DATA/ours" log-meeting @ --no-input -q --outcome repeat --cause timing \
		--next '2026-12-01 10:00' --ours none --theirs none) \
		$(measure -l "$T_DATA/files" -p 'echo "# $1" >>"$T_THEIRS/$1"' \
			sh -c 'cd "$T_THEIRS" && git add "$1" && git commit -q -m change' commit @)
	row $1 "fu log-meeting, $2 opportunities" "git add && git commit" $4 $8 $3
	rm -rf "$T_DATA/ours" "$T_DATA/theirs"
}
