"""Packing, families and batching without any model: words stand for tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.errors import SettingsError
from newsum.generation import GenerationSettings
from newsum.generation.batching import buckets
from newsum.generation.families import Family, family_of, longest_output, window_of
from newsum.generation.packing import Packed, neutralise, pack

NO_LIMIT = 10**30  # what a tokenizer without a limit says


def count_words(texts):
    return [len(text.replace("<doc-sep>", " <doc-sep> ").split()) for text in texts]


def sentence(words, name="w"):
    return " ".join(f"{name}{n}" for n in range(words))


BART = Family("bart")


def packed(sizes, room, family=BART):
    documents = [[sentence(size, f"d{d}s{s}w") for s, size in enumerate(document)] for d, document in enumerate(sizes)]
    return documents, pack(documents, family=family, window=room, room=room, count=count_words)


documents_of_sizes = st.lists(st.lists(st.integers(1, 40), max_size=8), max_size=7)
families = st.sampled_from([Family("bart"), Family("primera", separator="<doc-sep>")])


@settings(deadline=None, max_examples=60)
@given(documents_of_sizes, st.integers(1, 200), families)
def test_what_is_packed_fits_the_room_and_no_sentence_is_cut(sizes, room, family):
    documents, found = packed(sizes, room, family)
    chosen = [
        document[start : start + kept]
        for document, start, kept in zip(documents, found.starts, found.kept, strict=True)
    ]
    assert count_words([found.text])[0] <= room
    assert found.text == family.join(chosen)
    assert [k + left for k, left in zip(found.kept, found.left_out, strict=True)] == [len(d) for d in documents]


@settings(deadline=None, max_examples=60)
@given(documents_of_sizes, st.integers(1, 200), families)
def test_a_document_that_needs_no_more_than_an_equal_share_is_kept_whole(sizes, room, family):
    separator = 1 if family.separator.strip() else 0
    _, found = packed(sizes, room, family)
    for document, kept in zip(sizes, found.kept, strict=True):
        if document and sum(document) + separator <= room / len(sizes):
            assert kept == len(document)


@settings(deadline=None, max_examples=60)
@given(documents_of_sizes, st.integers(1, 200))
def test_room_is_left_only_where_no_next_sentence_fits_it(sizes, room):
    _, found = packed(sizes, room)
    rest = room - count_words([found.text])[0]
    for document, start, kept in zip(sizes, found.starts, found.kept, strict=True):
        if kept and start + kept < len(document):
            assert document[start + kept] > rest


def test_what_one_document_does_not_use_goes_to_the_one_that_needs_it():
    _, found = packed([[2], [5] * 20], 42)
    assert (found.kept, found.left_out) == ((1, 8), (0, 12))
    assert found.notices == ("12 of 20 sentences of article 2 did not fit the model's window of 42 tokens",)


def test_equal_documents_get_equal_shares():
    _, found = packed([[5] * 10] * 3, 60)
    assert found.kept == (4, 4, 4)


def test_a_first_sentence_longer_than_the_whole_share_is_passed_over_and_said_so():
    documents, found = packed([[90, 5, 5], [10, 10]], 40)
    assert (found.starts, found.kept, found.left_out) == ((1, 0), (2, 2), (1, 0))
    assert found.text == " ".join([*documents[0][1:], *documents[1]])
    assert found.notices == (
        "1 of 3 sentences of article 1 did not fit the model's window of 40 tokens, its first 1 among them",
    )


def test_a_document_of_one_sentence_that_is_too_long_is_left_out_and_said_so():
    _, found = packed([[90], [10]], 40)
    assert (found.kept, found.left_out) == ((0, 1), (1, 0))
    assert found.notices == ("1 of 1 sentence of article 1 did not fit the model's window of 40 tokens",)


def test_no_documents_and_empty_documents_pack_into_an_empty_text():
    assert packed([], 10)[1].text == ""
    assert packed([[], []], 10)[1].kept == (0, 0)


def test_a_tokenizer_that_needs_more_for_the_whole_than_for_its_parts_still_fits():
    greedy = pack(
        [["a b", "c d", "e f"]],
        family=Family("odd"),
        window=8,
        room=8,
        count=lambda texts: [len(t.split()) + t.strip().count(" ") // 2 for t in texts],
    )
    assert isinstance(greedy, Packed)
    assert greedy.kept == (3,)
    assert greedy.text == "a b c d e f"


def test_special_tokens_spelt_out_in_an_article_are_broken_up():
    assert neutralise("a <s> b <doc-sep> c </s>", ["<s>", "</s>", "<doc-sep>"]) == "a < s> b < doc-sep> c < /s>"
    assert neutralise("plain", []) == "plain"


def test_t5_takes_its_prefix_from_its_config_and_its_window_from_its_tokenizer():
    config = {"model_type": "t5", "task_specific_params": {"summarization": {"prefix": "tldr: "}}}
    assert family_of(config, {}).prefix == "tldr: "
    assert family_of({"model_type": "t5"}, {}).prefix == "summarize: "
    assert family_of({"model_type": "mt5"}, {}).prefix == ""
    assert window_of({"model_type": "t5"}, NO_LIMIT) == 512
    assert window_of({"model_type": "t5"}, 1024) == 1024
    assert window_of({"model_type": "longt5"}, NO_LIMIT) == 4096
    assert longest_output({"model_type": "t5"}) is None


def test_a_window_is_the_smaller_of_the_positions_and_the_tokenizers_limit():
    bart = {"model_type": "bart", "max_position_embeddings": 1024}
    assert window_of(bart, NO_LIMIT) == 1024
    assert window_of(bart, 512) == 512
    assert longest_output(bart) == 1023
    nested = {"model_type": "encoder-decoder", "encoder": {"max_position_embeddings": 512}}
    assert window_of(nested, NO_LIMIT) == 512


def test_led_windows_are_whole_attention_windows_and_primera_is_known_by_its_separator():
    led = {"model_type": "led", "attention_window": [8, 16], "max_encoder_position_embeddings": 70}
    assert window_of(led, NO_LIMIT) == 64
    assert family_of(led, {}) == Family("led", global_attention=True, multiple=16)
    primera = family_of(led, {"<doc-sep>": 7})
    assert (primera.name, primera.separator) == ("primera", "<doc-sep>")
    assert primera.join([["a.", "b."], [], ["c."]]) == "a. b.<doc-sep>c.<doc-sep>"


def test_pegasus_line_ends_become_line_ends():
    assert family_of({"model_type": "pegasus"}, {}).written(" One.<n>Two. ") == "One.\nTwo."
    assert family_of({"model_type": "bart"}, {}).written(" One.<n>") == "One.<n>"


def test_batches_hold_neighbours_in_length_within_the_budget():
    assert buckets([9, 2, 3, 30], tokens=10) == [[1, 2], [0], [3]]
    assert buckets([1, 1, 1], tokens=100, size=2) == [[0, 1], [2]]
    assert buckets([], tokens=10) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"beams": 0}, "beams=0"),
        ({"beams": True}, "beams=True"),
        ({"beams": 2, "candidates": 3}, "candidates=3 is more than beams=2"),
        ({"max_tokens": 5, "min_tokens": 6}, "min_tokens=6 is more than max_tokens=5"),
        ({"temperature": 0.0}, "temperature=0.0"),
        ({"temperature": float("nan")}, "temperature=nan"),
        ({"top_p": 0.5}, "only matters when sampling"),
        ({"temperature": 1.0, "top_p": 1.5}, "top_p=1.5"),
        ({"seed": -1}, "seed=-1"),
        ({"no_repeat_ngram": "3"}, "no_repeat_ngram='3'"),
    ],
)
def test_settings_out_of_range_are_refused_by_name(values, said):
    with pytest.raises(SettingsError, match=said):
        GenerationSettings(**values)


def test_sampling_may_return_more_candidates_than_beams():
    assert GenerationSettings(beams=1, candidates=5, temperature=0.7).sampling is True
