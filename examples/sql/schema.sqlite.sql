-- wirespin's events as tables, for SQLite 3.37 or newer. schema.postgresql.sql is the same for PostgreSQL.

CREATE TABLE IF NOT EXISTS event (
    key              TEXT PRIMARY KEY,  -- what the event is about: the last one of a key stands
    id               TEXT NOT NULL,     -- of the finding: the same for the same finding
    kind             TEXT NOT NULL,     -- republication or alert
    time             TEXT,              -- event time, UTC; null where both articles are undated
    rules            TEXT NOT NULL,
    agency           TEXT,
    original_id      TEXT NOT NULL,
    original_url     TEXT,
    original_title   TEXT NOT NULL,
    copy_id          TEXT NOT NULL,
    copy_url         TEXT,
    copy_title       TEXT NOT NULL,
    outlet           TEXT,
    language         TEXT NOT NULL,
    level            TEXT NOT NULL,     -- verbatim, excerpt, edited or rewritten
    original_share   REAL NOT NULL,     -- share of the original's words that stand in the copy, 0..1
    credit           TEXT NOT NULL,
    altered          TEXT NOT NULL,     -- yes, no or unsure
    score            REAL NOT NULL,     -- 0..1
    document         TEXT NOT NULL      -- the whole event as it was sent
) STRICT;

CREATE INDEX IF NOT EXISTS event_by_time ON event (kind, time);

CREATE TABLE IF NOT EXISTS finding (
    key              TEXT NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    number           INTEGER NOT NULL,  -- from 0, the strongest first
    device           TEXT NOT NULL,
    place            TEXT NOT NULL,     -- headline or body
    original         TEXT NOT NULL,     -- empty for an addition
    rewritten        TEXT NOT NULL,     -- empty for an omission
    severity         REAL NOT NULL,     -- 0..1
    explanation      TEXT NOT NULL,
    favours          TEXT,
    PRIMARY KEY (key, number)
) STRICT;

-- Where to go on: written in the transaction that writes what was read, so neither is ever there without the other.
CREATE TABLE IF NOT EXISTS position (
    topic            TEXT NOT NULL,
    number           INTEGER NOT NULL,  -- of the partition
    next             INTEGER NOT NULL,  -- offset of the record to be read next
    PRIMARY KEY (topic, number)
) STRICT;
