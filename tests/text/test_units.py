"""Two values with their measures are one amount where the one may be the other, converted and rounded."""

import pytest

from newsum.text.units import one_measure


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ((5, "km"), (3.1, "mile"), True),
        ((5, "km"), (4, "mile"), False),
        ((5, "km"), (5, "kg"), False),
        ((5, ""), (5, "kg"), True),
        ((30, "°C"), (86, "°F"), True),
        ((30, "°C"), (80, "°F"), False),
        ((30, "°"), (30, "°F"), True),
        ((30, "°"), (86, "°F"), False),
    ],
)
def test_measures_are_converted_where_they_are_of_one_dimension(left, right, same):
    assert one_measure(left, right) is same
    assert one_measure(right, left) is same
