#include "given.h"
#include "random-act.h"

#include "core/act_json.h"
#include "core/opportunity_json.h"

#define ROUNDS 10000

static struct clock madrid(void)
{
	return test_clock(MADRID, "2026-11-20T10:00:00+01:00");
}

/* ---- acts ---- */

static void what_is_written_is_read_back(void **state)
{
	uint64_t seed = 7;
	struct clock clock = madrid();

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct act *a = random_act(&seed), *copy;
		json_t *json, *again;
		char *text, *opportunity;

		if (!a->at.set)
			a->at = (struct moment){.utc = round, .set = true};
		json = act_to_json(a, "acme-website", &clock);
		text = json_dumps(json, JSON_COMPACT);
		again = json_loads(text, 0, NULL);
		assert_non_null(again);
		if (act_from_json(&copy, &opportunity, again, &clock))
			fail_msg("%s: %s", text, error_message(0));
		assert_string_equal(opportunity, "acme-website");
		if (!act_equal(a, copy))
			fail_msg("round %d: an act differs: %s", round, text);
		free(text);
		free(opportunity);
		json_decref(json);
		json_decref(again);
		act_free(a);
		act_free(copy);
	}
}

static void is_written_as(const struct act *a, const char *want)
{
	struct clock clock = madrid();
	json_t *json = act_to_json(a, "acme", &clock);
	char *text = json_dumps(json, JSON_COMPACT);

	assert_string_equal(text, want);
	free(text);
	json_decref(json);
}

static void every_field_of_the_kind_is_there_in_order(void **state)
{
	struct act *a = act_new(ACT_NOTE);

	(void)state;
	a->id = xstrdup("0123456789");
	a->at = (struct moment){.utc = FRIDAY_TEN, .offset = 3600, .set = true};
	a->seq = 3;
	a->by = xstrdup("Sam <sam@example.com>");
	a->note = xstrdup("x");
	is_written_as(a,
		"{\"act\":\"note\",\"opportunity\":\"acme\",\"id\":\"0123456789\","
		"\"at\":\"2026-11-20T11:00:00+01:00\",\"recorded\":null,\"seq\":3,"
		"\"by\":\"Sam <sam@example.com>\",\"edited\":null,\"lenient\":false,"
		"\"minutes\":null,\"link\":null,\"replaces\":null,\"of\":null,\"note\":\"x\","
		"\"decided\":false}");
	act_free(a);
}

/* One field as it is written. */
static void field_is(const struct act *a, const char *name, const char *want)
{
	struct clock clock = madrid();
	json_t *json = act_to_json(a, "acme", &clock);
	json_t *field = json_object_get(json, name);
	char *text;

	assert_non_null(field);
	text = json_dumps(field, JSON_COMPACT | JSON_ENCODE_ANY);
	assert_string_equal(text, want);
	free(text);
	json_decref(json);
}

static void values_have_the_shapes_of_the_contract(void **state)
{
	struct act *a = act_new(ACT_MEETING), *set = act_new(ACT_SET), *new = act_new(ACT_NEW);
	struct when due = when_from_day(20783);

	(void)state;
	field_is(a, "next", "null");
	field_is(a, "zone", "null");
	field_is(a, "ours", "null");
	field_is(a, "options", "[]");
	a->ours.none = true;
	field_is(a, "ours", "[]");
	promises_add(&a->theirs, "k2d9", "Jane", "sign", &due);
	promises_add(&a->theirs, NULL, NULL, "call", NULL);
	field_is(a, "theirs",
		"[{\"id\":\"k2d9\",\"who\":\"Jane\",\"what\":\"sign\",\"due\":\"2026-11-26\"},"
		"{\"id\":null,\"who\":null,\"what\":\"call\",\"due\":null}]");
	questions_add(&a->unsure, "q1", "budget");
	field_is(a, "unsure", "[{\"id\":\"q1\",\"text\":\"budget\"}]");
	assert_int_equal(act_load_pair(a, "next", "2026-11-24 15:00 Europe/Lisbon"), 0);
	field_is(a, "next", "\"2026-11-24T15:00:00+00:00\"");
	field_is(a, "zone", "\"Europe/Lisbon\"");
	a->duration = (struct duration){2, UNIT_HOUR};
	field_is(a, "for", "\"2 hours\"");
	facts_set(&set->facts, "value", "12.50 EUR");
	facts_set(&set->facts, "tags", "a, b");
	facts_set(&set->facts, "via", "");
	field_is(set, "facts",
		"{\"value\":{\"amount\":\"12.50\",\"currency\":\"EUR\"},\"tags\":[\"a\",\"b\"],"
		"\"via\":null}");
	list_add(&new->contacts, "Jane <jane@acme.example>; decision-maker");
	field_is(new, "contacts",
		"[{\"name\":\"Jane\",\"role\":null,\"phone\":null,"
		"\"email\":\"jane@acme.example\",\"decision_maker\":true,\"left\":false,"
		"\"left_to\":null}]");
	act_free(a);
	act_free(set);
	act_free(new);
}

#define FRAME "\"opportunity\":\"acme\",\"at\":\"2026-11-20T10:00:00Z\""

static struct act *reads(const char *text)
{
	struct clock clock = madrid();
	json_t *json = json_loads(text, 0, NULL);
	struct act *a = NULL;
	char *opportunity;

	assert_non_null(json);
	if (act_from_json(&a, &opportunity, json, &clock))
		fail_msg("%s: %s", text, error_message(0));
	free(opportunity);
	json_decref(json);
	return a;
}

static void little_is_demanded(void **state)
{
	struct act *a = reads("{\"act\":\"note\"," FRAME ",\"note\":\"x\"}");

	(void)state;
	assert_null(a->id);
	assert_string_equal(a->note, "x");
	assert_int_equal(a->at.utc, FRIDAY_TEN);
	act_free(a);
	a = reads("{\"act\":\"meeting\"," FRAME
		  ",\"next\":\"2026-11-24T14:00:00Z\",\"where\":\"\",\"unsure\":[\"budget\"],"
		  "\"theirs\":[{\"what\":\"sign\"}],\"minutes\":0,\"outcome\":null}");
	assert_int_equal(a->next.second, 15 * 3600);
	assert_string_equal(a->next.zone, "");
	assert_null(a->where);
	assert_string_equal(a->unsure.items[0].text, "budget");
	assert_string_equal(a->theirs.items[0].what, "sign");
	act_free(a);
	a = reads("{\"act\":\"new\"," FRAME ",\"contacts\":[\"Jane;CFO\"]}");
	assert_string_equal(a->contacts.items[0], "Jane; CFO");
	act_free(a);
	a = reads("{\"act\":\"schedule\"," FRAME ",\"next\":\"2026-11-24T14:00:00Z\","
		  "\"zone\":\"Asia/Tokyo\"}");
	assert_int_equal(a->next.second, 23 * 3600);
	assert_string_equal(a->next.zone, "Asia/Tokyo");
	act_free(a);
}

static void refuses(const char *text, const char *in_message)
{
	struct clock clock = madrid();
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	struct act *a = NULL;
	char *opportunity;

	assert_non_null(json);
	assert_int_equal(act_from_json(&a, &opportunity, json, &clock), ERR_FAILED);
	assert_null(a);
	if (!strstr(error_message(0), in_message))
		fail_msg("'%s' does not hold '%s'", error_message(0), in_message);
	json_decref(json);
}

static void what_does_not_fit_is_refused(void **state)
{
	static const struct {
		const char *fields, *in_message;
	} meetings[] = {
		{"\"outcom\":\"repeat\"", "'outcome'"},
		{"\"commit\":\"abc\"", "'commit'"},
		{"\"outcome\":\"good\"", "'good'"},
		{"\"outcome\":1", "'outcome'"},
		{"\"where\":[]", "'where'"},
		{"\"minutes\":\"5\"", "'minutes'"},
		{"\"minutes\":-1", "'minutes'"},
		{"\"minutes\":1.5", "'minutes'"},
		{"\"seq\":4294967296", "'seq'"},
		{"\"lenient\":\"yes\"", "'lenient'"},
		{"\"next\":\"tue\"", "'next'"},
		{"\"next\":5", "'next'"},
		{"\"wait\":\"2026-11-20T10:00:00Z\"", "'wait'"},
		{"\"zone\":\"Mars/Base\"", "'Mars/Base'"},
		{"\"for\":\"long\"", "'for'"},
		{"\"ours\":\"none\"", "'ours'"},
		{"\"ours\":[\"call\"]", "'ours'"},
		{"\"ours\":[{\"what\":\"\"}]", "'ours'"},
		{"\"ours\":[{\"who\":\"Jo\"}]", "'ours'"},
		{"\"ours\":[{\"what\":\"x\",\"who\":\"a:b\"}]", "'a:b'"},
		{"\"ours\":[{\"what\":\"x\",\"by\":null}]", "'by'"},
		{"\"ours\":[{\"what\":\"x\",\"due\":\"soon\"}]", "soon"},
		{"\"ours\":[{\"what\":\"x\",\"id\":\"a b\"}]", "'a b'"},
		{"\"options\":[1]", "'options'"},
		{"\"unsure\":[1]", "'unsure'"},
		{"\"id\":\"x\"", "'x'"},
		{"\"edited\":\"now\"", "'edited'"},
	};
	char text[400];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(meetings); i++) {
		snprintf(text, sizeof(text), "{\"act\":\"meeting\"," FRAME ",%s}",
			meetings[i].fields);
		refuses(text, meetings[i].in_message);
	}
	refuses("[]", "object");
	refuses("{}", "'act'");
	refuses("{\"act\":\"meting\"," FRAME "}", "'meeting'");
	refuses("{\"act\":\"note\",\"at\":\"2026-11-20T10:00:00Z\"}", "'opportunity'");
	refuses("{\"act\":\"note\",\"opportunity\":\"../x\"}", "'../x'");
	refuses("{\"act\":\"note\",\"opportunity\":\"acme\"}", "'at'");
	refuses("{\"act\":\"note\"," FRAME ",\"zone\":null}", "'zone'");
	refuses("{\"act\":\"set\"," FRAME ",\"facts\":{\"titel\":\"x\"}}", "'title'");
	refuses("{\"act\":\"set\"," FRAME ",\"facts\":{\"value\":\"5 EUR\"}}", "'value'");
	refuses("{\"act\":\"set\"," FRAME ",\"facts\":{\"tags\":[\"a,b\"]}}", "'a,b'");
	refuses("{\"act\":\"set\"," FRAME ",\"facts\":{\"expires\":\"soon\"}}", "soon");
	refuses("{\"act\":\"new\"," FRAME
		",\"value\":{\"amount\":\"5 USD\",\"currency\":\"EUR\"}}",
		"'5 USD'");
	refuses("{\"act\":\"new\"," FRAME ",\"value\":{\"amount\":5,\"currency\":\"EUR\"}}",
		"'value'");
	refuses("{\"act\":\"new\"," FRAME ",\"contacts\":[{\"role\":\"CFO\"}]}", "'contacts'");
}

/* ---- opportunities and items ---- */

static const char *const opportunity_fields[] = {"id", "title", "client", "via", "process",
	"activity", "status", "value", "source", "owner", "tags", "external_id", "opened",
	"closed", "expires", "interval", "temperature", "where", "next", "adrift", "contacts",
	"commitments", "questions", "meetings", "calls", "touches", "heard", "last_contact",
	"next_item"};

static void has_fields(const json_t *object, const char *const *names, size_t n)
{
	void *at = json_object_iter((json_t *)object);

	for (size_t i = 0; i < n; i++) {
		assert_non_null(at);
		assert_string_equal(json_object_iter_key(at), names[i]);
		at = json_object_iter_next((json_t *)object, at);
	}
	assert_null(at);
}

static struct opportunity *met(struct given *g)
{
	struct opportunity *o = given_open(g);

	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", "2026-11-24 15:00",
			"for", "1h", "ours", "send the draft by 2026-11-23", "theirs", "none",
			"unsure", "budget", "temperature", "warm", "where", "keen", NULL));
	return o;
}

static json_t *at_path(const json_t *json, const char *first, const char *second)
{
	json_t *value = json_object_get(json, first);

	if (json_is_array(value))
		value = json_array_get(value, 0);
	return json_object_get(value, second);
}

static void an_opportunity_has_its_fields_in_order(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = met(g);
	json_t *json = opportunity_to_json(o, g->process, &g->clock, false, NULL);

	(void)state;
	has_fields(json, opportunity_fields, ARRAY_SIZE(opportunity_fields));
	assert_string_equal(json_string_value(json_object_get(json, "status")), "open");
	assert_string_equal(json_string_value(json_object_get(json, "temperature")), "warm");
	assert_int_equal(json_integer_value(json_object_get(json, "meetings")), 1);
	assert_true(json_is_false(json_object_get(json, "adrift")));
	assert_true(json_is_null(json_object_get(json, "next_item")));
	assert_string_equal(json_string_value(at_path(json, "next", "kind")), "appointment");
	assert_string_equal(
		json_string_value(at_path(json, "next", "at")), "2026-11-24T15:00:00+00:00");
	assert_string_equal(json_string_value(at_path(json, "next", "for")), "1 hour");
	assert_int_equal(json_integer_value(at_path(json, "next", "moves")), 0);
	assert_string_equal(json_string_value(at_path(json, "commitments", "side")), "ours");
	assert_string_equal(
		json_string_value(at_path(json, "commitments", "due")), "2026-11-23");
	assert_true(json_is_null(at_path(json, "commitments", "settled")));
	assert_string_equal(json_string_value(at_path(json, "questions", "text")), "budget");
	assert_string_equal(
		json_string_value(at_path(json, "contacts", "email")), "jane@acme.example");
	json_decref(json);
	opportunity_free(o);
	given_free(g);
}

static void show_has_the_acts_themselves(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = met(g);
	json_t *item = json_string("the item");
	json_t *json = opportunity_to_json(o, g->process, &g->clock, true, item);

	(void)state;
	assert_string_equal(json_string_value(at_path(json, "meetings", "act")), "meeting");
	assert_string_equal(json_string_value(at_path(json, "meetings", "outcome")), "proceed");
	assert_int_equal(json_array_size(json_object_get(json, "calls")), 0);
	assert_true(json_is_array(json_object_get(json, "heard")));
	assert_ptr_equal(json_object_get(json, "next_item"), item);
	json_decref(json);
	opportunity_free(o);
	given_free(g);
}

static void an_item_has_its_fields_in_order(void **state)
{
	static const char *const names[] = {"opportunity", "client", "title", "kind", "due",
		"overdue", "role", "owner", "reason", "command", "contact"};
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = met(g);
	const struct worklist_ground ground = {
		.settings = &g->settings, .process = g->process, .clock = &g->clock};
	struct items list = {0};
	json_t *json;

	(void)state;
	given_day_passes(g, 5);
	worklist_items(&list, o, &ground);
	worklist_select(&list, g->clock.now.utc, 0);
	worklist_sort(&list);
	assert_true(list.n > 0);
	json = item_to_json(&list.items[0], &g->clock);
	has_fields(json, names, ARRAY_SIZE(names));
	assert_string_equal(json_string_value(json_object_get(json, "kind")), "unlogged");
	assert_string_equal(json_string_value(json_object_get(json, "role")), "salesperson");
	assert_true(json_is_true(json_object_get(json, "overdue")));
	json_decref(json);
	items_release(&list);
	opportunity_free(o);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(every_field_of_the_kind_is_there_in_order),
		cmocka_unit_test(values_have_the_shapes_of_the_contract),
		cmocka_unit_test(little_is_demanded),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(an_opportunity_has_its_fields_in_order),
		cmocka_unit_test(show_has_the_acts_themselves),
		cmocka_unit_test(an_item_has_its_fields_in_order),
	};

	return cmocka_run_group_tests(tests, test_zones_make, test_zones_free);
}
