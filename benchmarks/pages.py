"""Whether saved pages of real outlets are read as a reader would read them, and can be summarised.

    python -m benchmarks.pages          exit code 1 where a figure is below its bar

In: the twelve pages of `html/` in the data folder, and news_cluster_dev. Out: each page's outlet and date beside those
that a person read off it, and whether its title is a headline (<h1>) of the page; how many of the rows that hold what
only a site says ("Sign up", "Getty Images") are left once a text is read; and the brief of the three pages that tell
one story: `newsum.group` must find it among the twelve; the brief must rest on both outlets, and prove its lines.
"""

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bars import bar, printed
from benchmarks.data import data_folder, read_jsonl
from newsum import Article, Summariser, group, read
from newsum.reading.boilerplate import without_boilerplate

__all__ = ["ONE_STORY", "PAGES", "main", "of_the_site", "report"]

PAGES = {
    "boingboing.net.millenials": ("Boing Boing", "2013-07-19"),
    "cnn_article": ("CNN", "2013-11-27"),
    "dw.com.colonial": ("DW", "2020-01-19"),
    "dw.com.uncork": ("DW", "2013-06-10"),
    "foxnews.com1": ("Fox News", "2014-12-29"),
    "foxnews.com2": ("Fox News", "2014-12-23"),
    "reuters.com1": ("Reuters", "2014-12-30"),
    "reuters.com2": ("Reuters", "2014-12-30"),
    "reuters.com3": ("Reuters", "2014-12-30"),
    "space.com2": ("Space.com", "2014-12-12"),
    "telegraph.co.uk1": ("The Telegraph", "2014-12-31"),
    "tnr.com2": ("The New Republic", "2014-12-21"),
}
ONE_STORY = ("reuters.com2", "reuters.com3", "telegraph.co.uk1")
LEFT = 0.05  # of the rows of a site; among them are some that an article's own words look like

_OF_THE_SITE = re.compile(
    r"""newsletter|sign\ up|subscribe|read\ (?:more|also)|see\ also|most\ read|all\ rights\ reserved|getty|cookie|
        advertisement|pic\.twitter|\(@\w+\)|follow\ us|(?:photo(?:graph)?|picture):|file\ photo|
        (?:reporting|editing)\ by|toggle\ caption|click\ (?:here|to)|story\ highlights|
        contributed\ to\ this\ report|just\ watched|share\ this""",
    re.VERBOSE | re.IGNORECASE,
)


def of_the_site(text: str) -> list[str]:
    """The rows with words that little but a site's own rows holds."""
    return [row for row in text.split("\n") if _OF_THE_SITE.search(row)]


def report(folder: Path) -> Iterator[str]:
    yield "| page | outlet | date | title | characters | rows of the site |"
    yield "| --- | --- | --- | --- | --- | --- |"
    pages = {name: read(folder / f"{name}.html")[0] for name in PAGES}
    right = 0
    for name, page in pages.items():
        outlet, day = PAGES[name]
        dated = (page.published or "")[:10] == (day or "")  # pages may state the time too
        told = dated and page.outlet == outlet and page.title in _headlines(folder / f"{name}.html")
        right += told
        cells = (page.outlet, page.published, page.title, f"{len(page.text):,}", len(of_the_site(page.text)))
        yield f"| {name}{'' if told else ' (wrong)'} | {' | '.join(map(str, cells))} |"
    left = sum(len(of_the_site(page.text)) for page in pages.values())
    yield ""
    yield bar(f"outlet, title and date right on {right} of {len(pages)} pages", holds=right == len(pages))
    yield bar(f"rows of a site left on the pages: {left} (0)", holds=not left)
    yield _of_the_cluster()
    yield from _one_story(pages)


def _headlines(path: Path) -> set[str]:
    """What stands in <h1> on a page, read without the extractor that is measured."""
    found = re.findall(r"<h1\b[^>]*>(.*?)</h1>", path.read_text(encoding="utf-8", errors="replace"), re.DOTALL)
    return {" ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in found}


def _of_the_cluster() -> str:
    articles = [a for row in read_jsonl("stories/news_cluster_dev") for a in row["articles"]]
    before = sum(len(of_the_site(a["text"])) for a in articles)
    after = sum(len(of_the_site(without_boilerplate(a["text"], a.get("title") or ""))) for a in articles)
    figure = f"rows of a site left in news_cluster_dev: {after} of {before} ({LEFT:.0%})"
    return bar(figure, holds=after <= LEFT * before)


def _one_story(pages: dict[str, Article]) -> Iterator[str]:
    members = {pages[name].id for name in ONE_STORY}
    found = any({a.id for a in story.articles} == members for story in group(pages.values()))
    yield bar("the three pages of one story are a story of their own among the twelve", holds=found)
    articles = [pages[name] for name in ONE_STORY]
    brief = Summariser().summarise(articles)
    own = {article.outlet for article in articles}
    yield bar(
        f"their brief credits {', '.join(brief.credits)}, of {len(own)}",
        holds=bool(brief.credits) and own.issuperset(brief.credits),
    )
    failed = brief.verify(articles)
    yield bar(f"of its receipts {len(failed)} fail (0)", holds=not failed)
    yield f"\n{brief}"


def main() -> int:
    data = data_folder()
    if data is None:
        print("skipped: no benchmark data; set NEWSUM_DATA to its folder, or put it in ../shared/data")
        return 0
    return printed(report(data / "html"))


if __name__ == "__main__":
    sys.exit(main())
