"""Analyses each line of a given brief once, in the two forms in which audit asks about it."""

import re
from dataclasses import dataclass

from newsum.audit.parsing import GivenLine
from newsum.text.analysis import Analysis, analyse

__all__ = ["GivenAnalysis", "analyse_given"]

_DATE = re.compile(
    r" \(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\)"
)


@dataclass(frozen=True, slots=True, eq=False)
class GivenAnalysis:
    """A given line with what is known of its text.

    Attributes:
        whole: of the text as it stands.
        undated: without the dates in brackets that newsum prints after "Friday", which no article has; `whole` itself
            where there are none.
    """

    line: GivenLine
    whole: Analysis
    undated: Analysis


def analyse_given(line: GivenLine) -> GivenAnalysis:
    """What is known of a line.

    >>> analyse_given(GivenLine("They met on Friday (16 January) in Rome.")).undated.text
    'They met on Friday in Rome.'
    """
    whole = analyse(line.text)
    without = _DATE.sub("", line.text)
    return GivenAnalysis(line, whole, whole if without == line.text else analyse(without))
