# The peak memory of S2.
n=$(small 10000)
repo=$(repository $n)
set -- $(measure fu -C "$repo" next)
awk -v n=$n -v peak=$4 -v quick="$quick" 'BEGIN {
	printf "S9\tpeak memory of fu next, %d open\t32 MiB\t%.1f MiB\t\t%.2f\t1\t%s\n", n, peak / 1024, \
		peak / 32768, quick ? "-" : peak <= 32768 ? "yes" : "NO"
}' >>"$rows"
