"""Keeps the pages true: what newsum prints stands in them as it prints it, and the models' cards are those beside them.

    python docs/pages.py            runs every command that a page shows the output of, and writes what it prints there;
                                    the storeys of the import contract too
    python docs/pages.py notebook   runs examples/quickstart.ipynb, and keeps what its cells put out
    python docs/pages.py pictures   takes the picture of the report anew, in Chromium, and draws the figure of scores

A page shows what a command prints in a block that stands under `<!-- prints: newsum ... -->`. The tests compare these;
mkdocs takes the cards from here.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
PICTURE = ROOT / "docs" / "report.png"
FIGURE = ROOT / "docs" / "scores.svg"
NOTEBOOK = ROOT / "examples" / "quickstart.ipynb"
_PRINTS = re.compile(
    r"(<!-- prints: (?P<command>newsum [^\n]+?) -->\n```text\n)(?P<shown>.*?)(?P<end>```\n)", re.DOTALL
)
_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)
_STOREYS = re.compile(r"(<!-- storeys -->\n```text\n).*?(```)", re.DOTALL)
_CARDS = "<!-- cards -->"
# For the picture a script of ours points at the first line, so the page's policy, which lets only its own in, goes.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_POINTING = """<script>addEventListener("load", () =>
document.querySelector("#l1").dispatchEvent(new PointerEvent("pointerenter", {pointerType: "mouse"})));</script>"""


class Shown(NamedTuple):
    """A block of a page, and the command that it says it is printed by."""

    page: Path
    command: str
    text: str


def blocks() -> Iterator[Shown]:
    """Every block that shows what a command prints."""
    for page in PAGES:
        for found in _PRINTS.finditer(page.read_text(encoding="utf-8")):
            yield Shown(page, found["command"], found["shown"])


def printed(command: str) -> str:
    """What a command prints, at the root of the repository, as in a pipe of eighty columns."""
    from newsum.cli import main

    out, here = io.StringIO(), Path.cwd()
    columns = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    os.chdir(ROOT)
    try:
        with contextlib.redirect_stdout(out):
            main(shlex.split(command)[1:])
    finally:
        os.chdir(here)
        os.environ.pop("COLUMNS") if columns is None else os.environ.update(COLUMNS=columns)
    return out.getvalue()


def renew() -> None:
    """Writes into every page what its commands print today."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = _PRINTS.sub(lambda found: f"{found[1]}{printed(found['command'])}{found['end']}", text)
        new = _STOREYS.sub(lambda found: f"{found[1]}{storeys()}{found[2]}", new)
        if new != text:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(ROOT))


def storeys() -> str:
    """The storeys of the import contract, a row each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return "".join(f"{layer.replace('newsum.', '')}\n" for layer in layers)


def pictures() -> None:
    """Takes the picture of the report of the README's story at its first line, and draws the figure of scores."""
    import newsum

    articles = newsum.read(ROOT / "examples" / "stories" / "ferry-strike")
    with tempfile.TemporaryDirectory() as folder:
        page = newsum.summarise(articles, words=120).save(Path(folder) / "report.html", articles)
        page.write_text(_POLICY.sub(_POINTING, page.read_text(encoding="utf-8")), encoding="utf-8")
        options = (
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--window-size=1280,760",
            f"--screenshot={PICTURE}",
        )
        subprocess.run(["chromium", *options, page.as_uri()], check=True, capture_output=True)
    _shrink(PICTURE)
    import matplotlib

    with matplotlib.rc_context({"svg.hashsalt": "newsum"}):  # or its ids would differ from run to run
        _scores().savefig(FIGURE, metadata={"Date": None})
    for made in (PICTURE, FIGURE):
        print(f"{made.relative_to(ROOT)}: {made.stat().st_size // 1000} KB")


def _shrink(picture: Path) -> None:
    """Leaves a picture 128 colours: a page has few, and the file is a third as long."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)


def _scores() -> Any:
    """The figure of docs/howto/evaluation.md."""
    import newsum
    from newsum.evaluation import baselines, datasets
    from newsum.evaluation.plots import plot

    examples = list(datasets.load(ROOT / "examples" / "stories", words=60))
    references = [list(example.references) for example in examples]
    systems = {"newsum, plain": newsum.Summariser(model=None).summarise}
    systems |= {"lead": baselines.lead, "lead in turn": baselines.lead_in_turn, "centroid": baselines.centroid}
    scores = {
        name: newsum.evaluate([system(example.story, words=60) for example in examples], references)
        for name, system in systems.items()
    }
    return plot(scores, against="lead in turn")


def notebook() -> None:
    """Runs the notebook of the examples from top to bottom, and keeps what its cells put out, without times."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(book, kernel_name="python3", resources=resources, record_timing=False).execute()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    book.metadata.language_info = {"name": "python"}
    nbformat.write(book, NOTEBOOK)


# --- for mkdocs -----------------------------------------------------------------------------------------


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Puts the models' cards into the page that has a place for them (an event of mkdocs)."""
    return markdown.replace(_CARDS, "\n\n".join(map(_card, cards()))) if _CARDS in markdown else markdown


def cards() -> list[Path]:
    """The cards beside the models that newsum ships."""
    return sorted((ROOT / "newsum" / "models").glob("*/README.md"))


def _card(path: Path) -> str:
    """A card as a part of a page: its head as a block, its headings one step lower, its links to files as code."""
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    body = text[head.end() :] if head else text
    body = re.sub(r"^(#+) ", r"#\1 ", body, flags=re.MULTILINE)
    body = re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"`\1`", body)
    stated = f"```yaml\n{head['head']}\n```\n" if head else ""
    return f"{body.strip()}\n\n{stated}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    {"pictures": pictures, "notebook": notebook, "pages": renew}[(*sys.argv[1:], "pages")[0]]()
