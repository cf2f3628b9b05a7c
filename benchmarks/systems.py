"""The systems that are measured, each made when it is wanted, with the reason where it cannot be.

To add one, give it a name and a function that makes it: any callable from a story and `words=` to a `Summary` will do.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from benchmarks.sets import StorySet
from newsum.errors import CheckpointError, MissingExtra
from newsum.evaluation.baselines import BASELINES, Oracle, System

__all__ = ["SYSTEMS", "available"]

Maker = Callable[[StorySet], System]


def _baseline(name: str, _: StorySet) -> System:
    if name in ("LexRank", "TextRank"):
        try:
            import sumy  # noqa: F401
        except ImportError as error:
            raise MissingExtra(f'{name} needs sumy: pip install "newsum[bench]"') from error
    return BASELINES[name]


def _oracle(stories: StorySet) -> System:
    return Oracle({example.story.id or "": example.references for example in stories.examples})


def _newsum(model: str | None, _: StorySet) -> System:
    """A checkpoint by name or folder, or with None the planned sentences as they stand."""
    from newsum.summariser import Summariser

    summariser = Summariser(model=model)
    assert model is None or summariser.writer is not None  # loads it now, so that loading is in nobody's time
    return summariser.summarise


SYSTEMS: dict[str, Maker] = {
    **{name: partial(_baseline, name) for name in BASELINES},
    "planned sentences": partial(_newsum, None),
    "oracle sentences": _oracle,
}


def available(
    stories: StorySet, names: Iterable[str] | None = None, models: Iterable[str] = ()
) -> Iterator[tuple[str, System | str]]:
    """Each system by its name, or instead of it the sentence that says why there is none.

    Args:
        names: only these; all where None.
        models: checkpoints to measure besides, by hub name or folder.
    """
    makers = {**SYSTEMS, **{model: partial(_newsum, model) for model in models}}
    for name in names if names is not None else makers:
        try:
            yield name, makers[name](stories)
        except (CheckpointError, MissingExtra) as error:
            yield name, str(error)
