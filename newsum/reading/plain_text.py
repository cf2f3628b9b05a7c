"""Turns plain text and Markdown into one article each.

In: the text of a .txt or .md file. Out: one `Record`: the body, and what its front matter states (outlet, title,
url, date or published, authors). Front matter is `key: value` lines between two lines of `---`, read as they stand:
YAML proper refuses "title: Treaty: signed", and makes a date of one title and False of another. Markdown's mark-up is
taken away and each paragraph becomes one line, for its words are what will be quoted.
"""

import re
from collections.abc import Iterator

from newsum.reading.entries import Problem, Record
from newsum.reading.markdown import MOST_MARKS, blocks, is_crowded
from newsum.system.patterns import regex

__all__ = ["addresses", "parse_markdown", "parse_text"]

_BULLET = regex(r"^(?:[-*+•]|\d{1,4}[.)])\s+")
_ADDRESS = regex(r"(?:https?|feed)://\S+", re.IGNORECASE)
_FIELD = regex(r"([A-Za-z_][\w -]{0,40}?)\s*:\s*(.*)")


def parse_text(text: str, source: str) -> Iterator[Record | Problem]:
    fields, body = _front_matter(text)
    yield _only_addresses(body, source) or Record({**fields, "text": body}, sole=True)


def parse_markdown(text: str, source: str) -> Iterator[Record | Problem]:
    fields, body = _front_matter(text)
    if refused := _only_addresses(body, source):
        yield refused
        return
    if is_crowded(body):
        yield Problem(source, None, f"its Markdown has more than {MOST_MARKS:,} marks, newsum's limit; save it as .txt")
        return
    paragraphs = [(rows[0].mark, " ".join(row.text for row in rows)) for rows in blocks(body)]
    if paragraphs and paragraphs[0][0] == "#" and not fields.get("title"):
        fields["title"] = paragraphs.pop(0)[1]
    yield Record({**fields, "text": "\n\n".join(text for _, text in paragraphs)}, sole=True)


def addresses(text: str) -> list[str]:
    """The addresses in a list of them, one a line, each once; lines that begin with # and blank ones are none.

    >>> addresses("# tonight\\nhttps://wire.example/1\\n\\n- https://wire.example/2\\n")
    ['https://wire.example/1', 'https://wire.example/2']
    """
    lines = (_BULLET.sub("", line.strip("\ufeff \t\r")) for line in text.splitlines())
    return list(dict.fromkeys(line.strip("<>") for line in lines if line and not line.startswith("#")))


def _only_addresses(body: str, source: str) -> Problem | None:
    listed = addresses(body)
    if not listed or not all(_ADDRESS.fullmatch(line) for line in listed):
        return None
    return Problem(
        source,
        None,
        f"it holds {len(listed)} {'address' if len(listed) == 1 else 'addresses'} and no article: to read the pages "
        f'behind them, say --urls {source} or newsum.read(urls="{source}")',
    )


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields between two lines of `---`, and the body; all is body where they do not enclose fields."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:500], start=1) if line.rstrip() in ("---", "...")), None)
    fields = _fields(lines[1:end]) if end else {}
    return (fields, "\n".join(lines[end + 1 :])) if end and (fields or end == 1) else ({}, text)


def _fields(lines: list[str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    name = ""
    for line in lines:
        item = re.match(r"\s*-\s+(.*)", line)
        if item and name and not isinstance(listed := fields.get(name) or [], str):
            fields[name] = [*listed, _unquoted(item[1])] if isinstance(listed, list) else listed
        elif match := _FIELD.fullmatch(line.rstrip()):
            name = match[1].strip().lower()
            fields[name] = _value(match[2])
    return fields


def _value(text: str) -> str | list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        items = re.findall(r"""\s*("[^"]*"|'[^']*'|[^,]+)\s*(?:,|$)""", text[1:-1])
        return [_unquoted(item) for item in items]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        quote, text = text[0], text[1:-1]
        return text.replace('\\"', '"') if quote == '"' else text.replace("''", "'")
    return text
