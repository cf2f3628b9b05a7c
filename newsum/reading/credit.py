"""Decides whom an article is credited to: what was fetched to its host, a user's own file to whom it names.

In: what a record states (a name, an address, a host), and where it was fetched from. Out: a `Credit`. Whoever answers
at an address can write any outlet's name and address into the page, so of what was fetched only the host is a fact:
another's name is never printed without doubt, and no link leads to another's site. A user's own file is believed,
unless the table of outlets gives the host of its address to another.
"""

from dataclasses import dataclass
from pathlib import PurePath

from newsum.outlets import names as outlets
from newsum.outlets.addresses import host_of, published_at
from newsum.reading.fields import Named

__all__ = ["Credit", "of_fetched", "of_own_file"]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom an article is credited to.

    Attributes:
        outlet: its usual name; "" where nothing tells it.
        url: the article's address, where it has one that may be shown.
        guess: what the outlet was guessed from; "" where it is stated or known.
    """

    outlet: str
    url: str | None
    guess: str = ""


def of_own_file(stated: Named, path: PurePath | None, *, saved: bool = False) -> Credit:
    """The credit of a user's own record.

    Args:
        path: the file whose name may tell the outlet, where it holds this article alone.
        saved: the address is only what a browser noted when it saved the page.
    """
    url = published_at(stated.address) if stated.address else None
    holder, known = outlets.from_url(url) if url else ("", False)
    if stated.name:
        if known and outlets.known_in(stated.name) != holder:
            return Credit(holder, url, f'the URL, not "{stated.name}"')
        return Credit(outlets.canonical(stated.name), url)
    if stated.host:
        holder, known = outlets.from_url(published_at(stated.host))
    if holder:
        return Credit(holder, url, "" if known and url == stated.address and not saved else "the URL")
    outlet = outlets.from_path(path) if path else ""
    return Credit(outlet, url, "the file's name or folder" if outlet else "")


def of_fetched(stated: Named, site: str, *, alone: bool) -> Credit:
    """The credit of a record that was fetched.

    Args:
        site: the address that it came from in the end.
        alone: it is all that stands there: a page, not a row of a table of several outlets' articles.
    """
    home = published_at(site)
    holder, known = outlets.from_url(home)
    sure = known and home == site
    url = _own_address(stated.address, home) or (home if alone else None)
    if not alone and (other := _other(stated, home, holder)):
        return Credit(other, url, f"what {holder or host_of(site)} says")
    if known:
        return Credit(holder, url, "" if sure else "the URL")
    if stated.name and outlets.bears_out(host_of(home), stated.name):
        return Credit(outlets.canonical(stated.name), url)
    if holder:
        return Credit(holder, url, "the URL")
    if stated.name and not outlets.known_in(stated.name) and not outlets.is_host(stated.name):
        return Credit(outlets.canonical(stated.name), url, "what the page calls itself")
    return Credit("", url)


def _own_address(address: str | None, home: str) -> str | None:
    """The stated address where it is one of the site's own."""
    own = outlets.from_url(home)[0] or host_of(home)
    theirs = address and (outlets.from_url(address)[0] or host_of(address))
    return address if theirs and theirs == own else None


def _other(stated: Named, home: str, holder: str) -> str:
    """The outlet beside the site itself that a row of a fetched table names; "" where it is the site's own."""
    if stated.name:
        own = outlets.bears_out(host_of(home), stated.name) or outlets.canonical(stated.name) == holder
        return "" if own else outlets.canonical(stated.name)
    address = stated.address or stated.host
    other = outlets.from_url(published_at(address))[0] if address else ""
    return "" if other == holder else other
