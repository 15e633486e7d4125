"""A document of whatever kind: what it is is seen from its beginning, then it is read."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BufferedReader
from xml.etree.ElementTree import Element

from schemas.errors import FeedError, SeedError
from wirespin.formats.inflate import GZIP, Inflated
from wirespin.formats.jsontext import LONGEST_LINE, is_lines, json_document, json_lines
from wirespin.formats.newsml_1 import newsml_1
from wirespin.formats.newsml_g2 import ROOTS, newsml_g2
from wirespin.formats.nitf import nitf
from wirespin.formats.sniff import HEAD, Kind, kind_of
from wirespin.formats.types import Finds
from wirespin.formats.warc import warc
from wirespin.formats.xmltree import parse_xml
from wirespin.seedfile import parse_seed

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes of what is read as a whole (XML, a JSON document, a seed); an agency's day in one message is under 20 MiB."""

JSON_LINES = frozenset({".jsonl", ".ndjson"})
SEEDS = frozenset({".txt", ".text"})
READ = "NewsML-G2, NewsML 1, NITF, ninjs, JSON lines, WARC, or a .txt seed"

_ROOTS: dict[str, Callable[[Element, str], Finds]] = {
    **dict.fromkeys(ROOTS, newsml_g2),
    "NewsML": newsml_1,
    "nitf": nitf,
}
_ELSEWHERE = {
    "rss": "an RSS feed",
    "feed": "an Atom feed",
    "RDF": "an RSS 1.0 feed",
    "urlset": "a sitemap",
    "html": "an XHTML page",
}


def articles(reader: BufferedReader, where: str, suffix: str = "", name: str = "") -> Finds:
    """What a document holds, item by item.

    Args:
        reader: at the document's beginning; it need not be able to seek.
        where: what to call it in errors.
        suffix: of the file's name, with its dot and without ``.gz``; tells kinds of plain text apart, nothing else.
        name: id of a seed, usually the file's name without the suffix.

    Raises:
        FeedError: it is none of the known formats (what it is instead is said), damaged, or too large.
        SeedError: a seed that cannot be read.
    """
    head = reader.peek(HEAD)[:HEAD]
    kind, seen = kind_of(head)
    if kind == "warc" or (kind == "gzip" and (_inside(head).startswith(b"WARC/") or suffix.lower() == ".warc")):
        yield from warc(reader, where)
        return
    if kind == "gzip":
        reader = BufferedReader(Inflated(reader, where), HEAD * 4)
        kind, seen = kind_of(reader.peek(HEAD)[:HEAD])
    yield from _reader(kind, seen, suffix.lower())(reader, where, name)


def _inside(head: bytes) -> bytes:
    """How a gzip file begins inside."""
    try:
        return zlib.decompressobj(GZIP).decompress(head, HEAD)
    except zlib.error:
        return b""


def _reader(kind: Kind, seen: str, suffix: str) -> Callable[[BufferedReader, str, str], Finds]:
    """What reads a kind of document."""
    if kind == "xml":
        return _xml
    if suffix in JSON_LINES and kind in {"json", "text"}:
        return _lines
    if kind == "json":
        return _json
    if kind == "text" and suffix in SEEDS:
        return _seed

    def refuse(_: BufferedReader, where: str, __: str) -> Finds:
        raise FeedError(f"not a known format: it is {seen}", where=where, remedy=f"give {READ}")

    return refuse


def _xml(reader: BufferedReader, where: str, _: str) -> Finds:
    root = parse_xml(_whole(reader, where), where)
    if root.tag not in _ROOTS:
        seen = _ELSEWHERE.get(root.tag, f"XML that begins with <{root.tag[:80]}>")
        raise FeedError(f"not a known format: it is {seen}", where=where, remedy=f"give {READ}")
    yield from _ROOTS[root.tag](root, where)


def _json(reader: BufferedReader, where: str, _: str) -> Finds:
    """One document, unless its first line is an object by itself."""
    first = reader.readline(LONGEST_LINE)
    if is_lines(first) and reader.peek(1):
        yield from json_lines(_Behind(first, reader), where)
    else:
        yield from json_document(first + _whole(reader, where, LARGEST_DOCUMENT - len(first)), where)


def _lines(reader: BufferedReader, where: str, _: str) -> Finds:
    yield from json_lines(reader, where)


def _seed(reader: BufferedReader, where: str, name: str) -> Finds:
    data = _whole(reader, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SeedError(f"not UTF-8 at byte {error.start}", where=where, remedy="save it as UTF-8") from error
    yield parse_seed(text, name or where)


def _whole(reader: BufferedReader, where: str, most: int = LARGEST_DOCUMENT) -> bytes:
    data = reader.read(most + 1)
    if len(data) > most:
        raise FeedError(f"over {LARGEST_DOCUMENT:,} bytes in one document", where=where, remedy="split it")
    return data


class _Behind:
    """A line that was read already, and those behind it."""

    def __init__(self, first: bytes, reader: BufferedReader) -> None:
        self._first, self._reader = first, reader

    def readline(self, size: int, /) -> bytes:
        """The next line, or so much of it."""
        line, self._first = self._first, b""
        return line or self._reader.readline(size)
