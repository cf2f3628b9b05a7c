"""Finds where two sentences say opposite things of one thing, whether of a line and its evidence or of two lines.

Both must speak of the same thing in the same words (two neighbouring content words, spelling and inflection apart:
"mutual-defence", "mutual defense"), and one must turn it down ("avoids", "no", "stops short of") where the other
holds it up ("has", "contains"), or where the two sentences are otherwise nearly one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsum.similarity.terms import cosine
from newsum.summary import Span
from newsum.text.analysis import Analysis
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import Word, stem

__all__ = ["Opposition", "Sense", "denials", "is_supposed", "may_deny", "opposition", "sense_of", "turned_down"]

_WINDOW = 6  # words before the thing in which its verb stands: "stops short of being a full [mutual-defence]"
_ALIKE = 0.5  # cosine from which a lone "not" on one side counts: the sentences are one but for it
_BREAKS = frozenset(
    "but and while although though unless until if whether because which who whose where when after before "
    "since".split()
)
_NOT = frozenset("not never neither nor cannot".split())  # turns a verb; the others turn the thing itself
_NONE = frozenset("no without none".split())  # stands right before the thing, at most an adjective between
_NO = frozenset(
    "short avoid avoids avoided avoiding lack lacks lacked lacking exclude excludes excluded excluding omit omits "
    "omitted omitting reject rejects rejected rejecting refuse refuses refused refusing deny denies denied denying "
    "scrap scraps scrapped abandon abandons abandoned drop drops dropped bar bars barred absent".split()
)
_YES = frozenset(
    "has have had having hold holds held holding contain contains contained containing include includes included "
    "including provide provides provided providing promise promises promised offer offers offered guarantee "
    "guarantees guaranteed commit commits committed require requires required oblige obliges obliged establish "
    "establishes established create creates created impose imposes imposed approve approves approved accept accepts "
    "accepted agree agrees agreed carries carry keeps keep retains adds".split()
)
_DENYING = _NOT | _NONE | _NO
_WISH = frozenset("if unless whether must should would could may might will to".split())  # nobody says that it is so

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Opposition:
    """What each sentence says: half-open spans, from the word that tells its sense to the end of the thing."""

    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class _Thing:
    """Two neighbouring content words, and whether the words before turn them down (-1), hold them up (1) or neither."""

    sense: int
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """A sentence with the words in it that deny something, and the things that it speaks of, each with its sense."""

    analysis: Analysis
    denials: frozenset[str]
    things: Mapping[_Key, _Thing]


def sense_of(sentence: Analysis) -> Sense:
    """A sentence's sense, made once and held against others'."""
    return Sense(sentence, denials(sentence.words), _things(sentence))


def opposition(left: Sense, right: Sense) -> Opposition | None:
    """Where two sentences say opposite things of one thing, or None.

    >>> from newsum.text.analysis import analyse
    >>> left, right = "It holds a mutual-defence clause.", "The treaty avoids a mutual defense clause."
    >>> left[slice(*opposition(sense_of(analyse(left)), sense_of(analyse(right))).left)]
    'holds a mutual-defence clause'
    """
    if left.denials & right.denials:
        return None
    ours, theirs = left.things, right.things
    alike = cosine(left.analysis.terms, right.analysis.terms) >= _ALIKE
    for key, mine in ours.items():
        other = theirs.get(key)
        if other is not None and {mine.sense, other.sense} in ({-1, 1}, {-1, 0}):
            said, whole = (other, right) if mine.sense < 0 else (mine, left)
            after = [w for w in whole.analysis.words if w.start >= said.span[1]]
            if not denials(after) and (said.sense or (alike and not whole.denials)):
                return _widened(key, ours, theirs)
    return None


def turned_down(sentence: Analysis) -> set[str]:
    """The keys of the content words that stand right after a "not", and nowhere else in the sentence."""
    text, found = sentence.text, sentence.words
    turned: set[str] = set()
    for n, word in enumerate(found):
        if _denies(word) and word.form.lower() not in _NO | _NONE:
            after = (w for w in found[n + 1 : n + 4] if w.form.lower() not in FUNCTION_WORDS)
            turned |= {w.key for w in after if text[word.end : w.start].strip(" abcdefghijklmnopqrstuvwxyz") == ""}
    return {key for key in turned if sum(w.key == key for w in found) == 1}


def _widened(key: _Key, ours: Mapping[_Key, _Thing], theirs: Mapping[_Key, _Thing]) -> Opposition:
    """The opposition with all further words that both share: "mutual-defence" grows to "mutual-defence clause"."""
    last = key
    while (wider := next((k for k in ours if k[0] == last[1] and k in theirs and k != last), None)) is not None:
        if ours[wider].span[1] <= ours[last].span[1] or theirs[wider].span[1] <= theirs[last].span[1]:
            break
        last = wider
    return Opposition(
        (ours[key].span[0], ours[last].span[1]),
        (theirs[key].span[0], theirs[last].span[1]),
    )


def may_deny(sentence: Analysis) -> bool:
    """Whether a sentence has a word of `denials`, looked at in a tenth of the time."""
    text = sentence.text.lower()
    return "n't" in text or "n’t" in text or not _DENYING.isdisjoint(map(str.lower, sentence.word_table.written))


def denials(words: Sequence[Word]) -> frozenset[str]:
    """Those words that deny something, inflection apart."""
    forms = (w.form.lower() for w in words if _denies(w))
    return frozenset("not" if f.endswith(("n't", "n’t")) else stem(f) for f in forms)


def _things(sentence: Analysis) -> Mapping[_Key, _Thing]:
    """The things that a sentence speaks of, each with its sense."""
    text, found = sentence.text, sentence.words
    passed = FUNCTION_WORDS | _NO
    content = [n for n, w in enumerate(found) if w.form.lower() not in passed and w.form[0].isalpha()]
    things: dict[_Key, _Thing] = {}
    for first, second in pairwise(content):
        sense, begins = _sense(text, found, first)
        if sense == 0 and any(_denies(w) for w in found[first + 1 : second]):
            sense = -1
        things[_folded(found[first]), _folded(found[second])] = _Thing(sense, (begins, found[second].end))
    return things


def _sense(text: str, found: tuple[Word, ...], at: int) -> tuple[int, int]:
    """(-1, 0 or 1; where the word that tells it begins), from the words before `at` in its clause."""
    sense, begins = 0, found[at].start
    between: list[str] = []  # content words from the one looked at to the thing
    for n in range(at - 1, max(-1, at - _WINDOW - 1), -1):
        word = found[n].form.lower().replace("’", "'")
        if word in _BREAKS or set(text[found[n].end : found[n + 1].start]) & set(",;:–—"):
            break
        if sense == 1 and word in _WISH:
            return 0, found[at].start
        denies_verb = (word in _NOT or word.endswith("n't")) and (sense == 1 or not between)
        if word in _NO or denies_verb or (word in _NONE and len(between) < 2):
            return (0 if is_supposed(found, n) else -1), found[n].start
        if word in _NOT or word.endswith("n't"):
            return 0, found[at].start  # "will not change the $60m": neither held up nor turned down
        if sense == 0 and word in _YES:
            sense, begins = 1, found[n].start
        if word not in FUNCTION_WORDS:
            between.append(word)
    return sense, begins


def _denies(word: Word) -> bool:
    form = word.form.lower()
    return form in _DENYING or form.endswith(("n't", "n’t"))


def is_supposed(found: tuple[Word, ...], at: int) -> bool:
    """Whether the words just before say "if" or "unless"."""
    return any(w.form.lower() in ("if", "unless", "whether") for w in found[max(0, at - _WINDOW) : at])


def _folded(word: Word) -> str:
    """The word's key with British and American spelling made one; what else that folds, it folds on both sides."""
    key = word.key
    for british, american in (("enc", "ens"), ("our", "or"), ("metr", "meter"), ("centr", "center"), ("is", "iz")):
        key = key.removesuffix(british) + american if key.endswith(british) else key
    return key
