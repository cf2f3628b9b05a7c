"""`newsum summarise` turns the articles of one story into a brief."""

from typing import Annotated

import typer

from newsum.cli.inputs import check_out, read_articles
from newsum.cli.options import (
    AllowPrivate,
    AnyInputs,
    BriefForm,
    Endpoint,
    EvidenceToo,
    Feeds,
    Judge,
    Model,
    Out,
    Pages,
    Timeout,
    Urls,
    Width,
    Window,
    brief_form,
    named_judge,
    named_model,
)
from newsum.cli.terminal import deliver_brief, progress
from newsum.system.choices import Unsupported

__all__ = ["summarise"]


def summarise(
    inputs: AnyInputs = None,
    urls: Urls = None,
    feeds: Feeds = None,
    pages: Pages = False,
    allow_private: AllowPrivate = False,
    words: Annotated[int, typer.Option(min=1, metavar="N", help="Words in the lines, tags and title left out.")] = 120,
    model: Model = None,
    endpoint: Endpoint = None,
    timeout: Timeout = 120.0,
    window: Window = None,
    form: BriefForm = None,
    out: Out = None,
    device: Annotated[
        str | None, typer.Option(metavar="NAME", help="cpu, cuda, cuda:1 ...; default: the best there is.")
    ] = None,
    unsupported: Annotated[Unsupported, typer.Option(help="What becomes of a line that nothing supports.")] = "replace",
    seed: Annotated[int, typer.Option(metavar="N", help="Where chance plays a part, start it here.")] = 0,
    judge: Judge = "auto",
    evidence: EvidenceToo = False,
    width: Width = None,
) -> None:
    """Write a brief of the articles of one story.

    \b
    Examples:
      newsum summarise stories/treaty/
      newsum summarise bbc.txt reuters.html --words 80 --format md
      newsum summarise 'stories/treaty/*.html' --out treaty.html
      newsum summarise --urls treaty-links.txt
      pbpaste | newsum summarise - bbc.txt
      newsum summarise stories/treaty/ --endpoint http://localhost:11434/v1 --model llama3.2

    Exit code 1 means that the brief was written, but some of the articles could not be read.
    """
    check_out(out, inputs or [], such_as="brief.md")
    form = brief_form(form, out)
    writer = named_model(model, endpoint, timeout, window)
    articles, complete = read_articles(
        inputs or [], out, urls=urls, feeds=feeds or [], pages=pages, allow_private=allow_private
    )
    with progress("Writing the brief"):
        import newsum

        summary = newsum.summarise(
            articles,
            words=words,
            model=writer,
            device=device,
            unsupported=unsupported,
            seed=seed,
            judge=named_judge(judge),
        )
    deliver_brief(summary, form, out, articles=articles, evidence=evidence, width=width)
    raise typer.Exit(0 if complete else 1)
