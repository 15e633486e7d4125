"""The seeds through a real broker, and an evidence bundle of the alert: made, checked, tampered with."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from schemas.disposition import Disposition
from schemas.errors import RecordError
from schemas.events import Alert, Event
from streams.client import Producer
from streams.events import standing
from streams.evidence.case import find_case
from streams.evidence.layout import OPTIONAL, SUMS, WHAT
from streams.settings import Settings
from streams.sources import read_articles
from streams.topics import declared
from tests.integration.test_commands import wirespin
from tests.support.pipeline import SEEDS, see_through, stages

pytestmark = pytest.mark.integration


async def test_a_bundle_is_made_checked_and_refused_when_a_byte_is_another(settings: Settings, tmp_path: Path) -> None:
    async with stages(settings):
        result = await see_through(settings, read_articles([str(SEEDS)]))
    alert = next(event for event in standing(result.events) if isinstance(event, Alert))
    await decide(settings, alert)
    target, again = tmp_path / "one.zip", tmp_path / "two.zip"
    for path in (target, again):
        code, out, error = await wirespin(
            settings, "evidence", alert.id, "--out", str(path), "--made", "2026-11-22T20:00:00Z"
        )
        assert code == 0, error
    assert target.read_bytes() == again.read_bytes()
    assert "0 unverifiable" in out
    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == set(WHAT) - OPTIONAL | {SUMS, "disposition.json"}
        assert archive.read("event.json") == alert.to_bytes()
        event = json.loads(archive.read("records.json"))["event.json"]
        assert event["topic"] == declared(settings)["alerts"].name
        assert ["ce_id", alert.id] in event["headers"]
        assert b"confirmed by N. N." in archive.read("what-this-is.txt")
    await checked(settings, target)
    await unknown(settings, alert)


async def decide(settings: Settings, alert: Event) -> None:
    topic = declared(settings)["dispositions"].name
    said = Disposition(alert=alert.key, event=alert.id, verdict="confirmed", by="N. N.", at="2026-11-22T13:00:00Z")
    async with Producer(settings, [topic]) as producer:
        await producer.confirm([await producer.send(topic, said.to_bytes(), key=alert.key)])


async def checked(settings: Settings, bundle: Path) -> None:
    """It holds; with one byte changed it does not."""
    nowhere = settings.model_copy(update={"broker": "kafka://127.0.0.1:1"})
    code, out, error = await wirespin(nowhere, "evidence", "--verify", str(bundle))
    assert code == 0, error
    assert [line.split()[0] for line in out.splitlines()] == ["ok"] * 6 + ["sha256"]
    tamper(bundle)
    code, out, error = await wirespin(nowhere, "evidence", "--verify", str(bundle))
    assert code == 1
    assert "Bad CRC-32" in error


def tamper(bundle: Path) -> None:
    """Change one byte of the copy's text."""
    data = bundle.read_bytes()
    at = data.index(b"unlikely events")
    bundle.write_bytes(data[:at] + b"U" + data[at + 1 :])


async def unknown(settings: Settings, alert: Event) -> None:
    with pytest.raises(RecordError, match="no such event"):
        await find_case(settings, "alert-000000000000000000000000")
    with pytest.raises(RecordError, match="no id of an event"):
        await find_case(settings, "000000000000000000000000")
    case = await find_case(settings, alert.republication if isinstance(alert, Alert) else "")
    assert case.standing == case.event.id
    assert case.disposition is not None
