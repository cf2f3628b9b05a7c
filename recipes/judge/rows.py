"""Reads and writes the judge's training rows, and keeps out those whose licence does not allow shipped weights.

In: entailment/*.jsonl.gz of the data folder, or rows that `recipes.judge pairs` made.
Out: `Row`s: premise, hypothesis, label, and the family that they belong to.
"""

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from newsum.tuning.judge.rows import LABELS, Row, read_rows

__all__ = [
    "LABELS",
    "Row",
    "claim_rows",
    "data_folder",
    "narrowed",
    "public_rows",
    "read_json",
    "read_rows",
    "write_json",
    "write_rows",
]


# Never in weights that ship: research-only, LDC and non-commercial terms. "none stated" and "see DNC" (whose own
# sources are mixed) would only be let in if leaving them out cost more than a point; they are left out.
_NOT_FREE = ("research", "LDC", "-NC", "none stated", "see DNC")


def data_folder(given: str | None = None) -> Path:
    """The folder of the data: as given, else NEWSUM_DATA, else ../shared/data."""
    return Path(given or os.environ.get("NEWSUM_DATA") or "../shared/data")


def read_json(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def public_rows(path: Path, *, free_only: bool = True) -> Iterator[Row]:
    """The rows of one of the data folder's entailment files; only those of free sets unless asked otherwise."""
    for found in read_json(path):
        if not free_only or _is_free(found["licence"]):
            yield Row(found["premise"], found["hypothesis"], found["label"], found["set"])


# Of the sets of claims: each with how many rows of a label. fib's false ones are six times its true ones, and dialogues
# and papers teach little about news for their length
_CLAIMS = {"fib": 900, "fool_me_twice": 900, "wice_chunks": 600, "summedits_news": 300, "factcheck_gpt": 500}


def claim_rows(path: Path, sentences_of: Callable[[str], list[str]]) -> Iterator[Row]:
    """The free rows of claims about passages, each passage narrowed to the six sentences nearest to its claim."""
    taken: Counter[tuple[str, str]] = Counter()
    for row in public_rows(path):
        taken[row.family, row.label] += 1
        if taken[row.family, row.label] <= _CLAIMS.get(row.family, 0):
            yield row._replace(premise=narrowed(sentences_of(row.premise), row.hypothesis))


def narrowed(sentences: list[str], claim: str, most: int = 6) -> str:
    """Those of the sentences that share most words with the claim, in their order."""
    words = set(re.findall(r"\w{4,}|\d+", claim.lower()))
    shared = [len(words & set(re.findall(r"\w{4,}|\d+", sentence.lower()))) for sentence in sentences]
    best = sorted(range(len(sentences)), key=lambda n: (-shared[n], n))[:most]
    return " ".join(sentences[n] for n in sorted(best))


def _is_free(licence: str) -> bool:
    return not any(term in licence for term in _NOT_FREE)


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Writes rows as gzipped JSON lines; returns how many."""
    return write_json(path, (row._asdict() for row in rows))


def write_json(path: Path, objects: Iterable[dict[str, Any]]) -> int:
    """Writes objects as gzipped JSON lines, byte for byte the same for the same ones; returns how many."""
    count = 0
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as out:
        for found in objects:
            out.write((json.dumps(found, ensure_ascii=False) + "\n").encode())
            count += 1
    return count
