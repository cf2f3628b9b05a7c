"""Trains a writer: an adapter of the language model that comes with newsum, on two cores in an hour or two.

    python -m newsum.tuning writer ROWS.jsonl.gz --out FOLDER --minutes 60

In: rows of {"reports": [{"outlet", "text"}, ...], "told": [lines], "lines": [lines]}: what the outlets report, the
lines that the brief has already, and those that come next, a sentence each. Out: a writer's folder, for
`Summariser(model=FOLDER)`. recipes.writer makes the bundled writer so.
"""

from newsum.errors import needing

with needing("torch", "tuning a writer"):
    import torch  # noqa: F401
