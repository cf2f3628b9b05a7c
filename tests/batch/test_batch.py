"""Many stories into a folder: what is written and reported. In this process, without a model."""

import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from batch_stories import Faulty, Quick, Unloadable, batch, counts, made_stories, rows, tree
from extras import need
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from scripted import Told

from newsum.articles import Article, Story
from newsum.batch import Local, Mapper, run
from newsum.batch.local import fitting_jobs
from newsum.batch.naming import Names, slug
from newsum.errors import CheckpointError, NewsumError, NothingToRead, SettingsError
from newsum.reading import read_stories
from newsum.summariser import Summariser
from newsum.summary import Summary

# --- what is written --------------------------------------------------------------------------


def test_every_story_has_its_briefs_and_a_row_in_the_index(stories: Path, out: Path) -> None:
    report = batch(stories, out, formats=("json", "html", "md", "text"), words=80)
    assert counts(report) == (20, 0, 0)
    assert (str(report), report.index) == ("20 done, 0 skipped, 0 failed", out / "index.html")
    names = [path.name for path in (out / "briefs").iterdir()]
    assert sorted(names) == sorted(
        f"s{n:02}{suffix}" for n in range(20) for suffix in (".html", ".json", ".md", ".txt")
    )
    index = rows(out)
    assert [row["id"] for row in index] == [f"s{n:02}" for n in range(20)]
    assert {key: index[7][key] for key in ("title", "outlets", "articles", "status", "reason", "problems")} == {
        "title": "Fees rise in Port 7",
        "outlets": ["Northgate Wire", "The Ledger", "Harbour Press"],
        "articles": 3,
        "status": "done",
        "reason": None,
        "problems": [],
    }
    assert index[7]["files"]["json"] == "briefs/s07.json"
    expected = Quick().summarise_shard(read_stories(stories), words=80)
    written = [Summary.from_json((out / row["files"]["json"]).read_text(encoding="utf-8")) for row in index]
    assert written == expected
    assert (out / "briefs/s07.txt").read_text().startswith("Fees rise in Port 7\n\nThe council of Port 7 voted")


def test_stories_may_come_from_python_one_at_a_time(out: Path) -> None:
    pulled: list[int] = []

    def come() -> Iterator[Story]:
        for n, story in enumerate(made_stories(40)):
            pulled.append(n)
            yield story

    seen: list[tuple[int, int | None, int]] = []
    batch(come(), out, progress=lambda through, total: seen.append((through, total, len(pulled))))
    assert [seen[n] for n in (0, 1, 16, 17, 40)] == [
        (0, None, 0),
        (1, None, 16),
        (16, None, 16),
        (17, None, 32),
        (40, None, 40),
    ]
    assert [through for through, _, _ in seen] == [*range(41)]


def test_progress_moves_when_the_first_story_is_done_and_its_files_are_there(out: Path) -> None:
    worked: list[str | None] = []

    class OneByOne(Quick):
        def summarise_shard(self, stories: Any, *, words: int = 120) -> Iterator[Summary | NewsumError]:
            for story in stories:
                worked.append(story.id)
                yield self._one(story, words)

    seen: list[tuple[int, int, int]] = []

    def progress(through: int, total: int | None) -> None:
        seen.append((through, len(worked), len(list((out / "briefs").glob("*.json")))))

    batch(made_stories(3), out, summariser=OneByOne(), progress=progress)
    assert seen == [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_progress_knows_how_many_there_are(stories: Path, out: Path, tmp_path: Path) -> None:
    table = tmp_path / "stories.jsonl"
    table.write_text("".join(json.dumps(story.to_dict()) + "\n" for story in made_stories(9)))
    for source, total in ((stories, 20), (table, 9), (made_stories(5), 5)):
        seen: list[int | None] = []
        batch(source, out / str(total), progress=lambda through, total, seen=seen: seen.append(total))
        assert set(seen) == {total}


def test_the_index_page_links_briefs_and_escapes_what_articles_say(out: Path) -> None:
    sly = Story((Article("<b>Ledger</b>", "It rose."),), "../<script>", "<script>alert(1)</script>")
    batch([sly, Story((Article("X", "unfit"),), "two")], out, formats=["html"])
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Ledger&lt;/b&gt;" in page
    [name] = [path.name for path in (out / "briefs").iterdir()]
    assert f'href="briefs/{name}"' in page
    assert "1 briefs, 1 failed" in page
    assert "there is nothing to summarise" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_index_says_of_each_brief_when_what_and_how_much(out: Path) -> None:
    articles = [
        Article("X", "It rose.", published="2026-03-10T08:00:00Z"),
        Article("Y", "It fell.", published="2026-03-12"),
    ]
    batch([Story(tuple(articles), "tide", "The tide")], out, formats=["html"])
    (row,) = rows(out)
    assert {key: row[key] for key in ("day", "first", "lines", "disagreements")} == {
        "day": "2026-03-12",
        "first": "It rose.",
        "lines": 1,
        "disagreements": 0,
    }
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "12 March 2026" in page
    assert "1 line" in page
    assert "2 articles" in page
    assert "It rose." in page


def test_a_page_shows_its_articles_and_leads_to_the_pages_before_and_after_it(out: Path) -> None:
    stories = made_stories(3)
    stories[1] = Story((Article("X", "unfit"),), "s01", "Unfit")
    batch(stories, out, formats=["html"])
    first, last = ((out / "briefs" / f"s0{n}.html").read_text(encoding="utf-8") for n in (0, 2))
    assert (
        '<a href="../index.html">All briefs</a><a class="next" href="s02.html">→ <bdi>Port 2</bdi></a></nav>' in first
    )
    assert '<a class="before" href="s00.html">← <bdi>Port 0</bdi></a><a href="../index.html">' in last
    assert 'class="before"' not in first
    assert 'class="next"' not in last
    assert "letter for letter in the articles" in first
    before = tree(out / "briefs")
    batch(stories, out, formats=["html"], resume=True)
    assert tree(out / "briefs") == before


# --- what fails -------------------------------------------------------------------------------


def test_a_bad_story_is_reported_and_the_rest_goes_on(stories: Path, out: Path) -> None:
    for path in (stories / "s03").iterdir():
        path.write_bytes(b"%PDF-1.7")
    (stories / "s04" / "0.md").write_bytes(b"")
    (stories / "s05" / "0.md").write_text("unfit")
    (stories / "loose.txt").write_text("Not in a folder.")
    report = batch(stories, out)
    assert counts(report) == (18, 0, 3)
    assert report.reasons == {"nothing of it could be read": 2, "there is nothing to summarise": 1}
    assert report.examples == {"nothing of it could be read": "s03", "there is nothing to summarise": "s05"}
    assert report.problems == 5
    index = {row["id"]: row for row in rows(out)}
    assert len(index["s03"]["problems"]) == 3
    assert "it is a PDF document" in index["s03"]["problems"][0]
    assert (index["s04"]["status"], index["s04"]["articles"]) == ("done", 2)
    assert "it is empty" in index["s04"]["problems"][0]
    assert (index["s05"]["status"], index["s05"]["files"]) == ("failed", {})
    assert "beside the story folders" in index[None]["problems"][0]
    assert counts(batch(stories, out, resume=True)) == (0, 18, 3)


def test_newsums_own_fault_with_one_story_costs_no_other_and_is_tried_again(stories: Path, out: Path, tmp_path) -> None:
    faulty = Faulty(mended=str(tmp_path / "mended"))
    report = batch(stories, out, summariser=faulty)
    assert counts(report) == (19, 0, 1)
    assert list(report.reasons) == ["newsum failed on it (IndexError: list index out of range)"]
    (tmp_path / "mended").touch()
    assert counts(batch(stories, out, summariser=faulty, resume=True)) == (1, 19, 0)


def test_what_would_fail_every_story_stops_the_run_before_it_begins(stories: Path, out: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no folder"):
        batch(stories, out, summariser=replace(Quick(), model=tmp_path / "none"))
    with pytest.raises(SettingsError, match="format 'pdf' is not allowed: use text, md, html, json"):
        batch(stories, out, formats=["pdf"])
    with pytest.raises(SettingsError, match="no format is asked for"):
        batch(stories, out, formats=[])
    with pytest.raises(NothingToRead, match="there is no folder or file"):
        batch(tmp_path / "nowhere", out)
    assert not out.exists()
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToRead, match="nothing to read"):
        batch([], out)
    assert counts(batch(stories, out)) == (20, 0, 0)


def test_a_model_that_cannot_be_loaded_stops_the_run_and_leaves_nothing(stories: Path, out: Path) -> None:
    with pytest.raises(CheckpointError, match="the weights are broken"):
        batch(stories, out, summariser=Unloadable())
    assert [name for name in tree(out) if not name.endswith("lock")] == []
    assert counts(batch(stories, out)) == (20, 0, 0)


# --- the folder -------------------------------------------------------------------------------


def test_an_earlier_batch_is_gone_on_with_only_when_asked(stories: Path, out: Path) -> None:
    batch(stories, out)
    with pytest.raises(SettingsError, match="holds an earlier batch: add --resume to go on with it"):
        batch(stories, out)


@pytest.mark.parametrize("name", ["briefs", "index.html", "index.jsonl"])
def test_what_newsum_did_not_write_is_not_overwritten(stories: Path, out: Path, name: str) -> None:
    out.mkdir()
    (out / name).write_text("mine")
    with pytest.raises(SettingsError, match=f"has a {name} that no newsum batch wrote"):
        batch(stories, out, resume=True)
    assert tree(out) == {name: b"mine"}
    with pytest.raises(SettingsError, match="is a file; name a folder"):
        batch(stories, out / name)


def test_briefs_do_not_go_where_articles_are_read(stories: Path, out: Path) -> None:
    for place in (stories, stories / "briefs"):
        with pytest.raises(SettingsError, match="would be read as articles"):
            batch(stories, place)


def test_two_runs_do_not_write_to_one_folder(stories: Path, out: Path) -> None:
    batch(stories, out)
    before = tree(out)
    with (
        FileLock(out / ".newsum" / "lock"),
        pytest.raises(SettingsError, match="another newsum batch is writing to"),
    ):
        batch(stories, out, resume=True)
    assert tree(out) == before
    assert counts(batch(stories, out, resume=True)) == (0, 20, 0)


def test_names_of_files_are_safe_and_no_two_are_the_same() -> None:
    names = Names()
    ids = ["storm", "Storm", "storm", "../storm", "a/b", "CON", "con.md", "", ".", "s" * 500, "S" * 500, "é", "e\u0301"]
    given = [names.of(identity) for identity in ids]
    assert given[0] == "storm"
    assert given[1].startswith("Storm-")
    assert len({name.casefold() for name in given}) == len(ids)
    assert all("/" not in name and not name.startswith(".") and len(name.encode()) <= 120 for name in given)
    assert [name.split(".")[0].casefold() for name in given].count("con") == 0


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_ids_make_good_names_and_the_same_ones_again(ids: list[str]) -> None:
    first, second = Names(), Names()
    given = [first.of(identity) for identity in ids]
    assert given == [second.of(identity) for identity in ids]
    assert len({name.casefold() for name in given}) == len(ids)
    assert all(name and not set(name) & set('/\\:*?"<>|\0\n') and name[0] != "." for name in given)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry crews begin three-day strike", "ferry-crews-begin-three-day-strike"),
        ("Harwick’s “£45m giant” (or was it?)", "harwicks-45m-giant-or-was-it"),
        ("../../etc/passwd", "etc-passwd"),
        ("توقيع المعاهدة", "توقيع-المعاهدة"),
        ("word " * 40, "-".join(["word"] * 14)),
        ("x" * 300, "x" * 70),
        ("***", ""),
    ],
)
def test_a_title_makes_a_name_that_people_can_read(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_story_that_was_grouped_is_named_by_its_title_and_one_with_an_id_by_that(out: Path) -> None:
    article = Article("X", "It rose.", "Fees rise in Port 7")
    stories = [Story((article,), article.id), Story((article,), "port-seven"), Story((article,), article.id)]
    batch(stories, out, formats=["html"])
    names = sorted(path.stem for path in (out / "briefs").iterdir())
    assert names[0] == "fees-rise-in-port-7"
    assert names[1].startswith("fees-rise-in-port-7-")
    assert names[2] == "port-seven"


def test_stories_without_ids_and_with_one_id_twice_keep_apart(out: Path) -> None:
    unnamed = [replace(story, id=None) for story in made_stories(3)]
    twice = [Story((Article("X", text),), "same") for text in ("It rose.", "It fell.")]
    batch([*unnamed, *twice], out, formats=["json"])
    names = sorted(path.stem for path in (out / "briefs").iterdir())
    assert len(names) == 5
    assert names[:3] == ["port-0", "port-1", "port-2"]
    assert counts(batch([*unnamed, *twice], out, formats=["json"], resume=True)) == (0, 5, 0)


# --- other sources ----------------------------------------------------------------------------


def grouped_by_title(articles: list[Article]) -> list[Story]:
    titles = dict.fromkeys(article.title for article in articles)
    return [Story(tuple(a for a in articles if a.title == title), None, title) for title in titles]


@pytest.fixture
def grouping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "newsum.grouping", SimpleNamespace(group=grouped_by_title))


@pytest.mark.usefixtures("grouping")
def test_a_heap_of_articles_is_grouped_first(tmp_path: Path, out: Path) -> None:
    heap = tmp_path / "heap"
    heap.mkdir()
    for n in range(6):
        (heap / f"{n}.md").write_text(f"---\noutlet: X{n}\ntitle: T{n % 2}\n---\nText {n}.")
    (heap / "broken.html").write_bytes(b"")
    report = batch(heap, out, formats=["json"])
    assert counts(report) == (2, 0, 1)
    assert [(row["title"], row["articles"]) for row in rows(out)] == [("", 0), ("T0", 3), ("T1", 3)]
    assert counts(batch(heap, out, formats=["json"], resume=True)) == (0, 2, 1)
    whole = batch(heap, tmp_path / "whole", group=False)
    assert [(row["id"], row["articles"]) for row in rows(tmp_path / "whole")] == [("heap", 6)]
    assert (counts(whole), whole.problems) == ((1, 0, 0), 1)


@pytest.mark.usefixtures("grouping")
def test_articles_of_story_folders_and_tables_are_grouped_when_asked(stories: Path, out: Path, tmp_path: Path) -> None:
    (stories / "s19" / "2.md").write_text("---\noutlet: X\ntitle: Fees rise in Port 0\n---\nText.")
    assert counts(batch(stories, out, group=True)) == (20, 0, 0)
    assert [row["articles"] for row in rows(out)] == [4, *[3] * 18, 2]
    table = tmp_path / "articles.csv"
    table.write_text("title,text\nT1,A.\nT2,B.\nT1,C.\n")
    assert counts(batch(table, tmp_path / "two")) == (2, 0, 0)
    with pytest.raises(SettingsError, match="its rows name no story"):
        batch(table, tmp_path / "three", group=False)


def test_a_table_of_stories_is_read_past_its_broken_rows(tmp_path: Path, out: Path) -> None:
    table = tmp_path / "stories.jsonl"
    lines = [json.dumps(story.to_dict()) for story in made_stories(3)]
    table.write_text("\n".join([lines[0], "{", lines[1], '{"id": "none", "articles": []}', lines[2]]))
    report = batch(table, out)
    assert counts(report) == (3, 0, 2)
    assert [row["id"] for row in rows(out)] == ["s00", None, "s01", "none", "s02"]


# --- data sets and settings -------------------------------------------------------------------


def test_a_data_set_is_mapped_in_batches() -> None:
    need("datasets")
    import datasets

    told = [
        {"story_id": s.id, "title": s.title, "articles": [a.to_dict() for a in s.articles]} for s in made_stories(5)
    ]
    told[2]["articles"] = []
    told[3]["articles"][0]["text"] = "unfit"
    mapped = datasets.Dataset.from_list(told).map(Mapper(Quick(), words=60), batched=True, batch_size=2)
    assert mapped.column_names == ["story_id", "title", "articles", "brief", "summary", "error"]
    assert mapped["brief"][:2] == ["Port 0 raised its fees.", "Port 1 raised its fees."]
    summary = Summary.from_json(mapped[0]["summary"])
    assert (summary.story_id, summary.title, summary.provenance) == ("s00", "Port 0", {"words": 60})
    assert list(mapped["error"]) == ["", "", "it holds no articles", "there is nothing to summarise", ""]


def test_a_mapper_travels_without_what_its_model_has_loaded() -> None:
    summariser = Summariser(model="newsum-135m")
    assert summariser.writer is not None  # loads it
    sent = pickle.dumps(Mapper(summariser, 60))
    assert len(sent) < 1000
    assert pickle.loads(sent) == Mapper(summariser, 60)


# --- a model of one's own ---------------------------------------------------------------------


def test_a_model_of_ones_own_works_in_this_process_unless_asked_otherwise(stories: Path, out: Path) -> None:
    told = Told(["Port 0 raised its fees."])
    assert counts(run(stories, out, summariser=Summariser(model=told, judge=None))) == (20, 0, 0)
    assert len(told.asked) == 20


def test_another_revision_of_a_model_writes_all_briefs_anew(stories: Path, out: Path) -> None:
    first, same, other = (Told(["A port raised its fees."], revision=revision) for revision in ("1", "1", "2"))
    assert counts(run(stories, out, summariser=Summariser(model=first, judge=None))) == (20, 0, 0)
    assert counts(run(stories, out, summariser=Summariser(model=same, judge=None), resume=True)) == (0, 20, 0)
    assert counts(run(stories, out, summariser=Summariser(model=other, judge=None), resume=True)) == (20, 0, 0)


def test_a_model_that_cannot_be_sent_to_other_processes_is_said_in_one_sentence(stories: Path, out: Path) -> None:
    model = Told(lambda prompt: ["no function without a name can be pickled"])
    with pytest.raises(SettingsError, match=r"the model told cannot be sent to other processes \(.*\): use one job"):
        run(stories, out, summariser=Summariser(model=model), engine=Local(2))


def test_jobs_fit_the_number_of_stories() -> None:
    assert fitting_jobs(1) == fitting_jobs(16) == 1
    assert fitting_jobs(10_000) == fitting_jobs(None) >= fitting_jobs(17) >= 1
    with pytest.raises(SettingsError, match="jobs=0 is not allowed"):
        Local(0)
