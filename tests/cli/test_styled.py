"""What a terminal shows of a brief: bold, colours by outlet, links, its width; nothing that an article put there."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_story import SUMMARY

from newsum.articles import Article
from newsum.attribution.credits import with_credits
from newsum.cli import main
from newsum.cli.terminal import deliver_brief
from newsum.summary import Evidence, Fault, Line, Source, Summary, Support

BBC = Article("BBC", "A treaty was signed on Monday.", "Treaty signed", "https://bbc.example/t")
CNN = Article("CNN", "Both sides signed on Monday.", "Both sign", "https://cnn.example/t")
STORY = Path(__file__).parents[2] / "examples" / "stories" / "ferry-strike"

_CODE = re.compile(r"\x1b\[[\d;]*m")
_LINK = re.compile(r"\x1b\]8;(?:id=\d+)?;([^\x1b]*)\x1b\\")


def _brief() -> Summary:
    lines = (
        with_credits(
            Line(
                "A treaty was signed.",
                tuple(Evidence(a.id, a.outlet, 0, len(a.text), a.text, 0.9) for a in (BBC, CNN)),
                support=Support("supported", 0.9),
            )
        ),
    )
    return Summary(lines, title="Treaty signed", sources=(Source.of(BBC), Source.of(CNN)))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stdout is a terminal of 80 columns and 256 colours."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")


def _printed(capsys, summary: Summary | None = None, **options) -> str:
    deliver_brief(summary or _brief(), "text", None, **options)
    return capsys.readouterr().out


@pytest.mark.usefixtures("terminal")
def test_the_title_is_bold_and_each_outlet_has_one_colour_of_its_own(capsys):
    printed = _printed(capsys)
    assert printed.startswith("\x1b[1mTreaty signed\x1b[0m\n")
    codes = {
        name: set(re.findall(rf"\x1b\[([\d;]+)m(?:\x1b\]8[^\x1b]*\x1b\\)?{name}", printed)) for name in ("BBC", "CNN")
    }
    assert codes == {"BBC": {"1;36"}, "CNN": {"1;35"}}


@pytest.mark.usefixtures("terminal")
def test_outlets_and_sources_are_links_and_a_source_shows_its_host_alone(capsys):
    printed = _printed(capsys)
    assert set(_LINK.findall(printed)) == {"https://bbc.example/t", "https://cnn.example/t", ""}
    shown = _LINK.sub("", _CODE.sub("", printed))
    assert "1. BBC, “Treaty signed”, bbc.example\n" in shown
    assert "https://" not in shown


@pytest.mark.usefixtures("terminal")
def test_no_color_leaves_the_colours_out(capsys, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    codes = {number for code in _CODE.findall(_printed(capsys)) for number in code[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "3"}  # off, bold, dim, italic


@pytest.mark.usefixtures("terminal")
def test_a_dumb_terminal_gets_no_codes_and_whole_addresses(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    printed = _printed(capsys)
    assert "\x1b" not in printed
    assert "1. BBC, “Treaty signed”, https://bbc.example/t\n" in printed


def test_a_pipe_gets_plain_text_unless_force_color_is_set(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert _printed(capsys) == f"{_brief()}\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert _printed(capsys).startswith("\x1b[1mTreaty signed\x1b[0m\n")


def test_a_width_wraps_where_there_is_no_terminal_too(capsys):
    assert "A treaty was signed.\n[BBC; CNN]\n" in _printed(capsys, width=24)
    assert max(map(len, _printed(capsys, SUMMARY, width=60).splitlines()[:3])) <= 60


@pytest.mark.usefixtures("terminal")
def test_a_wide_terminal_is_not_filled(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    text = "The two governments signed a treaty of friendship " * 6
    line = with_credits(Line(text, (Evidence(BBC.id, "BBC", 0, 30, BBC.text, 0.9),), support=Support("supported", 0.9)))
    printed = _CODE.sub("", _printed(capsys, Summary((line,))))
    assert max(map(len, printed.splitlines())) <= 100


@pytest.mark.usefixtures("terminal")
def test_the_evidence_stands_indented_under_its_line(capsys):
    shown = _LINK.sub("", _CODE.sub("", _printed(capsys, evidence=True)))
    assert (
        "A treaty was signed. [BBC; CNN]\n"
        "    BBC, characters 0 to 30, the line rests on this: “A treaty was signed on\n"
        "    Monday.”\n"
    ) in shown


@pytest.mark.usefixtures("terminal")
def test_stories_that_were_grouped_fit_the_terminal_and_are_a_row_each_in_a_pipe(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["group", str(STORY)]) == 0
    shown = _CODE.sub("", capsys.readouterr().out)
    assert shown == (
        "    5  Islands cut off as ferry crews strike over night\n"
        "       shifts\n"
        "       Channel Meridian; Northgate Wire; Commerce Daily; The\n"
        "       Morning Bugle; The Harbour Courier\n"
    )
    monkeypatch.setattr("rich.console.Console.is_terminal", property(lambda _: False))
    assert main(["group", str(STORY)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.usefixtures("terminal")
def test_a_fault_hangs_under_its_dash(capsys):
    said = "No article says that the treaty was signed on a Tuesday, nor that it was raining at the time."
    fault = Fault("untraceable", "error", 0, ((0, 3),), said)
    shown = _LINK.sub("", _CODE.sub("", _printed(capsys, replace(_brief(), faults=(fault,)))))
    assert (
        "    - error, untraceable: No article says that the treaty was signed on a\n"
        "      Tuesday, nor that it was raining at the time.\n"
    ) in shown


@pytest.mark.usefixtures("terminal")
def test_a_hostile_story_sends_the_terminal_no_code_of_its_own(capsys):
    printed = _LINK.sub("", _CODE.sub("", _printed(capsys, SUMMARY, evidence=True)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)
    assert "[red]rich[/red]" in printed


@pytest.mark.usefixtures("terminal")
def test_a_hostile_address_ends_no_link(capsys):
    targets = set(_LINK.findall(_printed(capsys, SUMMARY)))
    assert targets == {"https://evil.example/%22onclick=hacked%28%29", ""}


# --- how much is said ---------------------------------------------------------------------------------


def test_verbose_says_what_was_done_and_how_long_it_took(capsys):
    assert main(["summarise", str(STORY), "--model", "none", "-v"]) == 0
    said = capsys.readouterr().err
    for what in ("read 1 inputs", "planned “Ferry crews", "wrote stories, 1 together", "checked “Ferry crews"):
        assert re.search(rf"^newsum: {what}.*: \d+\.\d\d s$", said, re.MULTILINE)
    assert main(["summarise", str(STORY), "--model", "none"]) == 0
    assert capsys.readouterr().err == ""


def test_quiet_says_nothing_but_errors(capsys, tmp_path):
    assert main(["summarise", str(STORY), str(tmp_path / "none.txt"), "--model", "none", "--quiet"]) == 1
    assert capsys.readouterr().err == ""
    assert main(["summarise", str(tmp_path / "none.txt"), "-q"]) == 2
    assert capsys.readouterr().err.startswith("newsum: error: nothing to read")


def test_the_log_is_the_standard_librarys_under_newsum(caplog):
    with caplog.at_level(logging.INFO, logger="newsum"):
        assert main(["group", str(STORY), "--quiet"]) == 0
    assert [record.name for record in caplog.records] == ["newsum", "newsum"]
    assert caplog.records[1].getMessage().startswith("grouped 5 articles: ")


def test_every_command_takes_both_options(capsys):
    for command in ("summarise", "attribute", "batch", "group", "evaluate", "verify"):
        assert main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        assert "--quiet" in shown
        assert "--verbose" in shown
