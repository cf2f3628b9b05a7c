"""Other people's models behind the guard: what they write, what of it is untrue, and what the guard lets stand.

    python -m benchmarks.models write --model FOLDER --backend torch --out answers/torch.jsonl    # one engine at a time
    python -m benchmarks.models write --serve FILE.gguf --out answers/server.jsonl                # newsum[servers]
    python -m benchmarks.models sheet answers/*.jsonl > sheet.txt       # the lines, unguarded, with their articles
    python -m benchmarks.models guard answers/*.jsonl --verdicts benchmarks/models.tsv

In: a checkpoint, or one behind a real server, and 20 development stories (`--stories tuning`: others, to tune the guard
on). Out: the answers, each written once; a sheet to read blind, without a word of what the guard thinks; and for each
engine the shares of its lines that are supported, flagged and replaced, and, joined with a reader's verdicts, of the
untrue and of the true ones that the guard takes out. The verdicts name a line by its hash: its text is mostly an
outlet's. The bars are issue 23's.
"""

import argparse
import hashlib
import json
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from benchmarks.data import read_jsonl
from newsum.articles import Story
from newsum.errors import NewsumError
from newsum.generation import Candidate, ChatEndpoint, ChatModel, Prompt, Writer, load
from newsum.generation.prompting import messages
from newsum.judging import Entailment, Judge, Pair, load_judge
from newsum.planning.intake import prepared
from newsum.similarity.stories import StoryAnalysis
from newsum.system.choices import Unsupported
from newsum.writing.selection import most_words
from newsum.writing.settling import settled
from newsum.writing.standing import Found, Sources
from newsum.writing.strategies import Offer, answers, draft
from recipes.aside import held_out

__all__ = ["Guarded", "Line", "digest", "guarded", "lines_of", "main", "reckoned", "stories"]

WORDS = 60
WINDOW = 1500  # tokens of a prompt; with all that the model reads a brief takes two minutes of a processor
UNTRUE_OUT, TRUE_OUT = 0.8, 0.15  # of the untrue lines the guard takes out so many at least, of the true ones at most
_EVERY = 4  # of a development set's stories are of one draw
_DRAWS = {"measured": 0, "second": 1, "third": 2, "fourth": 3}  # where in each four its story stands
_MOST = {"stories/basil_dev": 13, "stories/news_cluster_dev": 7}
_TUNING = 60


def stories(name: str) -> list[Story]:
    """The stories of a draw: "tuning" are training ones kept aside, all others development stories."""
    if name == "tuning":
        kept = (row for row in read_jsonl("stories/allsides_train") if held_out(row["story_id"]))
        return [Story.from_dict(row) for row in islice(kept, _TUNING)]
    return [
        Story.from_dict(row)
        for file, most in _MOST.items()
        for row in islice(read_jsonl(file), _DRAWS[name], _EVERY * most, _EVERY)
    ]


# --- writing --------------------------------------------------------------------------------------------


def write(model: Writer, name: str, out: Path) -> None:
    """Writes the answers of a model, story by story, with the engine that ran it and its processor seconds."""
    with out.open("w", encoding="utf-8") as rows:
        for story in stories(name):
            began = time.process_time()
            asked = draft(prepared(story, "to summarise")[0], WORDS, model)
            (answer,) = answers([asked], model)
            if isinstance(answer, NewsumError):
                raise answer
            text = next((candidate.text for candidate in answer), "")
            row = Answered(name, str(story.id), getattr(model, "engine", ""), text, time.process_time() - began)
            rows.write(f"{json.dumps(asdict(row), ensure_ascii=False)}\n")
            rows.flush()
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


@contextmanager
def served(weights: Path, threads: int) -> Iterator[ChatEndpoint]:
    """llama.cpp's server on this machine, with a GGUF file."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx = 8192
    settings.n_parallel = 1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(settings)
    yield ChatEndpoint(f"{server.listening_address}/v1", weights.stem, timeout=600.0, window=WINDOW)
    del server


# --- the lines, unguarded -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a model wrote, as it would be printed without the guard."""

    story: str
    text: str

    @property
    def id(self) -> str:
        return digest(self.story, self.text)


def digest(story: str, text: str) -> str:
    """A line's name."""
    return hashlib.sha256(f"{story}\n{text}".encode()).hexdigest()[:12]


def lines_of(answer: str, story: Story) -> list[Line]:
    """The lines of an answer as far as the words go that were asked for; no guard has seen them."""
    kept: list[Line] = []
    size = 0
    for option in _offer(answer, prepared(story, "to summarise")[0]).options:
        if not kept or size + option.analysis.size <= most_words(WORDS):
            size += option.analysis.size
            kept.append(Line(str(story.id), option.text))
    return kept


def _offer(answer: str, story: StoryAnalysis) -> Offer:
    return draft(story, WORDS, Silent()).offer([Candidate(answer)])


def sheet(files: Sequence[Path]) -> Iterator[str]:
    """Each story with its articles, and the lines of all answers once, in the order of their hashes."""
    told = list(answered(files))
    of_story = {str(story.id): story for name in dict.fromkeys(row.draw for row in told) for story in stories(name)}
    for key, story in of_story.items():
        lines = {line.id: line for row in told if row.story == key for line in lines_of(row.text, story)}
        yield f"=== {key}"
        yield from (f"--- {a.outlet}, {a.published}: {a.title}\n{a.text}" for a in story.articles)
        yield "--- lines"
        yield from (f"{name}\t{lines[name].text}" for name in sorted(lines))


@dataclass(frozen=True, slots=True)
class Answered:
    """What one engine wrote of one story."""

    draw: str
    story: str
    engine: str
    text: str
    seconds: float = 0.0


def answered(files: Iterable[Path]) -> Iterator[Answered]:
    """The rows of files that `write` wrote."""
    for file in files:
        for row in file.read_text(encoding="utf-8").splitlines():
            yield Answered(**json.loads(row))


# --- the guard ------------------------------------------------------------------------------------------


class Remembering:
    """A judge that is asked each pair once: the ways to treat what is unsupported ask the same."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._known: dict[Pair, Entailment] = {}

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if new:
            self._known |= dict(zip(new, self._judge.entailment(new), strict=True))
        return [self._known[pair] for pair in pairs]


class Silent:
    """A writer whose answers are there already; `shown` says what it was told, as a chat is."""

    name = "silent"

    def shown(self, prompt: Prompt) -> str:
        return "\n\n".join(message["content"] for message in messages(prompt))

    def write(self, prompts: Sequence[object]) -> list[list[str]]:
        return [[] for _ in prompts]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A line with what the guard makes of it.

    Attributes:
        label: its support, as a brief has it that flags; "repeated" where the lines above say it.
        stands: whether a brief has it that drops what is unsupported.
        score: of its support.
        entailed: how sure the judge is of it.
    """

    line: Line
    label: str
    stands: bool
    score: float
    entailed: float


def guarded(answer: str, story: Story, judge: Judge) -> tuple[list[Guarded], int]:
    """The lines of an answer under the guard, and how many of them a sentence of the articles stands in for."""
    analysed, _ = prepared(story, "to summarise")
    against, offer = Sources.of(analysed, judge), _offer(answer, analysed)

    def lines(way: Unsupported) -> list[Found]:
        found = settled(offer, analysed, against, WORDS, way, goes_on=False).lines
        wrote = any(one.option.origin == "model" for one in found)
        return list(found) if wrote or way == "replace" else []

    flagged = {one.option.text: one for one in lines("flag")}
    stands = {one.option.text for one in lines("drop")}
    stood_in = sum(one.option.origin == "source" for one in lines("replace"))
    return [_under_guard(line, flagged.get(line.text), stands) for line in lines_of(answer, story)], stood_in


def _under_guard(line: Line, found: Found | None, stands: Container[str]) -> Guarded:
    if found is None:
        return Guarded(line, "repeated", False, 0.0, 0.0)
    entailed = found.judged.best.entailed if found.judged else 0.0
    return Guarded(line, found.support.label, line.text in stands, found.support.score, entailed)


# --- the reckoning --------------------------------------------------------------------------------------


def read_verdicts(path: Path) -> dict[str, str]:
    """Line -> "true" or "untrue", of a table with a line's hash and its verdict in each row."""
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    return {name: verdict for name, verdict, *_ in rows}


def reckoned(lines: Iterable[Guarded], verdicts: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """By verdict: (how many of these the guard takes out, how many there are); a repeat is not counted.

    A line that those above it say already is left out for that, whatever is true of it.
    """
    counted: Counter[tuple[str, bool]] = Counter()
    for one in lines:
        if one.label != "repeated":
            counted[verdicts.get(one.line.id, "unread"), one.stands] += 1
    names = dict.fromkeys(name for name, _ in counted)
    return {name: (counted[name, False], counted[name, False] + counted[name, True]) for name in names}


def report(files: Sequence[Path], verdicts: Mapping[str, str], judge: Judge, out: TextIO | None) -> Iterator[str]:
    """What each engine's lines become, and what of the untrue and the true ones goes."""
    remembering = Remembering(judge)
    every: list[Guarded] = []
    for file in files:
        rows = list(answered([file]))
        known = {str(story.id): story for name in dict.fromkeys(row.draw for row in rows) for story in stories(name)}
        briefs = [guarded(row.text, known[row.story], remembering) for row in rows]
        lines = [line for brief, _ in briefs for line in brief]
        every += lines
        seconds = statistics.median(row.seconds for row in rows)
        yield from _told(file.stem, rows[0].engine, seconds, lines, sum(count for _, count in briefs), verdicts)
    yield from _bars(list({one.line.id: one for one in every}.values()), verdicts)
    if out is not None:
        for one in every:
            row = {**asdict(one), "id": one.line.id, "verdict": verdicts.get(one.line.id)}
            out.write(f"{json.dumps(row, ensure_ascii=False)}\n")


def _told(
    name: str, engine: str, seconds: float, lines: Sequence[Guarded], stood_in: int, verdicts: Mapping[str, str]
) -> Iterator[str]:
    labels = Counter(one.label for one in lines)
    flagged = sum(labels[label] for label in ("partly", "unsupported", "contradicted"))
    gone = sum(not one.stands and one.label != "repeated" for one in lines)
    yield f"{name} ({engine}): {len(lines)} lines, {seconds:.1f} processor seconds a brief at the median"
    yield f"  supported {_share(labels['supported'], len(lines))}, flagged {_share(flagged, len(lines))}, "
    yield f"  replaced {_share(stood_in, len(lines))}, else dropped {_share(gone - stood_in, len(lines))}, "
    yield f"  said above already {_share(labels['repeated'], len(lines))}; labels: {dict(labels)}"
    yield from _bars(lines, verdicts)


def _bars(lines: Sequence[Guarded], verdicts: Mapping[str, str]) -> Iterator[str]:
    found = reckoned(lines, verdicts)
    for verdict, bar in (("untrue", f"at least {UNTRUE_OUT:.0%}"), ("true", f"at most {TRUE_OUT:.0%}")):
        gone, there = found.get(verdict, (0, 0))
        yield f"  of {there} {verdict} lines the guard takes out {_share(gone, there)} (bar: {bar})"
    if unread := found.get("unread", (0, 0))[1]:
        yield f"  {unread} lines have no verdict"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else f"{part}"


# --- the command ----------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    if given.command == "write":
        _write(given)
    elif given.command == "sheet":
        print(*sheet(given.answers), sep="\n")
    else:
        verdicts = read_verdicts(given.verdicts) if given.verdicts else {}
        with given.lines.open("w", encoding="utf-8") if given.lines else nullcontext() as out:
            for row in report(given.answers, verdicts, load_judge("bundled"), out):
                print(row)
    return 0


def _write(given: argparse.Namespace) -> None:
    if given.serve is not None:
        with served(given.serve, given.threads) as model:
            write(model, given.stories, given.out)
    else:
        loaded = load(given.model, backend=given.backend, threads=given.threads)
        assert isinstance(loaded, ChatModel), "a causal checkpoint is wanted"
        loaded.window = WINDOW
        write(loaded, given.stories, given.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    whose = writing.add_mutually_exclusive_group(required=True)
    whose.add_argument("--model", help="a checkpoint's folder or name")
    whose.add_argument("--serve", type=Path, help="a GGUF file for llama.cpp's server")
    writing.add_argument("--backend", default="auto")
    writing.add_argument("--threads", type=int, default=1)
    writing.add_argument("--stories", default="measured", choices=(*_DRAWS, "tuning"))
    writing.add_argument("--out", type=Path, required=True)
    for name in ("sheet", "guard"):
        commands.add_parser(name).add_argument("answers", type=Path, nargs="+")
    judging = commands.choices["guard"]
    judging.add_argument("--verdicts", type=Path)
    judging.add_argument("--lines", type=Path, help="a file for each line with its label, score and verdict")
    return parser


if __name__ == "__main__":
    sys.exit(main())
