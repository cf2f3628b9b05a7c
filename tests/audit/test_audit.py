"""Somebody else's brief: its tags are read, every planted fault is found, and a sound brief is left alone."""

import re
import time
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from analysed import index_of

import newsum
from newsum import Article, ArticleError, SettingsError
from newsum.audit import evidence_of, line_of
from newsum.briefs.outlet_tags import Outlets
from newsum.briefs.parsing import GivenLine, read_brief

attribute = partial(newsum.attribute, judge=None)  # the rules alone; test_judged.py has the judge

EXAMPLES = Path(__file__).parents[2] / "examples"
STORIES = sorted((EXAMPLES / "stories").iterdir())

BBC = Article(
    "BBC",
    "The treaty was signed in Rome on Monday. It runs for 15 years and covers 55 billion cubic metres of gas. "
    "The parliament will not vote on it before May. Exports to the valley rose by 4 percent last year.",
    "Treaty signed",
    published="2026-03-10",
)
REUTERS = Article(
    "Reuters",
    "Farmers blocked two bridges outside Rome with tractors. Police made 12 arrests, the interior ministry said. "
    '"We were never asked about the pipeline," said Carla Monti, who leads the growers\' union.',
    "Farmers block bridges",
    published="2026-03-10",
)
ARTICLES = [BBC, REUTERS]
OUTLETS = ["BBC", "Al Jazeera", "The Osterland Times", "Meridian Press Agency", "source 3"]


def read(text):
    return read_brief(text, Outlets(OUTLETS))


def faults(text, *, kind=None, articles=ARTICLES):
    found = attribute(text, articles).faults
    return [f for f in found if f.kind == kind] if kind else list(found)


def words(summary, fault):
    return [summary.lines[fault.line].text[start:end] for start, end in fault.spans]


# --- the fixtures -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted():
    return tomllib.loads((EXAMPLES / "briefs" / "treaty-faulty.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def faulty(planted):
    brief = (EXAMPLES / "briefs" / planted["brief"]).read_text(encoding="utf-8")
    return attribute(brief, newsum.read(str((EXAMPLES / "briefs" / planted["story"]).resolve())))


def matches(fault, expected, summary):
    if fault.kind != expected["kind"] or (fault.line is None) != (not expected["line"]):
        return False
    if fault.line is not None and expected["line"] not in summary.lines[fault.line].text:
        return False
    spans_match = "spans" not in expected or words(summary, fault) == expected["spans"]
    return spans_match and all(part in fault.message for part in expected["says"])


def test_every_planted_fault_is_found(planted, faulty):
    missed = [p for p in planted["faults"] if not any(matches(f, p, faulty) for f in faulty.faults)]
    assert missed == []


def test_nothing_but_the_planted_faults_is_found(planted, faulty):
    assert len(faulty.lines) == planted["lines"]
    more = [f for f in faulty.faults if not any(matches(f, p, faulty) for p in planted["faults"])]
    assert more == []
    assert len(faulty.faults) == len(planted["faults"])


def test_the_receipts_of_a_given_brief_verify(faulty):
    assert faulty.verify(newsum.read(str(EXAMPLES / "stories" / "treaty"))) == ()
    assert newsum.Summary.from_json(faulty.to_json()) == faulty
    assert {line.origin for line in faulty.lines} == {"given"}
    assert (faulty.provenance["writer"], faulty.provenance["judge"]) == (None, None)


def reference(folder):
    """A story's articles, and its 120-word brief by a person: (line, the outlets that it rests on)."""
    articles = newsum.read(str(folder))
    outlet = {path.name: a.outlet for path, a in zip(sorted(folder.glob("0*.md")), articles, strict=True)}
    wanted = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))["references"]
    lines = next(r["lines"] for r in wanted if r["words"] == 120)
    return articles, [(x["text"], sorted({outlet[r["article"]] for r in x["rests_on"]})) for x in lines]


def test_briefs_by_people_with_the_right_tags_raise_one_false_alarm_in_138_tags_and_doubt_nine_of_75_lines():
    count, found, doubted = 0, [], 0
    for folder in STORIES:
        articles, lines = reference(folder)
        text = " ".join(f"{line} ({', '.join(outlets)})" for line, outlets in lines)
        checked = attribute(text, articles)
        assert [line.text for line in checked.lines] == [line for line, _ in lines]
        assert [sorted(line.claimed) for line in checked.lines] == [outlets for _, outlets in lines]
        count += len(lines)
        doubted += sum(line.support.label != "supported" for line in checked.lines)
        found += [fault.kind for fault in checked.faults]
    assert count == 75
    assert doubted == 9  # in other words than the articles', or with a "not" that these say otherwise
    assert Counter(found) == {"untraceable": 8, "contradiction": 1, "groundless credit": 1}  # one of 138 tags


def test_what_newsum_prints_is_read_back_and_found_without_fault():
    for folder in STORIES[:6]:
        articles = newsum.read(str(folder))
        summary = newsum.summarise(articles, words=100, model=None)
        for text in (str(summary), summary.to_markdown()):
            again = attribute(text, articles)
            assert [line.text for line in again.lines] == [line.text for line in summary.lines]
            assert again.title == summary.title
            for line, printed in zip(again.lines, summary.lines, strict=True):
                assert set(line.claimed) >= {*printed.outlets, *printed.also}
            assert again.faults == ()


# --- tags and credits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "claimed"),
    [
        ("(BBC)", ("BBC",)),
        ("[BBC; Reuters]", ("BBC", "Reuters")),
        ("(BBC, Al Jazeera)", ("BBC", "Al Jazeera")),
        ("(the BBC and Al Jazeera)", ("BBC", "Al Jazeera")),
        ("— Reuters", ("Reuters",)),
        ("[BBC] (also: The Guardian)", ("BBC", "The Guardian")),
        ("(source: Meridian Press)", ("Meridian Press Agency",)),
        ("(Osterland Times)", ("The Osterland Times",)),
        ("(bbc.co.uk)", ("BBC",)),
        ("(source 3)", ("source 3",)),
        ("**[BBC]**", ("BBC",)),
        ("([BBC](https://bbc.co.uk/1))", ("BBC",)),
        ("[no source found]", ()),
        ("[no source found; nearest: BBC, Reuters]", ()),
        ("[BBC] (partly supported; no source says “five (or six”)", ("BBC",)),
    ],
)
def test_a_tag_is_taken_out_of_its_line(tag, claimed):
    for text in (f"It was signed. {tag}", f"It was signed {tag}.", f"First. It was signed. {tag}"):
        line = read(text).lines[-1]
        assert (line.text.rstrip("."), line.claimed) == ("It was signed", claimed)


@pytest.mark.parametrize("text", ["The town (Halmstrand) grew.", "It grew (up 5%).", "It [the treaty] runs (EU)."])
def test_a_parenthesis_that_is_no_outlet_stays_text(text):
    assert [(line.text, line.claimed) for line in read(text).lines] == [(text, ())]


def test_tags_before_their_lines_belong_to_what_follows():
    lines = read("(BBC) A treaty was signed. (Reuters) It was not liked.").lines
    assert [(line.text, line.claimed) for line in lines] == [
        ("A treaty was signed.", ("BBC",)),
        ("It was not liked.", ("Reuters",)),
    ]


def test_an_outlet_named_in_the_sentence_is_a_claim_and_stays_in_the_text():
    line = read("According to Al Jazeera, it was signed.").lines[0]
    assert (line.text, line.claimed) == ("According to Al Jazeera, it was signed.", ("Al Jazeera",))


def test_headers_closing_lines_and_lists_of_sources_are_claims_of_the_whole_text():
    text = """Treaty signed in Rome

Credited from: BBC

A treaty was signed. It runs for years.

What comes next

It goes to parliament.

Further details can be found in the original articles from SCMP, BBC, and Al Jazeera.

Sources:
1. BBC, “Signed”, https://bbc.example/1
2. Zork Tribune, “Not signed”
"""
    brief = read(text)
    assert brief.title == "Treaty signed in Rome"
    assert [line.text for line in brief.lines] == [
        "A treaty was signed.",
        "It runs for years.",
        "It goes to parliament.",
    ]
    assert [credit.outlets for credit in brief.credits] == [
        ("BBC",),
        ("SCMP", "BBC", "Al Jazeera"),
        ("BBC", "Zork Tribune"),
    ]


def test_footnotes_stand_for_the_outlets_that_the_list_of_sources_numbers():
    brief = read("A treaty was signed.[1][2] It is short [2].\n\nSources\n1. BBC\n2. Al Jazeera, “Short”\n")
    assert [line.claimed for line in brief.lines] == [("BBC", "Al Jazeera"), ("Al Jazeera",)]


def test_a_sentence_that_only_speaks_of_sources_is_a_line():
    text = "Sources: two officials familiar with the talks."
    assert [line.text for line in read(text).lines] == [text]


def test_a_list_is_taken_line_by_line_and_a_hard_wrapped_text_is_joined():
    assert [x.text for x in read(["One. Two. (BBC)", "- Three", "Sources: BBC"]).lines] == ["One. Two.", "Three"]
    wrapped = (
        "Two countries signed a pact on Thursday\nthat commits both to consult within two days\nof any threat. (BBC)"
    )
    assert [(x.text[-14:], x.claimed) for x in read(wrapped).lines] == [("of any threat.", ("BBC",))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Both of them signed the agreement The treaty was then read out in Rome.", 2),
        ("They shared a centre in town In a statement the two said it was open.", 2),
        ("Doctors say that many children lack vitamin A because of poor diets.", 1),
        ("Critics have long admired the film The apartment by a young director.", 1),
        ("The minister told The Guardian that the pact was good for all.", 1),
    ],
)
def test_two_sentences_without_a_stop_between_are_parted_where_that_is_safe(text, lines):
    assert len(read(text).lines) == lines


# --- faults -----------------------------------------------------------------------------------


def test_a_sound_brief_has_no_fault():
    assert faults("The treaty was signed in Rome on Monday. (BBC) Farmers blocked two bridges. (Reuters)") == []


def test_a_text_without_any_tag_has_one_fault_that_names_every_line():
    (fault,) = faults("The treaty was signed in Rome on Monday. Farmers blocked two bridges. Cats purred at dusk.")[:1]
    assert (fault.kind, fault.line, fault.spans) == ("untagged", None, ())
    assert "line 1 on BBC; line 2 on Reuters; line 3 on no article" in fault.message


def test_an_untagged_line_among_tagged_ones_says_where_it_comes_from_with_spans():
    text = "Farmers blocked two bridges. (Reuters) The treaty was signed in Rome and police made 12 arrests."
    summary = attribute(text, ARTICLES)
    (fault,) = summary.faults
    assert (fault.kind, fault.line) == ("untagged", 1)
    assert "rests on BBC and Reuters" in fault.message or "rests on Reuters and BBC" in fault.message
    assert sorted(words(summary, fault)) == ["police made 12 arrests", "treaty was signed in Rome"]


def test_a_wrong_tag_is_groundless_and_names_the_right_outlet():
    (fault,) = faults("Farmers blocked two bridges outside Rome with tractors. (BBC)")
    assert (fault.kind, fault.line) == ("groundless credit", 0)
    assert fault.message == ("It is credited to BBC, but nothing in the article of BBC says so; it rests on Reuters.")


def test_an_outlet_that_is_not_among_the_articles_is_groundless():
    (fault,) = faults("Farmers blocked two bridges outside Rome with tractors. (Reuters, The Guardian)")
    assert (fault.kind, "no article of The Guardian" in fault.message) == ("groundless credit", True)


def test_a_tag_that_leaves_out_an_outlet_is_missing_a_credit():
    text = "The treaty was signed in Rome on Monday and farmers blocked two bridges with tractors. (BBC)"
    summary = attribute(text, ARTICLES)
    (fault,) = summary.faults
    assert (fault.kind, words(summary, fault)) == ("missing credit", ["farmers blocked two bridges with tractors"])


@pytest.mark.parametrize(
    ("line", "span"),
    [
        ("It runs for 25 years and covers 55 billion cubic metres of gas. (BBC)", "25"),
        ("It runs for 15 years and covers 45 billion cubic metres of gas. (BBC)", "45 billion"),
        ("The parliament will vote on it before May. (BBC)", "parliament will vote"),
        ("The treaty was not signed in Rome on Monday. (BBC)", "treaty was not signed in Rome on Monday"),
    ],
)
def test_a_changed_figure_or_a_lost_or_added_not_contradicts_the_source(line, span):
    summary = attribute(line, [BBC])
    (fault,) = summary.faults
    assert (fault.kind, words(summary, fault)) == ("contradiction", [span])


def test_a_lost_not_is_found_where_one_word_is_all_that_it_turned():
    source = Article("BBC", "Julian Day, the chief executive, apologised on Monday. He said he would not resign.")
    line = "Julian Day, the chief executive, apologised but said he would resign. (BBC)"
    summary = attribute(line, [source])
    (fault,) = summary.faults
    assert (fault.kind, words(summary, fault)) == ("contradiction", ["would resign"])


def test_a_reversed_direction_contradicts_the_source():
    (fault,) = faults("Exports to the valley fell by 4 percent last year. (BBC)")
    assert (fault.kind, fault.line) == ("contradiction", 0)


def test_figures_that_are_written_otherwise_are_no_fault():
    line = "Signed in Rome on 9 March, the treaty covers 55bn cubic metres of gas; police made a dozen arrests."
    assert faults(f"{line} (BBC, Reuters)") == []


@pytest.mark.parametrize(
    ("line", "span"),
    [
        ("Farmers blocked two bridges outside Rome with 340 tractors. (Reuters)", "340"),
        ("Farmers led by Paolo Gallo blocked two bridges outside Rome with tractors. (Reuters)", "Paolo Gallo"),
        (
            '"We were always told about the pipeline," said Carla Monti. (Reuters)',
            '"We were always told about the pipeline,"',
        ),
    ],
)
def test_what_no_article_has_is_untraceable(line, span):
    summary = attribute(line, ARTICLES)
    (fault,) = summary.faults
    assert (fault.kind, words(summary, fault)) == ("untraceable", [span])


# --- odd input --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n\n ", "()", "(BBC)", "Credited from: BBC", [], [""]])
def test_a_text_without_a_line_is_refused(text):
    with pytest.raises(SettingsError, match="no line in the brief"):
        attribute(text, ARTICLES)


@pytest.mark.parametrize("text", [None, 3, b"bytes", [1, 2]])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(SettingsError, match="pass one text or a list of lines"):
        attribute(text, ARTICLES)


@pytest.mark.parametrize("articles", [[], [Article("BBC", "  ")]])
def test_without_an_article_there_is_nothing_to_check_against(articles):
    with pytest.raises(ArticleError, match="nothing to check the brief against"):
        attribute("A treaty was signed.", articles)


def test_one_word_is_a_line_that_no_article_says():
    summary = attribute("Nonsense", ARTICLES)
    assert [line.text for line in summary.lines] == ["Nonsense"]
    assert [(f.kind, f.line) for f in summary.faults] == [("untraceable", 0)]


def test_another_language_gets_a_notice():
    summary = attribute("Der Vertrag wurde gestern in der Hauptstadt von beiden Seiten unterzeichnet.", ARTICLES)
    assert any("does not look English" in notice for notice in summary.notices)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + "BBC" + ")" * 3000,
        "[" * 5000,
        "— " * 4000,
        "BBC, " * 3000,
        "a" * 60_000,
        "The a " * 5000,
        "“" * 5000,
    ],
)
def test_hostile_text_is_read_in_seconds(text):
    started = time.process_time()
    attribute(f"A treaty was signed. {text}", ARTICLES)
    assert time.process_time() - started < 5  # of the processor, nltk's import included; a quadratic way takes minutes


def test_ten_lines_against_ten_articles_of_forty_sentences_take_less_than_a_second():
    pool = [s for folder in STORIES for a in newsum.read(str(folder)) for s in re.split(r"(?<=\.)\s+", a.text)]
    articles = [Article(f"Outlet {n}", " ".join(pool[n * 40 : n * 40 + 40])) for n in range(10)]
    brief = [pool[n * 37 + 3] for n in range(10)]
    attribute(brief, articles)  # stems and rarities are read once
    started = time.process_time()
    attribute(brief, articles)
    assert time.process_time() - started < 1


def test_a_name_swapped_for_another_of_the_story_is_a_contradiction_that_names_the_true_one():
    articles = [
        Article("BBC", "Robert Aske told senators on Monday that 2,100 jobs would go. Lena Marchetti leads the union."),
        Article("Post", "Lena Marchetti said strikes would follow. The bank declined to say more."),
    ]
    line = "Lena Marchetti told senators on Monday that 2,100 jobs would go. (BBC)"
    (fault,) = [f for f in attribute([line], articles).faults if f.kind == "contradiction"]
    assert "“Lena Marchetti” where BBC has “Robert Aske”" in fault.message
    assert attribute([line.replace("Lena Marchetti", "Robert Aske")], articles).faults == ()


def test_markdown_of_other_systems_is_read_as_it_is_meant():
    brief = read(
        "**Treaty signed**\n\nThe *treaty* was signed. [BBC]\n---\n"
        "- It runs for [15 years](https://a.example). [Al Jazeera]\n    - It covers gas. [BBC]\n\n"
        "• Exports rose. [BBC]\n(2) Farmers met. [BBC]\n"
    )
    assert brief.title == "Treaty signed"
    assert [(line.text, line.claimed) for line in brief.lines] == [
        ("The treaty was signed.", ("BBC",)),
        ("It runs for 15 years.", ("Al Jazeera",)),
        ("It covers gas.", ("BBC",)),
        ("Exports rose.", ("BBC",)),
        ("Farmers met.", ("BBC",)),
    ]


def test_a_line_alone_has_what_it_rests_on_its_verdict_and_its_credits():
    articles = [
        Article("The Post", "The company cancelled 62 sailings on Tuesday. Islanders were left without bread."),
        Article("The Herald", "Crews of the ferries walked out over night rosters."),
    ]
    index = index_of(articles)
    line = line_of("The company cancelled 62 sailings.", index)
    assert (line.outlets, line.support.label) == (("The Post",), "supported")
    (found,) = evidence_of([GivenLine("The company cancelled 62 sailings.")], index)
    assert [one.quote for one in found.evidence] == [one.quote for one in line.evidence]
    assert line_of("Penguins of Chile breed in May.", index).support.label == "unsupported"
