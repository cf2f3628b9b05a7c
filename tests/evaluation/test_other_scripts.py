"""ROUGE of other scripts has the values that counting words gives; one word has one form, composed or not."""

import unicodedata

import pytest

from newsum.evaluation import evaluate
from newsum.evaluation.rouge import rouge, tokens

SIGNED = {  # "The treaty was signed on Monday", or near it, and how many of its words
    "Russian": ("Договор был подписан в понедельник", 5),
    "Greek": ("Η συνθήκη υπογράφηκε τη Δευτέρα", 5),
    "Arabic": ("تم توقيع المعاهدة يوم الاثنين", 5),
    "Hebrew": ("האמנה נחתמה ביום שני", 4),
    "Hindi": ("संधि पर सोमवार को हस्ताक्षर हुए", 6),
    "Korean": ("조약은 월요일에 서명되었다", 3),
    "Chinese": ("条约周一签署", 6),
    "Japanese": ("条約は月曜日に署名された", 12),
    "Thai": ("สนธิสัญญา", 9),
}


@pytest.mark.parametrize("name", SIGNED)
def test_a_text_of_any_script_has_its_words(name: str) -> None:
    text, count = SIGNED[name]
    assert len(tokens(text)) == count
    assert rouge(text, [text])["rouge1"] == 1.0
    assert rouge(text, ["Совсем другие слова" if name != "Russian" else "别的"])["rouge1"] == 0.0


def test_half_of_the_words_shared_is_half_of_rouge_1_in_any_script() -> None:
    assert rouge("Договор был подписан", ["Договор сорван"])["rouge1"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (5 / 6))
    assert rouge("条约签署", ["条约破裂"])["rouge1"] == pytest.approx(0.5)


@pytest.mark.parametrize("text", ["Ein Café in Köln schloß am Montag", *(text for text, _ in SIGNED.values())])
def test_composed_and_decomposed_texts_score_alike(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert tokens(apart) == tokens(text)
    assert evaluate([apart], [text])["rouge1"].mid == 1.0


def test_an_english_text_with_a_borrowed_letter_scores_as_rouge_score_has_it() -> None:
    assert tokens("The café’s owner said “no” – 5% of naïve buyers came.") == [
        *("the", "caf", "s", "owner", "said", "no", "5", "of", "na", "ve", "buyer", "came"),
    ]
