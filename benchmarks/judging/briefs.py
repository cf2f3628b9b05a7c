"""Measures where newsum says that outlets differ: planted figures that it finds, and what it says of real briefs.

In: a judge, how many to draw. Out: `Measured` rows; what is said of real briefs is for a reader to count.
"""

import random
from collections.abc import Iterator
from dataclasses import replace

import newsum
from benchmarks.judging.measured import Measured, development
from benchmarks.sets import FIXTURES
from newsum.articles import Article, Story
from newsum.attribution.lines import SourceIndex, attribute_lines
from newsum.judging import Judge
from newsum.reading import read_stories
from newsum.similarity.stories import analyse_story
from newsum.summary import Summary
from newsum.text.analysis import analyse
from recipes.corrupting import corrupted

__all__ = ["differing", "planted"]

_SEED, _WORDS = 21, 60
_PLANTED = 30
_TRIES = 20  # at another of a sentence's figures


def planted(judge: Judge, count: int) -> Iterator[Measured]:
    """A figure of another outlet's sentence, which a line of the brief has too, is changed: do "outlets differ"?

    Briefs of the fixtures, then those of their lead sentences one by one, until thirty figures are planted.
    """
    found, read = [], []
    for story, text, other, altered in list(_places())[:_PLANTED]:
        articles = tuple(altered if a.id == altered.id else a for a in story.articles)
        summary = newsum.attribute([text], articles, judge=judge)
        told = [d for d in summary.disagreements if altered.id in {p.article for p in d.positions}]
        found.append(bool(told))
        if not told:
            read.append(f"{text}\n      {other}")
    of = f"{len(found)} figures planted in the fixtures"
    yield Measured("`Outlets differ`: planted figures found", float(sum(found)), 24, True, of, tuple(read))


def _places() -> Iterator[tuple[Story, str, str, Article]]:
    """Stories in turn: a sentence, another outlet's with the same figure in it, and its article with that changed."""
    each = [list(_of(story)) for story in read_stories(FIXTURES)]
    for turn in range(max(map(len, each))):
        yield from (places[turn] for places in each if turn < len(places))


def _of(story: Story) -> Iterator[tuple[Story, str, str, Article]]:
    known, taken = analyse_story(story), set[str]()
    index = SourceIndex(known)
    for passage in (p for article in known.articles for p in article.sentences if p.analysis.quantities):
        (found,) = attribute_lines([passage.analysis], index)
        values = {q.value for q in passage.analysis.quantities}
        for other in found.corroboration:
            shared = [q for q in analyse(other.quote).quantities if q.value in values and q.unit != "th"]
            made = _without(shared[0].value, other.quote, story) if len(shared) == 1 else None
            resting = {e.outlet for e in found.evidence}
            if made and other.copy_of is None and other.quote not in taken and other.outlet not in resting:
                taken.add(other.quote)
                article = next(a for a in story.articles if a.id == other.article)
                text = article.text[: other.start] + made + article.text[other.end :]
                yield story, passage.text, made, replace(article, text=text)
                break


def _without(value: float, quote: str, story: Story) -> str | None:
    """The sentence with another figure in the place of that value, all others as they are; None where there is none."""
    before = [q.value for q in analyse(quote).quantities]
    for seed in range(_TRIES):
        made = corrupted(quote, "number", story, seed)
        after = [q.value for q in analyse(made or "").quantities]
        if len(after) == len(before) and {b for b, a in zip(before, after, strict=True) if a != b} == {value}:
            return made
    return None


def differing(judge: Judge, count: int) -> Iterator[Measured]:
    """Briefs of development stories: how often outlets are said to differ, each to be read."""
    stories = random.Random(_SEED).sample(list(development()), count)
    read = []
    for story in stories:
        summary: Summary = newsum.summarise(story, words=_WORDS, model=None, judge=judge)
        for each in summary.disagreements:
            read.append(f"{story.id}, {each.kind}: " + "\n      ".join(p.quote for p in each.positions))
    of = f"{count} development briefs of {_WORDS} words; those that are false are for a reader to count"
    yield Measured("`Outlets differ`: said", float(len(read)), 2, False, of, tuple(read))
