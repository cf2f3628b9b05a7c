"""Writes a brief line by line under the judge: several candidates for each line, of which the best true one stands.

In: an analysed story, a line writer, what lines are checked against. Out: the lines, each with what it rests on.

The opening is written from all titles and openings at once; each later line from the sentences of one thing to say
(planning) and what other outlets have beside it. A candidate must be supported (rules and judge), new (the lines above
do not entail it), and understood with these alone. Where none is, the planned sentence stands in, if it is all that
itself, or nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from newsum.generation.line_writer import Report, WritesLines
from newsum.generation.writer import Candidate
from newsum.planning.units import ContentUnit, plan
from newsum.similarity.stories import StoryAnalysis
from newsum.similarity.terms import cosine
from newsum.text.analysis import Analysis, analyse
from newsum.text.leaning import stands_alone
from newsum.text.whole import is_sentence
from newsum.writing.introducing import mentions_of
from newsum.writing.options import Option, offer, taken_over, understood
from newsum.writing.reports import of_story, of_unit
from newsum.writing.selection import fill, in_reading_order, most_words
from newsum.writing.standing import Found, Sources, found, with_outlets
from newsum.writing.strategies import planned

__all__ = ["composed"]

_CANDIDATES = 6
# What a written line must reach at least: set by reading 70 openings of the kept tenth, of which those that did were
# true nine times in ten. On other stories it does not hold: of 34 lines of such briefs a blind reader found 20 true.
_ENTAILED = 0.85  # how sure the judge must be of it,
_SUPPORTED = 0.8  # the verdict of judge and rules together,
_LIKELY = -0.65  # and the writer, mean log-probability a token
_NEW = 0.5  # how sure the judge may be that the lines above say it
_ALIKE = 0.55  # cosine of two lines from which they tell one thing
_FULL = 0.85  # of the words asked for, from which a brief is long enough
_SHORTEST = 9  # words of a written line
_TELLS = 3.0  # what telling the thing is worth beside a likely wording


@dataclass(slots=True)
class _Brief:
    """A brief as far as it is written."""

    words: int
    lines: list[Found] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [line.option.text for line in self.lines]

    @property
    def room(self) -> float:
        return most_words(self.words) - sum(line.option.analysis.size for line in self.lines)

    @property
    def is_full(self) -> bool:
        return sum(line.option.analysis.size for line in self.lines) >= _FULL * self.words


def composed(story: StoryAnalysis, words: int, writer: WritesLines, against: Sources, *, seed: int = 0) -> list[Found]:
    """The lines of a brief in about so many words."""
    return _Composer(story, words, writer, against, seed).composed()


class _Composer:
    def __init__(self, story: StoryAnalysis, words: int, writer: WritesLines, against: Sources, seed: int) -> None:
        self._story, self._writer, self._against, self._seed = story, writer, against, seed
        self._brief = _Brief(words)
        self._mentions = mentions_of(story)
        self._is_english = story.is_english
        self._units = plan(story, words=words)

    def composed(self) -> list[Found]:
        self._open()
        for unit in self._planned():
            if self._brief.is_full:
                break
            self._go_on(unit)
        if self._brief.lines:
            return [with_outlets(line, self._against) for line in self._brief.lines]
        return [found(option, self._against) for option in planned(self._story, self._brief.words)]

    # --- what to say ------------------------------------------------------------------------------------

    def _planned(self) -> Iterator[ContentUnit]:
        """What fits, in reading order; then the rest, the most salient first."""
        left = [unit for unit in self._units if not self._is_told(unit.sentences[0].analysis)]
        room = max(10, int(self._brief.room))
        chosen = [unit for unit, _ in in_reading_order(fill(left, offer(left), words=room))]
        yield from chosen
        yield from (unit for unit in left if not any(unit is one for one in chosen))

    def _is_told(self, told: Analysis) -> bool:
        return any(cosine(told.terms, line.option.analysis.terms) >= _ALIKE for line in self._brief.lines)

    # --- lines ------------------------------------------------------------------------------------------

    def _open(self) -> None:
        reports = of_story(self._story)
        shown = [analyse(text).terms for _, text in reports]

        def tells(line: Analysis) -> float:
            return sum(cosine(line.terms, report) for report in shown) / max(1, len(shown))

        if (best := self._written(reports, tells)) is not None:
            self._brief.lines.append(best)
            return
        leads = [taken_over(unit.sentences[0], unit.saliences[0]) for unit in self._units if unit.places[0] == 0]
        next(filter(self._take_over, sorted(leads, key=lambda one: -tells(one.analysis))), None)

    def _go_on(self, unit: ContentUnit) -> None:
        seed = unit.sentences[0].analysis
        if self._is_told(seed):
            return
        best = self._written(of_unit(unit, self._story), lambda line: cosine(line.terms, seed.terms))
        if best is not None:
            self._brief.lines.append(best)
        else:
            self._take_over(taken_over(unit.sentences[0], unit.saliences[0]))

    def _take_over(self, option: Option) -> bool:
        """Lets a source sentence stand, where it can; whether it did."""
        one = self._supported(option)
        if one is None or not self._is_new(one):
            return False
        self._brief.lines.append(one)
        return True

    def _written(self, reports: Sequence[Report], tells: Callable[[Analysis], float]) -> Found | None:
        """The best of the writer's candidates; None where none may stand."""
        if not reports or not self._is_english:
            return None
        candidates = self._writer.lines(reports, self._brief.texts, candidates=_CANDIDATES, seed=self._seed)
        likely = [one for one in candidates if one.score is None or one.score >= _LIKELY]
        ranked = sorted(likely, key=lambda one: _TELLS * tells(analyse(one.text)) + (one.score or 0.0), reverse=True)
        return next((one for one in map(self._standing, ranked) if one is not None), None)

    def _standing(self, candidate: Candidate) -> Found | None:
        """What a written line rests on; None where it may not stand."""
        line = analyse(candidate.text)
        if line.size < _SHORTEST or not is_sentence(line.text) or self._is_told(line):
            return None
        one = self._supported(Option(line, "model", (), 0.0))
        if one is None or one.support.score < _SUPPORTED:
            return None
        if one.judged is not None and one.judged.best.entailed < _ENTAILED:
            return None
        return one if self._is_new(one) else None

    def _supported(self, option: Option) -> Found | None:
        """What a line rests on, its people introduced; None where it has no room, leans on others, is not supported."""
        if not stands_alone(option.text) or option.analysis.size > self._brief.room:
            return None
        line = understood(option, self._brief.texts, self._mentions, self._story)
        one = found(line, self._against, others=False)
        return one if one.support.label == "supported" else None

    def _is_new(self, one: Found) -> bool:
        answer = self._against.judge.among(one.option.text, self._brief.texts)
        return answer is None or max(answer.entailed, answer.contradicted) < _NEW
