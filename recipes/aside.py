"""Says which training stories are kept aside, to choose settings by: every tenth, by the hash of its id."""

import hashlib

__all__ = ["held_out"]


def held_out(story_id: str) -> bool:
    """Whether a training story is one of the tenth kept aside."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) % 10 == 0
