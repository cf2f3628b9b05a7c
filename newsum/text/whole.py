"""Says whether a line is a whole sentence, by its signs.

In: a line that a model wrote. Out: whether it has a verb of its own, its subject beside it, closed marks and no word
twice running. It knows some verbs only, so that a sound sentence with a rare one is refused.
"""

import re

from newsum.system.patterns import regex
from newsum.text.lexicon import AUXILIARIES, PAST, any_of
from newsum.text.words import word_count

__all__ = ["is_sentence"]

_SHORTEST = 6  # words
_PRESENT = frozenset(  # and what the ending "ed" is too short for
    "says dies wants plans faces seeks needs remain remains begins comes goes makes takes gives calls shows finds "
    "expects leads holds runs becomes appears seems means includes requires allows cut hit put set died used".split()
)
# What follows a verb and no noun in the plural: "bars the sale", "shows how"
_OBJECT = "the|a|an|its|his|her|their|it|him|them|no|how|why|whether"
_VERB = regex(  # but after an article, as in "the altered video"
    r"(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\b[Aa]n )(?<!\b[Ii]ts )(?<!\b[Hh]is )(?<!\b[Hh]er )(?<!\b[Tt]heir )"
    rf"\b(?:{any_of(AUXILIARIES - {'be', 'been'} | PAST | _PRESENT)}|\w{{3,}}ed)\b"
    rf"|\b\w{{2,}}n['’]t\b|\b\w{{2,}}[^\Ws]s(?= (?:{_OBJECT})\b)|(?<=\balso )\w{{2,}}[^\Ws]s\b"
)
_OPENS_PHRASE = frozenset(
    "in on at after before amid during following since despite as while when where throughout near outside inside "
    "within across around because ahead".split()
)
_OPENS_CLAUSE = frozenset("who which where when while as after before because although though since".split())
_BROKEN = regex(
    r"\b(\w+) \1\b|,\s*[,.]|\.\.|\(\s*\)|\s[.,]|\s['’](?:s|re|ve|ll|d|t|m)?(?=[\s.,])|[\w,] - \w", re.IGNORECASE
)
_SIDE_CLAUSE = regex(r"(?:,| [—–]) (?:who|which|where|when|whose)\b[^,—–]*(?:,|[—–]|\.$)")
_APPOSED = regex(
    r"^((?:the )?[A-Z][^,]*), (?:a|an|the) [^,]*\.$"
)  # "Billy Graham, the preacher whose ministry changed lives."
_RELATIVE_VERB = regex(r"\b(?:who|which)(?: \w+ly)? \w+")  # "the leader who plans": the verb is not the line's own


def is_sentence(line: str) -> bool:
    """Whether a line is a whole sentence.

    >>> is_sentence("The crews of the ferries walked out."), is_sentence("The crews of the ferries in the port.")
    (True, False)
    >>> is_sentence("The jump back to last year didn’t happen.")
    True
    >>> is_sentence("The bill also bars the sale."), is_sentence("The new ferries of the port of Osterland.")
    (True, False)
    """
    main = _RELATIVE_VERB.sub(" ", _SIDE_CLAUSE.sub(" ", _without_apposition(line)))
    return (
        word_count(line) >= _SHORTEST
        and line.endswith((".", ".”", '."'))
        and line.count("(") == line.count(")")
        and sum(line.count(mark) for mark in '“”"') % 2 == 0
        and bool(_VERB.search(main))
        and not _BROKEN.search(line)
        and not _parts_subject_from_verb(line)
        and not _lacks_main_clause(line)
    )


def _lacks_main_clause(line: str) -> bool:
    """Whether a clause that depends on another stands with less than that: "As the court met, Governor Quill." """
    before, comma, rest = line.partition(", ")
    return bool(comma) and before.split()[0].lower() in _OPENS_PHRASE | _OPENS_CLAUSE and not _VERB.search(rest)


def _parts_subject_from_verb(line: str) -> bool:
    """Whether a comma stands between them, what it closed being lost: "Rui Castanheda, accused the club"."""
    first, comma, rest = line.partition(", ")
    if not comma or first.split()[0].lower() in _OPENS_PHRASE or _VERB.search(first) or not _VERB.match(rest):
        return False
    closed = (_VERB.match(rest, mark.end()) for mark in re.finditer(", ", rest))  # "The trial, called K-3, followed"
    return not any(closed)


def _without_apposition(line: str) -> str:
    """A line of one name and what it is, less what it is."""
    found = _APPOSED.match(line)
    if found is None:
        return line
    name = found[1]
    opens = name.split()[0].lower() in _OPENS_PHRASE | _OPENS_CLAUSE or _VERB.search(name)
    return line if opens else name
