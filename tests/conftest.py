"""Settings and folders of the whole suite: time limits would fail on a busy machine, not on a wrong result."""

from pathlib import Path

import pytest
from batch_stories import write_stories
from hypothesis import HealthCheck, settings

settings.register_profile("newsum", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsum")


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder of twenty stories."""
    return write_stories(tmp_path / "stories")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a batch writes; not there yet."""
    return tmp_path / "out"
