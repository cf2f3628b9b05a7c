"""newsum: several outlets' articles on one story, as a brief in which every line can prove its outlet.

>>> import newsum
>>> articles = newsum.read("examples/stories/treaty")
>>> print(newsum.summarise(articles, words=60))  # doctest: +SKIP

Names and rooms (`newsum.batch`, `newsum.evaluation`, ...) are loaded when first used: importing newsum loads neither
torch nor transformers, nltk nor datasets. In a notebook, lists of newsum's values show themselves as the values do.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsum import articles as articles
    from newsum import audit as audit
    from newsum import batch as batch
    from newsum import errors as errors
    from newsum import evaluation as evaluation
    from newsum import generation as generation
    from newsum import grouping as grouping
    from newsum import judging as judging
    from newsum import reading as reading
    from newsum import rendering as rendering
    from newsum import summary as summary
    from newsum.articles import Article, Sentence, Story
    from newsum.audit import attribute
    from newsum.errors import (
        ArticleError,
        CheckpointError,
        EndpointError,
        MissingExtra,
        NewsumError,
        NothingToRead,
        ReadingError,
        ReadingWarning,
        SettingsError,
        SummaryError,
    )
    from newsum.evaluation import evaluate
    from newsum.generation import Candidate, ChatEndpoint, Excerpt, Prompt, Writer
    from newsum.grouping import group
    from newsum.judging import Entailment, Judge, entailment
    from newsum.reading import read, read_stories
    from newsum.summariser import Summariser, Summarizer, summarise, summarize
    from newsum.summary import Disagreement, Evidence, Failure, Fault, Line, Source, Summary, Support

_HOMES = {
    "articles": ("Article", "Sentence", "Story"),
    "errors": (
        "ArticleError",
        "CheckpointError",
        "EndpointError",
        "MissingExtra",
        "NewsumError",
        "NothingToRead",
        "ReadingError",
        "ReadingWarning",
        "SettingsError",
        "SummaryError",
    ),
    "evaluation": ("evaluate",),
    "audit": ("attribute",),
    "generation": ("Candidate", "ChatEndpoint", "Excerpt", "Prompt", "Writer"),
    "grouping": ("group",),
    "judging": ("Entailment", "Judge", "entailment"),
    "reading": ("read", "read_stories"),
    "summariser": ("Summariser", "Summarizer", "summarise", "summarize"),
    "summary": ("Disagreement", "Evidence", "Failure", "Fault", "Line", "Source", "Summary", "Support"),
}
_ROOMS = (
    "articles",
    "audit",
    "batch",
    "errors",
    "evaluation",
    "generation",
    "grouping",
    "judging",
    "reading",
    "rendering",
    "summary",
    "tuning",
)
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Article",
    "ArticleError",
    "Candidate",
    "ChatEndpoint",
    "CheckpointError",
    "Disagreement",
    "EndpointError",
    "Entailment",
    "Evidence",
    "Excerpt",
    "Failure",
    "Fault",
    "Judge",
    "Line",
    "MissingExtra",
    "NewsumError",
    "NothingToRead",
    "Prompt",
    "ReadingError",
    "ReadingWarning",
    "Sentence",
    "SettingsError",
    "Source",
    "Story",
    "Summariser",
    "Summarizer",
    "Summary",
    "SummaryError",
    "Support",
    "Writer",
    "attribute",
    "entailment",
    "evaluate",
    "group",
    "read",
    "read_stories",
    "summarise",
    "summarize",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("newsum")
    if name in _ROOMS:
        return import_module(f"newsum.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'newsum' has no attribute {name!r}")
    return getattr(import_module(f"newsum.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, *_ROOMS, "__version__"]


if "IPython" in sys.modules:
    from newsum.upward import show_lists

    show_lists()
