#include "core/money.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789";
static const char blanks[] = " \t\r\n";

/*
 * ISO 4217, list one (SIX Financial Information), as of 2026, and those
 * withdrawn in the years before, since records live longer than currencies: ANG BGN
 * CUC HRK SLL ZWL. Four bytes each, sorted.
 */
static const char currencies[] =
	"AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV "
	"BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE "
	"CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
	"HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD "
	"KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
	"MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
	"RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS "
	"TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST "
	"XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER "
	"ZAR ZMW ZWG ZWL ";

bool currency_known(const char *code)
{
	size_t low = 0, high = (sizeof(currencies) - 1) / 4;

	if (strlen(code) != 3)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = memcmp(code, currencies + middle * 4, 3);

		if (!order)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static int unreadable(const char *text, const char *why)
{
	return error_set(ERR_USAGE, "unreadable amount '%s': %s", text, why);
}

/* Hundredths out of the first `len` digits; false: more than MONEY_MAX_CENTS. */
static bool read_units(const char *text, size_t len, int64_t *cents)
{
	int64_t units = 0;

	for (size_t i = 0; i < len; i++) {
		units = units * 10 + (text[i] - '0');
		if (units > MONEY_MAX_CENTS / 100)
			return false;
	}
	*cents = units * 100;
	return true;
}

static int unknown_currency(const char *code)
{
	char upper[4] = "";

	if (strlen(code) == 3)
		for (int i = 0; i < 3; i++)
			upper[i] = code[i] >= 'a' && code[i] <= 'z' ? (char)(code[i] - 32)
								    : code[i];
	if (currency_known(upper))
		return error_set(
			ERR_USAGE, "unknown currency '%s' (did you mean '%s'?)", code, upper);
	return error_set(ERR_USAGE,
		"unknown currency '%s': a code of ISO 4217 is needed, as in '12000 EUR'", code);
}

static int set_currency(
	struct money *out, const char *text, const char *code, const char *fallback)
{
	if (!*code && (!fallback || !*fallback))
		return unreadable(
			text, fallback ? "no currency is given, as in '12000 EUR', nor set: fu "
					 "config fu.currency EUR"
				       : "no currency is given, as in '12000 EUR'");
	if (!*code)
		code = fallback;
	if (!currency_known(code))
		return unknown_currency(code);
	memcpy(out->currency, code, sizeof(out->currency));
	return 0;
}

/* The number; *end is what lies behind it. */
static int read_amount(int64_t *cents, const char *text, const char *whole, const char **end)
{
	const char *p = whole;
	size_t len = strspn(p, digits);

	if (!len)
		return unreadable(
			text, "digits are needed, without a sign, as in '12000.00 EUR'");
	if (!read_units(p, len, cents))
		return unreadable(text, "it is too large");
	p += len;
	if (*p == '.') {
		if (strspn(p + 1, digits) != 2)
			return unreadable(text, "two digits are needed behind the point");
		*cents += (p[1] - '0') * 10 + (p[2] - '0');
		p += 3;
	}
	if (*p && !strchr(blanks, *p))
		return unreadable(text,
			"digits without grouping, then a blank and the currency "
			"are needed, as in '12000.00 EUR'");
	*end = p;
	return 0;
}

int money_parse(struct money *out, const char *text, const char *default_currency)
{
	char *copy = trim(xstrdup(text));
	struct money money = {0};
	const char *code = copy;
	int result = read_amount(&money.cents, text, copy, &code);

	if (!result) {
		code += strspn(code, blanks);
		result = set_currency(&money, text, code, default_currency);
	}
	if (!result)
		*out = money;
	free(copy);
	return result;
}

void money_add_amount(struct str *out, const struct money *m)
{
	str_addf(out, "%lld.%02d", (long long)(m->cents / 100), (int)(m->cents % 100));
}

void money_add(struct str *out, const struct money *m)
{
	if (!m->currency[0])
		return;
	money_add_amount(out, m);
	str_addf(out, " %s", m->currency);
}

bool money_sums_add(struct money_sums *sums, const struct money *m)
{
	size_t i = 0;
	int64_t sum;

	if (!m->currency[0])
		return true;
	while (i < sums->n && strcmp(sums->items[i].currency, m->currency) < 0)
		i++;
	if (i == sums->n || strcmp(sums->items[i].currency, m->currency)) {
		GROW(sums->items, sums->n, sums->cap);
		memmove(sums->items + i + 1, sums->items + i,
			(sums->n - i) * sizeof(*sums->items));
		sums->items[i] = *m;
		sums->n++;
		return true;
	}
	if (__builtin_add_overflow(sums->items[i].cents, m->cents, &sum))
		return false;
	sums->items[i].cents = sum;
	return true;
}

void money_sums_release(struct money_sums *sums)
{
	free(sums->items);
	*sums = (struct money_sums){0};
}
