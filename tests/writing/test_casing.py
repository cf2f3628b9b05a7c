"""Lower-case pieces become print again: capitals, accents, spaces and marks as the sources have them."""

import pytest
import scripted

from newsum.writing.casing import SourceTokens, restore

JOINING = frozenset("the a and but while of to in on at for with by from as".split())


@pytest.fixture(scope="module")
def tokenizer():
    return scripted.tokenizer()


@pytest.fixture(scope="module")
def print_again(tokenizer):
    """What is printed when a model writes a text after reading sources."""

    def restored(text, *sources):
        read = [SourceTokens.of(source, tokenizer) for source in sources]
        return restore(tokenizer(text).input_ids, read, tokenizer, JOINING)

    return restored


AS_PRINTED = [
    "COVID-19 cases in St. Brandan's Hall rose by 4.5 percent, Dr. O'Connor said.",
    "“We don’t know,” Ms. Sollenberg told the U.S. embassy.",
    "Recep Tayyip Erdoğan met François Bayrou (pictured) in Málaga – at 5 p.m.",
    "The bank’s $4.1bn all-share deal; its owners' 43 percent/57 percent split",
    "He said £84m, or €97.5m, was “due”: no more, no less.",
    "A man, 61, from Karrow - who wasn't named - died.",
]


@pytest.mark.parametrize("text", AS_PRINTED)
def test_a_source_written_out_whole_is_printed_letter_for_letter(print_again, text):
    found = print_again(text, text)
    assert found.text == text
    assert found.runs == 1
    assert found.known is True


def test_what_was_left_out_leaves_the_rest_as_printed(print_again):
    source = "Prime Minister Marta Sollenberg, who turned 50 on Monday, met President Ilir Dravec in Lindenhaven."
    found = print_again("marta sollenberg met president ilir dravec in lindenhaven.", source)
    assert found.text == "Marta Sollenberg met President Ilir Dravec in Lindenhaven."
    assert found.known is True
    assert found.runs == 2


def test_a_word_that_only_opened_its_sentence_loses_its_capital_inside_the_line(print_again):
    found = print_again(
        "kestria will supply gas and officials said so.", "Kestria will supply gas.", "Officials said so."
    )
    assert found.text == "Kestria will supply gas and officials said so."


def test_a_name_keeps_its_capital_inside_the_line(print_again):
    found = print_again(
        "officials said so and kestria will supply gas.", "Officials said so.", "Kestria will supply gas."
    )
    assert found.text == "Officials said so and Kestria will supply gas."
    found = print_again("gas prices rose and nato said so.", "Gas prices rose.", "NATO said so.")
    assert found.text == "Gas prices rose and NATO said so."


def test_a_line_opens_with_a_capital(print_again):
    assert print_again("gas will flow.", "In October gas will flow.").text == "Gas will flow."


def test_a_joining_word_is_known_and_any_other_word_is_not(print_again):
    source = "Ilir Dravec signed."
    assert print_again("ilir dravec signed and signed.", source).known is True
    assert print_again("ilir dravec resigned.", source).known is False


def test_half_a_word_of_a_source_is_no_word_of_it(print_again):
    found = print_again("the treat was signed.", "The treatment was signed.")
    assert found.known is False


def test_figures_and_quotations_stand_as_printed_after_a_cut(print_again):
    source = "Halden, which was founded in 1871, said $1.2bn (€1.1bn) was “a fair price” for 96 branches."
    assert print_again("halden said $1.2bn was “a fair price” for 96 branches.", source).text == (
        "Halden said $1.2bn was “a fair price” for 96 branches."
    )


def test_special_tokens_are_passed_over_and_nothing_makes_nothing(print_again, tokenizer):
    source = SourceTokens.of("Gas will flow.", tokenizer)
    ids = tokenizer("gas will flow.").input_ids
    assert ids[0] in tokenizer.all_special_ids
    assert restore([*ids, tokenizer.pad_token_id], [source], tokenizer, JOINING).text == "Gas will flow."
    assert restore([], [source], tokenizer, JOINING).text == ""


def test_offsets_are_of_the_text_as_it_came(tokenizer):
    text = "Erdoğan’s “plan”"
    read = SourceTokens.of(text, tokenizer)
    assert "".join(text[a:b] for a, b in read.offsets) == text.replace(" ", "")
    assert len(read.ids) == len(read.offsets) == len(read.pieces)
