"""Finds a line that tells as a fact what its evidence only quotes, fears, plans, or says that somebody is accused of.

In: a line beside its evidence, and the story's sentences nearest to it. Out: the `Told` that speaks against it.

Each `Way` of telling opens a stretch of the evidence, in which what is said is nobody's report: the words between two
quotation marks, what follows "accused of", "plans to" or "could not rule out that". A line whose words are from there,
and which keeps none of the words that say so, tells it as a fact; unless another sentence tells it plainly.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsum.checking.alignment import Comparison
from newsum.summary import Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import (
    ACCUSES,
    CONVICTED,
    HEDGES,
    LEAVES_OPEN,
    LOOKS_AHEAD,
    MODAL_HEDGES,
    NEGATIONS,
    PAST,
    QUOTED,
    REPORTING,
    SPEAKS,
    any_of,
)
from newsum.text.words import Word

__all__ = ["Told", "told_as_fact"]

_SHARED = 0.6  # of a line's content words, in the sentence: it is what the line was made of
_PLAINLY = 0.4  # of them, in a sentence that may tell it
_NEAR = 25  # characters: who plans something is one name or noun outside what is planned
_LEAST_QUOTED = 3  # words of a quotation that may say something; "gift to the rich" is a manner of speaking
_ENDS = regex(r"[,;:—–()]|\s-\s|\s(?:and|but|while|who|which|after|before|because|when|although|though)\s")
_SAYS_SO = regex(
    rf",\s[^,;.]{{1,60}}?\s{any_of(REPORTING)}\b[^,;.]*\.?$|^[^,;.]{{1,60}}?\s{any_of(REPORTING)}\s(?:that\s)?"
)
_LEAVES = regex(r"[.;!?—–]\s|[“\"]")  # where what an allegation behind a clause speaks of begins at the earliest


@dataclass(frozen=True, slots=True)
class Told:
    """How the evidence tells what a line tells as a fact: the way, which of the evidence, and its words."""

    way: str
    evidence: int
    span: Span


@dataclass(frozen=True, slots=True)
class Way:
    """A way of telling what nobody has said is so.

    Attributes:
        name: how a message calls it.
        opens: what stands before the stretch that is told so; "" for quotation marks.
        keeps: what a line has that tells it likewise.
        behind: what stands after the stretch.
        inside: share of the words that line and sentence have in common which are of such stretches, names apart.
        by_whom: who says so is enough to keep a line from telling it as a fact.
        of: the line speaks of somebody whom the sentence names outside the stretch.
        done: only what a line tells as done; that it will be is another matter.
    """

    name: str
    opens: str
    keeps: str
    behind: str = ""
    inside: float = 0.75
    by_whom: bool = True
    of: bool = False
    done: bool = False


_SAYS = any_of(SPEAKS | ACCUSES | HEDGES)
_OPEN = any_of(LEAVES_OPEN | ACCUSES | HEDGES | MODAL_HEDGES | NEGATIONS | {r"argu\w+", r"insist\w*"})
_AHEAD = any_of(LOOKS_AHEAD | MODAL_HEDGES | NEGATIONS)

WAYS: Sequence[Way] = (
    Way("a quotation", "", _SAYS),
    Way(
        "a possibility",
        r"(?:not|n[’']t|cannot|never|nor|neither)(?:\s\w+){0,3}?\s(?:ruled?\sout|exclud(?:e|ed)|say|know|confirm(?:ed)?|prove[dn]?)"
        r"(?:\s(?:that|whether|if|the\spossibility(?:\sthat|\sof)?))?"
        r"|whether|(?:unclear|say|know|see|ask(?:ed|s)?|wonder(?:ed|s)?)\sif"
        r"|(?:possible|possibility|risk|chance|danger|threat|fear(?:s|ed|ing)?|worr(?:y|ies|ied)|concern(?:s|ed)?|suspicions?|"
        r"suspect(?:s|ed)?|doubt(?:s|ed)?|rumou?rs?|speculation|unconfirmed\sreports?)\sthat"
        r"|(?:possibility|risk|chance|danger|threat|fears?|rumou?rs?)\sof",
        _OPEN,
        by_whom=False,
    ),
    Way(
        "an allegation",
        r"alleg(?:e|es|ed|ing|edly)(?:\s(?:that|to\shave))?|allegations?\s(?:that|of)"
        r"|(?:accus(?:e|es|ed|ing|ations?)|suspect(?:s|ed|ing)?)(?=\s(?:[^,;]{0,60}?\s)?of\s)|claim(?:s|ed|ing)?\sthat"
        r"|(?:lawsuit|suit|complaint|indictment|petition|plaintiffs?)\s(?:says?|said|claims?|claimed|states?|argues?)"
        r"(?:\sthat)?|according\sto\s(?:the|an?|his|her|their)\s(?:\w+\s){0,2}?(?:indictment|lawsuit|suit|complaint|"
        r"charge\ssheet|affidavit|allegations?)s?,?",
        _SAYS,
        behind=r",\s(?:[\w’'.]+\s){0,5}?(?:alleg(?:e|es|ed)|claim(?:s|ed)|suspects?)\b[^,;]{0,40}$"
        r"|,\saccording\sto\s(?:the|an?|his|her|their)\s(?:\w+\s){0,2}?(?:indictment|lawsuit|suit|complaint|affidavit)s?\b",
    ),
    Way(
        "a charge",
        r"charg(?:e|es|ed|ing)\b[^,;]{0,40}?\swith|charges?\sof|indicted\s(?:for|on)|trial\s(?:for|over|on)"
        r"|(?:arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|held)\b[^,;]{0,40}?\s(?:on\ssuspicion\sof|for|over|in\sconnection\swith)"
        r"|(?:question|interview)(?:s|ed|ing)?\b[^,;]{0,40}?\s(?:over|about|on\ssuspicion\sof)|suspicion\sof"
        r"|wanted\s(?:for|over)|investigat(?:ed|ing)\b[^,;]{0,40}?\s(?:for|over)|sued\b[^,;]{0,40}?\s(?:for|over)",
        _SAYS,
        of=True,
    ),
    Way(
        "a plan",
        r"plan(?:s|ned|ning)?\s(?:to|for)|(?:intend|want)(?:s|ed|ing)?\sto|threaten(?:s|ed|ing)?(?:\sto)?|(?:aim|hop|vow|promis|propos)\w*\sto"
        r"|propos(?:e|es|ed|ing|als?)(?:\s(?:that|for))?|(?:ask|call|press)(?:s|ed|ing)?\sfor|(?:demand|request)(?:s|ed|ing)?|seek(?:s|ing)?|sought|warrants?\b[^,;]{0,40}?\sfor|consider(?:s|ing)|(?:has|have|had)\sconsidered|weigh(?:s|ing)"
        r"|debating|discussing|(?:is|are|was|were)\s(?:due|set|expected|scheduled|about)\sto"
        r"|(?:bill|drafts?|laws?|measure|motion|plans?|proposals?|scheme)\s(?:(?!that|which|who)\w+\s){0,5}?would(?!\shave)",
        _AHEAD,
        inside=0.5,  # who plans it stands outside
        by_whom=False,
        done=True,
    ),
)
_MARK = regex(r"[“”\"]")  # one alone too: a line may be cut from the midst of a quotation
_DONE = regex(rf"\b(?:has|have|had|was|were|been|\w{{2,}}ed|{any_of(PAST)})\b")
_IN_LAW = regex(rf"\b(?:{any_of(ACCUSES)}|acquit\w*)\b", re.IGNORECASE)
_CONVICTED = regex(rf"\b{any_of(CONVICTED)}\b", re.IGNORECASE)
_SERVED = regex(rf"\b(?:{any_of(CONVICTED)}|jail\w*|prison\w*|sentenc\w*|verdicts?|behind bars)\b", re.IGNORECASE)
_UNSURE = regex(rf"\b(?:{any_of(NEGATIONS | HEDGES | MODAL_HEDGES)}|if|\w+n[’']t)\b", re.IGNORECASE)


@cache
def _opening(way: Way) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{way.opens})\s", re.IGNORECASE)


@cache
def _keeping(way: Way) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{way.keeps})\b", re.IGNORECASE)


@cache
def _behind(way: Way) -> re.Pattern[str]:
    return re.compile(way.behind, re.IGNORECASE)


def told_as_fact(beside: Comparison, nearest: Callable[[Analysis], Sequence[Analysis]]) -> Told | None:
    """The first way in which the evidence tells what the line tells as a fact; None where it may.

    Args:
        nearest: gives the story's nearest sentences to a line, one of which may tell it plainly.
    """
    line, sentences = beside.line, list[Analysis]()
    if any(line.text == source.text for source in beside.sources):
        return None  # it tells it as the source does
    for n, source in enumerate(beside.sources):
        if (found := _told(line, source)) is None:
            continue
        sentences = sentences or [*beside.sources, *nearest(line)]
        if not any(_says_plainly(line, other) for other in sentences if other.text != source.text):
            return Told(found[0], n, found[1])
    return _raised(beside, nearest)


def _told(line: Analysis, source: Analysis) -> tuple[str, Span] | None:
    """The way in which a sentence tells what a line tells as a fact, and the words."""
    shared: list[Word] | None = None
    for way in WAYS:
        spans = list(_stretches(way, source.text))
        if not spans or _tells_likewise(way, line.text):
            continue
        shared = _shared(line, source) if shared is None else shared
        if _is_inside(way, spans, shared, line):
            return way.name, spans[0]
    return None


def _tells_likewise(way: Way, text: str) -> bool:
    if way.done and not _DONE.search(text):
        return True
    if way.opens and _opening(way).search(text):
        return True
    return _keeping(way).search(text if way.by_whom else _SAYS_SO.sub("", text)) is not None


def _stretches(way: Way, text: str) -> Iterator[Span]:
    if not way.opens:
        quoted = (match.span() for match in QUOTED.finditer(text)) if _has_marks(text) else iter(())
        yield from (span for span in quoted if len(text[slice(*span)].split()) >= _LEAST_QUOTED)
        return
    for match in _opening(way).finditer(text):
        end = _ENDS.search(text, match.end())
        yield match.end(), end.start() if end else len(text)
    if way.behind and (found := _behind(way).search(text)):
        starts = [match.end() for match in _LEAVES.finditer(text, 0, found.start())]
        yield max(starts, default=0), found.start()


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in "“\"‘'")


def _shared(line: Analysis, source: Analysis, least: float = _SHARED) -> list[Word]:
    """The content words of a sentence that a line has beside who says so; none where it has too few of the line's."""
    says_so = [match.span() for match in _SAYS_SO.finditer(line.text)]
    ours = {t.key for t in line.tokens if t.kind and not any(start <= t.start < end for start, end in says_so)}
    shared = [token for token in source.tokens if token.kind and token.key in ours]
    return shared if len({token.key for token in shared}) >= least * len(ours) else []


def _is_inside(way: Way, spans: Sequence[Span], shared: Sequence[Word], line: Analysis) -> bool:
    """Whether a line's words are those of such stretches; its names may stand outside, and for a charge one must."""
    if not way.opens and (_MARK.search(line.text) or QUOTED.search(line.text)):
        return False
    said = {token.key for token in shared if token.kind not in ("name", "weekday", "month")}
    within = [token for token in shared if any(start <= token.start < end for start, end in spans)]
    inside = said & {token.key for token in within}
    outside = [token.start for token in shared if token.key in said - inside]
    if way.done and outside and max(outside) - min(outside) > _NEAR:
        return False
    named = any(token.kind == "name" and token not in within for token in shared)
    return bool(inside) and len(inside) >= way.inside * len(said) and (named or not way.of)


def _says_plainly(line: Analysis, source: Analysis) -> bool:
    """Whether a sentence has so much of a line in no such stretch that it may tell it in other words."""
    return bool(_shared(line, source, _PLAINLY)) and _told(line, source) is None


def _raised(beside: Comparison, nearest: Callable[[Analysis], Sequence[Analysis]]) -> Told | None:
    """Where the line tells of a conviction, and the story only of what comes before one."""
    text = beside.line.text
    if not _CONVICTED.search(text) or _UNSURE.search(text):
        return None
    if any(_SERVED.search(sentence.text) for sentence in (*beside.sources, *nearest(beside.line))):
        return None
    accused = ((n, match) for n, s in enumerate(beside.sources) if (match := _IN_LAW.search(s.text)))
    return next((Told("no conviction", n, match.span()) for n, match in accused), None)
