#include "storage/clock.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/storage.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ZONE_FILE_MAX (1u << 20)

int system_now(struct moment *out)
{
	const char *fixed = getenv("FU_NOW");
	struct timespec now;
	int rc;

	if (fixed && *fixed) {
		rc = moment_parse_rfc3339(out, fixed);
		if (!rc && (out->utc < 0 || out->utc > UINT32_MAX))
			rc = error_set(
				ERR_USAGE, "'%s': git keeps times from 1970 to 2106", fixed);
		if (rc)
			error_prefix("$FU_NOW");
		return rc;
	}
	if (clock_gettime(CLOCK_REALTIME, &now))
		return error_set(ERR_FAILED, "the system's clock: %s", strerror(errno));
	*out = (struct moment){.utc = now.tv_sec, .set = true};
	return 0;
}

static bool zone_name_valid(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789+-_/");

	return len && !name[len] && len < ZONE_NAME_MAX && *name != '/' && name[len - 1] != '/';
}

int zone_load(struct zone **out, const char *name)
{
	const char *dir = getenv("TZDIR");
	struct str bytes = STR_INIT;
	char *path;
	int rc;

	if (!zone_name_valid(name))
		return error_set(ERR_FAILED, "not the name of a time zone: '%s'", name);
	path = xstrfmt("%s/%s", dir && *dir ? dir : "/usr/share/zoneinfo", name);
	rc = file_read_anywhere(&bytes, path, ZONE_FILE_MAX);
	if (!rc)
		rc = zone_parse(out, name, bytes.buf, bytes.len);
	str_release(&bytes);
	free(path);
	if (!rc)
		return 0;
	if (strcmp(name, "UTC"))
		return error_set(ERR_FAILED, "no time zone '%s' on this system", name);
	error_clear();
	*out = zone_utc();
	return 0;
}

bool timezone_exists(const char *name)
{
	struct zone *zone;

	if (zone_load(&zone, name)) {
		error_clear();
		return false;
	}
	zone_free(zone);
	return true;
}

const struct zone *zones_find(void *context, const char *name)
{
	struct zones *zones = context;
	struct zone *zone;

	for (size_t i = 0; i < zones->n; i++)
		if (!strcmp(zone_name(zones->items[i]), name))
			return zones->items[i];
	if (zone_load(&zone, name)) {
		error_clear();
		return NULL;
	}
	GROW(zones->items, zones->n, zones->cap);
	return zones->items[zones->n++] = zone;
}

void zones_release(struct zones *zones)
{
	for (size_t i = 0; i < zones->n; i++)
		zone_free(zones->items[i]);
	free(zones->items);
	*zones = (struct zones){0};
}

/* ---- the system's own zone ---- */

/* The name behind ".../zoneinfo/" in a path, or the text itself where it is a name. */
static char *name_if_zone(const char *text)
{
	const char *below = strstr(text, "zoneinfo/");

	if (below)
		text = below + strlen("zoneinfo/");
	return timezone_exists(text) ? xstrdup(text) : NULL;
}

static char *zone_of_environment(void)
{
	const char *tz = getenv("TZ");

	if (!tz || !*tz)
		return NULL;
	return name_if_zone(*tz == ':' ? tz + 1 : tz);
}

static char *zone_of_file(void)
{
	struct str text = STR_INIT;
	char *name = NULL;

	if (!file_read_anywhere(&text, "/etc/timezone", 4096))
		name = name_if_zone(trim(text.buf));
	str_release(&text);
	error_clear();
	return name;
}

static char *zone_of_link(void)
{
	char target[PATH_MAX];
	ssize_t len = readlink("/etc/localtime", target, sizeof(target) - 1);

	if (len < 0)
		return NULL;
	target[len] = '\0';
	return name_if_zone(target);
}

char *system_timezone(void)
{
	char *name = zone_of_environment();

	if (!name)
		name = zone_of_file();
	if (!name)
		name = zone_of_link();
	return name ? name : xstrdup("UTC");
}
