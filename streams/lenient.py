"""Reading records whose header names are no UTF-8, as Kafka's own clients do: with what is wrong replaced.

aiokafka 0.14 raises UnicodeDecodeError instead, from within the fetch, and never gets past such a record: one of them,
which any C client can send, would end every worker that comes to its partition.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import decode_varint

LENGTH_AT = struct.calcsize(">q")
"""Bytes of a batch before its length, which counts what comes behind it."""

OVERHEAD = struct.calcsize(">qi")
"""Bytes of a batch that its length does not count."""

ASCII = 0x80
"""Bytes below this one are valid wherever they stand."""


class LenientRecords:
    """The batches of a fetch, in place of aiokafka's `MemoryRecords`.

    Args:
        data: the bytes of one partition.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._position = data, 0
        self._records = MemoryRecords(data)

    def size_in_bytes(self) -> int:
        """Bytes of all."""
        return int(self._records.size_in_bytes())

    def has_next(self) -> bool:
        """Whether there is one more batch."""
        return bool(self._records.has_next())

    def next_batch(self) -> LenientBatch | None:
        """The next batch, None where there is none."""
        batch = self._records.next_batch()
        if batch is None:
            return None
        begin = self._position
        (length,) = struct.unpack_from(">i", self._data, begin + LENGTH_AT)
        self._position = begin + OVERHEAD + length
        return LenientBatch(batch, self._data, begin, self._position)


class LenientBatch:
    """A batch as aiokafka reads it, until it cannot.

    Args:
        batch: its own batch.
        data: of the fetch.
        begin: where the batch begins.
        end: and ends.
    """

    def __init__(self, batch: Any, data: bytes, begin: int, end: int) -> None:
        self._batch, self._data, self._begin, self._end = batch, data, begin, end

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        """Its records; from one that cannot be read on all once more: the fetcher leaves out those it has had."""
        try:
            yield from self._batch
        except UnicodeDecodeError:
            yield from mended(self._data[self._begin : self._end])


def mended(data: bytes) -> Any:
    """The batch with a question mark for every byte over 127 of a header's name that is no UTF-8."""
    batch = _DefaultRecordBatchPy(bytearray(data))
    batch._maybe_uncompress()
    buffer, position = batch._buffer, batch._pos
    for _ in range(batch._num_records):
        position = _mend(buffer, position)
    return batch


def _mend(buffer: bytearray, position: int) -> int:
    """Mend the names of one record's headers; where the next record begins."""
    length, position = decode_varint(buffer, position)
    end: int = position + length
    for _ in range(3):  # attributes, and what time and offset differ by
        _, position = decode_varint(buffer, position)
    for _ in range(2):  # key and value
        size, position = decode_varint(buffer, position)
        position += max(0, size)
    headers, position = decode_varint(buffer, position)
    for _ in range(headers):
        size, position = decode_varint(buffer, position)
        buffer[position : position + size] = _ascii(buffer[position : position + size])
        position += size
        size, position = decode_varint(buffer, position)
        position += max(0, size)
    return end


def _ascii(name: bytearray) -> bytes:
    try:
        name.decode()
    except UnicodeDecodeError:
        return bytes(byte if byte < ASCII else ord("?") for byte in name)
    return bytes(name)


def install() -> None:
    """Let all consumers of this process read leniently, Faust's too: there is no other place to reach them."""
    fetcher.MemoryRecords = LenientRecords
