"""What the judge's model is asked about a story that readers marked, and what is fitted on its states."""

import gzip
import json

import numpy as np
import pytest

from newsum import Article
from recipes import marking, reading

STORY = {
    "story_id": "made-1",
    "articles": [
        {
            "outlet": "Northgate Wire",
            "title": "Ferry crews strike over night rosters.",
            "text": "Crews at Alden Sound walked out on Tuesday over night rosters. The company cancelled 62 sailings "
            "on the first day. A mediator will meet both sides on Friday.",
            "published": "2026-03-10",
        },
        {
            "outlet": "Channel Meridian",
            "title": "Islands cut off as crews strike",
            "text": "Islanders woke to empty quays as ferry crews began a strike. The union wants the rosters "
            "withdrawn.",
            "published": "2026-03-10",
        },
    ],
}
TEXT = [Article(**one).text for one in STORY["articles"]]


def _at(sentence: str) -> tuple[int, int]:
    return next((n, text.index(sentence)) for n, text in enumerate(TEXT) if sentence in text)


@pytest.fixture
def stories(tmp_path, monkeypatch):
    """A file of stories, and tables of what readers made of them."""
    opening, sailings, union = map(_at, ("Crews at Alden", "The company cancelled", "The union wants"))
    tables = {
        "read_openings.tsv": ["story\tarticle\tstart\tmark", "made-1\t{}\t{}\t3".format(*opening)],
        "read_briefs.tsv": [
            "story\twords\tlines",
            "made-1\t120\t{}:{} {}:{}".format(*opening, *union),
        ],
        "read_lines.tsv": [
            "story\tbrief\tline\tarticle\tstart\tmark",
            *(
                f"made-1\t1\t{line}\t{article}\t{start}\t{mark}"
                for line, ((article, start), mark) in enumerate(
                    ((opening, "ok"), (sailings, "ok"), (union, "lean")), start=1
                )
            ),
        ],
    }
    for name, rows in tables.items():
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(reading, "_TABLES", tmp_path)
    file = tmp_path / "stories.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(json.dumps(STORY) + "\n")
    return file


def test_headlines_are_told_before_an_opening(stories):
    (asked,) = marking.of_openings(stories)
    assert asked.told == "Ferry crews strike over night rosters. Islands cut off as crews strike."
    assert asked.lines == ["Crews at Alden Sound walked out on Tuesday over night rosters."]
    assert asked.marks == [1.0]


def test_headline_and_opening_are_told_before_what_may_follow(stories):
    (asked,) = marking.of_picks(stories)
    assert asked.told == (
        "Ferry crews strike over night rosters. Crews at Alden Sound walked out on Tuesday over night rosters."
    )
    assert dict(zip(asked.lines, asked.marks, strict=True))["The union wants the rosters withdrawn."] == 1.0
    assert sum(asked.marks) == 1


def test_all_lines_above_are_told_before_a_line(stories):
    second, third = marking.of_briefs(stories)
    assert (second.marks, third.marks) == ([1.0], [0.0])
    assert third.told == f"{second.told} {second.lines[0]}"


def test_a_mark_tells_what_its_states_tell():
    chance = np.random.default_rng(3)
    states = chance.normal(size=(400, 6))
    marks = (states[:, 0] + 0.3 * chance.normal(size=400) > 0).astype(float)
    for name in ("opens", "follows", "prints"):
        weights = marking.fitted(name, states, marks)
        assert np.abs(weights[:-1]).argmax() == 0
        assert weights[0] > 0
