"""Who did what is told by the company that a name keeps in the whole story."""

from newsum.checking.alignment import align, claims
from newsum.checking.alterations import FEATURES, alterations, features
from newsum.checking.context import StoryContext
from newsum.text.analysis import analyse

SENTENCES = [
    "Banks merge",
    "Halden Provincial will close 96 branches in the north by 2029.",
    "Robert Aske, its chief executive, told senators that 2,100 jobs would go.",
    "Lena Marchetti, who leads the union, said strikes would follow on Friday.",
]
STORY = StoryContext([list(map(analyse, SENTENCES))], published=[("a", "2026-03-10")], by=["The Ledger"])


def place(line, name):
    known = analyse(line)
    return STORY.place(known, next(c for c in claims(known) if line[slice(*c.span)] == name))


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
    texts = ("2,100 jobs", "2,000 jobs", "2,150 jobs", "96 branches", "96 percent")
    known = [STORY.counts(analyse(text).quantities[0]) for text in texts]
    assert known == [True, True, False, True, True]
    assert not StoryContext([[analyse("Shares fell 3.2 percent.")]]).counts(analyse("It paid $3.2.").quantities[0])


def test_alterations_are_likelier_where_a_name_was_swapped():
    true = "The chief executive Robert Aske warned senators that 2,100 jobs would go."
    source = analyse("Robert Aske, its chief executive, told senators that 2,100 jobs would go.")
    seen = {}
    for line in (true, true.replace("Robert Aske", "Lena Marchetti")):
        known = analyse(line)
        found = alterations(known, [align(known, source)], STORY)
        seen[line] = max(d.probability for d in found if d.claim.kind == "name")
    assert seen[true] < 0.2 < 0.4 < seen[true.replace("Robert Aske", "Lena Marchetti")]


def test_words_are_found_as_they_stand_marks_aside():
    assert STORY.says("told senators that 2,100 jobs")
    assert not STORY.says("told senators that 2,200 jobs")


def test_a_name_is_known_by_its_words_its_kin_its_initials_or_who_published_it():
    said = {
        text: STORY.names(analyse(f"It was {text}, he said.").names[0], text)
        for text in ("Lena Marchetti", "Marchettis", "HP", "The Ledger", "Rupert Oldham")
    }
    assert said == {
        "Lena Marchetti": True,
        "Marchettis": True,
        "HP": True,
        "The Ledger": True,
        "Rupert Oldham": False,
    }


def test_a_weekday_of_a_sentence_is_its_date():
    strikes = analyse(SENTENCES[3])
    assert STORY.resolved(strikes, "a") == SENTENCES[3]  # "would follow" on Friday: of which week, nobody knows
    held = analyse("Talks were held on Friday.")
    assert STORY.resolved(held, "a") == "Talks were held on Friday (6 March)."
    assert [(f.quantity.value, f.month) for f in STORY.figures(held, "a")] == [(6.0, "March")]
    assert STORY.may_mean("6 March")
    assert not STORY.may_mean("6 April")


def test_the_nearest_sentences_share_most_of_a_line():
    nearest = STORY.nearest(analyse("The union said that strikes would follow."))
    assert nearest[0].text == SENTENCES[3]


def test_only_claims_that_are_not_beyond_doubt_have_features():
    source, line = (analyse(text) for text in (SENTENCES[2], "Lena Marchetti, its chief executive, told senators."))
    found = list(features(line, [align(line, source)], STORY))
    assert [line.text[slice(*claim.span)] for claim, _ in found] == ["Lena Marchetti"]
    assert all(len(values) == len(FEATURES) for _, values in found)
    assert not list(features(source, [align(source, source)], STORY))
