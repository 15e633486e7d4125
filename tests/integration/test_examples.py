"""The example consumers, run as their users run them, on a broker in which the seeds were replayed."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from schemas.events import Alert
from streams.events import standing
from streams.settings import Settings, bootstrap_servers
from streams.sources import read_articles
from streams.topics import declared
from tests.examples.loading import EXAMPLES
from tests.support.apache_kafka import ensure_libs
from tests.support.pipeline import LIMIT, SEEDS, see_through, stages

pytestmark = pytest.mark.integration

IDLE = "4"
"""Seconds without a record after which an example ends."""


@pytest.fixture
async def alert(settings: Settings) -> Alert:
    """The alert that the seeds led to."""
    async with stages(settings):
        result = await see_through(settings, read_articles([str(SEEDS)]))
    (found,) = [event for event in standing(result.events) if isinstance(event, Alert)]
    return found


async def output(*command: str) -> str:
    """What a program prints; its failure fails the test."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=dict(os.environ)
    )
    try:
        printed, complained = await asyncio.wait_for(process.communicate(), LIMIT)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, complained.decode()
    return printed.decode()


def topic(settings: Settings, role: str) -> str:
    return declared(settings)[role].name


async def test_the_python_consumer_prints_the_alert_and_not_again_after_a_restart(
    settings: Settings, alert: Alert, tmp_path: Path
) -> None:
    command = [
        sys.executable, str(EXAMPLES / "python" / "follow_alerts.py"), "--broker", bootstrap_servers(settings.broker),
        "--topic", topic(settings, "alerts"), "--state", str(tmp_path / "state.json"), "--idle", IDLE,
    ]  # fmt: skip
    first = await output(*command)
    assert f"  {alert.id}  " in f"  {first}"
    assert "AFP: North Korea's Kim offers 'full support' to Putin on Russia Day" in first
    assert "Kim and Putin" in first
    assert len(first.splitlines()) == 1
    assert await output(*command) == ""


async def test_the_java_consumer_prints_the_alert(settings: Settings, alert: Alert) -> None:
    if shutil.which("javac") is None or shutil.which("mvn") is None:
        pytest.skip("no JDK, or no Maven to fetch the jars with")
    printed = await output(
        "java", "-cp", f"{ensure_libs()}/*", str(EXAMPLES / "java" / "Consumer.java"),
        bootstrap_servers(settings.broker), topic(settings, "alerts"), IDLE,
    )  # fmt: skip
    (line,) = [line for line in printed.splitlines() if alert.id in line]
    assert line.startswith("alert  ")
    assert "AFP: North Korea's Kim offers" in line
    assert f"[{alert.framing.devices[0].device}]" in line


async def test_the_sql_sink_holds_the_events_once_however_often_it_runs(
    settings: Settings, alert: Alert, tmp_path: Path
) -> None:
    file = tmp_path / "events.sqlite"
    command = [
        sys.executable, str(EXAMPLES / "sql" / "sink.py"), "--broker", bootstrap_servers(settings.broker),
        "--topics", topic(settings, "republications"), topic(settings, "alerts"),
        "--database", str(file), "--idle", IDLE,
    ]  # fmt: skip
    first = await output(*command)
    assert "1 records, next 1" in first
    assert await output(*command) == ""
    with sqlite3.connect(file) as database:
        events = database.execute("SELECT kind, id, agency, altered FROM event ORDER BY kind").fetchall()
        (findings,) = database.execute("SELECT count(*) FROM finding WHERE key = ?", [alert.key]).fetchone()
    database.close()
    assert events == [("alert", alert.id, "afp", "yes"), ("republication", alert.republication, "afp", "yes")]
    assert findings == len(alert.framing.devices)


@pytest.mark.apache
async def test_kcat_prints_the_alert(settings: Settings, alert: Alert) -> None:
    """On Apache Kafka only: librdkafka does not understand what the embedded broker says of its versions."""
    if shutil.which("kcat") is None:
        pytest.skip("kcat is not installed")
    script = str(EXAMPLES / "kcat" / "alerts.sh")
    printed = await output("sh", script, bootstrap_servers(settings.broker), topic(settings, "alerts"))
    key, headers, value = printed.splitlines()
    assert key == f"{alert.key} 0"
    assert f"ce_id={alert.id}" in headers
    assert "ce_type=org.wirespin.alert.framing-altered.v1" in headers
    assert Alert.from_bytes(value.strip().encode()) == alert
