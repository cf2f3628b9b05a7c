"""`newsum summarise` turns the articles of one story into a brief."""

from typing import Annotated

import typer

from newsum.cli.inputs import check_out, read_articles
from newsum.cli.options import BriefForm, Endpoint, Inputs, Model, Out, Timeout, brief_form, named_model
from newsum.cli.terminal import deliver_brief, progress
from newsum.system.choices import Unsupported

__all__ = ["summarise"]


def summarise(
    inputs: Inputs,
    words: Annotated[int, typer.Option(min=1, metavar="N", help="Words in the lines, tags and title left out.")] = 120,
    model: Model = None,
    endpoint: Endpoint = None,
    timeout: Timeout = 120.0,
    form: BriefForm = None,
    out: Out = None,
    device: Annotated[
        str | None, typer.Option(metavar="NAME", help="cpu, cuda, cuda:1 ...; default: the best there is.")
    ] = None,
    unsupported: Annotated[Unsupported, typer.Option(help="What becomes of a line that nothing supports.")] = "replace",
    seed: Annotated[int, typer.Option(metavar="N", help="Where chance plays a part, start it here.")] = 0,
) -> None:
    """Write a brief of the articles of one story.

    \b
    Examples:
      newsum summarise stories/treaty/
      newsum summarise bbc.txt reuters.html --words 80 --format md
      newsum summarise 'stories/treaty/*.html' --out treaty.html
      newsum summarise stories/treaty/ --endpoint http://localhost:11434/v1 --model llama3.2

    Exit code 1 means that the brief was written, but some of the articles could not be read.
    """
    check_out(out, inputs, such_as="brief.md")
    form = brief_form(form, out)
    writer = named_model(model, endpoint, timeout)
    articles, complete = read_articles(inputs, out)
    with progress("Writing the brief"):
        import newsum

        summary = newsum.summarise(
            articles, words=words, model=writer, device=device, unsupported=unsupported, seed=seed
        )
    deliver_brief(summary, form, out)
    raise typer.Exit(0 if complete else 1)
