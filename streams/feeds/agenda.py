"""Which feed is polled next: by when it is due, with no host kept busy by more than a few."""

from __future__ import annotations

import heapq
from collections import Counter, deque


class Agenda:
    """Feeds by the time they are due.

    A feed whose host is busy stands aside until one of that host's is done, so that a thousand feeds of one slow host
    never take the places of all others. Pure: the caller tells the time.

    Args:
        per_host: feeds of one host that are polled at a time.
    """

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._heap: list[tuple[float, int, str, str]] = []
        self._entries: dict[str, tuple[int, float, str]] = {}
        self._busy: Counter[str] = Counter()
        self._aside: dict[str, deque[tuple[int, str, str]]] = {}
        self._free: deque[tuple[int, str, str]] = deque()
        self._number = 0

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, feed: str, due: float, host: str) -> None:
        """Enter a feed, or give it another time."""
        self._number += 1
        self._entries[feed] = (self._number, due, host)
        heapq.heappush(self._heap, (due, self._number, feed, host))
        if len(self._heap) > 64 + 4 * len(self._entries):  # what was given another time many times leaves its old ones
            self._heap = [(when, number, name, where) for name, (number, when, where) in self._entries.items()]
            heapq.heapify(self._heap)

    def remove(self, feed: str) -> None:
        """Strike a feed out, if it is there."""
        self._entries.pop(feed, None)

    def take(self, now: float) -> tuple[str, float, str] | None:
        """Take the next feed that is due and whose host is free: its name, when it was due, its host.

        The host counts as busy until `done` is called for it.
        """
        while (candidate := self._candidate(now)) is not None:
            number, feed, host = candidate
            if self._stale(number, feed):
                self._promote(host)  # it may have been called up in the place of another
            elif self._busy[host] >= self._per_host:
                self._aside.setdefault(host, deque()).append(candidate)
            else:
                self._busy[host] += 1
                return feed, self._entries.pop(feed)[1], host
        return None

    def done(self, host: str) -> None:
        """Hear that a feed of a host was polled."""
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
        self._promote(host)

    def wait(self, now: float) -> float | None:
        """Seconds until the next is due; None where nothing is entered but what stands aside."""
        if self._free:
            return 0.0
        while self._heap and self._stale(*self._heap[0][1:3]):
            heapq.heappop(self._heap)
        return max(0.0, self._heap[0][0] - now) if self._heap else None

    def overdue(self, now: float) -> int:
        """How many are due and not begun."""
        return sum(due <= now for _, due, _ in self._entries.values())

    def _promote(self, host: str) -> None:
        """Call up one of those that stand aside for a host."""
        if waiting := self._aside.get(host):
            self._free.append(waiting.popleft())
            if not waiting:
                del self._aside[host]

    def _candidate(self, now: float) -> tuple[int, str, str] | None:
        """The next that may be due; those that stood aside come first."""
        if self._free:
            return self._free.popleft()
        if self._heap and self._heap[0][0] <= now:
            _, number, feed, host = heapq.heappop(self._heap)
            return number, feed, host
        return None

    def _stale(self, number: int, feed: str) -> bool:
        """Whether a feed was struck out, or given another time since it was entered under this number."""
        known = self._entries.get(feed)
        return known is None or known[0] != number
