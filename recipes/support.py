"""Stories, editors' summaries and people's votes -> checking/support.json: the numbers of alterations and calibration.

    python -m recipes.support DATA --out newsum/checking/support.json

DATA is the folder with stories/allsides_train and support/qags_cnndm. Faults (corrupting.py) are put into sentences
of the stories and into the editors' summaries of other stories, which say the same in other words; newsum finds the
evidence of each, as it would of any line. From these come the weights of a claim's doubt and of a line's faults; how
soundly a line is put together is learned from the votes on QAGS, and for lines in other words from summaries whole
and with an invented end as well. The scale is isotonic, over sentences with and without faults and QAGS, half each,
every score from a fit that did not see its article (`crossed`).
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Article, Story
from newsum.attribution.lines import SourceIndex
from newsum.audit import evidence_of
from newsum.briefs.parsing import GivenLine
from newsum.checking import StoryContext, context_of
from newsum.checking.alignment import claims, compare
from newsum.checking.alterations import FEATURES, GROUPS, features
from newsum.checking.calibration import BACKING, FAULTS, backing, faults, group
from newsum.checking.findings import look_up
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import analyse
from newsum.text.sentences import split
from recipes.corrupting import KINDS, corrupted, spliced, with_stranger
from recipes.fitting import fit_logistic, squashed

__all__ = ["Example", "Fitted", "crossed", "examples", "fit", "isotonic_at", "main", "scale", "votes"]

Floats = NDArray[np.float64]
Weights = Mapping[str, Any]

FOLDS = 10
_STORIES, _LINES = 200, 2  # stories whose sentences are taken, and how many of each
_SUMMARIES = 500  # further stories, of which the summary is
_BEYOND_DOUBT = 0.01  # of a claim that stands among its neighbours (alterations.py)
_RIDGE, _RIDGE_CLAIMS = 3.0, 20.0  # against weights that a few rows would make large
_VOTED = 10.0  # weight of a voted line among summaries' lines, of which there are twenty times as many
_BLOCK = 15  # lines at least that a step of the scale rests on


@dataclass(frozen=True, slots=True)
class Example:
    """A line with what was found of it in its evidence.

    Attributes:
        source: "sentence", "summary" or "voted".
        kind: "untouched", a kind of fault, "invented" or "foreign"; "" where voted.
        unit: the story or article that it belongs to; no unit is in two folds.
        claims: the group, the features and whether it was altered, for each claim that is looked up.
        groups: of all claims.
    """

    source: str
    kind: str
    unit: int
    backed: bool
    text: str = ""
    claims: tuple[tuple[str, list[float], bool], ...] = ()
    groups: frozenset[str] = frozenset()
    faults: tuple[float, ...] = ()
    backing: tuple[float, ...] = field(default=())


# --- lines ------------------------------------------------------------------------------------------


def examples(rows: Sequence[Mapping[str, Any]], *, seed: int = 0) -> Iterator[Example]:
    """Sentences of the first stories and summaries of the next, untouched and with every kind of fault."""
    for number, row in enumerate(rows[: _STORIES + _SUMMARIES]):
        story = Story.from_dict(row)
        source = "sentence" if number < _STORIES else "summary"
        lines, others = (_lines(r, source, seed) for r in (row, rows[number - 1]))
        index, context = SourceIndex(known := analyse_story(story)), context_of(known)
        for true in lines:
            altered = [("untouched", true), *((kind, corrupted(true, kind, story, seed)) for kind in KINDS)]
            altered.append(("stranger", with_stranger(true, story, Story.from_dict(rows[number - 1]), seed)))
            altered += [("invented", spliced(true, other)) for other in others[:1]]
            for kind, line in altered:
                if line and (found := _looked_up(line, index, context, true)) is not None:
                    yield replace(found, source=source, kind=kind, unit=number, backed=kind == "untouched")


def _lines(row: Mapping[str, Any], source: str, seed: int) -> list[str]:
    if source == "summary":
        return [row["reference"][start:end] for start, end in split(row["reference"])]
    story = Story.from_dict(row)
    readables = [part.text for a in analyse_story(story).articles for part in a.readable if part is not None]
    return random.Random(f"{seed} {story.id}").sample(readables, min(_LINES, len(readables)))


def votes(rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The lines that people judged against an article."""
    for number, row in enumerate(rows):
        story = Story((Article("", row["article"]),))
        index, context = SourceIndex(known := analyse_story(story)), context_of(known)
        for sentence in row["sentences"]:
            if (found := _looked_up(sentence["text"], index, context, sentence["text"])) is not None:
                yield replace(found, source="voted", unit=number, backed=sentence["consistent"])


def _looked_up(text: str, index: SourceIndex, context: StoryContext, true: str) -> Example | None:
    """What `check` would see of a line; None where newsum finds no evidence of it."""
    evidence = evidence_of([GivenLine(text)], index)[0].evidence
    if not evidence:
        return None
    line = analyse(text)
    beside = compare(line, index.analyses(evidence))
    found, start_end = look_up(beside), _changed(true, text)
    missing = (len(found.names), len(found.figures), len(found.quotations))
    seen = tuple(
        (GROUPS[claim.kind], numbers, claim.span[0] < start_end[1] and claim.span[1] > start_end[0])
        for claim, numbers in features(line, beside.aligned, context)
    )
    groups = frozenset(GROUPS[claim.kind] for claim in claims(line))
    known = faults({}, missing, found.reversals, beside.aligned)
    return Example(
        "",
        "",
        0,
        True,
        text,
        seen,
        groups,
        tuple(known),
        tuple(backing(beside, (e.score for e in evidence))),
    )


def _changed(true: str, line: str) -> tuple[int, int]:
    """Where a line differs from the true one; an empty span where it does not."""
    if true == line:
        return 0, 0
    start = next((n for n, (a, b) in enumerate(zip(true, line, strict=False)) if a != b), min(len(true), len(line)))
    most = min(len(true), len(line)) - start
    same = next((n for n in range(most) if true[-1 - n] != line[-1 - n]), most)
    return start, len(line) - same


# --- the fit ----------------------------------------------------------------------------------------


def _predicted(weights: Sequence[float], found: Floats) -> Floats:
    return squashed(found @ np.array(weights[:-1]) + weights[-1])


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights by name: "name", "number", "date", "fault", "own", "other"."""

    weights: Weights

    def faults(self, lines: Sequence[Example]) -> Floats:
        """(lines, FAULTS): with the doubt of the worst claims in the first columns."""
        found = np.array([line.faults for line in lines])
        for column, name in enumerate(("name", "number", "date")):
            for row, line in enumerate(lines):
                known = [numbers for kind, numbers, _ in line.claims if kind == name]
                doubt = _predicted(self.weights[name], np.array(known)).max() if known else 0.0
                found[row, column] = max(doubt, _BEYOND_DOUBT if name in line.groups else 0.0)
        return found

    def altered(self, lines: Sequence[Example]) -> Floats:
        return _predicted(self.weights["fault"], self.faults(lines))

    def logits(self, lines: Sequence[Example]) -> Floats:
        """(lines,): what the scale makes a probability of (verdicts.soundness)."""
        found = np.array([line.backing for line in lines])
        put = np.where(
            [group(line.backing) == "own" for line in lines],
            _predicted(self.weights["own"], found),
            _predicted(self.weights["other"], found),
        )
        share = np.clip((1 - self.altered(lines)) * put, 1e-9, 1 - 1e-9)
        result: Floats = np.log(share / (1 - share))
        return result


def fit(lines: Sequence[Example]) -> Fitted:
    """Every weight, one step upon the other."""
    weights: dict[str, list[float]] = {}
    made = [line for line in lines if line.source != "voted"]
    faulted = [line for line in made if line.kind != "invented"]
    for name in ("name", "number", "date"):
        rows = [(numbers, hit) for line in faulted for kind, numbers, hit in line.claims if kind == name]
        found, target = (np.array(part, dtype=float) for part in zip(*rows, strict=True))
        weights[name] = fit_logistic(found, target, ridge=_RIDGE_CLAIMS).tolist()
    wrong = np.array([not line.backed for line in faulted], dtype=float)
    even = np.where(wrong == 1, 0.5 / wrong.mean(), 0.5 / (1 - wrong.mean()))
    weights["fault"] = fit_logistic(Fitted(weights).faults(faulted), wrong, weight=even, ridge=_RIDGE).tolist()
    voted = [line for line in lines if line.source == "voted"]
    invented = [line for line in made if line.source == "summary" and line.kind in ("untouched", "invented")]
    for name, known in (("own", voted), ("other", [*voted, *invented])):
        rows_of = [line for line in known if group(line.backing) == name]
        weight = np.array([_VOTED if line.source == "voted" else 1.0 for line in rows_of])
        weight = weight / (_VOTED if name == "own" else 1.0)
        found = np.array([line.backing for line in rows_of])
        if name == "own":
            found[:, BACKING.index("words")] = 0.0  # all of them, by definition
        backed = np.array([line.backed for line in rows_of], dtype=float)
        weights[name] = fit_logistic(found, backed, weight=weight, ridge=_RIDGE).tolist()
    return Fitted(weights)


def crossed(lines: Sequence[Example], made: Callable[[Sequence[Example]], Fitted] = fit) -> Floats:
    """(lines,): the logit of each line, from a fit to the other folds."""
    result = np.zeros(len(lines))
    fold = np.array([line.unit % FOLDS for line in lines])
    for number in range(FOLDS):
        fitted = made([line for line, own in zip(lines, fold, strict=True) if own != number])
        places = np.flatnonzero(fold == number)
        if len(places):
            result[places] = fitted.logits([lines[int(n)] for n in places])
    return result


def isotonic(logits: Floats, target: Floats, weight: Floats) -> tuple[list[float], list[float]]:
    """Steps that never fall (pool adjacent violators; Ayer et al. 1955): mean logit and share of each."""
    blocks: list[list[float]] = []
    for n in np.argsort(logits, kind="stable"):
        blocks.append([target[n] * weight[n], weight[n], logits[n] * weight[n]])
        while len(blocks) > 1 and (
            blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1] or blocks[-2][1] < _BLOCK
        ):
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    return [b[2] / b[1] for b in blocks], [b[0] / b[1] for b in blocks]


def scale(lines: Sequence[Example], logits: Floats) -> tuple[list[float], list[float]]:
    """The scale from sentences, with and without faults, and voted lines, half of the weight each."""
    used = [n for n, line in enumerate(lines) if line.source != "summary" and line.kind != "invented"]
    voted = np.array([lines[n].source == "voted" for n in used])
    weight = np.where(voted, 1.0, voted.sum() / max(1, (~voted).sum()))
    return isotonic(logits[used], np.array([lines[n].backed for n in used], dtype=float), weight)


def isotonic_at(logit: float, steps: tuple[Sequence[float], Sequence[float]]) -> float:
    """The probability that a scale gives a logit."""
    return float(np.interp(logit, *steps))


# --- to the file --------------------------------------------------------------------------------------


def _rows(path: Path) -> list[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _rounded(numbers: Iterable[float]) -> list[float]:
    return [round(float(x), 5) for x in numbers]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    settings = parser.parse_args()
    lines = [
        *examples(_rows(settings.data / "stories" / "allsides_train.jsonl.gz")),
        *votes(_rows(settings.data / "support" / "qags_cnndm.jsonl.gz")),
    ]
    at, shares = scale(lines, crossed(lines))
    fitted = fit(lines).weights
    stored = {
        "lines": {source: len(list(own)) for source, own in groupby(sorted(line.source for line in lines))},
        "features": {"claims": FEATURES, "faults": FAULTS, "backing": BACKING},
        **{name: {"weights": _rounded(weights)} for name, weights in fitted.items()},
        "scale": {"logits": _rounded(at), "probabilities": _rounded(shares)},
    }
    settings.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(stored["lines"])


if __name__ == "__main__":
    main()
