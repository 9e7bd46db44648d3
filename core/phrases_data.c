/*
 * The empty phrases: what is refused as the content of a touch, family by family. How a
 * pattern reads stands in core/phrases_data.h, what each sort means in core/phrases.h.
 *
 * To add one: write the text as it was typed, and the nearest honest text, into
 * t/unit/phrases.inc; add a pattern to its family here, or a family with the phrase by
 * which people know it; run the test. Where honest text is caught, narrow the pattern by
 * what stands before ("<") or behind ("!"), or, if that spreads over several patterns,
 * add an exception to phrases_honest (phrases_alone.c). A pattern must need more than one
 * telling word: words alone are never refused.
 */
#include "core/phrases_data.h"

#include <stddef.h>

/* Words that mean the same to several patterns. */
#define YOU "you|u|ya|yall|youve|youre"
#define THEM                                                                                   \
	"they|theyve|theyre|he|hes|she|shes|client|customer|prospect|board|team|everyone|"     \
	"committee|management|boss|council|partners|owners"
#define JUST "just|jus|only|simply|merely"
#define SHORT "a|an|another|quick|short|brief|friendly|little|small|gentle|kind"
#define DETERMINER "the|a|an|my|our|your|his|her|their|this|that|these|those|its"
#define WROTE                                                                                  \
	"called|calling|phoned|phoning|rang|ringing|wrote|writing|mailed|mailing|emailed|"     \
	"emailing|texted|texting|messaged|messaging|pinged|pinging|dropped|dropping|stopped|"  \
	"stopping|popped|popping"
#define ASKED                                                                                  \
	"asked|asking|ask|wondered|wondering|wonder|see|check|checking|checked|find|hear|"     \
	"learn|curious|inquire|inquiring|inquired|enquire|enquiring|enquired|interested"
#define LAST "last|latest|previous|earlier|recent|prior|first|second|other|below|written|sent"
#define MAIL                                                                                   \
	"mail|mails|email|emails|e|message|messages|note|voicemail|letter|proposal|quote|"     \
	"quotation|offer|invoice|estimate|brochure|information|info"
#define DEAL                                                                                   \
	MAIL "|proposals|quotes|offers|call|calls|conversation|discussion|talk|chat|meeting|"  \
	     "demo|visit|appointment|status|decision|presentation|trial|deal|contract|order|"  \
	     "project|progress|it|things|where|whether|how|if|below|thread"
#define INTEND                                                                                 \
	"wanted|want|wanting|would|like|love|thought|hoped|should|will|to|just|am|are|is|"     \
	"have|been|quickly|also|again|had|need|needed|me|here|planned|promised|d|m|ll|ve"

#define CHECK "check|checks|checked|checking|checkin"
#define NO_COUNTER                                                                             \
	"!the|a|an|their|his|its|code|fix|fixes|luggage|baggage|bag|bags|suitcase|suitcases|"  \
	"passengers|guests|visitors|online|at|desk|desks|counter|counters|kiosk|kiosks|api|"   \
	"time|times|process|form|area|hall|system|app|page|policy|clause|line|lines|queue|"    \
	"queues|software|module|point|points|list|procedure|flow|hook|station|machine"
static const char *const checking[] = {
	JUST " *quickly|really|briefly|and|by|i|we|id|wed|im|" INTEND "|" WROTE " " CHECK
	     " *back|right|quickly in " NO_COUNTER,
	JUST " *my|our|weekly|monthly|regular|" SHORT " check in " NO_COUNTER,
	JUST " *" SHORT " checkin " NO_COUNTER,
	"quick|friendly|little|courtesy|brief check in .",
	"quick|friendly|little|courtesy|brief check in with|on|call|mail|email|message|about",
	"<how|where|when i|im|ive|id|ill|we|wed|weve|lets *" INTEND "|" WROTE " " CHECK
	" *back|right in .",
	"<how|where|when i|im|ive|id|ill|we|wed|weve|lets *" INTEND "|" WROTE " " CHECK
	" *back|right in with|on|again|and|to|about|before|after|since|as|regarding|re|this|"
	"today|now|for|because|if|whether|every|next|soon|later|once|from",
	"wanted|thought|hoping|" WROTE " ~2 to *just|quickly check *back|right in " NO_COUNTER,
	"^ checking|checkin *back|quickly|right|briefly in .",
	"^ check|checked *back|quickly|briefly in $",
	"^ *" SHORT " check in call|mail|email|message|visit|note $",
	"^ " CHECK " *back|quickly|right in again|about|regarding|re|if|whether|since",
	"^ checking|checkin|checked *back|quickly in with !a|an|one|two|no|only ~3 .",
	"^ checking|checkin|checked *back|quickly in with !a|an|one|two|no|only ~2 "
	"about|regarding|re",
	CHECK " in with *the|my|our you|u|him|her|them|client|customer|prospect",
	CHECK " in on|about *" DETERMINER " " DEAL,
	CHECK " in on you|him|her|them|u",
	CHECK " in to ask|hear|learn|know|say|find|inquire",
	CHECK " in to see if|how|where|what|whether|when|you",
	CHECK " up on you|u|yall",
	"^ " CHECK " up on *" DETERMINER " things|everything|" DEAL,
	JUST "|wanted|want|hoping *i|we|id|wed|im|" INTEND "|" WROTE " " CHECK " up on",
	NULL,
};

#define NO_PLATE                                                                               \
	"!plate|plates|coat|coats|coating|layer|layers|unit|units|station|stations|frame|"     \
	"frames|metal|material|course|board|boards|rail|rails|slab|slabs|cabinet|cabinets|"    \
	"image|images|class|classes|64|camp|line|point|points|ring|part|parts|model|models|"   \
	"stone|paint|isolation|module|controller|pads|pad|panel|lamp|table|tables|type|types|" \
	"function|functions"
static const char *const touching[] = {
	"<the|soft|capacitive|no|multi|each|not touch|touches|touched|touching|touchin "
	"base|bases " NO_PLATE,
	"touchbase|touchbasing|touchbased " NO_PLATE,
	NULL,
};

static const char *const circling[] = {
	"<the|full|half|inner|outer|traffic|dress|semi|quality|a "
	"circle|circles|circled|circling|circlin *right|around|round back "
	"!office|offices|end|ends|wall|walls|side|cover|covers|plate|panel|panels|order|"
	"orders|issues|issue|page|pages|pay|door|doors|yard|row|rows",
	NULL,
};

#define FOLLOW "follow|follows|followed|following|followin"
#define NO_STUDY                                                                               \
	"!study|studies|inspection|inspections|document|documents|audit|audits|examination|"   \
	"exam|treatment|report|reports|paper|order|orders|care|costs|survey|measurement|"      \
	"measurements|test|tests|template|checklist|checklists|rate|rates|period|data"
static const char *const following[] = {
	JUST " *quickly|briefly|by|i|we|id|im|and|my|our|doing|in|case|" SHORT "|" INTEND
	     "|" WROTE " " FOLLOW " up " NO_STUDY,
	JUST " *my|our|doing|" SHORT " followup|followups " NO_STUDY,
	"<how|when|where|the|that|as|what i|im|ive|id|ill|we|wed|well|weve|lets *" INTEND
	"|" WROTE " " FOLLOW " up .",
	"<how|when|where|the|that|as|what i|im|ive|id|ill|we|wed|well|weve|lets *" INTEND
	"|" WROTE " " FOLLOW " up with|on|about|regarding|re|after|again|soon|as|to|if|from "
	"!unpaid|failed|overdue|open|non|every|each|all|late|missing",
	"<they|he|she|who|client|customer|board wanted|wanting|thought|reaching|reached|"
	"circling|pinging|" WROTE " ~2 to *quickly|just follow up " NO_STUDY,
	"^ following|followed|followin up .",
	"^ *" SHORT "|my|our|second|third follow up *call|e|mail|email|message|note|visit $",
	"^ *" SHORT "|my|our|second|third followup *call|e|mail|email|message|note|visit $",
	"^ followed|following up by|via|over|per *the|e phone|telephone|mail|email|message .",
	"^ following|followed up *again|quickly|briefly|once|more on|about|regarding|re|to|"
	"from|after|concerning|for *weeks|yesterdays|todays|sent|" LAST "|" DETERMINER " " DEAL,
	"<patients following|followed up to see|ask|check|find|hear|learn|know|inquire|enquire",
	"^ following|followed up with *the|my|our you|u|him|her|them|client|customer|"
	"prospect|team|board .",
	"^ following|followed up with *the|my|our you|u|him|her|them|client|customer|"
	"prospect|team|board on|about|regarding|again|to|if",
	"^ following|followed up with ~2 on|about|regarding *" LAST "|" DETERMINER " " DEAL,
	"sent|send|sending|did|made|left|wrote|gave *" SHORT "|the|second|third|my|our "
	"followup .",
	"sent|send|sending|did|made|left|wrote|gave *" SHORT "|the|second|third|my|our follow "
	"up *e|mail|email|message|note|call $",
	NULL,
};

#define HOPE "hope|hoping|hopes|hoped|hopefully|trust|trusting"
#define WELL "well|good|great|fine|ok|okay|smoothly|alright|safe|healthy|wonderful"
#define NO_PARTICIPLE                                                                          \
	"!documented|tested|planned|prepared|defined|known|understood|organised|organized|"    \
	"described|covered|insulated|sealed|ventilated|lit|kept|done|run|built|drained|"       \
	"established|within|below|above|enough|sized|protected|maintained|trained|labelled"
static const char *const hope[] = {
	"<the|no|little|false " HOPE
	" ~1 all|alls|everything|everythings|things|life|business *is|are|s|going|still|"
	"has|been|have|goes " WELL " " NO_PARTICIPLE,
	HOPE " *that|all|of|both|the|have|been|is|are|r|and|your|team|family|everyone|still|"
	     "doing|keeping|staying|feeling|getting|on|" YOU
	     " you|u|youre|yall|youve|family|team *are|r|and|your|team|family|all|both|"
	     "everyone|the|have|been|still|doing|keeping|staying|feeling|getting|on|"
	     "colleagues " WELL " !use|reasons|lighting|access",
	HOPE " *that|" YOU " *have|had|are|enjoyed|enjoying|having|all|both|enjoy ~3 "
	     "weekend|holiday|holidays|vacation|summer|christmas|easter|break|week|day",
	HOPE " ~1 your ~2 is|was|are|went|has|goes *been|going|off|to|a " WELL
	     " " NO_PARTICIPLE,
	"finds|find|found|reaches you *all|both|and|your|team|family " WELL,
	"finds|find|found|reaches you *all|both|in good|great|best health|spirits|shape",
	"whether|if all|everything is well .",
	NULL,
};

#define MADE "made|make|making|reached|reach|come|came|taken|take|settled|arrived"
#define A_DECISION                                                                             \
	"*to|at|on|up|any|final|" DETERMINER " decision|decisions|choice|mind|minds|"          \
	"conclusion !log|template|tree|table|matrix|record|making|on|without"
#define SO_FAR "already|finally|yet|perhaps|by|any|chance|been|able|to|guys|all"
static const char *const decision[] = {
	"have|had|has|did|havent|hasnt|do *your|the " YOU "|" THEM " *" SO_FAR "|" THEM " " MADE
	" " A_DECISION,
	ASKED "|know ~3 if|whether|when *the|your|" YOU "|" THEM
	      " *have|had|has|will|ve|" SO_FAR " " MADE "|makes " A_DECISION,
	"if|whether|that you|youve|u *have|had|has|ve|" SO_FAR " " MADE
	" *to|at|on|up|any|final|" DETERMINER " decision|choice|mind",
	"have|had|has|did ~1 you|u|they|he|she *" SO_FAR " decided|decide|chosen",
	"if|whether youve|theyve decided|chosen",
	ASKED "|know ~3 if|whether|what ~2 you|they|he|she *have|had|ve|" SO_FAR
	      " decided|chosen",
	"has|have|had|was *there|a|any|the|your decision|decisions *already|yet been made|"
	"reached|taken",
	"any decision|decisions yet|so",
	"^ *so|and any *final|" DETERMINER " decision|decisions .",
	"^ *so|and any *final decision|decisions on|about|regarding|from *" DETERMINER
	" you|side|end|" DEAL,
	"awaiting|waiting|wait|waited *for|on your|their *final decision|answer|reply|response|"
	"feedback",
	"where|how are|do|is you|they ~1 with|in|on|about your|the|their decision",
	NULL,
};

#define PROCEED "proceed|commit|decide"
static const char *const ready[] = {
	"ready|prepared|set|eager|keen|happy to move|moving|push *things|this|it "
	"forward|forwards|ahead|on " NO_COUNTER,
	"so *that we|you can|could move forward|ahead|on .",
	"ready|prepared for|to the|take *the next step",
	"are *you|u|they|we|all|now|guys|still|both|everyone *now|all|guys|both ready|prepared|"
	"set to proceed|start|begin|sign|buy|order|commit|decide|kick|close|pull|purchase",
	"are *you|u|they|we|all|now|guys|still|both|everyone *now|all|guys|both ready|prepared|"
	"set to go|get ahead|started|going|forward|moving",
	"if|whether|when|once|whenever|as|think *when|soon|as|the|" YOU "|" THEM
	" *are|is|were|feel|all|now|be|re|feels|might ready to proceed|commit",
	"if|whether|when|once|whenever|as|think *when|soon|as|the|" YOU "|" THEM
	" *are|is|were|feel|all|now|be|re|feels|might ready to sign|buy|order|start|begin .",
	"if|whether|when|once|whenever|as|think *when|soon|as|the|" YOU "|" THEM
	" *are|is|were|feel|all|now|be|re|feels|might ready to go|get|pull "
	"ahead|started|going|forward|moving|the",
	"^ ready to proceed|sign|commit|buy|start|begin|order .",
	"^ ready to go|get ahead|started|going|forward",
	"how|if|whether|when|where|would|do|did *would|did|do|the|" YOU "|" THEM
	" *would|d|still|do|ll like|want|wish|intend|plan|prefer|decide|decided to "
	"proceed|move|go *forward|ahead|with .",
	"now|this|today|it *be *a|the good|right|better time *for *you|us to move|go|push "
	"*things|"
	"this|it forward|ahead|on .",
	"now|this|today|it *be *a|the good|right|better time *for *you|us to "
	"proceed|commit|sign .",
	"move|moving|go|going forward|ahead with *" DETERMINER
	" proposal|offer|quote|quotation|deal|us|you",
	NULL,
};

#define REP "rep|reps|representative|salesperson|salesman|saleswoman|salesrep|csm"
#define REP_OF                                                                                 \
	"sales|account|regional|area|local|dedicated|customer|success|key|client|main|only|"   \
	"personal|territory|relationship|inside|field|service"
static const char *const introduce[] = {
	"introduce|introduced|introducing|introduces|introducin myself|ourselves",
	"introduce|introduced|introducing|present|presenting ~3 as|to your|their|the "
	"*new|" REP_OF " " REP,
	"as|am|im|be|ill|is|meet|were|are|become|became|your your|their|the|our|new "
	"*new|" REP_OF " " REP " !body|samples|sample",
	"your|as|am|im|be|ill *your|their new *" REP_OF " account|sales|success|relationship|"
	"territory|customer|client manager|executive|director|contact|consultant|agent",
	"your|as|am|im|be|ill *your|their new *main|single|primary|dedicated|first "
	"point|contact *of|person",
	"taking|took|taken|take over *from|as|" DETERMINER " your account",
	NULL,
};

/*
 * A period of the calendar, and what is sold in it. "their end-of-season promotion" is
 * business of their own.
 */
#define SPECIAL_FILL                                                                           \
	"*only|big|great|exclusive|limited|time|super|5|10|15|20|25|30|50|percent|off|flash|"  \
	"unique|amazing|s|special|price|new|extra|huge|clearance"
#define SPECIALS(period)                                                                       \
	period " " SPECIAL_FILL                                                                \
	       " promotion|promotions|promo|promos|discount|discounts|deal|deals|sale|"        \
	       "specials|bargain|bargains|giveaway|clearance "                                 \
	       "!of|to|round|rounds|process|cycle|criteria|list|exam|rate|rates|factor|curve|" \
	       "desk|flow|room|memo|team|figures|report|reports|rules|law|and|tool|board|"     \
	       "accounting|stage|pipeline|step",                                               \
		period " " SPECIAL_FILL " special|offer|offers|pricing|rebate|rebates .",      \
		period " " SPECIAL_FILL " special|offer|offers|pricing|rebate "                \
		       "price|prices|pricing|offer|offers|on|that|we|is|with|until|just|"      \
		       "if|from|ends|i|only|this|expires",                                     \
		period " special|offer|offers|promotion|promo|discount for "                   \
		       "our|you|your|all|new|existing|loyal|customers|clients",                \
		period " promotion of 5|10|15|20|25|30|50"
#define BARGAIN "discount|discounts|promotion|promo|promos|special|specials|pricing|deal|offer"
#define END_OF "end|ends *of|the|this|our month|quarter|year|week|season|summer"
#define UNTIL                                                                                  \
	"*is|valid|only|available|lasts|runs|running|expires|ends|until|till|before|by|"       \
	"through|at|on|good|for|if|when|you|sign|order|buy|the|this|close|closes"
/* "may" is a verb as well. */
#define MONTHS                                                                                 \
	"january|february|march|april|june|july|august|september|october|november|december"
static const char *const special[] = {
	SPECIALS("<their|his|her|its|whose end *of|the|this|our|a|fiscal|financial month|"
		 "months|quarter|quarters|year|years|season|seasons|summer|winter|week|q1|q2|"
		 "q3|q4 *end"),
	SPECIALS("<their|his|her|its|whose month|quarter|year|season|months|quarters|years|"
		 "week|summer end|ending|ends"),
	SPECIALS("<their|his|her|its|whose summer|winter|spring|autumn|fall|christmas|xmas|"
		 "easter|holiday|seasonal|monthly|quarterly|eom|eoq|eoy|q1|q2|q3|q4|flash|"
		 "midsummer|years *quarter|month"),
	SPECIALS("<their|his|her|its black|cyber|new friday|monday|year|years"),
	SPECIALS("<their|his|her|its limited time"),
	SPECIALS("^ *a|the|special|big|great|new " MONTHS),
	SPECIALS("our|my|special may|" MONTHS),
	SPECIALS("this|last months|quarters|weeks|summers|years"),
	SPECIALS("this month|quarter|summer"),
	"our|my|special|extra|exclusive|5|10|15|20|25|30|50 *extra|special|exclusive|limited|"
	"percent|off " BARGAIN " " UNTIL " " END_OF,
	"^ " BARGAIN " " UNTIL " " END_OF,
	"off|percent " UNTIL " " END_OF,
	"discount|discounts|promotion|promo|special|specials this month|quarter|week .",
	"special|our|great|best offer|offers|deal|deals|pricing this month|quarter|week .",
	BARGAIN " this month|quarter|week only",
	"sign|signing|order|ordering|buy|book|commit ~2 by|before|until *the|this|our|end|of "
	"month|quarter|year|week *end|ends|and|to|get|save|receive|secure|lock|you|ll|will|a|"
	"an|the|5|10|15|20|25|30|50|percent off|discount|free|bonus|promotion|deal|pricing",
	NULL,
};

#define STAFF                                                                                  \
	"<employees|staff|people|workers|patients|pupils|guests|they|who|crews|nurses|not|"    \
	"dont|never|operators|drivers|teams|everyone|nobody|may|can|must|should|do|witnesses|" \
	"customers|members"
#define WRITE                                                                                  \
	"call|contact|ask|email|mail|write|text|message|ping|ring|phone|get|give|drop|let|"    \
	"shout|come|reply|respond|e|stop|connect|reach|schedule|book|shoot|send"
#define REACHING "reach|reaching|reached|reaches"
static const char *const feel_free[] = {
	"feel|feeling free to reach out",
	STAFF " feel free to " WRITE,
	STAFF " please|do|dont|never *not|please hesitate to " WRITE,
	JUST " *quickly|i|we|im|id|" INTEND "|" WROTE " " REACHING " out !of|over|into",
	"i|im|ive|id|we|wed|weve *" INTEND "|" WROTE " " REACHING " out .",
	"i|im|ive|id|we|wed|weve *" INTEND "|" WROTE " " REACHING
	" out again|about|regarding|because|since|as|on|and|with",
	"^ wanted to *just reach out !of",
	"^ " REACHING " out again|about|regarding|because|with|as",
	"^ reaching|reached out .",
	REACHING " out to see|check|ask|you|him|her|them|introduce|follow|touch|say|inquire|"
		 "find|learn|connect|offer|discuss|schedule|set|me|us",
	"reach out *to|me|us anytime|whenever",
	"reach out *to|me|us *at any *other time",
	"reach out *to|me|us if|should|when you",
	"reach out with any *further|other questions|concerns",
	"getting|got|get in touch to see|check|ask|introduce|follow|say|find",
	NULL,
};

#define THINGS                                                                                 \
	"things|it|its|everything|all|that|this|business|life|everyone|yall|" YOU "|" THEM
#define BE "*is|are|s|was|were|has|have|been|all|re|r|still|currently"
#define NO_ROUTE                                                                               \
	"!to|into|through|wrong|live|down|up|out|offline|from|under|via|by|bad|beyond|past"
#define WE_WONDER                                                                              \
	"i|im|was|am|just|we|were|only|weve|been|are|still|also|and "                          \
	"wondering|wondered|wonder|curious"
static const char *const going[] = {
	"how|hows " THINGS " " BE " going " NO_ROUTE,
	"how|hows " THINGS " " BE " coming along|on|together",
	"how|hows " THINGS " " BE " getting on|along",
	"how|hows " THINGS " " BE " progressing|evolving|developing|shaping",
	"how|hows you|youre|everything|things|everyone|business|yall " BE
	" doing !it|this|that|the|business|a|your|their|under",
	ASKED "|know *" JUST " how things|it|everything|" YOU " look|looks|stand|stands|are|is|"
	      "feel|feels|went|goes .",
	ASKED "|know *" JUST " how things|it|everything|" YOU " look|looks|stand|stands|are|is|"
	      "feel|feels|went|goes on|at|with|from|for",
	"^ *and|so|hi|hey|hello how|hows are|is|s|r things|everything|it|its|you|ya|u|business|"
	"life .",
	"how|hows are|is|s|r things|everything|it|you|ya|u|business|life|yall *all|both "
	"going|doing|coming|keeping|getting|looking|today|lately " NO_ROUTE,
	"^ *and|so|hi|hey|hello hows things|everything|business|life|you|u .",
	"how are things with|at|on|over|there|in",
	"how have|has you|things|everything|it been .",
	"asked|asking|wondered|wondering|wonder|curious|inquired|inquiring|checking ~1 "
	"how|hows *is|are|was " DETERMINER " ~3 *is|are|was|were going|coming|progressing|"
	"getting|shaping|developing|looking " NO_ROUTE,
	"^ how|hows *is|are|was the|your|our ~2 going|coming|progressing|getting|shaping "
	".",
	"^ wondering|wondered|wonder if|whether|where|how|when|what",
	WE_WONDER " if|whether|where|how|when|what|about",
	"wondering|wondered|wonder|curious|asking ~1 if|whether|where|how|when|what you|youve|"
	"youre|things|we|it|everything",
	"are|if|whether you|they|youre|theyre *are|all|guys still|even interested|looking|"
	"considering|keen",
	"still on your|their *list|of|mind|agenda|radar .",
	"^ still interested|considering .",
	NULL,
};

#define NEWS "update|updates|news|progress|feedback|thoughts|developments|movement|luck|word"
#define NEW "new|further|good|quick|latest|more|other|initial|first|fresh|status|short|brief"
#define NEWS_OF                                                                                \
	"on|about|regarding|re|with|from|concerning|for|at|to *" DETERMINER " *new|" LAST
#define US "you|u|yours|side|end|part|me|us|him|her|them|there|here|next|timing|when|when|" DEAL
static const char *const update[] = {
	"^ *so|and|hi|hey|hello|there any *" NEW " " NEWS "|idea|ideas|reply|response|answer .",
	"^ *so|and|hi|hey|hello|there any *" NEW " " NEWS
	"|reply|response|answer yet|since|here|there|so|please|today|this|after|or|as|when|for",
	"any *" NEW " " NEWS "|reply|response|answer " NEWS_OF " " US " !server|servers|page",
	"any *" NEW " " NEWS " on|about|regarding|with|re this|that|it|these .",
	"any *" NEW " update|updates|news|movement|word yet",
	"^ *so|and whats|what *is|s the latest .",
	"^ *so|and whats|what *is|s the latest on|with|from *" DETERMINER " " US,
	"is|are|was|were there any|an|some *" NEW " " NEWS " !of|in|that|which",
	"do|did|have|had|got|if|whether you|u|they|he|she|youve|theyve "
	"*have|got|had|heard|hear "
	"*any|an|a|some *" NEW " " NEWS " !of|in|that|which",
	"<they|he|she|who|client|customer|board|you|to asked|asking|ask|asks|looking|hoping|"
	"chasing|chased|request|requesting|requested|checking|checked|seeking|pressed|"
	"pressing|begged|" WROTE " *" YOU "|them|him|her|the|client|customer|for|again *an|a|"
	"any|some|the|your|their|" NEW " update|updates|news|status|answer|reply|response|"
	"progress !of|form|forms|the|template|page|code|codes",
	"i|we|id|wed|im *" INTEND "|" WROTE "|asking|looking|for *an|a|any|some|the|your|" NEW
	" update|updates !of|to|the",
	JUST
	" wanted|want|need|looking|like *for an|a|some|quick|brief|short update|updates !of|"
	"to|the",
	"waiting|wait|waited *for|on *to|hear|any|" DETERMINER " *" NEW
	" update|news|word from|on *" DETERMINER " " US,
	"could|can|would|will|please|kindly ~1 give|send|provide|share|drop|get ~1 me|us|a|an "
	"*with|a|an|any|some|" NEW " update|updates|news|status|feedback",
	"can|could|may i|we get|have *an|a|any|some|your|" NEW " update|status|feedback",
	"update me|us on|about",
	"update me|us .",
	"keep|kept|keeping me|us *in|the|well posted|updated|informed|loop",
	"let me|us know ~1 where|how|whether|if|when *we|things|it|" YOU
	" *are|is|ve|have|re stand|stands|decide|decided|at|hear|progressing|going|proceed",
	"whats|what|know|asked|asking|about *is|about|for|on|s the *current|latest status "
	"of|on|with|for *" DETERMINER " " DEAL,
	"a|an|quick|any|for|some status update .",
	"status update on|from|for|please *" DETERMINER " " US,
	"where do|are|did ~1 we|you|things|it|they stand|at|on|with",
	"^ *so|and where are|is we|you|things .",
	ASKED "|know *" JUST
	      " where you|youre|we|things|it *are|is|all|guys|currently|now|were "
	      "stand|stands|at|with|on "
	      "!against|compared|among|versus|vs|relative|beside|between|in|under",
	ASKED "|know *" JUST
	      " where you|youre|we|things|it *are|is|all|guys|currently|now|were .",
	ASKED "|know *" JUST " where you|youre|they|theyre *are|were in|with ~2 "
	      "process|decision|evaluation|project|cycle|journey|review",
	NULL,
};

#define DOUBTS "question|questions|concerns|queries|doubts|worries"
#define SOME "any|some|open|further|more|other|additional|left|remaining|last|quick|still"
static const char *const questions[] = {
	"do|did you|u|they|he|she|anyone|everyone|yall *guys|all|still|perhaps|also|by|chance|"
	"or|your|team|any have|got|had *" SOME " " DOUBTS,
	"have you|u|they|anyone|yall *got|had|" SOME " " DOUBTS,
	ASKED " ~3 if|whether *there|youve|" YOU "|" THEM
	      " *have|has|had|are|is|were|was|got|might|may|still|now|" SOME " " DOUBTS,
	"wanted|want|like|love|need ~1 to know if|whether ~3 " DOUBTS,
	"is|are|were there *" SOME " " DOUBTS " !in|that|which|of|auditors|a",
	"asked|asking|ask|checked|checking *them|him|her|the|client|board|for|about *" SOME
	" any *" SOME " " DOUBTS " !that|which|the|an|a|of",
	"^ *so|and|hi|hey any *" SOME " " DOUBTS " .",
	"^ *so|and|hi|hey any *" SOME " " DOUBTS
	" about|on|for|regarding|yet|so|from|left|or|before|after|at|here|with|i|please",
	"^ questions|question $",
	"^ what|which questions do|might you|they have .",
	NULL,
};

#define SEEN                                                                                   \
	"get|got|gotten|receive|received|see|saw|seen|read|open|opened|catch|caught|review|"   \
	"reviewed|looked|look|find|found|checked|check|missed|miss|overlooked|overlook"
#define TIME_FOR                                                                               \
	"*a|the|any|some|enough|get|got|had|have|to|yet|" SO_FAR                               \
	" chance|time|moment|opportunity|minute|minutes to look|review|read|go|think|"         \
	"consider|see|check|discuss|speak|talk|digest|take|consult|decide|reply|respond|make|" \
	"come|form|meet"
#define NO_TEST                                                                                \
	"!test|tests|time|times|rate|rates|template|templates|feature|function|stop|stops"
static const char *const nudge[] = {
	"top of your *e inbox|inboxes|mailbox|mail|email|e|mails|emails",
	"bump|bumping|bumped|push|pushing|pushed|float|floating|floated|bring|bringing|move|"
	"moving|put|putting|pop|popping|boost|boosting *this|it|my|that|" LAST "|" MAIL
	" *back|up to|at|on|up *the top of ~2 inbox|mailbox|pile|list|stack|mail",
	"bump|bumping|bumped|nudging|resurfacing this|it|my|that !stop|test|allowed|allowance",
	"did|do|have|had|has|didnt|havent|hasnt you|u|they|he|she|yall *guys|ever|happen|time|"
	"manage|had|the|a|get|got|" SO_FAR " " SEEN " *at|into|through|over|to|read|all|any|of "
	"my|our|the|that|this|it *email|of|mine|yesterdays|mondays|fridays|" LAST " " MAIL,
	"if|whether|sure|confirm|hope|hoping|assume|think|believe "
	"that|you|youve|they|theyve|he|"
	"she *you|they|ever|have|had|" SO_FAR " " SEEN
	" *at|into|through|over|to|all|of my|our *" LAST " " MAIL,
	"in case you|youve|they *have|may|might|ve " SEEN " *my|our|the|this|" LAST " " MAIL,
	"in case *my|our|this|the|" LAST " " MAIL " *was|has|been|have|it got|gotten|lost|"
	"buried|missed|slipped|stuck|landed|ended|went|overlooked",
	"did|have|had|has you|u|they|he|she|yall " TIME_FOR,
	"if|whether you|youve|they|theyve|he|she had|have|ve|got|get|gotten|managed " TIME_FOR
	" !the|one|two|a|five|three",
	"per|repeating|referring|reference|further *to|my|our my|our *" LAST
	" mail|email|emails|e|message|voicemail|note|conversation",
	"my|our|this last|previous|earlier|unanswered mail|email|e|message *and|is|still "
	"unanswered|ignored",
	"resending|resent|resend|resends *my|our|this|the|it|below|" LAST " " MAIL,
	"resending|resend this|it|below",
	"gentle|friendly|kind|polite|soft|little|quick|small reminder|nudge|chaser|prod|poke "
	"" NO_TEST,
	"gentle|friendly bump|ping|push " NO_TEST,
	JUST " *" SHORT " reminder|nudge|ping|bump|chaser " NO_TEST,
	JUST " *" SHORT " note|line|mail|email|message|call|hello|hi to see|check|ask|say|"
	     "follow|touch|remind|thank|wish|introduce|find|hear|inquire",
	JUST
	" *i|im|was|am pinging|nudging|bumping|chasing|poking|prodding|reminding|resending",
	"pinged|pinging|nudged|nudging|chased|chasing|reminded|reminding|poked|prodded|"
	"prodding "
	"you|him|her|them|client|customer *again|about|of|on my|our|a|an *" LAST " reply|" MAIL,
	"^ pinged|pinging|nudged|nudging|chased|chasing|poked|prodded ~1 "
	"you|him|her|them|client|customer *again .",
	"havent|havnt|hasnt|not|never|yet heard|hear|received *yet|to|anything|a|word|back|any|"
	"reply|response|answer|back from you|him|her|them|your|their",
	"havent|havnt|hasnt|not|never *yet heard|hear *anything|yet back",
	"trying|tried to reach|catch|get you|him|her|them "
	"*a|again|by|on|for|hold|since|without|"
	"several .",
	"trying|tried to reach|catch you",
	"sorry|hate|apologies|apologise|apologize to|for bother|bothering|chase|chasing|bug|"
	"bugging|pester|pestering|disturb|disturbing|nag|nagging you|u",
	"i|we know *that you|youre *are|re *very|all|really|super busy",
	"did|has|have|sure|confirm|check|if|whether *that|if my|our *" LAST " " MAIL " *didnt|"
	"did|not|has|hasnt|was|got|get reach|reached|arrive|arrived|lost|buried|through|missed",
	"sending|forwarding|resending this|it|my|our *" LAST "|" MAIL " again",
	"have|had|did you|u|they *" SO_FAR "|had|time|a|given|give any|thought|think|consider|"
	"considered|discussed|discuss|talked *it|over|about|more|on|with|further|thought|to "
	"our|my|the *" LAST " " DEAL,
	"on your|their radar",
	NULL,
};

#define REVIEW                                                                                 \
	"review|reviews|reviewed|reviewing|discuss|discussing|discussed|go|going|went|look|"   \
	"looking|looked|present|presenting|show|showing|explore|exploring|talk|talking|share|" \
	"sharing|walk|walking|evaluate|propose|proposing|offer|offering|see"
#define PLAN                                                                                   \
	"plan|plans|program|programme|strategy|way|ways|option|options|proposal|opportunity|"  \
	"opportunities|idea|ideas|method|methods|solution|solutions"
#define THAT_CAN "*to|that|which|for|of|can|could|will|would|may|might|help|helps|in|how|on"
#define SAVE "save|saves|saving|saved"
#define LOWER                                                                                  \
	"lower|lowers|lowering|reduce|reduces|reducing|cut|cuts|cutting|slash|slashing|"       \
	"shrink|shrinking|decrease|decreasing|trim|trimming"
#define COST                                                                                   \
	"cost|costs|expense|expenses|bill|bills|spend|spending|overhead|overheads|premium|"    \
	"premiums"
#define COST_OF                                                                                \
	"*monthly|energy|electricity|phone|telecom|insurance|it|overall|operating|total|"      \
	"annual|yearly|current|running|own|shipping|mobile|internet|power"
#define SAVED "*you|them|u|your|company|business|some|a|lot|of|more|real|big|their|him|much"
static const char *const saving[] = {
	REVIEW " ~3 " PLAN " " THAT_CAN " " SAVE " " SAVED " money|cash|cost|costs",
	REVIEW " ~3 " PLAN " " THAT_CAN " " LOWER " *your|the|their|some|company " COST_OF
	       " " COST,
	"^ *a|our|the|my|new|sent|shared|some|your " PLAN " " THAT_CAN " " SAVE " " SAVED
	" money|cash|costs .",
	SAVE " you|u|your|yourself|yourselves *" DETERMINER
	     "|some|company|business|firm|a|lot|of|more|real|big|serious money|cash|costs",
	LOWER " *down|on your " COST_OF " " COST
	      " !per|of|accounting|code|centre|center|model|drivers|estimate",
	"money|cost|costs saving|savings|cutting|reduction plan|plans|review|program|proposal|"
	"offer|opportunity|opportunities|ideas|options|solution",
	"can|could|would|will|to|would help you|u|your *company|team|business|firm *to " SAVE
	" " SAVED " money|cash|costs .",
	"show|showing|tell|telling|explain|see|explore|discuss|learn ~1 how "
	"*to|we|you|can|could|i " SAVE " " SAVED " money|cash|costs",
	"how much *money|more you|your *can|could|would|might|will|company|are save|saving",
	"save|saving money on your|with us|our",
	NULL,
};

const struct phrase_family phrase_families[] = {
	{"just checking in", PHRASE_ANYWHERE, checking},
	{"touching base", PHRASE_ANYWHERE, touching},
	{"circling back", PHRASE_ANYWHERE, circling},
	{"just following up", PHRASE_ANYWHERE, following},
	{"hope all is well", PHRASE_ANYWHERE, hope},
	{"have you made a decision", PHRASE_ANYWHERE, decision},
	{"ready to move forward", PHRASE_ANYWHERE, ready},
	{"introduce myself as your new rep", PHRASE_ANYWHERE, introduce},
	{"end-of-month promotion", PHRASE_ANYWHERE, special},
	{"feel free to reach out", PHRASE_ANYWHERE, feel_free},
	{"wondering how it is going", PHRASE_ANYWHERE, going},
	{"asking for an update", PHRASE_ANYWHERE, update},
	{"asking whether there are questions", PHRASE_ANYWHERE, questions},
	{"did you get my last mail", PHRASE_ANYWHERE, nudge},
	{"reviewing a plan to save money", PHRASE_ANYWHERE, saving},
	{"greetings, thanks or being available, with nothing else", PHRASE_ALONE,
		phrases_alone},
	{NULL, PHRASE_FILLER, phrases_fillers},
	{NULL, PHRASE_HONEST, phrases_honest},
	{NULL},
};
