"""Analyses each line of a given brief once, in the two forms in which audit asks about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsum.briefs.parsing import GivenLine
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, analyse
from newsum.text.lexicon import MONTHS, any_of

__all__ = ["GivenAnalysis", "analyse_given"]

_DATE = regex(rf" \(\d{{1,2}} {any_of(MONTHS)}\)")


@dataclass(frozen=True, slots=True, eq=False)
class GivenAnalysis:
    """A given line with what is known of its text.

    Attributes:
        whole: of the text as it stands.
        without_printed_dates: those in brackets that newsum prints after "Friday", which no article has; `whole` itself
            where there are none.
    """

    line: GivenLine
    whole: Analysis
    without_printed_dates: Analysis


def analyse_given(lines: Iterable[GivenLine], known: Iterable[Analysis] = ()) -> list[GivenAnalysis]:
    """What is known of the lines of a brief.

    Args:
        known: what is known already, of the articles' sentences, some of which may stand in the brief as they are.

    >>> analyse_given([GivenLine("They met on Friday (16 January) in Rome.")])[0].without_printed_dates.text
    'They met on Friday in Rome.'
    """
    made = {analysis.text: analysis for analysis in known}

    def once(text: str) -> Analysis:
        return made[text] if text in made else made.setdefault(text, analyse(text))

    return [GivenAnalysis(line, once(line.text), once(_DATE.sub("", line.text))) for line in lines]
