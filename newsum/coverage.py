"""Who carries whose text: several articles in, the independent origins among them out.

Five outlets that run one agency's text are one voice. Two articles are copies where they share
most of their word five-grams; the origin is the earlier one, or the one whose outlet the other's
text names ("(Northgate Wire) -").
"""

from collections.abc import Sequence

from newsum.articles import Article
from newsum.similarity import containment, shingles

__all__ = ["origins"]

# Of 300 pairs of different outlets' articles on one story (allsides_train), 97% share under 0.1 of their
# five-grams, quotations included; agency copies that were cut and edited share over 0.4.
_COPY = 0.35


def origins(articles: Sequence[Article]) -> dict[str, str]:
    """Article id -> the id of the article whose text it carries; its own id where it is independent."""
    prints = {a.id: shingles(a.text) for a in articles}
    order = sorted(articles, key=lambda a: (-_named_by(a, articles), a.published or "~", articles.index(a)))
    origin: dict[str, str] = {}
    for article in order:
        firsts = [a for a in order if origin.get(a.id) == a.id]
        match = max(firsts, key=lambda a: containment(prints[a.id], prints[article.id]), default=None)
        copied = match is not None and containment(prints[match.id], prints[article.id]) >= _COPY
        origin[article.id] = match.id if match is not None and copied else article.id
    return origin


def _named_by(article: Article, articles: Sequence[Article]) -> int:
    """In how many others' first or last lines the outlet stands: an agency's text names the agency."""
    others = (a.text for a in articles if a.outlet != article.outlet)
    return sum(bool(article.outlet) and article.outlet in text[:200] + text[-200:] for text in others)
