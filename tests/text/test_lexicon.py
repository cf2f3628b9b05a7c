"""Each list stands once: what a word does wherever it counts, and those whose side the lists once disagreed on."""

import ast
import re
from pathlib import Path

import pytest

import newsum
from newsum.checking import find
from newsum.outlets.citations import cited
from newsum.reading.boilerplate import without_boilerplate
from newsum.text import lexicon
from newsum.text.analysis import analyse
from newsum.text.dates import DateResolver
from newsum.text.leaning import stands_alone
from newsum.text.lexicon import QUOTED, any_of, plain_marks
from newsum.text.readable import readable_from
from newsum.text.sentences import split

WEDNESDAY = "2026-03-11"


def resolved(line):
    return DateResolver().resolve(line, WEDNESDAY)


def is_readable(text):
    return readable_from(text, analyse(text).cues) is not None


def names(text):
    return [text[name.start : name.end] for name in analyse(text).names]


# --- the calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Marseille", "Augusta", "Juneau", "Decatur", "Marrakesh", "Mayfair", "Novosibirsk"])
def test_a_place_that_begins_as_a_month_does_is_no_other_time(place):
    assert resolved(f"He spoke in {place} on Monday.") == f"He spoke in {place} on Monday (9 March)."


@pytest.mark.parametrize("month", ["March", "Mar", "Sept", "Sep", "Jun", "December"])
def test_a_month_is_another_time_in_full_and_shortened(month):
    assert resolved(f"He has said since {month} that it met on Monday.").endswith("on Monday.")


@pytest.mark.parametrize("ordinal", ["fifth", "seventh", "twelfth"])
def test_any_ordinal_before_a_weekday_makes_it_no_day_of_one_week(ordinal):
    assert resolved(f"It was held for the {ordinal} Monday.") == f"It was held for the {ordinal} Monday."


def test_hours_later_is_the_same_day_and_days_later_another():
    assert resolved("He left on Monday, hours after it met.") == "He left on Monday (9 March), hours after it met."
    assert resolved("He left on Monday, days after it met.") == "He left on Monday, days after it met."


@pytest.mark.parametrize("word", ["Markov", "Decker"])
def test_a_tweet_is_told_by_a_month_and_not_by_a_name(word):
    text = f"It was signed.\n\nIt is over. — Ada Holm (@holm) {word} 3, 2026\n\nNobody voted."
    assert without_boilerplate(text) == text
    assert without_boilerplate(text.replace(word, "March")) == "It was signed.\n\nNobody voted."


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening", ["Five days", "Six weeks", "Ten years", "Twelve hours", "Fifteen minutes", "Two decades"]
)
def test_any_numeral_and_span_of_time_leans_back(opening):
    assert not stands_alone(f"{opening} later, the council overturned the veto.")
    assert stands_alone(f"{opening} have passed since the council overturned the veto.")


# --- verbs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", sorted(lexicon.PAST | lexicon.PAST_OR_PRESENT))
def test_an_irregular_verb_makes_a_clause_that_can_stand(verb):
    assert is_readable(f"The people in the old port {verb} it all.")
    assert not is_readable("The people in the old port on it all.")


@pytest.mark.parametrize("verb", sorted(lexicon.PAST | {"did"}))
def test_a_past_form_tells_that_its_day_is_past_and_may_follow_it(verb):
    assert resolved(f"They {verb} it on Monday.") == f"They {verb} it on Monday (9 March)."
    assert resolved(f"Ms. Day on Monday {verb} it.") == f"Ms. Day on Monday (9 March) {verb} it."


@pytest.mark.parametrize("verb", sorted(lexicon.PAST_OR_PRESENT))
def test_a_form_of_past_and_present_follows_a_day_and_does_not_tell_which(verb):
    assert resolved(f"Ms. Day said on Monday {verb} it.") == f"Ms. Day said on Monday (9 March) {verb} it."
    assert resolved(f"They {verb} it on Monday.") == f"They {verb} it on Monday."


@pytest.mark.parametrize("word", ["you", "our", "my", "your", "they", "his"])
def test_a_pronoun_may_follow_a_day(word):
    assert resolved(f"He said on Monday {word} aid had come.") == f"He said on Monday (9 March) {word} aid had come."


@pytest.mark.parametrize("verb", sorted(lexicon.REPORTING))
def test_a_verb_of_reporting_ends_no_quoted_question_and_counts_as_a_report(verb):
    text = f'"Who pays?" Holm {verb}.'
    assert [text[start:end] for start, end in split(text)] == [text]
    assert analyse(text).cues.reports == 1


@pytest.mark.parametrize("pronoun", ["These", "Those", "They", "This"])
def test_a_pronoun_after_a_quoted_question_opens_a_sentence_of_its_own(pronoun):
    text = f'"Who pays?" {pronoun} asked.'
    assert len(split(text)) == 2


@pytest.mark.parametrize("lead", ["via", "per", "according to", "citing", "told"])
def test_what_stands_before_an_outlet_cites_it(lead):
    assert cited(f"The ship has left, {lead} Reuters.") == ("Reuters",)


# --- sense ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("denial", ["scrapped", "abandoned", "excluded", "omitted", "rejected", "denied"])
def test_a_denial_in_other_words_is_no_added_not(denial):
    line = "Corvane did not keep the clause on gas in the treaty."
    found = find(analyse(line), [analyse(f"Corvane {denial} the clause on gas in the treaty.")])
    assert [finding for finding in found if finding.kind == "negation"] == []


def test_dropped_and_barred_deny_nothing():
    assert lexicon.DENIALS.isdisjoint({"drop", "dropped", "bar", "barred"})
    assert {"drop", "dropped"} <= lexicon.FALLS


def test_no_word_both_rises_and_falls():
    assert lexicon.RISES.isdisjoint(lexicon.FALLS)
    assert all(lexicon.TURNED[lexicon.TURNED[word]] == word for word in lexicon.TURNED)
    assert set(lexicon.TURNED) <= lexicon.RISES | lexicon.FALLS


# --- people ---------------------------------------------------------------------------------------


_TITLES = [f"{title.capitalize()}." for title in sorted(lexicon.TITLE_ABBREVIATIONS)]


@pytest.mark.parametrize("title", [*_TITLES, *map(str.capitalize, sorted(lexicon.TITLES)), "Mrs"])
def test_a_title_is_no_part_of_a_name_and_ends_no_sentence(title):
    text = f"They met {title} Sollenberg in Karrow."
    assert names(text) == ["Sollenberg", "Karrow"]
    assert len(split(text)) == 1


@pytest.mark.parametrize("title", ["Mr.", "Dr.", "Rev.", "Col.", "Sen.", "Jun.", "Sep.", "Mon."])
def test_a_sentence_that_breaks_off_at_an_abbreviation_cannot_stand(title):
    assert not is_readable(f"The council was told of the veto by {title}")


@pytest.mark.parametrize("word", ["Your", "His", "Their", "Those", "You"])
def test_a_pronoun_that_opens_a_sentence_leans_back(word):
    assert not stands_alone(f"{word} vote was counted on Monday.")


@pytest.mark.parametrize("link", sorted(lexicon.LINKS))
def test_a_link_that_opens_a_sentence_leans_back(link):
    assert not stands_alone(f"{link.capitalize()} the council met again.")


# --- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “it is over” again.", ["“it is over”"]),
        ('He said "it is over" again.', ['"it is over"']),
        ('He said "it is over” again.', ['"it is over”']),
        ('He said “it is over" again.', ['“it is over"']),
        ("He said ‘it is over’ again.", ["‘it is over’"]),
        ("He said 'it is over' again.", ["'it is over'"]),
        ("He said 'it isn't over' again.", ["'it isn't over'"]),
        ("He said ‘it isn’t over’ again.", ["‘it isn’t over’"]),
        ("“He said ‘no’ to it,” she said.", ["“He said ‘no’ to it,”"]),
        ("The players' union met the owners' group.", []),
        ("In the '80s it wasn't so, nor in the '90s.", []),
        ("It is “not over.\nAnd so on.", []),
        ("It was 6'2\" long.", []),
    ],
)
def test_what_is_quoted(text, quoted):
    assert [found[0] for found in QUOTED.finditer(text)] == quoted


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''", '"”'])
def test_whatever_its_marks_a_quotation_is_somebody_elses_words(marks):
    opens, closes = marks
    said = f"{opens}I will go on Monday,{closes}"
    assert is_readable(f"{said} the mayor of Karrow told reporters.")
    assert resolved(f"{said} the mayor told reporters.") == f"{said} the mayor told reporters."
    source = analyse(f"{said} the mayor of Karrow told reporters.")
    other = analyse(f"{opens}I will stay on Monday,{closes} the mayor of Karrow told reporters.")
    assert find(source, [source]) == ()
    assert [f.span for f in find(other, [source]) if f.kind == "quotation"] == [(0, len(said) + 2)]


def test_marks_are_made_plain():
    assert plain_marks("“Don’t,” ‘he’ said") == "\"Don't,\" 'he' said"


# --- the lists ------------------------------------------------------------------------------------


def test_any_of_tries_the_longest_first():
    assert re.match(any_of(lexicon.MONTH_ABBREVIATIONS), "Sept 5")[0] == "Sept"


def test_the_lexicon_imports_nothing_of_newsum():
    tree = ast.parse(Path(lexicon.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {module for module in modules if module.startswith("newsum")}


def test_no_other_module_lists_the_calendar():
    listed = re.compile(r"Tue\w*[|\s\"']+Wed|Feb\w*[|\s\"']+Mar")
    modules = [path for path in Path(newsum.__file__).parent.rglob("*.py") if path.name != "lexicon.py"]
    assert not [path.name for path in modules if listed.search(path.read_text(encoding="utf-8"))]
