"""A line that a model wrote is a whole sentence, or shows by its signs that it is none."""

import pytest

from newsum.text import lexicon
from newsum.text.whole import is_sentence

WHOLE = (
    "Osterland and Kestria signed a 15-year treaty on energy and security.",
    "Sen. Anders Quill, leader of the opposition, said his party would not vote for ratification.",
    "The minister, who had resigned twice before, left the government on Friday.",
    "After a week of talks, the government closed the border with Volmark.",
    "The bank (the country's fifth largest) will close 96 branches before the end of 2029.",
    'The minister said the vote was "a treaty between neighbours."',
    "“It is a treaty between neighbours,” the minister said of it.",
    "The trial, called the ferry case, followed two years of talks.",
    "The treaty remains in force for fifteen years.",
)
BROKEN = {
    "no verb": "Osterland and Kestria on energy and security.",
    "a verb in its bare form": "The bank close 96 branches before the end of 2029.",
    "a verb of a side clause only": "The minister, who resigned twice before, of Osterland.",
    "a verb of a relative clause only": "The leader who plans a vote on the treaty.",
    "a participle after its article": "The altered video of the port of Karrow.",
    "a name and what it is": "Billy Graham, the preacher whose ministry changed lives.",
    "no stop": "The new owners of the company have promised to keep Halden",
    "too few words": "The minister left on Friday.",
    "a bracket that nothing closes": "The bank (the fifth largest will close 96 branches on Monday.",
    "a quotation that nothing closes": "The minister called it “a treaty between neighbours in a speech.",
    "a word twice running": "The minister left the the government on Friday.",
    "two commas running": "The minister,, who had resigned before, left on Friday.",
    "a space before a mark": "The minister left the government on Friday .",
    "a subject parted from its verb": "Rui Castanheda, accused the club of fraud on Monday.",
    "a clause without its main clause": "As the court met in Karrow on Monday, Governor Quill.",
    "nothing at all": "",
}


@pytest.mark.parametrize("line", WHOLE)
def test_a_whole_sentence_is_one(line):
    assert is_sentence(line)


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_none(line):
    assert not is_sentence(line)


@pytest.mark.parametrize("verb", sorted(lexicon.PAST))
def test_a_past_form_is_a_sentences_verb(verb):
    assert is_sentence(f"The people in the old port {verb} it all.")
