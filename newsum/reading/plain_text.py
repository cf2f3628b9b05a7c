"""Plain text and Markdown -> one article each.

In: the text of a .txt or .md file. Out: one `Record`: the body, and what its front matter states (outlet, title,
url, date or published, authors). Front matter is `key: value` lines between two lines of `---`. Markdown's mark-up is
taken away and each paragraph becomes one line, for its words are what will be quoted; CommonMark's common forms are
known, no more.
"""

import re
from collections.abc import Iterator

from newsum.reading.entries import Problem, Record

__all__ = ["parse_markdown", "parse_text"]

_FIELD = re.compile(r"([A-Za-z_][\w -]{0,40}?)\s*:\s*(.*)")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*")
_BLOCK_MARK = re.compile(r"\s{0,3}(?:>\s?|[-*+]\s+|\d{1,2}[.)]\s+)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:\s+\S+.*")
# Bounds keep each pattern linear: an article of nothing but "[" or "**a" is not a reason to hang.
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), ""),  # pictures
    (re.compile(r"\[\^[^\]\n]{1,50}\]"), ""),  # footnote marks
    (re.compile(r"\[([^\[\]\n]{1,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,500}>"), ""),
    (re.compile(r"(`{1,3})([^`\n]{1,1000})\1"), r"\2"),
    (re.compile(r"\*{1,3}(?=[^\s*])([^*\n]{1,1000}?)(?<=\S)\*{1,3}"), r"\1"),
    (re.compile(r"(?<![\w_])_{1,3}(?=[^\s_])([^\n]{1,1000}?)(?<=[^\s_])_{1,3}(?![\w_])"), r"\1"),
    (re.compile(r"~~(?=\S)([^~\n]{1,1000}?)~~"), r"\1"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def parse_text(text: str, source: str) -> Iterator[Record | Problem]:
    fields, body = _front_matter(text)
    yield Record({**fields, "text": body}, sole=True)


def parse_markdown(text: str, source: str) -> Iterator[Record | Problem]:
    fields, body = _front_matter(text)
    heading = re.match(r"\s*#[ \t]+([^\n]+)", body)
    if heading and not fields.get("title"):
        fields["title"] = _plain_inline(heading[1].rstrip("# \t"))
        body = body[heading.end() :]
    yield Record({**fields, "text": _plain(body)}, sole=True)


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


def _plain(body: str) -> str:
    """The body's paragraphs without their mark-up, a blank line between each."""
    body = _without_comments(body.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs: list[list[str]] = [[]]
    fenced = False
    for line in body.split("\n"):
        if re.match(r"\s{0,3}(```|~~~)", line):
            fenced = not fenced
            paragraphs.append([])
        elif fenced:
            paragraphs += [[line], []]
        else:
            _add_line(paragraphs, line)
    return "\n\n".join(" ".join(lines) for lines in paragraphs if lines)


def _without_comments(body: str) -> str:
    """The body without <!-- comments -->; by splitting, since a pattern is quadratic on comments never closed."""
    *commented, rest = body.split("-->")
    return "".join(part.partition("<!--")[0] if "<!--" in part else f"{part}-->" for part in commented) + rest


def _add_line(paragraphs: list[list[str]], line: str) -> None:
    underline = re.fullmatch(r" {0,3}(=+|-+)\s*", line)
    if not line.strip() or underline or _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
        paragraphs.append([])  # a line of === or --- also ends the heading above it
    elif heading := _HEADING.fullmatch(line):
        paragraphs += [[_plain_inline(heading[1])], []]
    elif marked := _BLOCK_MARK.match(line):
        content = _plain_inline(line[marked.end() :])
        quoted = line.lstrip().startswith(">") and not re.match(r"\s*>\s*[-*+]\s", line)
        if not quoted:
            paragraphs.append([])  # an item of a list stands by itself, a quotation's lines run on
        paragraphs[-1] += [content] if content else []
        if quoted and not content:
            paragraphs.append([])
    else:
        paragraphs[-1].append(_plain_inline(line))
        if line.endswith(("  ", "\\")):  # a hard line break
            paragraphs.append([])


def _plain_inline(line: str) -> str:
    # An escaped mark is hidden from the patterns, in a private-use character, until they have run.
    line = _ESCAPED.sub(lambda match: chr(0xF000 + ord(match[1])), line.strip().removesuffix("\\"))
    for pattern, instead in _INLINE:
        line = pattern.sub(instead, line)
    return re.sub("[\uf021-\uf07e]", lambda match: chr(ord(match[0]) - 0xF000), line).strip()
