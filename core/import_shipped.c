/* The maps that come with fu, as files that a user can copy and change. */
#include "core/import_shipped.h"

static const char maven[] =
	"# CRM Sales Opportunities, the practice data of Maven Analytics:\n"
	"# sales_pipeline.csv. Amounts are in US dollars; a lost one has no reason.\n"
	"[import]\n"
	"title = CRM Sales Opportunities (Maven Analytics)\n"
	"date = M/D/YY\n"
	"empty = 00/00/0000\n"
	"\n"
	"[columns]\n"
	"opportunity_id = external_id\n"
	"sales_agent = owner\n"
	"product = title\n"
	"account = client\n"
	"deal_stage = status\n"
	"engage_date = opened\n"
	"close_date = closed\n"
	"close_value = value\n"
	"\n"
	"[values deal_stage]\n"
	"Won = status: won\n"
	"Lost = status: abandoned\n"
	"Engaging = status: open; tag: engaging\n"
	"Prospecting = status: open; tag: prospecting\n"
	"\n"
	"# What was not sold has no value.\n"
	"[values close_value]\n"
	"0 =\n"
	"\n"
	"[constants]\n"
	"currency = USD\n"
	"process = field\n"
	"source = maven\n";

const struct shipped_map shipped_maps[] = {
	{"hubspot", map_hubspot},
	{"hubspot-activities", map_hubspot_activities},
	{"hubspot-notes", map_hubspot_notes},
	{"hubspot-people", map_hubspot_people},
	{"maven", maven},
	{"pipedrive", map_pipedrive},
	{"pipedrive-activities", map_pipedrive_activities},
	{"pipedrive-notes", map_pipedrive_notes},
	{"pipedrive-people", map_pipedrive_people},
	{"salesforce", map_salesforce},
	{"salesforce-accounts", map_salesforce_accounts},
	{"salesforce-activities", map_salesforce_activities},
	{"salesforce-notes", map_salesforce_notes},
	{"salesforce-people", map_salesforce_people},
	{0},
};
