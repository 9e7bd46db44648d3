n=$(small 10000)
repo=$(repository $n)
id=$(some_ids "$repo" | sed -n 1p)
for command in show where brief; do
	if has_command $command; then
		set -- $(measure fu -C "$repo" $command "$id" ::: git --version)
		row S8 "fu $command <opp>, $n opportunities" "git --version" $1 $5 4
	else
		skip S8 "fu $command" "no such command yet"
	fi
done
