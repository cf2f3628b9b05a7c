"""The marks that readers gave: of training stories alone, each brief from its opening on."""

import csv
from pathlib import Path

import recipes.printable
from recipes.aside import held_out

TABLES = Path(recipes.printable.__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def test_no_mark_is_of_a_story_that_is_held_out():
    stories = {row["story"] for name in ("printable.tsv", "openings.tsv") for row in _rows(name)}
    assert len(stories) > 800
    assert not any(map(held_out, stories))


def test_each_brief_is_marked_from_its_opening_on():
    rows = _rows("printable.tsv")
    assert {row["mark"] for row in rows} == {"ok", "lean", "poor"}
    starts = {(row["story"], row["brief"]): int(row["line"]) for row in reversed(rows)}
    assert set(starts.values()) == {1}


def test_a_story_has_openings_to_choose_from():
    rows = _rows("openings.tsv")
    assert {row["mark"] for row in rows} == {"0", "1", "2", "3"}
    places = [(row["story"], row["article"], row["start"]) for row in rows]
    assert len(set(places)) == len(places) > 5 * len({story for story, *_ in places})
