"""Makes two events of one kind, of one place, club or firm: tells a story with other names and figures.

In: a story's articles. Out: the same, words put in for its names, the same one everywhere.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from newsum.articles import Article
from newsum.text.lexicon import WEEKDAY, WEEKDAYS
from newsum.text.names import names
from newsum.text.words import table

__all__ = ["Names", "changed", "names_of", "next_names", "other_figures", "other_names", "taken_names"]

_FORM = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(rf"\b{WEEKDAY}\b")
_READ = 3000  # characters of a text
_OPENING = 250  # in these names are what the story is on
_SYLLABLES = (
    "ba be bri cal dor el fen gar hal il jor kem lan mar nor os pel quin ros sil tor ul ven wex yar zen tha mo ri na lo"
    " va ster ton ham dale burg ovo ini era"
).split()
_KEPT = 0.6  # of the names, at most; fewer of those that the story is on
_FIGURES = 0.75  # become others


@dataclass(frozen=True, slots=True)
class Names:
    """The words of a story's names.

    Attributes:
        counts: how often each stands there.
        central: those in titles and openings.
    """

    counts: Mapping[str, int]
    central: frozenset[str]

    def commonest(self, most: int) -> list[str]:
        """Of those that the story is on."""
        return sorted(self.central, key=lambda word: (-self.counts[word], word))[:most]


def names_of(articles: Iterable[Article]) -> Names:
    """The words of the names in articles."""
    counts: Counter[str] = Counter()
    central: set[str] = set()
    for article in articles:
        for text, is_title in ((article.title, True), (article.text[:_READ], False)):
            for start, end, *_ in names(text, table(text)):
                words = [w for w in _FORM.findall(text[start:end]) if w[0].isupper() and len(w) > 2]
                counts.update(words)
                central.update(words if is_title or start < _OPENING else ())
    return Names(counts, frozenset(central))


def other_names(found: Names, pool: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Another word for each of a story's names but some: it happens elsewhere, to others.

    Args:
        pool: names to take; else they are made up.
    """
    share = rng.random() * _KEPT
    kept = {word for word in sorted(found.counts) if rng.random() < (share * _KEPT if word in found.central else share)}
    top = found.commonest(3)
    if top and kept.issuperset(top):
        kept.discard(rng.choice(top))
    return _named_anew([word for word in sorted(found.counts) if word not in kept], pool, rng)


def next_names(found: Names, pool: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Other words for one to three of those that the story is on: the same side plays, or errs, again."""
    top = found.commonest(8)
    return _named_anew(rng.sample(top, min(len(top), rng.choice((1, 2, 3)))), pool, rng)


def _named_anew(words: Iterable[str], pool: Sequence[str], rng: random.Random) -> dict[str, str]:
    real = 0.4 if rng.random() < 0.5 else 0.1
    others = {word: rng.choice(pool) if rng.random() < real else _invented(rng) for word in words}
    return {word: other[:3].upper() if word.isupper() and len(word) < 6 else other for word, other in others.items()}


def _invented(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def taken_names(found: Names, others: Names, rng: random.Random) -> dict[str, str]:
    """Another story's names for some of a story's own: something else happens there, to the same.

    For one in three all become one, two or three names that the other is on, and nothing but these is shared.
    """
    whole = rng.random() < 1 / 3
    own = sorted(found.counts) if whole else found.commonest(5)
    their = others.commonest(rng.choice((1, 2, 3)) if whole else 5)
    rng.shuffle(own)
    rng.shuffle(their)
    if not their:
        return {}
    if whole:
        return {word: rng.choice(their) for word in own}
    return dict(zip(own[: rng.choice((1, 1, 2, 3, 5))], their, strict=False))


def other_figures(articles: Iterable[Article], rng: random.Random) -> dict[str, str]:
    """Another figure of as many digits for most that stand in the articles."""
    figures: dict[str, str] = {}
    for figure in (found for a in articles for found in _FIGURE.findall(f"{a.title} {a.text}")):
        if figure not in figures and not _YEAR.fullmatch(figure) and rng.random() < _FIGURES:
            digits = list(figure)
            for place in [n for n, digit in enumerate(digits) if digit.isdigit()][:2]:
                digits[place] = rng.choice("123456789")
            figures[figure] = "".join(digits)
    return figures


def changed(article: Article, words: Mapping[str, str], figures: Mapping[str, str], later: int) -> Article:
    """The article with other words for names, other figures, and so many days later, its weekdays too."""

    def told(text: str) -> str:
        if words:
            text = _FORM.sub(lambda form: words.get(form[0], form[0]), text)
        if later % len(WEEKDAYS):
            text = _DAY.sub(lambda day: WEEKDAYS[(WEEKDAYS.index(day[0]) + later) % len(WEEKDAYS)], text)
        return _FIGURE.sub(lambda figure: figures.get(figure[0], figure[0]), text) if figures else text

    when = article.published and (date.fromisoformat(article.published[:10]) + timedelta(days=later)).isoformat()
    return replace(article, title=told(article.title), text=told(article.text), published=when, url=None, id="")
