"""Origins: copies are joined to the agency they came from, and nothing else is joined."""

import random
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import newsum
from newsum.articles import Article
from newsum.similarity.origins import origins

STORIES = sorted(path.parent for path in Path(__file__).parents[2].glob("examples/stories/*/story.toml"))
VOCABULARY = [f"word{n}" for n in range(400)]


def text(seed, words=120):
    return " ".join(random.Random(seed).choices(VOCABULARY, k=words))


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_each_story_has_the_copies_that_it_lists_and_no_others(folder):
    articles = newsum.read(folder)
    outlet = {a.id: a.outlet for a in articles}
    traps = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))["traps"]
    files = {frozenset(s["article"] for s in trap["spans"]) for trap in traps if trap["kind"] == "wire_copy"}
    listed = {frozenset(newsum.read(folder / name)[0].outlet for name in pair) for pair in files}
    joined = {(outlet[i], outlet[origin]) for i, origin in origins(articles).items() if i != origin}
    assert {frozenset(pair) for pair in joined} == listed
    assert {origin for _, origin in joined} <= {"Northgate Wire", "Meridian Press Agency"}


@pytest.mark.parametrize("folder", STORIES[:4], ids=lambda folder: folder.name)
def test_the_order_of_the_articles_makes_no_difference(folder):
    articles = newsum.read(folder)
    expected = origins(articles)
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, k=len(articles))
        assert origins(shuffled) == expected
        assert list(origins(shuffled)) == [a.id for a in shuffled]


def test_one_text_in_three_outlets_has_one_origin_the_earliest():
    articles = [
        Article("Post", text(1), published="2026-03-10T09:00:00+01:00"),
        Article("BBC", text(1), published="2026-03-10T07:30:00Z"),
        Article("AP", text(1), published="2026-03-11"),
        Article("Mail", text(1), published="sometime"),
    ]
    assert set(origins(articles).values()) == {articles[1].id}


def test_the_agency_that_a_copy_names_is_the_origin_though_it_came_later():
    copy = Article("Post", f"TOLLE (AP) - {text(1)}", published="2026-03-10")
    agency = Article("AP", text(1), published="2026-03-11")
    assert origins([copy, agency]) == {copy.id: agency.id, agency.id: agency.id}


def test_an_agency_that_signs_its_text_is_the_origin_though_the_copy_does_not_name_it():
    copy = Article("Courier", f"By our staff and agencies\n\n{text(1)}")
    agency = Article("Northgate Wire", f"TOLLE (Northgate Wire) - {text(1)}")
    assert set(origins([copy, agency]).values()) == {agency.id}


def test_an_outlets_name_inside_a_word_is_not_the_outlets_name():
    copy = Article("AP", f"APRIL. {text(1)}", published="2026-03-11")
    other = Article("Post", f"APT. {text(1)}", published="2026-03-10")
    assert set(origins([copy, other]).values()) == {other.id}


def test_a_cut_and_edited_copy_is_a_copy_and_another_report_is_not():
    agency = Article("AP", text(1), published="2026-03-10")
    words = text(1).split()
    cut = Article("Post", " ".join([*words[:40], "edited", *words[41:70], *text(2).split()[:30]]))
    other = Article("BBC", text(3))
    assert origins([agency, cut, other]) == {agency.id: agency.id, cut.id: agency.id, other.id: other.id}


def test_outlets_that_quote_one_statement_at_length_are_not_copies():
    statement = text(1, 80)
    articles = [Article(outlet, f"“{statement}” {text(outlet, 40)}") for outlet in ("BBC", "Post")]
    assert origins(articles) == {a.id: a.id for a in articles}


def test_a_text_that_is_all_quotation_is_compared_as_it_stands():
    articles = [Article(outlet, f"“{text(1)}”") for outlet in ("BBC", "Post")]
    assert len(set(origins(articles).values())) == 1


def test_an_origin_is_never_itself_a_copy():
    words = text(1, 300).split()
    chain = [Article(f"outlet {n}", " ".join(words[40 * n : 40 * n + 100])) for n in range(6)]
    found = origins(chain)
    assert all(found[origin] == origin for origin in found.values())


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("Gas.", "Oil."), ("…", "—")])
def test_empty_and_tiny_texts_that_differ_are_independent(texts):
    articles = [Article(f"outlet {n}", t) for n, t in enumerate(texts)]
    assert origins(articles) == {a.id: a.id for a in articles}


def test_tiny_identical_texts_are_one():
    articles = [Article("BBC", "Gas rose."), Article("Post", "Gas rose.")]
    assert len(set(origins(articles).values())) == 1


def test_the_same_article_twice_is_one_entry():
    article = Article("BBC", text(1))
    assert origins([article, replace(article)]) == {article.id: article.id}


def test_a_hundred_articles_take_a_moment():
    articles = [Article(f"outlet {n}", text(n // 2, 600)) for n in range(100)]
    start = time.process_time()
    found = origins(articles)
    assert time.process_time() - start < 3
    assert len(set(found.values())) == 50
