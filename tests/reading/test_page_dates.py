"""When a page was published: as it states, never as something else on it says."""

from pathlib import Path

import pytest
from made_pages import HEADLINE, NAMED, TEXT, only, page, paragraphs, read_page

CHANGED = '<meta property="article:modified_time" content="2026-03-12T10:00:00Z">'
LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s",%s}</script>'

PAGE_LD = '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2026-03-09"}</script>'


def published(folder: Path, head: str = "", dateline: str = "", lang: str = "en", after: str = "") -> str | None:
    body = f"<article><h1>{HEADLINE}</h1>{dateline}{paragraphs()}</article>"
    return only(read_page(folder, page(NAMED + head, body, lang=lang, after=after))).published


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        (CHANGED + LD % (HEADLINE, '"datePublished":"2026-03-09T07:00:00Z","dateModified":"2026-03-12T10:00:00Z"'), ""),
        (LD % (HEADLINE, '"dateModified":"2026-03-12","datePublished":"2026-03-09"'), ""),
        ('<meta property="og:updated_time" content="2026-03-12"><meta name="pubdate" content="2026-03-09">', ""),
        (
            '<meta http-equiv="last-modified" content="2026-03-12"><meta name="parsely-pub-date" content="2026-03-09">',
            "",
        ),
        (CHANGED + '<meta itemprop="datePublished" content="2026-03-09">', ""),
        (CHANGED + '<meta name="DC.date.issued" content="2026-03-09">', ""),
        ('<meta name="dcterms.modified" content="2026-03-12"><meta name="dcterms.date" content="2026-03-09">', ""),
        (CHANGED, '<time datetime="2026-03-09" pubdate>9 March</time>'),
        (CHANGED, '<p>Updated <time datetime="2026-03-12">12 March</time></p><p>Published 9 March 2026</p>'),
        (
            "",
            '<time class="modified" datetime="2026-03-12"></time><time class="published" datetime="2026-03-09"></time>',
        ),
        ("", '<div class="meta">First published: March 9, 2026 at 7 a.m. | Last updated: March 12, 2026</div>'),
        ("", '<span itemprop="dateModified">12 March 2026</span> <span itemprop="datePublished">9 March 2026</span>'),
        ("", '<p class="byline">By Jo Pell, 9 March 2026</p>'),
        ("", '<ul class="meta"><li>By Jo Pell</li><li>9 March 2026</li><li>Updated 12 March 2026</li></ul>'),
        (LD % (HEADLINE, '"dateModified":"2026-03-12"') + PAGE_LD, ""),
    ],
)
def test_the_day_of_publication_comes_before_that_of_a_change(tmp_path: Path, head: str, dateline: str) -> None:
    assert (published(tmp_path, head, dateline) or "")[:10] == "2026-03-09"


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        (CHANGED, ""),
        ('<meta name="lastmod" content="2026-03-12">', ""),
        ("", '<p>Last updated <time datetime="2026-03-12">12 March 2026</time></p>'),
        (LD % (HEADLINE, '"dateModified":"2026-03-12"'), ""),
    ],
)
def test_a_day_of_change_alone_tells_no_day_of_publication(tmp_path: Path, head: str, dateline: str) -> None:
    body = f"<article><h1>{HEADLINE}</h1>{dateline}{paragraphs()}</article>"
    reading = read_page(tmp_path, page(NAMED + head, body))
    assert only(reading).published is None
    assert "2026-03-12" in reading.notices[0] or "12 March 2026" in reading.notices[0]


def test_a_dateline_below_the_article_is_its_date_and_not_its_text(tmp_path: Path) -> None:
    for said in ("Published 9 March 2026", "First published on March 9, 2026. Updated March 12, 2026."):
        body = f"<article><h1>{HEADLINE}</h1>{paragraphs()}<p>{said}</p></article>"
        article = only(read_page(tmp_path, page(NAMED, body)))
        assert (article.published, article.text) == ("2026-03-09", TEXT)


@pytest.mark.parametrize(
    "after",
    [
        '<section class="comments"><p>Jo, <time datetime="2026-03-14">14 March 2026</time>: No.</p></section>',
        '<div id="disqus_thread"><time datetime="2026-03-14T10:00:00Z">14 March 2026</time> First!</div>',
        '<aside><article><h2>A fair</h2><time datetime="2026-02-01">1 February 2026</time></article></aside>',
        '<ul class="related"><li><a href="/2026/02/01">A fair</a> <span class="date">1 February 2026</span></li></ul>',
        '<div class="event"><time itemprop="startDate" datetime="2026-05-04">4 May 2026</time> Open day</div>',
        "<footer><p>© 1 January 2026 Tolvane Mercury</p></footer>",
    ],
)
def test_comments_teasers_and_events_tell_no_day(tmp_path: Path, after: str) -> None:
    assert published(tmp_path, after=after) is None
    assert published(tmp_path, '<meta name="date" content="2026-03-09">', after=after) == "2026-03-09"


def test_a_date_in_a_sentence_a_headline_or_an_address_is_none_of_publication(tmp_path: Path) -> None:
    sentence = '<p>The bridge was opened on <time datetime="1974-06-02">2 June 1974</time> by the county.</p>'
    assert published(tmp_path, dateline=sentence) is None
    for number in ("20140112", "2014-01-12-3", "11315001", "story-2014011299"):
        link = f'<link rel="canonical" href="https://www.tolvanemercury.example/news/{number}">'
        assert published(tmp_path, link) is None
    titled = page(NAMED).replace(HEADLINE, "Bridge to open - 4 May 2026")
    article = only(read_page(tmp_path, titled))
    assert (article.published, article.title) == (None, "Bridge to open - 4 May 2026")


@pytest.mark.parametrize(
    ("head", "dateline", "lang", "day"),
    [
        ('<meta property="og:locale" content="en_US"><meta name="date" content="03/04/2026">', "", "en", "2026-03-04"),
        ('<meta property="og:locale" content="en_GB"><meta name="date" content="03/04/2026">', "", "en", "2026-04-03"),
        ('<meta name="date" content="03/04/2026">', "", "en-US", "2026-03-04"),
        ('<meta name="date" content="03/04/2026">', "", "en-AU", "2026-04-03"),
        (
            '<meta http-equiv="content-language" content="en-IE"><meta name="date" content="3/4/2026">',
            "",
            "",
            "2026-04-03",
        ),
        ("", '<span class="date">02/03/2026</span><span class="updated">02/14/2026</span>', "en", "2026-02-03"),
        ("", "<p>Published 03/02/2026</p><p>Updated 14/02/2026</p>", "en", "2026-02-03"),
        ('<meta name="lastmod" content="2026-03-12">', "<p>Posted: 03/04/2026</p>", "en", "2026-03-04"),
        ('<meta name="date" content="13/04/2026">', "", "en", "2026-04-13"),
        ('<meta name="date" content="03/04/2026">', "", "en", None),
        ("", '<span class="date">03/04/2026</span>', "en", None),
        ("", '<p class="timestamp">Posted: 11/05/2026, 08:15 PM</p>', "en", None),
        ("", "<time>05.04.26</time>", "en", None),
        ('<meta property="og:locale" content="en_CA"><meta name="date" content="03/04/2026">', "", "en", None),
    ],
)
def test_day_and_month_are_told_apart_only_by_locale_or_another_date(
    tmp_path: Path, head: str, dateline: str, lang: str, day: str | None
) -> None:
    body = f"<article><h1>{HEADLINE}</h1>{dateline}{paragraphs()}</article>"
    reading = read_page(tmp_path, page(NAMED + head, body, lang=lang))
    article = only(reading)
    assert article.published == day
    assert bool(reading.notices) == (day is None)
    assert article.text.startswith("The quarry bridge")


@pytest.mark.parametrize(
    "stated",
    ["2026-03-11T00:30:00Z", "2026-03-10T20:30:00-04:00", "2026-03-11T05:30:00+05:30", "2026-03-10T23:59:59.000Z"],
)
def test_a_time_near_midnight_keeps_its_hour_and_zone(tmp_path: Path, stated: str) -> None:
    assert published(tmp_path, f'<meta property="article:published_time" content="{stated}">') == stated
    assert published(tmp_path, LD % (HEADLINE, f'"datePublished":"{stated}"')) == stated
    assert published(tmp_path, dateline=f'<time pubdate datetime="{stated}">Tuesday</time>') == stated


@pytest.mark.parametrize(
    "head",
    [
        LD % (HEADLINE, '"datePublished":1773131400'),
        LD % (HEADLINE, '"datePublished":"1773131400000"'),
        LD % (HEADLINE, '"datePublished":1773131400.0'),
        '<meta property="article:published_time" content="1773131400">',
    ],
)
def test_a_publication_stated_as_a_count_of_seconds_is_read(tmp_path: Path, head: str) -> None:
    assert published(tmp_path, head) == "2026-03-10T08:30:00+00:00"
