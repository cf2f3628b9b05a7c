"""The two ways from a story to the lines of its brief, each cut in two where the model is asked.

    attribute-first   plan -> ask for each content unit -> fill the budget      (the bundled model, or none)
    generate-first    pack the articles -> ask for the whole brief -> split     (long-input models)

The cut lets many stories share the model's batches: `draft` gives what to ask, and what the answers make.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from newsum.generation import Excerpt, Packed, Prompt, Request, Seq2Seq, Writer
from newsum.generation.packing import pack_for
from newsum.generation.writer import ask
from newsum.planning.units import ContentUnit, plan
from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import analyse
from newsum.text.sentences import split
from newsum.writing.options import SETTINGS, Answers, Drafts, Option, hoped, offer, tidy
from newsum.writing.selection import fill, in_reading_order

__all__ = ["Draft", "answers", "draft"]

_INSTRUCTION = "Write a neutral news brief of these reports in about {words} words."
_WORDS_A_LINE = 18  # units for so many lines, and two over, are cut; the rest stand in as they are


@dataclass(frozen=True, slots=True)
class Draft:
    """A story up to where the model is asked.

    Attributes:
        options: the lines of the brief, from the model's answers.
        prompts: the briefs to have written, by a model that writes whole ones.
        requests: the lines to have written, by one that writes line by line.
        judged: (source, text) pairs to have scored.
        notices: what the reader should know, such as text that did not fit the model.
    """

    options: Callable[[Answers], list[Option]]
    prompts: Sequence[Prompt] = ()
    requests: Sequence[Request] = ()
    judged: Sequence[tuple[str, str]] = ()
    notices: tuple[str, ...] = ()

    @property
    def written(self) -> int:
        """How many texts the model is asked for."""
        return len(self.prompts) + len(self.requests)


def draft(story: StoryAnalysis, words: int, model: Writer | None, *, seed: int = 0) -> Draft:
    """A story's draft, the model's own way; without a model the planned sentences as they stand."""
    if model is None or _line_by_line(model):
        return _attribute_first(story, words, model)
    return _generate_first(story, words, model, seed)


def answers(drafts: Iterable[Draft], model: Writer | None) -> Answers:
    """The model's answers to drafts that were made for it, one draft's after the other's.

    Raises:
        SettingsError: they are not what `Writer.write` promises.
    """
    drafts = list(drafts)
    if model is None:
        return Answers()
    if not _line_by_line(model):
        prompts = [prompt for each in drafts for prompt in each.prompts]
        return Answers(ask(model, prompts) if prompts else ())
    requests = [request for each in drafts for request in each.requests]
    judged = [pair for each in drafts for pair in each.judged]
    return Answers(model.generate(requests, SETTINGS) if requests else (), model.score(judged) if judged else ())


def _line_by_line(model: Writer) -> TypeGuard[Seq2Seq]:
    return isinstance(model, Seq2Seq) and model.checkpoint.strategy == "attribute-first"


def _attribute_first(story: StoryAnalysis, words: int, model: Seq2Seq | None) -> Draft:
    units = plan(story, words=words, cut=0 if model is None else 2 + words // _WORDS_A_LINE)

    def filled(options: Sequence[Sequence[Option]]) -> list[Option]:
        return [option for _, option in in_reading_order(fill(units, options, words=words))]

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
    packed = _packed(model, instruction, [article.outlet for article in articles], texts)
    taken = zip(articles, texts, packed.starts, packed.kept, strict=True)
    excerpts = tuple(Excerpt(a.outlet, " ".join(own[start : start + kept])) for a, own, start, kept in taken if kept)
    prompt = Prompt(instruction=instruction, excerpts=excerpts, words=words, seed=seed)

    def lines(answers: Answers) -> list[Option]:
        text = next((candidate.text for candidate in answers.written[0]), "")
        written = (tidy(text[start:end]) for start, end in split(text))
        return [Option(analyse(line), "model", (), 0.0) for line in written if any(map(str.isalnum, line))]

    return Draft(lines, (prompt,), notices=packed.notices)


def _packed(model: Writer, instruction: str, outlets: Iterable[str], texts: Sequence[Sequence[str]]) -> Packed:
    """What the model can read of the articles: by its own reckoning, or by the tokens that it says it takes."""
    if isinstance(model, Seq2Seq):
        return model.pack(texts)
    overhead = "\n".join((instruction, *(f"{outlet}:" for outlet in outlets)))
    return pack_for(
        texts, window=getattr(model, "window", None), count=getattr(model, "count", None), overhead=overhead
    )
