"""What spreadsheets, crawlers and databases export: tables with stray commas, empty values, odd dates and sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from newsum.articles import Article
from newsum.reading import Reading, read_report

ONE = "The harbour board will shut the slip, it said on Monday. Divers found rot."
TWO = "The repair will cost six million euros. A fund pays most of it."


def rows(folder: Path, *records: dict[str, Any]) -> Reading:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return read_report(path)


def table(folder: Path, content: str) -> Reading:
    path = folder / "a.csv"
    path.write_text(content, encoding="utf-8")
    return read_report(path)


def only(reading: Reading) -> Article:
    assert reading.problems == ()
    [article] = reading.articles
    return article


@pytest.mark.parametrize(
    "row",
    [
        f"Ledger,Slip,{ONE}",
        f"Ledger,Slip,“{ONE}”",
        f"Ledger,Slip,'{ONE}'",
        f"Ledger,Slip,«{ONE}»",
        f"Ledger,Slip,``{ONE}''",
        f"Ledger,Slip, to be shut,{TWO}",
        f'Ledger,Slip,"{TWO}",x',
    ],
)
def test_a_row_with_too_many_cells_is_a_problem_with_its_line(tmp_path: Path, row: str) -> None:
    reading = table(tmp_path, f"outlet,title,text\nWire,Bill,{TWO}\n{row}\nPost,Bill,{TWO}\n")
    assert [article.outlet for article in reading.articles] == ["Wire", "Post"]
    [problem] = reading.problems
    assert problem.line == 3
    assert problem.message.startswith("the row has 4 cells, but there are 3 columns")


@pytest.mark.parametrize(
    "content",
    [
        f'outlet, title, text\nLedger, Slip, "{ONE}"\n',
        f'outlet,title,text\nLedger,  Slip,   "{ONE}"\n',
        f'outlet;title;text\nLedger; Slip; "{ONE}"\n',
        f"'outlet','title','text'\n'Ledger','Slip','{ONE}'\n",
        f'"outlet","title","text"\n"Ledger","Slip","{ONE}",\n',
        f'outlet,title,text,,\nLedger,Slip,"{ONE}",,\n',
        f'\ufeff"outlet"\t"title"\t"text"\nLedger\tSlip\t{ONE}\n',
        f"sep=;\noutlet;title;text\nLedger;Slip;{ONE}\n",
    ],
)
def test_spaces_before_quotes_and_other_quotes_are_read(tmp_path: Path, content: str) -> None:
    article = only(table(tmp_path, content))
    assert (article.outlet, article.title, article.text) == ("Ledger", "Slip", ONE)


@pytest.mark.parametrize("second", [f'Wire,Bill,"{TWO}"', f"Wire,Bill,{TWO}", 'Wire,Bill,"A ""fund"" pays it."'])
def test_a_quotation_mark_left_open_costs_its_own_row_only(tmp_path: Path, second: str) -> None:
    reading = table(tmp_path, f'outlet,title,text\nLedger,Slip,"{ONE}\n{second}\nPost,Bill,"{TWO}"\n')
    assert [problem.line for problem in reading.problems] == [2]
    assert [article.outlet for article in reading.articles] == ["Wire", "Post"]


@pytest.mark.parametrize(
    "missing", ["nan", "NaN", "NaT", "None", "null", "NULL", "N/A", "n/a", "NA", "<NA>", "#N/A", ""]
)
def test_missing_is_missing_in_a_table(tmp_path: Path, missing: str) -> None:
    head = "outlet,title,text,url,published,authors"
    reading = table(tmp_path, f'{head}\nLedger,{missing},"{ONE}",{missing},{missing},{missing}\n')
    assert only(reading) == Article("Ledger", ONE)
    assert reading.notices == ()
    [problem] = table(tmp_path, f"{head}\nLedger,T,{missing or ' '},,,\n").problems
    assert problem.message == "the article has no text"


@pytest.mark.parametrize("missing", ["NaN", "null", "Infinity", '"NaN"', '"null"'])
@pytest.mark.parametrize("field", ["title", "url", "published", "outlet", "authors", "id", "sitename"])
def test_missing_is_missing_in_json(tmp_path: Path, missing: str, field: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": {json.dumps(ONE)}, "{field}": {missing}}}\n')
    reading = read_report(path)
    assert only(reading) == Article("", ONE)
    assert reading.notices == ()


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        (1773131400, "2026-03-10T08:30:00+00:00"),
        (1773131400.0, "2026-03-10T08:30:00+00:00"),
        (1773131400000, "2026-03-10T08:30:00+00:00"),
        (1773131400000000, "2026-03-10T08:30:00+00:00"),
        (1773131400000000000, "2026-03-10T08:30:00+00:00"),
        ("1773131400", "2026-03-10T08:30:00+00:00"),
        ("1773131400000", "2026-03-10T08:30:00+00:00"),
        ({"$date": "2026-03-10T08:30:00Z"}, "2026-03-10T08:30:00Z"),
        ({"$date": 1773131400000}, "2026-03-10T08:30:00+00:00"),
        ({"$date": {"$numberLong": "1773131400000"}}, "2026-03-10T08:30:00+00:00"),
        (20260310, "2026-03-10"),
        (["2026-03-10"], "2026-03-10"),
    ],
)
def test_dates_as_databases_write_them_are_read(tmp_path: Path, stated: object, iso: str) -> None:
    for field in ("published", "date"):
        assert only(rows(tmp_path, {"text": ONE, "outlet": "Ledger", field: stated})).published == iso


@pytest.mark.parametrize(
    "odd", [True, -5, 12, 10**30, {"day": 1}, [1, 2], {"$date": None}, {"$date": {}}, "soon", [[]]]
)
def test_an_odd_date_costs_the_date_only(tmp_path: Path, odd: object) -> None:
    reading = rows(tmp_path, {"text": ONE, "outlet": "Ledger", "published": odd})
    assert only(reading) == Article("Ledger", ONE)
    assert len(reading.notices) == 1
    assert "dates that cannot be read" in reading.notices[0]


@pytest.mark.parametrize(
    ("fields", "outlet", "guessed", "url"),
    [
        (
            {"source": "https://www.harlowwire.example/slip"},
            "harlowwire.example",
            True,
            "https://www.harlowwire.example/slip",
        ),
        (
            {"source": "rss:https://feeds.baypost.example/all"},
            "baypost.example",
            True,
            "https://feeds.baypost.example/all",
        ),
        ({"source": "harlowwire.example/slip"}, "harlowwire.example", True, "https://harlowwire.example/slip"),
        ({"source": "harlowwire.example"}, "harlowwire.example", True, None),
        (
            {"sitename": "Harlow Wire", "source": "https://hw.example/slip"},
            "Harlow Wire",
            False,
            "https://hw.example/slip",
        ),
        ({"publisher": "Harlow Wire"}, "Harlow Wire", False, None),
        ({"publisher": {"name": "Harlow Wire", "id": 4}}, "Harlow Wire", False, None),
        ({"source": {"id": None, "name": "Harlow Wire"}}, "Harlow Wire", False, None),
        ({"hostname": "www.harlowwire.example"}, "harlowwire.example", True, None),
        (
            {"domain": "harlowwire.example", "url": "https://x.example/1"},
            "harlowwire.example",
            True,
            "https://x.example/1",
        ),
        ({"sitename": "Harlow Wire", "hostname": "harlowwire.example"}, "Harlow Wire", False, None),
        (
            {"outlet": "Harlow Wire", "source": "rss:https://f.example/a", "url": "https://hw.example/s"},
            "Harlow Wire",
            False,
            "https://hw.example/s",
        ),
        ({"source": "https://www.bbc.co.uk/news/1"}, "BBC", False, "https://www.bbc.co.uk/news/1"),
        (
            {"outlet": "https://www.harlowwire.example/slip"},
            "harlowwire.example",
            True,
            "https://www.harlowwire.example/slip",
        ),
        ({"source": "feed://harlowwire.example/rss"}, "harlowwire.example", True, None),
        ({"source": "Harlow Wire <https://harlowwire.example>"}, "Harlow Wire", False, "https://harlowwire.example"),
    ],
)
def test_a_source_that_is_an_address_is_no_name(
    tmp_path: Path, fields: dict[str, Any], outlet: str, guessed: bool, url: str | None
) -> None:
    reading = rows(tmp_path, {"title": "Slip", "text": ONE, **fields})
    article = only(reading)
    assert (article.outlet, article.outlet_guessed, article.url) == (outlet, guessed, url)
    assert bool(reading.notices) == guessed
