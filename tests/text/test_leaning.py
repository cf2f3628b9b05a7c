"""Which sentences lean on what is told before them, or on what nothing tells."""

import pytest

from newsum.text.analysis import analyse
from newsum.text.leaning import points_nowhere, stands_alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Osterland signed the treaty.", True),
        ("The treaty was signed.", True),
        ("He signed the treaty.", False),
        ("“They signed it,” he said.", False),
        ("But Osterland signed the treaty.", False),
        ("This was the second treaty.", False),
        ("However, the treaty was signed.", False),
        ("Its leader signed the treaty.", False),
        ("The club's president, Rui Castanheda, rejected that late on Friday.", False),
        ("The president said that late payments rose.", True),
        ("Heather Moyes signed the treaty.", True),
        ("Italy signed the treaty.", True),
        ("Neither can sign the treaty without allies.", False),
        ("Most of them signed the treaty.", False),
        ("Most members of the council signed the treaty.", True),
    ],
)
def test_a_line_opens_with_nothing_that_leans_on_the_sentence_before(text, alone):
    assert stands_alone(text) is alone


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("Doctors said his condition was critical but improving.", True),
        ("No one has heard from him since.", True),
        ("Ten of those seats are open.", True),
        ("A treaty of assistance needs a simple one.", True),
        ("The minister is widely praised here for one decision.", True),
        ("Three days after the vote, this is how power is traded.", True),
        ("Banks must pay a new one-time tax.", False),
        ("Day called it a sham, but a seductive one for the rich.", False),
        ("In his letter, Marchetti denied it.", False),
        ("Marchetti said he would sign.", False),
        ("A man said he had seen it.", False),
    ],
)
def test_what_points_at_what_nothing_in_it_names(sentence: str, does: bool):
    assert points_nowhere(analyse(sentence)) is does
