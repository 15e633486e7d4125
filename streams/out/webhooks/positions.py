"""Up to where a hook is done with a partition, when messages are finished in any order."""

from __future__ import annotations


class Position:
    """What may be committed of a partition: everything before it was delivered, filtered out or put by.

    Args:
        next: offset of the first record that has not been read.

    Attributes:
        committed: what was last committed, None before.
    """

    def __init__(self, next: int) -> None:  # noqa: A002 (Kafka's own word for it)
        self._next = next
        self._open: dict[int, None] = {}
        self.committed: int | None = None

    def begin(self, offset: int) -> None:
        """A record was read, and is to be delivered."""
        self._open[offset] = None
        self.passed(offset)

    def passed(self, offset: int) -> None:
        """A record was read; unless `begin` said so there is nothing to do for it."""
        self._next = max(self._next, offset + 1)

    def done(self, offset: int) -> None:
        """A record that was begun is finished."""
        self._open.pop(offset, None)

    @property
    def committable(self) -> int:
        """Offset before which all is finished."""
        return next(iter(self._open), self._next)  # offsets are begun in rising order
