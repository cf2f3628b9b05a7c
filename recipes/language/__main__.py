"""Prepares the language model under the judge and the writer, from the command line.

python -m recipes.language unpack --folder FOLDER --out OUT     its GGUF file as weights to train from
python -m recipes.language ship --folder FOLDER --plain OUT --out newsum/models/smollm2     as newsum ships it
"""

import argparse
from pathlib import Path

from recipes.judge.rows import data_folder


def main() -> None:
    """Reads the command line and runs the step that it names."""
    parser = argparse.ArgumentParser(prog="python -m recipes.language", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("unpack", "ship"):
        step = steps.add_parser(name)
        step.add_argument("--folder", type=Path, required=True, help="where the one GGUF file lies")
        step.add_argument("--out", type=Path, required=True)
    step.add_argument("--plain", type=Path, required=True, help="what `unpack` wrote")
    step.add_argument("--data", help="the data folder; else NEWSUM_DATA, else ../shared/data")
    arguments = parser.parse_args()
    if arguments.step == "unpack":
        from recipes.language.unpacking import unpack_gguf

        unpack_gguf(arguments.folder, arguments.out)
    else:
        from recipes.language.shipping import ship_base

        (gguf,) = arguments.folder.glob("*.gguf")
        ship_base(gguf, arguments.plain, data_folder(arguments.data), arguments.out)


if __name__ == "__main__":
    main()
