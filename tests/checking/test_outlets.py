"""Whoever has another figure, day or sense than a line is not named as saying the same, whatever the judge reads."""

import pytest

import newsum
from newsum import Article, Entailment

FIRST = Article(
    "Port Gazette",
    "The council of Lambe voted on Tuesday to spend $40m on a new pier for 300 boats. The old one burnt in a storm. "
    "Fishermen had asked for a loan ever since, and a bank refused them twice.",
)
MORE = " The mayor called it a day to remember. Work begins once engineers have looked at the sea bed."
LINE = "The council of Lambe voted on Tuesday to spend $40m on a new pier for 300 boats."


class Always:
    def entailment(self, pairs):
        return [Entailment(0.9, 0.08, 0.02) for _ in pairs]


def also(text):
    (line,) = newsum.attribute([LINE], [FIRST, Article("Harlow Wire", text + MORE)], judge=Always()).lines
    assert line.outlets == ("Port Gazette",)
    return line.also


@pytest.mark.parametrize(
    "text",
    [
        "Lambe's council voted on Tuesday to spend $40m on a pier for 300 boats.",
        "Lambe's council will spend $40m on a new pier. It voted on Tuesday, and 300 boats will find room there.",
    ],
)
def test_who_says_the_same_in_other_words_is_named(text):
    assert also(text) == ("Harlow Wire",)


@pytest.mark.parametrize(
    "text",
    [
        "Lambe's council voted on Tuesday to spend $90m on a new pier for 300 boats.",
        "Lambe's council voted on Thursday to spend $40m on a new pier for 300 boats.",
        "Lambe's council voted on Tuesday not to spend $40m on a new pier for 300 boats.",
        "Lambe's council voted on Tuesday to spend money on a new pier for boats.",
    ],
)
def test_who_has_it_otherwise_or_lacks_a_figure_is_not(text):
    assert also(text) == ()
