#include "storage/git/git.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

extern const struct git_backend fu_git_backend;

const struct git_backend fu_git_backend = {
	.version = GIT_BACKEND_VERSION,
	.open = git_open,
	.close = git_close,
	.common_dir = git_common_dir,
	.init = git_init,
	.discover = git_discover,
	.check_owner = git_check_owner,
	.config_get = git_config_value_get,
	.config_set = git_config_value_set,
	.config_each = git_config_visit,
	.identity = git_who,
	.head_file = git_head_file,
	.changed = git_changed,
	.staged = git_staged,
	.history = git_history,
	.file_at = git_file_at,
	.changed_in = git_changed_in,
	.resolve = git_resolve,
	.diff = git_diff_of,
	.remote = git_remote_of,
	.audit = git_audit,
	.blob = git_blob_verified,
	.digest = git_digest,
	.head_files = git_head_files,
	.state = git_state,
	.begin = git_begin,
	.recovered = git_recovered,
	.put = git_put,
	.commit = git_commit_staged,
	.end = git_end,
	.branch = git_branch_of,
	.ref_get = git_ref_get,
	.refs_drop = git_refs_drop,
	.refs_list = git_refs_list,
	.relate = git_relate,
	.rests_on = git_rests_on,
	.compare = git_compare,
	.touched = git_touched,
	.merge_text = git_merge_text,
	.put_mode = git_put_mode,
	.head = git_head_of,
	.commit_merge = git_commit_merge,
	.fast_forward = git_fast_forward,
	.track = git_track,
};

/* Trees of large directories are worth keeping: every commit and every step of a
 * history reads them again. The default keeps objects up to 4 KiB. */
#define TREE_CACHE_LIMIT (256 * 1024)

int git_start(void)
{
	static bool started;

	if (started)
		return 0;
	/* Before anything is allocated. */
	if (memory_set_up() || git_libgit2_init() < 0)
		return git_failed("cannot start libgit2");
	started = true;
	/* Ownership is checked by owner.c: libgit2 does not know safe.directory=*. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(
		GIT_OPT_SET_CACHE_OBJECT_LIMIT, (int)GIT_OBJECT_TREE, (size_t)TREE_CACHE_LIMIT);
	/* git does not hash what it reads either; where it matters it is done here. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	if (getenv("GIT_CONFIG_NOSYSTEM"))
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	if (getenv("GIT_CONFIG_GLOBAL")) {
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	}
	return 0;
}

static int failed(const char *format, va_list args, const char *why)
{
	char *what = xstrvfmt(format, args);
	int err = error_set(ERR_FAILED, "%s: %s", what, why);

	free(what);
	return err;
}

int git_failed(const char *format, ...)
{
	const git_error *last = git_error_last();
	const char *why = last && last->message ? last->message : "libgit2 does not say why";
	va_list args;
	int err;

	va_start(args, format);
	err = failed(format, args, why);
	va_end(args);
	git_error_clear();
	return err;
}

int os_failed(const char *format, ...)
{
	const char *why = strerror(errno);
	va_list args;
	int err;

	va_start(args, format);
	err = failed(format, args, why);
	va_end(args);
	return err;
}

bool same_id(const git_oid *a, const git_oid *b)
{
	return git_oid_equal(a, b);
}

bool no_id(const git_oid *id)
{
	return git_oid_is_zero(id);
}

void id_to_hex(char hex[41], const git_oid *id)
{
	git_oid_tostr(hex, 41, id);
}
