"""Commands that talk to a broker, and the consumer that the README shows."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import orjson
import pytest

from streams.replay import send
from streams.settings import Settings, as_environment
from streams.sources import read_articles
from streams.topics import create_missing
from tests.streams.feeds.test_send import RSS
from tests.support.pipeline import LIMIT, ROOT, SEEDS, judged, stages

pytestmark = pytest.mark.integration


async def wirespin(settings: Settings, *arguments: str) -> tuple[int, str, str]:
    """Run a command as a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", *arguments,
        env={**os.environ, **as_environment(settings)}, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, error = await asyncio.wait_for(process.communicate(), LIMIT)
    assert process.returncode is not None
    return process.returncode, out.decode(), error.decode()


async def test_feeds_send_and_a_feed_that_fails(settings: Settings, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(RSS)
    async with stages(settings, ["ingest"]):
        code, out, error = await wirespin(settings, "feeds", "send", str(feed), str(tmp_path / "none.xml"))
    assert code == 1
    assert f"{feed}: 2 sent, 1 left out" in out
    assert "none.xml: neither a file nor an http(s) URL" in error


async def test_replay_writes_events_and_watch_and_the_readme_s_consumer_read_them(
    settings: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    async with stages(settings):
        code, out, error = await wirespin(settings, "replay", str(SEEDS), "--events", str(target))
        again, _, nothing = await wirespin(settings, "replay", str(SEEDS), "--events", str(tmp_path / "again.jsonl"))
    assert (code, again) == (0, 0), error
    assert "2 sent, 0 rejected, 1 republication, 1 alert" in error
    assert "2 sent, 0 rejected, 0 republications, 0 alerts" in nothing
    assert (tmp_path / "again.jsonl").read_bytes() == b""
    assert "ALERT" in out
    events = [orjson.loads(line) for line in target.read_bytes().splitlines()]
    assert [event["type"] for event in events] == ["republication", "alert"]
    assert {"id", "key", "supersedes", "original", "copy", "reuse", "framing"} <= events[1].keys()
    device = events[1]["framing"]["devices"][0]
    assert {"device", "original", "rewritten", "severity", "explanation"} <= device.keys()
    await watched(settings, events[1])
    await consumed(settings, events[1])


async def watched(settings: Settings, alert: dict[str, object]) -> None:
    """`wirespin watch --json` prints the alert."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "watch", "--json", "--since", "1h",
        env={**os.environ, **as_environment(settings)}, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )  # fmt: skip
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), LIMIT)
    process.terminate()
    await process.wait()
    assert orjson.loads(line) == alert


async def consumed(settings: Settings, alert: dict[str, object]) -> None:
    """The README's consumer, as it stands there, prints the alert."""
    code = re.search(r"```python\n(import asyncio.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert code, "the README shows no consumer"
    program = code[1].replace("localhost:9092", settings.broker.removeprefix("kafka://"))
    program = program.replace("wirespin.alerts", f"{settings.prefix}.alerts")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-c", program, stdout=asyncio.subprocess.PIPE, limit=2**20
    )
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), LIMIT)
    process.kill()
    await process.wait()
    assert str(alert["copy"]["id"]) in line.decode()  # type: ignore[index]


async def test_topics_create_and_list(settings: Settings) -> None:
    code, out, _ = await wirespin(settings, "topics", "--create")
    assert code == 0
    assert f"created: {settings.prefix}.articles" in out
    code, out, _ = await wirespin(settings, "topics", "--create")
    assert "nothing to create" in out


async def test_articles_sent_before_a_worker_came_are_not_lost(settings: Settings) -> None:
    await create_missing(settings)
    ends = await send(settings, read_articles([str(SEEDS)]))
    async with stages(settings):
        result = await judged(settings, ends)
    assert len(result.events) == 2
