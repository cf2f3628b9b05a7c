"""What a checkpoint states about its own generation, completed, and the limits that follow for a caller.

In: its config.json, generation_config.json and tokenizer, and a caller's `GenerationSettings`. Out: plain values
in transformers' names, the same for every backend.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from newsum.errors import CheckpointError, SettingsError
from newsum.generation.protocol import GenerationSettings

__all__ = ["beams", "causal_ends", "complete", "fewest_tokens", "most_tokens", "own_settings"]

_LONGEST_BY_DEFAULT = 256  # for a checkpoint that states no limit; transformers would stop at 20
_IDS = frozenset(
    {
        "bos_token_id",
        "decoder_start_token_id",
        "eos_token_id",
        "forced_bos_token_id",
        "forced_eos_token_id",
        "pad_token_id",
    }
)
_COUNTS = frozenset(
    {
        "encoder_no_repeat_ngram_size",
        "max_length",
        "max_new_tokens",
        "min_length",
        "min_new_tokens",
        "no_repeat_ngram_size",
        "num_beams",
    }
)
_MOST_BEAMS = 1_000
_MOST = 2**31 - 1  # what the engines hold a count or an id in
_MOST_PENALTY = 100.0  # of which a text's length to the power of is still a number
_TOKENS = frozenset({"bad_words_ids", "begin_suppress_tokens", "suppress_tokens"})
_USED = frozenset({"decoder_start_token_id", "forced_bos_token_id", "forced_eos_token_id"})  # whatever is written
_KEPT = (
    "bad_words_ids",
    "begin_suppress_tokens",
    "bos_token_id",
    "decoder_start_token_id",
    "early_stopping",
    "encoder_no_repeat_ngram_size",
    "eos_token_id",
    "forced_bos_token_id",
    "forced_eos_token_id",
    "length_penalty",
    "max_length",
    "max_new_tokens",
    "min_length",
    "min_new_tokens",
    "no_repeat_ngram_size",
    "num_beams",
    "pad_token_id",
    "repetition_penalty",
    "suppress_tokens",
)


def own_settings(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """A checkpoint's own settings for summaries, from where they may be stated; later layers go before earlier."""
    return {key: value for layer in layers for key in _KEPT if (value := layer.get(key)) is not None}


def complete(own: Mapping[str, Any], config: Mapping[str, Any], tokenizer: Any, source: str) -> dict[str, Any]:
    """A checkpoint's own settings with the special ids that it leaves to its config or tokenizer.

    Raises:
        CheckpointError: nothing says how its texts begin or end, or a setting has a value that none can have.
    """
    own = dict(own)
    _refuse_values(own, source)
    _refuse_tokens(own, config.get("vocab_size"), source)
    for name in ("pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id"):
        if own.get(name) is None:
            own[name] = config.get(name)
        if own[name] is None:
            own[name] = getattr(tokenizer, name, None)
    if own["eos_token_id"] is None:
        raise CheckpointError(f"{source} names no eos_token_id, so its texts would not end: save it with one")
    if own["decoder_start_token_id"] is None and own["bos_token_id"] is None:
        raise CheckpointError(f"{source} names no decoder_start_token_id: save it with one")
    ends = own["eos_token_id"]
    own["eos_token_id"] = list(ends) if isinstance(ends, list | tuple) else [ends]
    if own["pad_token_id"] is None:
        own["pad_token_id"] = own["eos_token_id"][0]
    starts_with_end = own["decoder_start_token_id"] in own["eos_token_id"]
    language = getattr(tokenizer, "src_lang", None)
    if starts_with_end and own.get("forced_bos_token_id") is None and isinstance(language, str):
        # mBART-50, M2M-100 and NLLB write the language first: here that of the articles.
        own["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(language)
    return {name: value for name, value in own.items() if value is not None}


def _refuse_values(own: Mapping[str, Any], source: str) -> None:
    for name, value in own.items():
        each = value if name in _IDS and isinstance(value, list) and value else [value]
        if (name in _IDS or name in _COUNTS) and not all(map(_is_whole, each)):
            raise CheckpointError(f"{source} states {name} {value!r}, which must be a whole number: save it again")
        if name in _TOKENS and not _are_whole(value):
            raise CheckpointError(f"{source} states {name} {str(value)[:100]}, which must be ids: save it again")
        if name.endswith("_penalty") and not (isinstance(value, int | float) and abs(value) <= _MOST_PENALTY):
            raise CheckpointError(
                f"{source} states {name} {value!r}, which must be a number up to {_MOST_PENALTY:.0f}: save it again"
            )
    if own.get("repetition_penalty", 1.0) <= 0:
        raise CheckpointError(f"{source} states repetition_penalty {own['repetition_penalty']}, which must be above 0")
    if not 1 <= own.get("num_beams", 1) <= _MOST_BEAMS:
        raise CheckpointError(f"{source} states num_beams {own['num_beams']}, which must be from 1 to {_MOST_BEAMS}")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


def _are_whole(value: object) -> bool:
    return isinstance(value, list) and all(
        _are_whole(one) if isinstance(one, list) else _is_whole(one) for one in value
    )


def _refuse_tokens(own: Mapping[str, Any], count: object, source: str) -> None:
    """Refuse an id that is written whatever happens, of a token that the model has not got."""
    for name in _USED:
        for token in _each(own.get(name)):
            if isinstance(count, int) and token >= count:
                raise CheckpointError(
                    f"{source} states {name} {token}, but the model has {count} tokens: save it again"
                )


def _each(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def causal_ends(stated: Iterable[Mapping[str, Any]], tokenizer: Any, source: str) -> tuple[int, ...]:
    """The tokens that end a causal checkpoint's texts, from where they may be stated.

    Raises:
        CheckpointError: nothing says how its texts end.
    """
    named = [layer.get("eos_token_id") for layer in stated] + [tokenizer.eos_token_id]
    ends = [end for ends in named for end in (ends if isinstance(ends, list | tuple) else [ends]) if end is not None]
    if not ends:
        raise CheckpointError(f"{source} names no eos_token_id, so its texts would not end: save it with one")
    if not all(map(_is_whole, ends)):
        raise CheckpointError(
            f"{source} states eos_token_id {ends!r:.100}, which must be a whole number: save it again"
        )
    return tuple(dict.fromkeys(ends))


def most_tokens(own: Mapping[str, Any], settings: GenerationSettings, longest: int | None) -> int:
    """The most tokens to write, the closing one included.

    Raises:
        SettingsError: `max_tokens` is beyond what the decoder can write.
    """
    if settings.max_tokens is None:
        most = int(own.get("max_new_tokens") or own.get("max_length", _LONGEST_BY_DEFAULT + 1) - 1)
        return max(1, most if longest is None else min(most, longest))
    if longest is not None and settings.max_tokens > longest:
        raise SettingsError(f"max_tokens={settings.max_tokens} is more than the {longest} tokens this model can write")
    return settings.max_tokens


def fewest_tokens(own: Mapping[str, Any], settings: GenerationSettings, most: int) -> int:
    """The fewest tokens before the closing one."""
    if settings.min_tokens is not None:
        if settings.min_tokens > most:
            raise SettingsError(f"min_tokens={settings.min_tokens} is more than the {most} tokens that may be written")
        return settings.min_tokens
    fewest = int(own.get("min_new_tokens") or max(0, own.get("min_length", 0) - 1))
    return fewest if fewest < most else 0


def beams(own: Mapping[str, Any], settings: GenerationSettings) -> int:
    """The width of the search."""
    return settings.beams or max(int(own.get("num_beams", 1)), settings.candidates)
