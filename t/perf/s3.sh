# The cost grows with what is open, not with what is closed.
n=$(small 10000)
open=$(small 1000)
repo=$(repository $n $open)
if tasks $n; then
	set -- $(measure fu -C "$repo" next ::: task next)
	row S3 "fu next, $n of which $open open" "task next, $n" $1 $5 0.05
else
	skip S3 "fu next, $n of which $open open" "no taskwarrior"
fi
