"""The language of a text: English is told by its words, others are named."""

import pytest

from newsum.text.language import language, looks_english

SPANISH = "El presidente del Gobierno anunció este lunes que no habrá elecciones hasta el próximo año, a pesar de todo."
GERMAN = "Der Kanzler hat am Montag in Berlin erklärt, dass man an dem Plan arbeitet; so war es, um was es auch geht."
FRENCH = "Le président a annoncé lundi que les élections auront lieu en mai. On ne sait pas qui sera candidat, or son"
DUTCH = "De minister zei maandag dat er geen nieuwe belastingen komen. Het is een besluit dat in het kabinet was in de"


@pytest.mark.parametrize(
    "text", [SPANISH, GERMAN, FRENCH, DUTCH, "El tratado fue firmado.", "总统星期一宣布。", "Он сказал."]
)
def test_other_languages_are_not_english(text):
    assert not looks_english(text)
    assert not looks_english(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        *("Treaty signed.", "The treaty was signed.", "PRESIDENT SIGNS NEW TRADE TREATY", "", "1,200 300 %"),
        "Sandoria and Osterland have agreed on gas from Halmstrand.",
        "THE PRESIDENT SAID THAT HE WOULD SIGN AFTER ALL, AND THAT GAS WAS COVERED BY IT.",
        "Milk, bread, eggs, butter, flour, sugar, salt",
    ],
)
def test_short_capital_and_listed_english_is_english(text):
    assert looks_english(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SPANISH, "es"),
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (DUTCH, "nl"),
        (
            "The two sides signed it on Monday, after three days of talks, and said that gas was covered by it too.",
            "en",
        ),
        ("Too little to tell.", ""),
        ("", ""),
    ],
)
def test_the_language_is_named_where_there_is_enough_text(text, code):
    assert language(text) == code
