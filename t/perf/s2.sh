n=$(small 10000)
repo=$(repository $n)
if tasks $n; then
	set -- $(measure fu -C "$repo" next ::: task next)
	row S2 "fu next, $n open, $((n * 8)) acts" "task next, $n" $1 $5 0.1
else
	skip S2 "fu next, $n open" "no taskwarrior"
fi
