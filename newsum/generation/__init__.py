"""Language models as engines: finding a checkpoint, packing articles into its window, writing; a server's models.

In: a checkpoint (a folder or a hub name). Out: a `Seq2Seq`, which counts tokens, packs documents and turns `Prompt`s
and texts into `Candidate`s, or a `ChatModel` where the checkpoint is a causal one. Read writer.py for
what newsum asks of any model.

Encoder-decoders: protocol.py for what is asked of them, families.py for how they differ, backend.py and then
ctranslate2/backend.py or torch/backend.py for how it is done. Causal ones: completion.py, chat.py and prompting.py,
causal.py and then ctranslate2/generator.py or torch/causal.py. Servers: endpoint.py.

Importing this package loads neither torch nor transformers nor ctranslate2, and each engine when it is first asked for.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from newsum.errors import CheckpointError, MissingExtra, SettingsError, needing
from newsum.system.lazily import offered

if TYPE_CHECKING:
    from newsum.generation.chat import ChatModel
    from newsum.generation.checkpoints import Checkpoint, Located
    from newsum.generation.endpoint import ChatEndpoint
    from newsum.generation.line_writer import LineWriter
    from newsum.generation.packing import Packed
    from newsum.generation.protocol import GenerationSettings, Seq2Seq
    from newsum.generation.writer import Candidate, Excerpt, Prompt, Writer

__all__ = [
    "Candidate",
    "ChatEndpoint",
    "ChatModel",
    "Checkpoint",
    "Excerpt",
    "GenerationSettings",
    "LineWriter",
    "Packed",
    "Prompt",
    "Seq2Seq",
    "Writer",
    "load",
    "revision_of",
]

_BACKENDS = ("auto", "ctranslate2", "torch")
_HOME_OF = {
    "Candidate": "writer",
    "ChatEndpoint": "endpoint",
    "ChatModel": "chat",
    "Checkpoint": "checkpoints",
    "Excerpt": "writer",
    "GenerationSettings": "protocol",
    "LineWriter": "line_writer",
    "Packed": "packing",
    "Prompt": "writer",
    "Seq2Seq": "protocol",
    "Writer": "writer",
}
__getattr__, __dir__ = offered(__name__, _HOME_OF)


def load(
    model: str | Path, *, device: str | None = None, backend: str = "auto", threads: int | None = None
) -> "Seq2Seq | ChatModel | LineWriter":
    """Loads the bundled writer ("newsum-135m", or the folder of one like it), or a checkpoint.

    A checkpoint is an encoder-decoder (BART, PEGASUS, T5, LED ...) or a causal one (Llama, Qwen, Mistral ...).

    Args:
        model: a folder, or a name on the Hugging Face hub. A folder of that name goes before the hub.
        device: "cpu", "cuda", "cuda:1" or "mps"; None or "auto" takes a CUDA device where there
            is one, else the CPU.
        backend: "ctranslate2" (the CPU, 8-bit weights; BART, mBART, PEGASUS and T5; Gemma, GPT-2, Llama,
            Mistral, Phi-3, Qwen2 and Qwen3), "torch" (bfloat16
            where the device is made for it, else 32 bits), or "auto": ctranslate2 where it can run the
            checkpoint on that device or torch (newsum[torch]) is not installed.
        threads: cores that ctranslate2 may use; None takes OMP_NUM_THREADS where it is set, else all
            that the process may use. torch has one number for the process, torch.set_num_threads.

    Raises:
        CheckpointError: it cannot be found or must not be loaded; the message says what to do.
        MissingExtra: it needs torch, which is not installed.
        SettingsError: there is no such device or backend, or they do not go together.
    """
    if backend not in _BACKENDS:
        raise SettingsError(f'backend={backend!r} is not allowed: use "auto", "ctranslate2" or "torch"')
    if threads is not None and (not isinstance(threads, int) or isinstance(threads, bool) or threads < 1):
        raise SettingsError(f"threads={threads!r} is not allowed: pass a whole number from 1 up or None")
    if (writer := _line_writer(model)) is not None:
        from newsum.generation.line_writer import LineWriter

        return LineWriter(writer, threads=threads)
    from newsum.generation.checkpoints import damage_named, locate

    located = locate(model)
    with damage_named(located.source):
        return _loaded(located, device, backend, threads)


def revision_of(model: str | Path) -> str:
    """What changes with a model that `load` takes; nothing is loaded.

    Raises:
        CheckpointError: it cannot be found or must not be loaded.
    """
    if (writer := _line_writer(model)) is not None:
        from newsum.generation.line_writer import read_line_writer

        return read_line_writer(writer).revision
    from newsum.generation.checkpoints import locate

    return locate(model).revision


def _line_writer(model: str | Path) -> Path | None:
    """The folder of the line writer that a model's name or folder means; None where it means a checkpoint."""
    from newsum.generation.line_writer import BUNDLED, NAME, is_line_writer

    if model == NAME:
        return BUNDLED
    return Path(model) if is_line_writer(Path(model)) else None


def _loaded(located: "Located", device: str | None, backend: str, threads: int | None) -> "Seq2Seq | ChatModel":
    if backend == "torch" or (backend == "auto" and not _on_cpu(device)):
        try:
            return _torch(located, device)
        except MissingExtra:
            if backend == "torch" or device not in (None, "auto"):
                raise  # a GPU that nobody asked for is no reason to fail: the CPU does too
    if device not in (None, "auto", "cpu"):
        raise SettingsError(
            f'device={device!r} does not go with backend="ctranslate2", which runs on the CPU: pass backend="torch"'
        )
    from newsum.generation.ctranslate2.weights import Unconvertible

    try:
        return _ctranslate2(located, threads, backend)
    except (ImportError, Unconvertible) as error:  # there are platforms for which ctranslate2 is not built
        if backend == "auto":
            return _torch(located, device, f"{located.source} cannot run in ctranslate2 ({error}) and so")
        raise CheckpointError(
            f'{located.source} cannot run with backend="ctranslate2": {error}; pass backend="torch" or "auto"'
        ) from error


def _on_cpu(device: str | None) -> bool:
    """Whether a checkpoint goes to the CPU."""
    if device not in (None, "auto"):
        return device == "cpu"
    try:
        import ctranslate2
    except ImportError:
        return False
    return bool(ctranslate2.get_cuda_device_count() == 0)


def _ctranslate2(located: "Located", threads: int | None, backend: str) -> "Seq2Seq | ChatModel":
    from newsum.generation.chat import ChatModel, template_of
    from newsum.generation.ctranslate2.loading import load_causal_ctranslate2, load_ctranslate2
    from newsum.generation.families import is_causal

    if is_causal(located.config):
        return ChatModel(load_causal_ctranslate2(located, threads=threads), template_of(located))
    sampler = (lambda: _seq2seq_in_torch(located, "cpu")) if backend == "auto" else None
    return load_ctranslate2(located, threads=threads, sampler=sampler)


def _torch(
    located: "Located", device: str | None, what: str = "running a checkpoint in torch"
) -> "Seq2Seq | ChatModel":
    from newsum.generation.chat import ChatModel, template_of
    from newsum.generation.families import is_causal

    if not is_causal(located.config):
        return _seq2seq_in_torch(located, device, what)
    with needing("torch", what):
        from newsum.generation.torch.causal import load_causal_torch

    return ChatModel(load_causal_torch(located, device), template_of(located))


def _seq2seq_in_torch(located: "Located", device: str | None, what: str = "running a checkpoint in torch") -> "Seq2Seq":
    with needing("torch", what):
        from newsum.generation.torch.backend import load_torch

    return load_torch(located, device)
