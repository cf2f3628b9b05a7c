"""What a newcomer passes at first works, or is answered with one sentence that says what to pass instead."""

from pathlib import Path

import pytest

import newsum

STORIES = Path(__file__).parents[1] / "examples" / "stories"
FERRY = STORIES / "ferry-strike"
ARTICLE = newsum.Article("Northgate Wire", "Crews walked out on Tuesday over night rosters. No ferry sailed.", "Strike")
OTHER = newsum.Article("Commerce Daily", "The strike over night rosters halted every ferry on Tuesday.", "No ferry")


def brief(given, **options):
    return newsum.Summariser(model=None).summarise(given, words=40, **options)


@pytest.mark.parametrize(
    "given",
    [
        str(FERRY),
        FERRY,
        [FERRY],
        [str(FERRY / "01_northgate-wire.md"), FERRY / "03_commerce-daily.md"],
        f"{FERRY}/*.md",
    ],
    ids=["folder as text", "folder", "list of a folder", "list of files", "pattern"],
)
def test_paths_are_read(given):
    assert {source.outlet for source in brief(given).sources} >= {"Northgate Wire", "Commerce Daily"}


def test_one_article_is_a_story_of_one():
    summary = brief(ARTICLE)
    assert summary.credits == ("Northgate Wire",)
    assert "Everything here rests on one article." in summary.notices


@pytest.mark.parametrize("call", ["summarise", "summarise_shard", "attribute"])
def test_none_is_no_articles_and_the_message_says_what_is(call):
    calls = {
        "summarise": lambda: brief(None),
        "summarise_shard": lambda: newsum.summarise(None, model=None),
        "attribute": lambda: newsum.attribute("No ferry sailed.", None, judge=None),
    }
    with pytest.raises(newsum.ArticleError, match=r"not NoneType: newsum\.read\(.*\) makes them"):
        calls[call]()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Crews walked out on Tuesday.\nNo ferry sailed.", r"newsum\.Article\(outlet, text\)"),
        ("Crews walked out on Tuesday. " * 80, r"newsum\.Article\(outlet, text\)"),
        ([newsum.Story((ARTICLE,)), newsum.Story((OTHER,))], "summarise_many"),
        ([[ARTICLE], [OTHER]], "summarise_many"),
        (42, "not int"),
        ([ARTICLE, None], "not NoneType"),
        ({"outlet": "BBC", "text": "It rained."}, r"newsum\.Article\.from_dict"),
        ([{"outlet": "BBC", "text": "It rained."}], r"newsum\.Article\.from_dict"),
        (newsum.Summary((newsum.Line("It rained."),)), "a brief"),
    ],
    ids=["a text", "a long row", "stories", "lists", "a number", "a hole", "a dict", "dicts", "a summary"],
)
def test_what_cannot_be_articles_is_told_with_what_to_do(given, told):
    with pytest.raises(newsum.ArticleError, match=told):
        brief(given)


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(newsum.NothingToRead, match="no-such-folder"):
        brief("no-such-folder")


def test_several_folders_are_several_stories_to_summarise_many():
    summariser = newsum.Summariser(model=None)
    found = list(summariser.summarise_many([FERRY, STORIES / "storm"], words=40))
    assert [len(summary.sources) for summary in found] == [5, 5]


def test_a_folder_of_stories_is_read_by_summarise_many(tmp_path):
    for name, article in (("one", ARTICLE), ("two", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{article.outlet}.txt").write_text(article.text)
    with pytest.warns(newsum.ReadingWarning):
        found = list(newsum.Summariser(model=None).summarise_many(tmp_path, words=40))
    assert [summary.story_id for summary in found] == ["one", "two"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([ARTICLE, OTHER], r"newsum\.group\(articles\)"),
        (ARTICLE, r"summarise\(article\)"),
        (newsum.Story((ARTICLE, OTHER)), r"summarise\(story\)"),
        (None, "not NoneType"),
    ],
    ids=["a heap", "an article", "a story", "none"],
)
def test_what_is_not_many_stories_is_told_with_what_to_do(given, told):
    with pytest.raises(newsum.ArticleError, match=told):
        list(newsum.Summariser(model=None).summarise_many(given, words=40))


def test_an_error_of_one_story_among_many_says_which():
    with pytest.raises(newsum.ArticleError, match=r"^story 2: there is nothing to summarise"):
        list(newsum.Summariser(model=None).summarise_many([[ARTICLE], [], [OTHER]], words=40))
    with pytest.raises(newsum.ArticleError, match=r"^there is nothing to summarise"):
        newsum.summarise([], model=None)


@pytest.mark.parametrize("given", [STORIES / "storm", str(STORIES / "storm"), [STORIES / "storm"]])
def test_a_folder_is_grouped(given):
    assert sum(len(story.articles) for story in newsum.group(given)) == 5


@pytest.mark.parametrize(
    ("given", "told"), [(None, "not NoneType"), ("No ferry\nsailed.", "newsum.Article("), ([1], "not int")]
)
def test_what_cannot_be_grouped_is_told_with_what_to_do(given, told):
    with pytest.raises(newsum.ArticleError) as caught:
        newsum.group(given)
    assert told in str(caught.value)


def test_one_article_is_grouped_into_a_story_of_its_own():
    assert [story.articles for story in newsum.group(ARTICLE)] == [(ARTICLE,)]


def test_a_brief_is_attributed_to_a_folder():
    checked = newsum.attribute("Only eight of 70 daily sailings will run.", FERRY, judge=None)
    assert len(checked.sources) == 5


def test_the_name_of_a_brief_is_not_judged_as_a_brief(tmp_path):
    (tmp_path / "brief.txt").write_text("No ferry sailed.")
    with pytest.raises(newsum.SettingsError, match="is the name of a file"):
        newsum.attribute(str(tmp_path / "brief.txt"), [ARTICLE], judge=None)
    with pytest.raises(newsum.SettingsError, match=r"read_text\(\)"):
        newsum.attribute(Path(tmp_path / "brief.txt"), [ARTICLE], judge=None)


@pytest.mark.parametrize("given", [FERRY, str(FERRY), None, 7], ids=["folder", "folder as text", "none", "a number"])
def test_verify_says_what_it_takes(given):
    summary = brief([ARTICLE])
    with pytest.raises(newsum.ArticleError, match=r"not \w+: newsum\.read\(.*\) makes them"):
        summary.verify(given)


def test_one_article_is_enough_to_verify():
    assert brief([ARTICLE]).verify(ARTICLE) == ()
