"""The stories that two checkouts are timed on are of one size, and their briefs are what is timed."""

import gzip
import json

from fixture_stories import story

from benchmarks.against import measured, stories


def _write(folder, name, sizes):
    articles = [article for name in ("treaty", "storm", "ferry-strike") for article in story(name).articles]
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, size in enumerate(sizes):
            own = [{"outlet": f"Outlet {n}", "text": a.text, "title": a.title} for n, a in enumerate(articles[:size])]
            file.write(json.dumps({"story_id": f"{name}-{number}", "articles": own}) + "\n")


def test_stories_are_cut_to_five_articles_and_smaller_ones_left_out(tmp_path):
    _write(tmp_path, "news_cluster_dev", [4, 7, 5])
    _write(tmp_path, "ecbplus_dev", [6] + [5] * 60)
    found = stories(tmp_path)
    assert [one.id for one in found[:3]] == ["news_cluster_dev-1", "news_cluster_dev-2", "ecbplus_dev-0"]
    assert len(found) == 48
    assert {len(one.articles) for one in found} == {5}


def test_what_is_measured_is_the_time_of_the_briefs(tmp_path):
    one, none = story("treaty"), []
    assert measured(none, [one]) > measured([one], none) >= 0
