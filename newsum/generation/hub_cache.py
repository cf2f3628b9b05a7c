"""Looks into the hub's cache for the checkpoints that were downloaded before, and for names near a mistaken one.

In: a name that nobody has. Out: the names at hand that somebody may have meant by it.
"""

from contextlib import suppress
from pathlib import Path

__all__ = ["cached_checkpoints", "near_names"]

_NEAR = 75  # of 100, as rapidfuzz has it; one letter of four is 75
_MOST = 3


def cached_checkpoints() -> list[tuple[str, Path]]:
    """(name, folder of its newest revision) of each checkpoint in the hub's cache."""
    from huggingface_hub import constants, scan_cache_dir

    with suppress(Exception):  # there is no cache, or it is damaged: then nothing of it is at hand
        held = scan_cache_dir(constants.HF_HUB_CACHE).repos
        repositories = [repository for repository in held if repository.repo_type == "model"]
        newest = [(r.repo_id, max(r.revisions, key=lambda each: each.last_modified)) for r in repositories]
        return sorted(
            (name, Path(revision.snapshot_path))
            for name, revision in newest
            if (Path(revision.snapshot_path) / "config.json").is_file()
        )
    return []


def near_names(name: str, *more: str) -> list[str]:
    """The models at hand, in the hub's cache or among `more`, that somebody may have meant by a name, nearest first.

    >>> near_names("newsum135m", "newsum-135m"), near_names("bart", "newsum-135m")
    (['newsum-135m'], [])
    """
    from rapidfuzz import fuzz, process

    at_hand = [*more, *(cached for cached, _ in cached_checkpoints())]
    found = process.extract(name.lower(), at_hand, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_NEAR)
    return [match for match, _, _ in found]
