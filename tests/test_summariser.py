"""From articles to a brief: without a model, with one that writes what it is told, with tiny ones of every family.

Whatever the model writes, nobody is credited with what they did not say, and the reader is told what was left out.
"""

import pytest
from extras import need
from scripted import Told

from newsum.articles import Article, Story
from newsum.errors import ArticleError, CheckpointError, SettingsError
from newsum.similarity.origins import origins
from newsum.summariser import SHARD, Summariser, summarise
from newsum.system.choices import DEFAULT_MODEL
from newsum.text.words import word_count, words

WIRE = (
    "HALMSTRAND (Northgate Wire) - Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting "
    "most services to the six islands. The company cancelled 62 sailings on the first day of the strike. Two "
    "sailings a day will carry medicine and food to St. Orrin under an exemption agreed by the union. "
    "The strike is to last three days."
)
OWN = (
    "Islanders woke to empty quays on Tuesday as ferry crews at Alden Sound began a strike over night rosters. "
    "Patients on St. Orrin will get two sailings a day with medicine and food. A state mediator, Ingrid Falk, "
    "will meet both sides in Karrow on 16 March."
)
OTHER = (
    "Harrow Point Holdings, the investment group that owns Alden Sound Ferries, lost $14m last year. Analysts at "
    "Corvin Capital expect the strike to cost the company $2m a day. "
    "The new rosters lengthen night shifts from 10 to 12 hours."
)
STORY = (
    Article("Northgate Wire", WIRE, "Ferry crews strike over night rosters", published="2026-03-10", id="wire"),
    Article("Channel Meridian", OWN, "Islands cut off as crews strike", published="2026-03-10", id="own"),
    Article("Commerce Daily", OTHER, "What the ferry strike costs", published="2026-03-11", id="other"),
)
COPY = Article("The Morning Bugle", WIRE.replace("(Northgate Wire)", "(NW)"), "Ferries", published="2026-03-11", id="c")


def brief(text, articles=STORY, words=20, **options):
    return summarise(articles, words=words, model=Told([text]), judge=None, **options)


def assert_proved(summary, articles):
    """What every brief promises, whatever wrote it."""
    assert summary.lines
    assert summary.verify(articles) == ()
    by_id = {article.id: article for article in articles}
    origin = origins(articles)
    for line in summary.lines:
        assert line.text == line.text.strip() != ""
        quoted = " ".join(e.quote for e in line.evidence)
        if line.support.label == "unsupported":
            assert line.outlets == ()
        for e in (*line.evidence, *line.corroboration):
            assert e.quote == by_id[e.article].text[e.start : e.end]
            assert e.copy_of == (None if origin[e.article] == e.article else origin[e.article])
        if line.support.label == "supported" and line.origin == "source":
            assert {w.key for w in words(line.text) if w.form.isalpha()} - {w.key for w in words(quoted)} <= MONTHS, (
                line.text
            )


MONTHS = {"march", "februari", "novemb", "januari"}


# --- without a model ------------------------------------------------------------------------------------


def test_where_no_model_is_named_the_default_writes_or_none_does():
    assert Summariser().model == DEFAULT_MODEL
    assert summarise(STORY, words=60) == Summariser(model=DEFAULT_MODEL).summarise(STORY, words=60)


def test_without_a_model_the_lines_are_the_articles_own():
    summary = summarise(STORY, words=60, model=None)
    assert_proved(summary, STORY)
    assert {line.origin for line in summary.lines} == {"source"}
    assert all(line.support.label == "supported" for line in summary.lines)
    assert (summary.provenance["writer"], summary.provenance["judge"]) == (None, None)
    assert summary.provenance["settings"] == {"words": 60, "unsupported": "replace", "seed": 0}


@pytest.mark.parametrize("budget", [30, 45, 60, 90])
def test_a_brief_keeps_to_its_words(budget):
    summary = summarise(STORY, words=budget, model=None)
    assert 0 < sum(word_count(line.text) for line in summary.lines) <= 1.1 * budget + 4  # "(10 March)" comes after


def test_the_title_is_an_articles_headline_or_the_storys_own():
    assert summarise(STORY, words=60, model=None).title in {a.title for a in STORY}
    assert summarise(Story(STORY, title="Ferries"), words=60, model=None).title == "Ferries"
    assert summarise([Article("BBC", WIRE)], words=60, model=None).title == ""


def test_the_order_of_the_articles_does_not_matter():
    one, other = (summarise(articles, words=60, model=None) for articles in (STORY, STORY[::-1]))
    assert one.text == other.text
    assert [line.outlets for line in one.lines] == [line.outlets for line in other.lines]


def test_the_order_of_the_stories_does_not_matter():
    stories = [Story(STORY, id="all"), Story(STORY[:1], id="wire"), Story(STORY[1:], id="rest")]
    summariser = Summariser(model=None)
    forward = list(summariser.summarise_many(stories, words=40))
    back = list(summariser.summarise_many(stories[::-1], words=40))
    assert [summary.story_id for summary in forward] == ["all", "wire", "rest"]
    assert forward == back[::-1]


def test_stories_are_summarised_as_they_are_asked_for_two_shards_read_at_most():
    read = []

    def stories():
        for number in range(5 * SHARD):
            read.append(number)
            yield Story(STORY, id=str(number))

    summaries = Summariser(model=None).summarise_many(stories(), words=40)
    assert next(summaries).story_id == "0"
    assert len(read) == 2 * SHARD
    assert [summary.story_id for summary in summaries] == [str(number) for number in range(1, 5 * SHARD)]


def test_a_shard_keeps_the_place_of_a_story_that_cannot_be_summarised():
    first, bad, last = Summariser(model=None).summarise_shard([STORY, [], STORY[:1]], words=40)
    assert isinstance(bad, ArticleError)
    assert first == summarise(STORY, words=40, model=None)
    assert last == summarise(STORY[:1], words=40, model=None)


def test_progress_goes_to_stderr_only(capsys):
    list(Summariser(model=None).summarise_many([STORY], words=40, progress=True))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "stories" in shown.err


def test_inputs_are_left_as_they_were():
    articles = list(STORY)
    before = [a.to_dict() for a in articles]
    summarise(articles, words=60, model=None)
    assert [a.to_dict() for a in articles] == before
    assert articles == list(STORY)


def test_wire_copies_are_not_independent_voices():
    articles = (*STORY, COPY)
    summary = summarise(articles, words=60, model=None)
    assert_proved(summary, articles)
    assert all("The Morning Bugle" not in (*line.outlets, *line.also) for line in summary.lines)
    carried = [e for line in summary.lines for e in line.corroboration if e.article == "c"]
    assert carried
    assert {e.copy_of for e in carried} == {"wire"}


def test_copies_alone_are_said_to_confirm_nothing():
    (notice,) = summarise((STORY[0], COPY), words=40, model=None).notices
    assert notice == "All articles carry one text: nothing here is confirmed independently."


def test_one_article_makes_a_brief_and_the_reader_is_told():
    summary = summarise(STORY[:1], words=40, model=None)
    assert_proved(summary, STORY[:1])
    assert summary.notices == ("Everything here rests on one article.",)


def test_repeated_and_empty_articles_are_counted_once_and_not_at_all():
    again = Article("Northgate Wire", WIRE, "The same again", id="again")
    empty = Article("Silent Times", " \n ", id="empty")
    summary = summarise((*STORY, again, empty), words=60, model=None)
    assert summary.notices == ("1 of 5 articles had no text.", "1 repeated article was left out.")
    assert [source.article for source in summary.sources] == ["wire", "own", "other"]
    assert summary.text == summarise(STORY, words=60, model=None).text


def test_another_language_gets_a_notice():
    german = Article(
        "Der Bote",
        "Die Regierung hat am Montag beschlossen, dass die Fähren wieder fahren sollen. Die Gewerkschaft war nicht "
        "einverstanden und kündigte an, den Streik um drei Tage zu verlängern, wie ein Sprecher sagte.",
    )
    summary = summarise((*STORY, german), words=60, model=None)
    assert summary.notices == ("Not English, and newsum is made and measured for English: Der Bote.",)


def test_an_unknown_outlet_is_credited_by_its_number():
    articles = (*STORY[:2], Article("", OTHER, id="other", published="2026-03-11"))
    summary = summarise(articles, words=90, model=None)
    assert_proved(summary, articles)
    assert "source 3" in summary.credits
    assert "source 3" in str(summary)


@pytest.mark.parametrize("articles", [[], [Article("BBC", "")], [Article("BBC", " \n\t ")]])
def test_nothing_to_summarise_is_said(articles):
    with pytest.raises(ArticleError, match="nothing to summarise"):
        summarise(articles, model=None)


@pytest.mark.parametrize("budget", [0, 9, 2001, -5, 60.0, "60", True, None])
def test_a_number_of_words_that_no_brief_can_have_is_refused(budget):
    with pytest.raises(SettingsError, match="whole number from 10 to 2000"):
        summarise(STORY, words=budget, model=None)


def test_wrong_settings_are_named():
    with pytest.raises(SettingsError, match="unsupported='keep'"):
        Summariser(unsupported="keep")
    with pytest.raises(SettingsError, match="backend='jax'"):
        Summariser(model="./any", backend="jax").summarise(STORY)
    with pytest.raises(CheckpointError, match="no folder"):
        Summariser(model="./no/such/model").summarise(STORY)


@pytest.mark.parametrize(
    "text",
    [
        "He said so on Monday after the long talks. It was good news for both of the sides, they said.",
        "Short. Very short. Not long.",
        "no capitals at all here and not one full stop either",
        "What is to be done about the ferries to the islands in the sound this year?",
    ],
)
def test_a_brief_is_never_empty_however_poor_the_article(text):
    assert summarise([Article("BBC", text)], words=60, model=None).lines


def test_a_brief_of_few_words_is_never_empty():
    assert summarise(STORY, words=10, model=None).lines


# --- a model that writes whole briefs -------------------------------------------------------------------

TRUE = "The company cancelled 62 sailings on the first day of the strike."
FALSE = "Zebras escaped from the Vellano zoo and trampled seventeen policemen."
TURNED = "The company did not cancel 62 sailings on the first day of the strike."


def test_a_line_that_the_articles_say_is_kept_and_credited():
    (line,) = brief(TRUE).lines
    assert (line.text, line.origin, line.outlets) == (TRUE, "model", ("Northgate Wire",))
    assert line.support.label == "supported"


def test_what_nothing_supports_is_never_credited():
    for unsupported in ("replace", "flag", "drop"):
        summary = brief(f"{TRUE} {FALSE}", unsupported=unsupported)
        assert_proved(summary, STORY)
        assert all(line.outlets == () for line in summary.lines if line.text == FALSE)


def test_dropped_lines_are_counted_in_a_notice():
    summary = brief(f"{TRUE} {FALSE}", unsupported="drop")
    assert [line.text for line in summary.lines] == [TRUE]
    assert summary.notices == ("1 line that the model wrote was left out: no article supports it.",)


def test_flagged_lines_stay_and_are_marked_from_end_to_end():
    true, false = brief(f"{TRUE} {FALSE}", unsupported="flag").lines
    assert true.support.label == "supported"
    assert (false.text, false.outlets, false.support.label) == (FALSE, (), "unsupported")
    assert false.support.unsupported


def test_a_line_turned_round_is_replaced_by_what_its_source_says():
    (line,) = brief(TURNED, unsupported="replace").lines
    assert (line.text, line.origin, line.outlets) == (TRUE, "source", ("Northgate Wire",))
    (line,) = brief(TURNED, unsupported="flag").lines
    assert (line.text, line.support.label) == (TURNED, "contradicted")
    summary = brief(f"{TURNED} A state mediator, Ingrid Falk, will meet both sides.", unsupported="drop")
    assert TURNED not in summary.text


def test_no_line_stands_in_for_two():
    texts = [line.text for line in brief(f"{TURNED} {TURNED}", unsupported="replace").lines]
    assert texts == [TRUE]


def test_no_sentence_stands_in_below_a_line_that_says_it():
    said = "Crews at Alden Sound Ferries walked out on Tuesday over night rosters."
    summary = brief(f"{said} Crews at Alden Sound Ferries were arrested in Karrow last night.", words=60)
    assert sum("walked out" in line.text for line in summary.lines) == 1


def test_no_line_with_a_date_stands_in_for_two():
    turned = "Crews at Alden Sound Ferries did not walk out over night rosters."
    texts = [line.text for line in brief(f"{turned} {turned}", unsupported="replace").lines]
    assert len(texts) == 1
    assert "Tuesday (10 March)" in texts[0]


def test_a_line_that_is_not_printed_uses_up_no_date():
    turned = "Crews at Alden Sound Ferries did not walk out on Tuesday over night rosters."
    (line,) = brief(turned, unsupported="replace").lines
    assert "Tuesday (10 March)" in line.text


def test_lines_that_stand_in_keep_to_the_words_too():
    turned = (
        "The company did not cancel 62 sailings. Crews did not walk out over night rosters. A state mediator will not "
        "meet both sides. Analysts do not expect $2m a day. Patients will not get two sailings a day."
    )
    assert sum(word_count(line.text) for line in brief(turned, words=20).lines) <= 22 + 4


def test_a_brief_of_nothing_but_fancy_becomes_the_articles_own_words():
    for unsupported in ("replace", "drop"):
        summary = brief(FALSE, unsupported=unsupported)
        assert_proved(summary, STORY)
        assert summary.credits
        assert "Nothing that the model wrote is supported: the lines are the articles' own." in summary.notices


@pytest.mark.parametrize("written", ["", "  \n ", "...", "— !"])
def test_a_model_that_writes_nothing_leaves_no_empty_brief(written):
    summary = brief(written)
    assert_proved(summary, STORY)


def test_copies_are_not_packed_a_second_time():
    model = Told([TRUE])
    summarise((*STORY, COPY), words=60, model=model)
    (prompt,) = model.asked
    assert prompt.text.count("62 sailings") == 1


# --- tiny models of every family ------------------------------------------------------------------------

GENERATING = ("bart", "t5", "pegasus", "led", "primera")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A function that makes a family's tiny model, once."""
    need("torch")
    import tiny_models

    made = {}

    def get(family):
        if family not in made:
            made[family] = tiny_models.build(family, tmp_path_factory.mktemp("tiny") / family)
        return made[family]

    return get


@pytest.mark.parametrize("family", GENERATING)
def test_whatever_a_random_model_writes_the_brief_is_proved(tiny, family):
    summariser = Summariser(model=tiny(family), judge=None)
    summary = summariser.summarise(STORY, words=20)
    assert_proved(summary, STORY)
    assert summary == summariser.summarise(STORY, words=20)
    writer = summary.provenance["writer"]
    assert (writer["name"], writer["backend"], writer["prompt"]) == (family, summariser.writer.engine, None)
    assert writer["revision"].startswith("sha256:")


@pytest.mark.parametrize("family", GENERATING)
def test_what_did_not_fit_a_small_window_is_said(tiny, family):
    notices = Summariser(model=tiny(family), judge=None).summarise(STORY, words=20).notices
    assert any("did not fit the model's window" in notice for notice in notices) or family == "t5"


@pytest.mark.parametrize("unsupported", ["replace", "flag", "drop"])
def test_noise_is_never_credited(tiny, unsupported):
    summary = Summariser(model=tiny("bart"), unsupported=unsupported).summarise(STORY, words=20)
    assert_proved(summary, STORY)
    for line in summary.lines:
        assert line.origin == "source" or line.outlets == () or line.support.label != "unsupported"


def test_a_plain_sentence_names_its_people_in_full_and_rests_on_what_names_them():
    text = (
        "Crews at Alden Sound Ferries walked out on Tuesday over night rosters, and six islands were cut off. They "
        "wrote to Deputy Minister Ingrid Falk. Falk promised the islanders 40 sailings with food and "
        "medicine."
    )
    article = Article("Northgate Wire", text, title="Ferry crews walk out")
    summary = summarise([article], words=60, model=None)
    line = next(line for line in summary.lines if "40 sailings" in line.text)
    assert line.text.startswith("Deputy Minister Ingrid Falk promised the islanders 40 sailings")
    assert line.origin == "source"
    assert [e.quote for e in line.evidence] == [
        "Falk promised the islanders 40 sailings with food and medicine.",
        "They wrote to Deputy Minister Ingrid Falk.",
    ]
    assert line.support.label == "supported"
    assert summary.verify([article]) == ()


def test_the_headline_is_of_the_latest_state_and_whole_and_calm():
    text = (
        "Governor Lena Marchetti signed the Alden ferry bill at the harbour on Thursday, which pays for six new boats."
    )
    titles = {
        "A": ("Marchetti to Sign Alden Ferry Bill at the Harbour", "2026-03-11"),
        "B": ("Marchetti signs Alden ferry bill at...", "2026-03-12"),
        "C": ("Marchetti signs Alden ferry bill", "2026-03-12"),
        "D": ("Governor Lena Marchetti signs Alden ferry bill at harbour!", "2026-03-12"),
        "E": ("Alden ferry bill", "2026-03-12"),
    }
    articles = [
        Article(outlet, f"{text} {outlet} was there at noon with two others.", title=title, published=day)
        for outlet, (title, day) in titles.items()
    ]
    assert summarise(articles, words=40, model=None).title == "Marchetti signs Alden ferry bill"
