"""Finds what speaks against a line: what its evidence, or the whole story, lacks of it, and what it says otherwise.

In: a line beside its evidence (alignment.py) and the story that it is of (context.py).
Out: `Finding`s, from which verdict.py makes the label and newsum.audit the faults.

Every figure, name, quotation and content word of the line is looked up in the evidence; a "not" on one side only, a
direction turned round, a hedge dropped (polarity.py) and opposite things said of one thing (opposites.py) are looked
for; each name, figure and date is judged by the company that it keeps in the story (alterations.py).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsum.checking.alignment import Comparison, compare
from newsum.checking.alterations import Alteration
from newsum.checking.context import StoryContext
from newsum.checking.figures import Figure, are_equal, are_rivals, figures, is_same
from newsum.checking.opposites import may_deny, opposition, sense_of
from newsum.checking.polarity import Reversal, reversals, unaligned_negation
from newsum.checking.quotations import Quotation, plain, quotations
from newsum.checking.told_as_facts import told_as_fact
from newsum.similarity.terms import cover
from newsum.summary import Evidence, Span
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis
from newsum.text.lexicon import COURTESY, SAID
from newsum.text.names import Name
from newsum.text.quantities import Quantity
from newsum.text.words import Word, content_words, rarity

__all__ = ["Finding", "FindingKind", "LookUp", "Standing", "claimed", "find", "findings", "inside", "look_up", "turned"]

FindingKind = Literal[
    "figure",
    "name",
    "date",
    "quotation",
    "word",
    "negation",
    "direction",
    "hedge",
    "opposition",
    "claim",
    "edit",
    "line",
    "judge",
]
Standing = Literal["contradicted", "nowhere", "doubtful", "lacking"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a line that does not stand in its evidence as the line has it.

    Attributes:
        span: of the line.
        standing: "contradicted" (the evidence has it otherwise), "nowhere" (no article has it), "doubtful" (the
            evidence lacks it, and it may be altered), "lacking" (the evidence lacks it, and may say it in other words).
        certainty: 0..1.
        source: which of the evidence has it otherwise; -1 where none has.
        true: what stands there; of a claim told as a fact, the way in which it is told.
    """

    kind: FindingKind
    span: Span
    standing: Standing
    certainty: float = 1.0
    source: int = -1
    true: str = ""


# --- what the evidence lacks ----------------------------------------------------------------------------

_ADDED, _TURNED = 0.66, 0.7  # of the words around a "not" or hedge are the evidence's: two of three, three of four
_EMPTY = SAID | COURTESY  # words that say nothing of the news: no reader asks who backs a "Ms"
_LEAST = 1e-9  # a direction is turned where the evidence has the other word in its place, whatever is around


@dataclass(frozen=True, slots=True, eq=False)
class LookUp:
    """What a line has and its evidence lacks.

    Attributes:
        cover: share of the line's content, by rarity, that the evidence has.
        reversals: how closely each of an added "not", a lost one, a direction and a hedge was seen.
    """

    cover: float
    figures: tuple[Quantity, ...]
    names: tuple[Name, ...]
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    reversals: tuple[Reversal, Reversal, Reversal, Reversal]


def look_up(beside: Comparison, granted: Sequence[Span] = ()) -> LookUp:
    """Look every part of a line up in its evidence, but for the stretches that are granted it."""
    line, sources = beside.line, beside.sources
    keys = {key for source in sources for key in source.word_table.keys}
    keys |= {part for key in keys for part in key.split("-")}
    content = [w for w in content_words(line.words) if not inside(w.start, granted)]
    counted = [n for n in line.quantities if not inside(n.start, granted)]
    in_figures = {at for n in counted for at in range(n.start, n.end)}
    lacking = [w for w in content if w.key not in keys and w.start not in in_figures]
    total = sum(w.weight for w in content)
    known = [n for source in sources for n in source.quantities]
    names = [n for n in line.names if not inside(n.start, granted) and not all(key in keys for key in n.keys)]
    named = [(n.start, n.end) for n in names]
    quoted = list(quotations(line.text))
    text = plain(" ".join(source.text for source in sources)) if quoted else ""
    return LookUp(
        cover=1 - sum(w.weight for w in lacking) / total if total else 0.0,
        figures=tuple(n for n in counted if not any(are_equal(n, k) for k in known)),
        names=tuple(names),
        words=tuple(w for w in lacking if w.form.lower() not in _EMPTY and not inside(w.start, named)),
        quotations=tuple(q for q in quoted if not all(part in text for part in q.parts)),
        reversals=reversals(beside),
    )


def inside(at: int, spans: Iterable[Span]) -> bool:
    """Whether a place is inside one of the spans."""
    return any(start <= at < end for start, end in spans)


def find(line: Analysis, evidence: Iterable[Analysis]) -> tuple[Finding, ...]:
    """What the evidence alone lacks of a line or says otherwise; no story is asked."""
    found = look_up(compare(line, evidence))
    lacking: list[Finding] = [Finding("figure", (n.start, n.end), "lacking") for n in found.figures]
    lacking += [Finding("name", (n.start, n.end), "lacking") for n in found.names]
    lacking += [Finding("word", (w.start, w.end), "lacking") for w in found.words]
    lacking += [Finding("quotation", q.span, "lacking") for q in found.quotations]
    return (*lacking, *turned(found.reversals))


_BARS: Sequence[tuple[FindingKind, float]] = (
    ("negation", _ADDED),
    ("negation", _TURNED),
    ("direction", _LEAST),
    ("hedge", _TURNED),
)


def turned(found: Sequence[Reversal]) -> Iterator[Finding]:
    """The reversals that are close enough to be sure of."""
    for (kind, bar), reversal in zip(_BARS, found, strict=True):
        if reversal.closeness >= bar:
            yield Finding(
                kind, (reversal.start, reversal.end), "contradicted", reversal.closeness, max(0, reversal.evidence)
            )


# --- what the evidence has otherwise, and what no article has -------------------------------------------

_RIVAL, _DOUBTED = 0.75, 0.5  # of a claim, to be altered: from which its rival contradicts it; from which it is shown
_TWIN = 0.4  # of a line's weight: a sentence that has so much speaks of the same day
_RELATED = 0.3  # rarity of a word that a line and a sentence share for that sentence's figures to be of its subject
_CUT = regex(r"^['’]|['’][^\W\d_s]")  # about a letter of "Don't"


def findings(
    beside: Comparison,
    evidence: Sequence[Evidence],
    looked_up: LookUp,
    altered: Sequence[Alteration],
    story: StoryContext,
    granted: Sequence[Span] = (),
    *,
    far: bool = False,
) -> tuple[Finding, ...]:
    """All that is found, a stretch of the line once for each kind, what is surest first.

    Args:
        looked_up: what the evidence lacks.
        altered: each name, figure and date with the probability that it is an altered one.
        far: the evidence says too little of the line to have its names and figures otherwise.
    """
    everything = (
        *_altered(beside, altered),
        *_figures(beside, evidence, looked_up, story, granted),
        *_names(beside.line, looked_up, story),
        *_quotations(looked_up, story),
        *_senses(beside, looked_up, story),
        *_claims(beside, story),
        *(Finding("word", (w.start, w.end), "lacking") for w in looked_up.words),
    )
    first: dict[tuple[FindingKind, Span], Finding] = {}
    order: Sequence[Standing] = ("nowhere", "contradicted", *_ORDER[2:]) if far else _ORDER
    for finding in sorted(everything, key=lambda f: order.index(f.standing)):
        if not any(kind == finding.kind and _overlap(finding.span, span) for kind, span in first):
            first[finding.kind, finding.span] = finding
    return tuple(sorted(first.values(), key=lambda f: (_ORDER.index(f.standing), f.span)))


_ORDER: Sequence[Standing] = ("contradicted", "nowhere", "doubtful", "lacking")


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _altered(beside: Comparison, seen: Iterable[Alteration]) -> Iterator[Finding]:
    for alteration in seen:
        if alteration.probability >= _RIVAL and alteration.evidence >= 0:
            yield claimed(beside, alteration, "contradicted")
        elif alteration.probability >= _DOUBTED:
            yield claimed(beside, alteration, "doubtful")


_KINDS: Mapping[str, FindingKind] = {"name": "name", "number": "figure", "weekday": "date", "month": "date"}


def claimed(beside: Comparison, seen: Alteration, standing: Standing) -> Finding:
    """A name, figure or date as a finding."""
    true = beside.sources[seen.evidence].text[slice(*seen.rival)] if seen.evidence >= 0 else ""
    return Finding(_KINDS[seen.claim.kind], seen.claim.span, standing, seen.probability, seen.evidence, true)


def _figures(
    beside: Comparison, evidence: Sequence[Evidence], looked_up: LookUp, story: StoryContext, granted: Sequence[Span]
) -> Iterator[Finding]:
    line, lacking = beside.line, {(n.start, n.end) for n in looked_up.figures}
    ours = list(figures(line))
    as_written = [k for source in beside.sources for k in figures(source)] if ours else []
    places = [(source, e.article) for source, e in zip(beside.sources, evidence, strict=True)]
    subject = _subject(line) if ours else frozenset()

    @cache
    def on_subject() -> list[Sequence[Figure]]:
        related = story.with_figure(line)
        return [own for sentence, own in related if own and any(w.key in subject for w in sentence.words)]

    for figure in ours:
        span = (figure.quantity.start, figure.quantity.end)
        if _has(as_written, figure, line) or _is_dated(figure, places, story):
            continue
        known = [story.figures(*place) for place in places]
        is_said = _has([k for own in known for k in own], figure, line) or _is_related(figure, line, on_subject())
        rival = None if is_said else _rival(figure, known, beside, story)
        if rival is not None:
            yield Finding("figure", span, "contradicted", 1.0, *rival)
        elif not (is_said or inside(span[0], granted) or story.may_mean(figure.text) or story.counts(figure.quantity)):
            yield Finding("figure", span, "nowhere")
        elif span in lacking:
            yield Finding("figure", span, "lacking")


def _has(known: Sequence[Figure], figure: Figure, line: Analysis) -> bool:
    """Whether a figure is among those of the evidence."""
    alike = [k for k in known if k.month == figure.month] or known  # "2027" where the line has "October 2027"
    return any(is_same(figure, k, line.text) for k in alike)


def _is_dated(figure: Figure, places: Sequence[tuple[Analysis, str]], story: StoryContext) -> bool:
    """Whether a relative date of the evidence is that of the figure."""
    day = re.compile(rf"(?<!\d){re.escape(figure.text)}")
    return bool(figure.month) and any(day.search(story.resolved(*place)) for place in places)


def _subject(line: Analysis) -> frozenset[str]:
    """What a line speaks of, but for its figures."""
    return frozenset(w.key for w in line.words if rarity(w.form) >= _RELATED and not w.form[0].isdigit())


def _is_related(figure: Figure, line: Analysis, known: Iterable[Sequence[Figure]]) -> bool:
    """Whether a sentence on the line's subject, though no evidence for it, has the figure."""
    return any(
        k.month == figure.month and is_same(figure, k, line.text)  # "spring of 2028": not "October"
        for own in known
        for k in own
    )


def _rival(
    figure: Figure, known: Sequence[Sequence[Figure]], beside: Comparison, story: StoryContext
) -> tuple[int, str] | None:
    """Which of the evidence counts the same thing otherwise, and how."""
    for n, own in enumerate(known):
        rival = next((k for k in own if are_rivals(figure, k)), None)
        # some relative date may mean it: only a near twin of the line tells
        twin = not story.may_mean(figure.text) or cover(beside.line.terms, [beside.sources[n].terms]) >= _TWIN
        if rival is not None and twin:
            return n, rival.text
    return None


def _names(line: Analysis, looked_up: LookUp, story: StoryContext) -> Iterator[Finding]:
    for name in looked_up.names:
        is_known = _is_part(line.text, name) or story.names(name, line.text[name.start : name.end])
        yield Finding("name", (name.start, name.end), "lacking" if is_known else "nowhere")


def _is_part(text: str, name: Name) -> bool:
    """Whether what looks like a name is a letter of "U.S." or the first half of "Don't"."""
    around = text[max(0, name.start - 1) : name.start] + text[name.end : name.end + 2]
    return name.end - name.start == 1 or bool(_CUT.search(around))


def _quotations(looked_up: LookUp, story: StoryContext) -> Iterator[Finding]:
    for quotation in looked_up.quotations:
        if not all(map(story.says, quotation.parts)):
            yield Finding("quotation", quotation.span, "nowhere")


def _senses(beside: Comparison, looked_up: LookUp, story: StoryContext) -> Iterator[Finding]:
    """What the line turns round; one that is told by the whole of what it says goes first."""
    close = list(turned(looked_up.reversals))
    opposite = next(_oppositions(beside), None)
    if opposite is not None:
        yield opposite
        close = [finding for finding in close if finding.kind != "negation"]
    elif not any(finding.kind == "negation" for finding in close):
        reversal = unaligned_negation(beside, story.nearest)
        close += [Finding("negation", reversal[1:3], "contradicted", *reversal[::3])] if reversal else []
    yield from close


def _claims(beside: Comparison, story: StoryContext) -> Iterator[Finding]:
    told = told_as_fact(beside, story.nearest)
    if told is not None:
        yield Finding("claim", (0, len(beside.line.text)), "doubtful", 1.0, told.evidence, told.way)


def _oppositions(beside: Comparison) -> Iterator[Finding]:
    """Where a sentence of the evidence says the opposite of one thing; most lines and sentences deny nothing."""
    deny = [may_deny(source) for source in beside.sources]
    ours = sense_of(beside.line) if may_deny(beside.line) or any(deny) else None
    for n, source in enumerate(beside.sources):
        if ours is None or source.text == beside.line.text:
            continue
        if (found := opposition(ours, sense_of(source))) is not None:
            yield Finding("opposition", found.left, "contradicted", 1.0, n)
