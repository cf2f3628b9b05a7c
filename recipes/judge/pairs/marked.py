"""Finds the pairs of real news again that readers marked: a line, and what newsum showed a judge beside it.

In: the training stories; `marked.tsv`: a story, a claim ("r2" is the third sentence of its summary, "1:14" the
fifteenth of its second article), a premise ("+1:40-90+95-160" are these characters of the second article, white space
made one, under its outlet's name, "-1:" without; "r:0-2" the summary's first two sentences) and the reader's mark:
"E" the premise says it, "P" its heart, "N" not, "C" the opposite. Out: `Row`s; no text of an outlet is in the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsum.articles import Article, Story
from newsum.judging import told
from recipes.judge.house import in_one_writing, sentences_of
from recipes.judge.pairs.tables import read_table
from recipes.judge.rows import Row, read_json

__all__ = ["marked"]

_LABELS = {"E": "entailed", "P": "neutral", "N": "neutral", "C": "contradicted"}


def marked(folder: Path) -> Iterator[Row]:
    """The rows of every pair that was marked."""
    records = {found["story_id"]: found for found in read_json(folder / "stories" / "allsides_train.jsonl.gz")}
    for story, claim, premise, mark in read_table("marked.tsv"):
        text = _claim(records[story], claim)
        yield Row(_premise(records[story], premise, text), text, _LABELS[mark], f"marked: {mark}")


def _claim(record: Mapping[str, Any], claim: str) -> str:
    if claim[0] == "r":
        return sentences_of(record["reference"])[int(claim[1:])]
    article, number = map(int, claim.split(":"))
    return sentences_of(record["articles"][article]["text"])[number]


def _premise(record: Mapping[str, Any], premise: str, claim: str) -> str:
    if premise[0] == "r":
        first, end = map(int, premise[2:].split("-"))
        return " ".join(sentences_of(record["reference"])[first:end])
    story = Story.from_dict(record)
    return " ".join(_told(story, part, claim) for part in premise.split())


def _told(story: Story, part: str, claim: str) -> str:
    """One article's share of a premise."""
    number, spans = part[1:].split(":")
    article: Article = story.articles[int(number)]
    text = in_one_writing(" ".join(article.text.split()), claim)
    found = " ".join(text[start:end] for start, end in _spans(spans))
    return told(story.labels[article.id], found, article.published) if part[0] == "+" else found


def _spans(spans: str) -> Sequence[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in (span.split("-") for span in spans.split("+"))]
