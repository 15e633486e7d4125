"""What a stage has done since its process began, counted where its work goes out and where it is acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from agents.records import Outgoing, Outlet, Record

State = TypeVar("State")


@dataclass
class Tally:
    """Counts of one stage since the start of the process; what is delivered again is counted again.

    Attributes:
        acknowledged: records.
        sent: records by the role of the topic they went to, ``rejected`` among them.
        relations: pairs compared, by relation; only judge has any.
        restored: records taken in by rebuilds.
    """

    acknowledged: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    restored: int = 0

    def counting(self, restore: Callable[[State, Record], None]) -> Callable[[State, Record], None]:
        """The same restoring, counted."""

        def counted(state: State, record: Record) -> None:
            self.restored += 1
            restore(state, record)

        return counted


class Counted:
    """An outlet that counts what it has delivered."""

    def __init__(self, outlet: Outlet, tally: Tally) -> None:
        self._outlet, self._tally = outlet, tally

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all; see `agents.records.Outlet`."""
        await self._outlet.deliver(outgoing)
        self._tally.sent.update(one.role for one in outgoing)
