"""Converts a checkpoint's safetensors to a CTranslate2 model, tensor by tensor, without torch or transformers.

CTranslate2's own converter needs both, and as of 4.8 fails on transformers 5; even its `specs` load torch where that
is installed, which alone takes more memory than a whole brief. So model.bin is written here (modelfile.py), as the
"TransformerSpec", revision 7.

BART, mBART and PEGASUS are one architecture with the norms in different places; T5 has relative positions.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsum.generation.ctranslate2.modelfile import (
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

__all__ = ["FAMILIES", "LAYOUT", "convert"]

LAYOUT = 1  # raised whenever the same checkpoint would be written otherwise, so that no older cache is taken for it

_SPEC = ("TransformerSpec", 7)
_HEAD = 64  # of T5, where a config does not say how wide one is
_LEARNT_OFFSET = 2  # BART and mBART leave the first two places of their position tables unused
_SOURCE, _TARGET, _PROJECTION = "encoder/embeddings_0/weight", "decoder/embeddings/weight", "decoder/projection/weight"


def convert(
    weights: Weights, config: Config, vocabulary: Sequence[str], special: Mapping[str, str], folder: Path, *, int8: bool
) -> None:
    """Writes a CTranslate2 model into a folder.

    Args:
        vocabulary: the tokens by id, as many as the model has.
        special: the tokens that CTranslate2 knows by role: bos, eos, unk and decoder_start.

    Raises:
        Unconvertible: the weights are not those of the config, or it has something that CTranslate2 has not.
    """
    variables, aliases = _FAMILIES[config["model_type"]](weights, config)
    write_model(folder / "model.bin", _SPEC, variables, aliases, int8=int8)
    described: dict[str, Any] = {f"{role}_token": token for role, token in special.items()}
    described |= {"add_source_bos": False, "add_source_eos": False}
    write_json(folder / "config.json", described)
    write_json(folder / "shared_vocabulary.json", list(vocabulary))


# --- what goes where --------------------------------------------------------------------------------------


def _bart(weights: Weights, config: Config) -> tuple[Variables, dict[str, str]]:
    """BART (norms after each block), mBART and PEGASUS (before each block and once more at the end)."""
    kind = config["model_type"]
    variables: Variables = {}
    tied = config.get("tie_word_embeddings", True)
    own = [f"model.{stack}.embed_tokens.weight" for stack in ("encoder", "decoder")]
    source, target = [first_of(weights, "model.shared.weight", *own, "lm_head.weight")] * 2 if tied else own
    for stack in ("encoder", "decoder"):
        heads, named, width = whole(config, f"{stack}_attention_heads"), f"model.{stack}", whole(config, "d_model")
        if width % heads:
            raise Unconvertible(f"its {heads} heads do not share its width of {width}")
        variables |= _scalars(
            stack, heads, activation_number(config.get("activation_function", "gelu")), pre=kind != "bart"
        )
        scale = math.sqrt(width) if config.get("scale_embedding", False) else 1.0
        variables[f"{stack}/scale_embeddings"] = scalar(scale, "float32")
        unused = 0 if kind == "pegasus" else _LEARNT_OFFSET
        places = weights.later(f"{named}.embed_positions.weight", skip=unused)
        variables[f"{stack}/position_encodings/encodings"] = places
        if kind != "pegasus":
            variables |= norm(weights, f"{stack}/layernorm_embedding", f"{named}.layernorm_embedding")
        if kind != "bart":
            variables |= norm(weights, f"{stack}/layer_norm", f"{named}.layer_norm")
        for number in range(whole(config, f"{stack}_layers")):
            require_shape(weights, f"{named}.layers.{number}.self_attn.q_proj.weight", (width, width))
            variables |= _bart_layer(weights, f"{stack}/layer_{number}", f"{named}.layers.{number}")
    if "final_logits_bias" in weights and weights["final_logits_bias"].any():
        variables["decoder/projection/bias"] = lambda: weights["final_logits_bias"].reshape(-1)
    head = target if tied else "lm_head.weight"
    return variables, _vocabulary(weights, variables, config, source=source, target=target, head=head)


def _bart_layer(weights: Weights, target: str, source: str) -> Variables:
    attention = f"{target}/self_attention"
    found = linear(weights, f"{attention}/linear_0", *(f"{source}.self_attn.{part}_proj" for part in "qkv"))
    found |= linear(weights, f"{attention}/linear_1", f"{source}.self_attn.out_proj")
    found |= norm(weights, f"{attention}/layer_norm", f"{source}.self_attn_layer_norm")
    if target.startswith("decoder"):
        across = f"{target}/attention"
        found |= linear(weights, f"{across}/linear_0", f"{source}.encoder_attn.q_proj")
        found |= linear(weights, f"{across}/linear_1", *(f"{source}.encoder_attn.{part}_proj" for part in "kv"))
        found |= linear(weights, f"{across}/linear_2", f"{source}.encoder_attn.out_proj")
        found |= norm(weights, f"{across}/layer_norm", f"{source}.encoder_attn_layer_norm")
    found |= linear(weights, f"{target}/ffn/linear_0", f"{source}.fc1")
    found |= linear(weights, f"{target}/ffn/linear_1", f"{source}.fc2")
    return found | norm(weights, f"{target}/ffn/layer_norm", f"{source}.final_layer_norm")


def _t5(weights: Weights, config: Config) -> tuple[Variables, dict[str, str]]:
    """T5: no biases, root-mean-square norms before each block, positions relative in the first layer."""
    gate, _, name = str(config.get("feed_forward_proj", "relu")).rpartition("-")
    activation = activation_number("gelu_new" if (gate, name) == ("gated", "gelu") else name)
    heads, layers = whole(config, "num_heads"), whole(config, "num_layers")
    queries = (heads * (whole(config, "d_kv") if "d_kv" in config else _HEAD), whole(config, "d_model"))
    own = (f"{stack}.embed_tokens.weight" for stack in ("encoder", "decoder"))
    shared = first_of(weights, "shared.weight", *own, "lm_head.weight")
    distance = scalar(config.get("relative_attention_max_distance", 128), "int32")
    variables: Variables = {}
    for stack, count in (("encoder", layers), ("decoder", _decoder_layers(config))):
        variables |= _scalars(stack, heads, activation, pre=True)
        variables[f"{stack}/scale_embeddings"] = scalar(0, "int8")
        variables |= norm(weights, f"{stack}/layer_norm", f"{stack}.final_layer_norm")
        bias = f"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"
        for number in range(count):
            target = f"{stack}/layer_{number}"
            require_shape(weights, f"{stack}.block.{number}.layer.0.SelfAttention.q.weight", queries)
            variables[f"{target}/self_attention/relative_attention_bias"] = weights.later(bias)
            variables[f"{target}/self_attention/relative_attention_max_distance"] = distance
            variables |= _t5_layer(weights, target, f"{stack}.block.{number}.layer", gated=gate == "gated")
    # Version 1.1 and FLAN-T5 say that they are not tied, which means (in transformers too) no scaling
    if config.get("scale_decoder_outputs", config.get("tie_word_embeddings", True)):
        variables["decoder/scale_outputs"] = scalar(whole(config, "d_model") ** -0.5, "float32")
    head = first_of(weights, "lm_head.weight", shared)
    return variables, _vocabulary(weights, variables, config, source=shared, target=shared, head=head)


def _decoder_layers(config: Config) -> int:
    return whole(config, "num_layers" if config.get("num_decoder_layers") is None else "num_decoder_layers")


def _t5_layer(weights: Weights, target: str, source: str, *, gated: bool) -> Variables:
    attention, feed = f"{target}/self_attention", f"{source}.1.DenseReluDense"
    found = linear(weights, f"{attention}/linear_0", *(f"{source}.0.SelfAttention.{part}" for part in "qkv"))
    found |= linear(weights, f"{attention}/linear_1", f"{source}.0.SelfAttention.o")
    found |= norm(weights, f"{attention}/layer_norm", f"{source}.0.layer_norm")
    found[f"{attention}/queries_scale"] = scalar(1.0, "float32")
    if target.startswith("decoder"):
        across, feed = f"{target}/attention", f"{source}.2.DenseReluDense"
        found |= linear(weights, f"{across}/linear_0", f"{source}.1.EncDecAttention.q")
        found |= linear(weights, f"{across}/linear_1", *(f"{source}.1.EncDecAttention.{part}" for part in "kv"))
        found |= linear(weights, f"{across}/linear_2", f"{source}.1.EncDecAttention.o")
        found |= norm(weights, f"{across}/layer_norm", f"{source}.1.layer_norm")
        found[f"{across}/queries_scale"] = scalar(1.0, "float32")
    found |= linear(weights, f"{target}/ffn/linear_0", f"{feed}.wi_0" if gated else f"{feed}.wi")
    if gated:
        found |= linear(weights, f"{target}/ffn/linear_0_noact", f"{feed}.wi_1")
    found |= linear(weights, f"{target}/ffn/linear_1", f"{feed}.wo")
    return found | norm(weights, f"{target}/ffn/layer_norm", f"{feed.rpartition('.')[0]}.layer_norm")


_FAMILIES = {"bart": _bart, "mbart": _bart, "pegasus": _bart, "t5": _t5}
FAMILIES = frozenset(_FAMILIES)


def _vocabulary(
    weights: Weights, variables: Variables, config: Config, *, source: str, target: str, head: str
) -> dict[str, str]:
    """Adds the three uses of the vocabulary, each tensor once; the others are aliases of its first place."""
    aliases: dict[str, str] = {}
    written: dict[str, str] = {}
    for place, name in ((_TARGET, target), (_PROJECTION, head), (_SOURCE, source)):
        require_shape(weights, name, (whole(config, "vocab_size"), whole(config, "d_model")))
        if name in written:
            aliases[place] = written[name]
        else:
            written[name] = place
            variables[place] = weights.later(name)
    return aliases


def _scalars(stack: str, heads: int, activation: int, *, pre: bool) -> Variables:
    found = {
        f"{stack}/num_heads": scalar(heads, "int16"),
        f"{stack}/pre_norm": scalar(pre, "int8"),
        f"{stack}/activation": scalar(activation, "int8"),
    }
    if stack == "encoder":
        return found | {
            "encoder/embeddings_merge": scalar(0, "int8"),
            "encoder/multi_query_attention": scalar(0, "int8"),
        }
    flags = ("alibi", "alibi_use_positive_positions", "scale_alibi", "start_from_zero_embedding")
    found |= {f"decoder/{flag}": scalar(0, "int8") for flag in flags}
    return found | {"decoder/alignment_layer": scalar(-1, "int16"), "decoder/alignment_heads": scalar(1, "int16")}
