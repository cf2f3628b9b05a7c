"""What a sentence has of a line, counted on texts small enough to check by hand; how the weights are fitted."""

import numpy as np
import pytest
from extras import need

from newsum.attribution.grounding import SAID, said
from newsum.attribution.matching import ARTICLE, SENTENCE, Matcher
from newsum.similarity.vectors import SIZE, vectors
from newsum.text.analysis import analyse
from recipes.attribution import choice, fit, folds, held, spark_grounds
from recipes.fitting import fit_logistic
from recipes.meanings import fit as fit_meanings
from recipes.meanings import paragraphs

TEXTS = ("The mayor resigned on Monday.", "He gave no reason.", "Police arrested 12 fans.", "Two fans were detained.")
MATCHER = Matcher(list(map(analyse, TEXTS)), [0, 0, 1, 1], [0, 1, 0, 1])


def column(line, name):
    return MATCHER.match(analyse(line)).sentences[:, SENTENCE.index(name)]


def test_terms_that_a_sentence_shares_with_the_line_are_counted():
    assert np.expm1(column("The mayor resigned.", "shared")).round(6).tolist() == [2, 0, 0, 0]
    assert column("The mayor resigned.", "covered").tolist() == [1, 0, 0, 0]
    assert column("The mayor resigned.", "bm25")[1:].tolist() == [0, 0, 0]


def test_runs_of_words_count_the_small_ones_too():
    assert column("The mayor resigned.", "two").tolist() == [1, 0, 0, 0]
    assert column("The mayor resigned.", "three").tolist() == [1, 0, 0, 0]


def test_runs_of_a_line_of_any_length_are_found():
    words = [
        f"{a}{b}" for a in "bcdfghjklmnp" for b in ("atto", "ello", "isto", "onda", "urra", "ambo", "erko", "ilda")
    ]
    long = " ".join(words).capitalize() + "."
    matcher = Matcher(list(map(analyse, [long, "Fans left."])), [0, 1], [0, 0])
    found = matcher.match(analyse(f"{long[:-1]} {' '.join(word + 's' for word in words)} fans left."))
    two = found.sentences[:, SENTENCE.index("two")]
    assert two[0] > 0.3 > two[1] > 0


def test_a_run_counts_once_in_a_sentence_and_never_goes_on_into_the_next():
    matcher = Matcher(list(map(analyse, ["No more, no more.", "Fans left."])), [0, 0], [0, 1])
    two = matcher.match(analyse("No more fans left.")).sentences[:, SENTENCE.index("two")]
    assert two.round(6).tolist() == [0.333333, 0.333333]


def test_a_story_without_sentences_has_nothing_of_a_line():
    assert Matcher([], [], []).match(analyse("The mayor resigned.")).sentences.shape == (0, len(SENTENCE))


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
    match = MATCHER.match(analyse("The mayor resigned on Monday."))
    articles = MATCHER.articles_of(match, np.array([3.0, 1.0, 0.0, -1.0]))
    assert articles.shape == (2, len(ARTICLE))
    assert articles[:, ARTICLE.index("odds")].tolist() == [3, 0]
    assert articles[:, ARTICLE.index("likely")].sum() == pytest.approx(1)
    assert articles[0, ARTICLE.index("three")] == 1 > 10 * articles[1, ARTICLE.index("three")]
    assert articles[0, ARTICLE.index("repeats")] == pytest.approx(1)


def grounds(line, name):
    return said(MATCHER.match(analyse(line)), MATCHER)[SAID.index(name)]


def test_a_story_has_more_of_its_own_line_than_of_another():
    own, other = "The mayor gave no reason.", "Zebras graze in Kenya."
    assert grounds(own, "language") > 0 > grounds(other, "language")
    assert grounds(own, "salient") > grounds(other, "salient") == 0
    assert grounds("Zebras of Kenya graze.", "names") > grounds(own, "names") == 0


def test_what_neighbouring_sentences_have_counts_together_within_an_article_only():
    mayor, reason = grounds("The mayor left.", "together"), grounds("A reason was left.", "together")
    assert grounds("The mayor left a reason.", "together") == pytest.approx(mayor + reason)
    assert grounds("Police left a reason.", "together") == max(grounds("Police left.", "together"), reason)


def test_figures_are_counted_where_they_stand_and_where_they_are_missing():
    assert (grounds("Police held 12 fans.", "figures"), grounds("Police held 12 fans.", "no_figures")) == (1, 0)
    assert (grounds("Police held 15 fans.", "figures"), grounds("Police held 15 fans.", "no_figures")) == (0, 1)


def test_a_line_without_a_telling_word_has_numbers_too():
    assert np.isfinite(said(MATCHER.match(analyse("Not once.")), MATCHER)).all()


def test_vectors_are_of_length_one_or_zero():
    found = vectors(["polic", "no such stem", "#12"])
    assert found.shape == (3, SIZE)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)


# --- the recipes --------------------------------------------------------------------------------------


def test_logistic_regression_finds_the_column_that_tells():
    draw = np.random.default_rng(0)
    found = draw.normal(size=(400, 2))
    weights = fit_logistic(found, (found[:, 0] > 0.5).astype(float))
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
    own = held(ROWS)[0]
    assert [line.is_source.tolist() for line in own] == [[1, 0, 0, 0]]
    assert own[0].says.tolist() == [1, 0]
    known = spark_grounds(ROWS)
    assert [(one.own.shape, one.foreign.shape) for one in known] == [((1, len(SAID)), (4, len(SAID)))] * len(ROWS)
    together = SAID.index("together")
    assert all(one.own[0, together] > one.foreign[:, together].max() for one in known)


def test_fitted_weights_choose_the_aligned_sentence():
    stories = held(ROWS)
    lines = [line for own in stories for line in own]
    weights = choice(lines)
    assert all((line.match.sentences @ weights).argmax() == 0 for line in lines)
    whole = fit(stories, spark_grounds(ROWS))
    assert whole.article.shape == (len(ARTICLE) + 1,)
    assert whole.score[0] > 0
    assert whole.said.shape == (len(SAID) + 1,)


def test_every_story_has_one_fold_and_folds_are_of_a_size():
    of = folds(45, 10)
    assert sorted(np.bincount(of)) == [4] * 5 + [5] * 5
    assert (of == folds(45, 10)).all()


def test_word_vectors_bring_words_of_one_company_together():
    need("train")
    draw = np.random.default_rng(1)
    worlds = (["goal", "match", "referee", "league"], ["court", "judge", "appeal", "verdict"])
    texts = [" ".join(draw.choice(worlds[n % 2], 8)) for n in range(200)]
    stems, found = fit_meanings(list(paragraphs(texts)), size=3)
    unit = dict(zip(stems, found / np.linalg.norm(found, axis=1, keepdims=True), strict=True))
    assert unit["goal"] @ unit["leagu"] > unit["goal"] @ unit["judg"]
