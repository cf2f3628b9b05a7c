"""The core runs without any extra, and what needs one says which; in processes in which no extra can be imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from extras import PACKAGES

ROOT = Path(__file__).parents[1]
BLOCKED = [*(package for packages in PACKAGES.values() for package in packages), "safetensors"]
START = f"import sys; sys.modules.update(dict.fromkeys({BLOCKED}))\nimport json, newsum\n"

PAGE = """<html><head><title>Ferry crews strike over night rosters</title>
<meta property="og:site_name" content="Northgate Wire"></head><body><article><h1>Ferry crews strike</h1>
<p>Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting most services to the islands.</p>
<p>The company cancelled 62 sailings on the first day of the strike, which is to last three days.</p>
<p>Two sailings a day will carry medicine and food to St. Orrin under an exemption agreed by the union.</p>
</article></body></html>"""


def told(code, folder):
    """What code prints as JSON where no extra is installed."""
    done = subprocess.run([sys.executable, "-c", START + code], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_the_core_reads_groups_summarises_attributes_verifies_renders_and_scores(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    code = f"""
articles = [*newsum.read("page.html"), *newsum.read({str(ROOT / "examples/stories/ferry-strike")!r})]
story = max(newsum.group(articles), key=lambda story: len(story.articles))
summary = newsum.summarise(articles, words=60)
checked = newsum.attribute("The company cancelled 62 sailings on the first day of the strike.", articles)
print(json.dumps([
    articles[0].outlet, len(story.articles), len(summary.lines) > 1,
    len(summary.verify(articles)), "<" in summary.to_html(), checked.lines[0].support.label,
    newsum.evaluate(["Crews strike."], ["Crews strike."])["rouge1"].mid,
]))"""
    outlet, grouped, lines, failures, rendered, label, rouge = told(code, tmp_path)
    assert (outlet, label) == ("Northgate Wire", "supported")
    assert (lines, rendered) == (True, True)
    assert (grouped >= 5, failures, rouge) == (True, 0, 1.0)


def test_what_needs_an_extra_names_it_in_one_sentence(tmp_path):
    (tmp_path / "led").mkdir()
    (tmp_path / "led" / "config.json").write_text(json.dumps({"model_type": "led"}))
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / "led" / name).write_bytes(b"{}")
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0")
    code = """
from newsum.batch import run
from newsum.batch.ray import OnRay
from newsum.judging import CheckpointJudge
from newsum.evaluation import baselines, datasets
articles = [newsum.Article("BBC", "It rained all day in the north of the country.")]
summariser = newsum.Summariser(model=None)
scores = newsum.evaluate(["It rained."], ["It rained."])
tries = [
    lambda: newsum.summarise(articles, model="led", backend="torch"),
    lambda: newsum.summarise(articles, model="led", device="cuda"),
    lambda: newsum.summarise(articles, model="led"),
    lambda: CheckpointJudge("roberta"),
    lambda: __import__("newsum.tuning.judge.training"),
    lambda: datasets.load("xsum"),
    lambda: list(datasets.load("a.parquet")),
    lambda: newsum.read("a.parquet"),
    lambda: newsum.read("a.warc"),
    lambda: newsum.evaluate("a.parquet", ["It rained."]),
    scores.to_pandas,
    scores.to_dataset,
    lambda: newsum.evaluation.plots.plot(scores),
    newsum.summarise(articles, model=None).to_frame,
    lambda: run([articles], "out", summariser=summariser, engine=OnRay(1)),
    lambda: baselines.lexrank(newsum.Story(articles), words=20),
]
said = []
for each in tries:
    try:
        each()
    except newsum.MissingExtra as error:
        said.append(str(error))
    else:
        said.append("nothing")
print(json.dumps(said))"""
    torch = "running a checkpoint in torch needs torch: pip install 'newsum[torch]'"
    led = "led cannot run in ctranslate2 (its family is led, not one of bart, mbart, pegasus, t5) and so"
    assert told(code, tmp_path) == [
        torch,
        torch,
        f"{led} needs torch: pip install 'newsum[torch]'",
        "a model of entailment needs torch: pip install 'newsum[torch]'",
        "tuning a judge needs torch: pip install 'newsum[torch]'",
        "the data set EdinburghNLP/xsum needs datasets: pip install 'newsum[datasets]'",
        "a Parquet file needs datasets: pip install 'newsum[datasets]'",
        "a Parquet file needs pyarrow: pip install 'newsum[datasets]'",
        "a WARC file needs fastwarc: pip install 'newsum[warc]'",
        "a Parquet file needs pyarrow: pip install 'newsum[datasets]'",
        "a table for pandas needs pandas: pip install 'newsum[datasets]'",
        "a table as a data set needs datasets: pip install 'newsum[datasets]'",
        "a figure of scores needs matplotlib: pip install 'newsum[plot]'",
        "a brief as a DataFrame needs pandas: pip install 'newsum[datasets]'",
        "a batch on Ray needs ray: pip install 'newsum[ray]'",
        "LexRank needs sumy: pip install 'newsum[bench]'",
    ]


def test_only_what_runs_or_tunes_in_torch_cannot_be_imported_without_it(tmp_path):
    names = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "newsum").rglob("*.py")
        if path.stem != "__main__"
    )
    code = f"""
import importlib
missing = []
for name in {names}:
    try:
        importlib.import_module(name)
    except newsum.MissingExtra:
        missing.append(name)
print(json.dumps(missing))"""
    torch = "newsum.generation.torch"
    assert told(code, tmp_path) == [
        "newsum.evaluation.plots",
        torch,
        *(f"{torch}.{name}" for name in ("backend", "causal", "decoding", "loading")),
        "newsum.tuning.adapting",
        *(f"newsum.tuning.adapting.{name}" for name in ("exporting", "llama", "loop", "packing")),
        "newsum.tuning.judge",
        *(f"newsum.tuning.judge.{name}" for name in ("exporting", "model", "rows", "training")),
        "newsum.tuning.writer",
        *(f"newsum.tuning.writer.{name}" for name in ("exporting", "model", "rows", "training")),
    ]


def test_tuning_without_torch_ends_with_the_sentence(tmp_path):
    code = (
        'from newsum.tuning.__main__ import main\nprint(json.dumps(main("judge a.jsonl --out b --minutes 1".split())))'
    )
    command = [sys.executable, "-c", START + code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"
    assert done.stderr == "tuning a judge needs torch: pip install 'newsum[torch]'\n"


@pytest.mark.parametrize("extra", sorted(PACKAGES))
def test_the_extras_that_tests_ask_for_are_those_of_the_project(extra):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert extra in project["optional-dependencies"]
