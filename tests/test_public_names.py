"""`import newsum` gives the public names, each from its module, fast and without loading anything heavy."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import newsum

HEAVY = {"torch", "transformers", "nltk", "datasets", "numpy", "trafilatura", "jinja2", "rich", "typer", "ctranslate2"}
LISTED = sorted(m.name for m in pkgutil.walk_packages(newsum.__path__, "newsum.") if "__main__" not in m.name)


def test_all_is_sorted_and_each_name_in_it_can_be_had():
    assert newsum.__all__ == sorted(newsum.__all__)
    assert [name for name in newsum.__all__ if getattr(newsum, name, None) is None] == []


ROOMS = "articles audit batch errors evaluation generation grouping judging reading rendering summary tuning".split()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_there_without_being_imported(room):
    assert _fresh(f"import newsum; print(newsum.{room}.__name__)") == f"newsum.{room}\n"


@pytest.mark.parametrize("name", ["baselines", "datasets"])
def test_what_evaluation_loads_on_demand_is_there_without_being_imported(name):
    assert _fresh(f"import newsum; print(newsum.evaluation.{name}.__name__)") == f"newsum.evaluation.{name}\n"
    assert name in dir(newsum.evaluation)


def test_what_is_listed_is_what_is_offered():
    assert dir(newsum) == sorted([*newsum.__all__, *ROOMS, "__version__"])
    offered = {}
    exec("from newsum import *", offered)
    assert sorted(name for name in offered if name != "__builtins__") == newsum.__all__


def test_each_name_is_that_of_its_own_module():
    for name in newsum.__all__:
        value = getattr(newsum, name)
        home = sys.modules[value.__module__]
        assert value is getattr(home, name, value)
        assert name in home.__all__ or value.__name__ in home.__all__


def test_the_american_spellings_are_the_same_objects():
    assert newsum.summarize is newsum.summarise
    assert newsum.Summarizer is newsum.Summariser
    assert newsum.Summariser.summarize is newsum.Summariser.summarise
    assert newsum.Summariser.summarize_many is newsum.Summariser.summarise_many


def test_there_are_no_other_aliases():
    objects = [id(getattr(newsum, name)) for name in newsum.__all__]
    aliases = {name for name in newsum.__all__ if objects.count(id(getattr(newsum, name))) > 1}
    assert aliases == {"summarise", "summarize", "Summariser", "Summarizer"}
    methods = [
        id(value) for name, value in vars(newsum.Summariser).items() if not name.startswith("_") and callable(value)
    ]
    assert len(methods) - len(set(methods)) == 2


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'newsum' has no attribute 'sumarise'"):
        _ = newsum.sumarise


def test_the_version_is_that_of_the_package():
    assert newsum.__version__.count(".") == 2


@pytest.mark.parametrize("name", LISTED)
def test_a_module_has_what_its_all_lists(name):
    try:
        module = importlib.import_module(name)
    except newsum.MissingExtra as error:
        pytest.skip(str(error))
    listed = getattr(module, "__all__", [])
    assert [n for n in listed if not hasattr(module, n)] == []
    assert len(listed) == len(set(listed))


def _fresh(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_newsum_loads_nothing_heavy():
    code = "import sys, newsum; newsum.Article; newsum.Summary; newsum.read; print(*sorted(sys.modules))"
    assert HEAVY & set(_fresh(code).split()) == set()


def test_importing_newsum_takes_less_than_a_sixth_of_a_second():
    code = "import time; start = time.perf_counter(); import newsum; print(time.perf_counter() - start)"
    assert min(float(_fresh(code)) for _ in range(5)) < 0.15
