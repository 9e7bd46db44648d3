/* fu import --guess. */
#ifndef FU_CMD_IMPORT_GUESS_H
#define FU_CMD_IMPORT_GUESS_H

/* Reads the head of the file and prints a map for it: one that comes with fu, where its
 * columns are those of the file, or a guess. ERR_FAILED. */
int import_guess_print(const char *file);

#endif
