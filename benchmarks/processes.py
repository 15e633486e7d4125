"""Worker processes that a benchmark starts, watches and ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Self

from schemas.errors import BrokerError
from streams.app import STAGES
from streams.drain import drained
from streams.replay import send
from streams.settings import Settings, as_environment
from streams.sources import Waiting

READY = b" runs "
"""What a worker's line says when its stages are started."""


class Process:
    """A Python process of a benchmark.

    Args:
        name: what its figures go by.
        process: the process.
    """

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name, self._process = name, process
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @classmethod
    async def started(cls, name: str, arguments: Sequence[str], settings: Settings | None = None) -> Self:
        """Start Python with some arguments; settings go into its environment."""
        variables = os.environ | (as_environment(settings) if settings else {})
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=variables, stdout=pipe, stderr=pipe if settings else None
        )
        one = cls(name, process)
        if settings:
            one._reading = asyncio.ensure_future(one._read())
        return one

    async def ready(self) -> None:
        """Wait until a worker says that it runs."""
        while not self._ready.is_set():
            self.check()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), 1)

    def check(self) -> None:
        """Raise where it has ended."""
        if self._process.returncode is not None:
            raise BrokerError(f"ended with code {self._process.returncode}", where=self.name)

    def processor(self) -> float:
        """Seconds of processor time it has used (Linux)."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def ended(self) -> list[int]:
        """End it, and return the numbers that it printed."""
        assert self._process.stdout
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        said = await self._process.stdout.read()
        await self._process.wait()
        if self._reading:
            await self._reading
        return [int(number) for number in said.split()]

    async def _read(self) -> None:
        assert self._process.stderr
        async for line in self._process.stderr:
            if READY in line:
                self._ready.set()


@contextlib.asynccontextmanager
async def worker_processes(settings: Settings, workers: int) -> AsyncIterator[list[Process]]:
    """So many workers with all stages, or one for each stage where it is 0; those that still run are ended."""
    stages = ["all"] * workers or list(STAGES)
    own = settings.model_copy(update={"log_level": "INFO"})
    async with contextlib.AsyncExitStack() as stack:
        running = []
        for stage in stages:
            one = await Process.started(stage, ["-m", "benchmarks.counted", stage], own)
            stack.push_async_callback(one.ended)
            await one.ready()
            running.append(one)
        yield running


async def warmed(settings: Settings, articles: Sequence[Waiting], running: Sequence[Process]) -> dict[object, int]:
    """Have some articles judged, so that all is loaded; for each partition the offset behind the last."""
    ends = await send(settings, articles)
    await drained(settings, ends, lambda *_: None, lambda: check(running))
    return ends


def check(running: Sequence[Process]) -> None:
    """Raise where one has ended."""
    for one in running:
        one.check()
