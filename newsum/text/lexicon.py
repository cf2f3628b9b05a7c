"""Holds the English words that newsum's rules name: each list once, with what it is for; every other module asks it.

It imports nothing of newsum, so that every room may ask it. A list that one rule alone needs stays with its rule.
Words are in lower case, but for the calendar's.
"""

import re
from collections.abc import Iterable

__all__ = [
    "ACCUSES",
    "ASSISTANT_OPENERS",
    "AT_LEAST",
    "AT_MOST",
    "AUXILIARIES",
    "BRIEF_NAMES",
    "CALENDAR",
    "CITING",
    "CONVICTED",
    "COURTESY",
    "DAYS_OR_MORE",
    "DAY_ABBREVIATIONS",
    "DEMONSTRATIVES",
    "DENIALS",
    "FALLS",
    "FRACTIONS",
    "FUNCTION_WORDS",
    "HEDGES",
    "LEAVES_OPEN",
    "LINKS",
    "LOOKS_AHEAD",
    "MARKS",
    "MODAL_HEDGES",
    "MONTH",
    "MONTHS",
    "MONTH_ABBREVIATIONS",
    "NEGATIONS",
    "NUMERALS",
    "OFFICES",
    "ONE_NAME",
    "ORDINALS",
    "OUTLETS_REPORT",
    "PARTS_OF_DAY",
    "PAST",
    "PAST_OR_PRESENT",
    "PERSONS",
    "POSSESSIVES",
    "QUOTED",
    "RANKS",
    "REFUSALS",
    "REPORTING",
    "RISES",
    "ROUGHLY",
    "SAID",
    "SAYS_OF_BRIEFS",
    "SAYS_OF_REPORTS",
    "SCALES",
    "SHORT_SCALES",
    "SPEAKER",
    "SPEAKS",
    "STATES",
    "STOPPED_TITLES",
    "SUBJECTS",
    "TENS",
    "TENS_ORDINALS",
    "TIME_UNITS",
    "TITLES",
    "TITLES_BEHIND",
    "TITLE_ABBREVIATIONS",
    "TOLL",
    "TURNED",
    "WEEKDAY",
    "WEEKDAYS",
    "any_of",
    "capital",
    "plain_marks",
    "unquoted",
]


def capital(words: Iterable[str]) -> frozenset[str]:
    """The words as they open a sentence."""
    return frozenset(word[:1].upper() + word[1:] for word in words)


def any_of(words: Iterable[str]) -> str:
    """A group of a regular expression for any of the words, the longest tried first.

    >>> any_of({"Sep", "Sept", "Oct"})
    '(?:Sept|Oct|Sep)'
    """
    return f"(?:{'|'.join(sorted(set(words), key=lambda word: (-len(word), word)))})"


# --- the calendar ---------------------------------------------------------------------------------

# Days of the week and months in their order, as dates are reckoned and written
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
MONTHS = tuple("January February March April May June July August September October November December".split())

# How news shortens them, without the stop
DAY_ABBREVIATIONS = frozenset("Mon Tue Tues Wed Thu Thurs Fri Sat Sun".split())
MONTH_ABBREVIATIONS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())

# Capitalised words that are dates, not names; "Sat" and "Sun" are words too often
CALENDAR = frozenset(word.lower() for word in (*WEEKDAYS, *MONTHS, *MONTH_ABBREVIATIONS))

# One of them in a regular expression
WEEKDAY = any_of(WEEKDAYS)
MONTH = any_of((*MONTHS, *MONTH_ABBREVIATIONS))

# What may follow a weekday as a part of the same date: "Monday evening"
PARTS_OF_DAY = tuple("morning afternoon evening night".split())

# What time is counted in: "two weeks later"; of days or more, so that it leads to another day
TIME_UNITS = frozenset("minute hour day week month year decade".split())
DAYS_OR_MORE = TIME_UNITS - {"minute", "hour"}

# --- numbers --------------------------------------------------------------------------------------

# The words for 0 to 19, for 20 to 90 by tens, and for the first to the nineteenth, each at its value's place
NUMERALS = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
)
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
ORDINALS = tuple(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth""".split()
)
TENS_ORDINALS = tuple(f"{ten[:-1]}ieth" for ten in TENS)

# The names of parts by what the whole is divided by, in the singular
FRACTIONS = {"third": 3, "quarter": 4, **{name: n for n, name in enumerate(ORDINALS[4:10], 5)}}

# What multiplies the numeral before it: "two dozen"; and how it is shortened
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
}
SHORT_SCALES = {"k": 1e3, "mn": 1e6, "mln": 1e6, "m": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}

# Signs, as regular expressions, of what reports count up as news comes in: the dead, the injured, the missing
TOLL = {
    "dead": r"kill\w*|dead|died|dies|deaths?|toll|fatalit\w+|lost their lives",
    "injured": r"injur\w+|wounded|hurt",
    "missing": r"missing|unaccounted",
}

# Words before a figure by which it may be a rounded one, or says how much it is at least or at most; "just" says that
# it is small
AT_LEAST = frozenset("over,at least,more than".split(","))
AT_MOST = frozenset("under,up to,fewer than,less than,as many as".split(","))
ROUGHLY = AT_LEAST | AT_MOST | frozenset("about,around,roughly,approximately,some,nearly,almost,close to".split(","))

# --- verbs ----------------------------------------------------------------------------------------

# Forms of "be", "have" and "do", and the modals: a clause with one of them has its verb
AUXILIARIES = frozenset(
    "is are was were be been has have had do does did will would can could may might must should shall".split()
)

# Irregular verbs' forms that are of the past and nothing else ("quit" nearly so)
PAST = frozenset(
    """became began bought broke brought built came caught drew drove fell fled fought found gave got grew held kept
    knew led left lost made met paid quit ran rose said sank saw sent shot sold sought spent spoke stood struck swept
    thought threw told took went won wrote""".split()
)

# And those that are of the present or a noun as well, so that they tell no time
PAST_OR_PRESENT = frozenset("bid cost cut hit hurt let put read set shut split spread".split())

# Verbs by which a person says, asks or writes what a sentence reports
REPORTING = frozenset(
    "added adds argued asked asks claimed replied said says shouted tells told tweeted wondered writes wrote".split()
)

# What only says that somebody said it: a line may have any of them where its evidence has another
SAID = frozenset("according added adds said says told tells".split())

# Verbs by which an outlet does, and what else stands before an outlet's name where a sentence cites it
OUTLETS_REPORT = frozenset(
    "report,reports,reported,first reported,note,notes,noted,point out,points out,pointed out,writes,wrote,explains,"
    "explained,adds,describes,says it,revealed,has learned,quoted,cited".split(",")
)
CITING = frozenset("according to,citing,per,via,told,tells,in an interview with".split(","))

# --- sense ----------------------------------------------------------------------------------------

# Words of which the one turns a sentence round where it stands for the other: "Prices rose", "Prices fell"
_OPPOSITE = (
    "rose fell, rises falls, rise fall, rising falling, increased decreased, increases decreases, increase decrease, "
    "grew shrank, climbed slid, gained lost, jumped dropped, surged plunged, higher lower, up down, more less"
)
TURNED = {a: b for pair in _OPPOSITE.split(", ") for a, b in (pair.split(), pair.split()[::-1])}

# Words that say that something goes up or is more, and down or less
RISES = frozenset(
    """rise rises rose risen rising increase increased increases increasing grew grow grows grown gain gained gains
    climb climbed climbs jump jumped jumps surge surged surges soar soared soars up higher more above raise raised
    raises expanded widened accelerated strengthened won""".split()
)
FALLS = frozenset(
    """fall falls fell fallen falling decrease decreased decreases drop dropped drops decline declined declines sink
    sank sunk slump slumped slumps plunge plunged plunges shrank shrink tumble tumbled slid slipped down lower less
    fewer below cut cuts reduced narrowed slowed weakened lost""".split()
)

# Words that deny by themselves, beside "n't", and can be put into a sentence or left out
NEGATIONS = frozenset("not never no none nobody nothing nor neither without cannot".split())

# Words, as regular expressions, by which a paraphrase denies as much; not "drop" or "bar", which mean other things too
DENIALS = frozenset(
    r"""unable unlikely hardly barely short absent ruled lack\w* refus\w+ fail\w* reject\w* avoid\w* declin\w+
    dispute\w* oppos\w+ deny den(?:ies|ied|ying) exclud\w+ omit\w* scrap\w* abandon\w*""".split()
)

# Words without which a claim is told as a fact
HEDGES = frozenset(
    """may might could possibly probably perhaps reportedly allegedly alleged likely apparently appears seems suspected
    unlikely potentially presumably""".split()
)

# The modals of what may or would be
MODAL_HEDGES = frozenset("may might could would".split())

# Words, as regular expressions, with which a line says as its source does that somebody says so, that somebody is
# accused of it, that it is open, or that it is yet to come; more than a source uses, whose words the line may change
SPEAKS = frozenset(
    r"""accord\w* add(?:s|ed) admit\w* announc\w+ argu\w+ believ\w+ call\w* claim\w* comment\w* complain\w* conced\w+
    critic\w+ declar\w+ describ\w+ insist\w* not(?:es?|ed|ing) opinion promis\w+ quot\w+ repl(?:y|ies|ied) report\w*
    sa(?:id|ys?|ying) stat(?:es?|ed|ing|ements?) tell\w* think\w* thought told tweet\w* urg\w+ views? vow\w* warn\w*
    words? wr(?:ite[sr]?|iting|ote)""".split()
)
ACCUSES = frozenset(
    r"""accus\w+ alleg\w+ arrest\w* case charg\w+ claim\w* complaints? courts? den(?:y|ies|ied|ying|ial) detain\w*
    indict\w+ inquir\w+ interview\w* investigat\w+ lawsuits? plead\w* pleas? prosecut\w+ question\w* suing
    suits? sue[sd]? suspect\w* suspicio\w+ testif\w+ tri(?:al|als|ed) wanted""".split()
)
LEAVES_OPEN = frozenset(
    r"""ask\w* believ\w+ can chances? check\w* concern\w* danger\w* determin\w+ doubt\w* examin\w+ expect\w* fear\w*
    forecast\w* if predict\w* possib\w+ risk\w* rumou?r\w* should specul\w+ stud(?:y|ies|ied|ying) test\w* think\w*
    thought threat\w* unclear unconfirmed unless warn\w* whether wonder\w* worr\w+ \w+n[’']t""".split()
)
LOOKS_AHEAD = frozenset(
    r"""agree[sd]? aim\w* ask\w* bills? call\w* consider\w* debat\w+ decid\w+ demand\w* discuss\w* drafts? due
    expected going hop(?:e[sd]?|ing) idea if inten\w+ plan\w* pledg\w+ promis\w+ propos\w+ request\w* schedul\w+
    seek\w* set shall should sought threat\w* tr(?:y|ies|ied|ying) urg\w+ vow\w* want\w* warrants? weigh\w* will
    \w+n[’']t""".split()
)

# Words, as regular expressions, that say that a court has found somebody guilty
CONVICTED = frozenset(r"condemned convict\w* guilty imprisoned jailed sentenced".split())

# --- people ---------------------------------------------------------------------------------------

# What stands before a person's name and is no part of it
TITLES = frozenset(
    """sir lady lord dame president prime minister chancellor senator representative speaker governor general judge
    justice king queen prince princess pope chief secretary mayor""".split()
)

# Offices before a person's name that are parts of other names too ("Minister of Finance"), so that they are no titles
OFFICES = frozenset(
    """ambassador archbishop attorney bishop captain chairman chairwoman coach colonel commissioner congressman
    congresswoman detective director lawyer leader lieutenant minister officer premier professor sergeant sheriff
    spokesman spokeswoman superintendent""".split()
)

# What stands before an office as a part of it: "House Speaker", "Vice President", "Supreme Court Justice"
RANKS = frozenset(
    """vice prime deputy acting former foreign defense defence interior finance house senate majority minority attorney
    supreme court state lieutenant chief""".split()
)

# Titles as they are shortened, without the stop, which ends no sentence: of courtesy, the state and councils, courts,
# universities and churches; of the police; of armies, navies and air forces
COURTESY = frozenset("mr mrs ms mx mlle mme mmes messrs".split())
TITLE_ABBREVIATIONS = COURTESY | frozenset(
    """dr drs sra srta engr
    amb ambs asst assemb assoc atty attys chanc chmn cllr cllrs comm commr coun dep dpty gov govs hon pres prof profs
    rep reps sen sens secy treas
    abp bp msgr rev revd revs
    agt const det dets insp ofc shf supt
    adm amn bdr brig capt capts cdr cdre cfn cmdr cmdre cmdt col cols comdr comdt cpl cpo cwo ens flt fus gen gens gnr
    lcpl ldr lt lts maj midn pfc pte pvt pvts sfc sgt sgts spc spr sqn ssgt tpr tsgt wg""".split()
)

# And those that are words, names or the like where no stop follows: "Sol. Gen.", "Del. Norton", "Fr. Moor"
STOPPED_TITLES = frozenset(
    """adv ald arch bro bros bt card ch cong cons del dir eld eng esq fr gp jus mag mgr min mons past prem prin rabb ret
    rt sec sig sol spec sr vis visc ven wo""".split()
)

# Those of them that stand behind a name as well: "John Day Sr."
TITLES_BEHIND = frozenset("bt esq ret sr".split())

# Who speaks and is spoken to: outside a quotation, a sentence with one of them is somebody's own
SPEAKER = frozenset("I we me my our us you your".split())

# What stands for a man or woman named before
PERSONS = frozenset("he she his her him himself herself".split())

# What stands for somebody or something named before, where it opens a sentence
SUBJECTS = frozenset("he she it they we i you".split())
POSSESSIVES = frozenset("his her its their our my your".split())
DEMONSTRATIVES = frozenset("this that these those".split())

# --- names in short --------------------------------------------------------------------------------

# Forms of one name of which one text has the one and another the other, where initials do not tell
ONE_NAME = tuple(
    tuple(forms.split(","))
    for forms in (
        "U.S.,US,USA,U.S.A.,United States,United States of America;U.K.,UK,United Kingdom,Britain,Great Britain;"
        "E.U.,EU,European Union;U.N.,UN,United Nations;GOP,G.O.P.,Republican,Republican Party;GOP,G.O.P.,Republicans;"
        "D.C.,DC,District of Columbia;ISIS,ISIL,Isis,Islamic State,Daesh;Koran,Quran,Qur’an,Qur'an;Kyiv,Kiev;"
        "al-Qaeda,al-Qaida,Al-Qaeda,Al-Qaida,al Qaeda,Al Qaeda,al Qaida,Al Qaida;Myanmar,Burma;"
        "Hezbollah,Hizbollah,Hizbullah;Gaddafi,Qaddafi,Gadhafi;Ivory Coast,Côte d’Ivoire,Côte d'Ivoire"
    ).split(";")
)
# American states, as datelines and parties' letters shorten them: "Tampa, Fla.", "D-Calif."
STATES = tuple(
    tuple(forms.split(","))
    for forms in (
        "Alabama,Ala.;Arizona,Ariz.;Arkansas,Ark.;California,Calif.;Colorado,Colo.;Connecticut,Conn.;Delaware,Del.;"
        "Florida,Fla.;Georgia,Ga.;Illinois,Ill.;Indiana,Ind.;Kansas,Kan.;Kentucky,Ky.;Louisiana,La.;Maryland,Md.;"
        "Massachusetts,Mass.;Michigan,Mich.;Minnesota,Minn.;Mississippi,Miss.;Missouri,Mo.;Montana,Mont.;"
        "Nebraska,Neb.;Nevada,Nev.;New Hampshire,N.H.,NH;New Jersey,N.J.,NJ;New Mexico,N.M.,NM;New York,N.Y.,NY;"
        "North Carolina,N.C.,NC;North Dakota,N.D.,ND;Oklahoma,Okla.;Oregon,Ore.;Pennsylvania,Pa.;Rhode Island,R.I.,RI;"
        "South Carolina,S.C.,SC;South Dakota,S.D.,SD;Tennessee,Tenn.;Texas,Tex.;Vermont,Vt.;Virginia,Va.;"
        "Washington,Wash.;West Virginia,W.Va.,W. Va.,WV;Wisconsin,Wis.;Wyoming,Wyo."
    ).split(";")
)

# --- words that say little --------------------------------------------------------------------------

# What opens a sentence that leans on the one before it
LINKS = frozenset(
    """but and or so yet also however meanwhile still instead nevertheless nonetheless moreover additionally
    furthermore""".split()
)

# What every text has, whatever it is about: articles, pronouns, prepositions, auxiliaries, conjunctions, "said"
FUNCTION_WORDS = frozenset(
    """a about above after again against all also although am among an and any are aren't around as at be
    because been before being below between both but by can can't cannot could couldn't despite did didn't do
    does doesn't doing don't down during each either else even ever every few for from further get gets got
    had hadn't has hasn't have haven't having he he's her here hers herself him himself his how however i i'm
    i've if in including into is isn't it it's its itself just let's like many may me might more most much must
    my myself near neither no nor not now of off on once one only onto or other others our ours ourselves out
    over own per perhaps rather same say says said she she's should shouldn't since so some still such tell
    tells than that that's the their theirs them themselves then there there's these they they're this those
    though through thus to told too toward towards under until up upon us very was wasn't we we're we've were
    weren't what when where whether which while who whom whose why will with within without won't would
    wouldn't yet you your yours""".split()
)

# --- marks ----------------------------------------------------------------------------------------

# --- what a model says beside the news ---------------------------------------------------------------

BRIEF_NAMES = frozenset(  # what a model calls the text that it was asked for
    "brief summary report article answer response version text overview rewrite rewriting digest roundup bulletin "
    "headline title lede lead draft output paragraph story".split()
)
ASSISTANT_OPENERS = tuple(  # how a model turns to whom it answers
    "sure,certainly,of course,absolutely,okay,ok,got it,understood,no problem,happy to help,great question,here is,"
    "here are,here's,below is,below are,the following is,the following are,this is a,as requested,per your request,"
    "based on the,i hope,hope this,let me know,feel free,please let,please note,if you,would you like,do you want,"
    "thank you,thanks for,i have,i've,i will,i'll,i would,i'd,i am,i'm,i was,i can,i could,i tried,i used,i did,"
    "let me,let's,note,disclaimer,word count,end of,as an ai,as a language model,my apologies,apologies,sorry".split(
        ","
    )
)
# What it says of the text that it wrote, after "this summary"; after "the report" only what news does not
SAYS_OF_BRIEFS = (
    "is about,is a,is an,is written,is neutral,is based,is intended,is not,are written,are based,was generated,"
    "has been,provides,summarises,summarizes,covers,contains,includes,focuses,highlights,aims,presents,describes,"
    "discusses,does not,do not"
).split(",")
SAYS_OF_REPORTS = "is written,are written,in a neutral,is neutral,are neutral".split(",")
REFUSALS = tuple(  # how it says that it will not write
    "i cannot,i can't,i can not,i am unable,i'm unable,i am not able,i'm not able,i won't,i will not,i do not have,"
    "i don't have,i must decline,i have to decline,i'm sorry,i am sorry,sorry,my apologies,apologies,as an ai,"
    "as a language model,unfortunately i,unfortunately the provided,unfortunately the reports,i regret,"
    "the provided reports do not,the reports provided do not,the reports do not contain,"
    "there is not enough information,there isn't enough information,it would not be appropriate,"
    "it is not appropriate for me".split(",")
)


# What is quoted, marks and all: “so” or "so", also with one mark of either kind, for sites mix them up; ‘so’ or 'so',
# which no apostrophe opens or closes ("the players' union", "'90s"). It never goes beyond a line's end. Each way begins
# with its own mark, which is looked for in a third of the time that a set or a look behind takes.
QUOTED = re.compile(
    r"""“[^“”"\n]*[”"]|"[^“”"\n]*[”"]|‘(?<!\w‘)[^\n]{1,400}?’(?!\w)|'(?<![\w']')(?!\d)[^\n]{1,400}?'(?!\w)"""
)


def unquoted(text: str) -> str:
    """The text with a space for each quotation; itself where it has none.

    >>> unquoted("He called it “a scrap of paper” on Monday.")
    'He called it   on Monday.'
    """
    may_quote = "“" in text or '"' in text or "‘" in text or "'" in text
    return QUOTED.sub(" ", text) if may_quote else text


MARKS = "“”‘’\"'.,;:!?()[]—–-…"  # what stands around a word, in the run of characters between two spaces
_CURLY = str.maketrans("’‘“”", "''\"\"")


def plain_marks(text: str) -> str:
    """The text with straight quotation marks and apostrophes for curly ones, so that one word has one form.

    >>> plain_marks("“Don’t”")
    '"Don\\'t"'
    """
    return text if text.isascii() else text.translate(_CURLY)
