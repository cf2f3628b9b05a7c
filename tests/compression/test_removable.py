"""What a sentence can lose, and what is left of it: every cut is one that the guard lets pass or knows to refuse."""

import re

import pytest
from analysed import readable
from fixture_stories import NAMES, story

from newsum.compression.removable import choices, parts, without
from newsum.text.analysis import analyse
from newsum.text.readable import stands_alone
from newsum.text.sentences import sentences
from newsum.text.words import word_count
from newsum.writing import guard


def objections(line, sources):
    return guard.objections(analyse(line), list(map(analyse, sources)))


def cuts(sentence):
    return [left for left, _ in choices(sentence)]


WORD = re.compile(r"\w+")
LOST = {
    "a parenthesis": (
        "The bank (the country's fifth largest) will close 96 branches before the end of 2029.",
        "The bank will close 96 branches before the end of 2029.",
    ),
    "a weekday": (
        "The council on Monday evening approved a plan for 96 new homes in Karrow.",
        "The council approved a plan for 96 new homes in Karrow.",
    ),
    "a phrase at the start": (
        "After a week of talks, the government closed the long border with Volmark.",
        "The government closed the long border with Volmark.",
    ),
    "an apposition before its verb": (
        "Anders Quill, leader of the opposition Civic Union, voted against the treaty in the chamber.",
        "Anders Quill voted against the treaty in the chamber.",
    ),
    "an apposition before a participle": (
        "The minister met the union in Karrow, the capital, calling its demands a test of patience.",
        "The minister met the union in Karrow, calling its demands a test of patience.",
    ),
    "a participle clause at the end": (
        "The company will cut 1,800 of its 14,600 jobs, blaming a falling demand for loans.",
        "The company will cut 1,800 of its 14,600 jobs.",
    ),
    "a phrase at the end": (
        "The company will cut 1,800 of its 14,600 jobs amid falling demand for loans.",
        "The company will cut 1,800 of its 14,600 jobs.",
    ),
}
LOST |= {
    "a state and party": (
        "The committee asked Senator Karel Vint, D-Mora., for the letters that he had sent to the bank.",
        "The committee asked Senator Karel Vint for the letters that he had sent to the bank.",
    ),
    "an apposition before a preposition": (
        "The mayor blamed Anders Quill, the leader of the opposition, for the delay to the new bridge.",
        "The mayor blamed Anders Quill for the delay to the new bridge.",
    ),
    "a phrase before a verb": (
        "Organisers of the concert in the port of Karrow are putting up a fence round the stage.",
        "Organisers of the concert are putting up a fence round the stage.",
    ),
    "what links back": (
        "The attack in Karrow, however, also showed how weak the defences of the port had become.",
        "The attack in Karrow showed how weak the defences of the port had become.",
    ),
    "words of tone": (
        "The minister angrily denied the explosive report on the brazen theft of the letters.",
        "The minister denied the report on the theft of the letters.",
    ),
    "one of two appositions": (
        "The committee's chairman, Senator Rui Castanheda, Democrat of Karrow, has been named to the court.",
        "The committee's chairman, Senator Rui Castanheda, has been named to the court.",
    ),
    "an apposition after a lead": (
        "Late on Monday, Castanheda, the chairman of the committee, said that the talks had failed.",
        "Late on Monday, Castanheda said that the talks had failed.",
    ),
    "what a list has in common": (
        "Kestria, Osterland and Mora, the three sellers, said that the talks had failed at once.",
        "Kestria, Osterland and Mora said that the talks had failed at once.",
    ),
}
KEPT = {
    "who is spoken of": (
        "Officials praised Somalia-born, American citizen Rep. Ilhan Omar of Minnesota on Tuesday.",
        "born.",
    ),
    "the verb of a clause": (
        "The court declared that the congressman from Karrow after a long count had won.",
        "Karrow.",
    ),
    "the day that a phrase needs": (
        "On Friday afternoon, the Senate voted on a motion to take up the House bill.",
        "On, ",
    ),
    "the subject after a lead": (
        "Late on Monday, Castanheda, the chairman of the committee, said that the talks had failed.",
        "Monday said",
    ),
    "the main clause": (
        "Well, the president was on hand to explain his plans, starting with a visit to the port of Karrow.",
        "Well, starting",
    ),
    "the verb after a phrase": (
        "Audio from a speech that the mayor gave about his strategy in the city shows that he backed the searches.",
        "strategy.",
    ),
    "one of two that are between": (
        "Investigators have found a link between the gunman in the attack at the base last December and Al Qaeda.",
        "gunman.",
    ),
    "half of as early as": (
        "Ministers want to sign the treaty with Kestria in Halmstrand as early as next week.",
        "early.",
    ),
    "what narrows none": (
        "No one in the second car of the train was hurt when it left the rails near Karrow.",
        "No one was",
    ),
    "what an abbreviation belongs to": (
        "The court ruled that the law applies in the U.S. territories and to all who live there.",
        "applies. territories",
    ),
    "part of a quotation": (
        "The minister said that the plan was “a gift in the dark to the banks” and that she opposed it.",
        "gift to",
    ),
    "the sentence before a report": (
        "Acting director Hall said that the bridge is safe, adding that cars may use it from Monday on.",
        "Adding",
    ),
    "what a later it stands for": (
        "Though the December debate is paid for by a magazine, Quill quickly became the face of it for most voters.",
        "Quill quickly became the face of it",
    ),
    "whom a pronoun stands for": (
        "In a stinging blow to Anders Quill, the council voted on Monday to overturn his veto of the bridge.",
        "The council",
    ),
    "half of but also": (
        "The talks were not only about the price of gas but also about the pipeline under the sea.",
        "but about",
    ),
    "what a thing is used as": (
        "The attack in Karrow showed the power of using a loaded lorry as a weapon.",
        "a loaded lorry.",
    ),
    "a subject between commas": (
        "To win over the doubters, Marta Vint and Anders Quill, chairs of the committee, have changed the bill.",
        "To win over the doubters have",
    ),
    "half of in connection with": (
        "Police in Karrow held two men on Monday in connection with the theft of the letters.",
        "men with",
    ),
    "the verb between commas": (
        "Karel Vint, an envoy in the department, will tell the committee what he saw, according to a copy of it.",
        "department, according",
    ),
    "the day of a named thing": (
        "The shares fell after the Friday session ended in Halmstrand with heavy losses.",
        "the session",
    ),
}


@pytest.mark.parametrize(("sentence", "left"), LOST.values(), ids=LOST)
def test_a_sentence_can_lose(sentence, left):
    assert left in cuts(sentence)
    assert objections(left, [sentence]) == ()


@pytest.mark.parametrize(("sentence", "sign"), KEPT.values(), ids=KEPT)
def test_a_sentence_cannot_lose(sentence, sign):
    assert [cut for cut in cuts(sentence) if cut.startswith(sign) or sign in cut] == []


def test_a_subject_is_not_parted_from_its_verb_by_a_comma():
    sentence = "On Friday night the club's president, Rui Castanheda, accused Harwick of playing to the gallery."
    assert objections("Rui Castanheda, accused Harwick of playing to the gallery.", [sentence])
    assert objections(sentence, [sentence]) == ()


def test_a_dependent_clause_and_a_name_make_no_line():
    sentence = "As the council sent the bill to her desk, Mayor Vint, a farmer, faced calls to send it back."
    assert objections("As the council sent the bill to her desk, Mayor Vint.", [sentence])
    assert "As the council sent the bill to her desk, Mayor Vint faced calls to send it back." in cuts(sentence)


def test_a_name_with_what_it_is_makes_no_line():
    sentence = "Rev. Billy Graham, the evangelist whose ministry changed the lives of millions, has died at age 99."
    bare = "Rev. Billy Graham, the evangelist whose ministry changed the lives of millions."
    assert "it is no whole sentence" in objections(bare, [sentence])
    assert "Rev. Billy Graham has died at age 99." in cuts(sentence)


@pytest.mark.parametrize("name", NAMES)
def test_cuts_are_shorter_sentences_of_the_same_words_in_the_same_order(name):
    for sentence in (part for article in story(name).articles for part in readable(article)):
        source = WORD.findall(sentence.text.lower())
        for cut in cuts(sentence.text):
            rest = iter(source)
            assert all(word in rest for word in WORD.findall(cut.lower()))
            assert 8 <= word_count(cut) < word_count(sentence.text)


def test_most_leads_of_the_fixtures_have_a_clean_cut():
    leads = [s.text for n in NAMES for a in story(n).articles for s in list(sentences(a))[:3] if stands_alone(s.text)]
    clean = [any(not objections(cut, [lead]) for cut in cuts(lead)) for lead in leads]
    assert sum(clean) / len(clean) > 0.5


def test_parts_are_told_by_kind_and_go_together():
    sentence = "On Monday, the bank (the fifth largest) will close 96 branches in Karrow, blaming a fall in demand."
    found = {sentence[part.start : part.end]: part.kind for part in parts(sentence)}
    assert found["On Monday, "] == "lead"
    assert found[" (the fifth largest)"] == "bracket"
    assert found[", blaming a fall in demand"] == "tail"
    lost = [part for part in parts(sentence) if part.kind in ("lead", "bracket")]
    assert without(sentence, lost) == "The bank will close 96 branches in Karrow, blaming a fall in demand."
