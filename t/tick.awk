# Adds `seconds` to a time of RFC 3339 with an offset, which stays as it is.
# Days are counted as in the proleptic Gregorian calendar, with years that begin
# in March, so that the leap day is the last of its year.

function days_of(year, month, day)
{
	if (month <= 2) {
		year--
		month += 12
	}
	return 365 * year + int(year / 4) - int(year / 100) + int(year / 400) \
		+ int((153 * (month - 3) + 2) / 5) + day
}

function date_of(days,    year, month)
{
	year = int(days / 365.2425) + 1
	while (days_of(year, 3, 1) > days)
		year--
	days -= days_of(year, 3, 1)
	month = int((5 * days + 2) / 153)
	days -= int((153 * month + 2) / 5)
	month += 3
	if (month > 12) {
		month -= 12
		year++
	}
	return sprintf("%04d-%02d-%02d", year, month, days + 1)
}

{
	days = days_of(substr($0, 1, 4) + 0, substr($0, 6, 2) + 0, substr($0, 9, 2) + 0)
	time = substr($0, 12, 2) * 3600 + substr($0, 15, 2) * 60 + substr($0, 18, 2) + seconds
	while (time < 0) {
		days--
		time += 86400
	}
	days += int(time / 86400)
	time %= 86400
	printf "%sT%02d:%02d:%02d%s\n", date_of(days), int(time / 3600), \
		int(time / 60) % 60, time % 60, substr($0, 20)
}
