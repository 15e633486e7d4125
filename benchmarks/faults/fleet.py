"""Workers as processes, and what stands in for the service manager that starts them again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import aiohttp

from streams.settings import Settings, as_environment

AGAIN_AFTER = 1.0
"""Seconds until a worker that ended is started again; systemd and Docker wait about as long."""

LOOK_EVERY = 0.5
"""Seconds between two questions to the health endpoints."""


class Worker:
    """A worker that is started again whenever it ends, until it is told to stay away.

    Args:
        settings: handed on; the health port is its own.
        folder: for its log and its temporary files.
        name: of its files.
        ended: takes the exit codes of processes that were not told to stay away, as they end.

    Attributes:
        red: whether its readiness said no, or nothing, since `calm` was called.
    """

    def __init__(self, settings: Settings, folder: Path, name: str, ended: list[int]) -> None:
        self.name, self._settings = name, settings.model_copy(update={"health_port": _free_port()})
        self.log, self.scratch = folder / f"{name}.log", folder / f"{name}-tmp"
        self._ended = ended
        self.red = False
        self.ready = False
        self._process: asyncio.subprocess.Process | None = None
        self._wanted = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    @property
    def resident(self) -> int:
        """Bytes of memory it has, 0 where it does not run."""
        with contextlib.suppress(OSError, IndexError):
            pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
            return int(pages) * resource.getpagesize()
        return 0

    async def start(self) -> None:
        """Start it and keep it running."""
        self._wanted = True
        await self._launch()
        self._tasks = [asyncio.create_task(self._keep()), asyncio.create_task(self._watch())]

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[float, int]:
        """End it for good; how many seconds that took, and its exit code."""
        self._wanted = False
        began = time.monotonic()
        self.signal(number)
        code = 0
        if self._process is not None:
            code = await self._process.wait()
        took = time.monotonic() - began
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return took, code

    async def end(self, number: signal.Signals) -> tuple[float, int]:
        """End the process with a signal, to be started again; how many seconds that took, and its exit code."""
        process, began = self._process, time.monotonic()
        self.signal(number)
        code = 0 if process is None else await process.wait()
        return time.monotonic() - began, code

    def signal(self, number: signal.Signals) -> None:
        """Send its process a signal, where it runs."""
        if self.pid is not None:
            os.kill(self.pid, number)

    def wipe(self) -> None:
        """Take away all that it has written to the disk."""
        shutil.rmtree(self.scratch, ignore_errors=True)

    def limit_files(self, size: int) -> None:
        """Let no file that it writes grow beyond so many bytes, -1 for as large as it likes."""
        if self.pid is not None:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def calm(self) -> None:
        """Forget that it was red."""
        self.red = False

    async def status(self) -> dict[str, object]:
        """What its health endpoint tells."""
        limit = aiohttp.ClientTimeout(5)
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(self._url("status")) as response:
            told: dict[str, object] = await response.json()
            return told

    def _url(self, path: str) -> str:
        return f"http://{self._settings.health_host}:{self._settings.health_port}/{path}"

    async def _launch(self) -> None:
        self.scratch.mkdir(parents=True, exist_ok=True)
        variables = os.environ | as_environment(self._settings) | {"TMPDIR": str(self.scratch)}
        log: IO[bytes]
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "streams", "worker", "all", env=variables, stdin=asyncio.subprocess.DEVNULL,
                stdout=log, stderr=log,
            )  # fmt: skip

    async def _keep(self) -> None:
        while True:
            assert self._process
            code = await self._process.wait()
            if not self._wanted:
                return
            self._ended.append(code)
            await asyncio.sleep(AGAIN_AFTER)
            await self._launch()

    async def _watch(self) -> None:
        """Ask for its readiness again and again."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session:
            while True:
                try:
                    async with session.get(self._url("ready")) as response:
                        self.ready = response.status == 200
                except (aiohttp.ClientError, OSError):
                    self.ready = False
                self.red = self.red or not self.ready
                await asyncio.sleep(LOOK_EVERY)


class Fleet:
    """The workers of a run, as an async context manager.

    Attributes:
        workers: those that are to run.
        ended: exit codes of processes that were not told to stay away, in order.
    """

    def __init__(self, settings: Settings, size: int) -> None:
        self._settings, self.size = settings, size
        self.workers: list[Worker] = []
        self.ended: list[int] = []
        self._folder = tempfile.TemporaryDirectory(prefix="wirespin-faults-")
        self._count = 0

    async def __aenter__(self) -> Fleet:
        await self.grow(self.size)
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.signal(signal.SIGCONT)
        await asyncio.gather(*(worker.stop() for worker in self.workers))
        self._folder.cleanup()

    @property
    def folder(self) -> Path:
        """Where the workers write."""
        return Path(self._folder.name)

    def pick(self, number: int) -> Worker:
        """One of the workers."""
        return self.workers[number % len(self.workers)]

    async def grow(self, size: int) -> None:
        """Start workers until there are so many."""
        while len(self.workers) < size:
            self._count += 1
            worker = Worker(self._settings, self.folder, f"worker-{self._count}", self.ended)
            await worker.start()
            self.workers.append(worker)

    async def shrink(self, size: int) -> list[tuple[float, int]]:
        """Stop the newest workers until there are so many; for each the seconds and the exit code."""
        leaving, self.workers = self.workers[size:], self.workers[:size]
        return list(await asyncio.gather(*(worker.stop() for worker in leaving)))

    async def ready(self) -> None:
        """Wait until all workers say that they are ready."""
        while not all(worker.ready for worker in self.workers):
            await asyncio.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
