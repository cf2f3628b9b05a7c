"""`newsum compare` says which of two systems' briefs of the same stories is better borne out by the articles."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.inputs import check_out
from newsum.cli.options import Out, TableFormat, list_form
from newsum.cli.terminal import bar, deliver, row, say
from newsum.errors import NewsumError, NothingToRead, SettingsError
from newsum.system.paths import is_folder

if TYPE_CHECKING:
    from newsum.articles import Story
    from newsum.evaluation import Comparison, Scores
    from newsum.evaluation.statistics import Weighted
    from newsum.summary import Summary

__all__ = ["compare"]

_NAMED = {"supported": "lines supported", "wrong_credits": "wrong credits a line"}  # others are called as they are


def compare(
    first: Annotated[Path, typer.Argument(metavar="FOLDER_A", help="One system's briefs, a file a story.")],
    second: Annotated[Path, typer.Argument(metavar="FOLDER_B", help="The other's, under the same names.")],
    stories: Annotated[
        Path, typer.Option(metavar="STORIES", help="The articles: story folders, or a table.", show_default=False)
    ],
    references: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="References, for ROUGE: forms as for evaluate.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of the intervals.")] = 1,
    form: TableFormat = None,
    out: Out = None,
) -> None:
    """Check two systems' briefs against the articles, and tell them apart: paired 95% intervals and p.

    Each brief is a .txt, .md or .json file named like its story. What neither system, or only one, has a brief of is
    left out and said.

    \b
    Examples:
      newsum compare mine/ theirs/ --stories stories/
      newsum compare mine/ theirs/ --stories stories.jsonl --references references.jsonl --out table.json

    Exit code 1 means that stories were left out.
    """
    inputs = [path for path in (first, second, stories, references) if path is not None]
    check_out(out, inputs, such_as="table.txt")
    articles = dict(_stories(stories))
    briefs = [_briefs(folder) for folder in (first, second)]
    names = [name for name in articles if all(name in each for each in briefs)]
    if not names:
        raise NothingToRead(f"no story of {stories} has a brief in both {first} and {second}: name each like its story")
    left_out = {*articles, *briefs[0], *briefs[1]} - set(names)
    if left_out:
        say(f"left out, for want of a brief or of articles: {', '.join(sorted(left_out))}")
    golds = _references(references, names)
    with bar("briefs") as tell:
        done = iter(range(1, 2 * len(names) + 1))
        both = []
        for each in briefs:
            measured = []
            for name in names:
                measured.append(_measured(name, each[name], articles[name], golds.get(name)))
                tell(next(done), 2 * len(names))
            both.append(_scores(names, measured, seed))
    one, two = both
    compared = one.compare(two)
    text = _json(first, second, one, two, compared) if list_form(form, out) == "json" else _text(one, two, compared)
    deliver(text, out)
    raise typer.Exit(1 if left_out else 0)


def _stories(place: Path) -> "Iterator[tuple[str, Story]]":
    from newsum.reading.stories import FoundStory, found_stories

    for number, found in enumerate(found_stories(place), start=1):
        if isinstance(found, FoundStory) and found.story is not None:
            yield found.id or str(number), found.story
        elif not isinstance(found, FoundStory):
            say(f"warning: {found}")


def _briefs(folder: Path) -> dict[str, str]:
    """Each brief as text, by its file's name; newsum's own as it prints them, tags and all."""
    from newsum.evaluation.inputs import predictions_in
    from newsum.rendering.forms import rendered

    if not is_folder(folder):
        raise SettingsError(f"{folder} is no folder: pass one with a brief a story in it")
    found = predictions_in(folder)
    return {
        brief.id or str(number): brief.text if brief.summary is None else rendered(brief.summary, "text")
        for number, brief in enumerate(found, start=1)
    }


def _references(path: Path | None, names: list[str]) -> dict[str, tuple[str, ...]]:
    if path is None:
        return {}
    from newsum.evaluation.inputs import references_in

    found = references_in(path)
    if any(reference.id is None for reference in found) and len(found) != len(names):
        raise SettingsError(f"{path} has {len(found)} references without a story's id for {len(names)} stories")
    return {reference.id or names[number]: reference.texts for number, reference in enumerate(found)}


def _measured(name: str, brief: str, story: "Story", references: tuple[str, ...] | None) -> "Mapping[str, Weighted]":
    from newsum.audit import attribute
    from newsum.evaluation.quality import measure_summary, measure_text
    from newsum.evaluation.rouge import rouge_many

    try:
        checked = attribute(brief, story)
    except NewsumError as error:
        raise SettingsError(f"the brief of {name} cannot be checked: {error}") from error
    found: dict[str, Weighted] = measure_text(checked.text, None, [article.text for article in story.articles])
    found |= measure_summary(checked, None, name)
    if any(line.claimed for line in checked.lines) or _wrong(checked):
        found["wrong_credits"] = (_wrong(checked) / len(checked.lines), len(checked.lines))
    if references:
        (rouge,) = rouge_many([(checked.text, references)], "max", 1)
        found |= {score: (value, 1) for score, value in rouge.items()}
    return found


def _wrong(checked: "Summary") -> int:
    return sum(fault.kind == "groundless credit" for fault in checked.faults)


def _scores(names: list[str], measured: "list[Mapping[str, Weighted]]", seed: int) -> "Scores":
    from newsum.evaluation import CONFIDENCE, SAMPLES, Scores

    settings = {"multiple": "max", "seed": seed, "samples": SAMPLES, "confidence": CONFIDENCE}
    return Scores(tuple(names), settings, measured)


def _text(one: "Scores", two: "Scores", compared: "Mapping[str, Comparison]") -> str:
    names = {name: _NAMED.get(name, name) for name in {**one, **two}}
    width = max(map(len, names.values()))
    rows = [f"{len(one.stories)} stories; 95% intervals, paired", f"{'':{width}}         A         B     A less B"]
    for name, named in names.items():
        cells = (f"{scores[name].mid:10.3f}" if name in scores else f"{'-':>10}" for scores in (one, two))
        less = compared.get(name)
        told = f"  {less.difference:+.3f}  {less.low:+.3f} to {less.high:+.3f}  p = {less.p:.4f}" if less else ""
        rows.append(f"{row(named):{width}}{''.join(cells)}{told}")
    return "\n".join(rows) + "\n"


def _json(first: Path, second: Path, one: "Scores", two: "Scores", compared: "Mapping[str, Comparison]") -> str:
    less = {
        name: {part: getattr(found, part) for part in ("difference", "low", "high", "p", "stories")}
        for name, found in compared.items()
    }
    told = {"a": {"folder": str(first), **one.to_dict()}, "b": {"folder": str(second), **two.to_dict()}}
    return json.dumps({**told, "a_less_b": less}, ensure_ascii=False) + "\n"
