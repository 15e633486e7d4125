"""Export and statistics of what a real broker holds: what stands, and only that."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import orjson
import pytest
from pyarrow import parquet

from schemas.events import Alert, Republication
from streams.client import Producer
from streams.events import standing
from streams.settings import Settings
from streams.topics import declared
from tests.integration.test_commands import wirespin
from tests.support.pipeline import labelled, see_through, stages

pytestmark = pytest.mark.integration


async def test_what_stands_is_exported_and_counted(settings: Settings, tmp_path: Path) -> None:
    async with stages(settings):
        result = await see_through(settings, labelled("a-01"))
    events = standing(result.events)
    alerts = [event for event in events if isinstance(event, Alert)]
    said = [event for event in events if isinstance(event, Republication)]
    assert len(alerts) > 1
    gone = alerts.pop()
    await withdraw(settings, gone)
    await exported(settings, {event.id: len(event.framing.devices) for event in alerts}, tmp_path / "alerts.parquet")
    code, out, error = await wirespin(settings, "stats", "--json")
    assert code == 0, error
    found = orjson.loads(out)
    assert (found["events"], found["agencies"][0]["agency"]) == (len(said), "Reuters")
    assert found["altered"]["count"] == len(alerts) + 1


async def withdraw(settings: Settings, alert: Alert) -> None:
    """Take an alert back, and leave something on the topic that is none."""
    topic = declared(settings)["alerts"].name
    async with Producer(settings, [topic]) as producer:
        await producer.confirm([
            await producer.send(topic, None, key=alert.key),
            await producer.send(topic, b"{}", key="alert-of-somebody-else"),
        ])  # fmt: skip


async def exported(settings: Settings, wanted: dict[str, int], target: Path) -> None:
    code, out, error = await wirespin(settings, "export")
    assert code == 0, error
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["id"] for row in rows} == wanted.keys()
    assert "passed over" in error
    code, out, error = await wirespin(settings, "export", "--findings", "--format", "jsonl")
    assert len(out.splitlines()) == sum(wanted.values())
    code, out, error = await wirespin(settings, "export", "--format", "parquet", "--out", str(target))
    assert (code, out) == (0, ""), error
    assert f"{len(wanted)} events" in error
    assert set(parquet.read_table(target)["id"].to_pylist()) == wanted.keys()
    code, out, _ = await wirespin(settings, "export", "--verdict", "confirmed", "--format", "jsonl")
    assert (code, out) == (0, "")
