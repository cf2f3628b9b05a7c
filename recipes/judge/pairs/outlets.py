"""Makes inventions about a story's names beside what one to three outlets say of it, as newsum shows a judge premises.

In: the training stories. Out: `Row`s: an invented predicate of a name of the story against sentences that do not say
it, and of each premise a sentence of it, perhaps shortened, which it does say.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from newsum.judging import told
from recipes.judge.pairs import invented, truths
from recipes.judge.pairs.made import Site
from recipes.judge.pairs.names import Names, names_of
from recipes.judge.pairs.sources import News, Told, is_plain, stories
from recipes.judge.rows import Row

__all__ = ["among_outlets"]

_LOOKED_AT = 25  # sentences of an article
_MOST = 150  # words of a premise
_TIMES = 2  # premises of a story
_INVENTED = 3  # times a premise is given inventions
_DATED = 0.6


def among_outlets(folder: Path, seed: int = 1) -> Iterator[Row]:
    """The rows of every training story."""
    chance = random.Random(seed)
    for story in stories(folder):
        names = names_of(story.heads)
        for _ in range(_TIMES):
            yield from _of(story, names, chance)


def _of(story: Told, names: Names, chance: random.Random) -> Iterator[Row]:
    count = min(len(story.articles), chance.choice([1, 1, 2, 2, 3]))
    shown = [(article, _run(article, chance)) for article in chance.sample(story.articles, count)]
    shown = [(article, sentences) for article, sentences in shown if sentences]
    premise = " ".join(_told(article, sentences, chance) for article, sentences in shown)
    if not shown or len(premise.split()) > _MOST:
        return
    chosen = tuple(sentence for _, sentences in shown for sentence in sentences)
    site = Site(chosen[0], (), (), names.people, names.places, names.others, chosen)
    for _ in range(_INVENTED):
        for made in invented.invented(site, chance):
            if made.label == "neutral":
                yield Row(premise, made.hypothesis, "neutral", "invented among outlets")
    sentence = chance.choice(chosen)
    yield Row(premise, truths.shortened(sentence, chance) or sentence, "entailed", "sentence of it")


def _run(article: News, chance: random.Random) -> list[str]:
    """One to three neighbouring plain sentences."""
    plain = [sentence for sentence in article.sentences[:_LOOKED_AT] if is_plain(sentence)]
    first = chance.randrange(len(plain)) if plain else 0
    return plain[first : first + chance.choice([1, 2, 3])]


def _told(article: News, sentences: list[str], chance: random.Random) -> str:
    day = article.day.isoformat() if article.day and chance.random() < _DATED else None
    return told(article.outlet or "A newspaper", " ".join(sentences), day)
