"""A given brief's lines and credits and their evidence in; what is wrong with them, in plain sentences, out.

    untagged            a line names no outlet
    groundless credit   an outlet is credited that does not say so
    missing credit      what a line rests on is nobody's whom it, or the whole text, credits
    contradiction       a line says other than its evidence, or than a line before it
    untraceable         a figure, name, quotation or whole line that is in no article

A fault is named once, where a reader would mend it: a text without any tag has one fault, not one for each line,
and a wrong tag is groundless, not also missing the right one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsum.attribution.lines import SourceIndex
from newsum.audit.given import GivenAnalysis
from newsum.audit.opposites import Sense, added_negation, lost_negation, opposition, sense_of
from newsum.audit.parsing import Credit
from newsum.audit.tracing import Tracer
from newsum.checking import contradicted, find
from newsum.checking.context import StoryContext
from newsum.similarity.terms import cover
from newsum.summary import SEVERITIES, Evidence, Fault, FaultKind, Line, Span
from newsum.text.analysis import Analysis
from newsum.text.terms import Terms
from newsum.text.words import content_key

__all__ = ["find_faults"]

# Shares of a line's weight.
_GROUND, _LEAST = 0.4, 0.25  # of what the best outlet covers, and in any case: 135 of 138 right tags reach both
_RESTS = 0.6  # of what the best sentence covers, by one sentence: who only speaks of the same things has less
_ADDS = 0.15  # of a line's weight that only an uncredited outlet says, before its credit is missed
_SENTENCES = 3  # of one outlet, that together may say a line
_NEAREST = 6  # sentences that may hold the "not" of a line, said in other words
_SHOWN = 160  # characters of a quote in a message


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A line with what is known of it; for each outlet, the share of it that its best sentence, and three, cover."""

    number: int
    line: Line
    given: GivenAnalysis
    sense: Sense
    by_one: Mapping[str, float]
    by_some: Mapping[str, float]

    @property
    def grounded(self) -> bool:
        return bool(self.line.outlets)

    def by(self, outlet: str) -> bool:
        """Whether the outlet says enough of the line to be credited for it."""
        if outlet in self.line.outlets:
            return True
        best = max(self.by_some.values(), default=0.0)
        return self.by_some.get(outlet, 0.0) >= max(_LEAST, _GROUND * best)

    def rests_on(self, outlet: str) -> bool:
        """Whether the line would be credited to the outlet, or the outlet confirms it."""
        best = max(self.by_one.values(), default=0.0)
        return self.grounded and self.by(outlet) and self.by_one.get(outlet, 0.0) >= _RESTS * best


def find_faults(
    lines: Sequence[Line],
    given: Sequence[GivenAnalysis],
    credits: Sequence[Credit],
    index: SourceIndex,
    company: StoryContext,
    tracer: Tracer,
) -> tuple[Fault, ...]:
    """Every fault, the whole text's first, then line by line."""
    said = [
        _Said(n, line, known, sense_of(known.whole), *_shares(known, index))
        for n, (line, known) in enumerate(zip(lines, given, strict=True))
    ]
    outlets = set(index.story.labels.values())
    whole = [*_untagged_text(said), *(f for credit in credits for f in _credit_faults(credit, said, outlets))]
    tagged = any(line.claimed for line in lines)
    for one in said:
        whole += _untagged(one, index) if tagged or len(lines) == 1 else ()
        whole += _tag_faults(one, outlets, index)
        whole += _contradictions(one, said, tracer, index, company)
        whole += _untraceable(one, tracer)
    return tuple(dict.fromkeys(whole))


def _fault(kind: FaultKind, line: int | None, spans: tuple[Span, ...], message: str) -> Fault:
    return Fault(kind, SEVERITIES[kind], line, spans, message)


def _shares(given: GivenAnalysis, index: SourceIndex) -> tuple[dict[str, float], dict[str, float]]:
    """For each outlet, the shares of a line that its best sentence and its best three cover."""
    wanted = given.undated.terms
    best: dict[str, list[Terms]] = {}
    for _, passage in index.scores(given.undated):
        own = best.setdefault(index.labels[passage.sentence.article.id], [])
        if len(own) < _SENTENCES:
            own.append(passage.analysis.terms)
    by_one = {outlet: max(cover(wanted, [one]) for one in own) for outlet, own in best.items()}
    return by_one, {outlet: cover(wanted, own) for outlet, own in best.items()}


# --- credits ----------------------------------------------------------------------------------------


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
    if line.claimed or not one.grounded:
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
        elif not any(one.rests_on(outlet) for one in said):
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
    wanted, have = one.given.undated.terms, [p.analysis.terms for p in credited[: 2 * _SENTENCES]]
    for outlet in line.outlets:
        own = [e for e in line.evidence if e.outlet == outlet]
        if outlet not in line.claimed and (
            cover(wanted, [*have, *(known.terms for known in index.analyses(own))]) - cover(wanted, have) >= _ADDS
        ):
            span = _backed(one, own, index)
            what = f"“{line.text[span[0] : span[1]]}” rests on {outlet}, whom its tag leaves out"
            yield _fault("missing credit", one.number, (span,), f"{what}: {_shown(own[0].quote)}.")


# --- what is said -------------------------------------------------------------------------------------


def _contradictions(
    one: _Said, said: Sequence[_Said], tracer: Tracer, index: SourceIndex, company: StoryContext
) -> Iterator[Fault]:
    line = one.line
    given, near = one.given, [*line.evidence, *line.corroboration]
    figures = tracer.figures(given.whole, near)[0]
    altered = [(figure.span, figure.true, figure.evidence) for figure in figures]
    if given.undated is given.whole:
        altered += contradicted(given.whole, line.evidence, index.analyses(line.evidence), company)
    for span, true, evidence in altered:
        here = line.text[slice(*span)]
        message = f"“{here}” where {evidence.outlet} has “{true}”: {_shown(evidence.quote)}."
        yield _fault("contradiction", one.number, (span,), message)
    yield from _against_sources(one, index)
    for other in said[: one.number]:
        if (found := opposition(one.sense, other.sense)) is not None:
            here, there = line.text[slice(*found.left)], other.line.text[slice(*found.right)]
            message = f"“{here}” here, but “{there}” in line {other.number + 1}."
            yield _fault("contradiction", one.number, (found.left,), message)


def _against_sources(one: _Said, index: SourceIndex) -> Iterator[Fault]:
    """What the nearest source sentences deny, unless one of them says it in the line's sense."""
    line = one.line
    near = [*line.evidence, *line.corroboration] if one.grounded else []
    known = index.analyses(near)
    for evidence, sentence in zip(near, known, strict=True):
        if (found := opposition(one.sense, sense_of(sentence))) is not None:
            here = line.text[slice(*found.left)]
            message = f"“{here}” where {evidence.outlet} has {_shown(evidence.quote)}."
            yield _fault("contradiction", one.number, (found.left,), message)
            return
    others = [p.analysis for _, p in index.scores(one.given.whole)[:_NEAREST]]
    if near and (span := added_negation(one.given.whole, [*known, *others])) is not None:
        quote = _shown(line.evidence[0].quote)
        message = f"“{line.text[slice(*span)]}” where {line.evidence[0].outlet} denies nothing: {quote}."
        yield _fault("contradiction", one.number, (span,), message)
    for evidence, sentence in zip(line.evidence if near else (), known, strict=False):
        if (span := lost_negation(one.given.whole, sentence, [*known, *others])) is not None:
            message = f"“{line.text[slice(*span)]}” where {evidence.outlet} has {_shown(evidence.quote)}."
            yield _fault("contradiction", one.number, (span,), message)
            return
    if near and find(one.given.whole, index.analyses(line.evidence)).direction:
        message = f"It goes up where {line.evidence[0].outlet} goes down, or down where it goes up: "
        yield _fault("contradiction", one.number, (), f"{message}{_shown(line.evidence[0].quote)}.")


def _untraceable(one: _Said, tracer: Tracer) -> Iterator[Fault]:
    line, known = one.line, one.given.whole
    near = [*line.evidence, *line.corroboration]
    found = [
        *(("figure", span) for span in tracer.figures(known, near)[1]),
        *(("name", span) for span in tracer.names(known)),
        *(("quotation", span) for span in tracer.quotations(known)),
    ]
    parts = [f"the {what} {_shown(line.text[start:end])}" for what, (start, end) in found]
    if not one.grounded and not line.claimed:
        message = f"No article says this; none has {' or '.join(parts)}" if parts else "No article says this"
        nearest = line.evidence[0] if line.evidence else None
        message += f"; the nearest is {nearest.outlet}'s {_shown(nearest.quote)}." if nearest else "."
        yield _fault("untraceable", one.number, tuple(s for _, s in found) or ((0, len(line.text)),), message)
        return
    for (_, span), part in zip(found, parts, strict=True):
        yield _fault("untraceable", one.number, (span,), f"No article has {part}.")


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
