"""Makes the verdict on a line of what was found: its label, its score, and the findings that stand against it.

In: a line, its evidence with what is known of each sentence, and the story that it is of.
Out: a `Verdict`.

The label obeys the findings: a line is supported exactly when none of them counts, and contradicted only where one
says what the evidence has instead. The score is calibration.py's, from the same looking up. A model of entailment may
be asked too: any callable of the form of `Entailment`.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from newsum.checking.alignment import Comparison, align, compare
from newsum.checking.alterations import GROUPS, Alteration, alterations, logistic
from newsum.checking.calibration import FAULTS, altered, backing, edits, faults, probability, weighed
from newsum.checking.context import StoryContext
from newsum.checking.findings import Finding, FindingKind, LookUp, findings, inside, look_up
from newsum.outlets.citations import citations, same
from newsum.summary import Evidence, Span, Support, SupportLabel
from newsum.text.analysis import Analysis, analyse

__all__ = ["Entailment", "Verdict", "check", "keeps_order", "worst"]

_UNNAMED = re.compile(r"source \d+")  # an outlet that is not known
_IN_ORDER = 0.1  # of neighbouring content words; SPARK's human lines keep a third at the median, nine in ten a tenth
# Labels, set on lines of allsides_train: _ALTERED is reached by none of 400 sentences and 18% of the editors' summary
# lines as they are, by 92% and 62% of those with a fault (what has a rival or a foreign figure is noticed besides).
_ALTERED = 0.6  # probability that something was altered, from which no line is supported
_MOSTLY = 0.45  # of a line's words, by weight, in its evidence
_SOME = 1 / 3  # of them at least, and as much again for each name or figure that the evidence lacks,
_NEARLY_ALL = 0.9  # up to this
_EVEN = 0.5  # with a model of entailment, a line less likely than not is not supported
_NOTHING = 0.02  # the score of a line without evidence: of foreign lines about 1 in 50 finds any


class Entailment(Protocol):
    """How likely a hypothesis is, 0..1, where its premise is taken as true."""

    def __call__(self, premise: str, hypothesis: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a line with all that was found of it.

    Attributes:
        findings: those that count go first; the others are only pointed at.
        counts: how many of them stand against the line.
    """

    support: Support
    findings: tuple[Finding, ...]
    counts: int

    @property
    def against(self) -> tuple[Finding, ...]:
        """The findings for which the line is not supported; empty exactly where it is."""
        return self.findings[: self.counts]


def check(
    line: Analysis,
    evidence: Sequence[Evidence],
    sentences: Sequence[Analysis],
    *,
    dates: str = "",
    unresolved: Analysis | None = None,
    story: StoryContext | None = None,
    entailment: Entailment | None = None,
) -> Verdict:
    """The verdict on a line.

    Args:
        sentences: what is known of each quote of the evidence.
        dates: phrases, parted by commas, that may stand in the line whole though the evidence lacks them: the dates
            that resolve its "Monday".
        unresolved: the line before those dates were put in, where it is at hand.
        story: all sentences of the story, so that a name that belongs elsewhere is noticed; else the evidence's.
        entailment: a model that judges too; its log-odds and newsum's are averaged.
    """
    whole = (0, len(line.text))
    beside = compare(line, sentences)
    story = story or StoryContext([beside.sources])
    if not evidence:
        return _without_evidence(beside, story, whole)
    granted = _granted(line.text, [*filter(None, dates.split(", ")), *_own_citations(line.text, evidence)])
    looked_up = look_up(beside, granted)
    seen = [a for a in alterations(line, beside.aligned, story) if not inside(a.claim.span[0], granted)]
    far = looked_up.cover < _least(looked_up)
    found = findings(beside, evidence, looked_up, seen, story, granted, far=far)
    bare = _bare(beside, granted, unresolved)
    known = _faults(bare, looked_up, seen, found)
    wrong = altered(known)
    score = probability(backing(bare, (e.score for e in evidence)), wrong)
    if entailment is not None:
        score = _average(score, entailment(" ".join(source.text for source in beside.sources), line.text))
    against = [f for f in found if f.standing in ("contradicted", "nowhere")]
    if wrong >= _ALTERED and not against:
        against = _likeliest(bare, looked_up, seen, found, known)
    against += _uncovered(looked_up, whole)
    if entailment is not None and score < _EVEN and not against:
        against = [Finding("judge", whole, "doubtful", 1 - score)]
    return _verdict(score, looked_up, against, found)


def _without_evidence(beside: Comparison, story: StoryContext, whole: Span) -> Verdict:
    found = findings(beside, (), look_up(beside), (), story)
    nowhere = (Finding("line", whole, "nowhere"), *(f for f in found if f.standing == "nowhere"))
    return Verdict(Support("unsupported", _NOTHING, (whole,)), nowhere, len(nowhere))


def _verdict(score: float, looked_up: LookUp, against: Sequence[Finding], found: Sequence[Finding]) -> Verdict:
    label: SupportLabel = "partly" if against else "supported"
    if against and looked_up.cover < _least(looked_up):
        label = "unsupported"
    elif any(f.standing == "contradicted" for f in against):
        label = "contradicted"
    everything = tuple(dict.fromkeys((*against, *found)))
    spans = {f.span for f in everything if f.kind not in ("line", "judge")} or {f.span for f in against}
    return Verdict(Support(label, round(score, 4), tuple(sorted(spans))), everything, len(against))


def _least(looked_up: LookUp) -> float:
    """The share of a line's words below which its evidence says nothing of it."""
    return min(_NEARLY_ALL, _SOME * (1 + len(looked_up.names) + len(looked_up.figures)))


def _uncovered(looked_up: LookUp, whole: Span) -> list[Finding]:
    """The line itself, where the evidence has too little of it."""
    return [Finding("line", whole, "nowhere", 1 - looked_up.cover)] if looked_up.cover < _MOSTLY else []


# --- the probability that something was altered ---------------------------------------------------------


def _faults(bare: Comparison, looked_up: LookUp, seen: Sequence[Alteration], found: Sequence[Finding]) -> list[float]:
    quotes = sum(f.kind == "quotation" for f in found)
    missing = (len(looked_up.names), len(looked_up.figures), quotes)
    return faults(worst(seen), missing, looked_up.reversals, bare.aligned)


def worst(seen: Iterable[Alteration]) -> dict[str, float]:
    """For each group of claims the highest probability that one of them is altered."""
    highest: dict[str, float] = {}
    for alteration in seen:
        name = GROUPS[alteration.claim.kind]
        highest[name] = max(highest.get(name, 0.0), alteration.probability)
    return highest


def _likeliest(
    bare: Comparison,
    looked_up: LookUp,
    seen: Sequence[Alteration],
    found: Sequence[Finding],
    known: Sequence[float],
) -> list[Finding]:
    """What makes it most likely that something was altered, where no finding alone is sure."""
    doubtful = [f for f in found if f.standing == "doubtful"]
    if doubtful:
        return doubtful
    weights: Mapping[str, float] = dict(zip(FAULTS, weighed(known), strict=True))
    for name in sorted(weights, key=lambda name: -weights[name]):
        if suspects := list(_suspects(name, bare, looked_up, seen)):
            return [replace(f, certainty=altered(known)) for f in suspects]
    return [Finding("line", (0, len(bare.line.text)), "doubtful", altered(known))]


def _suspects(name: str, bare: Comparison, looked_up: LookUp, seen: Sequence[Alteration]) -> Iterator[Finding]:
    """The stretches of a line by which one of `FAULTS` counts."""
    turns: dict[str, tuple[FindingKind, int]] = {
        "added": ("negation", 0),
        "lost": ("negation", 1),
        "direction": ("direction", 2),
        "hedge": ("hedge", 3),
    }
    if name in ("name", "number", "date"):
        own = [a for a in seen if GROUPS[a.claim.kind] == name]
        for a in sorted(own, key=lambda a: -a.probability)[:1]:
            true = bare.sources[a.evidence].text[slice(*a.rival)] if a.evidence >= 0 else ""
            kind: FindingKind = "figure" if name == "number" else name  # type: ignore[assignment]
            yield Finding(kind, a.claim.span, "doubtful", a.probability, a.evidence, true)
    elif name in turns:
        kind, at = turns[name]
        reversal = looked_up.reversals[at]
        if reversal.closeness:
            yield Finding(kind, (reversal.start, reversal.end), "doubtful", reversal.closeness, reversal.evidence)
    elif name == "names":
        yield from (Finding("name", (n.start, n.end), "doubtful") for n in looked_up.names)
    elif name == "numbers":
        yield from (Finding("figure", (n.start, n.end), "doubtful") for n in looked_up.figures)
    elif name == "edited":
        yield from (Finding("edit", span, "doubtful", 1.0, n, true) for span, n, true in edits(bare))


# --- what is granted a line -----------------------------------------------------------------------------


def _own_citations(line: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Where a line cites ("Reuters reports") the outlet whose words it rests on, or may, where that is unknown."""
    if any(citations(e.quote) for e in evidence):  # which the line may have wrong
        return
    for start, end, name in citations(line):
        if any(_UNNAMED.fullmatch(e.outlet) or same(name, e.outlet) for e in evidence):
            yield line[start:end]


def _granted(line: str, phrases: Iterable[str]) -> tuple[Span, ...]:
    return tuple(m.span() for phrase in phrases for m in re.finditer(re.escape(phrase), line))


def _bare(beside: Comparison, granted: Sequence[Span], unresolved: Analysis | None) -> Comparison:
    """The line without what was granted it beside its evidence."""
    without = _without(beside.line.text, granted)
    if without == beside.line.text:
        return beside
    line = unresolved if unresolved is not None and unresolved.text == without else analyse(without)
    return Comparison(line, beside.sources, tuple(align(line, source) for source in beside.sources))


def _without(line: str, granted: Sequence[Span]) -> str:
    """The line without what was granted it, but for dates in its run: "on Monday (12 July)" is "on Monday"."""
    for start, end in sorted(granted, reverse=True):
        if line[:start].endswith(" (") and line[end:].startswith(")"):
            line = line[: start - 2] + line[end + 1 :]
        elif citations(line[start:end]):
            line = line[:start] + line[end:]
    return line


# --- besides ----------------------------------------------------------------------------------------------


def _average(left: float, right: float) -> float:
    """The probability half-way between two, by their log-odds."""
    odds = [min(max(p, _NOTHING / 2), 1 - _NOTHING / 2) for p in (left, right)]
    return logistic(sum(math.log(p / (1 - p)) for p in odds) / 2)


def keeps_order(line: Analysis, evidence: Sequence[Analysis]) -> bool:
    """Whether a tenth at least of the line's neighbouring content words are neighbours in its evidence.

    A model that has learned nothing strings its sources' words together; every one of them is "supported".
    """
    pairs = {key for key in line.terms.weights if " " in key}
    theirs = {key for sentence in evidence for key in sentence.terms.weights if " " in key}
    return len(pairs & theirs) >= _IN_ORDER * len(pairs)
