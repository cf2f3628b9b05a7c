"""Checks a line against its evidence: what the evidence does not back, the verdict, and where outlets differ.

Every figure, name and content word of the line is looked up in the evidence (figures by value, words by stem), the
line is laid beside each sentence of it (alignment.py), a "not" on one side only, a direction turned round and a hedge
dropped are looked for in their place (polarity.py), and each name, figure and date in the company that it keeps in the
story (context.py, alterations.py). calibration.py makes a calibrated probability of that; the label says what was
found. A model of entailment may be asked too: any callable of the form of `Entailment`.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from newsum.checking.alignment import Alignment, align, respaced
from newsum.checking.alterations import GROUPS, Alteration, doubts, logistic
from newsum.checking.calibration import altered, backing, faults, probability
from newsum.checking.context import StoryContext, plain
from newsum.checking.polarity import Reversal, added_negation, dropped_hedge, lost_negation, turned_direction
from newsum.outlets.citations import citations, same
from newsum.similarity.counts import differ
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Disagreement, Evidence, Span, Support, SupportLabel
from newsum.text.analysis import Analysis, analyse
from newsum.text.lexicon import QUOTED
from newsum.text.quantities import Quantity
from newsum.text.words import content_words

__all__ = [
    "Entailment",
    "Findings",
    "check",
    "company_of",
    "contradicted",
    "disagreements",
    "find",
    "keeps_order",
    "worst",
]


class Entailment(Protocol):
    """How likely a hypothesis is, 0..1, where its premise is taken as true."""

    def __call__(self, premise: str, hypothesis: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Findings:
    """What looking a line up in its evidence brought to light; spans are of the line.

    Attributes:
        cover: share of the line's content, by rarity, that the evidence has.
        numbers, names, words: what the evidence lacks.
        negation: a "not" in the line or in the evidence that the other lacks.
        direction: the line says "rose" where the evidence says "fell", or the reverse.
        hedge: the evidence hedges ("may") and the line does not.
        quotes: quotations in the line that do not stand in the evidence letter for letter.
        turns: how closely each of an added "not", a lost one, a direction and a hedge was seen.
    """

    cover: float
    numbers: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    negation: bool = False
    direction: bool = False
    hedge: bool = False
    turns: tuple[Reversal, ...] = ()


# --- looking up -----------------------------------------------------------------------------------

_LEFT_OUT = re.compile(r"\.\.\.|…|\[[^\]]*\]")
_UNNAMED = re.compile(r"source \d+")  # an outlet that is not known
_ADDED, _TURNED = 0.66, 0.7  # of the words around a "not" or hedge are the evidence's: two of three, three of four


def find(line: Analysis, evidence: Sequence[Analysis], *, context: str = "") -> Findings:
    """Look every part of a line up in its evidence.

    Args:
        evidence: the sentences that the line rests on.
        context: phrases, parted by commas, that may stand in the line whole though the evidence lacks them
            (the dates that resolve its "Monday").
    """
    sources = [respaced(line, source) for source in evidence]
    return _found(line, sources, [align(line, source) for source in sources], _granted(line.text, context))


def _found(
    line: Analysis, sources: Sequence[Analysis], aligned: Sequence[Alignment], granted: tuple[Span, ...]
) -> Findings:
    keys = {word.key for source in sources for word in source.words}
    keys |= {part for key in keys for part in key.split("-")}
    content = [w for w in content_words(line.words) if not _inside(w.start, granted)]
    figures = [n for n in line.quantities if not _inside(n.start, granted)]
    lacking = [w for w in content if w.key not in keys and not any(n.start <= w.start < n.end for n in figures)]
    total = sum(w.weight for w in content)
    missing_names = tuple(span for span in _missing_names(line, keys) if not _inside(span[0], granted))
    missing = [(w.start, w.end) for w in lacking if not _inside(w.start, missing_names)]
    texts = [source.text for source in sources]
    turns = _turns(line.text, texts, aligned)
    return Findings(
        cover=1 - sum(w.weight for w in lacking) / total if total else 0.0,
        numbers=_missing_numbers(figures, [n for source in sources for n in source.quantities]),
        names=missing_names,
        words=tuple(missing),
        quotes=_missing_quotes(line.text, " ".join(texts)),
        negation=turns[0].closeness >= _ADDED or turns[1].closeness >= _TURNED,
        direction=turns[2].closeness > 0,
        hedge=turns[3].closeness >= _TURNED,
        turns=turns,
    )


def _turns(line: str, evidence: Sequence[str], aligned: Sequence[Alignment]) -> tuple[Reversal, ...]:
    return tuple(
        look(line, evidence, aligned) for look in (added_negation, lost_negation, turned_direction, dropped_hedge)
    )


def _own_citations(line: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Where a line cites ("Reuters reports") the outlet whose words it rests on, or may, where that is unknown."""
    if any(citations(e.quote) for e in evidence):  # which the line may have wrong
        return
    for start, end, name in citations(line):
        if any(_UNNAMED.fullmatch(e.outlet) or same(name, e.outlet) for e in evidence):
            yield line[start:end]


def _granted(line: str, context: str) -> tuple[Span, ...]:
    phrases = (phrase for phrase in context.split(", ") if phrase)
    return tuple(m.span() for phrase in phrases for m in re.finditer(re.escape(phrase), line))


def _without(line: str, granted: Sequence[Span]) -> str:
    """The line without what was granted it, but for dates in its run: "on Monday (12 July)" is "on Monday"."""
    for start, end in sorted(granted, reverse=True):
        if line[:start].endswith(" (") and line[end:].startswith(")"):
            line = line[: start - 2] + line[end + 1 :]
        elif citations(line[start:end]):
            line = line[:start] + line[end:]
    return line


def _inside(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _missing_numbers(figures: Sequence[Quantity], known: Sequence[Quantity]) -> tuple[Span, ...]:
    def same(a: Quantity, b: Quantity) -> bool:
        return abs(a.value - b.value) <= 1e-9 * max(1.0, abs(a.value)) and (a.unit == b.unit or not (a.unit and b.unit))

    return tuple((n.start, n.end) for n in figures if not any(same(n, k) for k in known))


def _missing_names(line: Analysis, keys: set[str]) -> tuple[Span, ...]:
    return tuple((n.start, n.end) for n in line.names if not all(k in keys for k in n.keys))


def _missing_quotes(line: str, evidence: str) -> tuple[Span, ...]:
    source = _bare_quote(evidence)
    return tuple(m.span() for m in QUOTED.finditer(line) if not all(part in source for part in _parts(m[0])))


def _parts(quotation: str) -> Iterator[str]:
    """A quotation without its marks, parted where "..." or "[he]" stands for something else."""
    yield from map(_bare_quote, _LEFT_OUT.split(quotation.strip(" \"“”‘’'")))


def _bare_quote(text: str) -> str:
    """`plain`, and nothing about it."""
    return plain(text).strip(' ,."')


def keeps_order(line: Analysis, evidence: Sequence[Analysis]) -> bool:
    """Whether a tenth at least of the line's neighbouring content words are neighbours in its evidence.

    A model that has learned nothing strings its sources' words together; every one of them is "supported".
    """
    pairs = {key for key in line.terms.weights if " " in key}
    theirs = {key for sentence in evidence for key in sentence.terms.weights if " " in key}
    return len(pairs & theirs) >= _IN_ORDER * len(pairs)


# --- the verdict ------------------------------------------------------------------------------------

_IN_ORDER = 0.1  # of neighbouring content words; SPARK's human lines keep a third at the median, nine in ten a tenth
# Labels, set on lines of allsides_train: _ALTERED is reached by none of 400 sentences and 18% of the editors' summary
# lines as they are, by 92% and 62% of those with a fault (what has a rival or a foreign figure is noticed besides).
_ALTERED = 0.6  # probability that something was altered, from which no line is supported
_RIVAL, _DOUBTED = 0.75, 0.5  # of one claim: from which its rival contradicts it; from which it is pointed at
_MOSTLY = 0.45  # of a line's words, by weight, in its evidence
_SOME = 1 / 3  # of them at least, and as much again for each name or figure that the evidence lacks,
_NEARLY_ALL = 0.9  # up to this
_EVEN = 0.5  # with a model of entailment, a line less likely than not is not supported
_NOTHING = 0.02  # the score of a line without evidence: of foreign lines about 1 in 50 finds any


def check(
    line: Analysis,
    evidence: Sequence[Evidence],
    sentences: Sequence[Analysis],
    *,
    context: str = "",
    unresolved: Analysis | None = None,
    company: StoryContext | None = None,
    entailment: Entailment | None = None,
) -> Support:
    """The verdict on a line: its label, the probability that its evidence backs it, the spans that nothing backs.

    Args:
        sentences: what is known of each quote of the evidence.
        context: dates that may stand in the line though the evidence lacks them (see `find`).
        unresolved: the line before those dates were put in, where it is at hand.
        company: the whole story's sentences, so that a name that belongs elsewhere is noticed; else the evidence's.
        entailment: a model that judges too; its log-odds and newsum's are averaged.
    """
    text = line.text
    if not evidence:
        return Support("unsupported", _NOTHING, ((0, len(text)),))
    sources = [respaced(line, sentence) for sentence in sentences]
    aligned = [align(line, source) for source in sources]
    granted = _granted(text, ", ".join(filter(None, (context, *_own_citations(text, evidence)))))
    found = _found(line, sources, aligned, granted)
    seen = [
        d for d in doubts(line, aligned, company or StoryContext([sources])) if not _inside(d.claim.span[0], granted)
    ]
    quotes = tuple(s for s in found.quotes if company is None or not all(map(company.says, _parts(text[slice(*s)]))))
    strange = bool(found.numbers) if company is None else _is_strange(line, found.numbers, company)
    missing = (len(found.names), len(found.numbers), len(quotes))
    bare, beside = line, aligned
    if (without := _without(text, granted)) != text:
        bare = unresolved if unresolved is not None and unresolved.text == without else analyse(without)
        beside = [align(bare, source) for source in sources]
    wrong = altered(faults(worst(seen), missing, found.turns, beside))
    put = backing(bare, sources, beside, (e.score for e in evidence))
    score = probability(put, wrong)
    if entailment is not None:
        score = _average(score, entailment(" ".join(source.text for source in sources), text))
    spans = tuple(sorted({*found.numbers, *found.names, *found.words, *quotes, *_doubted(seen)}))
    some = min(_NEARLY_ALL, _SOME * (1 + len(found.names) + len(found.numbers)))
    doubtful = strange or bool(quotes) or wrong >= _ALTERED or (entailment is not None and score < _EVEN)
    label: SupportLabel = "partly"
    if found.cover >= some and _is_contradicted(found, seen):
        label = "contradicted"
    elif found.cover >= _MOSTLY and not doubtful:
        label = "supported"
    elif found.cover < some:
        label = "unsupported"
    return Support(label, round(score, 4), spans)


def _is_strange(line: Analysis, lacking: Sequence[Span], company: StoryContext) -> bool:
    """Whether one of the figures that the evidence lacks is nowhere in the story, not even exacter."""
    return any((n.start, n.end) in lacking and not company.counts(n) for n in line.quantities)


def contradicted(
    line: Analysis, evidence: Sequence[Evidence], sentences: Sequence[Analysis], company: StoryContext
) -> tuple[tuple[Span, str, Evidence], ...]:
    """Each name or date of a line that its evidence has otherwise: where it is, what stands there, and whose words."""
    sources = [respaced(line, sentence) for sentence in sentences]
    seen = doubts(line, [align(line, source) for source in sources], company) if evidence else ()
    return tuple(
        (d.claim.span, sources[d.evidence].text[slice(*d.rival)], evidence[d.evidence])
        for d in seen
        if d.probability >= _RIVAL and d.evidence >= 0 and d.claim.kind != "number"
    )


def company_of(story: StoryAnalysis) -> StoryContext:
    """The sentences of a story's articles, for `check`."""
    return StoryContext([a.title, *(passage.analysis for passage in a.sentences)] for a in story.articles)


def worst(seen: Iterable[Alteration]) -> dict[str, float]:
    """For each group of claims the highest probability that one of them is altered."""
    found: dict[str, float] = {}
    for doubt in seen:
        name = GROUPS[doubt.claim.kind]
        found[name] = max(found.get(name, 0.0), doubt.probability)
    return found


def _doubted(seen: Iterable[Alteration]) -> set[Span]:
    return {d.claim.span for d in seen if d.probability >= _DOUBTED}


def _is_contradicted(found: Findings, seen: Iterable[Alteration]) -> bool:
    """Whether the evidence says otherwise: it has a "not" more or less, or another name, figure or date."""
    turned = found.negation or found.direction or found.hedge
    return turned or any(d.probability >= _RIVAL and d.evidence >= 0 for d in seen)


def _average(left: float, right: float) -> float:
    """The probability half-way between two, by their log-odds."""
    odds = [min(max(p, _NOTHING / 2), 1 - _NOTHING / 2) for p in (left, right)]
    return logistic(sum(math.log(p / (1 - p)) for p in odds) / 2)


# --- where outlets differ -----------------------------------------------------------------------------


def disagreements(groups: Iterable[Sequence[tuple[Evidence, Analysis]]]) -> tuple[Disagreement, ...]:
    """Figures on which outlets differ: one thing counted, two outlets, two values.

    Args:
        groups: for each line, the nearest evidence of different outlets with what is known of its quotes.
    """
    found: dict[frozenset[str], Disagreement] = {}
    for group in groups:
        for (left, ours), (right, theirs) in combinations(group, 2):
            if left.outlet != right.outlet and differ(ours, theirs):
                found.setdefault(frozenset((left.quote, right.quote)), Disagreement("number", (left, right)))
    return tuple(found.values())
