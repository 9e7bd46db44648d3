#compdef fu
# zsh completion for fu. What may stand at the cursor is said by `fu complete`.
#
# The words are handed over as they stand on the line, quotes and all, and are not
# evaluated here; compadd quotes what comes back.

_fu()
{
	local head line text
	local -a lines values shown keys
	local -i width=0

	lines=("${(@f)$(command fu complete --shell zsh -- "${(@)words[2,CURRENT-1]}" \
		"$QIPREFIX$PREFIX" 2>/dev/null)}")
	head=$lines[1]
	shift lines
	values=("${(@)lines%%$'\t'*}")
	keys=("${(@M)values:#*=}")
	values=("${(@)values:#*=}")
	(( ! $#keys )) || compadd -S '' -a keys
	if [[ $lines == *$'\t'* ]]; then
		for text in $values; do
			(( $#text <= width || $#text >= 40 )) || width=$#text
		done
		for line in $lines; do
			text=${line%%$'\t'*}
			[[ $text != *= ]] || continue
			[[ $line != *$'\t'* ]] || text="${(r:width:)text}  -- ${line#*$'\t'}"
			shown+=("${text[1,COLUMNS-2]}")
		done
		compadd -l -d shown -a values
	elif (( $#values )); then
		compadd -a values
	fi
	case $head in
	files | directories)
		[[ $PREFIX != --*=* ]] || compset -P '*='
		if [[ $head == files ]]; then
			_files
		else
			_files -/
		fi
		;;
	esac
	(( compstate[nmatches] ))
}

# As a file in $fpath it is the function itself; read by `source` it sets it up.
if [[ ${funcstack[1]} == _fu ]]; then
	_fu "$@"
else
	compdef _fu fu
fi
