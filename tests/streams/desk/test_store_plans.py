"""Nothing that is done for a record, a page or a purge may walk through all texts or all events."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from streams.desk.filters import Filter
from streams.desk.store import Store
from tests.support.desk import KEEP, NOW, Log, decision, event, store, text

WALKS = re.compile(r"^SCAN (texts|events|bodies|devices|ids)\b(?!.*COVERING INDEX)")


def walks(desk: Store, statements: list[str]) -> list[str]:
    """The plans that walk through a whole table."""
    found = []
    with desk._file.reading() as connection:
        for statement in dict.fromkeys(statements):
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT") and "search" not in statement:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
                found += [f"{row[3]}: {statement}" for row in plan if WALKS.search(row[3])]
    return found


def test_writing_and_reading_search_by_index(tmp_path: Path) -> None:
    statements: list[str] = []
    with store(tmp_path) as desk:
        desk._file._writer.set_trace_callback(statements.append)
        log, old, new = Log(), event(version="1"), event(version="2")
        desk.take(log.texts(text("a", "1")) + log.said(old, new) + log.decided(decision(new)))
        desk.take([log.withdrawn(new), log.record("dispositions", new.key, None)])
        desk.purge(NOW + KEEP + 1)
        desk._file._writer.set_trace_callback(None)
        with desk._file.reading() as connection:
            reader: sqlite3.Connection = connection
            reader.set_trace_callback(statements.append)
        desk.page(Filter())
        desk.page(Filter(outlet="x"), "2026-11-18T10:00:00Z~x")
        desk.found(old.id)
        desk.story("wire")
        desk.related(new)
        assert len(statements) > 30
        assert walks(desk, statements) == []
        assert walks(desk, ["SELECT * FROM texts WHERE held = 1"])  # the test can fail
