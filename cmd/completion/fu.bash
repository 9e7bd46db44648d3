# bash completion for fu. What may stand at the cursor is said by `fu complete`.
#
# The words are handed over as they stand on the line, quotes and all, and are not
# evaluated here; what comes back is quoted already.

_fu()
{
	local line=${COMP_LINE:0:COMP_POINT} part= lead= head= text i
	local -a words=() lines=() replies=()

	# bash breaks words at '=' and ':' too: those that nothing separates belong together.
	for ((i = 0; i <= COMP_CWORD; i++)); do
		if [[ $i -eq 0 || $line == [[:space:]]* ]]; then
			line=${line#"${line%%[![:space:]]*}"}
			words+=("")
		fi
		part=${COMP_WORDS[i]}
		((i < COMP_CWORD)) || part=$line
		words[-1]+=$part
		line=${line#"$part"}
	done
	# What readline replaces is the last part only.
	[[ $part != [=:@] ]] || part=
	lead=${words[-1]%"$part"}

	mapfile -t lines < <(command fu complete --shell bash -- "${words[@]:1}" 2>/dev/null)
	head=${lines[0]-}
	lines=("${lines[@]:1}")
	replies=("${lines[@]%%$'\t'*}")
	replies=("${replies[@]#"$lead"}")
	COMPREPLY=("${replies[@]}")
	[[ ${#replies[@]} -ne 1 || $replies != *= ]] || compopt -o nospace
	case $head in
	files)
		if ((${#replies[@]})); then
			mapfile -t -O "${#replies[@]}" COMPREPLY < <(compgen -f -- "$part")
			compopt -o filenames
		else
			compopt -o default
		fi
		;;
	directories)
		compopt -o dirnames
		;;
	*)
		# Only where they are listed, not inserted, is there room to say what they are.
		((COMP_TYPE == 63 && ${#replies[@]} > 1)) || return 0
		[[ ${lines[*]} == *$'\t'* ]] || return 0
		for i in "${!lines[@]}"; do
			text=${lines[i]#*$'\t'}
			[[ $text == "${lines[i]}" ]] ||
				printf -v "COMPREPLY[i]" '%-16s  %s' "${replies[i]}" \
					"${text:0:$((${COLUMNS:-80} > 40 ? ${COLUMNS:-80} - 22 : 20))}"
		done
		;;
	esac
}

complete -F _fu fu
