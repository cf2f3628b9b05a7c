"""Takes out of a model's answer what is not news, and says what was found where nothing else is left.

In: the text that a model wrote when it was asked for a brief, and the story's outlets.
Out: an `Answer`: its lines, each with the outlets that its own tags name; what it credits as a whole; notices.

A model greets, labels, explains, refuses, thinks aloud, repeats itself and breaks off. Greetings and explanations go
from both ends of an answer, never from its midst, where the same words may be news. Markdown, lists, headings, tags
and lists of sources are parsing.py's work. Whether what is left is true is the guard's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsum.briefs.outlet_tags import Outlets
from newsum.briefs.parsing import Credit, GivenLine, read_brief
from newsum.text.lexicon import ASSISTANT_OPENERS, BRIEF_NAMES, QUOTED, REFUSALS, SPEAKER, any_of, plain_marks
from newsum.text.words import word_count

__all__ = ["Answer", "read_answer"]

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)|\A.*</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$", re.MULTILINE)
_REFUSING = re.compile(rf"(?:{any_of(REFUSALS)})\b")
_TURNING = re.compile(rf"(?:{any_of((*ASSISTANT_OPENERS, *REFUSALS))})\b")
_OF_THE_TEXT = re.compile(rf"\b(?:{any_of(BRIEF_NAMES)})s?\b")
_OF_THE_TWO = re.compile(rf"\b(?:{any_of({word.lower() for word in SPEAKER})})\b")
_LABEL = re.compile(rf"(?:[\w-]+ ){{0,3}}(?:{any_of(BRIEF_NAMES)})s?:\s+", re.IGNORECASE)
_ANNOUNCED = re.compile(r"[^:“”\"]{2,200}?:\s+")
_ENDED = re.compile(r"[.!?…‽][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+")
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


def read_answer(text: str, outlets: Outlets) -> Answer:
    """The news in a model's answer.

    >>> read_answer("Sure! Here is the brief:\\n\\n- It rained. [BBC]", Outlets(["BBC"])).lines
    (GivenLine(text='It rained.', claimed=('BBC',), nowhere=()),)
    """
    brief = read_brief(_FENCE.sub("", _THOUGHTS.sub("", text)), outlets)
    peeled = _peeled([_without_label(line) for line in brief.lines])
    lines = tuple(_whole(list(_once(line for line in peeled if not line.text.endswith(":")))))
    return Answer(lines, brief.credits, tuple(_notices(brief.lines, lines)))


def _notices(written: Iterable[GivenLine], kept: Iterable[GivenLine]) -> Iterator[str]:
    refusal = next((line.text for line in written if _turns(line.text, _REFUSING)), None)
    if refusal is not None:
        yield f"The model declined to write: “{refusal:.{_SHOWN}}”"
    elif not any(kept):
        yield "The model wrote nothing that could be a line."


def _without_label(line: GivenLine) -> GivenLine:
    """The line without "Summary:" or "Here's the brief:" before it."""
    label = _LABEL.match(line.text)
    if label is None and _turns(line.text) and (said := _ANNOUNCED.match(line.text)) and _OF_THE_TEXT.search(said[0]):
        label = said
    return GivenLine(line.text[label.end() :], line.claimed) if label else line


def _peeled(lines: list[GivenLine]) -> list[GivenLine]:
    """The lines without those at either end that turn to whom the model answers."""
    first, last = 0, len(lines)
    while first < last and _turns(lines[first].text):
        first += 1
    while last > first and _turns(lines[last - 1].text):
        last -= 1
    return lines[first:last]


def _turns(text: str, opening: re.Pattern[str] = _TURNING) -> bool:
    """Whether a line speaks to whom the model answers, not of the news; what is quoted is news."""
    said = QUOTED.sub("“”", plain_marks(text) if text[:1] not in "“‘" else text).casefold().lstrip("([*_ ")
    if not opening.match(said):
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
