"""The records of a WARC file (ISO 28500), plain or gzipped record by record, however broken some of them are.

warcio reads a record; where records begin and end is found here, since it gives up at the first that is damaged: a
record is inflated up to a cap, and behind one that is too large, cut short or lies about its length the next is looked
for. Never more than a record and a block are held.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.errors import FeedError
from wirespin.formats.inflate import GZIP, Stream

LARGEST = 20 * 1024 * 1024
"""Bytes of an inflated record: a page's cap of 15 MiB, and headers."""

BLOCK = 262_144
"""Bytes read at a time."""

PROBE = 4_096
"""Bytes of a member that are inflated to see whether a record begins there."""

_GZIP = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_BEGIN = re.compile(rb"(?:\A|\n)(?=WARC/\d\.\d)")
_LONGEST_HEADERS = 65_536
"""Bytes in which the headers of a record end."""


@dataclass(frozen=True)
class Raw:
    """A record's bytes, headers and all, and where in the file it begins."""

    data: bytes
    offset: int


class _Window:
    """A stream with a look ahead and a position."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data, self.at = b"", 0

    def fill(self, least: int) -> bool:
        """Look at least so far ahead; False where the stream ends before."""
        pieces, size = [self.data], len(self.data)
        while size < least and (block := self._stream.read(BLOCK)):
            pieces.append(block)
            size += len(block)
        self.data = b"".join(pieces)
        return size >= least

    def skip(self, count: int) -> None:
        """Move on."""
        self.at += min(count, len(self.data))
        self.data = self.data[count:]


def records(stream: Stream, where: str) -> Iterator[Raw | FeedError]:
    """All records of a file, and an error in place of each that cannot be read.

    Args:
        stream: at its beginning.
        where: the file's name.
    """
    window = _Window(stream)
    window.fill(4)
    walk = _gzipped if window.data.startswith(b"\x1f\x8b") else _plain
    yield from walk(window, where)


def _gzipped(window: _Window, where: str) -> Iterator[Raw | FeedError]:
    while window.fill(len(_GZIP)):
        offset = window.at
        if not window.data.startswith(_GZIP):
            yield FeedError("no gzip member begins here", where=f"{where} byte {offset}")
            _resync(window)
            continue
        data, problem = _member(window)
        if problem is None:
            yield from _of_member(data, offset, where)
            continue
        yield FeedError(problem, where=f"{where} byte {offset}", remedy="the records behind it are read")
        _resync(window)


def _member(window: _Window) -> tuple[bytes, str | None]:
    """One inflated member, or why it is none; then the window stands within it."""
    inflater, ended, size = zlib.decompressobj(GZIP), False, 0
    pieces: list[bytes] = []
    try:
        while not ended:
            if not window.fill(1):
                return b"", "a record is cut short by the end of the file"
            piece = inflater.decompress(window.data, LARGEST + 1 - size)
            pieces.append(piece)
            size += len(piece)
            ended = inflater.eof
            left = len(inflater.unused_data if ended else inflater.unconsumed_tail)
            window.skip(len(window.data) - left)
            if size > LARGEST:
                return b"", f"a record of over {LARGEST:,} bytes when inflated"
    except zlib.error as error:
        window.skip(len(_GZIP))
        return b"", f"a damaged record: {error}"
    return b"".join(pieces), None


def _resync(window: _Window) -> None:
    """Move to the next member that inflates to the beginning of a record, or to the end."""
    more = True
    while more:
        more = window.fill(BLOCK + PROBE)
        end = len(window.data) - PROBE if more else len(window.data)
        at = window.data.find(_GZIP)
        while 0 <= at < end:
            if _begins(window.data[at : at + PROBE]):
                window.skip(at)
                return
            at = window.data.find(_GZIP, at + len(_GZIP))
        window.skip(end)


def _begins(data: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP).decompress(data, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _of_member(data: bytes, offset: int, where: str) -> Iterator[Raw | FeedError]:
    """The record of a member; some tools put several into one."""
    problem = _unlike_its_length(data)
    if problem is None:
        yield Raw(data, offset)
        return
    starts = [found.end() for found in _BEGIN.finditer(data)]
    if not starts:
        yield FeedError("no WARC record", where=f"{where} byte {offset}")
        return
    parts = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    for part in parts:
        wrong = _unlike_its_length(part)
        yield Raw(part, offset) if wrong is None else FeedError(wrong, where=f"{where} byte {offset}")


def _unlike_its_length(data: bytes) -> str | None:
    """What is wrong with the length that a record states; None where it is right."""
    end = _HEADERS_END.search(data, 0, _LONGEST_HEADERS)
    length = _LENGTH.search(data, 0, end.start() + 1 if end else 0)
    if not data.startswith(b"WARC/") or end is None:
        return "a record without headers"
    if length is None:
        return "a record without Content-Length"
    there, told = len(data) - end.end(), int(length[1])
    if told > there or data[end.end() + told :].strip(b"\r\n"):
        return f"a record states a length of {told} bytes and has {there}"
    return None


def _plain(window: _Window, where: str) -> Iterator[Raw | FeedError]:
    while window.fill(1):
        blank = len(window.data) - len(window.data.lstrip(b"\r\n"))
        if blank:
            window.skip(blank)
            continue
        offset = window.at
        data, problem = _block(window)
        if problem is None:
            yield Raw(data, offset)
            continue
        yield FeedError(problem, where=f"{where} byte {offset}", remedy="the records behind it are read")
        _next_begin(window)


def _block(window: _Window) -> tuple[bytes, str | None]:
    """One record of a plain file, if what stands behind it shows that its length is right."""
    window.fill(_LONGEST_HEADERS)
    end = _HEADERS_END.search(window.data, 0, _LONGEST_HEADERS)
    length = _LENGTH.search(window.data, 0, end.start() + 1 if end else 0)
    if not window.data.startswith(b"WARC/") or end is None or length is None:
        return b"", "a record without headers or Content-Length"
    size = end.end() + int(length[1])
    if size > LARGEST:
        return b"", f"a record of {int(length[1]):,} bytes, more than {LARGEST:,}"
    if not window.fill(size):
        return b"", "a record is cut short, or states too great a length"
    window.fill(size + 16)
    behind = window.data[size : size + 16]
    if behind.strip(b"\r\n") and not behind.lstrip(b"\r\n").startswith(b"WARC/"):
        return b"", f"a record states a length of {int(length[1])} bytes, and does not end there"
    data = window.data[:size]
    window.skip(size)
    return data, None


def _next_begin(window: _Window) -> None:
    """Move to the next line that begins a record, or to the end."""
    window.skip(1)
    while True:
        more = window.fill(BLOCK)
        if found := re.search(rb"\n(?=WARC/\d\.\d\r?\n)", window.data):
            window.skip(found.end())
            return
        if not more:
            window.skip(len(window.data))
            return
        window.skip(len(window.data) - 16)
