"""Trains an adapter of the language model that comes with newsum; what the judge's and the writer's training share.

In: the base, batches of packed rows, a loss. Out: trained weights, checkpoints to go on from.
"""

from newsum.errors import needing

with needing("torch", "tuning"):
    import torch  # noqa: F401
