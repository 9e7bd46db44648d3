# What the figures share; read by t/perf/run. $quick, $runs and $rows are its.
#
# A figure is a script sN.sh that makes its data, measures, and adds rows:
#
#	small 10000                     prints the size, or what --quick makes of it
#	repo=$(repository 10000 1000)   a repository of so many, so many of them open
#	tasks 10000                     taskwarrior's data; sets TASKDATA
#	set -- $(measure fu next ::: git --version)
#	row S0 'fu next, 10 opportunities' 'git --version' $1 $5 2

PATH=$T_BUILD/cmd:$T_BUILD/t/perf:$PATH
HOME=$T_DATA/home
LC_ALL=C.UTF-8
TZ=UTC
FU_NOW=2026-11-20T10:00:00+01:00
FU_EXEC_PATH=$T_BUILD/storage
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
TASKRC=$T_DATA/taskrc
export PATH HOME LC_ALL TZ FU_NOW FU_EXEC_PATH GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL TASKRC
unset FU_REPO FU_ROLE FU_PAGER PAGER XDG_CONFIG_HOME TASKDATA
mkdir -p "$HOME"
printf '[user]\n\tname = Sam Sales\n\temail = sam@example.com\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n' \
	>"$GIT_CONFIG_GLOBAL"
printf 'confirmation=off\nverbose=nothing\n' >"$TASKRC"
test -z "$quick" || runs=2

note()
{
	echo "perf: $*" >&2
}

small()
{
	if test -z "$quick"; then
		echo "$1"
	else
		echo $((($1 + 199) / 200))
	fi
}

measure()
{
	"$T_BUILD/t/perf/measure" -n "$runs" "$@"
}

new_repository()
{
	fu init -q --timezone Europe/Madrid --currency EUR "$1" >/dev/null
}

# repository <opportunities> [<open>]: made once, prints where it is.
repository()
{
	repo=$T_DATA/repo-$1-${2:-all}
	if test ! -d "$repo"; then
		note "making a repository of $1 opportunities"
		new_repository "$repo.new" &&
			populate ${2:+-o "$2"} "$repo.new" "$1" &&
			mv "$repo.new" "$repo" || return 1
	fi
	echo "$repo"
}

# Ids of the repository, from a seed in no order, more than one for each run. (`fu list`
# would read all files.)
some_ids()
{
	git -C "$1" ls-files opportunities | sed 's#.*/##; s/\.ini$//' | awk '
		{ id[NR] = $0 }
		END {
			seed = 20261120
			for (i = 1; i <= 1200; i++) {
				seed = (seed * 1103515245 + 12345) % 2147483648
				print id[seed % NR + 1]
			}
		}'
}

# The same, each once.
some_different_ids()
{
	some_ids "$1" | awk '!seen[$0]++'
}

# tasks <n>: so many pending tasks for taskwarrior; sets TASKDATA. False without it.
tasks()
{
	command -v task >/dev/null || return 1
	TASKDATA=$T_DATA/tasks-$1
	export TASKDATA
	test ! -d "$TASKDATA" || return 0
	note "making $1 tasks"
	mkdir "$TASKDATA"
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "{\"uuid\":\"00000000-0000-4000-8000-%012x\",\"status\":\"pending\"," \
				"\"entry\":\"20261001T%02d%02d00Z\",\"due\":\"202612%02dT090000Z\"," \
				"\"project\":\"client%d\",\"description\":\"call client %d about lot %d\"}\n",
				i, i % 24, i % 60, i % 28 + 1, i / 4, i / 4, i
	}' >"$TASKDATA/import.json"
	task import "$TASKDATA/import.json" >/dev/null 2>&1
}

# row <figure> <what> <peer> <fu's µs> <peer's µs> <target>
row()
{
	awk -v figure="$1" -v what="$2" -v peer="$3" -v fu="$4" -v other="$5" -v target="$6" \
		-v quick="$quick" -v load="$(load)" 'BEGIN {
		ratio = fu / other
		printf "%s\t%s\t%s\t%.1f ms\t%.1f ms\t%.2f\t%s\t%s\t%s\n", figure, what, peer, \
			fu / 1000, other / 1000, ratio, target, \
			quick ? "-" : ratio <= target ? "yes" : "NO", load
	}' >>"$rows"
}

# limit <figure> <what> <value> <unit> <limit>: where the target is a figure of its own.
limit()
{
	awk -v figure="$1" -v what="$2" -v value="$3" -v unit="$4" -v most="$5" -v quick="$quick" \
		-v load="$(load)" 'BEGIN {
		printf "%s\t%s\t%s %s\t%.1f %s\t\t%.2f\t1\t%s\t%s\n", figure, what, most, unit, \
			value, unit, value / most, quick ? "-" : value <= most ? "yes" : "NO", load
	}' >>"$rows"
}

# How many programs want to run, on the average of the last minute.
load()
{
	cut -d ' ' -f 1 /proc/loadavg 2>/dev/null
}

# skip <figure> <what> <why>
skip()
{
	printf '%s\t%s\t(%s)\t\t\t\t\t-\n' "$1" "$2" "$3" >>"$rows"
}

# Is there such a command already?
has_command()
{
	fu "$1" -h >/dev/null 2>&1
}
