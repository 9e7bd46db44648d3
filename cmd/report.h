/*
 * What fu says on stderr. Every line is escaped (core/utf8.h): messages may hold
 * raw text of users and files.
 */
#ifndef FU_CMD_REPORT_H
#define FU_CMD_REPORT_H

/* Prints the recorded errors ("error: …") and hints ("hint: …"), and forgets them.
 * main() does this once, after the command has returned its error. */
void report_errors(void);

/* The same, as warnings: for what went wrong and does not change the result, as a
 * file that `list` could not read. */
void report_as_warnings(void);

/* One line each, "warning: …" and "hint: …". */
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of another program, with its end: '\n', or '\r' where the next one takes its place. */
void say_heard(const char *line);

/* One line without a prefix: what is done on the side, progress, the last line of a list. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
