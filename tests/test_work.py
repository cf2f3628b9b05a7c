"""Each text is analysed once: the work of a brief and of a check is counted, and no table of texts stands in for it."""

import importlib
import pkgutil
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from fixture_stories import NAMES, story

import newsum
from newsum.checking import company
from newsum.errors import MissingExtra
from newsum.text import names, quantities, sentences, words

WORK = {"tokenised": words.table, "scanned for names": names.names, "scanned for quantities": quantities.quantities}
MODULES = sorted(m.name for m in pkgutil.walk_packages(newsum.__path__, "newsum.") if "__main__" not in m.name)


def _modules():
    """Every module of newsum that can be imported with the extras that are there."""
    found = {}
    for name in MODULES:
        with suppress(MissingExtra):
            found[name] = importlib.import_module(name)
    return found


@pytest.fixture
def counted(monkeypatch):
    """How often each text was given to each kind of work."""
    _modules()
    counts = {}
    for what, work in {**WORK, "split": sentences.split}.items():
        own = counts[what] = Counter()

        def counting(text, *rest, work=work, own=own):
            own[text] += 1
            return work(text, *rest)

        for name, module in list(sys.modules.items()):
            if name.startswith("newsum."):
                for alias in [alias for alias, value in vars(module).items() if value is work]:
                    monkeypatch.setattr(module, alias, counting)
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_analyses_each_text_once(name, counted):
    summary = newsum.summarise(story(name), words=60, model=None)
    articles = story(name).articles
    assert summary.lines
    assert set(counted["split"]) == {article.text for article in articles}
    assert {what: max(own.values()) for what, own in counted.items()} == dict.fromkeys(counted, 1)


@pytest.mark.parametrize("name", ["treaty", "storm"])
def test_a_check_of_somebody_elses_brief_analyses_each_text_once(name, counted):
    brief = " ".join(sentence for a in story(name).articles[:3] for sentence in a.text.split("\n")[2:3])
    assert len(newsum.attribute(brief, story(name), judge=None).lines) > 1
    assert {what: max(own.values()) for what, own in counted.items()} == dict.fromkeys(counted, 1)


def _kept():
    """How many answers each table of newsum holds, by where it stands."""
    found = {}
    for name, module in _modules().items():
        tables = ((own, value) for own, value in vars(module).items() if hasattr(value, "cache_info"))
        found |= {f"{name}.{own}": table.cache_info().currsize for own, table in tables}
    return found


def _turned(text, by):
    """Each paragraph with as many words of its beginning at its end: other sentences of the same words."""
    rows = [row.split() for row in text.split("\n")]
    return "\n".join(" ".join(row[by:] + row[:by]) for row in rows)


def _shuffled(article, by):
    return replace(article, text=_turned(article.text, by), title=_turned(article.title, by), id="")


def test_what_is_kept_between_calls_is_kept_by_word_and_never_by_text():
    articles = story("ferry-strike").articles
    brief = "Crews walked out. The company cancelled 62 sailings."
    for form in {form for article in articles for form in words.forms(article.text)}:
        company._happening(form)  # which few lines ask for
        words.rarity(form)
    for by in (0, 2, 3):  # the first two fill the tables
        before = _kept()
        texts = [_shuffled(article, by) for article in articles]
        newsum.summarise(texts, words=60, model=None)
        newsum.attribute(_turned(brief, by), texts, judge=None)
    grown = {name: count - before[name] for name, count in _kept().items()}
    assert len(grown) > 10
    assert max(grown.values()) < 10  # the runs of a date that was put in; a table of sentences would grow by a hundred
