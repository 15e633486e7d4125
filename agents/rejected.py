"""A record that could not be worked on, on its way to ``rejected``: always small enough for the broker to take it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Literal

from agents.records import Headers, Outgoing, Record
from schemas.errors import ArticleError, InputError
from schemas.rejection import REJECTED_AT, REPLAYS, Part, Rejection

LARGEST_KEPT = 600_000
"""Bytes of key, headers and value that a rejection keeps: base64 makes 800,000 of them, and Apache Kafka takes
1,048,588. A rejection that the broker refuses would end the worker, and every one after it, at the same record."""

HEAD_KEPT = 16_384
"""Bytes of a larger value that are kept, to tell what it was."""

LONGEST_MESSAGE = 2_000
"""Characters of an error message that are kept and logged."""

HEADER_COST = 16
"""Bytes of JSON around a header's name and value."""

WORST_ESCAPE = 6
"""Bytes of JSON that one byte of a header's name may need: ``\\u0000``."""

LONGEST_MARK = 1_024
"""Bytes of a header that tells of a replay; a longer one is not ours."""


Reason = Literal["article", "record", "internal"]
"""What was unfit: a field of the article, the record around it, or our own work, which is a fault of ours."""


def reason(error: Exception) -> Reason:
    """The kind of an error, one of a few: what counts rejections must not grow with what is sent to us."""
    if isinstance(error, ArticleError):
        return "article"
    return "record" if isinstance(error, InputError) else "internal"


def rejection(name: str, record: Record, error: Exception) -> Outgoing:
    """What goes to ``rejected``: the record's own bytes, where they came from, and what was wrong.

    Args:
        name: of the stage.
        record: what could not be worked on.
        error: why.
    """
    omitted = list(_omitted(record))
    value = record.value
    left_out = value if "value" in omitted else None
    headers = record.headers if "headers" not in omitted else _marks(record.headers)
    rejected = Rejection(
        stage=name,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp=record.timestamp,
        error=type(error).__name__,
        message=told(error),
        key=None if "key" in omitted else _base64(record.key),
        value=None if "value" in omitted else _base64(value),
        headers=[(header, _base64(content)) for header, content in headers],
        omitted=omitted,
        truncated=None if left_out is None else len(left_out),
        head=None if left_out is None else _base64(left_out[:HEAD_KEPT]),
        sha256=None if left_out is None else hashlib.sha256(left_out).hexdigest(),
    )
    return Outgoing("rejected", record.topic, rejected.to_bytes(), reason=reason(error))


def told(error: Exception) -> str:
    """What an error says, short enough to keep, in characters that can be printed and logged."""
    said = str(error)[:LONGEST_MESSAGE]
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in said)[:LONGEST_MESSAGE]


def _omitted(record: Record) -> Iterable[Part]:
    """The parts that must be left out, where the smaller ones go first."""
    left = LARGEST_KEPT
    sizes: dict[Part, int] = {
        "key": len(record.key or b""),
        "headers": sum(map(_header_size, record.headers)),
        "value": len(record.value or b""),
    }
    for part, size in sorted(sizes.items(), key=lambda sized: sized[1]):
        if size > left:
            yield part
        else:
            left -= size


def _header_size(header: tuple[str, bytes | None]) -> int:
    return HEADER_COST + WORST_ESCAPE * len(header[0].encode()) + len(header[1] or b"")


def _marks(headers: Headers) -> Headers:
    """The headers by which a record that was sent again is known."""
    return [
        (name, value) for name, value in headers if name in (REPLAYS, REJECTED_AT) and len(value or b"") < LONGEST_MARK
    ][:2]


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()
