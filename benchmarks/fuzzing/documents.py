"""Holds whole inputs of every kind, from which the damaged ones are made.

In: nothing. Out: an article and a story as rows, and each as a file of every format.
"""

import gzip
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["ARTICLE", "BRIEF", "ROW", "STORY", "WHOLE", "as_page", "as_rows"]

_TEXT = (
    "The bridge at Karrow fell on Monday, police said. “Two people were hurt,” Ada Holm told the Karrow Post. The "
    "repair will cost $4-5 million, 12% more than in 2019, and begin on 3 May."
)
BRIEF = (
    "# A bridge falls\n\nThe bridge at Karrow fell on Monday [1]. “Two people were hurt,” Ada Holm said (Tarn Wire). "
    "It will cost [$4 million](https://k.example/a)[^2].\n\nSources:\n1. Karrow Post\n2. Tarn Wire\n"
)
ROW: dict[str, Any] = {
    "outlet": "Karrow Post",
    "title": "A bridge falls",
    "text": _TEXT,
    "date": "2026-03-10",
    "url": "https://k.example/a",
    "authors": ["Ada Holm", "Sam Oru"],
    "id": "k-1",
    "source": {"name": "Karrow Post", "id": 7},
}
STORY: dict[str, Any] = {"story_id": "bridge", "title": "The bridge", "articles": [ROW, {**ROW, "outlet": "Tarn Wire"}]}
ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": ["NewsArticle"],
            "headline": "A bridge falls",
            "articleBody": _TEXT * 3,
            "datePublished": "2026-03-10T08:30:00Z",
            "dateModified": "2026-03-11",
            "author": [{"@type": "Person", "name": "Ada Holm"}],
            "publisher": {"@type": "Organization", "name": "Karrow Post", "url": "https://k.example"},
            "mainEntityOfPage": {"@id": "https://k.example/a"},
            "isAccessibleForFree": True,
        },
        {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "It fell", "articleBody": _TEXT}]},
    ],
}


def as_page(structured: object) -> bytes:
    """A saved page with the article as its text and as structured data."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A bridge falls | Karrow Post</title>'
        '<meta property="og:site_name" content="Karrow Post"><link rel="canonical" href="https://k.example/a">'
        '<meta property="article:published_time" content="2026-03-10T08:30:00+01:00">'
        f'<script type="application/ld+json">{json.dumps(structured)}</script></head><body><nav><a href="/">Home</a>'
        '</nav><article><h1>A bridge falls</h1><p class="byline">By Ada Holm</p><time datetime="2026-03-10">10 March '
        f"2026</time><p>{_TEXT}</p><figure><figcaption>The bridge</figcaption></figure><p>{_TEXT} <b>It</b> is <i>so"
        f"</i>.</p><ul><li>{_TEXT}</li></ul></article><aside><p>Sign up</p></aside></body></html>"
    ).encode()


def as_rows(rows: list[Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _feed() -> bytes:
    item = (
        f"<item><title>A bridge falls</title><link>https://k.example/a</link><pubDate>Tue, 10 Mar 2026 08:30:00 GMT"
        f"</pubDate><description>&lt;p&gt;{_TEXT}&lt;/p&gt;</description><guid>1</guid></item>"
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Karrow Post - News</title>'
        f"<link>https://k.example</link>{item * 3}</channel></rss>"
    ).encode()


def _atom() -> bytes:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Karrow Post</title><entry><title '
        'type="html">A &lt;b&gt;bridge</title><link rel="alternate" href="https://k.example/a"/><updated>2026-03-10T08:30:'
        f"00Z</updated><author><name>Ada Holm</name></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/"
        f"xhtml'><p>{_TEXT}</p></div></content></entry></feed>"
    ).encode()


def _archive() -> bytes:
    page = as_page(ARTICLE)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://k.example/a\r\nWARC-Date: 2026-03-10T08:30:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; "
        f"msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return (head.encode() + answer + b"\r\n\r\n") * 2


def _parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet

    held = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([ROW] * 3), held)
    return held.getvalue()


_MARKDOWN = (
    f"---\noutlet: Karrow Post\nauthors: [Ada Holm, Sam Oru]\n---\n# A bridge falls\n\n*10 March 2026*, [Post]"
    f"(https://k.example)[^1]\n\n> {_TEXT}\n\n- one\n  - `two`\n1. three\n\n| a | b |\n|---|---|\n| {_TEXT} | c |\n\n"
    "```\ncode\n```\n\n[^1]: note\n"
)
_CSV = (
    "outlet,title,text,date,url\n" + f'Karrow Post,"A ""bridge"" falls","{_TEXT}",2026-03-10,https://k.example/a\n' * 3
)
_OPML = (
    '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body><outline text="News"><outline '
    'type="rss" text="Karrow Post" xmlUrl="http://127.0.0.1:9/feed"/></outline></body></opml>'
)

WHOLE: Mapping[str, Callable[[], bytes]] = {
    ".txt": lambda: f"---\noutlet: Karrow Post\ntitle: A bridge falls\n---\n{_TEXT}\n\n{_TEXT}\n".encode(),
    ".md": _MARKDOWN.encode,
    ".json": lambda: json.dumps({"articles": [ROW, ROW]}).encode(),
    ".jsonl": lambda: as_rows([ROW, STORY, ROW]),
    ".csv": _CSV.encode,
    ".html": lambda: as_page(ARTICLE),
    ".xml": _feed,
    ".atom": _atom,
    ".opml": _OPML.encode,
    ".warc": _archive,
    ".warc.gz": lambda: gzip.compress(_archive()),
    ".jsonl.gz": lambda: gzip.compress(as_rows([ROW] * 3)),
    ".parquet": _parquet,
}
