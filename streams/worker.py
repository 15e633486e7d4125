"""A worker process: one, two or all three stages until it is told to stop.

Nothing here restarts anything. What cannot go on ends the process with a code of its own, and what runs it (systemd,
Docker, Kubernetes, a shell loop) starts it again; the log tells the new one where to resume.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from agents.records import Outgoing
from schemas.errors import BrokerError
from streams.app import STAGES, Fatal, Stage, build
from streams.boilerplate import load_boilerplate
from streams.client import Producer
from streams.lease import Lease
from streams.monitor import Monitor
from streams.pulse import Pulse
from streams.settings import Settings
from streams.status import Sources, served
from streams.topics import create_missing, declared

log = logging.getLogger(__name__)

EXIT_FATAL, EXIT_STUCK = 70, 71
"""Exit codes after an error that escaped an agent (EX_SOFTWARE of sysexits.h), and of the watchdog."""

STOP_TIMEOUT = 9.0
"""Seconds that a worker may take to leave its groups and end; then it ends anyway: Docker kills after ten."""

COLLECT_AFTER = (10_000, 20, 20)
"""Objects that must have come to be before Python looks for cycles among the young, and how many such looks before it
looks among the older: with its own numbers (700, 10, 10) it spends a twelfth of the time on it, in pauses of 0.1 s."""

BEAT = 1.0
"""Seconds between two looks of the watchdog at what it was told."""


class Outbox:
    """Sends a stage's output with a producer of its own and waits until it is delivered.

    Faust's producer buffers beyond what a flush covers and reports a failed send only to the log.

    Args:
        producer: connected.
        settings: name the topics.
        check: called before anything is sent; raises `SendError` where nothing may be.
    """

    def __init__(self, producer: Producer, settings: Settings, check: Callable[[], None]) -> None:
        self._producer, self._check = producer, check
        self._names = {role: topic.name for role, topic in declared(settings).items()}

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all; see `agents.records.Outlet`."""
        self._check()
        pending = [
            await self._producer.send(self._names[one.role], one.value, key=one.key, headers=list(one.headers))
            for one in outgoing
        ]
        await self._producer.confirm(pending)


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    stages: Sequence[str],
    fatal: Fatal,
    watch: Callable[[Sequence[Stage]], None] = lambda _stages: None,
    check: Callable[[], None] = lambda: None,
) -> AsyncIterator[list[Stage]]:
    """The stages, started and rebuilt; stopped on leaving. Creates missing topics first.

    Args:
        settings: all settings.
        stages: which.
        fatal: what to do when something escapes an agent.
        watch: called with the stages before they start: to start is to rebuild, which takes its time.
        check: called before anything is sent; raises `SendError` where nothing may be.

    Raises:
        SettingsError: the table of boilerplate cannot be read; told before the broker is asked for anything.
        BrokerError: the broker cannot be reached, or a topic is not what is declared.
    """
    boilerplate = load_boilerplate(settings.boilerplate) if "ingest" in stages else None
    await create_missing(settings)
    names = [topic.name for topic in declared(settings).values()]
    with tempfile.TemporaryDirectory(prefix="wirespin-") as folder:
        async with Producer(settings, names) as producer:
            outbox = Outbox(producer, settings, check)
            built = [build(settings, stage, outbox, fatal, Path(folder), boilerplate) for stage in stages]
            watch(built)
            try:
                await asyncio.gather(*(stage.app.start() for stage in built))
                yield built
            finally:
                await _stop(built)


async def work(settings: Settings, stages: Sequence[str]) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        BrokerError: the broker is not there, or a stage ended by itself.
        SettingsError: the health endpoint cannot listen where it is told to.
    """
    stop = asyncio.Event()
    gc.set_threshold(*COLLECT_AFTER)
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(told_to_stop(stop))
        monitor = await stack.enter_async_context(observed(settings))
        lease = stack.enter_context(Lease(settings.given_up_after))
        built = await stack.enter_async_context(running(settings, stages, end_process, monitor.watch, lease.check))
        gc.freeze()  # what is there now stays: code, word lists, the state; to look through it takes seconds
        log.info("worker %d runs %s on %s", os.getpid(), ", ".join(stages), settings.broker)
        ended = [asyncio.ensure_future(stage.app.wait_until_stopped()) for stage in built]
        asked = asyncio.ensure_future(stop.wait())
        await asyncio.wait([asked, *ended], return_when=asyncio.FIRST_COMPLETED)
        monitor.watch([])
        for task in (asked, *ended):
            task.cancel()
        if not stop.is_set():
            raise BrokerError(f"a stage ended: {_reason(built)}", where=settings.broker)
        log.info("worker %d stops", os.getpid())


@contextlib.asynccontextmanager
async def observed(settings: Settings) -> AsyncIterator[Monitor]:
    """A monitor that a watchdog listens to and, where a port is set, the health endpoint speaks from.

    There before the stages are, so that a worker which starts can be asked, and one that never starts ends.
    """
    watchdog = Watchdog(settings.stall_timeout)
    try:
        async with contextlib.AsyncExitStack() as stack:
            monitor = await stack.enter_async_context(Monitor(settings.lag_timeout, watchdog.told))
            if settings.health_port:
                pulse = await stack.enter_async_context(Pulse(settings))
                sources = Sources(monitor, lambda: pulse.silent, lambda: watchdog.standing, settings.stall_timeout)
                await stack.enter_async_context(served(settings, sources))
                log.info("health on http://%s:%d", settings.health_host, settings.health_port)
            yield monitor
    finally:
        watchdog.stop()


@contextlib.contextmanager
def told_to_stop(stop: asyncio.Event) -> Iterator[None]:
    """Set an event on SIGTERM and SIGINT, and end the process where what follows takes too long.

    A broker that is gone is not left in order, and what is under way to it would be waited for until it fails.
    """
    last = threading.Timer(STOP_TIMEOUT, _end_late)
    last.daemon = True

    def asked() -> None:
        if not stop.is_set():
            stop.set()
            last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked)
    try:
        yield
    finally:
        last.cancel()


def _end_late() -> None:
    log.warning("not stopped within %.0f s, ends anyway: what is not committed is delivered again", STOP_TIMEOUT)
    logging.shutdown()
    os._exit(0)


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

    Stuck is a stage that has had something to do for longer than the limit and got nothing done: it is not ready and
    rebuilds nothing, or records wait and none is acknowledged. A thread, so that a blocked event loop is seen too.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._moved, self._why = time.monotonic(), "starting"
        self._over = threading.Event()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    @property
    def standing(self) -> float:
        """Seconds since all stages were last seen to move on or to have nothing to do."""
        return time.monotonic() - self._moved

    def told(self, standing: float, why: str) -> None:
        """Hear from the event loop that it turns, and how long a stage has stood still."""
        self._moved, self._why = time.monotonic() - standing, why

    def stop(self) -> None:
        """Stop watching."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(BEAT):
            if self.standing > self._limit:
                why = self._why or "the event loop is blocked, or records wait and none is acknowledged"
                log.critical("stuck for %.0f s, ending the process: %s", self.standing, why)
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
