"""This module holds a summary's stored fields against each other, the articles and the rules, without a model.

In: a summary, and the articles. Out: a `Failure` for each value that cannot be what newsum stored: it names the field
and the value. What only a model could tell (a score, which of two true sentences was chosen) is left to the digest.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from newsum.articles import Article
from newsum.outlets.citations import cited
from newsum.receipts import Evidence, Failure, Source, matched
from newsum.system.patterns import regex
from newsum.text.quantities import quantities
from newsum.text.words import content_words, words

__all__ = ["inconsistencies"]

_MOST_STRANGE = 0.75  # of a written line's content words; on the fixtures a rewording has up to 0.6 of its own
_CARRIED = 0.2  # of the runs of four words of the shorter of two, a copy's stand in the other; five in six in most news
_RUN = 4  # words
_DATE = regex(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|yesterday|today|tomorrow|week|month|year",
    re.IGNORECASE,
)
_SHOWN = 80  # characters of a value


class Stored(Protocol):
    """A summary, as far as it is looked at here."""

    @property
    def lines(self) -> Any: ...

    @property
    def title(self) -> Any: ...

    @property
    def sources(self) -> Any: ...

    @property
    def disagreements(self) -> Any: ...

    @property
    def faults(self) -> Any: ...

    @property
    def notices(self) -> Any: ...

    @property
    def provenance(self) -> Any: ...


def inconsistencies(
    summary: Stored, articles: Iterable[Article], severities: Mapping[Any, Any], story_title: str = ""
) -> Iterator[Failure]:
    """Every stored value that another one, an article or a rule speaks against.

    Args:
        severities: how grave a fault of a kind is.
        story_title: the title of the story, where it has one of its own.
    """
    given = list(articles)
    found = dict(zip((s.article for s in summary.sources), matched(summary.sources, given), strict=True))
    names = {article.id for article in given}
    yield from _sources(summary.sources, found, names)
    for index, line in enumerate(summary.lines):
        yield from (
            Failure("field", index, "", f"Line {index + 1}: {told}") for told in _line(line, index, summary, found)
        )
    for number, item in enumerate(summary.disagreements):
        yield from (Failure("field", None, "", told) for told in _disagreement(item, f"disagreements[{number}]"))
    for number, fault in enumerate(summary.faults):
        where = f"faults[{number}]"
        yield from (Failure("field", fault.line, "", told) for told in _fault(fault, where, summary.lines, severities))
    yield from (Failure("field", None, "", told) for told in _whole(summary, given, story_title))


def _sources(
    sources: Sequence[Source], found: Mapping[str, Article | None], names: Collection[str]
) -> Iterator[Failure]:
    for number, source in enumerate(sources):
        article = found.get(source.article)
        if article is None:
            continue
        for field in ("title", "url", "published"):
            if (stored := getattr(source, field)) != (own := getattr(article, field)):
                told = f"sources[{number}].{field} is {_shown(stored)}, but the article's is {_shown(own)}."
                yield Failure("field", None, source.article, told)
        same = (source.sha256, source.outlet, source.title, source.url)
        if source.article not in names and same == (article.sha256, article.outlet, article.title, article.url):
            told = f"sources[{number}].article is {_shown(source.article)}, but the article's id is {article.id}."
            yield Failure("field", None, source.article, told)
        if source.outlet == article.outlet and source.outlet_guessed != article.outlet_guessed:
            told = f"sources[{number}].outlet_guessed is {source.outlet_guessed}, but the article's is the other."
            yield Failure("field", None, source.article, told)


# --- a line -------------------------------------------------------------------------------------


def _line(line: Any, index: int, summary: Stored, found: Mapping[str, Article | None]) -> Iterator[str]:
    if line.support.label == "supported" and not line.evidence:
        yield 'support.label is "supported", but it has no evidence.'
    for field in ("outlets", "also", "cited", "claimed"):
        if (name := _twice(getattr(line, field))) is not None:
            yield f"{field} names {name} twice."
    yield from (f"support.unsupported has {told}" for told in _spans(line.support.unsupported, line.text))
    if line.claimed and line.origin == "source":
        yield f'claimed is {_shown(line.claimed)}, but origin is "source": an article\'s sentence claims no outlet.'
    yield from _origin(line, summary)
    yield from _paragraph(line, index, summary.lines)
    yield from _evidence(line, found)
    yield from _wording(line, summary)
    quoted = {name for e in line.evidence for name in cited(e.quote, besides=line.outlets)}
    for name in line.cited:
        if line.evidence and name not in quoted and name not in line.outlets:
            yield f"cited is {_shown(line.cited)}, but no quote of its evidence cites {name}."


def _origin(line: Any, summary: Stored) -> Iterator[str]:
    given = [other.origin == "given" for other in summary.lines]
    if given.count(line.origin == "given") * 2 < len(given):
        yield f'origin is "{line.origin}", but most lines are {"not " if line.origin == "given" else ""}given.'
    if line.origin == "model" and "writer" in summary.provenance and summary.provenance["writer"] is None:
        yield 'origin is "model", but provenance.writer is null: no model wrote.'


def _paragraph(line: Any, index: int, lines: Sequence[Any]) -> Iterator[str]:
    before = lines[index - 1].paragraph if index else 0
    if line.paragraph not in (before, before + bool(index)):
        yield f"paragraph is {line.paragraph}, but the line before stands in {before}."


def _evidence(line: Any, found: Mapping[str, Article | None]) -> Iterator[str]:
    seen: set[tuple[str, int, int]] = set()
    for name, listed in (("evidence", line.evidence), ("corroboration", line.corroboration)):
        for number, one in enumerate(listed):
            place = one.article, one.start, one.end
            if place in seen:
                yield f"{name}[{number}].quote is {_shown(one.quote)}, which it rests on already."
            seen.add(place)
            if one.copy_of is not None and not _is_copy(one, found):
                yield f"{name}[{number}].copy_of is {_shown(one.copy_of)}, whose article does not carry its text."
    resting = {one.article for one in line.evidence}
    for number, one in enumerate(line.corroboration):
        if one.article in resting:
            yield f"corroboration[{number}].article is {_shown(one.article)}, which is its evidence's."


def _is_copy(one: Evidence, found: Mapping[str, Article | None]) -> bool:
    """Whether the article carries text of the other, as far as both are at hand."""
    own, other = found.get(one.article), found.get(one.copy_of or "")
    if one.article == one.copy_of:
        return False
    if own is None or other is None:
        return True
    runs = _runs(own.text)
    return not runs or len(runs & _runs(other.text)) >= _CARRIED * min(len(runs), len(_runs(other.text)) or 1)


def _runs(text: str) -> set[tuple[str, ...]]:
    forms = [word.key for word in words(text)]
    return set(zip(*(forms[start:] for start in range(_RUN)), strict=False))


def _wording(line: Any, summary: Stored) -> Iterator[str]:
    """What a supported line says and its evidence does not: a word of a sentence taken over; else most, or a figure."""
    if line.support.label != "supported" or not line.evidence:
        return
    quotes = " \n".join(e.quote for e in (*line.evidence, *line.corroboration))
    known = {word.key for word in words(quotes)}
    said = [word for word in content_words(words(line.text)) if not _DATE.fullmatch(word.form)]
    strange = [word.form for word in said if word.key not in known]
    if line.origin == "source":
        strange = [form for form in strange if not _DATE.search(form)]
    elif len(strange) <= _MOST_STRANGE * len(said):
        values = {figure.value for figure in quantities(quotes)}
        strange = [line.text[f.start : f.end] for f in quantities(line.text) if f.value not in values and f.value > 31]
    if strange:
        yield f'text is {_shown(line.text)}, but "{strange[0]}" stands in no quote of its evidence.'


def _spans(spans: Iterable[tuple[int, int]], text: str) -> Iterator[str]:
    if (twice := _twice(spans)) is not None:
        yield f"{twice} twice."
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            yield f"({start}, {end}), which is no part of its text."


# --- the rest -----------------------------------------------------------------------------------


def _disagreement(item: Any, where: str) -> Iterator[str]:
    outlets = {position.outlet for position in item.positions}
    if len(item.positions) < 2 or len(outlets) < 2:
        yield f"{where}.positions is of {_shown(tuple(sorted(outlets)))}: two outlets or more must differ."
    if len({(p.article, p.start, p.end) for p in item.positions}) < len(item.positions):
        yield f"{where}.positions has one quote twice: {_shown(item.positions[0].quote)}."
    if item.spans and len(item.spans) != len(item.positions):
        yield f"{where}.spans has {len(item.spans)} for {len(item.positions)} positions."
    for position, span in zip(item.positions, item.spans, strict=False):
        yield from (f"{where}.spans has {told}" for told in _spans([span], position.quote))
    tells = {"number": lambda quote: bool(quantities(quote)), "date": lambda quote: bool(_DATE.search(quote))}
    tell = tells.get(item.kind)
    if tell and not all(tell(position.quote) for position in item.positions):
        yield f'{where}.kind is "{item.kind}", but not every position states one.'


def _fault(fault: Any, where: str, lines: Sequence[Any], severities: Mapping[Any, Any]) -> Iterator[str]:
    may_be_doubt = fault.kind == "contradiction" and fault.severity == "warning"
    if fault.severity != severities[fault.kind] and not may_be_doubt:
        usual = severities[fault.kind]
        yield f'{where}.severity is "{fault.severity}", but a fault of kind "{fault.kind}" is "{usual}".'
    if fault.line is None:
        if fault.spans:
            yield f"{where}.spans is {_shown(fault.spans)}, but the fault is of no line."
        return
    if not 0 <= fault.line < len(lines):
        yield f"{where}.line is {fault.line}, but there are {len(lines)} lines."
        return
    line = lines[fault.line]
    yield from (f"{where}.spans has {told}" for told in _spans(fault.spans, line.text))
    if may_be_doubt:
        return
    if fault.kind in ("contradiction", "untraceable") and line.support.label == "supported":
        yield f'{where}.kind is "{fault.kind}", but line {fault.line + 1} is "supported".'
    if fault.kind == "contradiction" and line.support.label != "contradicted":
        yield f'{where}.kind is "contradiction", but line {fault.line + 1} is "{line.support.label}".'


def _twice(values: Iterable[Any]) -> Any:
    """The first value that came before, or None."""
    seen: list[Any] = []
    for value in values:
        if value in seen:
            return value
        seen.append(value)
    return None


def _whole(summary: Stored, articles: Sequence[Article], story_title: str) -> Iterator[str]:
    given = any(line.origin == "given" for line in summary.lines)
    for field in ("notices", "sources", "disagreements", "faults", *(() if given else ("lines",))):
        if (value := _twice(getattr(summary, field))) is not None:
            yield f"{field} has one entry twice: {_shown(value)}."
    if given:
        told = {f.line for f in summary.faults if f.kind == "contradiction"}
        for index, line in enumerate(summary.lines):
            if line.support.label == "contradicted" and index not in told:
                yield f'lines[{index}].support.label is "contradicted", but no fault says by what.'
        return
    titles = [source.title for source in summary.sources]
    if summary.title and summary.title not in (*titles, story_title):
        known = {word.key for article in articles for word in words(f"{article.title}\n{article.text}")}
        strange = [word.form for word in words(summary.title) if word.key not in known]
        if strange:
            yield f'title is {_shown(summary.title)}, which is no article\'s headline: none has "{strange[0]}".'
    settings = summary.provenance.get("settings")
    asked = settings.get("words") if isinstance(settings, Mapping) else None
    if asked is not None and (not isinstance(asked, int) or not 10 <= asked <= 2_000):
        yield f"provenance.settings.words is {_shown(asked)}, which cannot be asked for."


def _shown(value: object) -> str:
    """A value as a message can hold it."""
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))[:_SHOWN] or "empty"
    text = str(value)
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"
