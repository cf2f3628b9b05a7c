"""Offers the possible lines for each content unit: what the model wrote or chose and what the sources say.

Where a unit's sentences can be cut by rule, the model reads the best cuts: a part stays that it would not have gone on,
or ended, without, for whether a verb misses its complement no rule can tell. Where there is nothing to cut, the model
writes: it reads a unit's sentences and may write only their words and a few that join. What it wrote is printed as the
sources print it (casing.py). Of all this only that is offered against which nothing speaks (guard.py). The unit's
own sentences always are: a brief may be plain, never wrong.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from newsum.compression.removable import Kind, Part, without
from newsum.generation import Candidate, GenerationSettings, Request, Seq2Seq
from newsum.planning.cuts import Cut
from newsum.planning.units import ContentUnit
from newsum.text.analysis import Analysis, Passage, analyse
from newsum.text.readable import stands_alone
from newsum.text.words import word_count
from newsum.writing.casing import SourceTokens, restore
from newsum.writing.guard import is_clean_cut, is_faultless

__all__ = ["SEPARATOR", "SETTINGS", "Answers", "Drafts", "Option", "hoped", "offer", "taken_over", "tidy"]

SEPARATOR = " | "  # between a unit's sentences, in tuning as in writing
_JOINING = frozenset("the a an and but while of to in on at for with by from as".split())
_PARTED_MARK = re.compile(r" (?=[.,](?: |$))")
_MARKS = (",", ".", "'", "-", "–", "$", "%")
_CANDIDATES = 2  # with 4 the held-out stories score the same and take half as long again
SETTINGS = GenerationSettings(beams=_CANDIDATES, candidates=_CANDIDATES, max_tokens=56, no_repeat_ngram=3)
_LEAST_LIKELY = -0.9  # mean log-probability a token; the guard sees to sense, this to grammar (held-out stories, read)
_MOST_RUNS = 7  # stretches of source; more and a line is patched together
_WORTH_OF_CUTS = 0.4  # of 0 to 1, best for R1 and R2 on held-out stories
_SEED_ALONE_FROM = 18  # words; shorter sentences have little to lose
_JUDGED = 2  # cuts of a unit
_OFFERED = 6  # cuts of a unit; with 2 to 8 of them allsides_train's stories score within 0.15
# The least log-probability of the word after a part that was lost, or of the full stop and the end. Of cuts read
# (allsides_train) one in ten above these is broken, most are below; brackets, weekdays and words of tone can always go.
_GOING_ON: Mapping[Kind, float] = {"lead": -6.0, "insertion": -6.0, "phrase": -3.2, "tail": -2.0}


@dataclass(frozen=True, slots=True)
class Option:
    """A possible line for a unit.

    Attributes:
        origin: "model" for what the model wrote or the rules cut, "source" for a sentence as it stands.
        sources: the sentences that it was written from.
        claimed: the outlets that the model itself tagged it with.
        value: the share of it that belongs in a brief: a sentence's or cut's salience; for what the model wrote its
            seed's; more the more was cut.
    """

    analysis: Analysis
    origin: Literal["model", "source"]
    sources: tuple[Passage, ...]
    value: float
    claimed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.analysis.text


def offer(units: Sequence[ContentUnit]) -> list[tuple[Option, ...]]:
    """The options of each unit without a model, its own sentences: the seed first, which was planned."""
    return [_best_first(_taken_over(unit), unit) for unit in units]


def hoped(units: Sequence[ContentUnit]) -> list[tuple[Option, ...]]:
    """The options of each unit if all its cuts were clean and the model let every part go."""
    return [(*_taken_over(unit), *map(_option, unit.cuts[:_OFFERED])) for unit in units]


def _best_first(options: Iterable[Option], unit: ContentUnit) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: (unit.sentences[0] not in option.sources, -option.value)))


def _taken_over(unit: ContentUnit) -> Iterable[Option]:
    for number, (sentence, salience) in enumerate(zip(unit.sentences, unit.saliences, strict=True)):
        if number == 0 or stands_alone(sentence.text):
            yield taken_over(sentence, salience)


def taken_over(sentence: Passage, value: float) -> Option:
    """A source sentence as a line, on one line of its own."""
    text = tidy(sentence.text)
    return Option(sentence.analysis if text == sentence.text else analyse(text), "source", (sentence,), value)


def tidy(text: str) -> str:
    """A source sentence on one line, its opening capital in place."""
    text = _PARTED_MARK.sub("", " ".join(text.split()))
    return text[:1].upper() + text[1:]


# --- writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answers:
    """A model's answers: candidates for each request or prompt, token scores for each pair to judge."""

    written: Sequence[Sequence[Candidate]] = ()
    scores: Sequence[Sequence[float]] = ()


class Drafts:
    """What to ask a model for a story's units, and what its answers make: two steps, so that stories share a batch.

    Args:
        asked: the numbers of the units that the model is asked for; None asks for all.

    Attributes:
        requests: what to write, for each unit that has no clean cut and whose seed is long enough to shorten or has
            another sentence beside it.
        judged: (sentence, cut) for the best clean cuts of each unit.
    """

    def __init__(self, units: Sequence[ContentUnit], model: Seq2Seq, *, asked: Container[int] | None = None) -> None:
        self._units = units
        self._reader = _Reader(model)
        cuts = {
            number: list(islice(_to_judge(unit), _JUDGED))
            for number, unit in enumerate(units)
            if asked is None or number in asked
        }
        groups = ((n, group) for n, own in cuts.items() if not own and (group := _group(units[n])))
        fitting = [(n, group, request) for n, group in groups if (request := self._reader.request(group)) is not None]
        self._asked = [(number, group) for number, group, _ in fitting]
        self.requests = [request for _, _, request in fitting]
        self._judged = [cut for own in cuts.values() for cut in own]
        self.judged = [self._reader.pair(cut.sentence, cut.text) for cut in self._judged]

    def options(self, answers: Answers) -> list[tuple[Option, ...]]:
        """The options of each unit: what rests on the seed first."""
        options: list[list[Option]] = [list(_taken_over(unit)) for unit in self._units]
        may_go = {
            (cut.sentence, part)
            for cut, scores in zip(self._judged, answers.scores, strict=True)
            for part in cut.lost
            if part.kind in _GOING_ON and self._reader.loses(cut, part, scores)
        }
        for own, unit in zip(options, self._units, strict=True):
            own += islice(_cuts(unit, may_go), _OFFERED)
        for (number, group), candidates in zip(self._asked, answers.written, strict=True):
            for candidate in candidates:
                line = self._reader.printed(candidate.tokens, group) if _is_likely(candidate) else None
                if line is None:
                    continue
                written = analyse(line)
                if is_faultless(written, [s.analysis for s in group]):
                    options[number].append(Option(written, "model", group, _value(line, self._units[number])))
        return [_best_first(own, unit) for own, unit in zip(options, self._units, strict=True)]


def _is_likely(candidate: Candidate) -> bool:
    return candidate.score is None or candidate.score >= _LEAST_LIKELY


def _to_judge(unit: ContentUnit) -> Iterator[Cut]:
    """The clean cuts that are worth most, each with a part that those before it keep."""
    judged: set[tuple[Passage, Part]] = set()
    for cut in unit.cuts:
        doubtful = {(cut.sentence, part) for part in cut.lost if part.kind in _GOING_ON}
        if (not judged or doubtful - judged) and is_clean_cut(cut.text, cut.sentence.text):
            yield cut
            judged |= {(cut.sentence, part) for part in cut.lost}


def _cuts(unit: ContentUnit, may_go: Container[tuple[Passage, Part]]) -> Iterator[Option]:
    """The clean cuts that lose nothing but what may go."""
    for cut in unit.cuts:
        goes = all((cut.sentence, part) in may_go or part.kind not in _GOING_ON for part in cut.lost)
        if goes and is_clean_cut(cut.text, cut.sentence.text):
            yield _option(cut)


def _option(cut: Cut) -> Option:
    return Option(analyse(tidy(cut.text)), "model", (cut.sentence,), cut.salience)


def _group(unit: ContentUnit) -> tuple[Passage, ...]:
    """The seed alone where it is long enough to cut, else with the likest of the unit's other sentences.

    Asked for both, the model's lines from two long sentences took one place in a hundred, and ROUGE fell by 0.1.
    """
    if unit.sentences[0].analysis.size >= _SEED_ALONE_FROM:
        return unit.sentences[:1]
    return unit.sentences[:2] if len(unit.sentences) > 1 else ()


def _value(line: str, unit: ContentUnit) -> float:
    """The seed's salience, and more the more was cut: what the model leaves out, editors' summaries leave out too."""
    kept = word_count(line) / unit.sentences[0].analysis.size
    return unit.saliences[0] * (1 + _WORTH_OF_CUTS * (1 - min(1.0, kept)))


class _Reader:
    """Sentences as the model reads them, and its tokens as a newspaper prints them."""

    def __init__(self, model: Seq2Seq) -> None:
        self._model = model
        tokenizer = model.tokenizer
        joining = tokenizer(" ".join((*_JOINING, *_MARKS)), add_special_tokens=False).input_ids
        self._always = frozenset(joining)
        self._never = frozenset(tokenizer(SEPARATOR, add_special_tokens=False).input_ids)
        self._read: dict[str, SourceTokens] = {}

    def _source(self, sentence: Passage) -> SourceTokens:
        text = self._model.clean(sentence.text)
        if text not in self._read:
            self._read[text] = SourceTokens.of(text, self._model.tokenizer)
        return self._read[text]

    def request(self, group: Sequence[Passage]) -> Request | None:
        """What to ask for; None where the sentences are longer than the window."""
        sources = [self._source(s) for s in group]
        if sum(len(s.ids) + 2 for s in sources) > self._model.checkpoint.window:
            return None
        allowed = frozenset(token for s in sources for token in s.ids) | self._always
        return Request(SEPARATOR.join(s.text for s in sources), allowed - self._never)

    def pair(self, source: Passage, line: str) -> tuple[str, str]:
        """A source and a line as the model reads them."""
        return self._model.clean(source.text), self._model.clean(line)

    def loses(self, cut: Cut, part: Part, scores: Sequence[float]) -> bool:
        """Whether the model, which scored a cut, would have gone on so after a part that is lost, or ended so."""
        least = _GOING_ON[part.kind]
        if part.kind == "tail":
            return sum(scores[-2:]) >= least
        before = cut.sentence.text[: part.start]
        kept = self._model.clean(without(before, [one for one in cut.lost if one.end <= part.start]))
        place = len(self._model.tokenizer(kept, add_special_tokens=False).input_ids) if part.start else 0
        return scores[place] >= least

    def printed(self, tokens: Sequence[int], group: Sequence[Passage]) -> str | None:
        restored = restore(tokens, [self._source(s) for s in group], self._model.tokenizer, _JOINING)
        return restored.text if restored.known and restored.runs <= _MOST_RUNS else None
