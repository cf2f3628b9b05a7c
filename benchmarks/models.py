"""Other people's models behind the guard: what they write, what the guard lets stand, and the lines to read.

In: a checkpoint's name or folder, or a server's address and model. Out: the share of its lines that are supported,
replaced or dropped, and a file with each line it wrote, unguarded, its label, and whether the guard printed it: what is
untrue only a reader can say. Run: python -m benchmarks.models --model FOLDER --out lines.jsonl
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.timing import real_stories
from newsum.articles import Story
from newsum.generation import ChatEndpoint, Writer
from newsum.summariser import Summariser
from newsum.summary import Summary

__all__ = ["written"]

WORDS = 60


def written(model: str | Writer, stories: Sequence[Story], backend: str = "auto") -> list[tuple[Summary, Summary]]:
    """(each brief with every line as the model wrote it, the same brief as the guard lets it stand)."""
    asked = Summariser(model=model, backend=backend, unsupported="flag")
    free = [asked.summarise(story, words=WORDS) for story in stories]
    told = iter([[line.text for line in brief.lines if line.origin == "model"] for brief in free])

    class Again:
        """What the model wrote, once more: its brief is not written twice."""

        name = "again"

        def write(self, prompts: Sequence[object]) -> list[list[str]]:
            return [["\n".join(next(told))] for _ in prompts]

    guarded = Summariser(model=Again())
    return [(brief, guarded.summarise(story, words=WORDS)) for brief, story in zip(free, stories, strict=True)]


def _rows(pairs: Sequence[tuple[Summary, Summary]]) -> list[dict[str, object]]:
    return [
        {
            "story": number,
            "text": line.text,
            "label": line.support.label,
            "score": round(line.support.score, 3),
            "outlets": line.outlets,
            "stands": any(line.text == kept.text for kept in guarded.lines),
        }
        for number, (free, guarded) in enumerate(pairs)
        for line in free.lines
        if line.origin == "model"
    ]


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--endpoint")
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    model = ChatEndpoint(given.endpoint, given.model, timeout=600.0) if given.endpoint else given.model
    pairs: list[tuple[Summary, Summary]] = []
    for story in real_stories(given.stories):
        pairs += written(model, [story], given.backend)
        given.out.write_text("".join(f"{json.dumps(row)}\n" for row in _rows(pairs)), encoding="utf-8")
    rows = _rows(pairs)
    print(f"{len(pairs)} briefs, {len(rows)} lines; stand: {sum(bool(row['stands']) for row in rows)}")
    print("labels:", dict(Counter(str(row["label"]) for row in rows)))
    print("printed, by origin:", dict(Counter(line.origin for _, guarded in pairs for line in guarded.lines)))


if __name__ == "__main__":
    _main()
