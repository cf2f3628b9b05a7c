"""A line and its evidence in; what the evidence does not back, the verdict, and where outlets differ, out.

Rules, not a model: every figure, name and content word of the line is looked up in the evidence (figures by
value, words by stem); a "not" on one side only, a direction turned round ("rose"/"fell") or a hedge dropped
("may" -> "will") contradicts. The score is a logistic function of what was found, with weights set by hand so
that one missing figure or name takes a line below "supported"; it orders lines well but is not yet calibrated.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from newsum.counting import differ
from newsum.language import Number, content_words, names, negations, numbers, rarity, words
from newsum.similarity import cosine, terms
from newsum.summary import Disagreement, Evidence, Span, Support

__all__ = ["Findings", "check", "disagreements", "find", "keeps_order", "support"]

_UP = frozenset(
    "rise rises rose risen rising increase increased increases grew grow grows grown gain gained gains climb climbed "
    "jump jumped surge surged soar soared".split()
)
_DOWN = frozenset(
    "fall falls fell fallen falling decrease decreased decreases drop dropped drops decline declined declines sink "
    "sank sunk slump slumped plunge plunged shrank tumble tumbled".split()
)
_HEDGES = frozenset(
    "may might could possibly perhaps reportedly allegedly alleged likely expected plans planned proposed would "
    "apparently appears seems suspected considering if whether unclear".split()
)
_FIRM = frozenset("will is are was were has have had did does".split())


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
    """

    cover: float
    numbers: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    negation: bool = False
    direction: bool = False
    hedge: bool = False


# --- looking up -----------------------------------------------------------------------------------

_QUOTED = re.compile(r"[“\"]([^“”\"]{2,})[”\"]")
_QUOTE_MARKS = str.maketrans("’‘“”", "''\"\"")


def find(line: str, evidence: Sequence[str], *, context: str = "") -> Findings:
    """Look every part of a line up in its evidence.

    Args:
        evidence: the sentences that the line rests on.
        context: phrases, parted by commas, that may stand in the line whole though the evidence lacks them
            (the dates that resolve its "Monday").
    """
    together = " ".join(evidence)
    keys = {w.key for w in words(together)}
    keys |= {part for key in keys for part in key.split("-")}
    granted = [m.span() for phrase in context.split(", ") if phrase for m in re.finditer(re.escape(phrase), line)]
    content = [w for w in content_words(line) if not any(a <= w.start < b for a, b in granted)]
    figures = [n for n in numbers(line) if not any(a <= n.start < b for a, b in granted)]
    lacking = [w for w in content if w.key not in keys and not any(n.start <= w.start < n.end for n in figures)]
    total = sum(rarity(w.form) for w in content)
    missing_names = _missing_names(line, keys)
    missing = [(w.start, w.end) for w in lacking if not any(a <= w.start < b for a, b in missing_names)]
    plain = {w.form.lower() for w in words(line)}
    source = {w.form.lower() for w in words(together)}
    return Findings(
        cover=1 - sum(rarity(w.form) for w in lacking) / total if total else 0.0,
        numbers=_missing_numbers(figures, numbers(together)),
        names=missing_names,
        words=tuple(missing),
        quotes=_missing_quotes(line, together),
        negation=_negation_differs(line, evidence),
        direction=bool(plain & _UP and not source & _UP and source & _DOWN)
        or bool(plain & _DOWN and not source & _DOWN and source & _UP),
        hedge=bool(plain & _FIRM) and not plain & _HEDGES and _hedged_where_it_counts(line, evidence),
    )


def _missing_numbers(figures: Sequence[Number], known: Sequence[Number]) -> tuple[Span, ...]:
    def same(a: Number, b: Number) -> bool:
        return abs(a.value - b.value) <= 1e-9 * max(1.0, abs(a.value)) and (a.unit == b.unit or not (a.unit and b.unit))

    return tuple((n.start, n.end) for n in figures if not any(same(n, k) for k in known))


def _missing_names(line: str, keys: set[str]) -> tuple[Span, ...]:
    return tuple((n.start, n.end) for n in names(line) if not all(k in keys for k in n.keys))


def _missing_quotes(line: str, evidence: str) -> tuple[Span, ...]:
    source = " ".join(evidence.translate(_QUOTE_MARKS).split())
    return tuple(m.span() for m in _QUOTED.finditer(line) if m[1].strip(" ,.").translate(_QUOTE_MARKS) not in source)


def _negation_differs(line: str, evidence: Sequence[str]) -> bool:
    """Whether the line turns round what its nearest evidence says, or drops its "not".

    A sentence that says more than the line may negate the part left out, so a "not" that stands far from
    any word of the line is no difference.
    """
    if not evidence:
        return False
    nearest = max(evidence, key=lambda e: cosine(terms(line), terms(e)))
    mine, theirs = negations(line), negations(nearest)
    if mine > theirs and not any(negations(e) >= mine for e in evidence):
        return True
    if mine or not theirs:
        return False
    return _touches(nearest, line)


_NOT = re.compile(
    r"\b(?:not|no|never|n[’']t|without|denie[sd]|deny|denying|neither|nor|refus\w+|fail\w*|reject\w*)\b|n[’']t\b"
)


def _touches(source: str, line: str) -> bool:
    """Whether a negation in the source stands right before content that the line keeps."""
    kept = {w.key for w in content_words(line)}
    for match in _NOT.finditer(source):
        after = content_words(source[match.end() : match.end() + 60])[:2]
        if after and all(w.key in kept for w in after):
            return True
    return False


def _hedged_where_it_counts(line: str, evidence: Sequence[str]) -> bool:
    """Whether a hedge in the nearest evidence stands right before content that the line states."""
    nearest = max(evidence, key=lambda e: cosine(terms(line), terms(e)), default="")
    kept = {w.key for w in content_words(line)}
    for word in words(nearest):
        if word.form.lower() in _HEDGES:
            after = content_words(nearest[word.end : word.end + 50])[:2]
            if after and all(w.key in kept for w in after):
                return True
    return False


def keeps_order(line: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a tenth at least of the line's neighbouring content words are neighbours in its evidence.

    A model that has learned nothing strings its sources' words together; every one of them is "supported".
    """
    pairs = {key for key in terms(line).weights if " " in key}
    theirs = {key for e in evidence for key in terms(e.quote).weights if " " in key}
    return len(pairs & theirs) >= _IN_ORDER * len(pairs)


# --- the verdict ------------------------------------------------------------------------------------

# logistic weights over what was found; see the module's docstring
_BIAS, _UNCOVERED, _NUMBER, _NAME, _OTHER_QUOTE, _TURNED = 3.4, -7.0, -3.2, -2.4, -2.0, -3.4
_IN_ORDER = 0.1  # of neighbouring content words; SPARK's human lines keep a third at the median, nine in ten a tenth
_SUPPORTED, _PARTLY = 0.75, 0.22  # a third of the line unbacked; two thirds


def check(line: str, evidence: Sequence[Evidence], *, context: str = "") -> Support:
    """The verdict on a line, from its evidence alone."""
    if not evidence:
        return Support("unsupported", 0.02, ((0, len(line)),))
    return support(find(line, [e.quote for e in evidence], context=context))


def support(found: Findings) -> Support:
    """Findings as a label, a score and the spans that nothing backs."""
    turned = found.negation or found.direction or found.hedge
    logit = (
        _BIAS
        + _UNCOVERED * (1 - found.cover)
        + _NUMBER * len(found.numbers)
        + _NAME * len(found.names)
        + _OTHER_QUOTE * len(found.quotes)
        + _TURNED * turned
    )
    score = round(1 / (1 + math.exp(-logit)), 4)
    spans = tuple(sorted({*found.numbers, *found.names, *found.words, *found.quotes}))
    if found.negation or found.direction:
        return Support("contradicted", min(score, _PARTLY), spans)
    if score >= _SUPPORTED and not (found.numbers or found.names or found.quotes):
        return Support("supported", score, spans)
    return Support("partly" if score >= _PARTLY else "unsupported", score, spans)


# --- where outlets differ -----------------------------------------------------------------------------


def disagreements(groups: Iterable[Sequence[Evidence]]) -> tuple[Disagreement, ...]:
    """Figures on which outlets differ: one thing counted, two outlets, two values.

    Args:
        groups: for each line, the nearest evidence of different outlets.
    """
    found: dict[frozenset[str], Disagreement] = {}
    for group in groups:
        for left, right in combinations(group, 2):
            if left.outlet != right.outlet and differ(left.quote, right.quote):
                found.setdefault(frozenset((left.quote, right.quote)), Disagreement("number", (left, right)))
    return tuple(found.values())
