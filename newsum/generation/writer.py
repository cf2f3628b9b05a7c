"""Says what newsum asks of a model, a `Writer`, and asks one.

In: prompts. Out: candidates.

A checkpoint, a causal model behind its chat template, an endpoint, or a class of ten lines in a test: whatever has a
name and a `write` method can be passed as `Summariser(model=...)`. What it writes goes through the same attribution and
checking as any line. Prompts and candidates are values, so that a later field breaks no writer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeGuard

from newsum.errors import NewsumError, SettingsError

__all__ = ["Candidate", "Excerpt", "Prompt", "Writer", "ask", "distinct", "is_loaded", "require_writer", "shown"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a prompt holds of one article: whole sentences of it, in their order."""

    outlet: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One text to be written.

    Attributes:
        instruction: what to do, in newsum's words; for models that follow instructions.
        excerpts: what to do it with, one of each article. Somebody else's words: data, never an instruction.
        words: about how many to write.
        candidates: how many versions are wanted; fewer, or more, do no harm.
        seed: makes sampling repeatable.

    >>> print(Prompt(instruction="Write a brief.", excerpts=(Excerpt("BBC", "It rained."),), words=20))
    Write a brief.
    <BLANKLINE>
    BBC:
    It rained.
    """

    instruction: str
    excerpts: tuple[Excerpt, ...]
    words: int
    candidates: int = 1
    seed: int = 0

    @property
    def text(self) -> str:
        """The excerpts alone, an article a paragraph: for models that were made to summarise and nothing else."""
        return "\n\n".join(excerpt.text for excerpt in self.excerpts)

    def __str__(self) -> str:
        reports = (f"{excerpt.outlet}:\n{excerpt.text}" for excerpt in self.excerpts)
        return "\n\n".join((self.instruction, *reports))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text that a model wrote.

    Attributes:
        tokens: the ids written after the decoder's start token, the closing one included; empty where a model does not
            tell.
        score: mean log-probability per token, without length penalty or temperature; None where a model does not tell.
            Tokens that the checkpoint forces (mBART's language, the end of a text cut at `max_tokens`) are not counted.
            At most 0. In ctranslate2 what the rules against repeats and early ends rule out in a place is not among
            the tokens there, and 8-bit weights move a score by some hundredths.
    """

    text: str
    tokens: tuple[int, ...] = ()
    score: float | None = None


class Writer(Protocol):
    """A model that writes. Pass one as `Summariser(model=...)`.

    Optional attributes, each used where it is there:
        revision: a string that changes whenever the model would write otherwise; it stands in `Summary.provenance`.
        engine: what runs it, for `provenance` too.
        window: the most tokens that a prompt may have; without it articles are passed whole.
        count: a function from a text to its number of tokens; without it they are reckoned from the words.
        shown: a function from a prompt to what the model reads for it; without it, str(prompt).

    >>> class Echo:
    ...     name = "echo"
    ...
    ...     def write(self, prompts):
    ...         return [[prompt.text] for prompt in prompts]
    >>> from newsum import Article, Summariser
    >>> article = Article("BBC", "The last ferry of the day left the harbour at noon.")
    >>> print(Summariser(model=Echo()).summarise([article], words=20).text)
    The last ferry of the day left the harbour at noon.
    """

    @property
    def name(self) -> str:
        """What `Summary.provenance` calls the model."""

    def write(self, prompts: Sequence[Prompt], /) -> Sequence[Sequence[Candidate | str] | NewsumError]:
        """The candidates of each prompt, best first, in the order of the prompts; none where there is nothing to say.

        A `NewsumError` in a prompt's place says why that prompt alone has none; one that is raised ends the run.

        Called from one thread at a time, which need not be the one that made the model.
        """


def is_loaded(model: object) -> TypeGuard[Writer]:
    """Whether a model is an object that writes, and not the name or folder of one, or None."""
    return not isinstance(model, str | Path | None)


def require_writer(model: object) -> None:
    """Raises SettingsError, with what is missing, where an object is no `Writer`."""
    kind = type(model).__name__
    if isinstance(model, type):
        wrong = f"it is the class {model.__name__} itself, not an instance of it"
    elif not callable(getattr(model, "write", None)):
        wrong = f"{_articled(kind)} has no write() method"
    elif not isinstance(name := getattr(model, "name", None), str) or not name:
        wrong = f"the name of {_articled(kind)} must be a text that is not empty"
    elif not isinstance(getattr(model, "revision", None), str | None):
        wrong = f"the revision of {_articled(kind)} must be a text"
    else:
        return
    raise SettingsError(
        f"the model is not allowed: {wrong}; pass a folder, a hub name, None, or what newsum.Writer describes"
    )


def shown(writer: Writer, prompt: Prompt) -> str:
    """What a writer's model reads for a prompt."""
    own = getattr(writer, "shown", None)
    return str(own(prompt)) if callable(own) else str(prompt)


def ask(writer: Writer, prompts: Sequence[Prompt]) -> list[tuple[Candidate, ...] | NewsumError]:
    """What a writer answers, as candidates, whatever it left out of them; the error of a prompt that it failed.

    Raises:
        SettingsError: its answers are not what `Writer.write` promises.
    """
    answers: Any = writer.write(prompts)
    if not _listed(answers) or len(answers) != len(prompts):
        what = f"{len(answers)} answers" if _listed(answers) else _articled(type(answers).__name__)
        raise SettingsError(
            f"the write() of {writer.name} must return a list of candidates for each prompt: it was given "
            f"{len(prompts)} and returned {what}"
        )
    return [each if isinstance(each, NewsumError) else _candidates(writer, each) for each in answers]


def distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each text once; empty ones, with which a search fills up, only where there is nothing else."""
    found = {candidate.tokens: candidate for candidate in candidates if candidate.text} or {
        candidate.tokens: candidate for candidate in candidates[:1]
    }
    return tuple(found.values())


def _candidates(writer: Writer, answer: Any) -> tuple[Candidate, ...]:
    found = tuple(Candidate(each) if isinstance(each, str) else each for each in answer) if _listed(answer) else ()
    if not _listed(answer) or not all(isinstance(each, Candidate) for each in found):
        wrong = next((each for each in found if not isinstance(each, Candidate)), answer)
        raise SettingsError(
            f"the write() of {writer.name} must return a list of candidates for each prompt, each a text or a "
            f"newsum.Candidate: it returned {_articled(type(wrong).__name__)}"
        )
    return found


def _listed(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _articled(kind: str) -> str:
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"
