"""What is wrong with a line is found in it, and a line that its evidence says is called supported."""

import pytest
from fixture_stories import NAMES, story

from newsum.checking import Judged, check, context_of, find, keeps_order
from newsum.judging import Entailment
from newsum.similarity.stories import analyse_story
from newsum.summary import Evidence, Support
from newsum.text.analysis import analyse

SOURCE = (
    "Halden Provincial said on Monday that 1,800 of its 14,600 jobs would go over three years and that its shares fell "
    "3.2 percent."
)


def evidence(text, outlet="BBC", article="a"):
    return Evidence(article, outlet, 0, len(text), text, 1.0)


def words_of(line, spans):
    return [line[start:end] for start, end in spans]


def checked(line, given, **options):
    return check(analyse(line), given, [analyse(e.quote) for e in given], **options).support


def verdict(line, *texts):
    return checked(line, [evidence(text) for text in texts])


def found(line, *texts, kind):
    """The words of a line that are found to be of a kind."""
    return [line[slice(*f.span)] for f in find(analyse(line), map(analyse, texts)) if f.kind == kind]


def test_a_changed_figure_is_found_and_pointed_at():
    line = "Halden Provincial said that 2,800 of its 14,600 jobs would go over three years."
    assert found(line, SOURCE, kind="figure") == ["2,800"]
    seen = verdict(line, SOURCE)
    assert seen.label != "supported"
    assert "2,800" in words_of(line, seen.unsupported)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The deal is worth $4.1bn.", "The deal is worth 4.1 billion dollars."),
        ("Shares fell by four percent.", "Shares fell by 4%."),
        ("The quake left 1,400 people homeless.", "The quake left fourteen hundred people homeless."),
    ],
)
def test_a_figure_written_otherwise_is_the_same_figure(line, source):
    assert found(line, source, kind="figure") == []


@pytest.mark.parametrize(
    ("line", "source", "altered"),
    [
        ("The deal is worth $4.1bn.", "The deal is worth £4.1bn.", "$4.1bn"),
        ("The deal is worth $4.1bn.", "The deal is worth $4.1m.", "$4.1bn"),
        ("Shares fell by 32 percent.", "Shares fell by 3.2 percent.", "32 percent"),
    ],
)
def test_another_currency_scale_or_decimal_is_another_figure(line, source, altered):
    assert found(line, source, kind="figure") == [altered]


def test_a_swapped_name_is_found_and_pointed_at():
    line = "Corvane Savings said that 1,800 of its 14,600 jobs would go over three years."
    seen = verdict(line, SOURCE)
    assert found(line, SOURCE, kind="name") == ["Corvane Savings"]
    assert seen.label != "supported"
    assert "Corvane Savings" in words_of(line, seen.unsupported)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The treaty obliges either state to send troops.", "The treaty does not oblige either state to send troops."),
        ("The party would vote for the treaty.", "The party would not vote for the treaty."),
        ("Exxon misled its investors.", "Exxon never misled its investors."),
        ("The minister admitted the charge.", "The minister didn't admit the charge."),
        ("The treaty was not signed on Monday in Rome.", "The treaty was signed on Monday in Rome."),
        ("The group did not pay the hackers.", "The group paid the hackers."),
    ],
)
def test_a_not_that_only_one_side_has_contradicts(line, source):
    assert verdict(line, source).label == "contradicted"


def test_a_not_far_from_what_the_line_says_is_no_contradiction():
    source = "The treaty was signed on Monday in Rome, although Volmark had not been consulted beforehand."
    assert verdict("The treaty was signed on Monday in Rome.", source).label == "supported"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Halden's shares rose 3.2 percent.", "Halden's shares fell 3.2 percent."),
        ("Imports from Volmark dropped last year.", "Imports from Volmark increased last year."),
        ("Prices declined in March.", "Prices soared in March."),
    ],
)
def test_a_direction_turned_round_contradicts(line, source):
    assert found(line, source, kind="direction")
    assert verdict(line, source).label == "contradicted"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The bank will close 96 branches by 2029.", "The bank may close 96 branches by 2029."),
        ("The suspect was the leader of the gang.", "The suspect was allegedly the leader of the gang."),
        ("The fee was paid by the club in full.", "The fee was reportedly paid by the club in full."),
    ],
)
def test_a_dropped_hedge_is_found_and_costs_the_line_its_support(line, source):
    assert found(line, source, kind="hedge")
    assert verdict(line, source).label != "supported"


def test_an_altered_quotation_is_found_whole():
    source = 'She called it "a treaty between neighbours who have decided to stop being strangers".'
    line = 'She called it "a treaty between friends who have decided to stop being strangers".'
    seen = verdict(line, source)
    assert found(line, source, kind="quotation") == [
        '"a treaty between friends who have decided to stop being strangers"'
    ]
    assert seen.label != "supported"


def test_curly_and_straight_marks_quote_the_same_words():
    assert found("He said “we’ll see”.", 'He said "we\'ll see".', kind="quotation") == []


def test_a_word_that_no_evidence_has_is_pointed_at():
    line = "Osterland and Kestria signed a controversial treaty."
    assert found(line, "Osterland and Kestria signed a treaty.", kind="word") == ["controversial"]


def test_a_line_without_evidence_is_unsupported_from_end_to_end():
    line = "The treaty was signed."
    assert checked(line, []) == Support("unsupported", 0.02, ((0, len(line)),))


def test_a_date_that_resolves_the_evidence_may_stand_in_the_line():
    line = "Osterland and Kestria signed the treaty on 5 February."
    source = "Osterland and Kestria signed the treaty on Thursday."
    assert found(line, source, kind="figure") == ["5"]
    assert "5" in words_of(line, verdict(line, source).unsupported)
    assert checked(line, [evidence(source)], dates="5 February").unsupported == ()


def test_a_date_in_the_run_of_a_sentence_takes_nothing_from_its_score():
    line = "Osterland and Kestria signed the treaty on Thursday (5 February) after long talks."
    source = [evidence("Osterland and Kestria signed the treaty on Thursday after long talks.")]
    plain = checked(source[0].quote, source)
    assert checked(line, source, dates="5 February") == plain
    assert checked(line, source).score < plain.score


def test_whom_a_line_cites_need_not_stand_in_the_words_of_that_outlet():
    line, quote = "The treaty was signed on Monday, Reuters reports.", "The treaty was signed on Monday."
    assert checked(line, [evidence(quote, outlet="Reuters")]).label == "supported"
    assert checked(line, [evidence(quote, outlet="source 1")]).unsupported == ()
    assert "Reuters" in words_of(line, checked(line, [evidence(quote, outlet="BBC")]).unsupported)
    other = evidence("The treaty was signed on Monday, CNN reported.", outlet="source 1")
    assert "Reuters" in words_of(line, checked(line, [other]).unsupported)


def test_a_quotation_may_open_with_another_capital_and_leave_words_out():
    source = 'She said, "We waited for three days and then we signed the treaty."'
    assert found('"we waited for three days," she said.', source, kind="quotation") == []
    assert found('"We waited ... and then we signed the treaty," she said.', source, kind="quotation") == []
    assert len(found('"We waited for four days," she said.', source, kind="quotation")) == 1


def test_two_sentences_support_what_neither_says_alone():
    line = "Osterland and Kestria signed the treaty, and Volmark was not consulted."
    first, second = "Osterland and Kestria signed the treaty.", "Volmark was not consulted."
    assert verdict(line, first, second).label == "supported"
    assert verdict(line, first).label != "supported"


def test_every_fault_lowers_the_score_and_more_lower_it_further():
    clean = "Halden Provincial said on Monday that 1,800 of its 14,600 jobs would go over three years."
    one, two = clean.replace("1,800", "2,800"), clean.replace("1,800", "2,800").replace("Halden", "Corvane")
    assert verdict(clean, SOURCE).score > 0.8 > 0.1 > verdict(one, SOURCE).score >= verdict(two, SOURCE).score


@pytest.mark.parametrize(
    ("altered", "span"),
    [
        ("Corvane sued Halden over the sale of the bank on Monday in March.", "Corvane"),
        ("Halden sued Corvane over the sale of the bank on Friday in March.", "Friday"),
        ("Halden sued Corvane over the sale of the bank on Monday in April.", "April"),
        ("Halden sued Marchetti over the sale of the bank on Monday in March.", "Marchetti"),
    ],
)
def test_another_name_or_date_in_the_place_contradicts_even_where_the_sentence_has_it_elsewhere(altered, span):
    source = "Halden sued Corvane over the sale of the bank on Monday in March."
    seen = verdict(altered, source)
    assert seen.label == "contradicted"
    assert span in words_of(altered, seen.unsupported)
    assert verdict(source, source).label == "supported"


def test_a_figure_that_no_article_has_keeps_a_paraphrase_from_being_supported():
    context = context_of(analyse_story(story("treaty")))
    line = "The treaty obliges both governments to consult within 77 hours of a threat."
    quote = "Osterland and Kestria signed a 15-year treaty, committing both governments to consult within 48 hours."
    assert checked(line, [evidence(quote)], story=context).label != "supported"
    assert checked(line.replace("77", "48"), [evidence(quote)], story=context).label == "supported"


def test_figures_that_were_taken_apart_into_tokens_are_the_same_figures():
    line = "The fortress lies 3,800 km from Moscow and 98.7 km from the border."
    assert found(line, "The fortress lies 3, 800 km from Moscow and 98. 7 km from the border.", kind="figure") == []


def test_a_name_in_another_form_is_the_same_name():
    line = "Osterland signed for 55 billion cubic metres of Kestrian gas."
    assert verdict(line, "Osterland signed for 55 billion cubic metres of gas from Kestria.").label == "supported"


def test_a_judge_moves_the_score_and_may_withhold_support():
    line = "Halden Provincial said on Monday that its shares fell 3.2 percent."
    given = [evidence(SOURCE)]
    alone = checked(line, given)
    sure, sceptical = (
        checked(line, given, judged=Judged(answer))
        for answer in (Entailment(0.98, 0.01, 0.01), Entailment(0.01, 0.98, 0.01))
    )
    assert sceptical.score < 0.5 <= sure.score
    assert (alone.label, sure.label, sceptical.label) == ("supported", "supported", "partly")


def test_an_untouched_source_sentence_is_supported_by_itself():
    """At least 97 of 100; it was every one of 998 when this was written."""
    articles = [a for name in NAMES for a in analyse_story(story(name)).articles]
    read = [part.text for a in articles for part in a.readable if part is not None]
    backed = sum(verdict(text, text).label == "supported" for text in read)
    assert len(read) > 700
    assert backed >= 0.97 * len(read)


def test_a_string_of_the_sources_words_is_not_in_their_order():
    source = "Prime Minister Marta Sollenberg signed the treaty on a budget that parliament owned in February."
    sentences = [analyse(source)]
    assert keeps_order(analyse("Prime Minister Marta Sollenberg signed the treaty in February."), sentences)
    assert not keeps_order(
        analyse("Treaty February owned Marta parliament signed budget Sollenberg Minister."), sentences
    )
