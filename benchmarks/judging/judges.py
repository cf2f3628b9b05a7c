"""Holds the systems that are compared: each says of a case how sure it is that the premise entails the line.

In: cases. Out: a number a case, with the threshold from which it passes the line. "rules" and "both" are
newsum.attribute without a judge and with one, the premise an article of its own; their number is the support's score,
or 0 where the label is not supported.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

import newsum
from benchmarks.judging.turning import Case
from newsum.judging import Entailment, Judge, entailment

__all__ = ["Scores", "Shuffled", "System", "judge_alone", "newsum_with", "tfidf"]

Scores = NDArray[np.float64]


class System(Protocol):
    """Cases -> (how sure each line is entailed, the threshold from which it passes)."""

    def __call__(self, cases: Sequence[Case]) -> tuple[Scores, float]: ...


_ELSEWHERE = "The council met on Tuesday to discuss its budget for the coming year. Nothing was decided."


def newsum_with(judge: Judge | None) -> System:
    """newsum.attribute with a judge, or by its rules alone: passes what is labelled supported, hence bears no error."""

    def system(cases: Sequence[Case]) -> tuple[Scores, float]:
        return np.array([_checked(case, judge) for case in cases]), 1e-9

    return system


def _checked(case: Case, judge: Judge | None) -> float:
    articles = [newsum.Article("Port Lambe Gazette", case.premise), newsum.Article("Harlow Wire", _ELSEWHERE)]
    summary = newsum.attribute([case.line], articles, judge=judge)
    support = [line.support for line in summary.lines if line.support is not None]
    passed = bool(support) and all(found.label == "supported" for found in support)
    return max(min((found.score for found in support), default=0.0), 1e-6) if passed else 0.0


def tfidf(cases: Sequence[Case]) -> tuple[Scores, float]:
    """Cosine of the line's and the premise's words and pairs of words, weighed by rarity among the premises.

    Its threshold is the one that is best on these very cases: more than it could know.
    """
    grams = [(_grams(case.premise), _grams(case.line)) for case in cases]
    seen = Counter(gram for premise, _ in grams for gram in premise)

    def rarity(gram: str) -> float:
        return math.log((1 + len(cases)) / (1 + seen[gram])) + 1

    scores = np.array([_cosine(premise, line, rarity) for premise, line in grams])
    labels = np.array([case.entailed for case in cases])
    balanced = [(np.mean(scores[labels] >= t) + np.mean(scores[~labels] < t), t) for t in np.unique(scores)]
    return scores, float(max(balanced)[1])


def _grams(text: str) -> Counter[str]:
    words = re.findall(r"\w+", text.lower())
    return Counter([*words, *(f"{one} {two}" for one, two in pairwise(words))])


def _cosine(one: Counter[str], two: Counter[str], rarity: Callable[[str], float]) -> float:
    product = sum(one[gram] * two[gram] * rarity(gram) ** 2 for gram in two)
    sizes = [math.sqrt(sum((count * rarity(gram)) ** 2 for gram, count in counts.items())) for counts in (one, two)]
    return product / (sizes[0] * sizes[1] or 1.0)


def judge_alone(model: Judge) -> System:
    """A judge: passes what is more likely entailed than not."""

    def system(cases: Sequence[Case]) -> tuple[Scores, float]:
        answers = entailment([(case.premise, case.line) for case in cases], model)
        return np.array([answer.entailed for answer in answers]), 0.5

    return system


class Shuffled:
    """A judge whose answers go to other pairs: what is left of a result with it is chance, or the rules'.

    Args:
        judge: whose answers are dealt out.
        pairs: what it is asked once, to have answers to deal.
    """

    def __init__(self, judge: Judge, pairs: Sequence[tuple[str, str]]) -> None:
        self._answers = list(judge.entailment(pairs))
        self._chance = random.Random(5)

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Answers drawn at random."""
        return [self._chance.choice(self._answers) for _ in pairs]
