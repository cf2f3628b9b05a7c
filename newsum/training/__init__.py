"""How newsum's shipped files were made: the bundled model, the splitter's parameters, the word statistics.

    python -m newsum.training prepare DATA --out RUN     news data -> pairs (pairs.py)
    python -m newsum.training train RUN                  pairs -> checkpoints (trainer.py); restartable
    python -m newsum.training export RUN --out FOLDER    last checkpoint -> model folder (export.py)

Nothing here is imported at run time; the MiniLM weights come with the `train` extra.
"""
