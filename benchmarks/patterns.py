"""Times newsum on texts that repeat one pattern without end, by what is done with them, and shows what is too slow.

    nice python -m benchmarks.patterns --size 1000000
    python -m benchmarks.patterns --use attribute --kind figures
    python -m benchmarks.patterns --slowest 12     # whole for those that are slowest at a tenth of the size

In: the patterns below, each repeated up to a size. Out: a row for each use: how many patterns, the slowest, and each
that took more than the limit or failed. A text that its bounds cut, or that is refused, is as good as one that is read.
Exit code 1 means that one was too slow or failed.
"""

import argparse
import io
import json
import math
import re
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import newsum
from newsum.articles import Article, Story
from newsum.batch import run
from newsum.cli import main as main_of_cli
from newsum.errors import NewsumError
from newsum.reading import read_report

__all__ = ["LIMIT", "PATTERNS", "USES", "seconds", "slowest", "slowness", "too_slow"]

LIMIT = 10.0  # seconds of processor time for a megabyte, where the peer takes PEER
PEER = 0.15

PATTERNS: Mapping[str, tuple[str, ...]] = {
    "figures": (
        *(
            "7",
            "7 ",
            "1,234 ",
            "3.14 ",
            "$5 million ",
            "two hundred and ",
            "2-3 ",
            "4–5–",
            "5% ",
            "21st ",
            "-1 ",
            "1e9 ",
        ),
        *(
            "10 March 2026 ",
            "03/04/2026 ",
            "2026-03-10T08:30:00Z ",
            "March ",
            "Monday ",
            "6:10 a.m. ",
            "km 5 ",
            "5 km ",
        ),
    ),
    "names": (
        *(
            "Ada Holm ",
            "Ada Holm and ",
            "Ada Holm, ",
            "Mr. ",
            "Det. Insp. ",
            "J. K. ",
            "J.K.",
            "U.S. ",
            "FIRE ",
            "Bridge ",
        ),
        *(
            "House of ",
            "Holm's ",
            "Ada Holm said ",
            "the ",
            "and ",
            "that ",
            ", who ",
            "not ",
            "was not never ",
            "may have ",
        ),
        *("bridge ", "x", "X", "a-", "well-known-", "a'", "'a", "abcdefghij" * 12 + " ", "said ", "was hurt by "),
    ),
    "quotation marks": (
        "“It fell.” ",
        "“",
        "”",
        '"',
        '" ',
        "'",
        "' ",
        "‘",
        "\"'",
        "“It fell,” Ada Holm said. ",
        "« ",
        "„",
    ),
    "brackets": ("(", ")", "()", "[", "[]", "{", "([{", "(a ", "] [", "【"),
    "addresses": ("https://k.example/a ", "https://", "www.", "a@b.example ", "@", "@ada ", "http://[", "//", "%41"),
    "signs": (
        *(
            ".",
            ". ",
            "…",
            "!",
            "?",
            ",",
            ", ",
            ";",
            ":",
            ": ",
            "-",
            "- ",
            "—",
            "— ",
            "/",
            "\\",
            "_",
            "*",
            "* ",
            "`",
            "~",
            "|",
        ),
        *("#", "# ", "^", "&", "=", "+", "..", "?!", ".,"),
    ),
    "lines and spaces": (
        "\n",
        "\r\n",
        "\r",
        "a\n",
        "a\n\n",
        " ",
        "\t",
        "\u00a0",
        "a \n",
        "Bridge Falls\n",
        "\u2028",
        "\x0c",
    ),
    "scripts": (
        *(
            "\u200b",
            "\u00ad",
            "\u202e",
            "e\u0301",
            "\u0301",
            "🙂",
            "🇬🇧",
            "👩‍👩‍👧",
            "桥",
            "桥。",
            "جسر ",
            "\x00",
            "\x07",
            "\ufffd",
        ),
        *("ß", "İ", "ﬁ", "𝟓", "½ "),
    ),
    "sentences": (
        *("The bridge fell. ", "Did the bridge fall? ", "The bridge fell.", "the bridge at Karrow fell on Monday and "),
        *("The bridge at Karrow fell on Monday, police said. ", "Correction: An earlier version said that it fell. "),
        *(
            "KARROW (Reuters) - ",
            "By Ada Holm\n",
            "Read more: ",
            "Advertisement\n",
            "Ada Holm, 47, ",
            "It cost $5 million. ",
        ),
    ),
    "Markdown": (
        *(
            "# A\n\n",
            "```\n",
            "| a ",
            "| a | b |\n",
            "---\n",
            "> ",
            ">",
            "- a\n",
            "  - a\n",
            "1. a\n",
            "[a](b) ",
            "[a](",
            "~~a",
        ),
        *(
            "[a][b] ",
            "![a](b) ",
            "[^1] ",
            "[^1]: a\n",
            "[a]: b\n",
            "*a* ",
            "**a",
            "a**b",
            "_a ",
            "`a ",
            "<!--",
            "a\\\n",
        ),
    ),
    "citations": (
        *(
            "[1]",
            "[1] ",
            "[1-2] ",
            "【1】",
            " (BBC)",
            "It fell. (BBC)\n",
            "(BBC ",
            "[[1]](u) ",
            "BBC, Reuters, ",
            "Source: ",
        ),
        *(
            "citing Reuters ",
            "according to ",
            "Sources:\n1. BBC\n",
            "Credited from: BBC\n",
            "It fell [1].\n",
            "¹",
            "[BBC] ",
        ),
    ),
    "mark-up": (
        *(
            "<",
            ">",
            "<p>",
            "<p ",
            "</p>",
            "&amp;",
            "&nbsp;",
            "&#",
            "<!-- ",
            "<![CDATA[",
            "<?x ",
            "<!DOCTYPE ",
            "<br>",
            "<p>a</p>",
        ),
        *(
            '{"a":',
            "[",
            'a,b\n"',
            '"a,',
            "---\na: b\n",
            "a: b\n",
            "QUJD",
            "<item><title>A</title></item>",
            "<a b='c'>",
            "<li>",
        ),
    ),
}

_STORY = "The bridge at Karrow fell on Monday, police said. Two people were hurt. It cost $5 million in 2026."
_OTHER = Article("Tarn Wire", _STORY)


def _summarise(text: str) -> None:
    newsum.summarise([Article("Karrow Post", f"{_STORY} {text} {_STORY}"), _OTHER], model=None)


def _summarise_both(text: str) -> None:
    articles = [Article("Karrow Post", text, title=text[:500]), Article("Bay Post", f"{_STORY} {text}"), _OTHER]
    newsum.summarise(articles, model=None)


def _judged(text: str) -> None:
    newsum.attribute(f"{_STORY} {text}", [Article("Karrow Post", f"{text} {_STORY}"), _OTHER])


def _attribute(text: str) -> None:
    newsum.attribute(text, [_OTHER], judge=None)


def _attribute_to(text: str) -> None:
    newsum.attribute(_STORY, [Article("Karrow Post", f"{_STORY} {text}"), _OTHER], judge=None)


def _attribute_both(text: str) -> None:
    newsum.attribute(text, [Article("Karrow Post", text), _OTHER], judge=None)


def _verify(text: str) -> None:
    articles = [Article("Karrow Post", f"{_STORY} {text}"), _OTHER]
    summary = newsum.attribute(_STORY, articles, judge=None)
    summary.verify([Article("Karrow Post", f"It fell. {text}"), _OTHER])


def _shown(text: str) -> None:
    articles = [Article("Karrow Post", text), _OTHER]
    summary = newsum.attribute(f"{_STORY}\n{text}", articles, judge=None)
    for made in (summary.to_html(), summary.to_markdown(), str(summary)):
        assert made


def _group(text: str) -> None:
    newsum.group([Article("Karrow Post", text), _OTHER, Article("Bay Post", text[::2])])


def _evaluate(text: str) -> None:
    newsum.evaluate([text], [_STORY])


def _evaluate_both(text: str) -> None:
    newsum.evaluate([text, _STORY], [[text, _STORY], [text]])


def _batch(text: str) -> None:
    story = Story([Article("Karrow Post", text), _OTHER], id="a", title=text[:500])
    with tempfile.TemporaryDirectory() as folder:
        run([story], Path(folder) / "out", summariser=newsum.Summariser(model=None))


def _compare(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each, brief in (("ours", text), ("theirs", _STORY)):
            (folder / each).mkdir()
            (folder / each / "a.txt").write_bytes(brief.encode("utf-8", "replace"))
        rows = [{"outlet": "Karrow Post", "text": f"{_STORY} {text}"}, {"outlet": "Tarn Wire", "text": _STORY}]
        (folder / "stories.jsonl").write_text(json.dumps({"story_id": "a", "articles": rows}) + "\n")
        places = [str(folder / each) for each in ("ours", "theirs", "stories.jsonl")]
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = main_of_cli(["compare", *places[:2], "--stories", places[2]])
        if code not in (0, 2):
            raise AssertionError(f"newsum compare ends in {code}")


def _data(text: str) -> bytes:
    """A page whose structured data has the text in every field, and no other text."""
    row = dict.fromkeys(("headline", "articleBody", "datePublished", "author", "publisher", "url"), text)
    return (
        "<html><head><title>A</title><script type='application/ld+json'>"
        f"{json.dumps({'@type': 'NewsArticle', **row})}</script></head><body><h1>A</h1></body></html>"
    ).encode()


def _archive(text: str) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _FORMS[".html"](text)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://k.example/a\r\nContent-Type: application/http\r\n"
    )
    return f"{head}Content-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n"


def _parquet(text: str) -> bytes:
    import pyarrow
    from pyarrow import parquet

    held = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([{"outlet": text, "title": text, "date": text, "text": text}]), held)
    return held.getvalue()


def _utf8(form: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda text: form(text).encode("utf-8", "replace")


def _row(text: str) -> str:
    return json.dumps({"outlet": text, "title": text, "date": text, "text": text, "url": text, "authors": [text]})


_FORMS: Mapping[str, Callable[[str], bytes]] = {
    ".txt": _utf8(lambda text: text),
    ".md": _utf8(lambda text: text),
    ".html": _utf8(
        lambda text: f"<html><head><title>A</title></head><body><article><h1>A</h1><p>{text}</article></html>"
    ),
    ".csv": _utf8(lambda text: f"outlet,text\nA,{text}\n"),
    ".json": _utf8(lambda text: f'{{"articles": [{_row(text)}], {json.dumps(text)}: 1}}'),
    ".jsonl": _utf8(lambda text: _row(text) + "\n"),
    ".xml": _utf8(
        lambda text: (
            "<rss version='2.0'><channel><title>A</title><item><title>A</title><link>https://k.example/a</link><author>"
            f"{text}</author><description>{text}</description></item></channel></rss>"
        )
    ),
    ".atom": _utf8(
        lambda text: (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{text}</title><entry><title>A</title><link href='{text}'"
            f"/><updated>{text}</updated><content type='html'>{text}</content></entry></feed>"
        )
    ),
    ".opml": _utf8(lambda text: f"<opml><body><outline text='{text}' xmlUrl='file:///{text}'/></body></opml>"),
    ".warc": _archive,
    ".parquet": _parquet,
}
_BARE = (".html", ".csv", ".json", ".jsonl", ".xml", ".opml", ".warc")  # of these a file is the pattern itself, too


def _read(suffix: str, form: Callable[[str], bytes]) -> Callable[[str], None]:
    def use(text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(form(text))
            read_report(path)

    return use


USES: Mapping[str, Callable[[str], None]] = {
    "summarise": _summarise,
    "summarise both": _summarise_both,
    "attribute": _attribute,
    "attribute to it": _attribute_to,
    "attribute to itself": _attribute_both,
    "verify": _verify,
    "shown": _shown,
    "group": _group,
    "attribute with the judge": _judged,
    "evaluate": _evaluate,
    "evaluate against itself": _evaluate_both,
    "batch": _batch,
    "compare": _compare,
    **{f"read {suffix}": _read(suffix, form) for suffix, form in _FORMS.items()},
    **{f"read bare {suffix}": _read(suffix, _utf8(str)) for suffix in _BARE},
    "read a page's data": _read(".html", _data),
}


def seconds(use: str, pattern: str, size: int) -> float:
    """Seconds of processor time for a text of one pattern; what newsum refuses counts as done."""
    text = pattern * (size // len(pattern))
    started = time.process_time()
    with suppress(NewsumError):
        USES[use](text)
    return time.process_time() - started


def slowness() -> float:
    """How many times longer than `PEER` plain Python takes here and now to count words; at least 1.

    A machine whose neighbours are busy does everything more slowly; a limit in seconds is multiplied by this.
    """
    words = [f"word {n % 5_000} of {n}" for n in range(50_000)]
    started = time.process_time()
    Counter(word for text in words for word in re.findall(r"\w+", text))
    return max(1.0, (time.process_time() - started) / PEER)


def too_slow(use: str, patterns: Iterable[str], size: int, limit: float) -> Iterator[tuple[str, str]]:
    """The patterns that take longer than the limit times `slowness`, or fail."""
    limit *= slowness()
    for pattern in patterns:
        try:
            taken = seconds(use, pattern, size)
        except Exception as error:
            yield pattern, f"{type(error).__name__}: {str(error)[:100]}"
        else:
            if taken > limit:
                yield pattern, f"{taken:.1f} s"


def slowest(use: str, patterns: Iterable[str], size: int, count: int) -> list[str]:
    """The patterns that take longest at a size, and those that fail."""
    taken = {}
    for pattern in patterns:
        try:
            taken[pattern] = seconds(use, pattern, size)
        except Exception:
            taken[pattern] = math.inf
    return sorted(taken, key=lambda pattern: -taken[pattern])[:count]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of a text")
    parser.add_argument("--use", choices=USES, action="append", help="some only")
    parser.add_argument("--kind", choices=PATTERNS, action="append", help="some patterns only")
    parser.add_argument("--slowest", type=int, metavar="N", help="only those slowest at a tenth of the size")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of processor time on a quiet machine")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    _summarise(_STORY)  # what is loaded once is loaded
    failed = 0
    for use in chosen.use or USES:
        started = time.process_time()
        patterns = [pattern for kind in chosen.kind or PATTERNS for pattern in PATTERNS[kind]]
        if chosen.slowest:
            patterns = slowest(use, patterns, chosen.size // 10, chosen.slowest)
        found = list(too_slow(use, patterns, chosen.size, chosen.limit))
        failed += len(found)
        taken = time.process_time() - started
        print(
            f"{use:24} {len(patterns):3} patterns, {taken:6.1f} s in all, {len(found)} beyond {chosen.limit} s",
            flush=True,
        )
        for pattern, what in found:
            print(f"{'':24} {pattern[:40]!r}: {what}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
