"""What users meet: `read`, its warnings and errors, stories, and the limits on what is untrusted."""

import gzip
import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from newsum.errors import NewsumError, NothingToRead, ReadingError, ReadingWarning, SettingsError
from newsum.reading import Problem, decoding, entries, read, read_report, read_stories, read_stories_report

BODY = "The treaty was signed on Tuesday.\n\nIt takes effect in May."


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        put(folder / name.replace("__", "."), content)


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def quietly(*inputs: Any) -> list[str]:
    """The texts read, no warning allowed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return [article.text for article in read(*inputs)]


def test_a_folder_is_walked_in_sorted_order_and_other_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "story.toml", "run.py", "map.png"):
        put(tmp_path / name, f"Text of {name}.")
    assert quietly(tmp_path) == ["Text of a.txt.", "Text of b.txt.", "Text of sub/c.txt."]


def test_what_a_folder_holds_that_may_be_articles_and_is_not_read_is_said(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "sub/c.PDF", "d.docx", "e.mhtml", "notes", "map.png", "run.py", ".hidden.pdf"):
        put(tmp_path / name, BODY)
    report = read_report(tmp_path)
    passed_over = "files that newsum does not read were passed over: 2 .pdf, 1 .docx, 1 .mhtml, 1 without a suffix"
    assert [article.text for article in report.articles] == [BODY]
    assert (report.problems, report.notices) == ((), (f"{passed_over} ({tmp_path})",))
    story = read_stories_report(tmp_path / "sub").problems
    assert "the folder holds no article that newsum reads" in story[0].message


def test_inputs_keep_their_order_and_a_file_met_twice_is_read_once(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.txt", "First."), put(tmp_path / "b.txt", "Second.")
    assert quietly(second, first, tmp_path, str(second)) == ["Second.", "First."]


def test_a_pattern_reads_what_it_matches_and_a_file_with_brackets_in_its_name_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, a__txt="One.", b__txt="Two.", c__md="Three.", d__py="Four.")
    put(tmp_path / "e[1].txt", "Five.")
    assert quietly(str(tmp_path / "[ab].*")) == ["One.", "Two."]
    assert quietly(str(tmp_path / "**" / "*.md")) == ["Three."]
    assert quietly(str(tmp_path / "e[1].txt")) == ["Five."]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".json", ".jsonl", ".csv", ".html"])
def test_each_format_is_read_from_gzip_too(tmp_path: Path, suffix: str) -> None:
    article = {"outlet": "The Ledger", "text": "The treaty was signed on Tuesday."}
    content = {
        ".json": json.dumps(article),
        ".jsonl": json.dumps(article),
        ".csv": "outlet,text\nThe Ledger,The treaty was signed on Tuesday.\n",
        ".html": '<html><head><meta property="og:site_name" content="The Ledger"></head><body><article>'
        "<p>The treaty was signed on Tuesday.</p></article></body></html>",
    }.get(suffix, "---\noutlet: The Ledger\n---\nThe treaty was signed on Tuesday.")
    plain = put(tmp_path / f"a{suffix}", content)
    packed = put(tmp_path / f"b{suffix}.gz", gzip.compress(content.encode()))
    for article in read(plain, packed):
        assert (article.outlet, article.text) == ("The Ledger", "The treaty was signed on Tuesday.")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "it is empty"),
        ("blank.txt", b" \n\n\t", "it is empty"),
        ("mark.txt", b"\xef\xbb\xbf", "the article has no text"),
        ("paper.txt", b"%PDF-1.7 ...", "it is a PDF document, not text"),
        ("zeros.txt", bytes(5000), "it holds binary data, not text"),
        ("cut.txt.gz", gzip.compress(b"The treaty was signed. " * 500, mtime=0)[:-20], "broken or cut short"),
        ("plain.txt.gz", b"The treaty was signed.", "is not gzip-compressed"),
        ("page.html", b"<html><body></body></html>", "no article was found"),
    ],
)
def test_a_broken_file_is_named_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    put(tmp_path / name, content)
    put(tmp_path / "good.txt", BODY)
    with pytest.warns(ReadingWarning) as caught:
        articles = read(tmp_path)
    assert [article.text for article in articles] == [BODY]
    assert len(caught) == 1
    assert name in str(caught[0].message)
    assert message in str(caught[0].message)
    assert caught[0].filename == __file__
    with pytest.raises(ReadingError, match=message):
        read(tmp_path, errors="raise")


def test_what_is_named_directly_and_cannot_be_read_is_named(tmp_path: Path) -> None:
    good = put(tmp_path / "good.txt", BODY)
    toml, missing = put(tmp_path / "story.toml", "x = 1"), tmp_path / "missing.txt"
    dangling = tmp_path / "dangling.txt"
    dangling.symlink_to(missing)
    report = read_report(good, toml, missing, dangling, "", "ftp://wire.example/a.txt", str(tmp_path / "*.csv"))
    assert [article.text for article in report.articles] == [BODY]
    messages = [str(problem) for problem in report.problems]
    assert messages[0].startswith(f"{toml}: newsum does not read this; it reads .txt, .md,")
    assert messages[1] == f"{missing}: there is no such file or folder; check the path"
    assert messages[2] == f"{dangling}: it is not a regular file"
    assert messages[3] == "'': it is not a path"
    assert messages[4] == "ftp://wire.example/a.txt: newsum fetches http and https addresses only"
    assert "no file that newsum reads matches this pattern" in messages[5]


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked, good = put(tmp_path / "a.txt", BODY), put(tmp_path / "b.txt", BODY)
    opened = Path.open

    def refuse(path: Path, *args: str) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", refuse)
    report = read_report(tmp_path)
    assert len(report.articles) == 1
    assert report.problems == (Problem(str(locked), None, "it cannot be opened: permission denied"),)
    assert good.exists()


def test_nothing_readable_at_all_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"missing\.txt: there is no such file or folder"):
        read(tmp_path / "missing.txt")
    with pytest.raises(NothingToRead, match="the folder holds no article that newsum reads"):
        read(tmp_path)
    with pytest.raises(NothingToRead, match="no input was given"):
        read()
    write(tmp_path, a__txt="", b__txt="")
    with pytest.warns(ReadingWarning) as caught, pytest.raises(NothingToRead, match="all 2 inputs failed"):
        read(tmp_path)
    assert len(caught) == 2
    with pytest.raises(NothingToRead, match=r"a\.txt: it is empty \(and 1 more\)"):
        read(tmp_path, errors="raise")


def test_a_wrong_setting_is_refused_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match='errors must be "warn" or "raise", not \'ignore\''):
        read(tmp_path, errors="ignore")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=r"not set; for several, write read\(\*paths\)"):
        read({"a.txt"})  # type: ignore[arg-type]


def test_a_list_of_inputs_is_read_like_the_inputs(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.txt", "First."), put(tmp_path / "b.txt", "Second.")
    assert quietly([second, first]) == quietly((second, str(first))) == quietly(second, first) == ["Second.", "First."]
    with pytest.raises(NothingToRead, match="no input was given"):
        read([])
    with pytest.raises(SettingsError, match="not int"):
        read([first, 5])  # type: ignore[list-item]


def test_one_text_stated_twice_with_other_dates_makes_two_articles(tmp_path: Path) -> None:
    rows = [{"text": BODY, "outlet": "X", "published": f"2026-03-{day}"} for day in (10, 11, 12)]
    path = put(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    report = read_report(path)
    assert len({article.id for article in report.articles}) == 3
    assert report.notices == ()


def test_a_decompression_bomb_is_bounded_and_other_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsum.reading.files.ONE_ARTICLE", 2_000_000)
    put(tmp_path / "a.txt", BODY)
    bomb = put(tmp_path / "bomb.txt.gz", gzip.compress(bytes(3_000_000)))
    assert bomb.stat().st_size < 4_000
    report = read_report(tmp_path)
    assert [article.text for article in report.articles] == [BODY]
    assert "it holds more than 2 MB decompressed" in report.problems[0].message
    assert (decoding.ONE_ARTICLE, decoding.MANY_ARTICLES) == (20_000_000, 200_000_000)


def test_a_text_of_fifty_megabytes_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(NothingToRead, match="it holds more than 20 MB, newsum's limit for one article; split it"):
        read(tmp_path)


def test_a_text_too_long_for_an_article_is_refused_in_a_table_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "LONGEST_TEXT", 50)
    path = put(tmp_path / "a.jsonl", json.dumps({"text": "x" * 51}) + "\n" + json.dumps({"text": "x" * 50}))
    report = read_report(path)
    assert [len(article.text) for article in report.articles] == [50]
    assert "its text has 51 characters" in str(report.problems[0])


def test_text_is_cleaned_once_before_offsets_exist(tmp_path: Path) -> None:
    raw = "\ufeffOne.  \r\nTwo\0\x07.\r\rThree.\t\n\n\n\n\nFour\ufeff.\u2029Five.\n\n"
    path = put(tmp_path / "a.txt", raw)
    assert quietly(path) == ["One.\nTwo.\n\nThree.\n\nFour.\n\nFive."]


def test_half_a_character_in_json_is_replaced(tmp_path: Path) -> None:
    path = put(tmp_path / "a.json", '{"text": "A \\ud800 B", "title": "Two\\nlines"}')
    [article] = read(path)
    assert (article.text, article.title) == ("A \ufffd B", "Two lines")


def test_guessed_outlets_are_marked_and_named_in_one_warning(tmp_path: Path) -> None:
    put(tmp_path / "bbc-treaty.txt", BODY)
    put(tmp_path / "03_al-jazeera.txt", BODY)
    put(tmp_path / "story.txt", BODY)
    put(tmp_path / "stated.md", f"---\noutlet: The Ledger\n---\n{BODY}")
    with pytest.warns(ReadingWarning) as caught:
        articles = read(tmp_path)
    assert [(a.outlet, a.outlet_guessed) for a in articles] == [
        ("Al Jazeera", True),
        ("BBC", True),
        ("The Ledger", False),
        ("", False),
    ]
    [message] = [str(warning.message) for warning in caught]
    assert '"Al Jazeera" from the file\'s name or folder' in message
    assert '"BBC" from' in message
    assert "Ledger" not in message


def test_an_unknown_host_is_credited_bare_and_marked_as_guessed(tmp_path: Path) -> None:
    lines = [
        {"text": "A.", "url": "https://www.northgatewire.example/1"},
        {"text": "B.", "url": "https://www.bbc.co.uk/news/1"},
        {"text": "C.", "url": "https://wire.example/1", "source": "The Ledger"},
    ]
    path = put(tmp_path / "bbc.jsonl", "\n".join(map(json.dumps, lines)))
    report = read_report(path)
    assert [(a.outlet, a.outlet_guessed) for a in report.articles] == [
        ("northgatewire.example", True),
        ("BBC", False),
        ("The Ledger", False),
    ]
    assert report.notices == (
        f'outlets were guessed: "northgatewire.example" from the URL ({path}); state them as "outlet" to be sure',
    )


def test_a_tables_name_says_nothing_about_the_outlets_in_it(tmp_path: Path) -> None:
    path = put(tmp_path / "cnn.jsonl", '{"text": "A."}\n{"text": "B."}')
    assert [article.outlet for article in read(path)] == ["", ""]


def test_one_id_given_to_two_articles_is_replaced(tmp_path: Path) -> None:
    put(tmp_path / "a.json", '{"id": 1, "text": "A."}')
    put(tmp_path / "b.json", '{"id": "1", "text": "B."}')
    report = read_report(tmp_path)
    assert report.articles[0].id == "1"
    assert report.articles[1].id not in ("1", "")
    assert 'ids given to two different articles were replaced: "1"' in report.notices[0]


def test_what_to_dict_writes_is_read_back_the_same(tmp_path: Path) -> None:
    put(tmp_path / "bbc.txt", BODY)
    [article] = read_report(tmp_path).articles
    saved = put(tmp_path / "saved" / "a.json", json.dumps(article.to_dict()))
    assert read(saved) == [article]


def test_a_folder_of_story_folders_gives_a_story_each(tmp_path: Path) -> None:
    for name in ("b/1.txt", "b/2.txt", "a/deep/1.txt", "loose.txt", ".hidden/1.txt"):
        put(tmp_path / name, f"Text of {name}.")
    (tmp_path / "empty").mkdir()
    report = read_stories_report(tmp_path)
    assert [(s.id, [a.text for a in s.articles]) for s in report.stories] == [
        ("a", ["Text of a/deep/1.txt."]),
        ("b", ["Text of b/1.txt.", "Text of b/2.txt."]),
    ]
    assert [Path(problem.path).name for problem in report.problems] == ["empty", "loose.txt"]
    [story] = read_stories(tmp_path / "b")
    assert (story.id, len(story.articles)) == ("b", 2)


def test_a_file_of_stories_is_read_past_its_broken_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"story_id": "s1", "title": "Treaty", "articles": [{"text": "A.", "source": "BBC News"}]}),
        '{"story_id": "s2", "articles": [',
        json.dumps({"story_id": "s3", "articles": [{"title": "no text"}, {"text": "B.", "date": "10 March 2026"}]}),
        json.dumps({"story_id": "s4", "articles": []}),
        json.dumps({"text": "no story"}),
        "",
        json.dumps({"id": 7, "articles": [{"text": "C."}]}),
    ]
    path = put(tmp_path / "stories.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    with pytest.warns(ReadingWarning) as caught:
        stories = read_stories(path)
    assert [(s.id, s.title, s.outlets, s.articles[0].text) for s in stories] == [
        ("s1", "Treaty", ("BBC",), "A."),
        ("s3", "", (), "B."),
        ("7", "", (), "C."),
    ]
    assert stories[1].articles[0].published == "2026-03-10"
    messages = [str(warning.message).removeprefix(f"{path}, ") for warning in caught]
    assert messages[0].startswith("line 2: it is not JSON: expecting value")
    assert messages[1] == 'line 3: article 1: an article needs a "text" field; the fields here are "title"'
    assert messages[2] == "line 4: it holds no articles"
    assert messages[3] == 'line 5: a story needs an "articles" list, or articles with a "story_id"'
    assert [article.text for article in read_report(path).articles] == ["A.", "B.", "no story", "C."]
    with pytest.raises(ReadingError, match="line 2: it is not JSON"):
        read_stories(path, errors="raise")


def test_stories_of_nothing_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="there is no such file or folder"):
        read_stories(tmp_path / "none.jsonl")
    with pytest.raises(NothingToRead, match="stories are read from"):
        read_stories(put(tmp_path / "a.txt", BODY))
    assert issubclass(NothingToRead, NewsumError)


def test_importing_reading_loads_nothing_heavy() -> None:
    code = (
        "import sys, newsum.reading; heavy = ('trafilatura', 'lxml', 'charset_normalizer', 'urllib.request', 'torch'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
