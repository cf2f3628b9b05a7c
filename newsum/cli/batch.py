"""`newsum batch` turns a folder of stories into a folder of briefs with an index."""

import os
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newsum.cli.options import (
    BriefForms,
    Endpoint,
    Folder,
    Jobs,
    Judge,
    Model,
    Timeout,
    Window,
    Words,
    brief_forms,
    named_judge,
    named_model,
)
from newsum.cli.terminal import bar, print_result, row, say

if TYPE_CHECKING:
    from newsum.batch import Engine, Report

__all__ = ["batch", "engine_of", "tell"]

Where = Literal["local", "ray"]

_SHOWN = 10  # reasons of failures


def batch(
    source: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Story folders, articles, or a table.", show_default=False)
    ],
    out: Folder,
    words: Words = 120,
    model: Model = None,
    endpoint: Endpoint = None,
    timeout: Timeout = 120.0,
    window: Window = None,
    judge: Judge = "auto",
    formats: BriefForms = None,
    jobs: Jobs = None,
    on: Annotated[Where, typer.Option(help="This machine, or a Ray cluster.")] = "local",
    resume: Annotated[bool, typer.Option("--resume", help="Skip what is done and unchanged.")] = False,
    group: Annotated[
        bool | None,
        typer.Option("--group/--no-group", help="Group articles into stories first.  [default: where nothing tells]"),
    ] = None,
) -> None:
    """Write a brief of every story, and an index that links them.

    FOLDER holds a folder for each story, or loose articles, which are grouped into stories first; or it is a table
    (.jsonl, .csv, .parquet) of stories or articles.

    \b
    Examples:
      newsum batch stories/ --out briefs/
      newsum batch stories/ --out briefs/ --resume --jobs 4
      newsum batch tonight.jsonl --out briefs/ --format md,json --words 80

    A run that was interrupted is gone on with by --resume, which also redoes stories whose articles have changed.

    Exit code 1 means that stories failed, or that some of their articles could not be read; the index says which.
    """
    from newsum.batch import run
    from newsum.summariser import Summariser

    started = time.monotonic()
    with bar("stories") as progress, redirect_stdout(sys.stderr):  # Ray prints there what becomes of its workers
        report = run(
            source,
            out,
            summariser=Summariser(model=named_model(model, endpoint, timeout, window), judge=named_judge(judge)),
            words=words,
            formats=brief_forms(formats),
            group=group,
            resume=resume,
            engine=engine_of(on, jobs),
            progress=progress,
        )
    tell(report, time.monotonic() - started)
    raise typer.Exit(1 if report.failed or report.problems else 0)


def engine_of(on: Where, jobs: int | None) -> "Engine | None":
    if on == "ray":
        # Or what Ray still tidies up after Ctrl-C starts a second cluster, and takes ten seconds over it.
        os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")
        from newsum.batch.ray import OnRay

        return OnRay(workers=jobs)
    from newsum.batch import Local

    return Local(jobs) if jobs else None


def tell(report: "Report", seconds: float) -> None:
    for notice, count in report.notices.items():
        say(f"{notice}: {count}" if count > 1 else notice)
    if report.problems:
        say(f"warning: articles or rows that could not be read: {report.problems}; the index says which")
    for reason, count in report.reasons.most_common(_SHOWN):
        say(f"failed: {report.examples[reason]}{f' and {count - 1} more' if count > 1 else ''}: {reason}")
    if len(report.reasons) > _SHOWN:
        say(f"failed: {len(report.reasons) - _SHOWN} more reasons; the index has all")
    print_result(f"{report} in {_spelt(seconds)}: {row(report.index)}\n")


def _spelt(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"
