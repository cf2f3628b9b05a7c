"""Reads what a command is given, and checks where its result is to go before anything has worked for it.

In: files, folders, patterns and addresses. Out: articles; what could not be read is said on stderr.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsum.cli.terminal import progress, reason, say
from newsum.errors import NothingToRead, ReadingError, SettingsError, SummaryError
from newsum.system.paths import is_folder, is_link, real

if TYPE_CHECKING:
    from newsum.articles import Article
    from newsum.summary import Summary

__all__ = ["check_out", "load_summary", "read_articles", "read_brief"]


def read_articles(
    inputs: Sequence[str],
    *own: Path | None,
    urls: Path | None = None,
    feeds: Sequence[str] = (),
    pages: bool = False,
    allow_private: bool = False,
) -> tuple[list["Article"], bool]:
    """The articles, and whether all could be read; what could not is said on stderr.

    Args:
        own: files that the command itself reads or writes. They are passed over in a folder of articles, or a second
            run would take the first one's brief for an article.
        urls: a file of addresses to read, one a line.
        feeds: feeds to read, as addresses or files.
        pages: whether the pages that feeds lead to are fetched.
    """
    from newsum.reading import read_report

    if not (inputs or urls or feeds):
        raise SettingsError("Missing argument 'PATH|URL|-': name files or addresses, --urls or --feed; see --help")
    with progress("Reading"):
        reading = read_report(
            *inputs,
            *feeds,
            urls=urls,
            follow=pages,
            allow_private=allow_private,
            besides=[path for path in own if path is not None],
        )
    if not reading.articles and len(reading.problems) < 2:
        raise NothingToRead(f"nothing to read: {reading.problems[0] if reading.problems else 'no article was named'}")
    for message in (*reading.problems, *reading.notices):
        say(f"warning: {message}")
    if not reading.articles:
        raise NothingToRead(f"nothing to read: all {len(reading.problems)} inputs failed")
    return list(reading.articles), not reading.problems


def read_brief(brief: str) -> "Article":
    """The text to be checked, read and cleaned as an article is."""
    from newsum.reading import read_brief as brief_read

    reading = brief_read(brief)
    if len(reading.articles) == 1:
        return reading.articles[0]
    if reading.problems:
        raise ReadingError(f"the brief cannot be read: {reading.problems[0]}")
    raise ReadingError(f"the brief must be one text, but {brief} holds {len(reading.articles)}")


def load_summary(saved: Path) -> "Summary":
    from newsum.summary import Summary

    try:
        return Summary.from_json(saved.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SummaryError(f"{saved} cannot be read: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise SummaryError(f"{saved} is not a saved summary: it is not UTF-8 text") from error
    except SummaryError as error:
        raise SummaryError(f"{saved}: {error}") from error


def check_out(out: Path | None, inputs: Sequence[str | Path], *, option: str = "--out", such_as: str) -> None:
    """Says what is wrong with the place for a result; `inputs` would be overwritten.

    Args:
        such_as: the name of a file, offered where a folder was named.
    """
    if out is None:
        return
    try:
        out.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise SettingsError(f"{option} {out} cannot be used: {reason(error)}") from error
    if is_folder(out):
        raise SettingsError(f"{option} {out} is a folder; name a file in it, such as {out / such_as}")
    if not is_folder(out.parent):
        raise SettingsError(f"{option} {out} cannot be written: there is no folder {out.parent}")
    if is_link(out) and out.parent != Path("/dev"):  # whoever planted it chose which file is overwritten
        raise SettingsError(f"{option} {out} is a link to {real(out)}; name that file itself, or another")
    if any(real(out) == real(given) for given in inputs):
        raise SettingsError(f"{option} {out} is also an input, which would be overwritten; name another file")
