"""Takes out of a model's answer what is not news, and says what was found where nothing else is left.

In: the text that a model wrote when it was asked for a brief, and the story's outlets.
Out: an `Answer`: its lines, each with the outlets that its own tags name; what it credits as a whole; notices.

A model greets, labels, explains, refuses, thinks aloud, says over what it was told, repeats itself and breaks off.
Greetings, and remarks on the text itself, go from both ends of an answer, never from its midst, where the same words
may be news. What the answer is wrapped in is unwrapping.py's work; Markdown, lists, headings, tags and lists of sources
are parsing.py's. Whether what is left is true is the guard's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from newsum.briefs.outlet_tags import Outlets
from newsum.briefs.parsing import Credit, GivenLine, read_brief
from newsum.briefs.unwrapping import unwrapped
from newsum.system.patterns import regex
from newsum.text.lexicon import (
    ASSISTANT_OPENERS,
    BRIEF_NAMES,
    QUOTED,
    REFUSALS,
    SAYS_OF_BRIEFS,
    SAYS_OF_REPORTS,
    SPEAKER,
    any_of,
    plain_marks,
)
from newsum.text.words import word_count

__all__ = ["Answer", "read_answer"]

_REFUSING = regex(rf"(?:{any_of(REFUSALS)})\b")
_TURNING = regex(rf"(?:{any_of((*ASSISTANT_OPENERS, *REFUSALS))})\b")
_OF_THE_TEXT = regex(rf"\b(?:{any_of(BRIEF_NAMES)})s?\b")
_OF_THE_TWO = regex(rf"\b(?:{any_of({word.lower() for word in SPEAKER})})\b")
_LABEL = regex(
    rf"(?:(?:[\w-]+ ){{0,3}}(?:{any_of(BRIEF_NAMES)})s?|assistant|tl;?dr|(?:option|version) \w{{1,2}}):\s+",
    re.IGNORECASE,
)
_RUN_IN = regex(  # "**Strike:** Crews walked out.", the words in bold
    r"^(?P<mark>\s*(?:[-*+•]\s+|\(?\d{1,3}[.)]\s+)?)\*\*(?P<said>[^*\n]{1,60}?)(?::\*\*|\*\*:)\s+(?=\S)", re.MULTILINE
)
_OWN_TEXT = r"(?:news )?(?:brief|summary|digest|roundup|overview)s?"
_REMARK = regex(
    rf"(?:the|this|these|my|our|above) (?:{_OWN_TEXT}(?: above)? (?:{any_of(SAYS_OF_BRIEFS)})"
    rf"|(?:news )?(?:reports?|articles?|texts?|stor(?:y|ies)) (?:{any_of(SAYS_OF_REPORTS)}))\b"
)
_HEADING = regex(rf"(?:^|.*\s){_OWN_TEXT}$")  # what ends so, without a full stop, is no line
_ANNOUNCED = regex(r"[^:“”\"]{2,200}?:\s+")
_ENDED = regex(r"[.!?…‽][\"'”’»)\]]*$")
_WORD = regex(r"\w+")
_SYMBOLS = frozenset({"So", "Sk", "Cf", "Mn"})  # of Unicode: pictures, and what joins or varies them
_ECHOED = 4  # words; fewer may be the news's own
_SHORTEST = 5  # words; an opener alone is a greeting ("Sure!"), with more it must speak of the text or the two
_LOOPING = 0.6  # of a line's trigrams are its first of their kind; in news lines of 12 words and more 95% at least
_LOOPED_FROM = 12  # words
_SHOWN = 120  # characters of a refusal in a notice


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote.

    Attributes:
        credits: the words that credit outlets for the whole of it.
        notices: what the reader should know: that it declined, or wrote nothing.
    """

    lines: tuple[GivenLine, ...]
    credits: tuple[Credit, ...] = ()
    notices: tuple[str, ...] = ()


def read_answer(text: str, outlets: Outlets, *, told: str = "") -> Answer:
    """The news in a model's answer.

    Args:
        told: what the model was told beside the articles, which some say over.

    >>> read_answer("Sure! Here is the brief:\\n\\n- It rained. [BBC]", Outlets(["BBC"])).lines
    (GivenLine(text='It rained.', claimed=('BBC',), nowhere=()),)
    """
    brief = read_brief(_without_run_ins(unwrapped(text), outlets), outlets)
    peeled = _peeled([_without_label(line) for line in brief.lines if not _is_echo(line.text, told)])
    lines = tuple(_whole(list(_once(line for line in peeled if not line.text.endswith((":", "?"))))))
    return Answer(lines, brief.credits, tuple(_notices(brief.lines, lines)))


def _notices(written: Iterable[GivenLine], kept: Iterable[GivenLine]) -> Iterator[str]:
    refusal = next((line.text for line in written if _turns(line.text, _REFUSING)), None)
    if refusal is not None:
        yield f"The model declined to write: “{refusal:.{_SHOWN}}”"
    elif not any(kept):
        yield "The model wrote nothing that could be a line."


def _without_label(line: GivenLine) -> GivenLine:
    """The line without "Summary:" or "Here's the brief:" before it."""
    line = replace(line, text=_without_symbols(line.text))
    label = _LABEL.match(line.text)
    if label is None and _turns(line.text) and (said := _ANNOUNCED.match(line.text)) and _OF_THE_TEXT.search(said[0]):
        label = said
    return GivenLine(line.text[label.end() :], line.claimed) if label else line


def _without_symbols(text: str) -> str:
    """The text without a newspaper's or a ferry's picture before and after it."""
    first, last = 0, len(text)
    while first < last and unicodedata.category(text[first]) in _SYMBOLS:
        first += 1
    while last > first and unicodedata.category(text[last - 1]) in _SYMBOLS:
        last -= 1
    return text[first:last].strip()


def _without_run_ins(text: str, outlets: Outlets) -> str:
    """The text without the headings that stand in bold before a row's first sentence; an outlet's name is its tag."""
    return _RUN_IN.sub(lambda found: found[0] if outlets.listed(found["said"]) else found["mark"], text)


def _is_echo(text: str, told: str) -> bool:
    """Whether a line is said over from what the model was told."""
    words = _WORD.findall(text.casefold())
    return len(words) >= _ECHOED and f" {' '.join(words)} " in f" {' '.join(_WORD.findall(told.casefold()))} "


def _peeled(lines: list[GivenLine]) -> list[GivenLine]:
    """The lines without asides at either end."""
    first, last = 0, len(lines)
    while first < last and _is_aside(lines[first].text):
        first += 1
    while last > first and _is_aside(lines[last - 1].text):
        last -= 1
    return lines[first:last]


def _is_aside(text: str) -> bool:
    """Whether a line is not of the news but to whom the model answers, or of the text that it writes."""
    said = plain_marks(text).casefold().lstrip("([*_ ")
    return _turns(text) or bool(_REMARK.match(said) or _HEADING.fullmatch(said))


def _turns(text: str, opening: re.Pattern[str] = _TURNING) -> bool:
    """Whether a line speaks to whom the model answers, not of the news; what is quoted is news."""
    said = QUOTED.sub("“”", plain_marks(text) if text[:1] not in "“‘" else text).casefold().lstrip("([*_ ")
    if not opening.match(said.replace(",", "")):
        return False
    return word_count(said) < _SHORTEST or bool(_OF_THE_TEXT.search(said) or _OF_THE_TWO.search(said))


def _once(lines: Iterable[GivenLine]) -> Iterator[GivenLine]:
    """The lines that say what none before them said word for word, and that do not go round in circles."""
    said = "\n"
    for line in lines:
        words = _WORD.findall(line.text.casefold())
        key = f" {' '.join(words)} "
        if words and key not in said and not _loops(words):
            said += f"{key}\n"
            yield line


def _loops(words: list[str]) -> bool:
    trigrams = list(zip(words, words[1:], words[2:], strict=False))
    return len(words) >= _LOOPED_FROM and len(set(trigrams)) < _LOOPING * len(trigrams)


def _whole(lines: list[GivenLine]) -> list[GivenLine]:
    """The lines without a last one that was broken off: it lacks the full stop that the one before it has."""
    broken = len(lines) > 1 and not _ENDED.search(lines[-1].text) and _ENDED.search(lines[-2].text)
    return lines[:-1] if broken else lines
