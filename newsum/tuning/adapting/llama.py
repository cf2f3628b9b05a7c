"""SmolLM2 for training on two cores: plain Llama with a LoRA adapter, rows packed so that nothing is computed twice.

In: the base. Out: `Llama`, whose forward takes packed rows (packing.py) and gives states.
Source: Llama (Touvron et al. 2023), LoRA (Hu et al. 2021). transformers' own module with peft is 2 to 3 times slower
here: this one joins the query, key and value products and the gate's two, keeps shapes fixed and is compiled.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch.nn import functional

from newsum.generation.base import Base

__all__ = ["SCALE", "Llama", "adapter_of", "compiled", "load_tokenizer", "start_from"]

_RANK = {"qkv": 24, "out": 16, "gate_up": 24, "down": 16}
SCALE = 2.0  # of the adapter's product, as alpha / rank is elsewhere


class _Adapted(torch.nn.Module):
    """A frozen matrix plus a low-rank one that is trained: x W' + scale x A' B'."""

    weight: torch.Tensor

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


class _Layer(torch.nn.Module):
    before: torch.Tensor
    between: torch.Tensor

    def __init__(self, matrices: dict[str, NDArray[np.float32]], base: Base, adapted: bool) -> None:
        super().__init__()
        self.heads, self.kv, self.eps = base.heads, base.kv_heads, base.eps
        self.size = matrices["out"].shape[0] // base.heads
        self.qkv, self.out, self.gate_up, self.down = (
            _Adapted(torch.from_numpy(matrices[name]).bfloat16(), rank if adapted else 0)
            for name, rank in _RANK.items()
        )
        self.register_buffer("before", torch.from_numpy(matrices["before"]), persistent=False)
        self.register_buffer("between", torch.from_numpy(matrices["between"]), persistent=False)

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
        result: torch.Tensor = x + self.down(functional.silu(gate) * up)
        return result


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
        base: as many of its layers as it was asked for are kept.
        frozen: how many of these, from the first, have no adapter and get no gradient.
    """

    def __init__(self, base: Base, *, frozen: int) -> None:
        super().__init__()
        self.embedding = torch.from_numpy(base.embeddings()).bfloat16()
        self.frozen, self.eps, self.hidden = frozen, base.eps, self.embedding.shape[1]
        self.norm = torch.nn.Parameter(torch.from_numpy(base.norm()))
        self.layers = torch.nn.ModuleList(_Layer(base.layer(n), base, n >= frozen) for n in range(base.layers))
        size = self.hidden // base.heads
        self.frequencies = 1.0 / base.rope_theta ** (torch.arange(0, size, 2).float() / size)

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


def adapter_of(model: Llama) -> dict[str, torch.Tensor]:
    """What was trained, as newsum.generation.adapted reads it."""
    found = {}
    for name, value in model.named_parameters():  # layers.7.gate_up.a
        scaled = value * SCALE if name.endswith(".b") else value
        stored = scaled if name == "norm" else scaled.bfloat16()
        found[name.removeprefix("layers.")] = stored.detach().clone().contiguous()
    return found


def start_from(model: Llama, adapter: Path) -> dict[str, torch.Tensor]:
    """Takes over the weights of an adapter that `adapter_of` made; returns what else the file holds.

    Raises:
        RuntimeError: it is the adapter of another shape of model.
    """
    stored = load_file(adapter)
    rest = {name: stored.pop(name) for name in ("rows",) if name in stored}
    own = {"norm": stored.pop("norm")}
    for name, value in stored.items():
        own[f"layers.{name}"] = value.float() / (SCALE if name.endswith(".b") else 1.0)
    model.load_state_dict(own, strict=True)
    return rest


def load_tokenizer(base: Base) -> Any:
    """The base's tokenizer, which cuts and pads nothing and takes no text for a special token."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return tokenizer


def compiled(model: Llama) -> Llama:
    """The model with its layers compiled; one graph serves all of them."""
    for layer in model.layers:
        layer.forward = torch.compile(layer.forward, dynamic=False)
    return model
