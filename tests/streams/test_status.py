"""The health endpoint: codes and content, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import orjson
import pytest
from click.testing import CliRunner

from schemas.errors import BrokerError, SettingsError
from streams.cli import main
from streams.cli.status import address, fetch
from streams.health import BROKER_GONE
from streams.monitor import Monitor
from streams.served import Health, health_port
from streams.settings import Settings
from streams.status import Sources, health
from tests.support.pipeline import free_port
from tests.support.stages import flowing


class Worker:
    """A worker with one stage, and what can go wrong with it."""

    def __init__(self) -> None:
        self.settings = Settings(health_port=free_port())
        self.monitor = Monitor(60.0)
        self.silent, self.standing = 1.0, 0.0
        self.stage, self.app = flowing(partitions=2)
        self.sources = Sources(self.monitor, lambda: self.silent, lambda: self.standing, 300.0)
        self.monitor.watch([self.stage])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.health_port}"

    async def get(self, path: str) -> tuple[int, Any]:
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as response:
            assert path == "/" or response.content_type == "application/json"
            return response.status, await response.text() if path == "/" else orjson.loads(await response.read())


@pytest.fixture
def worker() -> Worker:
    return Worker()


async def test_all_is_well(worker: Worker) -> None:
    async with health_port(worker.settings, health(worker.sources)):
        assert await worker.get("/live") == (200, {"live": True, "standing_s": 0.0, "limit_s": 300.0})
        assert await worker.get("/ready") == (200, {"ready": True, "problems": []})
        assert (await worker.get("/"))[0] == 404
    with pytest.raises(aiohttp.ClientConnectionError):
        await worker.get("/live")


async def test_ready_turns_red_and_names_the_partition_while_live_stays_green(worker: Worker) -> None:
    worker.app.consumer.fetched(1, 5, 9, time.time() * 1000)
    worker.monitor.look(time.monotonic())
    worker.monitor.look(time.monotonic() + 61)
    async with health_port(worker.settings, health(worker.sources)):
        code, said = await worker.get("/ready")
        assert (code, said["ready"]) == (503, False)
        assert said["problems"] == [
            {
                "reason": "lag grows",
                "detail": "4 records wait, none was acknowledged for 61 s",
                "stage": "ingest",
                "partition": 1,
            }
        ]
        assert (await worker.get("/live"))[0] == 200
        code, said = await worker.get("/status")
        assert (code, said["ready"], said["stages"]["ingest"]["ready"]) == (200, False, False)


async def test_a_broker_that_is_gone_is_red_though_all_stages_are_well(worker: Worker) -> None:
    worker.silent = BROKER_GONE + 1
    async with health_port(worker.settings, health(worker.sources)):
        code, said = await worker.get("/ready")
        assert (code, [problem["reason"] for problem in said["problems"]]) == (503, ["broker gone"])
        assert (await worker.get("/status"))[1]["stages"]["ingest"]["ready"]


async def test_live_is_red_when_the_watchdog_is_about_to_end_the_process(worker: Worker) -> None:
    worker.standing = 301.0
    async with health_port(worker.settings, health(worker.sources)):
        assert (await worker.get("/live"))[0] == 503


async def test_status_tells_everything(worker: Worker) -> None:
    worker.stage.tally.acknowledged = 7
    worker.stage.tally.sent.update(accepted=6, rejected=1)
    worker.stage.tally.relations.update(background=3)
    worker.app.consumer.fetched(0, 5, 9, time.time() * 1000)
    worker.monitor.look(time.monotonic())
    worker.monitor.watched[0].sizes = {"index": {"articles": 5}, "watermark": "2023-11-14T08:00:00+00:00"}
    async with health_port(worker.settings, health(worker.sources)):
        stage = (await worker.get("/status"))[1]["stages"]["ingest"]
    first, second = stage.pop("partitions")
    assert first.pop("fetched_s") < 5
    assert first == {"partition": 0, "rebuilt": True, "position": 5, "end": 9, "lag": 4}
    assert second["lag"] is None
    assert stage.pop("rate") > 0
    assert stage == {
        "ready": True,
        "phase": "flowing",
        "lag": 4,
        "rebuild": None,
        "records": 7,
        "sent": {"accepted": 6, "rejected": 1},
        "relations": {"background": 3},
        "index": {"articles": 5},
        "watermark": "2023-11-14T08:00:00+00:00",
    }


async def test_a_taken_port_is_an_error_that_names_it(worker: Worker) -> None:
    async with health_port(worker.settings, health(worker.sources)):
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{worker.settings.health_port}.*--health-port"):
            async with health_port(worker.settings, health(worker.sources)):
                pass
        assert (await worker.get("/live"))[0] == 200


async def asked(*arguments: str) -> Any:
    """The command, beside the event loop that answers it."""
    return await asyncio.to_thread(CliRunner().invoke, main, ["status", *arguments])


async def test_the_command_prints_it_and_tells_readiness_by_its_code(worker: Worker) -> None:
    worker.stage.tally.acknowledged = 1_234
    worker.stage.tally.relations.update(background=3)
    worker.monitor.watched[0].sizes = {"index": {"articles": 5_000}, "watermark": "2023-11-14T08:00:00+00:00"}
    async with health_port(worker.settings, health(worker.sources)):
        result = await asked("--url", worker.url)
        assert result.exit_code == 0, result.output
        assert "ready" in result.stdout
        for text in (
            "ingest",
            "flowing",
            "0 1",
            "1,234",
            "index: articles 5,000",
            "background 3",
            "2023-11-14T08:00:00",
        ):
            assert text in result.stdout
        worker.silent = 99.0
        result = await asked("--health-port", str(worker.settings.health_port))
        assert result.exit_code == 1
        assert "not ready" in result.stdout
        assert "broker gone: no answer for 99 s" in result.stdout
        result = await asked("--url", worker.url + "/status", "--json")
        assert orjson.loads(result.stdout)["ready"] is False


async def test_the_command_says_when_nobody_answers() -> None:
    result = await asked("--url", f"http://127.0.0.1:{free_port()}")
    assert result.exit_code == 1
    (line,) = result.stderr.strip().splitlines()
    assert "no answer" in line
    assert "is a worker running" in line


async def test_another_server_is_no_worker(worker: Worker) -> None:
    async with health_port(worker.settings, health(worker.sources)):
        with pytest.raises(BrokerError, match="no worker's answer"):
            await fetch(worker.url + "/nothing")


@pytest.mark.parametrize(
    ("settings", "url", "expected"),
    [
        (Settings(health_port=81), None, "http://127.0.0.1:81"),
        (Settings(health_port=81, health_host="0.0.0.0"), None, "http://127.0.0.1:81"),
        (Settings(health_port=81), "http://other:82/", "http://other:82"),
        (Settings(), "https://other/status", "https://other"),
    ],
)
def test_where_the_worker_is_asked(settings: Settings, url: str | None, expected: str) -> None:
    assert address(settings, url) == expected


@pytest.mark.parametrize(("url", "said"), [(None, "no worker is named"), ("localhost:81", "no http address")])
def test_nowhere_to_ask_is_a_usage_error(url: str | None, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        address(Settings(), url)


async def test_several_workers_are_told_together_and_one_that_is_gone_is_a_problem(worker: Worker) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    async with health_port(worker.settings, health(worker.sources)):
        result = await asked("--url", worker.url, "--url", gone)
        assert result.exit_code == 1
        assert "flowing" in result.stdout
        assert "no answer" in result.stdout
        result = await asked("--url", worker.url, "--url", gone, "--json")
        said = orjson.loads(result.stdout)
        assert said["ready"] is False
        assert said["workers"][worker.url]["ready"] is True
        assert "no answer" in said["workers"][gone]["error"]


async def test_a_process_without_stages_can_be_asked_too() -> None:
    settings = Settings(health_port=free_port())
    async with health_port(settings, Health()):
        result = await asked("--health-port", str(settings.health_port))
    assert result.exit_code == 0, result.output
    assert "ready" in result.stdout


@pytest.mark.usefixtures("no_settings")
async def test_a_broker_that_is_named_and_gone_is_an_error() -> None:
    result = await asked("--broker", f"kafka://127.0.0.1:{free_port()}")
    assert result.exit_code == 1
    assert "is the broker running there?" in result.stderr
