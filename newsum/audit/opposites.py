"""Two sentences in; the words in which one says the opposite of the other, out.

A "not" that one of them added or lost is looked for by itself (`added_not`, `lost_not`). For `opposition` both
must speak of the same thing in the same words (two neighbouring content words, spelling and inflection apart:
"mutual-defence", "mutual defense"), and one must turn it down ("avoids", "no", "stops short of") where the other
holds it up ("has", "contains"), or where the two sentences are otherwise nearly one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from newsum.similarity.terms import cosine, terms
from newsum.summary import Span
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import Word, stem, words

__all__ = ["Opposition", "added_negation", "lost_negation", "opposition"]

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


def opposition(left: str, right: str) -> Opposition | None:
    """Where two sentences say opposite things of one thing, or None.

    >>> found = opposition("It holds a mutual-defence clause.", "The treaty avoids a mutual defense clause.")
    >>> "It holds a mutual-defence clause."[slice(*found.left)]
    'holds a mutual-defence clause'
    """
    if _turns(left) & _turns(right):
        return None
    ours, theirs = _things(left), _things(right)
    alike = cosine(terms(left), terms(right)) >= _ALIKE
    for key, mine in ours.items():
        other = theirs.get(key)
        if other is not None and {mine.sense, other.sense} in ({-1, 1}, {-1, 0}):
            said, text = (other, right) if mine.sense < 0 else (mine, left)
            if not _turns(text[said.span[1] :]) and (said.sense or (alike and not _turns(text))):
                return _widened(key, ours, theirs)
    return None


def added_negation(line: str, sources: Sequence[str]) -> Span | None:
    """The "not" of a line, with the words it turns, where no source sentence denies anything; else None.

    >>> added_negation("It did not run for ten years.", ["It runs for ten years."])
    (3, 14)
    """
    if any(_turns(source) for source in sources):
        return None
    known = {w.key for source in sources for w in words(source)}
    found = words(line)
    for n, word in enumerate(found):
        form = word.form.lower().replace("’", "'")
        if (form in _NOT or form.endswith("n't")) and found[n + 1 : n + 2] and not _supposed(found, n):
            turned = next((w for w in found[n + 1 :] if w.form.lower() not in FUNCTION_WORDS), None)
            if turned is not None and turned.key in known:
                return found[n - 1].start if n and form in _NOT else word.start, turned.end
    return None


def lost_negation(line: str, evidence: str, sources: Sequence[str]) -> Span | None:
    """The word of a line that its evidence turns down and the line does not, if no source says it plainly.

    >>> lost_negation("The minister will resign.", "The minister said he would not resign.", [])
    (13, 24)
    """
    if _turns(line) or not (turned := _turned_down(evidence)):
        return None
    plain = {w.key for source in sources if not _turns(source) for w in words(source)}
    found = words(line)
    for n, word in enumerate(found):
        if word.key in turned - plain:
            return found[max(0, n - 1)].start, word.end
    return None


def _turned_down(text: str) -> set[str]:
    """The keys of the content words that stand right after a "not", and nowhere else in the sentence."""
    found = words(text)
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


@lru_cache(maxsize=4096)
def _turns(text: str) -> frozenset[str]:
    """The words of a text that deny something, inflection apart."""
    forms = (w.form.lower() for w in words(text) if _denies(w))
    return frozenset("not" if f.endswith(("n't", "n’t")) else stem(f) for f in forms)


@lru_cache(maxsize=4096)
def _things(text: str) -> Mapping[_Key, _Thing]:
    """The things that a sentence speaks of, each with its sense."""
    found = words(text)
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
            return (0 if _supposed(found, n) else -1), found[n].start
        if word in _NOT or word.endswith("n't"):
            return 0, found[at].start  # "will not change the $60m": neither held up nor turned down
        if sense == 0 and word in _YES:
            sense, begins = 1, found[n].start
        if word not in FUNCTION_WORDS:
            between.append(word)
    return sense, begins


def _denies(word: Word) -> bool:
    form = word.form.lower().replace("’", "'")
    return form in _NOT | _NONE | _NO or form.endswith("n't")


def _supposed(found: tuple[Word, ...], at: int) -> bool:
    """Whether the words just before say "if" or "unless"."""
    return any(w.form.lower() in ("if", "unless", "whether") for w in found[max(0, at - _WINDOW) : at])


def _folded(word: Word) -> str:
    """The word's key with British and American spelling made one; what else that folds, it folds on both sides."""
    key = word.key
    for british, american in (("enc", "ens"), ("our", "or"), ("metr", "meter"), ("centr", "center"), ("is", "iz")):
        key = key.removesuffix(british) + american if key.endswith(british) else key
    return key
