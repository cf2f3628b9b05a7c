"""Pages of an invented outlet, put together from a head and a body, for the tests of what a page states and says."""

from pathlib import Path

from newsum.articles import Article
from newsum.reading import Reading, read_report

HEADLINE = "Tolvane bridge shut after crack is found"
SENTENCES = (
    "The quarry bridge at Tolvane was shut to all traffic on Monday after a diver found a crack in its second pillar.",
    "Lorries must take the valley road until an engineer of the county has looked at the steel, the council said.",
    "About 3,100 vehicles cross it on a working day, among them the buses of two schools on the far bank.",
    "“We would sooner have angry drivers than drowned ones,” said Piet Amory, who runs the council's works yard.",
    "Repairs could take until the autumn, and the council has asked the region for two million euros to pay for them.",
)
TEXT = "\n\n".join(SENTENCES)
NAMED = '<meta property="og:site_name" content="Tolvane Mercury">'


def paragraphs(sentences: tuple[str, ...] = SENTENCES) -> str:
    return "".join(f"<p>{sentence}</p>\n" for sentence in sentences)


def page(head: str = NAMED, body: str | None = None, *, before: str = "", after: str = "", lang: str = "en") -> str:
    """A whole page; `body` stands for its article, `before` and `after` round it."""
    article = f"<article><h1>{HEADLINE}</h1>{paragraphs()}</article>" if body is None else body
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{HEADLINE}</title>{head}</head><body>'
        '<header><a href="/">Front page</a><nav><ul><li><a href="/news">News</a></li><li><a href="/town">Town</a></li>'
        f"</ul></nav></header>{before}{article}{after}<footer><p>Printed in Tolvane.</p></footer></body></html>"
    )


def read_page(folder: Path, html: str, name: str = "page.html") -> Reading:
    path = folder / name
    path.write_text(html, encoding="utf-8")
    return read_report(path)


def only(reading: Reading) -> Article:
    """The one article of a reading without problems."""
    assert reading.problems == ()
    [article] = reading.articles
    return article
