"""`wirespin status` of a whole cluster, and the metrics of a worker, on a real broker."""

from __future__ import annotations

import signal

import aiohttp
import orjson
import pytest

from streams.settings import Settings
from streams.topics import create_missing
from tests.integration.test_commands import wirespin
from tests.support.metrics import lint, samples
from tests.support.pipeline import WorkerProcess, free_port, labelled, see_through

pytestmark = pytest.mark.integration

TOLD = ("ingest", "match", "judge")


async def test_the_cluster_is_told_without_topics_without_workers_and_with_one(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    code, out, error = await wirespin(settings, "status")
    assert code == 1, error
    assert "there is no topic" in out
    port = free_port()
    worker = settings.model_copy(update={"health_port": port})
    await create_missing(settings)
    async with WorkerProcess(worker) as process:
        await see_through(settings, labelled("a-01"))
        code, out, error = await wirespin(worker, "status", "--json")
        assert code == 0, error + out
        said = orjson.loads(out)
        assert said["problems"] == []
        assert all(said["stages"][stage]["lag"] == 0 for stage in TOLD)
        owners = [part["owner"] for part in said["stages"]["judge"]["partitions"]]
        if request.config.getoption("--broker") == "kafka":
            assert all(owner["client"].startswith(f"{settings.prefix}-judge-") for owner in owners)
            assert all(owner["host"] for owner in owners)
        else:
            assert owners == [None, None]
            (member,) = said["stages"]["judge"]["group"]["members"]
            assert member["id"].startswith(f"{settings.prefix}-judge-")
        (only,) = said["workers"].values()
        assert only["stages"]["match"]["phase"] == "flowing"
        await _measured(port)
        assert await process.end(signal.SIGTERM) == 0
    code, out, _ = await wirespin(settings, "status")
    if request.config.getoption("--broker") == "kafka":  # the embedded one goes on telling of those who left
        assert code == 1
        assert f"match: no worker reads {settings.prefix}.accepted" in out


async def _measured(port: int) -> None:
    """What was judged stands in the metrics, with how long it took."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
        page = await response.text()
    lint(page)
    found = samples(page)
    worked = [found[f'wirespin_stage_records_total{{stage="{stage}",outcome="worked"}}'] for stage in TOLD]
    assert worked[0] == worked[1] == len(labelled("a-01"))
    assert worked[2] >= worked[1]
    said = sum(value for name, value in found.items() if name.startswith("wirespin_republications_total"))
    assert said > 0
    assert found["wirespin_event_delay_seconds_count"] >= said
    assert 0 < found["wirespin_event_delay_seconds_sum"] / found["wirespin_event_delay_seconds_count"] < 60
    assert found["wirespin_ready"] == 1
