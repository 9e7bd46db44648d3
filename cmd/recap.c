/* fu recap <opp>: the mail after a meeting, ready to be sent. */
#include "cmd/query.h"

#include "cmd/printer.h"
#include "cmd/report.h"
#include "cmd/wrap.h"
#include "core/error.h"
#include "core/recap.h"

#define MAIL_COLUMNS 72

struct recap_options {
	const char *opp;
	bool body, mail;
};

static const struct opt recap_opts[] = {
	{OPT_FLAG, "body", .slot = SLOT_BOOL(struct recap_options, body),
		.help = "the text without To and Subject"},
	{OPT_FLAG, "mail", .slot = SLOT_BOOL(struct recap_options, mail),
		.help = "the whole message, its headers encoded, for sendmail -t"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

static const struct positional recap_positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct recap_options, opp)},
	{NULL},
};

const struct command_spec spec_recap = {
	.opts = recap_opts,
	.positionals = recap_positionals,
	.size = sizeof(struct recap_options),
};

/* What stands under a heading is indented; what does not is set off by an empty line. */
static void add_line(struct str *out, const struct recap_line *line, enum recap_kind before)
{
	bool below = line->kind == RECAP_TEXT && before == RECAP_HEADING;
	size_t indent = line->kind == RECAP_ITEM ? 4 : below ? 2 : 0;

	if (out->len && line->kind != RECAP_ITEM && !below)
		str_addch(out, '\n');
	str_add(out, line->kind == RECAP_ITEM ? "  - " : below ? "  " : "");
	wrap_add(out, line->text, indent, MAIL_COLUMNS - indent);
	str_addch(out, '\n');
}

static void add_body(struct str *out, const struct recap *r)
{
	for (size_t i = 0; i < r->n; i++)
		add_line(out, &r->lines[i], i ? r->lines[i - 1].kind : RECAP_TEXT);
}

static void add_headers(struct str *out, const struct recap *r, bool encoded)
{
	struct str to = STR_INIT;

	recap_add_to(&to, r, encoded);
	if (to.len)
		str_addf(out, "To: %s\n", to.buf);
	str_add(out, "Subject: ");
	if (encoded)
		recap_add_encoded(out, r->subject);
	else
		str_add(out, r->subject);
	str_add(out, "\n");
	if (encoded)
		str_add(out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
			     "Content-Transfer-Encoding: 8bit\n");
	str_addch(out, '\n');
	str_release(&to);
}

/* Who cannot be written to: the message lacks him. */
static void say_without_mail(const struct recap *r, const char *opportunity)
{
	for (size_t i = 0; i < r->to_n; i++)
		if (!r->to[i]->mail)
			say_hint("no mail address of %s is known: fu contact %s set '%s' "
				 "email=<address>",
				r->to[i]->name, opportunity, r->to[i]->name);
	if (!r->to_n)
		say_hint("nobody is named: fu contact %s add '<name> <mail>'", opportunity);
}

static void print_recap(struct call *call, const struct recap *r, const char *id,
	const struct recap_options *options)
{
	struct str body = STR_INIT, text = STR_INIT;

	add_body(&body, r);
	if (call->common.json) {
		print_json(recap_to_json(r, id, body.buf));
	} else {
		if (!options->body)
			add_headers(&text, r, options->mail);
		str_add(&text, body.buf);
		print_text(text.buf);
		if (!options->body)
			say_without_mail(r, id);
	}
	str_release(&body);
	str_release(&text);
}

static int say_no_meeting(const char *id)
{
	error_set(ERR_MISSING, "no meeting of '%s' is recorded yet", id);
	error_hint("fu log-meeting %s", id);
	return ERR_MISSING;
}

static int judge(const struct recap_options *o)
{
	if (o->body && o->mail)
		return error_set(ERR_USAGE, "--body and --mail do not go together");
	return 0;
}

int cmd_recap(struct call *call, const void *options)
{
	const struct recap_options *typed = options;
	struct opportunity *o = NULL;
	struct recap r = {0};
	struct query query;
	int err = judge(typed);

	query_init(&query, call);
	if (!err)
		err = call_open_repo(call);
	if (!err)
		terminal_start_pager(&call->terminal, call->repo);
	if (!err)
		err = query_load(&query, typed->opp, &o);
	if (err)
		goto out;
	if (recap_make(&r, o, query_process(&query, o), repo_clock(call->repo)))
		print_recap(call, &r, o->id, typed);
	else
		err = say_no_meeting(o->id);
out:
	recap_release(&r);
	opportunity_free(o);
	query_release(&query);
	return err;
}
