"""Who did what is told by the company that a name keeps in the whole story."""

from newsum.checking.alignment import align, claims
from newsum.checking.alterations import doubts
from newsum.checking.context import StoryContext
from newsum.text.words import numbers

STORY = StoryContext(
    [
        [
            "Banks merge",
            "Halden Provincial will close 96 branches in the north by 2029.",
            "Robert Aske, its chief executive, told senators that 2,100 jobs would go.",
            "Lena Marchetti, who leads the union, said strikes would follow.",
        ]
    ]
)


def place(line, name):
    return STORY.place(line, next(c for c in claims(line) if line[slice(*c.span)] == name))


def test_a_name_in_its_own_company_is_where_its_neighbours_are():
    found = place("Robert Aske told senators that 2,100 jobs would go.", "Robert Aske")
    assert found.held == found.best > 0.9
    assert found.own > found.rival


def test_a_swapped_name_is_not_where_its_neighbours_are_and_another_is():
    found = place("Lena Marchetti told senators that 2,100 jobs would go.", "Lena Marchetti")
    assert found.best - found.held > 0.5
    assert found.rival > found.own


def test_a_name_that_the_story_has_not_got_stands_in_no_sentence():
    assert place("Rupert Oldham told senators that 2,100 jobs would go.", "Rupert Oldham").sentences == 0


def test_a_story_counts_a_figure_or_one_that_it_rounds():
    assert [STORY.counts(numbers(text)[0]) for text in ("2,100 jobs", "2,000 jobs", "2,150 jobs", "96 branches")] == [
        True,
        True,
        False,
        True,
    ]


def test_doubts_rise_where_a_name_was_swapped():
    true = "The chief executive Robert Aske warned senators that 2,100 jobs would go."
    source = "Robert Aske, its chief executive, told senators that 2,100 jobs would go."
    seen = {}
    for line in (true, true.replace("Robert Aske", "Lena Marchetti")):
        found = doubts(line, [align(line, source)], STORY)
        seen[line] = max(d.probability for d in found if d.claim.kind == "name")
    assert seen[true] < 0.2 < 0.4 < seen[true.replace("Robert Aske", "Lena Marchetti")]


def test_words_are_found_as_they_stand_marks_aside():
    assert STORY.says("told senators that 2,100 jobs")
    assert not STORY.says("told senators that 2,200 jobs")
