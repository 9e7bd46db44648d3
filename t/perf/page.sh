# page.sh <rows> <runs>: the table of t/perf/run as docs/performance.md.
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)
files=$(stat -f -c %T "${T_DATA:-.}")

version()
{
	command -v "$1" >/dev/null && "$@" 2>/dev/null | sed -n '1s/.* //p'
}

cat <<PAGE
# How fast it is

Written by \`t/perf/run --write docs/performance.md\` on $(date -u +'%d %B %Y').

$(nproc) processors (${processor:-$(uname -m)}), ${memory:-?} of memory, ${system:-$(uname -s)},
kernel $(uname -r), data on $files; git $(version git --version), taskwarrior $(version task --version).
Medians of $2 runs; \`fu\` and its peer run in turn, so that what disturbs the machine
disturbs both. *Load* is the load average when the row was measured: with more programs
than processors the times are longer, and a thread more is no help; the ratios move less.

| | what | peer | fu | peer | ratio | target | met | load |
|---|---|---|---|---|---|---|---|---|
$(awk -F '\t' '{ gsub(/&/, "\\&"); printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5, $6, $7, $8, $9 }' "$1")

What is measured:

- S2, S3: all lines that there are, printed into a pipe: one for each opportunity of which
  something is due. taskwarrior prints a page of 25. Of the closed opportunities in S3 none
  has an open promise: one that was won and has is on the list like an open one.
- S4, S5: both write one file of the same tree. \`fu\` syncs what it wrote to the disk
  before it says so; git's defaults do not.
- S6: the peer copies the files that the import makes, commits them with git, and flushes.
- S10: half of the acts are notes, half are meetings. \`git gc\` runs beside the commands
  when git's own rule says so.
- S11: both sides wrote to the same opportunities; the bare repository lies on the same disk.
PAGE
