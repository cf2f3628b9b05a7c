"""Looks over an installation of newsum: what it runs on, what is missing, and whether a brief comes out.

In: nothing. Out: a `Finding` for each thing looked at. Whatever a check raises is itself a finding, so that one thing
that is broken hides no other. Nothing is fetched, and nothing stays on the disk but what a first brief leaves there.
"""

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata, resources
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from newsum.articles import Article
from newsum.system.paths import is_file, is_folder, is_there
from newsum.system.patterns import regex

__all__ = ["CHECKS", "Finding", "findings"]

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Attributes:
        state: "ok"; "note", where something is left out that newsum can do without; "wrong", where it cannot.
        told: a sentence, or the figures.
    """

    what: str
    state: State
    told: str


def findings() -> Iterator[Finding]:
    """Everything that is looked at, in the order of `CHECKS`."""
    for what, check in CHECKS.items():
        try:
            for state, told in check():
                yield Finding(what, state, told)
        except Exception as error:  # what is broken may break in any way
            yield Finding(what, "wrong", f"{type(error).__name__}: {error}"[:300])


Told = Iterator[tuple[State, str]]

# --- what is installed --------------------------------------------------------------------------------

_REQUIREMENT = regex(r"""(?P<name>[\w.-]+)[^;]*(?:;.*\bextra\s*==\s*["'](?P<extra>[\w-]+)["'])?""")
_EXTRAS = ("torch", "datasets", "ray", "warc", "plot")  # those for users; the others are for newsum's own work


def _versions() -> Told:
    yield "ok", f"newsum {metadata.version('newsum')}, in {Path(__file__).parents[1]}"
    yield "ok", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def _packages() -> Told:
    missing = [name for name, extra in _required() if not extra and not _version(name)]
    if missing:
        yield "wrong", f"not installed: {', '.join(missing)}; install newsum again with its dependencies"
    else:
        yield "ok", ", ".join(f"{name} {_version(name)}" for name, extra in _required() if not extra)


def _extras() -> Told:
    for extra in _EXTRAS:
        names = [name for name, of in _required() if of == extra]
        missing = [name for name in names if not _version(name)]
        if not names:  # what is installed is of an older newsum, run from a newer one's folder
            continue
        if missing:
            yield "note", f"{extra} is not installed (pip install 'newsum[{extra}]'): no {', '.join(missing)}"
        else:
            yield "ok", f"{extra}: " + ", ".join(f"{name} {_version(name)}" for name in names)


def _required() -> Iterator[tuple[str, str]]:
    """What newsum requires: a package's name, and the extra that brings it or ""."""
    for required in metadata.requires("newsum") or ():
        if found := _REQUIREMENT.match(required):
            yield found["name"], found["extra"] or ""


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


# --- what runs ----------------------------------------------------------------------------------------


def _engines() -> Told:
    import ctranslate2

    types = ctranslate2.get_supported_compute_types("cpu")
    state: State = "ok" if "int8" in types else "wrong"
    gpus = ctranslate2.get_cuda_device_count()
    yield state, f"CTranslate2 on the CPU in {', '.join(sorted(types))}; {gpus} GPUs"
    if find_spec("torch") is None:
        yield "note", "no PyTorch: checkpoints that CTranslate2 does not convert cannot run"
        return
    torch = import_module("torch")
    yield "ok", f"PyTorch {torch.__version__}, {'with' if torch.cuda.is_available() else 'without'} a GPU"


def _threads() -> Told:
    from newsum.system.memory import free_memory
    from newsum.system.threads import allowed_threads, cores

    stated = os.environ.get("OMP_NUM_THREADS")
    yield "ok", f"{allowed_threads()} threads of {cores()} cores{f' (OMP_NUM_THREADS={stated})' if stated else ''}"
    free = free_memory()
    if free is not None:
        state: State = "ok" if free > _MEMORY else "note"
        yield state, f"{_megabytes(free)} of memory free"


_MEMORY = 1_000_000_000  # bytes: a brief by the bundled models takes some 700 MB


def _pages() -> Told:
    import lxml.etree
    import lxml_html_clean  # noqa: F401  # lxml's cleaner, a package of its own, without which no page is read

    from newsum.reading import read_report

    with tempfile.TemporaryDirectory(prefix="newsum-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE, encoding="utf-8")
        reading = read_report(page)
    version = ".".join(map(str, lxml.etree.LXML_VERSION[:3]))
    if any("cancelled 62" in article.text for article in reading.articles):
        yield "ok", f"lxml {version} and trafilatura {_version('trafilatura')} read a page"
    else:
        problems = "; ".join(map(str, reading.problems)) or "no article was found on a page that has one"
        yield "wrong", f"lxml {version}: {problems}"


def _cache() -> Told:
    from newsum.system.cache import cache_folder

    folder = cache_folder()
    there = next(parent for parent in (folder, *folder.parents) if is_there(parent))
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        yield "note", f"{folder} cannot be written ({why}): models are converted anew in each process; set NEWSUM_CACHE"
        return
    models = [path for path in folder.glob("*/") if is_file(path / "manifest.json")] if is_folder(folder) else []
    size = sum(file.stat().st_size for model in models for file in model.iterdir())
    yield "ok", f"{folder}, writable, {len(models)} converted models, {_megabytes(size)}"


# --- models -------------------------------------------------------------------------------------------


def _models() -> Told:
    folder = Path(str(resources.files("newsum") / "models"))
    for room in sorted(path for path in folder.iterdir() if any(path.glob("*.safetensors"))):
        files = sorted(room.glob("*.safetensors"))
        broken = [file.name for file in files if not _is_whole(file)]
        if broken:
            yield "wrong", f"{room.name} is not whole: {', '.join(broken)}; install newsum again"
        else:
            yield "ok", f"{room.name}, {_megabytes(sum(file.stat().st_size for file in files))}, whole"


def _is_whole(file: Path) -> bool:
    """Whether a safetensors file is as long as its header says."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if length > file.stat().st_size:  # a pointer to a large file, or something else
            return False
        header = json.loads(stream.read(length))
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    return file.stat().st_size == 8 + length + max(ends, default=0)


# --- a sample -----------------------------------------------------------------------------------------

_SAMPLE = (
    Article(
        "Northgate Wire",
        "Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting most services to the islands. "
        "The company cancelled 62 of its 70 daily sailings. The strike is to last three days.",
        "Ferry crews begin strike",
        published="2026-03-10",
    ),
    Article(
        "Commerce Daily",
        "Alden Sound Ferries has called off 62 sailings after its crews went on strike over night work on Tuesday. "
        "Two boats a day will carry medicine to the islands, the union said.",
        "Alden Sound cancels 62 sailings",
        published="2026-03-10",
    ),
)
_PAGE = f"""<html><head><title>{_SAMPLE[0].title}</title></head><body><nav>Home News Sport</nav><article>
<h1>{_SAMPLE[0].title}</h1><p>{_SAMPLE[0].text}</p><p>{_SAMPLE[1].text}</p></article></body></html>"""


def _sample() -> Told:
    from newsum.summariser import summarise

    start = time.perf_counter()
    summary = summarise(_SAMPLE, words=40)
    seconds = time.perf_counter() - start
    failures = summary.verify(_SAMPLE)
    made = [name["name"] for part in ("writer", "judge") if (name := summary.provenance[part])]
    by = f"by {' and '.join(made)}" if made else "by the rules alone"
    if failures or not summary.lines:
        yield "wrong", f"a brief {by} has {len(summary.lines)} lines and {len(failures)} receipts that fail"
    else:
        yield "ok", f"a brief of {len(summary.lines)} lines {by}, every receipt verified, {seconds:.1f} s"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


CHECKS: dict[str, Callable[[], Told]] = {
    "versions": _versions,
    "packages": _packages,
    "extras": _extras,
    "engines": _engines,
    "threads": _threads,
    "pages": _pages,
    "cache": _cache,
    "models": _models,
    "sample": _sample,
}
