"""Reads passages that were written for this, each with true claims and untrue ones that are reworded as freely.

In: `passages.tsv`: a line "P" with a passage, the texts of several outlets apart by " || "; then lines of label, kind
and claim. Out: `Row`s, the outlets of a passage named or not, and two passages together or one alone.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsum.judging import told
from recipes.judge.rows import Row

__all__ = ["KINDS", "passages"]

KINDS = (
    *("act", "patient", "halves", "cause", "allegation", "possible", "mouth", "figure", "degree", "time", "negation"),
    *("detail", "plain"),
)
_LABELS = {"E": "entailed", "N": "neutral", "C": "contradicted"}
_OUTLETS = (
    "Reuters;AP;BBC;The Guardian;Fox News;CNN;Al Jazeera;NPR;Politico;The Harlow Post;Estmark Courier;USA Today;"
    "Karrow Herald;The Daily Ledger;Vox;The Hill;Northern Echo;Bay Gazette"
).split(";")
_HEADED, _BESIDE = 0.6, 0.25
_TABLE = Path(__file__).parent / "passages.tsv"


class _Passage(NamedTuple):
    texts: tuple[str, ...]
    claims: Sequence[tuple[str, str, str]]  # label, kind, claim


def passages(times: int = 2, seed: int = 1) -> Iterator[Row]:
    """The rows of all passages, each passage dressed so many times anew."""
    chance = random.Random(seed)
    found = list(_read())
    for _ in range(times):
        for passage in found:
            texts = list(passage.texts)
            if len(texts) > 1:
                chance.shuffle(texts)
            if chance.random() < _BESIDE:
                texts.insert(chance.randrange(len(texts) + 1), chance.choice(found).texts[0])
            premise = _told(texts, chance)
            yield from (
                Row(premise, claim, _LABELS[label], f"passage: {kind}") for label, kind, claim in passage.claims
            )


def _read() -> Iterator[_Passage]:
    texts, claims = tuple[str, ...](), list[tuple[str, str, str]]()
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        label, *rest = line.split("\t")
        if label == "P":
            if texts:
                yield _Passage(texts, claims)
            texts, claims = tuple(rest[0].split(" || ")), []
        else:
            kind, claim = rest
            claims.append((label, kind, claim))
    yield _Passage(texts, claims)


def _told(texts: Sequence[str], chance: random.Random) -> str:
    """The texts one after the other, headed by outlets or not."""
    if chance.random() >= _HEADED:
        return " ".join(texts)
    outlets = chance.sample(_OUTLETS, len(texts))
    return " ".join(told(outlet, text) for outlet, text in zip(outlets, texts, strict=True))
