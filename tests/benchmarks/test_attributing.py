"""The attribution benchmark: what a credit is worth, and simpler ways beside newsum."""

import pytest

from benchmarks.attributing import fixture_lines, line_scores, report
from benchmarks.attributors import ATTRIBUTORS, Credit, by_newsum, rouge_l, tfidf
from newsum.summary import Evidence


def evidence(article, start, end, score=1.0):
    return Evidence(article, article.upper(), start, end, "x" * (end - start), score)


def test_a_credit_is_measured_by_articles_and_characters():
    credit = Credit((evidence("a", 0, 10, 0.9), evidence("b", 0, 10, 0.4)))
    assert line_scores(credit, frozenset("a"), [("a", 5, 25)]) == {
        "set_f1": pytest.approx(2 / 3),
        "exact": 0.0,
        "best": 1.0,
        "single": 1.0,
        "hit": 1.0,
        "span_precision": 0.25,
        "span_recall": 0.25,
    }


def test_a_line_credited_to_nobody_is_wrong():
    scores = line_scores(Credit(()), frozenset("ab"), [("a", 0, 5)])
    assert (scores["set_f1"], scores["exact"], scores["best"], scores["hit"]) == (0, 0, 0, 0)
    assert scores["single"] is None
    assert scores["span_precision"] is None


def test_an_identical_sentence_is_the_likest():
    texts = ["The mayor resigned.", "Fans sang in the rain."]
    for likeness in (tfidf, rouge_l):
        (row,) = likeness(["The mayor resigned."], texts)
        assert row[0] == pytest.approx(1)
        assert row[1] < 0.5


def test_newsum_is_ahead_of_the_simple_ways_on_the_fixtures_best_article():
    aligned = list(fixture_lines())
    assert all(story.story.articles for story in aligned)

    def best(attribute):
        rows = [
            line_scores(*one)["best"]
            for a in aligned
            for one in zip(attribute(a.story, a.lines), a.credits, a.spans, strict=True)
        ]
        return sum(rows) / len(rows)

    ours = best(by_newsum)
    assert ours >= 0.86
    assert all(ours > best(ATTRIBUTORS[name]()) for name in ("credit all", "the first article", "TF-IDF", "ROUGE-L"))


def test_a_system_that_cannot_be_measured_is_said_so():
    aligned = list(fixture_lines())[:1]
    rows = list(report("fixtures", aligned, {"MiniLM cosine": "no torch"}))
    assert rows[2].startswith("| MiniLM cosine | not measured: no torch |")
