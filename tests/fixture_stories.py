"""The fixture stories as tests use them: their articles, and the lines that people wrote with what each rests on.

In: examples/stories. Out: `Story`s by name and `ReferenceLine`s, each with the articles that it draws on.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsum.articles import Story
from newsum.reading import read

FOLDER = Path(__file__).parents[1] / "examples" / "stories"
NAMES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/story.toml")))


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A line of a fixture story's reference, with the ids of the articles that it rests on."""

    story: str
    text: str
    rests_on: frozenset[str]


@cache
def story(name: str) -> Story:
    """One fixture story; its articles in the order of their files."""
    return Story(tuple(read(FOLDER / name)), id=name)


@cache
def reference_lines(name: str) -> tuple[ReferenceLine, ...]:
    """The lines of both references of a story."""
    folder = FOLDER / name
    files = [path.name for path in sorted(folder.glob("*.md"))]
    ids = {file: article.id for file, article in zip(files, story(name).articles, strict=True)}
    references = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))["references"]
    return tuple(
        ReferenceLine(name, line["text"], frozenset(ids[source["article"]] for source in line["rests_on"]))
        for reference in references
        for line in reference["lines"]
    )
