"""The bundled judge's own weights in torch, 32 bits: the peer that its speed is measured against.

In: the bundled judge's folder. Out: `TorchTwin`, a `newsum.Judge` by transformers' Llama. It needs `newsum[torch]`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from newsum.errors import needing
from newsum.generation.base import BASE, Base
from newsum.judging import Entailment, Pair
from newsum.judging.folders import BUNDLED, read_folder
from newsum.judging.language import HYPOTHESIS, PREMISE
from newsum.system.threads import allowed_threads

__all__ = ["TorchTwin"]


class TorchTwin:
    """Judges pairs one by one, as `LanguageJudge` does, by the same weights unquantised."""

    def __init__(self) -> None:
        with needing("torch", "the judge's twin"):
            import torch
            from tokenizers import Tokenizer
            from transformers import LlamaConfig, LlamaForCausalLM

        adapter = read_folder(BUNDLED).adapter
        base = Base(BASE, layers=adapter.layers)
        self._tokenizer: Any = Tokenizer.from_file(str(BASE / "tokenizer.json"))
        self._tokenizer.encode_special_tokens = True
        rows = np.concatenate([base.embeddings(), np.asarray(adapter.weights["rows"], np.float32)])
        layers = [_merged(base, adapter, number) for number in range(adapter.layers)]
        config = LlamaConfig(
            vocab_size=len(rows),
            hidden_size=rows.shape[1],
            intermediate_size=layers[0]["mlp.gate_proj"].shape[0],
            num_hidden_layers=adapter.layers,
            num_attention_heads=base.heads,
            num_key_value_heads=base.kv_heads,
            rms_norm_eps=base.eps,
            rope_theta=base.rope_theta,
            tie_word_embeddings=True,
        )
        self._model: Any = LlamaForCausalLM(config).eval()
        weights = {"model.embed_tokens": rows, "lm_head": rows, "model.norm": np.array(adapter.weights["norm"])}
        weights |= {
            f"model.layers.{n}.{name}": value for n, layer in enumerate(layers) for name, value in layer.items()
        }
        tensors = {f"{name}.weight": torch.from_numpy(np.array(value, np.float32)) for name, value in weights.items()}
        self._model.load_state_dict(tensors)
        torch.set_num_threads(allowed_threads())

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        """One answer a pair, in order; nothing is cut."""
        import torch

        found = []
        for premise, hypothesis in pairs:
            texts = (PREMISE.format(" ".join(premise.split())), HYPOTHESIS.format(" ".join(hypothesis.split())))
            ids = [n for text in texts for n in self._tokenizer.encode(text, add_special_tokens=False).ids]
            with torch.inference_mode():
                states = self._model.model(torch.tensor([ids])).last_hidden_state[0, -1]
                shares = torch.softmax(states @ self._model.lm_head.weight[-3:].T, dim=-1).tolist()
            found.append(Entailment(*shares))
        return found


def _merged(base: Base, adapter: Any, number: int) -> dict[str, Any]:
    """A layer's matrices by the names that transformers has for them, the adapter added."""
    own = dict(base.layer(number))
    for name in ("qkv", "out", "gate_up", "down"):
        if f"{number}.{name}.a" in adapter.weights:
            a, b = (np.asarray(adapter.weights[f"{number}.{name}.{side}"], np.float32) for side in "ab")
            own[name] = own[name] + b @ a
    size = own["qkv"].shape[1]
    head = size // base.heads
    query, key, value = np.split(own["qkv"], [size, size + head * base.kv_heads])
    gate, up = np.split(own["gate_up"], 2)
    return {
        "self_attn.q_proj": query,
        "self_attn.k_proj": key,
        "self_attn.v_proj": value,
        "self_attn.o_proj": own["out"],
        "mlp.gate_proj": gate,
        "mlp.up_proj": up,
        "mlp.down_proj": own["down"],
        "input_layernorm": own["before"],
        "post_attention_layernorm": own["between"],
    }
