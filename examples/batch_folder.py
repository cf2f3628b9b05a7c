"""A folder of stories into a folder of briefs, and the same again when more stories have come.

    python examples/batch_folder.py [stories/] [--out briefs/] [--words 80] [--jobs 2] [--model none]

What `newsum batch` does, from Python: the first run has only the first five stories; the second, with `resume=True`,
has all of them and skips those that are done, as it would after an interruption. Without a folder it takes the fixture
stories, and without --out it writes to a folder that is gone in the end.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import newsum
from newsum.batch import Local, Report, run

FIXTURES = Path(__file__).parent / "stories"


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path, nargs="?", default=FIXTURES)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--words", type=int, default=80)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", default="none", help="a folder or a hub's name; none takes sentences as they are")
    chosen = parser.parse_args(args)
    summariser = newsum.Summariser(model=None if chosen.model == "none" else chosen.model)
    with tempfile.TemporaryDirectory() as folder:
        out = chosen.out or Path(folder) / "briefs"
        options = {"summariser": summariser, "words": chosen.words, "engine": Local(chosen.jobs)}
        first = run(newsum.read_stories(chosen.stories)[:5], out, **options)
        print(f"first run: {first}")
        show(run(chosen.stories, out, resume=True, **options), out)


def show(report: Report, out: Path) -> None:
    print(f"second run: {report}")
    for reason, count in report.reasons.items():
        print(f"  {count} failed: {reason}")
    for path in sorted(out.glob("briefs/*.json")):
        summary = newsum.Summary.from_json(path.read_text(encoding="utf-8"))
        print(f"{path.stem:16} {len(summary.lines)} lines, credited to {', '.join(summary.credits)}")


if __name__ == "__main__":  # the processes of Local(2) load this file too
    main()
