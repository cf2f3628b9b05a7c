"""A training run's last checkpoint -> a model folder that transformers and newsum both load.

Config, weights in half precision (safetensors), tokenizer, generation settings and a model card.
"""

import json
from pathlib import Path
from typing import Any

from newsum.errors import needing

with needing("torch", "tuning"):
    import torch

__all__ = ["export"]

_GENERATION = {"num_beams": 4, "max_new_tokens": 56, "early_stopping": True}


def export(model: Any, tokenizer: Any, folder: Path, *, card: str) -> None:
    """Write the model folder; `card` is the text of its README.md."""
    folder.mkdir(parents=True, exist_ok=True)
    # read back by newsum.generation: groups of evidence in, one line out
    model.config.task_specific_params = {"newsum": {"strategy": "attribute-first"}}
    for name, value in _GENERATION.items():
        setattr(model.generation_config, name, value)
    model.to(torch.float16).save_pretrained(folder, safe_serialization=True)
    tokenizer.model_max_length = model.config.max_position_embeddings
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text(card, encoding="utf-8")
    _forget_the_machine(folder)
    for path in folder.iterdir():
        path.chmod(0o644)  # the weights are written for their owner alone


def _forget_the_machine(folder: Path) -> None:
    """Take out of the JSON what says where the model was made (`_name_or_path`)."""
    for path in folder.glob("*.json"):
        values = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(values, dict) and values.pop("_name_or_path", values.pop("name_or_path", None)) is not None:
            path.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
