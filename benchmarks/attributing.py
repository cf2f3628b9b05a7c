"""How often lines are credited rightly, and how far the support scores can be trusted.

    python -m benchmarks.attributing [--sets fixtures spark] [--no-vectors] [--judge]

Attribution is measured on people's lines whose sources are known: the references of the fixture stories (newsum's own,
written line by line from listed sentences) and the sentences of SPARK dev (375 that people aligned with the articles).
newsum is asked as its users ask it, all lines of a text together, beside simpler ways on the same sentences
(benchmarks/attributors.py). The set of a line is the articles of evidence and corroboration together. The shipped
weights were fitted on SPARK, so newsum's SPARK row is cross-validated: ten folds over stories, each story by weights
fitted without it; the fold's own choice of how many foreign lines to allow included.

`attribution_rows` and `judged_lines` are what `make bench` prints; support is measured on QAGS, lines that three people
judged against one article.
"""

import argparse
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.attributors import ATTRIBUTORS, Attributor, Credit, by_newsum
from benchmarks.data import data_folder, read_jsonl
from benchmarks.judging.answers import Remembered
from benchmarks.sets import FIXTURES, StorySet
from benchmarks.voted import crossed_votes
from newsum.articles import Article, Story
from newsum.errors import MissingExtra
from newsum.evaluation import evaluate
from newsum.evaluation.statistics import Interval, Weighted, intervals
from newsum.judging import Judge, load_judge
from newsum.reading import read_stories

__all__ = ["Aligned", "attribution_rows", "fixture_lines", "judged_lines", "line_scores", "report", "spark_lines"]

Span = tuple[str, int, int]  # an article's id and half-open characters of its text

_FOLDS = 10
_SCORES = {
    "set_f1": "set F1",
    "exact": "exact set",
    "best": "best article",
    "single": "single source",
    "hit": "evidence hit",
    "span_precision": "span precision",
    "span_recall": "span recall",
}


@dataclass(frozen=True, slots=True)
class Aligned:
    """A story's lines as people wrote them, each with the articles, by id, and the characters that it draws on."""

    story: Story
    lines: tuple[str, ...]
    credits: tuple[frozenset[str], ...]
    spans: tuple[tuple[Span, ...], ...]


# --- the sets -------------------------------------------------------------------------------------------


def fixture_lines() -> Iterator[Aligned]:
    for story in read_stories(FIXTURES):
        folder = FIXTURES / (story.id or "")
        by_file = dict(zip((path.name for path in sorted(folder.glob("*.md"))), story.articles, strict=True))
        for reference in tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))["references"]:
            spans = tuple(
                tuple(_span(by_file[s["article"]], s["sentence"]) for s in line["rests_on"])
                for line in reference["lines"]
            )
            credits = tuple(frozenset(article for article, _, _ in own) for own in spans)
            yield Aligned(story, tuple(line["text"] for line in reference["lines"]), credits, spans)


def _span(article: Article, quote: str) -> Span:
    start = article.text.index(quote)
    return article.id, start, start + len(quote)


def spark_lines() -> Iterator[Aligned]:
    return map(_aligned, read_jsonl("alignment/spark_dev"))


def _aligned(row: Mapping[str, Any]) -> Aligned:
    story = Story.from_dict(row)
    known = [line for line in row["sentences"] if line["sources"]]
    spans = (
        tuple(
            (story.articles[a["article"]].id, start, end) for a in line["alignments"] for start, end in a["doc_spans"]
        )
        for line in known
    )
    credits = (frozenset(story.articles[number].id for number in line["sources"]) for line in known)
    return Aligned(story, tuple(line["text"] for line in known), tuple(credits), tuple(spans))


# --- what make bench prints -------------------------------------------------------------------------------


def attribution_rows(sets: Iterable[StorySet]) -> Iterator[dict[str, Any]]:
    """Precision, recall, F1 and exact set of `newsum.attribute`, where the sets hold the stories.

    SPARK's lines are those that the shipped weights were fitted on; `report` has the cross-validated row.
    """
    names = [stories.name for stories in sets]
    if any(name.startswith("fixtures") for name in names):
        yield from _rows("fixtures", list(fixture_lines()))
    if "spark" in names:
        yield from _rows("spark", list(spark_lines()))


def _rows(name: str, aligned: list[Aligned]) -> Iterator[dict[str, Any]]:
    import newsum

    summaries = [newsum.attribute(list(story.lines), story.story.articles) for story in aligned]
    texts = ["\n".join(story.lines) for story in aligned]
    scores = evaluate(summaries, texts, credits=[story.credits for story in aligned])
    lines = sum(len(story.lines) for story in aligned)
    for counted, prefix in (("credited", "attribution_"), ("credited or also", "attribution_also_")):
        found = {score: scores[prefix + score].mid for score in ("precision", "recall", "f1", "exact")}
        yield {"set": name, "counted": counted, "lines": lines, **found}


def judged_lines() -> list[tuple[float, bool]]:
    """Support score, from a fit to other articles, and people's verdict for every line of QAGS, where the data is."""
    folder = data_folder()
    needed = ("support/qags_cnndm", "stories/allsides_train")
    if folder is None or not all(Path(folder, f"{name}.jsonl.gz").is_file() for name in needed):
        return []
    rows = list(read_jsonl("support/qags_cnndm"))
    verdicts = (sentence["consistent"] for row in rows for sentence in row["sentences"])
    return list(zip(crossed_votes(rows).tolist(), verdicts, strict=True))


# --- one line ---------------------------------------------------------------------------------------------


def line_scores(credit: Credit, known: frozenset[str], spans: Sequence[Span]) -> dict[str, float | None]:
    """What a credit is worth against the articles and spans that a line was written from.

    `single` is `best` for lines of one source, None for others; spans are counted in characters.
    """
    best = max(credit.evidence, key=lambda e: e.score, default=None)
    right_article = float(best is not None and best.article in known)
    shown = _characters((e.article, e.start, e.end) for e in (*credit.evidence, *credit.also))
    true = _characters(spans)
    articles = {article for article, _ in shown} if credit.articles is None else credit.articles
    return {
        "set_f1": 2 * len(articles & known) / (len(articles) + len(known)),
        "exact": float(articles == known),
        "best": right_article,
        "single": right_article if len(known) == 1 else None,
        "hit": float(best is not None and any(_meet((best.article, best.start, best.end), span) for span in spans)),
        "span_precision": len(shown & true) / len(shown) if shown else None,
        "span_recall": len(shown & true) / len(true),
    }


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(article, place) for article, start, end in spans for place in range(start, end)}


def _meet(left: Span, right: Span) -> bool:
    return left[0] == right[0] and left[1] < right[2] and right[1] < left[2]


# --- the report -------------------------------------------------------------------------------------------


def report(name: str, aligned: Sequence[Aligned], systems: Mapping[str, Attributor | str]) -> Iterator[str]:
    """Rows of a Markdown table: each system over all lines, then by how many articles the story has.

    Args:
        systems: each by its name, or instead of it the sentence that says why it is not measured.
    """
    yield f"| {name}: {sum(len(a.lines) for a in aligned)} lines | " + " | ".join(_SCORES.values()) + " |"
    yield "| --- " * (len(_SCORES) + 1) + "|"
    for system, attributor in systems.items():
        if isinstance(attributor, str):
            yield f"| {system} | not measured: {attributor}" + " |" * len(_SCORES)
            continue
        stories = [_measured(story, attributor) for story in aligned]
        yield _row(system, stories)
        for count in sorted({len(a.story.articles) for a in aligned}):
            own = [s for a, s in zip(aligned, stories, strict=True) if len(a.story.articles) == count]
            if len(own) < len(stories):
                yield _row(f"{system}, {count} articles", own)


def _measured(aligned: Aligned, attributor: Attributor) -> list[dict[str, float | None]]:
    credits = attributor(aligned.story, aligned.lines)
    return [line_scores(*one) for one in zip(credits, aligned.credits, aligned.spans, strict=True)]


def _row(name: str, stories: Sequence[Sequence[Mapping[str, float | None]]]) -> str:
    weighted = [{score: _mean([line[score] for line in story]) for score in _SCORES} for story in stories]
    found = intervals(weighted, tuple(_SCORES), seed=0, samples=1000, confidence=0.95)
    return f"| {name} | " + " | ".join(_cell(found[score]) for score in _SCORES) + " |"


def _mean(values: Sequence[float | None]) -> Weighted:
    known = [value for value in values if value is not None]
    return (sum(known) / len(known), len(known)) if known else (0.0, 0)


def _cell(found: Interval) -> str:
    return f"{found.mid:.3f} ({found.low:.3f}-{found.high:.3f})" if found.stories else "-"


def cross_validated(rows: Sequence[Mapping[str, Any]]) -> Callable[[Judge | None], Attributor]:
    """newsum, each SPARK story attributed by weights that were fitted on the other nine tenths of them, by judge."""
    from recipes.attribution import fit, folds, held, spark_grounds
    from recipes.grounding import edited

    stories, grounds = held(rows), spark_grounds(rows)
    editors = edited(read_jsonl("stories/allsides_train"))
    of = folds(len(stories), _FOLDS)
    fitted = []
    for fold in range(_FOLDS):
        others = np.flatnonzero(of != fold)
        fitted.append(fit([stories[n] for n in others], [*(grounds[n] for n in others), *editors]))
    weights = {Story.from_dict(row).id: fitted[fold] for row, fold in zip(rows, of, strict=True)}
    return lambda judge: lambda story, lines: by_newsum(story, lines, weights=weights[story.id], judge=judge)


def _systems(*, vectors: bool) -> dict[str, Attributor | str]:
    found: dict[str, Attributor | str] = {}
    for name, make in ATTRIBUTORS.items():
        try:
            found[name] = make() if vectors or name != "MiniLM cosine" else "left out by --no-vectors"
        except MissingExtra as error:
            found[name] = str(error)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=("fixtures", "spark"), default=("fixtures", "spark"))
    parser.add_argument("--no-vectors", dest="vectors", action="store_false", help="leave MiniLM out (two minutes)")
    parser.add_argument("--judge", action="store_true", help="a row with the judge too (a minute or more)")
    parser.add_argument("--answers", type=Path, help="where the judge's answers are kept")
    settings = parser.parse_args()
    systems = _systems(vectors=settings.vectors)
    if "fixtures" in settings.sets:
        for line in report("fixtures", list(fixture_lines()), {"newsum": by_newsum, **systems}):
            print(line, flush=True)
    if "spark" in settings.sets:
        if data_folder() is None:
            print("\nSPARK dev is not measured: set NEWSUM_DATA to the data folder")
            return
        rows = list(read_jsonl("alignment/spark_dev"))
        print()
        name, crossed = f"newsum, cross-validated in {_FOLDS} folds over stories", cross_validated(rows)
        own = {name: crossed(None)}
        if settings.judge:
            own["the same with the judge"] = crossed(Remembered(load_judge("bundled"), settings.answers))
        for line in report("SPARK dev", list(map(_aligned, rows)), {**own, **systems}):
            print(line, flush=True)


if __name__ == "__main__":
    main()
