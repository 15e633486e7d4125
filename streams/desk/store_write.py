"""Records taken into the store: a batch in one transaction, with what was read noted in it."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import xxhash

from agents.records import Record
from schemas.disposition import Disposition
from schemas.errors import RecordError, StateError
from schemas.events import Event
from streams.desk.filters import Kind
from streams.desk.store_rows import (
    COLUMNS,
    EVENTS,
    Packer,
    devices_of,
    event_of,
    event_row,
    plain,
    text_row,
    unpacked,
    words_of,
)
from streams.desk.types import Changes, Gone, Listed

log = logging.getLogger(__name__)

_INSERT_TEXT = """
INSERT INTO texts (id, digest, received, body) VALUES (?, ?, ?, ?)
ON CONFLICT (id, digest) DO UPDATE SET received = max(received, excluded.received)
"""
_INSERT_EVENT = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + name for name in COLUMNS)})"  # noqa: S608
_LET_GO = """
UPDATE texts SET held = 0 WHERE held = 1 AND (id, digest) IN (
    SELECT original, original_digest FROM events WHERE number = :number
    UNION ALL SELECT copy, copy_digest FROM events WHERE number = :number)
"""


class AnewError(StateError):
    """A topic does not go on where it was left, so what was read of it before says nothing of what it holds now.

    Args:
        problem: what was found.
        where: the place.
        topic: the topic's name.
    """

    def __init__(self, problem: str, *, where: str = "", topic: str = "") -> None:
        super().__init__(problem, where=where or topic, remedy="it is read anew from its beginning")
        self.topic = topic


def mark_of(record: Record) -> int:
    """A hash by which a record is known again, so that a topic that was made anew is told from the one that was."""
    state = xxhash.xxh3_64(record.timestamp.to_bytes(8, "little", signed=True))
    state.update(record.key or b"")
    state.update(b"\0" if record.value is None else record.value)
    return state.intdigest() >> 1


def remove(connection: sqlite3.Connection, number: int) -> None:
    """Take an event out of all tables but that of ids; its texts are looked at again when they are old."""
    connection.execute(_LET_GO, {"number": number})
    connection.execute("DELETE FROM events WHERE number = ?", (number,))
    connection.execute("DELETE FROM bodies WHERE number = ?", (number,))
    connection.execute("DELETE FROM devices WHERE number = ?", (number,))
    connection.execute("DELETE FROM search WHERE rowid = ?", (number,))


def pass_of(connection: sqlite3.Connection, topic: str) -> int:
    """How often a topic was begun anew."""
    row = connection.execute("SELECT pass FROM passes WHERE topic = ?", (topic,)).fetchone()
    return int(row[0]) if row else 0


def positions(connection: sqlite3.Connection) -> dict[tuple[str, int], tuple[int, int]]:
    """By topic and partition, the offset to go on at and the mark of the record before it."""
    rows = connection.execute("SELECT topic, partition, next, mark FROM positions")
    return {(topic, partition): (offset, mark) for topic, partition, offset, mark in rows}


class Batch:
    """Records on their way into the store, within a transaction.

    Args:
        connection: in a transaction that the caller commits.
        topics: name of a topic to what it carries.
        pack: compresses.
    """

    def __init__(self, connection: sqlite3.Connection, topics: Mapping[str, str], pack: Packer) -> None:
        self._connection, self._topics, self._pack = connection, topics, pack
        self._passes = {topic: pass_of(connection, topic) for topic in topics}
        self._texts: list[tuple[str, str, int, bytes]] = []
        self._before: dict[str, str | None] = {}
        self._decided: set[str] = set()
        self._bad: Counter[str] = Counter()

    def take(self, records: Sequence[Record]) -> Changes:
        """Take records in that were not taken in before; what that changed.

        Raises:
            AnewError: the last record that was read is there again and is another one.
        """
        known = positions(self._connection)
        read: dict[tuple[str, int], Record] = {}
        for record in records:
            place = (record.topic, record.partition)
            end, mark = known.get(place, (0, 0))
            if record.offset == end - 1 and mark_of(record) != mark:
                raise AnewError("is not the topic that was read before", where=record.where, topic=record.topic)
            if record.offset >= (read[place].offset + 1 if place in read else end):
                self._one(record)
                read[place] = record
        self._connection.executemany(_INSERT_TEXT, self._texts)
        self._note(read)
        return self._changes()

    def _one(self, record: Record) -> None:
        """Take a record in whole or not at all."""
        role = self._topics[record.topic]
        self._connection.execute("SAVEPOINT one")
        try:
            if role == "accepted":
                self._texts.append(text_row(record.value, record.timestamp // 1000, record.where, self._pack))
            elif role == "dispositions":
                self._decide(record)
            else:
                self._event("alerts" if role == "alerts" else "republications", record)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:  # RecordError is a ValueError
            self._bad[record.topic] += 1
            log.warning("%s: passed over: %s", record.where, error)
            self._connection.execute("ROLLBACK TO one")
        self._connection.execute("RELEASE one")

    def _note(self, read: Mapping[tuple[str, int], Record]) -> None:
        rows = [(topic, number, one.offset + 1, mark_of(one)) for (topic, number), one in read.items()]
        self._connection.executemany("INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?)", rows)

    def _event(self, kind: Kind, record: Record) -> None:
        key = _key(record)
        event = None if record.value is None else EVENTS[kind].from_bytes(record.value, where=record.where)
        if event is not None and event.key != key:
            raise RecordError(f"stands under the key {key!r}", where=record.where, remedy="keys are the events' own")
        old = self._connection.execute("SELECT number, id FROM events WHERE key = ?", (key,)).fetchone()
        if event is not None and old and old[1] == event.id:
            self._again(old[0], event, record)
            return
        self._before.setdefault(key, old[1] if old else None)
        if old:
            remove(self._connection, old[0])
        if event is not None:
            self._insert(event, record)

    def _again(self, number: int, event: Event, record: Record) -> None:
        """An event that stands already: only that it was said again is new."""
        said = (record.timestamp // 1000, self._passes[record.topic], number)
        self._connection.execute("UPDATE events SET written = ?, pass = ? WHERE number = ?", said)
        self._remember(event, said[0])

    def _insert(self, event: Event, record: Record) -> None:
        assert record.value is not None
        decided = self._connection.execute("SELECT verdict FROM dispositions WHERE alert = ?", (event.key,)).fetchone()
        written = record.timestamp // 1000
        row = event_row(event, written, self._passes[record.topic], decided[0] if decided else "undecided")
        number = self._connection.execute(_INSERT_EVENT, {"number": None, **row}).lastrowid
        self._connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, self._pack(record.value)))
        rows = [(device, number) for device in devices_of(event)]
        self._connection.executemany("INSERT INTO devices VALUES (?, ?)", rows)
        self._connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, words_of(event)))
        self._remember(event, written)

    def _remember(self, event: Event, written: int) -> None:
        """Note under which key the event and those it supersedes stand, for their permalinks."""
        rows = [(name, event.key, written) for name in (event.id, *event.supersedes)]
        self._connection.executemany("INSERT OR REPLACE INTO ids VALUES (?, ?, ?)", rows)

    def _decide(self, record: Record) -> None:
        key = _key(record)
        made = None if record.value is None else Disposition.from_bytes(record.value, where=record.where)
        if made is not None and made.alert != key:
            raise RecordError(f"stands under the key {key!r}", where=record.where, remedy="use the alert's key")
        if made is None or record.value is None:
            self._connection.execute("DELETE FROM dispositions WHERE alert = ?", (key,))
        else:
            row = (key, self._passes[record.topic], made.verdict, self._pack(record.value))
            self._connection.execute("INSERT OR REPLACE INTO dispositions VALUES (?, ?, ?, ?)", row)
        verdict = made.verdict if made else "undecided"
        self._connection.execute("UPDATE events SET verdict = ? WHERE key = ?", (verdict, key))
        self._decided.add(key)

    def _changes(self) -> Changes:
        changed: list[Listed] = []
        gone: list[Gone] = []
        for key in dict.fromkeys((*self._before, *sorted(self._decided))):
            now, before = standing(self._connection, key), self._before.get(key)
            if now is None:
                gone += [Gone(key, before)] if before else []
            elif key in self._decided or now.event.id != before:
                changed.append(Listed(now.event, now.disposition, before if before != now.event.id else None))
        return Changes(tuple(changed), tuple(gone), len(self._texts), dict(self._bad))


def standing(connection: sqlite3.Connection, key: str) -> Listed | None:
    """The event that stands under a key, with what was decided about it."""
    row: Any = connection.execute("SELECT kind, number FROM events WHERE key = ?", (plain(key),)).fetchone()
    if not row:
        return None
    (body,) = connection.execute("SELECT body FROM bodies WHERE number = ?", (row[1],)).fetchone()
    return Listed(event_of(row[0], body), decided(connection, key))


def decided(connection: sqlite3.Connection, key: str) -> Disposition | None:
    """What was decided about the alert of a key."""
    row = connection.execute("SELECT body FROM dispositions WHERE alert = ?", (plain(key),)).fetchone()
    return Disposition.from_bytes(unpacked(row[0])) if row else None


def _key(record: Record) -> str:
    if not record.key:
        raise RecordError("has no key", where=record.where, remedy="something else wrote to this topic")
    try:
        return record.key.decode()
    except UnicodeDecodeError as error:
        raise RecordError("its key is not UTF-8", where=record.where, remedy="something else wrote here") from error
