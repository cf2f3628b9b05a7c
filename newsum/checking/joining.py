"""Makes one probability of what the rules and a judge say of a line.

A logistic model of their log-odds (stacking, Wolpert 1992). `recipes.judge join` fitted it on editors' summary lines of
the kept tenth of the training stories and on such lines made false; newsum/checking/joining.json holds its numbers.
"""

import json
import math
from functools import cache
from pathlib import Path

from newsum.checking.alterations import logistic
from newsum.judging import Entailment

__all__ = ["features", "joined", "odds"]

_WEIGHTS = Path(__file__).parent / "joining.json"
_LEAST = 0.005  # a probability is taken to be at least this far from 0 and 1


def joined(score: float, answer: Entailment) -> float:
    """The probability that a line is what its evidence says.

    Args:
        score: the rules', as calibration.py makes it.
        answer: the judge's, about the premise that entails the line most.
    """
    return logistic(math.fsum(w * x for w, x in zip(_fitted(), features(score, answer), strict=True)))


def features(score: float, answer: Entailment) -> tuple[float, float, float, float]:
    """Log-odds of the score, of "entailed" and of "contradicted", and 1."""
    return odds(score), odds(answer.entailed), odds(answer.contradicted), 1.0


def odds(probability: float) -> float:
    """The log-odds of a probability, which is taken to be a little off 0 and 1."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


@cache
def _fitted() -> tuple[float, ...]:
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return tuple(stored["weights"])
