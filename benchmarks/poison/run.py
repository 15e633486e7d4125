"""Sending the messages to a worker of its own process, waiting until all are worked on, starting it again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from benchmarks.poison.account import Account
from benchmarks.poison.messages import Message
from streams.client import client_options
from streams.drain import drained
from streams.settings import Settings, as_environment
from streams.topics import create_missing, declared

LARGEST = 32 * 1_048_576
"""Bytes of a message that the articles topic takes here; Apache Kafka's default of 1 MB would keep the worst out."""

SENT_AT_ONCE = 200
"""Messages sent before their delivery is waited for."""

PATIENCE = 1_800.0
"""Seconds until what is not worked on counts as lost."""

JUMP_EVERY = 3.0
"""Seconds between two jumps of the worker's clock."""

JUMPING = f"""
import sys, time
true = time.time
def jumping():
    now = true()
    return now + 3600.0 * (int(now / {JUMP_EVERY}) % 3 - 1)
time.time = jumping
from streams.cli import main
main(sys.argv[1:])
"""
"""A worker whose clock jumps by an hour, forwards and back: `time.time` is what Faust, aiokafka and logging ask."""


class Worker:
    """A worker with all stages as a process.

    Args:
        settings: handed on in its environment.
        log: the file its log goes to.
    """

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings, self._log = settings, log
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Worker:
        variables = os.environ | as_environment(self._settings) | {"WIRESPIN_LOG_LEVEL": "ERROR"}
        command = (sys.executable, "-c", JUMPING, "worker", "all")
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(*command, env=variables, stderr=log)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def alive(self) -> None:
        """Raise if it has ended."""
        assert self._process
        if self._process.returncode is not None:
            tail = self._log.read_text(errors="replace")[-4_000:]
            raise RuntimeError(f"the worker ended with code {self._process.returncode}:\n{tail}")

    def peak(self) -> float:
        """The most memory it has had, in MB; 0 where the system does not tell."""
        assert self._process
        status = Path(f"/proc/{self._process.pid}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found[1]) / 1_024 if found else 0.0

    async def end(self) -> int:
        """Stop it with SIGTERM; its exit code."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), 60)


async def create_topics(settings: Settings) -> None:
    """All topics, those that are written to with room for 10 MB."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        for role in ("articles", "accepted", "stories"):
            topic = declared(settings)[role]
            config = topic.config() | {"max.message.bytes": str(LARGEST)}
            await admin.create_topics([NewTopic(topic.name, topic.partitions, 1, topic_configs=config)])
    finally:
        await admin.close()
    await create_missing(settings)


async def send(settings: Settings, account: Account, messages: Iterable[Message]) -> None:
    """Send all, and enter where the broker put each."""
    async with _producer(settings) as producer:
        waiting: list[tuple[Message, Any]] = []
        for message in messages:
            waiting.append((message, await _queued(settings, producer, message)))
            if len(waiting) >= SENT_AT_ONCE:
                await _enter(account, waiting)
        await _enter(account, waiting)


async def worked_on(settings: Settings, account: Account, worker: Worker) -> float:
    """Wait until nothing is left to work on; seconds that took."""
    began = time.monotonic()
    topic = declared(settings)["articles"].name
    ends: dict[Any, int] = {}
    for name, partition, offset in account.sent:
        if name == topic:
            place = TopicPartition(name, partition)
            ends[place] = max(ends.get(place, 0), offset + 1)
    await asyncio.wait_for(drained(settings, ends, lambda *_: None, worker.alive), PATIENCE)
    return time.monotonic() - began


@asynccontextmanager
async def _producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A producer that sends what ours would not."""
    options = client_options(settings)
    producer = AIOKafkaProducer(**options, acks="all", compression_type="lz4", linger_ms=5, max_request_size=LARGEST)
    await producer.start()
    try:
        for role in ("articles", "accepted", "stories"):
            await producer.partitions_for(declared(settings)[role].name)
        yield producer
    finally:
        await producer.stop()


async def _queued(settings: Settings, producer: AIOKafkaProducer, message: Message) -> Any:
    topic = declared(settings)[message.role].name
    try:
        if message.key is None and message.value is None:  # which `send` refuses
            batch = producer.create_batch()
            batch.append(key=None, value=None, timestamp=message.timestamp, headers=list(message.headers))
            return await producer.send_batch(batch, topic, partition=0)
        return await producer.send(
            topic,
            message.value,
            key=message.key,
            headers=list(message.headers),
            timestamp_ms=message.timestamp,
        )
    except KafkaError as error:
        return error


async def _enter(account: Account, waiting: list[tuple[Message, Any]]) -> None:
    for message, future in waiting:
        try:
            if isinstance(future, KafkaError):
                raise future
            place = await asyncio.wait_for(future, 60)
        except KafkaError:
            account.refused[message.kind] += 1
        else:
            account.enter((place.topic, place.partition, place.offset), message)
    waiting.clear()
