"""When a message that was not taken is tried again."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 5.0
"""Seconds before the second try: time enough for a server to be restarted."""

FACTOR = 4.0
"""How much longer every wait is than the one before."""

LONGEST = 4 * 3_600.0
"""Seconds of a wait at most; also of one that a server asks for with Retry-After, which may be a typing error."""

JITTER = 0.25
"""Share of a wait that is added by chance, so that what failed together does not come back together."""

TRIES = 10
"""Requests for a message. The waits between them make 14 to 17 hours: a night, until somebody is at work again."""


@dataclass(frozen=True)
class Schedule:
    """Waits that grow fourfold up to a longest one.

    Attributes:
        tries: requests for a message in all.
        first: seconds before the second one.
        longest: seconds of a wait at most.
    """

    tries: int = TRIES
    first: float = FIRST
    longest: float = LONGEST

    def wait(self, tried: int, chance: float, asked: float | None = None) -> float | None:
        """Seconds until the next try; None where that was the last one.

        Args:
            tried: requests made so far, from 1.
            chance: 0..1, evenly spread.
            asked: seconds that the server wants to be left alone for, if it said so.
        """
        if tried >= self.tries:
            return None
        # the exponent is bounded, or a float overflows
        least = min(self.longest, self.first * FACTOR ** min(tried - 1, 64))
        return max(least * (1 + JITTER * chance), min(asked or 0.0, self.longest))
