"""Runs checkpoints on torch through transformers: loading, decoding (newsum[torch])."""

from newsum.errors import needing

with needing("torch", "running a checkpoint in torch"):
    import torch  # noqa: F401
    import transformers  # noqa: F401
