"""Where topics begin and end.

The end is taken from a fetch, whose high watermark is right on every broker; Tansu's ListOffsets is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.errors import BrokerError
from streams.client import consumer
from streams.settings import Settings

FETCH_MS = 100
"""Milliseconds a fetch waits for records."""

Ends = Mapping[Any, int]
"""Topic partition to the offset behind its last record."""


@dataclass(frozen=True)
class Bounds:
    """Where a partition begins and ends.

    Attributes:
        begin: offset of the first record that is kept.
        end: offset behind the last one.
    """

    begin: int
    end: int


async def topic_ends(settings: Settings, topic: str) -> dict[Any, int]:
    """Where each partition of a topic ends now."""
    return {place: found.end for place, found in (await bounds(settings, topic)).items()}


async def bounds(settings: Settings, *topics: str) -> dict[Any, Bounds]:
    """Where each partition of some topics begins and ends now.

    Raises:
        BrokerError: a topic does not exist.
    """
    if not topics:
        return {}
    reader = consumer(settings, max_partition_fetch_bytes=1)
    await reader.start()
    try:
        places = await assign_all(reader, *topics)
        begins = {place: await reader.position(place) for place in places}
        ends: dict[Any, int] = {}
        while len(ends) < len(places):
            await reader.getmany(*places, timeout_ms=FETCH_MS, max_records=1)
            ends.update({p: end for p in places if p not in ends and (end := reader.highwater(p)) is not None})
        return {place: Bounds(begins[place], end) for place, end in ends.items()}
    finally:
        await reader.stop()


async def assign_all(reader: AIOKafkaConsumer, *topics: str) -> list[Any]:
    """Assign all partitions of some topics to a consumer and go to their beginning.

    Raises:
        BrokerError: a topic does not exist.
    """
    places = [place for topic in topics for place in await _partitions(reader, topic)]
    reader.assign(places)
    for place, offset in (await reader.beginning_offsets(places)).items():
        reader.seek(place, offset)
    return places


async def _partitions(reader: AIOKafkaConsumer, topic: str) -> list[Any]:
    """All partitions of a topic."""
    numbers = reader.partitions_for_topic(topic)
    if not numbers:
        reader._client.add_topic(topic)
        await reader._client.force_metadata_update()
        numbers = reader.partitions_for_topic(topic)
    if not numbers:
        raise BrokerError("no such topic", where=topic, remedy="run 'wirespin topics --create'")
    return [TopicPartition(topic, number) for number in sorted(numbers)]
