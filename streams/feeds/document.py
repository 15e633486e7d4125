"""What a body is, told from its own bytes."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from streams.feeds.facts import Body, BodyKind
from wirespin.feed.links import feed_links

LOOKED_AT = 1_024
"""Bytes in which a body says what it is."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ((b"<\x00?\x00", "utf-16"), (b"\x00<\x00?", "utf-16"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PROLOG = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_GUID = re.compile(rb"<(?:guid|id)\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?([^<>\]]{1,2000})")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XHTML = re.compile(rb"<html[\s>]", re.IGNORECASE)


def body_facts(data: bytes, content_type: str | None, url: str) -> Body:
    """What a body is, and in which characters it is written.

    Args:
        data: the body, decompressed.
        content_type: header of that name.
        url: where it came from.
    """
    kind = body_kind(data)
    header = _CHARSET.search(content_type or "")
    found = (_META if kind == "html" else _PROLOG).search(data[: 4 * LOOKED_AT])
    by_header, by_document = (header[1] if header else None), (found[1].decode("ascii") if found else None)
    stated = by_header or by_document
    return Body(
        size=len(data),
        kind=kind,
        by_header=by_header,
        by_document=by_document,
        real=_proved(data),
        readable=None if stated is None else _reads(data, stated),
        links=feed_links(data, url) if kind == "html" else (),
    )


def body_kind(data: bytes) -> BodyKind:
    """What a body is by its beginning."""
    start = _plain(data[: 4 * LOOKED_AT]).lstrip()
    if not start:
        return "empty"
    if start.startswith((b"{", b"[")):
        return "json"
    if _HTML.match(start) or (start.startswith((b"<?xml", b"<!")) and _XHTML.search(start)):
        return "html"
    if start.startswith(b"<"):
        return "xml"
    return "binary" if b"\x00" in data[:LOOKED_AT] or data.startswith(b"\x1f\x8b") else "text"


def shared_guids(data: bytes) -> dict[str, int]:
    """Identifiers that stand several times in a feed, and how often; read by eye, since the parser repairs them."""
    start = _plain(data) if _marked(data) else data
    counts = Counter(match[1].strip() for match in _GUID.finditer(start))
    return {guid.decode("utf-8", "replace"): count for guid, count in counts.items() if count > 1}


def _plain(start: bytes) -> bytes:
    """The beginning as ASCII sees it."""
    encoding = _marked(start)
    if encoding is None or encoding == "utf-8":
        return start.removeprefix(codecs.BOM_UTF8)
    return start.decode(encoding, "ignore").encode("utf-8", "ignore")


def _marked(data: bytes) -> str | None:
    found = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if found is None and data.startswith(tuple(mark for mark, _ in _UNMARKED)):
        return "utf-16-le" if data.startswith(b"<") else "utf-16-be"
    return found


def _proved(data: bytes) -> str | None:
    if encoding := _marked(data):
        return encoding
    if data.isascii():
        return "ascii"
    return "utf-8" if _reads(data, "utf-8") else None


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True
