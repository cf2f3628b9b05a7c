"""SmolLM2 for training on two cores: plain Llama with a LoRA adapter, rows packed so that nothing is computed twice.

In: the folder that `unpack_gguf` wrote. Out: `Llama`, whose forward takes packed rows (packing.py) and gives states.
Source: Llama (Touvron et al. 2023), LoRA (Hu et al. 2021). transformers' own module with peft is 2 to 3 times slower
here: this one joins the query, key and value products and the gate's two, keeps shapes fixed and is compiled.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch.nn import functional

__all__ = ["Llama", "load_llama"]

_RANK = {"qkv": 24, "out": 16, "gate_up": 24, "down": 16}
SCALE = 2.0  # of the adapter's product, as alpha / rank is elsewhere


class _Adapted(torch.nn.Module):
    """A frozen matrix plus a low-rank one that is trained: x W' + scale x A' B'."""

    def __init__(self, weight: torch.Tensor, rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.rank = rank
        if rank:
            self.a = torch.nn.Parameter(torch.empty(rank, weight.shape[1], dtype=torch.float32))
            self.b = torch.nn.Parameter(torch.zeros(weight.shape[0], rank, dtype=torch.float32))
            torch.nn.init.kaiming_uniform_(self.a, a=5**0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = functional.linear(x, self.weight)
        if self.rank:
            low = functional.linear(x, self.a.to(x.dtype))
            y = y + functional.linear(low, (SCALE * self.b).to(x.dtype))
        return y

    def merged(self) -> torch.Tensor:
        if not self.rank:
            return self.weight
        return (self.weight.float() + SCALE * self.b.data @ self.a.data).to(self.weight.dtype)


class _Layer(torch.nn.Module):
    def __init__(self, weights: dict[str, torch.Tensor], config: dict[str, Any], adapted: bool) -> None:
        super().__init__()
        self.heads, self.kv = config["num_attention_heads"], config["num_key_value_heads"]
        self.size = config["hidden_size"] // self.heads
        self.eps = config["rms_norm_eps"]
        ranks = _RANK if adapted else dict.fromkeys(_RANK, 0)
        own = "self_attn.{}_proj.weight"
        self.qkv = _Adapted(torch.cat([weights[own.format(k)] for k in "qkv"]), ranks["qkv"])
        self.out = _Adapted(weights[own.format("o")], ranks["out"])
        self.gate_up = _Adapted(torch.cat([weights[f"mlp.{k}_proj.weight"] for k in ("gate", "up")]), ranks["gate_up"])
        self.down = _Adapted(weights["mlp.down_proj.weight"], ranks["down"])
        self.register_buffer("before", weights["input_layernorm.weight"].float(), persistent=False)
        self.register_buffer("between", weights["post_attention_layernorm.weight"].float(), persistent=False)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, added: torch.Tensor) -> torch.Tensor:
        rows, length, _ = x.shape
        y = self.qkv(normed(x, self.before, self.eps)).view(rows, length, self.heads + 2 * self.kv, self.size)
        y = y.transpose(1, 2)
        turning = self.heads + self.kv
        turned = _turned(y[:, :turning], cos, sin)
        groups = self.heads // self.kv
        query = turned[:, : self.heads].reshape(rows, self.kv, groups * length, self.size)
        key, value = turned[:, self.heads :], y[:, turning:]
        shares = (query @ key.transpose(2, 3)).view(rows, self.kv, groups, length, length)
        shares = torch.softmax(shares.float() * self.size**-0.5 + added[:, None, None], dim=-1).to(x.dtype)
        seen = shares.view(rows, self.kv, groups * length, length) @ value
        seen = seen.view(rows, self.heads, length, self.size).transpose(1, 2).reshape(rows, length, -1)
        x = x + self.out(seen)
        gate, up = self.gate_up(normed(x, self.between, self.eps)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * up)


def normed(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    """RMSNorm in float32."""
    y = x.float()
    return (y * torch.rsqrt(y.square().mean(-1, keepdim=True) + eps) * weight).to(x.dtype)


def _turned(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    first, second = x.float().chunk(2, dim=-1)
    cos, sin = cos[:, None], sin[:, None]
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1).to(x.dtype)


class Llama(torch.nn.Module):
    """The language model without its head.

    Args:
        folder: config.json and model.safetensors.
        layers: how many of the layers, from the first, are kept.
        frozen: how many of these, from the first, have no adapter and get no gradient.
    """

    def __init__(self, folder: Path, *, layers: int, frozen: int) -> None:
        super().__init__()
        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text())
        weights = load_file(folder / "model.safetensors")
        self.embedding = weights["model.embed_tokens.weight"]
        self.frozen, self.eps = frozen, self.config["rms_norm_eps"]
        self.norm = torch.nn.Parameter(weights["model.norm.weight"].float())
        built = []
        for n in range(layers):
            prefix = f"model.layers.{n}."
            own = {name.removeprefix(prefix): weight for name, weight in weights.items() if name.startswith(prefix)}
            built.append(_Layer(own, self.config, n >= frozen))
        self.layers = torch.nn.ModuleList(built)
        theta = (self.config.get("rope_parameters") or self.config)["rope_theta"]
        size = self.config["hidden_size"] // self.config["num_attention_heads"]
        self.frequencies = 1.0 / theta ** (torch.arange(0, size, 2).float() / size)

    def forward(self, ids: torch.Tensor, places: torch.Tensor, added: torch.Tensor) -> torch.Tensor:
        """States after the last norm, (rows, length, hidden), bf16.

        Args:
            ids, places: (rows, length): token ids, and each one's position in its own text.
            added: (rows, length, length), 0 where a token sees another, -inf-like elsewhere.
        """
        angles = places.float()[..., None] * self.frequencies
        cos, sin = angles.cos(), angles.sin()
        x = functional.embedding(ids, self.embedding)
        for n, layer in enumerate(self.layers):
            if n < self.frozen:
                with torch.no_grad():
                    x = layer(x, cos, sin, added)
            else:
                x = layer(x, cos, sin, added)
        return normed(x, self.norm, self.eps)


def load_llama(folder: Path, *, layers: int = 30, frozen: int = 0) -> Llama:
    """The model of a folder, its layers compiled (one graph serves all of them)."""
    model = Llama(folder, layers=layers, frozen=frozen)
    for layer in model.layers:
        layer.forward = torch.compile(layer.forward, dynamic=False)  # type: ignore[method-assign]
    return model
