"""`newsum feed`, and the other doors of the command line: --feed, --urls, standard input."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from little_site import HTML, LittleSite, little_site
from made_pages import NAMED, SENTENCES, TEXT, page

from newsum.batch import Local, Report, feeds
from newsum.cli import main
from newsum.reading import Reading, visits
from newsum.system.choices import DEFAULT_MODEL

HOST = "www.tolvanemercury.example"
OTHER = "www.harlowwire.example"
TELLING = "Harlow Wire hears that the quarry bridge at Tolvane was shut on Monday, after a crack in a pillar was found."


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LittleSite]:
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(visits, "PACE", 0.0)
    with little_site(monkeypatch) as found:
        found.pages["/1"] = (HTML, page(NAMED))
        found.pages["/fair"] = (
            "text/html",
            page(NAMED, fair()).replace("Tolvane bridge shut after crack is found", "Fair in Ombury draws thousands"),
        )
        yield found


def fair() -> str:
    told = "The fair in Ombury drew nine thousand guests on Sunday, more than in any year since it was founded there."
    more = "Thousands of them came by train, the railway said, and the last of them left after midnight by bus."
    return f"<article><h1>Fair in Ombury draws thousands</h1><p>{told}</p><p>{more}</p></article>"


def item(link: str, title: str, hours: float) -> str:
    day = (datetime.now(UTC) - timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>"
        f"<description>{SENTENCES[0]}</description></item>"
    )


def rss(*items: str, title: str = "Tolvane Mercury") -> tuple[str, str]:
    return "text/xml", f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def opml(folder: Path, *addresses: str) -> Path:
    path = folder / "feeds.opml"
    path.write_text(f"<opml><body>{''.join(f'<outline xmlUrl={a!r}/>' for a in addresses)}</body></opml>")
    return path


def told(out: Path) -> list[tuple[str, int]]:
    rows = [json.loads(row) for row in (out / "index.jsonl").read_text().splitlines()]
    return sorted((row["title"], row["articles"]) for row in rows)


def test_feeds_become_briefs_and_resuming_redoes_only_the_story_that_grew(
    site: LittleSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bridge = item(site.at(HOST, "/1"), "Tolvane bridge shut after crack is found", 2)
    old = item(site.at(HOST, "/old"), "Old matter", 300)
    fair_item = item(site.at(HOST, "/fair"), "Fair in Ombury draws thousands", 5)
    site.pages["/a"] = rss(bridge, fair_item, old)
    site.pages["/b"] = rss(title="Harlow Wire")
    listed = opml(tmp_path, site.at(HOST, "/a"), site.at(OTHER, "/b"))
    out = tmp_path / "briefs"
    run = ["feed", str(listed), "--out", str(out), "--model", "none", "--jobs", "1", "--allow-private"]
    assert main([*run, "--format", "json"]) == 1  # one page and one feed could not be read
    assert "2 done, 0 skipped, 0 failed" in capsys.readouterr().out
    assert told(out) == [("Fair in Ombury draws thousands", 1), ("Tolvane bridge shut after crack is found", 1)]
    site.pages["/2"] = (
        HTML,
        page('<meta property="og:site_name" content="Harlow Wire">').replace(SENTENCES[1], TELLING),
    )
    site.pages["/b"] = rss(
        item(site.at(OTHER, "/2"), "Tolvane bridge is shut, a crack is found", 1), title="Harlow Wire"
    )
    assert main([*run, "--format", "json"]) == 2
    assert "add --resume" in capsys.readouterr().err
    before = {path.name: path.stat().st_mtime_ns for path in (out / "briefs").iterdir()}
    assert main([*run, "--format", "json", "--resume"]) == 1
    assert "1 done, 1 skipped, 0 failed" in capsys.readouterr().out
    after = {path.name: path.stat().st_mtime_ns for path in (out / "briefs").iterdir()}
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 1
    assert told(out) == [("Fair in Ombury draws thousands", 1), ("Tolvane bridge shut after crack is found", 2)]


def test_feed_hands_on_the_options_that_it_shares_with_batch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: list[dict[str, Any]] = []

    def run_feeds(given: list[str], out: Path, **options: Any) -> tuple[Report, Reading]:
        kept.append({"feeds": given, "out": out, **options})
        return Report(), Reading((), (), ())

    monkeypatch.setattr(feeds, "run_feeds", run_feeds)
    folder = str(tmp_path / "out")
    shared = "-w 60 -j 3 -f md,json -m some --endpoint http://localhost:9/v1 --timeout 7 --judge none"
    assert main(["feed", "a.opml", "-o", folder, *shared.split()]) == 0
    assert main(["feed", "a.opml", "-o", folder]) == 0
    first, second = kept
    assert (first["feeds"], first["out"], first["words"], first["formats"]) == (
        ["a.opml"],
        Path(folder),
        60,
        ["md", "json"],
    )
    assert (first["engine"], first["summariser"].judge) == (Local(3), None)
    assert (first["summariser"].model.name, first["summariser"].model.timeout) == ("some", 7)
    assert (second["words"], second["formats"], second["engine"]) == (120, ["json", "html"], None)
    assert (second["summariser"].model, second["summariser"].judge) == (DEFAULT_MODEL, "auto")


def test_feeds_without_news_of_these_hours_are_named(
    site: LittleSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/a"] = rss(item(site.at(HOST, "/1"), "Old", 30))
    run = ["feed", site.at(HOST, "/a"), "--out", str(tmp_path / "out"), "--model", "none", "--no-pages"]
    assert main(run) == 2
    assert "the feeds hold no article of the last 24 hours" in capsys.readouterr().err
    assert main([*run, "--hours", "48"]) == 0
    assert main([*run, "--hours", "0"]) == 2
    assert main(["feed", "--out", "x"]) == 2


def test_a_feed_and_a_list_of_addresses_are_summarised_and_grouped(
    site: LittleSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/a"] = rss(item(site.at(HOST, "/1"), "Tolvane bridge shut after crack is found", 2))
    assert main(["summarise", "--feed", site.at(HOST, "/a"), "--model", "none", "--words", "40"]) == 0
    captured = capsys.readouterr()
    assert "[Tolvane Mercury]" in captured.out
    assert "only the teaser" in captured.err
    assert "Only the teaser of an article could be read, which may tell more: Tolvane Mercury." in captured.out
    assert main(["group", "--feed", site.at(HOST, "/a"), "--pages", "--allow-private"]) == 0
    assert "Tolvane bridge shut" in capsys.readouterr().out
    listed = tmp_path / "urls.txt"
    listed.write_text(f"{site.at(HOST, '/1')}\n")
    assert main(["summarise", "--urls", str(listed), "--model", "none", "--words", "40"]) == 0
    assert "[Tolvane Mercury]" in capsys.readouterr().out
    assert main(["summarise", str(listed), "--model", "none"]) == 2
    assert f"say --urls {listed}" in capsys.readouterr().err
    assert main(["summarise"]) == 2
    assert "--urls or --feed" in capsys.readouterr().err


def test_what_is_piped_in_is_summarised(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(f"---\noutlet: Tolvane Mercury\n---\n{TEXT}".encode()))
    )
    assert main(["summarise", "-", "--model", "none", "--words", "40"]) == 0
    assert "[Tolvane Mercury]" in capsys.readouterr().out
