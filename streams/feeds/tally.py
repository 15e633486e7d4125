"""What a worker's polling has done since it started."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

LATEST = 4_096
"""Polls whose lateness is remembered."""

LATE_BOUNDS = (1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3_600.0)
"""Seconds that a poll may be late, by which polls are counted: up to a minute nobody notices, and the shortest interval
is ten."""


@dataclass
class Tally:
    """Counts since the start of the process.

    Attributes:
        polls: by what came of them: ``new``, ``known`` (parsed, nothing new), ``same`` (the body of last time),
            ``not_modified`` (304), ``failed``.
        pushes: deliveries of hubs, by the same words, or ``unreadable``.
        troubles: failures by kind.
        articles: sent.
        pages: article pages, by whether their text was ``read`` or ``failed``.
        left_out: entries that could not be made articles.
        received: bytes of bodies, unpacked.
        late: seconds by which polls began late, of the last ones.
        in_flight: polls that are going on.
        begun: polls that were begun.
        late_total: seconds by which all polls began late.
        late_at_most: polls that were no later than each of `LATE_BOUNDS`.
    """

    polls: Counter[str] = field(default_factory=Counter)
    pushes: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    received: int = 0
    late: deque[float] = field(default_factory=lambda: deque(maxlen=LATEST))
    in_flight: int = 0
    begun: int = 0
    late_total: float = 0.0
    late_at_most: list[int] = field(default_factory=lambda: [0] * len(LATE_BOUNDS))

    def begin(self, late: float) -> None:
        """Count a poll that begins so many seconds late."""
        self.late.append(late)
        self.begun += 1
        self.late_total += late
        for place, bound in enumerate(LATE_BOUNDS):
            self.late_at_most[place] += late <= bound

    def lateness(self, share: float) -> float:
        """Seconds that so many of the last polls were late at most, e.g. 0.99 for the 99th percentile."""
        ordered = sorted(self.late)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
