"""What differs from one family of checkpoints to the next, in one place.

In: a checkpoint's config.json and its tokenizer. Out: a `Family` (what goes before the text,
between documents, and which tokens see everything) and the windows of encoder and decoder.
BART, mBART and what is not named here: documents follow each other, separated by a space.

- PEGASUS (Zhang et al., 2020) writes `<n>` for a line end.
- T5 (Raffel et al., 2020) wants its task named before the text, and has relative positions, so
  its window is what it was trained on. mT5, umT5 and LongT5 were trained without task names.
- LED (Beltagy et al., 2020) attends globally from the first token and locally in windows, whose
  multiple the input must be; PRIMERA (Xiao et al., 2022), an LED, ends each document in
  `<doc-sep>`, which attends globally too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "Family",
    "causal_window",
    "defaults",
    "family_of",
    "is_causal",
    "longest_output",
    "summarization",
    "window_of",
]

Config = Mapping[str, Any]

_DOCUMENT_SEPARATOR = "<doc-sep>"
_T5_PREFIX = "summarize: "
_UNSTATED_WINDOW = {"longt5": 4096}  # the length it was pre-trained on (Guo et al., 2022); others 512, as T5
_UNLIMITED = 1_000_000  # a tokenizer without a limit of its own says 10**30
_ENCODER_POSITIONS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
_CAUSAL_POSITIONS = ("max_position_embeddings", "n_positions")
_UNSTATED_CAUSAL_WINDOW = 2048
_CAUSAL = ("ForCausalLM", "LMHeadModel")  # what architectures' names end in
_DECODER_POSITIONS = ("max_decoder_position_embeddings", "max_position_embeddings")
# What transformers takes where a config.json says nothing: ids and limits of those that CTranslate2 runs
_DEFAULTS: Mapping[str, Config] = {
    "bart": {
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "decoder_start_token_id": 2,
        "forced_eos_token_id": 2,
        "max_position_embeddings": 1024,
    },
    "mbart": {
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "forced_eos_token_id": 2,
        "max_position_embeddings": 1024,
    },
    "pegasus": {
        "pad_token_id": 0,
        "eos_token_id": 1,
        "decoder_start_token_id": 0,
        "forced_eos_token_id": 1,
        "max_position_embeddings": 1024,
    },
    "t5": {"pad_token_id": 0, "eos_token_id": 1},
}
_RELATIVE = frozenset({"longt5", "mt5", "switch_transformers", "t5", "umt5"})


@dataclass(frozen=True, slots=True)
class Family:
    """How one family of checkpoints reads and writes.

    Attributes:
        prefix: goes before every text that the model reads.
        separator: stands between documents; one that is a token also ends the last.
        line_end: what the model writes for a line end, else None.
        global_attention: the first token and every separator attend to all others.
        multiple: the input is padded to a multiple of this many tokens.
    """

    name: str
    prefix: str = ""
    separator: str = " "
    line_end: str | None = None
    global_attention: bool = False
    multiple: int = 1

    def join(self, documents: Sequence[Sequence[str]]) -> str:
        """The documents' sentences as one text, documents without any left out."""
        texts = [" ".join(sentences) for sentences in documents if sentences]
        if not self.separator.strip():
            return self.separator.join(texts)
        return "".join(text + self.separator for text in texts)

    def written(self, text: str) -> str:
        """The model's decoded text in ordinary characters."""
        if self.line_end is not None:
            text = "\n".join(line.strip() for line in text.split(self.line_end))
        return text.strip()


def family_of(config: Config, vocabulary: Mapping[str, int]) -> Family:
    """The family of a checkpoint, by its config's `model_type` and its vocabulary."""
    kind = str(config["model_type"])
    if kind == "led":
        primera = _DOCUMENT_SEPARATOR in vocabulary
        return Family(
            name="primera" if primera else kind,
            separator=_DOCUMENT_SEPARATOR if primera else " ",
            global_attention=True,
            multiple=_attention_window(config),
        )
    line_end = "<n>" if kind in ("pegasus", "pegasus_x", "bigbird_pegasus") else None
    return Family(name=kind, prefix=_prefix(config, kind), line_end=line_end)


def defaults(config: Config) -> Config:
    """What a config of that family means where it says nothing."""
    return _DEFAULTS.get(str(config["model_type"]), {})


def window_of(config: Config, tokenizer_limit: int) -> int:
    """Tokens that the encoder reads, special tokens included."""
    kind = str(config["model_type"])
    stated = None if kind in _RELATIVE else _first(config, _ENCODER_POSITIONS, nested="encoder")
    if stated is None:
        return tokenizer_limit if tokenizer_limit < _UNLIMITED else _UNSTATED_WINDOW.get(kind, 512)
    window = min(stated, tokenizer_limit)
    # LED pads to whole attention windows, which must lie within its positions too.
    return window - window % _attention_window(config) if kind == "led" else window


def is_causal(config: Config) -> bool:
    """Whether a checkpoint goes on from one text, and does not read one and write another."""
    architecture = next(iter(config.get("architectures") or ()), "")
    return not config.get("is_encoder_decoder") and architecture.endswith(_CAUSAL)


def causal_window(config: Config, tokenizer_limit: int) -> int:
    """Tokens of a prompt and what goes on from it: what a causal model has positions for, and attends to all of."""
    sliding = config.get("sliding_window") if config.get("use_sliding_window", True) else None
    stated = (_first(config, _CAUSAL_POSITIONS, nested="text_config"), tokenizer_limit, sliding)
    window = min(limit for limit in stated if limit)
    return window if window < _UNLIMITED else _UNSTATED_CAUSAL_WINDOW


def longest_output(config: Config) -> int | None:
    """Tokens that the decoder can write after its start token; None where positions are relative."""
    if config["model_type"] in _RELATIVE:
        return None
    positions = _first(config, _DECODER_POSITIONS, nested="decoder")
    return None if positions is None else positions - 1


def summarization(config: Config) -> Mapping[str, Any]:
    """The settings that older checkpoints (T5, BART, PEGASUS) keep for summaries in config.json."""
    tasks = config.get("task_specific_params")
    task = tasks.get("summarization") if isinstance(tasks, Mapping) else None
    return task if isinstance(task, Mapping) else {}


def _prefix(config: Config, kind: str) -> str:
    stated = summarization(config).get("prefix", config.get("prefix"))
    if isinstance(stated, str):
        return stated
    return _T5_PREFIX if kind == "t5" else ""


def _attention_window(config: Config) -> int:
    windows = config.get("attention_window", 512)
    return int(max(windows)) if isinstance(windows, Sequence) else int(windows)


def _first(config: Config, names: Sequence[str], *, nested: str) -> int | None:
    part = config.get(nested)
    parts = [config, part] if isinstance(part, Mapping) else [config]
    found = (where.get(name) for where in parts for name in names)
    return next((value for value in found if isinstance(value, int)), None)
