"""Reading the event topics: all that is there, or what comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from schemas.errors import RecordError
from schemas.events import Alert, Event, Republication
from schemas.rejection import Rejection
from streams.client import consumer
from streams.offsets import Ends, assign_all, topic_ends
from streams.settings import Settings
from streams.topics import declared

RECORDS: dict[str, type[Event]] = {"republications": Republication, "alerts": Alert}
FETCH_MS = 500


@dataclass(frozen=True)
class Said:
    """A record of an event topic.

    Attributes:
        role: republications or alerts.
        key: the event's key.
        event: the event, None where it was withdrawn (a tombstone).
        raw: its bytes.
    """

    role: str
    key: str
    event: Event | None
    raw: bytes | None


async def follow(settings: Settings, roles: Sequence[str], since: datetime | None = None) -> AsyncIterator[Said]:
    """Events as they come, for ever.

    Args:
        settings: how to reach the broker.
        roles: republications, alerts or both.
        since: leave out events written before; all that are kept where None.
    """
    names = {declared(settings)[role].name: role for role in roles}
    reader = consumer(settings)
    await reader.start()
    try:
        places = await assign_all(reader, *names)
        while True:
            for place, messages in (await reader.getmany(*places, timeout_ms=FETCH_MS)).items():
                for message in messages:
                    if since is None or message.timestamp >= since.timestamp() * 1000:
                        yield _said(names[place.topic], message)
    finally:
        await reader.stop()


async def present(settings: Settings, role: str, since: Ends | None = None) -> list[Said]:
    """The records of an event topic up to where it ends now, in order of their partitions.

    Args:
        settings: how to reach the broker.
        role: republications or alerts.
        since: for each partition the offset to begin at; the beginning where None.
    """
    return [_said(role, message) for message in await messages(settings, role, since)]


async def rejections(settings: Settings, since: Ends | None = None) -> list[Rejection]:
    """What was rejected."""
    found = await messages(settings, "rejected", since)
    return [Rejection.from_bytes(message.value, where="rejected") for message in found]


async def said_so_far(settings: Settings) -> dict[str, Ends]:
    """Where the topics that tell what came of something end now, by role."""
    topics = declared(settings)
    return {role: await topic_ends(settings, topics[role].name) for role in (*RECORDS, "rejected")}


def once(said: Sequence[Said]) -> list[Said]:
    """Events without repeats: delivery is at least once, and a repeated id says nothing new."""
    first: dict[str, Said] = {}
    for one in said:
        if one.event is not None:
            first.setdefault(one.event.id, one)
    return list(first.values())


def standing(said: Sequence[Said]) -> list[Event]:
    """The events that stand: the last of each key, unless withdrawn."""
    last = {one.key: one.event for one in said}
    return [event for event in last.values() if event is not None]


def to_line(said: Said) -> bytes:
    """An event as one line of JSON."""
    return (said.raw or orjson.dumps({"type": "withdrawn", "key": said.key})) + b"\n"


async def messages(settings: Settings, role: str, since: Ends | None = None) -> list[Any]:
    """The messages of any topic up to where it ends now."""
    return [message async for message in each_message(settings, role, since)]


async def each_message(settings: Settings, role: str, since: Ends | None = None) -> AsyncIterator[Any]:
    """The messages of any topic up to where it ends now, one at a time."""
    topic = declared(settings)[role].name
    ends = await topic_ends(settings, topic)
    reader = consumer(settings)
    await reader.start()
    try:
        left = set(await assign_all(reader, topic))
        for place, offset in (since or {}).items():
            reader.seek(place, offset)
        while left := {place for place in left if await reader.position(place) < ends[place]}:
            for place, batch in (await reader.getmany(*left, timeout_ms=FETCH_MS)).items():
                for message in batch:
                    if message.offset < ends[place]:
                        yield message
    finally:
        await reader.stop()


def _said(role: str, message: Any) -> Said:
    """A message as an event; raises `RecordError` where it is none of ours."""
    where = f"{message.topic}[{message.partition}]@{message.offset}"
    if message.key is None:
        raise RecordError("has no key", where=where, remedy="something else wrote to this topic")
    event = None if message.value is None else RECORDS[role].from_bytes(message.value, where=where)
    return Said(role, message.key.decode(), event, message.value)
