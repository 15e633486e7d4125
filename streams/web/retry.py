"""When a server wants to be asked again: Retry-After, Cache-Control and Expires (RFC 9110 10.2.3, RFC 9111 4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DAY = 86_400.0
"""Seconds. Longer waits are cut to it: 88 hours have been seen (Media Cloud), and a typing error may say years."""

MAX_AGE = re.compile(r"""(?:^|[\s,;])max-age\s*=\s*"?([0-9]{1,19})(?![0-9])""", re.IGNORECASE)
NO_STORE = re.compile(r"(?:^|[\s,;])no-(?:store|cache)\b", re.IGNORECASE)


def http_date(text: str) -> datetime | None:
    """A date of HTTP, in UTC; None where it is none. Zones other than GMT, and none at all, are taken as they stand."""
    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by ``Retry-After``, between 0 and a day; None where it is missing or no such thing.

    A date is taken relative to the answer's own ``Date``: servers' clocks are wrong, but the difference is what the
    server meant.

    Args:
        headers: lower-case names.
        now: our time, where the server does not tell its own.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text, re.ASCII):
        return min(float(text[:30]), DAY)
    return _until(text, headers, now)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that an answer stays fresh, between 0 and a day; None where it does not say.

    Args:
        headers: lower-case names.
        now: our time, where the server does not tell its own.
    """
    control = headers.get("cache-control", "")
    if NO_STORE.search(control):
        return 0.0
    if found := MAX_AGE.search(control):
        return max(0.0, min(float(found[1]) - _age(headers), DAY))
    if "expires" not in headers:
        return None
    until = _until(headers["expires"].strip(), headers, now)
    return 0.0 if until is None else until  # RFC 9111 5.3: an unreadable date, such as 0, has passed


def _age(headers: Mapping[str, str]) -> float:
    """Seconds that the answer has already lain in caches on its way."""
    text = headers.get("age", "").strip()
    return float(text[:19]) if text.isascii() and text.isdecimal() else 0.0


def _until(text: str, headers: Mapping[str, str], now: datetime) -> float | None:
    then = http_date(text)
    if then is None:
        return None
    start = http_date(headers.get("date", "")) or now
    return max(0.0, min((then - start).total_seconds(), DAY))
