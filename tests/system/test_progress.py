"""The bar: what it shows in a terminal and in a pipe, and that nothing else is led astray while it stands."""

import io
import sys

import pytest

from newsum.system.progress import bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


def _work():
    with bar("stories") as tell:
        for through in (1, 2):
            tell(through, 3)
            print("a line")
        tell(3, 3)


def test_a_pipe_gets_the_last_state_alone(capsys):
    _work()
    out, err = capsys.readouterr()
    assert out == "a line\na line\n"
    assert err.count("stories") == 1
    assert "3/3" in err


def test_what_a_pipe_is_to_get_never_goes_to_the_terminal_that_has_the_bar(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    _work()
    assert capsys.readouterr().out == "a line\na line\n"
    assert "3/3" in sys.stderr.getvalue()
    assert "a line" not in sys.stderr.getvalue()


def test_in_one_terminal_lines_are_printed_above_the_bar(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    _work()
    shown = terminal.getvalue()
    assert shown.count("a line\n") == 2
    assert "\r\x1b[2Ka line\n" in shown
    assert sys.stdout is terminal
