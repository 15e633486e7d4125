"""Asking the broker for a sign of life: with and without one."""

from __future__ import annotations

import asyncio

import pytest

from streams import pulse as module
from streams.embedded import EmbeddedBroker
from streams.pulse import Pulse
from streams.settings import Settings
from streams.topics import partition_counts
from tests.support.pipeline import free_port


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ASK_EVERY", 0.1)
    monkeypatch.setattr(module, "NODE_WITHIN", 1.0)
    monkeypatch.setattr(module, "ANSWER_WITHIN", 2.0)


async def silent_for(pulse: Pulse, seconds: float) -> None:
    async with asyncio.timeout(20):
        while pulse.silent < seconds:
            await asyncio.sleep(0.05)


async def answered_within(pulse: Pulse, seconds: float) -> None:
    async with asyncio.timeout(20):
        while pulse.silent > seconds:
            await asyncio.sleep(0.05)


async def test_it_hears_a_broker_come_go_and_come_back() -> None:
    port = free_port()
    async with Pulse(Settings(broker=f"kafka://127.0.0.1:{port}")) as pulse:
        for _ in range(2):
            await silent_for(pulse, 1.5)
            with EmbeddedBroker(port):
                await answered_within(pulse, 0.5)
                await asyncio.sleep(1)
                assert pulse.silent < 1.0


async def test_asking_creates_no_topic() -> None:
    from aiokafka.admin import AIOKafkaAdminClient

    with EmbeddedBroker() as broker:
        async with Pulse(Settings(broker=broker.url)) as pulse:
            await asyncio.sleep(0.5)
            assert pulse.silent < 0.5
        admin = AIOKafkaAdminClient(bootstrap_servers=broker.url.removeprefix("kafka://"))
        await admin.start()
        try:
            assert await partition_counts(admin) == {}
        finally:
            await admin.close()


async def test_a_listener_that_never_speaks_is_no_broker_and_holds_nobody_up() -> None:
    async def mute(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with asyncio.timeout(20), Pulse(Settings(broker=f"kafka://127.0.0.1:{port}")) as pulse:
        await silent_for(pulse, 3.0)
    assert len(writers) > 1  # it was asked again
    for writer in writers:
        writer.close()
    server.close()
