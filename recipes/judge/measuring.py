"""Measures a trained judge in torch: false lines passed and true ones refused by kind, and AUC on the public dev sets.

In: a base's name and the folder of its training. Out: `Scores` on fixtures, development cases and public dev rows. The
product's own run (int8, without torch) is measured by benchmarks.judging; this one compares bases before any export.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file

from benchmarks.judging.turning import Case, development_cases, fixture_cases
from recipes.judge.bases import Base, load_base
from recipes.judge.house import sentences_of
from recipes.judge.rows import narrowed, public_rows

__all__ = ["auc", "measure", "probabilities"]

_SAMPLE = 250  # rows of each public set: the standard error of an AUC of .85 is then .024
_LONGEST = 400  # tokens of a pair here; what is longer is cut at its end

Numbers = NDArray[np.float64]


def measure(name: str, folder: Path, trained: Path, data: Path | None, *, each: int = 60) -> None:
    """Prints the figures of one training."""
    base = load_base(name, folder)
    state = load_file(trained / "resume.safetensors")
    for key, weight in base.model.named_parameters():
        if weight.requires_grad:
            weight.data.copy_(state[f"weight.{key}"])
    print("fixtures")
    _by_kind(base, fixture_cases())
    if data is not None:
        print("development cases")
        _by_kind(base, development_cases(data, each=each))
        _public(base, data)


def probabilities(base: Base, pairs: Sequence[tuple[str, str]]) -> Numbers:
    """(pairs, 3): entailed, neutral, contradicted, each row summing to 1."""
    base.model.eval()
    encoded = base.encode(pairs)
    order = sorted(range(len(pairs)), key=lambda n: len(encoded[n][0]))
    found = np.zeros((len(pairs), 3))
    for start in range(0, len(order), 16):
        taken = order[start : start + 16]
        length = min(_LONGEST, max(len(encoded[n][0]) for n in taken))
        ids = torch.full((len(taken), length), base.pad)
        mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
        for at, n in enumerate(taken):
            own, kinds = _fitted(*encoded[n], length)
            ids[at, : len(own)], types[at, : len(own)], mask[at, : len(own)] = torch.tensor(own), torch.tensor(kinds), 1
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            logits = base.model(ids, mask, types)
        found[taken] = torch.softmax(logits.float(), dim=-1).numpy()
    base.model.train()
    return found


def _fitted(ids: list[int], types: list[int], length: int) -> tuple[list[int], list[int]]:
    """Tokens taken out of the premise's end where a pair is too long."""
    over = len(ids) - length
    if over <= 0:
        return ids, types
    end = types.index(1) if 1 in types else len(ids) - 64  # a language model's question stands last
    return ids[: end - over] + ids[end:], types[: end - over] + types[end:]


def _by_kind(base: Base, cases: Sequence[Case]) -> None:
    entailed = probabilities(base, [(case.premise, case.line) for case in cases])[:, 0]
    wrong: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for case, probability in zip(cases, entailed, strict=True):
        wrong[case.entailed, case.kind].append((probability >= 0.5) != case.entailed)
    for wanted, title in ((False, "false lines passed"), (True, "true lines refused")):
        kinds = {kind: found for (is_true, kind), found in wrong.items() if is_true == wanted}
        every = [value for found in kinds.values() for value in found]
        print(f"  {title}: {np.mean(every):.1%} of {len(every)}")
        print("   ", "; ".join(f"{kind} {sum(found)}/{len(found)}" for kind, found in sorted(kinds.items())))
    labels = np.array([case.entailed for case in cases])
    print(f"  AUC {auc(entailed[labels], entailed[~labels]):.3f}")


def _public(base: Base, data: Path) -> None:
    for name in ("sentences_dev", "claims_dev"):
        rows = list(public_rows(data / "entailment" / f"{name}.jsonl.gz", free_only=False))
        found = []
        for family in sorted({row.family for row in rows}):
            own = [row for row in rows if row.family == family]
            own = random.Random(3).sample(own, min(_SAMPLE, len(own)))
            pairs = [(narrowed(sentences_of(row.premise), row.hypothesis), row.hypothesis) for row in own]
            entailed = probabilities(base, pairs)[:, 0]
            labels = np.array([row.label == "entailed" for row in own])
            found.append(auc(entailed[labels], entailed[~labels]))
            print(f"  {name} {family}: AUC {found[-1]:.3f} ({len(own)})")
        print(f"  {name}: mean AUC {np.mean(found):.3f}")


def auc(true: Numbers, false: Numbers) -> float:
    """How often a true one scores above a false one; ties count half."""
    if not len(true) or not len(false):
        return float("nan")
    return float(np.mean((true[:, None] > false) + 0.5 * (true[:, None] == false)))
