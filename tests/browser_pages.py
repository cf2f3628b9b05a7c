"""Drives a report in a real browser as a person would: points, taps, types, and tells what lights up.

In: pages of newsum's as strings. Out: what a person would see there, and what the browser complains of or fetches.
`expected` says the same of a summary's JSON, by offsets alone.
"""

import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsum.articles import Article

AXE = Path(sys.prefix) / "axe" / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = 375, 1440  # pixels

Lit = dict[int, str]  # article number -> the characters that are lit, without white space

_LIT = """
return [...document.querySelectorAll(arguments[0])].map(
  (hit) => [Number(hit.closest("article").dataset.number), hit.textContent])
"""
_PLACE = """
const box = arguments[0].getClientRects()[0];
return [box.left + box.width / 2, box.top + box.height / 2];
"""
_OVERFLOWING = """
const width = document.documentElement.clientWidth;
const scrolls = (each) =>
  each && (/(auto|scroll)/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
return [...document.body.querySelectorAll("*")]
  .filter((each) => each.getBoundingClientRect().right > width + 1 && !scrolls(each.parentElement))
  .map((each) => each.outerHTML.slice(0, 120));
"""
_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then((found) => done(found.violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => each.id + ": " + each.nodes.map((node) => node.html).slice(0, 3).join(" | "))));
"""


class Browser:
    """Chromium without a window. Its methods say what a person does, its answers what they see."""

    def __init__(self) -> None:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_script_timeout(60)
        self.folder = Path()

    def quit(self) -> None:
        self.driver.quit()

    def begin(self, folder: Path) -> None:
        """Forgets what was before; pages will be written into the folder."""
        self.folder = folder
        self.driver.get("about:blank")
        self.look(DESKTOP)
        self.complaints(), self.requests()

    def look(self, width: int, *, dark: bool = False, printed: bool = False) -> None:
        """Through a window of that width; a phone is touched, a desktop pointed at."""
        phone = width < 600
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": phone}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": phone, "maxTouchPoints": 1})
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        media = {"features": features, "media": "print" if printed else ""}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    def open(self, html: str, at: str = "", name: str = "page.html") -> None:
        path = self.folder / name
        path.write_text(html, encoding="utf-8")
        self.driver.get("about:blank")  # or an address with another hash only would load nothing
        self.driver.get(path.as_uri() + at)

    # --- what a person does -------------------------------------------------------------------------

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def find_all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def point_at(self, selector: str) -> None:
        from selenium.webdriver import ActionChains

        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        self.point_away()  # or what was scrolled under a resting pointer is not entered
        ActionChains(self.driver, duration=0).move_to_element(element).perform()

    def point_away(self) -> None:
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 1, "y": 1})

    def click(self, selector: str) -> None:
        from selenium.webdriver import ActionChains

        self.point_at(selector)
        ActionChains(self.driver, duration=0).click().perform()

    def tap(self, selector: str) -> None:
        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        x, y = self.run(_PLACE, element)
        touch = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", touch)
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, selector: str) -> int:
        """Presses Tab until the element has the focus; how many times. Fails where it never has."""
        from selenium.webdriver.common.keys import Keys

        for times in range(1, 400):
            self.press(Keys.TAB)
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return times
        raise AssertionError(f"Tab never comes to {selector}")

    # --- what they see ------------------------------------------------------------------------------

    def lit(self, selector: str = ".hit.lit") -> Lit:
        """What is lit in each article."""
        found: dict[int, str] = defaultdict(str)
        for number, text in self.run(_LIT, selector):
            found[number] += "".join(text.split())
        return dict(found)

    def lit_lines(self) -> list[str]:
        return self.run("return [...document.querySelectorAll('[data-key].lit')].map((each) => each.dataset.key)")

    def is_in_view(self, selector: str) -> bool:
        """Whether a person sees the middle of the element: nothing lies over it, and it is not scrolled away."""
        seen = """
        const box = arguments[0].getClientRects()[0], x = box.left + box.width / 2, y = box.top + box.height / 2;
        const on = document.elementFromPoint(x, y);
        return !!on && (arguments[0].contains(on) || on.contains(arguments[0]));
        """
        return self.run(seen, self.find(selector))

    def focused(self) -> str:
        return self.run("const on = document.activeElement; return (on.closest('[data-key]') || on).id")

    def clipboard(self) -> str:
        self.driver.execute_cdp_cmd(
            "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        )
        script = "const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done(String(error)))"
        return self.driver.execute_async_script(script)

    def overflowing(self) -> list[str]:
        """What reaches over the right edge, but for what scrolls inside its own box; the page itself if it scrolls."""
        wide = self.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        return ["the page scrolls sideways"] * wide + self.run(_OVERFLOWING)

    def faults(self) -> list[str]:
        """What axe-core calls serious or critical."""
        self.run(AXE.read_text(encoding="utf-8"))
        return self.driver.execute_async_script(_AXE)

    def complaints(self) -> list[str]:
        """What the browser wrote on its console since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were fetched since it was last asked."""
        entries = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        urls = (e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent")
        return [url for url in urls if url != "about:blank"]


# --- what the JSON says -----------------------------------------------------------------------------


def expected(summary: Mapping[str, Any], articles: Iterable[Article], evidence: Iterable[Mapping[str, Any]]) -> Lit:
    """What some evidence of a summary's JSON covers of its articles, by offsets alone."""
    texts = {article.id: article.text for article in articles}
    covered: dict[str, set[int]] = defaultdict(set)
    for each in evidence:
        covered[each["article"]] |= set(range(each["start"], each["end"]))
    numbers = {source["article"]: number for number, source in enumerate(summary["sources"], start=1)}
    return {
        numbers[article]: "".join("".join(texts[article][place] for place in sorted(places)).split())
        for article, places in covered.items()
    }


def resting_on(summary: Mapping[str, Any], number: int, place: int) -> list[str]:
    """The keys of the lines and disagreements whose evidence covers a character of an article."""
    article = summary["sources"][number - 1]["article"]
    holders = [(f"l{n}", line["evidence"] + line["corroboration"]) for n, line in enumerate(summary["lines"], start=1)]
    holders += [(f"d{n}", differing["positions"]) for n, differing in enumerate(summary["disagreements"], start=1)]
    return [
        key
        for key, evidence in holders
        if any(each["article"] == article and each["start"] <= place < each["end"] for each in evidence)
    ]
