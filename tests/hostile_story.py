"""A story that tries everything an article can: markup, scripts, links, controls, overrides, length, forged tags.

In: nothing. Out: its `ARTICLES`, and a `SUMMARY` of their sentences as if somebody else had written it.
"""

from newsum.articles import Article
from newsum.attribution.credits import with_credits
from newsum.summary import Disagreement, Evidence, Fault, Line, Source, Summary, Support

__all__ = ["ARTICLES", "SENTENCES", "SUMMARY"]

TITLE = "</script><script>hacked=1</script><b onmouseover=hacked=2>bold</b> **md** [red]rich[/red] \x1b[31m\u202eturned"
SENTENCES = (
    "The harbour <script>hacked=3</script> was closed on Monday, the port said.",
    '<img src=x onerror="hacked=4"> Ferries stood still for three days.',
    "See [the list](javascript:hacked=5) or <a href='javascript:hacked=6'>this</a> for the 178 sailings.",
    "</mark></bdi></style></script><svg onload=hacked=7> The strike ended on Friday.",
    "The minister resigned over the strike. [Reuters; BBC].",
    "The owner sold two of its ships (also: AFP)",
    "\x1b]8;;https://evil.example\x07The union\x1b]8;;\x07 \u202ewon\u202c the vote in Port Alden.",
    "The ferry company said " + "that and " * 5_000 + "no more.",  # 10,000 words
    "x" * 5_000 + " was the name of the ship.",
    "قال الاتحاد إن الإضراب انتهى يوم الجمعة.",
)
LONG = 7  # the sentence of 10,000 words, which stands in two of the articles
OUTLETS = ("BBC; Reuters", "source 2", "", "<i>Ledger</i>", "Wire]\u202e [AFP", "AFP (also: BBC)", *("O" * 300,))
URLS = ("javascript:hacked=8", "data:text/html,<script>hacked=9</script>", 'https://evil.example/"onclick=hacked()')

ARTICLES = tuple(
    Article(
        outlet,
        "\n".join(SENTENCES if n < 2 else (*SENTENCES[:LONG], *SENTENCES[LONG + 1 :])),
        TITLE,
        URLS[n % len(URLS)],
        published=f"2026-03-1{n}",
        id=f'{n}"><script>',
    )
    for n, outlet in enumerate(OUTLETS)
)


def _evidence(article: int, sentence: int) -> Evidence:
    start = ARTICLES[article].text.index(SENTENCES[sentence])
    end = start + len(SENTENCES[sentence])
    outlet = OUTLETS[article] or f"source {article + 1}"
    return Evidence(ARTICLES[article].id, outlet, start, end, SENTENCES[sentence], 0.9)


def _line(sentence: int) -> Line:
    evidence = (_evidence(sentence % len(ARTICLES), sentence),)
    others = (_evidence((sentence + 1) % len(ARTICLES), sentence),)
    text = SENTENCES[sentence]
    return with_credits(Line(text, evidence, others, Support("partly", 0.5, ((4, 30),)), "given", (OUTLETS[0],)))


SUMMARY = Summary(
    tuple(map(_line, range(len(SENTENCES)))),
    story_id=TITLE,
    title=TITLE,
    sources=tuple(map(Source.of, ARTICLES)),
    disagreements=(Disagreement("statement", (_evidence(0, 0), _evidence(1, 1))),),
    faults=(
        Fault("untraceable", "error", 0, ((0, 20),), SENTENCES[0]),
        Fault("groundless credit", "error", None, (), TITLE),
    ),
    notices=(SENTENCES[1],),
    provenance={"newsum": TITLE, "writer": {"name": TITLE, "revision": None, "backend": None}, "judge": None},
)
