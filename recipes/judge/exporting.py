"""Exports a trained encoder as newsum.judging reads it: 8-bit CTranslate2 weights, the last layer, hashes.

In: the folder that `train` wrote (transformers' form) and its base's tokenizer. Out: model.bin, config.json,
head.safetensors, tokenizer.json, judge.json.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from safetensors.numpy import load_file, save_file

__all__ = ["export"]

_FILES = ("config.json", "head.safetensors", "model.bin", "tokenizer.json")
_WINDOW = 384  # tokens: training saw up to 288; positions up to 512 exist but were hardly trained


def export(trained: Path, out: Path) -> None:
    """Writes the judge's folder; the same weights give the same bytes."""
    from ctranslate2.converters import TransformersConverter

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        source, converted = Path(temporary) / "source", Path(temporary) / "converted"
        shutil.copytree(trained, source, ignore=shutil.ignore_patterns("resume*"))
        settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 512}
        (source / "tokenizer_config.json").write_text(json.dumps(settings))
        TransformersConverter(str(source)).convert(str(converted), quantization="int8")
        for name in ("model.bin", "config.json"):
            shutil.copyfile(converted / name, out / name)
        vocabulary = next(converted.glob("vocabulary.*"))
        shutil.copyfile(vocabulary, out / vocabulary.name)
    weights = load_file(trained / "model.safetensors")
    head = {"weight": weights["classifier.weight"], "bias": weights["classifier.bias"]}
    save_file(head, out / "head.safetensors")
    shutil.copyfile(trained / "tokenizer.json", out / "tokenizer.json")
    (out / "head.safetensors").chmod(0o644)  # safetensors writes for its owner only
    hashes = {name: _sha256(out / name) for name in sorted([*_FILES, vocabulary.name])}
    described = {"labels": ["entailed", "neutral", "contradicted"], "window": _WINDOW, "sha256": hashes}
    (out / "judge.json").write_text(json.dumps(described, indent=1) + "\n")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
