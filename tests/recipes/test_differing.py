"""Figures changed in one outlet's article, from which is learnt where outlets differ."""

import gzip
import json

import numpy as np
import pytest
from extras import need

need("torch")

from newsum.articles import Article, Story
from newsum.checking.differing import FEATURES
from recipes import differing
from recipes.differing import Row, fit, rows

OURS = "The storm left 46,000 homes in the port of Karrow without power on Friday. Crews worked through the night."
THEIRS = "On Friday 46,000 homes in the port of Karrow lost power in the storm. The harbour stayed shut until Sunday."


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Without the invented stories."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "stories").mkdir()
    with gzip.open(folder / "stories" / "allsides_train.jsonl.gz", "wt", encoding="utf-8") as out:
        for number in range(12):
            story = Story((Article("Port Gazette", OURS), Article("Tolvane Mercury", THEIRS)))
            out.write(json.dumps({**story.to_dict(), "story_id": f"storm-{number}"}) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differing, "invented", lambda: iter(()))
        return list(rows(folder))


def test_a_figure_that_both_have_is_changed_in_one(found):
    put = [row for row in found if row.is_put]
    assert put
    assert all(len(row.features) == len(FEATURES) for row in found)
    assert {row.is_put for row in found} == {True}  # as they are the two have one figure: nothing differs


def test_the_constant_lets_so_many_briefs_say_that_outlets_differ():
    chance = np.random.default_rng(1)
    made = [
        Row(story, is_put, is_printed, list(chance.normal(2.0 * is_put, 1.0, len(FEATURES))))
        for story in range(180)
        for is_put, is_printed in ((True, False), (False, False), (False, True))
    ]
    _, logits = fit(made)
    said = sum(logit > np.log(4) for row, logit in zip(made, logits, strict=True) if row.is_printed)
    assert said == 180 // 50
