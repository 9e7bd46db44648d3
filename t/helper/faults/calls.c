#include "t/helper/faults/calls.h"

#include "core/mem.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

/* As x86-64 has them: those of others have no `open`, `rename` and the like. */
const struct call_kind call_kinds[] = {
	{"access", SYS_access, 'p', false, NULL},
	{"chdir", SYS_chdir, 'p', false, NULL},
	{"chmod", SYS_chmod, 'p', true, NULL},
	{"clone", SYS_clone, '-', false, "EAGAIN"},
	{"clone3", SYS_clone3, '-', false, "EAGAIN"},
	{"close", SYS_close, 'f', false, NULL},
	{"copy_file_range", SYS_copy_file_range, 'f', true, NULL},
	{"faccessat2", SYS_faccessat2, 'a', false, NULL},
	{"fchmod", SYS_fchmod, 'f', true, NULL},
	{"fchmodat", SYS_fchmodat, 'a', true, NULL},
	{"fcntl", SYS_fcntl, 'f', false, NULL},
	{"fdatasync", SYS_fdatasync, 'f', true, NULL},
	{"flock", SYS_flock, 'f', true, NULL},
	{"fsync", SYS_fsync, 'f', true, NULL},
	{"ftruncate", SYS_ftruncate, 'f', true, NULL},
	{"getcwd", SYS_getcwd, '-', false, NULL},
	{"getdents64", SYS_getdents64, 'f', false, NULL},
	{"link", SYS_link, 'p', true, NULL},
	{"linkat", SYS_linkat, 'a', true, NULL},
	{"lseek", SYS_lseek, 'f', false, NULL},
	{"lstat", SYS_lstat, 'p', false, NULL},
	{"mkdir", SYS_mkdir, 'p', true, NULL},
	{"mkdirat", SYS_mkdirat, 'a', true, NULL},
	{"mmap", SYS_mmap, 'm', false, "ENOMEM"},
	{"newfstatat", SYS_newfstatat, 'a', false, NULL},
	{"open", SYS_open, 'p', false, NULL},
	{"openat", SYS_openat, 'a', false, NULL},
	{"openat2", SYS_openat2, 'a', false, NULL},
	{"pipe2", SYS_pipe2, '-', false, "EMFILE"},
	{"pread64", SYS_pread64, 'f', false, NULL},
	{"pwrite64", SYS_pwrite64, 'f', true, NULL},
	{"read", SYS_read, 'f', false, NULL},
	{"readlink", SYS_readlink, 'p', false, NULL},
	{"readlinkat", SYS_readlinkat, 'a', false, NULL},
	{"rename", SYS_rename, 'p', true, NULL},
	{"renameat", SYS_renameat, 'a', true, NULL},
	{"renameat2", SYS_renameat2, 'a', true, NULL},
	{"rmdir", SYS_rmdir, 'p', true, NULL},
	{"stat", SYS_stat, 'p', false, NULL},
	{"statx", SYS_statx, 'a', false, NULL},
	{"symlink", SYS_symlink, 'p', true, NULL},
	{"symlinkat", SYS_symlinkat, 'p', true, NULL},
	{"sync_file_range", SYS_sync_file_range, 'f', false, NULL},
	{"syncfs", SYS_syncfs, 'f', true, NULL},
	{"unlink", SYS_unlink, 'p', true, NULL},
	{"unlinkat", SYS_unlinkat, 'a', true, NULL},
	{"utimensat", SYS_utimensat, 'a', true, NULL},
	{"vfork", SYS_vfork, '-', false, "EAGAIN"},
	{"write", SYS_write, 'f', true, NULL},
	{"writev", SYS_writev, 'f', true, NULL},
};
const size_t n_call_kinds = ARRAY_SIZE(call_kinds);

const struct call_kind *call_of_number(long long number)
{
	for (size_t i = 0; i < n_call_kinds; i++)
		if (call_kinds[i].number == number)
			return &call_kinds[i];
	return NULL;
}

int error_of_name(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} errors[] = {{"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EINTR", EINTR}, {"EIO", EIO},
		{"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}, {"ENOSPC", ENOSPC}};

	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (!strcmp(errors[i].name, name))
			return errors[i].number;
	return 0;
}
