"""Where the benchmarks find their data: the folder that NEWSUM_DATA names, else ../shared/data.

The data is not part of the project. Each benchmark says so and stops where it is absent.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["data_folder", "read_jsonl"]

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def data_folder() -> Path | None:
    """The data folder, or None where there is none."""
    named = os.environ.get("NEWSUM_DATA")
    folder = Path(named) if named else _BESIDE
    return folder if folder.is_dir() else None


def read_jsonl(name: str) -> Iterator[dict[str, Any]]:
    """The rows of `<data folder>/<name>.jsonl.gz`, for instance of "sentences/ewt".

    Raises:
        FileNotFoundError: there is no data folder, or no such file in it.
    """
    folder = data_folder()
    if folder is None:
        raise FileNotFoundError("no benchmark data: set NEWSUM_DATA to its folder, or put it in ../shared/data")
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
