"""Tests that no file, folder or table costs more than its bounds, and that the rest is read all the same."""

import os
import resource
import socket
from pathlib import Path

import pytest
from extras import need

from newsum.articles import Article
from newsum.reading import bounds, read_report
from newsum.reading.bounds import MOST_PROBLEMS
from newsum.reading.markup import over_limit

SENTENCE = "The bridge at Karrow fell on Monday."


def test_of_many_faults_of_a_file_a_hundred_are_kept_and_the_rest_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 5_000 + f'{{"outlet": "Karrow Post", "text": "{SENTENCE}"}}\n')
    reading = read_report(tmp_path)
    assert [article.text for article in reading.articles] == [SENTENCE]
    assert len(reading.problems) == MOST_PROBLEMS + 1
    assert reading.problems[0].line == 1
    assert reading.problems[-1].message == "4,900 more lines or articles of it cannot be read"


def test_a_file_of_faults_alone_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,outlet\n" + ",x\n" * 50_000)
    assert read_report(tmp_path).problems[-1].message == "it is given up after 10,000 lines that cannot be read"


def test_rows_beyond_the_most_are_not_read_and_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 5)
    (tmp_path / "a.csv").write_text("text,outlet\n" + "".join(f"{SENTENCE},Outlet {n}\n" for n in range(9)))
    reading = read_report(tmp_path)
    assert len(reading.articles) == 5
    assert [p.message for p in reading.problems] == ["it has more than 5 rows, newsum's limit for a table; split it"]


@pytest.mark.parametrize("nested", [False, True])
def test_a_table_that_decodes_to_gigabytes_is_refused_before_it_does(
    tmp_path: Path, nested: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("datasets")
    import pyarrow
    from pyarrow import parquet

    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 3_600), [f"{SENTENCE} " * 20_000])
    if nested:
        listed = pyarrow.ListArray.from_arrays([0, 3_600], pyarrow.StructArray.from_arrays([texts], ["text"]))
        table = pyarrow.table({"articles": listed})
    else:
        table = pyarrow.table({"text": texts})
    parquet.write_table(table, tmp_path / "a.parquet", compression="zstd", store_schema=False)
    monkeypatch.setattr("newsum.reading.parquet.MANY_ARTICLES", 20_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [problem] = read_report(tmp_path / "a.parquet").problems
    assert problem.message.startswith("its rows hold more than 20 MB decompressed")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # KB


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f"a{n}" for n in range(1_100)) + ">",
        "<p " + " ".join(f"a{n}='>'" for n in range(1_100)) + ">",
        "<p " + "".join(f'a{n}=">"' for n in range(1_100)),
        "<!-- <script> --><p/" + "/".join(f"a{n}" for n in range(1_100)) + "/>",
        "<script>a<b</script><P\n" + "\n".join(f"a{n} = b" for n in range(1_100)),
    ],
)
def test_a_tag_with_too_many_attributes_is_found_however_they_are_written(tag: str) -> None:
    assert over_limit(f"<html><body>{tag}<p>{SENTENCE}") == "1,000 attributes in a tag"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>" + "if (a<b && c) d " * 2_000 + "</script>",
        "<!-- " + "a b c " * 2_000 + "-->",
        '<path d="' + "M 1 2 L 3 4 " * 2_000 + '">',
        "<style>" + "a<b c d " * 2_000 + "</style>",
        "<p>" + "2 <3 and 4 < 5 " * 900,
    ],
)
def test_what_only_looks_like_attributes_is_none(markup: str) -> None:
    assert over_limit(f"<html><body>{markup}<p>{SENTENCE}") == ""


def test_links_in_a_circle_pipes_sockets_and_devices_are_one_problem_each_and_the_rest_is_read(tmp_path: Path) -> None:
    need("datasets")
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").symlink_to(tmp_path / "c.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "zero.txt").symlink_to("/dev/urandom")
    (tmp_path / "zero.parquet").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.json"))
        reading = read_report(tmp_path)
    assert [article.text for article in reading.articles] == [SENTENCE]
    assert sorted(Path(problem.path).name for problem in reading.problems) == sorted(
        ["b.txt", "c.txt", "gone.txt", "pipe.csv", "socket.json", "zero.parquet", "zero.txt"]
    )


@pytest.mark.parametrize("name", ["b.txt", "pipe.txt", "/dev/zero", "~nosuchuser/a.txt", "~nosuchuser", "~root/x.txt"])
def test_what_is_named_by_itself_and_is_no_file_is_one_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    named = name if name[0] in "~/" else tmp_path / name
    (tmp_path / "a.txt").write_text(SENTENCE)
    reading = read_report(tmp_path / "a.txt", named)
    assert [type(article) for article in reading.articles] == [Article]
    assert len(reading.problems) == 1
