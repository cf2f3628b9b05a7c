"""Runs the damaged inputs of all targets, or of some, and prints a row a target.

    nice python -m benchmarks.fuzzing --inputs 100000 --group readers
    python -m benchmarks.fuzzing --target .html --only 17     # one input again

Exit code 1 means that an input failed.
"""

import argparse
import sys
import time
from collections.abc import Mapping

from benchmarks.fuzzing.running import failures
from benchmarks.fuzzing.targets import BRIEFS, EVALUATE, MODELS, READERS, TARGETS, Target

_GROUPS: Mapping[str, Mapping[str, Target]] = {
    "readers": READERS,
    "evaluate": EVALUATE,
    "models": MODELS,
    "briefs": BRIEFS,
    "all": TARGETS,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=1, help="the first")
    parser.add_argument("--group", choices=_GROUPS, default="all")
    parser.add_argument("--target", choices=TARGETS, action="append", help="some only")
    parser.add_argument("--only", type=int, metavar="SEED", help="one input again")
    parser.add_argument("--minutes", type=float, default=1e9, help="no target is begun after so many")
    chosen = parser.parse_args()
    targets = chosen.target or list(_GROUPS[chosen.group])
    each = -(-chosen.inputs // len(targets))
    first, last = (chosen.only, chosen.only + 1) if chosen.only is not None else (chosen.seed, chosen.seed + each)
    failed, inputs, began = 0, 0, time.monotonic()
    for target in targets:
        if time.monotonic() - began > 60 * chosen.minutes:
            print(f"{target:18} not run: the time is up", flush=True)
            continue
        started, found = time.monotonic(), list(failures(target, first, last))
        failed, inputs = failed + len(found), inputs + last - first
        seconds = time.monotonic() - started
        print(f"{target:18} {last - first:7,} inputs, {len(found)} failures, {seconds:.0f} s", flush=True)
        for seed, what in found[:20]:
            print(f"{'':18} seed {seed}: {what}", flush=True)
    print(f"{'all':18} {inputs:7,} inputs, {failed} failures", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
