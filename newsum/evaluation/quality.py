"""Measures what ROUGE misses of one story: each measure with its weight, or None where it cannot be told.

- attribution: the outlets (or articles) that each line credits against those known to be right; precision, recall,
  F1 and whether the set is exactly right, all averaged over lines. A line that credits nobody has precision 0.
  attribution_also is the same for those credited and those named as saying the same (`Line.outlets` and `.also`).
- supported: the share of lines with the verdict "supported".
- balance: how evenly the lines' credits fall on the story's outlets: the entropy of their shares over its largest
  value (Pielou's evenness), 1 where every outlet is credited alike, 0 where only one is.
- novelty1, 2, 3: the share of the n-grams in the brief's sentences that no article has (See, Liu and Manning, "Get To
  The Point", 2017).
- repetition: the share of trigrams of the brief that occurred in it before.
- words, length: the words of the lines, and those by the words asked for.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from statistics import fmean

from newsum.errors import SettingsError
from newsum.evaluation.statistics import Weighted
from newsum.summary import Line, Summary
from newsum.system.patterns import regex
from newsum.text.sentences import split
from newsum.text.words import word_count

__all__ = ["attribution", "balance", "measure_summary", "measure_text", "novelty", "repetition", "supported"]

_WORD = regex(r"\w+(?:['’]\w+)*")
_NOVELTY = (1, 2, 3)

Gold = Sequence[Collection[str]]


def measure_text(text: str, words: int | None, articles: Sequence[str]) -> dict[str, Weighted]:
    """The measures of a brief that its words alone show."""
    count = word_count(text)
    found: dict[str, float | None] = {"repetition": repetition(text), "words": float(count)}
    if words:
        found["length"] = count / words
    if articles:
        found.update({f"novelty{n}": novelty(text, articles, n) for n in _NOVELTY})
    return {name: (value, 1) for name, value in found.items() if value is not None}


def measure_summary(summary: Summary, gold: Gold | None, where: str) -> dict[str, Weighted]:
    """The measures of a brief that need its receipts; an empty one has none."""
    lines = len(summary.lines)
    if not lines:
        return {}
    found: dict[str, Weighted] = {"supported": (supported(summary), lines)}
    evenness = balance(summary)
    if evenness is not None:
        found["balance"] = (evenness, 1)
    if gold is not None:
        for prefix, also in (("attribution_", False), ("attribution_also_", True)):
            shares = attribution(summary, gold, where, also=also)
            found |= {prefix + name: (value, lines) for name, value in shares.items()}
    return found


def supported(summary: Summary) -> float:
    return fmean(line.support.label == "supported" for line in summary.lines)


def balance(summary: Summary) -> float | None:
    """The evenness of the credits; None where the story has one outlet, or no line credits anyone."""
    outlets = len({source.outlet or source.article for source in summary.sources})
    credits = Counter(outlet for line in summary.lines for outlet in line.outlets)
    total = credits.total()
    if outlets < 2 or not total:
        return None
    return sum(n / total * math.log(total / n) for n in credits.values()) / math.log(outlets)


def novelty(text: str, articles: Iterable[str], n: int) -> float | None:
    """The share of the text's n-grams that no article has; None where no sentence has n words."""
    found = [gram for start, end in split(text) for gram in _ngrams(text[start:end], n)]
    known = {gram for article in articles for gram in _ngrams(article, n)}
    return fmean(gram not in known for gram in found) if found else None


def repetition(text: str) -> float:
    """The share of trigrams that occurred before; 0 for a text too short to have any."""
    found = _ngrams(text, 3)
    return 1 - len(set(found)) / len(found) if found else 0.0


def _ngrams(text: str, n: int) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return list(zip(*(words[start:] for start in range(n)), strict=False))


def attribution(summary: Summary, gold: Gold, where: str = "the summary", *, also: bool = False) -> dict[str, float]:
    """Precision, recall, F1 and exact set, averaged over lines.

    Args:
        gold: for each line the outlets, or the ids of the articles, that it should credit.
        where: what an error calls the summary.
        also: count those that a line names as saying the same, besides those it credits.

    Raises:
        SettingsError: there is not one set for each line, or a name is none of the story's.
    """
    if len(gold) != len(summary.lines):
        raise SettingsError(f"{where} has {len(summary.lines)} lines, its right credits are for {len(gold)}")
    by_article = _names_articles(summary, {name for names in gold for name in names}, where)
    pairs = [(_named(line, by_article, also), set(names)) for line, names in zip(summary.lines, gold, strict=True)]
    precisions = [len(given & right) / len(given) if given else float(not right) for given, right in pairs]
    recalls = [len(given & right) / len(right) if right else float(not given) for given, right in pairs]
    return {
        "precision": fmean(precisions),
        "recall": fmean(recalls),
        "f1": fmean(2 * p * r / (p + r) if p + r else 0.0 for p, r in zip(precisions, recalls, strict=True)),
        "exact": fmean(given == right for given, right in pairs),
    }


def _named(line: Line, by_article: bool, also: bool) -> set[str]:
    if not by_article:
        return {*line.outlets, *(line.also if also else ())}
    independent = (e for e in line.corroboration if also and e.copy_of is None)
    return {e.article for e in (*line.evidence, *independent)}


def _names_articles(summary: Summary, names: set[str], where: str) -> bool:
    """Whether the names are article ids; outlets, where both would do."""
    outlets = {s.outlet or f"source {n}" for n, s in enumerate(summary.sources, start=1)}
    if names <= outlets:
        return False
    if names <= {source.article for source in summary.sources}:
        return True
    unknown = ", ".join(sorted(names - outlets)[:5])
    raise SettingsError(f"{where} has no outlet or article {unknown}; its outlets are {', '.join(sorted(outlets))}")
