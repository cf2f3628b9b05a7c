"""Reads the values of a record's fields: what is missing, what is text, a date, names, and whom it names as outlet.

In: fields as a page, a table, a database's export or front matter has them. Out: plain values; an `ArticleError` for
one that cannot be what its name says. "nan", "None" and their like are what tables write where there is nothing.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsum.errors import ArticleError
from newsum.outlets import names as outlets
from newsum.outlets.addresses import host_of
from newsum.reading.cleaning import one_line
from newsum.reading.dates import to_iso, when
from newsum.system.patterns import regex

__all__ = ["Named", "authors", "identity", "is_missing", "named", "published", "text_of"]


_MISSING = frozenset(("nan", "NaN", "NAN", "NaT", "None", "null", "Null", "NULL", "N/A", "n/a", "NA", "<NA>", "#N/A"))
_OUTLETS = ("outlet", "sitename", "site_name", "publisher", "source", "hostname", "domain")  # the surest first
_HOSTS = ("hostname", "domain")
LONGEST = {**dict.fromkeys(_OUTLETS, 200), "title": 2_000, "url": 4_000}  # characters; these are printed whole
_ADDRESS = regex(r"(?:(?:rss|feed|atom|url):)?(?P<url>(?:https?|feed)://\S+)", re.IGNORECASE)
_WITH_ADDRESS = regex(r"(?P<name>[^<>]+?)\s*[<(](?P<url>https?://[^<>\s]+)[>)]")
_BARE = regex(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18}/\S*", re.IGNORECASE)  # "wire.example/1", no scheme


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a record names as its outlet.

    Attributes:
        name: as written; "" where only an address or a host is given.
        address: of the article, or else of its feed or site.
        host: of the outlet's site.
    """

    name: str = ""
    address: str | None = None
    host: str = ""


def is_missing(value: object) -> bool:
    """Whether a value stands for none: null, NaN, "", or what a table writes for them."""
    if isinstance(value, str):
        return not value.strip() or value.strip() in _MISSING
    return value is None or (isinstance(value, float) and not math.isfinite(value)) or type(value).__name__ == "NaTType"


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """The field's text, "" where it is missing.

    Raises:
        ArticleError: it is something else, or too long to be what its name says.
    """
    value = fields.get(name)
    if is_missing(value):
        return ""
    if not isinstance(value, str):
        raise ArticleError(f'"{name}" must be text, not {_json_type(value)}')
    if len(value) > LONGEST.get(name, len(value)):
        raise ArticleError(f'"{name}" has {len(value):,} characters, more than the {LONGEST[name]:,} allowed')
    return value


def identity(fields: Mapping[str, Any]) -> str:
    """The record's id; a whole number serves as one."""
    value = fields.get("id")
    return str(value) if type(value) is int else one_line(text_of(fields, "id"))


def published(fields: Mapping[str, Any]) -> tuple[str | None, str]:
    """The date in ISO form, and the words of one that cannot be read for certain."""
    stated = next((fields[name] for name in ("published", "date") if not is_missing(fields.get(name))), None)
    if stated is None:
        return None, ""
    found = _date(stated)
    return found, "" if found else one_line(str(stated))[:40]


def authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors' names, from a list or from one text.

    Raises:
        ArticleError: they are neither.
    """
    value = next((v for v in map(fields.get, ("authors", "author")) if not is_missing(v) and v != []), ())
    if isinstance(value, str):
        value = re.split(r";|,|\band\b" if ";" not in value else ";", value)
    if isinstance(value, Mapping):
        value = [value]
    named_so = (
        [v.get("name") if isinstance(v, Mapping) else v for v in value] if isinstance(value, list | tuple) else [0]
    )
    if not all(isinstance(name, str) or is_missing(name) for name in named_so):
        raise ArticleError('"authors" must be a list of names')
    return tuple(name for name in (one_line(n) for n in named_so if isinstance(n, str) and not is_missing(n)) if name)


def named(fields: Mapping[str, Any]) -> Named:
    """Whom the record names: in "outlet" or another field of that meaning, as a name, an address or a host.

    Raises:
        ArticleError: one of them is neither text nor an object with a name.
    """
    found = [_named(field, text) for field, text in _stated(fields)]
    url = one_line(text_of(fields, "url")) or next((each.address for each in found if each.address), None)
    name = next((each.name for each in found if each.name), "")
    host = next((each.host for each in found if each.host), "")
    return Named(name, url, host)


def _stated(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _OUTLETS:
        value = fields.get(field)
        if isinstance(value, Mapping) and field != "outlet":  # {"id": "wire", "name": "The Wire"}
            value = value.get("name")
        if not is_missing(value):
            yield field, one_line(text_of({field: value}, field))


def _named(field: str, text: str) -> Named:
    if both := _WITH_ADDRESS.fullmatch(text):
        return Named(both["name"], both["url"], host_of(both["url"]))
    if (found := _ADDRESS.fullmatch(text)) or _BARE.fullmatch(text):
        address = found["url"] if found else f"https://{text}"
        is_page = address.lower().startswith("http") and urls_path(address)
        return Named("", address if is_page else None, host_of(address))
    if outlets.is_host(text) and (field in _HOSTS or field == "source"):
        return Named("", None, text.lower())
    return Named(text)


def urls_path(address: str) -> bool:
    """Whether an address leads further than to its site's front."""
    return bool(address.partition("://")[2].partition("/")[2])


def _date(stated: object) -> str | None:
    for _ in range(4):  # {"$date": {"$numberLong": "1773131400000"}}
        if isinstance(stated, Mapping) and len(stated) == 1 and next(iter(stated)) in ("$date", "$numberLong"):
            stated = next(iter(stated.values()))
        elif isinstance(stated, list) and len(stated) == 1:
            stated = stated[0]
    if isinstance(stated, bool):
        return None
    if isinstance(stated, int | float):
        return to_iso(str(stated)) if stated == 0 or 19_000_000 < stated < 22_000_000 else when(stated)
    if not isinstance(stated, str):
        return None
    text = stated.strip()
    return to_iso(text) or when(text)


def _json_type(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
