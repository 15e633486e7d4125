"""Messages between a worker and the processes that parse: an object of JSON and some blobs, length first.

Nothing is pickled: what a hostile document does to the process that reads it must not reach the one that holds the
connections.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import orjson

LENGTH = struct.Struct(">I")
"""How a length is written."""

Message = tuple[dict[str, Any], list[bytes]]
"""An object, and what is too large or too raw for JSON."""


def encoded(said: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """A message as bytes."""
    head = orjson.dumps({"said": said, "blobs": [len(blob) for blob in blobs]})
    return b"".join([LENGTH.pack(len(head)), head, *blobs])


def lengths(head: bytes) -> tuple[dict[str, Any], list[int]]:
    """The object of a message, and how long its blobs are."""
    data = orjson.loads(head)
    return data["said"], data["blobs"]


def read_from(stream: BinaryIO) -> Message | None:
    """The next message of a stream; None at its end, also within a message."""
    length = stream.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    head = stream.read(LENGTH.unpack(length)[0])
    if not head:
        return None
    said, sizes = lengths(head)
    return said, [stream.read(size) for size in sizes]
