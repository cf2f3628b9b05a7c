"""Makes lessons for the writer from the training files: what several outlets tell, and what a desk wrote of it.

In: the stories and articles of the training files, the judge. Out: `WriterRow`s. Families:

    summary    titles and openings of a story's reports -> the editor's summary
    fact       each outlet's sentences nearest to one sentence of the summary, those before it told -> that sentence
    lead       the titles and openings of other outlets -> an outlet's own first sentences
    beside     other outlets' sentences nearest to one further down an outlet's article -> that sentence
    article    an article's title and later sentences -> its first
    fused      two sentences -> the one that an editor made of them

A line is learnt only where its names and figures stand in the reports, and where the judge finds it entailed by the
sentences of theirs that are nearest to it. So the writer is shown nothing that it would have had to invent.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from newsum.judging import Judge
from newsum.text.leaning import stands_alone
from newsum.tuning.writer.rows import WriterRow
from recipes.judge.house import sentences_of
from recipes.judge.pairs.sources import News, Told, articles, is_plain, stories
from recipes.judge.rows import read_json

__all__ = ["Draft", "drafts", "judged", "sampled"]

_OPENING = (40, 95)  # words of a report's opening
_REPORTS = 4
_NEAREST = 5  # sentences of a premise
_ENTAILED = 0.55
_COPIED = 0.7  # of a line's neighbouring words, in one sentence of a report; above it there is nothing to learn
_ABOUT_COVERAGE = re.compile(
    r"\b(?:outlets|coverage|the (?:left|right)|(?:left|right|center)-(?:rated|leaning)|voices|media|reporters|readers|"
    r"commentators|AllSides|bias|headlines|sources from)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(  # what only a reader of that day understands
    r"\b(?:today|yesterday|tonight|tomorrow|this (?:week|month|morning|afternoon|evening|weekend))\b|UPDATE",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][\w'’-]+|\b\d[\d,.]*\b")
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s*$")


class Draft(NamedTuple):
    """A row that nobody has judged."""

    row: WriterRow
    sentences: tuple[str, ...]  # of the reports


def drafts(folder: Path, order: random.Random) -> Iterator[Draft]:
    """Every lesson that the files hold, judged by none yet."""
    for story in stories(folder):
        yield from _of_story(story, order)
    for article in articles(folder):
        yield from _of_article(article)
    yield from _fused(folder, order)


_MOST = {"article": 2200, "joined": 450, "fused": 900, "lead": 2400, "beside": 2400}  # drafts of a family


def sampled(found: Sequence[Draft], order: random.Random) -> list[Draft]:
    """The drafts in another order, no more of a family than is worth judging."""
    taken: Counter[str] = Counter()
    kept = []
    for draft in order.sample(found, len(found)):
        taken[draft.row.family] += 1
        if taken[draft.row.family] <= _MOST.get(draft.row.family, len(found)):
            kept.append(draft)
    return kept


def judged(found: Iterable[Draft], judge: Judge) -> Iterator[WriterRow]:
    """The lessons' lines that are true to their reports; each run of them a row, what stands before it told."""
    for draft in found:
        row = draft.row
        learnt = [_holds(line, draft, judge) for line in row.lines]
        for holds, run in groupby(range(len(learnt)), key=learnt.__getitem__):
            if holds:
                own = list(run)
                yield row._replace(told=(*row.told, *row.lines[: own[0]]), lines=tuple(row.lines[n] for n in own))


def _holds(line: str, draft: Draft, judge: Judge) -> bool:
    if not is_plain(line) or _ABOUT_COVERAGE.search(line) or _TODAY.search(line):
        return False
    text = " ".join(text for _, text in draft.row.reports)
    known = {word.lower() for word in re.findall(r"[\w’'-]+(?:[.,]\d+)*", text)}
    if any(
        name.lower().removesuffix("'s").removesuffix("’s").rstrip(".,") not in known for name in _NAME.findall(line)
    ):
        return False
    premise = " ".join(_nearest(line, draft.sentences, _NEAREST))
    return bool(premise) and judge.entailment([(premise, line)])[0].entailed >= _ENTAILED


# --- the families -----------------------------------------------------------------------------------


def _of_story(story: Told, order: random.Random) -> Iterator[Draft]:
    reports = [article for article in story.articles if article.sentences]
    order.shuffle(reports)
    summary = [line for line in story.summary if line]
    if len(reports) >= 2 and summary:
        yield _draft("summary", [(a, _opening(a, order)) for a in reports[:_REPORTS]], (), summary)
        full = [a for a in reports if len(a.sentences) > 6]
        for n, line in enumerate(summary) if len(full) >= 2 else ():
            if near := _near(line, full):
                yield _draft("fact", near, summary[:n], [line])
    for number, own in enumerate(reports):
        others = [a for n, a in enumerate(reports) if n != number]
        if len(others) >= 2 and own.sentences and stands_alone(own.sentences[0]):
            lines = [own.sentences[0]]
            shown = [(a, _opening(a, order)) for a in others[:_REPORTS]]
            if not _is_copied(lines[0], shown):
                yield _draft("lead", shown, (), lines)
        yield from _beside(own, others)


def _beside(own: News, others: Sequence[News]) -> Iterator[Draft]:
    for line in own.sentences[1:9]:
        if not (is_plain(line) and stands_alone(line)):
            continue
        near = _near(line, others, least=0.45)
        if near and not _is_copied(line, near):
            yield _draft("beside", near, own.sentences[:1], [line])


def _of_article(article: News) -> Iterator[Draft]:
    lead, *rest = article.sentences or ("",)
    if not (is_plain(lead) and stands_alone(lead)) or len(rest) < 4:
        return
    later = _nearest(lead, [s for s in rest[:14] if is_plain(s)], 3)
    if _cover(lead, " ".join([article.title, *later])) >= 0.6 and not _is_copied(lead, [(article, later)]):
        yield _draft("article", [(article, later)], (), [lead])


def _fused(folder: Path, order: random.Random) -> Iterator[Draft]:
    outlets = (
        "Reuters",
        "CNN",
        "BBC News",
        "Associated Press",
        "NPR",
        "Fox News",
        "The Guardian",
        "Politico",
        "The Hill",
    )
    for found in read_json(folder / "alignment/poc_fusion.jsonl.gz"):
        if len(found["fused"]) == 1 and found["fused"][0].count(" . ") == 0:
            yield _pair(
                "fused", [_untokenised(s) for s in found["sources"]], _untokenised(found["fused"][0]), outlets, order
            )
    for found in read_json(folder / "training/wikisplit.jsonl.gz"):
        split = sentences_of(found["split"])
        if len(split) == 2 and is_plain(found["joined"]) and all(map(is_plain, split)):
            yield _pair("joined", split, found["joined"], outlets, order)


def _pair(family: str, told: Sequence[str], line: str, outlets: Sequence[str], order: random.Random) -> Draft:
    names = order.sample(outlets, len(told))
    reports = [(News(name, "", None, (text,)), [text]) for name, text in zip(names, told, strict=True)]
    return _draft(family, reports, (), [line])


def _draft(
    family: str, reports: Sequence[tuple[News, Sequence[str]]], told: Sequence[str], lines: Sequence[str]
) -> Draft:
    shown = tuple((a.outlet, ". ".join(filter(None, [a.title.rstrip("."), " ".join(own)]))) for a, own in reports)
    sentences = tuple(dict.fromkeys(s for a, own in reports for s in (*filter(None, [a.title]), *own)))
    return Draft(WriterRow(shown, tuple(told), tuple(lines), family), sentences)


# --- sentences --------------------------------------------------------------------------------------


def _opening(article: News, order: random.Random) -> list[str]:
    room, found = order.randint(*_OPENING), list[str]()
    for sentence in article.sentences[:8]:
        room -= len(sentence.split())
        if found and room < 0:
            break
        if not _CUT_OFF.search(sentence):
            found.append(sentence)
    return found


def _near(line: str, reports: Sequence[News], least: float = 0.3) -> list[tuple[News, list[str]]]:
    """The reports that have sentences near to a line, each with its nearest one or two in order; nearest first."""
    found = []
    for article in reports:
        near = _nearest(line, [s for s in article.sentences if not _CUT_OFF.search(s)], 2)
        cover = _cover(line, " ".join(near))
        if near and cover >= least:
            found.append((cover, article, near))
    found.sort(key=lambda one: -one[0])
    return [(article, near) for _, article, near in found[:3]]


def _nearest(line: str, sentences: Sequence[str], most: int) -> list[str]:
    """The sentences that share most with a line, in their order; those that share nothing never."""
    keys = _keys(line)
    shared = [len(keys & _keys(s)) / (1 + 0.02 * len(s.split())) for s in sentences]
    best = sorted(range(len(sentences)), key=lambda n: (-shared[n], n))[:most]
    return [sentences[n] for n in sorted(best) if shared[n] > 0]


def _cover(line: str, text: str) -> float:
    keys = _keys(line)
    return len(keys & _keys(text)) / max(1, len(keys))


def _keys(text: str) -> frozenset[str]:
    return frozenset(w.lower()[:6] for w in _WORD.findall(text) if len(w) > 3 or w[0].isdigit() or w[0].isupper())


def _is_copied(line: str, reports: Sequence[tuple[News, Sequence[str]]]) -> bool:
    """Whether a report has the line nearly word for word."""
    words = [w.lower() for w in _WORD.findall(line)]
    for _, own in reports:
        for sentence in own:
            theirs = {tuple(pair) for pair in _pairs([w.lower() for w in _WORD.findall(sentence)])}
            mine = _pairs(words)
            if mine and sum(tuple(pair) in theirs for pair in mine) / len(mine) > _COPIED:
                return True
    return False


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))


def _untokenised(text: str) -> str:
    text = re.sub(r" ([.,;:!?)%]|n't|'s|'re|'ve|'ll|'d|'m)", r"\1", text)
    text = re.sub(r"`` ?| ?''", '"', text)
    return re.sub(r"([($]) ", r"\1", text).replace(" n't", "n't").strip()
