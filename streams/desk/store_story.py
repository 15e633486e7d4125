"""A wire story as the store knows it: its versions and all copies that stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from schemas.accepted import Accepted
from schemas.events import Alert, Event
from streams.desk.store_rows import event_of, plain, text_of
from streams.desk.store_write import decided
from streams.desk.types import Copied, Story, Version
from wirespin.wire.labels import agency_name

MOST_COPIES = 2_000
"""Copies of a story that are shown: the most printed ones have hundreds."""


def story(connection: sqlite3.Connection, first: str) -> Story | None:
    """See `Store.story`."""
    rows = connection.execute(
        "SELECT kind, body FROM events JOIN bodies USING (number) WHERE first = ? ORDER BY time, id LIMIT ?",
        (plain(first), 2 * MOST_COPIES),
    )
    events = [event_of(kind, body) for kind, body in rows]
    if not events:
        return None
    return Story(first, _versions(connection, first, events), _copies(connection, events))


def _copies(connection: sqlite3.Connection, events: Iterable[Event]) -> tuple[Copied, ...]:
    """One for each copy, its alert beside it."""
    said: dict[str, Event] = {}
    alerts: dict[str, Event] = {}
    for event in events:
        (alerts if isinstance(event, Alert) else said)[event.copy_.id] = event
    copies = []
    for copy_id in dict.fromkeys((*said, *alerts)):
        alert = alerts.get(copy_id)
        event = said.get(copy_id) or alerts[copy_id]
        copies.append(Copied(event, alert, decided(connection, alert.key) if alert else None))
    return tuple(sorted(copies, key=lambda one: (one.event.copy_.published or "~", one.event.copy_.id)))


def _versions(connection: sqlite3.Connection, first: str, events: Iterable[Event]) -> tuple[Version, ...]:
    """Those that events measure against, and other texts of the same ids."""
    named = {(event.original.id, event.original.digest): event for event in events}
    ids = dict.fromkeys((first, *(name for name, _ in named)))
    at_hand: dict[tuple[str, str], Accepted] = {}
    for name in ids:
        for digest, body in connection.execute("SELECT digest, body FROM texts WHERE id = ?", (name,)):
            at_hand[name, digest] = text_of(body, name)
    versions = [_of_event(event, key in at_hand) for key, event in named.items()]
    versions += [_of_text(accepted) for key, accepted in at_hand.items() if key not in named]
    return tuple(sorted(versions, key=lambda one: (one.published or "~", one.number or 0, one.id, one.digest)))


def _of_event(event: Event, at_hand: bool) -> Version:
    one = event.original
    return Version(
        one.id, one.digest, one.version, one.headline, one.published, one.publisher, one.agency, one.wire, one.url,
        at_hand,
    )  # fmt: skip


def _of_text(one: Accepted) -> Version:
    article = one.article
    wire = agency_name(one.agency or "") or None
    return Version(
        one.id, one.digest, None, article.headline, one.published, article.publisher, one.agency, wire, article.url,
        True,
    )  # fmt: skip
