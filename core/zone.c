/* TZif: RFC 8536 (versions 1 to 3) and RFC 9636 (version 4). */
#include "core/zone.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/zone_rule.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_SIZE 44
#define FOOTER_MAX 128
#define OFFSET_MAX 93599 /* RFC 8536, 3.2: from -24:59:59 to 25:59:59 */
/* No offset moves a local time further than this from its instant. */
#define SPAN (OFFSET_MAX + 1)
/* Further from 1970 there is nothing to tell (some 31,000 years). */
#define INSTANT_MAX INT64_C(1000000000000)

struct zone {
	char name[ZONE_NAME_MAX];
	size_t n;        /* transitions */
	int64_t *at;     /* their instants, ascending */
	int32_t *offset; /* the offset from each on */
	int32_t before;  /* the offset before the first */
	bool has_rule;   /* what holds from the last transition on */
	struct zone_rule rule;
};

/* One data block: how many there are of what, and where it begins. */
struct block {
	uint32_t isut, isstd, leap, times, types, chars;
	size_t width; /* bytes of an instant */
	const unsigned char *data;
};

static int damaged(const char *name, const char *how)
{
	return error_set(ERR_FAILED, "damaged data of the time zone '%s': %s", name, how);
}

static uint32_t read32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t read_instant(const unsigned char *p, size_t width)
{
	if (width == 4)
		return (int32_t)read32(p);
	return (int64_t)((uint64_t)read32(p) << 32 | read32(p + 4));
}

static uint64_t block_size(const struct block *b)
{
	return (uint64_t)b->times * (b->width + 1) + (uint64_t)b->types * 6 + b->chars +
	       (uint64_t)b->leap * (b->width + 4) + b->isstd + b->isut;
}

/* Reads the header at *pos and steps over it and its block; NULL, or what is wrong. */
static const char *read_block(
	struct block *out, const unsigned char *bytes, size_t len, size_t *pos, size_t width)
{
	const unsigned char *p = bytes + *pos;
	uint64_t size;

	if (len - *pos < HEADER_SIZE || memcmp(p, "TZif", 4))
		return "no TZif header";
	*out = (struct block){
		.isut = read32(p + 20),
		.isstd = read32(p + 24),
		.leap = read32(p + 28),
		.times = read32(p + 32),
		.types = read32(p + 36),
		.chars = read32(p + 40),
		.width = width,
		.data = p + HEADER_SIZE,
	};
	size = block_size(out);
	if (size > len - *pos - HEADER_SIZE)
		return "it is cut short";
	*pos += HEADER_SIZE + (size_t)size;
	return NULL;
}

/* The offset of local time type `type`. */
static bool type_offset(const struct block *b, uint32_t type, int32_t *offset)
{
	const unsigned char *types = b->data + (size_t)b->times * (b->width + 1);

	if (type >= b->types)
		return false;
	*offset = (int32_t)read32(types + (size_t)type * 6);
	return *offset >= -OFFSET_MAX && *offset <= OFFSET_MAX;
}

static const char *read_transitions(struct zone *zone, const struct block *b)
{
	const unsigned char *types = b->data + (size_t)b->times * b->width;

	if (b->leap)
		return "its seconds count leap seconds";
	if (!type_offset(b, 0, &zone->before))
		return "no usable local time type";
	zone->at = xcalloc(b->times, sizeof(*zone->at));
	zone->offset = xcalloc(b->times, sizeof(*zone->offset));
	for (; zone->n < b->times; zone->n++) {
		size_t i = zone->n;

		zone->at[i] = read_instant(b->data + i * b->width, b->width);
		if (i && zone->at[i] <= zone->at[i - 1])
			return "transitions out of order";
		if (!type_offset(b, types[i], &zone->offset[i]))
			return "a transition to an unusable local time type";
	}
	return NULL;
}

/* The footer: a line with the POSIX rule, or an empty one. */
static const char *read_footer(struct zone *zone, const unsigned char *p, size_t len)
{
	const unsigned char *end;
	char text[FOOTER_MAX];
	size_t size;

	if (!len || *p != '\n')
		return "no footer";
	end = memchr(p + 1, '\n', len - 1);
	if (!end)
		return "the footer is cut short";
	size = (size_t)(end - p) - 1;
	if (!size)
		return NULL;
	if (size >= sizeof(text) || memchr(p + 1, '\0', size))
		return "an unreadable footer";
	memcpy(text, p + 1, size);
	text[size] = '\0';
	zone->has_rule = zone_rule_parse(&zone->rule, text);
	return zone->has_rule ? NULL : "an unreadable footer";
}

static const char *read_file(struct zone *zone, const unsigned char *bytes, size_t len)
{
	struct block block;
	size_t pos = 0;
	const char *fault = read_block(&block, bytes, len, &pos, 4);

	if (fault)
		return fault;
	if (bytes[4] < '2') /* version 1: all there is */
		return read_transitions(zone, &block);
	fault = read_block(&block, bytes, len, &pos, 8);
	if (!fault)
		fault = read_transitions(zone, &block);
	return fault ? fault : read_footer(zone, bytes + pos, len - pos);
}

int zone_parse(struct zone **out, const char *name, const void *bytes, size_t len)
{
	struct zone *zone = xcalloc(1, sizeof(*zone));
	const char *fault;

	*out = NULL;
	if (strlen(name) >= sizeof(zone->name)) {
		zone_free(zone);
		return error_set(
			ERR_FAILED, "the name of the time zone '%s' is too long", name);
	}
	memcpy(zone->name, name, strlen(name) + 1);
	fault = read_file(zone, bytes, len);
	if (fault) {
		zone_free(zone);
		return damaged(name, fault);
	}
	*out = zone;
	return 0;
}

struct zone *zone_utc(void)
{
	struct zone *zone = xcalloc(1, sizeof(*zone));

	memcpy(zone->name, "UTC", sizeof("UTC"));
	return zone;
}

void zone_free(struct zone *zone)
{
	if (!zone)
		return;
	free(zone->at);
	free(zone->offset);
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

const struct zone_rule *zone_last_rule(const struct zone *zone)
{
	return zone->has_rule ? &zone->rule : NULL;
}

int32_t zone_offset_at(const struct zone *zone, int64_t utc)
{
	size_t low = 0, high = zone->n; /* how many transitions lie at or before utc */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->at[middle] <= utc)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zone->n && zone->has_rule) {
		if (utc > INSTANT_MAX)
			utc = INSTANT_MAX;
		if (utc < -INSTANT_MAX)
			utc = -INSTANT_MAX;
		return zone_rule_offset(&zone->rule, utc);
	}
	return low ? zone->offset[low - 1] : zone->before;
}

/* The instant at which local time leaps over `local`. */
static int64_t jump_over(const struct zone *zone, int64_t local)
{
	int64_t low = local - SPAN, high = local + SPAN; /* local time before, and after */

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (middle + zone_offset_at(zone, middle) > local)
			high = middle;
		else
			low = middle;
	}
	return high;
}

enum zone_fold zone_to_utc(const struct zone *zone, int32_t day, int32_t second, int64_t *utc)
{
	int64_t local = (int64_t)day * DAY_SECONDS + second;
	int64_t first = local - zone_offset_at(zone, local - SPAN);
	int64_t last = local - zone_offset_at(zone, local + SPAN);
	bool first_is = first + zone_offset_at(zone, first) == local;
	bool last_is = first == last ? first_is : last + zone_offset_at(zone, last) == local;

	if (!first_is && !last_is) {
		*utc = jump_over(zone, local);
		return ZONE_GAP;
	}
	*utc = first_is ? first : last;
	return first_is && last_is && first != last ? ZONE_TWICE : ZONE_ONCE;
}
