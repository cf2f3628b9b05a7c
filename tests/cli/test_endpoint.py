"""`--endpoint`: a server's model from the command line, one story and a batch of them, with servers that fail."""

import json

import pytest
from servers import completion, saying, send, serving

from newsum.cli import main

LINE = "Ferry crews in Osterland began a three-day strike over night rosters."
KEY = "sk-very-secret-0123456789"


@pytest.fixture
def folder(tmp_path):
    """Three stories of one article each."""
    for name, text in (("ferry", LINE), ("rain", "Rain fell on the hills of Alden for the fifth day."), ("vote", LINE)):
        (tmp_path / "stories" / name).mkdir(parents=True)
        (tmp_path / "stories" / name / "bbc.txt").write_text(f"{text} The {name} was long awaited, officials said.")
    return tmp_path / "stories"


def test_a_story_is_written_by_the_server(folder, capsys, monkeypatch):
    monkeypatch.setenv("NEWSUM_API_KEY", KEY)
    with serving(saying(LINE)) as server:
        arguments = ["--endpoint", server.url, "--model", "tiny", "--words", "12"]
        assert main(["summarise", str(folder / "ferry"), *arguments]) == 0
    shown = capsys.readouterr()
    assert LINE in shown.out
    assert "leave this machine" not in shown.err
    assert server.asked[0]["model"] == "tiny"
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_a_window_is_what_the_server_is_sent_at_most(folder, capsys):
    with serving(saying(LINE)) as server:
        arguments = ["--endpoint", server.url, "--model", "tiny", "--words", "12", "--window", "115"]
        assert main(["summarise", str(folder / "ferry"), *arguments]) == 0
    assert "long awaited" not in server.asked[0]["messages"][1]["content"]
    assert "did not fit the model's window of 115 tokens" in capsys.readouterr().out


def test_that_articles_leave_the_machine_is_said_once(folder, capsys):
    arguments = ["--endpoint", "http://news.invalid/v1", "--model", "tiny", "--timeout", "5"]
    assert main(["summarise", str(folder / "ferry"), *arguments]) == 2
    told = capsys.readouterr().err
    assert told.count("the articles leave this machine: they are sent to http://news.invalid/v1") == 1
    assert "newsum: error: the server at http://news.invalid/v1 " in told


def test_an_endpoint_needs_a_model(folder, capsys):
    assert main(["summarise", str(folder / "ferry"), "--endpoint", "http://localhost:1/v1"]) == 2
    assert capsys.readouterr().err == ("newsum: error: --endpoint needs --model: say what the server calls the model\n")


def test_a_batch_goes_on_where_the_server_fails_a_story(folder, tmp_path, capsys):
    def sometimes(handler, body):
        if "Rain fell" in body["messages"][1]["content"]:
            return send(handler, b"<html>", kind="text/html")
        return send(handler, completion(LINE))

    out = tmp_path / "briefs"
    with serving(sometimes) as server:
        arguments = ["--endpoint", server.url, "--model", "tiny", "--words", "12", "--format", "json"]
        assert main(["batch", str(folder), "--out", str(out), *arguments]) == 1
        said = capsys.readouterr()
        assert "answers with text/html and not with JSON" in said.err
        written = {path.stem for path in out.rglob("*.json")}
        assert {"ferry", "vote"} <= written
        assert "rain" not in written
    (brief,) = (path for path in out.rglob("ferry.json") if ".newsum" not in path.parts)
    assert main(["verify", str(brief), str(folder / "ferry")]) == 0
    assert json.loads(brief.read_text())["provenance"]["writer"]["name"] == "tiny"
