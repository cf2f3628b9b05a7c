"""The lines of a brief in their order in; each person in full once and by surname after that, out.

A newspaper's rule (Associated Press Stylebook, "second reference"). It is kept where the story uses the surname alone,
as of a person, and has nobody else of that surname, so that no line loses whom it speaks of. A line only loses words.
"""

import re
from collections.abc import Iterator, Sequence

from newsum.language import Name, names

__all__ = ["by_surname_later"]

_TITLES = re.compile(
    r"(?:\b(?:(?:Vice )?President|Prime Minister|Chancellor|Secretary of State|Attorney General|Judge|Justice|Sen\.|"
    r"Senator|Rep\.|Representative|Congressman|Congresswoman|Gov\.|Governor|Mayor|Sheriff|Gen\.|General|"
    r"(?:House )?Speaker|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir) )+$"
)
_BEFORE = re.compile(  # not "former | President Bill Clinton", "the | Michael Flynn case", "Arizona | Gov. Jan Brewer"
    r"(?:^|[,;:—–] ?|\b(?:by|to|of|for|with|from|that|and|but|on|against|about|after|before|when|while|if|than|over|"
    r"because|how|said|told|says|\w+ed) )$"
)
_SPEAKS = r"(?:said|says|told|tells|added|tweeted|wrote|argued|testified|spoke|announced)\b"
_MISTER = r"\b(?:Mr\.?|Mrs\.?|Ms\.?|Dr\.?|President|Sen\.|Rep\.|Gov\.|Judge|Justice)"
_QUOTE_MARK = re.compile(r"[“”\"]")


def by_surname_later(lines: Sequence[str], articles: Sequence[str]) -> list[str]:
    """The lines, with title and first names left out where an earlier line has them.

    Args:
        articles: the texts of the story's articles.
    """
    told: set[tuple[str, ...]] = set()
    shorter = []
    for line in lines:
        found = [(name, _surname(line, name)) for name in names(line) if len(name.keys) == 2]
        again = [(name, last) for name, last in found if name.keys in told and _is_known(name.keys, last, articles)]
        told.update(name.keys for name, _ in found)
        shorter.append(_without(line, list(_forenames(line, again))))
    return shorter


def _surname(line: str, name: Name) -> str:
    return line[name.start : name.end].split()[-1]


def _forenames(line: str, again: Sequence[tuple[Name, str]]) -> Iterator[tuple[int, int]]:
    """Where the titles and first names stand that can go."""
    for name, last in again:
        titles = _TITLES.search(line[: name.start])
        start = titles.start() if titles is not None else name.start
        if _BEFORE.search(line[:start]) and len(_QUOTE_MARK.findall(line[:start])) % 2 == 0:
            yield start, name.end - len(last)


def _without(line: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        line = line[:start] + line[end:]
    return line


def _is_known(keys: tuple[str, ...], last: str, articles: Sequence[str]) -> bool:
    """Whether the articles call somebody by that surname alone, and nobody else."""
    alone = re.compile(rf"(?:{_MISTER} {re.escape(last)}\b|(?<![\w.] )\b{re.escape(last)} {_SPEAKS})")
    if not any(alone.search(text) for text in articles):
        return False
    full = re.compile(rf"\b([A-Z][\w’'.-]+) (?:[A-Z]\. )?{re.escape(last)}\b(?: (?:Jr|Sr)\b)?")
    first_names = {m[1] for text in articles for m in full.finditer(text)} - _NO_FIRST_NAMES
    whole = [m[0] for text in articles for m in full.finditer(text) if m[0].endswith((" Jr", " Sr"))]
    return len(first_names) <= 1 and not whole


_NO_FIRST_NAMES = frozenset(
    "President Minister Chancellor Secretary General Judge Justice Sen. Senator Rep. Representative Congressman "
    "Congresswoman Gov. Governor Mayor Sheriff Gen. Speaker Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sir And But The When While "
    "If After Before As Since In On At For With That Republican Democrat".split()
)
