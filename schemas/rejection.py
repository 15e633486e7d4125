"""A record that a stage could not work on, kept whole."""

from __future__ import annotations

from pydantic import Field

from schemas.base import WireRecord


class Rejection(WireRecord):
    """What was refused, where it came from and why. The bytes are kept so that it can be sent again.

    Attributes:
        stage: ingest, match or judge.
        topic: where the record came from.
        partition: its partition.
        offset: its offset.
        timestamp: its Kafka timestamp in milliseconds since 1970.
        error: class of the error.
        message: what it said.
        key: the record's key, base64, null where it had none.
        value: the record's value, base64, null for a tombstone or where `truncated`.
        headers: its headers, values in base64.
        truncated: bytes of a value too large to be kept; the record itself stays at topic, partition and offset.
    """

    stage: str
    topic: str
    partition: int
    offset: int
    timestamp: int | None = None
    error: str
    message: str
    key: str | None = None
    value: str | None = None
    headers: list[tuple[str, str | None]] = Field(default_factory=list)
    truncated: int | None = None
