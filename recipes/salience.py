"""Stories with an editor's summary -> what of a story belongs in a brief: newsum/planning/salience.json and cuts.json.

    python -m recipes.salience allsides_train.jsonl.gz --out newsum/planning

The first says of a sentence or a cut of one (newsum/planning/salience.py), the second of a part that a sentence can
lose (newsum/planning/cuts.py), what share of its neighbouring words, and a little of its words, the summary has. The
sentences' salience, which the second reads, comes for each story from trees fitted on others. Held-out stories stay out
of both.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from newsum import shortening
from newsum.articles import Article, Sentence, Story
from newsum.compression.removable import choices, without
from newsum.planning.cuts import losable
from newsum.planning.salience import FEATURES, Candidate, Floats, View, features, view_of
from newsum.planning.trees import Trees
from newsum.similarity.stories import analyse_story
from newsum.similarity.terms import TermMatrix
from newsum.text.analysis import Passage, analyse
from newsum.text.readable import stands_alone
from newsum.text.words import words
from newsum.tuning.pairs import held_out
from recipes.boosting import fit

__all__ = ["Row", "main", "rows", "share"]

_OF_WORDS = 0.1  # of the target; the rest is pairs of words. Ten folds of allsides_train, R1/R2/RLsum of briefs with
# cuts, 45 words: 38.2/15.3/31.2 with 0.4, 38.3/15.8/31.2 with 0.1, 38.3/16.1/31.2 with 0, whose briefs are too short
_SENTENCES: Mapping[str, Any] = {
    "learning_rate": 0.03,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
}
_PARTS: Mapping[str, Any] = {
    "learning_rate": 0.05,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.6,
}
_SENTENCE_TREES, _PART_TREES = 300, 150
_EARLY = 8  # sentences of an article whose cuts are rows too, and which count so many times in the second fit
_FOLDS = 5
_SEEDS = 10  # most salient sentences of a story whose parts are learned from: those that a brief may take


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A story to learn from.

    Attributes:
        alone: the candidates that can stand alone.
        found, taken: (alone and cuts, FEATURES) and (alone and cuts,): features and targets of these and of the cuts
            of the articles' first ones.
        summary: the keys of the editor's words.
    """

    view: View
    alone: Sequence[int]
    found: Floats
    taken: Floats
    summary: Sequence[str]


def rows(path: Path) -> Iterator[Row]:
    """The training stories."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if held_out(record["story_id"]):
                continue
            view = view_of(analyse_story(Story.from_dict(record)))
            summary = [w.key for w in words(record["reference"])]
            more = _with_cuts(view)
            rows = [n for n, c in enumerate(more.candidates) if stands_alone(c.text)]
            taken = np.array([share(more.candidates[n].text, summary) for n in rows])
            alone = [n for n in rows if n < len(view.candidates)]
            yield Row(view, alone, features(more)[rows], taken, summary)


def _with_cuts(view: View) -> View:
    """The view with the cuts of the articles' first sentences after its candidates, as if they were sentences."""
    cuts = [
        (number, _as_cut(candidate, left))
        for number, candidate in enumerate(view.candidates)
        if candidate.index < _EARLY and stands_alone(candidate.text)
        for left, _ in choices(candidate.text)
    ]
    candidates = (*view.candidates, *(cut for _, cut in cuts))
    matrix = TermMatrix([c.passage.analysis.terms for c in candidates])
    # Pairs of words that only a cut brings together, which tell nothing
    fresh = len(matrix.columns) - len(view.telling)
    return replace(
        view,
        candidates=candidates,
        matrix=matrix,
        cosines=matrix.cosines(),
        telling=np.pad(view.telling, (0, fresh)),
        text_of=np.append(view.text_of, view.text_of[[number for number, _ in cuts]]),
        anywhere=np.pad(view.anywhere, ((0, 0), (0, fresh))),
        early=np.pad(view.early, ((0, 0), (0, fresh))),
    )


def _as_cut(candidate: Candidate, left: str) -> Candidate:
    article = Article(candidate.passage.article.outlet, left)
    return replace(candidate, passage=Passage(Sentence(article, 0, len(left)), analyse(left)))


def share(text: str, summary: Sequence[str]) -> float:
    """The share of a text's pairs of neighbouring words, and a little of its words, that a summary has."""
    keys = [w.key for w in words(text)]
    return _OF_WORDS * _share(keys, summary, 1) + (1 - _OF_WORDS) * _share(keys, summary, 2)


def _share(of: Sequence[str], by: Sequence[str], run: int) -> float:
    """The share of a text's runs of words that another has."""
    mine, theirs = ([tuple(keys[i : i + run]) for i in range(len(keys) - run + 1)] for keys in (of, by))
    known = set(theirs)
    return sum(gram in known for gram in mine) / len(mine) if mine else 0.0


def _part_rows(row: Row, saliences: Floats) -> tuple[Floats, Floats, Floats]:
    """(parts, shortening.FEATURES), (parts,) targets and (parts,) words of the story's most salient sentences.

    A part's target is what its sentence loses with it, for each of its words.
    """
    whole = np.zeros(len(row.view.candidates))
    whole[list(row.alone)] = saliences
    best = np.array(row.alone)[np.argsort(-saliences, kind="stable")[:_SEEDS]]
    lost = [one for n in best.tolist() for one in losable(row.view, n) if one.words]
    if not lost:
        return np.empty((0, len(shortening.FEATURES))), np.empty(0), np.empty(0)
    target = []
    for one in lost:
        text = row.view.candidates[one.candidate].text
        left = without(text, (one.part,))
        before, after = (share(t, row.summary) * len(words(t)) for t in (text, left))
        target.append((before - after) / one.words)
    size = np.array([one.words for one in lost], dtype=float)
    return shortening.features(row.view, whole, lost), np.array(target), size


def _cross_fitted(pairs: Sequence[Row]) -> Iterator[Floats]:
    """Each story's saliences from trees that were fitted on the other folds."""
    grown = [_sentence_trees([r for n, r in enumerate(pairs) if n % _FOLDS != fold]) for fold in range(_FOLDS)]
    for number, row in enumerate(pairs):
        yield Trees.of(grown[number % _FOLDS]).predict(row.found[: len(row.alone)])


def _sentence_trees(pairs: Sequence[Row]) -> dict[str, Any]:
    """Two fits, averaged: on sentences and cuts alike, and on sentences alone, the early ones counting more.

    Either alone scores less on one kind of brief, the first on long ones, the second on short ones.
    """
    found, taken = np.concatenate([r.found for r in pairs]), np.concatenate([r.taken for r in pairs])
    whole = np.concatenate([np.arange(len(r.taken)) < len(r.alone) for r in pairs])
    early = np.expm1(found[:, FEATURES.index("index")]) < _EARLY
    fits = (
        fit(found, taken, trees=_SENTENCE_TREES, **_SENTENCES),
        fit(
            found[whole],
            taken[whole],
            trees=_SENTENCE_TREES,
            weight=np.where(early[whole], float(_EARLY), 1.0),
            **_SENTENCES,
        ),
    )
    grown: dict[str, Any] = {name: [*fits[0][name], *fits[1][name]] for name in fits[0]}
    grown["leaf"] = [[round(leaf / len(fits), 7) for leaf in tree] for tree in grown["leaf"]]
    return grown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the folder for both files")
    settings = parser.parse_args()
    pairs = list(rows(settings.stories))
    counts = {"stories": len(pairs), "sentences": sum(len(row.taken) for row in pairs)}
    _write(settings.out / "salience.json", {**counts, "features": FEATURES, **_sentence_trees(pairs)})
    learned = [_part_rows(row, found) for row, found in zip(pairs, _cross_fitted(pairs), strict=True)]
    found, target, size = (np.concatenate(part) for part in zip(*learned, strict=True))
    trees = fit(found, target, trees=_PART_TREES, weight=size, **_PARTS)
    counts = {"stories": len(pairs), "parts": len(target)}
    _write(settings.out / "cuts.json", {**counts, "features": shortening.FEATURES, **trees})


def _write(path: Path, stored: dict[str, object]) -> None:
    path.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
    print(path, {name: value for name, value in stored.items() if isinstance(value, int)})


if __name__ == "__main__":
    main()
