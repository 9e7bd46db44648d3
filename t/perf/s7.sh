# One opportunity's audit trail out of a long history of all of them.
n=$(small 2500)
repo=$T_DATA/history-$n
if test ! -d "$repo"; then
	note "making a history of $((n * 8)) acts"
	new_repository "$repo.new"
	git -C "$repo.new" config fu.fsync false
	populate -c "$repo.new" $n
	git -C "$repo.new" gc -q
	mv "$repo.new" "$repo"
fi
id=$(some_ids "$repo" | sed -n 1p)
file=$(git -C "$repo" ls-files "*/$id.ini")
set -- $(measure fu -C "$repo" log "$id" ::: git -C "$repo" --no-pager log --oneline -- "$file")
row S7 "fu log <opp>, history of $((n * 8)) acts" "git log -- <file>" $1 $5 1.5
