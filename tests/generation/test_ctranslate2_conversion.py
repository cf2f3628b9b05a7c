"""What is read from safetensors and written for CTranslate2, checked against ctranslate2's own specification."""

import json
import struct

import numpy as np
import pytest
from extras import need

need("torch")

import tiny_models
import torch
from safetensors.torch import load_file, save_file

from newsum.generation.ctranslate2.conversion import convert
from newsum.generation.ctranslate2.weights import Unconvertible, Weights

TYPES = ("float32", "int8", "int16", "int32")
SPECIAL = {"bos": "<s>", "eos": "</s>", "unk": "<unk>", "decoder_start": "</s>"}


def read_model(path):
    """(variables by name, aliases) of a model.bin, as ctranslate2.specs.model_spec writes it."""
    data, at = path.read_bytes(), 0

    def take(form):
        nonlocal at
        values = struct.unpack_from(f"<{form}", data, at)
        at += struct.calcsize(f"<{form}")
        return values

    def name():
        (length,) = take("H")
        return take(f"{length}s")[0].rstrip(b"\0").decode()

    assert take("I") == (6,)
    assert name() == "TransformerSpec"
    revision, count = take("II")
    assert revision == 7
    variables = {}
    for _ in range(count):
        named = name()
        shape = take(f"{take('B')[0]}I")
        kind, size = take("BI")
        variables[named] = np.frombuffer(data, TYPES[kind], int(np.prod(shape)), at).reshape(shape)
        assert variables[named].nbytes == size
        at += size
    aliases = {name(): name() for _ in range(take("I")[0])}
    assert at == len(data)
    return variables, aliases


def converted(folder, out, *, int8=False):
    config = json.loads((folder / "config.json").read_text())
    out.mkdir()
    vocabulary = [f"t{number}" for number in range(config["vocab_size"])]
    convert(Weights([folder / "model.safetensors"]), config, vocabulary, SPECIAL, out, int8=int8)
    return config, *read_model(out / "model.bin")


def spec_of(config):
    """ctranslate2's own empty specification of such a model."""
    from ctranslate2.specs import TransformerSpec

    if config["model_type"] == "t5":
        layers = (config["num_layers"], config["num_decoder_layers"])
        return TransformerSpec.from_config(
            layers,
            config["num_heads"],
            pre_norm=True,
            relative_attention_bias=True,
            rms_norm=True,
            ffn_glu=config["is_gated_act"],
        )
    layers, heads = (config["encoder_layers"], config["decoder_layers"]), config["encoder_attention_heads"]
    kind = config["model_type"]
    return TransformerSpec.from_config(
        layers, heads, pre_norm=kind != "bart", activation=3, layernorm_embedding=kind != "pegasus"
    )


@pytest.mark.parametrize("family", ["bart", "mbart", "pegasus", "t5"])
def test_a_model_has_what_ctranslate2_asks_for_laid_out_as_it_does(tmp_path, family):
    from ctranslate2.specs.model_spec import index_spec

    gated = {"feed_forward_proj": "gated-gelu"} if family == "t5" else {}
    folder = tiny_models.build(family, tmp_path / "tiny", **gated)
    config, variables, aliases = converted(folder, tmp_path / "ours")
    spec = spec_of(config)
    for name, value in (variables | {alias: variables[target] for alias, target in aliases.items()}).items():
        scope, _, attribute = name.rpartition("/")
        setattr(index_spec(spec, scope), attribute, np.array(value))  # an attribute that it lacks is an error
    spec.register_source_vocabulary([""] * config["vocab_size"])
    spec.register_target_vocabulary([""] * config["vocab_size"])
    spec.validate()  # as is one that is left unset
    spec.optimize()
    spec._serialize(str(tmp_path / "theirs.bin"))
    theirs, named_again = read_model(tmp_path / "theirs.bin")
    assert set(theirs) | set(named_again) == set(variables) | set(aliases)
    for name in theirs:
        ours = variables[aliases.get(name, name)]
        assert ours.dtype == theirs[name].dtype
        np.testing.assert_array_equal(ours, theirs[name])


def test_eight_bit_rows_are_their_scale_times_the_weights_rounded(tmp_path):
    folder = tiny_models.build("bart", tmp_path / "tiny")
    _, exact, _ = converted(folder, tmp_path / "exact")
    _, rounded, aliases = converted(folder, tmp_path / "rounded", int8=True)
    names = [name for name in exact if name.endswith("/weight")]
    assert len(names) > 20
    for name in names:
        scale = rounded[f"{name}_scale"][:, None]
        assert rounded[name].dtype == np.int8
        assert np.abs(exact[name] * scale - rounded[name]).max() <= 0.501
        assert set(np.abs(rounded[name]).max(axis=1)) == {96}
    assert aliases["decoder/projection/weight_scale"] == "decoder/embeddings/weight_scale"
    assert all(exact[name] is not None and rounded[name].dtype == np.float32 for name in exact if "/bias" in name)


def test_a_row_of_zeros_stays_zero(tmp_path):
    folder = tiny_models.build("bart", tmp_path / "tiny")
    weights = load_file(folder / "model.safetensors")
    weights["model.shared.weight"][1] = 0
    save_file(weights, folder / "model.safetensors")
    _, rounded, _ = converted(folder, tmp_path / "ours", int8=True)
    assert not rounded["decoder/embeddings/weight"][1].any()
    assert rounded["decoder/embeddings/weight_scale"][1] == 1


@pytest.mark.parametrize("kind", [torch.float32, torch.float16, torch.bfloat16, torch.float64])
def test_tensors_of_every_float_type_are_read_by_name(tmp_path, kind):
    written = torch.arange(6, dtype=kind).reshape(2, 3) / 7
    save_file({"a": written, "b": torch.ones(1)}, tmp_path / "model.safetensors")
    weights = Weights([tmp_path / "model.safetensors"])
    np.testing.assert_array_equal(np.asarray(weights["a"], np.float64), written.double().numpy())
    assert weights.shape("a") == (2, 3)
    assert weights.later("a", "a", skip=1)().shape == (3, 3)
    assert "c" not in weights


def test_what_cannot_be_read_or_is_not_there_is_named(tmp_path):
    file = tmp_path / "model.safetensors"
    save_file({"a": torch.ones(4, dtype=torch.int32), "b": torch.ones(64)}, file)
    weights = Weights([file])
    with pytest.raises(Unconvertible, match="its weights lack c"):
        weights.later("b", "c")
    with pytest.raises(Unconvertible, match="its a is of type I32"):
        weights["a"]
    whole = file.read_bytes()
    for damaged in (whole[:-8], whole[:20], b"", b"\xff" * 64, (8).to_bytes(8, "little") + b"[1, 2] x"):
        file.write_bytes(damaged)
        with pytest.raises(Unconvertible, match=r"its model\.safetensors cannot be read"):
            Weights([file])


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"d_model": 16}, r"q_proj\.weight is \(32, 32\) and not \(16, 16\)"),
        ({"decoder_layers": 3}, "its weights lack model.decoder.layers.2"),
        ({"encoder_attention_heads": None}, "does not state encoder_attention_heads"),
        ({"activation_function": "swoosh"}, "its activation is swoosh"),
    ],
)
def test_weights_that_are_not_those_of_the_config_are_refused(tmp_path, edits, said):
    folder = tiny_models.build("bart", tmp_path / "tiny")
    config = json.loads((folder / "config.json").read_text()) | edits
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(Unconvertible, match=said):
        converted(folder, tmp_path / "ours")
