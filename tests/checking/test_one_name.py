"""A source's names are written as the line writes them where they are one name, and left alone where they are not."""

import pytest

import newsum
from newsum.checking.one_name import named_alike


@pytest.mark.parametrize(
    ("source", "line", "written"),
    [
        ("The U.S. Internal Revenue Service wrote.", "The IRS wrote.", "The U.S. IRS wrote."),
        (
            "I.R.S. agents came.",
            "Agents of the Internal Revenue Service came.",
            "Internal Revenue Service agents came.",
        ),
        ("The United States left.", "The US left.", "The US left."),
        ("The US left.", "The U.S. left.", "The U.S. left."),
        ("He called the European Union slow.", "He called the EU slow.", "He called the EU slow."),
        ("An al-Qaida cell met.", "An al-Qaeda cell met.", "An al-Qaeda cell met."),
        ("It hurts the Republican brand.", "It hurts the GOP brand.", "It hurts the GOP brand."),
        ("GOP senators left.", "Republicans left.", "Republicans senators left."),
        ("Lee, D-Calif., spoke.", "Lee of California spoke.", "Lee, D-California, spoke."),
        ("It fell in Raleigh, North Carolina.", "It fell in Raleigh, N.C., at noon.", "It fell in Raleigh, N.C.."),
        # another name, or one that both have as it is
        ("Miss Day left.", "Mississippi was dry.", "Miss Day left."),
        (
            "The Federal Bureau of Investigation (FBI) came.",
            "The FBI came.",
            "The Federal Bureau of Investigation (FBI) came.",
        ),
        ("The Interior Review Society wrote.", "The EPA wrote.", "The Interior Review Society wrote."),
        ("Busy US-Mexico crossings.", "They told us.", "Busy US-Mexico crossings."),
        ("Many unions left.", "The UN left.", "Many unions left."),
    ],
)
def test_a_name_is_written_as_the_line_has_it(source: str, line: str, written: str) -> None:
    assert named_alike(source, line) == written


@pytest.mark.parametrize("judge", [None, "bundled"])
def test_a_line_with_short_names_is_supported_by_the_long_ones(judge: str | None) -> None:
    source = (
        "The U.S. Internal Revenue Service missed a deadline of Congress on Tuesday for the president's tax returns."
    )
    line = "The IRS missed a deadline of Congress on Tuesday for the president's tax returns."
    (checked,) = newsum.attribute([line], [newsum.Article("Bay Post", source)], judge=judge).lines
    assert checked.support.label == "supported"
