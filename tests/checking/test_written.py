"""How likely a line that a model wrote is true: the judge's answer and the words that stand in one sentence."""

import pytest
from analysed import analyse

from newsum.checking import Judged, check
from newsum.checking.alignment import compare
from newsum.checking.written import likelihood
from newsum.judging import Entailment
from newsum.summary import Evidence

SENTENCE = "Ferry crews in Osterland began a three-day strike over night rosters on Tuesday, the union said."
CUT = "Ferry crews in Osterland began a three-day strike over night rosters on Tuesday."
OTHER = "Sailors across the islands walked out for half a week in a row about their working hours."


def sure(entailed):
    return Entailment(entailed, 1 - entailed, 0.0)


def likely(line, entailed):
    return likelihood(sure(entailed), compare(analyse(line), [analyse(SENTENCE)]))


def test_what_is_cut_from_a_sentence_needs_less_of_the_judge_than_what_is_said_in_other_words():
    assert likely(CUT, 0.5) > 0.5 > likely(OTHER, 0.5)
    assert likely(OTHER, 0.99) > 0.5


def test_what_the_judge_denies_is_not_supported_whatever_its_words():
    line, source = analyse(CUT), analyse(SENTENCE)
    evidence = [Evidence("1", "Gazette", 0, len(SENTENCE), SENTENCE, 1.0)]
    labels = [
        check(line, evidence, [source], judged=Judged(sure(entailed)), written=True).support.label
        for entailed in (0.05, 0.5)
    ]
    assert labels == ["partly", "supported"]


@pytest.mark.parametrize("line", [CUT, OTHER])
def test_the_surer_the_judge_the_likelier(line):
    found = [likely(line, entailed) for entailed in (0.0, 0.2, 0.5, 0.8, 1.0)]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1
