"""Traces each brief that another checkout prints otherwise to what made the difference: a word, a mark or a finding.

    python -m benchmarks.tracing ../old    # from the newer checkout
    python -m benchmarks.tracing --written OLD.jsonl NEW.jsonl    # that benchmarks.unchanged wrote already

In: two checkouts and the data folder. Out: a row a brief. A cause is what this checkout has to be without to print
what the other prints: a word of newsum/text/lexicon.py, taken out of all its lists; one way of quoting; that a month or
weekday ends where its word ends; one kind of finding. Causes are tried one by one, each in a process of its own, words
of the lines that differ before others; the first that does is named, though another may do too. The exit code is 1
where a brief has no cause among them.
"""

import argparse
import importlib
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args

from benchmarks import unchanged
from benchmarks.unchanged import Key, Row
from newsum.articles import Story

__all__ = ["Brief", "Cause", "causes", "main", "traced", "without"]

_PATTERNS = ("WEEKDAY", "MONTH")  # of the lexicon, that end where a word ends


@dataclass(frozen=True, slots=True)
class Cause:
    """What this checkout has to be without: a word, a mark that opens quotations, a pattern's end, a kind of finding.

    "nothing" is tried first: a brief that is the other's when asked for alone needs no cause.
    """

    kind: Literal["nothing", "word", "quotation", "ending", "finding"]
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".rstrip()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief that the two checkouts print otherwise.

    Attributes:
        differing: the lines that only one of them has, in lower case.
        before: what the other checkout prints.
    """

    key: Key
    story: Story
    differing: str
    before: str

    @property
    def said(self) -> str:
        """All that its articles say, in lower case."""
        return "\n".join(f"{a.title}\n{a.text}" for a in self.story.articles).lower()


# --- causes -------------------------------------------------------------------------------------------------


def causes(briefs: Sequence[Brief]) -> Iterator[Cause]:
    """What may have made the difference: what is quickly tried, then words, those of the lines that differ first."""
    lexicon = importlib.import_module("newsum.text.lexicon")
    yield from (Cause("quotation", way[0]) for way in _ways_to_quote(lexicon))
    yield from (Cause("ending", name) for name in _PATTERNS)
    yield from (Cause("finding", kind) for kind in get_args(_findings().FindingKind))
    lists = (value for value in vars(lexicon).values() if isinstance(value, frozenset | tuple | Mapping))
    words = sorted({word for value in lists for word in value if isinstance(word, str) and word})
    near = [word for word in words if any(_stands(word, brief.differing) for brief in briefs)]
    yield from (Cause("word", word) for word in dict.fromkeys((*near, *words)))


def _ways_to_quote(lexicon: ModuleType) -> list[str]:
    """The alternatives of the pattern of quotations, each of which begins with its mark."""
    ways: list[str] = lexicon.QUOTED.pattern.split("|")
    return ways


def _findings() -> ModuleType:
    return importlib.import_module("newsum.checking.findings")


def _concerns(cause: Cause, brief: Brief) -> bool:
    return cause.kind != "word" or _stands(cause.name, brief.said)


def _stands(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}\b", text) is not None


def without(word: str, value: Any) -> Any:
    """A list of the lexicon without a word; a tuple, whose places count, has nothing in its place.

    >>> without("two", ("one", "two")), without("Mon", "(?:Tues|Mon)"), without("a", frozenset("ab"))
    (('one', '\\x00'), '(?:Tues)', frozenset({'b'}))
    """
    if isinstance(value, frozenset):
        return value - {word}
    if isinstance(value, tuple):
        return tuple("\0" if each == word else each for each in value)
    if isinstance(value, dict):
        return {key: each for key, each in value.items() if key != word}
    if isinstance(value, str) and value.startswith("(?:"):
        return f"(?:{'|'.join(each for each in value[3:-1].split('|') if each != word)})"
    return value


# --- this checkout without a cause --------------------------------------------------------------------------


def _take_away(cause: Cause) -> None:
    """This process's newsum becomes one without the cause; what asks the lexicon must not be imported yet."""
    lexicon = importlib.import_module("newsum.text.lexicon")
    own = vars(lexicon)
    if cause.kind == "word":
        own |= {name: without(cause.name, value) for name, value in own.items() if name.isupper()}
    elif cause.kind == "quotation":
        own["QUOTED"] = re.compile("|".join(way for way in _ways_to_quote(lexicon) if way[0] != cause.name))
    elif cause.kind == "ending":
        own[cause.name] = rf"(?:{own[cause.name]}\w*)"
    elif cause.kind == "finding":
        _take_finding_away(cause.name)


def _take_finding_away(kind: str) -> None:
    importlib.import_module("newsum.summariser")
    findings = _findings().findings

    def fewer(*args: Any, **options: Any) -> tuple[Any, ...]:
        return tuple(finding for finding in findings(*args, **options) if finding.kind != kind)

    for module in [module for name, module in sys.modules.items() if name.startswith("newsum.")]:
        for alias in [alias for alias, value in vars(module).items() if value is findings]:
            setattr(module, alias, fewer)


def _printed(briefs: Sequence[tuple[Key, Story]], cause: Cause) -> list[str]:
    """The briefs as this checkout prints them without a cause; asked in a process that has printed none."""
    _take_away(cause)
    summarising = importlib.import_module("newsum.summariser").Summariser
    models = {key[2] for key, _ in briefs}
    summarisers = {model: summarising(model=None if model == "None" else model) for model in models}
    return [str(summarisers[key[2]].summarise(story, words=key[3])) for key, story in briefs]


# --- briefs -------------------------------------------------------------------------------------------------


def traced(briefs: Sequence[Brief], *, jobs: int = 1) -> dict[Key, str]:
    """For each brief the first cause without which it is what the other checkout prints; "" where there is none."""
    found: dict[Key, str] = {}
    rest = iter((Cause("nothing"), *causes(briefs)))
    with multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        while len(found) < len(briefs) and (some := list(islice(rest, jobs))):
            waiting = [brief for brief in briefs if brief.key not in found]
            each = [(cause, [brief for brief in waiting if _concerns(cause, brief)]) for cause in some]
            asked = [(cause, own) for cause, own in each if own]
            tasks = [([(brief.key, brief.story) for brief in own], cause) for cause, own in asked]
            for (cause, own), texts in zip(asked, pool.starmap(_printed, tasks), strict=True):
                same = [brief.key for brief, text in zip(own, texts, strict=True) if text == brief.before]
                found = dict.fromkeys(same, str(cause)) | found
    return {brief.key: found.get(brief.key, "") for brief in briefs}


def _differing(before: Mapping[Key, Row], after: Mapping[Key, Row]) -> list[Brief]:
    stories = {(name, str(story.id)): story for name, story in unchanged.stories()}
    changed = [key for key in before.keys() & after.keys() if before[key]["text"] != after[key]["text"]]
    return [
        Brief(key, stories[key[:2]], _only_one_has(before[key], after[key]), before[key]["text"])
        for key in sorted(changed)
    ]


def _only_one_has(before: Row, after: Row) -> str:
    return "\n".join(sorted(set(before["lines"]) ^ set(after["lines"]))).lower()


def _write(checkout: Path, out: Path, models: Sequence[str]) -> None:
    script = Path(unchanged.__file__).resolve()
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve())}
    command = [sys.executable, str(script), "write", str(out.resolve()), "--models", *models]
    subprocess.run(command, env=environment, cwd=checkout, check=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path, nargs="?", help="the other checkout's folder")
    parser.add_argument("--written", nargs=2, type=Path, metavar=("OLD", "NEW"))
    parser.add_argument("--models", nargs="+", default=["none"])
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    if not (chosen.old or chosen.written):
        parser.error("name the other checkout's folder, or the briefs --written by both")
    with tempfile.TemporaryDirectory() as folder:
        files = chosen.written or (Path(folder) / "old.jsonl", Path(folder) / "new.jsonl")
        if not chosen.written:
            for checkout, out in zip((chosen.old, Path(__file__).resolve().parents[1]), files, strict=True):
                _write(checkout, out, chosen.models)
        before, after = map(unchanged.read, files)
    briefs = _differing(before, after)
    found = traced(briefs, jobs=chosen.jobs)
    for key, cause in found.items():
        print(*key, "|", cause or "no cause found")
    common, known = len(before.keys() & after.keys()), sum(map(bool, found.values()))
    print(f"{len(briefs)} of {common} briefs differ; {known} are traced")
    return int(not all(found.values()))


if __name__ == "__main__":
    sys.exit(main())
