"""Families of texts that carry one text: copies with edits are found, independent reports are left apart."""

import random

import pytest
from fixture_stories import NAMES, story

from benchmarks.copies import KINDS, edited
from newsum.similarity import copies
from newsum.similarity.copies import Body, families, is_copy

TEXTS = [article.text for name in NAMES[:4] for article in story(name).articles if "carried" not in article.text]
OTHER = " ".join(article.text for article in story(NAMES[-1]).articles)


def carries(left, right):
    return is_copy(Body.of(left), Body.of(right))


def test_the_same_text_twice_is_a_family_and_no_text_is_none():
    assert families(["A fee was raised.", "", "A fee was raised.", "...", "..."]) == [[0, 2]]
    assert families([]) == families(["", ""]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_with_two_words_in_five_changed_is_found_whatever_the_change(kind):
    for place, text in enumerate(TEXTS[:6]):
        copy = edited(text, kind, 0.4, random.Random(place), OTHER)
        assert carries(text, copy)
        assert carries(copy, text)
        [found] = [family for family in families([*TEXTS, copy]) if len(TEXTS) in family]
        assert place in found


def test_the_order_of_the_texts_makes_no_difference():
    texts = [*TEXTS, *(edited(text, KINDS[0], 0.3, random.Random(1), OTHER) for text in TEXTS[:5])]
    order = random.Random(2).sample(range(len(texts)), len(texts))
    shuffled = {frozenset(order[n] for n in family) for family in families([texts[n] for n in order])}
    assert shuffled == {frozenset(family) for family in families(texts)}
    assert len(shuffled) >= 5


def test_a_notice_that_all_texts_share_makes_no_copies_and_costs_no_comparison_of_all_with_all(monkeypatch):
    notice = " ".join(f"rights{n} reserved{n} publisher{n}" for n in range(12))
    texts = [f"{' '.join(f'word{n}x{k}' for k in range(150))}. {notice}." for n in range(300)]
    compared = []
    monkeypatch.setattr(copies, "is_copy", lambda left, right: compared.append(left) or is_copy(left, right))
    assert families(texts) == []
    assert len(compared) <= 8 * len(texts)


def test_a_digest_of_two_texts_does_not_make_them_one():
    first, second = (story(name).articles[0].text for name in NAMES[:2])
    digest = f"{first}\n\n{second}"
    assert carries(first, digest)
    assert carries(second, digest)
    assert not any({0, 1} <= set(family) for family in families([first, second, digest]))
