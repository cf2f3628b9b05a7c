"""Who did what to whom, and who denies what: what an outlet must have as the line has it to be named beside it."""

import pytest

from newsum.checking.polarity import denies_alike
from newsum.checking.roles import exchanged
from newsum.text.analysis import analyse

SUED = "The lender Corvane sued its rival Halden over the failed merger."


@pytest.mark.parametrize(
    "same",
    [
        "On Monday the lender Corvane sued Halden, its rival, over the merger.",
        "Halden was sued by Corvane on Monday.",
        "Corvane sued on Monday.",
        "",
    ],
)
def test_names_in_their_places_gain_nothing_in_others(same):
    assert exchanged(analyse(SUED), analyse(same)) < 0.05


@pytest.mark.parametrize(
    "turned", ["On Monday the lender Halden sued Corvane, its rival.", "Halden sued Corvane over the merger."]
)
def test_names_in_each_others_places_are_found(turned):
    assert exchanged(analyse(SUED), analyse(turned)) >= 0.05


@pytest.mark.parametrize(
    ("line", "other", "alike"),
    [
        ("Quill will vote for the treaty.", "Quill said he would not vote for the treaty.", False),
        ("Quill will not vote for the treaty.", "Quill said he would vote for the treaty.", False),
        ("Quill will not vote for the treaty.", "Quill said he would never vote for it.", True),
        ("Quill will vote for the treaty.", "Quill will vote for the treaty, not for the annexes.", True),
        ("Quill will vote for the treaty.", "Quill is in favour of the treaty.", True),
        ("", "Quill will not vote.", True),
    ],
)
def test_what_one_turns_down_the_other_must_not_have_plainly(line, other, alike):
    assert denies_alike(analyse(line), analyse(other)) is alike
    assert denies_alike(analyse(other), analyse(line)) is alike
