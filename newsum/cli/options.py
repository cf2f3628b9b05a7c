"""Declares the arguments and options that several commands have; their values are those that the library knows."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from newsum.errors import SettingsError
from newsum.system.choices import Form

__all__ = [
    "BriefForm",
    "EvidenceToo",
    "Inputs",
    "ListForm",
    "Model",
    "Out",
    "Width",
    "brief_form",
    "list_form",
    "named_model",
]

ListForm = Literal["text", "json"]  # to read, or for a program

Inputs = Annotated[
    list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, patterns or addresses.", show_default=False)
]
Model = Annotated[
    str, typer.Option(metavar="NAME", help="mini, a folder or a hub's name; none takes sentences as they are.")
]
BriefForm = Annotated[
    Form | None,
    typer.Option("--format", help="Default: what --out's name ends in, else text.", show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.", show_default=False)]
EvidenceToo = Annotated[bool, typer.Option("--evidence", help="Print under each line of a text what it rests on.")]
Width = Annotated[
    int | None,
    typer.Option(min=20, metavar="N", help="Columns of a text.  [default: the terminal's]", show_default=False),
]

_SUFFIXES: dict[str, Form] = {
    "": "text",
    ".txt": "text",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


def brief_form(form: Form | None, out: Path | None) -> Form:
    """The form that a brief is to have: as asked for, or as the name of its file says."""
    if form is not None or out is None:
        return form or "text"
    if (suffix := out.suffix.lower()) not in _SUFFIXES:
        allowed = ", ".join(filter(None, _SUFFIXES))
        raise SettingsError(f"--out {out} ends in none of {allowed}; say which form it is to have with --format")
    return _SUFFIXES[suffix]


def list_form(form: ListForm | None, out: Path | None) -> ListForm:
    """The form that a list is to have: as asked for, or as the name of its file says."""
    return form or ("json" if out is not None and out.suffix.lower() in (".json", ".jsonl") else "text")


def named_model(name: str) -> str | None:
    """The model that --model names; "none" is to do without one."""
    return None if name == "none" else name
