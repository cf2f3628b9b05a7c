"""Tests that a value that cannot be held costs itself: odd dates of tables, addresses that are none, names of files."""

import time
from pathlib import Path

import pytest
from extras import need

from newsum.errors import NewsumError
from newsum.reading import read_report, read_stories_report
from newsum.reading.visits import Visits

SENTENCE = "The bridge at Karrow fell on Monday."


def _arrow(kind: object, number: int) -> object:
    import pyarrow

    return pyarrow.table(
        {
            "outlet": ["Karrow Post", "Tarn Wire"],
            "text": [SENTENCE, f"{SENTENCE} Two were hurt."],
            "published": pyarrow.array([number, 0], kind),
        }
    )


@pytest.mark.parametrize("form", ["parquet", "pandas", "polars"])
@pytest.mark.parametrize("unit", ["seconds", "seconds in UTC", "microseconds", "days"])
def test_a_date_that_python_cannot_hold_costs_the_date_only(tmp_path: Path, form: str, unit: str) -> None:
    need("datasets")
    import pyarrow
    from pyarrow import parquet

    kinds = {
        "seconds": (pyarrow.timestamp("s"), 10**13),
        "seconds in UTC": (pyarrow.timestamp("s", "UTC"), 10**13),
        "microseconds": (pyarrow.timestamp("us"), 2**61),
        "days": (pyarrow.date32(), 2**31 - 1),
    }
    table = _arrow(*kinds[unit])
    if form == "parquet":
        parquet.write_table(table, tmp_path / "a.parquet")
        given: object = tmp_path / "a.parquet"
    elif form == "polars":
        given = pytest.importorskip("polars").from_arrow(table)
    else:
        given = table.to_pandas(date_as_object=False)
    reading = read_report(given)
    assert [article.outlet for article in reading.articles] == ["Karrow Post", "Tarn Wire"]
    assert reading.problems == ()
    assert reading.articles[0].published is None or form == "pandas"  # whose own dates go further than Python's
    assert (reading.articles[1].published or "").startswith("1970-01-01")


@pytest.mark.parametrize("read", [read_report, read_stories_report])
def test_a_data_set_whose_row_cannot_be_made_out_is_a_problem_with_its_number(read: object) -> None:
    class Rows:
        column_names = ("text", "outlet", "story_id")

        def __iter__(self):
            yield {"text": SENTENCE, "outlet": "Karrow Post", "story_id": "a"}
            raise OverflowError("date value out of range")

    reading = read(Rows())
    assert [str(problem) for problem in reading.problems] == [
        "the data set: its row 2 cannot be read: date value out of range"
    ]
    found = reading.articles if read is read_report else reading.stories[0].articles
    assert [article.text for article in found] == [SENTENCE]


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://[a]/", "https://[-1]/x", "http://[::99999]/", "http://a]b/"]
)
def test_an_address_that_is_none_is_one_problem(tmp_path: Path, address: str) -> None:
    (tmp_path / "urls.txt").write_text(f"{address}\n")
    for reading in (read_report(urls=tmp_path / "urls.txt"), read_report(address)):
        [problem] = reading.problems
        assert "not an address that can be fetched" in problem.message


@pytest.mark.parametrize("name", ["a\nb.txt", "a\r\nb.md", "\x1b[31mb.html", "\u202eb.csv", "a\x85b.json"])
def test_the_name_of_a_file_is_one_row_in_what_is_said_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b\x08")
    [problem] = read_report(tmp_path).problems
    assert problem.path == str(tmp_path / name)
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    "name", ["x" * 5_000, "x" * 5_000 + ".txt", "~" + "x" * 5_000, "a/" * 4_000, "x" * 300 + ".csv"]
)
def test_a_path_that_is_too_long_is_one_clear_error(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import newsum
    from newsum.evaluation import datasets

    monkeypatch.chdir(tmp_path)
    articles = [newsum.Article("Karrow Post", SENTENCE)]
    for use in (
        lambda: newsum.read(name),
        lambda: newsum.read_stories(name),
        lambda: newsum.read(urls=name),
        lambda: newsum.evaluate(name, ["It fell."]),
        lambda: datasets.load(name),
        lambda: newsum.Summariser(model=name).summarise(articles),
        lambda: newsum.summarise(articles, model=None, judge=name),
        lambda: newsum.summarise(articles, model=None).save(f"{name}.json"),
        lambda: newsum.summarise(articles, model=None).save(f"a\0{name[:5]}.json"),
    ):
        with pytest.raises(NewsumError):
            use()


@pytest.mark.parametrize(
    "rules",
    ["Crawl-delay: ²", "Crawl-delay: " + "9" * 5_000, "Disallow: //[", "Allow: http://[::1", "Request-rate: ²/1"],
)
def test_a_hostile_robots_txt_costs_its_own_line(rules: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsum.reading import visits
    from newsum.reading.entries import Unreadable
    from newsum.reading.web import Fetched

    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path))
    monkeypatch.setattr(visits, "PACE", 0.0)
    lines = f"User-agent: *\n{rules}\nDisallow: /closed\n"
    monkeypatch.setattr(visits, "fetch", lambda url, **_: Fetched(lines.encode(), url, "text/plain", None))
    visited = Visits(follow=True)
    assert visited.found("https://k.example/open").kind == "text/plain"
    with pytest.raises(Unreadable, match=r"robots\.txt"):
        visited.found("https://k.example/closed/a")


def test_a_feed_with_control_characters_and_odd_dates_is_read(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>A {n}</title><link>https://k.example/{n}</link><pubDate>{day}</pubDate>"
        f"<description>&lt;p&gt;The bridge\u0002 fell.&#x1f; {n}&lt;/p&gt;</description></item>"
        for n, day in enumerate(("Tue, 10 Mar 2026 23:59:60 GMT", "Tue, 10 Mar 2026 24:00:00 GMT", "99 Foo 2026", ""))
    )
    (tmp_path / "a.xml").write_text(f'<rss version="2.0"><channel><title>K</title>{items}</channel></rss>')
    reading = read_report(tmp_path / "a.xml")
    assert [article.text for article in reading.articles] == [f"The bridge fell. {n}" for n in range(4)]


def test_structured_data_and_feeds_of_a_million_tags_are_not_parsed(tmp_path: Path) -> None:
    body = "<p>It fell." * 200_000
    (tmp_path / "a.html").write_text(
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "articleBody": "'
        + body.replace("<", "\\u003c")
        + f'"}}</script></head><body><article><h1>A</h1><p>{SENTENCE} {SENTENCE} {SENTENCE}</p></article></body></html>'
    )
    (tmp_path / "b.xml").write_text(
        '<rss version="2.0"><channel><title>K</title><item><title>A</title><link>https://k.example/a</link>'
        f"<description>{body.replace('<', '&lt;')}</description></item></channel></rss>"
    )
    started = time.process_time()
    reading = read_report(tmp_path)
    assert time.process_time() - started < 5
    assert len(reading.articles) + len(reading.problems) == 2


@pytest.mark.parametrize(
    "names", ["outlet,title\x0ctext,date", "a\x85b,c", '"a\nb",c', "\x00o\x00u\x00t,\x1bx", "\u2028,b"]
)
def test_odd_names_of_columns_are_one_row_in_what_is_said_of_them(tmp_path: Path, names: str) -> None:
    (tmp_path / "a.csv").write_text(f"{names}\nKarrow Post,{SENTENCE},b\n" * 3, encoding="utf-8", newline="")
    for problem in read_report(tmp_path / "a.csv").problems:
        assert len(str(problem).splitlines()) == len(problem.message.splitlines()) == 1


@pytest.mark.parametrize("field", ["authors", "published", "outlet", "text"])
def test_lists_in_lists_of_a_frame_cost_their_field_or_their_row(field: str) -> None:
    need("datasets")
    import numpy
    import pandas

    deep: object = "x"
    for _ in range(400):
        held = numpy.empty(1, dtype=object)
        held[0] = deep
        deep = held
    rows = {"outlet": ["Karrow Post"] * 2, "text": [SENTENCE] * 2, field: [deep, None]}
    reading = read_report(pandas.DataFrame({**rows, "title": ["A", "B"]}))
    assert len(reading.articles) + len(reading.problems) == 2
    assert all(len(str(problem).splitlines()) == 1 for problem in reading.problems)
