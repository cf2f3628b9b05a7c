"""What is found of a line: what its evidence has otherwise, what no article has, and what only may be altered."""

import pytest

from newsum.checking import StoryContext, check
from newsum.checking.kinship import akin
from newsum.checking.opposites import opposition, sense_of
from newsum.checking.quotations import quotations
from newsum.summary import Evidence
from newsum.text.analysis import analyse
from newsum.text.dates import resolvable

SENTENCES = (
    "Farmers blocked two bridges outside Rome on Thursday.",
    "Police made 12 arrests, the interior ministry said.",
    "The treaty stops short of a mutual-defence clause.",
    "The company has raised its forecast for the year.",
)


def verdict(line, *texts, story=SENTENCES):
    """The verdict on a line in a story that was published on Saturday 7 February 2026."""
    known = dict(zip(story, map(analyse, story), strict=True))
    evidence = [Evidence("a", "BBC", 0, len(text), text, 1.0) for text in texts]
    context = StoryContext([list(known.values())], published=[("a", "2026-02-07")])
    sentences = [known[text] if text in known else analyse(text) for text in texts]
    return check(analyse(line), evidence, sentences, dates=resolvable("2026-02-07"), story=context)


def against(line, *texts, **options):
    """(kind, standing, words, what the evidence has) of what stands against a line."""
    found = verdict(line, *texts, **options).against
    return [(f.kind, f.standing, line[slice(*f.span)], f.true) for f in found]


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        ("Police made 14 arrests.", SENTENCES[1], ("figure", "contradicted", "14", "12")),
        ("Farmers blocked bridges on 3 February.", SENTENCES[0], ("figure", "contradicted", "3", "5 February")),
        ("Farmers blocked two bridges and 340 roads outside Rome.", SENTENCES[0], ("figure", "nowhere", "340", "")),
        ("Farmers and Paolo Gallo blocked two bridges.", SENTENCES[0], ("name", "nowhere", "Paolo Gallo", "")),
        ('"Police made arrests," the ministry said.', SENTENCES[1], None),
        ('"Police lied," the interior ministry said.', SENTENCES[1], ("quotation", "nowhere", '"Police lied,"', "")),
        (
            "The treaty holds a mutual defence clause.",
            SENTENCES[2],
            ("opposition", "contradicted", "holds a mutual defence clause", ""),
        ),
        (
            "Its forecast was not raised by the company.",
            SENTENCES[3],
            ("negation", "contradicted", "was not raised", ""),
        ),
    ],
)
def test_what_stands_against_a_line_is_named_with_what_its_evidence_has(line, source, expected):
    found = against(line, source)
    if expected is None:
        assert [f for f in found if f[0] != "quotation"] == []
    else:
        assert expected in found


def test_a_weekday_of_the_evidence_is_its_date_for_a_line():
    assert against("Farmers blocked two bridges on 5 February.", SENTENCES[0]) == []
    story = ("Farmers blocked two bridges outside Rome on Tuesday (15 January).",)
    assert ("figure", "contradicted", "5", "15") in against(
        "Farmers blocked two bridges outside Rome on 5 January.", story[0], story=story
    )


def test_what_another_sentence_on_the_subject_has_does_not_stand_against_a_line():
    story = (*SENTENCES, "Farmers blocked bridges with 340 tractors.")
    assert against("Farmers blocked two bridges with 340 tractors.", SENTENCES[0], story=story) == []


def test_a_line_without_evidence_is_against_itself_and_its_figures_and_names_are_nowhere():
    assert against("A fund of 300 million euros pays Paolo Gallo.") == [
        ("line", "nowhere", "A fund of 300 million euros pays Paolo Gallo.", ""),
        ("figure", "nowhere", "300 million euros", ""),
        ("name", "nowhere", "Paolo Gallo", ""),
    ]


def test_a_line_that_is_likely_altered_though_nothing_is_sure_says_in_which_words():
    story = ("The club signed the young striker for a record fee on a long contract.",)
    line = story[0].replace("young", "veteran").replace("record", "modest").replace("long", "short")
    found = verdict(line, story[0], story=story)
    assert found.support.label == "partly"
    assert against(line, story[0], story=story) == [
        ("edit", "doubtful", "veteran", "young"),
        ("edit", "doubtful", "modest", "record"),
        ("edit", "doubtful", "short", "long"),
    ]


def test_a_supported_line_has_nothing_against_it_and_shows_what_is_in_other_words():
    found = verdict("Farmers blocked two bridges near Rome with trucks.", SENTENCES[0])
    assert (found.support.label, found.against) == ("supported", ())
    assert [(f.kind, f.standing) for f in found.findings] == [("word", "lacking")]


def test_a_courtesy_and_an_according_to_are_no_words_that_evidence_has_to_back():
    said = "The quake hit at dawn, the Calderran Geological Service said, and Sollenberg praised the crews."
    line = "The quake hit at dawn, according to the Calderran Geological Service, and Ms. Sollenberg praised the crews."
    found = verdict(line, said)
    assert (found.support.label, found.support.unsupported) == ("supported", ())


def test_two_lines_that_say_opposite_things_of_one_thing_are_opposed_and_two_denials_are_not():
    holds, avoids = "It holds a mutual-defence clause.", "The treaty avoids a mutual defense clause."
    found = opposition(sense_of(analyse(holds)), sense_of(analyse(avoids)))
    assert found is not None
    assert (holds[slice(*found.left)], avoids[slice(*found.right)]) == (
        "holds a mutual-defence clause",
        "avoids a mutual defense clause",
    )
    assert opposition(sense_of(analyse(avoids)), sense_of(analyse("It avoids a mutual-defence clause."))) is None


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("kestria", "kestrian", True),
        ("iran", "iranian", True),
        ("iraqi", "iraq", True),
        ("mark", "markham", False),
        ("john", "johnson", False),
        ("marchetti", "marchetti", True),
        ("oldham", "olden", False),
    ],
)
def test_two_forms_of_one_name_share_five_letters_or_a_people(left, right, one):
    assert akin(left, right) is one


def test_a_quotation_is_parted_where_something_is_left_out_and_its_last_stop_is_none_of_it():
    text = "He said: “We waited … and [they] signed!” and “no”."
    assert [q.parts for q in quotations(text)] == [("we waited", "and", "signed"), ("no",)]


REPAIRS = (
    "The work will cost 14 million euros.",
    "The pier will be closed for eleven months.",
    "The storm left between 2 and 3 million homes without power.",
    "The road is five kilometres long.",
    "Repairs will cost $4-5 billion.",
    "The meeting is on Sept. 3.",
    "It was the twenty-first quake of the year.",
    "The fee is A$40.",
)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The work will cost €14m.", 0),
        ("The work will cost 14,000,000 euros.", 0),
        ("The work will cost 14.000.000 euros.", 0),
        ("The pier will be closed for 11 months.", 1),
        ("Between 2 million and 3 million homes were left without power by the storm.", 2),
        ("The storm left two to three million homes without power.", 2),
        ("Repairs will cost $4 billion to $5 billion.", 4),
        ("The meeting is on September 3rd.", 5),
        ("The meeting is on the third of September.", 5),
        ("It was the 21st quake of the year.", 6),
        ("The fee is $40.", 7),
        ("The fee is 40 Australian dollars.", 7),
    ],
)
def test_a_figure_written_otherwise_is_the_same(line, source):
    assert [f for f in against(line, REPAIRS[source], story=REPAIRS) if f[0] == "figure"] == []


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The work will cost 14 million dollars.", 0),
        ("The work will cost £14m.", 0),
        ("The pier will be closed for eleven weeks.", 1),
        ("The pier will be closed for eleven days.", 1),
        ("The storm left 2 homes without power.", 2),
        ("The road is five miles long.", 3),
        ("The road is five metres long.", 3),
        ("Repairs will cost $4.", 4),
        ("Repairs will cost $5 million.", 4),
        ("It was the twenty-third quake of the year.", 6),
        ("The fee is US$40.", 7),
        ("The fee is C$40.", 7),
    ],
)
def test_a_figure_in_another_unit_or_scale_is_another(line, source):
    assert [f[0] for f in against(line, REPAIRS[source], story=REPAIRS) if f[0] == "figure"] == ["figure"]
