"""Feeds damaged inputs to every reader, to evaluate and to verify, and counts what is not one clear error or a result.

    python -m benchmarks.fuzzing --inputs 100000 --seed 1
    python -m benchmarks.fuzzing --target .html --seed 17 --only 17     # one input again

In: whole files, made here, and the mutators below, each by its name; an input is told by target and seed. Out: a row a
target: how many inputs, how many failures. A failure is anything but a `NewsumError` or a `Problem`, more than 5 s, or
500 MB more memory than before. Each target runs in a process of its own, which is ended and begun again where it hangs.
"""

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newsum.articles import Article
from newsum.errors import NewsumError

__all__ = ["MUTATORS", "TARGETS", "main", "mutated"]

SECONDS, KILOBYTES = 5.0, 500_000

_TEXT = "The bridge at Karrow fell on Monday, police said. “Two people were hurt,” Ada Holm told the Karrow Post."
_ROW = {
    "outlet": "Karrow Post",
    "title": "A bridge falls",
    "text": _TEXT,
    "date": "2026-03-10",
    "url": "https://k.example/a",
}
_PAGE = (
    '<html lang="en"><head><title>A bridge falls | Karrow Post</title><meta property="og:site_name" content="Karrow '
    'Post"><script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "headline": "A bridge falls"})
    + f"</script></head><body><article><h1>A bridge falls</h1><time>10 March 2026</time><p>{_TEXT}</p><p>{_TEXT}</p>"
    "</article></body></html>"
)
_SEEDS: dict[str, bytes] = {
    ".txt": f"---\noutlet: Karrow Post\ntitle: A bridge falls\n---\n{_TEXT}\n\n{_TEXT}\n".encode(),
    ".md": f"# A bridge falls\n\n*10 March 2026*, [Post](https://k.example)\n\n{_TEXT}\n\n- one\n- two\n".encode(),
    ".json": json.dumps({"articles": [_ROW, _ROW]}).encode(),
    ".jsonl": (json.dumps(_ROW) + "\n").encode() * 3,
    ".csv": b"outlet,title,text,date\n" + b'Karrow Post,A bridge falls,"It fell, police said.",2026-03-10\n' * 3,
    ".html": _PAGE.encode(),
}
_TOKENS = (
    b"\x00 \xff\xfe \xef\xbb\xbf \xed\xa0\x80 \x1f\x8b \r \n\n\n --- \" ' < <p> </ &#0; &#x110000; <!-- ]]> { } [ ] "
    b", : null NaN 1e999 9999999999999999999999 -1 true \\ud800 \\u0000 http:// file:/// \xe2\x80\xae \xc2\xad %PDF- "
    b"PK\x03\x04"
).split(b" ")


def _spliced(data: bytes, rng: random.Random, piece: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + piece + data[at:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _encoded(data: bytes, encoding: str) -> bytes:
    return data.decode("utf-8", "replace").encode(encoding, "replace")


MUTATORS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "truncate": lambda data, rng: data[: rng.randrange(len(data) + 1)],
    "cut out": _cut,
    "flip a byte": lambda data, rng: bytes(b ^ (1 << rng.randrange(8)) if rng.random() < 0.01 else b for b in data),
    "a token put in": lambda data, rng: _spliced(data, rng, rng.choice(_TOKENS)),
    "a token put in often": lambda data, rng: _spliced(
        data, rng, rng.choice(_TOKENS) * rng.choice((10, 1_000, 50_000))
    ),
    "noise put in": lambda data, rng: _spliced(data, rng, rng.randbytes(rng.choice((1, 16, 4_096)))),
    "a part repeated": lambda data, rng: _spliced(
        data, rng, data[(at := rng.randrange(len(data) + 1)) : at + 60] * 300
    ),
    "a figure enlarged": lambda data, rng: data.replace(
        rng.choice((b"0", b"1", b"2")), b"9" * rng.choice((3, 400, 5_000))
    ),
    "lines turned round": lambda data, rng: b"\n".join(data.split(b"\n")[::-1]),
    "another encoding": lambda data, rng: _encoded(data, rng.choice(("utf-16", "utf-32", "cp1252"))),
    "gzip": lambda data, rng: gzip.compress(data)[: rng.choice((None, -5, 30))],
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four mutators at work on them, in turn."""
    for name in rng.choices(list(MUTATORS), k=rng.randint(1, 4)):
        data = MUTATORS[name](data, rng)[:2_000_000]
    return data


# --- targets --------------------------------------------------------------------------------------


def _reader(suffix: str) -> Callable[[random.Random, Path], None]:
    def read(rng: random.Random, folder: Path) -> None:
        from newsum.reading import read_report

        path = folder / f"a{suffix}"
        path.write_bytes(mutated(_SEEDS[suffix], rng))
        for problem in read_report(path).problems:
            assert "\n" not in str(problem), "a problem of two rows"

    return read


def _evaluate(rng: random.Random, folder: Path) -> None:
    from newsum.evaluation import evaluate

    odd = (None, True, 0, -1, 1.5, float("nan"), 10**30, "", "x", b"x", [], [[]], {}, "max", "mean", "zero", 2, 60)
    names = "stories credits words multiple empty prediction_column reference_column seed samples processes".split()
    options = {name: rng.choice(odd) for name in rng.sample(names, rng.randint(0, 2))}
    path = folder / f"p{rng.choice(('.jsonl', '.json', '.csv', '.txt', '.tsv', '.jsonl.gz'))}"
    path.write_bytes(mutated(b'{"prediction": "It fell on Monday."}\n{"prediction": "It rose."}\n', rng))
    evaluate(path, ["It fell.", "It rose."], **options)


def _verify(rng: random.Random, folder: Path) -> None:
    from newsum.summary import Evidence, Line, Source, Summary, Support

    article = Article("Karrow Post", _TEXT, "A bridge falls")
    evidence = Evidence(article.id, "Karrow Post", 0, 49, _TEXT[:49], 0.9)
    line = Line(_TEXT[:49], (evidence,), support=Support("supported", 0.9), origin="source", outlets=("Karrow Post",))
    saved = Summary((line,), title="A bridge falls", sources=(Source.of(article),)).to_json()
    Summary.from_json(mutated(saved.encode(), rng).decode("utf-8", "replace")).verify([article])


TARGETS: dict[str, Callable[[random.Random, Path], None]] = {
    **{suffix: _reader(suffix) for suffix in _SEEDS},
    "evaluate": _evaluate,
    "verify": _verify,
}


# --- running --------------------------------------------------------------------------------------


def _run(target: str, first: int, last: int, answers: Any) -> None:
    """Runs the inputs in this process; tells each seed before it begins and what came of it."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        for seed in range(first, last):
            answers.put(("begun", seed))
            before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
            try:
                TARGETS[target](random.Random(f"{target} {seed}"), Path(name))
                failure = ""
            except NewsumError:
                failure = ""
            except BaseException as error:
                failure = f"{type(error).__name__}: {str(error)[:100]}"
            if time.process_time() - started > SECONDS:
                failure = failure or f"{time.process_time() - started:.1f} s"
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > KILOBYTES:
                failure = failure or "over 500 MB"
            answers.put(("ended", seed, failure))
        answers.put(("done", last))


def failures(target: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """(seed, what happened) of each input that failed."""
    while first < last:
        answers: Any = multiprocessing.SimpleQueue()
        process = multiprocessing.Process(target=_run, args=(target, first, last, answers), daemon=True)
        process.start()
        began = time.monotonic()
        while True:
            if answers.empty():
                if time.monotonic() - began < 20 * SECONDS and process.is_alive():  # the machine may be busy
                    time.sleep(0.002)
                    continue
                process.kill()
                yield first, "it hangs, or takes its process with it"
                first += 1
                break
            began = time.monotonic()
            what, seed, *told = answers.get()
            first = seed + (what == "ended")
            if told and told[0]:
                yield seed, told[0]
            if what == "done":
                first = last
                break
        process.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=1, help="the first")
    parser.add_argument("--target", choices=TARGETS, action="append", help="some only")
    parser.add_argument("--only", type=int, metavar="SEED", help="one input again")
    chosen = parser.parse_args()
    targets = chosen.target or list(TARGETS)
    each = -(-chosen.inputs // len(targets))
    first, last = (chosen.only, chosen.only + 1) if chosen.only is not None else (chosen.seed, chosen.seed + each)
    failed = 0
    for target in targets:
        found = list(failures(target, first, last))
        failed += len(found)
        print(f"{target:9} {last - first:7,} inputs, {len(found)} failures", flush=True)
        for seed, what in found[:20]:
            print(f"          seed {seed}: {what}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
