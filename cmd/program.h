/* Programs that fu runs: man, aliases, `fu-<name>`. Never by a name from a tracked file. */
#ifndef FU_CMD_PROGRAM_H
#define FU_CMD_PROGRAM_H

/* A part of $PATH that is relative, or empty, is the current directory or lies below it: in
 * a work tree of somebody else's, perhaps. Drops those, for us and for what we run (git,
 * the pager, the editor). Called once, at the start. */
void program_path_keep_absolute(void);

/* The path of an executable on $PATH; NULL: there is none (a name with '/' is none).
 * The caller frees. */
char *program_find(const char *name);

/* Runs argv[0] (a path), waits; its exit status, 128 + signal, or -1 when it could not
 * be started. `silent`: its output goes nowhere. stdout is flushed before. */
int run_program(char *const argv[], int silent);

#endif
