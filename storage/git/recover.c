#include "storage/git/git.h"

#include <stdlib.h>
#include <unistd.h>

/*
 * After a crash the branch decides: it is written last, so if it stands on the new
 * commit the rest is there too (and is looked at all the same), and if it stands
 * on the old one, what was done is taken back. Whoever deleted our locks by hand
 * and moved the branch on is left alone. Every step may be repeated: a recovery
 * that is killed is done again by the next.
 */

static int settle_files(struct gitw *w, const struct journal *j, bool forward)
{
	int err = 0;

	for (size_t i = 0; !err && i < j->changes.n; i++) {
		const struct change *c = &j->changes.items[i];

		err = stage_settle(w, c, forward ? &c->new : &c->was);
	}
	return err;
}

static int settle_index(struct gitw *w, const struct journal *j, bool forward)
{
	bool differs;
	int err;

	if (!forward && index_put_back(w))
		return 0;
	if ((err = index_prepare(w, &j->changes, forward, &differs)) || !differs)
		return err;
	err = transaction_sync(w);
	return err ? err : index_install(w);
}

static int settle(struct gitw *w, const struct journal *j, bool forward)
{
	int err = settle_files(w, j, forward);

	return err ? err : settle_index(w, j, forward);
}

/* Whether HEAD is on the journal's branch, and where that stands. */
static int look_at_head(struct gitw *w, const struct journal *j, bool *here, git_oid *now)
{
	git_reference *head = NULL;

	if (git_reference_lookup(&head, w->git->repo, "HEAD"))
		return git_failed("cannot read HEAD");
	*here = git_reference_type(head) == GIT_REFERENCE_SYMBOLIC &&
		same_string(git_reference_symbolic_target(head), j->branch);
	git_reference_free(head);
	return branch_read(w->git, j->branch, now);
}

static int finish_or_take_back(struct gitw *w, const struct journal *j)
{
	git_oid now;
	bool here = false;
	int err;

	if ((err = look_at_head(w, j, &here, &now)) ||
		(err = lock_take(w, w->dir_fd, "index.lock", &w->index_locked)))
		return err;
	if (here && same_id(&now, &j->to)) {
		if ((err = settle(w, j, true)))
			return err;
		w->branch = j->branch;
		branch_log(w, &j->from, &j->to);
		w->branch = NULL;
	} else if (here && same_id(&now, &j->from)) {
		err = settle(w, j, false);
	}
	return err ? err : transaction_sync(w);
}

static int bury_branch_lock(struct gitw *w, const char *branch)
{
	char *name = xstrfmt("%s.lock", branch);
	int err = lock_bury(w, w->common_fd, name);

	free(name);
	return err;
}

int recover(struct gitw *w)
{
	struct journal j;
	bool found;
	int err = journal_read(w, &j, &found);

	if (!err && found)
		err = finish_or_take_back(w, &j);
	if (!err && found)
		err = bury_branch_lock(w, j.branch);
	if (!err)
		err = lock_bury(w, w->dir_fd, "HEAD.lock");
	if (!err)
		err = journal_remove(w);
	if (!err)
		err = stage_clear(w);
	w->recovered = found;
	journal_release(&j);
	return err;
}

/* What is recorded went wrong first, and is what is said. */
void take_back(struct gitw *w, const struct journal *j)
{
	struct kept_errors kept;
	int err;

	errors_keep(&kept);
	sync_release(&w->syncs);
	err = branch_put_back(w);
	if (!err)
		err = settle_files(w, j, false);
	if (!err && w->index_moved)
		err = settle_index(w, j, false);
	if (!err && !branch_unlock(w))
		err = ERR_FAILED;
	if (!err)
		err = journal_remove(w);
	sync_release(&w->syncs);
	errors_put_back(&kept);
	w->broken = err != 0;
	if (w->broken)
		error_hint("what was begun is taken back by the next fu command");
}
