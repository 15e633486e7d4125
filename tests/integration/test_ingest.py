"""Agencies' files through a real broker and the ingest stage."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from schemas.accepted import Accepted
from streams.client import consumer
from streams.offsets import assign_all
from streams.settings import Settings, as_environment
from streams.topics import create_missing, declared
from tests.integration.test_commands import wirespin
from tests.support.pipeline import LIMIT, ROOT, stages

pytestmark = pytest.mark.integration

FIXTURES = ROOT / "tests" / "fixtures" / "formats"


async def accepted(settings: Settings, count: int) -> list[Accepted]:
    """The first records of the topic behind the ingest stage."""
    reader = consumer(settings)
    await reader.start()
    try:
        await assign_all(reader, declared(settings)["accepted"].name)
        found = [await asyncio.wait_for(reader.getone(), LIMIT) for _ in range(count)]
        return [Accepted.from_bytes(record.value) for record in found]
    finally:
        await reader.stop()


async def test_a_folder_of_all_formats(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "in")
    arguments = ("ingest", str(tmp_path / "in"), "--once", "--journal", str(tmp_path / "j"))
    long_ago = datetime.now(UTC).timestamp() - 3_600
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (long_ago, long_ago))
    async with stages(settings, ["ingest"]):
        code, out, error = await wirespin(settings, *arguments)
        again, out_again, _ = await wirespin(settings, *arguments)
        records = await accepted(settings, 13)
    assert code == 1, "some lines are bad on purpose"
    assert out.strip() == "13 sent, 5 held, 5 left out, 7 bad"
    assert "lines.jsonl line 5: not JSON" in error
    assert "5 held and not sent" in error
    assert (again, out_again.strip()) == (0, "0 sent"), "nothing is read twice"
    afp = next(one for one in records if one.article.publisher == "AFP" and one.article.version == 2)
    assert afp.agency == "afp"
    assert "dateline" in [credit.form for credit in afp.credits]
    assert not any(one.article.embargoed and one.article.pub_status == "usable" for one in records)


async def test_following_a_folder_and_an_embargo_that_ends(settings: Settings, tmp_path: Path) -> None:
    await create_missing(settings)
    end = datetime.now(UTC) + timedelta(seconds=20)
    item = {"uri": "urn:1", "headline": "Held", "body_text": "Text.", "embargoed": end.isoformat()}
    (tmp_path / ".new").write_bytes(orjson.dumps(item))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "ingest", str(tmp_path), "--follow", "--every", "0.2",
        env={**os.environ, **as_environment(settings)}, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    (tmp_path / ".new").rename(tmp_path / "new.json")
    assert process.stderr
    line = await asyncio.wait_for(process.stderr.readline(), LIMIT)
    assert line.startswith(b"wirespin: held until ")
    async with stages(settings, ["ingest"]):
        (record,) = await accepted(settings, 1)
    assert datetime.now(UTC) >= end
    assert record.article.headline == "Held"
    process.send_signal(signal.SIGINT)
    await asyncio.wait_for(process.communicate(), LIMIT)
    assert process.returncode == 130
