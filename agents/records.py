"""What goes into an agent and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

Headers = Sequence[tuple[str, bytes | None]]

ARRIVED = "wirespin-arrived"
"""Header of what an article led to: when that was written to the ingest topic, milliseconds since 1970 in digits."""

LONGEST_TIME = 14
"""Digits of such a time; the next one comes in the year 5138."""


@dataclass(frozen=True)
class Record:
    """A record as it was consumed.

    Attributes:
        topic: where it stands.
        partition: its partition.
        offset: its offset.
        timestamp: milliseconds since 1970, by the broker or the producer.
        key: its key.
        value: its bytes, None for a tombstone.
        headers: its headers.
        event: the stream's own object, which is acknowledged.
    """

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    event: Any = field(default=None, compare=False, repr=False)

    @property
    def where(self) -> str:
        """Its place, as errors name it."""
        return f"{self.topic}[{self.partition}]@{self.offset}"

    @property
    def place(self) -> dict[str, str | int]:
        """Its place, as the log names it."""
        return {"topic": self.topic, "partition": self.partition, "offset": self.offset}

    @property
    def received(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.timestamp / 1000, UTC)

    @property
    def arrived(self) -> int:
        """When the article that led to it was written to the ingest topic, milliseconds since 1970, as far as told."""
        told = next((value for name, value in self.headers if name == ARRIVED), None)
        return int(told) if told and told.isdigit() and len(told) < LONGEST_TIME else self.timestamp

    @property
    def arrival(self) -> tuple[str, bytes]:
        """The header that tells it on."""
        return ARRIVED, str(self.arrived).encode()


@dataclass(frozen=True)
class Outgoing:
    """A record to send.

    Attributes:
        role: which of the declared topics it is for.
        key: its key, which decides its partition.
        value: its bytes, None for a tombstone.
        headers: its headers.
        arrived: of an event, when the article that led to it arrived (`Record.arrived`); for who measures.
        reason: of a rejection, what kind of error led to it (`agents.rejected.Reason`); for who counts.
        delivered: called with its partition and offset when it is confirmed.
    """

    role: str
    key: str
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()
    arrived: int | None = field(default=None, compare=False, repr=False)
    reason: str = field(default="", compare=False, repr=False)
    delivered: Callable[[int, int], None] | None = field(default=None, compare=False, repr=False)


class Outlet(Protocol):
    """Where records go."""

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all and return when every one is confirmed; raise `SendError` where one is not."""
