"""An article's text -> the same without what its site put between its paragraphs.

In: text as a page's extractor, a table or a file gave it, and its headline. Out: the text without newsletter calls,
photo credits and captions, "Read more" and its like, cookie notices, bylines and reporting credits, tweets shown in
full, lists of other headlines, the lists of a person's other headlines that some sites set into a sentence behind the
name, and a live blog's hours (liveblogs.py). Whole rows go, except for those lists, the hours and a paragraph's last
"(Reporting by ...)"; what is left is letter for letter as it was. Rules are for rows that no article's own sentence
looks like, and were read off news_cluster_dev, the saved pages, and what stands in six articles or more of
allsides_train and news_articles; a row that is merely unfit for a brief (a heading, a question) stays, and is
planning's to pass over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from newsum.reading.liveblogs import without_hours
from newsum.system.patterns import regex
from newsum.text.lexicon import MONTH

__all__ = ["without_boilerplate"]

_PASSES = 4  # taking one row away can lay another bare; real articles settle after one, and no text takes for ever
_LONGEST_ROW = 1_200  # characters; the longest such row seen, a list of other headlines, has about 900
_LONGEST_END = 160  # characters of a credit that a row ends with
_MOST_TEASERS = 12  # headlines under "Read more:"
_LONGEST_TEASER = 25  # words

_ALONE = regex(  # all that stands on the row
    r"""ad|advertisement(?:\ -\ continue\ reading\ below|\ continue\ reading\ the\ main\ story)?|
        story\ continued\ below|continue\ reading(?:\ below|\ the\ main\ story)?|full\ (?:article|story)|
        photos?|videos?|images?|close|share|tweet|slideshow\ \(\d+\ images\)|\[pullquote\]|[_*=-]{3,}|
        scroll\ (?:down\ )?for\ (?:video|more)|media\ playback\ is\ unsupported\ on\ your\ device|
        loading\ [\w\ ]{3,40}|\d{1,2}\ (?:hours|days|months|years)\ ago|get\ digital\ access|about\ the\ authors?|
        \d\d[.:]\d\d|\((?:via|h/t)\ [^()]{2,60}\)|advertisement\ advertisement|newsletter\ sign-?up|
        (?:opinion\ )?contributor|analysis/opinion|(?:the\ )?associated\ press|reuters|afp|getty\ images?|
        (?:prev(?:ious)?|next)\ image\ \d+\ of\ \d+|share\ this\ (?:article|story)\b[\w\ ]{0,40}""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADING = regex(  # what other articles' headlines stand under
    r"""read\ (?:more|also)|see\ also|more\ on\ this|related(?:\ (?:stories|articles|topics|content|coverage))?|
        recommended(?:\ for\ you)?|you\ (?:may|might)\ also\ like|most\ (?:read|popular|viewed)|
        trending(?:\ (?:now|right\ now|on\ [\w\ ]{2,30}))?|more\ (?:stories|news|headlines|from\ [\w\ ]{2,40})|
        don['’]t\ miss""",
    re.VERBOSE | re.IGNORECASE,
)
_TEASER = regex(  # a label with a headline behind it, which has no full stop
    r"(?:related|read (?:more|also)|see also|more|watch|listen|gallery|don['’]t miss)\s*:\s.*[^.]|"
    r"\(\s*also on [\w ]{2,30}:.*|(?:just watched|story highlights)\s.*[^.]|\[[A-Z][^\[\]]*[^\[\].]\]",
    re.IGNORECASE,
)
_OPENS = regex(
    r"""most\ read\ in\ |more\ on\ [a-z]+(?:\ [a-z]+){0,3}\ [A-Z]{3}|MOST\ READ|CLOSE\ [A-Z]|
        Join\ us\ on\ [A-Z]|Full\ Coverage:|Visit\ [A-Z][^.]{2,40}\ for\ more|
        (?i:newsletter\ sign\ ?up|sign\ up\ (?:for|to|here|now|today)\ |subscribe\ (?:to|now|today|for)\ |
        get\ the\ .{3,60}\ (?:to\ your\ inbox|newsletter)|click\ to\ (?:get|read|see|watch)\b|
        click\ (?:here|for\ more|through)\b|
        (?:like|follow)\ (?:us|@\w|(?:[^.]|\b\w\.){2,60}\ on\ (?:facebook|twitter|instagram))|
        follow\ [^.]{2,40}\ for\ (?:breaking|more|the\ latest)|(?:photos?|pictures?|images?|credit):\s[^.]{2,80}$|
        -?\s?follow\ the\ |download\ (?:the|our)\ .{2,30}\ app\b|chat\ with\ us\ |read\ or\ share\ this\ |
        (?:we|this\ (?:web)?site|our\ (?:web)?site)\ (?:and\ our\ partners\ )?uses?\ cookies|
        by\ (?:continuing|using|browsing|clicking|signing)\ .{2,80}\ you\ (?:agree|accept|consent)|
        (?:accept|manage)\ (?:all\ )?cookies|cookie\ (?:policy|settings|notice|preferences)|
        please\ (?:enable|turn\ on)\ (?:java\ ?script|cookies)|your\ browser\ does\ not\ support|
        (?:copyright\s|©\s?|copyright\ ©\s)(?:©\s)?(?:\d{4}|the)|order\ reprints|listen\ to\ article\ |
        image\ (?:copyright|caption)|media\ caption|enlarge\ this\ image|facebook\ twitter\ pinterest|
        file(?:\ photo)?\s?[-–—:]\s|\(?(?:additional\ )?(?:reporting|writing|editing)\ (?:by|from)\ |
        [-–—]\s?with\ assistance\ (?:by|from)\ |contact\ the\ (?:writer|reporter|author)s?\ |information\ from:\ |
        for\ more\ .{2,60}:\s*https?://|(?:do\ you\ have|got)\ a\ (?:story|tip)\b|we\ pay\ for\ your\ stor|
        contributing:\s|toggle\ caption\b|get\ the\ [\w\ ]{2,30}\ app\b|skip\ in\ skip\b|\(\s?(?:photos?|videos?):|
        send\ (?:letters|tips?|a\ tip|your\ \w+)\ to\ |watch\ the\ latest\ video\ at\ \S+$|
        corrections\ (?:&|and)\ amplifications|don['’]t\ see\ the\ \w+\ above|
        let\ us\ know\ what\ you|want\ more\ .{2,80}\ your\ inbox|
        please\ include\ a\ contact\ number|you\ can\ read\ (?:diverse\ opinions|more\ of)\b|
        support\ \w+['’]s\ (?:\w+\ )?journalism\b|
        this\ (?:article|story)\ is\ based\ in\ part\ on\ wire|
        this\ (?:article|story)\ (?:originally\ appeared|was\ (?:originally\ published|provided\ by|first\ published)|
        tagged\ under|has\ been\ updated|is\ more\ than\ \d)|content\ created\ by\ .{3,60}\ is\ available|
        a\ version\ of\ this\ (?:article|story)\ appear|the\ (?:opinions|views)\ expressed\ (?:by|in|here)|
        npr\ transcripts\ are\ created\ |source:\s[\w\ ]{2,40}$|by\ signing\ up)""",
    re.VERBOSE,
)
_ENDS = regex(
    r"""\b(?:Read\ [Mm]ore|READ\ MORE|Full\ (?:Article|Story)|Continue\ reading|Add\ Interest)\W*$|
        \ contributed\ (?:to\ this\ (?:report|story|article)|reporting)\.?$|[Aa]ll\ rights\ reserved\.?$|
        \([^()]{3,40}/\s?(?:AP|AFP|EPA|PA|Reuters|Getty|Bloomberg|The\ [A-Z][\w\ ]+|Associated\ Press)[^()]{0,20}\)$|
        [^.!?”"’]\ \((?:AP|AFP|EPA|PA|Reuters|Getty|AFP/Getty)(?:\ Images)?\)$|©\ ?[A-Z][^.]{2,60}$|
        \bREUTERS/[A-Z][\w\ .'’-]{2,60}$|\ (?:Photograph(?:er)?|Photo|Picture|Credit):\s[^.]{2,60}$|
        [(\[](?:(?:Photo|Picture|Image|Credit)(?::|\ by|/)\s?[^()\[\]]{2,80}|(?i:file\ (?:photo|image)))[)\]]\.?$|
        \b(?:Click|click)\ to\ read\ [^.]{2,40}\.?$|\b[Zz]ip\ code\ or\ sign\ up\b.{2,40}$|
        \bA\ post\ shared\ by\ .{2,60}\ on\ [A-Z][a-z]{2}\ \d{1,2},\ \d{4}\ at\ .{3,20}$|
        \ via\ (?:Shutterstock|Getty\ Images|AP|Storyful)$|\bpic\.twitter\.com/\w+$|\bcan\ be\ reached\ at\ \S+@\S+$""",
    re.VERBOSE,
)
_HINTS = ("sign up", "subscribe", "signing up", "share your", "us at", "us on", "a robot", "republished", "slideshow")
_HOLDS = regex(  # anywhere in a row without quotation marks; slow, so only looked for on a hint
    r"""please\ share\ your\ (?:videos|photos|pictures|stories|views)|(?:e-?mail|call|contact)\ us\ (?:at|on)\b|
        (?:sign\ up|subscribe)\ (?:for|to|to\ receive)\ our\b|subscribe\ to\ [\w'’ ]{2,40}newsletters?\b|
        verify\ you['’]re\ not\ a\ robot|\bplay\ slideshow\b|republished\ or\ used\ in\ any\ form|
        ^(?=.*\b(?:newsletters?|inbox|alerts|e-?mail\ updates)\b).*\b(?-i:Sign\ [Uu]p|Subscribe|By\ signing\ up)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CREDITED = regex(r"(?:AP(?::Associated Press)?|AFP|EPA|EFE|PA|Reuters|GETTY|Getty Images) [A-Z].*[^.!?”\"’:;,]")
_PICTURE = regex(r"Image [A-Z“].{3,400} Credit(?:\.\.\.)? [A-Z][^.!?]{2,90}")
_BYLINE = regex(r"By [A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|and|in|de|van|von)){1,5}")
_TWEETED = regex(
    r"(?P<words>.*?)\s*[—–-]\s?[^—–\n]{1,60} \(@\w{1,20}\) "
    rf"(?:\d{{1,2}} )?{MONTH}(?: \d{{1,2}},)? \d{{4}}"
)
_PHOTOGRAPHER = regex(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}/(?:AP|AFP|EPA|PA|Reuters|Getty(?: Images)?)")
# The captions of a series of pictures or videos in one row, up to 8,000 characters: in 19 of 54 rows beyond the limit
_SERIES = ("Hide Caption", "Skip in Skip x Embed x Share")
_REPORTERS = regex(r"\s{0,3}\((?:Additional )?(?:Reporting|Writing|Editing) by (?:[^()]|\([^()]{1,40}\)){2,300}\)$")
_NUMBERED = regex(r"[+\s]*\d{1,3}/(?P<of>\d{1,3}) [A-Z]")  # "3/30 Saturn This image shows ..."
_LEAST_PICTURES = 3
_SENTENCE_END = regex(r"[.!]['\"’”)\]]*$")

# "Senator Ada Holm Ada Marie HolmSenate leans toward ... Holm to retire: report MORE said": the name, the full name
# as a tag, other headlines about its bearer without so much as a space before them, and "MORE".
_TAG_END = regex(r"MORE\b")
_TAG = regex(
    r"\b(?P<name>[A-Z][\w'’-]{1,40}(?: (?:Jr|Sr|II|III)\.?)?) (?:[\w.'’()“”\"-]{1,40} ){1,6}"
    r"(?P=name)(?=[A-Z“‘'\"\d\[(]|$)"
)
_LONGEST_TAG = 900  # characters


def without_boilerplate(text: str, title: str = "") -> str:
    """The text without rows that its site added; one that would have nothing left stays as it is.

    >>> without_boilerplate("It was signed. \\n\\nRead more: Who pays for it\\n\\nNobody voted.".replace(" \\n", "\\n"))
    'It was signed.\\n\\nNobody voted.'
    """
    for _ in range(_PASSES):
        shorter = _once(text, title)
        if not shorter or shorter == text:
            break
        text = shorter
    return text


def _once(text: str, title: str) -> str:
    unit = "\n\n" if _is_wrapped(text) else "\n"
    rows = _without_tags(text).split(unit)
    kept = _after_headings(list(_without_tweets(_without_gallery(without_hours(rows)))), title)
    return re.sub(r"\n{3,}", "\n\n", unit.join(kept)).strip()


def _is_wrapped(text: str) -> bool:
    """Whether the rows of a paragraph are cut to a width: then a row is no unit, only what blank lines enclose is."""
    rows = text.split("\n")
    joints = [after for before, after in pairwise(rows) if before and after]
    return sum(row[0].islower() for row in joints) > 0.3 * len(joints)


def _without_tags(text: str) -> str:
    """The text without the lists of headlines that end in "MORE"; each stretch is looked at only once."""
    parts: list[str] = []
    seen = kept = 0
    for end in _TAG_END.finditer(text):
        start = max(seen, end.start() - _LONGEST_TAG, text.rfind("\n", seen, end.start()) + 1)
        seen = end.end()
        if tag := _TAG.search(text[start : end.start()]):
            parts.append(text[kept : start + tag.end("name")])
            kept = seen
    return "".join((*parts, text[kept:]))


def _without_tweets(rows: Iterable[str]) -> Iterator[str]:
    """The rows but for tweets shown in full: they are somebody else's words, which would be credited to the outlet.

    Where the row with the author and day is a row of its own, the one above it is the tweet.
    """
    held: list[str] = []  # the last row with text, and the blank ones after it
    for row in rows:
        tweet = _TWEETED.fullmatch(row.strip()) if "(@" in row and len(row) <= _LONGEST_ROW else None
        if tweet and not tweet["words"]:
            held = []
        elif not tweet:
            if row.strip():
                yield from held
                held = []
            held.append(row)
    yield from held


def _without_gallery(rows: Sequence[str]) -> list[str]:
    """The rows but for the numbered captions of a series of pictures."""
    numbered = [_NUMBERED.match(row) for row in rows]
    series = Counter(found["of"] for found in numbered if found)
    pairs = zip(rows, numbered, strict=True)
    return [row for row, found in pairs if not (found and series[found["of"]] >= _LEAST_PICTURES)]


def _after_headings(rows: list[str], title: str) -> Iterator[str]:
    """The rows that are none of the site's, nor headlines under "Read more", nor the headline or place once more."""
    teasers = 0
    begun = False
    following = [*(row.strip() for row in rows[1:]), ""]
    for n, row in enumerate(rows):
        bare = row.strip().lstrip("•▪ ")
        if _HEADING.fullmatch(bare.rstrip(" :.…")):
            teasers = _MOST_TEASERS
        elif bare and teasers and _is_teaser(bare):
            teasers -= 1
        elif not bare:
            yield row
        else:
            teasers = 0
            said = bare if begun else bare.removeprefix(title).lstrip()
            if not (not said or _is_boilerplate(said) or (not begun and _is_place(bare, following[n:]))):
                begun = True
                yield _REPORTERS.sub("", row) if row.endswith(")") else row


def _is_teaser(row: str) -> bool:
    return not _SENTENCE_END.search(row) and len(row.split()) <= _LONGEST_TEASER


def _is_boilerplate(row: str) -> bool:
    if any(mark in row for mark in _SERIES):
        return True
    if len(row) > _LONGEST_ROW:
        return False
    if _ALONE.fullmatch(row.rstrip(" :.…")) or any(
        p.fullmatch(row) for p in (_BYLINE, _CREDITED, _PICTURE, _PHOTOGRAPHER)
    ):
        return True
    if _OPENS.match(row) or _ENDS.search(row[-_LONGEST_END:]) or _TEASER.fullmatch(row):
        return True
    lower = row.lower()
    return any(hint in lower for hint in _HINTS) and not re.search(r"[“”\"]", row) and bool(_HOLDS.search(row))


def _is_place(row: str, following: Iterable[str]) -> bool:
    """Whether the row is the place that the next one opens with: "PORT LAMBE" before "PORT LAMBE (AP) - ..."."""
    after = next((r for r in following if r), "")
    return len(row) <= 60 and after.startswith(f"{row} (")
