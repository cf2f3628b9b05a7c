"""Clean cuts pass; every way in which a cut or a fusion can go wrong is objected to.

The bad lines are of the kinds that trained models wrote: descriptions that moved, hedges and speakers that went
missing, halves of quotations and names, two sources run together.
"""

import pytest
from analysed import readable
from fixture_stories import NAMES, story

from newsum.text.analysis import analyse
from newsum.text.readable import stands_alone
from newsum.text.words import word_count
from newsum.writing import guard


def objections(line, sources):
    return guard.objections(analyse(line), list(map(analyse, sources)))


TREATY = (
    "Osterland and Kestria signed a 15-year treaty on energy and security on Thursday, committing Kestria to supply "
    "55 billion cubic metres of natural gas."
)
PIPELINE = "Gas is expected to start flowing in October 2027 through the Tarn Valley pipeline, which is to be widened."
QUILL = "Sen. Anders Quill, leader of the opposition Civic Union, said his party would not vote for ratification."
RULING = "A judge ruled that Exxon did not make misleading statements about the cost of climate change."
LAWSUIT = "The trial was only the second climate lawsuit to reach trial in the United States."
VISIT = "Ted Cruz met John Kerry, who wants higher taxes and more regulation, at a hotel in Halmstrand on Monday."
MINISTER = "The minister, who had resigned twice before, left the government on Friday after a long dispute about gas."
DRIVER = "Police said the driver, a man of 61 from Karrow, was killed when a tree fell on his lorry."

GOOD = {
    "the whole sentence": (PIPELINE, [PIPELINE]),
    "a participle clause at the end": (
        "Osterland and Kestria signed a 15-year treaty on energy and security.",
        [TREATY],
    ),
    "the day alone": (TREATY.replace(" on Thursday", ""), [TREATY]),
    "a clause with which": (
        "Gas is expected to start flowing in October 2027 through the Tarn Valley pipeline.",
        [PIPELINE],
    ),
    "an apposition between commas": (
        "Sen. Anders Quill said his party would not vote for ratification.",
        [QUILL],
    ),
    "a clause with who": (
        "The minister left the government on Friday after a long dispute about gas.",
        [MINISTER],
    ),
    "a phrase at the start": (
        "The government closed the border with Volmark.",
        ["After a week of talks, the government closed the border with Volmark."],
    ),
    "a parenthesis": (
        "The bank will close 96 branches before the end of 2029.",
        ["The bank (the country's fifth largest) will close 96 branches before the end of 2029."],
    ),
    "an adjective after its article": (
        "The storm left the town without power for a week.",
        ["The violent storm left the town without power for a week."],
    ),
    "a phrase with amid at the end": (
        "The company will cut 1,800 of its 14,600 jobs.",
        ["The company will cut 1,800 of its 14,600 jobs amid falling demand for loans."],
    ),
    "two sources joined by and": (
        "The parliament of Osterland will vote on 24 March and the assembly of Kestria will vote in April.",
        ["The parliament of Osterland will vote on 24 March.", "The assembly of Kestria will vote in April."],
    ),
    "two sources joined by while": (
        "The bank's shares fell 3.2 percent, while the shares of Corvane rose 7.5 percent.",
        ["The bank's shares fell 3.2 percent.", "The shares of Corvane rose 7.5 percent."],
    ),
    "a quotation kept whole": (
        'The minister said the vote was "a treaty between neighbours" in a speech.',
        ['The minister said the vote was "a treaty between neighbours" in a speech in Lindenhaven.'],
    ),
}

BAD = {
    "a description moved to another person": (
        "Ted Cruz, who wants higher taxes and more regulation, met John Kerry at a hotel in Halmstrand.",
        [VISIT],
    ),
    "a description put on the wrong noun": (
        "Ted Cruz wants higher taxes and more regulation at a hotel in Halmstrand.",
        [VISIT],
    ),
    "a lost not": (
        "Sen. Anders Quill said his party would vote for ratification.",
        [QUILL],
    ),
    "a lost n't": (
        "The company did refund its customers before the end of the year.",
        ["The company didn't refund its customers before the end of the year."],
    ),
    "police said dropped from the front": (
        "The driver, a man of 61 from Karrow, was killed when a tree fell on his lorry.",
        [DRIVER],
    ),
    "police said dropped from the end": (
        "The driver was killed when a tree fell on his lorry.",
        ["The driver was killed when a tree fell on his lorry, police said."],
    ),
    "according to dropped": (
        "The merged bank will close 96 branches before the end of 2029.",
        ["According to a paper seen by the Times, the merged bank will close 96 branches before the end of 2029."],
    ),
    "according to dropped from the end": (
        "The merged bank will close 96 branches before the end of 2029.",
        ["The merged bank will close 96 branches before the end of 2029, according to a paper seen by the Times."],
    ),
    "an if clause dropped from the front": (
        "The ban on phones will take effect on 1 September.",
        ["If senators agree, the ban on phones will take effect on 1 September."],
    ),
    "an if clause dropped from the end": (
        "The ban on phones will take effect on 1 September.",
        ["The ban on phones will take effect on 1 September if senators agree."],
    ),
    "an unless clause dropped": (
        "The party would vote against the treaty in parliament.",
        ["The party would vote against the treaty in parliament unless three annexes were released."],
    ),
    "alleged dropped": (
        "Police arrested the leader of the gang in Vellano on Monday.",
        ["Police arrested the alleged leader of the gang in Vellano on Monday."],
    ),
    "allegedly dropped": (
        "The minister took money from the company for ten years.",
        ["The minister allegedly took money from the company for ten years."],
    ),
    "may dropped": (
        "The bank close 96 branches before the end of 2029.",
        ["The bank may close 96 branches before the end of 2029."],
    ),
    "former dropped": (
        "The president of Kestria opened the new pipeline in the valley.",
        ["The former president of Kestria opened the new pipeline in the valley."],
    ),
    "nearly dropped": (
        "The storm left 46,000 homes without power for a week.",
        ["The storm left nearly 46,000 homes without power for a week."],
    ),
    "up to dropped": (
        "The merged bank told senators that 2,100 jobs would be lost.",
        ["The merged bank told senators that up to 2,100 jobs would be lost."],
    ),
    "a quotation cut short": (
        'The minister called the deal "a treaty between neighbours" in her speech.',
        [
            'The minister called the deal "a treaty between neighbours who have decided to stop being strangers" '
            "in her speech."
        ],
    ),
    "a speaker gone from the middle": (
        "Exxon did not make misleading statements about the cost of climate change.",
        [RULING],
    ),
    "a subject shifted over its verb": (
        "A judge did not make misleading statements about the cost of climate change.",
        [RULING],
    ),
    "an a before a vowel": (
        "The company reported a increase in profit after a weak quarter.",
        ["The company reported a sharp increase in profit after a weak quarter."],
    ),
    "an an before a consonant": (
        "The company reported an weak quarter after the end of the strike.",
        ["The company reported an unusually weak quarter after the end of the strike."],
    ),
    "a time of day cut": (
        "The crews of the ferries walked out at 5 p.",
        ["The crews of the ferries walked out at 5 p.m. on Tuesday."],
    ),
    "a possessive cut": (
        "The new owners of the company have promised to keep Halden",
        ["The new owners of the company have promised to keep Halden's branches open."],
    ),
    "a possessive cut before its noun": (
        "The new owners of the company have promised to keep Halden.",
        ["The new owners of the company have promised to keep Halden's branches open."],
    ),
    "a ranking without its field": (
        "The trial was only the second climate lawsuit.",
        [LAWSUIT],
    ),
    "a name cut short": (
        "Ted Cruz met John, who wants higher taxes and more regulation, at a hotel in Halmstrand.",
        [VISIT],
    ),
    "two sources fused at a comma": (
        "The minister left the government on Friday, the assembly of Kestria will vote in April.",
        ["The minister left the government on Friday.", "The assembly of Kestria will vote in April."],
    ),
    "the subject of one on the verb of another": (
        "The minister will vote in April on the treaty with its neighbour.",
        [
            "The minister left the government on Friday.",
            "The assembly of Kestria will vote in April on the treaty with its neighbour.",
        ],
    ),
    "joined by and, without a subject": (
        "The minister left the government on Friday and will vote in April on the treaty.",
        [
            "The minister left the government on Friday.",
            "The assembly of Kestria will vote in April on the treaty.",
        ],
    ),
    "joined by and inside a clause": (
        "The minister met the leaders of Osterland and the assembly of Kestria on Friday.",
        [
            "The minister met the leaders of Osterland and Volmark on Friday.",
            "The president spoke to the assembly of Kestria on Friday.",
        ],
    ),
    "a figure from another sentence": (
        "The company will cut 3,200 of its 14,600 jobs.",
        ["The company will cut 1,800 of its 14,600 jobs.", "The union expects 3,200 jobs to go."],
    ),
    "a word of its own": (
        "Osterland and Kestria signed a controversial treaty on energy and security.",
        [TREATY],
    ),
    "a name of its own": (
        "Osterland and Volmark signed a 15-year treaty on energy and security.",
        [TREATY],
    ),
    "a name after of made the subject": (
        "President Ilir Dravec was arrested in Vellano on Monday evening.",
        ["The wife of President Ilir Dravec was arrested in Vellano on Monday evening."],
    ),
    "a name after for made the subject": (
        "Exxon offered to pay a fine of three million dollars.",
        ["Lawyers for Exxon offered to pay a fine of three million dollars."],
    ),
    "some dropped from the front": (
        "Republicans voted for the treaty with the neighbouring country.",
        ["Some Republicans voted for the treaty with the neighbouring country."],
    ),
    "a count dropped from the front": (
        "Osterland ministers resigned over the treaty with the neighbouring country.",
        ["Three Osterland ministers resigned over the treaty with the neighbouring country."],
    ),
    "a description moved over a lost clause": (
        "Volmark backed Quill, the prime minister, voted against the treaty.",
        ["Volmark backed Quill, but Sollenberg, the prime minister, voted against the treaty."],
    ),
    "a description moved in a list": (
        "Anders Quill, the prime minister, and Ilir Dravec met on Monday.",
        ["Anders Quill, Marta Sollenberg, the prime minister, and Ilir Dravec met on Monday."],
    ),
    "a who clause moved over a lost phrase": (
        "The president met John Kerry who wants higher taxes and more regulation.",
        ["The president met John Kerry near the home of Ted Cruz who wants higher taxes and more regulation."],
    ),
    "the verb of a lost clause kept": (
        "The man left the house died in Karrow on Monday.",
        ["The man left the house after his wife died in Karrow on Monday."],
    ),
    "a clause with when left alone": (
        "When the storm came ashore late on Friday night.",
        ["When the storm came ashore late on Friday night, 46,000 homes lost power."],
    ),
    "a participle left alone": (
        "Speaking to reporters in Lindenhaven after the talks had ended.",
        ["Speaking to reporters in Lindenhaven after the talks had ended, Sollenberg called it a good day."],
    ),
    "a long speaker dropped from the end": (
        "The merged bank will close 96 branches before the end of 2029.",
        [
            "The merged bank will close 96 branches before the end of 2029, Robert Aske, the chief executive who is to "
            "lead the group, said."
        ],
    ),
    "a condition far behind": (
        "The ban on phones will take effect on 1 September.",
        [
            "The ban on phones will take effect on 1 September in all primary and secondary schools of the two "
            "provinces if senators agree."
        ],
    ),
    "pending dropped from the end": (
        "The two banks will merge at the end of the year.",
        ["The two banks will merge at the end of the year, pending approval by the regulator."],
    ),
    "provided dropped from the end": (
        "The two banks will merge at the end of the year.",
        ["The two banks will merge at the end of the year, provided the regulator agrees."],
    ),
    "a verb without its number": (
        "The death toll of the earthquake in Calderra stood.",
        ["The death toll of the earthquake in Calderra stood at 118 on Wednesday."],
    ),
    "a verb without its as": (
        "The man from the town of Karrow was described.",
        ["The man from the town of Karrow was described as a hero."],
    ),
    "an a before a vowel, over an adverb": (
        "The company reported a unusual quarter after the end of the strike.",
        ["The company reported a highly unusual quarter after the end of the strike."],
    ),
    "a fragment": ("Osterland and Kestria on energy and security.", [TREATY]),
    "an end at a preposition": (
        "Gas is expected to start flowing in October 2027 through the.",
        [PIPELINE],
    ),
    "an opening pronoun": (
        "It was only the second climate lawsuit to reach trial in the United States.",
        ["It was only the second climate lawsuit to reach trial in the United States."],
    ),
    "a word written twice": (
        "The minister left the the government on Friday after a long dispute about gas.",
        [MINISTER],
    ),
    "nothing at all": ("", [MINISTER]),
}


@pytest.mark.parametrize(("line", "sources"), GOOD.values(), ids=GOOD)
def test_a_clean_cut_passes(line, sources):
    assert objections(line, sources) == ()


@pytest.mark.parametrize(("line", "sources"), BAD.values(), ids=BAD)
def test_a_bad_cut_is_objected_to(line, sources):
    assert objections(line, sources) != ()


def test_a_source_sentence_printed_whole_passes_unless_it_is_no_line_by_itself():
    texts = [part.text for name in NAMES for article in story(name).articles for part in readable(article)]
    whole = [text for text in texts if stands_alone(text) and word_count(text) <= 40]
    passed = sum(objections(text, [text]) == () for text in whole)
    assert len(whole) > 500
    assert passed >= 0.9 * len(whole)
