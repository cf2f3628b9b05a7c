import dataclasses

import pytest

from newsum.errors import SettingsError
from newsum.judging import Entailment, told


def test_an_entailment_is_frozen_and_has_no_dict() -> None:
    found = Entailment(0.7, 0.2, 0.1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.entailed = 1.0  # type: ignore[misc]
    assert not hasattr(found, "__dict__")


def test_the_label_is_the_most_probable_of_the_three() -> None:
    assert [Entailment(*three).label for three in ((0.7, 0.2, 0.1), (0.1, 0.8, 0.1), (0.2, 0.2, 0.6))] == [
        "entailed",
        "neutral",
        "contradicted",
    ]


@pytest.mark.parametrize("three", [(0.5, 0.5, 0.5), (1.2, -0.1, -0.1), (float("nan"), 0.5, 0.5), (0.0, 0.0, 0.0)])
def test_what_are_no_probabilities_is_refused(three: tuple[float, float, float]) -> None:
    with pytest.raises(SettingsError, match="sum to 1"):
        Entailment(*three)


@pytest.mark.parametrize(
    ("outlet", "published", "expected"),
    [
        ("BBC", "2026-03-10T08:00:00Z", "BBC, Tuesday 10 March 2026: Gas fell."),
        ("BBC", None, "BBC: Gas fell."),
        ("BBC", "last week", "BBC: Gas fell."),
        ("", "2026-03-10", "Gas fell."),
    ],
)
def test_a_premise_is_headed_by_who_told_it_and_when(outlet: str, published: str | None, expected: str) -> None:
    assert told(outlet, "Gas fell.", published) == expected
