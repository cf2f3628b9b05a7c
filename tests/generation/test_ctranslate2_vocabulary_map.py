"""Vocabulary maps, with numbers for tokens: 0 to 3 begin and end a text."""

from newsum.generation.ctranslate2.vocabulary_map import VocabularyMap, shared_map

EDGES = frozenset({0, 2, 3})
JOINING = frozenset({10, 11})
BAR = 20


def request(*source, without=BAR):
    return (0, *source, 2), (frozenset(source) | JOINING) - {without}


def test_requests_of_their_own_words_and_the_same_others_share_a_map():
    requests = [request(30, 31, BAR, 32), request(30, 11), request(40)]
    found = shared_map(requests, EDGES, None)
    assert found == VocabularyMap(JOINING, frozenset({0, 2, BAR}))
    assert found.serves(request(50, 51, BAR, 50), EDGES)
    assert shared_map(requests[:2], EDGES, found) == found


def test_a_joining_word_or_a_mark_first_seen_later_is_added_to_the_map():
    first = shared_map([request(30, 10)], EDGES, None)
    assert first.fixed == {11}
    assert not first.serves(request(31), EDGES)
    second = shared_map([request(31), request(10, BAR)], EDGES, first)
    assert (second.fixed, second.never) == (JOINING, {0, 2, BAR})
    assert second.serves(request(30, 10), EDGES)


def test_what_every_one_of_many_requests_allows_is_in_the_map_before_a_source_lacks_it():
    stop = 12
    many = [((0, 30 + n, 10, 11, stop, 2), frozenset({30 + n, stop}) | JOINING) for n in range(8)]
    without = ((0, 50, 2), frozenset({50, stop}) | JOINING)
    assert not shared_map(many[:7], EDGES, None).serves(without, EDGES)
    found = shared_map(many, EDGES, None)
    assert found.fixed == JOINING | {stop}
    assert found.serves(without, EDGES)


def test_requests_that_allow_other_words_share_none():
    assert shared_map([request(30), ((0, 31, 2), frozenset({31, 12}))], EDGES, None) is None
    assert shared_map([request(30), ((0, 31, 30, 2), frozenset({31}) | JOINING)], EDGES, None) is None


def test_a_token_among_those_that_begin_and_end_a_text_moves_their_places_and_is_not_shared():
    moved = ((0, 1, 30, 2), frozenset({1, 30}) | JOINING)
    assert shared_map([moved, request(31)], EDGES, None) is None
    assert VocabularyMap(moved[1]).serves(moved, EDGES)


def test_what_was_mapped_for_other_requests_is_let_go_of_where_it_would_be_too_much():
    earlier = VocabularyMap(frozenset({10, 11, 90}), frozenset({BAR, 30}))
    found = shared_map([request(30), request(31)], EDGES, earlier)
    assert found == VocabularyMap(JOINING, frozenset({0, 2}))


def test_a_map_is_written_with_a_line_for_every_source_and_one_for_each_source_token():
    tokens = ["<s>", "a b", "</s>", "the", "port", "|"]
    assert list(VocabularyMap(frozenset({1, 3, 4}), frozenset({0, 2, 5})).lines(tokens)) == [
        "\tthe port",
        "the\tthe",
        "port\tport",
    ]
    assert list(VocabularyMap(frozenset({4})).lines(tokens)) == ["\tport"]
