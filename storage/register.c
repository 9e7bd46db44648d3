/*
 * repo_each_known, repo_ids_of_client, repo_former: what opportunities are known by, from a
 * cache.
 *
 * The cache is a listing without items: for every file its client, its title, the addresses
 * of its contacts, what it was called before, and whether it is open. While no directory
 * changed it is taken as it is, so that it costs one stat a directory however many
 * opportunities there are. Where one did, the files of that directory are looked at; `fu`
 * replaces files, and a directory changes with that.
 */
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/utf8.h"
#include "storage/listing.h"
#include "storage/repo.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_NAME "register"
#define CACHE_KEY UINT64_C(2) /* counts the meanings that its rows have had */

/* The texts of a row: they lie one behind the other in the heap, from `client` on. */
enum text { FOLDED_CLIENT, CLIENT, TITLE, MAILS, FORMER_IDS, TEXTS };

/* `reg`ister is a word of C. */
struct reg {
	struct repo *repo;
	int64_t began;
	bool look; /* at every open file: it may have been edited in place */
	struct listing old, fresh;
};

static bool directories_hold(const struct reg *c)
{
	for (size_t i = 0; i < c->old.directories_n; i++) {
		const struct listing_directory *d = &c->old.directories[i];

		if (!stamp_holds(c->repo->fd, listing_string(&c->old, d->path), &d->stamp))
			return false;
	}
	return c->old.directories_n > 0;
}

/* ---- the files and directories of a fresh one ---- */

struct named_stamp {
	const char *path;
	struct stamp stamp;
};

static int by_path(const void *a, const void *b)
{
	const struct named_stamp *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Ordered by path. */
static void add_directories(struct reg *c, const struct index *index)
{
	struct named_stamp *all = xcalloc(index->directories.n + 1, sizeof(*all));

	for (size_t i = 0; i < index->directories.n; i++)
		all[i] = (struct named_stamp){
			index->directories.items[i], stamp_trusted(index->stamps[i], c->began)};
	qsort(all, index->directories.n, sizeof(*all), by_path);
	for (size_t i = 0; i < index->directories.n; i++) {
		GROW(c->fresh.directories, c->fresh.directories_n, c->fresh.directories_cap);
		c->fresh.directories[c->fresh.directories_n++] = (struct listing_directory){
			.path = listing_add_string(&c->fresh, all[i].path),
			.stamp = all[i].stamp};
	}
	free(all);
}

static const struct listing_directory *find_directory(
	const struct listing *l, const char *path, size_t len)
{
	size_t low = 0, high = l->directories_n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *name = listing_string(l, l->directories[middle].path);
		int order = strncmp(path, name ? name : "", len);

		if (!order && name && !name[len])
			return &l->directories[middle];
		if (order <= 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The directory in which the file lies is what it was. */
static bool directory_holds(const struct reg *c, const char *path)
{
	const char *end = strrchr(path, '/');
	size_t len = end ? (size_t)(end - path) : 0;
	const struct listing_directory *was = find_directory(&c->old, path, len);
	const struct listing_directory *is = find_directory(&c->fresh, path, len);

	return was && is && was->stamp.inode && stamp_equal(&was->stamp, &is->stamp);
}

static struct listing_file *add_file(struct reg *c, const char *path, const char *id)
{
	GROW(c->fresh.files, c->fresh.files_n, c->fresh.files_cap);
	c->fresh.files[c->fresh.files_n] =
		(struct listing_file){.path = listing_add_string(&c->fresh, path),
			.id = listing_add_string(&c->fresh, id)};
	return &c->fresh.files[c->fresh.files_n++];
}

/* ---- the texts of a row ---- */

/* False where a damaged row points outside. */
static bool find_texts(
	const struct listing *l, const struct listing_file *file, const char *texts[TEXTS])
{
	const char *at = listing_string(l, file->client), *end = l->heap.buf + l->heap.len;

	for (int i = 0; i < TEXTS; i++) {
		if (!at || at >= end)
			return false;
		texts[i] = at;
		at += strlen(at) + 1;
	}
	return true;
}

static uint32_t add_texts(struct listing *l, const char *const texts[TEXTS])
{
	uint32_t first = listing_add_string(l, texts[0]);

	for (int i = 1; i < TEXTS; i++)
		listing_add_string(l, texts[i]);
	return first;
}

static void take_over(struct reg *c, const struct listing_file *was)
{
	const char *texts[TEXTS];
	struct listing_file *file;

	if (!find_texts(&c->old, was, texts))
		return;
	file = add_file(
		c, listing_string(&c->old, was->path), listing_string(&c->old, was->id));
	file->stamp = was->stamp;
	file->live = was->live;
	file->client = add_texts(&c->fresh, texts);
}

/* Folded, of those who have not left; a line each. */
static void add_mails(struct str *out, const struct opportunity *o)
{
	for (size_t i = 0; i < o->now.contacts_n; i++) {
		const struct contact *person = &o->now.contacts[i];

		if (!person->mail || person->left)
			continue;
		utf8_fold(out, person->mail);
		str_addch(out, '\n');
	}
}

static void add_former_ids(struct str *out, const struct opportunity *o)
{
	struct list ids = {0};

	merge_former_ids(o, &ids);
	for (size_t i = 0; i < ids.n; i++)
		str_addf(out, "%s\n", ids.items[i]);
	list_release(&ids);
}

static void describe(struct reg *c, struct listing_file *file, const struct opportunity *o)
{
	struct str mails = STR_INIT, former = STR_INIT;
	const char *client = o->now.client ? o->now.client : "";
	char *folded = utf8_folded(client);

	add_mails(&mails, o);
	add_former_ids(&former, o);
	file->live = opportunity_is_open(o);
	file->client = add_texts(
		&c->fresh, (const char *[]){folded, client, o->now.title ? o->now.title : "",
				   mails.buf, former.buf});
	free(folded);
	str_release(&former);
	str_release(&mails);
}

static void read_entry(struct reg *c, const struct index_entry *entry)
{
	struct opportunity *o = NULL;
	struct listing_file *file;
	struct stamp stamp = {0};

	if (!stamp_take(c->repo->fd, entry->path, &stamp))
		return;
	if (repo_load_path(c->repo, entry->id, entry->path, &o)) {
		error_clear(); /* whoever needs it says so */
		return;
	}
	file = add_file(c, entry->path, entry->id);
	file->stamp = stamp_trusted(stamp, c->began);
	describe(c, file, o);
	opportunity_free(o);
}

/* ---- made anew ---- */

static void add_entry(struct reg *c, const struct index_entry *entry)
{
	const struct listing_file *was;

	if (entry->fault)
		return;
	was = listing_find(&c->old, entry->path);
	if (was && ((directory_holds(c, entry->path) && !(c->look && was->live)) ||
			   stamp_holds(c->repo->fd, entry->path, &was->stamp)))
		take_over(c, was);
	else
		read_entry(c, entry);
}

static int rebuild(struct reg *c)
{
	const struct index_entry **entries;
	const struct index *index;
	int err;

	repo_forget_index(c->repo);
	err = repo_index(c->repo, &index);
	if (err)
		return err;
	add_directories(c, index);
	entries = index_by_path(index);
	for (size_t i = 0; i < index->n; i++)
		add_entry(c, entries[i]);
	free(entries);
	if (!c->repo->looks_only)
		listing_write(&c->fresh, repo_private(c->repo), CACHE_NAME, CACHE_KEY);
	return 0;
}

/* ---- asked ---- */

static bool open_files_hold(const struct reg *c)
{
	struct stamp_check *checks = xcalloc(c->old.files_n + 1, sizeof(*checks));
	size_t n = 0;
	bool all;

	for (size_t i = 0; i < c->old.files_n; i++)
		if (c->old.files[i].live)
			checks[n++] = (struct stamp_check){
				.path = listing_string(&c->old, c->old.files[i].path),
				.stamp = &c->old.files[i].stamp};
	all = stamps_end(stamps_begin(c->repo->fd, checks, n));
	free(checks);
	return all;
}

/* *from: where it stands now. */
static int reg_open(struct reg *c, struct repo *repo, bool look, const struct listing **from)
{
	int err = 0;

	*c = (struct reg){.repo = repo, .began = stamp_now(), .look = look};
	listing_init(&c->old);
	listing_init(&c->fresh);
	*from = &c->old;
	listing_read(&c->old, repo->private_dir, CACHE_NAME, CACHE_KEY);
	if (!directories_hold(c) || (look && !open_files_hold(c))) {
		err = rebuild(c);
		*from = &c->fresh;
	}
	return err;
}

static void reg_close(struct reg *c)
{
	listing_release(&c->old);
	listing_release(&c->fresh);
}

static void add_ids(struct list *out, const struct listing *from, const char *client, bool live)
{
	struct list ids = {0};

	for (size_t i = 0; i < from->files_n; i++) {
		const char *folded = listing_string(from, from->files[i].client);
		const char *id = listing_string(from, from->files[i].id);

		if (id && !from->files[i].live == !live && same_string(folded, client))
			list_add(&ids, id);
	}
	list_sort(&ids);
	for (size_t i = 0; i < ids.n; i++)
		list_add(out, ids.items[i]);
	list_release(&ids);
}

int repo_ids_of_client(struct repo *repo, const char *client, struct list *out)
{
	char *folded = utf8_folded(client);
	const struct listing *from;
	struct reg c;
	int err = reg_open(&c, repo, false, &from);

	if (!err) {
		add_ids(out, from, folded, true);
		add_ids(out, from, folded, false);
	}
	reg_close(&c);
	free(folded);
	return err;
}

static int by_id(const void *a, const void *b)
{
	const struct known_by *x = a, *y = b;

	return strcmp(x->id, y->id);
}

int repo_each_known(struct repo *repo, known_visitor visit, void *context)
{
	const struct listing *from;
	struct known_by *all;
	struct reg c;
	size_t n = 0;
	int err = reg_open(&c, repo, true, &from);

	all = xcalloc(from->files_n + 1, sizeof(*all));
	for (size_t i = 0; !err && i < from->files_n; i++) {
		const char *texts[TEXTS], *id = listing_string(from, from->files[i].id);

		if (id && find_texts(from, &from->files[i], texts))
			all[n++] = (struct known_by){.id = id,
				.is_open = from->files[i].live,
				.client = texts[CLIENT],
				.title = texts[TITLE],
				.mails = texts[MAILS]};
	}
	qsort(all, n, sizeof(*all), by_id);
	for (size_t i = 0; !err && i < n; i++)
		err = visit(context, &all[i]);
	free(all);
	reg_close(&c);
	return err;
}

int repo_each_former(struct repo *repo,
	void (*visit)(struct repo *repo, const char *former, const char *now))
{
	const struct listing *from;
	struct reg c;
	int err = reg_open(&c, repo, false, &from);

	for (size_t i = 0; !err && i < from->files_n; i++) {
		const char *texts[TEXTS], *id = listing_string(from, from->files[i].id), *at;

		if (!id || !find_texts(from, &from->files[i], texts))
			continue;
		for (at = texts[FORMER_IDS]; *at; at += strcspn(at, "\n") + 1) {
			char *former = xstrndup(at, strcspn(at, "\n"));

			visit(repo, former, id);
			free(former);
		}
	}
	reg_close(&c);
	return err;
}
