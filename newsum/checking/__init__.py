"""Checks a line against its evidence: what the evidence does not back, the verdict, and where outlets differ.

findings.py finds, verdict.py makes the label and the score of it; alignment.py, polarity.py, opposites.py, figures.py
and quotations.py compare the line with its evidence, context.py and alterations.py with the whole story.
"""

from newsum.checking.context import StoryContext, context_of
from newsum.checking.disagreements import disagreements
from newsum.checking.findings import Finding, find
from newsum.checking.verdict import Entailment, Verdict, check, keeps_order

__all__ = [
    "Entailment",
    "Finding",
    "StoryContext",
    "Verdict",
    "check",
    "context_of",
    "disagreements",
    "find",
    "keeps_order",
]
