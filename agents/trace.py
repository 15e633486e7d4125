"""What an agent tells of its work, for those who trace a record from topic to topic. Nobody listens unless asked to."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from agents.records import Outgoing, Record


class Tracer(Protocol):
    """Told of batches and records of one stage. It may add headers to what is sent; values are not its business."""

    def batch(self, records: Sequence[Record]) -> AbstractContextManager[object]:
        """Entered while a batch is worked on, delivered and acknowledged."""
        ...

    def begin(self, record: Record) -> str:
        """Work on a record begins, or goes on; returns the id of its trace, empty where it has none."""
        ...

    def end(self, record: Record, outgoing: Sequence[Outgoing], error: Exception | None) -> Sequence[Outgoing]:
        """Work on a record is done: what is to be sent for it.

        Args:
            record: that was begun.
            outgoing: what it led to, its rejection where there was an error.
            error: why it was rejected.
        """
        ...

    def seen(self, record: Record) -> None:
        """A record was taken in again when the state was rebuilt."""
        ...


class Untraced:
    """Tells nobody, adds nothing."""

    def batch(self, records: Sequence[Record]) -> AbstractContextManager[object]:
        """Nothing; see `Tracer`."""
        return nullcontext()

    def begin(self, record: Record) -> str:
        """No trace; see `Tracer`."""
        return ""

    def end(self, record: Record, outgoing: Sequence[Outgoing], error: Exception | None) -> Sequence[Outgoing]:
        """The same; see `Tracer`."""
        return outgoing

    def seen(self, record: Record) -> None:
        """Nothing; see `Tracer`."""


UNTRACED = Untraced()
"""Holds nothing, so one is enough."""
