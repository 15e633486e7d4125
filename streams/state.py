"""State of a stage, rebuilt from the log whenever a partition is assigned.

No Faust table: the topic that a stage reads is its changelog. A partition is replayed up to the committed offset,
exactly where the stream resumes; what lies behind it is delivered again as live records. Partitions that stay keep
their state, which is then ahead of the stream, and which answers by offset.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition

from agents.records import Record
from schemas.errors import StateError
from streams.client import consumer
from streams.settings import Settings

log = logging.getLogger(__name__)

FETCH_MS = 500
"""Milliseconds a fetch waits for records during a rebuild."""

YIELD_EVERY = 50
"""Records between two turns of the event loop, so that heartbeats go on."""

SAY_EVERY = 5.0
"""Seconds between two progress lines."""

State = TypeVar("State")


class PartitionState(Generic[State]):
    """The state of each partition at hand, kept in step with the assignment.

    Args:
        settings: how to reach the broker.
        group: the consumer group whose committed offset ends a rebuild.
        topic: the topic that is the log.
        make: an empty state.
        restore: takes one record in.
    """

    def __init__(
        self,
        settings: Settings,
        group: str,
        topic: str,
        make: Callable[[], State],
        restore: Callable[[State, Record], None],
    ) -> None:
        self._settings, self._group, self._topic = settings, group, topic
        self._make, self._restore = make, restore
        self.partitions: dict[int, State] = {}

    async def assign(self, partitions: Iterable[int]) -> None:
        """Drop what was taken away and rebuild what is new.

        Raises:
            StateError: the log could not be read.
        """
        mine = set(partitions)
        for partition in set(self.partitions) - mine:
            del self.partitions[partition]
        new = sorted(mine - set(self.partitions))
        if new:
            rebuilt = {partition: self._make() for partition in new}
            try:
                await self._replay(rebuilt)
            except Exception as error:
                raise StateError(f"could not be rebuilt: {error!r}", where=self._topic) from error
            self.partitions.update(rebuilt)

    async def _replay(self, rebuilt: dict[int, State]) -> None:
        """Read each partition from its beginning up to the committed offset."""
        places = {TopicPartition(self._topic, partition): state for partition, state in rebuilt.items()}
        reader = consumer(self._settings, self._group, max_partition_fetch_bytes=8 * 1_048_576)
        await reader.start()
        try:
            reader.assign(list(places))
            upto = {place: await reader.committed(place) or 0 for place in places}
            unfinished = {place for place, offset in upto.items() if offset > 0}
            beginning = await reader.beginning_offsets(list(unfinished)) if unfinished else {}
            for place in places:
                reader.seek(place, beginning.get(place, upto[place]))
            reader.pause(*(place for place in places if place not in unfinished))
            await self._read(reader, places, upto, unfinished)
        finally:
            await reader.stop()

    async def _read(
        self,
        reader: AIOKafkaConsumer,
        places: dict[Any, State],
        upto: dict[Any, int],
        unfinished: set[Any],
    ) -> None:
        began = said = time.monotonic()
        count = 0
        while unfinished:
            for place, messages in (await reader.getmany(*unfinished, timeout_ms=FETCH_MS)).items():
                for message in messages:
                    if message.offset < upto[place]:
                        self._take(places[place], as_record(message))
                        count += 1
                        await _breathe(count)
            for place in list(unfinished):
                if await reader.position(place) >= upto[place]:
                    unfinished.discard(place)
                    reader.pause(place)
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                log.info("%s: rebuilt %d records, %.0f a second", self._topic, count, count / (said - began))
        log.info("%s: %d partitions ready, %d records in %.1f s", self._topic, len(places), count, _since(began))

    def _take(self, state: State, record: Record) -> None:
        """Take a record in; one that was rejected when it came is passed over again."""
        try:
            self._restore(state, record)
        except Exception as error:  # noqa: BLE001 (the same records are rejected as when they were live)
            log.debug("passed over %s: %r", record.where, error)


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


async def _breathe(count: int) -> None:
    if count % YIELD_EVERY == 0:
        await asyncio.sleep(0)


def _since(began: float) -> float:
    return time.monotonic() - began
