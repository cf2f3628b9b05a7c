"""The two ways from a story to the lines of its brief, each cut in two where the model is asked.

    attribute-first   plan -> ask for each content unit -> fill the budget      (the bundled model, or none)
    generate-first    pack the articles -> ask for the whole brief -> split     (long-input models)

The cut lets many stories share the model's batches: `draft` gives what to ask, and what the answers make.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsum.generation import GenerationSettings, Request, Seq2Seq
from newsum.planning.units import ContentUnit, plan
from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import analyse
from newsum.text.sentences import split
from newsum.writing.options import SETTINGS, Answers, Drafts, Option, hoped, offer, tidy
from newsum.writing.selection import fill, in_reading_order

__all__ = ["Draft", "draft", "settings"]

_WORDS_A_LINE = 18  # units for so many lines, and two over, are cut; the rest stand in as they are
_TOKENS_A_WORD = 1.4  # of English news in the vocabularies of BART, PEGASUS and T5


@dataclass(frozen=True, slots=True)
class Draft:
    """A story up to where the model is asked.

    Attributes:
        options: the lines of the brief, from the model's answers.
        requests: what to have written; empty without a model.
        judged: (source, text) pairs to have scored.
        notices: what the reader should know, such as text that did not fit the model.
    """

    options: Callable[[Answers], list[Option]]
    requests: Sequence[Request] = ()
    judged: Sequence[tuple[str, str]] = ()
    notices: tuple[str, ...] = ()


def draft(story: StoryAnalysis, words: int, model: Seq2Seq | None) -> Draft:
    """A story's draft, the checkpoint's own way; without a model the planned sentences as they stand."""
    if model is not None and model.checkpoint.strategy == "generate-first":
        return _generate_first(story, model)
    return _attribute_first(story, words, model)


def settings(words: int, model: Seq2Seq, seed: int) -> GenerationSettings:
    """How the model is to write the answers to `draft`'s requests."""
    if model.checkpoint.strategy == "attribute-first":
        return SETTINGS
    most = min(int(_TOKENS_A_WORD * words) + 8, model.checkpoint.longest or 2 * words + 8)
    return GenerationSettings(max_tokens=most, min_tokens=most // 2, no_repeat_ngram=3, seed=seed)


def _attribute_first(story: StoryAnalysis, words: int, model: Seq2Seq | None) -> Draft:
    units = plan(story, words=words, cut=0 if model is None else 2 + words // _WORDS_A_LINE)

    def filled(options: Sequence[Sequence[Option]]) -> list[Option]:
        return [option for _, option in in_reading_order(fill(units, options, words=words))]

    if model is None:
        return Draft(lambda _: filled(offer(units)))
    drafts = Drafts(units, model, asked=_likely(units, words))
    return Draft(lambda answers: filled(drafts.options(answers)), drafts.requests, drafts.judged)


def _likely(units: Sequence[ContentUnit], words: int) -> frozenset[int]:
    """The numbers of the units that would be in the brief if the model let every part go.

    Those of a brief a third longer score the same on the held-out stories and take a tenth longer to write.
    """
    chosen = {id(unit) for unit, _ in fill(units, hoped(units), words=words)}
    return frozenset(number for number, unit in enumerate(units) if id(unit) in chosen)


def _generate_first(story: StoryAnalysis, model: Seq2Seq) -> Draft:
    independent = (story.origins[a.article.id] == a.article.id for a in story.articles)
    documents = zip(story.articles, independent, strict=True)
    packed = model.pack([[s.text for s in article.sentences] if own else [] for article, own in documents])

    def lines(answers: Answers) -> list[Option]:
        text = answers.written[0][0].text
        written = (tidy(text[start:end]) for start, end in split(text))
        return [Option(analyse(line), "model", (), 0.0) for line in written if any(map(str.isalnum, line))]

    return Draft(lines, (packed.request,), notices=packed.notices)
