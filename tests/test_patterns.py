"""Tests that a text which repeats one pattern without end takes no longer than its length accounts for.

All patterns at a size at which a use takes a fraction of a second, and those that cost most at a megabyte;
`python -m benchmarks.patterns` runs all of them at a megabyte.
"""

import pytest
from extras import need

import newsum
from benchmarks.patterns import LIMIT, PATTERNS, seconds, slowness, too_slow
from newsum.articles import Article

SMALL = {  # characters, and seconds of a quiet machine's processor time, several times what is taken
    "summarise": (50_000, 2.0),
    "attribute": (6_000, 2.0),
    "attribute to it": (50_000, 2.0),
    "verify": (20_000, 2.0),
    "read .txt": (50_000, 1.0),
    "read .md": (50_000, 2.5),
    "read .html": (50_000, 2.5),
    "read .xml": (50_000, 2.0),
    "read .csv": (50_000, 1.0),
    "read .jsonl": (50_000, 1.0),
    "group": (20_000, 1.5),
    "evaluate": (5_000, 3.0),  # loading included
    "summarise both": (5_000, 1.5),
    "batch": (3_000, 1.5),
    **{f"read {suffix}": (20_000, 2.0) for suffix in (".json", ".opml", ".atom", ".warc", ".parquet")},
    **{
        f"read bare {suffix}": (50_000, 3.0)
        for suffix in (".html", ".csv", ".json", ".jsonl", ".xml", ".opml", ".warc")
    },
    "read a page's data": (20_000, 1.0),
}
NEEDS = {"read .parquet": "datasets", "read .warc": "warc", "read bare .warc": "warc"}
DEAREST = ("7 ", "4–5–", "2-3 ", "a\n", "x", "Mr. ")


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    newsum.attribute("It fell.", [Article("Karrow Post", "It fell on Monday.")], judge=None)


@pytest.mark.parametrize("use", SMALL)
def test_no_pattern_takes_longer_than_its_length_accounts_for(use: str) -> None:
    if (extra := NEEDS.get(use)) is not None:
        need(extra)
    size, limit = SMALL[use]
    patterns = [pattern for kind in PATTERNS.values() for pattern in kind]
    assert list(too_slow(use, patterns, size, limit)) == []


@pytest.mark.parametrize("use", ["summarise", "attribute"])
def test_a_megabyte_of_what_costs_most_ends_in_seconds(use: str) -> None:
    assert list(too_slow(use, DEAREST, 1_000_000, LIMIT)) == []


@pytest.mark.parametrize(
    ("use", "pattern"),
    [
        ("attribute to itself", "10 March 2026 "),
        ("attribute to itself", "Ada Holm, 47, "),
        ("shown", "The bridge at Karrow fell on Monday, police said. "),
        ("shown", "It fell [1].\n"),
        ("compare", "a\n"),
        ("attribute with the judge", "The bridge at Karrow fell on Monday, police said. "),
        ("evaluate against itself", "桥"),
        ("evaluate against itself", "a\n"),
        ("batch", "a\n"),
    ],
)
def test_a_megabyte_of_what_once_took_minutes_ends_in_seconds_in_every_use(use: str, pattern: str) -> None:
    assert seconds(use, pattern, 1_000_000) < LIMIT * slowness()


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [("- a\n", "100,000 marks"), ("[a](b) ", "100,000 marks"), ("| a | b |\n", "100,000 marks")],
)
def test_markdown_beyond_what_can_be_read_in_seconds_is_refused(tmp_path, pattern: str, problem: str) -> None:
    (tmp_path / "a.md").write_text(pattern * 60_000)
    (tmp_path / "b.txt").write_text("It fell on Monday.")
    with pytest.warns(newsum.errors.ReadingWarning, match=problem):
        assert [article.text for article in newsum.read(tmp_path)] == ["It fell on Monday."]
