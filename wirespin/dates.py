"""Publication times: which can be believed, and how far.

A wrong date is a wrong accusation, so a time that cannot be relied on is kept out of "who was first" and flagged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock
from functools import lru_cache

from dateutil import parser as dateutil_parser

from schemas.accepted import DateSource
from wirespin.datenames import in_english

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The oldest digital newswire archives (Reuters-21578 is of 1987) are later; 1970 is a program's zero."""

CLOCK_SLACK = timedelta(hours=26)
"""How far a time may lie ahead of its arrival: a zone left out is up to 14 hours wrong, a day mixed up 24."""

CLOCK_SKEW = timedelta(minutes=15)
"""How far a time may lie ahead of its arrival and still be believed: clocks differ by minutes, zones by an hour mostly
(Nepal's quarters of an hour count from five and three quarters)."""

CHANGES = frozenset({"updated", "modified", "dcterms:modified", "lastmod", "date_modified"})
"""Fields of feeds and pages that tell when an article was last changed."""

_COUNTER = re.compile(r"\s*[+-]?(?!\d{8}\b)\d+(\.\d*)?\s*")
"""A bare number, other than YYYYMMDD: seconds or milliseconds since some zero, or half a date."""

_YEAR_FIRST = re.compile(r"\s*\d{4}[-/.]\d")

_HOUR = 3_600
_ZONES = {
    "UT": 0,
    "EST": -5 * _HOUR,
    "EDT": -4 * _HOUR,
    "CST": -6 * _HOUR,
    "CDT": -5 * _HOUR,
    "MST": -7 * _HOUR,
    "MDT": -6 * _HOUR,
    "PST": -8 * _HOUR,
    "PDT": -7 * _HOUR,
}
"""The zone names that RFC 822 defines: their offset from UTC in seconds."""

_OTHER_ZONES = {
    "CEST": 2 * _HOUR,
    "MESZ": 2 * _HOUR,
    "MEST": 2 * _HOUR,
    "EEST": 3 * _HOUR,
    "WEST": _HOUR,
    "JST": 9 * _HOUR,
    "KST": 9 * _HOUR,
    "HKT": 8 * _HOUR,
    "AEDT": 11 * _HOUR,
    "NZDT": 13 * _HOUR,
}
"""Names that mean one offset wherever they are written; IST is of India, Israel and Ireland, BST of two as well."""

_KNOWN_ZONES = _ZONES | _OTHER_ZONES
_WINTER_ZONES = {"CET": _HOUR, "MEZ": _HOUR, "MET": _HOUR, "EET": 2 * _HOUR, "WET": 0}
"""Names of winter time that many write all the year: believed from November to February alone."""

_WINTER_MONTHS = frozenset({11, 12, 1, 2})
_WINTER_ZONE = re.compile(r"(?<=\d)\s*(CET|MEZ|MET|EET|WET)")

_COMMENT = re.compile(r"(?<=[+-]\d{4})\s*\([^()]{0,60}\)$")
"""The zone's name behind its offset: a comment (RFC 5322, 4.3)."""

_GMT_OFFSET = re.compile(r"(?<=[\d\s])(?:GMT|UTC|UT)(?=\s*[+-]\d{1,2}:?\d{0,2}\b)")
"""How JavaScript writes a zone. POSIX means the opposite by the same sign, and dateutil follows POSIX."""


@dataclass(frozen=True)
class Published:
    """A time of publication.

    Attributes:
        time: UTC, or None where nothing can be believed.
        source: how far it can be trusted.
    """

    time: datetime | None
    source: DateSource

    @property
    def exact(self) -> bool:
        """Whether it is good to the minute and may decide who was first."""
        return self.time is not None and self.source == "published_at"

    def text(self) -> str | None:
        """ISO 8601 with seconds and a Z, or None."""
        return None if self.time is None else iso(self.time)


def iso(time: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=1 << 14)
def seconds(text: str | None) -> float | None:
    """Seconds since 1970 of a time written by `iso`."""
    return None if text is None else datetime.fromisoformat(text).timestamp()


def published(given: str | None, received: datetime, field: str | None = None) -> Published:
    """Judge a time of publication as a producer gave it.

    A time that lies ahead of its arrival is that of another zone than the one it states, so it decides nothing. A zone
    that is wrong the other way makes an article look older, and cannot be told from one that came late.

    Args:
        given: ISO 8601, RFC 2822 or what dateutil makes of it.
        received: when the article arrived (the timestamp of its record).
        field: the field of the feed or page that it stands in, where that is known.
    """
    if given is None or not given.strip():
        return Published(None, "missing")
    time, source = _parse(given)
    if time is None:
        return Published(None, source)
    if time < EARLIEST:
        return Published(None, "implausible")
    if time > received + CLOCK_SLACK:
        return Published(None, "future")
    if source == "published_at" and time > received + CLOCK_SKEW:
        return Published(time, "wrong_zone")
    return Published(time, "changed" if source == "published_at" and field in CHANGES else source)


def _parse(given: str) -> tuple[datetime | None, DateSource]:
    """The time, and what kind of statement it was."""
    if _COUNTER.fullmatch(given):  # feedparser reads these as the year 1795; we do not guess seconds or milliseconds
        return None, "unreadable"
    text = _COMMENT.sub("", _GMT_OFFSET.sub("", in_english(given.strip())))
    time, day_only = _read_winter(text) if _WINTER_ZONE.search(text) else _read(text)
    if time is None:
        return None, "unreadable"
    day_only = day_only or time.time() == clock.min  # a feed's way to write a day: one article in 86,400 would be right
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC), "date_only" if day_only else "no_zone"
    try:
        return time.astimezone(UTC), "date_only" if day_only else "published_at"
    except (OverflowError, ValueError):
        return None, "implausible"


def _read_winter(text: str) -> tuple[datetime | None, bool]:
    """A time of a zone that has a name of its own in summer: in the months when nobody means that."""
    zone = _WINTER_ZONE.search(text)
    if zone is None or text[zone.end() :].strip():
        return None, False
    time, day_only = _read(text[: zone.start()])
    if time is None or time.tzinfo is not None or time.month not in _WINTER_MONTHS:
        return None, False
    return time.replace(tzinfo=timezone(timedelta(seconds=_WINTER_ZONES[zone[1]]))), day_only


def _read(text: str) -> tuple[datetime | None, bool]:
    """The time and whether it is a bare date. ISO 8601 first, since dateutil guesses."""
    try:
        return datetime.combine(date.fromisoformat(text), clock.min), True
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text), False
    except ValueError:
        return _guess(text)


def _guess(text: str) -> tuple[datetime | None, bool]:
    """What dateutil makes of it, refusing what it would fill in from a default or what can be read in two ways."""
    first, second = datetime(2000, 1, 1), datetime(2004, 12, 31, 23, 59)
    year_first = bool(_YEAR_FIRST.match(text))
    try:
        one, two = (_parsed(text, default, year_first, day_first=not year_first) for default in (first, second))
        other = one if year_first else _parsed(text, first, year_first, day_first=False)
    except (ValueError, OverflowError, TypeError, ArithmeticError, LookupError, AttributeError):
        return None, False
    if one.date() != two.date() or one.date() != other.date():
        return None, False
    return one, one.time() != two.time()


def _parsed(text: str, default: datetime, year_first: bool, day_first: bool) -> datetime:
    return dateutil_parser.parse(text, default=default, yearfirst=year_first, dayfirst=day_first, tzinfos=_zone)


def _zone(name: str | None, offset: int | None) -> timezone | None:
    """The zone of a name and an offset, the same on every machine: dateutil itself would ask for the local one's name.

    Raises:
        ValueError: the name is not one that means one offset, and no offset stands beside it.
    """
    if name is not None and name in _KNOWN_ZONES:
        offset = _KNOWN_ZONES[name]
    if offset is None and name is not None:
        raise ValueError(f"zone {name!r} is not known")
    return None if offset is None else timezone(timedelta(seconds=offset))
