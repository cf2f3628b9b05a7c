"""Looks keys up in sorted rows of a file, so that opening a table of 35,000 rows does not take each of them apart."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["SortedRows"]


class SortedRows(Mapping[str, str]):
    """Rows "key, tab, value" in their order as a mapping from key to value.

    >>> rows = SortedRows(["a\\t106", "aback\\t32"])
    >>> rows["aback"], "ab" in rows
    ('32', False)
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self._rows = rows

    def __getitem__(self, key: str) -> str:
        found = self.found(key)
        if found is None:
            raise KeyError(key)
        return found

    def found(self, key: str) -> str | None:
        """The value of a key; None where it has none."""
        rows, start = self._rows, f"{key}\t"
        at = bisect_left(rows, start)
        return rows[at][len(start) :] if at < len(rows) and rows[at].startswith(start) else None

    def __iter__(self) -> Iterator[str]:
        return (row.partition("\t")[0] for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)
