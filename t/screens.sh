# The screens that are looked at: what is shown, of which data, how wide. Sourced by
# t/t2920-screens.sh, which holds them down, and by t/screens, which makes docs/screens.md.

# screens_of <data>: one a line, its name and the words of the command.
screens_of()
{
	cat <<-EOF
	flow report flow
	activity report activity
	habits report habits
	causes report causes
	causes-evidence report causes --evidence
	board board
	next next
	list list
	where where
	commitments commitments
	agenda agenda
	log log
	EOF
	case $1 in
	one) echo 'show show acme' ;;
	practice)
		cat <<-EOF
		activity-by-owner report activity --by owner
		flow-of-a-process report flow --process field --since 2026-10-01
		brief brief harbour
		next-all next --all
		show show harbour
		EOF
		;;
	esac
}

# screen <width> <command>...: what a terminal of that width shows, without colour and pager.
# The ids of commits are blotted out: they stand for the bytes of the files.
screen()
{
	t_width=$1
	shift
	COLUMNS=$t_width FU_PAGER=cat TERM=dumb screen_terminal fu "$@" </dev/null |
		sed 's/^[0-9a-f]\{9\}  /#########  /; s/  [0-9a-f]\{9\}$/  #########/'
}
