"""Summaries: exact JSON, clear refusals of anything else, and receipts that are looked up without a model."""

import hashlib
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.articles import Article, Story
from newsum.attribution.credits import with_credits
from newsum.errors import ArticleError, SummaryError
from newsum.summary import (
    Disagreement,
    DisagreementKind,
    Evidence,
    Failure,
    Fault,
    FaultKind,
    Line,
    LineOrigin,
    Severity,
    Source,
    Summary,
    Support,
    SupportLabel,
)

# --- a summary to work with -------------------------------------------------------------------

BBC = Article("BBC", "A treaty was signed. It covers gas.", "Treaty signed", "https://bbc.example/1")
WIRE = Article("", "The treaty was signed on Monday.", "Wire story")
POST = Article("Post", "Nobody signed. Gas is covered.")
ARTICLES = (BBC, WIRE, POST)
NAMES = {BBC.id: "BBC", WIRE.id: "source 2", POST.id: "Post"}


def quote(article, text, **more):
    start = article.text.index(text)
    return Evidence(article.id, NAMES[article.id], start, start + len(text), text, 0.9, **more)


SIGNED = quote(BBC, "A treaty was signed.")
GAS = quote(BBC, "It covers gas.")
ALSO = quote(WIRE, "The treaty was signed on Monday.")
NOBODY = quote(POST, "Nobody signed.")
SUMMARY = Summary(
    lines=(
        with_credits(Line("A treaty was signed.", (SIGNED,), (ALSO,), Support("supported", 0.98))),
        Line("The weather is fine.", support=Support("unsupported", 0.02, ((0, 20),))),
        with_credits(
            Line("It covers gas.", (GAS,), (quote(POST, "Gas is covered."),), Support("partly", 0.5, ((3, 9),)))
        ),
    ),
    story_id="treaty",
    title="Treaty signed",
    sources=tuple(map(Source.of, ARTICLES)),
    disagreements=(Disagreement("statement", (SIGNED, NOBODY)),),
    faults=(
        Fault("untagged", "warning", 1, ((0, 20),), "no outlet is named"),
        Fault("missing credit", "warning", None, (), "AP"),
    ),
    notices=("One article had no text.",),
    provenance={
        "writer": {"name": "mini", "revision": None},
        "judge": None,
        "settings": {"words": 60, "seed": None, "list": [1, 2.5, True]},
    },
)


def with_line(number, **change):
    """The summary with a line changed, and credited for what it then rests on."""
    return changed_line(with_credits(replace(SUMMARY.lines[number], **change)), number)


def changed_line(line, number=0):
    return replace(SUMMARY, lines=(*SUMMARY.lines[:number], line, *SUMMARY.lines[number + 1 :]))


def said(failures):
    return [str(failure) for failure in failures]


# --- derived ----------------------------------------------------------------------------------


def test_credits_are_the_outlets_that_lines_rest_on_in_the_order_of_first_use():
    lines = (Line("a", (ALSO, SIGNED)), Line("b", (NOBODY,)), Line("c", (SIGNED,), (NOBODY,)))
    summary = Summary(tuple(map(with_credits, lines)))
    assert summary.credits == ("source 2", "BBC", "Post")
    assert summary.text == "a\nb\nc"
    assert Summary(()).credits == ()


def test_a_summary_can_be_hashed_though_its_provenance_is_a_dict():
    assert len({SUMMARY, Summary.from_dict(SUMMARY.to_dict())}) == 1


# --- JSON -------------------------------------------------------------------------------------

TEXT = st.text(st.characters(), max_size=12)
SCALAR_TEXT = st.text(max_size=12)  # as JSON holds it: without lone halves of characters
SHARE = st.floats(0, 1)
SPANS = st.lists(st.tuples(st.integers(), st.integers()), max_size=2).map(tuple)
EVIDENCE = st.lists(
    st.builds(Evidence, TEXT, TEXT, st.integers(), st.integers(), TEXT, SHARE, st.none() | TEXT), max_size=3
).map(tuple)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | SCALAR_TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(SCALAR_TEXT, inner, max_size=2),
    max_leaves=5,
)


def tuples(items):
    return st.lists(items, max_size=2).map(tuple)


def one_of(kind):
    return st.sampled_from(get_args(kind))


SUMMARIES = st.builds(
    Summary,
    lines=tuples(
        st.builds(
            Line,
            TEXT,
            EVIDENCE,
            EVIDENCE,
            st.builds(Support, one_of(SupportLabel), SHARE, SPANS),
            one_of(LineOrigin),
            *(tuples(TEXT) for _ in range(4)),
            st.integers(),
        )
    ),
    story_id=st.none() | TEXT,
    title=TEXT,
    sources=tuples(st.builds(Source, TEXT, TEXT, st.booleans(), TEXT, st.none() | TEXT, st.none() | TEXT, TEXT)),
    disagreements=tuples(st.builds(Disagreement, one_of(DisagreementKind), EVIDENCE)),
    faults=tuples(st.builds(Fault, one_of(FaultKind), one_of(Severity), st.none() | st.integers(), SPANS, TEXT)),
    notices=tuples(TEXT),
    provenance=st.dictionaries(SCALAR_TEXT, JSON, max_size=3),
)


@settings(deadline=None)
@given(SUMMARIES)
def test_a_summary_comes_back_from_its_dict_as_it_was(summary):
    assert Summary.from_dict(summary.to_dict()) == summary


@settings(deadline=None)
@given(SUMMARIES)
def test_a_summary_comes_back_from_a_json_file_as_it_was(summary):
    # two lone halves that stand together are one character in JSON; no reader of articles makes such a text
    written = summary.to_json().encode("utf-8")
    again = Summary.from_json(written.decode("utf-8"))
    assert again.to_json().encode("utf-8") == written
    if "\\ud" not in written.decode("utf-8"):
        assert again == summary


def test_half_a_character_comes_back_too():
    summary = Summary((Line("broken \ud83d emoji \U0001f600"),), title="\udc00")
    assert Summary.from_json(summary.to_json()) == summary


def test_schema_3_is_read_with_its_digest_and_names_no_words_that_differ():
    side = {"outlet": "BBC", "start": 0, "end": 9, "quote": "Gas fell.", "score": 1.0, "copy_of": None}
    values = {
        **json.loads(Summary(()).to_json()),
        "schema": 3,
        "disagreements": [{"kind": "number", "positions": [{"article": "a", **side}, {"article": "b", **side}]}],
    }
    body = {name: value for name, value in values.items() if name not in ("schema", "digest")}
    values["digest"] = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    read = Summary.from_dict(values)
    assert [item.spans for item in read.disagreements] == [()]
    assert json.loads(read.to_json())["digest"] == values["digest"]


def test_json_holds_the_fields_and_the_schema():
    values = json.loads(SUMMARY.to_json(indent=None))
    assert list(values) == [
        *(
            "schema",
            "story_id",
            "title",
            "lines",
            "sources",
            "disagreements",
            "faults",
            "notices",
            "provenance",
            "digest",
        )
    ]
    assert values["schema"] == 4
    assert list(values["lines"][0]) == [
        *("text", "evidence", "corroboration", "support", "origin", "claimed", "outlets", "also", "cited", "paragraph")
    ]
    assert values["lines"][0]["outlets"] == ["BBC"]
    assert values["lines"][0]["also"] == ["source 2"]
    assert values["faults"][0] == {
        "kind": "untagged",
        "severity": "warning",
        "line": 1,
        "spans": [[0, 20]],
        "message": "no outlet is named",
    }
    assert values["lines"][2]["support"] == {"label": "partly", "score": 0.5, "unsupported": [[3, 9]]}


def test_a_whole_number_serves_as_a_score():
    values = SUMMARY.to_dict()
    values["lines"][0]["evidence"][0]["score"] = 1
    assert Summary.from_dict(values).lines[0].evidence[0].score == 1.0


def _changed(path, value):
    values = json.loads(SUMMARY.to_json())
    place = values
    for key in path[:-1]:
        place = place[key]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return values


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["lines"], KeyError, "this is not a newsum summary: it has no lines"),
        (["lines"], None, "lines must be a list, not null"),
        (["lines"], "text", "lines must be a list, not 'text'"),
        (["lines"], {}, "lines must be a list, not an object"),
        (["lines", 1], "text", "lines[1] must be an object, not 'text'"),
        (["lines", 1, "text"], KeyError, 'lines[1] has no "text"'),
        (["lines", 1, "text"], 5, "lines[1].text must be text, not 5"),
        (["lines", 1, "origin"], "bot", "lines[1].origin must be one of model, source, given, not 'bot'"),
        (["lines", 1, "origin"], ["model"], "lines[1].origin must be one of model, source, given, not ['model']"),
        (["lines", 1, "claimed"], "BBC", "lines[1].claimed must be a list, not 'BBC'"),
        (["lines", 1, "claimed"], [1], "lines[1].claimed[0] must be text, not 1"),
        (["lines", 1, "outlets"], KeyError, 'lines[1] has no "outlets"'),
        (["lines", 1, "paragraph"], None, "lines[1].paragraph must be a whole number, not null"),
        (["faults", 0, "severity"], "bad", "faults[0].severity must be one of error, warning, note, not 'bad'"),
        (["lines", 0, "evidence", 0, "start"], "0", "lines[0].evidence[0].start must be a whole number, not '0'"),
        (["lines", 0, "evidence", 0, "start"], 0.0, "lines[0].evidence[0].start must be a whole number, not 0.0"),
        (["lines", 0, "evidence", 0, "end"], True, "lines[0].evidence[0].end must be a whole number, not True"),
        (["lines", 0, "evidence", 0, "quote"], None, "lines[0].evidence[0].quote must be text, not null"),
        (["lines", 0, "evidence", 0, "score"], 1.5, "lines[0].evidence[0].score must be a number from 0 to 1, not 1.5"),
        (["lines", 0, "evidence", 0, "copy_of"], 3, "lines[0].evidence[0].copy_of must be text, not 3"),
        (
            ["lines", 0, "evidence", 0, "url"],
            "x",
            'lines[0].evidence[0] has a field "url" that this newsum does not know',
        ),
        (["lines", 0, "evidence", 0, "score"], KeyError, 'lines[0].evidence[0] has no "score"'),
        (
            ["lines", 0, "support", "label"],
            "true",
            "lines[0].support.label must be one of supported, partly, unsupported, contradicted, not 'true'",
        ),
        (["lines", 2, "support", "unsupported", 0], [1], "lines[2].support.unsupported[0] must be 2 values, not 1"),
        (["lines", 2, "support", "unsupported", 0], 1, "lines[2].support.unsupported[0] must be a list, not 1"),
        (["story_id"], 5, "story_id must be text, not 5"),
        (["title"], None, "title must be text, not null"),
        (["sources", 0, "outlet_guessed"], 0, "sources[0].outlet_guessed must be true or false, not 0"),
        (["sources", 0, "sha256"], KeyError, 'sources[0] has no "sha256"'),
        (["faults", 0, "line"], "1", "faults[0].line must be a whole number, not '1'"),
        (["faults", 0, "kind"], "typo", "faults[0].kind must be one of untagged, groundless credit, missing credit, "),
        (["disagreements", 0, "kind"], None, "disagreements[0].kind must be one of number, date, name, statement, not"),
        (["notices"], 5, "notices must be a list, not 5"),
        (["provenance"], [], "provenance must be an object, not []"),
        (["provenance"], KeyError, 'the summary has no "provenance"'),
        (["author"], "me", 'the summary has a field "author" that this newsum does not know'),
        (["schema"], "1", "the summary has schema '1'; this newsum reads schemas 1 to 4"),
        (["schema"], 0, "the summary has schema 0; this newsum reads schemas 1 to 4"),
        (["schema"], 5, "the summary was written by a newer newsum (schema 5; this one reads 4): upgrade newsum"),
        (["digest"], KeyError, 'the summary has no "digest"'),
        (["digest"], "", "the digest of the summary is empty, so it was changed by hand"),
    ],
)
def test_a_malformed_field_is_named_with_its_place(path, value, message):
    with pytest.raises(SummaryError) as error:
        Summary.from_dict(_changed(path, value))
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("values", [None, [], "text", 5, [1, 2], {}])
def test_what_is_no_summary_at_all_is_said_to_have_no_lines(values):
    with pytest.raises(SummaryError, match="this is not a newsum summary: it has no lines"):
        Summary.from_dict(values)


@pytest.mark.parametrize("score", ["NaN", "Infinity", "1e999", "-1"])
def test_a_score_that_is_no_share_is_refused(score):
    with pytest.raises(SummaryError, match=r"score must be a number from 0 to 1, not "):
        Summary.from_json(SUMMARY.to_json().replace('"score": 0.98', f'"score": {score}'))


@pytest.mark.parametrize("text", ["", "{", "lines", "\ufeff{}", '{"lines": ' + "9" * 5000 + "}"])
def test_what_is_no_json_is_said_to_be_none(text):
    with pytest.raises(SummaryError, match="this is not JSON: "):
        Summary.from_json(text)


def test_json_nested_too_deeply_is_refused_in_one_sentence():
    with pytest.raises(SummaryError, match="this is not a newsum summary: it is nested too deeply"):
        Summary.from_json('{"lines": ' + "[" * 100_000)


@settings(deadline=None)
@given(st.data())
def test_whatever_stands_in_a_field_the_only_error_is_a_summary_error(data):
    values = SUMMARY.to_dict()
    place = data.draw(
        st.sampled_from([values, values["lines"][0], values["lines"][0]["evidence"][0], values["sources"][0]])
    )
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    with suppress(SummaryError):
        assert isinstance(Summary.from_dict(values), Summary)


# --- verify -----------------------------------------------------------------------------------


def test_every_receipt_of_an_honest_summary_holds():
    assert SUMMARY.verify(ARTICLES) == ()
    assert SUMMARY.verify(reversed(ARTICLES)) == ()
    assert SUMMARY.verify(Story(ARTICLES)) == ()
    assert SUMMARY.verify([*ARTICLES, Article("AP", "Something else.")]) == ()
    assert Summary.from_json(SUMMARY.to_json()).verify(ARTICLES) == ()


def test_a_changed_article_is_recognised_by_its_url_and_the_line_resting_on_it_named():
    changed = Article("BBC", "Today a treaty was signed. It covers gas.", "New title", BBC.url)
    assert said(SUMMARY.verify([changed, WIRE, POST])) == [
        "Line 1: characters 0 to 20 of the article of BBC do not read “A treaty was signed.”; "
        "changed: at 0 it now reads “Today a treaty was signed.”.",
        "Line 3: characters 21 to 35 of the article of BBC do not read “It covers gas.”; "
        "moved: these words now stand at 27.",
        "Disagreement 1: characters 0 to 20 of the article of BBC do not read “A treaty was signed.”; "
        "changed: at 0 it now reads “Today a treaty was signed.”.",
        "The article of BBC has changed since the summary was made; lines 1, 3 rest on it.",
        "sources[0].title is “Treaty signed”, but the article's is “New title”.",
    ]


def test_a_changed_article_without_a_url_is_recognised_by_outlet_and_title():
    changed = Article("", "The treaty was signed on Tuesday.", "Wire story")
    assert said(SUMMARY.verify([BBC, changed, POST])) == [
        "Line 1: characters 0 to 32 of the article of source 2 do not read “The treaty was signed on Monday.”; "
        "changed: at 0 it now reads “The treaty was signed on Tuesday.”.",
        "The article of source 2 has changed since the summary was made; line 1 rests on it.",
    ]


def test_a_changed_article_without_a_url_or_title_is_recognised_by_its_outlet():
    failures = SUMMARY.verify([BBC, WIRE, Article("Post", POST.text + " More.")])
    assert said(failures) == ["The article of Post has changed since the summary was made; line 3 rests on it."]
    assert failures == (Failure("changed article", None, POST.id, str(failures[0])),)


def test_a_missing_article_is_named_with_the_lines_that_rest_on_it():
    failures = SUMMARY.verify([BBC, WIRE])
    assert [f.line for f in failures if f.kind == "missing article"] == [2, None, None]
    assert said(failures) == [
        "Line 3: the article of Post that it rests on is not among those given.",
        "Disagreement 1: the article of Post that it rests on is not among those given.",
        "The article of Post is not among those given; line 3 rests on it.",
    ]
    assert len(SUMMARY.verify([])) == 9


def test_a_moved_quote_is_a_failure_that_says_where_the_words_stand():
    moved = with_line(0, evidence=(replace(SIGNED, start=1, end=21),))
    assert said(moved.verify(ARTICLES)) == [
        "Line 1: characters 1 to 21 of the article of BBC do not read “A treaty was signed.”; "
        "moved: these words now stand at 0."
    ]


def test_an_altered_quote_is_a_failure():
    altered = with_line(0, evidence=(replace(SIGNED, quote="No treaty was signed"),))
    assert [(f.kind, f.line, f.article) for f in altered.verify(ARTICLES)] == [("quote", 0, BBC.id)]


@pytest.mark.parametrize(("start", "end"), [(-20, 20), (0, 36), (20, 20), (20, 0), (99, 120), (0, 10**30)])
def test_offsets_outside_the_article_are_a_failure(start, end):
    failures = with_line(0, evidence=(replace(SIGNED, start=start, end=end),)).verify(ARTICLES)
    assert said(failures) == [
        f"Line 1: characters {start} to {end} lie outside the article of BBC; "
        "“A treaty was signed.” is moved: these words now stand at 0."
    ]


def test_corroboration_is_looked_up_like_evidence():
    failures = with_line(0, corroboration=(replace(ALSO, quote="x"),)).verify(ARTICLES)
    assert [(f.kind, f.line, f.article) for f in failures] == [("quote", 0, WIRE.id)]


def test_the_positions_of_a_disagreement_are_looked_up_and_belong_to_no_line():
    wrong = replace(SUMMARY, disagreements=(Disagreement("statement", (SIGNED, replace(NOBODY, quote="All signed."))),))
    assert wrong.verify(ARTICLES) == (
        Failure(
            "quote",
            None,
            POST.id,
            "Disagreement 1: characters 0 to 14 of the article of Post do not read “All signed.”; "
            "gone: nothing like it stands there.",
        ),
    )


def test_a_credit_to_an_outlet_that_did_not_publish_the_article_is_a_failure():
    failures = with_line(0, evidence=(replace(SIGNED, outlet="Reuters"),)).verify(ARTICLES)
    assert said(failures) == ["Line 1: it credits Reuters, but that article is by BBC."]


def test_an_outlet_changed_in_line_and_source_alike_is_seen_in_the_article():
    values = json.loads(SUMMARY.to_json().replace('"BBC"', '"Reuters"'))
    failures = Summary.from_dict(values).verify(ARTICLES)
    assert said(f for f in failures if f.kind != "digest") == [
        "The article credited to Reuters is by BBC; lines 1, 3 rest on it."
    ]


def test_an_unknown_outlet_is_numbered_by_the_order_of_the_sources():
    other_way = replace(SUMMARY, sources=(SUMMARY.sources[1], SUMMARY.sources[0], SUMMARY.sources[2]))
    assert said(other_way.verify(ARTICLES)) == ["Line 1: it credits source 2, but that article is by source 1."]


def test_evidence_in_an_article_that_no_source_lists_is_a_failure():
    failures = with_line(1, evidence=(replace(SIGNED, article="feed"),)).verify(ARTICLES)
    assert said(failures) == ["Line 2: its evidence names article feed, which no source lists."]
    failures = with_line(0, corroboration=(replace(ALSO, copy_of="feed"),)).verify(ARTICLES)
    assert said(failures) == ["Line 1: its evidence is said to copy article feed, which no source lists."]


def test_two_articles_whose_texts_are_swapped_are_both_found_changed():
    one, two = replace(BBC, text=POST.text, id=""), replace(POST, text=BBC.text, id="")
    kinds = [(f.kind, f.article) for f in SUMMARY.verify([one, WIRE, two]) if f.line is None]
    assert ("changed article", BBC.id) in kinds
    assert ("changed article", POST.id) in kinds


def test_given_ids_that_are_swapped_do_not_matter_where_outlet_and_text_hold():
    assert SUMMARY.verify([replace(BBC, id=POST.id), WIRE, replace(POST, id=BBC.id)]) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outlets": ("Reuters",)}, "outlets is Reuters, but its evidence is by BBC."),
        ({"outlets": ("BBC", "BBC")}, "outlets is BBC, BBC, but its evidence is by BBC."),
        ({"outlets": ()}, "outlets is nobody, but its evidence is by BBC."),
        (
            {"also": ("Reuters",)},
            "also names Reuters, but none of its corroboration is by Reuters in words of its own.",
        ),
        ({"also": ("BBC",)}, "also names BBC, whom outlets credits already."),
        (
            {"corroboration": (replace(ALSO, copy_of=BBC.id),)},
            "also names source 2, but none of its corroboration is by source 2 in words of its own.",
        ),
        (
            {"evidence": (replace(SIGNED, copy_of=WIRE.id),)},
            "also names source 2, but none of its corroboration is by source 2 in words of its own.",
        ),
        ({"cited": ("BBC",)}, "cited names BBC, whom outlets credits already."),
    ],
)
def test_credits_changed_by_hand_are_read_and_fail_to_verify(change, message):
    changed = changed_line(replace(SUMMARY.lines[0], **change))
    failures = tuple(f for f in Summary.from_json(changed.to_json()).verify(ARTICLES) if f.kind != "field")
    assert failures == (Failure("credit", 0, "", f"Line 1: {message}"),)


def test_credits_without_evidence_fail_each():
    changed = changed_line(replace(SUMMARY.lines[1], outlets=("BBC",), also=("Post",), cited=("Reuters",)), 1)
    assert said(changed.verify(ARTICLES)) == [
        "Line 2: outlets is BBC, but its evidence is by nobody.",
        "Line 2: also names Post, but none of its corroboration is by Post in words of its own.",
        "Line 2: cited names Reuters, but there is no evidence that could cite it.",
    ]


@pytest.mark.parametrize(
    ("origin", "label", "failing"),
    [("given", "unsupported", 0), ("given", "partly", 1), ("model", "unsupported", 1), ("source", "supported", 1)],
)
def test_only_a_given_line_that_nothing_backs_may_credit_nobody_in_spite_of_its_evidence(origin, label, failing):
    line = replace(SUMMARY.lines[0], origin=origin, support=Support(label, 0.1), outlets=())
    assert sum(f.kind == "credit" for f in changed_line(line).verify(ARTICLES)) == failing


def test_who_else_says_it_may_be_left_out_for_that_was_weighed():
    assert changed_line(replace(SUMMARY.lines[0], also=())).verify(ARTICLES) == ()


def test_failures_come_in_the_order_of_the_lines_the_whole_articles_last():
    wrong = changed_line(replace(SUMMARY.lines[0], outlets=()))
    assert [f.line for f in wrong.verify([BBC, WIRE])] == [0, 2, None, None]


def live_blog(*texts):
    articles = [Article("BBC", text, url="https://bbc.example/live") for text in texts]
    lines = [with_credits(Line(a.text, (Evidence(a.id, "BBC", 0, len(a.text), a.text, 1.0),))) for a in articles]
    return Summary(tuple(lines), sources=tuple(map(Source.of, articles))), articles


def test_of_two_articles_at_one_url_only_the_changed_one_fails():
    summary, (first, second) = live_blog("At nine it rained.", "At ten it snowed.")
    assert summary.verify([second, first]) == ()
    later = replace(second, text="At ten it hailed.", id="")
    assert said(summary.verify([later, first])) == [
        "Line 2: characters 0 to 17 of the article of BBC do not read “At ten it snowed.”; "
        "changed: at 0 it now reads “At ten it hailed.”.",
        "The article of BBC has changed since the summary was made; line 2 rests on it.",
    ]


def test_one_article_cannot_stand_for_two_sources():
    summary, (first, second) = live_blog("At nine it rained.", "At ten it snowed.")
    assert {(f.kind, f.article) for f in summary.verify([first])} == {("missing article", second.id)}


def test_one_text_in_two_outlets_is_told_apart_by_the_outlet():
    text = "The wire said so."
    articles = [Article("BBC", text), Article("Post", text)]
    lines = [with_credits(Line(text, (Evidence(a.id, a.outlet, 0, len(text), text, 1.0),))) for a in articles]
    summary = Summary(tuple(lines), sources=tuple(map(Source.of, articles)))
    assert summary.verify(articles[::-1]) == ()
    assert {(f.kind, f.article) for f in summary.verify(articles[1:])} == {("missing article", articles[0].id)}
    assert said(summary.verify([articles[0], Article("AP", text)])) == [
        "The article credited to Post is by AP; line 2 rests on it."
    ]


def test_two_sources_with_one_id_are_told_apart():
    doubled = replace(SUMMARY, sources=(*SUMMARY.sources, replace(SUMMARY.sources[0], outlet="Reuters")))
    assert "The article of Reuters is not among those given; lines 1, 3 rest on it." in said(doubled.verify(ARTICLES))


def test_a_summary_without_lines_still_has_its_articles_checked():
    empty = Summary((), sources=(Source.of(BBC),))
    assert empty.verify([BBC]) == ()
    assert said(empty.verify([])) == ["The article of BBC is not among those given; no line rests on it."]
    assert Summary(()).verify([]) == ()


@pytest.mark.parametrize("given", ["stories/treaty", 5, [BBC.text]])
def test_verify_takes_articles_only(given):
    with pytest.raises(ArticleError, match="a story is made of Article objects"):
        SUMMARY.verify(given)


@settings(deadline=None)
@given(st.lists(st.sampled_from([BBC, WIRE, POST, replace(POST, text="", id="")]), max_size=4))
def test_verify_holds_only_where_every_article_is_there_as_it_was(articles):
    assert (SUMMARY.verify(articles) == ()) == (set(ARTICLES) <= set(articles))


def test_reading_and_verifying_a_summary_load_nothing_heavy():
    code = (
        "import sys; from newsum import Summary; s = Summary.from_json(sys.stdin.read()); s.verify([])\n"
        "print(sorted({'torch', 'nltk', 'transformers', 'numpy', 'datasets', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=SUMMARY.to_json(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
