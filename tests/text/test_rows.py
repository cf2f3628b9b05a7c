"""Sorted rows are looked up by their keys."""

from hypothesis import given
from hypothesis import strategies as st

from newsum.text.rows import SortedRows

_KEYS = st.dictionaries(st.text("abé'.z", min_size=1, max_size=4), st.integers(0, 99).map(str))


@given(_KEYS, st.text("abé'.z", max_size=4))
def test_sorted_rows_have_what_a_dict_of_them_has(stored, asked):
    rows = SortedRows([f"{key}\t{value}" for key, value in sorted(stored.items())])
    assert dict(rows) == stored
    assert rows.get(asked) == stored.get(asked)
    assert (asked in rows) == (asked in stored)
