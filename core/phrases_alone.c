/*
 * Greetings, thanks and being available, empty where a text has nothing else; and what is
 * honest although a pattern of phrases_data.c matches it. See there for how to add one.
 */
#include "core/phrases_data.h"

#include <stddef.h>

/* With nothing else. Between and around them may stand what is in phrases_fillers. */
#define HELP "help|assist|support|answer|talk|chat|discuss|serve|meet|clarify|explain"
const char *const phrases_alone[] = {
	"hi|hello|hey|dear|greetings|hiya",
	"hi|hello|hey|dear *there|mr|mrs|ms|dr|miss ~1",
	"hi|hello|hey|dear ~1 and ~1",
	"good morning|afternoon|evening|day",
	"good morning|afternoon|evening|day ~1",
	"said|say|saying|sent|sending hello|hi|thanks|thank|greetings|regards",
	"thank|thanking|thanked you|u|him|her|them|everyone|all",
	"thank|thanking|thanked ~2 for",
	"thanks|thx|ty|thankyou|cheers|thankful|grateful|appreciate|appreciated|appreciating",
	"thanks|cheers|thx ~1 .",
	"thank you ~1 .",
	"thank you *note|notes|card|cards|mail|email|letter|message|gift",
	"happy|merry|blessed new|birthday|christmas|xmas|easter|holidays|holiday|friday|monday|"
	"anniversary|thanksgiving|hanukkah|diwali|eid *year|years",
	"happy|merry new|birthday|christmas|easter|holidays *year to ~2 .",
	"wish|wished|wishing ~2 a|all|happy|merry|the|good",
	"seasons greetings",
	"christmas|birthday|easter|greeting|greetings|holiday "
	"card|cards|wishes|greeting|greetings",
	"best|kind|warm|kindest|warmest|many regards|wishes|thanks",
	"regards|wishes|sincerely|best|cheers ~2 $",
	"all the best",
	"have|enjoy *a|an|your|the|great|nice|good|lovely|wonderful|fantastic|rest|of "
	"day|week|weekend|evening|one|holiday|holidays|time|summer|vacation|trip|easter|"
	"christmas",
	"it|was|its is|was|been|a *so|really|very|such|a|an|great|nice|good|lovely|wonderful "
	"pleasure|great|nice|good|lovely|wonderful|honour|honor",
	"great|nice|good|lovely|pleasure|wonderful *to|of|time "
	"meet|meeting|talking|talk|speaking|speak|seeing|see|chatting|chat|catching|working",
	"i|im|we|were|am|are|be|always|still *am|are|be|always|still|remain "
	"here|available|around "
	"for|if|when|whenever|to|should|with|at|anytime|any",
	"i|im|we|were|am|are|be *am|are|be|always|still here|available|around .",
	"i|im|ill|we|were|well *am|are|will|be|always|still|also available|around|free",
	"^ *always|still|also|again available",
	"i|im|ill|we|were|well *am|are|will|be|always|still|also available|around|free ~1 "
	"on|at|from|until|between|before|after ~3 .",
	"available|around|free for *a|an|another|any|quick|short|brief|your|the "
	"call|calls|chat|demo|demos|meeting|meetings|visit|visits|question|questions|coffee|"
	"conversation|lunch|appointment",
	"at your disposal|service",
	"happy|glad|delighted|pleased to " HELP,
	"here|available to|for " HELP,
	"if|should|when|whenever|anything there|you|i|we "
	"*is|be|are|ever|have|need|can|may|should|"
	"require|want|do anything|questions|help|me|us|support|assistance|something",
	"anything *else *that you|i|we need|can",
	"let me|us know",
	"call|contact|reach|phone|ring|mail|email me|us anytime|any|if|whenever|when|at",
	"look|looking|looked forward to",
	"talk|speak|see|chat soon|then|later",
	"talk|speak|see *to|with you *all soon|then|later|again|next|tomorrow",
	"stay|staying|keep|keeping|be|being|remain|remaining|get|getting|stayed|kept *in touch",
	"drop|dropping|dropped *you|him|her|them|us a line|note|mail|email|message",
	"just|only *a|another quick|short|brief|little|friendly "
	"note|mail|email|message|line|word|call",
	"nudge|nudging|reminder",
	"*stay|staying|keep|keeping|remain|remaining|be|being top of *your|their mind",
	"do you *ever|still need|want|require anything|something|help|support|us|me",
	"congratulations|congrats",
	"take care",
	"good luck",
	"hope|hoping to hear|see|talk|speak|meet",
	"greetings from ~2 .",
	"my|our door is *always open",
	NULL,
};

const char *const phrases_fillers[] = {
	"and|so|also|please|again|just|very|much|really|to|you|your|yours|u|all|team|everyone|"
	"the|a|an|for|of|with|me|us|my|our|i|we|im|am|are|is|was|it|its|that|this|be|been|if|"
	"should|when|whenever|in|at|on|by|from|as|or|any|anything|anytime|some|always|ever|"
	"else",
	"soon|then|now|today|yesterday|tomorrow|tonight|week|weeks|month|year|years|day|days|"
	"morning|afternoon|evening|weekend|monday|tuesday|wednesday|thursday|friday|saturday|"
	"sunday|last|next|other|time|times|january|spring|summer|autumn|winter|christmas|once",
	"great|good|nice|lovely|best|kind|warm|wonderful|pleasant|productive|interesting|quick|"
	"short|long|sincere|sincerely|truly|happy|merry|healthy|prosperous|successful|glad|"
	"big|many|new|lot|million|bunch|still|too|well|once|more|further|continued|personal",
	"him|her|them|his|their|he|she|they|who|what|there|here|can|could|may|might|will|would|"
	"id|ill|have|has|had|having|do|did|need|needs|want|think|family|families|colleagues|"
	"loved|ones|both|together|out|reaching|remain|comes|come|up|company|anniversary|"
	"birthday|promotion|success|award|"
	"wedding|retirement|fair|event|conference|party|am|pm",
	"help|helping|assist|assistance|service|support|meeting|meet|met|call|talk|chat|"
	"conversation|discussion|mail|email|message|reply|note|card|visit|interest|business|"
	"patience|trust|hospitality|coffee|lunch|dinner|attention|opportunity|cooperation|"
	"collaboration|understanding|partnership|loyalty|consideration|kindness|feedback",
	"taking|making|seeing|speaking|talking|meeting|hosting|receiving|choosing|working|"
	"speak|see|hear|hearing|know|question|questions|concern|concerns|back|moment|forward|"
	"via|phone|reach|contact|way|around|sent|send|sending|said|say|wrote|left|gave|told|"
	"called|welcome|invitation|invite|order|proposal|offer|quote|response|consider|being",
	NULL,
};

const char *const phrases_honest[] = {
	/* travel, hotels, code */
	"*quick|short|self|brief|little|just|only|we|i "
	"check|checks|checked|checking|checkin in with|at|by|through|via|without|"
	"on ~3 app|apps|passport|passports|kiosk|kiosks|phone|phones|card|cards|code|codes|"
	"baggage|luggage|bags|id|face|children|pets|dogs|wheelchair|wheelchairs|desk|desks|"
	"tablet|tablets|counter|airport|hotel|reception|gate|gates",
	/* what others did, and what was found out by asking them */
	"article|study|survey|report|paper|story|interview|podcast|webinar|chapter|research ~2 "
	"how|why !i|we|you ~3 touch|touches|touched base|bases with",
	"how|hows *is|are|it|its|things|everything|business going|coming|doing with|for|at ~4 "
	"^ *a|an|new|first survey|study|poll|report|interviews|figures|statistics "
	"of|among|by|from|with|on|in !you|your|our|my|the|this",
	/* people who are called like a month */
	"april|june|august deals with",
	/* what drives, flies or flows goes back and forward by itself */
	"drone|drones|robot|robots|plane|aircraft|mower|vehicle|vehicles|car|bus|shuttle|truck|"
	"trucks|line|route|agv|agvs|train|belt|signal|path|road|bird|ship|camera|arm|vacuum|"
	"water|loop|pump|pipe|flow|it|which|feedback ~2 circle|circles|circled|circling *right|"
	"around|round back",
	"robot|robots|crane|cranes|forklift|forklifts|truck|trucks|agv|agvs|belt|conveyor|lift|"
	"train|vehicle|vehicles|machine|machines|cart|carriage|slide|arm|car|excavator|shuttle|"
	"gantry|barrier|piston|mower|trolley|trolleys|pallet|pallets|queue|aircraft|ship|"
	"soldiers|cursor ~3 ready|prepared|set to move *it forward|forwards|ahead|on",
	NULL,
};
