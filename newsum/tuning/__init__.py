"""Tunes models of one's own: adapters of the language model that comes with newsum.

The judge, on pairs of one's own (JSON lines of premise, hypothesis and label), and what comes of it in use:

    python -m newsum.tuning judge PAIRS.jsonl --out FOLDER --minutes 30
    newsum attribute brief.txt stories/ --judge FOLDER

The writer, on reports and the lines of briefs (newsum/tuning/writer says how a row looks):

    python -m newsum.tuning writer ROWS.jsonl --out FOLDER --minutes 60
    newsum summarise stories/ --model FOLDER

Nothing here is imported at run time; it needs the `torch` extra.
"""
