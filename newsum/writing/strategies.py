"""The ways from a story to the lines of its brief, each cut in two where a model is asked.

    planned           plan -> the planned sentences that fill the budget        (no model)
    generate-first    pack the articles -> ask for the whole brief -> split     (any model)

The cut lets many stories share the model's batches: `draft` gives what to ask, and what the answer makes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsum.errors import NewsumError
from newsum.generation.writer import Candidate, Excerpt, Prompt, Writer, ask, shown
from newsum.judging.marking import Marker
from newsum.planning.units import plan
from newsum.similarity.stories import StoryAnalysis
from newsum.text.analysis import analyse
from newsum.writing.introducing import mentions_of
from newsum.writing.options import Option, offer, tidy, understood
from newsum.writing.selection import fill, in_reading_order

if TYPE_CHECKING:
    from newsum.generation.packing import Packed

__all__ = ["Answer", "Draft", "Offer", "answers", "draft", "planned", "prompt_digest"]

_INSTRUCTION = "Write a neutral news brief of these reports in about {words} words."

Answer = Sequence[Candidate]  # what a model wrote for a story, best first; nothing where it was not asked


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
    """A story up to where a model is asked.

    Attributes:
        offer: what the model's answer makes.
        prompt: the brief to have written; None where there is no model, or no room for a single sentence.
        notices: what the reader should know, such as text that did not fit the model.
    """

    offer: Callable[[Answer], Offer]
    prompt: Prompt | None = None
    notices: tuple[str, ...] = ()


def draft(
    story: StoryAnalysis, words: int, model: Writer | None, *, seed: int = 0, marker: Marker | None = None
) -> Draft:
    """A story's draft; without a model the planned sentences as they stand.

    Args:
        marker: reads what may be planned, where there is one.
    """
    if model is None:
        return Draft(lambda _: Offer(planned(story, words, marker)))
    return _generate_first(story, words, model, seed)


def answers(drafts: Iterable[Draft], model: Writer | None) -> list[Answer | NewsumError]:
    """The model's answer to each of the drafts that were made for it, or why it has none for that one.

    Raises:
        SettingsError: they are not what `Writer.write` promises.
    """
    prompts = [draft.prompt for draft in drafts]
    asked = [prompt for prompt in prompts if prompt is not None]
    written = iter(ask(model, asked) if model is not None and asked else ())
    return [() if prompt is None else next(written) for prompt in prompts]


def prompt_digest(model: Writer, words: int) -> str | None:
    """A name for what a model is told beside the articles; None for one that reads the articles alone."""
    from newsum.generation.prompting import digest
    from newsum.generation.protocol import Seq2Seq

    if isinstance(model, Seq2Seq):
        return None
    return digest(_told(model, words))


def planned(story: StoryAnalysis, words: int, marker: Marker | None = None) -> list[Option]:
    """The planned sentences that fill the budget, in reading order."""
    units = plan(story, words=words, marker=marker)
    mentions = mentions_of(story)
    lines: list[Option] = []
    for _, option in in_reading_order(fill(units, offer(units), words=words)):
        lines.append(understood(option, [line.text for line in lines], mentions, story))
    return lines


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
    labels = list(story.story.labels.values())

    def offered(answer: Answer) -> Offer:
        return _read(next((candidate.text for candidate in answer), ""), labels, _told(model, words))

    # What has no room for a single sentence is not asked: the brief would be of nothing
    return Draft(offered, prompt if excerpts else None, packed.notices)


def _told(model: Writer, words: int) -> str:
    """What a model is told beside the articles."""
    return shown(model, Prompt(instruction=_INSTRUCTION.format(words=words), excerpts=(), words=words))


def _read(text: str, labels: Sequence[str], told: str) -> Offer:
    """What a model wrote, as lines of a brief that nobody has checked."""
    from newsum.briefs.answers import read_answer  # 20 ms to load: only where a model has answered
    from newsum.briefs.outlet_tags import Outlets

    answer = read_answer(text, Outlets(labels), told=told)
    lines = (replace(line, text=tidy(line.text)) for line in answer.lines)
    options = [Option(analyse(line.text), "model", (), 0.0, line.claimed) for line in lines]
    credits = dict.fromkeys(outlet for credit in answer.credits for outlet in credit.outlets)
    return Offer(options, tuple(credits), answer.notices)


def _packed(
    model: Writer, instruction: str, outlets: Sequence[str], texts: Sequence[Sequence[str]], words: int
) -> "Packed":
    """What the model can read of the articles: by its own reckoning, or by the tokens that it says it takes."""
    from newsum.generation.packing import pack_for
    from newsum.generation.protocol import Seq2Seq

    if isinstance(model, Seq2Seq):
        return model.pack(texts)
    empty = Prompt(instruction=instruction, excerpts=tuple(Excerpt(outlet, "") for outlet in outlets), words=words)
    return pack_for(
        texts,
        window=getattr(model, "window", None),
        count=getattr(model, "count", None),
        overhead=shown(model, empty),
    )
