"""Declares the arguments and options that several commands have; their values are those that the library knows."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from newsum.cli.terminal import say
from newsum.errors import SettingsError
from newsum.system.choices import DEFAULT_MODEL, LEAST_WORDS, MOST_WORDS, Form

if TYPE_CHECKING:
    from newsum.generation import Writer

__all__ = [
    "AllowPrivate",
    "AnyInputs",
    "BriefForm",
    "BriefForms",
    "Endpoint",
    "EvidenceToo",
    "Feeds",
    "Folder",
    "Inputs",
    "Jobs",
    "Judge",
    "ListForm",
    "ListFormat",
    "Model",
    "Out",
    "Pages",
    "TableFormat",
    "Timeout",
    "Urls",
    "Width",
    "Window",
    "Words",
    "brief_form",
    "brief_forms",
    "list_form",
    "list_format",
    "named_judge",
    "named_model",
]

ListForm = Literal["text", "json"]  # to read, or for a program


def list_format(forms: str) -> Any:
    """The option that names the form of a list; `forms` says what there are."""
    return typer.Option("--format", "-f", help=f"{forms}.  [default: by --out]", show_default=False)


ListFormat = Annotated[ListForm | None, list_format("A list to read, or JSON")]
TableFormat = Annotated[ListForm | None, list_format("A table to read, or JSON")]

_INPUTS = typer.Argument(
    metavar="PATH|URL|- ...", help="Files, folders, patterns, addresses; - is standard input.", show_default=False
)
Inputs = Annotated[list[str], _INPUTS]
AnyInputs = Annotated[list[str] | None, _INPUTS]  # where --urls and --feed name others
Urls = Annotated[
    Path | None,
    typer.Option(
        "--urls", metavar="FILE", help="Also read the addresses in this file, one a line.", show_default=False
    ),
]
Feeds = Annotated[
    list[str] | None,
    typer.Option("--feed", metavar="URL|FILE", help="Also read this feed, or OPML list of feeds.", show_default=False),
]
Pages = Annotated[
    bool, typer.Option("--pages", help="Fetch the pages that feeds lead to, not what feeds have of them.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let addresses in feeds, and redirects, lead into your own network.")
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME",
        help="A folder or a hub's name; none takes sentences as they are; with --endpoint the server's name for it.  "
        f"[default: {DEFAULT_MODEL or 'none'}]",
        show_default=False,
    ),
]
Judge = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The judge that lines must pass: bundled, a folder; none: the rules alone, as with --model none.",
        show_default=False,
    ),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="A server that speaks OpenAI's chat completions, such as http://localhost:11434/v1. Articles are sent to "
        "it. A key is taken from NEWSUM_API_KEY.",
        show_default=False,
    ),
]
Timeout = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="That a server has for each brief.")]
Window = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="TOKENS",
        help="The most that a server is sent for a brief; what is left out of the articles is said.  [default: all]",
        show_default=False,
    ),
]
BriefForm = Annotated[
    Form | None,
    typer.Option("--format", "-f", help="Default: what --out's name ends in, else text.", show_default=False),
]
BriefForms = Annotated[
    list[str] | None,
    typer.Option(
        "--format", "-f", metavar="FORM", help="json, html, md, text, or some: md,json.  [default: json,html]"
    ),
]


def _in_bounds(words: int) -> int:
    """Says so before anything is read or fetched."""
    if not LEAST_WORDS <= words <= MOST_WORDS:
        raise typer.BadParameter(f"pass a whole number from {LEAST_WORDS} to {MOST_WORDS}, not {words}")
    return words


Words = Annotated[
    int,
    typer.Option(
        "--words",
        "-w",
        callback=_in_bounds,
        metavar="N",
        help=f"Words in the lines, tags and title left out; {LEAST_WORDS} to {MOST_WORDS}.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes.  [default: one a core]", show_default=False),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to this file.", show_default=False)
]
Folder = Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the briefs go.", show_default=False)]
EvidenceToo = Annotated[
    bool, typer.Option("--evidence", "-e", help="Print under each line of a text what it rests on.")
]
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


def brief_forms(given: list[str] | None) -> list[str]:
    """The forms that a run's briefs are to have."""
    return [form.strip().lower() for each in given or ["json,html"] for form in each.split(",") if form.strip()]


def list_form(form: ListForm | None, out: Path | None) -> ListForm:
    """The form that a list is to have: as asked for, or as the name of its file says."""
    return form or ("json" if out is not None and out.suffix.lower() in (".json", ".jsonl") else "text")


def named_model(
    name: str | None, endpoint: str | None = None, timeout: float = 120.0, window: int | None = None
) -> "str | Writer | None":
    """The model that --model and --endpoint name; "none" is to do without one."""
    if endpoint is None:
        return None if name == "none" else name or DEFAULT_MODEL
    if name is None:
        raise SettingsError("--endpoint needs --model: say what the server calls the model")
    from newsum.generation.endpoint import ChatEndpoint

    server = ChatEndpoint(endpoint, name, timeout=timeout, window=window)
    if not server.is_local:
        say(f"the articles leave this machine: they are sent to {server.url}")
    return server


def named_judge(name: str) -> str | None:
    """The judge that --judge names; "none" is to do without one."""
    return None if name == "none" else name
