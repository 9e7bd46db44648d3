#!/bin/sh
# demo.sh <build directory>
#
# Plays fu's main job on a scratch repository: every command is shown before it is
# run, and what it prints is what it prints. The clock is set, so that the story
# can go on after the weekend. Fails when a command does not do what the story says.

build=${1:?usage: demo.sh <build directory>}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/fu-demo.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' 0
trap 'exit 130' INT TERM HUP

PATH=$build/cmd:$PATH
FU_EXEC_PATH=$build/storage
HOME=$scratch
FU_PAGER=cat
export PATH FU_EXEC_PATH HOME FU_PAGER
unset FU_REPO FU_ROLE XDG_CONFIG_HOME
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
cat >"$HOME/.gitconfig" <<'EOF'
[user]
	name = Sam Sales
	email = sam@example.com
[init]
	defaultBranch = main
EOF
cd "$scratch" || exit 1

# The story's time, and what happens in it.
meanwhile()
{
	FU_NOW=$1
	export FU_NOW
	shift
	printf '\n# %s\n' "$@"
}

# play <exit status> <command line>
play()
{
	printf '\n$ %s\n' "$2"
	status=0
	eval "$2" </dev/null 2>&1 || status=$?
	test $status -eq "$1" || {
		echo "demo: exit status $status, but $1 was expected" >&2
		exit 1
	}
}

meanwhile 2026-11-20T09:30:00+01:00 'Friday, 20 November 2026, half past nine in Madrid.'
play 0 'fu init deals --timezone Europe/Madrid --currency EUR'
play 0 'cd deals'
play 0 "fu new 'Website relaunch' --client 'Acme Corporation' \\
	--contact 'Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker' \\
	--value 12000 --next 'today 11:00'"

meanwhile 2026-11-20T12:10:00+01:00 'Noon. It was a good meeting. Or was it?'
play 1 "fu log-meeting acme --outcome proceed"
play 0 "fu log-meeting acme --outcome proceed --next 'tue 15:00' --for 1h \\
	--where 'We need this live before the trade fair.' --temperature warm \\
	--theirs 'Jane Doe: send the traffic figures by mon' \\
	--ours 'outline of two options by tue 12:00'"

meanwhile 2026-11-24T09:00:00+01:00 'Tuesday morning. What is there to do?'
play 0 'fu next --all'
play 0 'fu show acme'

meanwhile 2026-11-24T09:05:00+01:00 'Who did what, and when: the history is a git history.'
play 0 'fu log acme'
play 0 'git log --oneline'

cat <<'EOF'

# Now yours. The next three commands:

    ./bootstrap install --prefix ~/.local
    ~/.local/bin/fu init ~/deals
    ~/.local/bin/fu -C ~/deals new 'Website relaunch' --client 'Acme Corporation'
EOF
