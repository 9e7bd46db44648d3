#include "t/helper/faults/tracer.h"

#include "core/mem.h"
#include "t/helper/faults/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS_MAX 60 /* that a run may take */
#define FILTER_MAX 128

static volatile sig_atomic_t too_long;

static void on_alarm(int signal)
{
	(void)signal;
	too_long = 1;
}

static struct sock_filter jump_if(int number)
{
	return (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1);
}

/* Stops at the calls of the run's kind, or at all of the table; at getrandom always. */
static void install_filter(const struct run *run)
{
	static const struct sock_filter stop = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	struct sock_filter code[FILTER_MAX];
	unsigned short n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	code[n++] = jump_if(SYS_getrandom);
	code[n++] = stop;
	for (size_t i = 0; i < n_call_kinds; i++)
		if (run->points || run->call == &call_kinds[i]) {
			code[n++] = jump_if(call_kinds[i].number);
			code[n++] = stop;
		}
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER,
			&(struct sock_fprog){.len = n, .filter = code}))
		_exit(125);
}

static void begin(const struct run *run, int said)
{
	int in = open(run->input ? run->input : "/dev/null", O_RDONLY | O_CLOEXEC);
	int out = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(said, 2) < 0 ||
		ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		_exit(125);
	for (char *const *e = run->more_env; e && *e; e++)
		putenv(*e);
	raise(SIGSTOP);
	install_filter(run);
	execvp(run->argv[0], run->argv);
	_exit(125);
}

/* Random numbers that are the same in every run, so that what is recorded is. Libraries
 * ask for some as well, more or less often. */
static void give_random(struct run *run, pid_t pid, struct user_regs_struct *regs)
{
	uint64_t bits;
	char *who;
	bool own;

	if (regs->rsi != sizeof(bits) || regs->rdx || pid != run->pid)
		return;
	who = whose_code_runs(pid);
	own = who && ends_with(who, "/fu");
	free(who);
	if (!own)
		return;
	run->random += 0x9e3779b97f4a7c15u;
	bits = (run->random ^ run->random >> 30) * 0xbf58476d1ce4e5b9u;
	if (ptrace(PTRACE_POKEDATA, pid, regs->rdi, bits))
		return;
	regs->orig_rax = (unsigned long long)-1;
	regs->rax = sizeof(bits);
	ptrace(PTRACE_SETREGS, pid, NULL, regs);
}

static void add_point(struct run *run, pid_t pid, const struct call_kind *kind,
	const struct user_regs_struct *regs)
{
	struct points *points = run->points;
	bool creates = (kind->number == SYS_openat && regs->rdx & (O_CREAT | O_TRUNC)) ||
		       (kind->number == SYS_open && regs->rsi & (O_CREAT | O_TRUNC));
	unsigned nth = 1;

	for (size_t i = 0; i < points->n; i++)
		nth += points->items[i].call == kind;
	GROW(points->items, points->n, points->cap);
	points->items[points->n++] = (struct point){.call = kind,
		.nth = nth,
		.inside = call_is_inside(pid, kind, regs),
		.changes = kind->changes || creates};
}

static void inject(struct run *run, pid_t pid, struct user_regs_struct *regs)
{
	run->reached = true;
	if (run->fault == FAULT_KILL) {
		kill(pid, SIGKILL);
		return;
	}
	if (run->call->number == SYS_close && run->fault == FAULT_ERROR) {
		run->closing = pid; /* a file is closed whatever close says */
		return;
	}
	if (run->fault == FAULT_SHORT) {
		regs->rdx -= regs->rdx / 2;
	} else {
		regs->orig_rax = (unsigned long long)-1;
		regs->rax = (unsigned long long)-run->error;
	}
	ptrace(PTRACE_SETREGS, pid, NULL, regs);
}

static void on_call(struct run *run, pid_t pid)
{
	const struct call_kind *kind;
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return;
	if (regs.orig_rax == SYS_getrandom)
		give_random(run, pid, &regs);
	kind = call_of_number((long long)regs.orig_rax);
	if (!kind || (!run->children && pid != run->pid))
		return;
	/* Nobody could say what went wrong. */
	if ((kind->number == SYS_write || kind->number == SYS_writev) && regs.rdi == 2)
		return;
	if (run->points)
		add_point(run, pid, kind, &regs);
	else if (kind == run->call &&
		 (++run->count == run->nth || (run->forever && run->count > run->nth)))
		inject(run, pid, &regs);
}

/* Its close was made. */
static void fail_close(struct run *run, pid_t pid)
{
	struct user_regs_struct regs;

	run->closing = 0;
	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return;
	regs.rax = (unsigned long long)-run->error;
	ptrace(PTRACE_SETREGS, pid, NULL, &regs);
}

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGABRT || signal == SIGFPE ||
	       signal == SIGILL;
}

/* What it stopped for; returns the signal that it is to be given. */
static int on_stop(struct run *run, pid_t pid, int status)
{
	int signal = WSTOPSIG(status), event = status >> 16;

	if (event == PTRACE_EVENT_SECCOMP)
		on_call(run, pid);
	else if (!event && signal == SIGTRAP && pid == run->closing)
		fail_close(run, pid);
	if (event || signal == SIGSTOP || signal == SIGTRAP)
		return 0;
	if (is_crash(signal) && pid == run->pid && !run->crashed_in)
		run->crashed_in = whose_code_runs(pid);
	return signal;
}

/* Until the last of its processes is gone. */
static void follow(struct run *run)
{
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, __WALL);
		if (pid < 0 && errno == EINTR && too_long) {
			too_long = 0;
			kill(run->pid, SIGKILL);
			run->status = 124;
		} else if (pid < 0 && errno != EINTR) {
			return;
		} else if (pid > 0 && WIFSTOPPED(status)) {
			int signal = on_stop(run, pid, status);

			ptrace(pid == run->closing ? PTRACE_SYSCALL : PTRACE_CONT, pid, NULL,
				(long)signal);
		} else if (pid == run->pid && run->status != 124) {
			run->status = WIFEXITED(status) ? WEXITSTATUS(status)
							: 128 + WTERMSIG(status);
		}
	}
}

static int trace(struct run *run)
{
	const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK |
			     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval none = {0}, limit = {.it_value.tv_sec = SECONDS_MAX};
	int status;

	if (waitpid(run->pid, &status, 0) < 0 || !WIFSTOPPED(status) ||
		ptrace(PTRACE_SETOPTIONS, run->pid, NULL, options))
		return -1;
	sigaction(SIGALRM, &action, NULL);
	too_long = 0;
	setitimer(ITIMER_REAL, &limit, NULL);
	ptrace(PTRACE_CONT, run->pid, NULL, 0L);
	follow(run);
	setitimer(ITIMER_REAL, &none, NULL);
	return 0;
}

static void read_said(struct run *run, int said)
{
	char part[4096];
	ssize_t n;

	if (lseek(said, 0, SEEK_SET))
		return;
	while ((n = read(said, part, sizeof(part))) > 0)
		str_addn(&run->said, part, (size_t)n);
}

int run_program(struct run *run)
{
	int said = memfd_create("said", MFD_CLOEXEC), err;

	run->said = (struct str)STR_INIT;
	run->random = run->salt;
	run->count = 0;
	run->closing = 0;
	run->reached = false;
	run->status = -1;
	run->pid = fork();
	if (!run->pid)
		begin(run, said);
	err = said < 0 || run->pid < 0 || trace(run);
	read_said(run, said);
	close(said);
	return err || run->status == 125 ? -1 : 0;
}

void run_release(struct run *run)
{
	str_release(&run->said);
	free(run->crashed_in);
	run->crashed_in = NULL;
}
