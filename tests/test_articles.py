"""Articles and stories: what they take, what they refuse, and that ids and JSON hold still."""

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.articles import Article, Sentence, Story
from newsum.errors import ArticleError

TEXT = st.text(st.characters(), max_size=30)  # all of Unicode, lone surrogates too
ARTICLES = st.builds(
    Article,
    outlet=TEXT,
    text=TEXT,
    title=TEXT,
    url=st.none() | TEXT,
    published=st.none() | TEXT,
    authors=st.lists(TEXT, max_size=3),
    id=TEXT,
    outlet_guessed=st.booleans(),
)


@settings(deadline=None)
@given(ARTICLES)
def test_an_article_comes_back_from_its_dict_as_it_was(article):
    assert Article.from_dict(article.to_dict()) == article


def test_an_id_is_made_from_outlet_title_url_and_text_and_from_nothing_else():
    article = Article("BBC", "A treaty was signed.", title="Treaty", url="https://bbc.example/1")
    assert len(article.id) == 12
    assert Article(article.outlet, article.text, article.title, article.url, "2026-03-10", ("Jo",)).id == article.id
    for change in ({"outlet": "AP"}, {"text": "No."}, {"title": ""}, {"url": None}):
        assert Article.from_dict({**article.to_dict(), "id": None, **change}).id != article.id


def test_an_id_is_the_same_in_every_process():
    code = "from newsum.articles import Article; print(Article('BBC', 'Ürgüp: a treaty \\U0001f600', 'T').id)"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert seen == {Article("BBC", "Ürgüp: a treaty \U0001f600", "T").id}


def test_an_id_that_is_given_is_kept():
    assert Article("BBC", "Text.", id="a1").id == "a1"


def test_an_article_with_half_a_character_has_an_id_and_a_hash():
    article = Article("BBC", "broken \ud83d emoji")
    assert len(article.id) == 12
    assert len(article.sha256) == 64


def test_date_is_read_as_published_unless_that_is_given():
    assert Article.from_dict({"text": "T.", "date": "2026-03-10"}).published == "2026-03-10"
    assert Article.from_dict({"text": "T.", "published": None, "date": "2026-03-10"}).published == "2026-03-10"
    assert Article.from_dict({"text": "T.", "published": "2026-03-09", "date": "x"}).published == "2026-03-09"


def test_a_mapping_may_lack_all_but_the_text_and_hold_other_keys():
    article = Article.from_dict({"text": "T.", "outlet": None, "title": None, "authors": "Jo Day", "section": 3})
    assert article == Article("", "T.", authors=("Jo Day",))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("text", "an article must be an object with fields, not str"),
        ({"body": "T.", "outlet": "BBC"}, 'an article needs a "text" field; found body, outlet'),
        ({}, 'an article needs a "text" field; found none'),
        ({"text": None}, 'an article needs a "text" field; found none'),
        ({"text": 5}, "an article's text must be text, not int"),
        ({"text": b"T."}, "an article's text must be text, not bytes"),
        ({"text": "T.", "outlet": ["BBC"]}, "an article's outlet must be text, not list"),
        ({"text": "T.", "date": 20260310}, "an article's published must be text, not int"),
        ({"text": "T.", "url": 5}, "an article's url must be text, not int"),
        ({"text": "T.", "id": 5}, "an article's id must be text, not int"),
        ({"text": "T.", "authors": 5}, "an article's authors must be a list of names, not int"),
        ({"text": "T.", "authors": {"name": "Jo"}}, "an article's authors must be a list of names, not dict"),
        ({"text": "T.", "authors": ["Jo", None]}, "an article's author must be text, not NoneType"),
        ({"text": "T.", "outlet_guessed": "no"}, "an article's outlet_guessed must be True or False, not 'no'"),
    ],
)
def test_a_wrong_field_is_named(values, said):
    with pytest.raises(ArticleError) as error:
        Article.from_dict(values)
    assert str(error.value) == said


def test_one_text_is_no_list_of_authors():
    with pytest.raises(ArticleError, match="authors must be a list of names, not str"):
        Article("BBC", "T.", authors="Jo Day")


def test_articles_are_frozen_hold_tuples_and_can_be_hashed():
    article = Article("BBC", "T.", authors=["Jo"])
    assert article.authors == ("Jo",)
    assert len({article, Article("BBC", "T.", authors=("Jo",))}) == 1
    assert not hasattr(article, "__dict__")
    with pytest.raises(FrozenInstanceError):
        article.text = "other"


def test_a_sentence_is_a_view_by_characters():
    article = Article("BBC", "One 😀. Two.")
    assert Sentence(article, 7, 11).text == "Two."


def test_a_story_labels_articles_of_unknown_outlets_by_their_place():
    story = Story([Article("BBC", "1"), Article("", "2"), Article("BBC", "3")])
    assert tuple(story.labels.values()) == ("BBC", "source 2", "BBC")
    assert story.outlets == ("BBC",)


def test_two_different_articles_with_one_id_make_no_story():
    with pytest.raises(ArticleError, match='two different articles have the id "1"'):
        Story((Article("BBC", "One.", id="1"), Article("AP", "Two.", id="1")))
    twice = Article("BBC", "One.")
    assert Story((twice, twice)).articles == (twice, twice)


@settings(deadline=None)
@given(st.lists(ARTICLES, max_size=3, unique_by=lambda a: a.id), st.none() | TEXT, TEXT)
def test_a_story_comes_back_from_its_dict_as_it_was(articles, identity, title):
    story = Story(tuple(articles), identity, title)
    assert Story.from_dict(story.to_dict()) == story


def test_story_id_is_read_as_id():
    assert Story.from_dict({"story_id": "s1", "articles": [{"text": "T."}]}).id == "s1"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], 'a story needs an "articles" list'),
        ({}, 'a story needs an "articles" list'),
        ({"articles": "T."}, 'a story needs an "articles" list'),
        ({"articles": {"text": "T."}}, 'a story needs an "articles" list'),
        ({"articles": ["T."]}, "an article must be an object with fields, not str"),
        ({"articles": [], "id": 7}, "a story's id must be text, not int"),
        ({"articles": [], "title": ["T"]}, "a story's title must be text, not list"),
    ],
)
def test_a_malformed_story_is_one_clear_error(values, said):
    with pytest.raises(ArticleError) as error:
        Story.from_dict(values)
    assert str(error.value) == said


@pytest.mark.parametrize("articles", [Article("BBC", "T."), "T.", [{"text": "T."}], 5])
def test_a_story_is_made_of_articles_only(articles):
    with pytest.raises(ArticleError, match=r"a story is made of Article objects, not (?:Article|str|dict|int)"):
        Story(articles)
