"""Punkt's decision, held against nltk's own with the same parameters."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fixture_stories import NAMES, story
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktSentenceTokenizer, load_punkt_params

from newsum.text import punkt
from newsum.text.punkt import Parameters, breaks

FOLDER = Path(punkt.__file__).parent / "punkt_parameters"
LEARNED = Parameters.read(FOLDER)


class _Folder:
    """A folder as every release of nltk's `load_punkt_params` takes it, old (str) and new (join)."""

    def __str__(self) -> str:
        return str(FOLDER)

    def join(self, name: str) -> Path:
        return FOLDER / name


def _nltk() -> PunktSentenceTokenizer:
    params: Any = load_punkt_params(_Folder())
    params.ortho_context = Counter(params.ortho_context)  # nltk's own default dict keeps every word asked for
    return PunktSentenceTokenizer(params)


NLTK = _nltk()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("ended. The", True),
        ("Mr. Bush", False),  # an abbreviation
        ("U.S. officials", False),
        ("U.S. The", True),  # often begins a sentence
        ("J. Bach", False),  # an initial
        ("why? because", True),
        ("well... maybe", False),
        ("well... However", True),
        ("ended.", False),  # nothing after it
        ("", False),
    ],
)
def test_a_stop_between_two_words(text: str, ends: bool) -> None:
    assert breaks(text, LEARNED) is ends
    assert NLTK.text_contains_sentbreak(text) is ends


def test_every_stop_of_the_fixture_stories_is_judged_as_nltk_judges_it() -> None:
    pairs = {
        f"{word} {after}"
        for name in NAMES
        for article in story(name).articles
        for word, after in pairwise(article.text.split())
        if any(mark in word for mark in ".?!")
    }
    judged = {pair: breaks(pair, LEARNED) for pair in pairs}
    assert judged == {pair: NLTK.text_contains_sentbreak(pair) for pair in pairs}
    assert len(pairs) > 1000
    assert 0.5 < sum(judged.values()) / len(pairs) < 1


_KNOWN = st.sampled_from([*sorted(LEARNED.abbreviations), *sorted(LEARNED.writing)[::20], *sorted(LEARNED.starters)])
_WORDS = st.one_of(
    st.builds(lambda word, capital, stop: (word.capitalize() if capital else word) + stop, _KNOWN, st.booleans(),
              st.sampled_from(["", ".", "...", ".”", ",", "?"])),
    st.text("aAbB1.,-?!'\"’“()[]{}:;…@#*&`_é", max_size=8),
)  # fmt: skip


@given(_WORDS, _WORDS)
def test_any_two_words_are_judged_as_nltk_judges_them(word: str, after: str) -> None:
    text = f"{word} {after}"
    assert breaks(text, LEARNED) == NLTK.text_contains_sentbreak(text)


def test_stems_and_sentences_load_no_nltk() -> None:
    code = (
        "import sys; from newsum.text.words import stem; from newsum.text.sentences import split;"
        "print(stem('signed'), split('Mr. Xu left. He ate.'), 'nltk' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout == "sign ((0, 12), (13, 20)) False\n"
