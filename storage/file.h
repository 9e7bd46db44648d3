/*
 * The operating system's files, as storage reads them: every error is recorded
 * with the path and the system's words.
 *
 * What lies in a work tree was made by somebody else (R10): it is opened below
 * the root without following any symbolic link, and must be a regular file.
 */
#ifndef FU_STORAGE_FILE_H
#define FU_STORAGE_FILE_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

#define FILE_MAX (64u << 20) /* of files whose size nobody else bounds */

/*
 * The bytes of the file at path below the directory `root` (an open descriptor),
 * into *out, which is emptied first. ERR_MISSING: there is none; ERR_FAILED: a
 * link or a special file, more than `limit` bytes, I/O.
 */
int file_read(struct str *out, int root, const char *path, size_t limit);

/* The same for a path of the system's or the user's own, where links are fine. */
int file_read_anywhere(struct str *out, const char *path, size_t limit);

/* Opens a directory below root for reading; the caller closes *fd. Errors as above. */
int file_open_directory(int *fd, int root, const char *path);

/* True if there is anything at path below root, links not followed. */
bool file_exists(int root, const char *path);

/* Relative, no empty, "." or ".." part, none that begins with ".git". */
bool file_path_valid(const char *path);

#endif
