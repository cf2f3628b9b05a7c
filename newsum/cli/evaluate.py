"""`newsum evaluate`: files of predictions and references in, a table of scores out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.errors import SettingsError

if TYPE_CHECKING:
    from newsum.evaluation import Comparison, Scores

__all__ = ["evaluate"]


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


class Multiple(StrEnum):
    MAX = "max"
    MEAN = "mean"


class Empty(StrEnum):
    RAISE = "raise"
    ZERO = "zero"


def evaluate(
    predictions: Annotated[Path, typer.Argument(help="JSONL, CSV, Parquet or text file, or a folder of briefs.")],
    references: Annotated[Path, typer.Argument(help="The same forms; several references a story as a list.")],
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another system's predictions to compare with.")
    ] = None,
    prediction_column: Annotated[
        str | None, typer.Option("--column", metavar="NAME", help="The column of the predictions.", show_default=False)
    ] = None,
    reference_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the references.", show_default=False)
    ] = None,
    multiple: Annotated[Multiple, typer.Option(help="What several references of a story count as.")] = Multiple.MAX,
    empty: Annotated[Empty, typer.Option(help="An empty prediction stops, or scores 0.")] = Empty.RAISE,
    words: Annotated[int | None, typer.Option(min=1, metavar="N", help="The length that was asked for.")] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of the intervals.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes to spread ROUGE over.")] = 1,
    form: Annotated[Form, typer.Option("--format", help="How the scores are written.")] = Form.TEXT,
    table: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write every story's scores here too.", show_default=False)
    ] = None,
) -> None:
    """Score briefs against references: ROUGE F1 (stemmed) with 95% intervals, and what ROUGE misses.

    \b
    Examples:
      newsum evaluate briefs.jsonl references.jsonl
      newsum evaluate briefs/ references.csv --reference-column summary
      newsum evaluate mine.jsonl references.jsonl --against theirs.jsonl
    """
    if table is not None and not table.parent.is_dir():
        raise SettingsError(f"--table {table} cannot be written: there is no folder {table.parent}")
    from newsum.evaluation import evaluate as evaluate_files

    def score(path: Path) -> "Scores":
        return evaluate_files(
            path,
            references,
            prediction_column=prediction_column,
            reference_column=reference_column,
            multiple=multiple.value,
            empty=empty.value,
            words=words,
            seed=seed,
            processes=jobs,
        )

    scores = score(predictions)
    compared = scores.compare(score(against)) if against is not None else {}
    if table is not None:
        _write_table(scores, table)
    if form is Form.JSON:
        differences = {name: _plain(found) for name, found in compared.items()}
        print(json.dumps({**scores.to_dict(), **({"against": differences} if compared else {})}, ensure_ascii=False))
        return
    print(scores)
    if compared:
        print(f"\nless {against}\n{_differences(compared)}")


def _differences(compared: "dict[str, Comparison]") -> str:
    width = max(map(len, compared))
    return "\n".join(
        f"{name:{width}}  {found.difference:+8.4f}  {found.low:+8.4f} to {found.high:+.4f}  p = {found.p:.4f}"
        for name, found in compared.items()
    )


def _plain(found: "Comparison") -> dict[str, float]:
    return {name: getattr(found, name) for name in ("difference", "low", "high", "p", "stories")}


def _write_table(scores: "Scores", path: Path) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["story", *scores])
        writer.writeheader()
        writer.writerows(scores.table)
