#include "cmd/program.h"

#include "core/mem.h"
#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

void program_path_keep_absolute(void)
{
	const char *dirs = getenv("PATH");
	struct str kept = STR_INIT;

	if (!dirs)
		return;
	while (*dirs) {
		size_t len = strcspn(dirs, ":");

		if (*dirs == '/')
			str_addf(&kept, "%s%.*s", kept.len ? ":" : "", (int)len, dirs);
		dirs += len;
		dirs += *dirs == ':';
	}
	/* An empty one would be the current directory again. */
	setenv("PATH", kept.len ? kept.buf : "/usr/bin:/bin", 1);
	str_release(&kept);
}

char *program_find(const char *name)
{
	const char *dirs = getenv("PATH");

	if (!*name || strchr(name, '/'))
		return NULL;
	while (dirs && *dirs) {
		int len = (int)strcspn(dirs, ":");
		char *path = len ? xstrfmt("%.*s/%s", len, dirs, name) : NULL;

		if (path && is_program(path))
			return path;
		free(path);
		dirs += len;
		dirs += *dirs == ':';
	}
	return NULL;
}

static void run_child(char *const argv[], int silent)
{
	int nowhere = silent ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1;

	if (nowhere >= 0) {
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
	}
	execv(argv[0], argv);
	_exit(127);
}

int run_program(char *const argv[], int silent)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child < 0)
		return -1;
	if (!child)
		run_child(argv, silent);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
