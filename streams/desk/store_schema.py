"""The tables of the desk's store."""

from __future__ import annotations

import sqlite3

VERSION = 1
"""Version of the tables; raised with every change to them, since a file of another version is filled anew."""

TABLES = """
CREATE TABLE texts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, digest TEXT NOT NULL, received INTEGER NOT NULL,
    held INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL, UNIQUE (id, digest)
);
CREATE INDEX texts_due ON texts (received) WHERE held = 0;

CREATE TABLE events (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, id TEXT NOT NULL, time TEXT NOT NULL,
    written INTEGER NOT NULL, pass INTEGER NOT NULL, agency TEXT, outlet TEXT NOT NULL, outlet_name TEXT NOT NULL,
    language TEXT NOT NULL, score REAL NOT NULL, verdict TEXT NOT NULL, first TEXT NOT NULL,
    original TEXT NOT NULL, original_digest TEXT NOT NULL, copy TEXT NOT NULL, copy_digest TEXT NOT NULL
);
CREATE INDEX events_listed ON events (kind, time DESC, id DESC);
CREATE INDEX events_by_outlet ON events (kind, outlet, time DESC, id DESC);
CREATE INDEX events_by_agency ON events (kind, agency, time DESC, id DESC);
CREATE INDEX events_by_verdict ON events (kind, verdict, time DESC, id DESC);
CREATE INDEX events_of_story ON events (first);
CREATE INDEX events_of_original ON events (original, original_digest);
CREATE INDEX events_of_copy ON events (copy, copy_digest);
CREATE INDEX events_due ON events (written);
CREATE TABLE bodies (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE devices (device TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (device, number)) WITHOUT ROWID;
CREATE INDEX devices_of_event ON devices (number);
CREATE TABLE ids (id TEXT PRIMARY KEY, key TEXT NOT NULL, written INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX ids_due ON ids (written);

CREATE TABLE dispositions (
    alert TEXT PRIMARY KEY, pass INTEGER NOT NULL, verdict TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE positions (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY (topic, partition)
) WITHOUT ROWID;
CREATE TABLE passes (topic TEXT PRIMARY KEY, pass INTEGER NOT NULL, swept INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
"""
"""``texts.held`` says that an old text was looked at and is kept for an event's sake; ``positions.mark`` is a hash of
the last record read; ``passes`` count how often a topic was begun anew."""

INDEXED = "CREATE VIRTUAL TABLE search USING fts5(words, tokenize='ascii', detail=none, prefix='2 3 4')"
SCANNED = "CREATE TABLE search (rowid INTEGER PRIMARY KEY, words TEXT NOT NULL)"
"""The same where SQLite was built without FTS5."""


def create(connection: sqlite3.Connection, indexed: bool = True) -> None:
    """Make the tables in an empty file.

    Args:
        connection: to the file.
        indexed: whether to use the full-text index, if SQLite has it.
    """
    connection.executescript(f"BEGIN;{TABLES}")
    try:
        connection.execute(INDEXED if indexed else SCANNED)
    except sqlite3.OperationalError:  # no such module: fts5
        connection.execute(SCANNED)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def is_indexed(connection: sqlite3.Connection) -> bool:
    """Whether the words are in a full-text index."""
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()
    return "fts5" in made


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are of this version.

    Raises:
        sqlite3.DatabaseError: the file is no database, or damaged.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version == VERSION)


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether there are no tables at all; raises as `is_current`."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not tables
