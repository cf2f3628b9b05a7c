"""The outlet's name as a reader would write it, from what a page, a table, a URL or a file's name says.

In: a stated name ("Reuters_Co_Uk"), a URL or a path. Out: a name ("Reuters"), or "" where there is none to be had.
The rule is never to invent an outlet: a name that is not known is left as it was written, a host that is not known
is credited as the bare host, and a file's name is read only where it holds a known outlet or ends as newspapers' do.
The table is newsum/outlets/outlets.tsv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath

from newsum.outlets.addresses import host_of, published_at
from newsum.system.patterns import regex

__all__ = ["bears_out", "canonical", "from_path", "from_url", "is_agency", "is_host", "known_in", "outlet_key"]

# What outlet lists add to a name to tell its desks apart: "CNN (Web News)", "New York Times - Opinion".
_DESK = r"(?:web|online|digital|print|news|opinion|editorial)"
_DESK_TAIL = regex(rf"\s*(?:[(\[]{_DESK}(?:\s{_DESK})*[)\]]|\s[-–—]\s{_DESK})$", re.IGNORECASE)
_HOST = regex(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,18}", re.IGNORECASE)
_LONGEST_HOST = 253  # RFC 1035
_EDITIONS = regex(r"^(?:www\d?|m|mobile|amp|edition|uk|us|feeds?|rss)\.(?=[^.]+\.)")

# Hosts that carry other people's articles: what stands there was published by somebody else.
_CARRIERS = frozenset(
    "ampproject.org archive.is archive.org archive.ph archive.today bit.ly facebook.com feedburner.com flipboard.com "
    "google.com googleusercontent.com linkedin.com reddit.com t.co t.me twitter.com x.com youtube.com".split()
)

_MOST_WORDS = 20  # of a name that is looked through
_UNDER_COUNTRIES = frozenset("ac co com edu gov go gv ne net or org".split())
_EXTRAS = regex(r"\b(?:the|online|digital|news|website|com)\b")  # that a site may have in its name or not

# A file called "northgate-wire" is likely an outlet's; "end-times" is not. Only last words that little but
# newspapers and agencies bear, and no first word that makes an everyday phrase of them.
_PRESS_WORDS = frozenset("bugle chronicle courier gazette herald inquirer times tribune wire".split())
_AGENCIES = (["news", "agency"], ["press", "agency"])
# Agencies by name; others are known by how their names end
_WIRES = frozenset(
    "aap|afp|agence france-presse|anadolu agency|ansa|ap|associated press|bloomberg|canadian press|dpa|efe|ians|"
    "interfax|itar-tass|kyodo|pa media|press association|pti|press trust of india|reuters|tass|upi|"
    "united press international|"
    "xinhua|yonhap".split("|")
)
_PHRASES = frozenset(
    "ancient bad barbed best better changing closing cross dark desperate difficult end first good happy hard high hot "
    "in last live medieval modern of old on opening our past razor response roman starting strange support sign tough "
    "these travel trip troubled uncertain wait waiting war wartime worst".split()
)


@dataclass(frozen=True, slots=True)
class _Table:
    hosts: dict[str, str] = field(default_factory=dict)  # "bbc.co.uk" -> "BBC"
    names: dict[str, str] = field(default_factory=dict)  # "bbcnews" -> "BBC"
    in_file_names: dict[str, str] = field(default_factory=dict)  # anywhere in a file's name
    alone: dict[str, str] = field(default_factory=dict)  # only as the whole of it


def canonical(name: str) -> str:
    """A stated outlet as a reader would write it; one that is not known keeps its own form.

    >>> canonical("Reuters_Co_Uk"), canonical("CNN (Web News)"), canonical("Northgate_Wire")
    ('Reuters', 'CNN', 'Northgate Wire')
    """
    name = " ".join(name.split())
    if is_host(name) or name.lower().startswith(("http://", "https://")):
        return (
            _known_host(host_of(name)) or _table().names.get(_letters(name), "") or re.sub(r"(?i)^www\d?\.", "", name)
        )
    bare = _DESK_TAIL.sub("", name)
    known = _table().names.get(_letters(name)) or _table().names.get(_letters(bare))
    return known or (bare if " " in bare else bare.replace("_", " ").strip())


def from_url(url: str) -> tuple[str, bool]:
    """The outlet whose host the URL names, and whether the host is a known one.

    A host that is not known is credited as it stands, without "www."; an address in numbers, or a site that
    only carries others' articles, names no outlet.

    >>> from_url("https://money.cnn.com/2017/12/29/"), from_url("https://www.northgatewire.example/1")
    (('CNN', True), ('northgatewire.example', False))
    """
    host = host_of(published_at(url.strip()))
    if known := _known_host(host):
        return known, True
    if not is_host(host) or any(part in _CARRIERS for part in _parents(host)):
        return "", False
    return _EDITIONS.sub("", host, count=1), False


def from_path(path: PurePath) -> str:
    """The outlet that a file's name, or else its folder's, gives away; "" where neither does.

    >>> from_path(PurePath("03_al-jazeera.txt")), from_path(PurePath("bbc/article1.txt")), from_path(PurePath("1.txt"))
    ('Al Jazeera', 'BBC', '')
    """
    stem = re.sub(r"\.[A-Za-z]+(?:\.gz)?$", "", path.name)
    words = _words(stem)
    return _known_in(words) or _press_name(words) or _known_in(_words(path.parent.name), whole=True)


def is_host(text: str) -> bool:
    """Whether the text has the form of a site's address: "northgatewire.example"."""
    return len(text) <= _LONGEST_HOST and _HOST.fullmatch(text) is not None


def known_in(name: str) -> str:
    """The outlet of the table that a name is, or has in it; "" where there is none.

    >>> known_in("BBC News Live"), known_in("bbc.co.uk"), known_in("Tolvane Mercury")
    ('BBC', 'BBC', '')
    """
    written = canonical(name)
    table = _table()
    if known := table.names.get(_letters(written)) or _known_host(host_of(name)):
        return known
    words = _words(name)[:_MOST_WORDS]
    return next((known for n in range(len(words)) if (known := _known_in(words[n:]))), "")


def bears_out(host: str, name: str) -> bool:
    """Whether a host is the one that an outlet of this name would have; no other outlet's name is borne out by any.

    >>> bears_out("www.tolvane-mercury.example", "The Tolvane Mercury"), bears_out("bbc.snares.example", "BBC")
    (True, False)
    """
    if known := known_in(name):
        return known == _known_host(host)
    label = _letters(_site(host))
    words = re.findall(r"\w+", _EXTRAS.sub(" ", name.casefold()))
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return bool(label) and label in (_letters(name), "".join(words), initials)


def _site(host: str) -> str:
    """The part of a host that its owner chose: "wire" of "news.wire.co.uk"."""
    labels = host.lower().split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _UNDER_COUNTRIES
    return labels[-3] if short else labels[-2] if len(labels) > 1 else ""


def _known_host(host: str) -> str:
    return next((name for part in _parents(host) if (name := _table().hosts.get(part))), "")


def _parents(host: str) -> Iterator[str]:
    """ "a.b.c", "b.c", "c": a host and what it is part of."""
    labels = host.lower().split(".") if len(host) <= _LONGEST_HOST else []
    return (".".join(labels[n:]) for n in range(len(labels)))


def _words(name: str) -> list[str]:
    """The words of a file's name without the number or date that it opens with."""
    words = [word for word in re.split(r"[\s_.,-]+", name) if word]
    while words and words[0].isdigit():
        words.pop(0)
    return words


def _known_in(words: list[str], *, whole: bool = False) -> str:
    """The longest known outlet that the words open or close with; with `whole`, that they are."""
    table = _table()
    for size in range(len(words), 0, -1):
        for part in (words[:size], words[-size:]):
            for key in (
                _letters("".join(part)),
                _letters("".join(part)).rstrip("0123456789"),
            ):  # "reuters1", but "france24"
                known = table.in_file_names.get(key) or (table.alone.get(key, "") if size == len(words) else "")
                if known:
                    return known
        if whole:
            break
    return ""


def _press_name(words: list[str]) -> str:
    lower = [word.lower() for word in words]
    likely = (
        2 <= len(words) <= 3
        and (lower[-1] in _PRESS_WORDS or (len(words) == 3 and lower[-2:] in _AGENCIES))
        and all(word.isalpha() and len(word) > 2 for word in words)
        and not _PHRASES.intersection(lower)
    )
    return " ".join(word if word.isupper() else word.capitalize() for word in words) if likely else ""


def is_agency(name: str) -> bool:
    """Whether an outlet is one whose texts others carry, by its name.

    >>> is_agency("Reuters"), is_agency("Meridian Press Agency"), is_agency("Northgate Wire"), is_agency("Daily Post")
    (True, True, True, False)
    """
    words = canonical(name).lower().split()
    return " ".join(words) in _WIRES or words[-2:] in _AGENCIES or words[-1:] in (["wire"], ["newswire"])


def outlet_key(name: str) -> str:
    """What two spellings of an outlet's name share.

    >>> outlet_key("The Post & Courier"), outlet_key("post and courier")
    ('postandcourier', 'postandcourier')
    """
    return _letters(re.sub(r"(?i)^\s*the\s+", "", name))


def _letters(name: str) -> str:
    return "".join(c for c in name.casefold().replace("&", "and") if c.isalnum())


@cache
def _table() -> _Table:
    from importlib.resources import files  # 10 ms that `import newsum` need not spend

    table = _Table()
    for line in files("newsum.outlets").joinpath("outlets.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _add_row(table, *(line.split("\t") + [""] * 3)[:4])
    return table


def _add_row(table: _Table, outlet: str, hosts: str, others: str, in_file_names: str) -> None:
    written = [outlet, *filter(None, others.split("; "))]
    for host in hosts.split():
        table.hosts[host] = outlet
        table.names.setdefault(_letters(host), outlet)  # "Reuters_Co_Uk"
        table.in_file_names.setdefault(_letters(host), outlet)
    for name in written:
        table.names[_letters(name)] = outlet
        # "New York Times" is "The New York Times", but "Sun" or "Times" may be anyone's.
        core = name.removeprefix("The ")
        if " " in core:
            table.names.setdefault(_letters(core), outlet)
            table.names.setdefault(_letters(f"the {core}"), outlet)
        if in_file_names != "no":
            (table.alone if in_file_names == "alone" else table.in_file_names)[_letters(name)] = outlet
