"""Says how likely it is that a line that a model wrote is true.

In: the judge's answer, and the line beside its evidence. Out: a probability, of which .5 is enough to be printed.

A judge of 135 million parameters finds much likely that only sounds like its premise, and a line that keeps the words
of one sentence in their order is mostly true: each tells what the other does not. The weights are those of a logistic
model of both on 2,000 marked lines, each kind of as much weight: 1,007 that newsum-135m offered, 122 that SmolLM2-135M
wrote of stories of the kept tenth ("tuning" of benchmarks.models), and 778 sentences of one outlet beside another's
article (recipes/read_credits.tsv). The constant is moved so that of SmolLM2's untrue lines there 93% are left out, and
45% of its true ones. Where the judge is all but sure no words are asked for: a better model keeps fewer of them.
"""

import math

from newsum.checking.alignment import Comparison
from newsum.checking.alterations import logistic
from newsum.judging import Entailment

__all__ = ["likelihood"]

_ENTAILED, _ALIGNED, _BIAS = 0.26, 3.68, -2.13
_ALL_BUT_SURE = 0.97
_LEAST = 0.005  # a probability is taken to be at least this far from 0 and 1


def likelihood(answer: Entailment, beside: Comparison) -> float:
    """The probability that a line is true.

    Args:
        answer: the judge's, about the premise that entails the line most.
        beside: the line and its evidence.
    """
    share = max((aligned.share for aligned in beside.aligned), default=0.0)
    bounded = min(max(answer.entailed, _LEAST), 1 - _LEAST)
    likely = logistic(_ENTAILED * math.log(bounded / (1 - bounded)) + _ALIGNED * share + _BIAS)
    return max(likely, bounded) if bounded >= _ALL_BUT_SURE else likely
