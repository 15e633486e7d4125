"""The test producer: articles from files into the ingest topic, and on demand a whole pipeline around it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import TopicPartition

from schemas.errors import BrokerError
from schemas.rejection import Rejection
from streams.app import STAGES
from streams.client import Producer
from streams.drain import Progress, drained
from streams.embedded import EmbeddedBroker
from streams.events import RECORDS, Said, present, rejections
from streams.offsets import Ends
from streams.settings import Settings
from streams.sources import Waiting
from streams.topics import declared
from streams.worker import running

log = logging.getLogger(__name__)

CONFIRM_EVERY = 500
"""Records sent before their delivery is waited for: keeps a full-speed replay's memory flat."""

SESSION_TIMEOUT = 6.0
"""Seconds of a private pipeline's session: Tansu leaves the first member of a group behind until it times out."""


@dataclass(frozen=True)
class Result:
    """What a replay led to.

    Attributes:
        events: what the event topics hold, alerts behind republications.
        rejected: what no stage could work on.
    """

    events: list[Said]
    rejected: list[Rejection]


async def send(
    settings: Settings, articles: Sequence[Waiting], speed: float | None = None, sent: Callable[[], None] = lambda: None
) -> dict[Any, int]:
    """Send articles to the ingest topic.

    Args:
        settings: how to reach the broker.
        articles: in the order they are to go.
        speed: how many seconds of publication time pass in one; None for as fast as it goes.
        sent: called for each.

    Returns:
        For each partition, the offset behind the last record that was sent there.
    """
    topic = declared(settings)["articles"].name
    ends: dict[Any, int] = {}
    async with Producer(settings, [topic]) as producer:
        pending = []
        async for article in _paced(articles, speed):
            pending.append(await producer.send(topic, article.value, key=article.key))
            sent()
            if len(pending) >= CONFIRM_EVERY or speed is not None:
                _note(ends, await producer.confirm(pending))
                pending.clear()
        _note(ends, await producer.confirm(pending))
    return ends


async def settled(
    settings: Settings,
    ends: dict[Any, int],
    progress: Progress,
    alive: Callable[[], None],
    since: Mapping[str, Ends] | None = None,
) -> Result:
    """Wait until all that was sent is judged, and read what came of it.

    Args:
        settings: how to reach the broker.
        ends: of the ingest topic, behind what was sent.
        progress: told how far each stage is.
        alive: raises when the workers are gone.
        since: where the topics that tell it ended before (`streams.events.said_so_far`); their beginning where None.
    """
    await drained(settings, ends, progress, alive)
    began = since or {}
    events = [said for role in RECORDS for said in await present(settings, role, began.get(role))]
    return Result(events, await rejections(settings, began.get("rejected")))


@contextlib.asynccontextmanager
async def private_pipeline(settings: Settings) -> AsyncIterator[tuple[Settings, Callable[[], None]]]:
    """An embedded broker with all stages in this process; yields its settings and a check that raises if it failed."""
    failed: list[BaseException] = []

    async def fatal(error: BaseException) -> None:
        failed.append(error)
        await asyncio.Event().wait()  # hold the batch: returning would commit it

    def alive() -> None:
        if failed:
            raise BrokerError(f"the pipeline failed: {failed[0]}") from failed[0]

    with EmbeddedBroker() as broker:
        own = settings.model_copy(update={"broker": broker.url, "session_timeout": SESSION_TIMEOUT})
        async with running(own, list(STAGES), fatal):
            yield own, alive


async def _paced(articles: Sequence[Waiting], speed: float | None) -> AsyncIterator[Waiting]:
    """Articles at the pace of their publication, or at once."""
    last = None
    for article in articles:
        if speed is not None and article.time is not None:
            if last is not None:
                await asyncio.sleep(max(0.0, (article.time - last).total_seconds()) / speed)
            last = article.time
        yield article


def _note(ends: dict[Any, int], places: Sequence[Any]) -> None:
    for place in places:
        partition = TopicPartition(place.topic, place.partition)
        ends[partition] = max(ends.get(partition, 0), place.offset + 1)
