"""Content units in, the possible lines for each out: what the model wrote and what the sources say.

The model reads a unit's sentences (and its seed alone) and may write only their words and a few that join.
What it wrote is printed as the sources print it (surface.py), then guarded: a line whose figures, names,
"not", hedges, quotations or speakers are not its evidence's, or that puts words together which no source
sentence holds together, is not offered. The unit's own sentences always are: a brief may be plain, never wrong.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsum.articles import Sentence
from newsum.checking import find
from newsum.language import content_words, word_count, words
from newsum.planning import ContentUnit, stands_alone
from newsum.seq2seq import GenerationSettings, Request, Seq2Seq
from newsum.similarity import terms
from newsum.surface import SourceTokens, restore

__all__ = ["SEPARATOR", "Option", "objections", "offer"]

SEPARATOR = " | "  # between a unit's sentences, as in training
_JOINING = frozenset(
    "the a an and of to in on at for with by from as after while who which that its their was were is are has have had".split()
)
_MARKS = (",", ".", "'", "-", "–", "$", "%")
_CANDIDATES = 4
_LEAST_LIKELY = -0.45  # mean log-probability a token; below, of 60 lines read (held-out tenth), half did not parse
_MOST_RUNS = 7  # stretches of source; more and a line is patched together
_TOGETHER = 8  # content words; two that follow each other in a line stand no further apart in a source
_SEED_ALONE_FROM = 18  # words; shorter sentences have little to lose


@dataclass(frozen=True, slots=True)
class Option:
    """A possible line for a unit.

    Attributes:
        sources: the sentences that it was written from.
        value: what it says of the story's telling terms, per word.
    """

    text: str
    origin: Literal["model", "source"]
    sources: tuple[Sentence, ...]
    value: float


def offer(
    units: Sequence[ContentUnit], salience: Mapping[str, float], model: Seq2Seq | None
) -> list[tuple[Option, ...]]:
    """The options of each unit, the best first; without a model its own sentences only."""
    taken_over = [tuple(_taken_over(unit, salience)) for unit in units]
    written = _write(units, salience, model) if model is not None else [()] * len(units)
    return [
        tuple(sorted((*own, *new), key=lambda o: -o.value)) for own, new in zip(taken_over, written, strict=True)
    ]


def value(text: str, salience: Mapping[str, float]) -> float:
    """How much of the story's telling terms a text says, for its length.

    The constant keeps a three-word line that names the subject from beating one that says something.
    """
    said = sum(weight * salience.get(key, 0.0) for key, weight in terms(text).weights.items())
    return said / (word_count(text) + 12)


def _taken_over(unit: ContentUnit, salience: Mapping[str, float]) -> Iterable[Option]:
    for sentence in unit.sentences:
        if stands_alone(sentence.text):
            yield Option(tidy(sentence.text), "source", (sentence,), value(sentence.text, salience))


def tidy(text: str) -> str:
    """A source sentence on one line, its opening capital in place."""
    text = re.sub(r"\s+", " ", text)
    return text[:1].upper() + text[1:]


# --- writing ------------------------------------------------------------------------------------------


def _write(
    units: Sequence[ContentUnit], salience: Mapping[str, float], model: Seq2Seq
) -> list[tuple[Option, ...]]:
    groups: list[tuple[int, tuple[Sentence, ...]]] = []
    for number, unit in enumerate(units):
        if len(unit.sentences) > 1:
            groups.append((number, unit.sentences))
        if word_count(unit.sentences[0].text) >= _SEED_ALONE_FROM:
            groups.append((number, unit.sentences[:1]))
    reader = _Reader(model)
    fitting = [(n, group, request) for n, group in groups if (request := reader.request(group)) is not None]
    settings = GenerationSettings(beams=_CANDIDATES, candidates=_CANDIDATES, max_tokens=56, no_repeat_ngram=3)
    answers = model.generate([request for _, _, request in fitting], settings)
    options: list[list[Option]] = [[] for _ in units]
    for (number, group, _), candidates in zip(fitting, answers, strict=True):
        for candidate in candidates:
            line = reader.printed(candidate.tokens, group) if candidate.score >= _LEAST_LIKELY else None
            if line is not None and not objections(line, [s.text for s in group]):
                options[number].append(Option(line, "model", group, value(line, salience)))
    return [tuple(found) for found in options]


class _Reader:
    """Sentences as the model reads them, and its tokens as a newspaper prints them."""

    def __init__(self, model: Seq2Seq) -> None:
        self._model = model
        tokenizer = model.tokenizer
        joining = tokenizer(" ".join((*_JOINING, *_MARKS)), add_special_tokens=False).input_ids
        self._always = frozenset(joining)
        self._never = frozenset(tokenizer(SEPARATOR, add_special_tokens=False).input_ids)
        self._read: dict[str, SourceTokens] = {}

    def _source(self, sentence: Sentence) -> SourceTokens:
        text = self._model.clean(sentence.text)
        if text not in self._read:
            self._read[text] = SourceTokens.of(text, self._model.tokenizer)
        return self._read[text]

    def request(self, group: Sequence[Sentence]) -> Request | None:
        """What to ask for; None where the sentences are longer than the window."""
        sources = [self._source(s) for s in group]
        if sum(len(s.ids) + 2 for s in sources) > self._model.checkpoint.window:
            return None
        allowed = frozenset(token for s in sources for token in s.ids) | self._always
        return Request(SEPARATOR.join(s.text for s in sources), allowed - self._never)

    def printed(self, tokens: Sequence[int], group: Sequence[Sentence]) -> str | None:
        restored = restore(tokens, [self._source(s) for s in group], self._model.tokenizer, _JOINING)
        return restored.text if restored.known and restored.runs <= _MOST_RUNS else None


# --- guarding -------------------------------------------------------------------------------------------

_REPORTING = re.compile(
    r"\b(?:said|says|saying|told|according|alleg\w+|claim\w*|accus\w+|reportedly|suspect\w*|den(?:y|ies|ied|ying)|believ\w+|"
    r"argu\w+|insist\w*|suggest\w*|warn\w*|predict\w*|estimat\w+|may|might|could|would|expected|likely|appear\w*|"
    r"seem\w*|propos\w+|threat\w*|vow\w*|urg\w+|call\w* (?:for|on)|plan\w*|hop\w+|ask\w*|demand\w*|if|unless|whether)\b",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|for|with|by|from|as|and|or|but|while|who|which|that|its|their|his|her|was|were|is|"
    r"are|has|have|had|said|told|into|than|after|before|whose|when|where|because|if)[.,]?$",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(\w+) \1\b|,\s*[,.]|\b(?:the|a|an) (?:the|a|an|of|to|and|is|was|were|are|has|had|in|on|at|,)\b|\b(?:of|to|in|at|for|with|by|from) (?:of|at|by|and|,)\b|"
    r"\b(?:and|or|but|who|which|that),? *(?:[.,]|and|or|but)|\(\s*\)|\s[.,]|\ba [aeio]\w+|\ban [b-df-gj-np-tv-z]\w+",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|said|says|told|"
    r"\w{2,}ed|made|took|won|lost|fell|rose|began|came|went|gave|got|held|kept|left|led|met|put|ran|saw|sent|set|shot|"
    r"spoke|stood|struck|thought|broke|brought|built|bought|caught|cut|drew|drove|fought|found|grew|hit|knew|paid|"
    r"sold|spent|threw|wrote|\w{3,}s)\b"
)


def objections(line: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Why a written line must not be printed; empty when nothing speaks against it."""
    return tuple(reason for reason, holds in _objections(line, sources) if holds)


def _objections(line: str, sources: Sequence[str]) -> Iterable[tuple[str, bool]]:
    found = find(line, sources)
    yield "a figure is not in its evidence", bool(found.numbers)
    yield "a name is not in its evidence", bool(found.names)
    yield "a word is not in its evidence", bool(found.words)
    yield "a quotation is not in its evidence", bool(found.quotes) or _cuts_a_quotation(line, sources)
    yield "it turns its evidence round", found.negation or found.direction or found.hedge
    yield "it drops who says so, or how sure they are", not _keeps_reporting(line, sources)
    yield "it joins what no source joins", not _keeps_together(line, sources)
    yield "it is no whole sentence", not _is_sentence(line)


def _is_sentence(line: str) -> bool:
    size = word_count(line)
    return (
        6 <= size <= 40
        and line.endswith((".", ".”", '."'))
        and line.count("(") == line.count(")")
        and stands_alone(line)
        and bool(_VERB.search(line))
        and not _BREAKS_OFF.search(line.rstrip("."))
        and not _BROKEN.search(line)
    )


def _cuts_a_quotation(line: str, sources: Sequence[str]) -> bool:
    """Whether words that a source has inside quotation marks stand in the line without them, or in part."""
    marks = sum(line.count(m) for m in "“”\"")
    quoted = [q for s in sources for q in re.findall(r"[“\"]([^“”\"]+)[”\"]", s)]
    if marks % 2:
        return True
    bare = re.sub(r"[“\"][^“”\"]*[”\"]", " ", line)
    plain = " ".join(s for s in (re.sub(r"[“\"][^“”\"]*[”\"]", " ", s) for s in sources))
    outside = {w.key for w in words(plain)}
    return any(w.key not in outside for w in content_words(bare) if any(w.key in {x.key for x in words(q)} for q in quoted))


def _keeps_reporting(line: str, sources: Sequence[str]) -> bool:
    """Whether the line keeps a mark of report or doubt that every source of it has."""
    mine = {stem[:4] for stem in map(str.lower, _REPORTING.findall(line))}
    nearest = max(sources, key=lambda s: len({w.key for w in content_words(s)} & {w.key for w in content_words(line)}))
    theirs = {stem[:4] for stem in map(str.lower, _REPORTING.findall(nearest))}
    if not theirs:
        return True
    return theirs <= mine or (bool(mine & theirs) and len(theirs - mine) <= 1)


def _keeps_together(line: str, sources: Sequence[str]) -> bool:
    """Whether every two content words that follow each other do so, or nearly, in one source sentence.

    So a description cannot move from one person to another. One seam between sources is allowed, at a comma
    or a joining word.
    """
    places = [{} for _ in sources]  # type: list[dict[str, list[int]]]
    for place, source in zip(places, sources, strict=True):
        for index, word in enumerate(content_words(source)):
            place.setdefault(word.key, []).append(index)
    seams = 0
    found = content_words(line)
    for left, right in zip(found, found[1:], strict=False):
        if any(0 < r - l <= _TOGETHER for p in places for l in p.get(left.key, ()) for r in p.get(right.key, ())):
            continue
        between = line[left.end : right.start]
        seams += 1 if re.search(r",|\b(?:and|but|while|after|as)\b", between) else 9
    return seams <= 1
