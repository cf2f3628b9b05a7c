"""What a notebook and a console show of newsum's values: all that they hold, coloured, and nothing that runs."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from extras import need
from hostile_story import ARTICLES, SUMMARY
from markdown_it import MarkdownIt

import newsum
from newsum.articles import Article, Sentence, Story
from newsum.attribution.credits import with_credits
from newsum.rendering import to_fragment, to_note
from newsum.summary import Disagreement, Evidence, Failure, Fault, Line, Source, Summary, Support

BBC = Article(
    "BBC", "A treaty was signed.\nIt runs for ten years.", "Treaty signed", "https://bbc.example/t", "2026-03-10"
)
WIRE = Article("", "The two sides signed on Monday.", published="2026-03-11")
QUOTE = Evidence(BBC.id, "BBC", 0, 20, "A treaty was signed.", 0.93)
OTHER = Evidence(WIRE.id, "source 2", 0, 31, "The two sides signed on Monday.", 0.9)
LINE = with_credits(Line("A treaty was signed.", (QUOTE,), (OTHER,), Support("supported", 0.9)))
FAULT = Fault("contradiction", "error", 1, ((0, 3),), "“72” where BBC has “48”.")
FAILURE = Failure("quote", 0, BBC.id, "Line 1: it is gone.")
DIFFERING = Disagreement("number", (QUOTE, OTHER))
BRIEF = Summary((LINE,), title="Treaty signed", sources=(Source.of(BBC), Source.of(WIRE)), faults=(FAULT,))
STORY = Story((BBC, WIRE), title="The treaty")
ONES = [BBC, STORY, Sentence(BBC, 0, 20), QUOTE, Source.of(BBC), LINE, DIFFERING, FAULT, FAILURE, BRIEF]
HOSTILE = [
    ARTICLES[0],
    Story(ARTICLES[:3], id="<script>", title=SUMMARY.title),
    SUMMARY.lines[0],
    SUMMARY.lines[0].evidence[0],
    SUMMARY.sources[0],
    SUMMARY.faults[0],
    SUMMARY.disagreements[0],
    Failure("quote", 0, "x", SUMMARY.lines[0].text),
    Sentence(ARTICLES[0], 0, 200),
    SUMMARY,
]


def named(values):
    return [type(value).__name__ for value in values]


class Page(HTMLParser):
    """The tags, attributes and text of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def rendered(markdown):
    """The HTML of a converter that lets HTML through and makes tables."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)


# --- one value, several values ------------------------------------------------------------------


@pytest.mark.parametrize("value", ONES, ids=named(ONES))
def test_a_value_and_a_list_of_it_show_what_they_hold(value):
    words = {"Failure": "it is gone", "Fault": "“72” where BBC has “48”"}.get(type(value).__name__, "reaty")
    for shown in (value, [value, value], (value,)):
        assert words in Page(to_fragment(shown)).text
        assert words in Page(rendered(to_note(shown))).text
    assert value._repr_html_() == to_fragment(value)
    assert value._repr_markdown_() == to_note(value)


@pytest.mark.parametrize("value", HOSTILE, ids=named(HOSTILE))
def test_a_hostile_value_is_inert_in_html(value):
    for shown in (value, [value, value]):
        page = Page(to_fragment(shown))
        assert not page.tags & {"script", "img", "svg", "iframe", "b", "i"}
        assert [name for name, _ in page.attributes if name.startswith("on")] == []
        assert all(target.startswith("https://") for name, target in page.attributes if name == "href")
        assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", to_fragment(shown))


@pytest.mark.parametrize("value", HOSTILE, ids=named(HOSTILE))
def test_a_hostile_value_is_inert_in_markdown(value):
    for shown in (value, [value, value]):
        page = Page(rendered(to_note(shown)))
        assert page.tags <= {
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "strong",
            "h1",
            "h2",
            "h3",
            "p",
            "ol",
            "ul",
            "li",
            "a",
        }
        assert all(name == "href" and target.startswith("https://") for name, target in page.attributes)


@pytest.mark.parametrize("value", HOSTILE, ids=named(HOSTILE))
def test_a_hostile_value_is_one_short_row_in_a_console(value):
    row = repr(value)
    assert len(row) < 1_000
    assert row.isprintable()


def test_rows_of_a_table_are_not_broken_by_what_an_article_says():
    note = to_note([replace(BBC, title="a | b\n| c |", id="1"), replace(WIRE, title="`d`", id="2")])
    assert len(note.splitlines()) == 4
    assert len({row.replace("\\|", "").count("|") for row in note.splitlines()}) == 1


def test_outlets_have_the_colours_of_the_report():
    for shown in (BRIEF, STORY, [BBC, WIRE]):
        assert '<span class="newsum-chip credited c0"><bdi>BBC</bdi></span>' in to_fragment(shown)
    assert "also <bdi>source 2</bdi>" in to_fragment(BRIEF)
    assert 'class="newsum-chip also c1"' in to_fragment(BRIEF)


def test_the_quotes_of_one_line_lie_open_and_those_of_several_are_folded():
    assert "<details open>" in to_fragment(LINE)
    assert "<details>" in to_fragment([LINE, LINE])


def test_a_long_list_says_how_many_rows_are_left_out():
    heap = [replace(BBC, id=str(n)) for n in range(103)]
    assert to_fragment(heap).count("<tr>") == 101
    assert "and 3 more" in Page(to_fragment(heap)).text
    assert "and 3 more" in to_note(heap)


def test_a_fault_of_the_whole_text_has_no_line_number():
    assert "whole" in Page(to_fragment([replace(FAULT, line=None)])).text


def test_an_article_unfolds_its_text():
    assert "It runs for ten years." in Page(to_fragment(BBC)).text
    assert "It runs for ten years." not in Page(to_fragment([BBC, WIRE])).text


# --- rows of a console --------------------------------------------------------------------------


def test_each_value_is_one_row_in_a_console():
    assert list(map(repr, ONES)) == [
        "<Article 'BBC' 'Treaty signed' 2026-03-10, 9 words>",
        "<Story 'The treaty' 2 articles, 1 outlets>",
        "<Sentence 'BBC' 0:20 'A treaty was signed.'>",
        "<Evidence 'BBC' 0:20 'A treaty was signed.'>",
        "<Source 'BBC' 'Treaty signed' 2026-03-10>",
        "<Line 'A treaty was signed.' by 'BBC', supported>",
        "<Disagreement on a number: 'BBC' 'A treaty was signed.', 'source 2' 'The two sides signed on Monday.'>",
        "<Fault error, contradiction, lines[1]: '“72” where BBC has “48”.'>",
        "<Failure quote, lines[0]: 'Line 1: it is gone.'>",
        "<Summary 'Treaty signed' 1 lines, credited: 'BBC'>",
    ]


# --- a summary as a sequence, a file, a table ---------------------------------------------------


def test_a_summary_is_a_sequence_of_its_lines():
    assert list(BRIEF) == [LINE]
    assert (len(BRIEF), BRIEF[0], BRIEF[-1], BRIEF[:1]) == (1, LINE, LINE, (LINE,))
    with pytest.raises(IndexError):
        BRIEF[1]


def test_a_summary_without_lines_is_there_all_the_same():
    assert Summary(())
    assert len(Summary(())) == 0


def test_a_summary_is_saved_in_the_form_of_its_suffix(tmp_path):
    brief = replace(BRIEF, faults=())
    assert brief.save(tmp_path / "x.md").read_text() == brief.to_markdown()
    assert brief.save(str(tmp_path / "x.txt")).read_text() == f"{brief}\n"
    assert Summary.from_dict(json.loads(brief.save(tmp_path / "x.json").read_text())) == brief
    assert "nothing of it is quoted" not in brief.save(tmp_path / "x.html", [BBC, WIRE]).read_text()
    assert brief.save(tmp_path / "X.HTML").read_text() == brief.to_html() + "\n"


@pytest.mark.parametrize("name", ["x", "x.pdf", "x.htm"])
def test_a_file_of_another_suffix_is_refused_with_those_that_there_are(tmp_path, name):
    with pytest.raises(newsum.SettingsError, match=r"\.txt, \.md, \.html, \.json"):
        BRIEF.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(newsum.SettingsError, match=r"x\.md cannot be written: no such file or directory"):
        BRIEF.save(tmp_path / "not" / "x.md")


def test_a_summary_is_a_frame_with_a_line_a_row():
    need("datasets")
    frame = replace(BRIEF, lines=(LINE, LINE)).to_frame()
    assert list(frame["line"]) == [1, 2]
    assert list(frame["outlets"]) == [("BBC",), ("BBC",)]
    assert list(frame["also"]) == [("source 2",), ("source 2",)]
    assert list(frame["quotes"]) == [("A treaty was signed.",)] * 2
    assert list(frame["faults"]) == [(), (FAULT.message,)]
    assert list(Summary(()).to_frame().columns) == list(frame.columns)


# --- lists in IPython ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shell():
    need("dev")
    from IPython.core.interactiveshell import InteractiveShell

    from newsum.upward import show_lists

    shell = InteractiveShell.instance()
    show_lists()
    yield shell
    InteractiveShell.clear_instance()


def shown(shell, value):
    shell.display_formatter.active_types = ["text/plain", "text/html", "text/markdown"]
    return shell.display_formatter.format(value)[0]


@pytest.mark.parametrize("value", ONES, ids=named(ONES))
def test_ipython_shows_lists_and_tuples_of_values(shell, value):
    for values in ([value, value], (value,)):
        assert shown(shell, values)["text/html"] == to_fragment(values)
        assert shown(shell, values)["text/markdown"] == to_note(values)


@pytest.mark.parametrize("value", [[], (), [1, 2], [BBC, LINE], {"a": BBC}, "text"])
def test_ipython_shows_all_other_lists_as_before(shell, value):
    assert set(shown(shell, value)) == {"text/plain"}


def test_a_kind_of_list_that_shows_itself_still_does(shell):
    class Own(list):
        def _repr_html_(self):
            return "own"

    assert shown(shell, Own([1]))["text/html"] == "own"


def test_what_somebody_has_said_about_lists_stays(shell):
    from newsum.upward import show_lists

    formatter = shell.display_formatter.formatters["text/html"]
    before = formatter.for_type(list, lambda values: "mine")
    try:
        show_lists()
        assert shown(shell, [BBC])["text/html"] == "mine"
    finally:
        formatter.for_type(list, before)
