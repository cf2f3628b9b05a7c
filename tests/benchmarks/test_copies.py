"""The measure that the copies benchmark compares newsum with: word five-grams."""

from benchmarks.copies import containment, shingles


def test_shingles_are_runs_of_five_words_whatever_their_case_and_marks():
    assert len(shingles("One two three four five six.")) == 2
    assert shingles("ONE, two — three four (five)") == shingles("one two three four five")
    assert len(shingles("Too short")) == 1
    assert shingles("…") == frozenset()


def test_containment_is_by_the_shorter_text():
    long = "one two three four five six seven eight nine ten"
    assert containment(shingles(long), shingles("one two three four five six")) == 1
    assert containment(shingles(long), shingles("one two three four five nine")) == 0.5
    assert containment(shingles(long), frozenset()) == 0
