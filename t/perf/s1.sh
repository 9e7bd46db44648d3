repo=$(repository 100)
if tasks 100; then
	set -- $(measure fu -C "$repo" next ::: task next)
	row S1 "fu next, 100 opportunities" "task next, 100" $1 $5 0.5
else
	skip S1 "fu next, 100 opportunities" "no taskwarrior"
fi
