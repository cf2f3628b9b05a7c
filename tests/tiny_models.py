"""Tiny checkpoints of every family, made on the spot: random weights, tokenizers of a few sentences' words.

In: a family's name and a folder. Out: the folder, as `save_pretrained` leaves it. The weights are
drawn wide, so that the models are as sure of themselves as trained ones and texts differ.
"""

from pathlib import Path

import torch
import transformers
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

FAMILIES = ("bart", "wordpiece", "mbart", "pegasus", "t5", "led", "primera")
CAUSAL = ("gemma", "gpt2", "llama", "mistral", "phi3", "qwen2", "qwen3")  # which CTranslate2 runs
CAUSAL_IN_TORCH = ("gemma2", "gemma3_text", "gpt_neox", "phi", "smollm3")
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

SENTENCES = (
    "The two countries signed a treaty on mutual defense on Monday.",
    "Gas worth 55 billion cubic metres will flow through the new pipeline each year.",
    "Officials said that the talks had lasted for three days and two nights.",
    "The opposition called the agreement a mistake that would cost voters dearly.",
    "Nobody was hurt when the bridge fell into the river, the mayor told reporters.",
    "Prices rose by four per cent in March, the fastest rise in a decade.",
    "A court ordered the company to pay damages to the fishermen of the bay.",
    "Scientists warned that the lake may be dry within a generation.",
)

_SMALL = {"d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
_HEADS = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
_IDS = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}


def build(family: str, folder: Path, *, seed: int = 0, task: dict | None = None, **config: object) -> Path:
    """Saves a tiny model and tokenizer of a family; `task` becomes its task_specific_params."""
    tokenizer = _TOKENIZERS[family]()
    made = _CONFIGS[family](len(tokenizer), config)
    if task is not None:
        made.task_specific_params = task
    model = transformers.AutoModelForSeq2SeqLM.from_config(made)
    _sharpen(model, seed)
    if family == "mbart":
        model.generation_config.forced_bos_token_id = tokenizer.convert_tokens_to_ids("ro_RO")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_causal(family: str, folder: Path, *, seed: int = 0, template: str | None = CHATML, **config: object) -> Path:
    """Saves a tiny causal model and tokenizer of a family, with its chat template where it has one."""
    tokenizer = _byte_level("<|im_start|>", "<|im_end|>")
    tokenizer.eos_token = "<|im_end|>"
    tokenizer.chat_template = template
    ids = {"bos_token_id": 5, "eos_token_id": 6, "pad_token_id": 1}
    kind, values = _CAUSAL[family]
    made = kind(vocab_size=len(tokenizer), **{**_CAUSAL_SMALL, **ids, **values, **config})
    model = transformers.AutoModelForCausalLM.from_config(made)
    _sharpen(model, seed)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _sharpen(model: torch.nn.Module, seed: int) -> None:
    """Draws the weights anew, wide enough that the next token is seldom in doubt."""
    random = torch.Generator().manual_seed(seed)
    for parameter in model.parameters():
        if parameter.dim() >= 2:
            parameter.data.normal_(0.0, 0.35, generator=random)


def _byte_level(*extra: str) -> transformers.PreTrainedTokenizerBase:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *extra]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return _wrapped(tokenizer, mask_token="<mask>", cls_token="<s>", sep_token="</s>", bos_token="<s>")


def _pieces(words: list[str]) -> list[str]:
    """The words' characters and beginnings; a trainer's pieces come in another order every time."""
    return sorted({word[:length] for word in words for length in (1, 2, len(word))} | set("".join(words)))


def _wordpiece() -> transformers.PreTrainedTokenizerBase:
    words = " ".join(SENTENCES).lower().replace(".", " . ").replace(",", " , ").split()
    special = ["[CLS]", "[PAD]", "[SEP]", "[UNK]", "[MASK]"]
    pieces = [*special, *_pieces(words), *sorted({f"##{letter}" for letter in "".join(words)})]
    tokenizer = Tokenizer(models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 0))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        **{f"{name}_token": f"[{text}]" for name, text in _BERT_NAMES.items()},
        model_max_length=64,
    )


_BERT_NAMES = {"cls": "CLS", "sep": "SEP", "pad": "PAD", "unk": "UNK", "mask": "MASK", "bos": "CLS", "eos": "SEP"}


def _unigram(special: list[str], end: str, *extra: str) -> transformers.PreTrainedTokenizerBase:
    words = [f"\u2581{word}" for word in " ".join(SENTENCES).split()]
    pieces = [(token, 0.0) for token in (*special, *extra)]
    pieces += [(piece, -12.0 + min(len(piece), 8)) for piece in _pieces(words)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=special.index("<unk>")))
    tokenizer.normalizer = normalizers.Replace("\n", " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    ids = {token: tokenizer.token_to_id(token) for token in special}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {end}", special_tokens=[(token, ids[token]) for token in end.split()]
    )
    return _wrapped(tokenizer)


def _wrapped(tokenizer: Tokenizer, **special: str) -> transformers.PreTrainedTokenizerBase:
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<pad>", eos_token="</s>", **special
    )


def _mbart_tokenizer() -> transformers.PreTrainedTokenizerBase:
    tokenizer = _unigram(["<s>", "<pad>", "</s>", "<unk>", "en_XX", "ro_RO"], "</s> en_XX")
    tokenizer.add_special_tokens({"bos_token": "<s>", "additional_special_tokens": ["en_XX", "ro_RO"]})
    return tokenizer


def _pegasus_tokenizer() -> transformers.PreTrainedTokenizerBase:
    tokenizer = _unigram(["<pad>", "</s>", "<unk>"], "</s>")
    tokenizer.add_tokens([AddedToken("<n>", normalized=False)])
    return tokenizer


def _bart(vocabulary: int, config: dict) -> transformers.PretrainedConfig:
    values = {**_SMALL, **_HEADS, **_IDS, "decoder_start_token_id": 2, "max_position_embeddings": 64, **config}
    return transformers.BartConfig(vocab_size=vocabulary, **values)


def _mbart(vocabulary: int, config: dict) -> transformers.PretrainedConfig:
    values = {**_SMALL, **_HEADS, **_IDS, "decoder_start_token_id": 2, "max_position_embeddings": 64, **config}
    return transformers.MBartConfig(vocab_size=vocabulary, **values)


def _pegasus(vocabulary: int, config: dict) -> transformers.PretrainedConfig:
    ids = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0, "forced_eos_token_id": 1}
    values = {**_SMALL, **_HEADS, **ids, "max_position_embeddings": 64, **config}
    return transformers.PegasusConfig(vocab_size=vocabulary, **values)


def _t5(vocabulary: int, config: dict) -> transformers.PretrainedConfig:
    size = {"d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4, "tie_word_embeddings": True}
    ids = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
    return transformers.T5Config(vocab_size=vocabulary, **{**size, **ids, **config})


def _led(vocabulary: int, config: dict) -> transformers.PretrainedConfig:
    positions = {"max_encoder_position_embeddings": 70, "max_decoder_position_embeddings": 40, "attention_window": 8}
    values = {**_SMALL, **_HEADS, **_IDS, **positions, "decoder_start_token_id": 2, **config}
    return transformers.LEDConfig(vocab_size=vocabulary, **values)


_TOKENIZERS = {
    "bart": _byte_level,
    "wordpiece": _wordpiece,
    "mbart": _mbart_tokenizer,
    "pegasus": _pegasus_tokenizer,
    "t5": lambda: _unigram(["<pad>", "</s>", "<unk>"], "</s>"),
    "led": _byte_level,
    "primera": lambda: _byte_level("<doc-sep>"),
}
_CONFIGS = {
    "bart": _bart,
    "wordpiece": _bart,
    "mbart": _mbart,
    "pegasus": _pegasus,
    "t5": _t5,
    "led": _led,
    "primera": _led,
}
_CAUSAL_SMALL = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 2048,
}
_CAUSAL = {
    "gemma": (transformers.GemmaConfig, {"head_dim": 16}),
    "gemma2": (transformers.Gemma2Config, {"head_dim": 16}),
    "gemma3_text": (transformers.Gemma3TextConfig, {"head_dim": 16}),
    "gpt2": (transformers.GPT2Config, {"n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 2048}),
    "gpt_neox": (transformers.GPTNeoXConfig, {}),
    "llama": (transformers.LlamaConfig, {"rope_parameters": {"rope_theta": 5000.0, "rope_type": "default"}}),
    "mistral": (transformers.MistralConfig, {"sliding_window": 1500, "tie_word_embeddings": True}),
    "phi": (transformers.PhiConfig, {}),
    "phi3": (transformers.Phi3Config, {}),
    "qwen2": (transformers.Qwen2Config, {}),
    "qwen3": (transformers.Qwen3Config, {"num_key_value_heads": 4, "tie_word_embeddings": True}),
    "smollm3": (transformers.SmolLM3Config, {}),
}
