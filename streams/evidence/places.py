"""Where records stood, and what was said under the event's key: written into a bundle, and read out of it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from agents.records import Record
from schemas.errors import InputError, RecordError
from schemas.events import Alert, Event, Republication
from streams.evidence.case import Case, event_id_of
from streams.evidence.layout import sha256, to_json

RECORDS, HISTORY = "records.json", "history.json"


def placed(case: Case) -> dict[str, bytes]:
    """The records, byte for byte, where they stood, and the history."""
    named = {"event.json": case.record, "original.json": case.original, "copy.json": case.copy}
    if case.disposition is not None:
        named["disposition.json"] = case.disposition
    places = {name: _place(record) for name, record in named.items()}
    files = {name: record.value or b"" for name, record in named.items()}
    return files | {RECORDS: to_json(places), HISTORY: to_json(_history(case))}


def read_case(files: Mapping[str, bytes], where: str) -> Case:
    """The case that a bundle was made of.

    Raises:
        InputError: a record is none, or where it stood cannot be read.
    """
    try:
        places, said = orjson.loads(files[RECORDS]), orjson.loads(files[HISTORY])["said"]
        records = {name: _record(places[name], files[name]) for name in places}
        history = tuple(_record(one, None if one["value"] is None else one["value"].encode()) for one in said)
        case = Case(
            _event(records["event.json"], f"{where}/event.json"),
            records["event.json"],
            history,
            records["original.json"],
            records["copy.json"],
            records.get("disposition.json"),
        )
        _ = case.texts  # whoever gets a case relies on them being readable
    except InputError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise RecordError(f"{RECORDS} or {HISTORY} cannot be read: {error!r}", where=where) from error
    if case.record.where not in {one.where for one in case.history}:
        raise RecordError(f"{HISTORY} does not hold the event's own record, {case.record.where}", where=where)
    return case


def iso(record: Record) -> str:
    """When a record was written, to the millisecond."""
    return (
        datetime.fromtimestamp(record.timestamp / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _event(record: Record, where: str) -> Event:
    data = Event.decoded(record.value, where=where)
    kind: type[Event] = Alert if data.get("type") == "alert" else Republication
    return kind.from_data(data, where=where)


def _place(record: Record) -> dict[str, Any]:
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp_ms": record.timestamp,
        "timestamp": iso(record),
        "key": _text(record.key),
        "headers": [[name, _text(value)] for name, value in record.headers],
        "sha256": sha256(record.value or b""),
    }


def _record(place: Mapping[str, Any], value: bytes | None) -> Record:
    """A record from its place; raises LookupError, TypeError, ValueError or AttributeError where that is none."""
    key = place.get("key")
    headers = tuple((name, None if text is None else text.encode()) for name, text in place.get("headers", ()))
    where = (str(place["topic"]), int(place["partition"]), int(place["offset"]), int(place["timestamp_ms"]))
    return Record(*where, None if key is None else key.encode(), value, headers)


def _history(case: Case) -> dict[str, Any]:
    held = [_said(record) for record in case.history]
    ids = {one["id"] for one in held}
    superseded = sorted({name for one in held for name in one["supersedes"]} - ids)
    return {"key": case.event.key, "standing": case.standing, "said": held, "superseded_not_held": superseded}


def _said(record: Record) -> dict[str, Any]:
    """One record of the history, with its value to the letter."""
    data = {} if event_id_of(record) is None else orjson.loads(record.value or b"{}")
    told = {name: value for name, value in _place(record).items() if name not in ("headers", "key")}
    supersedes = [name for name in data.get("supersedes") or () if isinstance(name, str)]
    said = {"id": data.get("id"), "supersedes": supersedes, "rules": data.get("rules"), "value": _text(record.value)}
    return {**told, **said, "withdrawn": record.value is None}


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "backslashreplace")
