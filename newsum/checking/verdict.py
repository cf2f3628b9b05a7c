"""Makes the verdict on a line of what was found: its label, its score, and the findings that stand against it.

In: a line, its evidence with what is known of each sentence, and the story that it is of.
Out: a `Verdict`.

The label obeys the findings: a line is supported exactly when none of them counts, and contradicted only where one
says what the evidence has instead. The score is calibration.py's, from the same looking up; where a judge was asked,
joining.py makes one score of both, and a finding that is not certain falls where the judge is sure of the line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsum.checking.alignment import Comparison, align, compare
from newsum.checking.alterations import GROUPS, NO_DOUBT, Alteration, alterations
from newsum.checking.calibration import FAULTS, altered, backing, edits, faults, probability, weighed
from newsum.checking.citing import own_citations
from newsum.checking.context import StoryContext
from newsum.checking.figures import Figure, figures, is_same
from newsum.checking.findings import Finding, FindingKind, LookUp, Standing, claimed, findings, inside, look_up
from newsum.checking.joining import joined
from newsum.checking.judged import Judged
from newsum.checking.ties import TIED_ELSEWHERE, Tie, ties
from newsum.checking.written import likelihood
from newsum.outlets.citations import citations
from newsum.summary import Evidence, Span, Support, SupportLabel
from newsum.text.analysis import Analysis, analyse

__all__ = ["Verdict", "check", "keeps_order", "worst"]

_IN_ORDER = 0.1  # of neighbouring content words; SPARK's human lines keep a third at the median, nine in ten a tenth
# Labels, set on lines of allsides_train: _ALTERED is reached by none of 400 sentences and 18% of the editors' summary
# lines as they are, by 92% and 62% of those with a fault (what has a rival or a foreign figure is noticed besides).
_ALTERED = 0.6  # probability that something was altered, from which no line is supported
_MOSTLY = 0.45  # of a line's words, by weight, in its evidence
_SOME = 1 / 3  # of them at least, and as much again for each name or figure that the evidence lacks,
_NEARLY_ALL = 0.9  # up to this
_EVEN = 0.5  # with a judge, a line less likely than not is not supported
# How likely the judge must find a line at least; one of as many words as `_LONG` has more that a premise may lack, and
# what is made up is mostly short. 9 of 221 lines of the kept tenth that editors wrote and the rules support fall below,
# 15 where .2 is asked of all; of 155 inventions about its stories' names 57% pass the rules, 10% both, either way.
_DOUBTED, _DOUBTED_LONG, _LONG = 0.2, 0.1, 12
_SURE = 0.8  # how likely the judge must find a line, for a rule that is not certain to give way
_BELOW = 0.49  # the most that the score of a line may be against which something stands
# By which a contradiction is told: a figure has its rival, a quotation its words. Names and senses are told by the
# words around, which in a sentence in other words are others'.
_TOLD = frozenset({"figure", "quotation", "judge"})
_DENIED = 0.1  # how likely the judge must find it that a sentence says otherwise, to bear such a rule out
_COPY = 0.6  # of a line's words in one sentence, in its order: there the rules need no judge
_CERTAIN = frozenset({"figure", "date", "quotation", "name", "claim"})  # kinds of findings that no judge talks away
_NOTHING = 0.02  # the score of a line without evidence: of foreign lines about 1 in 50 finds any


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
    judged: Judged | None = None,
    written: bool = False,
) -> Verdict:
    """The verdict on a line.

    Args:
        sentences: what is known of each quote of the evidence.
        dates: phrases, parted by commas, that may stand in the line whole though the evidence lacks them: the dates
            that resolve its "Monday".
        unresolved: the line before those dates were put in, where it is at hand.
        story: all sentences of the story, so that a name that belongs elsewhere is noticed; else the evidence's.
        judged: what a judge thinks of it, where one was asked.
        written: it is a model's own line (written.py).
    """
    beside = compare(line, sentences)
    story = story or StoryContext([beside.sources])
    if not evidence:
        return _without_evidence(beside, story)
    case = _case(beside, evidence, dates.split(", "), unresolved, story)
    score = probability(backing(case.bare, (e.score for e in evidence)), altered(case.faults))
    against = _against(case)
    if judged is not None:
        if not written:
            against = [_softened(finding, case.beside, judged) for finding in against]
        joint = likelihood(judged.best, beside) if written else joined(score, judged.best)
        against, score = _with_judge(against, score, joint, judged, line, written=written)
    return _verdict(score, case, against)


def _with_judge(
    against: Sequence[Finding], rules: float, joint: float, judged: Judged, line: Analysis, *, written: bool
) -> tuple[list[Finding], float]:
    """What still stands against a line, and a score that agrees with it: the lower of both where a rule stands.

    Args:
        rules: the score by the rules alone.
        joint: that of rules and judge.
    """
    if judged.best.entailed >= _SURE:
        is_weak = {"doubtful"} if written else frozenset()
        against = [f for f in against if f.kind in _CERTAIN and (f.kind == "claim" or f.standing not in is_weak)]
    doubted = _DOUBTED if line.size < _LONG else _DOUBTED_LONG
    if not against and (joint < _EVEN or judged.best.entailed < doubted):
        standing: Standing = "contradicted" if judged.best.label == "contradicted" else "doubtful"
        return [Finding("judge", (0, len(line.text)), standing, 1 - joint)], min(joint, _BELOW)
    return list(against), min(joint, rules, _BELOW) if against else joint


def _softened(finding: Finding, beside: Comparison, judged: Judged) -> Finding:
    """A contradiction that rules see in a sentence in other words, as a doubt where the judge sees none there."""
    is_open = finding.standing == "contradicted" and finding.kind not in _TOLD and finding.source >= 0
    if not is_open or judged.best.contradicted >= _DENIED or beside.aligned[finding.source].share >= _COPY:
        return finding
    return replace(finding, standing="doubtful")


def _without_evidence(beside: Comparison, story: StoryContext) -> Verdict:
    whole = (0, len(beside.line.text))
    found = findings(beside, (), look_up(beside), (), story)
    nowhere = (Finding("line", whole, "nowhere"), *(f for f in found if f.standing == "nowhere"))
    return Verdict(Support("unsupported", _NOTHING, (whole,)), nowhere, len(nowhere))


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """What was found of a line.

    Attributes:
        bare: the line without what is granted it, beside its evidence.
        faults: the values of `FAULTS`.
    """

    beside: Comparison
    bare: Comparison
    granted: tuple[Span, ...]
    looked_up: LookUp
    seen: Sequence[Alteration]
    found: tuple[Finding, ...]
    faults: Sequence[float]


def _case(
    beside: Comparison,
    evidence: Sequence[Evidence],
    dates: Iterable[str],
    unresolved: Analysis | None,
    story: StoryContext,
) -> _Case:
    granted = _granted(
        beside.line.text,
        [*filter(None, dates), *(beside.line.text[a:b] for a, b in own_citations(beside.line.text, evidence))],
    )
    looked_up = look_up(beside, granted)
    known_claims = list(_without_rounded(alterations(beside.line, beside.aligned, story), beside))
    is_open = any(a.claim.kind == "number" and a.probability > NO_DOUBT for a in known_claims)
    tied = tuple(ties(beside.line, beside.sources, story)) if is_open else ()
    seen = [_tied(a, tied) for a in known_claims if not inside(a.claim.span[0], granted)]
    far = looked_up.cover < _least(looked_up)
    found = findings(beside, evidence, looked_up, seen, story, granted, far=far)
    bare = _bare(beside, granted, unresolved)
    missing = (len(looked_up.names), len(looked_up.figures), sum(f.kind == "quotation" for f in found))
    known = faults(worst(seen), missing, looked_up.reversals, bare.aligned)
    return _Case(beside, bare, granted, looked_up, seen, found, known)


def _without_rounded(seen: Iterable[Alteration], beside: Comparison) -> Iterator[Alteration]:
    """The claims less the figures in whose place stands the same one of more digits: "about 500" for 488."""

    @cache
    def known(source: int) -> Sequence[Figure]:
        return list(figures(beside.sources[source] if source >= 0 else beside.line))

    for each in seen:
        if each.claim.kind == "number" and each.evidence >= 0:
            ours, theirs = _at(known(-1), each.claim.span), _at(known(each.evidence), each.rival)
            if any(is_same(own, other, beside.line.text) for own in ours for other in theirs):
                continue
        yield each


def _at(known: Sequence[Figure], span: Span) -> list[Figure]:
    return [figure for figure in known if _overlap((figure.quantity.start, figure.quantity.end), span)]


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _tied(seen: Alteration, tied: Sequence[Tie]) -> Alteration:
    """A claim with the doubt that its figure is another thing's, where that is the greater."""
    if seen.claim.kind != "number":
        return seen
    start, end = seen.claim.span
    own = [tie for tie in tied if tie.span[0] < end and start < tie.span[1]]
    likeliest = max(own, key=lambda tie: tie.probability, default=None)
    if likeliest is None or likeliest.probability < max(TIED_ELSEWHERE, seen.probability):
        return seen
    return Alteration(seen.claim, *likeliest[1:])


def worst(seen: Iterable[Alteration]) -> dict[str, float]:
    """For each group of claims the highest probability that one of them is altered."""
    return {GROUPS[a.claim.kind]: a.probability for a in sorted(seen, key=lambda a: a.probability)}


def _verdict(score: float, case: _Case, against: Sequence[Finding]) -> Verdict:
    label: SupportLabel = "partly" if against else "supported"
    if against and case.looked_up.cover < _least(case.looked_up):
        label = "unsupported"
    elif any(f.standing == "contradicted" for f in against):
        label = "contradicted"
    everything = tuple(dict.fromkeys((*against, *case.found)))
    spans = {f.span for f in everything if f.kind not in ("line", "judge", "claim")} or {f.span for f in against}
    return Verdict(Support(label, round(score, 4), tuple(sorted(spans))), everything, len(against))


def _least(looked_up: LookUp) -> float:
    """The share of a line's words below which its evidence says nothing of it."""
    return min(_NEARLY_ALL, _SOME * (1 + len(looked_up.names) + len(looked_up.figures)))


# --- what stands against a line -------------------------------------------------------------------------


def _against(case: _Case) -> list[Finding]:
    """The findings for which a line is not supported."""
    against = [f for f in case.found if f.standing in ("contradicted", "nowhere") or f.kind == "claim"]
    if altered(case.faults) >= _ALTERED and not against:
        against = [f for f in case.found if f.standing == "doubtful"] or _likeliest(case)
    if case.looked_up.cover < _MOSTLY:
        against.append(Finding("line", (0, len(case.beside.line.text)), "nowhere", 1 - case.looked_up.cover))
    return against


def _likeliest(case: _Case) -> list[Finding]:
    """What makes it most likely that something was altered, where nothing that was found is likely enough alone."""
    weights = dict(zip(FAULTS, weighed(case.faults), strict=True))
    suspects = _suspects(case)
    best = max((name for name in weights if suspects.get(name)), key=lambda name: weights[name], default=None)
    whole = Finding("line", (0, len(case.beside.line.text)), "doubtful")
    return [replace(f, certainty=altered(case.faults)) for f in (suspects[best] if best else [whole])]


def _suspects(case: _Case) -> Mapping[str, Sequence[Finding]]:
    """The stretches of a line by which each of `FAULTS` counts."""
    claims = {GROUPS[a.claim.kind]: a for a in sorted(case.seen, key=lambda a: a.probability)}
    looked_up, edited = case.looked_up, [e for e in edits(case.beside) if not inside(e[0][0], case.granted)]
    return {
        **{name: [claimed(case.beside, a, "doubtful")] for name, a in claims.items()},
        **{
            name: [Finding(kind, (r.start, r.end), "doubtful", r.closeness, r.evidence)] if r.closeness else []
            for (name, kind), r in zip(_REVERSALS, looked_up.reversals, strict=True)
        },
        "names": [Finding("name", (n.start, n.end), "doubtful") for n in looked_up.names],
        "numbers": [Finding("figure", (n.start, n.end), "doubtful") for n in looked_up.figures],
        "edited": [Finding("edit", span, "doubtful", 1.0, n, true) for span, n, true in edited],
    }


_REVERSALS: Sequence[tuple[str, FindingKind]] = (
    ("added", "negation"),
    ("lost", "negation"),
    ("direction", "direction"),
    ("hedge", "hedge"),
)


# --- what is granted a line -----------------------------------------------------------------------------


def _granted(line: str, phrases: Iterable[str]) -> tuple[Span, ...]:
    return tuple(m.span() for phrase in phrases if phrase in line for m in re.finditer(re.escape(phrase), line))


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


def keeps_order(line: Analysis, evidence: Sequence[Analysis]) -> bool:
    """Whether a tenth at least of the line's neighbouring content words are neighbours in its evidence.

    A model that has learned nothing strings its sources' words together; every one of them is "supported".
    """
    pairs = {key for key in line.terms.weights if " " in key}
    theirs = {key for sentence in evidence for key in sentence.terms.weights if " " in key}
    return len(pairs & theirs) >= _IN_ORDER * len(pairs)
