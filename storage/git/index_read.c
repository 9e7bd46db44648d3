/* The index is read by libgit2, which takes a while where there are many files: meanwhile
 * the commit is made. */
#include "storage/git/git.h"
#include "storage/processors.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A smaller one is read before a thread has begun. */
#define READ_BESIDE_MIN (64 * 1024)

struct index_reading {
	char *path;
	git_index *index;
	char *why; /* what libgit2 said, whose last error is a thread's own */
	pthread_t thread;
	bool beside; /* the thread reads it */
};

int index_unreadable(struct git *git)
{
	int err = git_failed("cannot read '%s/index'", git->dir);

	if (config_flag(git, "core.splitindex", false))
		error_hint("it is a split index, which libgit2 does not read: "
			   "git config core.splitIndex false && "
			   "git update-index --no-split-index");
	if (config_flag(git, "index.sparse", false))
		error_hint("it is a sparse index, which libgit2 does not read: "
			   "git sparse-checkout reapply --no-sparse-index");
	if (config_flag(git, "feature.manyfiles", false) ||
		config_flag(git, "index.skiphash", false))
		error_hint("it has no checksum, which libgit2 asks for: "
			   "git config index.skipHash false && "
			   "git update-index --force-write-index");
	return err;
}

/* A second name of the index for libgit2 to read; when it writes, it writes a new
 * file of that name, and the index itself stays as it is. */
static int copy_index(struct gitw *w)
{
	struct str bytes = STR_INIT;
	bool found;
	int err;

	/* A recovery that was killed may have left them. */
	if ((RETRY(unlinkat(w->stage_fd, "index", 0)) && errno != ENOENT) ||
		(RETRY(unlinkat(w->stage_fd, "index.lock", 0)) && errno != ENOENT))
		return os_failed("cannot remove '%s/index'", w->stage);
	if (!RETRY(linkat(w->dir_fd, "index", w->stage_fd, "index", 0)) || errno == ENOENT)
		return 0;
	err = path_read(w->dir_fd, "index", &bytes, NULL, &found);
	if (!err && found)
		err = file_write(w->stage_fd, "index", bytes.buf, bytes.len, 0666);
	str_release(&bytes);
	return err;
}

/*
 * libgit2 takes an index that it cannot look at for one that is not there, and would
 * write one that has nothing but our entries. The file's head ("DIRC", the version,
 * how many entries, 32 bits each) tells how many it must have found.
 */
static int check_whole(struct gitw *w)
{
	unsigned char head[12] = {0};
	size_t wanted = 0;
	int fd = (int)RETRY(openat(w->stage_fd, "index", O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
	long n = sizeof(head);

	if (fd >= 0) {
		n = RETRY(pread(fd, head, sizeof(head), 0));
		close(fd);
		wanted = (size_t)head[8] << 24 | (size_t)head[9] << 16 | (size_t)head[10] << 8 |
			 head[11];
	} else if (errno != ENOENT) {
		return os_failed("cannot open '%s/index'", w->stage);
	}
	if (n != sizeof(head) || wanted != git_index_entrycount(w->index))
		return error_set(ERR_FAILED, "'%s/index' could not be read whole", w->git->dir);
	return 0;
}

static void *read_index(void *context)
{
	struct index_reading *r = context;

	if (git_index_open(&r->index, r->path)) {
		const git_error *last = git_error_last();

		r->why = xstrdup(last ? last->message : "libgit2 does not say why");
		git_error_clear();
	}
	return NULL;
}

static bool is_worth_a_thread(struct gitw *w)
{
	struct stat st;

	return !fstatat(w->stage_fd, "index", &st, AT_SYMLINK_NOFOLLOW) &&
	       st.st_size >= READ_BESIDE_MIN && processors_ours() > 1 &&
	       git_libgit2_features() & GIT_FEATURE_THREADS;
}

int index_load_begin(struct gitw *w)
{
	struct index_reading *r;
	int err;

	if (w->index || w->reading)
		return 0;
	if ((err = copy_index(w)))
		return err;
	w->reading = r = xcalloc(1, sizeof(*r));
	r->path = xstrfmt("%s/index", w->stage);
	r->beside = is_worth_a_thread(w) && !pthread_create(&r->thread, NULL, read_index, r);
	return 0;
}

/* Waits for it; NULL where nothing was begun. */
static struct index_reading *end_reading(struct gitw *w)
{
	struct index_reading *r = w->reading;

	w->reading = NULL;
	if (r && r->beside)
		pthread_join(r->thread, NULL);
	return r;
}

static void free_reading(struct index_reading *r)
{
	free(r->path);
	free(r->why);
	free(r);
}

int index_load(struct gitw *w)
{
	struct index_reading *r;
	int err;

	if (w->index)
		return 0;
	if ((err = index_load_begin(w)))
		return err;
	r = end_reading(w);
	if (!r->beside)
		read_index(r);
	w->index = r->index;
	if (r->why) {
		git_error_set_str(GIT_ERROR_INDEX, r->why);
		err = index_unreadable(w->git);
	} else {
		err = check_whole(w);
	}
	free_reading(r);
	return err;
}

void index_unload(struct gitw *w)
{
	struct index_reading *r = end_reading(w);

	if (r) {
		git_index_free(r->index);
		free_reading(r);
	}
	git_index_free(w->index);
	w->index = NULL;
}
