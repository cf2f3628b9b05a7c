"""Backends on the same weights and the same requests: how fast they write, and whether 8 bits cost quality.

In: a number of repeats. Out: rows for benchmarks.speed, each backend's tokens a second over PyTorch's in 32 bits, and
ROUGE of whole briefs by either. PyTorch's bfloat16 is measured where the CPU multiplies it itself (elsewhere it is 25
times slower than 32 bits, and never chosen); on a GPU, when there is one, it and 32 bits.
"""

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.sets import fixture_sets, real_sets
from benchmarks.timing import Row, compared, made_story, over, real_stories
from newsum.evaluation import evaluate
from newsum.generation import GenerationSettings, Request, Seq2Seq, load
from newsum.generation.checkpoints import locate
from newsum.similarity.stories import analyse_story
from newsum.summariser import Summariser
from newsum.writing.options import SETTINGS
from newsum.writing.strategies import draft

__all__ = ["generation", "plain_generate", "rouge", "torch_fp32"]

WORDS = 45
LONG = GenerationSettings(beams=4, max_tokens=100, min_tokens=100)
INT8, FP32, BF16 = "ctranslate2 int8", "torch float32", "torch bfloat16"


def torch_fp32(source: str | Path = "mini") -> Seq2Seq:
    from newsum.generation.torch.backend import load_torch

    return load_torch(locate(source), "cpu", compute="float32")


def generation(repeats: int, large: bool) -> Iterator[Row]:
    """At 400 tokens in and 100 out, at the shapes that the pipeline has, and with weights of BART-large's shape."""
    models = _backends("mini")
    yield from _generated("400 in, 100 out, batch 8", "mini", models, _long_requests(models[FP32], 400, 8), repeats)
    asked = [r for story in real_stories(12) for r in draft(analyse_story(story), WORDS, models[INT8]).requests]
    yield from _generated(
        f"the pipeline's {len(asked)} requests of 12 stories", "mini", models, asked, repeats, SETTINGS
    )
    if large:
        with tempfile.TemporaryDirectory() as folder:
            _random_bart_large(Path(folder))
            models = _backends(folder)
            asked = _long_requests(models[FP32], 400, 2)
            yield from _generated("400 in, 100 out, batch 2", "BART-large, random", models, asked, repeats)


def _backends(source: str) -> dict[str, Seq2Seq]:
    import torch

    from newsum.generation.torch.backend import load_torch
    from newsum.generation.torch.loading import fitting_type

    models = {INT8: load(source, backend="ctranslate2"), FP32: torch_fp32(source)}
    if fitting_type(torch.device("cpu")) == torch.bfloat16:
        models[BF16] = load(source, backend="torch", device="cpu")
    if torch.cuda.is_available():
        for compute in ("float32", "bfloat16"):
            models[f"GPU, torch {compute}"] = load_torch(locate(source), "cuda", compute=compute)
    return models


def _generated(
    shape: str,
    weights: str,
    models: dict[str, Seq2Seq],
    asked: Sequence[Request],
    repeats: int,
    how: GenerationSettings = LONG,
) -> Iterator[Row]:
    taken = compared({name: partial(model.generate, asked, how) for name, model in models.items()}, repeats)
    about = {"part": "generation", "weights": weights, "shape": shape}
    for name, timed in taken.items():
        yield {**about, "what": name, "over": FP32, **over(timed, taken[FP32])}
    for base in (FP32, BF16):
        if base in taken:
            bar = f"int8 over {base}" if weights == "mini" and how is LONG else None
            yield {**about, "what": INT8, "over": base, **over(taken[INT8], taken[base]), "bar": bar}


def _long_requests(model: Seq2Seq, tokens: int, count: int) -> list[Request]:
    texts = []
    for number in range(count):
        words = made_story(1, 2 * tokens, seed=number).articles[0].text.split()
        while model.count(" ".join(words)) > tokens:
            words.pop()
        texts.append(Request(model.clean(" ".join(words))))
    return texts


def _random_bart_large(folder: Path) -> None:
    """A checkpoint of BART-large's shape with the bundled tokenizer: speed does not depend on what it knows."""
    from transformers import AutoTokenizer, BartConfig, BartForConditionalGeneration

    tokenizer = AutoTokenizer.from_pretrained(locate("mini").source)
    config = BartConfig(
        vocab_size=len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=tokenizer.sep_token_id,
    )
    BartForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def plain_generate(model: Seq2Seq, stories: Sequence[Any]) -> None:
    """What one does without newsum: the articles end to end, cut at the window, and `generate`."""
    for story in stories:
        words = " ".join(article.text for article in story.articles).split()[: model.checkpoint.window // 2]
        while model.count(" ".join(words)) > model.checkpoint.window - 4:
            words = words[:-10]
        model.generate([Request(model.clean(" ".join(words)))], GenerationSettings(beams=4, max_tokens=70))


def rouge() -> Iterator[Row]:
    """ROUGE of whole briefs of AllSides val (else of the fixtures) with the 8-bit backend and with torch in 32 bits."""
    stories = next((found for found in real_sets() if found.name == "allsides"), None) or next(iter(fixture_sets()))
    scores: dict[str, dict[str, float]] = {}
    for model in (load("mini", backend="ctranslate2"), torch_fp32()):
        briefs = list(Summariser(model=model).summarise_many(stories.stories, words=stories.words))
        found = evaluate(briefs, stories.references, empty="zero", samples=100)
        scores[model.engine] = {name: 100 * found[name].mid for name in ("rouge1", "rouge2", "rougeLsum")}
        yield {"part": "rouge", "set": stories.name, "what": model.engine, **scores[model.engine]}
    most = max(abs(scores[INT8][name] - scores[FP32][name]) for name in scores[INT8])
    yield {"part": "rouge", "set": stories.name, "what": "largest difference", "rouge1": most, "bar": "int8 ROUGE"}
