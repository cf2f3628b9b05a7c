"""With a judge: what the rules cannot see is found, what they doubt for nothing is not, and credits follow meaning."""

import pytest
from scripted_judge import ScriptedJudge

import newsum
from newsum import Article, Entailment, SettingsError

HERALD = Article(
    "The Harbour Herald",
    "Mayor Ines Roth opened the new ferry terminal on Monday. She said that it would bring 300 jobs to the port. "
    "Its cafe will follow in the autumn.",
    published="2026-03-10",
)
WIRE = Article(
    "Northgate Wire", "A new ferry terminal was opened on Monday by the mayor, Ines Roth.", published="2026-03-10"
)
DOUBTER = Article(
    "Coast Courier",
    "Mayor Ines Roth did not open the new ferry terminal on Monday as planned, because of a strike.",
    published="2026-03-10",
)


class Answers:
    """A judge that gives one answer to all pairs, but for premises that hold a word."""

    def __init__(self, answer, **others):
        self.answer, self.others, self.asked = answer, others, []

    def entailment(self, pairs):
        self.asked += pairs
        return [next((o for word, o in self.others.items() if word in p), self.answer) for p, _ in pairs]


class Denying:
    """A judge that finds the doubter's words and a line contradicted; the line's and the doubter's only if asked to."""

    def __init__(self, *, both_ways):
        self.both_ways = both_ways

    def entailment(self, pairs):
        return [NO if "did not" in p else (NO if self.both_ways else OPEN) if "did not" in h else YES for p, h in pairs]


YES, OPEN, NO = Entailment(0.97, 0.02, 0.01), Entailment(0.02, 0.95, 0.03), Entailment(0.0005, 0.0005, 0.999)
LINE = "The mayor, Ines Roth, opened a new terminal for ferries."


def checked(line, judge, *articles):
    (found,) = (summary := newsum.attribute([line], articles, judge=judge)).lines
    return found, summary


def test_a_line_that_the_judge_finds_in_its_evidence_is_supported_and_scored_so():
    line, summary = checked(LINE, Answers(YES), HERALD)
    assert line.support.label == "supported"
    assert line.support.score >= 0.5
    assert [fault.kind for fault in summary.faults] == ["untagged"]


@pytest.mark.parametrize(
    ("answer", "kind", "label"), [(OPEN, "untraceable", "partly"), (NO, "contradiction", "contradicted")]
)
def test_a_line_that_the_judge_does_not_find_there_bears_an_error(answer, kind, label):
    line, summary = checked("Mayor Ines Roth closed down the new ferry terminal.", Answers(answer), HERALD)
    assert line.support.label == label
    assert line.support.score < 0.5
    (error,) = [fault for fault in summary.faults if fault.severity == "error"]
    assert error.kind == kind


def test_a_figure_that_no_article_has_is_an_error_whatever_the_judge_thinks():
    line, _ = checked("Mayor Ines Roth said that the new ferry terminal would bring 900 jobs.", Answers(YES), HERALD)
    assert line.support.label != "supported"


def test_a_sentence_of_an_article_is_never_asked_about():
    judge = Answers(NO)
    line, _ = checked("Mayor Ines Roth opened the new ferry terminal on Monday.", judge, HERALD)
    assert line.support.label == "supported"
    assert judge.asked == []


def test_premises_say_who_told_it_and_when():
    judge = Answers(YES)
    checked(LINE, judge, HERALD)
    assert judge.asked[0][0].startswith("The Harbour Herald, Tuesday 10 March 2026: Mayor Ines Roth opened")


def test_wider_premises_are_read_only_where_the_narrow_one_does_not_entail_the_line():
    content, doubting = Answers(YES), Answers(OPEN)
    for judge in (content, doubting):
        checked("A cafe follows in autumn.", judge, HERALD)
    assert len(content.asked) == 1
    assert 1 < len(doubting.asked) <= 3
    assert "it would bring 300 jobs" in doubting.asked[-1][0]  # the sentence before


def test_also_names_outlets_whose_own_sentences_say_the_line_by_words_and_judge_together():
    line = "Mayor Ines Roth opened the new ferry terminal on Monday."
    agreeing, _ = checked(line, Answers(YES), HERALD, WIRE)
    denied, _ = checked(line, Answers(NO), HERALD, WIRE)
    assert agreeing.also == ("Northgate Wire",)
    assert denied.also == ()


def test_an_outlet_that_says_otherwise_makes_a_disagreement():
    line = "Mayor Ines Roth opened the new ferry terminal on Monday."
    found, summary = checked(line, Denying(both_ways=True), HERALD, DOUBTER)
    assert found.also == ()
    (difference,) = summary.disagreements
    assert difference.kind == "statement"
    assert [position.outlet for position in difference.positions] == ["The Harbour Herald", "Coast Courier"]


def test_who_is_denied_only_one_way_round_makes_none():
    line = "Mayor Ines Roth opened the new ferry terminal on Monday."
    found, summary = checked(line, Denying(both_ways=False), HERALD, DOUBTER)
    assert found.also == ()
    assert summary.disagreements == ()


def test_a_judge_is_not_asked_about_another_language_and_a_notice_says_so():
    text = "Der Vertrag wurde gestern in der Hauptstadt von beiden Seiten unterzeichnet und gilt für zehn Jahre."
    judge = Answers(YES)
    _, summary = checked("Der Vertrag gilt für zehn Jahre.", judge, Article("Rundschau", text))
    assert judge.asked == []
    assert "The judge was not asked: it reads English only." in summary.notices


def test_provenance_names_the_judge():
    _, summary = checked(LINE, ScriptedJudge(), HERALD)
    assert summary.provenance["judge"] == {"name": "ScriptedJudge", "revision": None}
    assert checked(LINE, None, HERALD)[1].provenance["judge"] is None


def test_what_is_no_judge_is_refused():
    with pytest.raises(SettingsError, match="a folder or an object"):
        checked(LINE, 7, HERALD)


def test_the_bundled_judge_finds_an_invention_about_a_name_and_keeps_a_paraphrase():
    invented, _ = checked("Mayor Ines Roth was arrested last night.", "bundled", HERALD, WIRE)
    told, _ = checked(LINE, "bundled", HERALD, WIRE)
    assert invented.support.label != "supported"
    assert told.support.label == "supported"


def test_a_line_that_those_above_entail_is_a_repetition_and_leaves_its_label_alone():
    lines = ["Mayor Ines Roth opened the new ferry terminal on Monday.", "The new ferry terminal was opened by Roth."]
    summary = newsum.attribute(lines, [HERALD], judge=Answers(YES))
    (fault,) = [fault for fault in summary.faults if fault.kind == "repetition"]
    assert (fault.line, fault.severity) == (1, "note")
    assert summary.lines[1].support.label == "supported"


def test_a_line_that_those_above_deny_is_a_warning():
    lines = ["Mayor Ines Roth opened the new ferry terminal on Monday.", "It would bring 300 jobs to the port."]
    judge = Answers(YES)
    judge.others = {"Mayor Ines Roth opened the new ferry terminal on Monday.": NO}
    faults = newsum.attribute(
        lines, [Article("Port Wire", "It would bring 300 jobs to the port."), HERALD], judge=judge
    )
    (fault,) = [fault for fault in faults.faults if fault.kind == "contradiction" and fault.line == 1]
    assert fault.severity == "warning"


def test_what_is_doubted_in_a_line_that_rests_on_nothing_is_told_without_a_source():
    line = 'In a Zorvan post, Holm said her "service to the country will not be as a candidate or as the nominee."'
    article = Article("Karrow Post", "Holm told supporters that her service as a candidate will go on for the country.")
    summary = newsum.attribute(line, [article], judge=Answers(Entailment(0.1, 0.8, 0.1)))
    assert summary.lines[0].evidence == ()
    assert any("may be altered, and no article says the rest" in fault.message for fault in summary.faults)
