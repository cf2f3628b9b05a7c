"""`newsum evaluate` scores briefs in files against references."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.inputs import check_out
from newsum.cli.options import Out, TableFormat, list_form
from newsum.cli.terminal import deliver, progress, row, save
from newsum.system.choices import Empty, Multiple

if TYPE_CHECKING:
    from newsum.evaluation import Comparison, Scores

__all__ = ["evaluate"]


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
    multiple: Annotated[Multiple, typer.Option(help="What several references of a story count as.")] = "max",
    empty: Annotated[Empty, typer.Option(help="An empty prediction stops, or scores 0.")] = "raise",
    words: Annotated[
        int | None, typer.Option("--words", "-w", min=1, metavar="N", help="The length that was asked for.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Of the intervals.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to spread ROUGE over.")] = 1,
    form: TableFormat = None,
    out: Out = None,
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
    inputs = [path for path in (predictions, references, against) if path is not None]
    check_out(out, inputs, such_as="scores.txt")
    check_out(table, [*inputs, out] if out is not None else inputs, option="--table", such_as="scores.csv")
    from newsum.evaluation import evaluate as evaluate_files

    def score(path: Path) -> "Scores":
        return evaluate_files(
            path,
            references,
            prediction_column=prediction_column,
            reference_column=reference_column,
            multiple=multiple,
            empty=empty,
            words=words,
            seed=seed,
            processes=jobs,
        )

    with progress("Scoring"):
        scores = score(predictions)
        compared = scores.compare(score(against)) if against is not None else {}
    if table is not None:
        save(_csv(scores), table, option="--table")
    deliver(_json(scores, compared) if list_form(form, out) == "json" else _text(scores, compared, against), out)


def _text(scores: "Scores", compared: "dict[str, Comparison]", against: Path | None) -> str:
    return f"{scores}\n" + (f"\nless {row(against)}\n{_differences(compared)}\n" if compared else "")


def _json(scores: "Scores", compared: "dict[str, Comparison]") -> str:
    differences = {name: _figures(comparison) for name, comparison in compared.items()}
    return json.dumps({**scores.to_dict(), **({"against": differences} if compared else {})}, ensure_ascii=False) + "\n"


def _differences(compared: "dict[str, Comparison]") -> str:
    width = max(map(len, compared))
    return "\n".join(
        f"{name:{width}}  {less.difference:+8.4f}  {less.low:+8.4f} to {less.high:+.4f}  p = {less.p:.4f}"
        for name, less in compared.items()
    )


def _figures(comparison: "Comparison") -> dict[str, float]:
    return {name: getattr(comparison, name) for name in ("difference", "low", "high", "p", "stories")}


def _csv(scores: "Scores") -> str:
    """A row a story."""
    import csv
    import io

    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, ["story", *scores])
    writer.writeheader()
    writer.writerows(scores.table)
    return written.getvalue()
