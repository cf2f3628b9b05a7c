"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import newsum

MODULES = [
    "newsum",
    *sorted(m.name for m in pkgutil.walk_packages(newsum.__path__, "newsum.") if "__main__" not in m.name),
]
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name, monkeypatch):
    monkeypatch.chdir(ROOT)  # examples read examples/stories
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_there_are_examples_to_run():
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [e for name in MODULES for test in finder.find(importlib.import_module(name)) for e in test.examples]
    assert len(examples) >= 39
