"""A real browser for the tests of this folder: headless Chromium, driven by Selenium, and axe-core to judge pages.

`make browser` installs them. Where one is missing the tests are skipped, which the suite says aloud at its end; with
NEWSUM_BROWSER=required, as .ci/run sets it, they fail.
"""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from browser_pages import AXE, Browser


def _missing() -> list[str]:
    tools = {
        "chromium": shutil.which("chromium"),
        "chromedriver": shutil.which("chromedriver"),
        "selenium": find_spec("selenium"),
        "axe-core": AXE.exists() or None,
    }
    return [name for name, found in tools.items() if found is None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if missing := _missing():
        reason = f"no real browser: {', '.join(missing)} not found; `make browser` installs what is missing"
        if os.environ.get("NEWSUM_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    opened = Browser()
    yield opened
    opened.quit()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Browser]:
    """The browser at 1440 pixels, light, with a mouse; whatever it loads stands in `tmp_path`."""
    browser.begin(tmp_path)
    yield browser
    assert browser.complaints() == []
    assert [url for url in browser.requests() if not url.startswith(tmp_path.as_uri())] == []
