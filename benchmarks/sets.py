"""The sets of stories that systems are measured on: the fixtures always, real news where it is there.

Each set has the length it asks for, and a hash of all that a score rests on. The real sets are for reporting: nothing
is tuned on them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import data_folder, read_jsonl
from newsum.articles import Story
from newsum.evaluation.datasets import Example, load

__all__ = ["FIXTURES", "StorySet", "fixture_sets", "real_sets"]

FIXTURES = Path(__file__).resolve().parents[1] / "examples" / "stories"
_LENGTHS = (60, 120)  # words of the fixtures' references
_REAL = {
    "allsides": ("AllSides val", "stories/allsides_val", 45),
    "multiling": ("MultiLing 2011 dev", "stories/multiling2011_dev", 250),
    "spark": ("SPARK dev", "alignment/spark_dev", 225),
}


@dataclass(frozen=True, slots=True)
class StorySet:
    """Stories with references; `words` is the length asked for."""

    name: str
    title: str
    words: int
    examples: tuple[Example, ...]

    @property
    def stories(self) -> list[Story]:
        return [example.story for example in self.examples]

    @property
    def references(self) -> list[list[str]]:
        return [list(example.references) for example in self.examples]

    @property
    def sha256(self) -> str:
        """Of the articles and references, in order."""
        digest = hashlib.sha256()
        for example in self.examples:
            articles = [(article.outlet, article.published, article.text) for article in example.story.articles]
            row = [articles, example.references, self.words]
            digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def fixture_sets() -> Iterator[StorySet]:
    for words in _LENGTHS:
        examples = tuple(load(FIXTURES, words=words))
        yield StorySet(f"fixtures-{words}", f"{len(examples)} fixture stories", words, examples)


def real_sets() -> Iterator[StorySet]:
    """Those whose file is in the data folder."""
    folder = data_folder()
    for name, (title, file, words) in _REAL.items():
        if folder is not None and (folder / f"{file}.jsonl.gz").is_file():
            yield StorySet(name, title, words, tuple(_examples(file)))


def _examples(file: str) -> Iterable[Example]:
    for row in read_jsonl(file):
        yield Example(Story.from_dict(row), tuple(row.get("references") or [row["reference"]]))
