"""What is left of a sentence without some parts, and what that is worth in a short brief and in a long one."""

import pytest
from analysed import story_of
from fixture_stories import NAMES, story

from newsum.articles import Article, Story
from newsum.compression.removable import parts
from newsum.planning.cuts import FEATURES, losable, losses, shorter
from newsum.planning.cuts import features as part_features
from newsum.planning.salience import features, salience, view_of
from newsum.text.words import word_count

TEXT = (
    "The council of Karrow (KCC) approved 96 new homes on Monday. "
    "The mayor will open the new homes in Karrow on Friday."
)


def weighed(found, *, words):
    view = view_of(story_of(found))
    return view, shorter(view, salience(features(view)), range(len(view.candidates)), words=words)


def two(text=TEXT):
    return Story((Article("BBC", text), Article("CNN", "The council of Karrow approved 96 new homes.")))


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_every_sentence_has_features_and_a_share_that_belongs(name):
    view = view_of(story_of(story(name)))
    lost = [one for n in range(len(view.candidates)) for one in losable(view, n)]
    found = part_features(view, salience(features(view)), lost)
    assert found.shape == (len(lost), len(FEATURES))
    assert (found[:, FEATURES.index("share")] < 1).all()
    assert -0.5 < losses(found).min() <= losses(found).max() < 1


def test_cuts_belong_to_their_sentence_and_are_worth_something():
    view, cuts = weighed(two(), words=45)
    for number, own in cuts.items():
        text = view.candidates[number].text
        assert all(cut.sentence.text == text and set(cut.lost) <= set(parts(text)) and cut.salience > 0 for cut in own)


def test_in_a_short_brief_the_weekday_of_what_has_happened_and_initials_carry_nothing():
    view, cuts = weighed(two(), words=45)
    whole = float(salience(features(view))[0])
    size = word_count(view.candidates[0].text)
    (cut,) = (c for c in cuts[0] if [part.kind for part in c.lost] == ["bracket", "day"])
    assert cut.salience * word_count(cut.text) / (1 + 0.3 * (1 - word_count(cut.text) / size)) == pytest.approx(
        whole * size
    )


def test_the_weekday_of_what_is_to_come_is_weighed_and_so_is_every_part_in_a_long_brief():
    _, short = weighed(two(), words=45)
    view, long = weighed(two(), words=250)
    whole, size = float(salience(features(view))[1]), word_count(view.candidates[1].text)
    (cut,) = (c for c in short[1] if [part.kind for part in c.lost] == ["day"])
    assert cut.salience * word_count(cut.text) < whole * size
    (early, late) = (
        next(c for c in found[0] if [part.kind for part in c.lost] == ["day"]).salience for found in (short, long)
    )
    assert early > late


def test_sentences_without_parts_have_no_cuts():
    assert weighed(two("Nobody was hurt in the fire at the port."), words=45)[1].get(0, ()) == ()
