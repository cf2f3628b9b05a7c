"""The command line: `newsum summarise`, `attribute` and `verify`; the other commands are in cli_*.py.

In: files, folders, patterns and addresses. Out: the result alone, on stdout or in the file that --out names, so that
it can be piped; what was left out, progress and errors, one sentence each, on stderr; an exit code (see `_HELP`).
What a command does is imported when it runs, so that --help answers at once.
"""

import sys
import warnings
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsum.cli.batch import batch, named_model
from newsum.cli.evaluate import evaluate
from newsum.cli.group import group
from newsum.cli.terminal import print_result, progress, reason, row, save, say, show_only_ours, use_utf8, wrapped
from newsum.errors import NewsumError, NothingToRead, ReadingError, SettingsError, SummaryError

if TYPE_CHECKING:
    from newsum.articles import Article
    from newsum.summary import Summary

__all__ = ["app", "main"]

DONE, WANTING, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

# Bad options and missing arguments; typer takes the class from click or, in later releases, carries its own.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]

_HELP = """Turn several outlets' articles on one story into a short brief in which every line names its outlet, and can
prove it.

\b
Examples:
  newsum summarise stories/treaty/
  newsum summarise bbc.txt reuters.html https://example.org/treaty --words 80
  newsum summarise stories/treaty/ --out treaty.json
  newsum verify treaty.json stories/treaty/
  newsum attribute somebodys-brief.txt stories/treaty/
  newsum group tonight/ --format json --out stories.jsonl
  newsum batch stories/ --out briefs/
  newsum evaluate briefs.jsonl references.jsonl

Articles are .txt, .md, .json, .jsonl, .csv, .parquet and saved .html pages, all but .parquet also as .gz. The result
goes to stdout, all else to stderr.

\b
Exit codes:
  0  all is well
  1  done, but articles could not be read, stories of a batch failed, verify
     found receipts that fail, or attribute found faults
  2  not done: wrong use, nothing readable, a file that cannot be used or written
"""


class Format(StrEnum):
    """The forms a brief can be written in."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


class Unsupported(StrEnum):
    """What becomes of a line that nothing supports."""

    REPLACE = "replace"
    FLAG = "flag"
    DROP = "drop"


_SUFFIXES = {
    "": Format.TEXT,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
}

Inputs = Annotated[
    list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, patterns or addresses.", show_default=False)
]
AnyFormat = Annotated[
    Format | None,
    typer.Option("--format", help="Default: what --out's name ends in, else text.", show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.", show_default=False)]

app = typer.Typer(
    help=_HELP,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it needs no rich, and reads the same in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.command()(batch)
app.command()(evaluate)
app.command()(group)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        args: what follows `newsum`; the process's own arguments when not given.
    """
    use_utf8()
    with warnings.catch_warnings():
        show_only_ours()
        try:
            code = app(args, standalone_mode=False, prog_name="newsum") or DONE
        except _USAGE_ERROR as error:
            code = _complain(_usage(error))
        except NewsumError as error:
            code = _complain(str(error))
        except OSError as error:  # a path that the system refuses to look at: too long, or behind a locked folder
            code = _complain(f"{error.filename or 'a file'} cannot be used: {reason(error)}")
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
    if code == INTERRUPTED:
        say("interrupted")
    return int(code)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        print_result(f"newsum {_version()}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(WRONG_USE)


@app.command("summarize", hidden=True)
@app.command()
def summarise(
    inputs: Inputs,
    words: Annotated[int, typer.Option(min=1, metavar="N", help="Words in the lines, tags and title left out.")] = 120,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="mini, a folder or a hub's name; none takes sentences as they are.")
    ] = "mini",
    form: AnyFormat = None,
    out: Out = None,
    device: Annotated[
        str | None, typer.Option(metavar="NAME", help="cpu, cuda, cuda:1 ...; default: the best there is.")
    ] = None,
    unsupported: Annotated[
        Unsupported, typer.Option(help="What becomes of a line that nothing supports.")
    ] = Unsupported.REPLACE,
    seed: Annotated[int, typer.Option(metavar="N", help="Where chance plays a part, start it here.")] = 0,
) -> None:
    """Write a brief of the articles of one story.

    \b
    Examples:
      newsum summarise stories/treaty/
      newsum summarise bbc.txt reuters.html --words 80 --format md
      newsum summarise 'stories/treaty/*.html' --out treaty.html

    Exit code 1 means that the brief was written, but some of the articles could not be read.
    """
    form = _form(form, out, inputs)
    articles, complete = _read(inputs, out)
    with progress("Writing the brief"):
        import newsum

        summary = newsum.summarise(
            articles, words=words, model=named_model(model), device=device, unsupported=unsupported.value, seed=seed
        )
    _deliver(summary, form, out)
    raise typer.Exit(DONE if complete else WANTING)


@app.command()
def attribute(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="The text to check: a file or address.")],
    inputs: Inputs,
    form: AnyFormat = None,
    out: Out = None,
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
    form = _form(form, out, [brief, *inputs])
    given = _given(brief)
    articles, complete = _read(inputs, Path(brief), out)
    with progress("Looking for evidence"):
        import newsum

        summary = newsum.attribute(given.text, articles)
    _deliver(summary, form, out)
    raise typer.Exit(DONE if complete and not summary.faults else WANTING)


@app.command()
def verify(
    saved: Annotated[Path, typer.Argument(metavar="SUMMARY.json", help="What summarise --format json wrote.")],
    inputs: Inputs,
) -> None:
    """Look up every quote of a saved brief in the articles. Needs no model.

    \b
    Example:
      newsum verify treaty.json stories/treaty/

    Prints each receipt that does not hold, one a row. Exit code 1 means that there are some, or that some of the
    articles could not be read.
    """
    summary = _load(saved)
    articles, complete = _read(inputs, saved)
    failures = summary.verify(articles)
    quotes = sum(len(line.evidence) + len(line.corroboration) for line in summary.lines)
    holds = f"Every receipt holds: {quotes} {'quote' if quotes == 1 else 'quotes'} looked up."
    print_result("".join(f"{row(failure)}\n" for failure in failures or [holds]))
    raise typer.Exit(DONE if complete and not failures else WANTING)


# --- what comes in ----------------------------------------------------------------------------


def _read(inputs: Sequence[str], *own: Path | None) -> tuple[list["Article"], bool]:
    """The articles, and whether all could be read; what could not is said on stderr.

    Args:
        own: files that the command itself reads or writes. They are passed over in a folder of articles, or a second
            run would take the first one's brief for an article.
    """
    from newsum.reading import Problem, read_report
    from newsum.reading.files import sources

    mine = {path.resolve() for path in own if path is not None}
    with progress("Reading"):
        found = [s for s in sources(inputs) if not (isinstance(s, Path) and s.resolve() in mine)]
        reading = read_report(*(source for source in found if not isinstance(source, Problem)))
    problems = [*(source for source in found if isinstance(source, Problem)), *reading.problems]
    if not reading.articles and len(problems) < 2:
        raise NothingToRead(f"nothing to read: {problems[0] if problems else 'no article was named'}")
    for message in (*problems, *reading.notices):
        say(f"warning: {message}")
    if not reading.articles:
        raise NothingToRead(f"nothing to read: all {len(problems)} inputs failed")
    return list(reading.articles), not problems


def _given(brief: str) -> "Article":
    """The text to be checked, read and cleaned as an article is."""
    from newsum.reading import read_report

    reading = read_report(brief)
    if len(reading.articles) == 1:
        return reading.articles[0]
    if reading.problems:
        raise ReadingError(f"the brief cannot be read: {reading.problems[0]}")
    raise ReadingError(f"the brief must be one text, but {brief} holds {len(reading.articles)}")


def _load(saved: Path) -> "Summary":
    from newsum.summary import Summary

    try:
        return Summary.from_json(saved.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SummaryError(f"{saved} cannot be read: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise SummaryError(f"{saved} is not a saved summary: it is not UTF-8 text") from error
    except SummaryError as error:
        raise SummaryError(f"{saved}: {error}") from error


# --- what goes out ----------------------------------------------------------------------------


def _form(form: Format | None, out: Path | None, inputs: Sequence[str]) -> Format:
    """The form to write; all that is wrong with --out is said here, before a model has worked for it."""
    if out is None:
        return form or Format.TEXT
    if out.is_dir():
        raise SettingsError(f"--out {out} is a folder; name a file in it, such as {out / 'brief.md'}")
    if not out.parent.is_dir():
        raise SettingsError(f"--out {out} cannot be written: there is no folder {out.parent}")
    if any(out.resolve() == Path(given).resolve() for given in inputs):
        raise SettingsError(f"--out {out} is also an input, which would be overwritten; name another file")
    suffix = out.suffix.lower()
    if form is None and suffix not in _SUFFIXES:
        allowed = ", ".join(filter(None, _SUFFIXES))
        raise SettingsError(f"--out {out} ends in none of {allowed}; say which form it is to have with --format")
    return form or _SUFFIXES[suffix]


def _deliver(summary: "Summary", form: Format, out: Path | None) -> None:
    from newsum.rendering.forms import rendered

    text = rendered(summary, form.value)
    if out is not None:
        save(text, out)
    else:
        print_result(wrapped(text) if form is Format.TEXT and sys.stdout.isatty() else text)


# --- what is said beside it -------------------------------------------------------------------


def _complain(message: str) -> int:
    say(f"error: {message}")
    return WRONG_USE


def _usage(error: Exception) -> str:
    message = getattr(error, "format_message", error.__str__)().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see {context.command_path if context else 'newsum'} --help"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newsum")
    except PackageNotFoundError:  # run from a checkout
        return "0"


if __name__ == "__main__":
    sys.exit(main())
