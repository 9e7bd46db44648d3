/*
 * fu sync. Until it is known that what was fetched can be taken in nothing is changed: no
 * ref, no file; what was edited by hand is recorded after that.
 */
#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Of a push, where others push at the same time: each that is lost is one that somebody
 * else has won. */
#define TRIES 24

struct syncing {
	struct repo *repo;
	const struct git_backend *backend;
	struct git *git;
	const struct sync_options *options;
	struct sync_result *out;
	char *local;    /* our branch, "main" */
	char *tracking; /* "refs/remotes/origin/main" */
	bool has_upstream;
	char before[41]; /* the tracking branch before it was fetched, or "" */
	char ours[41], theirs[41];
	struct kinship kin;
};

void sync_result_release(struct sync_result *result)
{
	free(result->remote);
	free(result->branch);
	list_release(&result->notes);
	list_release(&result->lost);
	*result = (struct sync_result){0};
}

/* ---- with whom ---- */

static int remote_known(struct syncing *s, const char *name)
{
	char *key = xstrfmt("remote.%s.url", name), *url = NULL;
	int rc = s->backend->config_get(s->git, key, &url);

	if (!rc && !url) {
		rc = error_set(ERR_FAILED, "no remote '%s'", name);
		error_hint("git remote add %s <url>", name);
	}
	free(url);
	free(key);
	return rc;
}

static int no_remote(void)
{
	error_set(ERR_FAILED, "no remote to sync with: this exists on one machine only");
	error_hint("git remote add origin <url>");
	return ERR_FAILED;
}

static int branch_config(struct syncing *s, const char *what, char **value)
{
	char *key = xstrfmt("branch.%s.%s", s->local, what);
	int rc = s->backend->config_get(s->git, key, value);

	free(key);
	return rc;
}

/* The branch there: the upstream if that is the remote's, else the one of our name. */
static int choose_branch(struct syncing *s)
{
	char *remote = NULL, *merge = NULL;
	int rc = branch_config(s, "remote", &remote);

	if (!rc)
		rc = branch_config(s, "merge", &merge);
	s->has_upstream = remote != NULL;
	if (!rc && merge && starts_with(merge, "refs/heads/") &&
		same_string(remote, s->out->remote))
		s->out->branch = xstrdup(merge + strlen("refs/heads/"));
	else
		s->out->branch = xstrdup(s->local);
	free(remote);
	free(merge);
	return rc;
}

static int choose_remote(struct syncing *s)
{
	struct remote_state state = {0};
	int rc = s->backend->branch(s->git, &s->local);

	if (rc)
		return rc;
	if (s->options->remote) {
		s->out->remote = xstrdup(s->options->remote);
		rc = remote_known(s, s->out->remote);
	} else {
		rc = s->backend->remote(s->git, &state);
		if (!rc && !state.remote)
			rc = no_remote();
		s->out->remote = xstrdup_or_null(state.remote);
		remote_state_release(&state);
	}
	if (!rc)
		rc = choose_branch(s);
	if (rc)
		return rc;
	s->tracking = xstrfmt("refs/remotes/%s/%s", s->out->remote, s->out->branch);
	return 0;
}

/* ---- hand edits first ---- */

static int record_edits(struct syncing *s)
{
	struct write *w;
	char commit[41];
	size_t count = 0;
	int rc = write_begin(&w, s->repo);

	if (rc)
		return rc;
	rc = write_record_edits(w, NULL, commit, &count);
	if (!rc && *commit)
		list_take(&s->out->notes,
			xstrfmt("recorded what was edited by hand in %zu file%s first (%.7s)",
				count, count == 1 ? "" : "s", commit));
	write_end(w);
	return rc;
}

/* What cannot be recorded is refused before anything is done. */
static int judge_edits(struct syncing *s)
{
	struct hand_edits edits;
	int rc = repo_hand_edits(s->repo, &edits);

	if (rc)
		return rc;
	for (size_t i = 0; i < edits.n; i++)
		if (edits.items[i].fault)
			rc = error_add(ERR_FAILED, "%s", edits.items[i].fault);
	hand_edits_release(&edits);
	return rc;
}

/* ---- what the remote has ---- */

#define FETCHED "refs/fu/fetched/"

static bool is_running(long pid)
{
	return pid == (long)getpid() || !kill((pid_t)pid, 0) || errno != ESRCH;
}

/* What a sync left that was killed. It is in nobody's way: that it stays is no error. */
static void drop_stale(struct syncing *s)
{
	struct list refs = {0};
	int rc = s->backend->refs_list(s->git, FETCHED "*", &refs);

	for (size_t i = 0; i < refs.n; i++) {
		char *end, *glob;
		long pid = strtol(refs.items[i] + strlen(FETCHED), &end, 10);

		if (*end != '/' || pid < 1 || is_running(pid))
			continue;
		glob = xstrfmt(FETCHED "%ld/*", pid);
		rc |= s->backend->refs_drop(s->git, glob);
		free(glob);
	}
	if (rc)
		error_clear();
	list_release(&refs);
}

static int fetch(struct syncing *s)
{
	char *refs = xstrfmt(FETCHED "%ld/", (long)getpid());
	char *all = xstrfmt("%s*", refs), *ref = xstrfmt("%s%s", refs, s->out->branch);
	struct kept_errors said;
	int rc = s->backend->ref_get(s->git, s->tracking, s->before);

	if (!rc)
		rc = remote_fetch(
			s->repo, s->out->remote, s->out->branch, refs, s->options->hear);
	if (!rc)
		rc = s->backend->ref_get(s->git, ref, s->theirs);
	errors_keep(&said);
	s->backend->refs_drop(s->git, all); /* what is left there is in nobody's way */
	errors_put_back(&said);
	free(all);
	free(ref);
	free(refs);
	return rc;
}

/*
 * Whether what we stood together with is no longer part of what the remote has. Who has
 * gone on from there by hand, by a reset or a merge, has decided; but a remote that was
 * only set back is not to get again what was taken out of it.
 */
static int judge_rewritten(struct syncing *s, const char *known, bool *rewritten)
{
	bool kept = false, has_theirs = false, has_known = false, set_back = false;
	int rc;

	*rewritten = false;
	if ((rc = s->backend->rests_on(s->git, s->theirs, known, &kept)) || kept)
		return rc;
	if ((rc = s->backend->rests_on(s->git, s->ours, s->theirs, &has_theirs)) ||
		(rc = s->backend->rests_on(s->git, s->ours, known, &has_known)) ||
		(rc = s->backend->rests_on(s->git, known, s->theirs, &set_back)))
		return rc;
	*rewritten = !has_theirs || (has_known && set_back);
	return 0;
}

static int refuse_rewritten(struct syncing *s, const char *known)
{
	error_set(ERR_FAILED,
		"the history of '%s/%s' was rewritten: it no longer has %.7s, with which this "
		"repository was in sync",
		s->out->remote, s->out->branch, known);
	error_add(ERR_FAILED, "it is neither overwritten nor followed");
	error_hint("see what is there: git fetch %s && git log %s/%s", s->out->remote,
		s->out->remote, s->out->branch);
	error_hint("to go on with it: git reset --hard %s/%s; to put back what is here: git "
		   "push --force %s %s:%s",
		s->out->remote, s->out->branch, s->out->remote, s->local, s->out->branch);
	return ERR_FAILED;
}

/* What we stood together with; a branch that is gone there altogether was rewritten too. */
static int check_rewritten(struct syncing *s)
{
	bool rewritten = true;
	char known[41];
	int rc = 0;

	synced_get(s->repo, s->out->remote, s->out->branch, known);
	if (!*known)
		memcpy(known, s->before, sizeof(known));
	if (!*known)
		return 0;
	if (*s->theirs)
		rc = judge_rewritten(s, known, &rewritten);
	return rc || !rewritten ? rc : refuse_rewritten(s, known);
}

static int refuse_unrelated(struct syncing *s)
{
	error_set(ERR_FAILED,
		"'%s/%s' and this repository have no common history: they are two repositories",
		s->out->remote, s->out->branch);
	error_hint("take over the one that is there: fu clone <url>; acts of this one go there "
		   "with 'fu export --acts | fu import --acts'");
	return ERR_FAILED;
}

/* How ours stands to theirs, now. */
static int relate(struct syncing *s)
{
	int rc = s->backend->resolve(s->git, "HEAD", s->ours);

	s->kin = (struct kinship){.relation = RELATION_AHEAD};
	if (!rc)
		rc = check_rewritten(s);
	if (rc || !*s->theirs)
		return rc;
	rc = s->backend->relate(s->git, s->ours, s->theirs, &s->kin);
	if (!rc && s->kin.relation == RELATION_NONE)
		rc = refuse_unrelated(s);
	return rc;
}

static bool has_news(const struct syncing *s)
{
	return s->kin.relation == RELATION_APART || s->kin.relation == RELATION_BEHIND;
}

/* ---- merging ---- */

static int commit_merged(struct syncing *s, struct write *w)
{
	struct list trailers = {0};
	char *subject = xstrfmt("sync: merge %s/%s", s->out->remote, s->out->branch);
	char *message, *who = NULL;
	bool guessed;
	int rc = git_identity(s->repo, &who, &guessed);

	list_add(&trailers, "Fu-Act: sync");
	message = commit_message(&(struct commit_text){subject, NULL, &trailers});
	if (!rc)
		rc = s->backend->commit_merge(w->transaction, message,
			&(struct git_author){who, s->repo->clock.now}, s->theirs,
			s->out->commit);
	list_release(&trailers);
	free(message);
	free(subject);
	free(who);
	return rc;
}

static void add_all(struct list *all, const struct list *more)
{
	for (size_t i = 0; i < more->n; i++)
		list_add(all, more->items[i]);
}

/* What is said of a merge that was not made is not said. */
static int take_in(struct syncing *s, struct write *w)
{
	struct list notes = {0}, lost = {0};
	struct merging m = {.w = w,
		.backend = s->backend,
		.git = s->git,
		.base = s->kin.base,
		.ours = s->ours,
		.theirs = s->theirs,
		.notes = &notes,
		.lost = &lost};
	int rc = sync_stage(&m);

	if (rc)
		goto out;
	if (s->kin.relation == RELATION_APART) {
		rc = commit_merged(s, w);
		s->out->merged |= !rc;
	} else {
		rc = s->backend->fast_forward(w->transaction, s->theirs);
		s->out->forwarded |= !rc;
	}
	if (rc)
		goto out;
	if (!*s->out->before)
		memcpy(s->out->before, s->ours, sizeof(s->out->before));
	s->out->taken += s->kin.behind;
	add_all(&s->out->notes, &notes);
	add_all(&s->out->lost, &lost);
out:
	list_release(&notes);
	list_release(&lost);
	return rc;
}

/* What is theirs is ours too now: git's own commands are to see it so. */
static int note_merged(struct syncing *s, struct write *w)
{
	int rc = strcmp(s->before, s->theirs)
			 ? s->backend->track(w->transaction, s->tracking, s->theirs)
			 : 0;

	return rc ? rc : synced_set(s->repo, s->out->remote, s->out->branch, s->theirs);
}

/* Under the lock, for somebody may have recorded something since we looked. */
static int merge_once(struct syncing *s)
{
	struct write *w;
	int rc = write_begin(&w, s->repo);

	if (rc)
		return rc;
	rc = relate(s);
	if (!rc && has_news(s))
		rc = take_in(s, w);
	if (!rc)
		rc = note_merged(s, w);
	write_end(w);
	repo_forget_index(s->repo);
	return rc;
}

/* Whether HEAD is where it was not when we merged: plain git does not take our lock. */
static bool was_moved(struct syncing *s)
{
	struct kept_errors said;
	char now[41];
	bool moved;

	errors_keep(&said);
	moved = !s->backend->resolve(s->git, "HEAD", now) && strcmp(now, s->ours) != 0;
	errors_put_back(&said);
	return moved;
}

/* A merge with a HEAD that was moved meanwhile was refused: it is made with the new one. */
static int merge(struct syncing *s)
{
	int rc = relate(s);

	if (rc || !*s->theirs)
		return rc;
	rc = merge_once(s);
	for (int tries = 0; rc && tries < TRIES && was_moved(s); tries++) {
		error_clear();
		rc = merge_once(s);
	}
	return rc;
}

static int count_commit(void *context, const struct commit_info *commit)
{
	(void)commit;
	++*(size_t *)context;
	return 0;
}

/* Where we now stand, and what of it the remote does not have. */
static int look_again(struct syncing *s)
{
	const struct history_filter all = {0};
	int rc = relate(s);

	s->out->given = s->kin.ahead;
	if (!rc && !*s->theirs) /* it has nothing yet: all of it goes out */
		rc = s->backend->history(s->git, &all, count_commit, &s->out->given);
	return rc;
}

/* ---- pushing ---- */

static void wait_a_little(int tries)
{
	struct timespec pause = {.tv_nsec = 20000000L * (1 << (tries < 5 ? tries : 5))};

	pause.tv_nsec += (long)(getpid() % 16) * 1000000L;
	while (nanosleep(&pause, &pause) && errno == EINTR)
		;
}

/* A push that was refused was a race where the remote has moved on meanwhile. */
static int try_again(struct syncing *s, bool *raced)
{
	char last[41];
	int rc;

	memcpy(last, s->theirs, sizeof(last));
	rc = fetch(s);
	*raced = !rc && strcmp(last, s->theirs) != 0;
	if (!rc && *raced)
		rc = merge(s);
	return rc || !*raced ? rc : look_again(s);
}

static int push_once(struct syncing *s)
{
	return remote_push(s->repo, s->out->remote, s->local, s->out->branch, !s->has_upstream,
		s->options->hear);
}

static int reject(struct syncing *s, struct kept_errors *said)
{
	errors_put_back(said);
	if (s->out->merged || s->out->forwarded)
		error_add(ERR_FAILED, "what was merged stays; what is here was not pushed");
	else
		error_add(ERR_FAILED, "what is here was not pushed");
	return ERR_FAILED;
}

/* The remote had told git a value that was old already; somebody else's push was just ending
 * ("cannot lock ref …: is at … but expected …"). */
static bool was_told_an_old_value(const struct kept_errors *said)
{
	for (size_t i = 0; i < said->messages.n; i++)
		if (strstr(said->messages.items[i], "cannot lock ref") &&
			strstr(said->messages.items[i], "but expected"))
			return true;
	return false;
}

static int push(struct syncing *s)
{
	int rc = ERR_FAILED;

	for (int tries = 0; rc && tries < TRIES; tries++) {
		struct kept_errors said = {0};
		bool raced = false;

		rc = push_once(s);
		if (rc) {
			errors_keep(&said);
			wait_a_little(tries);
			if (try_again(s, &raced) && raced)
				tries = TRIES;
			else if ((!raced && !was_told_an_old_value(&said)) ||
				 tries + 1 == TRIES)
				tries = TRIES, reject(s, &said);
		}
		errors_release(&said);
	}
	s->out->pushed |= !rc;
	return rc;
}

/* ---- the end ---- */

static int exchange(struct syncing *s)
{
	int rc = relate(s);

	if (!rc)
		rc = record_edits(s);
	if (!rc)
		rc = merge(s);
	if (!rc)
		rc = look_again(s);
	if (rc || s->options->no_push || s->kin.relation == RELATION_SAME)
		return rc;
	rc = push(s);
	if (!rc)
		rc = synced_set(s->repo, s->out->remote, s->out->branch, s->ours);
	return rc;
}

static int rehearse(struct syncing *s)
{
	int rc = relate(s);

	s->out->merged = s->kin.relation == RELATION_APART;
	s->out->forwarded = s->kin.relation == RELATION_BEHIND;
	s->out->taken = s->kin.behind;
	s->out->given = s->kin.ahead;
	return rc;
}

int repo_sync(struct repo *repo, const struct sync_options *options, struct sync_result *out)
{
	struct syncing s = {.repo = repo, .options = options, .out = out};
	int rc = repo_git(repo, &s.backend, &s.git);

	*out = (struct sync_result){0};
	if (!rc)
		rc = choose_remote(&s);
	if (!rc)
		rc = judge_edits(&s);
	if (!rc)
		drop_stale(&s);
	if (!rc)
		rc = fetch(&s);
	if (!rc)
		rc = options->rehearse ? rehearse(&s) : exchange(&s);
	if (!rc && !options->rehearse)
		rc = synced_note_time(repo);
	memcpy(out->commit, s.ours, sizeof(out->commit));
	free(s.local);
	free(s.tracking);
	return rc;
}
