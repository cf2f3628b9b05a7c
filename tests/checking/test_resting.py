"""With a judge a line rests on the smallest set of sentences that entails it, within the budget of pairs."""

import pytest

import newsum
from newsum import Article, Entailment

HERALD = Article(
    "The Harbour Herald",
    "Mayor Ines Roth opened the new ferry terminal of Lambe on Monday. The terminal will bring 300 jobs to the port.",
)
WIRE = Article(
    "Northgate Wire",
    "The new ferry terminal of Lambe, opened on Monday, will bring some 300 jobs to the port, its owner said.",
)
COURIER = Article("Coast Courier", "A strike closed the old pier. The terminal of Lambe was opened by Ines Roth.")
LINE = "Ines Roth opened the ferry terminal of Lambe, which will bring 300 jobs to the port."


class Needs:
    """Entailed where the premise holds every one of some words, else open; it counts what it is asked."""

    def __init__(self, *words: str) -> None:
        self.words, self.asked = words, []

    def entailment(self, pairs):
        self.asked += pairs
        return [Entailment(0.97, 0.02, 0.01) if self._has(p) else Entailment(0.3, 0.68, 0.02) for p, _ in pairs]

    def _has(self, premise: str) -> bool:
        return all(word in premise for word in self.words)


def line_by(judge, *articles, text=LINE):
    (line,) = newsum.attribute([text], articles or (HERALD, WIRE, COURIER), judge=judge).lines
    return line


def test_what_one_sentence_entails_rests_on_it_alone():
    rules, judged = line_by(None), line_by(Needs("jobs"))
    assert len(rules.evidence) > 1
    assert len(judged.evidence) == 1
    assert judged.support.label == "supported"


def test_what_only_two_sentences_entail_together_rests_on_both():
    line = line_by(Needs("Mayor Ines Roth", "300 jobs"), HERALD)
    assert sorted(e.quote[:5] for e in line.evidence) == ["Mayor", "The t"]


def test_where_the_judge_is_sure_of_none_the_line_rests_on_what_the_rules_found():
    assert {e.start for e in line_by(Needs("nowhere at all")).evidence} == {e.start for e in line_by(None).evidence}


def test_what_is_left_out_of_the_evidence_is_corroboration_still_one_sentence_an_article():
    rules, judged = line_by(None), line_by(Needs("jobs"))
    everyone = {e.article for e in (*rules.evidence, *rules.corroboration)}
    assert {e.article for e in (*judged.evidence, *judged.corroboration)} == everyone
    others = [e.article for e in judged.corroboration]
    assert len(others) == len(set(others))
    assert not set(others) & {e.article for e in judged.evidence}


def test_a_line_that_is_a_sentence_rests_on_that_sentence():
    text = "The terminal will bring 300 jobs to the port."
    assert [e.quote for e in line_by(Needs("jobs"), HERALD, COURIER, text=text).evidence] == [text]


@pytest.mark.parametrize("words", [("jobs",), ("nowhere at all",), ("Mayor", "owner")])
def test_no_more_than_ten_pairs_are_asked_about_a_line(words):
    judge = Needs(*words)
    many = [Article(f"Outlet {n} News", f"{HERALD.text} Day {n}.") for n in range(12)]
    line_by(judge, HERALD, WIRE, COURIER, *many)
    assert 0 < len(judge.asked) <= 3 + 3 + 4
