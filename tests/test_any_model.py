"""Each kind of writer goes the whole way, offline: summarise, batch, attribute, verify; and what a batch survives."""

import json
import shutil
import time

import pytest
from extras import need
from fixture_stories import FOLDER
from servers import completion, saying, send, serving

from newsum.cli import main
from newsum.summary import Summary

LINE = "Crews at Alden Sound Ferries began a three-day strike over night rosters on Tuesday."
WORDS = ("--words", "25")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of two stories."""
    place = tmp_path_factory.mktemp("stories")
    for name in ("ferry-strike", "treaty"):
        shutil.copytree(FOLDER / name, place / name)
    return place


def tiny(family, place):
    """The arguments for a tiny checkpoint of a family, made on the spot."""
    need("torch")
    import tiny_models

    make = tiny_models.build if family in tiny_models.FAMILIES else tiny_models.build_causal
    return ["--model", str(make(family, place / family))]


@pytest.fixture(params=["newsum-135m", "bart", "llama", "a server"])
def writer(request, tmp_path):
    """The arguments that name a writer of each kind."""
    if request.param == "newsum-135m":
        yield ["--model", request.param]
    elif request.param == "a server":
        with serving(saying(f"Here is the brief:\n\n{LINE} The union was banned.")) as server:
            yield ["--endpoint", server.url, "--model", "scripted"]
    else:
        yield tiny(request.param, tmp_path)


def test_whatever_writes_its_briefs_are_made_checked_and_proved(writer, folder, tmp_path, capsys):
    one, out = tmp_path / "one.json", tmp_path / "briefs"
    story = str(folder / "ferry-strike")
    assert main(["summarise", story, *writer, *WORDS, "--out", str(one)]) == 0
    assert main(["batch", str(folder), "--out", str(out), *writer, *WORDS, "--format", "json", "--format", "text"]) == 0
    assert main(["verify", str(one), story]) == 0
    told = Summary.from_json(one.read_text(encoding="utf-8"))
    assert told.lines
    assert "banned" not in told.text
    assert told.provenance["writer"]["revision"]
    for name in ("ferry-strike", "treaty"):
        brief = out / "briefs" / name
        assert main(["verify", f"{brief}.json", str(folder / name)]) == 0
        assert main(["attribute", f"{brief}.txt", str(folder / name), "--fail-on", "error"]) == 0
    both = Summary.from_json((out / "briefs" / "ferry-strike.json").read_text(encoding="utf-8"))
    assert both.lines == told.lines
    capsys.readouterr()


# --- a server that fails every story in a way of its own ----------------------------------------------------


def _hangs(handler, body):
    handler.server.over.wait(30)


def _floods(handler, body):
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(10 * 2**30))
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 65536)


FAILING = {
    "hangs": (_hangs, "did not answer within"),
    "10 GB": (_floods, "sent more than 4 MB"),
    "half a JSON": (lambda h, b: send(h, b'{"choices": [{"mess'), "sent half an answer"),
    "429": (lambda h, b: send(h, {"error": {"message": "Slow"}}, status=429, retry_after="90"), "asked less often"),
    "500": (lambda h, b: send(h, {"error": "boom"}, status=500, retry_after="0"), "failed (500: boom)"),
    "another type": (lambda h, b: send(h, b"<html>", kind="text/html"), "and not with JSON"),
    "a redirect": (lambda h, b: send(h, b"", status=302, location="http://127.0.0.1:1/"), "sends on to"),
}


def test_a_batch_goes_on_past_every_way_a_server_fails(tmp_path, capsys):
    def by_story(handler, body):
        text = body["messages"][1]["content"]
        fails = next((fail for name, (fail, _) in FAILING.items() if f"called {name}." in text), None)
        return fails(handler, body) if fails else send(handler, completion(LINE))

    names = [*FAILING, "well"]
    for number, name in enumerate(names):
        place = tmp_path / "stories" / f"s{number}"
        place.mkdir(parents=True)
        (place / "bbc.txt").write_text(f"{LINE} The ship is called {name}.")
    out, began = tmp_path / "briefs", time.monotonic()
    with serving(by_story) as server:
        arguments = ["--endpoint", server.url, "--model", "tiny", "--timeout", "2", "--words", "15"]
        assert main(["batch", str(tmp_path / "stories"), "--out", str(out), *arguments]) == 1
    assert time.monotonic() - began < 60  # of eight stories with two seconds each, on a machine that does other things
    rows = {row["id"]: row for row in map(json.loads, (out / "index.jsonl").read_text().splitlines())}
    assert rows[f"s{len(FAILING)}"]["status"] == "done"
    for number, (_, said) in enumerate(FAILING.values()):
        row = rows[f"s{number}"]
        assert row["status"] == "failed"
        assert said in row["reason"]
        assert "\n" not in row["reason"]
    capsys.readouterr()
