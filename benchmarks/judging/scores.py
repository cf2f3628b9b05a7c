"""Measures the judge's numbers: people's votes, calibration, the public sets, and its speed beside torch.

In: a judge, how many to draw. Out: `Measured` rows.
"""

import random
import time
from collections.abc import Iterator

import numpy as np

import newsum
from benchmarks.data import data_folder, read_jsonl
from benchmarks.judging.measured import Measured, development, drawn
from benchmarks.judging.torch_twin import TorchTwin
from benchmarks.judging.turning import fixture_cases
from benchmarks.voted import balanced, calibration_error
from newsum.articles import Article
from newsum.judging import Judge, load_judge
from recipes.corrupting import KINDS, corrupted
from recipes.judge.measuring import areas

__all__ = ["calibration", "pace", "public", "votes"]

_SEED, _TURNS = 21, 5


def votes(judge: Judge, count: int) -> Iterator[Measured]:
    """QAGS: balanced accuracy of the score of judge and rules; of both only the rules were fitted on it.

    The threshold comes from other articles' lines; "as labelled" takes newsum's own, "supported" or not.
    """
    rows = random.Random(_SEED).sample(list(read_jsonl("support/qags_cnndm")), count)
    scores, labels, good, units = [], [], [], []
    for number, row in enumerate(rows):
        texts = [sentence["text"] for sentence in row["sentences"]]
        found = [newsum.attribute([text], [Article("Gazette", row["article"])], judge=judge).lines for text in texts]
        for sentence, lines in zip(row["sentences"], found, strict=True):
            scores.append(min(line.support.score for line in lines))
            labels.append(all(line.support.label == "supported" for line in lines))
            good.append(sentence["consistent"])
            units.append(number)
    are_good, said = np.array(good), np.array(labels)
    mid, low, high = balanced(np.array(scores), are_good, np.array(units))
    of = f"{len(scores)} lines of {count} articles ({low:.1%} to {high:.1%})"
    yield Measured("QAGS: balanced accuracy of the score", mid, 0.806, True, of)
    labelled = (said[are_good].mean() + (~said[~are_good]).mean()) / 2
    yield Measured("QAGS: as labelled", float(labelled), 0.806, True, f"{len(scores)} lines")


def calibration(judge: Judge, count: int) -> Iterator[Measured]:
    """How far the score is from the share of lines that are backed: development sentences, and with one fault."""
    judged = []
    for number, (known, passage) in enumerate(drawn(list(development()), count, _SEED)):
        kinds = [*KINDS[number % len(KINDS) :], *KINDS[: number % len(KINDS)]]
        put = next(filter(None, (corrupted(passage.text, kind, known.story, number) for kind in kinds)), None)
        for text, is_backed in ((passage.text, True), (put, False)):
            if text is not None:
                (line, *_) = newsum.attribute([text], known.story, judge=judge).lines
                judged.append((line.support.score, is_backed))
    yield Measured(
        "calibration error", calibration_error(judged), 0.05, False, f"{len(judged)} lines, half with a fault"
    )


def public(judge: Judge, count: int) -> Iterator[Measured]:
    """AUC of "entailed" on the public development pairs, averaged over sets."""
    folder = data_folder()
    assert folder is not None
    for name, bar in (("claims_dev", 0.70), ("sentences_dev", 0.88)):
        found = areas(judge, folder, name, sample=count)
        each = ", ".join(f"{family} {area:.2f}" for family, area in found.items())
        of = f"{len(found)} sets, at most {count} pairs of each ({each})"
        yield Measured(f"AUC of “entailed”, {name}", float(np.mean(list(found.values()))), bar, True, of)


def pace(judge: Judge, count: int) -> Iterator[Measured]:
    """How many times as fast as the same weights in torch, 32 bits; in turns, on as many threads, the best of each."""
    pairs = [(case.premise, case.line) for case in fixture_cases()[:count]]
    own, twin = load_judge("bundled"), TorchTwin()
    took: dict[str, list[float]] = {"newsum": [], "torch": []}
    for asked in (own, twin):
        asked.entailment(pairs[:2])
    for _ in range(_TURNS):
        for asked, name in ((own, "newsum"), (twin, "torch")):
            begun = time.perf_counter()
            asked.entailment(pairs)
            took[name].append(time.perf_counter() - begun)
    ratio = min(took["torch"]) / min(took["newsum"])
    of = f"{len(pairs)} pairs, {1000 * min(took['newsum']) / len(pairs):.0f} ms and "
    of += f"{1000 * min(took['torch']) / len(pairs):.0f} ms a pair, best of {_TURNS}"
    yield Measured("times as fast as torch fp32", ratio, 2.5, True, of)
