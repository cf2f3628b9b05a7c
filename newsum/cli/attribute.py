"""`newsum attribute` finds what somebody else's brief rests on."""

from pathlib import Path
from typing import Annotated

import typer

from newsum.cli.inputs import check_out, read_articles, read_brief
from newsum.cli.options import BriefForm, EvidenceToo, Inputs, Out, Width, brief_form
from newsum.cli.terminal import deliver_brief, progress

__all__ = ["attribute"]


def attribute(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="The text to check: a file or address.")],
    inputs: Inputs,
    form: BriefForm = None,
    out: Out = None,
    evidence: EvidenceToo = False,
    width: Width = None,
) -> None:
    """Find what somebody else's brief rests on, line by line.

    Lines are tagged with the outlets that they rest on; wrong or missing credits, contradictions and lines that lead
    to no article are listed as faults.

    \b
    Examples:
      newsum attribute brief.txt stories/treaty/
      newsum attribute brief.md bbc.txt reuters.txt --out checked.html

    Exit code 1 means that faults were found, or that some of the articles could not be read.
    """
    check_out(out, [brief, *inputs], such_as="brief.md")
    form = brief_form(form, out)
    given = read_brief(brief)
    articles, complete = read_articles(inputs, Path(brief), out)
    with progress("Looking for evidence"):
        import newsum

        summary = newsum.attribute(given.text, articles)
    deliver_brief(summary, form, out, articles=articles, evidence=evidence, width=width)
    raise typer.Exit(0 if complete and not summary.faults else 1)
