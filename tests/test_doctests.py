"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from contextlib import suppress
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
    try:
        module = importlib.import_module(name)
    except newsum.MissingExtra as error:
        pytest.skip(str(error))
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_there_are_examples_to_run():
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = []
    for name in MODULES:
        with suppress(newsum.MissingExtra):
            modules.append(importlib.import_module(name))
    examples = [e for module in modules for test in finder.find(module) for e in test.examples]
    assert len(examples) >= 39
