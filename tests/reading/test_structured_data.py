"""What a page states of itself as JSON-LD, in every shape that sites write it in."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_pages import HEADLINE, NAMED, TEXT, only, page, paragraphs, read_page

URL = "https://www.tolvanemercury.example/2026/bridge"


def ld(**fields: Any) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2026-03-10T08:30:00Z", **fields}
    return script(json.dumps(data))


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "headline",
    [
        [HEADLINE],
        [HEADLINE, "Bridge shut"],
        {"@value": HEADLINE, "@language": "en"},
        {"@type": "Text", "name": HEADLINE},
        [{"@value": HEADLINE}],
        2026,
        19.5,
        True,
        None,
        [],
        {},
        [[[HEADLINE]]],
    ],
)
def test_a_headline_of_any_shape_costs_neither_page_nor_title(tmp_path: Path, headline: object) -> None:
    (tmp_path / "other.txt").write_text("The rest is read.")
    article = only(read_page(tmp_path, page(NAMED + ld(headline=headline))))
    assert (article.title, article.published, article.text) == (HEADLINE, "2026-03-10T08:30:00Z", TEXT)


@pytest.mark.parametrize(
    "fields",
    [
        {"author": 7},
        {"author": [["Ada Holm"], None, {"name": ["Ada Holm"]}]},
        {"datePublished": ["2026-03-10T08:30:00Z"]},
        {"datePublished": {"@type": "Date", "@value": "2026-03-10T08:30:00Z"}},
        {"@type": ["NewsArticle", "Article"]},
        {"@type": {"@id": "NewsArticle"}, "url": {"@id": URL}},
        {"mainEntityOfPage": [{"@id": URL}], "url": [URL]},
        {"articleBody": {"text": 5}, "description": ["a", {"b": []}]},
        {"publisher": 5, "isPartOf": [[], {}]},
        {"keywords": {"a": {"b": {"c": []}}}, "image": [1, [2]]},
    ],
)
def test_any_other_field_of_any_shape_costs_nothing_either(tmp_path: Path, fields: dict[str, Any]) -> None:
    article = only(read_page(tmp_path, page(NAMED + ld(headline=HEADLINE, **fields))))
    assert (article.title, (article.published or "")[:10], article.text) == (HEADLINE, "2026-03-10", TEXT)


@pytest.mark.parametrize(
    "publisher",
    [
        "Tolvane Mercury",
        {"@type": "Organization", "name": "Tolvane Mercury"},
        {"@type": "Organization", "name": {"@value": "Tolvane Mercury"}},
        {"@type": "Organization", "name": ["Tolvane Mercury", "TM"]},
        [{"@type": "NewsMediaOrganization", "name": "Tolvane Mercury"}],
        ["Tolvane Mercury"],
        {"name": "Tolvane Mercury", "logo": [1]},
    ],
)
def test_the_publisher_is_read_in_every_form(tmp_path: Path, publisher: object) -> None:
    article = only(read_page(tmp_path, page(ld(headline=HEADLINE, publisher=publisher))))
    assert (article.outlet, article.outlet_guessed) == ("Tolvane Mercury", False)


def test_a_publisher_is_found_where_the_graph_has_it(tmp_path: Path) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#mercury", "name": "Tolvane Mercury"},
            {"@type": "WebSite", "name": "tolvane-mercury-site"},
            {
                "@type": "NewsArticle",
                "headline": HEADLINE,
                "publisher": {"@id": "#mercury"},
                "datePublished": "2026-03-10",
            },
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Town"}]},
        ],
    }
    article = only(read_page(tmp_path, page(script(json.dumps(graph)))))
    assert (article.outlet, article.published) == ("Tolvane Mercury", "2026-03-10")


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "' + HEADLINE + '", "datePublished": "2026-03-10",}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2026-03-10"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2026-03-10"}\n//]]>',
        '[{"@type": "NewsArticle", "datePublished": "2026-03-10"}];',
        '{"@type": "NewsArticle", "description": "two\nlines\tand a tab", "datePublished": "2026-03-10"}',
    ],
)
def test_json_that_is_not_quite_json_is_read(tmp_path: Path, text: str) -> None:
    article = only(read_page(tmp_path, page(NAMED + script(text))))
    assert (article.published, article.text) == ("2026-03-10", TEXT)


@pytest.mark.parametrize("text", ["{", "[" * 3_000, "null", "5", '"x"', "", "{]}", '{"@graph": 5}', "[[[[]]]]"])
def test_json_that_is_none_costs_nothing(tmp_path: Path, text: str) -> None:
    assert only(read_page(tmp_path, page(NAMED + script(text)))).text == TEXT


def test_teasers_in_the_structured_data_are_not_the_page(tmp_path: Path) -> None:
    teasers = [
        {"@type": "NewsArticle", "headline": f"Quite another matter {n}", "datePublished": f"2025-01-0{n}"}
        for n in (1, 2)
    ]
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": teaser} for teaser in teasers]}
    head = NAMED + script(json.dumps([listed, *teasers])) + ld(headline=HEADLINE)
    article = only(read_page(tmp_path, page(head)))
    assert (article.title, article.published) == (HEADLINE, "2026-03-10T08:30:00Z")


@pytest.mark.parametrize("body", [TEXT, TEXT.replace("\n\n", "\n"), f"<p>{TEXT.replace(chr(10) * 2, '</p><p>')}</p>"])
def test_a_page_without_text_gives_the_article_body(tmp_path: Path, body: str) -> None:
    empty = f'<main><h1>{HEADLINE}</h1><div id="app"></div></main>'
    article = only(read_page(tmp_path, page(NAMED + ld(headline=HEADLINE, articleBody=body), empty)))
    assert article.text.split() == TEXT.split()
    assert article.title == HEADLINE


def test_a_live_blog_without_text_gives_its_updates_and_its_own_date(tmp_path: Path) -> None:
    entries = [
        {
            "@type": "BlogPosting",
            "headline": f"Update {n}",
            "datePublished": f"2026-03-11T0{n}:00:00Z",
            "articleBody": part,
        }
        for n, part in enumerate(TEXT.split("\n\n"), start=1)
    ]
    blog = ld(**{"@type": "LiveBlogPosting"}, headline=HEADLINE, liveBlogUpdate=entries, coverageStartTime="2026-03-10")
    article = only(read_page(tmp_path, page(NAMED + blog, f"<main><h1>{HEADLINE}</h1></main>")))
    assert article.published == "2026-03-10T08:30:00Z"
    assert all(part in article.text for part in TEXT.split("\n\n"))


@pytest.mark.parametrize("update", [{"@type": "BlogPosting", "articleBody": [TEXT]}, TEXT, [{"articleBody": TEXT}], 7])
def test_a_live_blogs_updates_may_have_any_shape(tmp_path: Path, update: object) -> None:
    blog = ld(**{"@type": "LiveBlogPosting"}, headline=[HEADLINE], liveBlogUpdate=update)
    assert only(read_page(tmp_path, page(NAMED + blog))).text == TEXT


@pytest.mark.parametrize(
    "body",
    [
        {"liveBlogUpdate": [{"@type": "BlogPosting", "articleBody": TEXT[60:300]}, {"text": "Nobody was hurt."}]},
        {"articleBody": "A diver saw it first, in the dark. He called the works yard, and the road was closed."},
        {"articleBody": "<p>A diver saw it first, in the dark.</p><p>He called the works yard from the bank.</p>"},
    ],
)
def test_the_body_stated_of_the_headline_is_its_article_though_it_has_none_of_its_words(
    tmp_path: Path, body: dict[str, Any]
) -> None:
    found = only(read_page(tmp_path, page(NAMED + ld(headline=HEADLINE, **body), '<div id="app"></div>')))
    assert found.title == HEADLINE
    assert len(found.text) > 70
    assert "<p>" not in found.text


@pytest.mark.parametrize(
    "markup",
    [
        '<span itemprop="publisher" itemscope><meta itemprop="name" content="Tolvane Mercury"></span>',
        '<meta itemprop="publisher" content="Tolvane Mercury">',
        '<footer itemprop="publisher" itemscope><a href="/"><b itemprop="name">Tolvane Mercury</b></a> 1880</footer>',
        '<div itemprop="publisher"><i itemprop="logo"><meta itemprop="url" content="x"></i><p itemprop="name">Tolvane '
        "Mercury</p></div>",
    ],
)
def test_a_publisher_in_microdata_is_named_however_it_is_written(tmp_path: Path, markup: str) -> None:
    assert only(read_page(tmp_path, page("", after=markup))).outlet == "Tolvane Mercury"


@pytest.mark.parametrize(
    "markup",
    [
        '<span property="publisher" typeof="Organization"><span property="name">Tolvane Mercury</span></span>',
        '<div property="publisher" typeof="Organization"><meta property="name" content="Tolvane Mercury"></div>',
        '<span property="schema:publisher"><b property="schema:name">Tolvane Mercury</b> 1880</span>',
        '<a property="https://schema.org/publisher"><i property="https://schema.org/name">Tolvane Mercury</i></a>',
        '<meta property="publisher" content="Tolvane Mercury">',
        '<span property="dc:publisher">Tolvane Mercury</span>',
        '<link property="publisher" resource="#us"><div resource="#us"><b property="name">Tolvane Mercury</b></div>',
        '<link itemprop="publisher" href="#us"><footer id="us"><b itemprop="name">Tolvane Mercury</b></footer>',
    ],
)
def test_a_publisher_in_rdfa_is_named_as_in_microdata(tmp_path: Path, markup: str) -> None:
    assert only(read_page(tmp_path, page("", after=f'<div vocab="https://schema.org/">{markup}</div>'))).outlet == (
        "Tolvane Mercury"
    )


@pytest.mark.parametrize("markup", ['<i property="og:publisher">Tolvane Mercury</i>', '<i property="title">Boat</i>'])
def test_a_property_of_another_meaning_names_no_publisher(tmp_path: Path, markup: str) -> None:
    assert only(read_page(tmp_path, page("", after=markup))).outlet == ""


@pytest.mark.parametrize(
    "stated",
    [
        '<time property="datePublished" datetime="2026-03-09">Monday</time>',
        '<meta property="schema:datePublished" content="2026-03-09">',
        '<span property="https://schema.org/datePublished">9 March 2026</span>',
        '<i property="dateModified">12 March 2026</i> <i property="schema:datePublished">9 March 2026</i>',
    ],
)
def test_a_date_in_rdfa_is_read_as_in_microdata(tmp_path: Path, stated: str) -> None:
    body = f"<article><h1>{HEADLINE}</h1>{stated}{paragraphs()}</article>"
    assert only(read_page(tmp_path, page(body=body))).published == "2026-03-09"


@pytest.mark.parametrize(
    "publisher",
    [
        {"url": "https://www.tolvanemercury.example"},
        {"@id": "https://www.tolvanemercury.example/#organization"},
        [{"@type": "Organization", "url": ["https://www.tolvanemercury.example/"]}],
        "https://www.tolvanemercury.example",
    ],
)
def test_a_publisher_that_has_an_address_only_is_guessed_from_it(tmp_path: Path, publisher: object) -> None:
    reading = read_page(tmp_path, page(ld(headline=HEADLINE, publisher=publisher)))
    found = only(reading)
    assert (found.outlet, found.outlet_guessed) == ("tolvanemercury.example", True)
    assert any("guessed" in notice for notice in reading.notices)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda article: [[article]],
        lambda article: {"@graph": {"a": article}},
        lambda article: [[{"@graph": {"first": {"@type": "WebSite"}, "second": article}}]],
        lambda article: {"@graph": [[article]]},
        lambda article: {"@context": "https://schema.org", "mainEntity": [article]},
    ],
)
def test_an_article_is_found_wherever_its_graph_has_it(tmp_path: Path, wrap: Any) -> None:
    article = {"@type": "NewsArticle", "headline": HEADLINE, "publisher": {"name": "Tolvane Mercury"}}
    assert only(read_page(tmp_path, page(script(json.dumps(wrap(article)))))).outlet == "Tolvane Mercury"
