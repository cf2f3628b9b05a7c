"""A summary -> plain text, one row for each line, not wrapped.

In: a `Summary`. Out: blocks with a blank line between them, as a newsroom would send the brief: its lines are
paragraphs, numbered only where faults speak of them by number.
"""

from collections.abc import Iterator

from newsum.rendering import wording
from newsum.summary import Source, Summary

__all__ = ["to_text"]


def to_text(summary: Summary) -> str:
    """The brief as text: title, tagged lines, disagreements, faults, notices, sources, credits."""
    return "\n\n".join(_blocks(summary))


def _blocks(summary: Summary) -> Iterator[str]:
    if title := wording.plain(summary.title):
        yield title
    for number, line in enumerate(summary.lines, start=1):
        words = " ".join((wording.plain(line.text), wording.tag(line), *wording.remarks(line)))
        yield f"{number}. {words}" if summary.faults else words
    if not summary.lines:
        yield wording.NO_LINES
    if summary.disagreements:
        yield "\n".join(map(wording.disagreement, summary.disagreements))
    if summary.faults:
        yield "\n".join(["Faults:", *(f"- {wording.fault(fault)}" for fault in summary.faults)])
    if summary.notices:
        yield "\n".join(f"Note: {wording.plain(notice)}" for notice in summary.notices)
    if summary.sources:
        yield "\n".join(["Sources:", *(_source(n, source) for n, source in enumerate(summary.sources, start=1))])
    yield wording.credited(summary)


def _source(number: int, source: Source) -> str:
    # The address stands last, where no comma of ours can be taken for a part of it.
    title = wording.quoted(source.title) if wording.plain(source.title) else ""
    parts = (title, wording.date(source.published), wording.plain(source.url or ""))
    return f"{number}. {', '.join(part for part in (wording.source_name(number, source), *parts) if part)}"
