"""A written line and its source sentences in; why the line must not be printed, out.

A line passes when it is a clean cut of one source sentence, or two clean cuts joined by "and", "but" or
"while": its words stand in the source in that order, and what was left out between them is something a
sentence can lose (a parenthesis, an apposition, an adverbial, an adjective after its article), never who
said so, a "not", an "if", a speaker, part of a name or part of a quotation. So a description cannot move
from one person to another, and no line claims more than its source (after Knight and Marcu 2002 and
Clarke and Lapata 2008, whose sentence compressors keep grammar and sense by constraints of this kind).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsum.checking import find
from newsum.language import word_count
from newsum.readable import stands_alone

__all__ = ["is_sentence", "objections"]

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
_VERB = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )"  # no "the altered video"
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|said|says|told|"
    r"made|took|won|lost|fell|rose|began|came|went|gave|got|held|kept|left|led|met|put|ran|saw|sent|set|shot|"
    r"spoke|stood|struck|thought|broke|brought|built|bought|caught|cut|drew|drove|fought|found|grew|hit|knew|paid|"
    r"sold|spent|threw|wrote|died|dies|used|wants|plans|faces|seeks|needs|remains?|begins|comes|goes|makes|takes|gives|calls|shows|"
    r"finds|expects|leads|holds|runs|becomes|appears|seems|means|includes|requires|allows|\w{3,}ed)\b"
)
_PHRASE_HEADS = frozenset(
    "in on at after before amid during following since despite as while when where throughout near outside inside "
    "within across around because ahead".split()
)
_LINKS = frozenset("of for to from with by against and or like than".split())
_COUNTS = frozenset("some many few several most both neither either each every another other half two three".split())
_CLAUSE_HEADS = frozenset("who which where when while as after before because although though since".split())
_NEEDS_MORE = frozenset(
    "accused charged based according comparing compared known believed said told plans planned refused agreed likely "
    "set due able expected ordered made led given given put called asked urged allowed forced wants want wanted tried "
    "sought seeking trying failed failing began continue continued according between among more less than such both "
    "either neither not only even the a an of to and or but that whether if is are was were has have had be been "
    "being will would could may might must can should its his her their this these those most least very new stood "
    "stands came comes remained remains lies ranks ranked described regarded identified seen viewed hailed such "
    "many".split()
)
_RELATIVES = frozenset("who which that whose where".split())
_DETERMINERS = frozenset("a an the its his her their our some several many two three four five".split())
_DAYS = re.compile(
    r"^(?:(?:on|late|early|last|next|this) )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
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
_QUOTE = re.compile(r"[“\"][^“”\"]*[”\"]")
_SUPERLATIVE = re.compile(
    r"\b(?:first|second|third|only|last|(?!great|for|inter|pro|ar|con|sugg|requ|harv)\w{3,}est)\b"
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.text.lower().replace("’", "'")


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text))


def objections(line: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Why a written line must not be printed; empty when nothing speaks against it."""
    return tuple(reason for reason, holds in _objections(line, sources) if holds)


def _objections(line: str, sources: Sequence[str]) -> Iterator[tuple[str, bool]]:
    found = find(line, sources)
    yield "a figure is not in its evidence", bool(found.numbers)
    yield "a name is not in its evidence", bool(found.names)
    yield "a word is not in its evidence", bool(found.words)
    yield "a quotation is not in its evidence", bool(found.quotes)
    yield "it turns its evidence round", found.negation or found.direction or found.hedge
    yield "it is no whole sentence", not (is_sentence(line) and word_count(line) <= _LONGEST and stands_alone(line))
    yield "it is no clean cut of its sources", not (_is_cut_of_one(line, sources) or _is_joined(line, sources))


# --- grammar --------------------------------------------------------------------------------------

_SHORTEST, _LONGEST = 6, 40  # words
_BROKEN = re.compile(r"\b(\w+) \1\b|,\s*[,.]|\.\.|\(\s*\)|\s[.,]|\s['’]|[\w,] - \w", re.IGNORECASE)
_SIDE_CLAUSE = re.compile(r"(?:,| [—–]) (?:who|which|where|when|whose)\b[^,—–]*(?:,|[—–]|\.$)")
_RELATIVE_VERB = re.compile(r"\b(?:who|which)(?: \w+ly)? \w+")  # "the leader who plans": the verb is not the line's own


def is_sentence(line: str) -> bool:
    """Whether a line is a whole sentence by its signs: a verb of its own, closed marks, no word twice running."""
    main = _RELATIVE_VERB.sub(" ", _SIDE_CLAUSE.sub(" ", line))
    return (
        word_count(line) >= _SHORTEST
        and line.endswith((".", ".”", '."'))
        and line.count("(") == line.count(")")
        and sum(line.count(mark) for mark in '“”"') % 2 == 0
        and bool(_VERB.search(main))
        and not _BROKEN.search(line)
    )


# --- cuts -------------------------------------------------------------------------------------------


def _is_cut_of_one(line: str, sources: Sequence[str]) -> bool:
    return any(_is_cut(line, source) for source in sources)


def _is_joined(line: str, sources: Sequence[str]) -> bool:
    """Whether the line is a cut of one source, a joint, and a cut of another that stands alone."""
    for found in re.finditer(r",? (and|but|while) ", line):
        head, tail = line[: found.start()] + ".", line[found.end() :]
        tail = tail[:1].upper() + tail[1:]
        if word_count(tail) < 5 or word_count(head) < 5 or not stands_alone(tail) or not _VERB.search(tail):
            continue
        if any(_is_cut(head, a) and _is_cut(tail, b) for a in sources for b in sources if a is not b):
            return True
    return False


def _is_cut(line: str, source: str) -> bool:
    """Whether the line is the source less what a sentence can lose."""
    kept, whole = _words(line), _words(source)
    places = _fewest_gaps([w.key for w in kept], [w.key for w in whole])
    if places is None or _cuts_a_quotation(places, whole, source):
        return False
    if not _may_lose_lead(whole[: places[0]], whole[places[0]], source):
        return False
    for before, after in pairwise(places):
        if after > before + 1 and not _may_lose_middle(whole, before, after, source):
            return False
    if _is_aside(whole[places[0]], source[whole[places[-1]].end :], line):
        return False
    return _may_lose_tail(whole, places[-1], source)


def _is_aside(first: _Word, rest: str, line: str) -> bool:
    """Whether the line is only what stands before its source's comma: "When the storm came | , homes lost power"."""
    opens = first.key in _PHRASE_HEADS | _CLAUSE_HEADS or first.key == "to" or first.key.endswith("ing")
    return opens and rest.startswith(",") and "," not in line


def _fewest_gaps(kept: Sequence[str], whole: Sequence[str]) -> tuple[int, ...] | None:
    """Where the kept words stand in the source, in order, with as few gaps as can be; None if they do not."""
    if not kept:
        return None
    best: dict[int, tuple[int, tuple[int, ...]]] = {j: (0, (j,)) for j, word in enumerate(whole) if word == kept[0]}
    for key in kept[1:]:
        reached: dict[int, tuple[int, tuple[int, ...]]] = {}
        for j, word in enumerate(whole):
            ways = [(gaps + (j != i + 1), path) for i, (gaps, path) in best.items() if i < j] if word == key else []
            if ways:
                gaps, path = min(ways)
                reached[j] = (gaps, (*path, j))
        best = reached
    return min(best.values())[1] if best else None


def _cuts_a_quotation(places: Sequence[int], whole: Sequence[_Word], source: str) -> bool:
    """Whether a quotation is kept in part."""
    held = set(places)
    for quote in _QUOTE.finditer(source):
        inside = [n in held for n, w in enumerate(whole) if quote.start() <= w.start < quote.end()]
        if any(inside) and not all(inside):
            return True
    return False


def _between(source: str, start: int, end: int) -> str:
    return source[start:end].strip()


def _may_lose_lead(lost: Sequence[_Word], following: _Word, source: str) -> bool:
    if not lost:
        return True
    text = _between(source, 0, following.start)
    first = lost[0].key
    if text.endswith(","):
        adverbial = first in _PHRASE_HEADS | _CLAUSE_HEADS or first.endswith("ing")
        return (adverbial or bool(_WHEN.match(text))) and not _CONDITION.search(text)
    if _REPORTS.search(text) or _TURNS_SENSE & {w.key for w in lost}:
        return False
    if (_LINKS | _COUNTS) & {w.key for w in lost} or any(w.text[0].isdigit() for w in lost):
        return False  # "the wife of | President Dravec", "some | Republicans"
    # a title before a name: "Fox News senior judicial analyst | Judge Andrew Napolitano"
    return following.text[0].isupper() and len(lost) <= 6 and "," not in text and not _VERB.search(text)


def _may_lose_middle(whole: Sequence[_Word], before: int, after: int, source: str) -> bool:
    left, right, lost = whole[before], whole[after], whole[before + 1 : after]
    text = source[left.end : right.start]
    plain = text.strip()
    if _DAYS.match(plain.strip(", ")):
        return True
    if _REPORTS.search(text) or _TURNS_SENSE & {w.key for w in lost}:
        return False
    if plain.startswith("(") and plain.endswith((")", "),")):
        return True
    if plain.startswith((",", "—", "–")) and plain.endswith((",", "—", "–")):
        if right.key in _DETERMINERS | _RELATIVES or lost[0].key in ("and", "but", "or", "while"):
            return False  # "backed Quill, | but Sollenberg, | the prime minister, ...": she would become he
        return lost[0].key in _CLAUSE_HEADS | _PHRASE_HEADS | _DETERMINERS or left.text[0].isupper()
    if any(mark in text for mark in ",;:()—–") or _VERB.search(text):
        return False
    if left.key in ("a", "an") and (lost[0].key[0] in "aeiou") != (right.key[0] in "aeiou"):
        return False
    if all(w.key.endswith("ly") for w in lost):
        return True
    if lost[0].key in _PHRASE_HEADS:
        if lost[0].key in _CLAUSE_HEADS and _VERB.match(source, right.start):
            return False  # "left the house | after his wife | died": the verb is the lost clause's
        return left.key not in _NEEDS_MORE and right.key not in _RELATIVES | {"of"}
    modifies = left.key in _DETERMINERS or left.key.endswith(("'s", "s'"))
    return modifies and right.text[0].islower() and not any(w.text[0].isupper() or w.key == "of" for w in lost)


def _may_lose_tail(whole: Sequence[_Word], last: int, source: str) -> bool:
    if last == len(whole) - 1:
        return True
    left, lost = whole[last], whole[last + 1 :]
    text = source[left.end :].strip()
    if left.key in _NEEDS_MORE or text.startswith(("'", "’", "-", "/")):
        return False
    if _DAYS.match(text.strip(" .,")):
        return True
    if text.startswith(",") and lost[0].key.endswith("ing") and not _CONDITION.match(lost[0].text):
        return True  # ", saying he did not mean to": what is reported goes with the report
    head = " ".join(w.key for w in lost[:7])
    if _REPORTS.search(head) or _CONDITION.search(text) or _NAMES_SPEAKER.search(text):
        return False
    if text.startswith((",", ";", "—", "–")):
        return True
    if _SUPERLATIVE.search(source[: left.end][-60:]):
        return False  # "the second climate lawsuit | to reach trial"
    return lost[0].key in _PHRASE_HEADS | (_CLAUSE_HEADS - {"who", "which", "where"})
