"""Which sentences can stand in a brief, and what a story's most telling things are."""

import numpy as np
import pytest
from analysed import readable, story_of
from fixture_stories import NAMES, story

from newsum.articles import Article
from newsum.planning.salience import FEATURES, features, salience, view_of
from newsum.planning.trees import Trees
from newsum.planning.units import plan
from newsum.similarity.origins import origins
from newsum.text.leaning import stands_alone
from newsum.text.words import word_count


def read(text):
    found = readable(Article("BBC", text))
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "LINDENHAVEN (Meridian Press Agency) - Osterland and Kestria signed a treaty on Thursday.",
            "Osterland and Kestria signed a treaty on Thursday.",
        ),
        ("Lindenhaven - Osterland and Kestria signed a treaty.", "Osterland and Kestria signed a treaty."),
        ("VELLANO, Calderra (AP) — The quake killed at least 37 people.", "The quake killed at least 37 people."),
        ("The minister said the vote was lost.", "The minister said the vote was lost."),
    ],
)
def test_a_dateline_is_left_off_and_nothing_else(text, rest):
    assert read(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter: the Commerce Daily Energy Briefing, in your inbox every weekday.",
        "Read more: What the Tarn Valley pipeline could mean for your heating bill.",
        "Additional reporting by Meridian Press Agency and others in Brennick.",
        "Photo: Jonna Vik / RTV Osterland was there for the signing.",
        "Follow RTV Osterland on your phone: download our free app for news alerts.",
        "Correction: An earlier version of this article said the treaty was signed on Friday.",
        "Brian Kemp reacts in Athens, Ga., November 7, 2018.",
        "The bridge was closed after the storm Image The mayor said it is safe to cross again.",
        "What happens next in the parliament of Osterland",
        "Too short to say.",
        "Was the treaty signed before the talks had ended?",
        "I was told that we had lost the vote in March.",
        "“It does not point at anyone, and it was signed in March.",
        "the treaty was signed by both of the presidents.",
        "OSTERLAND AND KESTRIA SIGNED A TREATY ON THURSDAY.",
        "Osterland Signed Treaty With Kestria In Lindenhaven Hall.",
        "A day of rain and wind in the north.",
        "Sollenberg (left of the president was at the ceremony in Lindenhaven.",
        "The flight left on New Year's Day but when it landed in Honolulu it was Sun.",
        "Turns out a delay works just fine for those who travel in time.",
    ],
)
def test_what_cannot_stand_in_a_brief_is_not_read(text):
    assert read(text) is None


def test_a_view_never_drifts_from_its_article():
    for name in NAMES:
        for candidate in view_of(story_of(story(name))).candidates:
            sentence = candidate.passage.sentence
            assert candidate.text == sentence.text == sentence.article.text[sentence.start : sentence.end]
            assert readable(Article("BBC", sentence.text))[0].text == sentence.text


def test_every_candidate_has_every_feature_and_shares_and_cosines_lie_between_0_and_1():
    view = view_of(story_of(story("treaty")))
    found = features(view)
    assert found.shape == (len(view.candidates), len(FEATURES))
    assert len(view.candidates) > 50
    counts = {"index", "length", "article_length", "outlets"}
    shares = found[:, [name not in counts for name in FEATURES]]
    assert shares.min() >= 0
    assert shares.max() <= 1 + 1e-9


def test_a_headline_word_shared_by_all_outlets_makes_a_sentence_salient():
    view = view_of(story_of(STRIKE))
    found = salience(features(view))
    by_text = {c.text: value for c, value in zip(view.candidates, found, strict=True)}
    both = by_text["The company cancelled 62 sailings on the first day of the strike."]
    assert both > by_text["Patients on St. Orrin will get two sailings a day."]
    assert 0 < found.min() < found.max() < 1


def test_trees_send_each_row_to_its_leaf():
    trees = Trees(
        feature=np.array([[0, 1], [1, 0]]),
        threshold=np.array([[0.5, 2.0], [1.0, 0.0]]),
        keeps=np.array([[0b11111110, 0b11111101], [0b11111110, 0b11111111]], dtype=np.uint8),
        leaf=np.array([[1.0, 2.0, 4.0], [10.0, 20.0, 0.0]]),
    )
    rows = np.array([[0.5, 9.0], [0.6, 2.0], [0.6, 1.0], [0.7, 2.1]])
    assert trees.predict(rows).tolist() == [21.0, 22.0, 12.0, 24.0]


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_more_than_the_words_asked_for_and_says_nothing_twice(name):
    planned = plan(story_of(story(name)), words=60)
    seeds = [unit.sentences[0].text for unit in planned]
    assert sum(map(word_count, seeds)) >= 60
    assert len(set(seeds)) == len(seeds)
    assert all(stands_alone(seed) for seed in seeds)
    assert all(0 <= place <= 1 for unit in planned for place in unit.places)


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_has_at_most_one_sentence_of_each_independent_text(name):
    origin = origins(story(name).articles)
    for unit in plan(story_of(story(name)), words=120):
        heard = [origin[s.article.id] for s in unit.sentences]
        assert len(set(heard)) == len(heard) <= 3


def test_outlets_that_say_one_thing_meet_in_one_unit():
    planned = plan(story_of(STRIKE), words=60)
    (unit,) = [u for u in planned if "62 sailings" in u.sentences[0].text]
    assert {s.article.outlet for s in unit.sentences} == {"Northgate Wire", "Channel Meridian"}


STRIKE = (
    Article(
        "Northgate Wire",
        "Crews at Alden Sound Ferries walked out on Tuesday over night rosters. The company cancelled 62 sailings on "
        "the first day of the strike. A mediator will meet both sides on Monday.",
        title="Ferry crews walk out over night rosters",
    ),
    Article(
        "Channel Meridian",
        "Islanders woke to empty quays on Tuesday. The ferry company cancelled 62 sailings on the first day of the "
        "strike. Patients on St. Orrin will get two sailings a day.",
        title="Islands cut off as ferry crews strike",
    ),
)


def test_the_event_opens_and_what_every_outlet_says_goes_before_what_one_says():
    opening, *others = plan(story_of(STRIKE), words=60)
    assert opening.opens
    assert opening.sentences[0].text.startswith("Crews at Alden Sound Ferries walked out")
    assert not any(unit.opens for unit in others)
    assert "62 sailings" in others[0].sentences[0].text


def test_an_earlier_death_toll_is_not_planned_once_a_later_one_is_known():
    early = Article("A", "The quake killed at least 37 people in Vellano on Tuesday.", published="2025-11-11")
    late = Article("B", "The quake killed at least 118 people in Vellano on Tuesday.", published="2025-11-12")
    seeds = [s.text for unit in plan(story_of([early, late]), words=60) for s in unit.sentences]
    assert seeds == [late.text]


def test_the_order_of_the_articles_does_not_matter():
    texts = [
        [unit.sentences[0].text for unit in plan(story_of(articles), words=60)] for articles in (STRIKE, STRIKE[::-1])
    ]
    assert texts[0] == texts[1]


def test_where_nothing_reads_well_the_first_sentence_is_planned():
    (only,) = plan(story_of([Article("BBC", "Sign up. Now.")]), words=60)
    assert [s.text for s in only.sentences] == ["Sign up."]
