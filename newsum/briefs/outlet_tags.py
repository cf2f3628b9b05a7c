"""Reads the words that name outlets in a text.

In: a text's tags. Out: the outlets that they credit.

A name counts as an outlet where it is one of the articles' outlets or one that newsum.outlets.names knows;
"(Halmstrand)" or "(up 5%)" is text. Within a tag several names may stand, as people write them: "[BBC; Reuters]",
"(BBC, Al Jazeera and AP)", "(source: Reuters)", "(also: The Guardian; carried by The Post)".
"""

import re
from collections.abc import Iterable, Mapping

from newsum.outlets.names import canonical, from_url, is_host, outlet_key
from newsum.system.patterns import regex
from newsum.text.lexicon import MONTH

__all__ = ["Outlets"]

_LEAD = regex(
    r"^(?:(?:as )?(?:also|sources?|via|per|from|credits?|credited (?:to|from)|(?:first )?reported by|reporting by|"
    r"according to|carried by|same text in|citing|with|and|see)\b:?\s*|&\s*)+",
    re.IGNORECASE,
)
_SEPARATORS = (r"\s*;\s*", r"\s*[,|]\s*", r"\s+(?:and|&|\+|/)\s+|\s*[/+]\s*")
_CITING = regex(r",?\s*\bciting\s[^;]*")  # "[BBC, citing Reuters; CNN]" credits the BBC and CNN
_NOBODY = regex(r"no source found(?:; nearest: .*)?")  # newsum's own tag for a line that nobody is credited with
_WRAPPING = " \t*_\"'“”‘’.:"
_LONGEST_NAME = 60  # characters; no outlet's name is longer
_URL = regex(r"https?://\S+")
_DATED = regex(rf",\s*(?:(?:\d{{1,2}} )?{MONTH}\.?(?: \d{{1,2}})?(?:,? \d{{4}})?|\d{{4}}(?:-\d\d-\d\d)?)$")
_LEAST_TITLE = 8  # letters; a shorter one may stand anywhere
# Prose that credits a report to an outlet. "said" is left out: a story may be about an outlet.
_PROSE = (
    r"\b(?i:according to|told|(?:reported|seen|reviewed|obtained|analysis) by|interview with)\s+(?:the\s+)?"
    r"(?:{names})\b(?!['’]s\b)|\b(?:{names})\s+(?:has\s+|had\s+|also\s+)*(?:reports?|reported|writes|wrote)\b"
)


class Outlets:
    """The names by which a story's outlets, and outlets at large, may be credited."""

    def __init__(self, labels: Iterable[str], articles: Iterable[tuple[str, str | None, str]] = ()) -> None:
        """The outlets' names, and each article's name, address and title."""
        self._labels = {outlet_key(label): label for label in labels}
        known = [(label, _address(url or ""), outlet_key(title)) for label, url, title in articles]
        self._addresses = {address: label for label, address, _ in known if address}
        self._hosts = {address.partition("/")[0]: label for label, address, _ in known if address}
        self._titles = {title: label for label, _, title in known if len(title) >= _LEAST_TITLE}
        self._footnotes: Mapping[str, str] = {}
        names = sorted((re.sub(r"^The\s+", "", n) for n in self._labels.values()), key=len, reverse=True)
        self._prose = re.compile(_PROSE.format(names="|".join(map(re.escape, names)) or r"(?!)"))

    def with_footnotes(self, numbered: Mapping[str, str]) -> None:
        """Let "[2]" stand for the outlet that a closing list gives that number."""
        self._footnotes = numbered

    def leads(self, number: str) -> str:
        """The outlet that the list of sources gives a number; "" where it has none."""
        return self._footnotes.get(number, "")

    @property
    def has_list(self) -> bool:
        """Whether a list of sources numbers anything."""
        return bool(self._footnotes)

    def article_at(self, url: str) -> str:
        """The outlet of the article at an address; "" where none of the articles stands there."""
        return self._addresses.get(_address(url), "")

    def titled(self, text: str) -> str:
        """The outlet of the article whose title stands in a text."""
        letters = outlet_key(text)
        return next((label for title, label in self._titles.items() if title in letters), "")

    def behind(self, url: str) -> str:
        """The outlet at an address or host, known or not; "" where it names none."""
        if label := self.article_at(url):
            return label
        host = _address(url).partition("/")[0]
        if label := self._hosts.get(host) or next((self._labels[p] for p in host.split(".") if p in self._labels), ""):
            return label
        if host and (within := [label for known, label in self._hosts.items() if known.endswith(f".{host}")]):
            return within[0]
        outlet = from_url(url)[0]
        return self._labels.get(outlet_key(outlet), outlet)

    def named(self, name: str) -> str:
        """The outlet that a name stands for, as the articles write it; "" where it names none."""
        name = re.sub(r"\s*\(outlet guessed\)$", "", name.strip()).strip(_WRAPPING)
        if not name or len(name) > _LONGEST_NAME or "\n" in name:
            return ""
        if label := self._labels.get(outlet_key(name)) or self._labels.get(outlet_key(canonical(name))):
            return label
        if is_host(name) and (at_host := self.behind(name)) in self._labels.values():
            return at_host
        if not (name[0].isupper() or name[0].isdigit()) and not is_host(name) and not name.startswith("the "):
            return ""
        return self._shortened(name) or _known(name)

    def _shortened(self, name: str) -> str:
        """ "Meridian Press" for the one outlet whose name so begins; a single word may be a town."""
        key = outlet_key(name)
        begun = [label for known, label in self._labels.items() if known.startswith(key)]
        return begun[0] if len(begun) == 1 and len(name.split()) > 1 else ""

    def listed(self, content: str) -> tuple[str, ...] | None:
        """The outlets of a tag or list, in order; None where any part of it names none.

        >>> Outlets(["BBC", "Northgate Wire"]).listed("Northgate Wire, Reuters and the BBC")
        ('Northgate Wire', 'Reuters', 'BBC')
        >>> Outlets(["BBC"]).listed("BBC, up 5%") is None
        True
        """
        content = _DATED.sub("", content)
        bare = _LEAD.sub("", content.strip()).strip()
        if name := self.named(content) or self.named(bare):
            return (name,)
        for separator in _SEPARATORS:
            parts = [part for part in re.split(separator, bare) if part.strip()]
            if len(parts) > 1:
                lists = [self.listed(part) for part in parts]
                return None if None in lists else tuple(dict.fromkeys(n for names in lists if names for n in names))
        return None

    def tag(self, content: str) -> tuple[str, ...] | None:
        """The outlets in a pair of brackets; None where it is text."""
        if _NOBODY.fullmatch(content.strip()):
            return ()
        if _URL.fullmatch(content.strip()):
            return (name,) if (name := self.behind(content.strip())) else None
        return self.listed(_CITING.sub("", content) or content)

    def in_prose(self, text: str) -> tuple[str, ...]:
        """The story's outlets that a sentence credits in so many words: "according to Reuters"."""
        credited = (m[0] for m in self._prose.finditer(text))
        found = (label for words in credited for label in self._labels.values() if _core(label) in words)
        return tuple(dict.fromkeys(found))

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The story's outlets whose names stand anywhere in a text, in its order."""
        found = [(text.index(_core(label)), label) for label in self._labels.values() if _core(label) in text]
        return tuple(label for _, label in sorted(found))


def _address(url: str) -> str:
    """An address without what differs between two spellings of it: "www.", the fragment, who sent the reader."""
    bare = re.sub(r"#.*$", "", re.sub(r"^(?:https?:)?//", "", url.strip(), flags=re.IGNORECASE))
    host, slash, path = bare.partition("/")
    path = re.sub(r"[?&](?:utm_\w+|ref|src|source|fbclid|gclid)=[^&]*", "", path)
    return re.sub(r"^(?:www\d?|m|amp)\.", "", host.lower()) + (slash + path).rstrip("/")


def _known(name: str) -> str:
    """A known outlet's usual name, whatever the story; "" where the table has no such outlet."""
    if is_host(name):
        outlet, known = from_url(name)
        return outlet if known else ""
    for form in (name, re.sub(r"^[Tt]he\s+", "", name)):
        squashed = "".join(c for c in form.casefold() if c.isalnum())
        if squashed and (found := canonical(squashed)) != squashed:
            return found
    return ""


def _core(label: str) -> str:
    return label.removeprefix("The ")
