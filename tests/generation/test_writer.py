"""The seam for models: whatever has a name and a `write` method writes briefs, and misuse is said in one sentence."""

from dataclasses import dataclass

import pytest
from extras import need
from scripted import Told

from newsum import Article, Candidate, Excerpt, Prompt, SettingsError, Summariser, summarise
from newsum.generation import load
from newsum.generation.writer import ask
from newsum.system.choices import DEFAULT_MODEL

LINE = "The company cancelled 62 sailings on the first day of the strike."
FERRY = f"Crews at Alden Sound Ferries walked out over night rosters. {LINE}"
QUAYS = "Islanders woke to empty quays as ferry crews began a strike. A mediator will meet both sides in Karrow."
STORY = (Article("Northgate Wire", FERRY, id="wire"), Article("Channel Meridian", QUAYS, id="own"))


class Plain:
    """As little as a model can be."""

    name = "plain"

    def write(self, prompts):
        return [[LINE] for _ in prompts]


def test_a_model_of_a_name_and_a_method_writes_a_brief_that_is_checked_and_credited():
    summary = summarise(STORY, words=20, model=Plain(), judge=None)
    (line,) = summary.lines
    assert (line.text, line.origin, line.outlets) == (LINE, "model", ("Northgate Wire",))
    assert line.support.label == "supported"
    assert summary.verify(STORY) == ()
    about = dict(summary.provenance["writer"])
    assert len(about.pop("prompt")) == 16
    assert about == {"name": "plain", "revision": None, "backend": None}


def test_what_a_model_says_of_itself_stands_in_the_provenance():
    model = Told([LINE], name="mine", revision="r2")
    model.engine = "on paper"
    about = dict(summarise(STORY, words=20, model=model, judge=None).provenance["writer"])
    assert len(about.pop("prompt")) == 16
    assert about == {"name": "mine", "revision": "r2", "backend": "on paper"}


def test_a_prompt_holds_the_articles_by_outlet_and_what_was_asked_for():
    told = Told([LINE])
    Summariser(model=told, seed=7, judge=None).summarise(STORY, words=30)
    (prompt,) = told.asked
    assert prompt == Prompt(
        instruction="Write a neutral news brief of these reports in about 30 words.",
        excerpts=(Excerpt("Northgate Wire", FERRY), Excerpt("Channel Meridian", QUAYS)),
        words=30,
        candidates=1,
        seed=7,
    )
    assert prompt.text == f"{FERRY}\n\n{QUAYS}"
    assert str(prompt) == f"{prompt.instruction}\n\nNorthgate Wire:\n{FERRY}\n\nChannel Meridian:\n{QUAYS}"


def test_the_first_candidate_is_taken_with_a_score_or_without():
    for answer in ([LINE, "Two."], [Candidate(LINE), Candidate("Two.")], (Candidate(LINE, score=-0.2), "Two.")):
        assert summarise(STORY, words=20, model=Told(answer), judge=None).text == LINE


@pytest.mark.parametrize("answer", [[], [""], [Candidate("")]])
def test_a_model_that_says_nothing_leaves_the_articles_own_words(answer):
    summary = summarise(STORY, words=20, model=Told(answer), judge=None)
    assert {line.origin for line in summary.lines} == {"source"}
    assert "Nothing that the model wrote is supported: the lines are the articles' own." in summary.notices


def test_stories_of_one_shard_are_asked_for_at_once():
    asked = []

    class Counting(Plain):
        def write(self, prompts):
            asked.append(len(prompts))
            return super().write(prompts)

    summaries = list(Summariser(model=Counting(), judge=None).summarise_many([STORY] * 18, words=20))
    assert asked == [16, 2]
    assert {summary.text for summary in summaries} == {LINE}


# --- a window -------------------------------------------------------------------------------------------


class Narrow(Told):
    window = 100

    def count(self, text):
        return len(text.split())


def test_a_window_is_shared_fairly_and_what_was_left_out_is_said():
    long = Article("The Long Read", " ".join(f"Sentence number {n} says little." for n in range(40)), id="long")
    told = Narrow([LINE])
    summary = summarise((*STORY, long), words=20, model=told, judge=None)
    (prompt,) = told.asked
    assert len(str(prompt).split()) <= 100
    assert [excerpt.outlet for excerpt in prompt.excerpts] == ["Northgate Wire", "Channel Meridian", "The Long Read"]
    assert prompt.excerpts[0].text == FERRY
    assert any("of article 3 did not fit the model's window of 100 tokens" in notice for notice in summary.notices)


def test_without_a_way_to_count_tokens_are_reckoned_from_the_words():
    told = Told([LINE])
    told.window = 60
    notices = summarise(STORY, words=20, model=told, judge=None).notices
    assert any("did not fit the model's window of 60 tokens" in notice for notice in notices)
    assert 1.5 * len(str(told.asked[0]).split()) <= 60


# --- misuse ---------------------------------------------------------------------------------------------

ALLOWED = "; pass a folder, a hub name, None, or what newsum.Writer describes"


class Nameless(Plain):
    name = ""


class Dated(Plain):
    revision = 2


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (3, "an int has no write() method"),
        (print, "a builtin_function_or_method has no write() method"),
        (Plain, "it is the class Plain itself, not an instance of it"),
        (Nameless(), "the name of a Nameless must be a text that is not empty"),
        (Dated(), "the revision of a Dated must be a text"),
    ],
)
def test_what_is_no_model_is_refused_at_once(model, wrong):
    with pytest.raises(SettingsError) as refusal:
        Summariser(model=model)
    assert str(refusal.value) == f"the model is not allowed: {wrong}{ALLOWED}"


def test_a_device_or_backend_goes_with_a_checkpoint_only():
    with pytest.raises(SettingsError, match=r"^device='cuda' does not go with a model that is loaded already"):
        Summariser(model=Plain(), device="cuda")
    with pytest.raises(SettingsError, match=r"^backend='torch' does not go with a model that is loaded already"):
        Summariser(model=Plain(), backend="torch")
    assert Summariser(model=Plain(), device="auto").writer.name == "plain"


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        (None, "it was given 2 and returned a NoneType"),
        ([[LINE]], "it was given 2 and returned 1 answers"),
        (LINE, "it was given 2 and returned a str"),
        ([LINE, LINE], "each a text or a newsum.Candidate: it returned a str"),
        ([[LINE], [b"bytes"]], "each a text or a newsum.Candidate: it returned a bytes"),
        ([[LINE], None], "each a text or a newsum.Candidate: it returned a NoneType"),
    ],
)
def test_answers_of_another_form_are_refused(answers, wrong):
    class Odd(Plain):
        def write(self, prompts):
            return answers

    with pytest.raises(SettingsError) as refusal:
        ask(Odd(), [Prompt(instruction="", excerpts=(), words=10)] * 2)
    message = str(refusal.value)
    assert message.startswith("the write() of plain must return a list of candidates for each prompt")
    assert message.endswith(wrong)


def test_an_error_of_the_models_own_is_handed_on():
    def fails(prompt):
        raise ConnectionError("the server is gone")

    with pytest.raises(ConnectionError, match="the server is gone"):
        summarise(STORY, words=20, model=Told(fails), judge=None)


# --- as a value -----------------------------------------------------------------------------------------


def test_summarisers_with_equal_models_are_equal_and_all_can_be_hashed():
    @dataclass  # not hashable itself
    class Numbered(Plain):
        number: int

    one, same, other = (Summariser(model=Numbered(number), judge=None) for number in (1, 1, 2))
    assert one == same != other
    assert hash(one) == hash(same)
    assert Summariser() == Summariser(model=DEFAULT_MODEL) != Summariser(model="another")


def test_a_loaded_checkpoint_is_a_model_too(tmp_path):
    need("torch")
    import tiny_models

    folder = tiny_models.build("bart", tmp_path / "bart")
    given, named = (Summariser(model=m, judge=None).summarise(STORY, words=20) for m in (load(folder), folder))
    assert given == named
    assert given.provenance["writer"]["name"] == "bart"
