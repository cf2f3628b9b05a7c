"""Says how near two stems are in meaning.

Vectors of 12,000 stems from news (newsum/similarity/vectors.npz, made by recipes.meanings: words that stand near
the same words have like vectors), so that "died" meets "killed" and "lawsuit" meets "sued". No more than a table.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["SIZE", "vectors"]

_TABLE = Path(__file__).parent / "vectors.npz"
SIZE = 128  # numbers a word


@cache
def _table() -> tuple[dict[str, int], NDArray[np.float32]]:
    """(stem -> its row, the rows, each of length one, and a last one of zeros)."""
    with np.load(_TABLE) as stored:
        found = stored["vectors"].astype(np.float32)
        stems = str(stored["stems"]).split(" ")
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    rows = np.vstack([found, np.zeros((1, SIZE), dtype=np.float32)])
    # Stored by columns; rows are taken faster where the numbers of each lie together
    return {stem: row for row, stem in enumerate(stems)}, np.ascontiguousarray(rows)


def vectors(stems: Sequence[str]) -> NDArray[np.float32]:
    """(stems, SIZE): a unit vector each; zeros for a stem that the table lacks, and for figures."""
    row, table = _table()
    return table.take([row.get(stem, -1) for stem in stems], axis=0)
