"""Fails when a score has dropped below its floor: `python -m benchmarks.gate`.

floors.json holds, for each set and system, every story's scores when the floor was set, and the hash of the stories.
A drop is a failure where the paired bootstrap interval of the difference lies below zero, which is more than noise, or
where it is more than a point in any case, for the fixtures are few. On other stories than the floor's nothing can be
said, which fails too. The real sets are checked where their data is there.

    --raise              set floors for what has none, and raise those that have been bettered
    --lower "REASON"     set every floor to what is measured now; what went down is kept in floors.json with the reason
    --fixtures           the fixtures alone
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a file: python benchmarks/gate.py
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bench import measure
from benchmarks.sets import StorySet, fixture_sets, real_sets
from benchmarks.systems import available
from newsum.evaluation import SEED, Scores
from newsum.evaluation.statistics import comparisons

__all__ = ["Drop", "check", "main"]

FLOORS = Path(__file__).parent / "floors.json"
GATED = ("lead in turn", "centroid", "planned sentences")
SCORES = ("rouge1", "rouge2", "rougeLsum", "supported")

_MOST = 0.01  # a drop of one ROUGE point; a change that leaves eleven of twelve fixtures alone can be noise and real
_DRAWS = {"seed": SEED, "samples": 2000, "confidence": 0.95}

Stories = Mapping[str, Sequence[float | None]]  # each score's value for every story
Drop = str


def check(held: Mapping[str, Any], measured: Stories, where: str) -> Iterator[Drop]:
    """What is below its floor, a sentence each."""
    for name, found in comparisons(_rows(measured), _rows(held), SCORES, **_DRAWS).items():
        if found.high < 0 or found.difference < -_MOST:
            now, floor = _mean(measured[name]), _mean(held[name])
            yield (
                f"{where}: {name} is {100 * now:.2f}, its floor is {100 * floor:.2f} "
                f"(difference {100 * found.low:+.2f} to {100 * found.high:+.2f})"
            )


def _rows(stories: Stories) -> list[dict[str, tuple[float, int]]]:
    columns = [[(name, value) for value in values] for name, values in stories.items()]
    return [{name: (v, 1) for name, v in story if v is not None} for story in zip(*columns, strict=True)]


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def _stories(scores: Scores) -> dict[str, list[float | None]]:
    """The scores as they are kept: to six digits, so that floors.json stays readable."""
    columns = {name: [row[name] for row in scores.table] for name in SCORES if name in scores}
    return {name: [v if v is None else round(v, 6) for v in values] for name, values in columns.items()}


def _measured(sets: Iterable[StorySet]) -> Iterator[tuple[StorySet, str, dict[str, list[float | None]]]]:
    for stories in sets:
        for name, system in available(stories, GATED):
            if isinstance(system, str):
                print(f"{stories.name}, {name}: not measured: {system}")
                continue
            yield stories, name, _stories(measure(stories, name, system)[1])


def main(args: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__.partition("\n")[0])
    parser.add_argument("--raise", action="store_true", dest="up", help="set new floors, raise those bettered")
    parser.add_argument("--lower", metavar="REASON", help="set every floor to what is measured now")
    parser.add_argument("--fixtures", action="store_true", help="the fixtures alone")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE")
    chosen = parser.parse_args(args)
    if chosen.lower is not None and not chosen.lower.strip():
        parser.error("--lower needs a reason, which is kept with the floors")
    floors = json.loads(chosen.floors.read_text(encoding="utf-8")) if chosen.floors.is_file() else _none_yet()
    drops = []
    for stories, name, measured in _measured(fixture_sets() if chosen.fixtures else (*fixture_sets(), *real_sets())):
        found = list(_against(floors, stories, name, measured))
        print(f"{stories.name}, {name}: {'; '.join(found) or 'holds'}", flush=True)
        drops += found
        if chosen.lower is not None or (chosen.up and not found):
            _set(floors, stories, name, measured, chosen.lower)
    if chosen.up or chosen.lower is not None:
        chosen.floors.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(bool(drops) and chosen.lower is None)


def _none_yet() -> dict[str, Any]:
    return {"sets": {}, "lowered": []}


def _against(floors: Mapping[str, Any], stories: StorySet, name: str, measured: Stories) -> Iterator[Drop]:
    kept = floors["sets"].get(stories.name)
    if kept is None or name not in kept["systems"]:
        return
    if kept["sha256"] != stories.sha256:
        yield f"{stories.name}: the stories are not those that the floors were measured on ({kept['sha256'][:12]})"
        return
    yield from check(kept["systems"][name], measured, f"{stories.name}, {name}")


def _set(floors: dict[str, Any], stories: StorySet, name: str, measured: Stories, reason: str | None) -> None:
    """Put the measurement in as the floor: each score that is higher, and with a reason those that are lower."""
    kept = floors["sets"].setdefault(stories.name, {"sha256": stories.sha256, "systems": {}})
    if kept["sha256"] != stories.sha256:
        floors["lowered"].append(_trace(reason, stories.name, data=[kept["sha256"], stories.sha256]))
        kept.update(sha256=stories.sha256, systems={})
    old = kept["systems"].get(name, {})
    new = dict(measured)
    for score in old.keys() & new.keys():
        was, now = _mean(old[score]), _mean(new[score])
        if now < was and reason is None:
            new[score] = old[score]
        elif now < was:
            values = {"from": round(was, 6), "to": round(now, 6)}
            floors["lowered"].append(_trace(reason, stories.name, system=name, score=score, **values))
    kept["systems"][name] = new


def _trace(reason: str | None, stories: str, **what: Any) -> dict[str, Any]:
    return {"date": date.today().isoformat(), "reason": reason, "set": stories, **what}


if __name__ == "__main__":
    sys.exit(main())
