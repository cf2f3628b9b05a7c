"""Tells what language a text is in, English first: by its words, and by py3langid only where these do not say."""

from functools import lru_cache

from newsum.text.words import forms, usually_capital

__all__ = ["language", "looks_english"]

_COMMONEST = frozenset(  # of English news, without those that are words of Spanish, German, French or Dutch too
    """the of and to that is was for with are were has have had been by this from his their who which would not
    will said it at he they but after about""".split()
)
# Of a text's words; 0.19 to 0.33 in 98% of 972 English articles, 0.11 in Dutch, 0 to 0.02 in others.
_COMMON_SHARE = 0.15
_KNOWN_SHARE = 0.7  # of a text's words stand in English news; lists and headings too, where 0.51 is French's share
_BEGINS = 3000  # characters
_ROUNDING = 1e-9
_TELLING = 100  # characters; language is guessed wrong for 1 title in 20, for none of 3,900 articles with more


def looks_english(text: str) -> bool:
    """Whether a text is English: by its commonest function words, or else because English news has its words."""
    beginning = text[:_BEGINS]
    counts = list(map(_counted, beginning.split()))
    words, common = sum([own for own, _ in counts]), sum([of_these for _, of_these in counts])
    if common >= _COMMON_SHARE * words - _ROUNDING:
        return True
    return sum(usually_capital(form) is not None for form in _alphabetic(beginning)) >= _KNOWN_SHARE * words


@lru_cache(maxsize=20_000)  # runs, of which news has the same over and over; a look-up takes a tenth of the time
def _counted(run: str) -> tuple[int, int]:
    """How many words stand between two spaces, and how many of them are of the commonest."""
    found = _alphabetic(run)
    return len(found), sum(form.lower() in _COMMONEST for form in found)


def _alphabetic(text: str) -> list[str]:
    return [form for form in forms(text) if form[0].isalpha()]


def language(text: str) -> str:
    """The code of the language ("en"); "" where there is too little text to tell."""
    if len(text) < _TELLING:
        return ""
    if any(map(str.isalpha, text)) and looks_english(text):
        return "en"
    import py3langid  # takes a second: only where something may not be English

    return str(py3langid.classify(text)[0])
