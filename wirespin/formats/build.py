"""From an agency's fields to an article: status, version, embargo, dateline, publisher, in one way for all formats.

`published_at` is the time of this very version, not of the first: what an agency changed at noon was not there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.article import MAX_FIELD, Article, PubStatus
from schemas.errors import ArticleError
from wirespin.text.tokens import fold
from wirespin.wire.agencies import agency_of_host

INDEFINITE = "indefinite"
"""Value of `Article.embargoed` where no end is known: NewsML-G2 has an empty element for that. An end that cannot be
read is treated so, since too late can be mended and too early cannot."""

WESTERNMOST = timedelta(hours=12)
"""The clocks that strike last are at UTC-12: where the end of an embargo names no zone, it has ended there too."""

STATUS: dict[str, PubStatus] = {
    "usable": "usable",
    "embargoed": "usable",
    "published": "usable",
    "corrected": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "recalled": "canceled",
}
"""IPTC's four, and what agencies and editorial systems write for them."""

_WHOLE = re.compile(r"\d{1,9}")
_DASH_AT_END = re.compile(r"[-–—:]\s*$")
_PLACE = re.compile(r"[^\W\d_]{3,}")
_CLOCK = re.compile(
    r"\b(?:GMT|UTC|[CEMPW]E?[DS]?T|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b",
    re.IGNORECASE,
)


@dataclass
class Fields:
    """What a format gives, every one optional; texts as they stand there.

    Attributes:
        where: the document and the item, for errors.
        guid: the agency's identifier of the item, the same in all its versions.
        dates: (field, value) of this version's time, best first; the first that holds anything is taken.
        embargo: end of the embargo; None without one, empty where its end is not known.
        others: further fields of `Article`, by name.
    """

    where: str
    guid: str = ""
    status: str = ""
    version: str = ""
    headline: str = ""
    body: str = ""
    dateline: str = ""
    publisher: str = ""
    note: str = ""
    language: str = ""
    embargo: str | None = None
    dates: Iterable[tuple[str, str]] = ()
    others: dict[str, str | None] = field(default_factory=dict)


def build(given: Fields) -> Article:
    """The article.

    Raises:
        ArticleError: nothing names it, it holds no text, or its status is not known.
    """
    if not given.guid.strip():
        raise ArticleError("nothing identifies the item", where=given.where, remedy="give it the format's identifier")
    status = pub_status(given.status, given.where)
    source, date = next(((name, value.strip()) for name, value in given.dates if value.strip()), (None, None))
    body = with_dateline(given.dateline, given.body)
    headline = given.headline
    if status != "usable" and not (headline.strip() or body.strip()):
        headline = given.note or f"{status}: {given.guid}"
    fields: dict[str, Any] = {
        "id": given.guid,
        "guid": given.guid,
        "headline": headline,
        "publisher": publisher_name(given.publisher),
        "editor_note": given.note,
        "language": given.language if len(given.language) <= 35 else "",
        "published_at": date,
        "raw_date": date,
        "date_source": source,
        "embargoed": None if given.embargo is None else embargo_end(given.embargo),
        **given.others,
    }
    cut = {name: value.strip()[:MAX_FIELD] for name, value in fields.items() if value and value.strip()}
    version = int(given.version) if _WHOLE.fullmatch(given.version.strip()) else None
    return Article.from_data({**cut, "body": body, "version": version, "pub_status": status}, where=given.where)


def pub_status(given: str, where: str) -> PubStatus:
    """A status by its IPTC name, whatever scheme stands before it; usable where none is given (IPTC's default).

    >>> pub_status("stat:canceled", ""), pub_status("", "")
    ('canceled', 'usable')
    """
    name = re.split(r"[:/]", given.strip())[-1].strip().lower()
    if name and name not in STATUS:
        raise ArticleError(f"publication status {given[:80]!r} is not known", where=where, remedy="see docs/formats.md")
    return STATUS.get(name, "usable")


def with_dateline(dateline: str, body: str) -> str:
    """The body with the dateline in front of its first paragraph, as it is printed, where it is not there already.

    A field that holds but a time is no dateline.

    >>> with_dateline("PARIS (AFP)", "The harbour is closed.")
    'PARIS (AFP) - The harbour is closed.'
    >>> with_dateline("PARIS", "PARIS (AFP) - The harbour is closed.")
    'PARIS (AFP) - The harbour is closed.'
    """
    line, text = " ".join(dateline.split()), body.strip()
    if not line or not text or not _PLACE.search(_CLOCK.sub(" ", line)):
        return text
    town = re.split(r"[,(/]", line)[0].strip()
    if town and fold(text[: len(line) + 80].lstrip("*( ")).startswith(fold(town)):
        return text
    return f"{line} {text}" if _DASH_AT_END.search(line) else f"{line} - {text}"


def publisher_name(given: str) -> str:
    """A publisher by name: the agency's where its host is given (``reuters.com``), else as it stands."""
    name = given.strip()
    agency = agency_of_host(name.lower()) if "." in name and " " not in name else None
    return agency.name if agency else name


def of_qcode(given: str) -> str:
    """The name in a qualified code, which is not resolved: ``nprov:AFP`` is AFP."""
    return given.rpartition(":")[2]


def embargo_end(given: str) -> str:
    """End of an embargo in UTC, ISO 8601, or `INDEFINITE`; without a zone it is when the last clock on earth shows it.

    >>> embargo_end("2026-11-23T06:00:00+01:00"), embargo_end("2026-11-23"), embargo_end("")
    ('2026-11-23T05:00:00Z', '2026-11-23T12:00:00Z', 'indefinite')
    """
    try:
        time = datetime.fromisoformat(given.strip())
        if time.tzinfo is None:
            time = time.replace(tzinfo=UTC) + WESTERNMOST
        whole = time.astimezone(UTC) + timedelta(microseconds=-time.microsecond % 1_000_000)  # never a moment too early
        return whole.strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return INDEFINITE
