"""What a document is, by how it begins. The name of a file only decides between kinds of plain text."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["gzip", "warc", "xml", "json", "text", "other"]

HEAD = 4_096
"""Bytes looked at."""

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ZCZC", "an IPTC 7901 message"),
    (b"\x01", "an IPTC 7901 or ANPA message"),
)
_TEXTS: tuple[tuple[tuple[bytes, ...], Kind, str], ...] = (
    ((b"WARC/",), "warc", "WARC"),
    ((b"<",), "xml", "XML"),
    ((b"{", b"["), "json", "JSON"),
)
_TAR_AT, _TAR = 257, b"ustar"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(head: bytes) -> tuple[Kind, str]:
    """The kind of a document and, where it is none that can be read, what it is in words for a person.

    Args:
        head: its first `HEAD` bytes, or all.
    """
    if head.startswith(b"\x1f\x8b"):
        return "gzip", "gzip"
    for mark, name in _BINARY:
        if head.startswith(mark):
            return "other", name
    if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return "other", "a tar archive"
    return _of_text(_bare(head))


def _of_text(head: bytes) -> tuple[Kind, str]:
    if not head:
        return "other", "empty"
    if _HTML.match(head):
        return "other", "an HTML page"
    for marks, kind, name in _TEXTS:
        if head.startswith(marks):
            return kind, name
    if _CONTROL.search(head):
        return "other", f"binary data ({head[:8]!r}…)"
    return "text", "plain text"


def _bare(head: bytes) -> bytes:
    """Without byte order marks and leading space; UTF-16, which only XML is read in, loses its zero bytes."""
    if head.startswith(_MARKS[1:]) or head[:2] in {b"<\x00", b"\x00<"}:
        head = head.replace(b"\x00", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.lstrip()
