"""The characters of a document whose bytes, header and prolog may each say something else."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator, Mapping

from schemas.errors import FeedError

LARGEST = 15 * 1024 * 1024
"""Bytes of a document; the cap of well-known feed readers."""

PROLOG = 1_024
"""Bytes in which the XML declaration is looked for."""

MOST_BROKEN = 0.1
"""Share of the characters beyond ASCII that may be unreadable in the encoding a document states: a cut or two, not
another encoding."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OPENINGS = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How ``<`` and what follows it begin a document without a byte order mark (XML 1.0, appendix F)."""

_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What is written under a narrower name (WHATWG Encoding Standard, 4.2)."""

_CHARACTER_SETS = tuple("utf-8 ascii iso8859 cp koi8 mac gb hz big5 euc shift iso2022 johab tis kz1048".split())
"""How the names of Python's codecs begin that are byte encodings of scripts, and neither escapes nor compression."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
"""What XML 1.0 (2.2) forbids, and DEL; C1 controls stand where cp1252 was meant and are mapped by the reader."""


def decoded(data: bytes, headers: Mapping[str, str], where: str) -> tuple[str, list[str]]:
    """The text of a document, free of control characters, and what was odd about its bytes.

    A byte order mark wins; bytes that are UTF-8 beyond ASCII are UTF-8 whatever is stated, since text of another
    encoding hardly ever is; then the header's charset, the prolog's and Windows-1252 are tried (RFC 7303, 3.2).

    Args:
        data: the body; gzip that a server forgot to name is undone.
        headers: of the response, names in lower case.
        where: what to call the document in an error.

    Raises:
        FeedError: it is empty, too large, or not text.
    """
    data, problems = _inflated(data, where)
    if not data.strip(b" \t\r\n\0"):
        raise FeedError("the document is empty", where=where, remedy="look at the address in a browser")
    text, encoding, stated = _read(data, headers)
    if stated and encoding != stated:
        problems.append(f"states the encoding {stated}, but is {encoding}")
    clean, removed = _CONTROLS.subn("", text)
    if removed:
        problems.append(f"held control characters in {removed:,} places, which were removed")
    return clean.lstrip("\ufeff \t\r\n"), problems


def _inflated(data: bytes, where: str) -> tuple[bytes, list[str]]:
    problems = []
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, LARGEST + 1)
        except zlib.error as error:
            raise FeedError(f"gzip that cannot be read: {error}", where=where) from error
        problems.append("is gzip within, which its header does not say")
    if len(data) > LARGEST:
        raise FeedError(f"over {LARGEST:,} bytes", where=where, remedy="ask for a shorter feed")
    return data, problems


def _read(data: bytes, headers: Mapping[str, str]) -> tuple[str, str, str | None]:
    """The text, the encoding it was read in, and the one that was stated."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, None
    for opening, encoding in _OPENINGS:
        if data.startswith(opening):
            return data.decode(encoding, "replace"), encoding, None
    stated = list(_stated(data, headers))
    if not data.isascii() and (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8", stated[0] if stated else None
    for encoding in [*stated, "utf-8"]:
        if (text := _strict(data, encoding)) is not None:
            return text, encoding, stated[0] if stated else None
    for encoding in [*stated, "utf-8"]:
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken <= MOST_BROKEN * (len(text) - len(text.encode("ascii", "ignore"))):
            return text, encoding, stated[0] if stated else None
    return data.decode("cp1252", "replace"), "cp1252", stated[0] if stated else None


def _stated(data: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """Encodings that the header and the document name, the ones Python has, by its names."""
    names = _CHARSET.findall(headers.get("content-type", ""))
    names += [name.decode("ascii", "ignore") for name in _DECLARED.findall(data[:PROLOG])[:1]]
    names += [name.decode("ascii", "ignore") for name in _META.findall(data[: 4 * PROLOG])[:1]]
    for name in names:
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if info.name.startswith(_CHARACTER_SETS):
            yield _SUPERSETS.get(info.name, info.name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None
