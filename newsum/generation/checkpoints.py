"""Finding a checkpoint and refusing what must not be loaded, before anything of it runs.

In: a folder, or a hub name. Out: `Located`: where its files are, its config, and a revision that
says exactly which weights. Weights are safetensors only: a pickle can run code when it is opened,
and so can a repository's own modelling code, so both are refused.
"""

import hashlib
import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.errors import CheckpointError, NewsumError
from newsum.generation.families import is_causal
from newsum.system.choices import BUNDLED_WRITER
from newsum.system.paths import expanded, is_file, is_folder, real
from newsum.system.patterns import regex

__all__ = [
    "Checkpoint",
    "Located",
    "damage_named",
    "did_you_mean",
    "fetch",
    "locate",
    "read_object",
    "refuse_pickled",
]

_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_OTHER_FRAMEWORKS = (".h5", ".msgpack")  # TensorFlow, Flax
_NOT_WEIGHTS = frozenset({"training_args.bin", "optimizer.pt", "scheduler.pt", "scaler.pt", "rng_state.pth"})
_TOKENIZER = frozenset({"tokenizer.json", "vocab.json", "vocab.txt", "spiece.model", "sentencepiece.bpe.model"})
_TOKENIZER_SUFFIXES = (".spm", ".model")
_DESCRIPTIVE = ("config.json", "generation_config.json", "tokenizer_config.json", *sorted(_TOKENIZER), "merges.txt")
_GONE = frozenset({"mini"})  # bundled models of earlier versions
_HUB_NAME = regex(r"[\w.-]+(/[\w.-]+)?")
_HUB_PATIENCE = 10.0  # seconds
# What no checkpoint's config goes beyond: a damaged one could ask for more memory than there is
_MOST = {
    "vocab_size": 4_000_000,
    "layers": 1_000,
    "heads": 1_000,
    "positions": 10_000_000,
    "d_": 100_000,
    "_dim": 1_000_000,
}
_BLOCK, _BLOCKS = 16_384, 64  # 1 MiB read of each weights file: 2 ms, where hashing 2 GB takes seconds


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which model wrote something, and what it can take.

    Attributes:
        name: as asked for: a hub name, or a folder's own name.
        revision: the hub's commit; for a folder "sha256:" and 16 digits, over its config,
            generation and tokenizer files and, for each safetensors file, its size, its header
            and 64 blocks of 16 KiB spread over it.
        family: "bart", "pegasus", "t5", "led", "primera", ... (see families.py).
        source: the folder, or the hub name.
        window: tokens the encoder reads, special tokens included.
        longest: tokens the decoder can write; None where there is no limit.
    """

    name: str
    revision: str
    family: str
    source: str
    window: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class Located:
    """A checkpoint that was found and may be loaded.

    Attributes:
        commit: the hub's; None for a folder.
        cached: the hub could not be asked, and what was downloaded before is used.
    """

    name: str
    source: str
    revision: str
    commit: str | None
    config: Mapping[str, Any]
    cached: bool = False


def locate(model: str | Path) -> Located:
    """Where a checkpoint is, its config read and its files looked over.

    Raises:
        CheckpointError: there is none, or it holds pickled weights only, code of its own, no
            config or no tokenizer.
    """
    if not isinstance(model, str | Path) or not str(model).strip():
        raise CheckpointError(f"model={model!r} is not a checkpoint: pass a folder or a hub name")
    with damage_named(str(model)):
        return _found(model)


@contextmanager
def damage_named(source: str, done: str = "loaded") -> Iterator[None]:
    """Says of a checkpoint that it cannot be loaded or run, whatever its damaged files make the libraries raise."""
    try:
        yield
    except (NewsumError, ImportError):
        raise
    except BaseException as error:  # tokenizers panics with an exception that is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = " ".join(str(error).split())[:200] or "no reason is given"
        raise CheckpointError(
            f"{source} cannot be {done} ({type(error).__name__}: {reason}): its files are damaged or do not belong "
            "together; download or save it again"
        ) from error


def _found(model: str | Path) -> Located:
    if model in _GONE:
        raise CheckpointError(f'model="{model}" is gone: pass "{BUNDLED_WRITER}", or no model')
    folder = expanded(model)
    if is_folder(folder):
        return _in_folder(folder, real(folder).name)
    if is_file(folder):
        raise CheckpointError(f"{model} is a file: pass the folder that it lies in")
    if isinstance(model, Path) or not _HUB_NAME.fullmatch(model) or model.startswith("."):
        raise CheckpointError(f"there is no folder {model}{did_you_mean(str(model))}: pass one that is, or a hub name")
    return _on_hub(model)


def fetch(located: Located, file: str) -> Path | None:
    """A file of a checkpoint, downloaded where it must be; None where the checkpoint has none of that name.

    Raises:
        CheckpointError: the hub could not be reached.
    """
    if located.commit is not None:
        return _download(located.source, file, located.commit, cached=located.cached)
    path = Path(located.source) / file
    return path if is_file(path) else None


def read_object(path: Path) -> Mapping[str, Any]:
    """A JSON object; CheckpointError names a file that holds none."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} cannot be read as JSON ({error}): download or save it again") from error
    if not isinstance(values, dict):
        raise CheckpointError(f"{path} holds no JSON object: download or save it again")
    return values


def refuse_pickled(files: Iterable[str], source: str, *, hub: bool, causal: bool = False) -> None:
    """Raises CheckpointError, with the command that converts them, where only unsafe weights are."""
    names = sorted(files)
    if any(name.endswith(".safetensors") for name in names):
        return
    pickled = [name for name in names if name.endswith(_PICKLED) and Path(name).name not in _NOT_WEIGHTS]
    if pickled:
        command = _conversion(source, pickled, hub=hub, causal=causal)
        raise CheckpointError(
            f"{source} has only pickled weights ({pickled[0]}), which can run code when opened, so newsum does not; "
            f"if you trust them, convert them once to safetensors with:  {command}"
        )
    if foreign := [name for name in names if name.endswith(_OTHER_FRAMEWORKS)]:
        raise CheckpointError(
            f"{source} has only TensorFlow or Flax weights ({foreign[0]}), which transformers 5 cannot read: pass a "
            "checkpoint with safetensors, or convert it in an environment with transformers 4 and that framework "
            "(from_pretrained(..., from_tf=True or from_flax=True), then save_pretrained)"
        )
    raise CheckpointError(f"{source} has no weights: a model.safetensors is needed beside its config.json")


def _in_folder(folder: Path, name: str) -> Located:
    files = [path.name for path in folder.iterdir() if is_file(path)]
    if "config.json" not in files:
        raise CheckpointError(f"{folder} has no config.json, so it is not a checkpoint: pass the folder that has one")
    config = read_object(folder / "config.json")
    tokenizer = read_object(folder / "tokenizer_config.json") if "tokenizer_config.json" in files else {}
    _refuse_code(str(folder), config, tokenizer)
    _refuse_sizes(str(folder), config)
    refuse_pickled(files, str(folder), hub=False, causal=is_causal(config))
    if not any(file in _TOKENIZER or file.endswith(_TOKENIZER_SUFFIXES) for file in files):
        raise CheckpointError(
            f"{folder} has no tokenizer: save the one that the model was trained with beside it "
            "(tokenizer.save_pretrained), usually a tokenizer.json"
        )
    return Located(name, str(folder), _fingerprint(folder, files), None, config)


def _on_hub(name: str) -> Located:
    from huggingface_hub import HfApi, errors

    try:
        listing = HfApi().model_info(name, timeout=_HUB_PATIENCE)
    except errors.RepositoryNotFoundError as error:
        raise CheckpointError(
            f"there is no folder {name} here and no such model on the hub{did_you_mean(name)}: check the name"
        ) from error
    except Exception:  # no network, a proxy, an outage: whatever it is, an earlier download may do
        return _read_hub(name, None, cached=True)
    causal = is_causal(getattr(listing, "config", None) or {})  # what the hub tells of it; nothing is downloaded yet
    refuse_pickled([file.rfilename for file in listing.siblings or ()], name, hub=True, causal=causal)
    return _read_hub(name, listing.sha, cached=False)


def _read_hub(name: str, commit: str | None, *, cached: bool) -> Located:
    path = _download(name, "config.json", commit, cached=cached)
    if path is None:
        raise CheckpointError(f"{name} has no config.json on the hub, so newsum cannot load it: pass another")
    commit = path.parent.name  # the cache keeps each commit's files in a folder of that name
    config = read_object(path)
    tokenizer = _download(name, "tokenizer_config.json", commit, cached=cached)
    _refuse_code(name, config, {} if tokenizer is None else read_object(tokenizer))
    return Located(name, name, commit, commit, config, cached)


def _download(name: str, file: str, commit: str | None, *, cached: bool) -> Path | None:
    """The file in the hub's cache; None where the repository has no such file."""
    from huggingface_hub import errors, hf_hub_download

    try:
        return Path(hf_hub_download(name, file, revision=commit, local_files_only=cached))
    except errors.GatedRepoError as error:
        raise CheckpointError(
            f"{name} asks for its terms to be accepted on the hub: accept them there and log in (hf auth login)"
        ) from error
    except errors.LocalEntryNotFoundError as error:
        if commit is not None:
            return None  # config.json of this commit is here, so this file was not there to be downloaded
        raise _unreachable(name) from error
    except errors.EntryNotFoundError:
        return None
    except Exception as error:  # connections fail in many ways, and all mean the same to the reader
        raise _unreachable(name) from error


def did_you_mean(name: str) -> str:
    """A question that names the models at hand that are near a mistaken name; "" where none is."""
    from newsum.generation.hub_cache import near_names

    near = [other for other in near_names(name, BUNDLED_WRITER, *_beside(name)) if other != name]
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def _beside(name: str) -> Iterator[str]:
    """The folders of checkpoints that stand where one of a mistaken name would, each named as it was."""
    asked = Path(name)
    with suppress(OSError):
        for found in sorted(expanded(asked).parent.glob("*/config.json")):
            yield str(asked.with_name(found.parent.name))


def _unreachable(name: str) -> CheckpointError:
    return CheckpointError(
        f"there is no folder {name} here, and the hub could not be reached for a model of that name"
        f"{did_you_mean(name)}: check the connection, or pass a folder"
    )


def _refuse_code(source: str, *configs: Mapping[str, Any]) -> None:
    if any(config.get("auto_map") for config in configs):
        raise CheckpointError(
            f"{source} brings code of its own (auto_map in its config), which newsum never runs: "
            "pass a checkpoint whose architecture is part of transformers"
        )


def _refuse_sizes(source: str, config: Mapping[str, Any]) -> None:
    for name, value in config.items():
        most = next((most for part, most in _MOST.items() if part in name), None)
        if most is None or not isinstance(value, int | float) or isinstance(value, bool):
            continue
        if not 0 <= value <= most:
            raise CheckpointError(f"the config.json of {source} has {name} {value}, which no model has: save it again")


def _conversion(source: str, pickled: list[str], *, hub: bool, causal: bool) -> str:
    """A shell command that leaves the checkpoint as safetensors, unpickling tensors only."""
    code = f"from transformers import AutoModelFor{'CausalLM' if causal else 'Seq2SeqLM'} as M; "
    if hub:
        target = source.split("/")[-1]
        code += f"M.from_pretrained({source!r}, use_safetensors=False).save_pretrained({target!r}); "
        code += "from transformers import AutoTokenizer as T; "
        code += f"T.from_pretrained({source!r}).save_pretrained({target!r})"
    elif any(name.startswith("pytorch_model") for name in pickled):
        code += f"M.from_pretrained({source!r}, use_safetensors=False).save_pretrained({source!r})"
    else:
        state = f"torch.load({str(Path(source) / pickled[0])!r}, weights_only=True, map_location='cpu')"
        code += f"import torch; from transformers import AutoConfig; c = AutoConfig.from_pretrained({source!r}); "
        code += (
            f"type(M.from_config(c)).from_pretrained(None, config=c, state_dict={state}).save_pretrained({source!r})"
        )
    return f"python -c {shlex.quote(code)}"


def _fingerprint(folder: Path, files: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        if name in _DESCRIPTIVE:
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
        elif name.endswith(".safetensors"):
            digest.update(name.encode() + b"\0")
            _sample_into(digest, folder / name)
    return f"sha256:{digest.hexdigest()[:16]}"


def _sample_into(digest: Any, path: Path) -> None:
    """Feeds a safetensors file's size, header and evenly spread blocks to the hash."""
    size = path.stat().st_size
    with path.open("rb") as weights:
        length = weights.read(8)
        digest.update(size.to_bytes(8, "little") + length)
        digest.update(weights.read(min(int.from_bytes(length, "little"), size)))
        for block in range(_BLOCKS):
            weights.seek(max(0, size - _BLOCK) * block // (_BLOCKS - 1))
            digest.update(weights.read(_BLOCK))
