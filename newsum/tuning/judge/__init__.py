"""Trains a judge: an adapter of the language model that comes with newsum, on two cores in an hour or two.

    python -m newsum.tuning judge ROWS.jsonl.gz --out FOLDER --minutes 60

In: rows of {"premise", "hypothesis", "label"}; a label is entailed, neutral, contradicted, or unsupported for what is
one of the last two. Out: a judge's folder, for `Summariser(judge=FOLDER)`. recipes.judge makes the bundled judge so.
"""

from newsum.errors import needing

with needing("torch", "tuning a judge"):
    import torch  # noqa: F401
