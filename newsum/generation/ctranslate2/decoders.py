"""Converts a causal checkpoint's safetensors to a CTranslate2 model, without torch or transformers.

In: `Weights`, a config and the tokens by id. Out: a folder that `ctranslate2.Generator` loads: the
"TransformerDecoderSpec", revision 8 (modelfile.py writes it).

Llama, Mistral, Qwen2, Qwen3, Gemma and Phi-3 are one architecture: rotary positions, root-mean-square norms, gated
feed-forward layers. Qwen2 adds biases to its attention, Qwen3 norms of queries and keys, Gemma scales its embeddings
and adds one to its norms' weights, Phi-3 stores matrices joined that the others store apart. GPT-2 has learnt
positions and stores its matrices transposed. What CTranslate2 computes otherwise than transformers (Llama 3.1's
positions, Gemma 2's bounded scores) is left to torch.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsum.generation.ctranslate2.modelfile import (
    Array,
    Config,
    Variables,
    activation_number,
    first_of,
    linear,
    norm,
    require_shape,
    scalar,
    whole,
    write_json,
    write_model,
)
from newsum.generation.ctranslate2.weights import Unconvertible, Weights

__all__ = ["FAMILIES", "LAYOUT", "convert_decoder"]

LAYOUT = 1  # raised whenever the same checkpoint would be written otherwise, so that no older cache is taken for it

_SPEC = ("TransformerDecoderSpec", 8)
_EMBEDDINGS, _PROJECTION = "decoder/embeddings/weight", "decoder/projection/weight"
_ROPE_BASE = {"qwen2": 10_000.0, "qwen3": 1_000_000.0}  # where a config names none; others as Llama


def convert_decoder(
    weights: Weights, config: Config, vocabulary: Sequence[str], special: Mapping[str, str], folder: Path, *, int8: bool
) -> None:
    """Writes a CTranslate2 language model into a folder.

    Args:
        vocabulary: the tokens by id, as many as the model has.
        special: the tokens that CTranslate2 knows by role: bos, eos and unk.

    Raises:
        Unconvertible: the weights are not those of the config, or it has something that CTranslate2 has not.
    """
    variables, aliases, epsilon = _FAMILIES[config["model_type"]](weights, config)
    write_model(folder / "model.bin", _SPEC, variables, aliases, int8=int8)
    described: dict[str, Any] = {f"{role}_token": token for role, token in special.items()}
    described |= {"layer_norm_epsilon": epsilon, "multi_query_attention": False}
    write_json(folder / "config.json", described)
    write_json(folder / "vocabulary.json", list(vocabulary))


def _llama(weights: Weights, config: Config) -> tuple[Variables, dict[str, str], float]:
    """Llama and what is built like it."""
    gemma = config["model_type"] == "gemma"
    name = config.get("hidden_activation") or config.get("hidden_act") or "silu"
    variables = _stack(config, heads=whole(config, "num_attention_heads"), activation=str(name))
    variables["decoder/scale_embeddings"] = scalar(gemma, "int8")
    if gemma:
        variables["decoder/embeddings/multiply_by_sqrt_depth"] = scalar(whole(config, "hidden_size") ** 0.5, "float32")
    variables |= _norm(weights, "decoder/layer_norm", "model.norm", residual=gemma)
    for number in range(whole(config, "num_hidden_layers")):
        layer, source = f"decoder/layer_{number}", f"model.layers.{number}"
        variables |= _attention(weights, f"{layer}/self_attention", f"{source}.self_attn", config)
        variables |= _feed_forward(weights, f"{layer}/ffn", f"{source}.mlp", whole(config, "intermediate_size"))
        before, after = f"{source}.input_layernorm", f"{source}.post_attention_layernorm"
        variables |= _norm(weights, f"{layer}/self_attention/layer_norm", before, residual=gemma)
        variables |= _norm(weights, f"{layer}/ffn/layer_norm", after, residual=gemma)
    aliases = _vocabulary(weights, variables, config, "model.embed_tokens.weight", whole(config, "hidden_size"))
    return variables, aliases, _epsilon(config.get("rms_norm_eps", 1e-6))


def _attention(weights: Weights, target: str, source: str, config: Config) -> Variables:
    heads, pairs, head = _heads(config)
    joined = [f"{source}.qkv_proj"] if f"{source}.qkv_proj.weight" in weights else []
    width = whole(config, "hidden_size")
    sizes = {"q": heads * head, "k": pairs * head, "v": pairs * head}
    for name, rows in (
        [(joined[0], sum(sizes.values()))] if joined else [(f"{source}.{p}_proj", sizes[p]) for p in sizes]
    ):
        require_shape(weights, f"{name}.weight", (rows, width))
    require_shape(weights, f"{source}.o_proj.weight", (width, heads * head))
    found = linear(weights, f"{target}/linear_0", *(joined or (f"{source}.{part}_proj" for part in sizes)))
    found |= linear(weights, f"{target}/linear_1", f"{source}.o_proj")
    if f"{source}.q_norm.weight" in weights:
        found |= norm(weights, f"{target}/q_norm", f"{source}.q_norm")
        found |= norm(weights, f"{target}/k_norm", f"{source}.k_norm")
    return found | {
        f"{target}/num_heads_kv": scalar(pairs, "int32"),
        f"{target}/head_dim": scalar(head, "int32"),
        f"{target}/rotary_dim": scalar(0, "int32"),  # all of a head
        f"{target}/rotary_interleave": scalar(0, "int8"),
        f"{target}/rotary_base": scalar(_rope_base(config), "float32"),
    }


def _heads(config: Config) -> tuple[int, int, int]:
    """How many heads query, how many pairs of key and value they share, and how wide one is.

    Raises:
        Unconvertible: they do not fit one another.
    """
    heads = whole(config, "num_attention_heads")
    pairs = heads if config.get("num_key_value_heads") is None else whole(config, "num_key_value_heads")
    stated = config.get("head_dim")
    head = whole(config, "hidden_size") // heads if stated is None else whole(config, "head_dim")
    if heads % pairs or not head:
        raise Unconvertible(f"its {heads} heads do not share {pairs} of key and value")
    return heads, pairs, head


def _feed_forward(weights: Weights, target: str, source: str, width: int) -> Variables:
    found = linear(weights, f"{target}/linear_1", f"{source}.down_proj")
    joined = f"{source}.gate_up_proj.weight"
    if joined in weights:
        found[f"{target}/linear_0/weight"] = _rows(weights, joined, slice(0, width))
        found[f"{target}/linear_0_noact/weight"] = _rows(weights, joined, slice(width, 2 * width))
        return found
    found |= linear(weights, f"{target}/linear_0", f"{source}.gate_proj")
    return found | linear(weights, f"{target}/linear_0_noact", f"{source}.up_proj")


def _epsilon(stated: Any) -> float:
    value = float(stated)
    if not 0 <= value < 1:
        raise Unconvertible(f"its norms divide by at least {value}")
    return value


def _rope_base(config: Config) -> float:
    """The base of the rotary positions.

    Raises:
        Unconvertible: they are stretched, or turn only a part of each head.
    """
    stated = config.get("rope_parameters") or config.get("rope_scaling") or {}
    kind = stated.get("rope_type", stated.get("type", "default"))
    if kind != "default":
        raise Unconvertible(f"its positions are of the kind {kind}")
    if config.get("partial_rotary_factor", stated.get("partial_rotary_factor", 1.0)) != 1.0:
        raise Unconvertible("its positions turn only a part of each head")
    default = _ROPE_BASE.get(config["model_type"], 10_000.0)
    return float(stated.get("rope_theta") or config.get("rope_theta") or default)


def _gpt2(weights: Weights, config: Config) -> tuple[Variables, dict[str, str], float]:
    """GPT-2, whose tensors some checkpoints name without the model's own prefix."""
    if config.get("scale_attn_by_inverse_layer_idx") or not config.get("scale_attn_weights", True):
        raise Unconvertible("its attention is not scaled as GPT-2's is")
    prefix = "" if "wte.weight" in weights else "transformer."
    name = str(config.get("activation_function", "gelu_new"))
    heads, width = whole(config, "n_head"), whole(config, "n_embd")
    if width % heads:
        raise Unconvertible(f"its {heads} heads do not share its width of {width}")
    variables = _stack(config, heads=heads, activation=name)
    variables["decoder/scale_embeddings"] = scalar(0, "int8")
    variables["decoder/position_encodings/encodings"] = weights.later(f"{prefix}wpe.weight")
    variables |= norm(weights, "decoder/layer_norm", f"{prefix}ln_f")
    for number in range(whole(config, "n_layer")):
        layer, source = f"decoder/layer_{number}", f"{prefix}h.{number}"
        require_shape(weights, f"{source}.attn.c_attn.weight", (width, 3 * width))
        variables |= norm(weights, f"{layer}/self_attention/layer_norm", f"{source}.ln_1")
        variables |= _transposed(weights, f"{layer}/self_attention/linear_0", f"{source}.attn.c_attn")
        variables |= _transposed(weights, f"{layer}/self_attention/linear_1", f"{source}.attn.c_proj")
        variables |= norm(weights, f"{layer}/ffn/layer_norm", f"{source}.ln_2")
        variables |= _transposed(weights, f"{layer}/ffn/linear_0", f"{source}.mlp.c_fc")
        variables |= _transposed(weights, f"{layer}/ffn/linear_1", f"{source}.mlp.c_proj")
    aliases = _vocabulary(weights, variables, config, f"{prefix}wte.weight", width)
    return variables, aliases, _epsilon(config.get("layer_norm_epsilon", 1e-5))


_FAMILIES = dict.fromkeys(("gemma", "llama", "mistral", "phi3", "qwen2", "qwen3"), _llama) | {"gpt2": _gpt2}
FAMILIES = frozenset(_FAMILIES)


# --- the parts ----------------------------------------------------------------------------------------------


def _stack(config: Config, *, heads: int, activation: str) -> Variables:
    found = {
        "decoder/num_heads": scalar(heads, "int16"),
        "decoder/pre_norm": scalar(1, "int8"),
        "decoder/activation": scalar(activation_number(activation), "int8"),
        "decoder/alignment_layer": scalar(-1, "int16"),
        "decoder/alignment_heads": scalar(1, "int16"),
    }
    flags = ("alibi", "alibi_use_positive_positions", "scale_alibi", "start_from_zero_embedding")
    return found | {f"decoder/{flag}": scalar(0, "int8") for flag in flags}


def _norm(weights: Weights, target: str, source: str, *, residual: bool) -> Variables:
    found = norm(weights, target, source)
    if residual:
        found[f"{target}/layer_norm_use_residual"] = scalar(1, "int8")
    return found


def _transposed(weights: Weights, target: str, source: str) -> Variables:
    matrix = weights.later(f"{source}.weight")
    return {f"{target}/weight": lambda: matrix().T, f"{target}/bias": weights.later(f"{source}.bias")}


def _rows(weights: Weights, name: str, rows: slice) -> Callable[[], Array]:
    read = weights.later(name)
    return lambda: read()[rows]


def _vocabulary(weights: Weights, variables: Variables, config: Config, embedded: str, width: int) -> dict[str, str]:
    """Adds the embeddings and the last layer, which are one tensor where a checkpoint ties them."""
    tied = config.get("tie_word_embeddings", config["model_type"] in ("gemma", "gpt2"))
    head = embedded if tied else first_of(weights, "lm_head.weight", embedded)
    for name in {embedded, head}:
        require_shape(weights, name, (whole(config, "vocab_size"), width))
    variables[_EMBEDDINGS] = weights.later(embedded)
    if head == embedded:
        return {_PROJECTION: _EMBEDDINGS}
    variables[_PROJECTION] = weights.later(head)
    return {}
