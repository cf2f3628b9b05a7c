"""The words that all forms of a brief share, and what makes untrusted text safe to print.

In: parts of a `Summary`. Out: plain strings, one line each, not yet escaped for Markdown or HTML; that is the work of
each form.
"""

import re
from collections.abc import Iterable
from itertools import chain
from urllib.parse import quote, urlsplit

from newsum.outlets.citations import cited
from newsum.summary import Disagreement, Evidence, Fault, Line, Source, Summary

__all__ = [
    "NO_LINES",
    "carrying",
    "credited",
    "date",
    "disagreement",
    "fault",
    "harmless",
    "link",
    "outlet",
    "plain",
    "quoted",
    "remarks",
    "source_name",
    "tag",
]

NO_LINES = "This brief has no lines."

# Controls drive a terminal (ESC) or end a C string; white space among them is kept for `plain` to fold.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Embeddings, overrides and isolates: one left open in a title would turn round the tags that follow it. Right-to-left
# letters need none of them.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = {
    "partly": "partly supported",
    "unsupported": "not supported",
    "contradicted": "contradicted by the sources",
}
# What may stand unescaped in an address. Brackets, parentheses, quotes and asterisks may not: each ends a link or
# starts something else in some dialect of Markdown.
_URL_SAFE = "%/:=&?~#+!$,;@-._"


def harmless(text: str) -> str:
    """The text without control characters; white space stays as it is."""
    return _SURROGATES.sub("\ufffd", _BIDI_CONTROLS.sub("", _CONTROLS.sub("", text)))


def plain(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(harmless(text).split())


def quoted(text: str) -> str:
    return f"“{plain(text)}”"


def outlet(name: str) -> str:
    return plain(name) or "unknown outlet"


def tag(line: Line) -> str:
    """The outlets that the line rests on, and whom they cite: "[BBC, citing Reuters; CNN]"."""
    nearest = _list(dict.fromkeys(e.outlet for e in line.evidence))
    nobody = f"no source found; nearest: {nearest}" if nearest else "no source found"
    return f"[{'; '.join(_credit(name, line) for name in line.outlets) or nobody}]"


def _credit(name: str, line: Line) -> str:
    names = " and ".join(map(outlet, _cited_by(name, line)))
    return f"{outlet(name)}, citing {names}" if names else outlet(name)


def _cited_by(name: str, line: Line) -> Iterable[str]:
    """Whom of `Line.cited` an outlet's evidence cites; all of them where it is the only one credited."""
    if line.outlets == (name,):
        return line.cited
    own = (cited(e.quote, besides=line.outlets) for e in line.evidence if e.outlet == name)
    return [other for other in dict.fromkeys(chain.from_iterable(own)) if other in line.cited]


def remarks(line: Line) -> tuple[str, ...]:
    """What follows the tag, each in parentheses: who says the same, who carries it, how well it is supported."""
    return tuple(f"({remark})" for remark in (_others(line), _standing(line)) if remark)


def _others(line: Line) -> str:
    """Who else says it. A carrier of the same wire text is no second witness, so it is not among "also"."""
    named = {*line.outlets, *line.also}
    origins = {e.article for e in (*line.evidence, *line.corroboration) if e.outlet in named}
    copies = dict.fromkeys(e.outlet for e in line.corroboration if e.copy_of in origins and e.outlet not in named)
    also = f"also: {_list(line.also)}" if line.also else ""
    carried = f"carried by {_list(copies)}" if copies else ""
    return "; ".join(part for part in (also, carried) if part)


def _list(outlets: Iterable[str]) -> str:
    return ", ".join(map(outlet, outlets))


def _standing(line: Line) -> str:
    """The verdict where it is not plain support; a line without evidence says so in its tag already."""
    label = line.support.label
    if label not in _MARKS or (label == "unsupported" and not line.outlets):
        return ""
    spans = line.support.unsupported if label == "partly" else ()
    gaps = [gap for start, end in spans if (gap := line.text[start:end].strip(" \n,;:."))]
    return f"{_MARKS[label]}; no source says {', '.join(map(quoted, gaps))}" if gaps else _MARKS[label]


def carrying(evidence: Evidence, summary: Summary) -> str:
    """Whose text a copy is: "carrying the text of BBC"; nothing for an original."""
    if evidence.copy_of is None:
        return ""
    names = {s.article: plain(s.outlet) or f"source {n}" for n, s in enumerate(summary.sources, start=1)}
    return f"carrying the text of {names.get(evidence.copy_of, 'another outlet')}"


def agreeing(evidence: Evidence, line: Line) -> str:
    """What a corroborating quote is to its line: the same, where its outlet is one of `Line.also`, else the matter."""
    return "says the same" if evidence.outlet in line.also else "also on this"


def disagreement(differing: Disagreement) -> str:
    positions = " / ".join(f"{outlet(e.outlet)} {quoted(e.quote)}" for e in differing.positions)
    return f"Outlets differ ({differing.kind}): {positions}"


def fault(found: Fault) -> str:
    where = "" if found.line is None else f" (line {found.line + 1})"
    return f"{found.kind}{where}: {plain(found.message)}"


def credited(summary: Summary) -> str:
    return f"Credited: {'; '.join(map(outlet, summary.credits)) or 'nobody'}"


def source_name(number: int, source: Source) -> str:
    """The source's outlet as the closing list prints it: "BBC (outlet guessed)", "source 3"."""
    name = plain(source.outlet)
    return (f"{name} (outlet guessed)" if source.outlet_guessed else name) if name else f"source {number}"


def date(published: str | None) -> str:
    """The day alone, of a date or time in ISO form; anything else as it stands."""
    text = plain(published or "")
    return text[:10] if re.match(r"\d{4}-\d\d-\d\d(T|$)", text) else text


def link(url: str | None) -> str | None:
    """The address as a link's target, percent-encoded; None for any that is not http or https."""
    address = plain(url or "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(address, safe=_URL_SAFE)
