# The peak memory of S2.
n=$(small 10000)
repo=$(repository $n)
set -- $(measure fu -C "$repo" next)
limit S9 "peak memory of fu next, $n open" "$(awk -v k=$4 'BEGIN { print k / 1024 }')" MiB 32
