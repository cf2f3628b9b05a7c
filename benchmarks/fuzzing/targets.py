"""Makes the damaged inputs and hands each to the part of newsum that it is for.

In: a target's name and a seed. Out: `Input`s; run, one raises what newsum raises. Nothing here reaches a network.
"""

import hashlib
import json
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.fuzzing.documents import ARTICLE, BRIEF, ROW, STORY, WHOLE, as_page, as_rows
from benchmarks.fuzzing.mutators import damaged, mutated, odd
from newsum.articles import Article

__all__ = ["BRIEFS", "EVALUATE", "MODELS", "READERS", "TARGETS", "Target", "cleared", "rng_of"]

Target = Callable[[random.Random, Path], None]

_OTHER = Article(
    "Tarn Wire", "The bridge at Karrow fell on Monday. Nobody was killed, Sam Oru said. It cost $4 million."
)


def rng_of(target: str, seed: int) -> random.Random:
    """The numbers that make one input, the same on every machine."""
    return random.Random(f"{target} {seed}")


# --- readers ------------------------------------------------------------------------------------------


def _read(*inputs: Any, **options: Any) -> None:
    from newsum.reading import read_report

    _require_rows(read_report(*inputs, **options).problems)


def _require_rows(problems: Iterable[object]) -> None:
    for problem in problems:
        if len(str(problem).splitlines()) > 1:
            raise AssertionError(f"a problem of several rows: {str(problem)[:200]!r}")


def _bytes_of(suffix: str) -> Target:
    def run(rng: random.Random, folder: Path) -> None:
        path = folder / f"a{suffix}"
        path.write_bytes(mutated(_whole(suffix), rng))
        _read(path)

    return run


@cache
def _whole(suffix: str) -> bytes:
    return WHOLE[suffix]()


def _values_of(suffix: str, whole: Any, write: Callable[[Any], bytes]) -> Target:
    def run(rng: random.Random, folder: Path) -> None:
        path = folder / f"a{suffix}"
        path.write_bytes(write(damaged(whole, rng)))
        _read(path)

    return run


def _stories(rng: random.Random, folder: Path) -> None:
    from newsum.reading import read_stories_report

    suffix = rng.choice((".jsonl", ".json", ".csv"))
    rows = damaged([STORY, ROW, {**ROW, "story_id": "b"}], rng)
    data = as_rows(rows if isinstance(rows, list) else [rows]) if suffix == ".jsonl" else json.dumps(rows).encode()
    path = folder / f"stories{suffix}"
    path.write_bytes(mutated(data, rng) if rng.random() < 0.5 else data)
    _require_rows(read_stories_report(path).problems)


_NAMES = (
    *("a.txt", "-.txt", "~.md", "*.json", "[a].csv", "a\nb.txt", "\u202etxt.html", "\udcff.txt", "A.TXT.GZ", "x.md.gz"),
)
_NAMES += (
    "con.jsonl",
    "a" * 240 + ".txt",
    ".hidden.txt",
    "b.warc",
    "f.xml",
    "l.opml",
    "t.parquet",
    "a.pdf",
    "no suffix",
    "%s.txt",
)


def _folder(rng: random.Random, folder: Path) -> None:
    """A folder of damaged files of odd names, folders, links and pipes."""
    root = folder / "heap"
    for name in rng.sample(_NAMES, 4):
        place = root / rng.choice(("", "", "sub"))
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(mutated(_whole(rng.choice((".txt", ".md", ".html", ".csv", ".jsonl"))), rng))
    kind = rng.choice(("link", "circle", "pipe", "folder", "closed", "none"))
    odd_one = root / "odd.txt"
    root.mkdir(exist_ok=True)
    if kind == "link":
        odd_one.symlink_to(rng.choice(("/dev/zero", "/proc/self/mem", "nowhere.txt", "/proc/self/fd")))
    elif kind == "circle":
        odd_one.symlink_to(odd_one)
    elif kind == "pipe":
        os.mkfifo(odd_one)
    elif kind == "folder":
        odd_one.mkdir()
    elif kind == "closed":
        odd_one.write_bytes(b"It fell.")
        odd_one.chmod(0)
    _read(root, *rng.sample([root / "*.txt", str(root / "**"), "~nosuchuser", "\0", root / "a.txt", odd_one], 2))


def _urls(rng: random.Random, folder: Path) -> None:
    listed = b"# tonight\nhttp://127.0.0.1:9/a\n- <http://[::1]:9/b>\n\nhttps://k.example/c?d=e#f\nfile:///etc/passwd\n"
    path = folder / "urls.txt"
    path.write_bytes(mutated(listed, rng))
    _read(urls=path)


def _piped(rng: random.Random, folder: Path) -> None:
    path = folder / "piped"
    path.write_bytes(mutated(_whole(rng.choice(list(WHOLE))), rng))
    usual = sys.stdin
    with path.open(encoding="utf-8") as sys.stdin:
        try:
            _read("-")
        finally:
            sys.stdin = usual


def _frames(rng: random.Random, folder: Path) -> None:
    """Columns of odd types, as Arrow, pandas, polars or datasets hold them."""
    table = _arrow(rng)
    kind = rng.choice(("parquet", "pandas", "polars", "datasets"))
    if kind == "parquet":
        from pyarrow import parquet

        path = folder / "a.parquet"
        try:
            parquet.write_table(table, path, row_group_size=rng.choice((1, 3)), compression="snappy")
        except Exception:
            return  # Parquet cannot hold it
        if rng.random() < 0.3:
            path.write_bytes(mutated(path.read_bytes(), rng))
        _read(path)
        return
    try:
        frame: Any = _framed(table, kind, rng)
    except Exception:
        return  # the other library cannot hold it: newsum is not asked
    _read(frame)


def _framed(table: Any, kind: str, rng: random.Random) -> Any:
    if kind == "datasets":
        import datasets

        return datasets.Dataset(table)
    if kind == "polars":
        import polars

        if any(str(column.type).count("list<") > 50 for column in table.columns):
            raise ValueError("polars takes gigabytes for so deep a type")
        return polars.from_arrow(table)
    frame = table.to_pandas()
    if rng.random() < 0.3:
        frame.columns = [
            rng.choice(["text", "text", "outlet", 5, None, ("a", "b"), float("nan")]) for _ in frame.columns
        ]
    if rng.random() < 0.3:
        frame.index = [rng.choice([0, "x", None]) for _ in range(len(frame))]
    return frame


def _arrow(rng: random.Random) -> Any:
    import pyarrow

    names = [*ROW, "articles", "published", "story_id", "Text", "other"]
    columns = {name: _column(ROW.get(name, ROW["text"]), rng) for name in rng.sample(names, rng.randint(1, 6))}
    if rng.random() < 0.8:
        columns["text"] = pyarrow.array([ROW["text"]] * 3)
    return pyarrow.table(columns)


def _column(value: Any, rng: random.Random) -> Any:
    """Three values of a type that such a column should not have, or has."""
    import pyarrow

    number = rng.choice((0, 1, -1, 1773131400, 2**40, 2**62, -(2**62)))
    kinds: list[tuple[Any, Any]] = [
        (value, None),
        (odd(rng), None),
        (damaged(value, rng), None),
        (number, pyarrow.int64()),
        *((number, pyarrow.timestamp(unit, tz)) for unit in ("s", "us", "ns") for tz in (None, "UTC", "Europe/Rome")),
        *((number, pyarrow.duration(unit)) for unit in ("s", "ns")),
        (number % 2**31, pyarrow.date32()),
        (number // 86_400_000 * 86_400_000, pyarrow.date64()),
        (number % 86_400, pyarrow.time32("s")),
        (number % 2**16, pyarrow.decimal128(38, 4)),
        (b"\xff\x00" * 9, pyarrow.binary()),
        (b"\xff\x00", pyarrow.large_binary()),
        ([value if isinstance(value, str) else "x"] * 2, pyarrow.list_(pyarrow.string())),
        ([("text", "x"), ("outlet", None)], pyarrow.map_(pyarrow.string(), pyarrow.string())),
        ([{"text": "It fell.", "outlet": None}], None),
        ({"text": ["It fell.", "It rose."], "outlet": ["A"]}, None),
        (None, pyarrow.null()),
        (number / 3, pyarrow.float64()),
        (True, pyarrow.bool_()),
    ]
    made, kind = rng.choice(kinds)
    rows = [made, None if rng.random() < 0.3 else made, made]
    try:
        found = pyarrow.array(rows, kind)
    except Exception:  # no type of Arrow holds these
        return pyarrow.array([str(made)[:10_000].encode("utf-8", "replace").decode()] * 3)
    return found.dictionary_encode() if rng.random() < 0.2 and pyarrow.types.is_string(found.type) else found


# --- evaluate -----------------------------------------------------------------------------------------

_OPTIONS = "stories credits words multiple empty prediction_column reference_column seed samples processes".split()
_ODD_OPTIONS = (None, True, 0, -1, 1.5, float("nan"), 10**30, "", "x", b"x", [], [[]], {}, "max", "mean", "zero", 2, 60)


def _options(rng: random.Random) -> dict[str, Any]:
    names = rng.sample(_OPTIONS, rng.randint(0, 2))
    made: dict[str, Any] = {name: rng.choice(_ODD_OPTIONS) if rng.random() < 0.7 else odd(rng) for name in names}
    if isinstance(made.get("processes"), int) and made["processes"] > 2:
        made["processes"] = 10**30  # a process each would be many
    return made


def _evaluate_files(rng: random.Random, folder: Path) -> None:
    from newsum.evaluation import evaluate

    whole = {
        ".jsonl": as_rows([{"prediction": "It fell on Monday.", "id": n} for n in "ab"]),
        ".json": json.dumps([{"prediction": "It fell."}, {"prediction": "It rose."}]).encode(),
        ".csv": b'prediction,id\n"It fell, they said.",a\nIt rose.,b\n',
        ".tsv": b"prediction\tid\nIt fell.\ta\nIt rose.\tb\n",
        ".txt": b"It fell on Monday.\nIt rose.\n",
        ".parquet": _whole(".parquet"),
    }
    suffix = rng.choice(list(whole))
    path = folder / f"p{suffix}{rng.choice(('', '', '.gz'))}"
    path.write_bytes(mutated(whole[suffix], rng))
    if rng.random() < 0.1:
        (folder / "briefs").mkdir()
        path = path.rename(folder / "briefs" / f"b{suffix}").parent
    if rng.random() < 0.3:
        evaluate(["It fell.", "It rose."], path, **_options(rng))
    else:
        evaluate(path, ["It fell.", "It rose."], **_options(rng))


def _evaluate_values(rng: random.Random, folder: Path) -> None:
    from newsum.evaluation import evaluate

    evaluate(
        damaged(["It fell.", {"prediction": "It rose.", "id": "b"}], rng) if rng.random() < 0.5 else ["a", "b"],
        damaged([["It fell.", "It broke."], "It rose."], rng),
        **_options(rng),
    )


# --- model folders --------------------------------------------------------------------------------------


@cache
def _tiny(kind: str) -> Mapping[str, bytes]:
    """The files of a tiny checkpoint, made once a process."""
    import tempfile

    sys.path.append(str(Path(__file__).parents[2] / "tests"))
    import tiny_models

    with tempfile.TemporaryDirectory() as name:
        build = tiny_models.build if kind in tiny_models.FAMILIES else tiny_models.build_causal
        folder = build(kind, Path(name) / kind)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _checkpoint(rng: random.Random, folder: Path) -> None:
    from newsum.errors import SettingsError
    from newsum.generation import GenerationSettings, load
    from newsum.generation.writer import Excerpt, Prompt

    kind = rng.choice(("bart", "t5", "pegasus", "llama", "gpt2", "qwen2"))
    _damaged_files(_tiny(kind), folder / kind, rng)
    os.environ["NEWSUM_CACHE"] = str(folder / "cache")
    model: Any = load(folder / kind, backend="ctranslate2", threads=1)
    try:
        if hasattr(model, "generate"):
            model.generate(["It fell on Monday."], GenerationSettings(max_tokens=3))
        else:
            model.write([Prompt(instruction="Be brief.", excerpts=(Excerpt("Karrow Post", "It fell."),), words=2)])
    except SettingsError:
        pass  # a folder may say that its model reads a single token


def _damaged_files(files: Mapping[str, bytes], folder: Path, rng: random.Random) -> None:
    """The files in a folder, one of them damaged, lost or exchanged."""
    folder.mkdir()
    chosen = rng.choice(list(files))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    data = files[chosen]
    how = rng.random()
    if how < 0.05:
        (folder / chosen).unlink()
    elif how < 0.1:
        (folder / chosen).write_bytes(files[rng.choice(list(files))])
    elif how < 0.5 and chosen.endswith(".json"):
        (folder / chosen).write_bytes(json.dumps(damaged(json.loads(data), rng)).encode())
    elif how < 0.6 and chosen.endswith(".safetensors"):
        (folder / chosen).write_bytes(_with_header(data, rng))
    else:
        (folder / chosen).write_bytes(mutated(data, rng))


def _with_header(data: bytes, rng: random.Random) -> bytes:
    """A safetensors file whose description of its tensors is damaged, and as long as it says."""
    length = int.from_bytes(data[:8], "little")
    header = json.dumps(damaged(json.loads(data[8 : 8 + length]), rng)).encode()
    return len(header).to_bytes(8, "little") + header + data[8 + length :]


@cache
def _adapter(kind: str) -> Mapping[str, bytes]:
    """A judge's or writer's folder of one layer."""
    root = Path(__file__).parents[2] / "newsum" / "models" / kind
    settings = json.loads((root / f"{kind}.json").read_text()) | {"layers": 1}
    data = (root / "adapter.safetensors").read_bytes()
    return {f"{kind}.json": json.dumps(settings).encode(), "adapter.safetensors": _of_one_layer(data)}


def _of_one_layer(data: bytes) -> bytes:
    length = int.from_bytes(data[:8], "little")
    header, tensors = json.loads(data[8 : 8 + length]), data[8 + length :]
    few, kept = {}, b""
    for name, entry in header.items():
        if name.startswith("0.") or not (name[0].isdigit() or name == "__metadata__"):
            start, end = entry["data_offsets"]
            few[name] = {**entry, "data_offsets": [len(kept), len(kept) + end - start]}
            kept += tensors[start:end]
    described = json.dumps(few).encode()
    return len(described).to_bytes(8, "little") + described + kept


def _adapter_folder(rng: random.Random, folder: Path) -> None:
    """A damaged adapter that its description fits: whoever hands one on may write both."""
    from newsum.generation import load
    from newsum.judging import LanguageJudge

    kind = rng.choice(("judge", "writer"))
    place = folder / kind
    _damaged_files(_adapter(kind), place, rng)
    description, adapter = place / f"{kind}.json", place / "adapter.safetensors"
    if rng.random() < 0.8 and description.is_file() and adapter.is_file():
        try:
            settings = json.loads(description.read_bytes())
        except (ValueError, RecursionError):
            settings = None
        if isinstance(settings, dict):
            settings["sha256"] = hashlib.sha256(adapter.read_bytes()).hexdigest()
            description.write_text(json.dumps(settings))
    os.environ["NEWSUM_CACHE"] = str(folder / "cache")
    if kind == "judge":
        LanguageJudge(place, threads=1).entailment([("It fell on Monday.", "It fell.")])
    else:
        load(place, threads=1).lines([("Karrow Post", "It fell on Monday.")], [], candidates=1)  # type: ignore[union-attr]


# --- briefs ---------------------------------------------------------------------------------------------


def _verify(rng: random.Random, folder: Path) -> None:
    from newsum.summary import Summary

    saved, articles = _brief()
    if rng.random() < 0.5:
        text = json.dumps(damaged(json.loads(saved), rng))
    else:
        text = mutated(saved.encode(), rng).decode("utf-8", "replace")
    Summary.from_json(text).verify(articles)


@cache
def _brief() -> tuple[str, list[Article]]:
    import newsum

    articles = [Article("Karrow Post", ROW["text"], "A bridge falls", "https://k.example/a", "2026-03-10"), _OTHER]
    return newsum.summarise(articles, model=None).to_json(), articles


def _attribute(rng: random.Random, folder: Path) -> None:
    import newsum

    brief = mutated(BRIEF.encode(), rng).decode("utf-8", "replace")
    newsum.attribute(brief, [Article("Karrow Post", ROW["text"]), _OTHER], judge=None)


def _summarise(rng: random.Random, folder: Path) -> None:
    import newsum

    text = mutated(ROW["text"].encode() * 3, rng).decode("utf-8", "replace")
    summary = newsum.summarise([Article("Karrow Post", text), _OTHER], model=None)
    summary.to_html()
    summary.to_markdown()


READERS: Mapping[str, Target] = {
    **{suffix: _bytes_of(suffix) for suffix in WHOLE},
    "values of .json": _values_of(".json", {"articles": [ROW, ROW]}, lambda value: json.dumps(value).encode()),
    "values of .jsonl": _values_of(".jsonl", [ROW, STORY], lambda v: as_rows(v if isinstance(v, list) else [v])),
    "values of a page": _values_of(".html", ARTICLE, as_page),
    "frames": _frames,
    "stories": _stories,
    "folders": _folder,
    "addresses": _urls,
    "standard input": _piped,
}
EVALUATE: Mapping[str, Target] = {"evaluate: files": _evaluate_files, "evaluate: values": _evaluate_values}
MODELS: Mapping[str, Target] = {"checkpoints": _checkpoint, "adapters": _adapter_folder}
BRIEFS: Mapping[str, Target] = {"verify": _verify, "attribute": _attribute, "summarise": _summarise}
TARGETS: Mapping[str, Target] = {**READERS, **EVALUATE, **MODELS, **BRIEFS}


def cleared(folder: Path) -> None:
    """Takes away what the last input left."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
