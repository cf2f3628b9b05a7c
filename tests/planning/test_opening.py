"""What opens a brief: the event, as the latest reports tell it, in a sentence that stands by itself."""

import numpy as np
import pytest
from analysed import story_of

from newsum.articles import Article
from newsum.planning.currency import ahead, announcing, current, days_of, overtaken
from newsum.planning.opening import FEATURES, FIRST, features, openings
from newsum.planning.salience import features as of_salience
from newsum.planning.salience import view_of
from newsum.planning.units import plan

BEFORE = Article(
    "Northgate Wire",
    "Governor Lena Marchetti will sign the Alden ferry bill at the harbour on Thursday. The bill pays for six boats.",
    title="Marchetti to Sign Ferry Bill",
    published="2026-03-11",
)
AFTER = Article(
    "Channel Meridian",
    "Governor Lena Marchetti signed the Alden ferry bill at the harbour on Thursday. Islanders cheered as she did so.",
    title="Marchetti signs ferry bill",
    published="2026-03-12",
)


def test_what_has_happened_opens_and_not_what_announced_it():
    for articles in ([BEFORE, AFTER], [AFTER, BEFORE]):
        assert plan(story_of(articles), words=60)[0].sentences[0].text.startswith("Governor Lena Marchetti signed")


def test_only_the_first_sentences_of_an_article_open():
    text = " ".join(
        f"The council of Karrow met for the {n}th time to speak of the harbour and its boats." for n in range(4, 12)
    )
    view = view_of(story_of([Article("The Post", text)]))
    found = of_salience(view)
    worth = openings(view, found)
    assert features(view, found).shape == (8, len(FEATURES))
    assert (worth[:FIRST] > 0).all()
    assert not worth[FIRST:].any()


def test_a_column_of_opinion_and_a_scrap_open_less_readily():
    text = "Crews at Alden Sound Ferries walked out on Tuesday over night rosters and left six islands cut off."
    report, column = (
        Article("The Post", text, url=f"https://post.example/{kind}/ferries") for kind in ("news", "opinion")
    )
    scrap = Article("The Herald", "Crews walked out over night rosters.")
    worth = [
        openings(view, of_salience(view))[0] for view in (view_of(story_of([one])) for one in (report, column, scrap))
    ]
    assert worth[0] > worth[1] > 0
    assert worth[0] > worth[2] > 0


def test_age_counts_where_most_reports_are_of_one_week():
    assert current(days_of(["2026-03-10", "2026-03-11", "2026-03-12"])).tolist() == pytest.approx([0.88**2, 0.88, 1.0])
    assert current(days_of(["2025-03-10", "2025-08-11", "2026-03-12"])).tolist() == [1.0, 1.0, 1.0]
    assert current(days_of([None, None, "2026-03-12"])).tolist() == [1.0, 1.0, 1.0]


def test_what_an_older_report_announces_may_have_happened():
    texts = ["The council will vote on Monday.", "The council voted on Monday.", "The court will rule on Friday."]
    dates = ["2026-03-10", "2026-03-10", "2026-03-12"]
    announce = ahead(texts, np.ones(3, dtype=bool))
    assert announce.tolist() == [True, False, True]
    assert overtaken(days_of(dates)).tolist() == [True, True, False]
    assert overtaken(days_of([None, "2026-03-12", "2026-03-12"])).tolist() == [False, False, False]
    announced, told, latest = announcing(announce, days_of(dates))
    assert announced < latest < told == 1


def test_only_texts_that_are_asked_about_are_read_for_what_is_ahead():
    texts = ["The council will vote on Monday."] * 2
    assert ahead(texts, np.array([True, False])).tolist() == [True, False]


def test_no_sentence_from_the_midst_of_a_quotation_is_planned():
    text = (
        "Islanders in Karrow spoke of the strike on Tuesday. “The boats are all we have. The company has robbed us of "
        "them for years. Nobody listens to the islands,” said Tom Adler, who runs the only shop. The strike goes on."
    )
    seeds = [unit.sentences[0].text for unit in plan(story_of([Article("The Post", text)]), words=120)]
    assert seeds
    assert not any("robbed" in text for text in seeds)


def test_trees_give_one_number_for_each_sentence():
    view = view_of(story_of([BEFORE, AFTER]))
    assert np.isfinite(openings(view, of_salience(view))).all()
