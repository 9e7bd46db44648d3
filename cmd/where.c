/* fu where [<opp>...]: where things stand right now (B1). */
#include "cmd/record_fields.h"

struct where_options {
	struct list opps;
};

static const struct positional where_positionals[] = {
	{"<opp>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct where_options, opps)},
	{NULL},
};

const struct command_spec spec_where = {
	.opts = opts_json,
	.positionals = where_positionals,
	.size = sizeof(struct where_options),
};

struct snapshots {
	struct query query;
	json_t *array; /* with --json, else NULL */
	bool any;      /* one was printed */
	struct str text;
	int width;
};

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct snapshots *s = context;
	struct record record = record_of(&s->query, o);

	(void)keep;
	if (s->array) {
		json_array_append_new(s->array, record_to_json(&record, false));
		return 0;
	}
	if (s->any)
		print_line("%s", "");
	s->any = true;
	record_print_title(s->query.call, o);
	str_truncate(&s->text, 0);
	record_add_snapshot(&s->text, &record, s->width);
	print_text(s->text.buf);
	return 0;
}

int cmd_where(struct call *call, const void *options)
{
	const struct where_options *o = options;
	struct snapshots s = {.text = STR_INIT, .width = terminal_width(&call->terminal)};
	int err;

	query_init(&s.query, call);
	if (call->common.json)
		s.array = json_array();
	err = query_each(&s.query, &o->opps, QUERY_OPEN, visit, &s);
	if (s.array && !err)
		print_json(json_incref(s.array));
	json_decref(s.array);
	str_release(&s.text);
	query_release(&s.query);
	return err;
}
