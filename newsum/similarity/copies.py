"""Finds the texts that carry one text: the same article twice, or wire copy with edits.

Near-linear, in two steps. Candidates are texts that share runs of three content words, found by an index of hashed
runs (shingles: Broder 1997, "On the resemblance and containment of documents"); a text is linked only with the next
few that hold a run, so that boilerplate which thousands share costs no more than its length. A candidate is then
compared passage by passage: how many words of a passage of the shorter text stand in the same order in some window of
the longer one (longest common subsequence). That bears what editors do, where runs of five words do not: with two words
in five replaced, sentences cut, paragraphs moved and an opening of one's own, a copy is still a copy. Quotations are
left out, for many outlets quote one statement that each heard. Hashes are of the words themselves (CRC-32): nothing
depends on the process, nor on the order of the texts.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray

from newsum.system.patterns import regex
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import rarity

__all__ = ["Body", "carried", "families", "is_copy"]

Hashes = NDArray[np.uint64]

# Of 1,774 pairs of different articles on one story in allsides_train, the ten that carry one text share 0.48 to 0.87,
# all others less than 0.32. Copies with two words in five replaced at random share 0.43 or more, half of them 0.58.
_COPY = 0.4
_PASSAGE = 16  # content words, about a sentence; a window is twice as long
_NEARLY = 0.45  # of a passage's words; two reports of one event have up to a third in common, in order, by chance
_ENOUGH = 40  # words outside quotations, found in the first 1000 characters; else quotations are compared too
_GLANCE = 1000
_LEAST = 20  # words taken over, or most of a shorter text: a copyright notice makes no copies of two short notes
_WHOLE = 0.8
_AKIN = 0.25  # of the rarer words; two copies of one text have more in common, two texts that one digest carries less
_RARE = 0.5  # of the rarity of a word that is never seen: in fewer than 1 of 100 articles
_LONGEST = 5000  # content words that are looked at; the longest of 11,400 news articles has 4,215
# Not the lexicon's QUOTED: the thresholds above were set with double marks. With single ones left out too, of the 117
# stories of basil, news_cluster and ecbplus two families change, one for the better, one for the worse.
_QUOTED = regex(r"“[^“”\n]*”|\"[^\"\n]*\"")
_TWEET = regex(r"^[^\n]*\(@\w+\)[^\n]*$", re.MULTILINE)  # the paragraph that its writer's "(@name)" ends
_WORD = regex(r"\w\w+")
_LETTER = regex(r"\w")
_STOP = regex(r"[.!?\n]")
_RUN = 3  # content words of a shingle
# Copies with two words in five replaced at random share 0.08 or more of the shorter one's runs; of independent
# articles on one story, one pair in ten shares more than 0.06.
_CANDIDATE = 0.06
_FEWEST = 3  # runs; the names of one president and of one party are shared by chance
_PLAINLY = 0.5  # of the runs: there is no need to look closer. Two that print one exchange of words share 0.36
_AT_HAND = 1000  # texts whose words are kept while a heap's are compared: 20 MB
_NEIGHBOURS = 8  # texts that one text is linked with where more than so many hold a run
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)  # large and odd


def families(texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts that carry one text: a list for each family of two or more.

    The order of the texts makes no difference to who is together.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if _LETTER.search(text):
            places[text].append(place)
    distinct = sorted(places)
    found: dict[int, list[int]] = defaultdict(list)
    for text, first in zip(distinct, _joined(distinct), strict=True):
        found[first] += places[text]
    return sorted(sorted(family) for family in found.values() if len(family) > 1)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A text as it is compared with others.

    Attributes:
        unquoted: the text without quotations; as it stands where little else is left.
        words: the content words of that, the first 5,000.
    """

    text: str
    unquoted: str
    words: Sequence[str]

    @classmethod
    def of(cls, text: str) -> "Body":
        unquoted = _unquoted(text)
        return cls(text, unquoted, _content(unquoted)[:_LONGEST])


def is_copy(left: Body, right: Body) -> bool:
    """Whether one text carries the other, or a good part of it."""
    return carried(left, right) > 0


def carried(left: Body, right: Body) -> float:
    """The share that one text carries of the other, 0..1; 0 where it is no copy of it."""
    if left.text == right.text:
        return float(bool(_LETTER.search(left.text)))
    shorter, longer = sorted((left, right), key=lambda body: (len(body.words), body.text))
    least = max(_COPY, min(_LEAST / max(1, len(shorter.words)), _WHOLE))
    if _common(shorter, longer) < least:  # in order there cannot be more than in any
        return 0.0
    found = _share(shorter, longer)
    return found if found >= least else 0.0


def _share(shorter: Body, longer: Body) -> float:
    """The share, 0..1, of the shorter text that stands in the longer one nearly word for word, quotations left out."""
    passages = list(_passages(shorter.unquoted))
    found = zip(passages, _in_order(passages, longer.words), strict=True)
    taken = sum(words for passage, words in found if words >= _NEARLY * len(passage))
    return taken / max(1, sum(map(len, passages)))


def _common(shorter: Body, longer: Body) -> float:
    """The share of the shorter text's words that the longer one has, wherever they stand."""
    ours, theirs = Counter(shorter.words), Counter(longer.words)
    return sum([min(ours[word], theirs[word]) for word in ours.keys() & theirs.keys()]) / max(1, len(shorter.words))


def _akin(left: Body, right: Body) -> bool:
    """Whether two texts that others join may have one origin: else a digest of two stories would make them one."""
    words, others = ({word for word in body.words if rarity(word) >= _RARE} for body in (left, right))
    return len(words & others) >= _AKIN * min(len(words), len(others))


# --- words ------------------------------------------------------------------------------------


def _unquoted(text: str) -> str:
    unquoted = _QUOTED.sub(" ", _TWEET.sub(" ", text) if "(@" in text else text)
    return unquoted if len(unquoted[:_GLANCE].split()) >= _ENOUGH else text


def _content(text: str) -> list[str]:
    return list(filterfalse(FUNCTION_WORDS.__contains__, _WORD.findall(text.casefold())))


def _passages(unquoted: str) -> Iterator[list[str]]:
    """A text's content words in stretches of 8 to 16 that end with a sentence; a longer sentence is cut."""
    passage: list[str] = []
    for sentence in _STOP.split(unquoted):
        for word in _content(sentence):
            passage.append(word)
            if len(passage) == _PASSAGE:
                yield passage
                passage = []
        if len(passage) >= _PASSAGE // 2:
            yield passage
            passage = []
    if passage:
        yield passage


def _in_order(passages: Sequence[Sequence[str]], words: Sequence[str]) -> list[int]:
    """For each passage, the most of its words that one window of the other text has in the same order."""
    from rapidfuzz.distance import LCSseq  # 20 ms to load: only where two texts may be copies
    from rapidfuzz.process import cdist

    windows = [words[first : first + 2 * _PASSAGE] for first in range(0, max(1, len(words) - _PASSAGE), _PASSAGE)]
    letters: dict[str, str] = defaultdict(lambda: chr(len(letters)))  # strings are compared 3 times as fast as lists

    def spelt(runs: Sequence[Sequence[str]]) -> list[str]:
        return ["".join([letters[word] for word in run]) for run in runs]

    common = cdist(spelt(passages), spelt(windows), scorer=LCSseq.similarity)
    most: list[int] = common.max(axis=1, initial=0).tolist()
    return most


# --- candidates -------------------------------------------------------------------------------


def _joined(texts: Sequence[str]) -> list[int]:
    """For each text the first one of its family. Two that are together already are not compared again."""
    first = list(range(len(texts)))
    apart: set[tuple[int, int]] = set()

    def first_of(text: int) -> int:
        while first[text] != text:
            first[text] = text = first[first[text]]
        return text

    @lru_cache(maxsize=_AT_HAND)
    def body(text: int) -> Body:
        return Body.of(texts[text])

    for left, right, plainly in _candidates(len(texts), body):
        low, high = sorted((first_of(left), first_of(right)))
        if low == high or (low, high) in apart:
            continue
        is_one = plainly or is_copy(body(left), body(right))
        if is_one and ({low, high} == {left, right} or _akin(body(low), body(high))):
            first[high] = low
        else:
            apart.add((low, high))
    return [first_of(text) for text in range(len(texts))]


def _candidates(count: int, body: Callable[[int], Body]) -> Iterator[tuple[int, int, bool]]:
    """Pairs of so many texts that may be copies, the most alike first, and whether they plainly are."""
    runs = [_runs(body(text)) for text in range(count)]
    sizes = np.array([len(r) for r in runs])
    if not sizes.sum():
        return
    hashes, owners = np.concatenate(runs), np.repeat(np.arange(count), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    links = []
    for step in range(1, min(_NEIGHBOURS, count) + 1):  # each text has a run once
        same = hashes[step:] == hashes[:-step]
        links.append(owners[:-step][same] * count + owners[step:][same])
    pairs, common = np.unique(np.concatenate(links), return_counts=True)
    left, right = np.divmod(pairs, count)
    smaller = np.minimum(sizes[left], sizes[right])
    shares = common / smaller
    kept = np.flatnonzero((shares >= _CANDIDATE) & (common >= np.minimum(_FEWEST, smaller)))
    for pair in kept[np.argsort(-shares[kept], kind="stable")]:
        yield int(left[pair]), int(right[pair]), bool(shares[pair] >= _PLAINLY and common[pair] >= _LEAST)


def _runs(body: Body) -> Hashes:
    """Hashes of a text's runs of three content words, each once; of all its words where it has fewer."""
    encoded = " ".join(body.words).encode("utf-8", "surrogatepass").split()
    words: Hashes = np.array(list(map(zlib.crc32, encoded)), dtype=np.uint64)
    if len(words) < _RUN:
        return np.full(min(1, len(words)), words.sum(dtype=np.uint64))
    runs: Hashes = words[:-2] * _FACTORS[0] + words[1:-1] * _FACTORS[1] + words[2:] * _FACTORS[2]
    runs.sort()
    return np.extract(np.append(True, runs[1:] != runs[:-1]), runs)
