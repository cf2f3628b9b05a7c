"""Each text is analysed once: the work of a brief and of a check is counted, and no table of texts stands in for it."""

import importlib
import pkgutil
import sys
from collections import Counter

import pytest
from fixture_stories import NAMES, story

import newsum
from newsum.text import names, quantities, sentences, words

WORK = {"tokenised": words.words, "scanned for names": names.names, "scanned for quantities": quantities.quantities}
MODULES = sorted(m.name for m in pkgutil.walk_packages(newsum.__path__, "newsum.") if "__main__" not in m.name)
# What is kept between calls, each by a word, a form or a file; shortening by rule goes with the writer
KEPT = {
    "newsum.text.words": {"stem", "content_key", "key_and_rarity", "rarity"},
    "newsum.text.quantities": {"may_be_part"},
}
EXEMPT = ("newsum.compression", "newsum.writing.guard", "newsum.planning.cuts")


@pytest.fixture
def counted(monkeypatch):
    """How often each text was given to each kind of work."""
    for name in MODULES:
        importlib.import_module(name)
    counts = {}
    for what, work in {**WORK, "split": sentences.split}.items():
        own = counts[what] = Counter()

        def counting(text, *rest, work=work, own=own):
            own[text] += 1
            return work(text, *rest)

        for name, module in list(sys.modules.items()):
            if name.startswith("newsum.") and not name.startswith(EXEMPT):
                for alias in [alias for alias, value in vars(module).items() if value is work]:
                    monkeypatch.setattr(module, alias, counting)
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_analyses_each_text_once(name, counted):
    summary = newsum.summarise(story(name), words=60, model=None)
    articles = story(name).articles
    assert len(summary.lines) > 1
    assert set(counted["split"]) == {article.text for article in articles}
    assert {what: max(own.values()) for what, own in counted.items()} == dict.fromkeys(counted, 1)


@pytest.mark.parametrize("name", ["treaty", "storm"])
def test_a_check_of_somebody_elses_brief_analyses_each_text_once(name, counted):
    brief = " ".join(sentence for a in story(name).articles[:3] for sentence in a.text.split("\n")[2:3])
    assert len(newsum.attribute(brief, story(name)).lines) > 1
    assert {what: max(own.values()) for what, own in counted.items()} == dict.fromkeys(counted, 1)


def test_what_is_kept_between_calls_is_kept_by_word_and_never_by_text():
    kept = {}
    for name in MODULES:
        module = importlib.import_module(name)
        for attribute, value in vars(module).items():
            sized = (
                hasattr(value, "cache_parameters")
                and value.__module__ == name
                and value.__wrapped__.__code__.co_argcount
            )
            if sized and not name.startswith((*EXEMPT, "newsum.generation")):
                kept.setdefault(name, set()).add(attribute)
    assert {name: {a for a in own if not a.startswith("_")} for name, own in kept.items()} == KEPT
