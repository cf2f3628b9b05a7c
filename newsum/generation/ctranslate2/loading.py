"""From a located checkpoint to a CTranslate2 model, its weights converted once and kept.

In: `Located`, a number of threads. Out: a `CTranslate2Seq2Seq` or `CTranslate2Causal`, or `Unconvertible` with what
stands against it; `newsum.generation.load` then takes torch. Neither torch nor transformers is imported.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newsum.generation import families
from newsum.generation.checkpoints import Located, fetch, read_object
from newsum.generation.ctranslate2.backend import CTranslate2Seq2Seq
from newsum.generation.ctranslate2.conversion import FAMILIES, LAYOUT, convert
from newsum.generation.ctranslate2.decoders import FAMILIES as CAUSAL_FAMILIES
from newsum.generation.ctranslate2.decoders import LAYOUT as CAUSAL_LAYOUT
from newsum.generation.ctranslate2.decoders import convert_decoder
from newsum.generation.ctranslate2.generator import CTranslate2Causal
from newsum.generation.ctranslate2.tokenizing import FastTokenizer, read_tokenizer
from newsum.generation.ctranslate2.weights import Unconvertible, Weights
from newsum.generation.defaults import complete, own_settings
from newsum.generation.protocol import Seq2Seq
from newsum.system.cache import kept
from newsum.system.threads import allowed_threads

__all__ = ["load_causal_ctranslate2", "load_ctranslate2"]

_UNKNOWN_TO_IT = ("bad_words_ids", "begin_suppress_tokens", "encoder_no_repeat_ngram_size", "suppress_tokens")


def load_ctranslate2(
    located: Located,
    *,
    threads: int | None = None,
    compute: str = "int8",
    sampler: Callable[[], Seq2Seq] | None = None,
) -> CTranslate2Seq2Seq:
    """Loads a located checkpoint onto the CPU.

    Args:
        compute: "int8", or "float32" to compare with torch.
        sampler: what draws samples, which CTranslate2 cannot draw for each text by itself.

    Raises:
        Unconvertible: it is not for CTranslate2.
        CheckpointError: it lacks what every backend needs.
    """
    kind = str(located.config.get("model_type"))
    if kind not in FAMILIES:
        raise Unconvertible(f"its family is {kind}, not one of {', '.join(sorted(FAMILIES))}")
    config = {**families.defaults(located.config), **located.config}
    described = fetch(located, "generation_config.json")
    generation = config if described is None else read_object(described)
    tokenizer = _tokenizer(located)
    stated = own_settings(located.config, generation, families.summarization(config))
    own = complete(stated, config, tokenizer, located.source)
    _refuse_what_it_lacks(own, kind)
    vocabulary = _vocabulary(tokenizer, int(config.get("vocab_size", 0)))
    roles = _roles(own, tokenizer)
    special = {role: vocabulary[number] for role, number in roles.items()}
    weights = _weights(located)  # opened now, so that a damaged file is no secret of the cache
    converted = kept(
        _key(located, compute, str(LAYOUT)),
        lambda folder: convert(weights, config, vocabulary, special, folder, int8=compute == "int8"),
    )
    return CTranslate2Seq2Seq(
        located,
        tokenizer,
        config=config,
        own=own,
        vocabulary=vocabulary,
        converted=converted,
        compute=compute,
        threads=threads or allowed_threads(),
        sampler=sampler,
    )


def load_causal_ctranslate2(
    located: Located, *, threads: int | None = None, compute: str = "int8"
) -> CTranslate2Causal:
    """Loads a located causal checkpoint onto the CPU.

    Args:
        compute: "int8", or "float32" to compare with torch.

    Raises:
        Unconvertible: it is not for CTranslate2.
        CheckpointError: it lacks what every backend needs.
    """
    kind = str(located.config.get("model_type"))
    if kind not in CAUSAL_FAMILIES:
        raise Unconvertible(f"its family is {kind}, not one of {', '.join(sorted(CAUSAL_FAMILIES))}")
    tokenizer, ends = read_tokenizer(located)
    vocabulary = _vocabulary(tokenizer, int(located.config.get("vocab_size", 0)))
    unknown = tokenizer.unk_token_id
    roles = {"bos": ends[0], "eos": ends[0], "unk": ends[0] if unknown is None else unknown}
    special = {role: vocabulary[number] for role, number in roles.items()}
    weights = _weights(located)

    def write(folder: Path) -> None:
        convert_decoder(weights, located.config, vocabulary, special, folder, int8=compute == "int8")

    return CTranslate2Causal(
        located,
        tokenizer,
        config=located.config,
        ends=ends,
        vocabulary=vocabulary,
        converted=kept(_key(located, compute, f"c{CAUSAL_LAYOUT}"), write),
        compute=compute,
        threads=threads or allowed_threads(),
    )


def _key(located: Located, compute: str, layout: str) -> str:
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', located.revision)}-{compute}-{layout}"


def _tokenizer(located: Located) -> FastTokenizer:
    file = fetch(located, "tokenizer.json")
    if file is None:
        raise Unconvertible("it has no tokenizer.json")
    files = [fetch(located, name) for name in ("special_tokens_map.json", "tokenizer_config.json")]
    config = {key: value for file in files if file is not None for key, value in read_object(file).items()}
    return FastTokenizer(file, config)


def _vocabulary(tokenizer: FastTokenizer, size: int) -> list[str]:
    """The tokens by id, as many as the model has; those beyond the tokenizer's are named by number."""
    # Some published pairs differ by an added <mask> or by rows of padding: see load_tokenizer of torch_loading.py
    learnt = len(tokenizer) - len(tokenizer.added_tokens_decoder)
    if len(tokenizer) < size / 2 or learnt > size:
        raise Unconvertible(f"its tokenizer has {len(tokenizer)} tokens and its model {size}")
    by_id = {number: token for token, number in tokenizer.get_vocab().items()}
    return [by_id.get(number, f"<newsum:{number}>") for number in range(size)]


def _roles(own: Mapping[str, Any], tokenizer: FastTokenizer) -> dict[str, int]:
    """The tokens that CTranslate2 must be told, all of which it needs to have: nulls in its config do not load."""
    end = own["eos_token_id"][0]
    start = own.get("decoder_start_token_id", own.get("bos_token_id"))
    unknown = tokenizer.unk_token_id
    return {
        "bos": own.get("bos_token_id", start),
        "eos": end,
        "unk": end if unknown is None else unknown,
        "decoder_start": start,
    }


def _refuse_what_it_lacks(own: Mapping[str, Any], kind: str) -> None:
    lacking = [name for name in _UNKNOWN_TO_IT if own.get(name)]
    if own.get("repetition_penalty", 1.0) != 1.0:
        lacking.append("repetition_penalty")  # it has one, which counts otherwise
    if lacking:
        raise Unconvertible(f"its generation settings have {lacking[0]}")
    if kind == "mbart" and "forced_bos_token_id" not in own:
        raise Unconvertible("its config does not say in which language it writes")


def _weights(located: Located) -> Weights:
    whole = fetch(located, "model.safetensors")
    if whole is not None:
        return Weights([whole])
    index = fetch(located, "model.safetensors.index.json")
    names = sorted(set(read_object(index).get("weight_map", {}).values())) if index is not None else []
    files = [fetch(located, name) for name in names if Path(name).name == name]
    found = [file for file in files if file is not None]
    if not found or len(found) < len(names):
        raise Unconvertible("it has no model.safetensors, or not all of its parts")
    return Weights(found)
