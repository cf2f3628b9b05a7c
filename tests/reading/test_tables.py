"""Tables and data sets, read a row at a time: JSON lines, CSV, Parquet, `datasets`; and stories in them."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from extras import need

from newsum.errors import ReadingWarning, SettingsError
from newsum.reading import decoding, read, read_report, read_stories, read_stories_report
from newsum.reading.decoding import Lines
from newsum.reading.entries import Unreadable

ROWS: list[dict[str, Any]] = [
    {"Text": "A.", "Outlet": "BBC News", "Date": date(2026, 3, 10), "story_id": "s1"},
    {"Text": "B.", "Outlet": None, "Date": None, "story_id": "s1"},
    {"Text": None, "Outlet": "X", "Date": None, "story_id": "s2"},
    {"Text": "C.", "Outlet": "X", "Date": None, "story_id": "s3"},
]


def write_parquet(path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    need("datasets")
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return path


def test_parquet_is_read_with_dates_and_a_row_without_text_is_named(tmp_path: Path) -> None:
    reading = read_report(write_parquet(tmp_path / "a.parquet", ROWS))
    assert [(a.text, a.outlet, a.published) for a in reading.articles] == [
        ("A.", "BBC", "2026-03-10"),
        ("B.", "", None),
        ("C.", "X", None),
    ]
    assert [(problem.line, problem.message) for problem in reading.problems] == [(3, "the article has no text")]


def test_parquet_with_times_and_stories_inside(tmp_path: Path) -> None:
    when = datetime(2026, 3, 10, 6, 42, tzinfo=UTC)
    rows = [{"story_id": "s1", "title": "T", "articles": [{"text": "A.", "published": when}, {"text": "B."}]}]
    [story] = read_stories(write_parquet(tmp_path / "a.parquet", rows))
    assert (story.id, story.title, [a.text for a in story.articles]) == ("s1", "T", ["A.", "B."])
    assert story.articles[0].published == "2026-03-10T06:42:00+00:00"


def test_what_is_no_parquet_and_a_row_group_too_big_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 but no more than that")
    write_parquet(tmp_path / "b.parquet", ROWS)
    monkeypatch.setattr("newsum.reading.parquet.MANY_ARTICLES", 100)
    first, second = read_report(tmp_path).problems
    assert "a.parquet: it is not a Parquet file that can be read" in str(first)
    assert "b.parquet: one of its row groups holds" in str(second)


def test_a_data_set_is_read_like_a_table(tmp_path: Path) -> None:
    need("datasets")
    import datasets

    rows = [{"text": "A.", "source": "BBC News", "when": datetime(2026, 3, 10)}, {"text": "B.", "source": "X"}]
    (tmp_path / "c.txt").write_text("C.")
    data = datasets.Dataset.from_list(rows)
    articles = read(data, tmp_path)
    assert [(a.text, a.outlet) for a in articles] == [("A.", "BBC"), ("B.", "X"), ("C.", "")]
    streamed = datasets.IterableDataset.from_generator(lambda: iter(rows))
    assert [a.text for a in read(streamed)] == ["A.", "B."]
    with pytest.raises(SettingsError, match=r'for one of its splits, write read\(data\["train"\]\)'):
        read(datasets.DatasetDict({"train": data}))


def test_a_data_set_of_stories_is_read_as_stories() -> None:
    need("datasets")
    import datasets

    data = datasets.Dataset.from_list([{"id": "s1", "articles": [{"text": "A.", "outlet": "X"}]}])
    assert [(story.id, story.outlets) for story in read_stories(data)] == [("s1", ("X",))]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_rows_of_one_story_make_a_story_and_a_story_torn_apart_is_named(tmp_path: Path, suffix: str) -> None:
    rows = [("s1", "A."), ("s1", "B."), ("s2", "C."), ("s1", "D.")]
    path = tmp_path / f"stories{suffix}"
    if suffix == ".csv":
        path.write_text("story_id,text\n" + "".join(f"{identity},{text}\n" for identity, text in rows))
    else:
        path.write_text("".join(json.dumps({"story_id": s, "text": text}) + "\n" for s, text in rows))
    report = read_stories_report(path)
    assert [(s.id, [a.text for a in s.articles]) for s in report.stories] == [
        ("s1", ["A.", "B."]),
        ("s2", ["C."]),
        ("s1", ["D."]),
    ]
    [problem] = report.problems
    assert problem.message == 'the story "s1" has rows further up too; sort the table by story_id'
    assert problem.line == (5 if suffix == ".csv" else 4)


def test_a_table_is_read_a_line_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Text {n}."}) + "\n" for n in range(5_000)))
    read_so_far: list[int] = []
    for n, line in enumerate(Lines(path, 10**9)):
        read_so_far.append(len(line))
        if n == 2:
            break
    assert len(read_so_far) == 3
    monkeypatch.setattr(decoding, "LONGEST_LINE", 10)
    assert "a line of it holds more than" in read_report(path).problems[0].message


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_over_the_limit_keeps_what_came_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    data = b"".join(b'{"text": "Text %d."}\n' % n for n in range(20_000))
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    monkeypatch.setattr("newsum.reading.files.MANY_ARTICLES", 100_000)
    reading = read_report(path)
    assert 3_000 < len(reading.articles) < 6_000
    assert "it holds more than 0 MB" in reading.problems[0].message


def test_gzip_cut_short_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(b'{"text": "Text %d."}\n' % n for n in range(9_000)))[:-2_000])
    reading = read_report(path)
    assert len(reading.articles) > 1_000
    assert "its gzip compression is broken or cut short" in reading.problems[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_in_any_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text,outlet\r\nThe café in Skerrow closed.,The Ledger\r\nIt was empty.,X\r\n".encode(encoding))
    assert [(a.text, a.outlet) for a in read(path)] == [
        ("The café in Skerrow closed.", "The Ledger"),
        ("It was empty.", "X"),
    ]


def test_a_table_with_old_line_ends_and_one_with_lost_characters(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,outlet\rA.,X\rB.,Y\r")
    assert [a.outlet for a in read(tmp_path / "a.csv")] == ["X", "Y"]
    whole = "“Größe” says the “Überblick”, äöü äöü.".encode()
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + whole + b'\xe2\x80 and more"}\n')
    with pytest.warns(ReadingWarning, match="could not be made out") as caught:
        [article] = read(tmp_path / "b.jsonl")
    assert article.text.endswith("äöü.\ufffd and more")
    assert len(caught) == 1


def test_an_empty_table_and_a_binary_one_are_named(tmp_path: Path) -> None:
    for name, content, message in (("a.csv", b" \n\n", "it is empty"), ("b.jsonl", bytes(5_000), "binary data")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable, match=message):
            list(Lines(tmp_path / name, 10**9))
