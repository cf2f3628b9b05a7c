"""Wire copies with known origins: how many newsum finds, and how many others it takes for copies.

A copy is made from a real article as an outlet makes one, with 10 to 40% of its words changed: words replaced at
random places by words of another article, sentences cut, an opening put in front that is not in the heap, or a third
of each with the paragraphs in another order. Beside them stand independent articles on the same events, which are the
hardest to tell apart: the heap holds all the articles of stories that several outlets told, and copies of one of each.
What shares a fifth of its word five-grams with another (a measure that newsum itself does not use) was taken out
beforehand. Precision is the share of the pairs put together that have one origin, recall the share of the pairs of
article and copy that are together.

The articles are those of allsides_train, from which newsum's thresholds were set, and `text/news_articles`, which
nobody looked at; without the data, the fixture stories'. The peer is the rule that newsum had before: a third of the
shorter text's five-grams outside quotations, of every two of the first texts.

The last figure is of allsides_val as it is: what newsum joins there, and how many of those pairs are independent, which
is to say, share less than a fifth of their five-grams.

    python -m benchmarks.copies         exit code 1 where precision is below .98, recall below .95, or one is joined
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import chain, combinations
from pathlib import Path

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bars import bar, printed
from benchmarks.data import data_folder, read_jsonl
from benchmarks.sets import FIXTURES
from newsum.reading import read_stories
from newsum.similarity.copies import families

__all__ = [
    "KINDS",
    "SHARES",
    "Score",
    "containment",
    "copies_report",
    "edited",
    "every_two",
    "heap",
    "independent",
    "joined_though_independent",
    "main",
    "score",
    "shingles",
]

KINDS = ("words replaced", "sentences cut", "own opening", "all, paragraphs moved")
SHARES = (0.1, 0.2, 0.3, 0.4)
PRECISION, RECALL = 0.98, 0.95
_SEED = 7
_SIZE = range(1_000, 15_000)  # characters of an article that is copied
_OWN = 0.2  # of the five-grams: articles of one story that share more are no independent reports
_SHINGLE = 5  # words; shorter runs are shared by chance in news ("on Tuesday, according to a")
_WORD = re.compile(r"(\w+)")
_FORM = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’])\s+")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")

Finder = Callable[[Sequence[str]], list[list[int]]]


# --- making copies ----------------------------------------------------------------------------


def edited(text: str, kind: str, share: float, rng: random.Random, other: str) -> str:
    """The text as another outlet might carry it, with about `share` of its words changed.

    Args:
        kind: one of `KINDS`.
        other: the text that new words and an opening come from.
    """
    match kind:
        case "words replaced":
            return _replaced(text, share, rng, other)
        case "sentences cut":
            return _cut(text, share, rng)
        case "own opening":
            return _opened(text, share, other)
    text = _cut(_replaced(text, share / 3, rng, other), share / 3, rng)
    paragraphs = [paragraph for paragraph in text.split("\n") if paragraph.strip()]
    return _opened("\n".join(rng.sample(paragraphs, len(paragraphs))), share / 3, other)


def _replaced(text: str, share: float, rng: random.Random, other: str) -> str:
    parts, words = _WORD.split(text), _WORD.findall(other)
    places = range(1, len(parts), 2)
    for place in rng.sample(places, round(share * len(places))):
        parts[place] = rng.choice(words)
    return "".join(parts)


def _cut(text: str, share: float, rng: random.Random) -> str:
    lines = [_SENTENCE.split(line) for line in text.split("\n")]
    places = [(row, column) for row, line in enumerate(lines) for column in range(len(line))]
    left = share * len(text.split())
    for row, column in rng.sample(places, len(places)):
        if (words := len(lines[row][column].split())) <= left:
            lines[row][column], left = "", left - words
    return "\n".join(" ".join(filter(None, line)) for line in lines)


def _opened(text: str, share: float, other: str) -> str:
    """The text with an opening that is a share of the whole."""
    return f"{' '.join(other.split()[: round(share / (1 - share) * len(text.split()))])}\n{text}"


# --- word five-grams ----------------------------------------------------------------------------


def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of five words in a text; of all its words where it has fewer.

    Broder 1997, "On the resemblance and containment of documents".
    """
    forms = _FORM.findall(text.casefold())
    if not forms:
        return frozenset()
    return frozenset(hash(tuple(forms[i : i + _SHINGLE])) for i in range(max(1, len(forms) - _SHINGLE + 1)))


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """The share, 0..1, of the smaller text's shingles that the other has too."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


# --- measuring --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of article and copy found, of all; pairs put together rightly, of all put together."""

    found: int
    copies: int
    right: int
    joined: int

    @property
    def recall(self) -> float:
        return self.found / max(1, self.copies)

    @property
    def precision(self) -> float:
        return self.right / self.joined if self.joined else 1.0


def score(texts: Sequence[str], origin: Sequence[int], finder: Finder = families) -> Score:
    """How a finder fares where origin[i] is the place of the text that text i was made from, or its own place."""
    groups = finder(texts)
    family = {place: number for number, group in enumerate(groups) for place in group}
    copies = [place for place in range(len(texts)) if origin[place] != place]
    found = sum(place in family and family[place] == family.get(origin[place]) for place in copies)
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return Score(found, len(copies), sum(origin[a] == origin[b] for a, b in pairs), len(pairs))


def every_two(texts: Sequence[str]) -> list[list[int]]:
    """The former rule, on every two texts: a third of the five-grams outside quotations."""
    prints = [shingles(_QUOTED.sub(" ", text)) for text in texts]
    first = list(range(len(texts)))
    for a, b in combinations(range(len(texts)), 2):
        if containment(prints[a], prints[b]) >= 0.35:
            first = [first[a] if each == first[b] else each for each in first]
    groups: dict[int, list[int]] = {}
    for place, leader in enumerate(first):
        groups.setdefault(leader, []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def heap(
    stories: Sequence[Sequence[str]], others: Sequence[str], kind: str, share: float, seed: int = _SEED
) -> tuple[list[str], list[int]]:
    """The stories' texts with a copy of one text of each, and every text's origin.

    Args:
        others: texts that are not in the heap, for openings and new words; each serves once.
    """
    rng = random.Random(f"{seed} {kind} {share}")
    texts = [text for story in stories for text in story]
    origin = list(range(len(texts)))
    for story, other in zip(stories, rng.sample(others, len(stories)), strict=True):
        if long := [text for text in story if len(text) in _SIZE]:
            chosen = rng.choice(long)
            origin.append(texts.index(chosen))
            texts.append(edited(chosen, kind, share, rng, other))
    return texts, origin


def independent(stories: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """The stories without the texts that share a fifth of their five-grams with one before them."""
    held: dict[int, list[int]] = {}
    sizes: list[int] = []
    for story in stories:
        kept = []
        for text in story:
            runs = shingles(text)
            shared = Counter(chain(*(held.get(run, ()) for run in runs)))
            if all(common < _OWN * min(len(runs), sizes[other]) for other, common in shared.items()):
                kept.append(text)
                for run in runs:
                    held.setdefault(run, []).append(len(sizes))
                sizes.append(len(runs))
        yield kept


def _sets() -> Iterator[tuple[str, list[list[str]], list[str]]]:
    """Name, stories, and texts that are in none of them."""
    if data_folder() is None:
        stories = list(independent([a.text for a in story.articles] for story in read_stories(FIXTURES)))
        yield "fixtures", stories[:8], list(chain(*stories[8:]))
        return
    of_other_years = [[row["articles"][0]["text"]] for row in read_jsonl("text/bbc_news_summary")]
    others = list(chain(*independent(of_other_years)))
    told = ([article["text"] for article in row["articles"]] for row in read_jsonl("stories/allsides_train"))
    yield "allsides_train", list(independent(told)), others
    news = [[row["text"]] for row in read_jsonl("text/news_articles") if len(row["text"]) in _SIZE]
    yield "news_articles", list(independent(random.Random(_SEED).sample(news, 1000))), others


def joined_though_independent(texts: Sequence[str], finder: Finder = families) -> tuple[int, list[tuple[int, int]]]:
    """How many pairs are joined, and the places of those that share less than a fifth of their five-grams."""
    pairs = [pair for group in finder(texts) for pair in combinations(group, 2)]
    return len(pairs), [(a, b) for a, b in pairs if containment(shingles(texts[a]), shingles(texts[b])) < _OWN]


def copies_report() -> Iterator[str]:
    """Rows of a Markdown table, and of what must hold."""
    yield "| articles | changed | " + " | ".join(f"{share:.0%}" for share in SHARES) + " | five-grams, every two: 40% |"
    yield "| --- " * (len(SHARES) + 3) + "|"
    wholes = {}
    for name, stories, others in _sets():
        totals = []
        for kind in KINDS:
            scores = [score(*heap(stories, others, kind, share)) for share in SHARES]
            texts, origin = heap(stories[:60], others, kind, SHARES[-1])
            peer = score(texts, origin, every_two)
            totals += scores
            cells = [f"{s.precision:.3f} / {s.recall:.3f}" for s in (*scores, peer)]
            yield f"| {name} | {kind} | {' | '.join(cells)} |"
        wholes[name] = Score(*map(sum, zip(*map(astuple, totals), strict=True)))
    yield ""
    for name, whole in wholes.items():
        figures = f"precision {whole.precision:.3f}, recall {whole.recall:.3f} ({PRECISION}, {RECALL})"
        yield bar(f"copies of {name}: {figures}", holds=whole.precision >= PRECISION and whole.recall >= RECALL)
    if data_folder() is not None:
        told = [a["text"] for row in read_jsonl("stories/allsides_val") for a in row["articles"] if a["text"]]
        pairs, wrong = joined_though_independent(told)
        figures = f"{pairs} pairs of {len(told)} articles joined, of which {len(wrong)} are independent"
        yield bar(f"allsides_val: {figures} (0)", holds=not wrong)


def main() -> int:
    if data_folder() is None:
        print("no benchmark data (NEWSUM_DATA names no folder): the fixture stories stand in\n")
    print("Precision / recall of the pairs put together\n")
    return printed(copies_report())


if __name__ == "__main__":
    sys.exit(main())
