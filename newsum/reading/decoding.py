"""Bytes of a file or a page -> its text, or a clear word on why there is none.

In: bytes, perhaps gzip-compressed, in whatever encoding. Out: the text, and how many characters could not be made
out. A byte order mark is believed first, then UTF-8, then what an HTML page or a server declares. What is left is
nearly always English in Windows-1252: charset-normalizer is asked only where a tenth or more of the bytes lie beyond
ASCII, for on short English it reads "café" as Central European and "L’été" as Cyrillic.
"""

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from gzip import GzipFile
from pathlib import Path

from newsum.reading.entries import Unreadable
from newsum.system.paths import is_file
from newsum.system.patterns import regex

__all__ = ["Lines", "decode", "load", "unpack"]

ONE_ARTICLE = 20_000_000  # bytes; a page saved with its pictures inside takes a few million, an article 5,000
MANY_ARTICLES = 200_000_000  # bytes of a table; 40,000 articles, read in about twelve seconds
LONGEST_LINE = 20_000_000  # bytes; a story of a hundred articles has half a million

_SAMPLE = 65_536
_MARKS = (  # UTF-32's little-endian mark opens with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_GZIP = b"\x1f\x8b"
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b")
_META_CHARSET = regex(rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# What pages call Latin-1 or ASCII is Windows-1252 to every browser (WHATWG Encoding Standard).
_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def load(path: Path, limit: int) -> bytes:
    """The file's bytes, decompressed where it is gzip; at most `limit` of them.

    Raises:
        Unreadable: it cannot be opened, is too big, or is broken gzip.
    """
    with _opened(path) as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:  # a broken disk, a drive that is gone, a file of /proc
            raise _unopened(error) from error
    if len(data) > limit:
        raise _too_big(limit)
    _refuse_misnamed(path, data)
    return unpack(data, limit)


class Lines:
    """A file's lines, decompressed where it is gzip, one in memory at a time; they may be gone through once.

    Attributes:
        lost: how many characters of the lines so far could not be made out.

    Raises:
        Unreadable: while they are gone through, as `load` and `decode` do, and for a line of more than 20 MB.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self.path, self.limit, self.lost = path, limit, 0

    def __iter__(self) -> Iterator[str]:
        with _opened(self.path) as file:
            try:
                head = file.peek(_SAMPLE)
            except OSError as error:
                raise _unopened(error) from error
            _refuse_misnamed(self.path, head)
            packed = head.startswith(_GZIP)
            stream = GzipFile(fileobj=file) if packed else file
            try:
                yield from self._decoded(stream, packed)
            except (EOFError, OSError, zlib.error) as error:
                raise (_broken() if packed else _unopened(error)) from error

    def _decoded(self, stream: io.BufferedReader | GzipFile, packed: bool) -> Iterator[str]:
        head = stream.peek(_SAMPLE)
        if not head.strip():
            raise Unreadable("it is empty")
        if not _ends_lines_with_a_byte(head):
            text, self.lost = decode(load(self.path, self.limit))
            yield from io.StringIO(text, newline="")
            return
        _refuse_binary(head)
        read = 0
        while line := stream.readline(LONGEST_LINE + 1):
            read += len(line)
            if len(line) > LONGEST_LINE:
                raise Unreadable(f"a line of it holds more than {LONGEST_LINE // 1_000_000} MB; split it")
            if read > self.limit:
                raise _too_big(self.limit, " decompressed" if packed else "")
            yield self._text(line.removeprefix(codecs.BOM_UTF8) if read == len(line) else line)

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeError:
            text, lost = _replaced(line, _best_guess(line))
            self.lost += lost
            return text


def _opened(path: Path) -> io.BufferedReader:
    """The file, opened for reading.

    Raises:
        Unreadable: it cannot be.
    """
    try:
        if not is_file(path):  # a pipe or a device would block for ever
            raise Unreadable("it is not a regular file")
        return path.open("rb")
    except OSError as error:
        raise _unopened(error) from error


def _unopened(error: Exception) -> Unreadable:
    return Unreadable(f"it cannot be opened: {(getattr(error, 'strerror', '') or str(error)).lower()}")


def _refuse_misnamed(path: Path, data: bytes) -> None:
    if path.suffix.lower() == ".gz" and data and not data.startswith(_GZIP):
        raise Unreadable("it is called .gz but is not gzip-compressed; rename it or compress it again")


def _ends_lines_with_a_byte(head: bytes) -> bool:
    """Whether a byte "\n" ends each line: not in UTF-16 and UTF-32, nor where lines end with "\\r" alone."""
    wide = any(head.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8-sig")
    return not wide and not _unmarked_utf16(head) and (b"\n" in head or b"\r" not in head)


def unpack(data: bytes, limit: int) -> bytes:
    """The bytes, decompressed where they are gzip; never more than `limit`, whatever they would swell to."""
    if not data.startswith(_GZIP):
        return data
    try:
        with GzipFile(fileobj=io.BytesIO(data)) as packed:
            data = packed.read(limit + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise _broken() from error
    if len(data) > limit:
        raise _too_big(limit, " decompressed")
    return data


def _broken() -> Unreadable:
    return Unreadable("its gzip compression is broken or cut short; compress or download it again")


def _too_big(limit: int, how: str = "") -> Unreadable:
    kind = "a table of articles" if limit == MANY_ARTICLES else "one article"
    return Unreadable(f"it holds more than {limit // 1_000_000} MB{how}, newsum's limit for {kind}; split it")


def decode(data: bytes, *, declared: str | None = None, html: bool = False) -> tuple[str, int]:
    """The text, and how many of its characters could not be made out (each stands as U+FFFD).

    Args:
        declared: the encoding that a server named.
        html: whether a <meta charset> is to be heeded.

    Raises:
        Unreadable: it is empty, or no text at all.
    """
    if not data.strip():
        raise Unreadable("it is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data, encoding)
    if encoding := _unmarked_utf16(data):
        return _replaced(data, encoding)
    _refuse_binary(data)
    if html and not declared and (meta := _META_CHARSET.search(data[:4096])):
        declared = meta[1].decode("ascii", "replace")
    for encoding in ("utf-8", _python_name(declared)):
        if encoding:
            try:
                return data.decode(encoding), 0
            except UnicodeError:
                continue
    return _replaced(data, _best_guess(data))


def _replaced(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, "replace")
    return text, text.count("\ufffd")


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark: in English every other byte is NUL."""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    if odd and odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if odd and even.count(0) > 0.6 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return ""


def _refuse_binary(data: bytes) -> None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise Unreadable(f"it is {kind}, not text; save its article as .txt, .md or .html")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > 0.05 * len(sample):  # random bytes hold 10%; a text that a stray NUL slipped into, hardly any
        raise Unreadable("it holds binary data, not text; save its article as .txt, .md or .html")


def _python_name(declared: str | None) -> str:
    try:
        info = codecs.lookup(declared or "")
    except (LookupError, ValueError):
        return ""
    # Python also "decodes" from base64 and zip; UTF-7 hides mark-up from whoever reads the bytes.
    is_text = getattr(info, "_is_text_encoding", True) and info.name not in ("utf-7", "unicode_escape", "idna")
    return _BROWSERS.get(info.name, info.name) if is_text else ""


def _best_guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(c > "\x7f" for c in text) - broken
    if whole > broken:  # UTF-8 with a damaged character or two, cut short perhaps
        return "utf-8"
    beyond_ascii = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if len(sample) < 64 or beyond_ascii < 0.1 * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample[: max(sample.rfind(b"\n"), 0) or _SAMPLE]).best()
    if best is None:
        raise Unreadable("its characters cannot be made out; save it as UTF-8")
    return best.encoding
