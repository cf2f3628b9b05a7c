"""Lines held against other stories: how many are credited to outlets that say nothing of them.

    python -m benchmarks.strangers [--fixtures]

Each line is given alone, and as the last of a text whose other lines are the story's own, where newsum is readier to
take it for the story's. "Called unsupported" is what becomes of a credited line when it is checked. The lines of the
fixtures are their references; of AllSides val the editors' summaries; of BASIL and the news clusters sentences of the
articles, some of which truly stand in others too ("This material may not be published ..."). The exit status is 1
where more of the fixtures' lines are credited alone than `MOST`.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.attributing import fixture_lines
from benchmarks.data import data_folder, read_jsonl
from benchmarks.faults import sentences_of
from newsum.articles import Story
from newsum.attribution.credits import credits_of
from newsum.attribution.lines import SourceIndex, attribute_lines
from newsum.checking import StoryContext, check, context_of
from newsum.similarity.stories import analyse_story
from newsum.text.analysis import Analysis, analyse
from newsum.text.sentences import split

__all__ = ["MOST", "Credited", "Lines", "main", "measured"]

MOST = 0.015  # of the fixtures' lines, whose stories share a country and its towns
_STORIES = 4  # other stories that each line is held against

Lines = Sequence[tuple[Story, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Credited:
    """Shares of the lines that were credited: their own story's, and other stories' alone and among its lines.

    Attributes:
        unnoticed: of other stories' among its lines, credited and not called unsupported.
        lines: how many were held against another story.
    """

    own: float
    alone: float
    among: float
    unnoticed: float
    lines: int


def measured(stories: Lines, *, seed: int = 0) -> Credited:
    """Every line in its own story and in a few others."""
    draw = random.Random(seed)
    known = [analyse_story(story) for story, _ in stories]
    indexes, contexts = [SourceIndex(story) for story in known], [context_of(story) for story in known]
    texts = [list(map(analyse, lines)) for _, lines in stories]
    own = [
        bool(_credited([line], index, context))
        for index, context, lines in zip(indexes, contexts, texts, strict=True)
        for line in lines
    ]
    alone, among, unnoticed = [], [], []
    for number, lines in enumerate(texts):
        others = [n for n in range(len(stories)) if n != number]
        for line in lines:
            for other in draw.sample(others, min(_STORIES, len(others))):
                held = indexes[other], contexts[other]
                alone.append(bool(_credited([line], *held)))
                label = _credited([*texts[other], line], *held)
                among.append(bool(label))
                unnoticed.append(label not in ("", "unsupported"))
    return Credited(*(sum(part) / max(1, len(part)) for part in (own, alone, among, unnoticed)), len(alone))


def _credited(text: Sequence[Analysis], index: SourceIndex, context: StoryContext) -> str:
    """The verdict on the last line of a text; "" where it is credited to nobody."""
    line, evidence = text[-1], attribute_lines(text, index)[-1].evidence
    support = check(line, evidence, index.analyses(evidence), story=context).support
    return support.label if credits_of(evidence, (), support.label, "given").outlets else ""


# --- sets ---------------------------------------------------------------------------------------------


def fixtures() -> Lines:
    """The fixture stories, each with the lines of all its references."""
    stories: dict[str, tuple[Story, list[str]]] = {}
    for aligned in fixture_lines():
        stories.setdefault(aligned.story.id or "", (aligned.story, []))[1].extend(aligned.lines)
    return list(stories.values())


def _real() -> Iterator[tuple[str, Lines]]:
    folder = data_folder()
    for title, name in (
        ("AllSides val", "allsides_val"),
        ("BASIL", "basil_dev"),
        ("news clusters", "news_cluster_dev"),
    ):
        if folder is not None and (folder / "stories" / f"{name}.jsonl.gz").is_file():
            rows = list(read_jsonl(f"stories/{name}"))
            yield (
                title,
                [(story, _lines(row, story)) for row, story in zip(rows, map(Story.from_dict, rows), strict=True)],
            )


def _lines(row: Mapping[str, str], story: Story) -> Sequence[str]:
    summary = row.get("reference", "")
    return [summary[start:end] for start, end in split(summary)] or sentences_of(story)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixtures", action="store_true", help="only the fixtures, for a quick look")
    settings = parser.parse_args(argv)
    print("| lines of other stories | own credited | alone | among the story's | and not called unsupported | lines |")
    print("| --- | --- | --- | --- | --- | --- |")
    _print("fixtures", first := measured(fixtures()))
    for title, stories in () if settings.fixtures else _real():
        _print(title, measured(stories))
    print(f"\n{'BELOW' if first.alone <= MOST else 'ABOVE'} the bar of {MOST:.1%} on the fixtures, alone")
    return int(first.alone > MOST)


def _print(title: str, found: Credited) -> None:
    shares = (f"{share:.1%}" for share in (found.own, found.alone, found.among, found.unnoticed))
    print(f"| {title} | {' | '.join(shares)} | {found.lines} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
