/* What completion offers out of the repository. Outside of one: nothing. */
#ifndef FU_CMD_COMPLETE_RECORD_H
#define FU_CMD_COMPLETE_RECORD_H

#include "cmd/complete.h"

void offer_ids(struct completion *c);
void offer_processes(struct completion *c);
/* Of the process that is named on the line or that the opportunity follows; else of all. */
void offer_activities(struct completion *c);
/* Of the live opportunities. */
void offer_clients(struct completion *c);
void offer_owners(struct completion *c);
void offer_remotes(struct completion *c);

/* Of the live opportunities, where they are few enough to be read while somebody waits. */
void offer_people(struct completion *c);
void offer_tags(struct completion *c);

/* Of the opportunity named on the line. */
void offer_contacts(struct completion *c);
void offer_commitments(struct completion *c); /* open ones */
void offer_our_commitments(struct completion *c);
void offer_questions(struct completion *c);       /* open ones */
void offer_chosen(struct completion *c);          /* the options of its confirmation */
void offer_questioned_acts(struct completion *c); /* between which `resolve` decides */

#endif
