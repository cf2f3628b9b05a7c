"""This module says how outlets are printed, so that no name can pass for another's, for two, or for a source's number.

In: a `Summary`. Out: for every credit its name as a reader sees it: quoted where it holds a mark of our own tags
("BBC; Reuters" is one outlet), or reads like the number that stands for an unknown one ("source 2").
"""

import re
from collections.abc import Iterable, Sequence

from newsum.rendering.plain import plain
from newsum.summary import Evidence, Source, Summary
from newsum.system.patterns import regex

__all__ = ["Names", "named"]

_OUR_MARKS = regex(
    r"[;,\[\]“”]| / |\bciting\b|\balso:|\bcarried by\b|\bsame text in\b|^(?:nobody|no source found.*|unknown outlet)$",
    re.IGNORECASE,
)
_NUMBERED = regex(r"source\s*\d+", re.IGNORECASE)


def named(outlet: str) -> str:
    """An outlet's name as it is printed.

    >>> named("BBC"), named("BBC; Reuters"), named("source 2"), named("")
    ('BBC', '“BBC; Reuters”', '“source 2”', 'unknown outlet')
    """
    name = plain(outlet)
    if _OUR_MARKS.search(name) or _NUMBERED.fullmatch(name):
        return f"“{name.replace('“', '‘').replace('”', '’')}”"
    return name or "unknown outlet"


class Names:
    """The names of one summary's outlets; an article without an outlet is "source 3", unquoted."""

    def __init__(self, summary: Summary) -> None:
        self._of = {s.article: _of_source(number, s) for number, s in enumerate(summary.sources, start=1)}

        labels = (s.outlet or f"source {number}" for number, s in enumerate(summary.sources, start=1))
        self._places = {label: place for place, label in enumerate(dict.fromkeys(labels))}

    def colour(self, outlet: str) -> int | None:
        """The place of an outlet among the summary's, from 0, by which each form gives it a colour."""
        return self._places.get(outlet)

    def by(self, evidence: Evidence) -> str:
        """Whose the evidence is."""
        return self._of.get(evidence.article) or named(evidence.outlet)

    def of(self, article: str) -> str:
        """Whose an article is, by its id."""
        return self._of.get(article, "another outlet")

    def credited(self, outlet: str, evidence: Iterable[Evidence]) -> str:
        """A credit as it is printed, by the evidence that bears it out."""
        printed = dict.fromkeys(self.by(each) for each in evidence if each.outlet == outlet)
        return " and ".join(printed) or named(outlet)

    def all_credited(self, summary: Summary) -> Sequence[str]:
        """Everyone whom a line credits, in the order of first use."""
        return list(dict.fromkeys(self.credited(o, line.evidence) for line in summary.lines for o in line.outlets))


def _of_source(number: int, source: Source) -> str:
    return named(source.outlet) if plain(source.outlet) else f"source {number}"
