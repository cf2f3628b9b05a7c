"""Scores a prediction against its references: ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum F1 (0..1).

The arithmetic is rouge-score's, a port of ROUGE-1.5.5 (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries",
2004), with Porter stems. Three things are newsum's own. Lsum's sentences come from newsum's splitter. Every word is
stemmed once, for stemming takes most of rouge-score's time. A text in letters that rouge-score drops (it keeps a to z)
has the words that Unicode tells, a character each where a script sets no spaces. None of them changes a digit of the
other scores of an English text. Texts are composed first (NFC), so that one word has one form.
"""

import sys
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from statistics import fmean
from typing import Any

from newsum.system.choices import Multiple
from newsum.system.patterns import regex
from newsum.text.sentences import split

__all__ = ["TYPES", "as_lines", "line_count", "rouge", "rouge_many", "tokens", "word_count"]

TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")

_STEMS = 1 << 17  # forms remembered; a year of news has about as many
_PARTS = 4  # chunks a process, so that none waits long for one with longer texts


# Letters beyond those of English, but for the few that its words borrow: "café" is "caf" to rouge-score, here as there
_FOREIGN = regex(
    "[\u0250-\u02af\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\uffdc\U00010000-\U0001bfff\U00020000-\U000323af]"
)
# A character of a script without spaces (Thai, Lao, Burmese, Khmer, Japanese, Chinese) is a word by itself
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
# Marks belong to their letter: accents, Hebrew and Arabic points, the vowels of India's scripts
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3c-\u0c4d\u0cbc-\u0ccd\u0d3c-\u0d4d"
)
_WORD = regex(rf"[{_ALONE}]|(?:(?![{_ALONE}_])[\w{_MARKS}])+")

_END = regex("[.!?\u2026\u3002\uff01\uff1f\u0964]+|\n+")
_RUN = regex(r"[a-z0-9]+")  # what rouge-score takes for a word


class _Tokenizer:
    """rouge-score's own tokenizer over a stemmer that remembers: the same tokens, sooner."""

    def __init__(self) -> None:
        from nltk.stem.porter import PorterStemmer
        from rouge_score import tokenize

        self.stem = lru_cache(maxsize=_STEMS)(PorterStemmer().stem)
        self._tokenize: Any = tokenize.tokenize

    def tokenize(self, text: str) -> list[str]:
        text = unicodedata.normalize("NFC", text)
        if not _FOREIGN.search(text):
            return list(self._tokenize(text, self))
        return [self.stem(word) if len(word) > 3 and word.isascii() else word for word in _WORD.findall(text.lower())]


_tokenizer = cache(_Tokenizer)


@cache
def _scorer() -> Any:
    tokenizer = _tokenizer()
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(TYPES), tokenizer=tokenizer)


def tokens(text: str) -> list[str]:
    """The stemmed words that ROUGE compares."""
    return _tokenizer().tokenize(text)


def word_count(text: str) -> int:
    """How many tokens a text has; none is stemmed."""
    text = unicodedata.normalize("NFC", text)
    return len(_WORD.findall(text) if _FOREIGN.search(text) else _RUN.findall(text.lower()))


def line_count(text: str) -> int:
    """How many sentences a text has at most."""
    return len(_END.findall(text)) + 1


def as_lines(text: str) -> str:
    """The text with one sentence a line, which is what rouge-score takes Lsum's sentences from."""
    return "\n".join(" ".join(text[start:end].split()) for start, end in split(text))


def rouge(prediction: str, references: Sequence[str], multiple: Multiple = "max") -> dict[str, float]:
    """The F1 of each type: over several references the best of them, or their mean, each type by itself.

    The Perl tool's "best" is the reference with the highest recall; this is the one with the highest F1.
    """
    lines = as_lines(prediction)
    scores = [_scorer().score(as_lines(reference), lines) for reference in references]
    combine: Any = max if multiple == "max" else fmean
    return {name: float(combine(score[name].fmeasure for score in scores)) for name in TYPES}


Pair = tuple[str, tuple[str, ...]]


def rouge_many(pairs: Sequence[Pair], multiple: Multiple = "max", processes: int = 1) -> list[dict[str, float]]:
    """`rouge` of every (prediction, references), in order; the digits do not depend on `processes`."""
    rouge("Warm.", ["Warm."])  # loads the stemmer and the splitter here, so that forked processes find them there
    if processes == 1 or len(pairs) < 2 * processes:
        return _part(pairs, multiple)
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    size = -(-len(pairs) // (_PARTS * processes))
    parts = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    # A forked process has everything loaded; a spawned one first takes a second or two to import nltk.
    start = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, mp_context=start) as pool:
        return [scores for part in pool.map(_part, parts, [multiple] * len(parts)) for scores in part]


def _part(pairs: Sequence[Pair], multiple: Multiple) -> list[dict[str, float]]:
    return [rouge(prediction, references, multiple) for prediction, references in pairs]
