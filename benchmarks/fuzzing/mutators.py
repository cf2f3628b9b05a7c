"""Damages inputs: bytes, and values of rows and structured data, each in a way that has a name.

In: bytes or a value, and a random number generator. Out: the same, damaged; the same numbers damage it the same way.
"""

import gzip
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["MUTATORS", "VALUES", "damaged", "mutated", "odd"]

MOST = 500_000  # bytes of an input; what a megabyte of one pattern costs, benchmarks.patterns tells
_TOKENS = (
    b"\x00 \xff\xfe \xef\xbb\xbf \xed\xa0\x80 \x1f\x8b \r \n\n\n --- \" ' < <p> </ &#0; &#x110000; &lt; <!-- "
    b"]]> <![CDATA[ <script> <svg> <table> { } [ ] , : null NaN 1e999 9999999999999999999999 -1 true \\ud800 \\u0000 "
    b"http:// file:/// http://[::1 xn-- \xe2\x80\xae \xc2\xad \xe2\x80\x9c \xcc\x81 \xe3\x80\x82 %PDF- PK\x03\x04 "
    b"WARC/1.0 <!ENTITY PAR1 # ** | [^1] [a](b) ``` $5 2-3 03/04/2026 1773129000000 said 12% Mr. II"
).split(b" ")
_TAG = re.compile(rb"<[^<>]{1,200}>")


def _repeated(part: bytes, rng: random.Random) -> bytes:
    times = rng.choice((2, 30, 300, 3_000))
    return part[: MOST // times + 1] * times  # making an input must not take the memory that reading it may


def _spliced(data: bytes, rng: random.Random, piece: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + piece + data[at:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _part(data: bytes, rng: random.Random, most: int) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[at : at + rng.randint(1, most)]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 1 + len(data) // 100)) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _tags(data: bytes, rng: random.Random) -> bytes:
    """Some tags gone, doubled or exchanged."""
    found = _TAG.findall(data) or [b""]
    other = rng.choice(found)
    of = rng.choice((0.05, 0.5))
    return _TAG.sub(lambda m: rng.choice((b"", m[0] * 2, other)) if rng.random() < of else m[0], data)


def _nested(data: bytes, rng: random.Random) -> bytes:
    opening = rng.choice((b"[", b'{"a":', b"<div>", b"<b>", b"<table><tr><td>", b"> ", b"(", b"<outline>", b"  - "))
    return _spliced(data, rng, opening * rng.choice((30, 300, 900, 9_000)))


def _length(data: bytes, rng: random.Random) -> bytes:
    """Four bytes are a number that counts what is not there."""
    at = rng.randrange(len(data) + 1)
    number = rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x10000000)).to_bytes(4, rng.choice(("little", "big")))
    return data[:at] + number + data[at + 4 :]


def _encoded(data: bytes, encoding: str) -> bytes:
    return data.decode("utf-8", "replace").encode(encoding, "replace")


MUTATORS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "truncate": lambda data, rng: data[: rng.randrange(len(data) + 1)],
    "cut out": _cut,
    "bits flipped": _flipped,
    "a token put in": lambda data, rng: _spliced(data, rng, rng.choice(_TOKENS)),
    "a token put in often": lambda data, rng: _spliced(
        data, rng, rng.choice(_TOKENS) * rng.choice((10, 100, 1_000, 10_000))
    ),
    "tokens put in": lambda data, rng: _spliced(data, rng, b"".join(rng.choices(_TOKENS, k=rng.choice((5, 2_000))))),
    "noise put in": lambda data, rng: _spliced(data, rng, rng.randbytes(rng.choice((1, 16, 4_096)))),
    "a part repeated": lambda data, rng: _spliced(data, rng, _repeated(_part(data, rng, 60), rng)),
    "a part moved": lambda data, rng: _spliced(_cut(data, rng), rng, _part(data, rng, 400)),
    "a part exchanged everywhere": lambda data, rng: data.replace(_part(data, rng, 3), rng.choice(_TOKENS)),
    "a figure enlarged": lambda data, rng: data.replace(
        rng.choice((b"0", b"1", b"2")),
        b"9" * rng.choice((3, 400, 5_000)),
        1_000,  # or the input, before it is cut, takes the memory that reading it may
    ),
    "a count falsified": _length,
    "lines shuffled": _lines,
    "tags lost, doubled, exchanged": _tags,
    "nested deep": _nested,
    "another encoding": lambda data, rng: _encoded(data, rng.choice(("utf-16", "utf-32", "cp1252", "utf-7"))),
    "compressed": lambda data, rng: gzip.compress(data, 1)[: rng.choice((None, -5, 30))],
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four mutators at work on them, in turn."""
    for name in rng.choices(list(MUTATORS), k=rng.randint(1, 4)):
        data = MUTATORS[name](data, rng)[:MOST]
    return data


# --- values -----------------------------------------------------------------------------------------

_NUMBERS = (0, -1, 2, 1.5, 60, 10**30, -1e18, 1e308, float("nan"), float("inf"), 1773129000000, 20260310)
_STRINGS = (
    *(
        "",
        " ",
        "x",
        "nan",
        "\x00",
        "\ud800",
        "\u202e",
        "\u0301",
        "Karrow Post\nx",
        "https://k.example/b",
        "http://[::1",
    ),
    *("file:///etc/passwd", "http://a:b@c:99999/", "//", "http://" + "a." * 3_000, "x" * 100_000, "a b " * 30_000),
    *("2026-99-99", "03/04/2026", "Tue, 32 Mar 2026", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "P1D"),
)
_HELD = (
    [],
    [[]],
    {},
    [None],
    ["a", 1],
    [{"name": None}],
    {"@value": 1},
    {"$date": {"$numberLong": "x"}},
    {"name": ["a"]},
)
_ODD: tuple[Any, ...] = (None, True, False, *_NUMBERS, *_STRINGS, *_HELD)

Path = tuple[Any, ...]


def odd(rng: random.Random) -> Any:
    """A value that nobody means."""
    return rng.choice(_ODD)


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _places(held, (*path, name))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _places(held, (*path, number))


def _put(value: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(value)
    held = dict(value) if isinstance(value, dict) else list(value)
    held[path[0]] = _put(held[path[0]], path[1:], change)
    return held


def _deep(value: Any) -> Any:
    for _ in range(100):
        value = [value]
    return value


def _without(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict) and value:
        gone = rng.choice(list(value))
        return {name: held for name, held in value.items() if name != gone}
    return value[1:] if isinstance(value, list | str) else None


def _renamed(value: Any, rng: random.Random) -> Any:
    if not (isinstance(value, dict) and value):
        return value
    old, new = (
        rng.choice(list(value)),
        rng.choice(("Text", "articles", "published", "", "@type", "$date", "domain", "x" * 500)),
    )
    return {new if name == old else name: held for name, held in value.items()}


def _more(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        return {**value, **{f"field {n}": odd(rng) for n in range(rng.choice((1, 200)))}}
    return value * rng.choice((2, 50)) if isinstance(value, list | str) and len(value) < 2_000 else [value, odd(rng)]


VALUES: dict[str, Callable[[Any, random.Random], Any]] = {
    "an odd value": lambda value, rng: odd(rng),
    "a value in a list": lambda value, rng: [value, odd(rng)],
    "a value in an object": lambda value, rng: {rng.choice(("name", "@value", "text", "url", "0")): value},
    "a value as text": lambda value, rng: repr(value)[:100_000],
    "a value in many lists": lambda value, rng: _deep(value),
    "a field or item gone": _without,
    "a field renamed": _renamed,
    "fields or items more": _more,
}


def damaged(value: Any, rng: random.Random) -> Any:
    """The value with one to four mutators at work on it or on what it holds, in turn."""
    for name in rng.choices(list(VALUES), k=rng.randint(1, 4)):
        places = list(_places(value))[:5_000]
        value = _put(value, rng.choice(places), lambda held, change=VALUES[name]: change(held, rng))
    return value
