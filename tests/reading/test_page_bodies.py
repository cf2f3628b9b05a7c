"""Which text of a page is its article, and that its sentences are as shown."""

import json
from pathlib import Path

import pytest
from made_pages import HEADLINE, NAMED, SENTENCES, TEXT, only, page, paragraphs, read_page

COOKIES = (
    "<p>We and our 97 partners store information on your device and process personal data such as unique ids.</p>"
    "<p>You may accept or refuse, and change your choice at any time in the settings of this website.</p>"
    "<p>Some of our partners process your data on the ground of legitimate interest, to which you may object.</p>"
)
INSIDE = f"<h1>{HEADLINE}</h1>{paragraphs()}"


@pytest.mark.parametrize(
    "body",
    [
        f"<aside>{INSIDE}</aside>",
        f'<aside class="sidebar"><div>{INSIDE}</div></aside>',
        f"<form action='/x'>{INSIDE}</form>",
        f"<figure>{INSIDE}</figure>",
        f"<details open><summary>Story</summary>{INSIDE}</details>",
        f"<table><tr><td>{INSIDE}</td></tr></table>",
        f'<div class="related-comment-widget">{INSIDE}</div>',
        f'<div id="sidebar-promo"><section>{INSIDE}</section></div>',
        f"<header>{INSIDE}</header>",
        f"<dialog open>{INSIDE}</dialog>",
        f"<h1>{HEADLINE}</h1><aside>{paragraphs()}</aside>",
        f"<x-story>{INSIDE}</x-story>",
    ],
)
@pytest.mark.parametrize("banner", ['<div class="cookie-consent">', '<div role="dialog">', '<div class="box7">'])
def test_the_article_is_the_headlines_wherever_it_stands(tmp_path: Path, body: str, banner: str) -> None:
    article = only(read_page(tmp_path, page(NAMED, body, before=f"{banner}{COOKIES}</div>")))
    assert article.text == TEXT


@pytest.mark.parametrize(
    "other",
    [
        f"<div>{COOKIES}</div>",
        "<div><p>Subscribe today for one euro a week and read all that we write, on every device that you own.</p>"
        "<p>You can end your subscription at any time; the first four weeks cost you nothing, we say.</p></div>",
        "<div><p>A fair in Ombury drew nine thousand guests on Sunday, more than in any year since it was founded.</p>"
        "<p>The price of milk has risen for the sixth month, farmers in the east say, and shops follow suit.</p></div>",
        "<ul>" + "<li><a href='/2'>Another town opens its new bridge after a crack is found</a></li>" * 12 + "</ul>",
        "<div><p>Please turn on JavaScript to see this page, or use another browser to see what we have.</p></div>",
    ],
)
def test_a_page_whose_article_is_not_on_it_has_none(tmp_path: Path, other: str) -> None:
    reading = read_page(tmp_path, page(NAMED, f"<h1>{HEADLINE}</h1>", before=other))
    assert reading.articles == ()
    assert reading.problems[0].message.startswith("no article was found")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It shuts on <time datetime='2026-05-04'>4 May</time> for good.", "It shuts on 4 May for good."),
        ("It shuts the <label for='a'>quarry bridge</label> for good.", "It shuts the quarry bridge for good."),
        ("It cost <output>312</output> or <data value='4'>four</data> euros.", "It cost 312 or four euros."),
        ("The <button class='term'>old bridge</button> is shut.", "The old bridge is shut."),
        ("The file <code>crack.pdf</code> was removed.", "The file crack.pdf was removed."),
        ("Press <kbd>Esc</kbd>, <samp>ok</samp>, <var>x</var>.", "Press Esc, ok, x."),
        ("He said <q>nobody asked me</q> on Monday.", "He said “nobody asked me” on Monday."),
        ("He said <q>she said <q>no</q> twice</q>.", "He said “she said ‘no’ twice”."),
        ("It is <meter value='0.6'>60%</meter> done.", "It is 60% done."),
        ("It is <progress value='6' max='10'>60%</progress> done.", "It is 60% done."),
        ("The <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> sign fell.", "The 漢 sign fell."),
        ("A <mark>crack</mark> in <dfn>pillar</dfn> <ins>two</ins>.", "A crack in pillar two."),
        ("A <glossary-term>cofferdam</glossary-term> was built.", "A cofferdam was built."),
        ("A <font color='red'>red</font> <bdi>sign</bdi> <small>here</small>.", "A red sign here."),
        ("Read<wbr>able <span>words</span><b>.</b>", "Readable words."),
        ("On Monday<span class='visually-hidden'>opens a window</span> it shut.", "On Monday it shut."),
        ("On Monday<span class='sr-only'>, he</span> it <span hidden>never</span> shut.", "On Monday it shut."),
        ("On Monday <span style='display: none'>not</span>it shut.", "On Monday it shut."),
        ("The <a href='/t'><strong>Tolvane</strong> <em>bridge</em></a> is shut.", "The Tolvane bridge is shut."),
        ("A crack<sup><a href='#fn1'>[1]</a></sup> was found.", "A crack was found."),
        ("It is 5 km<sup>2</sup> and H<sub>2</sub>O.", "It is 5 km2 and H2O."),
    ],
)
def test_inline_elements_keep_their_words_in_the_sentence(tmp_path: Path, written: str, shown: str) -> None:
    body = f"<article><h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p><p>{written}</p>{paragraphs(SENTENCES[1:])}</article>"
    text = only(read_page(tmp_path, page(NAMED, body))).text
    assert text.split("\n\n") == [SENTENCES[0], shown, *SENTENCES[1:]]


@pytest.mark.parametrize(
    "block",
    [
        "<div>One stood here.</div><div>Two stood there.</div>",
        "<ul><li>One stood here.</li><li>Two stood there.</li></ul>",
        "<blockquote><p>One stood here.</p><p>Two stood there.</p></blockquote>",
        "<section>One stood here.<div>Two stood there.</div></section>",
        "<p>One stood here.<br>Two stood there.</p>",
        "<p>One stood here.</p>Two stood there.",
    ],
)
def test_block_elements_split(tmp_path: Path, block: str) -> None:
    body = f"<article><h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p>{block}{paragraphs(SENTENCES[1:])}</article>"
    text = only(read_page(tmp_path, page(NAMED, body))).text
    assert text.split("\n\n") == [SENTENCES[0], "One stood here.", "Two stood there.", *SENTENCES[1:]]


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>', ""),
        ('<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>', ""),
        ('<meta property="article:content_tier" content="locked">', ""),
        ("", "<p>This article is for subscribers only. Subscribe to continue reading.</p>"),
        ("", '<div class="paywall"><p>To read the full story, log in or subscribe.</p></div>'),
        ("", "<p>Already a subscriber? Sign in to keep reading.</p>"),
    ],
)
def test_a_teaser_before_a_paywall_is_read_with_a_notice(tmp_path: Path, head: str, after: str) -> None:
    body = f"<article><h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p>{after}</article>"
    reading = read_page(tmp_path, page(NAMED + head, body))
    assert only(reading).text == SENTENCES[0]
    assert reading.notices[0].startswith("only the teaser")
    assert "page.html" in reading.notices[0]


def test_an_article_for_payers_that_is_whole_is_no_teaser(tmp_path: Path) -> None:
    stated = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False, "headline": HEADLINE})
    whole = page(NAMED + f'<script type="application/ld+json">{stated}</script>', f"<article>{INSIDE * 3}</article>")
    assert read_page(tmp_path, whole).notices == ()
