"""Readers of the live list: each with a short queue, so that a slow one costs little and is dropped.

Changes are numbered within the life of the process, and the last ones kept: a browser that comes back names the last
that it saw (Last-Event-ID; HTML Standard, 9.2) and is told of those since, or that it has to load the list anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from streams.desk.types import Changes, Gone, Listed

MOST_READERS = 64
"""Open lists at a time: browsers keep up to six connections to a host, and people leave tabs open."""

MOST_WAITING = 256
"""Changes that a reader may be behind; a page of the list has fewer rows."""

MOST_KEPT = 1_000
"""Changes that are kept for those who come back: a few megabytes."""


class FullError(Exception):
    """There are as many readers as there may be."""


@dataclass(frozen=True)
class Told:
    """A change with its position.

    Attributes:
        position: to go on behind.
        change: an event as it stands now, or one that was withdrawn.
    """

    position: str
    change: Listed | Gone


class Reader:
    """Somebody who reads."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Told | None] = asyncio.Queue()
        self.dropped = False

    async def next(self, within: float) -> Told | None:
        """The next change, None where the reader is to go.

        Raises:
            TimeoutError: there is none for so many seconds.
        """
        return None if self.dropped else await asyncio.wait_for(self._queue.get(), within)

    def put(self, told: Told) -> None:
        """Hand over a change; a reader that has too many waiting is dropped."""
        if self._queue.qsize() >= MOST_WAITING:
            self.drop()
        elif not self.dropped:
            self._queue.put_nowait(told)

    def drop(self) -> None:
        """Have the reader go."""
        if not self.dropped:
            self.dropped = True
            self._queue.put_nowait(None)


class Live:
    """All readers.

    Attributes:
        dropped: readers that were too slow.
        refused: those that came when there were too many.

    Args:
        most: readers at a time.
    """

    def __init__(self, most: int = MOST_READERS) -> None:
        self._most = most
        self._readers: set[Reader] = set()
        self._life = secrets.token_hex(4)
        self._number = 0
        self._kept: deque[tuple[int, Told]] = deque(maxlen=MOST_KEPT)
        self.dropped = 0
        self.refused = 0

    def __len__(self) -> int:
        return len(self._readers)

    @property
    def position(self) -> str:
        """Behind all changes so far."""
        return f"{self._life}.{self._number}"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader, for as long as the context lasts.

        Raises:
            FullError: there are too many.
        """
        if len(self._readers) >= self._most:
            self.refused += 1
            raise FullError
        reader = Reader()
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    def since(self, position: str) -> list[Told] | None:
        """Changes behind a position; None where they are not known any more, or never were."""
        life, _, number = position.partition(".")
        if life != self._life or not (number.isascii() and number.isdigit()) or len(number) > 15:
            return None
        seen, oldest = int(number), self._kept[0][0] if self._kept else self._number + 1
        if seen > self._number or seen + 1 < oldest:
            return None
        return [told for at, told in self._kept if at > seen]

    def tell(self, changes: Changes) -> None:
        """Tell all readers what a batch has changed."""
        told_of: tuple[Listed | Gone, ...] = (*changes.changed, *changes.gone)
        for change in told_of:
            self._number += 1
            told = Told(self.position, change)
            self._kept.append((self._number, told))
            for reader in self._readers:
                was = reader.dropped
                reader.put(told)
                self.dropped += reader.dropped and not was

    def close(self) -> None:
        """Have all readers go."""
        for reader in self._readers:
            reader.drop()
