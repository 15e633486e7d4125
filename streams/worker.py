"""A worker process: one, two or all three stages until it is told to stop.

Nothing here restarts anything. What cannot go on ends the process with a code of its own, and what runs it (systemd,
Docker, Kubernetes, a shell loop) starts it again; the log tells the new one where to resume.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NoReturn

from agents.records import Outgoing
from schemas.errors import BrokerError
from streams.app import STAGES, Fatal, Stage, build
from streams.client import Producer
from streams.settings import Settings
from streams.topics import create_missing, declared

log = logging.getLogger(__name__)

EXIT_FATAL, EXIT_STUCK = 70, 71
"""Exit codes after an error that escaped an agent (EX_SOFTWARE of sysexits.h), and of the watchdog."""

STOP_TIMEOUT = 10.0
"""Seconds that the stages may take to leave their groups; then the process ends anyway."""

BEAT = 1.0
"""Seconds between two signs of life of the event loop."""


class Outbox:
    """Sends a stage's output with a producer of its own and waits until it is delivered.

    Faust's producer buffers beyond what a flush covers and reports a failed send only to the log.
    """

    def __init__(self, producer: Producer, settings: Settings) -> None:
        self._producer = producer
        self._names = {role: topic.name for role, topic in declared(settings).items()}

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all; see `agents.records.Outlet`."""
        pending = [
            await self._producer.send(self._names[one.role], one.value, key=one.key, headers=list(one.headers))
            for one in outgoing
        ]
        await self._producer.confirm(pending)


@contextlib.asynccontextmanager
async def running(settings: Settings, stages: Sequence[str], fatal: Fatal) -> AsyncIterator[list[Stage]]:
    """The stages, started; stopped on leaving. Creates missing topics first.

    Raises:
        BrokerError: the broker cannot be reached, or a topic is not what is declared.
    """
    await create_missing(settings)
    names = [topic.name for topic in declared(settings).values()]
    with tempfile.TemporaryDirectory(prefix="wirespin-") as folder:
        async with Producer(settings, names) as producer:
            outbox = Outbox(producer, settings)
            built = [build(settings, stage, outbox, fatal, Path(folder)) for stage in stages]
            try:
                await asyncio.gather(*(stage.app.start() for stage in built))
                yield built
            finally:
                await _stop(built)


async def work(settings: Settings, stages: Sequence[str]) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        BrokerError: the broker is not there, or a stage ended by itself.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, stages, end_process) as built:
        watchdog = Watchdog(built, settings.stall_timeout)
        log.info("worker %d runs %s on %s", os.getpid(), ", ".join(stages), settings.broker)
        ended = [asyncio.ensure_future(stage.app.wait_until_stopped()) for stage in built]
        asked = asyncio.ensure_future(stop.wait())
        await asyncio.wait([asked, *ended], return_when=asyncio.FIRST_COMPLETED)
        watchdog.stop()
        for task in (asked, *ended):
            task.cancel()
        if not stop.is_set():
            raise BrokerError(f"a stage ended: {_reason(built)}", where=settings.broker)
        log.info("worker %d stops", os.getpid())


async def end_process(error: BaseException) -> NoReturn:
    """End at once, without commit: what was being worked on is delivered again to the next worker."""
    log.critical("cannot go on: %s", error, exc_info=error)
    logging.shutdown()
    os._exit(EXIT_FATAL)


def stages_named(name: str) -> list[str]:
    """The stages that a name stands for: one of them, or all."""
    return list(STAGES) if name == "all" else [name]


class Watchdog:
    """Ends a process that is alive but stuck: Faust can hold partitions for ever without working on them.

    A thread, so that a blocked event loop is seen too.
    """

    def __init__(self, stages: Sequence[Stage], limit: float) -> None:
        self._stages, self._limit = stages, limit
        self._beat = time.monotonic()
        self._over = threading.Event()
        self._task = asyncio.ensure_future(self._live())
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._over.set()
        self._task.cancel()

    async def _live(self) -> None:
        while True:
            if all(stage.ready for stage in self._stages):
                self._beat = time.monotonic()
            await asyncio.sleep(BEAT)

    def _watch(self) -> None:
        while not self._over.wait(BEAT):
            silent = time.monotonic() - self._beat
            if silent > self._limit:
                log.critical("stuck for %.0f s: not ready or not responding; ending the process", silent)
                logging.shutdown()
                os._exit(EXIT_STUCK)


async def _stop(stages: Sequence[Stage]) -> None:
    """Stop all stages; one that hangs is left to the end of the process."""
    stopping = [asyncio.ensure_future(stage.app.stop()) for stage in stages]
    _, late = await asyncio.wait(stopping, timeout=STOP_TIMEOUT)
    for task in late:
        log.warning("a stage did not stop within %.0f s", STOP_TIMEOUT)
        task.cancel()


def _reason(stages: Sequence[Stage]) -> str:
    reasons = [repr(stage.app.crash_reason) for stage in stages if stage.app.crash_reason]
    return "; ".join(reasons) or "for no reason it told"
