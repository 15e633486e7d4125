"""All hooks in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from streams.out.webhooks.config import Hook, guard_of
from streams.out.webhooks.feeder import Feeder
from streams.out.webhooks.letters import letters_of
from streams.out.webhooks.post import Poster
from streams.settings import Settings
from streams.topics import create_missing
from streams.web.types import Web

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Running:
    """Hooks at work.

    Attributes:
        feeders: one a hook.
        failed: resolves to what ends the process.
    """

    feeders: Sequence[Feeder]
    failed: asyncio.Future[BaseException]


def poster_of(settings: Settings) -> Poster:
    """What makes the requests."""
    web = Web(contact=settings.feed_contact or "", user_agent=settings.feed_user_agent or "",
              proxy=settings.webhook_proxy)  # fmt: skip
    return Poster(web, guard_of(settings))


@contextlib.asynccontextmanager
async def delivering(settings: Settings, hooks: Sequence[Hook]) -> AsyncIterator[Running]:
    """Hooks at work; on leaving they have committed their places. Creates missing topics first.

    Raises:
        BrokerError: the broker cannot be reached, or a topic is not what is declared.
    """
    await create_missing(settings)
    failed: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()

    def fatal(error: BaseException) -> None:
        if not failed.done():
            failed.set_result(error)

    async with letters_of(settings) as letters, poster_of(settings) as poster:
        feeders = [Feeder(settings, hook, poster, letters, fatal) for hook in hooks]
        async with _all(feeders):
            log.info("worker %d tells %d webhooks of what is on %s", os.getpid(), len(hooks), settings.broker)
            yield Running(feeders, failed)


@contextlib.asynccontextmanager
async def _all(feeders: Sequence[Feeder]) -> AsyncIterator[None]:
    """All feeders, begun and ended at the same time: one that ends slowly must not leave the others no time."""
    begun: list[Feeder] = []
    try:
        for feeder in feeders:
            await feeder.__aenter__()
            begun.append(feeder)
        yield
    finally:
        ends = await asyncio.gather(*(feeder.__aexit__() for feeder in begun), return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                log.warning("a webhook did not end as it should: %r", end)
