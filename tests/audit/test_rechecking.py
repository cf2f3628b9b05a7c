"""`Summary.verify(judge=...)`: labels and credits are made again, and what comes out otherwise is told."""

from dataclasses import replace

import pytest
from scripted_judge import ScriptedJudge

import newsum
from newsum import Article, ArticleError, CheckpointError, Entailment
from newsum.summary import Summary, Support

HERALD = Article(
    "The Harbour Herald",
    "Mayor Ines Roth opened the new ferry terminal on Monday. She said that it would bring 300 jobs to the port.",
    published="2026-03-10",
)
WIRE = Article(
    "Northgate Wire",
    "A new ferry terminal was opened on Monday by the mayor, Ines Roth.",
    published="2026-03-10",
)
LINE = "Mayor Ines Roth opened the new ferry terminal."


class Says:
    name, revision = "steady", "1"

    def __init__(self, entailed: float) -> None:
        self.entailed = entailed

    def entailment(self, pairs):
        return [Entailment(self.entailed, 1 - self.entailed, 0.0) for _ in pairs]


def brief(judge) -> Summary:
    made = newsum.attribute([LINE, "The terminal would bring 300 jobs to the port."], [HERALD, WIRE], judge=judge)
    return Summary.from_json(made.to_json())


def test_what_was_made_so_comes_out_so_again():
    assert brief(Says(0.97)).verify([HERALD, WIRE], judge=Says(0.97)) == ()


def test_nobody_is_asked_where_no_judge_is_named():
    assert brief(Says(0.97)).verify([HERALD, WIRE]) == ()


def test_another_judge_gives_another_label_and_the_failure_names_field_value_and_judge():
    (first, *_) = brief(Says(0.97)).verify([HERALD, WIRE], judge=Says(0.05))
    assert (first.kind, first.line) == ("field", 0)
    assert first.message == (
        "Line 1: support.label is “supported”, but the rules and the judge steady make it “partly”."
    )


def test_a_label_that_was_changed_by_hand_is_told_though_no_rule_of_form_speaks_against_it():
    made = replace(brief(Says(0.97)), digest="")
    line = made.lines[0]
    changed = replace(made, lines=(replace(line, support=Support("partly", line.support.score)), *made.lines[1:]))
    assert changed.verify([HERALD, WIRE]) == ()
    (failure,) = changed.verify([HERALD, WIRE], judge=Says(0.97))
    assert "support.label is “partly”" in failure.message


def test_who_was_left_out_of_also_is_told():
    made = brief(Says(0.97))
    line = made.lines[0]
    assert line.also
    changed = replace(made, lines=(replace(line, also=()), *made.lines[1:]), digest="")
    (failure,) = changed.verify([HERALD, WIRE], judge=Says(0.97))
    assert failure.message.startswith("Line 1: also is nobody, but the rules and the judge steady make it ")


def test_a_line_whose_evidence_is_gone_has_that_failure_alone():
    told = brief(Says(0.97)).verify([HERALD, replace(WIRE, text="Nothing of the kind.")], judge=Says(0.05))
    assert all(failure.line != 0 or failure.kind != "field" for failure in told)


def test_ids_that_changed_do_not_matter():
    made = brief(Says(0.97))
    again = [Article(a.outlet, a.text, published=a.published, id=f"other-{n}") for n, a in enumerate((HERALD, WIRE))]
    assert [f for f in made.verify(again, judge=Says(0.97)) if "judge" in f.message] == []


def test_a_brief_of_newsums_own_with_its_dates_put_in_comes_out_so_again():
    judge = ScriptedJudge()
    made = newsum.summarise([HERALD, WIRE], words=40, model=None, judge=judge)
    assert any("Monday (9 March)" in line.text for line in made.lines)
    assert made.verify([HERALD, WIRE], judge=judge) == ()


def test_a_judge_that_is_not_there_and_articles_without_text_are_errors():
    made = brief(Says(0.97))
    with pytest.raises(CheckpointError):
        made.verify([HERALD], judge="no/such/judge")
    with pytest.raises(ArticleError):
        made.verify([Article("The Harbour Herald", "")], judge=Says(0.97))
