# match.awk <wanted> <printed>: are they the same, line by line? In <wanted>,
# `elision` stands for any text in a line, and alone on a line for any lines.

FILENAME == ARGV[1] { wanted[++n] = $0; next }
{ printed[++m] = $0 }

# Does the line match? Its pieces between elisions must come one after another.
function line_matches(want, got,    pieces, count, i, at)
{
	count = split(want, pieces, elision)
	if (count < 2)
		return want == got
	if (index(got, pieces[1]) != 1)
		return 0
	got = substr(got, length(pieces[1]) + 1)
	for (i = 2; i < count; i++) {
		at = index(got, pieces[i])
		if (!at)
			return 0
		got = substr(got, at + length(pieces[i]))
	}
	return length(got) >= length(pieces[count]) \
		&& substr(got, length(got) - length(pieces[count]) + 1) == pieces[count]
}

function matches_from(i, j)
{
	while (i <= n && wanted[i] != elision) {
		if (j > m || !line_matches(wanted[i], printed[j]))
			return 0
		i++
		j++
	}
	if (i > n)
		return j > m
	for (; j <= m + 1; j++)
		if (matches_from(i + 1, j))
			return 1
	return 0
}

END { exit !matches_from(1, 1) }
