"""Answers pairs by a rule that a test can see through."""

from collections.abc import Sequence

from newsum.judging import Entailment, Pair

__all__ = ["ScriptedJudge"]


class ScriptedJudge:
    """Entailed where the premise holds the hypothesis, contradicted where it holds "not", else neutral."""

    def __init__(self) -> None:
        self.asked: list[Pair] = []

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        self.asked += pairs
        return [self._answer(*pair) for pair in pairs]

    def _answer(self, premise: str, hypothesis: str) -> Entailment:
        if hypothesis in premise:
            return Entailment(0.9, 0.08, 0.02)
        return Entailment(0.0005, 0.0005, 0.999) if " not " in premise else Entailment(0.1, 0.8, 0.1)
