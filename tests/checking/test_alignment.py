"""A line beside one sentence: what is matched, what stands in another's place, and what was turned round or cut."""

import pytest

from newsum.checking.alignment import align, claims, compare, respaced
from newsum.checking.cropping import Cuts, cuts
from newsum.checking.polarity import added_negation, dropped_hedge, lost_negation, turned_direction
from newsum.text.analysis import analyse

SOURCE = "Halden sued Corvane for $4.1 billion on Monday in March."


def beside(line, *sources):
    return compare(analyse(line), map(analyse, sources))


def aligned(line, source):
    return align(analyse(line), analyse(source))


def turned(look, line, source):
    return look(beside(line, source)).closeness


def test_a_figure_is_one_token_whatever_its_writing():
    assert [t.key for t in analyse("$4.1bn").tokens] == [t.key for t in analyse("4.1 billion").tokens] == ["#4.1e+09"]


def test_names_figures_and_dates_are_claims_and_an_outlet_that_reports_is_none():
    line = "Marta Sollenberg signed for 55 billion cubic metres on Monday in May, Reuters reports."
    assert [(c.kind, line[slice(*c.span)]) for c in claims(analyse(line))] == [
        ("name", "Marta Sollenberg"),
        ("number", "55 billion"),
        ("weekday", "Monday"),
        ("month", "May"),
    ]


@pytest.mark.parametrize(
    ("line", "altered", "true"),
    [
        ("Corvane sued Halden for $4.1 billion on Monday in March.", "Corvane", "Halden"),
        ("Halden sued Corvane for $4.2 billion on Monday in March.", "$4.2 billion", "$4.1 billion"),
        ("Halden sued Corvane for $4.1 billion on Friday in March.", "Friday", "Monday"),
        ("Halden sued Corvane for $4.1 billion on Monday in May.", "May", "March"),
    ],
)
def test_what_stands_in_a_claims_place_is_its_rival(line, altered, true):
    alignment = aligned(line, SOURCE)
    found = {line[slice(*c.span)]: alignment.rivals(c) for c in claims(analyse(line)) if not alignment.holds(c)}
    assert [SOURCE[t.start : t.end] for t in found[altered]] == [true]


def test_a_copy_holds_all_of_its_claims_among_all_of_their_neighbours():
    alignment = aligned(SOURCE, SOURCE)
    assert alignment.share == 1.0
    assert all(alignment.holds(c) and alignment.company(c) == 1.0 for c in claims(analyse(SOURCE)))


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Kestrian gas flowed.", "Gas from Kestria flowed."),
        ("The New York Stock Exchange has data.", "NYSE has data."),
        ("The IOC has data.", "The International Olympic Committee has data."),
        ("The US has data.", "The United States has data."),
    ],
)
def test_a_name_is_held_in_another_form(line, source):
    (claim,) = claims(analyse(line))
    for text, holds in ((source, True), ("It has data.", False)):
        (alignment,) = compare(analyse(line), [analyse(text)]).aligned
        assert alignment.holds(claim) is holds


def test_figures_are_written_as_the_line_has_them():
    for line, source, written in (
        ("It cost $36,000.", "It cost $ 36, 000 then.", "It cost $ 36,000 then."),
        ("It cost $1.7 million.", "It cost $1.", "It cost $1.7"),
        ("In 2019, 800 came.", "In 2019, 800 came.", "In 2019, 800 came."),
    ):
        assert respaced(analyse(line), analyse(source)).text == written


@pytest.mark.parametrize(
    ("look", "line", "source"),
    [
        (added_negation, "The group did not pay the hackers.", "The group did pay the hackers."),
        (added_negation, "Purdue is not likely to file for bankruptcy.", "Purdue is likely to file for bankruptcy."),
        (lost_negation, "The minister would resign on Monday.", "The minister would not resign on Monday."),
        (lost_negation, "Doctors found evidence of harm.", "Doctors found no evidence of harm."),
        (turned_direction, "Gas prices rose in March.", "Gas prices fell in March."),
        (dropped_hedge, "The bank will close 96 branches.", "The bank may close 96 branches."),
    ],
)
def test_a_sense_turned_round_is_seen_in_its_place(look, line, source):
    assert turned(look, line, source) == 1.0
    assert turned(look, source, source) == 0.0


def test_another_evidence_that_says_it_plainly_takes_a_lost_not_back():
    line, denied = "The minister will resign.", "The minister will not resign."
    assert lost_negation(beside(line, denied, line)).closeness == 0.0
    assert lost_negation(beside(line, denied)).closeness == 1.0


def test_a_cut_at_a_pause_is_clean_and_one_inside_a_phrase_is_not():
    source = "The ladies, both from Leeds, have lent their faces to the campaign for the drive in May."
    for line, cut in (
        ("The ladies have lent their faces to the campaign for the drive in May.", Cuts(0, 0, 0, 0)),
        ("The ladies have lent to the campaign for the drive in May.", Cuts(0, 1, 0, 0)),
        ("The ladies, both from Leeds, have lent their faces to the campaign for", Cuts(0, 0, 0, 1)),
        ("The ladies, both from Leeds, have lent their cars to the campaign for the drive in May.", Cuts(1, 0, 0, 0)),
    ):
        assert cuts(source, aligned(line, source)) == cut
