import subprocess
import sys

import pytest
from scripted_judge import ScriptedJudge

from newsum.errors import ReadingWarning, SettingsError
from newsum.judging import Entailment, entailment

PAIRS = [("The pier burnt. Two men were held.", "Two men were held."), ("The pier did not burn.", "The pier burnt.")]


def test_any_object_with_the_method_is_a_judge() -> None:
    judge = ScriptedJudge()
    assert [found.label for found in entailment(PAIRS, judge)] == ["entailed", "contradicted"]
    assert judge.asked == PAIRS


def test_no_pairs_have_no_answers() -> None:
    assert entailment([], ScriptedJudge()) == []


def test_the_pairs_are_unchanged() -> None:
    before = list(PAIRS)
    entailment(PAIRS, ScriptedJudge())
    assert before == PAIRS


@pytest.mark.parametrize("pairs", ["text", ["ab", "cd"], [("one",)], [("one", "two", "three")]])
def test_what_is_no_list_of_pairs_is_refused(pairs: object) -> None:
    with pytest.raises(SettingsError, match=r"list of \(premise, hypothesis\)"):
        entailment(pairs, ScriptedJudge())  # type: ignore[arg-type]


def test_what_is_no_judge_is_refused() -> None:
    with pytest.raises(SettingsError, match="a folder or an object"):
        entailment(PAIRS, object())  # type: ignore[arg-type]


def test_a_judge_that_answers_too_little_is_refused() -> None:
    class Lazy:
        def entailment(self, pairs: object) -> list[Entailment]:
            return []

    with pytest.raises(SettingsError, match="0 answers to 2 pairs"):
        entailment(PAIRS, Lazy())


def test_what_a_judge_left_out_is_said() -> None:
    class Short:
        def entailment(self, pairs: object) -> list[Entailment]:
            return [Entailment(1, 0, 0, left_out=3), Entailment(1, 0, 0)]

    with pytest.warns(ReadingWarning, match="1 of 2 premises are longer"):
        entailment(PAIRS, Short())


def test_importing_loads_neither_torch_nor_ctranslate2() -> None:
    code = "import sys, newsum.judging; print(sorted({'torch', 'ctranslate2', 'tokenizers'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
