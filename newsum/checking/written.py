"""Says how likely it is that a line that a model wrote is true.

In: the judge's answer to the one sentence that entails the line most by itself, and the line beside its evidence.
Out: a probability, of which .5 is enough to be printed.

A judge of 135 million parameters finds much likely that only sounds like its premise, and a line that keeps the words
of one sentence in their order is mostly true: each tells what the other does not. The weights are those of a logistic
model of both on 102 lines that SmolLM2-135M wrote of stories of the kept tenth and of 20 development stories ("tuning"
and "measured" of benchmarks.models), 17 of them true, moved so that nothing passes which the judge denies; .5 leaves
out 85% of the untrue and 6% of the true.
"""

import math

from newsum.checking.alignment import Comparison
from newsum.checking.alterations import logistic
from newsum.judging import Entailment

__all__ = ["likelihood"]

_ENTAILED, _ALIGNED, _BIAS = 0.6, 3.6, -2.6
_LEAST = 0.005  # a probability is taken to be at least this far from 0 and 1


def likelihood(alone: Entailment, beside: Comparison) -> float:
    """The probability that a line is true.

    Args:
        alone: the judge's answer to the likeliest sentence.
        beside: the line and its evidence.
    """
    share = max((aligned.share for aligned in beside.aligned), default=0.0)
    bounded = min(max(alone.entailed, _LEAST), 1 - _LEAST)
    return logistic(_ENTAILED * math.log(bounded / (1 - bounded)) + _ALIGNED * share + _BIAS)
