"""How values are spread: counted by upper bounds, so that nothing grows with their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


class Spread:
    """Counts of values by upper bounds, from the start of the process on.

    Args:
        bounds: rising; a value is counted under the first that it is not above.

    Attributes:
        count: values in all.
        total: their sum.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self._bounds, value)] += 1
        self.total += value

    @property
    def count(self) -> int:
        """Values in all."""
        return sum(self._counts)

    @property
    def at_most(self) -> dict[float, int]:
        """Upper bound to how many values are not above it."""
        return dict(zip(self._bounds, accumulate(self._counts), strict=False))
