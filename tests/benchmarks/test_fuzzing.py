"""A short run of the damaged inputs, some of every target; `python -m benchmarks.fuzzing` runs as many as one wants."""

import random
import time
from pathlib import Path

import pytest
from extras import need

need("torch")
need("datasets")

from benchmarks.fuzzing import running, targets
from benchmarks.fuzzing.mutators import MUTATORS, VALUES, damaged, mutated
from benchmarks.fuzzing.targets import MODELS, TARGETS, rng_of
from newsum.errors import ReadingError

WHOLE = b'{"text": "It fell on Monday, 2026-03-10.", "outlet": "Karrow Post"}\n<p>It fell.</p>\n' * 4
EACH = 12


@pytest.mark.parametrize("target", TARGETS)
def test_no_damaged_input_is_anything_but_a_result_or_one_clear_error(target: str) -> None:
    assert list(running.failures(target, 1, EACH if target not in MODELS else 5)) == []


@pytest.mark.parametrize("name", MUTATORS)
def test_each_mutator_damages_bytes_and_the_same_numbers_damage_them_the_same_way(name: str) -> None:
    found = {MUTATORS[name](WHOLE, random.Random(seed)) for seed in range(30)}
    assert len(found - {WHOLE}) >= 2
    assert found == {MUTATORS[name](WHOLE, random.Random(seed)) for seed in range(30)}


@pytest.mark.parametrize("name", VALUES)
def test_each_mutator_damages_values(name: str) -> None:
    value = {"text": "It fell.", "authors": ["A", "B"], "n": 1}
    assert {repr(VALUES[name](value, random.Random(seed))) for seed in range(30)} - {repr(value)}


def test_a_seed_makes_one_input() -> None:
    assert mutated(WHOLE, rng_of(".txt", 7)) == mutated(WHOLE, rng_of(".txt", 7)) != mutated(WHOLE, rng_of(".txt", 8))
    value = {"text": ["It fell."] * 3}
    assert repr(damaged(value, rng_of("x", 7))) == repr(damaged(value, rng_of("x", 7)))


def _raw(rng: random.Random, folder: Path) -> None:
    raise KeyError("text")


def _slow(rng: random.Random, folder: Path) -> None:
    ends = time.process_time() + 0.3
    while time.process_time() < ends:
        pass


def _big(rng: random.Random, folder: Path) -> None:
    held = b"x" * 600_000_000
    assert held[-1:] == b"x"


def _hangs(rng: random.Random, folder: Path) -> None:
    time.sleep(60)


def _dies(rng: random.Random, folder: Path) -> None:
    import os

    os._exit(3)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (_raw, "KeyError: 'text'"),
        (_slow, "0.3 s"),
        (_big, "58"),
        (_hangs, "it hangs"),
        (_dies, "it takes its process down"),
    ],
)
def test_every_kind_of_failure_is_seen_and_the_next_input_is_run(
    target: targets.Target, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TARGETS", {"made": target})
    monkeypatch.setattr(running, "SECONDS", 0.25 if target is _slow else 60.0)
    monkeypatch.setattr(running, "HANGS", 1.0 if target is _hangs else 60.0)
    found = list(running.failures("made", 5, 7))
    assert [seed for seed, _ in found] == [5, 6]
    assert all(told in what for _, what in found), found


def test_a_good_error_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(rng: random.Random, folder: Path) -> None:
        raise ReadingError("a.txt: it is empty")

    monkeypatch.setattr(running, "TARGETS", {"made": refuses})
    assert list(running.failures("made", 1, 4)) == []
