"""The two ways from a story to the lines of its brief, each cut in two where the model is asked.

    attribute-first   plan -> ask for each content unit -> fill the budget      (the bundled model, or none)
    generate-first    pack the articles -> ask for the whole brief -> split     (long-input models)

The cut lets many stories share the model's batches: `draft` gives what to ask, and what the answers make.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeGuard

from newsum.briefs.answers import read_answer
from newsum.briefs.outlet_tags import Outlets
from newsum.errors import NewsumError
from newsum.generation import Candidate, Excerpt, Packed, Prompt, Request, Seq2Seq, Writer
from newsum.generation.packing import pack_for
from newsum.generation.prompting import digest
from newsum.generation.writer import ask, shown
from newsum.planning.units import ContentUnit, plan
from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import analyse
from newsum.writing.options import SETTINGS, Answers, Drafts, Option, hoped, offer, tidy
from newsum.writing.selection import fill, in_reading_order

__all__ = ["Draft", "Offer", "answers", "draft", "prompt_digest"]

_INSTRUCTION = "Write a neutral news brief of these reports in about {words} words."
_WORDS_A_LINE = 18  # units for so many lines, and two over, are cut; the rest stand in as they are


@dataclass(frozen=True, slots=True)
class Offer:
    """The lines of a brief before they are checked.

    Attributes:
        credits: the outlets that the model credits for the whole of it.
        notices: what the reader should know of the answer, such as that the model declined.
    """

    options: Sequence[Option]
    credits: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A story up to where the model is asked.

    Attributes:
        offer: what the model's answers make.
        prompts: the briefs to have written, by a model that writes whole ones.
        requests: the lines to have written, by one that writes line by line.
        judged: (source, text) pairs to have scored.
        notices: what the reader should know, such as text that did not fit the model.
    """

    offer: Callable[[Answers], Offer]
    prompts: Sequence[Prompt] = ()
    requests: Sequence[Request] = ()
    judged: Sequence[tuple[str, str]] = ()
    notices: tuple[str, ...] = ()


def draft(story: StoryAnalysis, words: int, model: Writer | None, *, seed: int = 0) -> Draft:
    """A story's draft, the model's own way; without a model the planned sentences as they stand."""
    if model is None or _line_by_line(model):
        return _attribute_first(story, words, model)
    return _generate_first(story, words, model, seed)


def answers(drafts: Iterable[Draft], model: Writer | None) -> list[Answers | NewsumError]:
    """The model's answers to each of the drafts that were made for it, or why it has none for that one.

    Raises:
        SettingsError: they are not what `Writer.write` promises.
    """
    drafts = list(drafts)
    if model is None:
        return [Answers() for _ in drafts]
    if not _line_by_line(model):
        prompts = [prompt for each in drafts for prompt in each.prompts]
        briefs = iter(ask(model, prompts) if prompts else ())
        return [_whole(list(islice(briefs, len(each.prompts)))) for each in drafts]
    requests = [request for each in drafts for request in each.requests]
    judged = [pair for each in drafts for pair in each.judged]
    lines = iter(model.generate(requests, SETTINGS) if requests else ())
    scores = iter(model.score(judged) if judged else ())
    return [Answers(list(islice(lines, len(d.requests))), list(islice(scores, len(d.judged)))) for d in drafts]


def _whole(briefs: Sequence[Sequence[Candidate] | NewsumError]) -> Answers | NewsumError:
    failed = next((brief for brief in briefs if isinstance(brief, NewsumError)), None)
    return failed or Answers([brief for brief in briefs if not isinstance(brief, NewsumError)])


def prompt_digest(model: Writer, words: int) -> str | None:
    """A name for what a model that writes whole briefs is told beside the articles; None for others."""
    if isinstance(model, Seq2Seq):
        return None  # it reads the articles alone
    return digest(shown(model, Prompt(instruction=_INSTRUCTION.format(words=words), excerpts=(), words=words)))


def _line_by_line(model: Writer) -> TypeGuard[Seq2Seq]:
    return isinstance(model, Seq2Seq) and model.checkpoint.strategy == "attribute-first"


def _attribute_first(story: StoryAnalysis, words: int, model: Seq2Seq | None) -> Draft:
    units = plan(story, words=words, cut=0 if model is None else 2 + words // _WORDS_A_LINE)

    def filled(options: Sequence[Sequence[Option]]) -> Offer:
        return Offer([option for _, option in in_reading_order(fill(units, options, words=words))])

    if model is None:
        return Draft(lambda _: filled(offer(units)))
    drafts = Drafts(units, model, asked=_likely(units, words))
    return Draft(lambda answers: filled(drafts.options(answers)), (), drafts.requests, drafts.judged)


def _likely(units: Sequence[ContentUnit], words: int) -> frozenset[int]:
    """The numbers of the units that would be in the brief if the model let every part go.

    Those of a brief a third longer score the same on the held-out stories and take a tenth longer to write.
    """
    chosen = {id(unit) for unit, _ in fill(units, hoped(units), words=words)}
    return frozenset(number for number, unit in enumerate(units) if id(unit) in chosen)


def _generate_first(story: StoryAnalysis, words: int, model: Writer, seed: int) -> Draft:
    articles = [article.article for article in story.articles]
    independent = (story.origins[article.id] == article.id for article in articles)
    documents = zip(story.articles, independent, strict=True)
    texts = [[s.text for s in article.sentences] if own else [] for article, own in documents]
    instruction = _INSTRUCTION.format(words=words)
    packed = _packed(model, instruction, [story.story.labels[article.id] for article in articles], texts, words)
    taken = zip(articles, texts, packed.starts, packed.kept, strict=True)
    excerpts = tuple(
        Excerpt(story.story.labels[a.id], " ".join(own[start : start + kept])) for a, own, start, kept in taken if kept
    )
    prompt = Prompt(instruction=instruction, excerpts=excerpts, words=words, seed=seed)
    outlets = Outlets(story.story.labels.values())

    def offered(answers: Answers) -> Offer:
        text = next((candidate.text for written in answers.written for candidate in written), "")
        return _read(text, outlets)

    # What has no room for a single sentence is not asked: the brief would be of nothing
    return Draft(offered, (prompt,) if excerpts else (), notices=packed.notices)


def _read(text: str, outlets: Outlets) -> Offer:
    """What a model wrote, as lines of a brief that nobody has checked."""
    answer = read_answer(text, outlets)
    lines = (replace(line, text=tidy(line.text)) for line in answer.lines)
    options = [Option(analyse(line.text), "model", (), 0.0, line.claimed) for line in lines]
    credits = dict.fromkeys(outlet for credit in answer.credits for outlet in credit.outlets)
    return Offer(options, tuple(credits), answer.notices)


def _packed(
    model: Writer, instruction: str, outlets: Sequence[str], texts: Sequence[Sequence[str]], words: int
) -> Packed:
    """What the model can read of the articles: by its own reckoning, or by the tokens that it says it takes."""
    if isinstance(model, Seq2Seq):
        return model.pack(texts)
    empty = Prompt(instruction=instruction, excerpts=tuple(Excerpt(outlet, "") for outlet in outlets), words=words)
    return pack_for(
        texts,
        window=getattr(model, "window", None),
        count=getattr(model, "count", None),
        overhead=shown(model, empty),
    )
