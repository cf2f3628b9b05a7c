"""Says whether a page's mark-up is more than its parser can take in seconds.

In: a page's HTML. Out: the limit that it is over, in words, or "". libxml2 compares each attribute of a tag with those
before it, and trafilatura goes through its trees many times; so tags are counted, and the attributes of each.
"""

from newsum.system.patterns import regex

__all__ = ["LONGEST_PAGE", "MOST_TAGS", "over_limit"]

LONGEST_PAGE = 5_000_000  # characters of mark-up: trafilatura takes 10 s for these, 24 s for twice as many
MOST_TAGS = 40_000  # saved news pages had up to 2,600; 40,000 bare "<p>" take 3 s, 800,000 take over five minutes
MOST_ATTRIBUTES = 1_000  # of a tag; saved news pages had up to 60, and 300,000 take minutes

_TAG = regex(r"<(?:(?P<comment>!--)|(?P<name>[A-Za-z][^\s/>]*))")
_ATTRIBUTE = regex(r"""[\s/]*[^\s=>/][^\s=>/]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")
_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())  # "<" in them opens no tag


def over_limit(html: str) -> str:
    """What there is too much of, or "" where the page can be parsed.

    >>> over_limit("<p " + " ".join(f"a{n}" for n in range(2000)) + ">It fell.</p>")
    '1,000 attributes in a tag'
    """
    if len(html) > LONGEST_PAGE:
        return f"{LONGEST_PAGE:,} characters"
    if html.count("<") > MOST_TAGS:
        return f"{MOST_TAGS:,} tags"
    return f"{MOST_ATTRIBUTES:,} attributes in a tag" if _has_crowded_tag(html) else ""


def _has_crowded_tag(html: str) -> bool:
    at = 0
    lower = html.lower()
    while tag := _TAG.search(html, at):
        at = tag.end()
        if tag["comment"]:
            at = _after(html, "-->", at)
            continue
        for count in range(MOST_ATTRIBUTES + 1):
            if (attribute := _ATTRIBUTE.match(html, at)) is None:
                break
            at = attribute.end()
            if count == MOST_ATTRIBUTES:
                return True
        if (name := tag["name"].lower()) in _RAW:
            at = _after(lower, f"</{name}", at)
    return False


def _after(html: str, end: str, start: int) -> int:
    """Where what began at `start` ends, or the page does."""
    found = html.find(end, start)
    return len(html) if found < 0 else found
