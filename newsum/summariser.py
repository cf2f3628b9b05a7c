"""Wires the stages that make a summary of articles. It holds no algorithm of its own.

    prepare -> draft (strategies.py) -> a model writes -> attribute and check (settling.py) -> print (printing.py)
    prepare -> the bundled model reads, judges and writes, line by line (composing.py)      -> print

Stories go through it in shards, so that the model writes the lines of many in one batch.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from newsum.checking import StoryFigures, denials, disagreements
from newsum.errors import ArticleError, EndpointError, NewsumError, ReadingError, SettingsError
from newsum.generation import load
from newsum.generation.line_writer import LineWriter
from newsum.generation.writer import Writer, is_loaded, require_writer
from newsum.judging import NAME as BUNDLED_JUDGE
from newsum.judging import Judge, described, load_judge
from newsum.planning.intake import prepared
from newsum.planning.units import ContentUnit, plan
from newsum.reading.given import Given, GivenStories, stories_of
from newsum.similarity.stories import StoryAnalysis
from newsum.summary import Source, Summary
from newsum.system.choices import DEFAULT_MODEL, LEAST_WORDS, MOST_WORDS, Unsupported
from newsum.system.logs import timed
from newsum.system.progress import bar
from newsum.system.threads import one_thread
from newsum.writing.claims import wrong_credits
from newsum.writing.printing import printed, title_of
from newsum.writing.settling import Settled, settled
from newsum.writing.standing import Sources
from newsum.writing.strategies import Answer, Draft, Offer, answers, draft, prompt_digest

__all__ = ["SHARD", "Summariser", "Summarizer", "summarise", "summarize"]

SHARD = 16  # stories whose lines are written in shared batches; always the same, so that a run can be resumed


@dataclass(frozen=True, slots=True)
class _Begun:
    """A story up to where the model is asked."""

    story: StoryAnalysis
    notices: tuple[str, ...]
    draft: Draft
    against: Sources


@dataclass(frozen=True)
class Summariser:
    """A model with its settings, loaded on first use and kept.

    Args:
        model: "newsum-135m", the bundled model, which reads what may be planned as an editor does, judges every line,
            and writes one only where no sentence of the articles stands; a folder or a hub name of any seq2seq or
            causal checkpoint; a model of your own, which is anything that `Writer` describes; None takes the planned
            sentences over as they stand, without a model, in a fiftieth of the time.
        device: "cpu", "cuda", ...; None takes a GPU where there is one.
        unsupported: what becomes of a written line that its sources do not support: its best source sentence
            stands in ("replace"), it is kept and marked ("flag"), or left out ("drop").
        judge: the model of meaning that every line must pass: "bundled", the folder of another (newsum.judging), or
            anything that `newsum.Judge` describes; None takes the rules alone. "auto" is the bundled one where a model
            writes, and None where none does.

    >>> Summariser(model=None, unsupported="keep")
    Traceback (most recent call last):
    newsum.errors.SettingsError: unsupported='keep' is not allowed: use "replace", "flag" or "drop"
    """

    model: str | Path | Writer | None = field(default=DEFAULT_MODEL, hash=False)  # a writer need not be hashable
    device: str | None = None
    backend: str = "auto"
    unsupported: Unsupported = "replace"
    seed: int = 0
    judge: str | Path | Judge | None = field(default="auto", hash=False)

    def __post_init__(self) -> None:
        if is_loaded(self.model):
            require_writer(self.model)
            for name, given in (("device", self.device), ("backend", self.backend)):
                if given not in (None, "auto"):
                    raise SettingsError(
                        f"{name}={given!r} does not go with a model that is loaded already: leave it out"
                    )
        if self.unsupported not in get_args(Unsupported):
            raise SettingsError(f'unsupported={self.unsupported!r} is not allowed: use "replace", "flag" or "drop"')

    @cached_property
    def writer(self) -> Writer | LineWriter | None:
        """The loaded model.

        Raises:
            CheckpointError: it cannot be found or must not be loaded; the message says what to do.
        """
        if not isinstance(self.model, str | Path):
            return self.model
        return load(self.model, device=self.device, backend=self.backend)

    @property
    def named_judge(self) -> str | Path | Judge | None:
        """`judge`, "auto" resolved."""
        if self.judge != "auto":
            return self.judge
        return None if self.model is None else BUNDLED_JUDGE

    @cached_property
    def loaded_judge(self) -> Judge | None:
        """The judge that lines must pass, loaded; None where the rules alone decide.

        Raises:
            CheckpointError: its folder is not there or not whole.
        """
        return None if self.named_judge is None else load_judge(self.named_judge)

    def summarise(self, articles: Given, *, words: int = 120) -> Summary:
        """A brief of one story in about `words` words.

        Args:
            articles: a story, its articles, or the files and folders that `newsum.read` reads them from.

        Raises:
            ArticleError: there is no article, or none with text.
            SettingsError: `words` is not a whole number from 10 to 2000.
        """
        (done,) = self.summarise_shard([articles], words=words)
        return _or_raise(done)

    def summarise_many(self, stories: GivenStories, *, words: int = 120, progress: bool = False) -> Iterator[Summary]:
        """The summaries of many stories, in order, streamed.

        Stories go in shards of 16, whose lines the model writes in shared batches; while it writes one shard, the
        next is planned.

        Args:
            stories: each as `summarise` takes one; or the folder or table that `newsum.read_stories` reads.
            progress: show a progress bar with rate and time left on stderr.
        """
        _require_budget(words)
        found = stories_of(stories)
        total = len(stories) if isinstance(stories, Sized) and not isinstance(stories, str) else None
        with bar("stories") if progress else nullcontext(lambda through, total: None) as tell:
            tell(0, total)
            for through, done in enumerate(self._streamed(iter(found), words), start=1):
                tell(through, total)
                yield _or_raise(done, f"story {through}: ")

    def summarise_shard(self, stories: Sequence[Given], *, words: int = 120) -> Iterable[Summary | NewsumError]:
        """The summaries of a few stories, written in shared batches, each as it is done; a story that has none leaves
        its error.

        Raises:
            SettingsError: `words` is not a whole number from 10 to 2000.
        """
        _require_budget(words)
        begun = [self._begin(story, words) for story in stories]
        return self._finish(begun, self._write(begun, words), words)

    summarize = summarise
    summarize_many = summarise_many

    def plan(self, articles: Given, *, words: int = 120) -> tuple[ContentUnit, ...]:
        """What would be said, before it is written: the content units, most salient first."""
        return plan(prepared(articles, "to summarise")[0], words=words)

    # --- a shard of stories: begun, written, finished -------------------------------------------------

    def _streamed(self, stories: Iterator[Given], words: int) -> Iterator[Summary | NewsumError]:
        with ThreadPoolExecutor(1) as writing:
            ahead: deque[tuple[list[_Begun | NewsumError], Future[_Written]]] = deque()
            while shard := list(islice(stories, SHARD)):
                begun = [self._begin(story, words) for story in shard]
                ahead.append((begun, writing.submit(self._write, begun, words)))
                if len(ahead) > 1:
                    yield from self._finish_first(ahead, words)
            while ahead:
                yield from self._finish_first(ahead, words)

    def _finish_first(
        self, ahead: deque[tuple[list[_Begun | NewsumError], Future["_Written"]]], words: int
    ) -> Iterator[Summary | NewsumError]:
        begun, answers = ahead.popleft()
        return self._finish(begun, answers.result(), words)

    def _begin(self, articles: Given, words: int) -> _Begun | NewsumError:
        try:
            story, notices = prepared(articles, "to summarise")
        except NewsumError as error:
            return error
        model = self.writer
        with one_thread(), timed("planned %s", _called(story)):
            own = None if isinstance(model, LineWriter) else model
            against = Sources.of(story, self.loaded_judge)
            made = draft(story, words, own, seed=self.seed, marker=against.judge.marker)
            return _Begun(story, tuple(notices), made, against)

    def _write(self, begun: Iterable[_Begun | NewsumError], words: int) -> "_Written":
        """What the model writes for each story: all at once, or story by story where it writes line by line."""
        stories = [one for one in begun if isinstance(one, _Begun)]
        writer = self.writer
        if isinstance(writer, LineWriter):
            return (self._composed(one, words, writer) for one in stories)
        with timed("wrote stories, %d together", len(stories)):
            return answers([one.draft for one in stories], writer)

    def _composed(self, begun: _Begun, words: int, writer: LineWriter) -> Settled:
        from newsum.writing.composing import composed

        with timed("wrote %s", _called(begun.story)):
            return Settled(composed(begun.story, words, writer, begun.against, seed=self.seed))

    def _finish(
        self, begun: Iterable[_Begun | NewsumError], written: "_Written", words: int
    ) -> Iterator[Summary | NewsumError]:
        answered = iter(written)
        for one in begun:
            if isinstance(one, NewsumError):
                yield one
            elif isinstance(found := next(answered), NewsumError):
                yield found
            else:
                with one_thread(), timed("checked %s", _called(one.story)):
                    summary = self._summary(one, found, words)
                yield summary

    def _summary(self, begun: _Begun, written: "Settled | Answer", words: int) -> Summary:
        story, against = begun.story.story, begun.against
        if isinstance(written, Settled):
            offer, stand = Offer(()), written
        else:
            offer = begun.draft.offer(written)
            goes_on = begun.draft.prompt is not None or self.loaded_judge is not None
            stand = settled(offer, begun.story, against, words, self.unsupported, goes_on=goes_on)
        lines = printed(stand.lines, against)
        return Summary(
            lines=tuple(one.line for one in lines),
            story_id=story.id,
            title=title_of(begun.story, lines),
            sources=tuple(map(Source.of, story.articles)),
            disagreements=(
                *disagreements(
                    ((one.analysis, one.line.evidence) for one in lines),
                    StoryFigures(begun.story),
                    against.index.evidence,
                ),
                *denials((one.line, one.judged) for one in lines),
            ),
            notices=(
                *begun.notices,
                *against.judge.notices,
                *begun.draft.notices,
                *offer.notices,
                *stand.notices,
                *wrong_credits([one.line for one in lines], offer.credits),
            ),
            provenance=self._provenance(words),
        )

    def _provenance(self, words: int) -> Mapping[str, Any]:
        writer = self.writer and {
            "name": self.writer.name,
            "revision": getattr(self.writer, "revision", None),
            "backend": getattr(self.writer, "engine", None),
            "prompt": None if isinstance(self.writer, LineWriter) else prompt_digest(self.writer, words),
        }
        return {
            "newsum": _version(),
            "writer": writer,
            "judge": self.loaded_judge and described(self.loaded_judge),
            "settings": {"words": words, "unsupported": self.unsupported, "seed": self.seed},
        }


Summarizer = Summariser


def summarise(
    articles: Given,
    *,
    words: int = 120,
    model: str | Path | Writer | None = DEFAULT_MODEL,
    device: str | None = None,
    backend: str = "auto",
    unsupported: Unsupported = "replace",
    seed: int = 0,
    judge: str | Path | Judge | None = "auto",
) -> Summary:
    """A brief of one story in which every line names its outlets: see `Summariser`."""
    summariser = Summariser(
        model=model, device=device, backend=backend, unsupported=unsupported, seed=seed, judge=judge
    )
    return summariser.summarise(articles, words=words)


summarize = summarise


@cache
def _version() -> str:
    return version("newsum")  # reads a file: 1 ms


def _require_budget(words: int) -> None:
    if not isinstance(words, int) or isinstance(words, bool) or not LEAST_WORDS <= words <= MOST_WORDS:
        allowed = f"a whole number from {LEAST_WORDS} to {MOST_WORDS}"
        raise SettingsError(f"words={words!r} is not allowed: pass {allowed}")


def _or_raise(done: Summary | NewsumError, whose: str = "") -> Summary:
    if not isinstance(done, NewsumError):
        return done
    if whose and isinstance(done, _OF_A_STORY):
        raise type(done)(f"{whose}{done}") from done
    raise done


_OF_A_STORY = (ArticleError, ReadingError, EndpointError)  # which another story need not have

_Written = Iterable[Settled | Answer | NewsumError]  # one for each story that was begun


def _called(story: StoryAnalysis) -> str:
    """What the log calls a story."""
    return story.story.id or f"“{story.story.title or story.articles[0].title.text}”"
