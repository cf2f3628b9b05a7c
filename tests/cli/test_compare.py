"""`newsum compare` tells two systems' briefs apart by what the articles bear out."""

import json

import pytest

from newsum.cli import main

STORIES = {
    "ferry": (
        "Ferry crews in Osterland began a three-day strike over night rosters. The company said that only eight of 70 "
        "sailings would run.",
        "Ferry crews in Osterland began a three-day strike over night rosters.",
    ),
    "rain": (
        "Rain fell on the hills of Alden for the fifth day in a row. The river rose by four metres, the council said.",
        "The river rose by four metres, the council said.",
    ),
    "vote": (
        "The council of Brennick voted to close the old harbour. Fishermen called the plan a betrayal of their town.",
        "The council of Brennick voted to close the old harbour.",
    ),
}
FALSE = "The minister Edda Thorsen was arrested in Lisbon for tax fraud."


@pytest.fixture
def folders(tmp_path):
    """(stories, briefs that hold, briefs with a false line each)."""
    for part in ("stories", "good", "bad"):
        (tmp_path / part).mkdir()
    for name, (text, line) in STORIES.items():
        (tmp_path / "stories" / name).mkdir()
        (tmp_path / "stories" / name / "bbc.txt").write_text(text)
        (tmp_path / "good" / f"{name}.txt").write_text(f"{line} (BBC)")
        (tmp_path / "bad" / f"{name}.md").write_text(f"{line} (BBC)\n\n{FALSE} (Reuters)")
    return tmp_path / "stories", tmp_path / "good", tmp_path / "bad"


def test_the_share_of_lines_supported_and_wrong_credits_are_compared_story_by_story(folders, capsys):
    stories, good, bad = map(str, folders)
    assert main(["compare", good, bad, "--stories", stories, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["a"]["scores"]["supported"]["mid"] == 1.0
    assert told["b"]["scores"]["supported"]["mid"] == 0.5
    assert told["a_less_b"]["supported"]["difference"] == 0.5
    assert told["a_less_b"]["wrong_credits"] == pytest.approx(
        {"difference": -0.5, "low": -0.5, "high": -0.5, "p": told["a_less_b"]["wrong_credits"]["p"], "stories": 3}
    )
    assert set(told["a_less_b"]) >= {"supported", "wrong_credits", "words", "repetition", "novelty2"}


def test_the_table_is_to_be_read_and_references_add_rouge(folders, tmp_path, capsys):
    stories, good, bad = map(str, folders)
    references = tmp_path / "references.jsonl"
    rows = [{"id": name, "reference": line} for name, (_, line) in STORIES.items()]
    references.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert main(["compare", good, bad, "--stories", stories, "--references", str(references)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("3 stories; 95% intervals, paired\n")
    row = next(line for line in shown.splitlines() if line.startswith("lines supported"))
    assert row.split()[2:5] == ["1.000", "0.500", "+0.500"]
    assert "rouge1" in shown


def test_what_has_no_brief_in_both_is_left_out_and_said(folders, capsys):
    stories, good, bad = folders
    (bad / "vote.md").unlink()
    (good / "stray.txt").write_text("A stray brief.")
    assert main(["compare", str(good), str(bad), "--stories", str(stories)]) == 1
    told = capsys.readouterr()
    assert told.out.startswith("2 stories;")
    assert "left out, for want of a brief or of articles: stray, vote" in told.err


def test_what_a_batch_wrote_is_compared_as_it_lies(folders, tmp_path, capsys):
    stories, good, _ = map(str, folders)
    batch = ["batch", stories, "--out", str(tmp_path / "out"), "--words", "20", "--format", "text", "--model", "none"]
    assert main(batch) == 0
    capsys.readouterr()
    assert main(["compare", good, str(tmp_path / "out"), "--stories", stories]) == 0
    assert capsys.readouterr().out.startswith("3 stories;")


def test_folders_that_share_no_story_are_an_error(folders, tmp_path, capsys):
    stories, good, _ = folders
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "else.txt").write_text("Something else.")
    assert main(["compare", str(good), str(tmp_path / "other"), "--stories", str(stories)]) == 2
    assert "name each like its story" in capsys.readouterr().err
    assert main(["compare", str(good), str(tmp_path / "none"), "--stories", str(stories)]) == 2
    assert "is no folder" in capsys.readouterr().err
