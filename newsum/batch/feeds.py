"""Keeps a folder of briefs on what a list of feeds tells: read, group, brief the stories of the last hours.

In: feeds, lists of feeds, anything that newsum reads. Out: what a batch writes, and in OUT/.newsum/stories.jsonl the
stories, which the next run's articles may join: a story that grew is briefed anew under its own name, one that did not
is left as it is. An article without a date is taken for new on the run that first sees it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsum.articles import Article, Story
from newsum.batch import Engine, Progress, Report, run
from newsum.errors import NothingToRead, SettingsError
from newsum.grouping import group
from newsum.reading import Reading, read_report, read_stories_report
from newsum.summariser import Summariser
from newsum.system.atomic_files import replace_file
from newsum.system.paths import expanded, is_file

__all__ = ["run_feeds"]


def run_feeds(
    feeds: Sequence[str | Path],
    out: str | Path,
    *,
    hours: float = 24.0,
    follow: bool = True,
    allow_private: bool = False,
    summariser: Summariser | None = None,
    words: int = 120,
    formats: Sequence[str] = ("json", "html"),
    resume: bool = False,
    engine: Engine | None = None,
    progress: Progress = lambda through, total: None,
) -> tuple[Report, Reading]:
    """Briefs of the stories that feeds tell, in a folder; returns how the run went, and what was read.

    Args:
        feeds: OPML lists, feeds, as files or addresses.
        hours: how far back articles are taken, by their dates.
        follow: whether the page of each item is fetched; else what the feed has of it is all.
        resume: go on with the folder: earlier stories are known, and only those that changed are briefed.

    Raises:
        NothingToRead: no article of these hours was found.
        SettingsError: `hours` is no time, or as `run` does.
    """
    if not 0 < hours < 24 * 3_660:
        raise SettingsError(f"hours must be more than 0 and at most ten years, not {hours:g}")
    since = datetime.now(UTC) - timedelta(hours=hours)
    reading = read_report(*feeds, follow=follow, allow_private=allow_private)
    kept = expanded(out) / ".newsum" / "stories.jsonl"
    known = [story for story in _known(kept) if _is_recent(story.articles, since)] if resume else []
    recent = [article for article in reading.articles if _is_recent([article], since)]
    if not recent and not known:
        first = f": {reading.problems[0]}" if reading.problems else ""
        raise NothingToRead(f"nothing to read: the feeds hold no article of the last {hours:g} hours{first}")
    stories = group(recent, known=known)
    report = run(
        stories,
        out,
        summariser=summariser,
        words=words,
        formats=formats,
        resume=resume,
        engine=engine,
        progress=progress,
    )
    replace_file(kept, (json.dumps(story.to_dict(), ensure_ascii=False).encode() + b"\n" for story in stories))
    return report, reading


def _known(kept: Path) -> tuple[Story, ...]:
    """The stories of the last run; none where there was none."""
    return read_stories_report(kept).stories if is_file(kept) else ()


def _is_recent(articles: Iterable[Article], since: datetime) -> bool:
    """Whether one of the articles is of the time since then, or has no date."""
    return any((moment := _moment(article.published)) is None or moment >= since for article in articles)


def _moment(published: str | None) -> datetime | None:
    """The last moment that a date may mean: a day's is its end, for it may have been written then."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if len(published or "") <= len("2026-03-10"):
        moment += timedelta(days=1)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
