"""Finds where a line cites the outlet whose words it rests on: "Reuters reports" is no part of what Reuters reports.

In: a line and its evidence. Out: the stretches, and the line without them, as a judge is asked about it.
"""

import re
from collections.abc import Iterator, Sequence

from newsum.outlets.citations import citations, same
from newsum.summary import Evidence, Span
from newsum.system.patterns import regex

__all__ = ["own_citations", "without_own_citations"]

_UNNAMED = regex(r"source \d+")  # an outlet that is not known
_TELLS = {"tells": "says", "told": "said"}  # "an analyst tells Reuters"


def own_citations(line: str, evidence: Sequence[Evidence]) -> Iterator[Span]:
    """Where a line cites the outlet whose words it rests on, or may, where that is unknown.

    None where the evidence itself cites somebody, whom the line may have wrong.
    """
    found = citations(line)
    if not found or any(citations(e.quote) for e in evidence):
        return
    for start, end, name in found:
        if any(_UNNAMED.fullmatch(e.outlet) or same(name, e.outlet) for e in evidence):
            yield start, end


def without_own_citations(line: str, evidence: Sequence[Evidence]) -> str:
    """The line as it would stand in the outlet that it cites.

    >>> quote = Evidence("1", "Reuters", 0, 9, "Gas fell.", 1.0)
    >>> without_own_citations("Gas fell, per Reuters.", [quote]), without_own_citations("Gas fell, per CNN.", [quote])
    ('Gas fell.', 'Gas fell, per CNN.')
    """
    kept = line
    for start, end in sorted(own_citations(line, evidence), reverse=True):
        before, after = kept[:start], kept[end:]
        says = _TELLS.get(kept[start:end].split()[0].lower(), "")
        if not says:
            before = before.rstrip(" ,")
            after = re.sub(r"^,? that\b|^,", "", after) if not before else after
        kept = f"{before}{says}{after}" if before else f"{says}{after}".lstrip()
    mark = line[-1:] if line[-1:] in ".!?" and kept[-1:] != line[-1:] else ""  # the mark after "Reuters." went with it
    return f"{kept[:1].upper()}{kept[1:]}{mark}"
