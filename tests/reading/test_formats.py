"""Front matter, Markdown, JSON, CSV, dates and encodings: what stands in a file is what is read."""

import csv
import json
from pathlib import Path

import pytest

from newsum.articles import Article
from newsum.reading import Reading, read_report
from newsum.reading.dates import to_iso
from newsum.reading.decoding import decode


def read_as(folder: Path, name: str, content: str | bytes) -> Reading:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_report(path)


def only(reading: Reading) -> Article:
    assert reading.problems == ()
    [article] = reading.articles
    return article


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter_states_outlet_title_url_date_and_authors(tmp_path: Path, name: str) -> None:
    content = (
        "---\noutlet: The Ledger\ntitle: \"Treaty: 'signed'\"\nurl: https://www.theledger.example/1\n"
        'Date: 10 March 2026\nauthors: [Jo Pell, "Ann O\'Dea"]\ntags:\n  - treaty\n---\nIt was signed.\n\nAll agreed.\n'
    )
    article = only(read_as(tmp_path, name, content))
    assert article == Article(
        "The Ledger",
        "It was signed.\n\nAll agreed.",
        title="Treaty: 'signed'",
        url="https://www.theledger.example/1",
        published="2026-03-10",
        authors=("Jo Pell", "Ann O'Dea"),
    )


def test_authors_may_be_a_yaml_list_or_a_line(tmp_path: Path) -> None:
    listed = only(read_as(tmp_path, "a.md", "---\noutlet: X\nauthors:\n  - Jo Pell\n  - 'Ann Dea'\n---\nText."))
    line = only(read_as(tmp_path, "b.md", "---\noutlet: X\nauthor: Jo Pell and Ann Dea\n---\nText."))
    assert listed.authors == line.authors == ("Jo Pell", "Ann Dea")


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path) -> None:
    assert (
        only(read_as(tmp_path, "a.md", "---\nIt was signed.\n\n---\nAll agreed.")).text
        == "It was signed.\n\nAll agreed."
    )
    assert only(read_as(tmp_path, "b.md", "---\noutlet: X\nIt was signed.")).outlet == ""


MARKDOWN = """\
# A treaty is *signed* #

The **treaty**, [signed](https://wire.example/a_(b)) on
_Tuesday_, is `binding`.![a map](map.png)

Section one
-----------
> We are \\*glad\\*,
> she said.[^1]

* First ~~old~~ point
* Second point in snake_case_name
1. Third

***
<p align="left">Next line</p><!-- hidden -->
costs 5 * 3 * 2 euros, see [note][1]. It rose 10 --> 12.

[1]: https://wire.example/note
"""


def test_markdown_is_reduced_to_its_words(tmp_path: Path) -> None:
    article = only(read_as(tmp_path, "a.md", MARKDOWN))
    assert article.title == "A treaty is signed"
    assert article.text.split("\n\n") == [
        "The treaty, signed on Tuesday, is binding.",
        "Section one",
        "We are *glad*, she said.",
        "First old point",
        "Second point in snake_case_name",
        "Third",
        "Next line costs 5 * 3 * 2 euros, see note. It rose 10 --> 12.",
    ]


@pytest.mark.parametrize("mark", ["**a ", "[", "_a", "<a ", "![", "`a", "<!--", "[a](", "~~a", "*a_", "> ", "- "])
def test_hostile_markdown_is_read_in_good_time(tmp_path: Path, mark: str) -> None:
    reading = read_as(tmp_path, "a.md", mark * 20_000 + "\n\nThe end.")
    assert only(reading).text.endswith("The end.")


def test_json_holds_an_article_a_list_or_an_object_with_articles(tmp_path: Path) -> None:
    article = {"source": "BBC News", "title": "T", "text": "A.", "date": "2026-03-10", "authors": ["Jo Pell"]}
    for content in (article, [article], {"articles": [article]}):
        read = only(read_as(tmp_path, "a.json", json.dumps(content)))
        assert (read.outlet, read.title, read.text, read.published) == ("BBC", "T", "A.", "2026-03-10")
        assert read.authors == ("Jo Pell",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{\n"text": "A.",\n"title" 5}', ", line 3: it is not JSON: expecting ':' delimiter"),
        ("[]", ": it holds no articles"),
        ('"text"', ': it must hold an article, a list of articles or {"articles": [...]}, not text'),
        ("[1]", ": article 1: it must be an object with fields, not a number"),
        ('{"text": 5}', ': "text" must be text, not a number'),
        ('{"text": "A.", "outlet": {"name": "X"}}', ': "outlet" must be text, not an object'),
        ('{"text": "A.", "authors": [1]}', ': "authors" must be a list of names'),
        (f'{{"text": "A.", "outlet": "{"X" * 201}"}}', ': "outlet" has 201 characters, more than the 200 allowed'),
        ('{"body": "A."}', ': an article needs a "text" field; the fields here are "body"'),
        ("[" * 100_000, ": it is not JSON that can be read: its brackets are nested too deep"),
        ('{"text": ' + "9" * 5000 + "}", ": it is not JSON that can be read"),
    ],
)
def test_json_that_holds_no_article_is_named_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    reading = read_as(tmp_path, "a.json", content)
    assert reading.articles == ()
    assert str(reading.problems[0]).startswith(f"{tmp_path / 'a.json'}{message}")


def test_json_lines_are_read_past_a_broken_one(tmp_path: Path) -> None:
    content = '{"text": "A\u2028B."}\r\n\r\n{"text": \nnull\n{"text": " "}\n{"articles": [{"text": "C."}, 5]}\n'
    reading = read_as(tmp_path, "a.jsonl", content)
    assert [article.text for article in reading.articles] == ["A\nB.", "C."]
    assert [(problem.line, problem.message.split(":")[0]) for problem in reading.problems] == [
        (3, "it is not JSON"),
        (4, "it must be an object with fields, not null"),
        (5, "the article has no text"),
        (6, "article 2"),
    ]


def test_csv_columns_are_found_by_name_and_a_row_without_text_is_named(tmp_path: Path) -> None:
    long = "A treaty was signed. " * 10_000  # csv's own limit is 131,072 characters
    content = 'Title,Source,Date,TEXT,url,Authors\nT,BBC News,"March 10, 2026","Two\nlines",,Jo Pell; Ann Dea\n'
    content += f'U,X,,,,\nV,X,,"{long}",,\n'
    limit = csv.field_size_limit()
    reading = read_as(tmp_path, "a.csv", content)
    first, second = reading.articles
    assert (first.title, first.outlet, first.published, first.text) == ("T", "BBC", "2026-03-10", "Two\nlines")
    assert first.authors == ("Jo Pell", "Ann Dea")
    assert second.text == long.strip()
    assert [str(problem) for problem in reading.problems] == [f"{tmp_path / 'a.csv'}, line 4: the article has no text"]
    assert csv.field_size_limit() == limit


def test_csv_with_semicolons_and_csv_without_a_text_column(tmp_path: Path) -> None:
    assert only(read_as(tmp_path, "a.csv", "\ufeffoutlet;text\nX;A, B.\n")).text == "A, B."
    [problem] = read_as(tmp_path, "b.csv", "outlet,body\nX,A.\n").problems
    assert 'must name the columns, "text" among them; it has "outlet", "body"' in problem.message
    [problem] = read_as(tmp_path, "c.csv", 'text\nA.\n"B.\nC.\n').problems
    assert (problem.line, problem.message) == (3, "the row cannot be read: a quotation mark is not closed")
    [problem] = read_as(tmp_path, "d.csv", "text\n").problems
    assert problem.message == "it has a line of column names and no articles"


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2026-03-10", "2026-03-10"),
        ("2026-03-10T06:42:00Z", "2026-03-10T06:42:00Z"),
        ("2026-03-10 06:42:00+01:00", "2026-03-10 06:42:00+01:00"),
        ("20260310", "2026-03-10"),
        ("10 March 2026", "2026-03-10"),
        ("March 10, 2026", "2026-03-10"),
        ("Tuesday, 10th of March 2026", "2026-03-10"),
        ("Sept. 3, 2026 at 5:30 p.m. ET", "2026-09-03"),
        ("10-Mar-2026", "2026-03-10"),
        ("Tue, 10 Mar 2026 06:42:00 +0100", "2026-03-10T06:42:00+01:00"),
        ("Tue, 10 Mar 2026 06:42:00 GMT", "2026-03-10T06:42:00+00:00"),
        ("2026/3/10", "2026-03-10"),
        ("10.06.2013", "2013-06-10"),
        ("13/03/2026", "2026-03-13"),
        ("03/13/2026", "2026-03-13"),
        ("03/03/2026", "2026-03-03"),
        ("10/03/2026", None),
        ("8/29/18", None),
        ("31 February 2026", None),
        ("Monday", None),
        ("5 hours ago", None),
        ("", None),
        ("1 " * 100_000, None),
    ],
)
def test_a_date_is_turned_into_iso_where_it_can_be_read_in_one_way(stated: str, iso: str | None) -> None:
    assert to_iso(stated) == iso


def test_a_date_left_out_is_named(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.json", '{"text": "A.", "outlet": "X", "date": "10/03/2026"}')
    assert only(reading).published is None
    assert 'were left out: "10/03/2026"' in reading.notices[0]


SPOKEN = "“Café” costs £5m, he said — on Monday."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_an_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    reading = read_as(tmp_path, "a.txt", SPOKEN.encode(encoding))
    assert only(reading).text == SPOKEN
    assert reading.notices == ()


def test_text_beyond_latin_letters_is_detected_by_its_statistics() -> None:
    russian = "Правительство объявило о новом договоре в понедельник. " * 5
    assert decode(russian.encode("cp1251")) == (russian, 0)


def test_a_pages_own_encoding_is_heeded_and_utf_8_comes_before_it() -> None:
    page = '<meta charset="windows-1250"><p>Zażółć</p>'
    assert decode(page.encode("cp1250"), html=True) == (page, 0)
    assert decode(page.encode(), html=True) == (page, 0)
    assert decode("Zażółć".encode("cp1250"), declared="cp1250") == ("Zażółć", 0)
    assert decode("“Café”".encode("cp1252"), declared="base64") == ("“Café”", 0)


def test_characters_that_cannot_be_made_out_are_replaced_with_a_notice(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.txt", SPOKEN.encode().replace("é".encode(), b"\xc3") + "—".encode()[:2])
    assert only(reading).text == SPOKEN.replace("é", "\ufffd") + "\ufffd"
    assert 'characters that could not be made out stand as "\ufffd": 2' in reading.notices[0]
