"""A TCP proxy between workers and a broker, which can be cut, fall silent, be slow, and heal."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Literal, Self

HOST = "127.0.0.1"
CHUNK = 65_536

Mode = Literal["open", "cut", "silent", "slow"]
"""``cut``: connections are reset and new ones refused, as by a firewall that rejects. ``silent``: nothing passes and
nobody is told, as by one that drops; what was under way passes when it heals, as TCP sends it again. ``slow``: every
piece is held up."""


class Proxy:
    """Forwards a port of its own to an address, as an async context manager.

    Args:
        delay: seconds that each piece is held up while it is slow.
    """

    def __init__(self, delay: float = 0.2) -> None:
        self.target = (HOST, 0)
        self.port = 0
        self._delay = delay
        self._mode: Mode = "open"
        self._passes = asyncio.Event()
        self._passes.set()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.set("cut")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def set(self, mode: Mode) -> None:
        """Change how it behaves, at once and for the connections that there are."""
        self._mode = mode
        if mode == "silent":
            self._passes.clear()
        else:
            self._passes.set()
        if mode == "cut":
            self._refuse()
        elif self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self._open.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._passes.wait()
                far_reader, far_writer = await asyncio.open_connection(*self.target)
                self._open.add(far_writer)
                await self._join((reader, far_writer), (far_reader, writer))
                self._open.discard(far_writer)
        finally:
            self._open.discard(writer)
            writer.transport.abort()
            self._tasks.discard(task)

    async def _join(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        """Forward both ways until one of them ends."""
        pumps = [asyncio.ensure_future(self._pump(*way)) for way in ways]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for _, writer in ways:
                writer.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            await self._passes.wait()
            if self._mode == "slow":
                await asyncio.sleep(self._delay)
            writer.write(data)
            await writer.drain()
