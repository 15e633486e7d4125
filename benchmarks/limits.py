"""The limits beside which the pipeline is measured: what copies records from one topic to another and does no more.

    python -m benchmarks.limits faust|aiokafka HOST:PORT FROM TO

Runs until SIGTERM. The Faust agent is the one of the manual (raw bytes, at least once, no look at the value); the
aiokafka loop is the fastest that sends records one by one.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

LINGER_MS, BATCH_BYTES = 5, 131_072
"""As the pipeline's own producer."""


async def faust_copy(server: str, source: str, target: str) -> None:
    """A bare Faust agent."""
    with tempfile.TemporaryDirectory() as folder:
        app = faust.App(
            f"limit-{source}",
            broker=f"aiokafka://{server}",
            datadir=folder,
            web_enabled=False,
            topic_disable_leader=True,
            topic_allow_declare=False,
            consumer_auto_offset_reset="earliest",
            producer_linger=LINGER_MS / 1000,
            producer_max_batch_size=BATCH_BYTES,
            producer_compression_type="zstd",
        )
        raw: dict[str, Any] = {"key_serializer": "raw", "value_serializer": "raw", "value_type": bytes}
        out = app.topic(target, **raw)

        @app.agent(app.topic(source, **raw))
        async def copy(stream: Any) -> None:
            async for event in stream.events():
                await out.send(key=event.key, value=event.value)

        await app.start()
        await _stopped()
        await app.stop()


async def aiokafka_copy(server: str, source: str, target: str) -> None:
    """A bare aiokafka loop, which commits when what it sent is confirmed."""
    reader = AIOKafkaConsumer(
        source, bootstrap_servers=server, group_id=f"bare-{source}", enable_auto_commit=False,
        auto_offset_reset="earliest",
    )  # fmt: skip
    sender = AIOKafkaProducer(
        bootstrap_servers=server, linger_ms=LINGER_MS, max_batch_size=BATCH_BYTES, compression_type="zstd", acks="all"
    )
    await asyncio.gather(reader.start(), sender.start())
    loop = asyncio.ensure_future(_copy(reader, sender, target))
    await _stopped()
    loop.cancel()
    await asyncio.gather(reader.stop(), sender.stop())


async def _copy(reader: AIOKafkaConsumer, sender: AIOKafkaProducer, target: str) -> None:
    while True:
        batches = await reader.getmany(timeout_ms=100)
        sent = [await sender.send(target, one.value, key=one.key) for batch in batches.values() for one in batch]
        if sent:
            await asyncio.gather(*sent)
            await reader.commit()


async def _stopped() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


COPIES = {"faust": faust_copy, "aiokafka": aiokafka_copy}

if __name__ == "__main__":
    asyncio.run(COPIES[sys.argv[1]](*sys.argv[2:]))
