"""Says whether a sentence can lose a part and stay true and whole.

What can go is a parenthesis, an apposition, an adverbial, a weekday, an adjective after its article; never who said so,
a "not", an "if", a speaker, part of a name or part of a quotation (after Knight and Marcu 2002 and Clarke and Lapata
2008, whose sentence compressors keep grammar and sense by constraints of this kind). removable.py looks for such parts,
guard.py holds what a model wrote against the same rules.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "CLAUSE_HEADS",
    "DETERMINERS",
    "LINKS",
    "LINKS_BACK",
    "PHRASE_HEADS",
    "VERB",
    "WEEKDAY",
    "Token",
    "may_lose_lead",
    "may_lose_middle",
    "may_lose_tail",
    "opens_adverbial",
    "tokens",
]

_TOKEN = re.compile(r"[^\W_](?:[^\s,;:()\[\]“”\"—–]*[^\W_])?(?:\.(?=\w))?%?")
_REPORTS = re.compile(
    r"\b(?:said|says|saying|told|according|alleg\w+|claim\w*|accus\w+|reportedly|suspect\w*|den(?:y|ies|ied|ying)|"
    r"believ\w+|argu\w+|insist\w*|suggest\w*|warn\w*|predict\w*|estimat\w+|reported|reports|added|announced|tweeted|"
    r"wrote|testified|confirmed|if|unless|whether|not|never|no|without|n[’']t|only|nearly|almost|about|least|most|"
    r"fewer|less|more than|up to|may|might|could|would|should|expected|likely|possibl\w+|potential\w*|planned|"
    r"proposed)\b",
    re.IGNORECASE,
)
_TURNS_SENSE = frozenset(
    "former ex alleged acting would-be second third deputy vice fake so-called potential possible attempted suspected "
    "proposed planned failed false unconfirmed purported self-described rival last first next final only not no never "
    "nearly almost about half under anti non counter mock presumptive presumed incoming outgoing interim".split()
)
VERB = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )"  # no "the altered video"
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|said|says|told|"
    r"made|took|won|lost|fell|rose|began|came|went|gave|got|held|kept|left|led|met|put|ran|saw|sent|set|shot|"
    r"spoke|stood|struck|thought|broke|brought|built|bought|caught|cut|drew|drove|fought|found|grew|hit|knew|paid|"
    r"sold|spent|threw|wrote|died|dies|used|wants|plans|faces|seeks|needs|remains?|begins|comes|goes|makes|takes|gives|calls|shows|"
    r"finds|expects|leads|holds|runs|becomes|appears|seems|means|includes|requires|allows|\w{3,}ed)\b"
)
PHRASE_HEADS = frozenset(
    "in on at after before amid during following since despite as while when where throughout near outside inside "
    "within across around because ahead".split()
)
LINKS = frozenset("of for to from with by against and or like than".split())
_COUNTS = frozenset("some many few several most both neither either each every another other half two three".split())
LINKS_BACK = frozenset("also however meanwhile moreover furthermore additionally nonetheless nevertheless".split())
CLAUSE_HEADS = frozenset("who which where when while as after before because although though since".split())
_NEEDS_MORE = frozenset(
    "accused charged based according comparing compared known believed said told plans planned refused agreed likely "
    "set due able expected ordered made led given given put called asked urged allowed forced wants want wanted tried "
    "sought seeking trying failed failing began continue continued according between among more less than such both "
    "either neither not only even the a an of to and or but that whether if is are was were has have had be been "
    "being will would could may might must can should its his her their this these those most least very new stood "
    "stands came comes remained remains lies ranks ranked described regarded identified seen viewed hailed such "
    "many including aimed focused came sees saw treated serves served".split()
)
_RELATIVES = frozenset("who which that whose where".split())
DETERMINERS = frozenset("a an the its his her their our some several many two three four five".split())
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAYS = re.compile(
    rf"^(?:(?:on|late|early|last|next|this) )*{WEEKDAY}"
    r"(?: (?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:last|this|earlier|later|meanwhile|today|yesterday|early|late)\b(?: \w+){0,3},$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|unless|without|according|alleg\w+|reportedly|whether|pending|barring|assuming|provided|depending|citing|"
    r"subject to)\b",
    re.IGNORECASE,
)
_NAMES_SPEAKER = re.compile(r"\b(?:said|says|told \w+)(?: \w+(?: \w+)?)?\.$")  # ", Robert Aske, who leads it, said."
_SPEAKER = re.compile(  # ", near Cape Mora, | Musk tweeted late on Friday"
    r", (?:[A-Z][\w.’'-]* ){1,4}(?:said|says|told|tweeted|announced|reported|reports|wrote|added|confirmed|claimed)\b"
)
_SUPERLATIVE = re.compile(
    r"\b(?:first|second|third|only|last|(?!great|for|inter|pro|ar|con|sugg|requ|harv)\w{3,}est)\b"
)


_OPENS_CLAUSE = re.compile(r"\b(?:that|who|which|whether|if|because|where)\b")
_OPENS_TAIL = CLAUSE_HEADS | PHRASE_HEADS | _RELATIVES | DETERMINERS | frozenset("and but with whom one part".split())
# "the face of it": of what the lead named
_LEANS = re.compile(r"\b(?:of|to|by|for|from|on|against|about) (?:it|them)\b")
_THIRD_PERSON = re.compile(r"\b(?:he|she|his|her|him)\b")
_OF_SOMEBODY = re.compile(r"\b[A-Z]\w+['’]s\b")
_CALENDAR = re.compile(
    rf"{WEEKDAY}|(?:Jan|Febr)uary|March|April|May|June|July|August|"
    r"(?:Septem|Octo|Novem|Decem)ber"
)
_TAKES_AS = re.compile(  # "the power of using a truck | as a weapon"
    r"\b(?:us(?:e|es|ed|ing)|describ\w+|denounc\w+|condemn\w+|dismiss\w+|portray\w*|treat\w*|view\w*|regard\w*|"
    r"label\w*|cast|casts|nam(?:ed|ing)|appoint\w*|pick(?:ed|ing)|tapp(?:ed|ing)|referr\w+|hail\w+|serv\w+)\b[^,;]*$"
)
_AS = re.compile(r"\bas \w+$")  # "as early | as Thursday"
_HOLDS = re.compile(  # "he has farmers | in his family", "kept the men | in the dark"
    r"\b(?:(?:has|have|had|having) "
    r"(?:(?:a|an|the|no|some|many|few|his|her|its|their|our|\d+) (?:\w+ ){0,2})?\w+(?<!s)s|"
    r"(?:puts?|putting|keeps?|kept|keeping|leaves?|leaving|places|placing)(?: [\w’'.-]+){1,4})$"
)
_PLACES = frozenset("in on at under behind into".split())


class Token(NamedTuple):
    """A word or mark of a sentence; `key` is how it is compared."""

    text: str
    start: int
    end: int
    key: str


@lru_cache(maxsize=256)  # the cuts of one sentence are held against it
def tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(m[0], *m.span(), m[0].lower().replace("’", "'")) for m in _TOKEN.finditer(text))


# --- what can go ---------------------------------------------------------------------------------------


def may_lose_lead(lost: Sequence[Token], following: Token, source: str) -> bool:
    """Whether a sentence can lose what stands before a word."""
    if not lost:
        return True
    text = source[: following.start].strip()
    first = lost[0].key
    if text.endswith(","):
        participle = first.endswith("ing") and not VERB.search(text)  # not "Acting director Hall said that ..., | "
        adverbial = (first in PHRASE_HEADS | CLAUSE_HEADS and text.split()[:2] != ["At", "least"]) or participle
        # "In Mora, | where ...", "On May 5, | 2016"
        goes_on = following.key in _RELATIVES or following.text[0].isdigit()
        clear = not (goes_on or _leans_on(lost, source[following.start :]) or _CONDITION.search(text))
        return (adverbial or bool(_WHEN.match(text))) and clear
    if _REPORTS.search(text) or _TURNS_SENSE & {w.key for w in lost}:
        return False
    if (LINKS | _COUNTS) & {w.key for w in lost} or any(w.text[0].isdigit() for w in lost):
        return False  # "the wife of | President Dravec", "some | Republicans"
    # a title before a name: "Fox News senior judicial analyst | Judge Andrew Napolitano"
    return following.text[0].isupper() and len(lost) <= 6 and "," not in text and not VERB.search(text)


def _leans_on(lost: Sequence[Token], rest: str) -> bool:
    """Whether a pronoun may stand for what is lost: "In a blow to Quill, | the council overturned his veto"."""
    named = any(w.text[0].isupper() and not _CALENDAR.match(w.text) for w in lost[1:])
    return bool(_LEANS.search(rest) or (named and _THIRD_PERSON.search(rest)))


def opens_adverbial(first: Token) -> bool:
    return first.key in PHRASE_HEADS | CLAUSE_HEADS or first.key == "to" or first.key.endswith("ing")


def may_lose_middle(whole: Sequence[Token], before: int, after: int, source: str) -> bool:
    """Whether a sentence can lose what stands between two of its words."""
    left, right, lost = whole[before], whole[after], whole[before + 1 : after]
    text = source[left.end : right.start]
    plain = text.strip()
    if _DAYS.match(plain.strip(", ")):
        return True
    if all(w.key in LINKS_BACK for w in lost):
        in_pair = len(lost) > 1 or (plain[0] == ",") == (plain[-1] == ",")
        return left.key not in ("but", "and") and in_pair
    if _REPORTS.search(text) or _TURNS_SENSE & {w.key for w in lost}:
        return False
    if plain.startswith("(") and plain.endswith((")", "),")):
        return True
    if plain.startswith((",", "—", "–")) and plain.endswith((",", "—", "–")):
        if VERB.match(lost[0].text) or (lost[0].key in _RELATIVES and not VERB.search(text)):
            return False  # "Anderson, an envoy, | will tell the committee, | according to"
        if "," not in source[: left.end] and opens_adverbial(whole[0]):
            return False  # "To win votes, | Quill, | chair of the committee, has": the subject is no insertion
        if _OF_SOMEBODY.search(text) and _THIRD_PERSON.search(source, right.start):
            return False  # "Kirsch, | a lawyer for Jackson's wife, | said she had signed"
        if VERB.search(text) and not {w.key for w in lost} & (CLAUSE_HEADS | _RELATIVES):
            return False  # "Well, | the president was on hand to explain his ways, | starting with Cuba"
        if right.key in DETERMINERS | _RELATIVES or lost[0].key in ("and", "but", "or", "while"):
            return False  # "backed Quill, | but Sollenberg, | the prime minister, ...": she would become he
        return lost[0].key in CLAUSE_HEADS | PHRASE_HEADS | DETERMINERS or left.text[0].isupper()
    if any(mark in text for mark in ",;:()—–") or VERB.search(text):
        return False
    if left.key in ("a", "an") and (lost[0].key[0] in "aeiou") != (right.key[0] in "aeiou"):
        return False
    if all(w.key.endswith("ly") for w in lost):
        return True
    if lost[0].key == "as" and _TAKES_AS.search(source[: left.end]):
        return False
    if lost[0].key in PHRASE_HEADS:
        if lost[0].key in CLAUSE_HEADS and VERB.match(source, right.start):
            return False  # "left the house | after his wife | died": the verb is the lost clause's
        # "in connection | with", "as soon | as"
        bound = lost[-2:-1] and lost[-2].key in PHRASE_HEADS and right.key in ("with", "to", "for", "as")
        return left.key not in _NEEDS_MORE and right.key not in _RELATIVES | {"of"} and not bound
    modifies = left.key in DETERMINERS or left.key.endswith(("'s", "s'"))
    return modifies and right.text[0].islower() and not any(w.text[0].isupper() or w.key == "of" for w in lost)


def may_lose_tail(whole: Sequence[Token], last: int, source: str) -> bool:
    """Whether a sentence can lose all that follows a word."""
    if last == len(whole) - 1:
        return True
    left, lost = whole[last], whole[last + 1 :]
    text = source[left.end :].strip()
    if left.key in _NEEDS_MORE or text.startswith(("'", "’", "-", "/")):
        return False
    if (
        _takes_the_verb(lost)
        or _leaves_open(source[: left.end])
        or (lost[0].key == "as" and (_AS.search(source[: left.end]) or _TAKES_AS.search(source[: left.end])))
        or (lost[0].key in _PLACES and _HOLDS.search(source[: left.end]))
    ):
        return False
    if _SPEAKER.search(text):
        return False
    if _DAYS.match(text.strip(" .,")):
        return True
    if text.startswith(",") and lost[0].key.endswith("ing") and not _CONDITION.match(lost[0].text):
        return True  # ", saying he did not mean to": what is reported goes with the report
    head = " ".join(w.key for w in lost[:7])
    if _REPORTS.search(head) or _CONDITION.search(text) or _NAMES_SPEAKER.search(text):
        return False
    if text.startswith((";", "—", "–")):
        return True
    if text.startswith(","):  # "Somalia-born, | American citizen Ilhan Omar" goes on with what it is about
        return lost[0].key in _OPENS_TAIL or lost[0].key.endswith("ing")
    if _SUPERLATIVE.search(source[: left.end][-60:]):
        return False  # "the second climate lawsuit | to reach trial"
    return lost[0].key in PHRASE_HEADS | (CLAUSE_HEADS - {"who", "which", "where"})


def _takes_the_verb(lost: Sequence[Token]) -> bool:
    """Whether a phrase without a mark goes on into a verb that is not its own: "in Karrow | has won"."""
    own = CLAUSE_HEADS | _RELATIVES | {"that", "and", "but", "to"}
    verb = next((n for n, word in enumerate(lost) if VERB.fullmatch(word.key)), None)
    return lost[0].key in PHRASE_HEADS - CLAUSE_HEADS and verb is not None and not {w.key for w in lost[:verb]} & own


def _leaves_open(kept: str) -> bool:
    """Whether the last "that" or "who" has lost its verb, or the last "between the" its "and"."""
    *_, clause = [0, *(m.end() for m in _OPENS_CLAUSE.finditer(kept))]
    *_, pair = ["", *kept.split(" between the ")[1:]]
    return (clause > 0 and not VERB.search(kept[clause:])) or (pair != "" and " and " not in pair)
