"""A receiver of webhooks on this machine, which answers as badly as it is told."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import orjson
from aiohttp import web


@dataclass(frozen=True)
class Delivery:
    """A request that came in: its headers by lower-case name, and its body."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Of the message."""
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        """The CloudEvent."""
        found: dict[str, Any] = orjson.loads(self.body)
        return found


Answer = Callable[[web.Request, Delivery], Awaitable[web.StreamResponse]]


class Receiver:
    """The server, as an async context manager.

    Attributes:
        came: what was delivered, by path.
        answers: of a path, one after another; 204 once they are used up.
        always: of a path, instead of 204.
    """

    def __init__(self) -> None:
        self.came: defaultdict[str, list[Delivery]] = defaultdict(list)
        self.answers: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self.always: dict[str, Answer] = {}
        self.open = self.most_open = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def url(self, path: str) -> str:
        """The URL of a path here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def ids(self, path: str = "/") -> list[str]:
        """Of the deliveries to a path, in order."""
        return [one.id for one in self.came[path]]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        delivery = Delivery({k.lower(): v for k, v in request.headers.items()}, await request.read())
        self.came[request.path].append(delivery)
        left = self.answers[request.path]
        answer = left.popleft() if left else self.always.get(request.path, status(204))
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            return await answer(request, delivery)
        finally:
            self.open -= 1


def status(code: int, text: str = "", **headers: str) -> Answer:
    """A proper answer; underscores in the names of headers become hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_: web.Request, __: Delivery) -> web.StreamResponse:
        return web.Response(status=code, text=text or None, headers=named)

    return answer


def slow(seconds: float, code: int = 204) -> Answer:
    """An answer that takes its time."""

    async def answer(_: web.Request, __: Delivery) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return web.Response(status=code)

    return answer


def broken_off(code: int) -> Answer:
    """A status and a promise of a body, and then the connection is reset."""

    async def answer(request: web.Request, _: Delivery) -> web.StreamResponse:
        response = web.StreamResponse(status=code, headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"the first words")
        assert request.transport is not None
        request.transport.abort()
        return response

    return answer


def unanswered() -> Answer:
    """The connection is reset before anything is said."""

    async def answer(request: web.Request, _: Delivery) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return answer


def endless(code: int) -> Answer:
    """A body without an end."""

    async def answer(request: web.Request, _: Delivery) -> web.StreamResponse:
        response = web.StreamResponse(status=code)
        await response.prepare(request)
        while True:
            await response.write(b"\x1b[2Jno " * 10_000)

    return answer
