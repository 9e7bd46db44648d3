#!/bin/sh
# demo.sh [<build directory>]
#
# Plays fu's main job (that of the build, else the one in PATH) on a scratch
# repository: every command is shown before it is run, and what it prints is what it prints. The clock is set, so that the story
# can go on after the weekend. Fails when a command does not do what the story says.

scratch=$(mktemp -d "${TMPDIR:-/tmp}/fu-demo.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' 0
trap 'exit 130' INT TERM HUP

unset FU_EXEC_PATH FU_REPO FU_ROLE XDG_CONFIG_HOME
test $# -eq 0 || PATH=$1/cmd:$PATH
HOME=$scratch
FU_PAGER=cat
export PATH HOME FU_PAGER
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
play 0 'fu kept acme outline'

meanwhile 2026-11-24T14:30:00+01:00 'They will not remember Friday: what to have in mind at three.'
play 0 'fu brief acme'

meanwhile 2026-11-24T16:10:00+01:00 'They like both options, and have to ask the board, which meets tomorrow.'
play 0 "fu log-meeting acme --outcome proceed --confirm 'thu 10:00' \\
	--options 'launch in January; launch in March' \\
	--theirs 'Jane Doe: put it to the board by wed' \\
	--ours 'both options on one page by wed 10:00'"

meanwhile 2026-11-25T09:30:00+01:00 'Between meetings: something that helps them, or nothing at all.'
play 1 "fu log-touch acme --gives education --what 'Just checking in'"
play 0 "fu log-touch acme --gives industry-peers --keeps 'both options' \\
	--what 'How two makers of your size moved their shop without a lost order'"

meanwhile 2026-11-25T09:40:00+01:00 'Cora makes the calls. She and Sam share the repository, over any git remote.'
play 0 'git init --quiet --bare ../shared.git && git remote add origin ../shared.git'
play 0 'fu sync'
play 0 'fu clone ../shared.git ../cora'

meanwhile 2026-11-26T10:00:00+01:00 'Thursday, at the desk of Cora, the coordinator.'
play 0 'cd ../cora'
play 0 "git config user.name 'Cora Calls' && git config user.email cora@example.com"
play 0 'fu next --role coordinator'
play 0 "fu log-call acme --purpose confirm --result confirmed --chose 'launch in January' \\
	--outcome proceed --next 'tue 1 dec 15:00' --for 1h --spoke-to 'Jane Doe' \\
	--theirs 'Jane Doe: the access to the shop by mon' --ours none"
play 0 "fu kept acme board --at 'yesterday 18:00'"
play 0 'fu sync'

meanwhile 2026-11-26T10:20:00+01:00 "Sam's desk again: what has happened, and what it amounts to."
play 0 'cd ../deals'
play 0 'fu sync'
play 0 'fu where acme'
play 0 'fu report activity'

meanwhile 2026-11-26T10:25:00+01:00 'Who did what, and when: the history is a git history.'
play 0 'fu log acme'
play 0 'git log --format="%h %an: %s"'

cat <<'EOF'

# Now yours. The next three commands:

    ./bootstrap install --prefix ~/.local
    ~/.local/bin/fu init ~/deals
    ~/.local/bin/fu -C ~/deals new 'Website relaunch' --client 'Acme Corporation'
EOF
