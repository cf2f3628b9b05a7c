"""Markdown: each form that a file may hold is reduced to its words, and what is no Markdown stays as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.reading.markdown import Link, Row, blocks
from newsum.reading.plain_text import parse_markdown


def paragraphs(text, *, brief=False):
    return [" ".join(row.text for row in rows) for rows in blocks(text, brief=brief)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nline.\n\nAnother.", ["One line.", "Another."]),
        ("One  \nline.\\\nAnother.", ["One", "line.", "Another."]),
        (
            "- One\n- Two\n  goes on\n\n  and on\n    - Three\n        1. Four",
            ["One", "Two goes on", "and on", "Three", "Four"],
        ),
        ("1. One\n2) Two\n+ Three\n* Four", ["One", "Two", "Three", "Four"]),
        ("The war began in\n1914. It was long.", ["The war began in 1914. It was long."]),
        ("1914. It was the first year.", ["1914. It was the first year."]),
        ("> They signed,\n> she said.\n>\n> > - Both.", ["They signed, she said.", "Both."]),
        ("    An indented line\n\n\tand another", ["An indented line", "and another"]),
        ("```json\n{\n\n<b> *a*\n```\nAfter `a *b*`.", ["{", "<b> *a*", "After a *b*."]),
        ("~~~\nnever closed", ["never closed"]),
        (
            "| Side | Vote |\n|---|:-:|\n| **Osterland** | 412 |\n| Kestria \\| Ost | [97](/v) |\n\nAfter.",
            ["Side | Vote", "Osterland | 412", "Kestria | Ost | 97", "After."],
        ),
        ("| | |\n|---|---|\n| | |\n| a | |\n\nAfter.", ["a", "After."]),
        ("Over | under is no table.", ["Over | under is no table."]),
        ("<div class='x'>\nIn *HTML*.</div>\n\n<br/>\n\nA<br>B <span>c</span>", ["In HTML.", "AB c"]),
        ("Before <!-- hidden\n\nstill hidden --> after.", ["Before  after."]),
        ("It fell 10 --> 12, 3 < 4 > 2 & 5 &lt; 6 &amp; 7.", ["It fell 10 --> 12, 3 < 4 > 2 & 5 < 6 & 7."]),
        (
            'See [the note][1] and [the page](https://a.example/b_(c) "Title").\n\n[1]: https://wire.example/note',
            ["See the note and the page."],
        ),
        ("See [the note][2] of [BBC].", ["See [the note][2] of [BBC]."]),
        ("It was signed. [BBC]\n\n[BBC]: https://bbc.example", ["It was signed. [BBC]"]),
        ("[A](javascript:alert(1)) link and <https://a.example>.", ["A link and https://a.example."]),
        ("A map: ![the map](map.png)", ["A map:"]),
        ("![only a picture](map.png)", []),
        ("A claim.[^1]\n\n[^1]: Its source is here.\n[^n]: https://a.example", ["A claim."]),
        ("\\*not emphasis\\* \\# \\[BBC\\] 5 \\> 4", ["*not emphasis* # [BBC] 5 > 4"]),
        ("***Both*** *one* __two__ _three_ ~~four~~ snake_case 5 * 3", ["Both one two three four snake_case 5 * 3"]),
        ("## Two ##\n\nThree\n=====\n#4 is no heading", ["Two", "Three", "#4 is no heading"]),
        ("One\n\n***\n\n- - -\n\n_____\n\nTwo", ["One", "Two"]),
        ("One\r\n\r\nTwo\rThree", ["One", "Two Three"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_a_form_of_markdown_is_reduced_to_its_words(text, expected):
    assert paragraphs(text) == expected


def test_rows_know_their_mark_and_their_links():
    text = "# One\n## Two\n- [Three](https://a.example) and <https://b.example>\n  goes on\n7. Four\n\n**Five**\n"
    text += "\n**Six** not"
    assert [row for rows in blocks(text) for row in rows] == [
        Row("One", "#"),
        Row("Two", "##"),
        Row(
            "Three and https://b.example",
            "-",
            links=(Link(0, 5, "https://a.example"), Link(10, 27, "https://b.example")),
        ),
        Row("goes on"),
        Row("Four", "7"),
        Row("Five", bold=True),
        Row("Six not"),
    ]


def test_a_brief_that_is_plain_text_keeps_what_markdown_would_take_for_mark_up():
    text = "They signed. [1]\n---\nHe said <yes>.\n\n[1]: https://bbc.example <!-- x -->"
    assert paragraphs(text, brief=True) == ["They signed. [1]", "He said <yes>.", "[1]: https://bbc.example <!-- x -->"]


@pytest.mark.parametrize("heading", ["# A *treaty* is signed #", "A *treaty* is signed\n==="])
def test_a_heading_at_the_top_is_the_title_unless_the_front_matter_has_one(heading):
    [record] = parse_markdown(f"\n{heading}\n\nThe text.", "a.md")
    assert record.fields == {"title": "A treaty is signed", "text": "The text."}
    [record] = parse_markdown(f"---\ntitle: Own: title\n---\n{heading}\n\nThe text.", "a.md")
    assert record.fields == {"title": "Own: title", "text": "A treaty is signed\n\nThe text."}
    [record] = parse_markdown("## Not the title\n\nThe text.", "a.md")
    assert record.fields == {"text": "Not the title\n\nThe text."}


_PIECES = [
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "Ferries",
    "“stopped”",
    "don't",
    "—",
    "1986.",
    "12)",
    "5",
    ".",
    ":",
    "é",
    "\xa0",
]
_MARKS = [
    "*",
    "_",
    "#",
    "-",
    "+",
    ">",
    "`",
    "=",
    "|",
    "[",
    "](b)",
    "<i>",
    "&amp;",
    "\\",
    "~~",
    "!",
    "---",
    "www.a.example",
]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(_PIECES * 4 + _MARKS), max_size=12).map("".join), st.booleans())
def test_paragraphs_without_marks_are_what_the_parser_makes_of_them(text, brief):
    assert list(blocks(text, brief=brief)) == list(blocks(f"{text}\n\n*x*", brief=brief))[:-1]
