# How large .git becomes by ordinary commands, a hundred of one kind after a hundred of
# another, with git's defaults and nothing done by the user; and whether commands get slower
# meanwhile: the slowest hundred of a kind, by its median, against the first.
acts=$(small 10000)
n=$(small 1000)
repo=$T_DATA/grown
rm -rf "$repo"
new_repository "$repo"
git -C "$repo" config gc.auto 6700
populate "$repo" $n
fu -C "$repo" list --format '%(id)' | awk -v acts=$acts '
	{ id[NR] = $0 }
	END { for (i = 0; i < acts; i++) print id[i * 7919 % NR + 1] }' >"$T_DATA/grown.ids"
: >"$T_DATA/grown.times"
each=$((acts < 200 ? acts / 2 : 100))
: >"$T_DATA/grown.said" # each meeting but the first comes before its appointment, and warns
note "$acts acts, one after the other"
done=0
while test $done -lt $acts; do
	sed -n "$((done + 1)),$((done + each))p" "$T_DATA/grown.ids" >"$T_DATA/grown.part"
	if test $((done / each % 2)) -eq 0; then
		set -- note $(measure -n $each -w 0 -l "$T_DATA/grown.part" \
			fu -C "$repo" note -q --no-input @ "they asked for two options")
	else
		set -- log-meeting $(measure -n $each -w 0 -l "$T_DATA/grown.part" \
			fu -C "$repo" log-meeting @ --no-input -q --outcome repeat --cause timing \
			--next '2026-12-01 10:00' --ours none --theirs none 2>"$T_DATA/grown.said")
	fi
	test -n "$2" || cat "$T_DATA/grown.said" >&2
	test -n "$2"
	echo "$1 $2" >>"$T_DATA/grown.times"
	done=$((done + each))
done
waited=0
while test -e "$repo/.git/gc.pid" && test $waited -lt 120; do
	waited=$((waited + 1))
	sleep 1
done
limit S10 ".git after $acts acts" "$(du -sk "$repo/.git" | awk '{ print $1 / 1024 }')" MiB 60
for command in note log-meeting; do
	set -- $(awk -v command=$command '
		$1 == command && !first { first = $2 }
		$1 == command && $2 > most { most = $2 }
		END { print first, most }' "$T_DATA/grown.times")
	row S10 "slowest 100 of fu $command" "the first 100" $2 $1 1.5
done
rm -rf "$repo"
