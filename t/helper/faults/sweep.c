#include "t/helper/faults/sweep.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int sweep_begin(struct sweep *s, const struct settings *set)
{
	struct run run = {.argv = set->argv,
		.input = set->input,
		.salt = set->salt,
		.children = set->children,
		.points = &s->points};
	struct tree now;

	s->set = set;
	tree_read(&s->base, NULL);
	state_of(&s->old, &s->base);
	if (run_program(&run) || run.status) {
		printf("%s: without a fault: status %d: %s\n", set->label, run.status,
			run.said.buf);
		run_release(&run);
		return -1;
	}
	run_release(&run);
	tree_read(&now, &s->base);
	state_of(&s->new, &now);
	tree_release(&now);
	tree_put_back(&s->base);
	return 0;
}

static void try_fault(struct sweep *s, const struct point *p, enum fault_kind fault,
	const char *error, bool forever)
{
	struct run run = {.argv = s->set->argv,
		.input = s->set->input,
		.salt = s->set->salt,
		.children = s->set->children,
		.call = p->call,
		.nth = p->nth,
		.fault = fault,
		.forever = forever};
	char *label = xstrfmt("%s: %s at %s %u%s", s->set->label, error, p->call->name, p->nth,
		forever ? "+" : "");

	if (fault == FAULT_ERROR)
		run.error = error_of_name(error);
	if (run_program(&run))
		complain(s, label, "cannot be run");
	/* Where the end of one process is another's signal, it is not only its own. */
	judge(s, &run, label, !forever && fault != FAULT_KILL);
	run_release(&run);
	free(label);
}

static void try_error(struct sweep *s, const struct point *p, const char *error)
{
	try_fault(s, p, FAULT_ERROR, error, false);
	/* What is interrupted for ever is no error that a system has. */
	if (strcmp(error, "EINTR") != 0)
		try_fault(s, p, FAULT_ERROR, error, true);
}

static void try_point(struct sweep *s, const struct point *p)
{
	const char *const *errors = s->set->errors;
	size_t n = 0;

	s->calls++;
	if (p->changes && !s->set->no_kill)
		try_fault(s, p, FAULT_KILL, "SIGKILL", false);
	if (p->changes &&
		(!strcmp(p->call->name, "write") || !strcmp(p->call->name, "pwrite64")))
		try_fault(s, p, FAULT_SHORT, "short", false);
	while (errors[n])
		n++;
	if (!n)
		return;
	if (p->call->errors)
		try_error(s, p, p->call->errors);
	else if (p->changes || s->set->all_errors)
		for (size_t i = 0; i < n; i++)
			try_error(s, p, errors[i]);
	else
		try_error(s, p, errors[s->turn++ % n]);
}

void sweep_calls(struct sweep *s)
{
	unsigned changing = 0, others = 0;

	for (size_t i = 0; i < s->points.n; i++) {
		const struct point *p = &s->points.items[i];

		if (!p->inside || (s->set->only && strcmp(s->set->only, p->call->name) != 0))
			continue;
		s->all++;
		if (p->changes ? ++changing % s->set->changing == 0
			       : s->set->others && ++others % s->set->others == 0)
			try_point(s, p);
	}
}

static unsigned allocations_of(const struct sweep *s)
{
	char name[] = "/tmp/faults-XXXXXX";
	int fd = mkstemp(name);
	char *preload = xstrfmt("LD_PRELOAD=%s", s->set->failing_malloc);
	char *count = xstrfmt("FAILING_MALLOC_COUNT=%s", name);
	char *const env[] = {preload, count, NULL};
	struct run run = {.argv = s->set->argv,
		.input = s->set->input,
		.salt = s->set->salt,
		.more_env = env};
	unsigned n = 0;
	char text[32] = "";

	if (fd >= 0 && !run_program(&run) && read(fd, text, sizeof(text) - 1) > 0)
		n = (unsigned)strtoul(text, NULL, 10);
	if (fd >= 0)
		close(fd);
	unlink(name);
	run_release(&run);
	free(count);
	free(preload);
	return n;
}

static void try_allocation(struct sweep *s, unsigned nth, bool forever)
{
	char *preload = xstrfmt("LD_PRELOAD=%s", s->set->failing_malloc);
	char *at = xstrfmt("FAILING_MALLOC_AT=%u%s", nth, forever ? "+" : "");
	char *label = xstrfmt(
		"%s: no memory at allocation %u%s", s->set->label, nth, forever ? "+" : "");
	char *const env[] = {preload, at, NULL};
	struct run run = {.argv = s->set->argv,
		.input = s->set->input,
		.salt = s->set->salt,
		.more_env = env,
		.reached = true};

	if (run_program(&run))
		complain(s, label, "cannot be run");
	run.reached = true;
	judge(s, &run, label, false);
	run_release(&run);
	free(label);
	free(at);
	free(preload);
}

void sweep_memory(struct sweep *s)
{
	unsigned n = s->all = allocations_of(s);

	tree_put_back(&s->base);
	if (!n)
		complain(s, s->set->label, "its allocations cannot be counted");
	for (unsigned nth = s->set->changing; nth <= n; nth += s->set->changing) {
		s->calls++;
		try_allocation(s, nth, false);
		try_allocation(s, nth, true);
	}
}

static void add_figures(struct sweep *total, const struct sweep *s)
{
	total->all += s->all;
	total->calls += s->calls;
	total->runs += s->runs;
	total->unchanged += s->unchanged;
	total->recorded += s->recorded;
	total->settled += s->settled;
	total->wrong += s->wrong;
	total->not_reached += s->not_reached;
}

/* Sweeps a command that finds the half-done state; returns whether that ends as the old one. */
static bool sweep_half(
	struct sweep *s, const struct half *half, enum from_half how, struct sweep *total)
{
	bool reads = how == HALF_READ;
	struct settings set = *s->set;
	struct sweep h = {.from_half = how, .turn = total->turn};
	bool ends_old = false;
	char *label = xstrfmt("%s, then %s", half->label, reads ? "the next" : "the same");

	set.label = label;
	set.argv = reads ? (char *const *)s->set->next : s->set->argv;
	set.input = reads ? NULL : s->set->input;
	set.salt = s->set->salt + 1; /* other names for temporary files */
	set.changing = s->set->half_changing;
	set.others = s->set->half_others;
	if (s->set->half_only)
		set.only = s->set->half_only;
	if (sweep_begin(&h, &set)) {
		total->wrong++;
	} else {
		h.ends_old = state_is(&h.new, &s->old);
		if (!reads) {
			state_release(&h.old);
			state_of(&h.old, &s->base);
		}
		sweep_calls(&h);
		add_figures(total, &h);
		total->turn = h.turn;
		ends_old = h.ends_old;
	}
	sweep_end(&h);
	free(label);
	return ends_old;
}

void sweep_halves(struct sweep *s, struct sweep *total)
{
	for (size_t i = s->set->halves; i && i <= s->n_halves; i += s->set->halves) {
		struct half *half = &s->halves[i - 1];

		tree_put_back(&half->tree);
		if (sweep_half(s, half, HALF_READ, total))
			sweep_half(s, half, HALF_WRITE, total);
	}
	tree_put_back(&s->base);
}

static void release_half(struct half *h)
{
	tree_release(&h->tree);
	free(h->label);
}

void sweep_end(struct sweep *s)
{
	for (size_t i = 0; i < s->n_halves; i++)
		release_half(&s->halves[i]);
	free(s->halves);
	free(s->sound);
	free(s->repeated);
	free(s->seen);
	free(s->points.items);
	state_release(&s->old);
	state_release(&s->new);
	tree_release(&s->base);
	*s = (struct sweep){0};
}
