"""The command line: what it prints where, its exit codes, and its one-sentence errors. The model is faked."""

import errno
import json
import os
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import get_args
from unittest.mock import Mock

import pytest
from fixture_stories import FOLDER, NAMES

from newsum.attribution.credits import with_credits
from newsum.cli import main
from newsum.errors import CheckpointError, ReadingWarning
from newsum.rendering.forms import SUFFIXES
from newsum.summary import Evidence, Fault, Line, Source, Summary, Support
from newsum.system.choices import DEFAULT_MODEL, Breadth, Empty, Form, Multiple, Unsupported

BBC = "---\noutlet: BBC\ntitle: Treaty signed\n---\nA treaty was signed on Monday.\n"
REUTERS = "---\noutlet: Reuters\ntitle: Both sign\n---\nThe two sides signed on Monday.\n"
BRIEF = "A treaty was signed on Monday. [BBC]\n"
TEXT = (
    "Treaty signed\n\nA treaty was signed on Monday. [BBC]\n\n"
    "Sources:\n1. BBC, “Treaty signed”\n2. Reuters, “Both sign”\n\nCredited: BBC\n"
)


def _summary(articles) -> Summary:
    first = articles[0]
    evidence = Evidence(first.id, first.outlet, 0, len(first.text), first.text, 0.9)
    line = with_credits(Line(first.text, (evidence,), support=Support("supported", 0.9)))
    return Summary((line,), title=first.title, sources=tuple(map(Source.of, articles)))


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two articles, which is where the command runs: ./story/a.txt and ./story/b.txt."""
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "a.txt").write_text(BBC, encoding="utf-8")
    (folder / "b.txt").write_text(REUTERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list:
    """Fakes the two functions that need a model or evidence; what they were called with is kept."""
    kept: list = []

    def summarise(articles, **settings):
        kept.append((articles, settings))
        return _summary(articles)

    def attribute(text, articles, judge):
        kept.append((text, articles, judge))
        faults = (Fault("untagged", "warning", 0, (), "Nothing is credited."),) if "[" not in text else ()
        return replace(_summary(articles), faults=faults)

    monkeypatch.setattr("newsum.summariser.summarise", summarise)
    monkeypatch.setattr("newsum.audit.attribute", attribute)
    return kept


def _fails(capsys, code: int, *args: str) -> str:
    """Runs the command, which must fail with this code and print nothing on stdout; returns its stderr."""
    assert main(args) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


# --- summarise --------------------------------------------------------------------------------


def test_summarise_prints_the_brief_and_nothing_else(story, calls, capsys):
    assert main(["summarise", "story"]) == 0
    assert capsys.readouterr() == (TEXT, "")


def test_summarise_hands_its_options_on(story, calls):
    options = ["--words", "60", "--model", "primera", "--device", "cpu", "--unsupported", "drop", "--seed", "7"]
    assert main(["summarise", "story/a.txt", "story/b.txt", *options]) == 0
    articles, settings = calls[0]
    assert [article.outlet for article in articles] == ["BBC", "Reuters"]
    assert settings == {
        "words": 60,
        "model": "primera",
        "device": "cpu",
        "unsupported": "drop",
        "seed": 7,
        "judge": "auto",
    }


def test_summarise_has_the_defaults_that_its_help_names(story, calls):
    assert main(["summarise", "story"]) == 0
    assert calls[0][1] == {
        "words": 120,
        "model": DEFAULT_MODEL,
        "device": None,
        "unsupported": "replace",
        "seed": 0,
        "judge": "auto",
    }


def test_options_that_are_typed_often_have_a_letter(story, calls):
    assert main(["summarise", "story", *"-w 60 -m primera -o brief.md -f json -e -q".split()]) == 0
    assert (calls[0][1]["words"], calls[0][1]["model"]) == (60, "primera")
    assert json.loads(Path("brief.md").read_text(encoding="utf-8"))["title"] == "Treaty signed"


def test_a_length_that_no_brief_can_have_is_refused_before_anything_is_read(story, calls, capsys):
    err = _fails(capsys, 2, "summarise", "nowhere", "--words", "5")
    assert "pass a whole number from 10 to 2000, not 5" in err
    assert main(["summarise", "--help"]) == 0
    assert "10 to 2000." in " ".join(capsys.readouterr().out.split())


def test_a_heap_of_stories_is_pointed_to_batch_and_a_story_is_not(calls, capsys):
    assert main(["summarise", str(FOLDER)]) == 0
    assert "these look like 12 stories: use newsum batch for a brief of each" in capsys.readouterr().err
    for name in NAMES:
        assert main(["summarise", str(FOLDER / name)]) == 0
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("newsum ver", {"verify"}), ("newsum batch --on ", {"local", "ray"}), ("newsum summarise --end", {"--endpoint"})],
)
def test_a_shell_can_complete_commands_options_and_choices(typed, offered):
    asked = {"_NEWSUM_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "from newsum.cli import main; main()"],
        capture_output=True,
        text=True,
        timeout=60,
        env=_environment() | asked,
    )
    assert set(done.stdout.split()) == offered


def test_summarize_is_the_same_command(story, calls, capsys):
    assert main(["summarize", "story"]) == 0
    assert capsys.readouterr().out == TEXT


def test_every_form_can_be_asked_for(story, calls, capsys):
    printed = {}
    for form in ("text", "md", "html", "json"):
        assert main(["summarise", "story", "--format", form]) == 0
        printed[form] = capsys.readouterr().out
    assert printed["text"] == TEXT
    assert printed["md"].startswith("# Treaty signed\n\n1. A treaty was signed on Monday. **\\[BBC\\]**\n")
    assert printed["html"].startswith("<!doctype html>\n")
    assert '<meta charset="utf-8">' in printed["html"]
    assert Summary.from_json(printed["json"]) == _summary(calls[0][0])
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in printed.values())


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("brief.txt", "Treaty signed\n\n"),
        ("brief", "Treaty signed\n\n"),
        ("brief.md", "# Treaty"),
        ("b.HTML", "<!doctype html>"),
        ("b.json", "{"),
    ],
)
def test_the_form_is_taken_from_the_name_of_the_file(story, calls, capsys, name, start):
    assert main(["summarise", "story", "--out", name]) == 0
    assert capsys.readouterr() == ("", "")
    assert Path(name).read_text(encoding="utf-8").startswith(start)


def test_the_choices_offered_are_those_that_the_library_knows(capsys):
    for command, choices in {
        "summarise": (Unsupported, Form),
        "attribute": (Form,),
        "group": (Breadth,),
        "evaluate": (Multiple, Empty),
    }.items():
        assert main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        assert all("|".join(get_args(choice)) in shown for choice in choices)
    assert get_args(Form) == tuple(SUFFIXES)


def test_format_outweighs_the_name_of_the_file(story, calls):
    assert main(["summarise", "story", "--out", "brief.xml", "--format", "json"]) == 0
    assert json.loads(Path("brief.xml").read_text(encoding="utf-8"))["title"] == "Treaty signed"


def test_an_article_that_cannot_be_read_is_named_and_the_brief_is_written(story, calls, capsys):
    (story / "empty.txt").write_bytes(b"")
    assert main(["summarise", "story", "missing.txt"]) == 1
    out, err = capsys.readouterr()
    assert out == TEXT
    assert err.splitlines() == [
        "newsum: warning: story/empty.txt: it is empty",
        "newsum: warning: missing.txt: there is no such file or folder; check the path",
    ]


def test_a_guessed_outlet_is_said_but_is_no_failure(story, calls, capsys):
    (story / "guardian.txt").write_text("Both signed.", encoding="utf-8")
    assert main(["summarise", "story"]) == 0
    err = capsys.readouterr().err
    assert err.startswith("newsum: warning: outlets were guessed: ")
    assert err.count("\n") == 1


def test_nothing_readable_is_an_error(story, calls, capsys):
    err = _fails(capsys, 2, "summarise", "nowhere")
    assert err == "newsum: error: nothing to read: nowhere: there is no such file or folder; check the path\n"
    err = _fails(capsys, 2, "summarise", "nowhere", "neither")
    assert err.splitlines()[-1] == "newsum: error: nothing to read: all 2 inputs failed"
    assert calls == []


def test_warnings_of_the_library_are_one_row_and_other_libraries_are_silent(story, capsys, monkeypatch):
    def summarise(articles, **_):
        warnings.warn("a date\nwas left out\x1b[2J", ReadingWarning, stacklevel=1)
        warnings.warn("deprecated", FutureWarning, stacklevel=1)
        return _summary(articles)

    monkeypatch.setattr("newsum.summariser.summarise", summarise)
    monkeypatch.setattr(sys, "warnoptions", [])
    assert main(["summarise", "story"]) == 0
    assert capsys.readouterr().err == "newsum: warning: a date was left out[2J\n"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CheckpointError("there is no model called tiny"), 2, "newsum: error: there is no model called tiny\n"),
        (KeyboardInterrupt(), 130, "newsum: interrupted\n"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 2, "newsum: error: x cannot be used: permission"),
    ],
)
def test_errors_are_one_sentence_without_a_traceback(story, capsys, monkeypatch, error, code, said):
    def summarise(*_, **__):
        raise error

    monkeypatch.setattr("newsum.summariser.summarise", summarise)
    err = _fails(capsys, code, "summarise", "story")
    assert err.startswith(said)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["summarise"], "Missing argument"),
        (["summarise", "story", "--wrods", "3"], "--wrods"),
        (["summarise", "story", "--words", "0"], "--words"),
        (["summarise", "story", "--words", "many"], "--words"),
        (["summarise", "story", "--format", "pdf"], "--format"),
        (["summarise", "story", "--unsupported", "keep"], "--unsupported"),
        (["sumarise"], "sumarise"),
        (["verify", "x.json"], "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence_that_points_at_the_help(story, calls, capsys, args, said):
    err = _fails(capsys, 2, *args)
    assert err.startswith("newsum: error: ")
    assert said in err
    assert err.endswith("--help\n")
    assert err.count("\n") == 1
    assert calls == []


def test_without_a_command_the_help_is_shown_as_wrong_use(capsys):
    assert "Exit codes:" in _fails(capsys, 2)


# --- --out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("story", "--out story is a folder; name a file in it, such as story/brief.md"),
        ("nowhere/brief.md", "--out nowhere/brief.md cannot be written: there is no folder nowhere"),
        ("story/a.txt/brief.md", "cannot be written: there is no folder story/a.txt"),
        ("brief.pdf", "--out brief.pdf ends in none of .txt, .md, .html, .htm, .json; say which form"),
        ("n" * 300 + ".md", "cannot be used: file name too long"),
    ],
)
def test_an_out_that_cannot_be_is_refused_before_the_model_works(story, calls, capsys, out, said):
    err = _fails(capsys, 2, "summarise", "story", "--out", out)
    assert said in err
    assert calls == []


def test_an_input_is_never_overwritten(story, calls, capsys):
    err = _fails(capsys, 2, "summarise", "story/a.txt", "story/b.txt", "--out", "./story/../story/b.txt")
    assert "is also an input, which would be overwritten" in err
    assert (story / "b.txt").read_text(encoding="utf-8") == REUTERS


def test_a_second_run_does_not_read_the_first_ones_brief(story, calls, capsys):
    for _ in range(2):
        assert main(["summarise", "story", "--out", "story/brief.txt"]) == 0
    assert [len(articles) for articles, _ in calls] == [2, 2]
    assert capsys.readouterr().err == ""


def test_a_file_is_replaced_whole_and_keeps_its_mode(story, calls):
    out = Path("brief.txt")
    out.write_text("old " * 1000, encoding="utf-8")
    out.chmod(0o640)
    assert main(["summarise", "story", "--out", "brief.txt"]) == 0
    assert out.read_bytes() == TEXT.encode()
    assert out.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["brief.txt", "story"]


def test_a_link_is_never_written_through(story, calls, capsys):
    Path("real.md").write_text("old", encoding="utf-8")
    Path("link.md").symlink_to("real.md")
    Path("nowhere.md").symlink_to("not-there.md")
    for link in ("link.md", "nowhere.md"):
        assert main(["summarise", "story", "--out", link]) == 2
        assert f"--out {link} is a link to" in capsys.readouterr().err
    assert Path("real.md").read_text(encoding="utf-8") == "old"
    assert not Path("not-there.md").exists()


def test_a_link_planted_where_the_draft_goes_is_not_written_through(story, calls):
    Path("real.md").write_text("old", encoding="utf-8")
    Path(f".brief.md.{os.getpid()}.newsum-tmp").symlink_to("real.md")
    assert main(["summarise", "story", "--out", "brief.md"]) == 0
    assert Path("real.md").read_text(encoding="utf-8") == "old"
    assert Path("brief.md").read_text(encoding="utf-8").startswith("# Treaty")


def test_whatever_fails_inside_has_an_exit_code_of_its_own(story, capsys, monkeypatch):
    for failure, told in ((KeyError("x"), "newsum itself failed (KeyError: 'x')"), (MemoryError(), "enough memory")):
        monkeypatch.setattr("newsum.summariser.summarise", Mock(side_effect=failure))
        assert main(["summarise", "story"]) == 3
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err
        assert err.count("\n") == 1


def test_a_device_is_written_to_and_not_replaced(story, calls):
    assert main(["summarise", "story", "--out", os.devnull]) == 0
    assert Path(os.devnull).is_char_device()


def test_a_failed_write_leaves_the_old_file_and_no_draft(story, calls, capsys, monkeypatch):
    Path("brief.txt").write_text("old", encoding="utf-8")

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    err = _fails(capsys, 2, "summarise", "story", "--out", "brief.txt")
    assert err == "newsum: error: --out brief.txt cannot be written: no space left on device\n"
    assert Path("brief.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["brief.txt", "story"]


# --- the terminal -----------------------------------------------------------------------------


def test_long_lines_are_wrapped_in_a_terminal_and_hang_under_their_numbers(story, calls, capsys, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "24")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["summarise", "story"]) == 0
    out = capsys.readouterr().out
    assert "A treaty was signed on\nMonday. [BBC]\n" in out
    assert "1. BBC, “Treaty signed”\n2. Reuters, “Both sign”\n" in out
    monkeypatch.setenv("COLUMNS", "16")
    assert main(["summarise", "story"]) == 0
    assert "1. BBC, “Treaty\n   signed”\n" in capsys.readouterr().out


def test_only_text_is_wrapped(story, calls, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "24")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["summarise", "story", "--format", "md"]) == 0
    assert "1. A treaty was signed on Monday. **\\[BBC\\]**\n" in capsys.readouterr().out


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more}


@pytest.fixture
def saved(story, calls) -> Path:
    assert main(["summarise", "story", "--out", "story/brief.json"]) == 0
    return story / "brief.json"


def test_output_is_utf_8_where_the_locale_is_c(saved):
    text = saved.read_text(encoding="utf-8")
    saved.write_text(text.replace("A treaty was signed on Monday.", "“Ürgüp” – 条約"), encoding="utf-8")
    command = [sys.executable, "-m", "newsum", "verify", str(saved), str(saved.parent)]
    environment = _environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run(command, capture_output=True, timeout=60, env=environment)
    assert "“Ürgüp” – 条約" in done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_reader_that_leaves_early_is_no_error(saved):
    failing = saved.read_text(encoding="utf-8").replace('"quote": "A', '"quote": "No')
    saved.write_text(failing, encoding="utf-8")
    command = [sys.executable, "-m", "newsum", "verify", str(saved), str(saved.parent)]
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, timeout=60, env=_environment())
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")


def test_help_loads_nothing_heavy_and_explains_the_exit_codes():
    code = (
        "import sys; from newsum.cli import main; main(['--help'])\n"
        "heavy = {'torch', 'nltk', 'trafilatura', 'transformers', 'numpy', 'jinja2'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, env=_environment()
    )
    assert "heavy: []" in done.stdout
    assert "newsum summarise stories/treaty/ --out treaty.json" in done.stdout
    assert "Exit codes:\n    0  all is well\n" in done.stdout
    assert "summarize" not in done.stdout


def test_version_is_one_row(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.split()[0] == "newsum"


# --- attribute --------------------------------------------------------------------------------


def test_attribute_prints_the_checked_brief(story, calls, capsys):
    Path("brief.txt").write_text(BRIEF, encoding="utf-8")
    assert main(["attribute", "brief.txt", "story"]) == 0
    assert capsys.readouterr() == (TEXT, "")
    text, articles, judge = calls[0]
    assert judge == "bundled"
    assert text == "A treaty was signed on Monday. [BBC]"
    assert [article.outlet for article in articles] == ["BBC", "Reuters"]


def test_faults_are_printed_and_give_exit_code_one(story, calls, capsys):
    Path("brief.txt").write_text("A treaty was signed.", encoding="utf-8")
    assert main(["attribute", "brief.txt", "story"]) == 1
    assert "\n    - warning, untagged: Nothing is credited.\n" in capsys.readouterr().out


def test_a_brief_among_the_articles_is_not_evidence_for_itself(story, calls):
    (story / "brief.md").write_text(BRIEF, encoding="utf-8")
    assert main(["attribute", "story/brief.md", "story", "--out", "story/checked.json"]) == 0
    assert [article.outlet for article in calls[0][1]] == ["BBC", "Reuters"]


def test_the_brief_itself_is_never_overwritten(story, calls, capsys):
    Path("brief.txt").write_text(BRIEF, encoding="utf-8")
    assert "is also an input" in _fails(capsys, 2, "attribute", "brief.txt", "story", "--out", "brief.txt")


def test_a_brief_that_is_missing_or_several_texts_is_an_error(story, calls, capsys):
    err = _fails(capsys, 2, "attribute", "brief.txt", "story")
    assert err.startswith("newsum: error: the brief cannot be read: brief.txt: there is no such file")
    err = _fails(capsys, 2, "attribute", "story", "story")
    assert err == "newsum: error: the brief must be one text, but story holds 2\n"
    assert calls == []


# --- verify -----------------------------------------------------------------------------------


def test_verify_says_that_every_receipt_holds(saved, capsys):
    assert main(["verify", str(saved), "story"]) == 0
    assert capsys.readouterr() == ("Every receipt holds: 1 quote looked up.\n", "")


def test_verify_prints_each_receipt_that_fails(saved, capsys):
    (saved.parent / "a.txt").write_text(BBC.replace("Monday", "Friday"), encoding="utf-8")
    assert main(["verify", str(saved), "story"]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 2
    assert rows[0].startswith("Line 1: characters 0 to 30 of the article of BBC do not read “A treaty")
    assert rows[1] == "The article of BBC has changed since the summary was made; line 1 rests on it."


def test_verify_names_a_file_that_is_no_summary(story, capsys):
    Path("list.json").write_text("[1, 2]", encoding="utf-8")
    Path("bytes.json").write_bytes(b"\xff\xfe\x00")
    Path("cut.json").write_text('{"lines": [', encoding="utf-8")
    Path("deep.json").write_text("[" * 100_000, encoding="utf-8")
    for name, said in {
        "list.json": "list.json: this is not a newsum summary: it has no lines",
        "bytes.json": "bytes.json is not a saved summary: it is not UTF-8 text",
        "cut.json": "cut.json: this is not JSON: ",
        "deep.json": "deep.json: this is not a newsum summary: it is nested too deeply",
        "none.json": "none.json cannot be read: no such file or directory",
        "story": "story cannot be read: is a directory",
    }.items():
        err = _fails(capsys, 2, "verify", name, "story")
        assert err.startswith(f"newsum: error: {said}")
        assert err.count("\n") == 1


def test_verify_without_readable_articles_is_an_error(saved, capsys):
    assert "nothing to read: nowhere" in _fails(capsys, 2, "verify", str(saved), "nowhere")


def test_verify_with_an_unreadable_article_gives_exit_code_one(saved, capsys):
    assert main(["verify", str(saved), "story", "nowhere.txt"]) == 1
    out, err = capsys.readouterr()
    assert out == "Every receipt holds: 1 quote looked up.\n"
    assert err.startswith("newsum: warning: nowhere.txt: ")


@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        (">&-", 2, b"standard output is closed"),
        ("2>&-", 0, b""),
        ("<&-", 0, b""),
        ("<&- >&- 2>&-", 2, b""),
        (">/dev/full", 2, b"the result cannot be printed: no space left on device"),
        ("2>/dev/full", 0, b""),
        (">/dev/null", 0, b""),
    ],
)
def test_closed_and_full_streams_have_an_exit_code_and_no_traceback(story, streams, code, told):
    command = f'"$0" -m newsum group story {streams}'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, timeout=120, env=_environment())
    assert done.returncode == code
    assert told in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    if "2>" in streams and ">&- 2>" not in streams:
        assert b"Treaty signed" in done.stdout


def test_a_batch_writes_through_no_link_that_stands_in_its_folder(story, capsys):
    Path("elsewhere").mkdir()
    Path("out").mkdir()
    for name in ("briefs", ".newsum"):
        Path("out", name).symlink_to(Path("elsewhere").resolve())
        assert "is a link, which newsum does not write through" in _fails(capsys, 2, "batch", "story", "--out", "out")
        Path("out", name).unlink()
    assert not list(Path("elsewhere").iterdir())
