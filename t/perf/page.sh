# page.sh <rows> <runs> <command> [quick]: the table of t/perf/run as docs/performance.md.
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)
files=$(stat -f -c %T "${T_DATA:-.}")
libgit2=$(pkg-config --modversion libgit2 2>/dev/null)

version()
{
	command -v "$1" >/dev/null && "$@" 2>/dev/null | sed 's/.* //; 1q'
}

cat <<PAGE
# How fast it is

Made on $(date -u +'%d %B %Y') by

    meson setup build-perf --buildtype=release && ninja -C build-perf
    $3

| | |
|---|---|
| processors | $(nproc) × ${processor:-$(uname -m)} |
| memory | ${memory:-unknown} |
| system | ${system:-$(uname -s)}, kernel $(uname -r), the data on $files |
| programs | git $(version git --version), taskwarrior $(version task --version), libgit2 ${libgit2:-unknown} |
| load | $(awk -F '\t' '$9 != "" { if (least == "" || $9 < least) least = $9; if ($9 > most) most = $9 }
	END { printf "%s to %s", least, most }' "$1") while it was measured |
PAGE
test -z "$4" || printf '\nSmall sizes: this only shows that measuring works.\n'
cat <<'PAGE'

Times are medians; `fu` and its peer run in turn, so that what disturbs the machine
disturbs both. *Load* is the load average when the row was measured: with more programs
than processors a second thread is no help, and waiting for the disk counts for more.
Only the ratios mean something on another machine.

PAGE
cat <<PAGE
Medians of $2 runs:

| | what | peer | fu | peer | ratio | target | met | load |
|---|---|---|---|---|---|---|---|---|
$(awk -F '\t' '{
	printf "|"
	for (i = 1; i <= 9; i++)
		printf " %s |", $i
	print ""
}' "$1")
PAGE
cat <<'PAGE'

## What is measured, and where the time goes

Instructions are callgrind's, which come out the same on a busy machine.

- **S0, S1** `fu next` needs neither libgit2 nor git's config: plain files and the cache of
  the work list. 1.2 million instructions at 100, of which starting the process is the most.
- **S2** All lines that there are, one for each opportunity; taskwarrior prints a page of
  25. 56 million instructions, where making the list from the
  files would take 4,680: 12 % go into the checksum of the cache (6 MB: 50,000 items), 12 %
  into sorting, most of the rest into laying out 10,000 lines. As much again, some 2 µs a
  file, is the kernel's: every live file is looked at, because a hand edit must show at
  once. A second thread does that meanwhile. Where the target is missed, these two are why:
  neither the lines nor the looks can be left out.
- **S3** The same of 1,000 open ones: closed files are not looked at while their directory
  did not change. None of them has an open promise: one that was won and has is on the list
  like an open one.
- **S4, S5** Both write one file of the same tree. `fu` has synced file, objects, branch
  and directories when it says so, some twenty fsyncs; git's defaults sync nothing, so that
  the ratio depends on the disk. At 10,000 files `fu` takes 127 million instructions, git's
  two commands 148 and 10,000 looks at files: half is reading the index with libgit2, which
  a thread does while the commit is made and synced, and 30 % writing it, each with a
  checksum over all of it (SHA-1). At 100 files a third is loading libgit2 with all that it
  is linked to and starting it, and a quarter the syncs: opening it in a thread, or syncing
  in several, gained nothing there.
- **S6** The peer copies the files that the import makes, commits them with git, and
  flushes. `fu` writes one pack instead of a loose object for each file.
- **S7** Commits and trees are searched as bytes and never parsed whole.
- **S8** One file is read, found by its name; `brief` looks at the cache of what
  opportunities are known by.
- **S9** The greatest resident size of S2, with the cache that is mapped.
- **S10** A hundred notes, a hundred meetings, and so on, with git's defaults: packing is
  `git gc --auto`, which goes on beside the commands once git's own rule says so (6,700 loose
  objects). Compared are medians of a hundred: the slowest hundred against the first.
- **S11** Both sides wrote to the same opportunities; `origin` lies on the same disk. The
  time includes `git fetch` and `git push` with all their processes.
PAGE
