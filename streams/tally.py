"""What a stage has done since its process began, counted where its work goes out and where it is acknowledged."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agents.records import Outgoing, Outlet, Record
from streams.spread import Spread

BATCH_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)
"""Seconds a batch may take, by which batches are counted: 64 ordinary articles take a tenth, one of 100,000 words
compared with others of its kind a minute."""

DELAY_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1_800.0, 7_200.0)
"""Seconds by which delays are counted: what runs alone takes a tenth, what was down catches up for hours."""

EVENTS = ("republications", "alerts")
"""Roles of the topics that events go to."""


@dataclass
class Tally:
    """Counts of one stage since the start of the process; what is delivered again is counted again.

    Attributes:
        acknowledged: records.
        sent: records by the role of the topic they went to, ``rejected`` among them.
        relations: pairs compared, by relation; only judge has any.
        republications: events about copies, by level of reuse and whether the framing was altered; only judge.
        devices: alerts by each device they show; only judge.
        rejected: records by the kind of error that made them unfit (`agents.rejected.Reason`).
        withdrawn: events taken back, by the role of their topic.
        outcomes: records of batches that are done with, by what became of them: ``worked`` or ``rejected``.
        batches: seconds from a batch to its acknowledgement.
        waits: seconds from the writing of a record to its acknowledgement by this stage.
        delays: seconds from the writing of an article to the delivery of an event that it led to; only judge.
    """

    acknowledged: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    republications: Counter[tuple[str, str]] = field(default_factory=Counter)
    devices: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    batches: Spread = field(default_factory=lambda: Spread(BATCH_BOUNDS))
    waits: Spread = field(default_factory=lambda: Spread(DELAY_BOUNDS))
    delays: Spread = field(default_factory=lambda: Spread(DELAY_BOUNDS))

    def delivered(self, outgoing: Sequence[Outgoing], now: float) -> None:
        """Count what was sent and confirmed at a time (seconds since 1970)."""
        self.sent.update(one.role for one in outgoing)
        for one in outgoing:
            if one.role == "rejected":
                self.rejected[one.reason] += 1
            elif one.role in EVENTS:
                if one.value is None:
                    self.withdrawn[one.role] += 1
                elif one.arrived:
                    self.delays.add(max(0.0, now - one.arrived / 1000))

    def finished(self, batch: Sequence[Record], seconds: float, clock: Callable[[], float] = time.time) -> None:
        """Count a batch all of which is acknowledged.

        Args:
            batch: its records.
            seconds: that it took.
            clock: seconds since 1970.
        """
        now = clock()
        for record in batch:
            if record.timestamp > 0:  # a producer may leave it out
                self.waits.add(max(0.0, now - record.timestamp / 1000))
        self.batches.add(seconds)
        refused = self.rejected.total() - self.outcomes["rejected"]
        self.outcomes["rejected"] += refused
        self.outcomes["worked"] += len(batch) - refused


class Counted:
    """An outlet that counts what it has delivered."""

    def __init__(self, outlet: Outlet, tally: Tally, clock: Callable[[], float] = time.time) -> None:
        self._outlet, self._tally, self._clock = outlet, tally, clock

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all; see `agents.records.Outlet`."""
        await self._outlet.deliver(outgoing)
        self._tally.delivered(outgoing, self._clock())
