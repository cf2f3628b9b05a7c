"""Says why a written line must not be printed, from its source sentences; nothing where it may be.

A line passes when it is a clean cut of one source sentence, or two clean cuts joined by "and" or "while": its
words stand in the source in that order, and what was left out between them is something that a sentence can lose
(deletion_rules.py). So a description cannot move from one person to another, and no line claims more than its source.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from newsum.checking import find
from newsum.compression.deletion_rules import (
    CLAUSE_HEADS,
    PHRASE_HEADS,
    VERB,
    Token,
    may_lose_lead,
    may_lose_middle,
    may_lose_tail,
    opens_adverbial,
    tokens,
)
from newsum.compression.removable import without_weekdays
from newsum.text.analysis import Analysis
from newsum.text.readable import stands_alone
from newsum.text.words import word_count

__all__ = ["is_clean_cut", "is_faultless", "is_sentence", "objections"]

_QUOTE = re.compile(r"[“\"][^“”\"]*[”\"]")


def objections(line: Analysis, sources: Sequence[Analysis]) -> tuple[str, ...]:
    """Why a written line must not be printed; empty when nothing speaks against it."""
    return tuple(reason for reason, holds in _objections(line, sources) if holds)


def is_faultless(line: Analysis, sources: Sequence[Analysis]) -> bool:
    """Whether nothing speaks against a written line."""
    return not any(holds for _, holds in _objections(line, sources))


@lru_cache(maxsize=1024)  # a cut is asked for before the model reads it, and after
def is_clean_cut(line: str, source: str) -> bool:
    """Whether what rules left of a sentence is a whole one; nothing else of `objections` held of 2,600 cuts."""
    return is_sentence(line) and stands_alone(line) and _is_cut(line, source)


def _objections(line: Analysis, sources: Sequence[Analysis]) -> Iterator[tuple[str, bool]]:
    """The quickest to tell come first."""
    text, texts = line.text, [source.text for source in sources]
    yield "it is no whole sentence", not (is_sentence(text) and stands_alone(text))
    joined = line.size <= _LONGEST and _is_joined(text, texts)
    yield "it is no clean cut of its sources", not (joined or _is_cut_of_one(text, texts))
    found = {finding.kind for finding in find(line, sources)}
    for kind in ("figure", "name", "word", "quotation"):
        yield f"a {kind} is not in its evidence", kind in found
    yield "it turns its evidence round", not found.isdisjoint(("negation", "direction", "hedge"))


# --- grammar --------------------------------------------------------------------------------------

_SHORTEST = 6  # words
_LONGEST = 40  # words of two joined
_BROKEN = re.compile(
    r"\b(\w+) \1\b|,\s*[,.]|\.\.|\(\s*\)|\s[.,]|\s['’](?:s|re|ve|ll|d|t|m)?(?=[\s.,])|[\w,] - \w", re.IGNORECASE
)
_SIDE_CLAUSE = re.compile(r"(?:,| [—–]) (?:who|which|where|when|whose)\b[^,—–]*(?:,|[—–]|\.$)")
_APPOSED = re.compile(
    r"^((?:the )?[A-Z][^,]*), (?:a|an|the) [^,]*\.$"
)  # "Billy Graham, the preacher whose ministry changed lives."
_RELATIVE_VERB = re.compile(r"\b(?:who|which)(?: \w+ly)? \w+")  # "the leader who plans": the verb is not the line's own


def is_sentence(line: str) -> bool:
    """Whether a line is a whole sentence by its signs: a verb of its own, closed marks, no word twice running."""
    main = _RELATIVE_VERB.sub(" ", _SIDE_CLAUSE.sub(" ", _without_apposition(line)))
    return (
        word_count(line) >= _SHORTEST
        and line.endswith((".", ".”", '."'))
        and line.count("(") == line.count(")")
        and sum(line.count(mark) for mark in '“”"') % 2 == 0
        and bool(VERB.search(main))
        and not _BROKEN.search(line)
        and not _parts_subject_from_verb(line)
        and not _lacks_main_clause(line)
    )


def _lacks_main_clause(line: str) -> bool:
    """Whether a clause that depends on another stands with less than that: "As the court met, Governor Quill." """
    before, comma, rest = line.partition(", ")
    return bool(comma) and before.split()[0].lower() in PHRASE_HEADS | CLAUSE_HEADS and not VERB.search(rest)


def _parts_subject_from_verb(line: str) -> bool:
    """Whether a comma stands between them, what it closed being lost: "Rui Castanheda, accused the club"."""
    first, comma, rest = line.partition(", ")
    if not comma or first.split()[0].lower() in PHRASE_HEADS or VERB.search(first) or not VERB.match(rest):
        return False
    closed = (VERB.match(rest, mark.end()) for mark in re.finditer(", ", rest))  # "The trial, called K-3, followed"
    return not any(closed)


def _without_apposition(line: str) -> str:
    """A line of one name and what it is, less what it is."""
    found = _APPOSED.match(line)
    opens = found is not None and (found[1].split()[0].lower() in PHRASE_HEADS | CLAUSE_HEADS or VERB.search(found[1]))
    return line if found is None or opens else found[1]


# --- cuts -------------------------------------------------------------------------------------------


def _is_cut_of_one(line: str, sources: Sequence[str]) -> bool:
    return any(_is_cut(line, source) for source in sources)


def _is_joined(line: str, sources: Sequence[str]) -> bool:
    """Whether the line is a cut of one source, a joint, and a cut of another that stands alone."""
    for found in re.finditer(r",? (and|while) ", line):
        head, tail = line[: found.start()] + ".", line[found.end() :]
        tail = tail[:1].upper() + tail[1:]
        if word_count(tail) < 5 or word_count(head) < 5 or not stands_alone(tail) or not VERB.search(tail):
            continue
        if any(_is_cut(head, a) and _is_cut(tail, b) for a in sources for b in sources if a is not b):
            return True
    return False


def _is_cut(line: str, source: str) -> bool:
    """Whether the line is the source less what a sentence can lose; its weekdays may go with something beside them."""
    return _loses_parts(line, source) or (
        (shorter := without_weekdays(source)) != source and _loses_parts(line, shorter)
    )


def _loses_parts(line: str, source: str) -> bool:
    whole = tokens(source)
    places = _alignments([w.key for w in tokens(line)], [w.key for w in whole])
    return any(_leaves(line, own, whole, source) for own in places)


def _leaves(line: str, places: Sequence[int], whole: Sequence[Token], source: str) -> bool:
    """Whether the source can lose what stands between and around the places of the line's words."""
    if _cuts_a_quotation(places, whole, source):
        return False
    if not may_lose_lead(whole[: places[0]], whole[places[0]], source):
        return False
    for before, after in pairwise(places):
        if after > before + 1 and not may_lose_middle(whole, before, after, source):
            return False
    if _is_aside(whole[places[0]], source[whole[places[-1]].end :], line):
        return False
    return may_lose_tail(whole, places[-1], source)


def _alignments(kept: Sequence[str], whole: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Where the line's words may stand: of "a treaty on Friday" in "a treaty on gas on Friday", either "on"."""
    first = _fewest_gaps(kept, whole)
    if first is None:
        return
    yield first
    last = _fewest_gaps(kept[::-1], whole[::-1])
    if last is not None and (mirrored := tuple(len(whole) - 1 - n for n in reversed(last))) != first:
        yield mirrored


def _is_aside(first: Token, rest: str, line: str) -> bool:
    """Whether the line is only what stands before its source's comma: "When the storm came | , homes lost power"."""
    return opens_adverbial(first) and "," in rest and "," not in line


def _fewest_gaps(kept: Sequence[str], whole: Sequence[str]) -> tuple[int, ...] | None:
    """Where the kept words stand in the source, in order, with as few gaps as can be; None if they do not."""
    if not kept:
        return None
    places: dict[str, list[int]] = {}
    for j, word in enumerate(whole):
        places.setdefault(word, []).append(j)
    best: dict[int, tuple[int, tuple[int, ...]]] = {j: (0, (j,)) for j in places.get(kept[0], ())}
    for key in kept[1:]:
        reached: dict[int, tuple[int, tuple[int, ...]]] = {}
        for j in places.get(key, ()):
            if ways := [(gaps + (j != i + 1), path) for i, (gaps, path) in best.items() if i < j]:
                gaps, path = min(ways)
                reached[j] = (gaps, (*path, j))
        best = reached
    return min(best.values())[1] if best else None


def _cuts_a_quotation(places: Sequence[int], whole: Sequence[Token], source: str) -> bool:
    """Whether a quotation is kept in part."""
    held = set(places)
    for quote in _QUOTE.finditer(source):
        inside = [n in held for n, w in enumerate(whole) if quote.start() <= w.start < quote.end()]
        if any(inside) and not all(inside):
            return True
    return False
