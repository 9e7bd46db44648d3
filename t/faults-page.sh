# The text of docs/reliability.md from the figures in $dir, for t/faults-report.

machine()
{
	t_cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
	echo "$(nproc) × ${t_cpu:-$(uname -m)}, Linux $(uname -r | cut -d. -f1-2), tmpfs"
	. /etc/os-release
	echo "$PRETTY_NAME, git $(git --version | sed 's/.* //'), libgit2" \
		"$(pkg-config --modversion libgit2)"
}

# table <files> <awk's condition on the label>
table()
{
	t_files=$1
	shift
	# The files are a pattern.
	LC_ALL=C sort $t_files | awk -F'\t' -v OFS=' | ' "
		$1"' {
			name = $1
			sub(/ \(.*/, "", name)
			print "| " name, $3 " of " $2, $4, $5, $6, $7, $8 " |"
			for (i = 2; i <= 9; i++) sum[i] += $i
			n++
		}
		END {
			if (n)
				print "| **all**", sum[3] " of " sum[2], sum[4], sum[5], sum[6], sum[7], \
					"**" sum[8] "**" " |"
		}'
}

cat <<EOF
# How reliable it is

What \`fu\` promises when things go wrong, how that is shown, and what came out. This page
is written by \`t/faults-report\`; no figure in it was typed.

## What is promised

- **R1.** When a command that writes ends with status 0, its act survives the loss of
  power: the file, git's objects, the branch and their directories are synced before.
  (\`fu.fsync=false\` turns that off.)
- **R2.** Killed at any system call, the act is wholly there or wholly absent. Work tree,
  index and HEAD agree again after the next \`fu\` command at the latest, one that only reads
  included. Nobody deletes a lock by hand.
- **R3.** When a system call fails, once or from then on, the command ends with status 128
  and a message and nothing is changed, or it has done what it was to do. Status 0 means that
  HEAD has the act. When memory runs out the command says so and ends with 128, in libgit2's
  code as in its own; then R2 holds.
- **R5.** Standard output is checked: what cannot be printed is an error. An act is recorded
  before its line is printed, so that for it a full output is a warning.

## How it is shown

\`t/helper/faults\` runs a command once to see which system calls it makes on the repository,
on the user's configuration and on its pipes, and then again and again, each time with a
fault at one of them (by ptrace, in all of its code, libgit2's included):

- the process is killed there (at calls that change something: after any other the state is
  that before);
- the call fails with EIO, ENOSPC, EACCES or EINTR, that once; with the first three also
  every call of its name from then on. Calls that change something get each error, others
  one of them in turn;
- a write is short.

Random numbers and the clock are the same in every run, so that the state without a fault is
known to the last byte. After each run is checked:

1. the files of the work tree, HEAD and the branches, the index, the configuration are all
   as before, or all as without a fault;
2. status 0: as without a fault, before any other command ran. Status 128: there is a message,
   and where the fault came once all is as before. No other status;
3. the next command (\`fu next\`) succeeds, and then 1. holds in every case; no lock, journal or
   staged file is left; \`git status\` is clean;
4. \`git fsck --strict\` and \`fu fsck\` find nothing;
5. where the act is absent it can be done, and then is what it is without a fault;
6. an untracked file and a lock file that are somebody else's are still there.

What differs: \`init\` and \`clone\` are put right by doing them again, not by the next
command; a clone that was killed may leave a directory \`<dir>.fu-clone-…\` beside its place.
\`sync\` may have merged, or merged and pushed, when it ends with status 128: each repository
for itself is as before or as afterwards, and the next \`sync\` ends as it would have.
The git programs that \`clone\` and \`sync\` run get no faults themselves.
\`remind --new\` prints what it can read and warns of the rest: better reminded twice than
never. \`check --install-hook\` says with status 128 that its line could not be printed when
the hook stands.

\`config --global\` is not killed: the lock that it then leaves in HOME is the one that
\`git config\` leaves as well. A git program that is killed while it pushes may leave git's own
lock, here or at the remote, as a plain \`git push\` does.

The short form is part of the tests (\`t9010\` to \`t9014\`): some of the calls, two errors. A
command that writes and has no case there fails \`t9010\`. \`t9015\` has disks without room and
without inodes, and files that may not grow; \`t9016\` has \`/dev/full\` for every command that
prints.

## What came out

$(cat "$dir/date"), on $(machine | paste -s -d';' | sed 's/;/;\n/').
Made by

    T_OTHERS=$T_OTHERS T_SPARSE=$T_SPARSE t/faults-report <directory>

Of the first commands ($(echo "$first" | sed 's/ /, /g'))
and of those that make few calls ($(echo "$small" | sed 's/ /, /g'))
all calls that change something were taken and one of $T_OTHERS of the others; of the other commands,
which go the same way as the first, one of $T_SPARSE of the former and one of $((T_OTHERS * T_SPARSE)) of the latter.

*Calls*: those with a fault, of all that there are. *Runs*: how often the command ran with
one. Then what became of it: *nothing changed*; *recorded*, whole; *put right* by the next
command (or, for sync, one step of several); *wrong*: anything else.

### Every command that writes

| command | calls | runs | nothing changed | recorded | put right | wrong |
|---|---|---|---|---|---|---|
$(table "$dir/*[!y].figures" '$1 !~ /\(/')

### Recovery under faults

After some of the kills, the same faults in the command that comes next: \`fu next\`, and the
same act again. *Recorded* is here: ended as a recovery without faults would have.

| command | calls | runs | as after the kill | recorded | put right | wrong |
|---|---|---|---|---|---|---|
$(table "$dir/*.recovery.figures" '$1 ~ /\(recovery\)/')

### Memory that runs out

Some of the allocations, of libraries as well, each failing once, and all from there on.

| command | allocations | runs | nothing changed | recorded | put right | wrong |
|---|---|---|---|---|---|---|
$(table "$dir/*.memory.figures" '$1 ~ /\(memory\)/')
EOF
