"""Patterns compile when they are first used, and then are what `re.compile` makes."""

import re
import subprocess
import sys

import pytest

from newsum.system.patterns import regex

_IMPORTED = """
import re, sys
compiled, compile_it = [], re.compile
def noted(pattern, flags=0):
    compiled.append(sys._getframe(1).f_globals["__name__"])
    return compile_it(pattern, flags)
re.compile = noted
import newsum
newsum.Summariser
print([name for name in compiled if name.startswith("newsum") and name != "newsum.text.lexicon"])
"""


@pytest.mark.parametrize("text", ["", "12 and 345", "none"])
def test_a_pattern_finds_what_the_compiled_one_finds(text):
    later, compiled = regex(r"(?P<figure>\d+)", re.ASCII), re.compile(r"(?P<figure>\d+)", re.ASCII)
    assert [m.span() for m in later.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert later.sub("#", text) == compiled.sub("#", text)
    assert (later.pattern, later.flags, later.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)


def test_a_pattern_of_bytes_finds_bytes():
    assert regex(rb"\d").search(b"a1").span() == (1, 2)


def test_a_wrong_pattern_says_so_when_it_is_used():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_importing_what_makes_a_brief_compiles_no_pattern():
    shown = subprocess.run([sys.executable, "-c", _IMPORTED], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
