/* The scripts of cmd/completion/, as `fu completion` prints them. */
#ifndef FU_CMD_COMPLETION_H
#define FU_CMD_COMPLETION_H

struct completion_script {
	const char *shell;
	const char *text;
};
extern const struct completion_script completion_scripts[]; /* ends with a NULL shell */

#endif
