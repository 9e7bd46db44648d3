/* Inside the shipped maps: their texts. */
#ifndef FU_CORE_IMPORT_SHIPPED_H
#define FU_CORE_IMPORT_SHIPPED_H

#include "core/import_map.h"

extern const char map_hubspot[];
extern const char map_hubspot_activities[];
extern const char map_hubspot_notes[];
extern const char map_hubspot_people[];
extern const char map_pipedrive[];
extern const char map_pipedrive_activities[];
extern const char map_pipedrive_notes[];
extern const char map_pipedrive_people[];
extern const char map_salesforce[];
extern const char map_salesforce_accounts[];
extern const char map_salesforce_activities[];
extern const char map_salesforce_notes[];
extern const char map_salesforce_people[];

#endif
