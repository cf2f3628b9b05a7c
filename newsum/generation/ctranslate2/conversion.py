"""Converts a checkpoint's safetensors to a CTranslate2 model, tensor by tensor, without torch or transformers.

CTranslate2's own converter needs both, and as of 4.8 fails on transformers 5; even its `specs` load torch where that
is installed, which alone takes more memory than a whole brief. So model.bin is written here: binary version 6 of the
"TransformerSpec", revision 7, as `ctranslate2.specs.model_spec` lays it out (a test compares the two). 8-bit weights
have a scale for each row.

BART, mBART and PEGASUS are one architecture with the norms in different places; T5 has relative positions.
"""

import json
import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from newsum.generation.ctranslate2.weights import Unconvertible, Weights

__all__ = ["FAMILIES", "LAYOUT", "convert"]

LAYOUT = 1  # raised whenever the same checkpoint would be written otherwise, so that no older cache is taken for it

Array = NDArray[Any]
Variables = dict[str, Callable[[], Array]]
Config = Mapping[str, Any]

_BINARY_VERSION, _SPEC, _SPEC_REVISION = 6, b"TransformerSpec", 7
_TYPES = ("float32", "int8", "int16", "int32")  # their places are their numbers
_ACTIVATIONS = {
    "relu": 0,
    "gelu_new": 1,
    "gelu_fast": 1,
    "gelu_pytorch_tanh": 1,
    "silu": 2,
    "swish": 2,
    "gelu": 3,
    "gelu_python": 3,
}
# The largest 8-bit weight of a row. Products with 8-bit activations are added in pairs, in 16 bits where a CPU has
# AVX2 but not VNNI, and pairs of large ones are cut off there. With 127 the bundled model's log-probabilities are
# .052 off those in 32 bits on such a CPU (.035 with exact sums); from 86 to 104 they are .036 off.
_LARGEST = 96.0
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
    with (folder / "model.bin").open("wb") as file:
        _write(file, variables, aliases, int8=int8)
    described: dict[str, Any] = {f"{role}_token": token for role, token in special.items()}
    described |= {"add_source_bos": False, "add_source_eos": False}
    _write_json(folder / "config.json", described)
    _write_json(folder / "shared_vocabulary.json", list(vocabulary))


# --- what goes where --------------------------------------------------------------------------------------


def _bart(weights: Weights, config: Config) -> tuple[Variables, dict[str, str]]:
    """BART (norms after each block), mBART and PEGASUS (before each block and once more at the end)."""
    kind = config["model_type"]
    variables: Variables = {}
    tied = config.get("tie_word_embeddings", True)
    own = [f"model.{stack}.embed_tokens.weight" for stack in ("encoder", "decoder")]
    source, target = [_first(weights, "model.shared.weight", *own, "lm_head.weight")] * 2 if tied else own
    for stack in ("encoder", "decoder"):
        heads, named = _whole(config, f"{stack}_attention_heads"), f"model.{stack}"
        variables |= _scalars(stack, heads, _activation(config.get("activation_function", "gelu")), pre=kind != "bart")
        scale = math.sqrt(_whole(config, "d_model")) if config.get("scale_embedding", False) else 1.0
        variables[f"{stack}/scale_embeddings"] = _scalar(scale, "float32")
        unused = 0 if kind == "pegasus" else _LEARNT_OFFSET
        places = weights.later(f"{named}.embed_positions.weight", skip=unused)
        variables[f"{stack}/position_encodings/encodings"] = places
        if kind != "pegasus":
            variables |= _norm(weights, f"{stack}/layernorm_embedding", f"{named}.layernorm_embedding")
        if kind != "bart":
            variables |= _norm(weights, f"{stack}/layer_norm", f"{named}.layer_norm")
        for number in range(_whole(config, f"{stack}_layers")):
            variables |= _bart_layer(weights, f"{stack}/layer_{number}", f"{named}.layers.{number}")
    if "final_logits_bias" in weights and weights["final_logits_bias"].any():
        variables["decoder/projection/bias"] = lambda: weights["final_logits_bias"].reshape(-1)
    head = target if tied else "lm_head.weight"
    return variables, _vocabulary(weights, variables, config, source=source, target=target, head=head)


def _bart_layer(weights: Weights, target: str, source: str) -> Variables:
    attention = f"{target}/self_attention"
    found = _linear(weights, f"{attention}/linear_0", *(f"{source}.self_attn.{part}_proj" for part in "qkv"))
    found |= _linear(weights, f"{attention}/linear_1", f"{source}.self_attn.out_proj")
    found |= _norm(weights, f"{attention}/layer_norm", f"{source}.self_attn_layer_norm")
    if target.startswith("decoder"):
        across = f"{target}/attention"
        found |= _linear(weights, f"{across}/linear_0", f"{source}.encoder_attn.q_proj")
        found |= _linear(weights, f"{across}/linear_1", *(f"{source}.encoder_attn.{part}_proj" for part in "kv"))
        found |= _linear(weights, f"{across}/linear_2", f"{source}.encoder_attn.out_proj")
        found |= _norm(weights, f"{across}/layer_norm", f"{source}.encoder_attn_layer_norm")
    found |= _linear(weights, f"{target}/ffn/linear_0", f"{source}.fc1")
    found |= _linear(weights, f"{target}/ffn/linear_1", f"{source}.fc2")
    return found | _norm(weights, f"{target}/ffn/layer_norm", f"{source}.final_layer_norm")


def _t5(weights: Weights, config: Config) -> tuple[Variables, dict[str, str]]:
    """T5: no biases, root-mean-square norms before each block, positions relative in the first layer."""
    gate, _, name = str(config.get("feed_forward_proj", "relu")).rpartition("-")
    activation = _activation("gelu_new" if (gate, name) == ("gated", "gelu") else name)
    heads, layers = _whole(config, "num_heads"), _whole(config, "num_layers")
    own = (f"{stack}.embed_tokens.weight" for stack in ("encoder", "decoder"))
    shared = _first(weights, "shared.weight", *own, "lm_head.weight")
    distance = _scalar(config.get("relative_attention_max_distance", 128), "int32")
    variables: Variables = {}
    for stack, count in (("encoder", layers), ("decoder", config.get("num_decoder_layers") or layers)):
        variables |= _scalars(stack, heads, activation, pre=True)
        variables[f"{stack}/scale_embeddings"] = _scalar(0, "int8")
        variables |= _norm(weights, f"{stack}/layer_norm", f"{stack}.final_layer_norm")
        bias = f"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"
        for number in range(count):
            target = f"{stack}/layer_{number}"
            variables[f"{target}/self_attention/relative_attention_bias"] = weights.later(bias)
            variables[f"{target}/self_attention/relative_attention_max_distance"] = distance
            variables |= _t5_layer(weights, target, f"{stack}.block.{number}.layer", gated=gate == "gated")
    # Version 1.1 and FLAN-T5 say that they are not tied, which means (in transformers too) no scaling
    if config.get("scale_decoder_outputs", config.get("tie_word_embeddings", True)):
        variables["decoder/scale_outputs"] = _scalar(_whole(config, "d_model") ** -0.5, "float32")
    head = _first(weights, "lm_head.weight", shared)
    return variables, _vocabulary(weights, variables, config, source=shared, target=shared, head=head)


def _t5_layer(weights: Weights, target: str, source: str, *, gated: bool) -> Variables:
    attention, feed = f"{target}/self_attention", f"{source}.1.DenseReluDense"
    found = _linear(weights, f"{attention}/linear_0", *(f"{source}.0.SelfAttention.{part}" for part in "qkv"))
    found |= _linear(weights, f"{attention}/linear_1", f"{source}.0.SelfAttention.o")
    found |= _norm(weights, f"{attention}/layer_norm", f"{source}.0.layer_norm")
    found[f"{attention}/queries_scale"] = _scalar(1.0, "float32")
    if target.startswith("decoder"):
        across, feed = f"{target}/attention", f"{source}.2.DenseReluDense"
        found |= _linear(weights, f"{across}/linear_0", f"{source}.1.EncDecAttention.q")
        found |= _linear(weights, f"{across}/linear_1", *(f"{source}.1.EncDecAttention.{part}" for part in "kv"))
        found |= _linear(weights, f"{across}/linear_2", f"{source}.1.EncDecAttention.o")
        found |= _norm(weights, f"{across}/layer_norm", f"{source}.1.layer_norm")
        found[f"{across}/queries_scale"] = _scalar(1.0, "float32")
    found |= _linear(weights, f"{target}/ffn/linear_0", f"{feed}.wi_0" if gated else f"{feed}.wi")
    if gated:
        found |= _linear(weights, f"{target}/ffn/linear_0_noact", f"{feed}.wi_1")
    found |= _linear(weights, f"{target}/ffn/linear_1", f"{feed}.wo")
    return found | _norm(weights, f"{target}/ffn/layer_norm", f"{feed.rpartition('.')[0]}.layer_norm")


_FAMILIES = {"bart": _bart, "mbart": _bart, "pegasus": _bart, "t5": _t5}
FAMILIES = frozenset(_FAMILIES)


# --- the parts ----------------------------------------------------------------------------------------------


def _linear(weights: Weights, target: str, *sources: str) -> Variables:
    """One matrix, or several that are computed at once."""
    found = {f"{target}/weight": weights.later(*(f"{source}.weight" for source in sources))}
    if f"{sources[0]}.bias" in weights:
        found[f"{target}/bias"] = weights.later(*(f"{source}.bias" for source in sources))
    return found


def _norm(weights: Weights, target: str, source: str) -> Variables:
    found = {f"{target}/gamma": weights.later(f"{source}.weight")}
    if f"{source}.bias" in weights:
        found[f"{target}/beta"] = weights.later(f"{source}.bias")
    return found


def _first(weights: Weights, *names: str) -> str:
    """The name under which a tensor that has several was saved."""
    return next((name for name in names if name in weights), names[0])


def _vocabulary(
    weights: Weights, variables: Variables, config: Config, *, source: str, target: str, head: str
) -> dict[str, str]:
    """Adds the three uses of the vocabulary, each tensor once; the others are aliases of its first place."""
    aliases: dict[str, str] = {}
    written: dict[str, str] = {}
    for place, name in ((_TARGET, target), (_PROJECTION, head), (_SOURCE, source)):
        if weights.shape(name) != (_whole(config, "vocab_size"), _whole(config, "d_model")):
            raise Unconvertible(f"its {name} is {weights.shape(name)} and not what its config says")
        if name in written:
            aliases[place] = written[name]
        else:
            written[name] = place
            variables[place] = weights.later(name)
    return aliases


def _scalars(stack: str, heads: int, activation: int, *, pre: bool) -> Variables:
    found = {
        f"{stack}/num_heads": _scalar(heads, "int16"),
        f"{stack}/pre_norm": _scalar(pre, "int8"),
        f"{stack}/activation": _scalar(activation, "int8"),
    }
    if stack == "encoder":
        return found | {
            "encoder/embeddings_merge": _scalar(0, "int8"),
            "encoder/multi_query_attention": _scalar(0, "int8"),
        }
    flags = ("alibi", "alibi_use_positive_positions", "scale_alibi", "start_from_zero_embedding")
    found |= {f"decoder/{flag}": _scalar(0, "int8") for flag in flags}
    return found | {"decoder/alignment_layer": _scalar(-1, "int16"), "decoder/alignment_heads": _scalar(1, "int16")}


def _scalar(value: float, kind: str) -> Callable[[], Array]:
    return lambda: np.asarray(value, dtype=kind)


def _activation(name: str) -> int:
    if name not in _ACTIVATIONS:
        raise Unconvertible(f"its activation is {name}")
    return _ACTIVATIONS[name]


def _whole(config: Config, key: str) -> int:
    value = config.get(key)
    if not isinstance(value, int):
        raise Unconvertible(f"its config.json does not state {key}")
    return value


# --- the file -----------------------------------------------------------------------------------------------


def _write(file: BinaryIO, variables: Variables, aliases: Mapping[str, str], *, int8: bool) -> None:
    scaled = {name for name in variables if int8 and name.endswith("/weight")}
    file.write(struct.pack("<I", _BINARY_VERSION))
    _write_name(file, _SPEC)
    file.write(struct.pack("<II", _SPEC_REVISION, len(variables) + len(scaled)))
    for name in sorted(variables):
        if name in scaled:
            for named, array in _in_8_bits(name, variables[name]()):
                _write_array(file, named, array)
        else:
            _write_array(file, name, variables[name]())
    named_again = [*aliases.items(), *((f"{a}_scale", f"{b}_scale") for a, b in aliases.items() if b in scaled)]
    file.write(struct.pack("<I", len(named_again)))
    for alias, name in named_again:
        _write_name(file, alias.encode())
        _write_name(file, name.encode())


def _in_8_bits(name: str, values: Array) -> Iterator[tuple[str, Array]]:
    """(name, array) of the rounded rows, and of what each was multiplied with."""
    rounded = np.empty(values.shape, np.int8)
    scales = np.empty(len(values), np.float32)
    for start in range(0, len(values), 4096):  # rows at once: the largest matrix is never held twice in 32 bits
        rows = values[start : start + 4096].astype(np.float32)
        largest = np.abs(rows).max(axis=1)
        scales[start : start + 4096] = scale = _LARGEST / np.where(largest == 0, _LARGEST, largest)
        rounded[start : start + 4096] = np.rint(rows * scale[:, None])
    yield name, rounded
    yield f"{name}_scale", scales


def _write_array(file: BinaryIO, name: str, array: Array) -> None:
    if array.dtype.name not in _TYPES:
        array = array.astype(np.float32)
    _write_name(file, name.encode())
    file.write(struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape))
    file.write(struct.pack("<BI", _TYPES.index(array.dtype.name), array.nbytes))
    file.write(np.ascontiguousarray(array).data)


def _write_name(file: BinaryIO, name: bytes) -> None:
    file.write(struct.pack("<H", len(name) + 1) + name + b"\0")


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0), encoding="utf-8")
