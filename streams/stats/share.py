"""Shares and spreads that say how much they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import quantiles

Z = 1.959964
"""Standard normal quantile of a two-sided 95% interval."""

LEAST = 10
"""Cases below which a share is told as counts only: with nine, one case more or less moves it by eleven points."""


@dataclass(frozen=True)
class Share:
    """So many of so many.

    Attributes:
        count: cases that it holds for.
        of: all cases.
    """

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0..1; None of no cases."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95% interval after Wilson (1927), 0..1; None of no cases.

        It takes cases as independent. Copies of one story, or of one outlet, are not quite: the true one is wider.
        """
        if not self.of:
            return None
        share, spread = self.count / self.of, Z * Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = Z / (1 + spread) * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        return (
            max(0.0, middle - half) if self.count else 0.0,
            min(1.0, middle + half) if self.count < self.of else 1.0,
        )

    def __str__(self) -> str:
        counts = f"{self.count:,} of {self.of:,}"
        if self.of < LEAST or self.value is None or self.interval is None:
            return counts
        low, high = self.interval
        share = "under 1%" if 0 < self.value < 0.005 else f"{self.value:.0%}"
        return f"{counts}, {share} ({low * 100:.0f}-{high:.0%})"

    def to_data(self) -> dict[str, float | int | None]:
        """As JSON."""
        low, high = self.interval or (None, None)
        return {"count": self.count, "of": self.of, "share": self.value, "low": low, "high": high}


@dataclass(frozen=True)
class Spread:
    """Where the middle half of some values lies.

    Attributes:
        n: how many there are.
        quartiles: lower quartile, median, upper quartile, interpolated; None where there are fewer than two values.
    """

    n: int
    quartiles: tuple[float, float, float] | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of some values, in any order."""
        if len(values) < 2:
            return cls(len(values), (values[0],) * 3 if values else None)
        low, median, high = quantiles(values, n=4, method="inclusive")
        return cls(len(values), (low, median, high))

    def to_data(self) -> dict[str, float | int | None]:
        """As JSON, in seconds."""
        low, median, high = self.quartiles or (None, None, None)
        return {"n": self.n, "lower_quartile": low, "median": median, "upper_quartile": high}


def duration(seconds: float) -> str:
    """Seconds as a person says them, to two digits.

    >>> duration(90), duration(-5400), duration(200_000)
    ('1.5 min', '-1.5 h', '2.3 d')
    """
    for unit, length in (("d", 86_400.0), ("h", 3_600.0), ("min", 60.0)):
        if abs(seconds) >= length:
            value = seconds / length
            return f"{value:.1f} {unit}" if abs(value) < 10 else f"{value:.0f} {unit}"
    return f"{seconds:.0f} s"
