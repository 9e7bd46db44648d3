/* The INI codec: any text comes back, every trap of inih is a fault with its line. */
#include "storage/storage.h"

#include "core/error.h"
#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int read_text(struct ini *doc, const char *text, enum ini_form form)
{
	return ini_read(doc, "doc", text, strlen(text), form);
}

/* The document's one pair, read from text. */
static char *one_value(const char *text, enum ini_form form)
{
	struct ini doc;
	char *value;

	if (read_text(&doc, text, form))
		fail_msg("%s\n%s", error_message(0), text);
	assert_int_equal(doc.n, 1);
	value = xstrdup(doc.pairs[0].value);
	ini_release(&doc);
	return value;
}

static void reads_as(const char *text, const char *expected)
{
	char *value = one_value(text, INI_RECORD);

	assert_string_equal(value, expected);
	free(value);
}

static void faults_with(const char *bytes, size_t len, enum ini_form form, const char *message)
{
	struct ini doc;

	assert_int_equal(ini_read(&doc, "doc", bytes, len, form), ERR_FAILED);
	if (strcmp(error_message(0), message))
		fail_msg("got: %s\nnot: %s", error_message(0), message);
	assert_null(doc.pairs);
}

static void refuses(const char *text, const char *message)
{
	faults_with(text, strlen(text), INI_RECORD, message);
}

static void writes(const char *value, const char *expected)
{
	struct str out = STR_INIT;
	char *again;

	ini_write_pair(&out, "k", value);
	assert_string_equal(out.buf, expected);
	again = one_value(out.buf, INI_RECORD);
	assert_string_equal(again, value);
	free(again);
	again = one_value(out.buf, INI_SETTINGS);
	assert_string_equal(again, value);
	free(again);
	str_release(&out);
}

/* ---- reading ---- */

static void test_sections_and_keys(void **state)
{
	const char *text = "; a comment\nbefore = 1\n\n[meeting k3x9a2m4pq] ; held\nat=2\n# x\n"
			   "at: 3\r\n[empty]\n";
	const struct ini_pair expected[] = {{"", "before", "1", 2},
		{"meeting k3x9a2m4pq", NULL, NULL, 4}, {"meeting k3x9a2m4pq", "at", "2", 5},
		{"meeting k3x9a2m4pq", "at", "3", 7}, {"empty", NULL, NULL, 8}};
	struct ini doc;

	(void)state;
	assert_int_equal(read_text(&doc, text, INI_RECORD), 0);
	assert_int_equal(doc.n, ARRAY_SIZE(expected));
	for (size_t i = 0; i < doc.n; i++) {
		assert_string_equal(doc.pairs[i].section, expected[i].section);
		assert_true(same_string(doc.pairs[i].key, expected[i].key));
		assert_true(same_string(doc.pairs[i].value, expected[i].value));
		assert_int_equal(doc.pairs[i].line, expected[i].line);
	}
	ini_release(&doc);
}

static void test_values_over_lines(void **state)
{
	(void)state;
	reads_as("k = one \\\n    two\n    three\\n\n    four\n", "one two\nthree\n\nfour");
	reads_as("k =\n  begins below\n  its key\n", "begins below\nits key");
	reads_as("k = a\n\n\n    b\n\n", "a\n\n\nb");
	reads_as("k = a\n    ; not text\n    # nor this\n    b\n", "a\nb");
	reads_as("k = a\n\t[not a section]\n\tj = b\n", "a\n[not a section]\nj = b");
	reads_as("k = a ; b # c\n    d ; e\n", "a ; b # c\nd ; e");
	reads_as("k = \\s\\t\\r\\n\\x1b\\\\\\;\\#\\s\n", " \t\r\n\x1b\\;# ");
	reads_as("k = = a : b\n", "= a : b");
	reads_as("k =", "");
	reads_as("k = \"quoted\"\n", "\"quoted\"");
}

static void test_indented_keys(void **state)
{
	const char *text =
		"[fu]\n\ttimezone = Europe/Madrid\n\tcurrency = EUR\n  [policy]\n"
		"\tretry = 1 day\n[phrases]\n  refuse = one\n    two\n  allow = a \\\n"
		"  b = c\n";
	const char *const expected[] = {
		"Europe/Madrid", "EUR", NULL, "1 day", NULL, "one\ntwo", "a b = c"};
	struct ini doc;

	(void)state;
	assert_int_equal(read_text(&doc, text, INI_SETTINGS), 0);
	assert_int_equal(doc.n, 8);
	for (size_t i = 1; i < doc.n; i++)
		assert_true(same_string(doc.pairs[i].value, expected[i - 1]));
	assert_string_equal(doc.pairs[4].section, "policy");
	ini_release(&doc);
}

static void test_indent_without_a_key(void **state)
{
	(void)state;
	reads_as("   k = a\n", "a");
}

/* ---- the traps ---- */

static void test_long_lines(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	str_add(&text, "a = 1\nk = ");
	for (int i = 0; i < 186; i++)
		str_addch(&text, 'x');
	str_add(&text, "\n");
	assert_int_equal(strlen(strchr(text.buf, 'k')), 191);
	free(one_value(strchr(text.buf, 'k'), INI_RECORD));
	str_truncate(&text, text.len - 1);
	str_add(&text, "=phantom = 1\n");
	refuses(text.buf,
		"doc:2: a line of 202 bytes, 190 is the most: end it in '\\' and go on "
		"in an indented line");
	str_truncate(&text, 0);
	str_add(&text, "; ");
	for (int i = 0; i < 220; i++)
		str_addch(&text, ' ');
	str_add(&text, "key = from a comment\n");
	refuses(text.buf,
		"doc:1: a line of 242 bytes, 190 is the most: end it in '\\' and go on "
		"in an indented line");
	str_release(&text);
}

static void test_bytes_that_are_no_text(void **state)
{
	(void)state;
	faults_with("a = 1\nb = \0x\n", 13, INI_RECORD, "doc:2: a NUL byte");
	refuses("a = caf\xe9\n", "doc:1: byte 0xe9 is not UTF-8");
	refuses("a = \xed\xa0\x80\n", "doc:1: byte 0xed is not UTF-8");
	refuses("a = \xc0\xaf\n", "doc:1: byte 0xc0 is not UTF-8");
	refuses("\xef\xbb\xbf[a]\n", "doc:1: a byte order mark: save the file as plain UTF-8");
}

static void test_conflict_markers(void **state)
{
	(void)state;
	refuses("[a]\n<<<<<<< HEAD\nk = 1\n=======\nk = 2\n>>>>>>> b\n",
		"doc:2: conflict marker '<<<<<<<'");
	assert_int_equal(error_count(), 3);
	assert_string_equal(error_message(1), "doc:4: conflict marker '======='");
	assert_string_equal(error_message(2), "doc:6: conflict marker '>>>>>>>'");
	refuses("||||||| base\n", "doc:1: conflict marker '|||||||'");
	reads_as("k = a\n    =======\n", "a\n=======");
}

static void test_lines_that_are_neither(void **state)
{
	(void)state;
	refuses("[a\nk = 1\n", "doc:1: a section without ']'");
	refuses("[a] b\n", "doc:1: 'b' after the section's ']'");
	refuses("[]\n", "doc:1: a section's name has 1 to 49 bytes and no ';' or '#': ''");
	refuses("[a ;b]\nk = 1\n",
		"doc:1: a section's name has 1 to 49 bytes and no ';' or '#': 'a ;b'");
	refuses("[12345678901234567890123456789012345678901234567890]\n",
		"doc:1: a section's name has 1 to 49 bytes and no ';' or '#': "
		"'12345678901234567890123456789012345678901234567890'");
	refuses("= 1\n", "doc:1: a key has 1 to 49 bytes and no ';' or '#': ''");
	refuses("k = 1\nnot indented\n", "doc:2: 'not indented' is neither '[section]' nor "
					 "'key = value'; what belongs to "
					 "the value above is indented");
	refuses("k = a\\q\n", "doc:1: unknown escape '\\q': a backslash is written '\\\\'");
	refuses("k = \\x00\n", "doc:1: '\\x' takes two hexadecimal digits from 01 to 7f");
	refuses("k = \\xff\n", "doc:1: '\\x' takes two hexadecimal digits from 01 to 7f");
	refuses("k = \\x1\n", "doc:1: '\\x' takes two hexadecimal digits from 01 to 7f");
	refuses("k = a\\\nj = b\n",
		"doc:1: the value of 'k' ends in '\\' and nothing continues it");
	refuses("k = a\\", "doc:1: the value of 'k' ends in '\\' and nothing continues it");
}

static void test_every_fault_is_said(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	refuses("k = \\q\n[\n= 1\n",
		"doc:1: unknown escape '\\q': a backslash is written '\\\\'");
	assert_int_equal(error_count(), 3);
	for (int i = 0; i < 1000; i++)
		str_add(&text, "?\n");
	refuses(text.buf,
		"doc:1: '?' is neither '[section]' nor 'key = value'; what belongs to "
		"the value above is indented");
	assert_int_equal(error_count(), 21);
	assert_string_equal(error_message(20), "doc: 980 more faults");
	str_release(&text);
}

static void test_sizes_are_bounded(void **state)
{
	size_t len = INI_MAX_BYTES + 1;
	char *big = xmalloc(len);

	(void)state;
	memset(big, '\n', len);
	faults_with(
		big, len, INI_RECORD, "doc: 8388609 bytes are too many, 8388608 is the most");
	faults_with(big, 300000, INI_RECORD, "doc:50000: more than 50000 lines");
	free(big);
}

/* ---- writing ---- */

static void test_written_form(void **state)
{
	(void)state;
	writes("", "k =\n");
	writes("plain text", "k = plain text\n");
	writes("Called Anna; she wants a demo ; maybe two",
		"k = Called Anna; she wants a demo \\; maybe two\n");
	writes("First.\nSecond.\n\nThird.", "k = First.\n    Second.\\n\n    Third.\n");
	writes(" a ", "k = \\sa\\s\n");
	writes("a \n b", "k = a\\s\n    \\sb\n");
	writes("\na", "k = \\na\n");
	writes("a\n\n", "k = a\\n\\n\n");
	writes("a\n; b\n# c", "k = a\n    \\; b\n    \\# c\n");
	writes("a\nj = b\n[c]", "k = a\\n\\\n    j = b\\n\\\n    [c]\n");
	writes("a\nwe said: b", "k = a\n    we said: b\n");
	writes("C:\\temp\t\x1b[31m\x7f", "k = C:\\\\temp\\t\\x1b[31m\\x7f\n");
	writes("A sentence that goes on and on, until the column is reached at which it is "
	       "folded, after a space",
		"k = A sentence that goes on and on, until the column is reached at which it "
		"\\\n"
		"    is folded, after a space\n");
}

static void test_long_words(void **state)
{
	struct str word = STR_INIT, out = STR_INIT;
	size_t longest = 0;
	char *value;

	(void)state;
	for (int i = 0; i < 500; i++)
		str_add(&word, i % 7 ? "\xf0\x9f\x98\x80" : i % 2 ? ";" : "\\");
	ini_write_pair(&out, "a-key-of-forty-nine-bytes-0123456789-0123456789-0", word.buf);
	for (const char *line = out.buf; *line; line += strspn(line, "\n")) {
		size_t len = strcspn(line, "\n");

		longest = len > longest ? len : longest;
		line += len;
	}
	assert_in_range(longest, 150, 190);
	value = one_value(out.buf, INI_RECORD);
	assert_string_equal(value, word.buf);
	free(value);
	str_release(&word);
	str_release(&out);
}

static void test_bad_utf8_is_replaced(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	ini_write_pair(&out, "k", "caf\xe9 \xe2\x82");
	assert_string_equal(out.buf, "k = caf\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\n");
	str_release(&out);
}

/* ---- random documents ---- */

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void random_value(struct str *out, uint64_t *seed)
{
	static const char *const pieces[] = {" ", " ", " ", "\n", "\n", ";", "#", "\\", "=",
		":", "[", "]", "\t", "\r", "\x0b", "\x0c", "\x1b", "\x01", "\x7f", "\"", "'",
		"a", "word", "key = ", "\xc3\xa9", "\xc2\xa0", "\xe2\x80\xa8",
		"\xf0\x9f\x98\x80", " ;", " #", "\\n", "\\s", "[section]", "<<<<<<< ",
		"=======", ">>>>>>>", "\n[x]", "\nj=b", "a-long-word-without-any-space-in-it",
		"%", "\xef\xbb\xbf", "\xc2\x85", "  "};
	uint64_t n = next_random(seed) % 8;

	if (next_random(seed) % 10 == 0)
		n = next_random(seed) % 200;
	while (n--)
		str_add(out, pieces[next_random(seed) % ARRAY_SIZE(pieces)]);
}

static void random_document(
	struct ini *expected, struct list *keep, struct str *text, uint64_t *seed)
{
	static const char *const keys[] = {"k", "where", "no_next", "ours-k3x9", "discussed"};

	for (uint64_t sections = 1 + next_random(seed) % 3; sections; sections--) {
		char *name = xstrfmt("meeting %x", (unsigned)next_random(seed));

		list_take(keep, name);
		ini_write_section(text, name);
		GROW(expected->pairs, expected->n, expected->cap);
		expected->pairs[expected->n++] = (struct ini_pair){.section = name};
		for (uint64_t pairs = next_random(seed) % 4; pairs; pairs--) {
			struct str value = STR_INIT;
			const char *key = keys[next_random(seed) % ARRAY_SIZE(keys)];

			random_value(&value, seed);
			ini_write_pair(text, key, value.buf);
			list_take(keep, str_detach(&value));
			GROW(expected->pairs, expected->n, expected->cap);
			expected->pairs[expected->n++] = (struct ini_pair){
				name, (char *)key, keep->items[keep->n - 1], 0};
		}
	}
}

static void check_document(uint64_t seed)
{
	uint64_t started = seed;
	struct ini expected = {0}, doc;
	struct list keep = {0};
	struct str text = STR_INIT;

	random_document(&expected, &keep, &text, &seed);
	if (ini_read(&doc, "doc", text.buf, text.len, seed % 2 ? INI_RECORD : INI_SETTINGS))
		fail_msg("seed %#lx: %s\n%s", started, error_message(0), text.buf);
	if (doc.n != expected.n)
		fail_msg("seed %#lx: %zu pairs\n%s", started, doc.n, text.buf);
	for (size_t i = 0; i < doc.n; i++)
		if (!same_string(doc.pairs[i].section, expected.pairs[i].section) ||
			!same_string(doc.pairs[i].key, expected.pairs[i].key) ||
			!same_string(doc.pairs[i].value, expected.pairs[i].value))
			fail_msg("seed %#lx: pair %zu\n%s", started, i, text.buf);
	ini_release(&doc);
	free(expected.pairs);
	list_release(&keep);
	str_release(&text);
}

/* FU_TEST_INI_DOCUMENTS: how many, 100,000 by default. */
static void test_random_documents(void **state)
{
	const char *many = getenv("FU_TEST_INI_DOCUMENTS");
	uint64_t seed = UINT64_C(0x5eed0f1a57);

	(void)state;
	for (long n = many ? strtol(many, NULL, 10) : 100000; n > 0; n--)
		check_document(next_random(&seed));
}

/* Bytes that no encoder wrote: an answer, never a crash. */
static void test_random_bytes(void **state)
{
	static const char bytes[] = "\n\n\n[]=:;#\\ \tkx1ns\r\xc3\xa9<>\"";
	uint64_t seed = 42;

	(void)state;
	for (int n = 0; n < 20000; n++) {
		char text[60];
		size_t len = next_random(&seed) % sizeof(text);
		struct ini doc;

		for (size_t i = 0; i < len; i++)
			text[i] = bytes[next_random(&seed) % sizeof(bytes)];
		if (!ini_read(&doc, "doc", text, len, n % 2 ? INI_RECORD : INI_SETTINGS))
			ini_release(&doc);
		else
			assert_true(error_count() > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sections_and_keys),
		cmocka_unit_test(test_values_over_lines),
		cmocka_unit_test(test_indented_keys),
		cmocka_unit_test(test_indent_without_a_key),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_bytes_that_are_no_text),
		cmocka_unit_test(test_conflict_markers),
		cmocka_unit_test(test_lines_that_are_neither),
		cmocka_unit_test(test_every_fault_is_said),
		cmocka_unit_test(test_sizes_are_bounded),
		cmocka_unit_test(test_written_form),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_bad_utf8_is_replaced),
		cmocka_unit_test(test_random_documents),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
