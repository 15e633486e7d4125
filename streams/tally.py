"""What a stage has done since its process began, counted where its work goes out and where it is acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.records import Outgoing, Outlet


@dataclass
class Tally:
    """Counts of one stage since the start of the process; what is delivered again is counted again.

    Attributes:
        acknowledged: records.
        sent: records by the role of the topic they went to, ``rejected`` among them.
        relations: pairs compared, by relation; only judge has any.
    """

    acknowledged: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)


class Counted:
    """An outlet that counts what it has delivered."""

    def __init__(self, outlet: Outlet, tally: Tally) -> None:
        self._outlet, self._tally = outlet, tally

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all; see `agents.records.Outlet`."""
        await self._outlet.deliver(outgoing)
        self._tally.sent.update(one.role for one in outgoing)
