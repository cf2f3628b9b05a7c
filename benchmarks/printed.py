"""What newsum prints, looked at by an extractor that shares no code with its guard, and lines drawn for reading.

    python -m benchmarks.printed                     # figures, names and dates that are not in a line's evidence: none
    python -m benchmarks.printed --draw 100          # lines to read, by a seed, with what they rest on
    python -m benchmarks.printed --draw 100 --verdicts benchmarks/verdicts.tsv    # counted against the verdicts kept

Briefs are those of AllSides val at 45 words (the fixtures at 60 where it is absent); lines to read come from basil_dev
and news_cluster_dev at 60 words. A figure is a run of digits, a name a word with a capital inside a line. A date that
newsum put in must fall within eight days of a credited article: in brackets, on the weekday before it; else where the
evidence says "today" or the like. Exits with 1 where anything is found. The verdicts hold a line's hash rather than its
text, which belongs to its outlet.
"""

import argparse
import hashlib
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.data import data_folder, read_jsonl
from benchmarks.sets import fixture_sets, real_sets
from newsum.articles import Story
from newsum.summariser import Summariser
from newsum.summary import Line

__all__ = ["contiguous", "digest", "drawn", "main", "strangers"]

_READ_FROM = ("stories/basil_dev", "stories/news_cluster_dev")
_READ_WORDS = 60
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITAL = re.compile(r"(?<=[\w,;:] )[A-Z][\w'’-]*")
_ANNOTATED = re.compile(rf"({'|'.join(_DAYS)})(?: \w+)? \((\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\)")


_SPELT_OUT = re.compile(rf"\bon (?:the \w+ of )?(\d{{1,2}}) ({'|'.join(_MONTHS)})\b")
_RELATIVE = re.compile(r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)\b", re.I)


def strangers(line: Line, story: Story) -> list[str]:
    """The figures, capitalised words and dates of a line that its evidence does not have."""
    evidence = " ".join(e.quote for e in line.evidence).replace("’", "'")
    credited = {e.article for e in line.evidence}
    published = [a.published[:10] for a in story.articles if a.id in credited and a.published]
    wrong = [m[0] for m in _ANNOTATED.finditer(line.text) if not _is_near(m[2], m[3], published, m[1])]
    text = _ANNOTATED.sub(r"\1", line.text).replace("’", "'")
    if _RELATIVE.search(evidence):
        wrong += [m[0] for m in _SPELT_OUT.finditer(text) if not _is_near(m[1], m[2], published)]
        text = _SPELT_OUT.sub("", text)
    figures = [f for f in _FIGURE.findall(text) if f not in _FIGURE.findall(evidence)]
    known = set(re.findall(r"[\w'’-]+", evidence))
    return [*wrong, *figures, *(name for name in _CAPITAL.findall(text) if name not in known)]


def _is_near(day: str, month: str, published: Iterable[str], weekday: str = "") -> bool:
    """Whether a date falls, on that weekday where one is given, within eight days of an article's own."""
    near = (date.fromisoformat(text) + timedelta(days=n) for text in published for n in range(-8, 9))
    found = (d for d in near if (d.day, _MONTHS[d.month - 1]) == (int(day), month))
    return any(not weekday or _DAYS[d.weekday()] == weekday for d in found)


def contiguous(line: Line, story: Story, *, undated: bool = True) -> bool:
    """Whether a line stands in an article as it is, its full stop and, if `undated`, the dates put into it aside."""
    text = (_ANNOTATED.sub(r"\1", line.text) if undated else line.text).rstrip(".")
    return any(text in " ".join(article.text.split()) for article in story.articles)


def drawn(count: int, seed: int) -> list[tuple[Story, Line]]:
    """So many printed lines of the stories kept for reading, drawn by a seed."""
    stories = [Story.from_dict(row) for name in _READ_FROM for row in read_jsonl(name)]
    summaries = Summariser().summarise_many(stories, words=_READ_WORDS)
    lines = [(story, line) for story, summary in zip(stories, summaries, strict=True) for line in summary.lines]
    return random.Random(seed).sample(lines, min(count, len(lines)))


def digest(line: Line) -> str:
    return hashlib.sha256(line.text.encode()).hexdigest()[:12]


def _counted() -> int:
    """Prints what is in no evidence; how many there are."""
    real = [s for s in real_sets() if s.name == "allsides"] or [s for s in fixture_sets() if s.words == 60]
    found, lines = 0, 0
    for stories in real:
        summaries = Summariser().summarise_many(stories.stories, words=stories.words)
        for story, summary in zip(stories.stories, summaries, strict=True):
            for line in summary.lines:
                lines += 1
                if alien := strangers(line, story):
                    found += 1
                    print(f"{', '.join(alien)}: {line.text}\n    {[e.quote for e in line.evidence]}")
        print(f"{stories.title}: {found} of {lines} lines have a figure, name or date that is not in their evidence")
    return found


def _shown(lines: Sequence[tuple[Story, Line]]) -> Iterator[str]:
    for story, line in lines:
        alike = "as it stands" if contiguous(line, story) else "not contiguous"
        also = f" (also {', '.join(line.also)})" if line.also else ""
        yield f"{digest(line)}\t{line.origin}\t{alike}\t[{', '.join(line.outlets)}]{also} {line.text}"
        if line.origin == "model":
            yield from (f"\t\t\t< {e.quote}" for e in line.evidence)


def _judged(lines: Sequence[tuple[Story, Line]], verdicts: Path) -> str:
    rows = (row.split("\t") for row in verdicts.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    known = {row[0]: row[1] for row in rows}
    counts = Counter(known.get(digest(line), "not read") for _, line in lines)
    fresh, dated = (sum(not contiguous(line, s, undated=u) for s, line in lines) for u in (True, False))
    told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
    return f"{len(lines)} lines: {told}; not contiguous {fresh}, {dated} with the dates put in"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verdicts", type=Path)
    asked = parser.parse_args()
    if asked.draw is None:
        return 1 if _counted() else 0
    if data_folder() is None:
        print("no lines to read: NEWSUM_DATA names no folder with basil_dev and news_cluster_dev", file=sys.stderr)
        return 1
    lines = drawn(asked.draw, asked.seed)
    print("\n".join(_shown(lines)) if asked.verdicts is None else _judged(lines, asked.verdicts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
