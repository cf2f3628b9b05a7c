"""`newsum verify` looks up every quote of a saved brief in the articles."""

from pathlib import Path
from typing import Annotated

import typer

from newsum.cli.inputs import load_summary, read_articles
from newsum.cli.options import Inputs, Judge, named_judge
from newsum.cli.terminal import print_result, row

__all__ = ["verify"]


def verify(
    saved: Annotated[Path, typer.Argument(metavar="SUMMARY.json", help="What summarise --format json wrote.")],
    inputs: Inputs,
    judge: Judge = "none",
) -> None:
    """Look up every quote of a saved brief in the articles. Needs no model but the judge that --judge names.

    A judge makes the label and the credits of each line again, and what comes out otherwise is told.

    \b
    Example:
      newsum verify treaty.json stories/treaty/
      newsum verify treaty.json stories/treaty/ --judge bundled

    Prints each receipt that does not hold, one a row. Exit code 1 means that there are some, or that some of the
    articles could not be read.
    """
    summary = load_summary(saved)
    articles, complete = read_articles(inputs, saved)
    failures = summary.verify(articles, judge=named_judge(judge))
    quotes = sum(len(line.evidence) + len(line.corroboration) for line in summary.lines)
    holds = f"Every receipt holds: {quotes} {'quote' if quotes == 1 else 'quotes'} looked up."
    print_result("".join(f"{row(failure)}\n" for failure in failures or [holds]))
    raise typer.Exit(0 if complete and not failures else 1)
