"""Decompression that stops: no more than was asked for is ever held, whatever the data claims to be."""

from __future__ import annotations

import contextlib
import io
import zlib
from typing import Protocol

from schemas.errors import FeedError
from wirespin.unpack import BROKEN, MAKERS, Layer

GZIP = zlib.MAX_WBITS | 16
_BLOCK = 65_536


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""
        ...


class Inflated(io.RawIOBase):
    """A gzip stream of any number of members, inflated as it is read.

    Args:
        stream: compressed.
        where: for errors.
    """

    def __init__(self, stream: Stream, where: str) -> None:
        self._stream, self._where = stream, where
        self._inflater = zlib.decompressobj(GZIP)
        self._rest, self._ended = b"", False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer.

        Raises:
            FeedError: the data is no gzip, or ends in the middle of a member.
        """
        data = b""
        while not data and not self._ended:
            data = self._more(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _more(self, most: int) -> bytes:
        compressed = self._rest or self._stream.read(_BLOCK)
        if self._inflater.eof:
            self._ended = not compressed.startswith(b"\x1f\x8b")  # zeros pad tapes and some archives
            self._inflater = zlib.decompressobj(GZIP)
        if self._ended:
            return b""
        if not compressed:
            raise FeedError("the gzip data is cut short", where=self._where, remedy="fetch the file again")
        try:
            data = self._inflater.decompress(compressed, most)
        except zlib.error as error:
            raise FeedError(f"the gzip data is damaged: {error}", where=self._where) from error
        self._rest = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
        return data


def decoded(body: bytes, encoding: str, most: int, where: str) -> bytes:
    """The body of an HTTP message without its content encoding; one that it does not have is passed over.

    Crawlers often store the body decoded and the header as it was.

    Raises:
        FeedError: over `most` bytes.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in MAKERS:
            with contextlib.suppress(*BROKEN):
                body = _undone(MAKERS[name](), body, most, where)
    return body


def _undone(layer: Layer, body: bytes, most: int, where: str) -> bytes:
    pieces, size = [], 0
    for piece in layer.feed(body):
        size += len(piece)
        if size > most:
            raise FeedError(f"over {most:,} bytes when decompressed", where=where)
        pieces.append(piece)
    return b"".join(pieces)
