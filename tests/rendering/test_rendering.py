"""Rendering: the form of the brief, and that untrusted text stays text in every form."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsum.articles import Article
from newsum.attribution.credits import with_credits
from newsum.rendering import to_fragment, to_html, to_markdown, to_text
from newsum.rendering.plain import unmistakable
from newsum.summary import Disagreement, Evidence, Fault, Line, Source, Summary, Support

BBC = Article("BBC", "A treaty was signed on Monday. It runs for 10 years.", "Treaty signed", "https://bbc.example/t")
REUTERS = Article("Reuters", "The two sides signed on Monday.\nIt runs for 12 years.", published="2026-03-10T08:00:00Z")
GUARDIAN = Article("The Guardian", "Both signed the treaty.", "Both sign", outlet_guessed=True)
COURIER = Article("Courier", "A treaty was signed on Monday.", "Treaty")
UNKNOWN = Article("", "Nobody objected.", published="last week")
ARTICLES = (BBC, REUTERS, GUARDIAN, COURIER, UNKNOWN)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "`code` *bold* _under_ ~~gone~~ | a | b | $x$",
    "first\n# second\n\n---\n- third\r\n> fourth",
    "&lt;script&gt; &#60;b&#62;",
    "back\\slash at the end\\",
    '" onmouseover="alert(1)',
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "a heading {onclick=alert(1)}",
    "1. a list",
    "+ another",
    "See https://evil.example or www.evil.example",
]


def _evidence(article: Article, quote: str, copy_of: str | None = None) -> Evidence:
    start = article.text.index(quote)
    outlet = article.outlet or "source 5"
    return Evidence(article.id, outlet, start, start + len(quote), quote, 0.9, copy_of)


def _line(*fields: object, **more: object) -> Line:
    return with_credits(Line(*fields, **more))


def _brief(**changes: object) -> Summary:
    lines = (
        _line(
            "A treaty was signed on Monday.",
            (_evidence(BBC, "A treaty was signed on Monday."), _evidence(REUTERS, "The two sides signed on Monday.")),
            (
                _evidence(GUARDIAN, "Both signed the treaty."),
                _evidence(COURIER, "A treaty was signed on Monday.", BBC.id),
            ),
            Support("supported", 0.97),
        ),
        _line("Nobody objected, says the king.", (_evidence(UNKNOWN, "Nobody objected."),), (), _partly(17, 30)),
    )
    summary = Summary(
        lines,
        title="Treaty signed",
        sources=tuple(map(Source.of, ARTICLES)),
        disagreements=(
            Disagreement(
                "number", (_evidence(BBC, "It runs for 10 years."), _evidence(REUTERS, "It runs for 12 years."))
            ),
        ),
        notices=("2 sentences were left out.",),
    )
    return replace(summary, **changes)


def _partly(start: int, end: int) -> Support:
    return Support("partly", 0.5, ((start, end),))


def _hostile(text: str) -> Summary:
    """A brief with the text in every place that an article or its author can reach."""
    article = Article(text, text, title=text, url=text, published=text)
    evidence = Evidence(article.id, text, 0, len(text), text, 0.9)
    line = _line(text, (evidence,), (replace(evidence, outlet=f"{text} 2"),), _partly(0, len(text)))
    return Summary(
        (line,),
        title=text,
        sources=(Source.of(article),),
        disagreements=(Disagreement("name", (evidence, evidence)),),
        faults=(Fault("untraceable", "error", 0, (), text),),
        notices=(text,),
    )


class _Page(HTMLParser):
    """What a browser would see: the elements, their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str | None]:
        return [value for key, value in self.attributes if key == name]


def _converted(markdown: str) -> str:
    """The HTML of a converter that lets HTML in Markdown through."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)


def test_a_full_brief_reads_as_text():
    assert str(_brief()) == (
        "Treaty signed\n"
        "\n"
        "A treaty was signed on Monday. [BBC; Reuters] (also: The Guardian; carried by Courier)\n"
        "\n"
        "Nobody objected, says the king. [source 5] (partly supported; no source says “says the king”)\n"
        "\n"
        "Outlets differ (number): BBC “It runs for 10 years.” / Reuters “It runs for 12 years.”\n"
        "\n"
        "Note: 2 sentences were left out.\n"
        "\n"
        "Sources:\n"
        "1. BBC, “Treaty signed”, https://bbc.example/t\n"
        "2. Reuters, 2026-03-10\n"
        "3. The Guardian (outlet guessed), “Both sign”\n"
        "4. Courier, “Treaty”\n"
        "5. source 5, last week\n"
        "\n"
        "Credited: BBC; Reuters; source 5"
    )


def test_of_many_sources_those_that_lines_rest_on_are_listed_and_the_rest_counted():
    brief = _brief()
    more = tuple(replace(brief.sources[0], article=f"unused-{n}", title=f"Another {n}") for n in range(4))
    longer = replace(brief, sources=(*more, *brief.sources))
    listed = str(longer).partition("Sources:\n")[2]
    assert listed.startswith("5. BBC, “Treaty signed”, https://bbc.example/t\n6. Reuters")
    assert "\nand 4 more that no line rests on\n" in listed
    markdown = longer.to_markdown().partition("## Sources\n\n")[2]
    assert markdown.startswith("1. BBC, [Treaty signed]")
    assert "\n\nand 4 more that no line rests on\n" in markdown
    assert "Another" not in listed + markdown


def test_a_full_brief_reads_as_markdown():
    assert _brief().to_markdown() == (
        "# Treaty signed\n"
        "\n"
        "1. A treaty was signed on Monday. **\\[BBC; Reuters\\]** (also: The Guardian; carried by Courier)\n"
        "2. Nobody objected, says the king. **\\[source 5\\]** (partly supported; no source says “says the king”)\n"
        "\n"
        "Outlets differ (number): BBC “It runs for 10 years.” / Reuters “It runs for 12 years.”\n"
        "\n"
        "Note: 2 sentences were left out.\n"
        "\n"
        "## Sources\n"
        "\n"
        "1. BBC, [Treaty signed](https://bbc.example/t)\n"
        "2. Reuters, 2026-03-10\n"
        "3. The Guardian (outlet guessed), “Both sign”\n"
        "4. Courier, “Treaty”\n"
        "5. source 5, last week\n"
        "\n"
        "Credited: BBC; Reuters; source 5\n"
    )


def test_a_full_brief_in_html_shows_its_quotes_in_folds_and_links_its_sources():
    page = _Page(html := to_fragment(_brief()))
    assert page.tags.count("details") == 2
    assert page.tags.count("blockquote") == 5
    assert page.values("href") == ["https://bbc.example/t"] * 2
    assert page.values("rel") == ["noopener noreferrer"] * 2
    assert "BBC Reuters also The Guardian same text: Courier" in page.text
    assert "Courier (carrying the text of BBC): “A treaty was signed on Monday.”" in page.text
    assert "The Guardian (says the same): “Both signed the treaty.”" in page.text
    nearer = replace(_evidence(GUARDIAN, "Both signed the treaty."), score=0.5)
    line = with_credits(replace(_brief().lines[0], corroboration=(nearer,)))
    assert "The Guardian (also on this): “Both signed the treaty.”" in _Page(to_fragment(_brief(lines=(line,)))).text
    assert "Nobody objected, <mark>says the king</mark>." in html
    assert "Credited: BBC; Reuters; source 5" in page.text


def test_a_notebook_shows_the_html():
    assert _brief()._repr_html_() == to_fragment(_brief())


def test_faults_are_listed_with_the_numbers_of_their_lines():
    faults = (
        Fault("untagged", "warning", 1, (), "Nothing is credited."),
        Fault("groundless credit", "error", None, (), "SCMP is absent."),
    )
    text = to_text(_brief(faults=faults))
    assert "\n\n1. A treaty was signed" in text
    assert "\n\n2. Nobody objected" in text
    assert "\n    - warning, untagged: Nothing is credited.\n" in text
    assert "Faults:\n- error, groundless credit: SCMP is absent.\n\n" in text
    markdown = to_markdown(_brief(faults=faults))
    assert "\n    - warning, untagged: Nothing is credited.\n" in markdown
    assert "## Faults\n\n- error, groundless credit: SCMP is absent.\n" in markdown
    assert "warning, untagged: Nothing is credited." in _Page(to_fragment(_brief(faults=faults))).text


def test_several_lines_without_an_outlet_are_told_once_and_the_verdict_stands_on_top():
    lines = tuple(Line(f"Line {n}.", origin="given") for n in range(1, 5))
    faults = (
        *(Fault("untagged", "warning", n, (), "It names no outlet.") for n in (0, 2, 3)),
        Fault("untraceable", "error", 2, (), "No article has this."),
    )
    text = to_text(Summary(lines, faults=faults))
    assert text.startswith("Checked: 1 of 4 lines fails; 3 name no outlet.\n\n1. Line 1.")
    assert "Faults:\n- warning, untagged: 3 lines name no outlet: 1, 3, 4.\n" in text
    assert "3. Line 3. [no source found]\n    - error, untraceable: No article has this.\n\n4." in text
    assert text.count("no outlet") == 2


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("supported", ""),
        ("partly", " (partly supported)"),
        ("unsupported", " (not supported)"),
        ("contradicted", " (contradicted by the sources)"),
    ],
)
def test_a_line_says_how_its_evidence_stands(label, words):
    line = _line("It was signed.", (_evidence(BBC, "A treaty was signed"),), support=Support(label, 0.5))
    assert to_text(Summary((line,))).startswith(f"It was signed. [BBC]{words}\n")


def test_a_given_line_that_only_finds_the_nearest_words_names_their_outlet_and_credits_nobody():
    nearest = replace(_evidence(BBC, "A treaty was signed"), score=0.03)
    line = _line("A king was crowned.", (nearest,), support=Support("unsupported", 0.02), origin="given")
    shown = to_text(Summary((line,)))
    assert shown.endswith("\n\nA king was crowned. [no source found; nearest: BBC]\n\nCredited: nobody")


def test_a_line_without_evidence_is_tagged_so_and_credits_nobody():
    summary = Summary((Line("The king agreed."),))
    assert to_text(summary) == "The king agreed. [no source found]\n\nCredited: nobody"
    assert "1. The king agreed. **\\[no source found\\]**\n" in to_markdown(summary)
    assert "[no source found]" in to_fragment(summary)
    assert "<details>" not in to_fragment(summary)


def test_a_brief_without_lines_says_so():
    for render in (to_text, to_markdown, to_fragment, to_html):
        assert "This brief has no lines." in render(Summary(()))


def test_a_carrier_that_also_reports_for_itself_is_named_once():
    own = Evidence("c2", "Courier", 0, 1, "x", 0.9)
    line = with_credits(replace(_brief().lines[0], corroboration=(own, replace(own, article="c1", copy_of=BBC.id))))
    assert "[BBC; Reuters] (also: Courier)\n" in to_text(Summary((line,)))


def test_a_quote_of_two_paragraphs_is_printed_on_one_line():
    evidence = _evidence(REUTERS, "signed on Monday.\nIt runs for 12 years.")
    summary = Summary((), disagreements=(Disagreement("number", (evidence, evidence)),))
    assert "Reuters “signed on Monday. It runs for 12 years.” / Reuters" in to_text(summary)


def test_controls_and_direction_overrides_never_reach_the_reader():
    title = "\x1b[31mred\x07 \u202eturned\u2066 \ud800\x9b2J"
    for text in (to_text(_brief(title=title)), to_markdown(_brief(title=title)), to_fragment(_brief(title=title))):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert to_text(_brief(title=title)).startswith("[31mred turned \ufffd2J\n")


def test_right_to_left_titles_are_kept_and_isolated():
    title = "توقيع المعاهدة"
    assert to_text(_brief(title=title)).startswith(f"{title}\n")
    assert f'<h2 dir="auto">{title}</h2>' in to_fragment(_brief(title=title))
    assert '<span class="newsum-chip credited c0"><bdi>BBC</bdi></span>' in to_fragment(_brief())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_html(text):
    page, harmless = _Page(to_fragment(_hostile(text))), _Page(to_fragment(_hostile("harmless")))
    assert page.tags == harmless.tags
    assert page.values("href") == []
    assert {name for name, _ in page.attributes} == {name for name, _ in harmless.attributes}
    assert " ".join(text.split()) in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_markdown_and_in_its_html(text):
    page = _Page(_converted(to_markdown(_hostile(text))))
    assert page.tags == _Page(_converted(to_markdown(_hostile("harmless")))).tags
    assert page.attributes == []
    assert " ".join(text.split()) in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_rows_to_the_text(text):
    assert to_text(_hostile(text)).count("\n") == to_text(_hostile("harmless")).count("\n")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>&[]()!*_`~|\\#+-=:.1$\"'\n"), max_size=30))
def test_markdown_gives_back_any_title_as_it_stands(title):
    expected = " ".join(title.split())
    html = _converted(to_markdown(Summary((), title=title)))
    shown = _Page(html)
    assert shown.tags == (["h1", "p", "p"] if expected else ["p", "p"])
    assert shown.text.startswith(f"{expected}\nThis brief" if expected else "This brief")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>&[]()!*_`~|\\#+-=:.1$\"'\n"), min_size=1, max_size=30))
def test_markdown_gives_back_any_line_as_it_stands(text):
    expected = unmistakable(text)
    shown = _Page(_converted(to_markdown(Summary((Line(text),)))))
    assert shown.tags == ["ol", "li", "strong", "p"]
    assert shown.text.strip("\n").split("\n")[0] == f"{expected} [no source found]".strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript://bbc.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "vbscript:x",
        "//bbc.example/t",
        "bbc.example/t",
        "https:",
        "http://[bad",
        "",
    ],
)
def test_only_http_and_https_addresses_become_links(url):
    sources = (Source.of(replace(BBC, url=url)),)
    line = _brief().lines[0]
    assert _Page(to_fragment(Summary((line,), sources=sources))).values("href") == []
    assert _Page(_converted(to_markdown(Summary((line,), sources=sources)))).values("href") == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://bbc.example/a?b=1&c=2#d", "https://bbc.example/a?b=1&c=2#d"),
        ("HTTP://bbc.example/a%20b", "HTTP://bbc.example/a%20b"),
        ("https://bbc.example/a b(c)", "https://bbc.example/a%20b%28c%29"),
        ('https://bbc.example/"><script>', "https://bbc.example/%22%3E%3Cscript%3E"),
        ("https://bbc.example/) [x](javascript:y", "https://bbc.example/%29%20%5Bx%5D%28javascript:y"),
        ("https://bbc.example/?q=&lt;b&gt;", "https://bbc.example/?q=&lt;b&gt;"),
        ("https://bbc.example/*a*_b_`c`|", "https://bbc.example/%2Aa%2A_b_%60c%60%7C"),
        ("https://bbc.example/é", "https://bbc.example/%C3%A9"),
    ],
)
def test_an_address_becomes_the_same_link_in_markdown_and_html(url, target):
    summary = Summary((), sources=(Source.of(replace(BBC, url=url)),))
    assert _Page(to_fragment(summary)).values("href") == [target]
    hrefs = _Page(_converted(to_markdown(summary))).values("href")
    assert hrefs in ([target], [target.replace("&lt;b&gt;", "%3Cb%3E")])
    assert not {"script", "img"} & set(_Page(to_fragment(summary)).tags)


def test_addresses_in_titles_are_not_made_links_by_github():
    markdown = to_markdown(Summary((), title="See https://evil.example and www.evil.example"))
    assert "https&#58;//evil.example and www&#46;evil.example" in markdown


def test_braces_are_entities_for_some_converters_read_attributes_from_them():
    assert to_markdown(Summary((), title="x {onclick=y}")).startswith("# x &#123;onclick=y&#125;\n")


def test_rendering_leaves_the_summary_as_it_was():
    summary, same = _brief(), _brief()
    for render in (to_text, to_markdown, to_fragment, to_html):
        assert render(summary) == render(summary)
    assert summary == same


def test_of_many_that_say_the_same_three_are_named():
    outlets = ("CNN", "The Guardian", "ABC", "Politico", "The Hill")
    evidence = tuple(Evidence(str(n), outlet, 0, 3, "Yes", 0.9) for n, outlet in enumerate(outlets))
    line = Line("Yes.", (Evidence("x", "BBC", 0, 3, "Yes", 0.9),), evidence, outlets=("BBC",), also=outlets)
    assert "[BBC] (also: CNN, The Guardian, ABC and 2 others)" in str(Summary((line,)))
    four = replace(line, also=outlets[:4])
    assert "(also: CNN, The Guardian, ABC, Politico)" in str(Summary((four,)))


def test_who_has_the_text_of_no_agency_has_the_same_text():
    copy = Evidence("y", "The Bugle", 0, 3, "Yes", 0.9, copy_of="x")
    for origin, said in (("The Courier", "same text in The Bugle"), ("Northgate Wire", "carried by The Bugle")):
        line = Line("Yes.", (Evidence("x", origin, 0, 3, "Yes", 0.9),), (copy,), outlets=(origin,))
        assert f"[{origin}] ({said})" in str(Summary((line,)))
