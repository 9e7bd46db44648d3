# A sync that merges what both sides did, on the same opportunities.
n=$(small 1000)
base=$T_DATA/synced
rm -rf "$base"
mkdir "$base"
git init -q --bare "$base/origin.git"
new_repository "$base/one"
populate "$base/one" $n
git -C "$base/one" remote add origin "$base/origin.git"
fu -C "$base/one" sync -q
fu clone -q "$base/origin.git" "$base/two" >/dev/null
fu -C "$base/one" list --format '%(id)' >"$base/ids"
note "$n acts of each side"
for side in one two; do
	git -C "$base/$side" config fu.fsync false
	measure -n $n -w 0 -l "$base/ids" fu -C "$base/$side" note -q --no-input @ "of side $side" \
		>/dev/null
	git -C "$base/$side" config --unset fu.fsync
done
fu -C "$base/one" sync -q
cp -R "$base/two" "$base/two.before"
cp -R "$base/origin.git" "$base/origin.before"
T_SYNCED=$base
export T_SYNCED
set -- $(measure -n $((runs < 3 ? runs : 3)) -w 0 -p '
	rm -rf "$T_SYNCED/two" "$T_SYNCED/origin.git" &&
	cp -R "$T_SYNCED/two.before" "$T_SYNCED/two" &&
	cp -R "$T_SYNCED/origin.before" "$T_SYNCED/origin.git"' fu -C "$base/two" sync -q)
limit S11 "fu sync, $n acts of each side" "$(awk -v us=$1 'BEGIN { print us / 1000000 }')" s 5
rm -rf "$base"
