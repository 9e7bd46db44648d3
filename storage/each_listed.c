/*
 * repo_each_listed: the work list of what is live, from the cache where it holds.
 *
 * While no directory changed, only the files of live opportunities are looked at
 * (one stat each). Where one did, all names are read again and every file is looked
 * at; what is still what it was is taken over without opening it.
 */
#include "core/act.h"
#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"
#include "storage/listing.h"
#include "storage/repo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CACHE_NAME "listing"
#define MOST_READ_TO_LOOK 1000

struct lister {
	struct repo *repo;
	listed_visitor visit;
	void *context;
	int64_t began; /* the system's clock, nanoseconds */
	uint64_t key;
	struct listing old, fresh;
	bool *holds;        /* of the old files that are live: it still is what it was */
	bool changed;       /* fresh is worth keeping */
	struct item *items; /* of the opportunity at hand */
	size_t items_cap;
	struct str fault;
};

/* ---- stamps ---- */

static bool stamp_path(const struct lister *l, const char *path, struct stamp *out)
{
	return stamp_take(l->repo->fd, path, out);
}

static bool still_holds(const struct lister *l, const char *path, const struct stamp *stamp)
{
	return stamp_holds(l->repo->fd, path, stamp);
}

static struct stamp trusted(const struct lister *l, struct stamp stamp)
{
	return stamp_trusted(stamp, l->began);
}

/* ---- the key: what the items depend on besides the files ---- */

static uint64_t hash_file(struct repo *repo, uint64_t hash, const char *path)
{
	struct str bytes = STR_INIT;

	if (repo_read_file(repo, path, &bytes))
		error_clear(); /* said when it is needed */
	hash = hash_bytes(hash, path, strlen(path) + 1);
	hash = hash_bytes(hash, bytes.buf, bytes.len + 1);
	str_release(&bytes);
	return hash;
}

static uint64_t hash_zone(uint64_t hash, const struct clock *clock)
{
	const char *name = zone_name(clock->zone);

	/* The rules may come with another version of the system's zones: a sample of
	 * ten years tells. */
	for (int quarter = 0; quarter < 40; quarter++) {
		int64_t instant = (clock->now.utc / (366 * DAY_SECONDS) * 366 + quarter * 91) *
				  DAY_SECONDS;
		int32_t offset = zone_offset_at(clock->zone, instant);

		hash = hash_bytes(hash, &offset, sizeof(offset));
	}
	return hash_bytes(hash, name, strlen(name) + 1);
}

/* Another build may list other items. */
static uint64_t hash_program(uint64_t hash)
{
	struct stat info = {0};

	if (stat("/proc/self/exe", &info))
		return hash;
	hash = hash_bytes(hash, &info.st_size, sizeof(info.st_size));
	return hash_bytes(hash, &info.st_mtim, sizeof(info.st_mtim));
}

static uint64_t find_key(struct repo *repo)
{
	struct list names = {0};
	uint64_t hash = hash_program(0);

	/* What is wrong with them is said of each opportunity that needs one. */
	if (repo_process_names(repo, &names))
		error_clear();
	hash = hash_file(repo, hash, SETTINGS_FILE);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xstrfmt(PROCESSES "/%s.ini", names.items[i]);

		hash = hash_file(repo, hash, path);
		free(path);
	}
	list_release(&names);
	return hash_zone(hash, &repo->clock);
}

/* ---- out of files ---- */

static void take_error(struct str *fault)
{
	str_truncate(fault, 0);
	for (size_t i = 0; i < error_count(); i++)
		str_addf(fault, "%s%s", i ? "\n" : "", error_message(i));
	error_clear();
}

static void add_item(struct listing *l, const struct item *item)
{
	GROW(l->items, l->items_n, l->items_cap);
	l->items[l->items_n++] = (struct listing_item){.shows_from = item->shows_from,
		.shows_until = item->shows_until,
		.begins = item->begins,
		.overdue_from = item->overdue_from,
		.late_from = item->late_from,
		.kind = (uint8_t)item->kind,
		.role = (uint8_t)item->role,
		.due_set = item->due.set,
		.comes_ahead = item->due_at != INT64_MAX,
		.due_day = item->due.day,
		.due_second = item->due.second,
		.due_zone = item->due.zone[0] ? listing_add_string(l, item->due.zone) : 0,
		.reason = listing_add_string(l, item->reason),
		.promise = listing_add_string(l, item->promise)};
}

/* The process, or NULL with the fault to be told: then the file is read every time. */
static const struct process *find_process(
	struct lister *l, const struct opportunity *o, struct listing_file *file)
{
	const struct process *process = NULL;

	if (o->now.process && repo_process(l->repo, o->now.process, &process)) {
		take_error(&l->fault);
		file->fault = listing_add_string(&l->fresh, l->fault.buf);
		file->stamp = (struct stamp){0};
		return NULL;
	}
	return process;
}

static void add_opportunity(
	struct lister *l, const struct opportunity *o, struct listing_file *file)
{
	struct items items = {0};
	struct worklist_ground ground = {
		.settings = &l->repo->settings, .clock = &l->repo->clock};

	file->live = opportunity_is_live(o);
	if (!file->live)
		return;
	ground.process = find_process(l, o, file);
	worklist_items(&items, o, &ground);
	file->client = listing_add_string(&l->fresh, o->now.client);
	file->owner = listing_add_string(&l->fresh, o->now.owner);
	for (size_t i = 0; i < items.n; i++)
		add_item(&l->fresh, &items.items[i]);
	file->items_n = (uint32_t)items.n;
	items_release(&items);
}

static void read_file(struct lister *l, struct listing_file *file)
{
	const char *path = listing_string(&l->fresh, file->path);
	char *id = xstrdup(listing_string(&l->fresh, file->id));
	struct opportunity *o;
	int err = repo_load_path(l->repo, id, path, &o);

	if (err) { /* looked at again until it can be read: it may not be the file's fault */
		take_error(&l->fault);
		file->stamp = (struct stamp){0};
		file->fault = listing_add_string(&l->fresh, l->fault.buf);
		file->live = true;
	} else {
		add_opportunity(l, o, file);
	}
	opportunity_free(o);
	free(id);
}

static struct listing_file *add_file(struct lister *l, const char *path, const char *id)
{
	GROW(l->fresh.files, l->fresh.files_n, l->fresh.files_cap);
	l->fresh.files[l->fresh.files_n] =
		(struct listing_file){.path = listing_add_string(&l->fresh, path),
			.id = listing_add_string(&l->fresh, id),
			.first_item = (uint32_t)l->fresh.items_n};
	return &l->fresh.files[l->fresh.files_n++];
}

/* Reads the file, unless it went meanwhile. */
static void add_read(struct lister *l, const char *path, const char *id)
{
	struct stamp stamp;
	struct listing_file *file;

	l->changed = true;
	if (!stamp_path(l, path, &stamp)) {
		if (errno == ENOENT)
			return;
		stamp = (struct stamp){0}; /* to be read again the next time */
	}
	file = add_file(l, path, id);
	file->stamp = trusted(l, stamp);
	read_file(l, file);
}

/* ---- out of the old listing ---- */

static void add_taken_over(struct lister *l, const struct listing_file *was)
{
	struct listing_file *file = add_file(
		l, listing_string(&l->old, was->path), listing_string(&l->old, was->id));

	file->stamp = was->stamp;
	file->live = was->live;
	file->client = listing_add_string(&l->fresh, listing_string(&l->old, was->client));
	file->owner = listing_add_string(&l->fresh, listing_string(&l->old, was->owner));
	file->fault = listing_add_string(&l->fresh, listing_string(&l->old, was->fault));
	file->items_n = was->items_n;
	for (uint32_t i = 0; i < was->items_n; i++) {
		struct listing_item item = l->old.items[was->first_item + i];

		item.due_zone =
			listing_add_string(&l->fresh, listing_string(&l->old, item.due_zone));
		item.reason =
			listing_add_string(&l->fresh, listing_string(&l->old, item.reason));
		item.promise =
			listing_add_string(&l->fresh, listing_string(&l->old, item.promise));
		GROW(l->fresh.items, l->fresh.items_n, l->fresh.items_cap);
		l->fresh.items[l->fresh.items_n++] = item;
	}
}

static bool all_holds(const struct lister *l)
{
	for (size_t i = 0; i < l->old.directories_n; i++) {
		const struct listing_directory *d = &l->old.directories[i];

		if (!still_holds(l, listing_string(&l->old, d->path), &d->stamp))
			return false;
	}
	return l->old.directories_n > 0;
}

/* A look at every live file, under way; a closed one counts as unchanged while its directory
 * did not change. */
struct listed_watch {
	struct stamp_check *checks;
	struct stamps_watch *watch;
};

static struct listed_watch watch_begin(const struct repo *repo, const struct listing *l)
{
	struct stamp_check *checks = xcalloc(l->files_n + 1, sizeof(*checks));
	size_t n = 0;

	for (size_t i = 0; i < l->files_n; i++)
		if (l->files[i].live)
			checks[n++] = (struct stamp_check){
				.path = listing_string(l, l->files[i].path),
				.stamp = &l->files[i].stamp};
	return (struct listed_watch){checks, stamps_begin(repo->fd, checks, n)};
}

/* True: all are what they were. */
static bool look_at_live(struct lister *l)
{
	struct listed_watch w = watch_begin(l->repo, &l->old);
	bool all = stamps_end(w.watch);
	size_t n = 0;

	l->holds = xcalloc(l->old.files_n + 1, sizeof(*l->holds));
	for (size_t i = 0; i < l->old.files_n; i++)
		l->holds[i] = !l->old.files[i].live || w.checks[n++].holds;
	free(w.checks);
	return all;
}

/* The directories are as they were: live files are looked at, one by one. */
static void refresh_live(struct lister *l)
{
	l->changed = !look_at_live(l);
	if (!l->changed)
		return;
	for (size_t i = 0; i < l->old.directories_n; i++) {
		struct listing_directory d = l->old.directories[i];

		d.path = listing_add_string(&l->fresh, listing_string(&l->old, d.path));
		GROW(l->fresh.directories, l->fresh.directories_n, l->fresh.directories_cap);
		l->fresh.directories[l->fresh.directories_n++] = d;
	}
	for (size_t i = 0; i < l->old.files_n; i++) {
		const struct listing_file *file = &l->old.files[i];

		if (l->holds[i])
			add_taken_over(l, file);
		else
			add_read(l, listing_string(&l->old, file->path),
				listing_string(&l->old, file->id));
	}
}

static void add_directories(struct lister *l, const struct index *index)
{
	for (size_t i = 0; i < index->directories.n; i++) {
		GROW(l->fresh.directories, l->fresh.directories_n, l->fresh.directories_cap);
		l->fresh.directories[l->fresh.directories_n++] = (struct listing_directory){
			.path = listing_add_string(&l->fresh, index->directories.items[i]),
			.stamp = trusted(l, index->stamps[i])};
	}
}

static void add_entry(struct lister *l, const struct index_entry *entry)
{
	const struct listing_file *was = listing_find(&l->old, entry->path);
	struct listing_file *file;

	if (entry->fault) {
		file = add_file(l, entry->path, entry->id ? entry->id : "");
		file->fault = listing_add_string(&l->fresh, entry->fault);
		file->live = true;
	} else if (was && still_holds(l, entry->path, &was->stamp)) {
		add_taken_over(l, was);
	} else {
		add_read(l, entry->path, entry->id);
	}
}

/* What is wrong with a name, or with what bears it, cannot be seen in the file: as long
 * as there is such a fault, all names are read every time. */
static void distrust_directories(struct lister *l)
{
	for (size_t i = 0; i < l->fresh.directories_n; i++)
		l->fresh.directories[i].stamp = (struct stamp){0};
}

/* Some directory changed: all names are read again. */
static int rebuild(struct lister *l)
{
	const struct index_entry **entries;
	const struct index *index;
	bool sound = true;
	int err;

	l->changed = true;
	repo_forget_index(l->repo);
	err = repo_index(l->repo, &index);
	if (err)
		return err;
	add_directories(l, index);
	entries = index_by_path(index);
	for (size_t i = 0; i < index->n; i++) {
		add_entry(l, entries[i]);
		sound &= !entries[i]->fault;
	}
	free(entries);
	if (!sound)
		distrust_directories(l);
	return 0;
}

/* ---- visiting ---- */

/* Everything is set but what is always zero: there may be tens of thousands. */
static void set_item(struct item *to, const struct listing *l, const struct listing_item *from,
	const char *id)
{
	to->kind = (enum item_kind)from->kind;
	to->role = (enum role)from->role;
	to->due.day = from->due_day;
	to->due.second = from->due_second;
	to->due.set = from->due_set;
	to->due.zone[0] = '\0';
	if (from->due_zone) {
		const char *zone = listing_string(l, from->due_zone);

		snprintf(to->due.zone, sizeof(to->due.zone), "%s", zone ? zone : "");
	}
	to->begins = from->begins;
	to->shows_from = from->shows_from;
	to->shows_until = from->shows_until;
	to->due_at = from->comes_ahead ? from->begins : INT64_MAX;
	to->overdue_from = from->overdue_from;
	to->late_from = from->late_from;
	to->reason = (char *)(uintptr_t)listing_string(l, from->reason);
	to->promise = listing_string(l, from->promise);
	to->opportunity_id = (char *)(uintptr_t)id;
}

/* Makes room for n zeroed ones. */
static void reserve_items(struct lister *l, size_t n)
{
	if (n <= l->items_cap)
		return;
	free(l->items);
	l->items_cap = n < 16 ? 16 : 2 * n;
	l->items = xcalloc(l->items_cap, sizeof(*l->items));
}

static int visit_file(
	struct lister *l, const struct listing *from, const struct listing_file *file)
{
	const char *id = listing_string(from, file->id);
	const char *fault = listing_string(from, file->fault);
	struct listed listed = {.id = id,
		.client = listing_string(from, file->client),
		.owner = listing_string(from, file->owner),
		.n = file->items_n};

	if (!file->live)
		return 0;
	if (fault && !file->items_n && !file->client)
		return l->visit(l->context, NULL, fault);
	reserve_items(l, file->items_n);
	for (uint32_t i = 0; i < file->items_n; i++)
		set_item(&l->items[i], from, &from->items[file->first_item + i], id);
	listed.items = l->items;
	return l->visit(l->context, &listed, fault);
}

/* Who only looks cannot keep what it would cost a second to read. */
static bool costs_too_much(const struct lister *l)
{
	const struct index *index;

	return l->repo->looks_only && !l->old.files_n && !repo_index(l->repo, &index) &&
	       index->n > MOST_READ_TO_LOOK;
}

/* What was visited may be held until the next time. */
static void keep_listed(struct repo *repo, struct listing *listing)
{
	repo_listed_held(repo);
	if (!repo->listed)
		repo->listed = xcalloc(1, sizeof(*repo->listed));
	else
		listing_release(repo->listed);
	*repo->listed = *listing;
	listing_init(listing);
}

static int visit_all(struct lister *l)
{
	const struct listing *from = l->repo->listed;
	int rc = 0;

	for (size_t i = 0; !rc && i < from->files_n; i++)
		rc = visit_file(l, from, &from->files[i]);
	return rc;
}

static void lister_begin(struct lister *l)
{
	l->began = stamp_now();
	l->fault = (struct str)STR_INIT;
	listing_init(&l->old);
	listing_init(&l->fresh);
	l->key = find_key(l->repo);
	listing_read(&l->old, l->repo->private_dir, CACHE_NAME, l->key);
}

static void lister_end(struct lister *l)
{
	listing_release(&l->old);
	listing_release(&l->fresh);
	str_release(&l->fault);
	free(l->holds);
	free(l->items);
}

/* The old listing as it is, or what it has become. */
static int bring_up_to_date(struct lister *l)
{
	int rc = 0;

	if (all_holds(l))
		refresh_live(l);
	else if (!costs_too_much(l))
		rc = rebuild(l);
	if (!rc && l->changed && !l->repo->looks_only)
		listing_write(&l->fresh, repo_private(l->repo), CACHE_NAME, l->key);
	keep_listed(l->repo, l->changed ? &l->fresh : &l->old);
	return rc;
}

int repo_each_listed(struct repo *repo, listed_visitor visit, void *context)
{
	struct lister l = {.repo = repo, .visit = visit, .context = context};
	int rc;

	lister_begin(&l);
	rc = bring_up_to_date(&l);
	if (!rc)
		rc = visit_all(&l);
	lister_end(&l);
	return rc;
}

/* What cannot be read is read again every time, and said once. */
static bool any_fault(const struct listing *l)
{
	for (size_t i = 0; i < l->files_n; i++)
		if (l->files[i].fault)
			return true;
	return false;
}

int repo_each_listed_early(struct repo *repo, listed_visitor visit, void *context)
{
	struct lister l = {.repo = repo, .visit = visit, .context = context};
	int rc = 0;

	lister_begin(&l);
	if (all_holds(&l) && !any_fault(&l.old)) {
		keep_listed(repo, &l.old);
		repo->listed_watch = xmalloc(sizeof(*repo->listed_watch));
		*repo->listed_watch = watch_begin(repo, repo->listed);
	} else {
		rc = bring_up_to_date(&l);
	}
	if (!rc)
		rc = visit_all(&l);
	lister_end(&l);
	return rc;
}

bool repo_listed_held(struct repo *repo)
{
	bool all = true;

	if (repo->listed_watch) {
		all = stamps_end(repo->listed_watch->watch);
		free(repo->listed_watch->checks);
		free(repo->listed_watch);
	}
	repo->listed_watch = NULL;
	return all;
}

void repo_forget_listed(struct repo *repo)
{
	repo_listed_held(repo);
	if (repo->listed)
		listing_release(repo->listed);
	free(repo->listed);
	repo->listed = NULL;
}
