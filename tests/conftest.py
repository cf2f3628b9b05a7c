"""Settings and folders of the whole suite: time limits would fail on a busy machine, not on a wrong result."""

from pathlib import Path

import pytest
from batch_stories import write_stories
from hypothesis import HealthCheck, settings

settings.register_profile("newsum", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsum")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud that no page was looked at: a row of "s" would not."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason for reason in reasons if "no real browser" in reason):
        terminalreporter.section("THE BROWSER TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.line(reason.removeprefix("Skipped: "))


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder of twenty stories."""
    return write_stories(tmp_path / "stories")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a batch writes; not there yet."""
    return tmp_path / "out"
