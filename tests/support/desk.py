"""Events, texts and decisions for tests of the desk, as values and as records of its topics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agents.records import Record
from schemas.accepted import Accepted
from schemas.base import WireRecord
from schemas.disposition import Disposition
from schemas.events import Alert, Event, Republication
from streams.desk.store import Store
from wirespin.identity import digest, event_key

NOW = 1_795_000_000
"""Seconds: 2026-11-18, when the records of the tests are written unless they say otherwise."""

KEEP = 10 * 86_400.0
TOPICS = {f"t.{role}": role for role in ("accepted", "republications", "alerts", "dispositions")}


def store(folder: Path, *, indexed: bool = True) -> Store:
    return Store(folder / "desk.sqlite3", TOPICS, KEEP, indexed=indexed)


def event(kind: str = "alert", copy: str = "copy", first: str = "wire", version: str = "1", **fields: Any) -> Event:
    """An alert or a republication of `copy`; `fields` as outlet, agency, devices, score, time, language, evidence."""
    data: dict[str, Any] = {
        "id": f"{kind}-" + digest(kind, copy, first, version),
        "key": event_key(kind, copy, first),
        "supersedes": fields.get("supersedes", []),
        "time": fields.get("time", "2026-11-18T10:00:00Z"),
        "rules": "test",
        "original": {
            "id": fields.get("original", first), "first": first, "agency": fields.get("agency", "afp"), "wire": "AFP",
            "headline": fields.get("wire_headline", "Minister denies report"), "date_source": "published_at",
            "digest": fields.get("wire_digest", "w1"), "published": "2026-11-18T09:00:00Z",
        },
        "copy": {
            "id": copy, "publisher": fields.get("outlet", "The Lantern"), "headline": fields.get("headline", "A copy"),
            "url": fields.get("url"), "date_source": "published_at", "digest": fields.get("copy_digest", version),
            "language": fields.get("language", "en"), "published": fields.get("time", "2026-11-18T10:00:00Z"),
        },
        "direction": {"confidence": 0.9, "reason": "published by AFP itself"},
        "reuse": {
            "level": "edited", "original_share": 0.5, "copy_share": 0.5, "unquoted_share": 0.5, "original_tenths": 5,
            "copy_tenths": 5, "longest": 20,
        },
        "credit": {"status": "removed"},
        "framing": {
            "altered": "yes",
            "score": fields.get("score", 0.7),
            "devices": [
                {"device": device, "original": fields.get("evidence", "said"), "severity": 0.5, "explanation": "x"}
                for device in fields.get("devices", ["loaded_language"])
            ],
        },
    }  # fmt: skip
    if kind == "alert":
        return Alert.model_validate({**data, "republication": "republication-" + digest("republication", copy, first)})
    return Republication.model_validate(data)


def text(name: str, version: str, body: str = "Some words of an article.", **fields: Any) -> Accepted:
    return Accepted.model_validate(
        {
            "article": {"id": name, "headline": fields.pop("headline", name), "body": body},
            "digest": version,
            "date_source": "published_at",
            "spans": [[0, len(body)]],
            "sketch": {"scale": 1, "shingles": 9, "hashes": "AAAA", "tenths": "AA=="},
            **fields,
        }
    )


def decision(alert: Event, verdict: str = "confirmed", **fields: Any) -> Disposition:
    return Disposition.model_validate(
        {
            "alert": alert.key, "event": alert.id, "verdict": verdict, "reason": "as it says", "by": "kim",
            "at": "2026-11-18T12:00:00Z", **fields,
        }
    )  # fmt: skip


class Log:
    """Makes records of the desk's topics, each behind the one before."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now
        self._ends: dict[str, int] = {}

    def record(self, role: str, key: str | bytes | None, value: WireRecord | bytes | None) -> Record:
        offset = self._ends.get(role, 0)
        self._ends[role] = offset + 1
        raw = value.to_bytes() if isinstance(value, WireRecord) else value
        name = key.encode() if isinstance(key, str) else key
        return Record(f"t.{role}", 0, offset, int(self.now * 1000), name, raw)

    def said(self, *events: Event) -> list[Record]:
        return [self.record("alerts" if isinstance(one, Alert) else "republications", one.key, one) for one in events]

    def withdrawn(self, one: Event) -> Record:
        return self.record("alerts" if isinstance(one, Alert) else "republications", one.key, None)

    def texts(self, *accepted: Accepted) -> list[Record]:
        return [self.record("accepted", one.language, one) for one in accepted]

    def decided(self, *made: Disposition) -> list[Record]:
        return [self.record("dispositions", one.alert, one) for one in made]


def ids(rows: Sequence[Any]) -> list[str]:
    return [row.event.id for row in rows]
