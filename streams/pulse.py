"""Asking the broker for a sign of life, over a connection of its own, never for longer than a few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from types import TracebackType

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from streams.background import Background
from streams.client import client_options
from streams.settings import Settings

log = logging.getLogger(__name__)

ASK_EVERY = 5.0
"""Seconds between two questions: one request for the list of nodes."""

NODE_WITHIN = 2.0
"""Seconds that a node may take to be connected and to answer; then the next one is asked."""

ANSWER_WITHIN = 6.0
"""Seconds until a question counts as unanswered: time for two nodes that say nothing, and one that does."""


class Pulse(Background):
    """A question to the broker every few seconds, as an async context manager.

    Its own connection, because those of the stages say nothing while there is nothing to say, and their buffers may
    be full. A cluster in which one node answers is there: the partitions of the others are judged by their fetches.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: AIOKafkaClient | None = None
        self._answered = time.monotonic()

    @property
    def silent(self) -> float:
        """Seconds since the last answer, or since the start."""
        return time.monotonic() - self._answered

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        await self._close()

    async def _go_on(self) -> None:
        while True:
            try:
                async with asyncio.timeout(ANSWER_WITHIN):
                    answered = await self._ask()
            except (KafkaError, OSError) as error:  # TimeoutError is an OSError
                log.debug("the broker did not answer: %r", error)
                answered = False
            if answered:
                self._answered = time.monotonic()
            else:
                await self._close()  # the next question starts from the addresses of the settings
            await asyncio.sleep(ASK_EVERY)

    async def _ask(self) -> bool:
        """Whether any node answers."""
        if self._client is None:
            self._client = AIOKafkaClient(
                **client_options(self._settings),
                client_id=f"{self._settings.prefix}-health",
                request_timeout_ms=int(NODE_WITHIN * 1000),
            )
            await self._client.bootstrap()
            return True
        for node in self._client.cluster.brokers():
            try:
                # of no topic: to ask for one by its name is to have it created, with the broker's own partitions
                await self._client.send(node.nodeId, MetadataRequest([]))
            except KafkaError as error:
                log.debug("node %s did not answer: %r", node.nodeId, error)
            else:
                return True
        return False

    async def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(KafkaError, OSError):
                async with asyncio.timeout(ANSWER_WITHIN):
                    await client.close()
