"""`newsum batch`: what it prints where, its exit codes, and that its options arrive."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from batch_stories import Quick, write_stories

from newsum import batch
from newsum.batch.ray import OnRay
from newsum.cli import main
from newsum.system.choices import DEFAULT_MODEL


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """./stories with three of them, where the command runs."""
    monkeypatch.chdir(tmp_path)
    return write_stories(tmp_path / "stories", 3)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Runs with a summariser that is quick; what the command asked for is kept."""
    kept: list[dict[str, Any]] = []
    real = batch.run

    def run(source: Path, out: Path, **options: Any) -> batch.Report:
        kept.append(options)
        print("a worker died")  # as Ray does
        return real(source, out, **{**options, "summariser": Quick(), "engine": batch.Local(1)})

    monkeypatch.setattr(batch, "run", run)
    return kept


@pytest.mark.usefixtures("stories", "calls")
def test_batch_prints_how_many_were_done_and_where_the_index_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "stories", "--out", "out"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("3 done, 0 skipped, 0 failed in ")
    assert out.endswith(f" s: {Path('out/index.html')}\n")
    assert err == "a worker died\n"  # the result alone is on stdout
    assert sorted(path.name for path in Path("out/briefs").iterdir()) == [
        f"s0{n}.{suffix}" for n in range(3) for suffix in ("html", "json")
    ]
    assert main(["batch", "stories", "--out", "out", "--resume"]) == 0
    assert capsys.readouterr().out.startswith("0 done, 3 skipped, 0 failed in ")


@pytest.mark.usefixtures("calls")
def test_batch_says_what_failed_and_why_and_exits_with_one(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stories / "s00" / "0.md").write_text("unfit")
    (stories / "s01" / "0.md").write_text("")
    for path in (stories / "s02").iterdir():
        path.write_text("")
    assert main(["batch", "stories", "--out", "out"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("1 done, 0 skipped, 2 failed in ")
    assert err.splitlines()[1:] == [
        "newsum: warning: articles or rows that could not be read: 4; the index says which",
        "newsum: failed: s00: there is nothing to summarise",
        "newsum: failed: s02: nothing of it could be read",
    ]
    assert main(["batch", "stories", "--out", "out"]) == 2
    assert "add --resume to go on with it" in capsys.readouterr().err


@pytest.mark.usefixtures("stories")
def test_batch_hands_its_options_on(calls: list[dict[str, Any]]) -> None:
    assert main(["batch", "stories", "--out", "a"]) == 0
    assert main("batch stories --out b --words 60 --format md,json --format text --jobs 3 --no-group".split()) == 0
    first, second = calls
    assert (first["words"], first["formats"], first["group"], first["resume"]) == (120, ["json", "html"], None, False)
    assert (first["summariser"].model, first["engine"]) == (DEFAULT_MODEL, None)
    assert (second["words"], second["formats"], second["group"]) == (60, ["md", "json", "text"], False)
    assert second["engine"] == batch.Local(3)
    assert sorted(path.suffix for path in Path("b/briefs").glob("s00.*")) == [".json", ".md", ".txt"]


@pytest.mark.usefixtures("stories")
def test_batch_on_ray_and_without_a_model(calls: list[dict[str, Any]]) -> None:
    assert main("batch stories --out c --on ray --jobs 2 --model none --group".split()) == 0
    assert calls[0]["engine"] == OnRay(2)
    assert calls[0]["summariser"].model is None
    assert calls[0]["group"] is True


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("stories", "Missing option '--out'"),
        ("nowhere --out out", "there is no folder or file nowhere"),
        ("stories --out stories/briefs", "would be read as articles"),
        ("stories --out out --format pdf", "the format 'pdf' is not allowed: use text, md, html, json"),
        ("stories --out out --jobs 0", "Invalid value for '--jobs'"),
        ("stories --out out --on mars", "'mars' is not one of 'local', 'ray'"),
        ("stories --out out --words 5", "pass a whole number from 10 to 2000, not 5"),
        ("stories --out out --model nowhere/at-all/none", "there is no folder nowhere/at-all/none"),
    ],
)
def test_batch_used_wrongly_says_so_in_a_sentence(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", *arguments.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.startswith("newsum: error: ")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("stories", "calls")
def test_a_bar_is_shown_where_a_person_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["batch", "stories", "--out", "out"]) == 0
    shown = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "3/3" in shown
    assert "stories/s" in shown
    assert "left:" in shown


@pytest.mark.usefixtures("stories")
def test_batch_without_a_model_takes_sentences_that_verify(capsys: pytest.CaptureFixture[str]) -> None:
    fixtures = Path(__file__).parents[2] / "examples" / "stories"
    assert main(["batch", str(fixtures / "treaty"), "--out", "out", "--model", "none", "--no-group"]) == 0
    assert main(["verify", "out/briefs/treaty.json", str(fixtures / "treaty")]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("Every receipt holds")
    [row] = map(json.loads, Path("out/index.jsonl").read_text().splitlines())
    assert (row["id"], row["status"], row["articles"]) == ("treaty", "done", 5)
