"""From a located checkpoint to its model and tokenizer in torch, on the right device and quietly.

In: `Located`, a device. Out: the transformers model and tokenizer. Nothing of the checkpoint is run (no remote
code, no pickles), and transformers' verbosity, its progress bars, the warning
filters and torch's random state are as before when it is done or has failed.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
import transformers
from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES
from transformers.utils import logging as transformers_logging

from newsum.errors import CheckpointError, SettingsError
from newsum.generation.checkpoints import Located

__all__ = ["choose_device", "fitting_type", "load_causal_model", "load_model", "load_tokenizer"]

_DEVICES = ("cpu", "cuda", "mps")


def choose_device(device: str | None) -> torch.device:
    """The device asked for, or CUDA where there is one, else the CPU (MPS only when asked for: it is not tested).

    Raises:
        SettingsError: there is no such device here.
    """
    if device is None or device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        chosen = torch.device(device)
    except (RuntimeError, TypeError) as error:
        raise _no_such_device(device, "it is not a device's name") from error
    if chosen.type not in _DEVICES:
        raise _no_such_device(device, "newsum does not run on it")
    if chosen.type == "cuda" and (chosen.index or 0) >= torch.cuda.device_count():
        raise _no_such_device(device, f"torch sees {torch.cuda.device_count()} CUDA devices")
    if chosen.type == "mps" and not torch.backends.mps.is_available():
        raise _no_such_device(device, "torch sees no MPS device")
    return chosen


def fitting_type(device: torch.device) -> torch.dtype:
    """bfloat16 where the device multiplies it itself, else 32 bits; T5 and PEGASUS overflow in float16.

    A CPU that has it writes three times as fast so; one that has not, 25 times as slow.
    """
    if device.type == "cuda":
        native = torch.cuda.get_device_capability(device) >= (8, 0)
    else:
        able = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}  # torch 2.6 cannot tell
        native = device.type == "cpu" and bool(able.get("avx512_bf16") or able.get("amx_bf16"))
    return torch.bfloat16 if native else torch.float32


def load_model(located: Located, device: torch.device, dtype: torch.dtype) -> Any:
    """The model, in evaluation mode, with every weight from the checkpoint.

    Raises:
        CheckpointError: it is no sequence-to-sequence model, or its weights are missing or unfit.
    """
    _require_seq2seq(located)
    return _loaded(transformers.AutoModelForSeq2SeqLM, located, device, dtype)


def load_causal_model(located: Located, device: torch.device, dtype: torch.dtype) -> Any:
    """The causal model, in evaluation mode, with every weight from the checkpoint.

    Raises:
        CheckpointError: transformers does not know its family, or its weights are missing or unfit.
    """
    return _loaded(transformers.AutoModelForCausalLM, located, device, dtype)


def _loaded(kind: Any, located: Located, device: torch.device, dtype: torch.dtype) -> Any:
    try:
        with _quiet(progress=located.commit is not None):
            model, report = kind.from_pretrained(
                located.source,
                revision=located.commit,
                local_files_only=located.cached,
                dtype=dtype,
                use_safetensors=True,
                trust_remote_code=False,
                output_loading_info=True,
            )
    except Exception as error:  # transformers raises OSError, ValueError, RuntimeError, KeyError, SafetensorError ...
        raise CheckpointError(f"the weights of {located.source} cannot be loaded: {_first_line(error)}") from error
    if missing := sorted(report["missing_keys"]):
        raise CheckpointError(
            f"the weights of {located.source} are not those of its config: {len(missing)} are missing, "
            f"{missing[0]} among them; save model and config again together"
        )
    return model.to(device).eval()


def load_tokenizer(located: Located, vocabulary: int) -> Any:
    """The tokenizer; `vocabulary` is the number of tokens that the model knows.

    Raises:
        CheckpointError: there is none, or it belongs to another model.
    """
    try:
        with _quiet(progress=located.commit is not None):
            tokenizer = transformers.AutoTokenizer.from_pretrained(
                located.source,
                revision=located.commit,
                local_files_only=located.cached,
                trust_remote_code=False,
            )
    except Exception as error:  # as above
        raise CheckpointError(
            f"the tokenizer of {located.source} cannot be loaded: {_first_line(error)}; "
            "save it again with tokenizer.save_pretrained, or pip install what the message names"
        ) from error
    # Some published pairs differ by an added <mask> or by rows of padding, so only gross misfits are refused.
    # transformers makes an almost empty tokenizer where it finds no vocabulary.
    learnt = len(tokenizer) - len(tokenizer.get_added_vocab())
    if len(tokenizer) < vocabulary / 2 or learnt > vocabulary:
        raise CheckpointError(
            f"the tokenizer of {located.source} has {len(tokenizer)} tokens and the model {vocabulary}: "
            "save the tokenizer that the model was trained with beside it"
        )
    return tokenizer


def _require_seq2seq(located: Located) -> None:
    kind = located.config.get("model_type")
    if kind is None:
        raise CheckpointError(f"the config.json of {located.source} names no model_type: save the model again")
    if kind not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES:
        raise CheckpointError(
            f"{located.source} is a {kind} model, and newsum needs one that writes text: "
            "pass BART, PEGASUS, T5, LED, PRIMERA, Llama, Qwen or another that AutoModelForSeq2SeqLM or "
            "AutoModelForCausalLM loads"
        )


def _no_such_device(device: object, why: str) -> SettingsError:
    return SettingsError(f'device={device!r} cannot be used: {why}; pass "cpu", "cuda", "mps" or None')


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".")


@contextmanager
def _quiet(*, progress: bool) -> Iterator[None]:
    """Silences transformers while it loads; downloads (`progress`) may still show their bars."""
    verbosity, bars = transformers_logging.get_verbosity(), transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity(transformers_logging.CRITICAL)
    if bars and not progress:
        transformers_logging.disable_progress_bar()
    try:
        with warnings.catch_warnings(), torch.random.fork_rng(devices=[]):
            warnings.simplefilter("ignore")
            yield
    finally:
        transformers_logging.set_verbosity(verbosity)
        if bars and not progress:
            transformers_logging.enable_progress_bar()
