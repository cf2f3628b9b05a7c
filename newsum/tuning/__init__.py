"""Tunes models of one's own.

The judge, on pairs of one's own (JSON lines of premise, hypothesis and label), and what comes of it in use:

    python -m newsum.tuning judge PAIRS.jsonl --out FOLDER --minutes 30
    newsum attribute brief.txt stories/ --judge FOLDER

Nothing here is imported at run time; it needs the `torch` extra.
"""
