"""A record that a stage could not work on, kept whole where it can be."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import WireRecord

REPLAYS = "wirespin-replays"
"""Header of a record that was sent again: how often, in decimal digits."""

REJECTED_AT = "wirespin-rejected-at"
"""Header of a record that was sent again: the place where it stood when it was first refused."""

Part = Literal["key", "headers", "value"]


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
        key: the record's key, base64, null where it had none or it is among `omitted`.
        value: the record's value, base64, null for a tombstone or where it is among `omitted`.
        headers: its headers, values in base64; where they are among `omitted`, only those that tell of a replay.
        omitted: parts too large to be kept; the record itself stays at topic, partition and offset.
        truncated: bytes of a value that is omitted.
        head: the first bytes of a value that is omitted, base64.
        sha256: digest of the whole of a value that is omitted, hex.
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
    omitted: list[Part] = Field(default_factory=list)
    truncated: int | None = None
    head: str | None = None
    sha256: str | None = None
