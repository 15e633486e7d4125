"""Sums over the store: what was decided, how much there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

from schemas.disposition import Disposition
from streams.desk.precision import Judged
from streams.desk.store_rows import unpacked

_DECIDED = """
SELECT dispositions.body, events.time, events.outlet_name,
    (SELECT group_concat(device) FROM devices WHERE devices.number = events.number)
FROM dispositions LEFT JOIN events ON events.key = dispositions.alert
"""


def judged(connection: sqlite3.Connection, by: Literal["device", "outlet"]) -> Iterator[Judged]:
    """What was decided, as the disposition tells of its alert; where it does not, as the alert stands now."""
    for body, time, outlet, devices in connection.execute(_DECIDED):
        one = Disposition.from_bytes(unpacked(body))
        if by == "outlet":
            name = one.outlet or outlet
            names = [name] if name else []
        else:
            names = one.devices or (devices.split(",") if devices else [])
        yield Judged(one.verdict, one.time or time or "", list(dict.fromkeys(names)))


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """See `Store.sizes`."""
    found = {
        "texts": "SELECT count(*) FROM texts",
        "alerts": "SELECT count(*) FROM events WHERE kind = 'alerts'",
        "republications": "SELECT count(*) FROM events WHERE kind = 'republications'",
        "dispositions": "SELECT count(*) FROM dispositions",
        "bytes": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    }
    return {name: int(connection.execute(sql).fetchone()[0]) for name, sql in found.items()}


def fact(connection: sqlite3.Connection, name: str) -> float | None:
    """See `Store.fact`."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return float(row[0]) if row else None
