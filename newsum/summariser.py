"""Wires the stages that make a summary of articles. It holds no algorithm of its own.

    prepare -> draft (strategies.py) -> the model writes -> attribute -> check

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

from newsum.attribution.credits import with_credits
from newsum.attribution.lines import Attribution, SourceIndex, attribute_line
from newsum.checking import (
    Judged,
    StoryContext,
    StoryJudge,
    check,
    context_of,
    denials,
    disagreements,
    entailed_by,
    keeps_order,
)
from newsum.errors import NewsumError, SettingsError
from newsum.generation import Writer, load
from newsum.generation.writer import is_loaded, require_writer
from newsum.judging import NAME as BUNDLED_JUDGE
from newsum.judging import Judge, described, load_judge
from newsum.planning.intake import prepared
from newsum.planning.units import ContentUnit, plan
from newsum.reading.given import Given, GivenStories, stories_of
from newsum.similarity.counts import running, supersedes
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.summary import Evidence, Line, Source, Summary, Support
from newsum.system.choices import Unsupported
from newsum.system.logs import timed
from newsum.system.progress import bar
from newsum.system.threads import one_thread
from newsum.text.analysis import Analysis, Passage, analyse
from newsum.text.dates import DateResolver, resolvable
from newsum.writing.claims import wrong_credits
from newsum.writing.guard import is_sentence
from newsum.writing.options import Answers, Option, taken_over
from newsum.writing.selection import most_words
from newsum.writing.strategies import Draft, answers, draft, prompt_digest

__all__ = ["SHARD", "Summariser", "Summarizer", "summarise", "summarize"]

_BUDGETS = range(10, 2001)  # words; below, no sentence fits; above, it is no brief
_REPEATED = 0.9  # how sure the judge must be that the lines above entail a line, for it not to be printed
SHARD = 16  # stories whose lines are written in shared batches; always the same, so that a run can be resumed


@dataclass(frozen=True, slots=True)
class _Begun:
    """A story up to where the model is asked."""

    story: StoryAnalysis
    notices: tuple[str, ...]
    draft: Draft


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """What the lines of a story are checked against."""

    index: SourceIndex
    context: StoryContext
    judge: StoryJudge


@dataclass(frozen=True)
class Summariser:
    """A model with its settings, loaded on first use and kept.

    Args:
        model: "mini" (bundled), a folder, or a hub name of any seq2seq checkpoint; a model of your own, which
            is anything that `Writer` describes; None takes the planned sentences over as they stand, without a model.
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

    model: str | Path | Writer | None = field(default="mini", hash=False)  # a writer need not be hashable
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
    def writer(self) -> Writer | None:
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
                yield _or_raise(done)

    def summarise_shard(self, stories: Sequence[Given], *, words: int = 120) -> list[Summary | NewsumError]:
        """The summaries of a few stories, written in shared batches; a story that has none leaves its error.

        Raises:
            SettingsError: `words` is not a whole number from 10 to 2000.
        """
        _require_budget(words)
        begun = [self._begin(story, words) for story in stories]
        return list(self._finish(begun, self._write(begun), words))

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
                ahead.append((begun, writing.submit(self._write, begun)))
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
            return _Begun(story, tuple(notices), draft(story, words, model, seed=self.seed))

    def _write(self, begun: Iterable[_Begun | NewsumError]) -> "_Written":
        """The model's answers for all stories, one after the other."""
        drafts = [one.draft for one in begun if isinstance(one, _Begun)]
        with timed("written, stories: %d", len(drafts)):
            return answers(drafts, self.writer)

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

    def _summary(self, begun: _Begun, answers: Answers, words: int) -> Summary:
        story, against = begun.story.story, self._sources(begun.story)
        offer = begun.draft.offer(answers)
        kept, dropped = self._kept(offer.options, against, words)
        may_go_on = bool(begun.draft.prompts) or self.loaded_judge is not None
        if not kept or (may_go_on and self._falls_short(kept, words)):
            plain = draft(begun.story, words, None).offer(Answers()).options
            added = _added(plain, [one.option for one in kept], words)
            dropped = (*dropped, *_fell_short(kept, added))
            kept = [*kept, *(_Found.of(option, against) for option in added)]
        dates = DateResolver()
        lines = tuple(_line(one, against, dates) for one in kept)
        return Summary(
            lines=tuple(found.line for found in lines),
            story_id=story.id,
            title=_title(begun.story, [found.analysis for found in lines]),
            sources=tuple(map(Source.of, story.articles)),
            disagreements=(
                *disagreements(_with_analyses(against.index.voices(found.analysis), against.index) for found in lines),
                *denials((found.line, found.judged) for found in lines),
            ),
            notices=(
                *begun.notices,
                *against.judge.notices,
                *begun.draft.notices,
                *offer.notices,
                *dropped,
                *wrong_credits([found.line for found in lines], offer.credits),
            ),
            provenance=self._provenance(words),
        )

    # --- after a line is written --------------------------------------------------------------------

    def _sources(self, story: StoryAnalysis) -> _Sources:
        return _Sources(SourceIndex(story), context_of(story), StoryJudge(self.loaded_judge, story))

    def _kept(self, options: Iterable[Option], against: _Sources, words: int) -> tuple[list["_Found"], tuple[str, ...]]:
        """The lines with evidence and verdict, and what to tell the reader about those that had none."""
        kept: list[_Found] = []
        dropped = beyond = 0
        for option in options:
            if _is_beyond(option, [one.option for one in kept], words):
                beyond += 1
                continue
            if _is_told(option, [one.option for one in kept], against.judge):
                continue
            found = _Found.of(option, against)
            if self.unsupported == "flag" or _may_stand(found, against.index):
                kept.append(found)
            elif stand_in := _stand_in(option, against.index, [one.option for one in kept], words, self.unsupported):
                kept.append(_Found.of(stand_in, against))
            else:
                dropped += 1
        return kept, tuple(_left_out(dropped, beyond))

    def _falls_short(self, kept: Sequence["_Found"], words: int) -> bool:
        """Whether the articles' own sentences are to go on where a model's brief ends."""
        return self.unsupported == "replace" and sum(one.option.analysis.size for one in kept) < _ENOUGH * words

    def _provenance(self, words: int) -> Mapping[str, Any]:
        writer = self.writer and {
            "name": self.writer.name,
            "revision": getattr(self.writer, "revision", None),
            "backend": getattr(self.writer, "engine", None),
            "prompt": prompt_digest(self.writer, words),
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
    model: str | Path | Writer | None = "mini",
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
    if not isinstance(words, int) or isinstance(words, bool) or words not in _BUDGETS:
        raise SettingsError(f"words={words!r} is not allowed: pass a whole number from 10 to 2000")


def _or_raise(done: Summary | NewsumError) -> Summary:
    if isinstance(done, NewsumError):
        raise done
    return done


_Written = Sequence[Answers | NewsumError]  # one for each story that was begun

_ENOUGH = 0.5  # of the words asked for; a brief of less tells half the story
_TOLD = 0.4  # cosine of two lines' terms from which the one is taken to tell what the other does
_NOTHING_SUPPORTED = "Nothing that the model wrote is supported: the lines are the articles' own."


def _added(plain: Iterable[Option], kept: Sequence[Option], words: int) -> list[Option]:
    """The planned sentences that tell what no line does, as many as the words allow."""
    found: list[Option] = []
    for option in plain:
        lines = (*kept, *found)
        told = any(cosine(option.analysis.terms, line.analysis.terms) >= _TOLD for line in kept)
        if not told and sum(line.analysis.size for line in lines) + option.analysis.size <= most_words(words):
            found.append(option)
    return found


def _fell_short(kept: Sequence[object], added: Sequence[object]) -> Iterator[str]:
    if not kept:
        yield _NOTHING_SUPPORTED
    elif added:
        what = "a sentence of the articles follows" if len(added) == 1 else f"{len(added)} of the articles' own follow"
        yield f"What the model wrote fell short of the words asked for: {what}."


def _is_beyond(option: Option, kept: Sequence[Option], words: int) -> bool:
    """Whether a line of a brief that a model wrote at any length it liked goes beyond the words asked for."""
    written = not option.sources and bool(kept)
    return written and sum(one.analysis.size for one in kept) + option.analysis.size > most_words(words)


def _left_out(dropped: int, beyond: int) -> Iterator[str]:
    """What to tell the reader of lines that are not printed."""
    if dropped:
        what = "1 line that the model wrote was" if dropped == 1 else f"{dropped} lines that the model wrote were"
        yield f"{what} left out: no article supports {'it' if dropped == 1 else 'them'}."
    if beyond:
        what = "1 line that the model wrote was" if beyond == 1 else f"{beyond} lines that the model wrote were"
        yield f"{what} left out: beyond the words asked for."


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with what it rests on, when that was published, and the verdict on it."""

    option: Option
    attribution: Attribution
    published: str | None
    support: Support
    judged: Judged | None

    @classmethod
    def of(cls, option: Option, against: _Sources) -> "_Found":
        index = against.index
        found = attribute_line(option.analysis, index, prefer=option.sources or _claimed(option, index))
        published = index.published(found.evidence)
        judged = against.judge.of(option.analysis.text, found.evidence, found.corroboration)
        support = _support(option.analysis, found.evidence, against, published, judged)
        return cls(option, found, published, support, judged)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the summary and what is known of its text."""

    line: Line
    analysis: Analysis
    judged: Judged | None


def _support(
    line: Analysis,
    evidence: Sequence[Evidence],
    against: _Sources,
    published: str | None,
    judged: Judged | None,
    unresolved: Analysis | None = None,
) -> Support:
    """The verdict on a line; `unresolved` is the line before its dates were put in, where they were."""
    return check(
        line,
        evidence,
        against.index.analyses(evidence),
        dates=resolvable(published),
        unresolved=unresolved,
        story=against.context,
        judged=judged,
    ).support


def _with_analyses(evidence: Sequence[Evidence], index: SourceIndex) -> list[tuple[Evidence, Analysis]]:
    return list(zip(evidence, index.analyses(evidence), strict=True))


def _is_told(option: Option, kept: Sequence[Option], judge: StoryJudge) -> bool:
    """Whether the lines above tell all of a line already, as the judge reads them."""
    answer = judge.among(option.analysis.text, [one.analysis.text for one in kept])
    return answer is not None and answer.entailed >= _REPEATED


def _claimed(option: Option, index: SourceIndex) -> list[Passage]:
    """The sentences of the outlets that the model tagged a line with, the nearest first."""
    own = {key for key, label in index.labels.items() if label in option.claimed}
    return [p for _, p in index.scores(option.analysis) if p.sentence.article.id in own] if own else []


def _may_stand(found: _Found, index: SourceIndex) -> bool:
    """Whether a line may be printed as it is; one that no guard has seen must be a sentence in its sources' order."""
    if found.support.label not in (("supported",) if found.judged else ("supported", "partly")):
        return False
    line, evidence = found.option.analysis, found.attribution.evidence
    return bool(found.option.sources) or (is_sentence(line.text) and keeps_order(line, index.analyses(evidence)))


def _stand_in(
    option: Option, index: SourceIndex, kept: Sequence[Option], words: int, unsupported: Unsupported
) -> Option | None:
    """The nearest source sentence that can stand in an unsupported line's place, is not there yet, and fits."""
    if unsupported == "drop":
        return None
    nearest = next(iter(index.nearest(option.analysis)), None)
    if nearest is None or any(nearest in o.sources for o in kept):
        return None
    room = most_words(words) - sum(o.analysis.size for o in kept)
    return taken_over(nearest, 0.0) if nearest.analysis.size <= room else None


def _line(found: _Found, against: _Sources, dates: DateResolver) -> _Printed:
    line, evidence = found.option.analysis, found.attribution.evidence
    resolved = dates.resolve(line.text, found.published) if evidence else line.text
    support = found.support
    if resolved != line.text:
        line = analyse(resolved)
        support = _support(line, evidence, against, found.published, found.judged, found.option.analysis)
    origin = found.option.origin
    claimed = found.option.claimed
    if support.label == "unsupported":  # nobody said it, so nobody is credited
        return _Printed(Line(resolved, support=support, origin=origin, claimed=claimed), line, found.judged)
    resting = Line(resolved, evidence, found.attribution.corroboration, support, origin, claimed)
    return _Printed(with_credits(resting, entailed_by(found.judged)), line, found.judged)


def _title(story: StoryAnalysis, lines: Sequence[Analysis]) -> str:
    """The headline, verbatim, that says most of what the brief says and no older death toll; a story's own first."""
    if story.story.title:
        return story.story.title
    brief = (lines[0] if len(lines) == 1 else analyse(" ".join(line.text for line in lines))).terms
    figures = [running(line) for line in lines]
    titles = [article.title for article in story.articles if article.title.text]
    current = [t for t in titles if not any(supersedes(told, running(t)) for told in figures)]
    return max(current or titles, key=lambda title: cosine(title.terms, brief), default=_NO_TITLE).text


def _called(story: StoryAnalysis) -> str:
    """What the log calls a story."""
    return story.story.id or f"“{story.story.title or story.articles[0].title.text}”"


_NO_TITLE = analyse("")
