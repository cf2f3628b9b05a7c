"""How newsum's shipped files were made: the bundled model, the splitter's parameters, the word statistics.

    python -m newsum.tuning prepare DATA RUN                      news data -> pairs (pairs.py)
    python -m newsum.tuning train RUN                             pairs -> checkpoints (trainer.py); restartable
    python -m newsum.tuning evaluate RUN                          the last checkpoint's loss on held-out pairs
    python -m newsum.tuning export RUN --out FOLDER --card FILE   last checkpoint -> model folder (export.py)

To tune the bundled model on stories of your own that have summaries (a folder of story folders, a JSONL, CSV or Parquet
file, or a name that `newsum.evaluation.datasets` knows), and to use what comes of it:

    python -m newsum.tuning prepare --stories MINE.jsonl RUN
    python -m newsum.tuning train RUN --start mini
    python -m newsum.tuning export RUN --start mini --out FOLDER --card FILE
    newsum summarise stories/ --model FOLDER

To tune the judge on pairs of your own (JSON lines of premise, hypothesis and label), and to use what comes of it:

    python -m newsum.tuning judge PAIRS.jsonl --out FOLDER --minutes 30
    newsum attribute brief.txt stories/ --judge FOLDER

Nothing here is imported at run time; the MiniLM weights come with the `train` extra.
"""
