"""Data sets: the hub's schemas from tiny local copies, files, folders, and what is said about wrong columns."""

import gzip
import json
from itertools import islice

import pytest
from extras import need

from newsum.articles import Article
from newsum.errors import ReadingError, SettingsError
from newsum.evaluation.datasets import DATASETS, load

ROWS = {
    "multi_news": [
        {
            "document": "First article. NEWLINE_CHAR NEWLINE_CHAR Its end. ||||| Second article. |||||",
            "summary": "– What both say.",
        }
    ],
    "wcep": [{"document": ["First article.\n\nIts end.", "Second article."], "summary": "What both say."}],
    "cnn_dailymail": [{"article": "First article.", "highlights": "What it says .\nAnd more .", "id": "abc"}],
    "xsum": [{"document": "First article.\nIts end.", "summary": "What it says.", "id": "123"}],
}


@pytest.fixture
def copy_of(tmp_path):
    """A folder with the columns that a hub's data set has, as Parquet."""

    def make(name, rows=None):
        need("datasets")
        from datasets import Dataset

        folder = tmp_path / name
        folder.mkdir()
        Dataset.from_list(rows or ROWS[name]).to_parquet(folder / "validation.parquet")
        return folder

    return make


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("name", ROWS)
def test_the_hubs_data_sets_are_read_in_their_own_schema(copy_of, name, streaming, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    (example,) = load(name, copy=copy_of(name), streaming=streaming)
    texts = [article.text for article in example.story.articles]
    expected = {
        "multi_news": (["First article.\n\nIts end.", "Second article."], ("What both say.",)),
        "wcep": (["First article.\n\nIts end.", "Second article."], ("What both say.",)),
        "cnn_dailymail": (["First article."], ("What it says .\nAnd more .",)),
        "xsum": (["First article.\nIts end."], ("What it says.",)),
    }
    assert (texts, example.references) == expected[name]


def test_what_is_known_of_a_row_is_kept(copy_of):
    (example,) = load("xsum", copy=copy_of("xsum"))
    assert example.story.id == "123"
    assert example.story.outlets == ("BBC",)
    (example,) = load("multi_news", copy=copy_of("multi_news"))
    assert example.story.id == "multi_news-1"
    assert example.story.outlets == ()


def test_a_data_set_is_known_by_the_hubs_name_too(copy_of):
    (example,) = load("alexfabbri/multi_news", copy=copy_of("multi_news"))
    assert len(example.story.articles) == 2


def test_the_hub_is_asked_for_what_its_layout_says(monkeypatch):
    need("datasets")
    asked = []

    def load_dataset(**settings):
        asked.append(settings)
        return ROWS["wcep"]

    monkeypatch.setattr("datasets.load_dataset", load_dataset)
    list(load("wcep", split="test", streaming=True))
    assert asked == [
        {
            "path": "ccdv/WCEP-10",
            "name": None,
            "revision": "refs/convert/parquet",
            "data_dir": "list",
            "split": "test",
            "streaming": True,
        }
    ]


def test_a_hub_out_of_reach_is_one_sentence_with_the_way_out(monkeypatch):
    need("datasets")

    def load_dataset(**settings):
        raise ConnectionError("no route\nto the hub")

    monkeypatch.setattr("datasets.load_dataset", load_dataset)
    with pytest.raises(ReadingError) as error:
        load("xsum")
    assert str(error.value) == (
        "EdinburghNLP/xsum on the hub cannot be loaded (ConnectionError: no route); "
        'where the hub is out of reach, name a folder with its files: copy="..."'
    )


def write_jsonl(path, rows):
    data = "\n".join(map(json.dumps, rows)).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


OWN = [
    {
        "story_id": "a",
        "articles": [{"outlet": "Wire", "text": "One."}, {"outlet": "Ledger", "text": "Two."}],
        "reference": "Both.",
    },
    {"story_id": "b", "articles": [{"outlet": "Wire", "text": "Three."}], "reference": "Three too."},
]


@pytest.mark.parametrize("name", ["stories.jsonl", "stories.jsonl.gz"])
def test_stories_in_newsums_own_form_are_read_from_jsonl(tmp_path, name):
    first, second = load(write_jsonl(tmp_path / name, OWN))
    assert first.story.id == "a"
    assert first.story.outlets == ("Wire", "Ledger")
    assert first.references == ("Both.",)
    assert second.story.articles == (Article("Wire", "Three."),)


def test_several_references_of_a_story_are_kept(tmp_path):
    (example,) = load(write_jsonl(tmp_path / "s.jsonl", [{"articles": [{"text": "One."}], "references": ["A.", "B."]}]))
    assert example.references == ("A.", "B.")


@pytest.mark.parametrize("name", ["t.parquet", "t.csv", "t.csv.gz", "t.json"])
def test_tables_are_read_by_naming_their_columns(tmp_path, name):
    path, row = tmp_path / name, {"body": "One. ### Two.", "brief": "Both."}
    if name == "t.parquet":
        need("datasets")
        from datasets import Dataset

        Dataset.from_list([row]).to_parquet(path)
    elif name == "t.json":
        path.write_text(f" {json.dumps([row])}")
    else:
        data = b"body,brief\nOne. ### Two.,Both.\n"
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    (example,) = load(path, document_column="body", reference_column="brief", separator="###")
    assert [article.text for article in example.story.articles] == ["One.", "Two."]
    assert example.references == ("Both.",)


def test_json_lines_under_the_name_of_json_are_read_too(tmp_path):
    first, second = load(write_jsonl(tmp_path / "stories.json", OWN))
    assert (first.references, second.references) == (("Both.",), ("Three too.",))


def test_a_cell_of_a_csv_file_may_be_as_long_as_many_articles(tmp_path):
    (tmp_path / "t.csv").write_text("document,summary\n" + "word " * 60_000 + ",Short.\n")
    (example,) = load(tmp_path / "t.csv")
    assert len(example.story.articles[0].text.split()) == 60_000


def test_a_limit_reads_no_further(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text(json.dumps(OWN[0]) + "\n" + json.dumps(OWN[1]) + "\n")
    assert [example.story.id for example in load(path, limit=1)] == ["a"]
    with pytest.raises(SettingsError, match="limit must be at least 1, not 0"):
        load(path, limit=0)


def test_a_file_larger_than_memory_would_be_is_streamed(tmp_path):
    import tracemalloc

    path = tmp_path / "large.jsonl"
    row = json.dumps({"document": "A sentence of the article. " * 400, "summary": "Short."}) + "\n"
    path.write_text(row * 4_000)  # 43 MB
    next(load(path))  # loads what is loaded once
    tracemalloc.start()
    try:
        assert sum(1 for _ in load(path)) == 4_000
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_a_folder_of_stories_gives_the_references_of_the_length_asked_for():
    examples = list(load("examples/stories", words=60))
    assert len(examples) == 12
    treaty = next(example for example in examples if example.story.id == "treaty")
    assert len(treaty.references) == 1
    assert treaty.references[0].splitlines()[3] == "Osterland's parliament is expected to vote on 24 March."
    assert [len(example.references) for example in islice(load("examples/stories"), 2)] == [2, 2]
    (alone,) = load("examples/stories/treaty", words=120)
    assert len(alone.references[0].split()) > 100


def test_a_length_that_no_reference_has_is_named_with_those_there_are():
    with pytest.raises(ReadingError, match=r"story\.toml has no reference of 90 words; it has 120, 60"):
        list(load("examples/stories/treaty", words=90))


def test_an_unknown_column_is_named_with_those_found(tmp_path):
    path = write_jsonl(tmp_path / "t.jsonl", [{"text": "One.", "abstract": "A."}])
    with pytest.raises(ReadingError, match=r't\.jsonl has no column "document"; its columns are "text", "abstract"$'):
        list(load(path))
    with pytest.raises(ReadingError, match=r'has no column "brief"; its columns are "text", "abstract"$'):
        list(load(path, document_column="text", reference_column="brief"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.xlsx", b"x", "a data set is a .jsonl, .json, .csv, .parquet file, a folder of stories or a hub's name"),
        ("t.parquet", b"not parquet", "cannot be read"),
        ("t.jsonl", b"{oops", "cannot be read"),
        ("t.jsonl", b"[1]", "cannot be read: its rows must be objects with named fields"),
        ("t.jsonl.gz", b"not gzip", "cannot be read"),
        ("t.jsonl", b'{"articles": [{"text": "One."}]}', 'row 1 has no reference; its columns are "articles"'),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, message):
    if name == "t.parquet":
        need("datasets")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError) as error:
        list(load(path))
    assert str(path) in str(error.value)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_every_known_data_set_has_a_hubs_name_and_columns():
    for layout in DATASETS.values():
        assert layout.path.count("/") == 1
        assert layout.document
        assert layout.reference
