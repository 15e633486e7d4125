"""Running the pipeline in tests: stages in this process, or worker processes that can be killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import orjson

from schemas.events import Event
from streams.app import STAGES
from streams.events import standing
from streams.replay import Result, send, settled
from streams.settings import Settings, as_environment
from streams.sources import Waiting, read_articles
from streams.worker import running

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SET_A = ROOT / "benchmarks" / "sets" / "set-a.jsonl"
LIMIT = 90.0
"""Seconds a test's pipeline may take; only a hang takes that long."""


async def until(true: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(LIMIT):
        while not true():
            await asyncio.sleep(0.05)


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def labelled(*stories: str) -> list[Waiting]:
    """Articles of some stories of the labelled set a, in order of publication."""
    return [one for one in read_articles([str(SET_A)]) if orjson.loads(one.value)["story"] in stories]


@contextlib.asynccontextmanager
async def stages(settings: Settings, names: Sequence[str] = tuple(STAGES)) -> AsyncIterator[None]:
    """Stages in this process; an error in one fails the test."""
    failed: list[BaseException] = []

    async def fatal(error: BaseException) -> None:
        failed.append(error)
        await asyncio.Event().wait()

    async with running(settings, names, fatal):
        yield
    assert not failed, failed


async def see_through(settings: Settings, articles: Sequence[Waiting]) -> Result:
    """Send articles and wait until they are judged."""
    ends = await send(settings, articles)
    return await judged(settings, ends)


async def judged(settings: Settings, ends: dict[Any, int]) -> Result:
    """Wait until what was sent is judged."""
    return await asyncio.wait_for(settled(settings, ends, lambda *_: None, lambda: None), LIMIT)


def standing_lines(result: Result) -> list[bytes]:
    """The events that stand, as sorted lines; `supersedes` tells of the way there, not of the finding."""
    return sorted(without_history(event) for event in standing(result.events))


def without_history(event: Event) -> bytes:
    return event.model_copy(update={"supersedes": []}).to_bytes()


class WorkerProcess:
    """``wirespin worker`` as a process of its own.

    Args:
        settings: handed on in its environment.
        stage: which it runs.
        program: arguments to Python that bring up the command line; another program may break something first.
    """

    def __init__(self, settings: Settings, stage: str = "all", program: Sequence[str] = ("-m", "streams")) -> None:
        self._settings, self._stage, self._program = settings, stage, program
        self._process: asyncio.subprocess.Process | None = None
        self.lines: list[str] = []

    async def __aenter__(self) -> WorkerProcess:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *self._program, "worker", self._stage,
            env={**os.environ, **as_environment(self._settings)}, cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._reader = asyncio.ensure_future(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end(signal.SIGTERM)

    async def said(self, pattern: str) -> None:
        """Wait until the worker has logged a line in which a regular expression is found."""

        async def look() -> None:
            while not any(re.search(pattern, line) for line in self.lines):
                assert self._process
                assert self._process.returncode is None, "\n".join(self.lines)
                await asyncio.sleep(0.05)

        await asyncio.wait_for(look(), LIMIT)

    async def end(self, number: signal.Signals | None = None) -> int:
        """Send a signal, if any, and wait for the end; the exit code."""
        assert self._process
        if number is not None and self._process.returncode is None:
            self._process.send_signal(number)
        code = await asyncio.wait_for(self._process.wait(), LIMIT)
        await self._reader
        return code

    async def _read(self) -> None:
        assert self._process
        assert self._process.stderr
        async for line in self._process.stderr:
            self.lines.append(line.decode(errors="replace").rstrip())


async def until_committed(settings: Settings, role: str, group: str, count: int) -> None:
    """Wait until a group has committed at least so many records of a topic."""
    from streams.client import consumer
    from streams.offsets import assign_all
    from streams.topics import declared

    reader = consumer(settings, group)
    await reader.start()
    try:
        places = await assign_all(reader, declared(settings)[role].name)

        async def look() -> None:
            while sum([await reader.committed(place) or 0 for place in places]) < count:
                await asyncio.sleep(0.05)

        await asyncio.wait_for(look(), LIMIT)
    finally:
        await reader.stop()
