/*
 * The processes that `fu init` writes. They are files for people: each explains
 * itself, keeps its lines short, and may be edited or removed.
 */
#include "core/process.h"

#define HOW_TO_EDIT                                                                            \
	"#\n"                                                                                  \
	"# An opportunity moves through the activities in this order. Every meeting\n"         \
	"# ends with one of three outcomes: proceed to the next activity, repeat this\n"       \
	"# one, or abandon. Rename, add and remove activities as you work; 'fu record'\n"      \
	"# then records the change. For each activity you may give a title, the\n"             \
	"# questions that find out where things stand (one a line, or several in one,\n"       \
	"# each with its question mark), and how many repeats of it in a row ask for a\n"      \
	"# decision, where that differs from policy.max-repeats: max-repeats = 2\n"            \
	"\n"

static const char field[] =
	"# Field sales: appointments in person or by video.\n" HOW_TO_EDIT "[process]\n"
	"title = Field sales\n"
	"activities = discovery, workshop, proposal, decision\n"
	"\n"
	"[activity discovery]\n"
	"title = Discovery meeting\n"
	"questions = What made you take this meeting now?\n"
	"questions = What happens if nothing changes?\n"
	"questions = Who else is touched by this, and who decides?\n"
	"questions = What would a good result be worth to you?\n"
	"\n"
	"[activity workshop]\n"
	"title = Requirements workshop\n"
	"questions = Which of these requirements would you pay for by themselves?\n"
	"questions = What have you tried already, and what became of it?\n"
	"questions = Who has to be in the room when we present?\n"
	"\n"
	"[activity proposal]\n"
	"title = Presentation of the proposal\n"
	"questions = Does this solve what we found in the workshop?\n"
	"questions = What is still unsure?\n"
	"questions = What are the next steps on your side, and by when?\n"
	"\n"
	"[activity decision]\n"
	"title = Decision\n"
	"questions = Which of the options did you choose?\n"
	"questions = When do we begin?\n";

static const char phone[] =
	"# Selling by phone: calls at an agreed time are the meetings.\n" HOW_TO_EDIT
	"[process]\n"
	"title = Sales by phone\n"
	"activities = conversation, demo, offer\n"
	"\n"
	"[activity conversation]\n"
	"title = First conversation\n"
	"questions = What made you look for this now?\n"
	"questions = Who else will have a say?\n"
	"questions = What would have to be true for you to go ahead?\n"
	"\n"
	"[activity demo]\n"
	"title = Demonstration on the screen\n"
	"questions = Which part of this would you use in the first week?\n"
	"questions = What is missing?\n"
	"\n"
	"[activity offer]\n"
	"title = Going through the offer\n"
	"questions = What is still unsure?\n"
	"questions = Which of the options is it, and when do we begin?\n";

static const char reseller[] =
	"# Selling through distributors: the meetings are with a reseller, not with the\n"
	"# end client. Say who it is with 'fu new --via <reseller>'.\n" HOW_TO_EDIT
	"[process]\n"
	"title = Through a reseller\n"
	"activities = briefing, joint-visit, quotation, order\n"
	"\n"
	"[activity briefing]\n"
	"title = Briefing with the reseller\n"
	"questions = What has the end client told you so far?\n"
	"questions = Who decides there, and whom do you know?\n"
	"questions = What do you need from us to win this?\n"
	"\n"
	"[activity joint-visit]\n"
	"title = Joint visit to the end client\n"
	"questions = What did the end client agree to?\n"
	"questions = What does each of us do next, and by when?\n"
	"\n"
	"[activity quotation]\n"
	"title = Going through the quotation\n"
	"questions = Is your own offer out, and until when is it valid?\n"
	"questions = What is still unsure?\n"
	"\n"
	"[activity order]\n"
	"title = Order\n"
	"questions = When will the end client decide, and how do we hear of it?\n";

static const char account_care[] =
	"# Care for existing customers: a round that comes again (cycle = yes). After the\n"
	"# last activity it begins anew, nothing is won by that, and the agreed interval\n"
	"# may stand for the next step: 'fu set <opportunity> interval=\"3 "
	"months\"'.\n" HOW_TO_EDIT "[process]\n"
	"title = Account care\n"
	"activities = review, plan\n"
	"cycle = yes\n"
	"\n"
	"[activity review]\n"
	"title = Review of what was delivered\n"
	"questions = What do you use most, and what not at all?\n"
	"questions = What has changed since we last met?\n"
	"questions = Who is new, and who has left?\n"
	"\n"
	"[activity plan]\n"
	"title = Plan for the next months\n"
	"questions = What is the next thing you want to get done?\n"
	"questions = What do we do for that, and by when?\n";

const struct shipped_process shipped_processes[] = {
	{"account-care", account_care},
	{"field", field},
	{"phone", phone},
	{"reseller", reseller},
	{NULL, NULL},
};
