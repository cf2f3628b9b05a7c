"""Stories whose lines people aligned with their sources -> attribution/attribution.json: the weights of attribution.

    python -m recipes.attribution DATA --out newsum/attribution/attribution.json

DATA is the folder with alignment/spark_dev and stories/allsides_train. Four linear models, each with a ridge penalty,
fitted by Newton's method:
- said at all: logistic regression that tells the lines from the lines of other stories (grounding.py);
- which sentence: a choice among a story's sentences (conditional logit; McFadden 1974), any aligned one being right;
- which articles: logistic regression on what that choice makes of each article's sentences. It learns from sentence
  odds of stories that the choice was not fitted on, as it will meet them;
- who says all of a line: logistic regression on pairs of a line of newsum's and another article, which readers marked
  (read_credits.tsv: the place of the line's sentence, the other article, "all", "nearly", "part", "otherwise" or "not";
  no text of an outlet). "nearly" counts three quarters: all that matters is there.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Story
from newsum.attribution.corroborating import WHOLE, whole
from newsum.attribution.grounding import SAID
from newsum.attribution.lines import SourceIndex, Weights
from newsum.attribution.matching import ARTICLE, SENTENCE, Match
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import Passage, analyse
from recipes import reading
from recipes.fitting import RIDGE, STEPS, fit_logistic
from recipes.grounding import Grounds, edited, fit_said, grounds

__all__ = [
    "MARKS",
    "SAYS_ALL",
    "Held",
    "choice",
    "fit",
    "fit_whole",
    "folds",
    "held",
    "main",
    "sentence_at",
    "spark_grounds",
]

Floats = NDArray[np.float64]

MARKS = "read_credits.tsv"
SAYS_ALL = {"all": 1.0, "nearly": 0.75}
_INNER = 5  # folds in which the first model's odds for the others are made


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A line held against its story.

    Attributes:
        index: the story's.
        is_source: (sentences,): those that people aligned with the line.
        says: (articles,): those they come from.
    """

    index: SourceIndex
    match: Match
    is_source: Floats
    says: Floats


def held(rows: Iterable[Mapping[str, Any]]) -> list[list[Held]]:
    """Each story's lines."""
    return [[_held(index, line) for line in lines] for index, lines in _known(rows)]


def spark_grounds(rows: Iterable[Mapping[str, Any]]) -> list[Grounds]:
    """What each story has of its lines and of others'."""
    return list(grounds([(index, [line["text"] for line in lines], ()) for index, lines in _known(rows)]))


def _known(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[SourceIndex, list[Mapping[str, Any]]]]:
    """Each story with those of its lines whose sources are known."""
    for row in rows:
        yield SourceIndex(analyse_story(Story.from_dict(row))), [line for line in row["sentences"] if line["sources"]]


def _held(index: SourceIndex, line: Mapping[str, Any]) -> Held:
    spans = [(index.story.articles[a["article"]].id, *span) for a in line["alignments"] for span in a["doc_spans"]]
    is_source = [
        any(s.article.id == article and s.start < end and start < s.end for article, start, end in spans)
        for s in (passage.sentence for passage in index.sentences)
    ]
    sources = {index.story.articles[number].id for number in line["sources"]}
    says = [index.sentences[first].sentence.article.id in sources for first in index.matcher.firsts]
    return Held(index, index.matcher.match(analyse(line["text"])), np.array(is_source, float), np.array(says, float))


def folds(count: int, of: int, *, seed: int = 0) -> NDArray[np.int64]:
    """(count,): the fold of each story."""
    return np.random.default_rng(seed).permutation(count) % of


def fit(stories: Sequence[Sequence[Held]], grounds: Sequence[Grounds], whole_of: Floats | None = None) -> Weights:
    """All models, from stories' own lines, and from what stories have of theirs and of others'.

    Args:
        whole_of: the weights of who says all of a line (`fit_whole`), which learn from other stories; None takes
            those that the stories were held with.
    """
    of = folds(len(stories), min(_INNER, len(stories)))
    lines: list[Held] = []
    odds: list[Floats] = []
    for fold in range(of.max() + 1):
        rest = choice([line for story, f in zip(stories, of, strict=True) if f != fold for line in story])
        for own in (story for story, f in zip(stories, of, strict=True) if f == fold):
            lines += own
            odds += [line.match.sentences @ rest for line in own]
    found = [line.index.matcher.articles_of(line.match, o) for line, o in zip(lines, odds, strict=True)]
    is_source = np.concatenate([line.is_source for line in lines])
    return Weights(
        sentence=choice(lines),
        score=fit_logistic(np.concatenate(odds)[:, None], is_source),
        article=fit_logistic(np.concatenate(found), np.concatenate([line.says for line in lines])),
        said=fit_said(grounds),
        whole=lines[0].index.weights.whole if whole_of is None else whole_of,
    )


def choice(lines: Sequence[Held]) -> Floats:
    """(SENTENCE,): conditional logit in which any aligned sentence is a right choice.

    Where several are right, each step takes them as right in proportion to their odds so far (expectation
    maximisation); a step that would make things worse is halved.
    """
    lines = [line for line in lines if line.is_source.any()]
    found = np.concatenate([line.match.sentences for line in lines])
    right = np.concatenate([line.is_source for line in lines])
    sizes = np.array([len(line.is_source) for line in lines])
    of, starts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes) - sizes
    spread = found.std(axis=0) + 1e-9
    scaled = found / spread

    def loss(weights: Floats) -> float:
        odds = scaled @ weights
        risen = np.exp(odds - np.maximum.reduceat(odds, starts)[of])
        told = np.add.reduceat(risen * right, starts) / np.add.reduceat(risen, starts)
        return float(-np.log(told + 1e-12).sum() + RIDGE * weights @ weights / 2)

    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        odds = scaled @ weights
        risen = np.exp(odds - np.maximum.reduceat(odds, starts)[of])
        share = risen / np.add.reduceat(risen, starts)[of]
        hoped = risen * right / (np.add.reduceat(risen * right, starts) + 1e-12)[of]
        mean = np.add.reduceat(scaled * share[:, None], starts)
        slope = scaled.T @ (hoped - share) - RIDGE * weights
        bend = (scaled * share[:, None]).T @ scaled - mean.T @ mean + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        while loss(weights + step) > loss(weights) and np.abs(step).max() > 1e-6:
            step /= 2
        weights = weights + step
    result: Floats = weights / spread
    return result


def fit_whole(path: Path) -> Floats:
    """(WHOLE and a constant,): who says all of a line, from pairs of the stories of a file that readers marked."""
    found: list[Floats] = []
    share: list[float] = []
    for record, rows in reading.stories(path, MARKS):
        index = SourceIndex(analyse_story(Story.from_dict(record)))
        for row in rows:
            found.append(_beside(index, *(int(row[name]) for name in ("article", "start", "other"))))
            share.append(SAYS_ALL.get(row["mark"], 0.0))
    return fit_logistic(np.array(found), np.array(share))


def sentence_at(index: SourceIndex, article: str, start: int) -> Passage:
    """The sentence of an article in which a place is."""
    own = (p for p in index.sentences if p.article.id == article)
    return next(p for p in own if p.sentence.start <= start < p.sentence.end)


def _beside(index: SourceIndex, article: int, start: int, other: int) -> Floats:
    """(WHOLE,): what an article has of the sentence of another that begins at a place."""
    ids = [one.id for one in index.story.articles]
    own = sentence_at(index, ids[article], start)
    match, matcher = index.matcher.match(own.analysis), index.matcher
    odds = match.sentences @ index.weights.sentence
    among = np.array([passage.article.id == ids[other] for passage in index.sentences])
    best = int(np.where(among, odds, -np.inf).argmax())
    found: Floats = whole(match, matcher, own.analysis.terms, [best], matcher.articles_of(match, odds))[0]
    return found


def _rows(path: Path) -> list[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    rows = _rows(settings.data / "alignment" / "spark_dev.jsonl.gz")
    training = settings.data / "stories" / "allsides_train.jsonl.gz"
    stories = held(rows)
    weights = fit(stories, [*spark_grounds(rows), *edited(_rows(training))], fit_whole(training))
    names = ("sentence", "score", "article", "said", "whole")
    stored = {
        "lines": sum(map(len, stories)),
        "features": {"sentence": SENTENCE, "article": ARTICLE, "said": SAID, "whole": WHOLE},
        **{name: [round(float(w), 5) for w in getattr(weights, name)] for name in names},
    }
    settings.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{stored['lines']} lines of {len(stories)} stories")


if __name__ == "__main__":
    main()
