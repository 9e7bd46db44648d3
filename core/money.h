/* Money: digits, optional cents, an ISO 4217 code; kept exactly. */
#ifndef FU_CORE_MONEY_H
#define FU_CORE_MONEY_H

#include "core/str.h"

#include <stdbool.h>
#include <stdint.h>

struct money {
	int64_t cents;    /* hundredths of the unit, never negative */
	char currency[4]; /* "" : absent */
};

#define MONEY_MAX_CENTS INT64_C(99999999999999999)

/*
 * "<digits>[.dd] [<ISO 4217>]": no grouping, no sign. Without a code the
 * currency given is used (NULL or "": refused). Errors: ERR_USAGE.
 */
int money_parse(struct money *out, const char *text, const char *default_currency);

/* True for a three-letter code of ISO 4217's list. */
bool currency_known(const char *code);

/* The stored form, "12000.00 EUR"; and the amount alone, "12000.00". */
void money_add(struct str *out, const struct money *m);
void money_add_amount(struct str *out, const struct money *m);

/* Sums, one per currency, in the order of the codes. */
struct money_sums {
	struct money *items;
	size_t n, cap;
};
/* False when the sum would not fit: the addition is then left out. */
bool money_sums_add(struct money_sums *sums, const struct money *m);
void money_sums_release(struct money_sums *sums);

#endif
