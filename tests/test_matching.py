"""What a sentence has of a line, counted on texts small enough to check by hand; how the weights are fitted."""

import numpy as np
import pytest

from newsum.articles import Story
from newsum.matching import ARTICLE, SAID, SENTENCE, Matcher
from newsum.meanings import SIZE, vectors
from newsum.training.attribution import choice, fit, folds, held, logistic
from newsum.training.meanings import fit as fit_meanings
from newsum.training.meanings import paragraphs

TEXTS = ("The mayor resigned on Monday.", "He gave no reason.", "Police arrested 12 fans.", "Two fans were detained.")
MATCHER = Matcher(TEXTS, [0, 0, 1, 1], [0, 1, 0, 1])


def column(line, name):
    return MATCHER.match(line).sentences[:, SENTENCE.index(name)]


def test_terms_that_a_sentence_shares_with_the_line_are_counted():
    assert np.expm1(column("The mayor resigned.", "shared")).round(6).tolist() == [2, 0, 0, 0]
    assert column("The mayor resigned.", "likeness").argmax() == 0
    assert column("The mayor resigned.", "bm25")[1:].tolist() == [0, 0, 0]


def test_runs_of_words_count_the_small_ones_too():
    assert column("The mayor resigned.", "two").tolist() == [1, 0, 0, 0]
    assert column("The mayor resigned.", "three").tolist() == [1, 0, 0, 0]


def test_a_run_counts_once_in_a_sentence_and_never_goes_on_into_the_next():
    matcher = Matcher(["No more, no more.", "Fans left."], [0, 0], [0, 1])
    two = matcher.match("No more fans left.").sentences[:, SENTENCE.index("two")]
    assert two.round(6).tolist() == [0.333333, 0.333333]


def test_a_story_without_sentences_has_nothing_of_a_line():
    assert Matcher([], [], []).match("The mayor resigned.").sentences.shape == (0, len(SENTENCE))


def test_figures_are_found_by_value():
    assert column("Twelve fans were held.", "figures").tolist() == [0, 0, 1, 0]


def test_the_sentence_before_lends_its_terms_within_an_article_only():
    before = column("The mayor gave a reason.", "before")
    assert before[1] > 0
    assert before[2] == 0


def test_words_of_like_meaning_meet():
    alike = column("Officers jailed supporters.", "alike_share")
    assert alike[2] > alike[0]
    assert column("Officers jailed supporters.", "shared").max() == 0


def test_an_article_is_measured_by_the_best_of_its_sentences():
    match = MATCHER.match("The mayor resigned on Monday.")
    articles = MATCHER.articles_of(match, np.array([3.0, 1.0, 0.0, -1.0]))
    assert articles.shape == (2, len(ARTICLE))
    assert articles[:, ARTICLE.index("behind")].tolist() == [0, -3]
    assert articles[:, ARTICLE.index("shared_share")].tolist() == [1, 0]
    assert articles[:, ARTICLE.index("articles")] == pytest.approx(np.log(2))


def test_what_no_sentence_has_is_unknown():
    def unknown(line):
        match = MATCHER.match(line)
        return MATCHER.said(match, match.sentences[:, 0])[SAID.index("unknown")]

    assert unknown("The mayor resigned.") == 0
    assert unknown("Zebras graze.") == 1


def test_vectors_are_of_length_one_or_zero():
    found = vectors(["polic", "no such stem", "#12"])
    assert found.shape == (3, SIZE)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)


# --- the recipes --------------------------------------------------------------------------------------


def test_logistic_regression_finds_the_column_that_tells():
    draw = np.random.default_rng(0)
    found = draw.normal(size=(400, 2))
    weights = logistic(found, (found[:, 0] > 0.5).astype(float))
    assert weights[0] > 1
    assert abs(weights[1]) < 0.5 * weights[0]
    assert weights[2] < 0


def aligned(name, place):
    other = {"text": f"Rain fell on {place}. Trains ran late."}
    text = f"{name} resigned in {place}. The weather was fine."
    alignments = [{"article": 0, "doc_spans": [[0, len(f"{name} resigned")]]}]
    line = {"text": f"{name} has resigned.", "sources": [0], "alignments": alignments}
    return {"story_id": name, "articles": [{"text": text}, other], "sentences": [line]}


NAMES = (
    "Marchetti",
    "Oldham",
    "Sollenberg",
    "Brandvik",
    "Korver",
    "Haldane",
    "Ondarza",
    "Arrelo",
    "Castanheda",
    "Aske",
)
ROWS = [aligned(name, f"{name[::-1].title()}ville") for name in NAMES]


def test_lines_are_held_against_their_own_story_and_others():
    stories = held(ROWS)
    own, foreign = stories[0]
    assert [line.is_source.tolist() for line in own] == [[1, 0, 0, 0]]
    assert own[0].says.tolist() == [1, 0]
    assert len(foreign) == 6
    assert all(line.says.sum() == 0 for line in foreign)
    assert Story.from_dict(ROWS[0]).id not in {line.index.story.id for line in foreign}


def test_fitted_weights_choose_the_aligned_sentence():
    stories = held(ROWS)
    lines = [line for own, _ in stories for line in own]
    weights = choice(lines)
    assert all((line.match.sentences @ weights).argmax() == 0 for line in lines)
    whole = fit(stories)
    assert whole.article.shape == (len(ARTICLE) + 1,)
    assert whole.score[0] > 0


def test_every_story_has_one_fold_and_folds_are_of_a_size():
    of = folds(45, 10)
    assert sorted(np.bincount(of)) == [4] * 5 + [5] * 5
    assert (of == folds(45, 10)).all()


def test_word_vectors_bring_words_of_one_company_together():
    pytest.importorskip("scipy", reason="scipy comes with the extra train")
    draw = np.random.default_rng(1)
    worlds = (["goal", "match", "referee", "league"], ["court", "judge", "appeal", "verdict"])
    texts = [" ".join(draw.choice(worlds[n % 2], 8)) for n in range(200)]
    stems, found = fit_meanings(list(paragraphs(texts)), size=3)
    unit = dict(zip(stems, found / np.linalg.norm(found, axis=1, keepdims=True), strict=True))
    assert unit["goal"] @ unit["leagu"] > unit["goal"] @ unit["judg"]
