"""`newsum doctor` says whether this installation is well, and what is missing where it is not."""

import json
from dataclasses import asdict

import typer

from newsum.cli.inputs import check_out
from newsum.cli.options import ListFormat, Out, list_form
from newsum.cli.terminal import deliver, progress, row

__all__ = ["doctor"]

_MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


def doctor(
    form: ListFormat = None,
    out: Out = None,
) -> None:
    """Look over this installation: versions, extras, engines, cache, models, a page and a brief to try.

    \b
    Examples:
      newsum doctor
      newsum doctor --format json

    Nothing is fetched. Exit code 1 means that something is wrong; what newsum can do without is a note.
    """
    check_out(out, (), such_as="doctor.json")
    from newsum.cli.health import findings

    with progress("Looking"):
        found = list(findings())
    wrong = [finding for finding in found if finding.state == "wrong"]
    if list_form(form, out) == "json":
        deliver(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1) + "\n", out)
    else:
        width = max(len(finding.what) for finding in found)
        rows = (f"{_MARKS[each.state]}  {each.what:{width}}  {row(each.told)}" for each in found)
        verdict = (
            "Nothing is wrong."
            if not wrong
            else f"{len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} wrong."
        )
        deliver("".join(f"{line}\n" for line in (*rows, verdict)), out)
    raise typer.Exit(1 if wrong else 0)
