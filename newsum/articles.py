"""Defines what comes in: articles, the sentences in them, and the stories they make up.

An `Article` is one outlet's text, a `Sentence` a view into it by character offset (half open,
so a quote cannot drift from its source), a `Story` several articles on one event. All are
frozen; behaviour lives in the stages that take them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from newsum.errors import ArticleError
from newsum.upward import Shown, short

__all__ = ["Article", "Sentence", "Story", "no_article"]

_LONGEST_PATH = 1_000  # characters; what is longer is a text
_ID_DIGITS = 12  # 48 bits: two of a million articles collide with a chance of 0.2%


def _require_text(name: str, value: object, *, optional: bool = False, of: str = "an article") -> None:
    if not (isinstance(value, str) or (optional and value is None)):
        raise ArticleError(f"{of}'s {name} must be text, not {type(value).__name__}")


def _listed(values: object) -> tuple[Any, ...] | None:
    """The values of a list, or None where they are no list: one text is no list of its characters."""
    if isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping):
        return tuple(values)
    return None


def no_article(value: object) -> ArticleError:
    """The error where a story's articles, or one of them, are something else; it says what would be right."""
    match value:
        case Article():
            hint = "pass a list of them: [article]"
        case Story() | list() | tuple():
            hint = "these are several stories, which go to Summariser.summarise_many"
        case Mapping():
            hint = "newsum.Article.from_dict makes one of a mapping"
        case str() if "\n" in value or len(value) > _LONGEST_PATH:
            hint = "newsum.Article(outlet, text) makes one of a text"
        case _:
            hint = 'newsum.read("a folder") makes them'
    return ArticleError(f"a story is made of Article objects, not {type(value).__name__}: {hint}")


@dataclass(frozen=True, slots=True, repr=False)
class Article(Shown):
    """One outlet's article.

    Attributes:
        outlet: who published it, as a reader would write it ("BBC"); "" where unknown, which
            prints as "source 3".
        text: the body; paragraphs are separated by line ends. Every offset counts its characters.
        published: an ISO 8601 date or time ("2026-03-10").
        id: stable; made from outlet, title, URL and text when not given.
        outlet_guessed: the outlet was read off a file's or folder's name, not stated.
        teaser: the text is only how the article begins, so its outlet may have told more than stands here.

    Raises:
        ArticleError: a field has the wrong type.

    >>> Article("BBC", "A treaty was signed.", "Treaty signed").id
    '316d2afef7b6'
    >>> Article("BBC", "A treaty was signed.", "Treaty signed", published="2026-03-10")
    <Article 'BBC' 'Treaty signed' 2026-03-10, 4 words>
    """

    outlet: str
    text: str
    title: str = ""
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    id: str = ""
    outlet_guessed: bool = False
    teaser: bool = False

    def __post_init__(self) -> None:
        for name in ("outlet", "text", "title", "id"):
            _require_text(name, getattr(self, name))
        for name in ("url", "published"):
            _require_text(name, getattr(self, name), optional=True)
        for name in ("outlet_guessed", "teaser"):
            if not isinstance(value := getattr(self, name), bool):
                raise ArticleError(f"an article's {name} must be True or False, not {value!r}")
        if (authors := _listed(self.authors)) is None:
            raise ArticleError(f"an article's authors must be a list of names, not {type(self.authors).__name__}")
        for author in authors:
            _require_text("author", author)
        object.__setattr__(self, "authors", authors)
        if not self.id:
            content = "\x1f".join((self.outlet, self.title, self.url or "", self.text))
            digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "id", digest[:_ID_DIGITS])

    def __repr__(self) -> str:
        title, date = (short(self.title) if self.title else "untitled"), self.published or "undated"
        return f"<Article {short(self.outlet)} {title} {date}, {len(self.text.split())} words>"

    @property
    def sha256(self) -> str:
        """The hash of the text, by which `Summary.verify` sees that an article has changed."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        return {field.name: _as_json_has_it(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Article":
        """An article from a mapping; `date` is read as `published`, unknown keys are left out.

        Raises:
            ArticleError: there is no text, or a field has the wrong type.
        """
        if not isinstance(values, Mapping):
            raise ArticleError(f"an article must be an object with fields, not {type(values).__name__}")
        given = {key: value for key, value in values.items() if value is not None}
        if "text" not in given:
            raise ArticleError(f'an article needs a "text" field; found {", ".join(map(str, given)) or "none"}')
        kept = {field.name: given[field.name] for field in fields(cls) if field.name in given}
        if "published" not in kept and "date" in given:
            kept["published"] = given["date"]
        if isinstance(kept.get("authors"), str):
            kept["authors"] = (kept["authors"],)
        return cls(**{"outlet": "", **kept})


@dataclass(frozen=True, slots=True, repr=False)
class Sentence(Shown):
    """A view of one sentence: `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    def __repr__(self) -> str:
        return f"<Sentence {short(self.article.outlet)} {self.start}:{self.end} {short(self.text)}>"

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True, repr=False)
class Story(Shown):
    """Several articles on one event.

    Raises:
        ArticleError: a field has the wrong type, or two different articles have one id.
    """

    articles: tuple[Article, ...]
    id: str | None = None
    title: str = ""

    def __post_init__(self) -> None:
        articles = _listed(self.articles)
        if articles is None:
            raise no_article(self.articles)
        by_id: dict[str, Article] = {}
        for article in articles:
            if not isinstance(article, Article):
                raise no_article(article)
            if by_id.setdefault(article.id, article) != article:  # evidence names its article by id alone
                raise ArticleError(
                    f'two different articles have the id "{article.id}": leave ids out, or make them differ'
                )
        _require_text("id", self.id, optional=True, of="a story")
        _require_text("title", self.title, of="a story")
        object.__setattr__(self, "articles", articles)

    def __repr__(self) -> str:
        name = short(self.title or self.id or "")
        return f"<Story {name} {len(self.articles)} articles, {len(self.outlets)} outlets>"

    @property
    def outlets(self) -> tuple[str, ...]:
        """The known outlets, each once, in the order of their articles."""
        return tuple(dict.fromkeys(a.outlet for a in self.articles if a.outlet))

    @property
    def labels(self) -> dict[str, str]:
        """Article id -> the name to credit: its outlet, or "source 3" where that is unknown."""
        return {a.id: a.outlet or f"source {n}" for n, a in enumerate(self.articles, start=1)}

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "articles": [a.to_dict() for a in self.articles]}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Story":
        """A story from `{"articles": [...]}`; `story_id` is read as `id`.

        Raises:
            ArticleError: there is no list of articles, or one of them is malformed.
        """
        articles = _listed(values.get("articles")) if isinstance(values, Mapping) else None
        if articles is None:
            raise ArticleError('a story needs an "articles" list')
        identity = values.get("story_id") if values.get("id") is None else values["id"]
        return cls(tuple(map(Article.from_dict, articles)), identity, values.get("title") or "")


def _as_json_has_it(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
