"""A quote is found again after typographic change or an edit elsewhere: moved, changed or gone."""

import unicodedata

import pytest

from newsum.receipts.quotes import Sought, sought

QUOTE = "“It’s over – we’ve signed,” Ada Holm said in Köln on Monday…"


@pytest.mark.parametrize(
    "now",
    [
        "\"It's over - we've signed,\" Ada Holm said in Köln on Monday...",
        "«It’s over — we’ve signed,» Ada Holm said in Köln on Monday…",
        unicodedata.normalize("NFD", QUOTE),
        QUOTE.replace(" ", "\u00a0"),
        QUOTE.replace(" ", "  "),
        QUOTE.replace("signed", "sig\u00adned"),
        QUOTE.replace(" Ada", "\nAda"),
        QUOTE.replace("Monday", "Tuesday"),
        QUOTE.replace("Ada Holm", "Ada Marie Holm"),
        QUOTE.replace("on Monday", "late on Monday evening"),
    ],
)
def test_a_quote_whose_marks_or_words_were_edited_is_found_where_it_stands_now(now: str) -> None:
    text = f"A treaty was signed at noon.\n\n{now}\n\nThe road was closed."
    found = sought(QUOTE, text)
    assert found.fate == "changed"
    assert text[found.start : found.end] == now


@pytest.mark.parametrize("before", ["", "An update was put in here. ", "Line one.\n\nLine two.\n\n"])
def test_a_quote_that_stands_elsewhere_is_moved(before: str) -> None:
    assert sought(QUOTE, f"{before}{QUOTE} More.") == Sought("moved", len(before), len(before) + len(QUOTE))


@pytest.mark.parametrize(
    "text", ["", "The road to Tarn was closed for a week.", "Holm. Ada. Monday. Köln.", "x" * 90_000]
)
def test_a_quote_of_which_nothing_like_it_is_left_is_gone(text: str) -> None:
    assert sought(QUOTE, text) == Sought("gone")


def test_an_empty_quote_is_nowhere() -> None:
    assert sought(" ", "A text.") == Sought("gone")
