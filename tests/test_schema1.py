"""Summaries that older newsums wrote in schema 1 are read with the credits that they were given, and still verify.

In: tests/data/schema1, a folder for each of the two commits before which credits were decided otherwise; its README
says how the files were made.
"""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from fixture_stories import story

from newsum.errors import SummaryError
from newsum.summary import SCHEMA, Summary

FOLDER = Path(__file__).parent / "data" / "schema1"
# How many lines each has, and whom the first credits.
WRITTEN = {
    "before-6458d91/bank-merger": (6, ["The Osterland Times"]),
    "before-6458d91/court-ruling": (5, ["Commerce Daily"]),
    "before-6458d91/data-breach": (6, ["Meridian Press Agency"]),
    "before-6458d91/drug-trial": (4, ["The Ledger"]),
    "before-6458d91/earthquake": (7, ["Channel Meridian"]),
    "before-6458d91/election": (6, ["RTV Osterland"]),
    "before-6458d91/ferry-strike": (6, ["Northgate Wire"]),
    "before-6458d91/rocket-launch": (5, ["Northgate Wire"]),
    "before-6458d91/school-phones": (5, ["Northgate Wire"]),
    "before-6458d91/storm": (5, ["Northgate Wire"]),
    "before-6458d91/transfer": (7, ["Channel Meridian"]),
    "before-6458d91/treaty": (5, ["Meridian Press Agency"]),
    "before-742cb22/bank-merger": (5, ["Meridian Press Agency"]),
    "before-742cb22/court-ruling": (4, ["Commerce Daily"]),
    "before-742cb22/data-breach": (4, ["Meridian Press Agency", "The Ledger"]),
    "before-742cb22/drug-trial": (4, ["Meridian Press Agency"]),
    "before-742cb22/earthquake": (4, ["Northgate Wire", "The Long View"]),
    "before-742cb22/election": (4, ["Capital Dispatch", "Northgate Wire"]),
    "before-742cb22/ferry-strike": (5, ["Northgate Wire"]),
    "before-742cb22/rocket-launch": (4, ["The Long View", "Commerce Daily"]),
    "before-742cb22/school-phones": (4, ["Northgate Wire", "The Osterland Times"]),
    "before-742cb22/storm": (5, ["Northgate Wire", "The Long View"]),
    "before-742cb22/transfer": (4, ["Meridian Press Agency"]),
    "before-742cb22/treaty": (17, ["Meridian Press Agency"]),
}

# The faults of all of them, by kind and how grave.
FAULTS = {
    ("untagged", "warning"): 36,
    ("missing credit", "warning"): 6,
    ("untraceable", "error"): 12,
    ("groundless credit", "error"): 4,
    ("contradiction", "error"): 4,
}


def written(name: str) -> str:
    with gzip.open(FOLDER / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        return file.read()


def test_every_file_is_looked_at():
    assert sorted(WRITTEN) == sorted(
        path.relative_to(FOLDER).as_posix().removesuffix(".json.gz") for path in FOLDER.rglob("*.gz")
    )
    assert len(WRITTEN) == 24


@pytest.mark.parametrize("name", WRITTEN)
def test_an_old_summary_is_read_with_the_credits_that_it_was_given(name):
    old, summary = json.loads(written(name)), Summary.from_json(written(name))
    assert old["schema"] == 1
    assert (len(summary.lines), list(summary.lines[0].outlets)) == WRITTEN[name]
    for before, line in zip(old["lines"], summary.lines, strict=True):
        assert [list(line.outlets), list(line.also)] == [before["outlets"], before["also"]]
        assert list(line.cited) == before.get("cited", [])
        assert line.paragraph == 0


@pytest.mark.parametrize("name", WRITTEN)
def test_an_old_summary_is_written_in_todays_schema_and_comes_back_the_same(name):
    summary = Summary.from_json(written(name))
    assert summary.to_dict()["schema"] == SCHEMA
    assert Summary.from_json(summary.to_json()) == summary


@pytest.mark.parametrize("name", WRITTEN)
def test_every_receipt_and_credit_of_an_old_summary_holds(name):
    assert [f for f in Summary.from_json(written(name)).verify(story(name.split("/")[1])) if f.kind != "field"] == []


def test_faults_of_schema_1_are_as_grave_as_their_kind():
    summaries = [Summary.from_json(written(name)) for name in WRITTEN]
    assert Counter((fault.kind, fault.severity) for summary in summaries for fault in summary.faults) == FAULTS


def test_who_wrote_a_summary_of_schema_1_is_read_as_its_writer():
    assert Summary.from_json(written("before-6458d91/treaty")).provenance == {
        "newsum": "0.1.0",
        "settings": {"words": 120, "unsupported": "replace", "seed": 0},
        "writer": {"name": "mini", "revision": "sha256:645f4dedfe8edbf7", "backend": "ctranslate2 int8"},
        "judge": None,
    }
    given = Summary.from_json(written("before-742cb22/treaty"))
    assert given.provenance == {"newsum": "0.1.0", "settings": {}, "writer": None, "judge": None}


def test_credits_of_a_copy_or_of_nobodys_evidence_fail_to_verify_in_an_old_file_too():
    values = json.loads(written("before-6458d91/storm"))
    values["lines"][0]["outlets"] = ["Reuters"]
    failures = Summary.from_dict(values).verify(story("storm"))
    assert [str(failure) for failure in failures] == [
        "Line 1: outlets is Reuters, but its evidence is by Northgate Wire."
    ]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("lines", "text", "lines must be a list, not 'text'"),
        ("lines", ["text"], "lines[0] must be an object, not 'text'"),
        ("lines", [{"text": "x"}], 'lines[0] has no "evidence"'),
        ("faults", 5, "faults must be a list, not 5"),
        ("faults", [{"kind": ["x"]}], 'faults[0] has no "line"'),
        ("provenance", [], "provenance must be an object, not []"),
        ("author", "me", 'the summary has a field "author" that this newsum does not know'),
    ],
)
def test_a_malformed_field_of_schema_1_is_named_with_its_place(name, value, message):
    with pytest.raises(SummaryError) as error:
        Summary.from_dict({**json.loads(written("before-742cb22/treaty")), name: value})
    assert str(error.value) == message
