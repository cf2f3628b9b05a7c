"""News articles -> newsum/text/words.tsv: how many articles hold a word, how often it has a capital.

    python -m recipes.words TEXTS.jsonl.gz ... --out newsum/text/words.tsv

Counts only, no running text. A word's case is counted inside sentences, where a capital means a name.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["count", "main", "write"]

_LEAST = 4  # articles; rarer words weigh as if unseen, and a file of them would be mostly typing errors
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[a-z,;] )[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """The body of each article in JSONL files, of articles or of stories."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield from (a["text"] for a in record.get("articles", [record]))


def count(bodies: Iterable[str]) -> tuple[int, Counter[str], Counter[str], Counter[str]]:
    """(articles, articles with a form, its occurrences inside sentences, those with a capital)."""
    total, held, inside, capital = 0, Counter[str](), Counter[str](), Counter[str]()
    for body in bodies:
        total += 1
        body = body.replace("’", "'")
        held.update({w.lower() for w in _WORD.findall(body)})
        forms = _INSIDE.findall(body)
        inside.update(w.lower() for w in forms)
        capital.update(w.lower() for w in forms if w[0].isupper())
    return total, held, inside, capital


def write(out: Path, counts: tuple[int, Counter[str], Counter[str], Counter[str]]) -> None:
    total, held, inside, capital = counts
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{total}\n")
        for form, number in sorted(held.items()):
            if number >= _LEAST:
                share = round(100 * capital[form] / inside[form]) if inside[form] else 100
                file.write(f"{form}\t{number}\t{share}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    settings = parser.parse_args()
    write(settings.out, count(texts(settings.texts)))


if __name__ == "__main__":
    main()
