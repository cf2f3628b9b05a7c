"""What a sentence is worth to an editor's summary, and which stories nothing is learned from."""

import gzip
import json

import pytest
from fixture_stories import story

from newsum.planning.salience import FEATURES
from newsum.text.words import words
from recipes.aside import held_out
from recipes.salience import rows, share


def test_a_tenth_of_the_stories_is_held_out_and_always_the_same_tenth():
    out = [held_out(f"story-{n}") for n in range(1000)]
    assert out == [held_out(f"story-{n}") for n in range(1000)]
    assert 70 <= sum(out) <= 130


def test_a_share_is_of_the_pairs_of_words_and_a_little_of_the_words():
    summary = [word.key for word in words("The crews walked out.")]
    assert share("The crews walked out.", summary) == 1.0
    assert share("Prices rose in March.", summary) == 0.0
    assert share("The crews out walked.", summary) == pytest.approx(0.1 + 0.9 / 3)


def test_a_story_gives_a_row_for_each_sentence_that_can_stand_alone(tmp_path):
    file = tmp_path / "stories.jsonl.gz"
    names = [f"story-{n}" for n in range(20)]
    record = {**story("treaty").to_dict(), "reference": "Osterland and Kestria signed a treaty on Thursday."}
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps({**record, "story_id": name}) + "\n" for name in names)
    found = list(rows(file))
    assert len(found) == sum(not held_out(name) for name in names) < len(names)
    assert found[0].found.shape == (len(found[0].taken), len(FEATURES))
    assert 0 < found[0].taken.max() <= 1
