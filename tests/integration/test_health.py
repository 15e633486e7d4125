"""A worker's health endpoint, from its start to the loss of its broker, and to its own end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import uuid
from collections.abc import Callable
from typing import Any

import aiohttp
import orjson
import pytest

from streams.embedded import EmbeddedBroker
from streams.replay import send
from streams.settings import Settings
from streams.worker import EXIT_STUCK
from tests.support.apache_kafka import ApacheKafka
from tests.support.pipeline import LIMIT, WorkerProcess, free_port, labelled, see_through

pytestmark = pytest.mark.integration


class Endpoint:
    """Asks a worker until it says what is waited for."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"http://{settings.health_host}:{settings.health_port}"

    async def ask(self, path: str) -> tuple[int, Any]:
        async with aiohttp.ClientSession() as session, session.get(self._url + path) as response:
            return response.status, orjson.loads(await response.read())

    async def until(self, path: str, wanted: Callable[[int, Any], bool]) -> Any:
        said: Any = None
        try:
            async with asyncio.timeout(LIMIT):
                while True:
                    with contextlib.suppress(aiohttp.ClientConnectionError):
                        code, said = await self.ask(path)
                        if wanted(code, said):
                            return said
                    await asyncio.sleep(0.1)
        except TimeoutError:
            pytest.fail(f"{path} never said what was waited for, but {said}")


def reasons(said: Any) -> set[str]:
    return {problem["reason"] for problem in said["problems"]}


async def test_a_worker_tells_how_it_is_and_that_its_broker_is_gone() -> None:
    with contextlib.ExitStack() as stack:  # a broker of the test's own: it is stopped
        broker = stack.enter_context(EmbeddedBroker())
        settings = Settings(
            broker=broker.url,
            prefix=f"t-{uuid.uuid4().hex[:12]}",
            session_timeout=6,
            commit_interval=0.2,
            article_partitions=2,
            story_partitions=2,
            health_port=free_port(),
        )
        endpoint = Endpoint(settings)
        async with WorkerProcess(settings) as worker:
            red = await endpoint.until("/ready", lambda code, _: code == 503)
            assert reasons(red) <= {"not running", "starting", "rebalancing", "rebuilding"}
            await endpoint.until("/ready", lambda code, said: code == 200 and said["ready"])
            await counted(settings, endpoint)
            stack.close()
            red = await endpoint.until("/ready", lambda code, _: code == 503)
            assert reasons(red) <= {"broker gone", "rebalancing"}
            await endpoint.until("/ready", lambda code, said: code == 503 and "broker gone" in reasons(said))
            assert (await endpoint.ask("/live"))[0] == 200
            await worker.end(signal.SIGKILL)


async def counted(settings: Settings, endpoint: Endpoint) -> None:
    """Articles, events and relations are counted, and nothing is left over."""
    articles = labelled("a-01")
    result = await see_through(settings, articles)
    told = [said for said in result.events if said.role == "republications" and said.event is not None]

    def all_seen(_: int, said: Any) -> bool:
        stages = said["stages"]
        return bool(
            stages["match"].get("index", {}).get("articles") == len(articles)  # measured only now and then
            and stages["judge"].get("library", {}).get("articles", 0) >= len(articles)
            and all(stage["lag"] == 0 for stage in stages.values())
        )

    stages = (await endpoint.until("/status", all_seen))["stages"]
    assert stages["ingest"]["records"] == stages["match"]["records"] == len(articles)
    assert [part["partition"] for part in stages["judge"]["partitions"]] == [0, 1]
    assert all(part["rebuilt"] for stage in stages.values() for part in stage["partitions"])
    assert sum(part["end"] for part in stages["ingest"]["partitions"]) == len(articles)
    assert stages["match"]["watermark"].startswith("20")
    assert stages["judge"]["relations"]["republication"] >= len(told) > 0
    assert stages["judge"]["sent"]["republications"] >= len(told)


@pytest.mark.apache
async def test_an_idle_worker_turns_green_again_when_kafka_comes_back(settings: Settings) -> None:
    with ApacheKafka() as kafka:
        own = settings.model_copy(update={"broker": f"kafka://{kafka.bootstrap}", "health_port": free_port()})
        endpoint = Endpoint(own)
        async with WorkerProcess(own):
            await endpoint.until("/ready", lambda code, _: code == 200)
            await counted(own, endpoint)
            kafka.kill()
            await endpoint.until("/ready", lambda code, said: code == 503 and "broker gone" in reasons(said))
            await asyncio.to_thread(kafka.restart)
            await endpoint.until("/ready", lambda code, _: code == 200)
            assert (await see_through(own, labelled("a-02"))).events


HANGS = """
import asyncio, streams.worker
from streams.cli import main

async def hang(self, outgoing):
    await asyncio.Event().wait()

streams.worker.Outbox.deliver = hang
main()
"""


async def test_a_worker_in_which_records_wait_and_none_is_acknowledged_turns_red_and_ends(settings: Settings) -> None:
    stuck = settings.model_copy(update={"health_port": free_port(), "lag_timeout": 2.0, "stall_timeout": 15.0})
    endpoint = Endpoint(stuck)
    async with WorkerProcess(stuck, program=("-c", HANGS)) as worker:
        await endpoint.until("/ready", lambda code, _: code == 200)
        await send(stuck, labelled("a-01")[:1])
        red = await endpoint.until("/ready", lambda code, _: code == 503)
        (problem,) = red["problems"]
        assert (problem["reason"], problem["stage"]) == ("lag grows", "ingest")
        assert (await endpoint.ask("/live"))[0] == 200
        assert await worker.end() == EXIT_STUCK
    assert any("ending the process: ingest[" in line and "1 records wait" in line for line in worker.lines)
