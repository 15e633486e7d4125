"""Content encodings undone piece by piece, within bounds: a kilobyte may unpack to a gigabyte.

Not aiohttp's: that unpacks what one read brought as a whole, takes any number of layers, and the cap has to count what
comes out, layer by layer, before more is made.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

from schemas.errors import FetchError, Trouble

LAYERS = 2
"""Encodings one over another. Two happen, where a server packs what its application has packed."""

STEP = 256 * 1024
"""Bytes unpacked at a time; what a bomb takes beyond the cap."""

MEMBERS = 1024
"""gzip files one behind another in one body: block gzip of 15 MiB has 240, and each costs a decompressor."""

WINDOW = 8 * 1024 * 1024
"""Bytes; RFC 9659 allows no larger window for zstd over HTTP."""

ZSTD_SLICE = 64
"""Bytes handed to zstd at a time: it has no bound of its own, and four bytes unpack to 128 KiB at most."""

GZIP = b"\x1f\x8b"
"""What a gzip file begins with."""


class Layer(Protocol):
    """One encoding undone."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to, at most some hundred kilobytes at a time."""

    def whole(self) -> bool:
        """Whether the data fed so far end where the encoding says, or there were none."""


class _Zlib:
    """gzip, and deflate in both readings: RFC 9110 means zlib's, many servers send it raw."""

    def __init__(self, wbits: int | None) -> None:
        self._wbits, self._inner, self._members = wbits, None if wbits is None else zlib.decompressobj(wbits), 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            inner = self._ready(data)
            if inner is None:
                return  # RFC 1952 leaves padding behind the end to the reader, and servers do send zeros
            piece = inner.decompress(data, STEP)
            while len(piece) == STEP:
                yield piece
                piece = inner.decompress(inner.unconsumed_tail, STEP)
            yield piece
            data = inner.unused_data

    def _ready(self, data: bytes) -> zlib._Decompress | None:
        """What unpacks the next bytes; None behind the end of all."""
        if self._inner is None:
            # RFC 1950: the low half of the first byte is 8; a raw stream could begin so only with odd padding
            self._inner = zlib.decompressobj(zlib.MAX_WBITS if data[0] & 15 == 8 else -zlib.MAX_WBITS)
        return self._inner if not self._inner.eof or self._another(data) else None

    def _another(self, data: bytes) -> bool:
        """Whether another gzip file begins, for which a decompressor stands ready then."""
        if self._wbits is None or not data.startswith(GZIP[: len(data)]):
            return False
        self._members += 1
        if self._members >= MEMBERS:
            raise _trouble("too_large", f"over {MEMBERS:,} gzip files in one")
        self._inner = zlib.decompressobj(self._wbits)
        return True

    def whole(self) -> bool:
        return self._inner is None or self._inner.eof


class _Gzip(_Zlib):
    def __init__(self) -> None:
        super().__init__(zlib.MAX_WBITS | 16)
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        return super().feed(data)

    def whole(self) -> bool:
        return not self._fed or super().whole()


class _Brotli:
    def __init__(self) -> None:
        self._inner, self._fed = brotli.Decompressor(), False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        if self._inner.is_finished():
            return
        piece = self._inner.process(data, output_buffer_limit=STEP)
        while piece or not self._inner.can_accept_more_data():
            yield piece
            if self._inner.is_finished():
                return
            piece = self._inner.process(b"", output_buffer_limit=STEP)

    def whole(self) -> bool:
        return not self._fed or self._inner.is_finished()


class _Zstd:
    def __init__(self) -> None:
        self._all = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._inner = self._all.decompressobj()
        self._within = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), ZSTD_SLICE):
            piece = data[start : start + ZSTD_SLICE]
            while piece:
                self._within = True
                yield self._inner.decompress(piece)
                piece = self._inner.unused_data
                if self._inner.eof:
                    self._inner, self._within = self._all.decompressobj(), False

    def whole(self) -> bool:
        return not self._within


MAKERS: Mapping[str, Callable[[], Layer]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": lambda: _Zlib(None),
    "br": _Brotli,
    "zstd": _Zstd,
}
"""Encodings understood; they are what is asked for."""

ACCEPTED = "gzip, deflate, br, zstd"
"""What is sent as Accept-Encoding."""

BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)


class Unpacker:
    """The body of an answer out of what came over the wire.

    Args:
        encodings: ``Content-Encoding`` as it stands, the first one applied first.
        largest: bytes that any layer may unpack to.

    Raises:
        FetchError: "encoding": one is not understood, or there are too many.
    """

    def __init__(self, encodings: str, largest: int) -> None:
        names = [
            name for name in (part.strip().lower() for part in encodings.split(",")) if name not in {"", "identity"}
        ]
        if len(names) > LAYERS:
            raise _trouble("encoding", f"packed {len(names)} times over")
        if unknown := [name for name in names if name not in MAKERS]:
            raise _trouble("encoding", f"packed as {unknown[0][:40]!r}, which was not asked for")
        self._layers = [MAKERS[name]() for name in reversed(names)]
        self._largest = largest
        self._made = [0] * (len(names) + 1)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes of the wire unpack to.

        Raises:
            FetchError: "encoding": they are broken; "too_large": a layer gave more than may be.
        """
        try:
            yield from self._through(0, data)
        except BROKEN as error:
            raise _trouble("encoding", f"packed wrongly ({error})") from error

    def _through(self, level: int, data: bytes) -> Iterator[bytes]:
        room = self._largest - self._made[level]
        self._made[level] += len(data)
        if level == len(self._layers):
            yield data[: max(room, 0)]
        if len(data) > room:
            raise _trouble("too_large", f"over {self._largest:,} bytes")
        if level < len(self._layers):
            for piece in self._layers[level].feed(data):
                if piece:
                    yield from self._through(level + 1, piece)

    def end(self) -> None:
        """Return if the body has ended where its encodings do.

        Raises:
            FetchError: "encoding": it breaks off.
        """
        if not all(layer.whole() for layer in self._layers):
            raise _trouble("encoding", "breaks off in the middle of what is packed")


def _trouble(trouble: Trouble, problem: str) -> FetchError:
    return FetchError(problem, trouble=trouble)
