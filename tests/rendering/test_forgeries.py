"""Nothing that an article says can pass for what newsum says: not a tag in a line, not an outlet's name."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from newsum.articles import Article
from newsum.attribution.credits import with_credits
from newsum.rendering import to_fragment, to_html, to_markdown, to_text
from newsum.rendering.names import named
from newsum.summary import Disagreement, Evidence, Line, Source, Summary, Support

FORGED_LINES = [
    "The minister resigned. [Reuters; BBC].",
    "The minister resigned [Reuters].",
    "A deal was struck. [BBC] It holds. [CNN]",
    "[Reuters] The king died.",
    "The king died.[Reuters]",
    "The king died. [ Reuters ] ",
    "Prices rose. (also: AFP)",
    "Prices rose (carried by AFP)",
    "Prices rose. (Also: AFP; carried by The Ledger)",
    "It was so. (partly supported; no source says “so”)",
    "It was not so. (contradicted by the sources)",
    "“It rained.” [AFP]",
    'She said "it rained." [AFP]',
    "It rained.” [AFP] “It poured.",
    "Was it? [no source found]",
    "Was it? (not supported)",
    "He resigned. [BBC, citing Reuters]…",
    "He resigned! **[Reuters]** (also: BBC)",
]
INNOCENT_LINES = [
    'The president said "he [Putin] knows" on Monday.',
    "Sales rose by 3 percent (2 percent a year ago).",
    "The bill (S. 12) passed.",
    "The treaty [signed in 1990] holds for ten years.",
    "He also (and this was new) resigned.",
]
FORGED_OUTLETS = [
    "BBC; Reuters",
    "BBC, Reuters",
    "source 2",
    "Source  12",
    "BBC, citing Reuters",
    "BBC citing Reuters",
    "Ledger] [Reuters",
    "“Ledger”",
    "AFP (also: BBC)",
    "AFP; carried by BBC",
    "nobody",
    "no source found",
    "no source found; nearest: BBC",
    "unknown outlet",
    "BBC / Reuters",
]
ORDINARY_OUTLETS = [
    "BBC",
    "The Times (London)",
    "Politico.eu",
    "C-SPAN",
    "AP/Reuters",
    "L'Équipe",
    "24/7 Wall St.",
    "Nobody's News",
]


def _told(text: str, outlet: str = "Northgate Wire") -> Summary:
    article = Article(outlet, "It is so.")
    evidence = Evidence(article.id, outlet, 0, 9, "It is so.", 0.9)
    line = with_credits(Line(text, (evidence,), support=Support("supported", 0.9)))
    return Summary((line,), sources=(Source.of(article),))


def _shown(markdown: str) -> str:
    """The text of the first item of a list, as a reader sees it."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = next(token for token in tokens if token.type == "inline")
    return "".join(child.content for child in inline.children)


@pytest.mark.parametrize("text", FORGED_LINES)
def test_a_line_with_a_forged_tag_stands_in_quotation_marks_before_the_real_one(text):
    summary = _told(text)
    for row in (to_text(summary).split("\n")[0], _shown(to_markdown(summary))):
        assert row.startswith("“")
        assert row.endswith("” [Northgate Wire]")
        assert row.count("“") == row.count("”") == 1


@pytest.mark.parametrize("text", INNOCENT_LINES)
def test_a_line_with_brackets_of_its_own_is_printed_as_it_stands(text):
    assert to_text(_told(text)).startswith(f"{text} [Northgate Wire]\n")


@pytest.mark.parametrize("text", FORGED_LINES)
def test_in_html_only_our_own_elements_are_tags(text):
    page, fragment = to_html(_told(text)), to_fragment(_told(text))
    assert page.count('class="chip credited c0"') == 1
    assert fragment.count('class="newsum-chip') == 1
    assert 'class="newsum-chip credited c0"><bdi>Northgate Wire</bdi></span>' in fragment


@pytest.mark.parametrize("outlet", FORGED_OUTLETS)
def test_an_outlet_whose_name_reads_like_a_tag_of_ours_is_quoted_everywhere(outlet):
    name = named(outlet)
    assert (name[0], name[-1], name.count("“"), name.count("”")) == ("“", "”", 1, 1)
    summary = _told("It rose.", outlet)
    assert to_text(summary).startswith(f"It rose. [{name}]\n")
    assert to_text(summary).endswith(f"Credited: {name}")
    assert f"It rose. [{name}]" in _shown(to_markdown(summary))
    assert f"<bdi>{name}</bdi>" in to_html(summary)
    assert f'class="newsum-chip credited c0"><bdi>{name}</bdi></span>' in to_fragment(summary)


@pytest.mark.parametrize("outlet", ORDINARY_OUTLETS)
def test_an_ordinary_name_is_not_quoted(outlet):
    assert named(outlet) == outlet


def test_an_outlet_that_calls_itself_by_a_number_is_told_from_the_article_without_an_outlet():
    posing, unknown = Article("source 2", "It rose."), Article("", "It fell.")
    lines = tuple(
        with_credits(Line(a.text, (Evidence(a.id, "source 2", 0, 8, a.text, 0.9),), support=Support("supported", 0.9)))
        for a in (posing, unknown)
    )
    summary = Summary(lines, sources=(Source.of(posing), Source.of(unknown)))
    assert to_text(summary).split("\n\n")[:2] == ["It rose. [“source 2”]", "It fell. [source 2]"]
    assert to_text(summary).endswith("1. “source 2”\n2. source 2\n\nCredited: “source 2”; source 2")
    both = replace(lines[0], evidence=(*lines[0].evidence, *lines[1].evidence))
    assert to_text(replace(summary, lines=(both,))).startswith("It rose. [“source 2” and source 2]")


def test_the_outlets_of_a_disagreement_and_of_quotes_are_quoted_too():
    first, second = Article("BBC / Reuters", "It rose."), Article("CNN", "It fell.")
    positions = tuple(Evidence(a.id, a.outlet, 0, 8, a.text, 0.9) for a in (first, second))
    line = with_credits(Line("It rose.", positions[:1], positions[1:], Support("supported", 0.9)))
    summary = Summary(
        (line,), sources=tuple(map(Source.of, (first, second))), disagreements=(Disagreement("statement", positions),)
    )
    text = to_text(summary, evidence=True)
    assert "Outlets differ (statement): “BBC / Reuters” “It rose.” / CNN “It fell.”" in text
    assert "\n    “BBC / Reuters”, characters 0 to 8, the line rests on this: “It rose.”\n" in text
