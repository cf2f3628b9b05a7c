"""Shows what is wrong with a given brief, in plain sentences.

In: its lines with what they rest on and the verdict on each, and its credits.
Out: `Fault`s.

    untagged            a line names no outlet
    groundless credit   an outlet is credited that does not say so
    missing credit      what a line rests on is nobody's whom it, or the whole text, credits
    contradiction       a line says other than its evidence, or than a line before it
    untraceable         a figure, name, quotation or whole line that is in no article, or may be altered
    repetition          a line says again what those above it say, as a judge reads them

Contradictions and what is untraceable show what newsum.checking found when it made `Line.support`: a line is supported
exactly when no error stands against what it says. Two lines of one text that contradict each other are a warning, since
either may be true.

A fault is named once, where a reader would mend it: a text without any tag has one fault, not one for each line,
and a wrong tag is groundless, not also missing the right one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsum.attribution.lines import SourceIndex
from newsum.audit.given import GivenAnalysis
from newsum.briefs.parsing import Credit
from newsum.checking import Finding, Verdict
from newsum.checking.opposites import Sense, opposition, sense_of
from newsum.judging import Entailment
from newsum.similarity.terms import cover
from newsum.summary import SEVERITIES, WORST_FIRST, Evidence, Fault, FaultKind, Line, Severity, Span
from newsum.text.analysis import Analysis
from newsum.text.terms import Terms
from newsum.text.words import content_key

__all__ = ["find_faults"]

# Shares of a line's weight.
_GROUND, _LEAST = 0.4, 0.25  # of what the best outlet covers, and in any case: 135 of 138 right tags reach both
_RESTS = 0.6  # of what the best sentence covers, by one sentence: who only speaks of the same things has less
_ADDS = 0.15  # of a line's weight that only an uncredited outlet says, before its credit is missed
_SENTENCES = 3  # of one outlet, that together may say a line
_SURE = 0.95  # how sure a judge must be that a line repeats those above it, or contradicts them
_SHOWN = 160  # characters of a quote in a message


@dataclass(frozen=True, slots=True, eq=False)
class JudgedLine:
    """A given line with what is known of its text, what it rests on, what was found of it, and what stands above it."""

    given: GivenAnalysis
    line: Line
    verdict: Verdict
    above: Entailment | None  # a judge's answer to what the lines above say of it


@dataclass(frozen=True, eq=False)
class _Said:
    """A judged line with its sense."""

    number: int
    given: GivenAnalysis
    line: Line
    verdict: Verdict
    sense: Sense
    known: "_Shares"

    @property
    def shares(self) -> "_ByOutlet":
        """For each outlet, the share of the line that its best sentence, and its best three, cover."""
        return self.known.of(self.given)

    @property
    def grounded(self) -> bool:
        return bool(self.line.outlets)

    def by(self, outlet: str) -> bool:
        """Whether the outlet says enough of the line to be credited for it."""
        if outlet in self.line.outlets:
            return True
        _, by_some = self.shares
        best = max(by_some.values(), default=0.0)
        return by_some.get(outlet, 0.0) >= max(_LEAST, _GROUND * best)

    def rightly_tagged(self, outlet: str) -> bool:
        return outlet in self.line.claimed and self.by(outlet)

    def rests_on(self, outlet: str) -> bool:
        """Whether the line would be credited to the outlet, or the outlet confirms it."""
        by_one, _ = self.shares
        best = max(by_one.values(), default=0.0)
        return self.grounded and self.by(outlet) and by_one.get(outlet, 0.0) >= _RESTS * best


def find_faults(
    lines: Sequence[JudgedLine], credits: Sequence[Credit], index: SourceIndex, *, has_list: bool = False
) -> tuple[Fault, ...]:
    """Every fault, the whole text's first, then line by line, the worst of each first.

    Args:
        has_list: the text has a list of sources to which its numbers lead.
    """
    shares = _Shares(index)
    said = [
        _Said(n, each.given, each.line, each.verdict, sense_of(each.given.whole), shares)
        for n, each in enumerate(lines)
    ]
    outlets = set(index.labels.values())
    whole = [
        *_without_list(said, has_list=has_list),
        *_untagged_text(said),
        *(f for credit in credits for f in _credit_faults(credit, said, outlets)),
    ]
    tagged = any(each.line.claimed or each.given.line.nowhere for each in lines)
    for one in said:
        whole += _untagged(one, index) if tagged or len(lines) == 1 else ()
        whole += _leads_nowhere(one) if has_list else ()
        whole += _tag_faults(one, outlets, index)
        whole += _contradictions(one, said)
        whole += _untraceable(one)
    for number, each in enumerate(lines):
        whole += _beside_above(number, each)
    by_line = sorted(dict.fromkeys(whole), key=lambda f: WORST_FIRST.index(f.severity))
    return tuple(sorted(by_line, key=lambda f: -1 if f.line is None else f.line))


def _text(given: GivenAnalysis) -> str:
    return given.without_printed_dates.text


def _fault(
    kind: FaultKind, line: int | None, spans: tuple[Span, ...], message: str, severity: Severity | None = None
) -> Fault:
    return Fault(kind=kind, line=line, spans=spans, message=message, severity=severity or SEVERITIES[kind])


class _Shares:
    """The shares of lines that outlets cover, reckoned when a credit is first held against a line: most have none.

    A text may say one thing five hundred times; that is reckoned once.
    """

    def __init__(self, index: SourceIndex) -> None:
        self._index = index
        self._known: dict[str, _ByOutlet] = {}

    def of(self, given: GivenAnalysis) -> "_ByOutlet":
        """For each outlet, the shares of a line that its best sentence and its best three cover."""
        text = _text(given)
        if text not in self._known:
            self._known[text] = self._reckoned(given)
        return self._known[text]

    def _reckoned(self, given: GivenAnalysis) -> "_ByOutlet":
        wanted = given.without_printed_dates.terms
        best: dict[str, list[Terms]] = {}
        for _, passage in self._index.scores(given.without_printed_dates):
            own = best.setdefault(self._index.labels[passage.sentence.article.id], [])
            if len(own) < _SENTENCES:
                own.append(passage.analysis.terms)
        by_one = {outlet: max(cover(wanted, [one]) for one in own) for outlet, own in best.items()}
        return by_one, {outlet: cover(wanted, own) for outlet, own in best.items()}


_ByOutlet = tuple[Mapping[str, float], Mapping[str, float]]


# --- credits ----------------------------------------------------------------------------------------


def _without_list(said: Sequence[_Said], *, has_list: bool) -> Iterator[Fault]:
    """One fault for numbers in a text that has no list of sources."""
    numbers = dict.fromkeys(mark for one in said for mark in one.given.line.nowhere)
    if numbers and not has_list:
        message = f"There is no list of sources: {_list(numbers)} {'lead' if len(numbers) > 1 else 'leads'} nowhere."
        yield _fault("groundless credit", None, (), message)


def _leads_nowhere(one: _Said) -> Iterator[Fault]:
    """The numbers of a line that the list of sources has not got."""
    if numbers := one.given.line.nowhere:
        rests = f"; the line rests on {_list(one.line.outlets)}" if one.grounded else ""
        message = f"{_list(numbers)} {'are' if len(numbers) > 1 else 'is'} not in the list of sources{rests}."
        yield _fault("groundless credit", one.number, ((0, len(one.line.text)),), message)


def _untagged_text(said: Sequence[_Said]) -> Iterator[Fault]:
    """One fault for a text that tags nothing."""
    if len(said) < 2 or any(one.line.claimed for one in said):
        return
    resting: dict[str, list[int]] = {}
    for one in said:
        resting.setdefault(_list(one.line.outlets) if one.grounded else "no article", []).append(one.number + 1)
    parts = (f"{_lines(numbers)} on {names}" for names, numbers in resting.items())
    message = f"None of the {len(said)} lines names an outlet. What they rest on: {'; '.join(parts)}."
    yield _fault("untagged", None, (), message)


def _untagged(one: _Said, index: SourceIndex) -> Iterator[Fault]:
    line = one.line
    if line.claimed or one.given.line.nowhere or not one.grounded:
        return
    spans = [_backed(one, [e for e in line.evidence if e.outlet == outlet], index) for outlet in line.outlets]
    if len(spans) == 1:
        spans = [(0, len(line.text))]
        origin = line.evidence[0].copy_of
        also = f" ({_list(line.also)} says the same)" if len(line.also) == 1 else ""
        also = f", which carries the text of {index.labels[origin]}" if origin else also
        message = f"It names no outlet; it rests on {line.outlets[0]}{also}."
    else:
        parts = (f"“{line.text[a:b]}” on {o}" for (a, b), o in zip(spans, line.outlets, strict=True))
        message = f"It names no outlet; it rests on {_list(line.outlets)}: {', '.join(parts)}."
    yield _fault("untagged", one.number, tuple(spans), message)


def _backed(one: _Said, evidence: Sequence[Evidence], index: SourceIndex) -> Span:
    """The stretch of the line from the first to the last word that the evidence has and other evidence lacks."""
    keys = {key for known in index.analyses(evidence) for key in known.terms.weights}
    other = index.analyses([e for e in one.line.evidence if e not in evidence])
    line, others = one.given.whole, {key for known in other for key in known.terms.weights}
    found = list(_word_spans(line, keys - others)) or list(_word_spans(line, keys))
    return (found[0][0], found[-1][1]) if found else (0, len(line.text))


def _word_spans(line: Analysis, keys: set[str]) -> Iterator[Span]:
    """The content words that the evidence has, and the parts of its figures."""
    for token in line.tokens:
        if token.key in keys and (token.kind == "number" or content_key(token.form)):
            yield token.start, token.end


def _credit_faults(credit: Credit, said: Sequence[_Said], outlets: Collection[str]) -> Iterator[Fault]:
    """What is wrong with a header, a closing sentence or a list that credits outlets for the whole text."""
    for outlet in credit.outlets:
        if outlet not in outlets:
            message = f"{_shown(credit.text)} credits {outlet}, which is not among the articles."
            yield _fault("groundless credit", None, (), message)
        elif not any(one.rests_on(outlet) or one.rightly_tagged(outlet) for one in said):
            yield _fault(
                "groundless credit", None, (), f"{_shown(credit.text)} credits {outlet}, but no line rests on it."
            )
    left_out: dict[str, list[int]] = {}
    for one in said:
        if one.grounded and not any(one.by(outlet) for outlet in credit.outlets):
            left_out.setdefault(one.line.outlets[0], []).append(one.number + 1)
    if left_out:
        parts = "; ".join(f"{_lines(numbers)} on {outlet}" for outlet, numbers in left_out.items())
        names = _list(left_out)
        message = f"{_shown(credit.text)} leaves out {names}, on whose reporting the text also rests: {parts}."
        yield _fault("missing credit", None, (), message)


def _tag_faults(one: _Said, outlets: Collection[str], index: SourceIndex) -> Iterator[Fault]:
    line, whole = one.line, ((0, len(one.line.text)),)
    good = [outlet for outlet in line.claimed if outlet in outlets and one.by(outlet)]
    for outlet in line.claimed:
        if outlet not in good:
            rests = f"it rests on {_list(line.outlets)}" if one.grounded else "nor in any other"
            why = (
                f"nothing in the article of {outlet} says so"
                if outlet in outlets
                else f"no article of {outlet} is among those given"
            )
            joint = ", " if rests.startswith("nor") else "; "
            yield _fault(
                "groundless credit", one.number, whole, f"It is credited to {outlet}, but {why}{joint}{rests}."
            )
    if not good:
        return
    credited = [p for _, p in index.scores(one.given.whole) if index.labels[p.sentence.article.id] in good]
    wanted, have = one.given.without_printed_dates.terms, [p.analysis.terms for p in credited[: 2 * _SENTENCES]]
    for outlet in line.outlets:
        own = [e for e in line.evidence if e.outlet == outlet]
        if outlet not in line.claimed and (
            cover(wanted, [*have, *(known.terms for known in index.analyses(own))]) - cover(wanted, have) >= _ADDS
        ):
            span = _backed(one, own, index)
            what = f"“{line.text[span[0] : span[1]]}” rests on {outlet}, whom its tag leaves out"
            yield _fault("missing credit", one.number, (span,), f"{what}: {_shown(own[0].quote)}.")


# --- what is said -------------------------------------------------------------------------------------


def _contradictions(one: _Said, said: Sequence[_Said]) -> Iterator[Fault]:
    """What the evidence has otherwise, and where the line says other than one before it."""
    for finding in one.verdict.against:
        if finding.standing == "contradicted":
            told = _denied(one.line) if finding.kind == "judge" else _otherwise(one.line, finding)
            yield _fault("contradiction", one.number, (finding.span,), told)
    for other in said[: one.number]:
        if (found := opposition(one.sense, other.sense)) is not None:
            here, there = one.line.text[slice(*found.left)], other.line.text[slice(*found.right)]
            message = f"“{here}” here, but “{there}” in line {other.number + 1}."
            yield _fault("contradiction", one.number, (found.left,), message, "warning")  # either may be true


def _denied(line: Line) -> str:
    nearest = line.evidence[0]
    return f"{nearest.outlet} says otherwise, as the judge reads it: {_shown(nearest.quote)}."


def _beside_above(number: int, judged: JudgedLine) -> Iterator[Fault]:
    """Where a line says nothing new, or what cannot be true with what stands above it, as a judge reads them."""
    span = ((0, len(judged.line.text)),)
    if judged.above is not None and judged.above.entailed >= _SURE:
        yield _fault("repetition", number, span, "The lines above say this already, as the judge reads them.")
    elif judged.above is not None and judged.above.contradicted >= _SURE:
        message = "The lines above say otherwise, as the judge reads them."
        yield _fault("contradiction", number, span, message, "warning")  # either may be true


def _otherwise(line: Line, finding: Finding) -> str:
    evidence = line.evidence[finding.source] if finding.source < len(line.evidence) else None
    here = line.text[slice(*finding.span)]
    if evidence is None:
        return f"“{here}” is not what the articles have."
    true = f"“{finding.true}”: {_shown(evidence.quote)}" if finding.true else _shown(evidence.quote)
    return f"“{here}” where {evidence.outlet} has {true}."


def _untraceable(one: _Said) -> Iterator[Fault]:
    """What no article has, and what may be altered; one fault for a line of which no article says enough."""
    line, against = one.line, one.verdict.against
    nowhere = [f for f in against if f.standing == "nowhere" and f.kind != "line"]
    spans, parts = [f.span for f in nowhere], [f"the {f.kind} {_shown(line.text[slice(*f.span)])}" for f in nowhere]
    if any(f.kind == "line" for f in against):
        message = _unsaid(line, parts)
        yield _fault("untraceable", one.number, tuple(spans) or ((0, len(line.text)),), message)
        return
    for span, part in zip(spans, parts, strict=True):
        yield _fault("untraceable", one.number, (span,), f"No article has {part}.")
    if doubtful := [f for f in against if f.standing == "doubtful"]:
        yield _fault("untraceable", one.number, tuple(f.span for f in doubtful), _doubted(line, doubtful))


def _unsaid(line: Line, parts: Sequence[str]) -> str:
    none = f"; none has {' or '.join(parts)}" if parts else ""
    if not line.evidence:
        return f"No article says this{none}."
    nearest, quote = line.evidence[0].outlet, _shown(line.evidence[0].quote)
    if line.support.label == "unsupported":
        return f"No article says this{none}; the nearest is {nearest}'s {quote}."
    return f"{nearest} says only a part of this{none}: {quote}."


def _doubted(line: Line, doubtful: Sequence[Finding]) -> str:
    """What may be altered, and what its evidence has there, or else the evidence."""
    if doubtful[0].kind == "judge":
        return "The judge does not find this in its evidence."
    words = _list(_shown(line.text[slice(*f.span)]) for f in doubtful)
    if not line.evidence:
        return f"{words} may be altered, and no article says the rest."
    evidence = line.evidence[max(0, doubtful[0].source)]
    if (claim := next((f for f in doubtful if f.kind == "claim"), None)) is not None:
        source = line.evidence[claim.source]
        return f"It is told as a fact; {source.outlet} has {claim.true}: {_shown(source.quote)}."
    there = [_shown(f.true) for f in doubtful if f.true]
    return f"{words} may be altered: {evidence.outlet} has {_list(there or [_shown(evidence.quote)])}."


# --- wording ------------------------------------------------------------------------------------------


def _list(names: Iterable[str]) -> str:
    *first, last = tuple(names) or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' * (len(numbers) > 1)} {_list(map(str, numbers))}"


def _shown(text: str) -> str:
    text = " ".join(text.split())
    text = text[1:-1] if re.fullmatch(r'“[^“”]*”|"[^"]*"', text) else text.removesuffix(".")
    return f"“{text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”"
