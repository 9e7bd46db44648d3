/*
 * The list of empty phrases as data, and the small language in which it is written.
 * What is refused and why stands in core/phrases.h; this header is for phrases.c and
 * the data (phrases_data.c, phrases_alone.c) alone.
 *
 * A pattern is elements with one space between them, matched word by word. Words are as
 * they are compared: small letters, no marks, no apostrophes ("hows", "im").
 *
 *	word|word    one of these words
 *	?word|word   one of these, or nothing
 *	*word|word   any number of these, up to six
 *	~2           up to two words (a digit), whichever, within a sentence
 *
 * These take no word:
 *
 *	!word|word   none of these comes next in the same clause
 *	<word|word   none of these came before in the same clause
 *	^            here a clause begins: the text, or behind any of . ! ? : ; , ( [ or a
 *	             long or free-standing dash, or an empty line
 *	.            here a clause ends
 *	$            here the text ends
 *
 * A pattern holds no more than what is empty: a match is as short as can be, and what
 * the team allows is measured by it.
 */
#ifndef FU_CORE_PHRASES_DATA_H
#define FU_CORE_PHRASES_DATA_H

enum phrase_sort {
	PHRASE_ANYWHERE, /* empty wherever it stands */
	PHRASE_ALONE,    /* empty where the text has nothing but this sort and the next */
	PHRASE_FILLER,   /* words that go with it and add nothing; none by themselves */
	PHRASE_HONEST,   /* never empty: what lies within it does not count */
	PHRASE_SORTS
};

struct phrase_family {
	const char *name; /* shown to the user; NULL for fillers and honest ones */
	enum phrase_sort sort;
	const char *const *patterns; /* ends with NULL */
};
extern const struct phrase_family phrase_families[]; /* ends with NULL patterns */

/* Three of them, in phrases_alone.c. */
extern const char *const phrases_alone[];
extern const char *const phrases_fillers[];
extern const char *const phrases_honest[];

#endif
