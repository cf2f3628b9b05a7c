"""Makes a folder of briefs with an index of many stories, whatever comes between.

In: story folders, a table of stories, a flat heap of articles or stories from Python, and a `Summariser`. Out: each
story's brief in the forms asked for, index.jsonl and index.html that link them, and a `Report`. Stories stream through
in shards of sixteen; a story that fails is reported and the rest goes on. A run that was stopped, however it was, is
gone on with by `resume=True`, which ends in the same files, byte for byte, as a run that nothing disturbed.

    sources.py  what is asked for -> stories         work.py    a shard -> outcomes, in every process alike
    naming.py   story ids -> names of files          local.py   shards in processes (newsum.batch.ray: on Ray)
    output.py   the folder, its lock and records     mapping.py the same for `datasets.Dataset.map`
    shelf.py    stories that wait for their pages
"""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from newsum.articles import Story
from newsum.batch.local import Local, fitting_jobs
from newsum.batch.mapping import Mapper
from newsum.batch.naming import Names, slug
from newsum.batch.output import Output, Row
from newsum.batch.sources import StorySource, open_source
from newsum.batch.work import Engine, Outcome, StoryFailure, Work
from newsum.errors import NothingToRead, SettingsError
from newsum.generation import revision_of
from newsum.generation.writer import Writer, is_loaded
from newsum.judging import revision_of as revision_of_judge
from newsum.reading.entries import Notice, Problem
from newsum.reading.parquet import Frame, Rows
from newsum.reading.stories import FoundStory
from newsum.rendering.plain import day
from newsum.summariser import SHARD, Summariser
from newsum.summary import Summary
from newsum.system.paths import expanded, is_folder, real

__all__ = ["Engine", "Local", "Mapper", "Report", "run"]

Progress = Callable[[int, int | None], None]  # stories through, of how many


@dataclass(slots=True)
class Report:
    """How a run went.

    Attributes:
        done: briefs written in this run.
        skipped: briefs that were there already, of unchanged articles under the same settings.
        failed: stories without a brief.
        problems: articles and rows that could not be read, in stories that have a brief and in none.
        reasons: why stories failed, and how many for each reason.
        examples: the first story that failed for each reason, by the name of its files.
        notices: sentences on what was guessed in reading.
        index: the page that links the briefs.
    """

    done: int = 0
    skipped: int = 0
    failed: int = 0
    problems: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    notices: Counter[str] = field(default_factory=Counter)
    index: Path = Path()

    def heading(self) -> str:
        """ "190 briefs, 10 failed"."""
        return f"{self.done + self.skipped} briefs" + (f", {self.failed} failed" if self.failed else "")

    def __str__(self) -> str:
        """ "187 done, 3 skipped, 10 failed"."""
        return f"{self.done} done, {self.skipped} skipped, {self.failed} failed"


@dataclass(frozen=True, slots=True)
class _Task:
    """One story of the run, without its articles: they are with the engine.

    Attributes:
        row: of the index, complete but for what comes of the story.
        earlier: the row of an earlier run that holds still.
        readable: whether there is a story to work on.
    """

    name: str
    row: Row
    earlier: Row | None
    readable: bool


def run(
    source: str | Path | Rows | Frame | Iterable[Story],
    out: str | Path,
    *,
    summariser: Summariser | None = None,
    words: int = 120,
    formats: Sequence[str] = ("json", "html"),
    group: bool | None = None,
    resume: bool = False,
    engine: Engine | None = None,
    progress: Progress = lambda through, total: None,
) -> Report:
    """Summarises every story of a source into a folder.

    Args:
        source: a folder of story folders, a table or data set of stories, a folder or table of articles, or stories.
        out: the folder for the briefs; made where there is none.
        summariser: the model and its settings; the default ones when not given.
        formats: of "json", "html", "md" and "text".
        group: whether articles are grouped into stories first; None does where the source does not say which belong
            together.
        resume: go on with the batch that `out` holds: what is done and unchanged is skipped.
        engine: where the work is done: `Local(jobs)`, or `newsum.batch.ray.OnRay(workers)`; by default on this
            machine, in as many processes as there are cores, but in this one where there are few stories or the model
            is an object of yours.
        progress: called at the start and after each story; what other processes do comes in shards of 16.

    Raises:
        NothingToRead: there is no story at all.
        SettingsError: a setting is not allowed, or `out` holds something else, is in use or cannot be written.
        CheckpointError: the model cannot be loaded.

    >>> report = run("examples/stories", "briefs", summariser=Summariser(model=None))  # doctest: +SKIP
    >>> print(report)  # doctest: +SKIP
    12 done, 0 skipped, 0 failed
    """
    summariser = summariser or Summariser()
    _refuse_inside(source, Path(out))
    settings = _settings(summariser, words)
    opened = open_source(source, group=group)
    report = Report(notices=Counter(opened.notices))
    with Output(Path(out), formats, resume=resume) as output:
        batch = _Batch(opened, output, settings, report, progress)
        jobs = 1 if is_loaded(summariser.model) else fitting_jobs(opened.total)
        for row in batch.rows(engine or Local(jobs), Work(summariser, words)):
            output.add(row)
        report.index = output.write_index(report.heading())
    return report


class _Batch:
    """The state of one run: what goes out to the engine, and what comes back."""

    def __init__(
        self, source: StorySource, output: Output, settings: Mapping[str, Any], report: Report, progress: Progress
    ) -> None:
        self.source, self.output, self.settings, self.report, self.progress = source, output, settings, report, progress
        self.names = Names()
        self.waiting: deque[list[_Task]] = deque()

    def rows(self, engine: Engine, work: Work) -> Iterator[Row]:
        """The rows of the index, in the order of the source, each when its story's files are written."""
        through = 0
        self.progress(through, self.source.total)
        with closing(engine.map(work, self._shards())) as shards:
            for outcomes in shards:
                tasks = self.waiting.popleft()
                results = iter(outcomes)
                for task in tasks:
                    yield self._settled(task, next(results, None) if task.readable else None)
                    through += 1
                    self.progress(through, self.source.total)
        if not through:
            raise NothingToRead("nothing to read: the source holds no story")

    def _shards(self) -> Iterator[list[Story]]:
        """The stories of each shard; none where nothing of it is left to do."""
        found = self._found()
        while shard := list(islice(found, SHARD)):
            tasks = [self._task(each) for each in shard]
            self.waiting.append(tasks)
            idle = all(task.earlier or not task.readable for task in tasks)
            yield [] if idle else [each.story for each in shard if each.story]

    def _found(self) -> Iterator[FoundStory]:
        """The stories, and as stories without articles what belongs to none; notices are counted on the way."""
        for entry in self.source.found:
            notices = [entry] if isinstance(entry, Notice) else entry.notices if isinstance(entry, FoundStory) else ()
            self.report.notices.update(_NOTICES[notice.kind] for notice in notices)
            if not isinstance(entry, Notice):
                yield FoundStory("", None, (entry,)) if isinstance(entry, Problem) else entry

    def _task(self, found: FoundStory) -> _Task:
        problems = [str(problem) for problem in found.problems]
        told = {"story": found.story.to_dict() if found.story else found.id, "problems": problems, **self.settings}
        fingerprint = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        name = self.names.of(self._identity(found) or f"story-{fingerprint[:12]}")
        row = {
            "id": found.id or None,
            "title": found.story.title if found.story else "",
            "outlets": list(found.story.outlets) if found.story else [],
            "articles": len(found.story.articles) if found.story else 0,
            "problems": problems,
            "fingerprint": fingerprint,
        }
        task = _Task(name, row, self.output.row_of(name, fingerprint), found.story is not None)
        if found.story is not None and not task.earlier:
            self.output.shelve(found.story)
        return task

    def _identity(self, found: FoundStory) -> str:
        """What a story's files are named by: its id, but where that is only an article's, which tells a reader nothing
        (`newsum.group` gives such), its title."""
        articles = found.story.articles if found.story else ()
        if found.id and all(article.id != found.id for article in articles):
            return found.id
        titles = (found.story.title if found.story else "", *(article.title for article in articles))
        return next(filter(None, map(slug, titles)), found.id)

    def _settled(self, task: _Task, outcome: Outcome | None) -> Row:
        """The story's row, its files written where it was worked on."""
        self.report.problems += len(task.row["problems"])
        if task.earlier is not None:
            self._count(task, task.earlier)
            return task.earlier
        story = self.output.unshelved() if task.readable else None
        if isinstance(outcome, Summary):
            done = {**task.row, "title": outcome.title or task.row["title"], "status": "done", "reason": None}
            row = self.output.write(task.name, {**done, **_told(outcome)}, outcome, story)
        else:
            failure = outcome or StoryFailure("nothing of it could be read")
            failed = {**task.row, "status": "failed", "reason": failure.reason}
            row = self.output.write(task.name, failed, None, keep=task.readable and not failure.passing)
        self._count(task, row)
        return row

    def _count(self, task: _Task, row: Row) -> None:
        if row["status"] == "failed":
            self.report.failed += 1
            self.report.reasons[row["reason"]] += 1
            self.report.examples.setdefault(row["reason"], task.name)
        elif task.earlier is not None:
            self.report.skipped += 1
        else:
            self.report.done += 1


def _told(summary: Summary) -> dict[str, Any]:
    """What the index tells of a brief beside its title."""
    days = sorted(filter(None, (day(source.published) for source in summary.sources)))
    return {
        "day": days[-1] if days else "",
        "first": summary.lines[0].text if summary.lines else "",
        "lines": len(summary.lines),
        "disagreements": len(summary.disagreements),
    }


_NOTICES = {
    "outlet": "outlets guessed from a file's name or an address",
    "date": "dates left out, for they can be read in two ways or none",
    "change": "dates of a change, not taken for dates of publication",
    "teaser": "teasers of articles for payers",
    "passed": "files that newsum does not read, passed over",
    "bytes": "files with characters that could not be made out",
    "id": "ids given to two articles and replaced",
}


def _settings(summariser: Summariser, words: int) -> dict[str, Any]:
    """All that a brief depends on beside its articles; also looks for the model before any article is read.

    Raises:
        CheckpointError: there is no such model.
    """
    return {
        "newsum": version("newsum"),
        "model": _identity(summariser.model),
        "judge": None if summariser.named_judge is None else revision_of_judge(summariser.named_judge),
        "backend": summariser.backend,
        "unsupported": summariser.unsupported,
        "seed": summariser.seed,
        "words": words,
    }


def _identity(model: str | Path | Writer | None) -> str | None:
    """What changes with the model: a checkpoint's revision, another model's name with its revision."""
    if isinstance(model, str | Path):
        return revision_of(model)
    return None if model is None else f"{model.name} {getattr(model, 'revision', None) or ''}"


def _refuse_inside(source: object, out: Path) -> None:
    """The briefs must not lie where they would be taken for articles the next time."""
    if not isinstance(source, str | Path):
        return
    inside, folder = real(expanded(out)), real(expanded(source))
    if is_folder(folder) and (inside == folder or folder in inside.parents):
        raise SettingsError(f"{out} lies in {source}, where its briefs would be read as articles; name another folder")
