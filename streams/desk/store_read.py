"""Questions to the store: lists of events, one event, one text, what can be filtered by."""

from __future__ import annotations

import sqlite3

from schemas.accepted import Accepted
from schemas.disposition import TIME
from schemas.errors import InputError
from schemas.events import Alert, Event
from streams.desk.filters import Filter
from streams.desk.store_rows import event_of, plain, text_of
from streams.desk.store_where import where
from streams.desk.store_write import decided, standing
from streams.desk.types import Counts, Facets, Found, Listed, Page

MOST_VALUES = 200
"""Values of a facet: a list of more is no help."""

LARGEST_PAGE = 500
"""Events of a page, at most."""


def page(connection: sqlite3.Connection, indexed: bool, chosen: Filter, after: str | None, limit: int) -> Page:
    """See `Store.page`."""
    limit = min(max(limit, 1), LARGEST_PAGE)
    condition, values = where(chosen, indexed)
    if after is not None:
        condition += " AND (time, id) < (?, ?)"
        values += _cursor(after)
    rows = connection.execute(
        f"SELECT number, kind, key, time, id FROM events WHERE {condition} ORDER BY time DESC, id DESC LIMIT ?",  # noqa: S608
        [*values, limit + 1],
    ).fetchall()
    shown = [Listed(_event(connection, kind, number), decided(connection, key)) for number, kind, key, _, _ in rows]
    more = len(rows) > limit
    return Page(tuple(shown[:limit]), f"{rows[limit - 1][3]}~{rows[limit - 1][4]}" if more else None)


def count(connection: sqlite3.Connection, indexed: bool, chosen: Filter) -> int:
    """See `Store.count`."""
    condition, values = where(chosen, indexed)
    (number,) = connection.execute(f"SELECT count(*) FROM events WHERE {condition}", values).fetchone()  # noqa: S608
    return int(number)


def facets(connection: sqlite3.Connection, indexed: bool, chosen: Filter) -> Facets:
    """See `Store.facets`."""

    def counts(name: str, shown: str, source: str = "events", by: str | None = None) -> Counts:
        condition, values = where(chosen, indexed, (name,))
        rows = connection.execute(
            f"SELECT {shown} AS value, count(*) FROM {source} WHERE {condition} GROUP BY {by or shown} "  # noqa: S608
            "HAVING value <> '' ORDER BY count(*) DESC, value LIMIT ?",
            [*values, MOST_VALUES],
        )
        return tuple((value, number) for value, number in rows)

    return Facets(
        count(connection, indexed, chosen),
        counts("agency", "agency"),
        counts("outlet", "max(outlet_name)", by="outlet"),
        counts("device", "device", "events JOIN devices USING (number)"),
        counts("language", "language"),
        counts("verdict", "verdict"),
    )


def found(connection: sqlite3.Connection, event_id: str) -> Found | None:
    """See `Store.found`."""
    row = connection.execute("SELECT key FROM ids WHERE id = ?", (plain(event_id),)).fetchone()
    key = row[0] if row else event_id
    now = standing(connection, key)
    if now is None:
        return Found(event_id, None, disposition=decided(connection, key)) if row else None
    event = now.event
    original = text(connection, event.original.id, event.original.digest)
    copy = text(connection, event.copy_.id, event.copy_.digest)
    return Found(event_id if row else event.id, event, original, copy, now.disposition)


def text(connection: sqlite3.Connection, article_id: str, digest: str) -> Accepted | None:
    """See `Store.text`."""
    names = (plain(article_id), plain(digest))
    found = connection.execute("SELECT body FROM texts WHERE id = ? AND digest = ?", names).fetchone()
    return text_of(found[0], article_id) if found else None


def related(connection: sqlite3.Connection, event: Event) -> Event | None:
    """See `Store.related`."""
    kind = "republications" if isinstance(event, Alert) else "alerts"
    row = connection.execute(
        "SELECT key FROM events WHERE copy = ? AND first = ? AND kind = ?", (event.copy_.id, event.original.first, kind)
    ).fetchone()
    now = standing(connection, row[0]) if row else None
    return now.event if now else None


def _event(connection: sqlite3.Connection, kind: str, number: int) -> Event:
    (body,) = connection.execute("SELECT body FROM bodies WHERE number = ?", (number,)).fetchone()
    return event_of("alerts" if kind == "alerts" else "republications", body)


def _cursor(after: str) -> tuple[str, str]:
    time, mark, event_id = after.partition("~")
    if not mark or (time and not TIME.fullmatch(time)):
        raise InputError(f"{after[:80]!r} is no place in the list", where="after", remedy="begin with the first page")
    return time, plain(event_id)
