"""What ROUGE misses: attribution, support, balance, novelty, repetition, on briefs small enough to count by hand."""

import math
from dataclasses import replace

import pytest

from newsum.articles import Article, Story
from newsum.attribution.credits import with_credits
from newsum.errors import SettingsError
from newsum.evaluation.quality import attribution, balance, measure_text, novelty, repetition, supported
from newsum.summary import Evidence, Line, Source, Summary, Support

STORY = Story(
    tuple(Article(outlet, f"{outlet} reports.", id=outlet.lower()) for outlet in ("Wire", "Courier", "Ledger"))
)
GOOD, BAD = Support("supported", 0.9), Support("unsupported", 0.1)


def line(*outlets, support=GOOD):
    evidence = tuple(Evidence(o.lower(), o, 0, 4, f"{o} reports."[:4], 1.0) for o in outlets)
    return with_credits(Line("A line.", evidence, support=support))


def brief(*lines):
    return Summary(lines, sources=tuple(map(Source.of, STORY.articles)))


def test_attribution_is_averaged_over_lines():
    summary = brief(line("Wire"), line("Wire", "Courier"), line("Ledger"))
    found = attribution(summary, [{"Wire"}, {"Wire"}, {"Wire", "Courier"}])
    assert found["precision"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found["recall"] == pytest.approx((1 + 1 + 0) / 3)
    assert found["f1"] == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert found["exact"] == pytest.approx(1 / 3)


def test_outlets_named_as_saying_the_same_are_counted_when_asked_but_copies_are_not():
    same = Evidence("courier", "Courier", 0, 4, "Cour", 0.9)
    copy = Evidence("ledger", "Ledger", 0, 4, "Ledg", 0.9, copy_of="wire")
    summary = brief(with_credits(replace(line("Wire"), corroboration=(same, copy))))
    for gold in ({"Wire", "Courier"}, {"wire", "courier"}):
        assert attribution(summary, [gold])["recall"] == 0.5
        assert attribution(summary, [gold], also=True)["exact"] == 1.0


def test_credits_may_be_given_as_article_ids():
    assert attribution(brief(line("Wire")), [["wire"]])["exact"] == 1.0


def test_a_line_that_credits_nobody_has_no_precision():
    assert attribution(brief(line()), [["Wire"]]) == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "exact": 0.0}


def test_a_line_that_rests_on_nothing_is_right_to_credit_nobody():
    assert attribution(brief(line()), [[]]) == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "exact": 1.0}


def test_a_name_that_is_no_outlet_of_the_story_is_an_error_that_lists_them():
    with pytest.raises(SettingsError, match="no outlet or article Bugle; its outlets are Courier, Ledger, Wire"):
        attribution(brief(line("Wire")), [["Bugle"]])


def test_credits_for_another_number_of_lines_are_an_error():
    with pytest.raises(SettingsError, match="the summary has 1 lines, its right credits are for 2"):
        attribution(brief(line("Wire")), [["Wire"], ["Wire"]])


def test_support_is_the_share_of_lines_with_that_verdict():
    assert supported(brief(line("Wire"), line("Wire", support=BAD), line("Wire"), line("Wire"))) == 0.75


def test_balance_is_one_where_all_outlets_are_credited_alike_and_nought_where_one_is():
    assert balance(brief(line("Wire"), line("Courier"), line("Ledger"))) == pytest.approx(1.0)
    assert balance(brief(line("Wire"), line("Wire"))) == 0.0
    assert balance(brief(line("Wire"), line("Courier"))) == pytest.approx(math.log(2) / math.log(3))


def test_balance_cannot_be_told_of_one_outlet_or_no_credits():
    assert balance(Summary((line("Wire"),), sources=(Source.of(STORY.articles[0]),))) is None
    assert balance(brief(line())) is None


def test_novelty_counts_ngrams_that_no_article_has():
    articles = ["The treaty was signed.", "Gas will flow in October."]
    assert novelty("The treaty will flow.", articles, 1) == 0.0
    assert novelty("The treaty will flow.", articles, 2) == pytest.approx(1 / 3)
    assert novelty("The treaty will flow.", articles, 3) == 1.0


def test_sentences_taken_over_from_different_places_are_not_new():
    assert novelty("Gas flows. It was signed.", ["It was signed. Gas flows."], 2) == 0.0


def test_novelty_cannot_be_told_of_a_text_with_too_few_words():
    assert novelty("Signed.", ["Signed."], 2) is None


def test_repetition_is_the_share_of_trigrams_said_before():
    assert repetition("a b c d") == 0.0
    assert repetition("a b c a b c") == pytest.approx(1 / 4)
    assert repetition("a b") == 0.0


def test_length_is_measured_against_the_words_asked_for():
    found = measure_text("One two three - four.", 8, ())
    assert (found["words"], found["length"]) == ((4.0, 1), (0.5, 1))
    assert "novelty1" not in found
