"""A web server that misbehaves in exactly the way it is told: bytes on a socket, since no server library would.

    async with Hostile() as server:
        server.routes["/feed"] = answer(b"<rss/>", headers=["ETag: x"])
        server.routes["/garbage"] = raw(b"\\0\\1\\2")

What was asked stands in ``server.asked``. Nothing but 127.0.0.1 is listened on.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Asked:
    """A request: its method, its target as it stood, its headers by lower-case name."""

    method: str
    path: str
    headers: Mapping[str, str]


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


class Hostile:
    """The server, as an async context manager."""

    def __init__(self, routes: Mapping[str, Handler] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.routes = dict(routes or {})
        self.asked: list[Asked] = []
        self.port = 0
        self.open = 0
        self.most_open = 0
        self.hello = b""  # said to everybody who connects, before anything is asked
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # for the transports, which close a turn of the loop later

    @property
    def address(self) -> str:
        """``127.0.0.1:port``."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The URL of a path here."""
        return f"{'https' if self._tls else 'http'}://{self.address}{path}"

    def paths(self) -> list[str]:
        """Paths asked for, in order."""
        return [asked.path for asked in self.asked]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            self.open -= 1
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self.hello)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        asked = Asked(method, path, headers)
        self.asked.append(asked)
        handler = self.routes.get(path) or self.routes.get("*") or answer(b"nothing here", "404 Not Found")
        await handler(asked, writer)
        await writer.drain()


def head(status: str = "200 OK", headers: Iterable[str] = ()) -> bytes:
    """Status line and headers, with the empty line behind them."""
    return "".join(f"{line}\r\n" for line in [f"HTTP/1.1 {status}", *headers, ""]).encode("latin-1")


def raw(*pieces: bytes, every: float = 0.0) -> Handler:
    """These bytes, so many seconds apart, and the end of the connection."""

    async def handler(_: Asked, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return handler


def answer(body: bytes = b"", status: str = "200 OK", headers: Sequence[str] = ()) -> Handler:
    """A proper answer."""
    return raw(head(status, [*headers, f"Content-Length: {len(body)}"]) + body)


def moved(to: str, status: str = "302 Found") -> Handler:
    """A redirect."""
    return answer(b"", status, [f"Location: {to}"])


def endless(start: bytes, piece: bytes, every: float = 0.0) -> Handler:
    """A start, and then the same again and again until nobody listens any more."""

    async def handler(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return handler


def reset(start: bytes) -> Handler:
    """A start, and then a reset (RST) of the connection."""

    async def handler(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.transport.abort()

    return handler


async def silent(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Nothing, for ever."""
    del writer
    await asyncio.sleep(3600)


def in_turn(*handlers: Handler) -> Handler:
    """One handler after another, the last one for all further requests."""
    left = list(handlers)

    async def handler(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return handler


def chunk(data: bytes) -> bytes:
    """A chunk of the chunked transfer coding."""
    return b"%x\r\n%s\r\n" % (len(data), data)
