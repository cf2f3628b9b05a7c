"""Learns the Punkt parameters that newsum.text.sentences loads from news texts.

nltk's PunktTrainer (Kiss and Strunk, 2006) finds abbreviations, collocations across a stop and
frequent sentence starters without any labels. Three things differ from its defaults, each for a
fault seen on news:

- Its penalty for an abbreviation met without its stop is off. A few British "Mr" and "Inc" in
  thousands of articles otherwise cancel "Mr." and "Inc." altogether; the likelihood ratio under
  the penalty already weighs how often the stop is missing.
- Abbreviations need the evidence of several uses, some of them inside a sentence, so that a rare
  name at a sentence's end ("Roddick.") does not become one.
- Whether a word is written with a capital counts by share, not by one occurrence: every common
  word stands in some headline, and Punkt as it comes then no longer takes "The" for a start.

Words that never stand in lower case (names) are left out: Punkt treats them as it treats words
it has not met. What is saved is word types only, sorted, in the files of nltk's
`save_punkt_params`; the same texts give the same bytes.

    python -m recipes.punkt TEXTS.jsonl.gz ... --out newsum/text/punkt_parameters
"""

import argparse
import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from newsum.text.lexicon import plain_marks

__all__ = ["main", "read_texts", "save", "train"]

_SEEN_ABBREVIATION = 8  # uses with the stop; below, most of what is found is names and typing errors
_SHORT = 4  # letters; "Reps." is one, "inbox." (it ends a newsletter's notice in every article) is not
_SEEN_INSIDE = 0.1  # of those uses go on in lower case, with a comma or a number: "5 p.m. on", "Jan. 5"
_SEEN_OFTEN = 50  # uses after which a short word needs no such evidence: names always follow "Sen."
_SEEN_TOGETHER = 4  # uses of a pair across a stop, above which it can be a collocation: "p.m. Monday"
_SEEN_WORD = 5  # uses of a word before its habits of capitals count
_HABIT = 0.05  # share from which a way of writing a word is its habit and not a headline or a slip
_ABBREVIATION = re.compile(r"(?:[^\W\d_]+[.&-])*[^\W\d_]+")
_INSIDE = re.compile(r"(?<!\S)[\"'(\[]*([^\s\"'(\[]{1,12})\.(?:[,;:]|\)?,?\s+(?:[a-z]|\d))")


def read_texts(path: Path) -> Iterator[str]:
    """The articles' texts of a JSON-lines file (gzip or plain), each line an article or a story."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (article["text"] for article in row.get("articles", [row]))


def train(texts: Iterable[str]) -> Any:
    """Punkt parameters learned from texts, pruned to what changes a decision.

    Returns:
        An object with `abbrev_types`, `collocations`, `sent_starters` (sorted lists) and
        `ortho_context` (a sorted dict), as nltk's `save_punkt_params` writes them.
    """
    from nltk.tokenize.punkt import PunktTrainer

    text = plain_marks("\n\n".join(texts))  # Punkt takes only straight quotes off a word
    trainer: Any = PunktTrainer()
    trainer.IGNORE_ABBREV_PENALTY = True
    trainer.INCLUDE_ABBREV_COLLOCS = True
    trainer.MIN_COLLOC_FREQ = _SEEN_TOGETHER
    trainer.ABBREV_BACKOFF = 0  # rare abbreviations: one comma after a name's stop would do
    trainer._params = _counting_parameters()
    trainer.train(text)
    return _pruned(trainer.get_params(), trainer._type_fdist, _uses_inside(text))


def _counting_parameters() -> Any:
    """PunktParameters that also count how often each way of writing a word was seen."""
    from nltk.tokenize.punkt import PunktParameters

    class Counting(PunktParameters):  # type: ignore[misc]  # nltk has no types
        def __init__(self) -> None:
            super().__init__()
            self.written: Counter[tuple[str, int]] = Counter()

        def add_ortho_context(self, typ: str, flag: int) -> None:
            super().add_ortho_context(typ, flag)
            self.written[typ, flag] += 1

    return Counting()


def _uses_inside(text: str) -> Counter[str]:
    """How often each word with a stop is followed by something that goes on with the sentence."""
    return Counter(found[1].lower() for found in _INSIDE.finditer(text))


def _pruned(params: Any, seen: Any, inside: Counter[str]) -> Any:
    abbreviations = {word for word in params.abbrev_types if _is_abbreviation(word, seen[f"{word}."], inside[word])}
    context = {word: _habits(word, params.written) for word in params.ortho_context if seen[word] >= _SEEN_WORD}
    context = {word: flags for word, flags in context.items() if flags & _LOWER and word.isalpha()}
    return SimpleNamespace(
        abbrev_types=sorted(abbreviations),
        collocations=sorted(pair for pair in params.collocations if _is_collocation(pair)),
        sent_starters=sorted(word for word in params.sent_starters if word in context),
        ortho_context=dict(sorted(context.items())),
    )


def _is_abbreviation(word: str, uses: int, inside: int) -> bool:
    if not _ABBREVIATION.fullmatch(word) or uses < _SEEN_ABBREVIATION:
        return False
    return "." in word or inside >= _SEEN_INSIDE * uses or (uses >= _SEEN_OFTEN and len(word) <= _SHORT)


def _is_collocation(pair: tuple[str, str]) -> bool:
    return all(re.fullmatch(r"[^\W\d_][\w.'&-]*|##number##", word) for word in pair)


# nltk's flags for where and how a word was written; it keeps them private
_BEGINS_UPPER, _INSIDE_UPPER, _UNKNOWN_UPPER = 1 << 1, 1 << 2, 1 << 3
_BEGINS_LOWER, _INSIDE_LOWER, _UNKNOWN_LOWER = 1 << 4, 1 << 5, 1 << 6
_LOWER = _BEGINS_LOWER | _INSIDE_LOWER | _UNKNOWN_LOWER


def _habits(word: str, written: Counter[tuple[str, int]]) -> int:
    """The flags of a word, leaving out a way of writing it that is rare in that place."""
    flags = 0
    for upper, lower in (
        (_BEGINS_UPPER, _BEGINS_LOWER),
        (_INSIDE_UPPER, _INSIDE_LOWER),
        (_UNKNOWN_UPPER, _UNKNOWN_LOWER),
    ):
        both = written[word, upper] + written[word, lower]
        flags |= sum(flag for flag in (upper, lower) if both and written[word, flag] >= _HABIT * both)
    return flags


def save(params: Any, folder: Path) -> None:
    """Write parameters as nltk's four plain-text files.

    nltk writes only below its own data folders, so the files are made in one and moved.
    """
    from nltk.tokenize.punkt import save_punkt_params

    made = Path(save_punkt_params(params))
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(made.iterdir()):
        shutil.copyfile(file, folder / file.name)
    shutil.rmtree(made)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m recipes.punkt", description="Train Punkt on news texts.")
    parser.add_argument("texts", nargs="+", type=Path, help="JSON lines of articles or stories, plain or gzip")
    parser.add_argument("--out", required=True, type=Path, help="folder for the four parameter files")
    options = parser.parse_args(arguments)
    params = train(text for path in options.texts for text in read_texts(path))
    save(params, options.out)
    found = (params.abbrev_types, params.collocations, params.sent_starters, params.ortho_context)
    print("{} abbreviations, {} collocations, {} sentence starters, {} words".format(*map(len, found)))


if __name__ == "__main__":
    main()
