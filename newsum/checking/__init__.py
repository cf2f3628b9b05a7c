"""Checks a line against its evidence: what the evidence does not back, the verdict, and where outlets differ.

findings.py finds, verdict.py makes the label and the score of it; alignment.py, polarity.py, opposites.py, figures.py
and quotations.py compare the line with its evidence, context.py and alterations.py with the whole story; judged.py asks
the judge, joining.py makes one score of its answer and the rules', and resting.py says which evidence stands.
"""

from newsum.checking.context import StoryContext, context_of
from newsum.checking.differing import StoryFigures
from newsum.checking.disagreements import denials, disagreements
from newsum.checking.findings import Finding, find
from newsum.checking.judged import Judged, StoryJudge, besides
from newsum.checking.outlets import agreeing
from newsum.checking.resting import rests_on
from newsum.checking.verdict import Verdict, check, keeps_order

__all__ = [
    "Finding",
    "Judged",
    "StoryContext",
    "StoryFigures",
    "StoryJudge",
    "Verdict",
    "agreeing",
    "besides",
    "check",
    "context_of",
    "denials",
    "disagreements",
    "find",
    "keeps_order",
    "rests_on",
]
