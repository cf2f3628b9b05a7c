from newsum.judging.fitting import fitted

TEXT = "The mill closed in June. Ada Holm opened the barrier on Tuesday. Rain fell. The barrier cost 38 million euros."


def count(text: str) -> int:
    return len(text.split())


def test_what_fits_is_left_as_it_is() -> None:
    assert fitted(TEXT, "Holm opened the barrier.", count, 40) == (TEXT, 0)


def test_a_long_premise_keeps_the_whole_sentences_nearest_to_the_hypothesis_in_their_order() -> None:
    kept, left_out = fitted(TEXT, "The barrier that Holm opened cost 38 million.", count, 14)
    assert kept == "Ada Holm opened the barrier on Tuesday. The barrier cost 38 million euros."
    assert left_out == 2


def test_a_sentence_longer_than_the_room_is_cut_between_words_and_counted() -> None:
    assert fitted("one two three four five six", "four", count, 3) == ("one two three", 1)


def test_a_word_longer_than_the_room_is_cut_too() -> None:
    kept, left_out = fitted("x" * 500, "x", len, 20)
    assert len(kept) == 20
    assert left_out == 1
