"""What a hook has done, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from streams.spread import Spread

State = Literal["starting", "delivering", "failing", "disabled"]
"""``failing``: its last request was in vain for a reason that lies with the server; ``disabled``: it answered 410."""

STATES: tuple[State, ...] = ("starting", "delivering", "failing", "disabled")

DELAYS = (0.1, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0, 3_600.0, 14_400.0, 86_400.0)
"""Seconds from the event's record to its delivery: at once, after the waits of the schedule, the next day."""


@dataclass
class Tally:
    """Counts since the start.

    Attributes:
        messages: what became of them: delivered, undelivered.
        requests: what came of them: accepted, refused (the message), failed (the server).
        retries: requests that repeat an earlier one.
        passed: records that no message was made of: filtered, unreadable.
        delays: seconds from record to delivery.
        state: how the hook stands.
    """

    messages: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    delays: Spread = field(default_factory=lambda: Spread(DELAYS))
    state: State = "starting"

    @property
    def records(self) -> int:
        """Records that are over and done with."""
        return self.messages.total() + self.passed.total()
