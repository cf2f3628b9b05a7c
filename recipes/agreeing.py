"""Pairs of a line and another article -> checking/agreeing.json: what words, judge and rules count for who says a line.

    python -m recipes.agreeing allsides_train.jsonl.gz --out newsum/checking/agreeing.json

Readers marked the pairs (read_credits.tsv; recipes.attribution says how). Of lines that the other article says all of,
some are turned besides (recipes.corrupting, recipes.judge.pairs): nobody says these. What is printed is from weights
that did not see the story.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Story
from newsum.attribution.lines import SourceIndex, attribute_line
from newsum.checking import Judged, StoryJudge, context_of
from newsum.checking.outlets import FEATURES, features
from newsum.judging import Entailment, Judge, load_judge
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import Analysis, analyse
from recipes import reading
from recipes.attribution import MARKS, SAYS_ALL, sentence_at
from recipes.corrupting import KINDS, corrupted
from recipes.fitting import auc, fit_logistic, parts, squashed, write_fitted
from recipes.judge.house import sentences_of
from recipes.judge.pairs import degrees, roles
from recipes.judge.pairs.made import Site
from recipes.judge.pairs.names import names_of

__all__ = ["Pair", "fit", "main", "pairs"]

_FOLDS, _RIDGE = 8, 1.0
_TURNED = 4  # of a line that is said
_TURNED_COUNT = 0.5  # of what a marked pair does
_FIRST = 20  # sentences of an article whose names may stand for a line's
_SAID = Judged(Entailment(1.0, 0.0, 0.0))

Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """What is known of a line beside another article; the share of it that is said there; whether it was turned."""

    story: str
    found: tuple[float, ...]
    said: float
    is_turned: bool


def pairs(path: Path, *, seed: int = 4) -> Iterator[Pair]:
    """The marked pairs of the stories of a file, and turned lines beside the same articles."""
    chance, judge = random.Random(seed), load_judge("bundled")
    for record, rows in reading.stories(path, MARKS):
        beside = _Beside(Story.from_dict(record), judge)
        for row in rows:
            yield from beside.pairs(record["story_id"], row, chance)


class _Beside:
    """A story whose lines are held against its articles."""

    def __init__(self, story: Story, judge: Judge) -> None:
        known = analyse_story(story)
        self._story, self._ids = story, [article.id for article in story.articles]
        self._index, self._context = SourceIndex(known), context_of(known)
        self._asked = StoryJudge(judge, known)
        self._told = tuple(s for article in story.articles for s in sentences_of(article.text)[:_FIRST])

    def pairs(self, name: str, row: Mapping[str, str], chance: random.Random) -> Iterator[Pair]:
        article, start, other = (int(row[key]) for key in ("article", "start", "other"))
        line = sentence_at(self._index, self._ids[article], start).analysis
        said = SAYS_ALL.get(row["mark"], 0.0)
        texts = self._turned(line.text, chance, said)
        turned = chance.sample(texts, min(_TURNED, len(texts)))
        for own, share, is_turned in ((line, said, False), *((analyse(text), 0.0, True) for text in turned)):
            if found := self._found(own, self._ids[other]):
                yield Pair(name, found, share, is_turned)

    def _turned(self, line: str, chance: random.Random, said: float) -> Sequence[str]:
        """The line with one fact turned, where it is said as it stands."""
        if said < 1:
            return []
        names = names_of(self._told)
        site = Site(line, (), (), names.people, names.places, names.others, self._told)
        turns = (*degrees.turns(site, chance), *roles.exchanges(site, chance))
        made = (corrupted(line, kind, self._story, chance.randrange(99)) for kind in KINDS)
        return [*(turn.text for turn in turns if turn.forward != "entailed"), *filter(None, made)]

    def _found(self, line: Analysis, article: str) -> tuple[float, ...] | None:
        """`FEATURES`; None where the article has nothing on the line's matter."""
        corroboration = attribute_line(line, self._index).corroboration
        evidence = next((each for each in corroboration if each.article == article), None)
        judged = self._asked.with_outlets(_SAID, line.text, [evidence]) if evidence else None
        if evidence is None or judged is None or article not in judged.outlets:
            return None
        (near,) = self._index.around([evidence])
        return features(judged.outlets[article], line, evidence, near, self._context)


def fit(read: Sequence[Pair]) -> Floats:
    """(FEATURES and a constant,)."""
    found, said = np.array([one.found for one in read]), np.array([one.said for one in read])
    weight = np.where([one.is_turned for one in read], _TURNED_COUNT, 1.0)
    return fit_logistic(found, said, weight=weight, ridge=_RIDGE)


def _crossed(read: Sequence[Pair]) -> Floats:
    part, found = parts([one.story for one in read], _FOLDS), np.array([one.found for one in read])
    guessed = np.zeros(len(read))
    for number in range(_FOLDS):
        own = part == number
        weights = fit([one for one, is_own in zip(read, own, strict=True) if not is_own])
        guessed[own] = squashed(found[own] @ weights[:-1] + weights[-1])
    return guessed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    settings = parser.parse_args()
    read = list(pairs(settings.stories))
    guessed, said = _crossed(read), np.array([one.said for one in read])
    turned = np.array([one.is_turned for one in read])
    write_fitted(settings.out, FEATURES, fit(read))
    real = ~turned
    print(f"{real.sum()} pairs, {(said[real] == 1).sum()} said whole; {turned.sum()} turned")
    print(f"area under the curve: whole against the others {auc(guessed[said == 1], guessed[real & (said == 0)]):.3f},")
    print(f"against the turned {auc(guessed[said == 1], guessed[turned]):.3f}")
    for bar in (0.4, 0.5, 0.6):
        named = guessed >= bar
        whole, nearly = (said[named & real] == 1).mean(), (said[named & real] > 0).mean()
        shares = named[said == 1].mean(), named[turned].mean()
        print(f"at {bar}: of the whole {shares[0]:.0%} are named, of the turned {shares[1]:.1%};")
        print(f"  of the named {whole:.0%} are whole, {nearly:.0%} whole or nearly")


if __name__ == "__main__":
    main()
