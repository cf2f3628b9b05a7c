"""The command line: each command is a file of its own here, this one puts them together.

In: files, folders, patterns and addresses. Out: the result alone, on stdout or in the file that --out names, so that
it can be piped; what was left out, progress and errors, one sentence each, on stderr; an exit code (see `_HELP`).
What a command does is imported when it runs, so that --help answers at once.
"""

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from newsum.cli.attribute import attribute
from newsum.cli.batch import batch
from newsum.cli.compare import compare
from newsum.cli.doctor import doctor
from newsum.cli.evaluate import evaluate
from newsum.cli.feed import feed
from newsum.cli.group import group
from newsum.cli.loudness import with_loudness
from newsum.cli.models import models
from newsum.cli.summarise import summarise
from newsum.cli.terminal import open_streams, print_result, reason, say, show_only_ours, use_utf8
from newsum.cli.verify import verify
from newsum.errors import NewsumError
from newsum.system.memory import seldom_collected

__all__ = ["app", "main"]

_DONE, _WRONG_USE, _FAILED, _INTERRUPTED = 0, 2, 3, 130

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
  newsum feed feeds.opml --out briefs/ --resume
  newsum evaluate briefs.jsonl references.jsonl
  newsum compare mine/ theirs/ --stories stories/
  newsum models
  newsum doctor

Articles are .txt, .md, .json, .jsonl, .csv, .parquet, saved .html pages, feeds (.xml, .rss, .atom, .opml) and web
archives (.warc), all but .parquet also as .gz. The result goes to stdout, all else to stderr.

\b
Exit codes:
  0  all is well
  1  done, but articles could not be read, stories of a batch failed or of a
     comparison were left out, verify found receipts that fail, attribute found
     faults, or doctor that something is wrong
  2  not done: wrong use, nothing readable, a file that cannot be used or written
  3  not done: newsum itself failed, or ran out of memory
"""

app = typer.Typer(
    help=_HELP,
    rich_markup_mode=None,  # plain help: it needs no rich, and reads the same in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("summarize", hidden=True)(with_loudness(summarise))
for command in (summarise, attribute, batch, feed, group, verify, evaluate, compare, models, doctor):
    app.command()(with_loudness(command))


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        args: what follows `newsum`; the process's own arguments when not given.
    """
    open_streams()
    use_utf8()
    with warnings.catch_warnings(), seldom_collected():
        show_only_ours()
        try:
            code = app(args, standalone_mode=False, prog_name="newsum") or _DONE
        except _USAGE_ERROR as error:
            code = _complain(_usage(error))
        except NewsumError as error:
            code = _complain(str(error))
        except OSError as error:  # a path that the system refuses to look at: too long, or behind a locked folder
            code = _complain(f"{error.filename or 'a file'} cannot be used: {reason(error)}")
        except (KeyboardInterrupt, typer.Abort):
            code = _INTERRUPTED
        except Exception as error:  # or Python would exit with 1, which means "done, but"
            code = _own_failure(error)
    if code == _INTERRUPTED:
        say("interrupted", error=True)
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
        raise typer.Exit(_WRONG_USE)


def _complain(message: str) -> int:
    say(f"error: {message}", error=True)
    return _WRONG_USE


def _own_failure(error: Exception) -> int:
    if isinstance(error, MemoryError):
        say("error: there is not enough memory for this; give less at a time")
    else:
        told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        say(f"error: newsum itself failed ({told[:300]}); NEWSUM_TRACEBACK=1 shows where")
    if os.environ.get("NEWSUM_TRACEBACK"):
        traceback.print_exception(error)
    return _FAILED


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
