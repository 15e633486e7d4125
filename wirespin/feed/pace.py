"""How often a feed asks to be fetched."""

from __future__ import annotations

import math
from typing import Any

LEAST, MOST = 600.0, 86_400.0
"""Seconds: nobody needs to be asked more often than every 10 minutes, and a day without news is long."""

_PERIODS = {
    "hourly": 3_600.0,
    "daily": 86_400.0,
    "dayly": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
"""Seconds of the periods of RSS 1.0's syndication module, and of a spelling that feeds use."""


def asked_interval(ttl: Any, period: Any, frequency: Any) -> float | None:
    """Seconds between fetches by RSS 2.0's ``ttl`` (minutes) or the syndication module; the longer one.

    >>> asked_interval("60", None, None), asked_interval(None, "daily", "4"), asked_interval("1", None, None)
    (3600.0, 21600.0, 600.0)
    >>> asked_interval("often", "always", "0.1") is None
    True
    """
    asked = [seconds for seconds in (_minutes(ttl), _period(period, frequency)) if seconds is not None]
    return min(max(*asked, LEAST), MOST) if asked else None


def _minutes(ttl: Any) -> float | None:
    minutes = _number(ttl)
    return None if minutes is None else minutes * 60


def _period(period: Any, frequency: Any) -> float | None:
    length = _PERIODS.get(period.strip().lower()) if isinstance(period, str) else None
    if length is None:
        return None
    return length / (_number(frequency) or 1.0)


def _number(value: Any) -> float | None:
    """A positive, finite number that a text is."""
    try:
        number = float(str(value)[:20])
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
