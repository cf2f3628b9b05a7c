"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import newsum

MODULES = sorted(m.name for m in pkgutil.iter_modules(newsum.__path__) if not m.ispkg)
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["__init__", *MODULES])
def test_the_examples_are_true(name, monkeypatch):
    monkeypatch.chdir(ROOT)  # examples read examples/stories
    module = newsum if name == "__init__" else importlib.import_module(f"newsum.{name}")
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_there_are_examples_to_run():
    counts = {
        name: doctest.testmod(importlib.import_module(f"newsum.{name}")).attempted for name in ("articles", "dates")
    }
    assert all(counts.values())
