"""`newsum feed` keeps a folder of briefs on the stories that a list of feeds tells."""

import time
from typing import Annotated

import typer

from newsum.cli.batch import engine_of, tell
from newsum.cli.options import (
    AllowPrivate,
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
from newsum.cli.terminal import bar, say

__all__ = ["feed"]


def feed(
    feeds: Annotated[
        list[str], typer.Argument(metavar="OPML|FEED|URL ...", help="Lists of feeds, and feeds.", show_default=False)
    ],
    out: Folder,
    hours: Annotated[float, typer.Option(min=0, metavar="N", help="How far back articles are taken.")] = 24.0,
    pages: Annotated[
        bool, typer.Option("--pages/--no-pages", help="Fetch the page of each item, or take what the feed has of it.")
    ] = True,
    allow_private: AllowPrivate = False,
    words: Words = 120,
    model: Model = None,
    endpoint: Endpoint = None,
    timeout: Timeout = 120.0,
    window: Window = None,
    judge: Judge = "auto",
    formats: BriefForms = None,
    jobs: Jobs = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the folder: brief only the stories that changed.")
    ] = False,
) -> None:
    """Read feeds, group their articles, and write a brief of each story of the last hours.

    \b
    Examples:
      newsum feed feeds.opml --out briefs/
      newsum feed feeds.opml --out briefs/ --hours 6 --resume
      newsum feed https://example.org/rss.xml --out briefs/ --no-pages

    Pages are fetched as their sites' robots.txt allows, one a second from a site, and none twice a day. With --resume
    new articles join the stories of earlier runs, and a story that did not change is left as it is.

    Exit code 1 means that stories failed, or that some feeds or pages could not be read.
    """
    from newsum.batch.feeds import run_feeds
    from newsum.summariser import Summariser

    started = time.monotonic()
    with bar("stories") as progress:
        report, reading = run_feeds(
            feeds,
            out,
            hours=hours,
            follow=pages,
            allow_private=allow_private,
            summariser=Summariser(model=named_model(model, endpoint, timeout, window), judge=named_judge(judge)),
            words=words,
            formats=brief_forms(formats),
            resume=resume,
            engine=engine_of("local", jobs),
            progress=progress,
        )
    for message in (*reading.problems, *reading.notices):
        say(f"warning: {message}")
    tell(report, time.monotonic() - started)
    raise typer.Exit(1 if report.failed or report.problems or reading.problems else 0)
