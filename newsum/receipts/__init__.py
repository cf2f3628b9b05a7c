"""This module looks a summary's receipts up in the articles, without model or network, and says which do not hold.

In: the sources, the evidence of each line and disagreement, the credits of each line; the articles.
Out: a `Failure` for each receipt that the articles do not bear out; a sentence for each credit that no evidence does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsum.articles import Article
from newsum.receipts.quotes import sought
from newsum.upward import Shown, short

__all__ = ["Evidence", "Failure", "Source", "failures", "matched", "miscredits"]

FailureKind = Literal["missing article", "changed article", "quote", "outlet", "credit", "field", "digest"]


@dataclass(frozen=True, slots=True, repr=False)
class Evidence(Shown):
    """A stretch of one article that a line rests on: `quote == article.text[start:end]`.

    Attributes:
        article: the article's id.
        outlet: the name to credit: the article's outlet, or "source 3" where that is unknown.
        start: where it begins in the article's text, in characters from 0.
        end: where it ends there: the first character that is no longer of it.
        quote: its words, letter for letter.
        score: 0..1, how likely the line was written from the quote, or says the same.
        copy_of: the id of the article whose text this one carries (wire copy), else None.
    """

    article: str
    outlet: str
    start: int
    end: int
    quote: str
    score: float
    copy_of: str | None = None

    def __repr__(self) -> str:
        return f"<Evidence {short(self.outlet)} {self.start}:{self.end} {short(self.quote)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Source(Shown):
    """One article as the summary saw it.

    Attributes:
        article: its id.
        outlet: who published it; "" where that is unknown.
        outlet_guessed: whether the outlet was read off a file's name or an address.
        title: its headline.
        url: its address, where it has one.
        published: when, as an ISO date or time, where that is known.
        sha256: the hash of its text.
    """

    article: str
    outlet: str
    outlet_guessed: bool
    title: str
    url: str | None
    published: str | None
    sha256: str

    def __repr__(self) -> str:
        return f"<Source {short(self.outlet)} {short(self.title)} {self.published or 'undated'}>"

    @classmethod
    def of(cls, article: Article) -> "Source":
        return cls(
            article.id,
            article.outlet,
            article.outlet_guessed,
            article.title,
            article.url,
            article.published,
            article.sha256,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Failure(Shown):
    """A receipt that did not hold when `newsum.Summary.verify` looked it up.

    Attributes:
        kind: "missing article" or "changed article"; "quote" (it does not stand there); "outlet" (the article is
            another's); "credit" (a line credits other outlets than its evidence does); "field" (a stored value
            that another one, the article or a rule speaks against); "digest" (something was changed by hand).
        line: index into `Summary.lines`, or None where an article as a whole, or a disagreement, failed.
        article: the id of the article in question; "" where it is a line's credits.
        message: one sentence that says what does not hold.
    """

    kind: FailureKind
    line: int | None
    article: str
    message: str

    def __repr__(self) -> str:
        where = "whole" if self.line is None else f"lines[{self.line}]"
        return f"<Failure {self.kind}, {where}: {short(self.message, 100)}>"

    def __str__(self) -> str:
        return self.message


# --- verification -----------------------------------------------------------------------------

_SAME: tuple[Callable[[Source, Article], bool], ...] = (
    lambda s, a: (s.article, s.sha256, s.outlet) == (a.id, a.sha256, a.outlet),
    lambda s, a: (s.sha256, s.outlet) == (a.sha256, a.outlet),
    lambda s, a: s.article == a.id,
    lambda s, a: bool(s.url) and s.url == a.url,
    lambda s, a: bool(s.outlet or s.title) and (s.outlet, s.title) == (a.outlet, a.title),
    lambda s, a: s.sha256 == a.sha256,
)


def matched(sources: Sequence[Source], articles: Iterable[Article]) -> list[Article | None]:
    """For each source the article that it speaks of, or None.

    No article serves two sources, and the surest pairs are made first, so that of two articles at one URL the changed
    one is not taken for the other.
    """
    found: list[Article | None] = [None] * len(sources)
    free = list(articles)
    for same in _SAME:
        for n, source in enumerate(sources):
            match = next((a for a in free if same(source, a)), None) if found[n] is None else None
            if match is not None:
                found[n] = match
                free = [a for a in free if a is not match]
    return found


def _label(outlet: str, number: int) -> str:
    return outlet or f"source {number}"


def failures(
    sources: Sequence[Source],
    lines: Sequence[Sequence[Evidence]],
    disagreements: Sequence[Sequence[Evidence]],
    articles: Iterable[Article],
) -> Iterator[Failure]:
    """Every receipt that the articles do not bear out: of each line, of each disagreement, and of each source."""
    pairs = matched(sources, articles)
    labels = {s.article: _label(s.outlet, n) for n, s in enumerate(sources, start=1)}
    found = dict(zip((s.article for s in sources), pairs, strict=True))
    for index, own in enumerate(lines):
        for evidence in own:
            yield from _of_evidence(evidence, index, f"Line {index + 1}", found, labels)
    for number, positions in enumerate(disagreements, start=1):
        for evidence in positions:
            yield from _of_evidence(evidence, None, f"Disagreement {number}", found, labels)
    for number, (source, article) in enumerate(zip(sources, pairs, strict=True), start=1):
        yield from _of_source(source, article, number, _resting(lines, source.article))


def _of_source(source: Source, article: Article | None, number: int, resting: str) -> Iterator[Failure]:
    """What is wrong with an article as a whole."""
    name = _label(source.outlet, number)
    if article is None:
        message = f"The article of {name} is not among those given; {resting}."
        yield Failure("missing article", None, source.article, message)
        return
    if article.sha256 != source.sha256:
        message = f"The article of {name} has changed since the summary was made; {resting}."
        yield Failure("changed article", None, source.article, message)
    if article.outlet != source.outlet:
        message = f"The article credited to {name} is by {article.outlet or 'an unknown outlet'}; {resting}."
        yield Failure("outlet", None, source.article, message)


def _resting(of: Sequence[Sequence[Evidence]], article: str) -> str:
    """Which lines have evidence or corroboration in the article: "lines 1, 3 rest on it"."""
    lines = [str(number) for number, own in enumerate(of, start=1) if any(e.article == article for e in own)]
    if not lines:
        return "no line rests on it"
    return f"line {lines[0]} rests on it" if len(lines) == 1 else f"lines {', '.join(lines)} rest on it"


def _of_evidence(
    evidence: Evidence,
    index: int | None,
    where: str,
    found: Mapping[str, Article | None],
    labels: Mapping[str, str],
) -> Iterator[Failure]:
    def fail(kind: FailureKind, what: str, article: str = evidence.article) -> Failure:
        return Failure(kind, index, article, f"{where}: {what}")

    if evidence.copy_of is not None and evidence.copy_of not in labels:
        what = f"its evidence is said to copy article {evidence.copy_of}, which no source lists."
        yield fail("missing article", what, evidence.copy_of)
    if evidence.article not in labels:
        yield fail("missing article", f"its evidence names article {evidence.article}, which no source lists.")
        return
    if evidence.outlet != labels[evidence.article]:
        yield fail("outlet", f"it credits {evidence.outlet}, but that article is by {labels[evidence.article]}.")
    article, start, end = found[evidence.article], evidence.start, evidence.end
    if article is None:
        yield fail("missing article", f"the article of {evidence.outlet} that it rests on is not among those given.")
    elif not 0 <= start < end <= len(article.text):
        what = f"characters {start} to {end} lie outside the article of {evidence.outlet}"
        yield fail("quote", f"{what}; “{evidence.quote}” is {_fate(evidence.quote, article.text)}.")
    elif article.text[start:end] != evidence.quote:
        what = f"characters {start} to {end} of the article of {evidence.outlet} do not read “{evidence.quote}”"
        yield fail("quote", f"{what}; {_fate(evidence.quote, article.text)}.")


def _fate(quote: str, text: str) -> str:
    found = sought(quote, text)
    if found.start is None:
        return "gone: nothing like it stands there"
    if found.fate == "moved":
        return f"moved: these words now stand at {found.start}"
    return f"changed: at {found.start} it now reads “{text[found.start : found.end]}”"


def miscredits(
    outlets: Sequence[str],
    also: Sequence[str],
    cited: Sequence[str],
    evidence: Sequence[Evidence],
    corroboration: Sequence[Evidence],
    *,
    may_be_silent: bool,
) -> Iterator[str]:
    """What the credits of a line say that its evidence does not bear out, in whichever way they were decided.

    Who is left out of `also`, and whom a quote cites, is not asked: the one was weighed and the other looked up in a
    table, and both weights and table may have changed since.

    Args:
        may_be_silent: whether the line may credit nobody in spite of its evidence.
    """
    resting = list(dict.fromkeys(e.outlet for e in evidence))
    if list(outlets) != resting and (outlets or not may_be_silent):
        yield f"outlets is {_names(outlets)}, but its evidence is by {_names(resting)}."
    carried = {e.copy_of for e in evidence}
    independent = {e.outlet for e in corroboration if e.copy_of is None and e.article not in carried}
    for name in also:
        if name in outlets:
            yield f"also names {name}, whom outlets credits already."
        elif name not in independent:
            yield f"also names {name}, but none of its corroboration is by {name} in words of its own."
    for name in cited:
        if name in outlets:
            yield f"cited names {name}, whom outlets credits already."
        elif not evidence:
            yield f"cited names {name}, but there is no evidence that could cite it."


def _names(outlets: Iterable[str]) -> str:
    return ", ".join(outlets) or "nobody"
