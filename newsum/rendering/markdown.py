"""A summary -> Markdown (CommonMark, and safe in GitHub's and Python-Markdown's dialects).

In: a `Summary`. Out: headings, a numbered list of lines with their tags in bold, and the sources as links. Untrusted
text is escaped so that it stays inert here and in the HTML that a converter makes of it, whether or not that
converter lets HTML through.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from newsum.rendering import wording
from newsum.rendering.names import Names
from newsum.rendering.plain import day, link, plain, quoted, unmistakable
from newsum.rendering.verdict import FaultView, faults_told_once, is_checked
from newsum.summary import Source, Summary
from newsum.system.patterns import regex

__all__ = ["escaped", "inner", "linked", "to_markdown"]

_MARKUP = regex(r"[\\`*_\[\]|~#$&<>{}]")  # "$" is mathematics to GitHub and notebooks
_LEADING = regex(r"(?:[-+=:]|\d+(?=[.)]))")  # what opens a list, rule or definition at the start of a row
# Entities, not backslashes: Python-Markdown knows no backslash before "<", and would let the tag through; its headings
# take attributes from "{onclick=...}", and site builders run "{{ ... }}".
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
_ENTITY_LIKE = regex(r"&(?=#?\w+;)")  # in an address, where any other "&" may stand
_BARE_LINK = regex(r"\b(?:(https?|ftp):(?=//)|(www)\.)", re.IGNORECASE)  # GitHub makes links of these unasked


def to_markdown(summary: Summary) -> str:
    """The brief as Markdown, with http and https sources as links."""
    return "\n\n".join(_blocks(summary)) + "\n"


def _blocks(summary: Summary) -> Iterator[str]:
    names = Names(summary)
    faults = faults_told_once(summary)
    if is_checked(summary):
        yield escaped(wording.checked(summary))
    if title := plain(summary.title):
        yield f"# {escaped(title)}"
    yield "\n".join(_lines(summary, names, faults)) or escaped(wording.NO_LINES)
    for differing in summary.disagreements:
        yield escaped(wording.disagreement(differing, names))
    if whole := faults.get(None):
        yield "## Faults"
        yield "\n".join(f"- {escaped(wording.fault(fault))}" for fault in whole)
    for notice in summary.notices:
        yield f"Note: {escaped(plain(notice))}"
    if summary.sources:
        yield "## Sources"
        listed, rest = wording.listed(summary)
        yield "\n".join(f"{n}. {_source(source, names)}" for n, (_, source) in enumerate(listed, start=1))
        if rest:
            yield escaped(rest)
    yield escaped(wording.credited(summary, names))


def _lines(summary: Summary, names: Names, faults: Mapping[int | None, Sequence[FaultView]]) -> Iterator[str]:
    for number, line in enumerate(summary.lines, start=1):
        text, tag = escaped(unmistakable(line.text)), escaped(wording.tag(line, names))
        yield " ".join((f"{number}. {text} **{tag}**", *map(escaped, wording.remarks(line, names))))
        yield from (f"    - {escaped(wording.fault(fault))}" for fault in faults.get(number - 1, ()))


def _source(source: Source, names: Names) -> str:
    title, address = plain(source.title), plain(source.url or "")
    target = link(source.url)
    if target:
        pages = [linked(title or address, target)]
    else:
        pages = [escaped(part) for part in (title and quoted(title), address) if part]
    parts = (escaped(wording.source_name(source, names)), *pages, escaped(day(source.published)))
    return ", ".join(part for part in parts if part)


def inner(text: str) -> str:
    """Plain text as `escaped` has it, but for a place within a row, where nothing opens a list."""
    text = _MARKUP.sub(lambda mark: _ENTITIES.get(mark[0], f"\\{mark[0]}"), text)
    return _BARE_LINK.sub(lambda found: f"{found[1]}&#58;" if found[1] else f"{found[2]}&#46;", text)


def linked(text: str, target: str) -> str:
    """A link that shows the text; `target` is percent-encoded."""
    return f"[{escaped(text)}]({_ENTITY_LIKE.sub('&amp;', target)})"


def escaped(text: str) -> str:
    """One row of plain text as Markdown that shows that text and does nothing else."""
    opening = _LEADING.match(text)
    text = inner(text)
    if not opening:
        return text
    at = opening.end() if opening[0].isdigit() else 0  # "2." is defused at its point, "-" at itself
    return f"{text[:at]}\\{text[at:]}"
