"""`newsum attribute` finds what somebody else's brief rests on."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from newsum.cli.inputs import check_out, read_articles, read_brief
from newsum.cli.options import BriefForm, EvidenceToo, Inputs, Judge, Out, Width, brief_form, named_judge
from newsum.cli.terminal import deliver_brief, progress

__all__ = ["attribute"]

FailOn = Literal["error", "warning"]


def attribute(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="The text to check: a file or address.")],
    inputs: Inputs,
    form: BriefForm = None,
    out: Out = None,
    judge: Judge = "bundled",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The least grave fault for which the exit code is 1.")
    ] = "warning",
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
      newsum attribute brief.txt stories/treaty/ --fail-on error

    Exit code 1 means that faults were found, as grave as --fail-on names or graver, or that some of the articles could
    not be read.
    """
    check_out(out, [brief, *inputs], such_as="brief.md")
    form = brief_form(form, out)
    given = read_brief(brief)
    articles, complete = read_articles(inputs, Path(brief), out)
    with progress("Looking for evidence"):
        from newsum.audit import attribute as checked

        summary = checked(given.text, articles, judge=named_judge(judge))
    deliver_brief(summary, form, out, articles=articles, evidence=evidence, width=width)
    grave = {"error"} if fail_on == "error" else {"error", "warning"}
    raise typer.Exit(0 if complete and not any(fault.severity in grave for fault in summary.faults) else 1)
