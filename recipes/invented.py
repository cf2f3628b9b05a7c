"""Invented stories to train on beside those of outlets, which have few tabloids, features, previews and later reports.

They are in invented_stories.jsonl, 48 of them with 5 or 6 articles each, written for newsum by a language model.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["invented"]

_STORIES = Path(__file__).parent / "invented_stories.jsonl"


def invented() -> Iterator[dict[str, Any]]:
    """Their records, as in the files of `stories`."""
    with _STORIES.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
