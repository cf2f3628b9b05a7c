"""What was answered once is answered from memory, and memory has an end."""

from newsum.system.remembering import Remembered


def test_a_function_is_asked_once():
    asked = []
    lengths = Remembered(lambda part: asked.append(part) or len(part), most=10)
    assert list(lengths.of_runs(" to be  or\nto ")) == [2, 2, 2, 2]
    assert asked == ["to", "be", "or"]


def test_all_is_forgotten_when_there_is_too_much():
    lengths = Remembered(len, most=2)
    assert [lengths["a"], lengths["bc"], lengths["def"]] == [1, 2, 3]
    assert dict(lengths) == {"def": 3}
