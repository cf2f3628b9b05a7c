"""Sequence-to-sequence models: finding a checkpoint, packing articles into its window, writing.

In: a checkpoint ("mini", a folder or a hub name). Out: a `Seq2Seq`, which counts tokens, packs
documents and turns `Request`s into `Candidate`s. Read generation.py for what it promises,
families.py for how checkpoints differ, torch_backend.py for how it is done. Importing this
package loads neither torch nor transformers; `load` does.
"""

from pathlib import Path

from newsum.errors import SettingsError
from newsum.seq2seq.checkpoints import BUNDLED, Checkpoint
from newsum.seq2seq.generation import Candidate, GenerationSettings, Seq2Seq
from newsum.seq2seq.packing import Packed, Request

__all__ = ["Candidate", "Checkpoint", "GenerationSettings", "Packed", "Request", "Seq2Seq", "load"]

BACKENDS = ("auto", "torch")
_PLANNED = ("ctranslate2",)


def load(model: str | Path = BUNDLED, *, device: str | None = None, backend: str = "auto") -> Seq2Seq:
    """Loads a sequence-to-sequence checkpoint.

    Args:
        model: "mini" (bundled, needs no network), a folder, or a name on the Hugging Face hub.
            A folder of that name goes before the hub, "mini" before both.
        device: "cpu", "cuda", "cuda:1" or "mps"; None or "auto" takes a CUDA device where there
            is one, else the CPU. The CPU computes in 32 bits, so that its results are repeatable.
        backend: "auto" or "torch".

    Raises:
        CheckpointError: it cannot be found or must not be loaded; the message says what to do.
        SettingsError: there is no such device or backend.
    """
    if backend in _PLANNED:
        raise SettingsError(f'backend="{backend}" is not available in this version of newsum: use "auto" or "torch"')
    if backend not in BACKENDS:
        raise SettingsError(f'backend={backend!r} is not allowed: use "auto" or "torch"')
    from newsum.seq2seq.checkpoints import locate

    located = locate(model)
    from newsum.seq2seq.torch_backend import load_torch

    return load_torch(located, device)
