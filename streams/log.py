"""Reading stretches of topics from their beginning, with progress told."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from aiokafka import TopicPartition

from agents.records import Record
from streams.client import consumer
from streams.settings import Settings

log = logging.getLogger(__name__)

FETCH_MS = 500
"""Milliseconds a fetch waits for records."""

FETCH_BYTES = 8 * 1_048_576
"""Bytes a fetch takes of a partition: eight of the default, so that a rebuild is not bound by round trips."""

YIELD_EVERY = 50
"""Records between two turns of the event loop, so that heartbeats go on."""

SAY_EVERY = 5.0
"""Seconds between two progress lines."""


class Progress:
    """How far the rebuild of some partitions has come; logged while it goes on.

    Args:
        topic: whose partitions are rebuilt.
        partitions: how many.

    Attributes:
        done: records read.
        total: records to read, 0 until that is known.
    """

    def __init__(self, topic: str, partitions: int) -> None:
        self._topic, self._partitions = topic, partitions
        self.done = self.total = 0
        self._began = self._said = time.monotonic()

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.done / max(1e-6, time.monotonic() - self._began)

    @property
    def remaining(self) -> float | None:
        """Seconds that it will still take at this rate, None while there is none."""
        return (self.total - self.done) / self.rate if self.done else None

    def step(self, records: int) -> None:
        """Count records that were read, and say so from time to time."""
        self.done += records
        if time.monotonic() - self._said > SAY_EVERY:
            self._said = time.monotonic()
            told = (self._topic, self.done, self.total, self.rate, self.remaining or 0.0)
            log.info("%s: rebuilt from %d of %d records, %.0f a second, about %.0f s left", *told)

    def end(self) -> None:
        """Say that it is over."""
        took = time.monotonic() - self._began
        log.info("%s: %d partitions ready, %d records in %.1f s", self._topic, self._partitions, self.done, took)


async def committed(settings: Settings, group: str, topic: str, partitions: list[int]) -> dict[Any, int]:
    """Committed offsets of a group, of the partitions where there is one."""
    reader = consumer(settings, group)
    await reader.start()
    try:
        places = [TopicPartition(topic, partition) for partition in partitions]
        reader.assign(places)
        offsets = {place: await reader.committed(place) or 0 for place in places}
        return {place: offset for place, offset in offsets.items() if offset > 0}
    finally:
        await reader.stop()


async def log_lengths(settings: Settings, ends: Mapping[Any, int]) -> dict[Any, int]:
    """How many records each partition holds before an offset; those that were deleted may count."""
    if not ends:
        return {}
    reader = consumer(settings)
    await reader.start()
    try:
        reader.assign(list(ends))
        begins = await reader.beginning_offsets(list(ends))
        return {place: max(0, end - begins[place]) for place, end in ends.items()}
    finally:
        await reader.stop()


async def read_log(
    settings: Settings, ends: Mapping[Any, int], take: Callable[[Record], None], progress: Progress
) -> None:
    """Read partitions from their beginning up to an offset each.

    Args:
        settings: how to reach the broker.
        ends: the offset of each partition behind the last record that is wanted.
        take: called with each record; a record that it raises on was rejected when it came, and is passed over again.
        progress: told of what was read.
    """
    if not ends:
        return
    reader = consumer(settings, max_partition_fetch_bytes=FETCH_BYTES)
    await reader.start()
    try:
        reader.assign(list(ends))
        begins = await reader.beginning_offsets(list(ends))
        unfinished = {place for place, end in ends.items() if begins[place] < end}
        progress.total += sum(ends[place] - begins[place] for place in unfinished)
        for place in unfinished:
            reader.seek(place, begins[place])
        while unfinished:
            for place, messages in (await reader.getmany(*unfinished, timeout_ms=FETCH_MS)).items():
                await _take_all([as_record(one) for one in messages if one.offset < ends[place]], take, progress)
            for place in list(unfinished):
                if await reader.position(place) >= ends[place]:
                    unfinished.discard(place)
                    reader.pause(place)
    finally:
        await reader.stop()


async def _take_all(records: list[Record], take: Callable[[Record], None], progress: Progress) -> None:
    for count, record in enumerate(records, 1):
        try:
            take(record)
        except Exception as error:  # noqa: BLE001 (the same records are rejected as when they were live)
            log.debug("passed over %s: %r", record.where, error)
        if count % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    progress.step(len(records))


def as_record(message: Any, event: Any = None) -> Record:
    """A consumed message of aiokafka or Faust as a record."""
    timestamp = message.timestamp
    if isinstance(timestamp, float):  # Faust counts seconds
        timestamp = round(timestamp * 1000)
    headers = message.headers.items() if isinstance(message.headers, dict) else message.headers or ()
    return Record(
        message.topic,
        message.partition,
        message.offset,
        timestamp or 0,
        message.key,
        message.value,
        tuple(headers),
        event,
    )
