"""A wire story on a time line: its versions, and who printed it, how closely, how altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.accepted import DateSource
from schemas.disposition import Disposition
from schemas.events import Event
from streams.desk.filters import outlet_of
from streams.desk.types import Copied, Story, Version

WIDTH = 100.0
"""Units of the time line from its first article to its last."""


@dataclass(frozen=True)
class Entry:
    """A line of the time line.

    Attributes:
        kind: ``version`` of the wire story, or ``copy`` of it.
        who: who published it.
        headline: its headline.
        published: when, None where not known.
        date_source: how far that can be trusted.
        after: how long after the first version, in words; empty where not known.
        place: 0..`WIDTH` on the time line, None where not known.
        url: where it stands.
        number: of a version.
        event: the copy's republication, or its alert where that came first.
        alert: the copy's alert.
        disposition: what was decided about it.
    """

    kind: str
    who: str
    headline: str
    published: str | None
    date_source: DateSource
    after: str
    place: float | None
    url: str | None
    number: int | None = None
    event: Event | None = None
    alert: Event | None = None
    disposition: Disposition | None = None

    @property
    def shown(self) -> Event | None:
        """The event that the entry leads to: the alert where there is one."""
        return self.alert or self.event


@dataclass(frozen=True)
class Counted:
    """What a story comes to: copies in all, those altered, those not decided, outlets."""

    copies: int
    altered: int
    unsure: int
    outlets: int


def entries(story: Story) -> list[Entry]:
    """All articles of a story in order of time, the undated ones last."""
    times = [when(one.published) for one in story.versions] + [when(one.event.copy_.published) for one in story.copies]
    known = [time for time in times if time]
    begin, end = min(known, default=None), max(known, default=None)
    start = next((time for one in story.versions if (time := when(one.published))), begin)
    made = [_version(one, start, begin, end) for one in story.versions]
    made += [_copy(one, start, begin, end) for one in story.copies]
    return sorted(made, key=lambda one: (one.published is None, one.published or "", one.kind != "version"))


def counted(copies: Sequence[Copied]) -> Counted:
    """What a story comes to."""
    said = [one.event.framing.altered for one in copies]
    outlets = {outlet_of(one.event).casefold() for one in copies}
    return Counted(len(said), said.count("yes"), said.count("unsure"), len(outlets))


def when(published: str | None) -> datetime | None:
    """A time of publication; None where there is none that can be read."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def ago(start: datetime | None, time: datetime | None) -> str:
    """How long after the first version.

    >>> ago(datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 22, 11, 5, tzinfo=UTC))
    '2 h 5 min later'
    """
    if start is None or time is None:
        return ""
    minutes = int(abs((time - start).total_seconds()) // 60)
    side = "later" if time >= start else "earlier"
    if not minutes:
        return "at the same time"
    hours, left = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    parts = ((days, "d"), (rest, "h"), (left if not days else 0, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) + f" {side}"


def _place(time: datetime | None, begin: datetime | None, end: datetime | None) -> float | None:
    if time is None or begin is None or end is None:
        return None
    whole = (end - begin).total_seconds()
    return round(WIDTH * (time - begin).total_seconds() / whole, 2) if whole else 0.0


def _version(one: Version, start: datetime | None, begin: datetime | None, end: datetime | None) -> Entry:
    time = when(one.published)
    return Entry(
        "version", one.wire or one.publisher or "Wire", one.headline, one.published,
        "published_at" if one.published else "missing", ago(start, time) if time != start else "",
        _place(time, begin, end), one.url, number=one.number,
    )  # fmt: skip


def _copy(one: Copied, start: datetime | None, begin: datetime | None, end: datetime | None) -> Entry:
    copy = one.event.copy_
    time = when(copy.published)
    return Entry(
        "copy", outlet_of(one.event) or "unknown outlet", copy.headline, copy.published, copy.date_source,
        ago(start, time), _place(time, begin, end), copy.url,
        event=one.event, alert=one.alert, disposition=one.disposition,
    )  # fmt: skip
