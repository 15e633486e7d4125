"""What is dropped from the store when its time is over, and topics that are begun anew."""

from __future__ import annotations

import sqlite3

from streams.desk.store_write import pass_of, remove
from streams.desk.types import Gone
from streams.topics import EVENT_DAYS

AT_ONCE = 1_000
"""Rows of a transaction: about 50 ms, for which no other batch is written."""

DAY = 86_400

_HELD = """
SELECT EXISTS (SELECT 1 FROM events WHERE original = :id AND original_digest = :digest)
    OR EXISTS (SELECT 1 FROM events WHERE copy = :id AND copy_digest = :digest)
"""

_OLD_IDS = """
DELETE FROM ids WHERE id IN (
    SELECT id FROM ids WHERE written < ? AND NOT EXISTS (SELECT 1 FROM events WHERE events.key = ids.key) LIMIT ?)
"""


def purge(connection: sqlite3.Connection, now: float, keep: float) -> int:
    """Drop some of what is over; how many rows were dealt with. See `Store.purge`."""
    return _old_events(connection, now) + _old_texts(connection, now - keep)


def _old_events(connection: sqlite3.Connection, now: float) -> int:
    """Drop events that their topic keeps no longer either, and the ids of such."""
    until = now - EVENT_DAYS * DAY
    rows = connection.execute("SELECT number FROM events WHERE written < ? LIMIT ?", (until, AT_ONCE)).fetchall()
    for (number,) in rows:
        remove(connection, number)
    ids = connection.execute(_OLD_IDS, (until, AT_ONCE))
    return len(rows) + ids.rowcount


def _old_texts(connection: sqlite3.Connection, until: float) -> int:
    """Drop old texts that no standing event refers to; the others are marked, so that they are not looked at again."""
    rows = connection.execute(
        "SELECT number, id, digest FROM texts WHERE held = 0 AND received < ? LIMIT ?", (until, AT_ONCE)
    ).fetchall()
    held = {row[0] for row in rows if connection.execute(_HELD, {"id": row[1], "digest": row[2]}).fetchone()[0]}
    connection.executemany("UPDATE texts SET held = 1 WHERE number = ?", [(number,) for number in held])
    connection.executemany("DELETE FROM texts WHERE number = ?", [(row[0],) for row in rows if row[0] not in held])
    return len(rows)


def restart(connection: sqlite3.Connection, topic: str) -> None:
    """Forget how far a topic was read. What it told of stays until `sweep`, unless it is said again."""
    connection.execute("DELETE FROM positions WHERE topic = ?", (topic,))
    row = (topic, pass_of(connection, topic) + 1)
    connection.execute("INSERT OR REPLACE INTO passes VALUES (?, ?, 0)", row)


def unswept(connection: sqlite3.Connection) -> set[str]:
    """Topics that were begun anew and not swept since."""
    return {topic for (topic,) in connection.execute("SELECT topic FROM passes WHERE swept = 0")}


def sweep(connection: sqlite3.Connection, topic: str, role: str) -> tuple[Gone, ...]:
    """Drop what a topic told of before it was begun anew and has not told of again; the events among that."""
    current = pass_of(connection, topic)
    rows = []
    if role in ("alerts", "republications"):
        rows = connection.execute(
            "SELECT number, key, id FROM events WHERE kind = ? AND pass < ?", (role, current)
        ).fetchall()
        for number, _, _ in rows:
            remove(connection, number)
    elif role == "dispositions":
        over = connection.execute("SELECT alert FROM dispositions WHERE pass < ?", (current,)).fetchall()
        connection.executemany("DELETE FROM dispositions WHERE alert = ?", over)
        connection.executemany("UPDATE events SET verdict = 'undecided' WHERE key = ?", over)
    connection.execute("UPDATE passes SET swept = 1 WHERE topic = ?", (topic,))
    return tuple(Gone(key, event_id) for _, key, event_id in rows)
