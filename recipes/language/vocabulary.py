"""Cuts a byte-level BPE vocabulary to what news needs; any text can still be written in it, rare words in more tokens.

In: tokenizer.json and texts. Out: the smaller tokenizer.json and which of the old tokens it keeps, in order.
Kept are the tokens that occur often enough, all bytes, all special tokens, and whatever merges lead to a kept token.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

__all__ = ["counted", "cut"]


def counted(tokenizer: Any, texts: Iterable[str]) -> Counter[int]:
    """How often each token id occurs in the texts."""
    count: Counter[int] = Counter()
    for text in texts:
        count.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return count


def cut(tokenizer_json: str, count: Counter[int], least: int) -> tuple[str, list[int]]:
    """(the smaller tokenizer.json, the old ids of its tokens: the new id is the place in this list).

    Args:
        least: how often a token must occur to be kept for its own sake.
    """
    settings = json.loads(tokenizer_json)
    vocabulary: dict[str, int] = settings["model"]["vocab"]
    merges = [tuple(merge.split(" ") if isinstance(merge, str) else merge) for merge in settings["model"]["merges"]]
    rank = {merge: n for n, merge in enumerate(merges)}
    special = {token["content"]: token["id"] for token in settings["added_tokens"]}
    kept = set(special) | {token for token in vocabulary if len(token) == 1}
    for token, number in vocabulary.items():
        if count[number] >= least and token not in special:
            kept |= _parts(token, rank)
    order = sorted(kept, key=lambda token: special.get(token, vocabulary.get(token, -1)))
    number = {token: n for n, token in enumerate(order)}
    settings["model"]["vocab"] = {token: number[token] for token in order if token in vocabulary}
    settings["model"]["merges"] = [f"{a} {b}" for a, b in merges if {a, b, a + b} <= kept]
    for token in settings["added_tokens"]:
        token["id"] = number[token["content"]]
    old = [special.get(token, vocabulary.get(token, -1)) for token in order]
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":")), old


def _parts(token: str, rank: dict[tuple[str, ...], int]) -> set[str]:
    """The token and all that it is merged from on its way."""
    symbols, found = list(token), set(token)
    while len(symbols) > 1:
        place = min(range(len(symbols) - 1), key=lambda n: rank.get((symbols[n], symbols[n + 1]), len(rank)))
        if (symbols[place], symbols[place + 1]) not in rank:
            break
        symbols[place : place + 2] = ["".join(symbols[place : place + 2])]
        found.add(symbols[place])
    return found | {token}
