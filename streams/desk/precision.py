"""How often alerts were right, from what people decided about them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from streams.desk.types import Precision

Z95 = 1.959964
"""Standard normal quantile of 0.975."""


@dataclass(frozen=True)
class Judged:
    """An alert that was decided about.

    Attributes:
        verdict: what was decided.
        time: the alert's event time, empty where it has none.
        names: its devices, or its outlet.
    """

    verdict: Literal["confirmed", "dismissed", "watching"]
    time: str
    names: Sequence[str]


def precision(judged: Iterable[Judged], monthly: bool) -> tuple[Precision, ...]:
    """Confirmed of those confirmed and dismissed, by name and month of the alert's time.

    Args:
        judged: what was decided; what is being watched is left out.
        monthly: whether each month stands alone; alerts of no known time are left out then.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    for one in judged:
        if one.verdict == "watching" or (monthly and not one.time):
            continue
        for name in one.names:
            counts.setdefault((name, one.time[:7] if monthly else ""), [0, 0])[one.verdict == "dismissed"] += 1
    return tuple(_row(name, month or None, *both) for (name, month), both in sorted(counts.items()))


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float]:
    """Interval of a share by its score (Wilson 1927, JASA 22:209), which holds for small counts and at 0 and 1.

    >>> [round(end, 4) for end in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if not trials:
        return 0.0, 1.0
    share, square = successes / trials, z * z / trials
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def _row(name: str, month: str | None, confirmed: int, dismissed: int) -> Precision:
    both = confirmed + dismissed
    return Precision(name, month, confirmed, dismissed, confirmed / both, *wilson(confirmed, both))
