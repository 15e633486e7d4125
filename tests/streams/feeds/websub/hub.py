"""A hub on loopback: takes requests, comes back to verify them, and delivers."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from streams.feeds.websub.signature import signature


class LocalHub:
    """The hub, as an async context manager.

    Attributes:
        status: what requests are answered with.
        verifies: whether it comes back to verify.
        denies: reason with which it denies instead.
        early: whether it comes back before it has answered.
        asked: the forms that were posted.
        answers: status and text of what the callbacks answered.
    """

    def __init__(self) -> None:
        self.status, self.verifies, self.denies, self.early = 202, True, "", False
        self.location = ""
        self.lease = "864000"
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, str]] = []
        self._work: set[asyncio.Task[tuple[int, str]]] = set()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.post("/{tail:.*}", self._take)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._work, return_exceptions=True)
        await self._http.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://{self.address}/hub"

    async def _take(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        if self.location and not request.path.endswith("/moved"):
            return web.Response(status=self.status, headers={"Location": self.location})
        if self.status >= 300 and not self.location:
            return web.Response(status=self.status, text="not\x1b[31m here")
        if self.early:
            await self.verify(form)
        elif self.verifies:
            task = asyncio.ensure_future(self.verify(form))
            self._work.add(task)
        return web.Response(status=202)

    async def verify(self, form: dict[str, str], **changes: str) -> tuple[int, str]:
        """Come back about a request."""
        query = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": "c-123"}
        if form["hub.mode"] == "subscribe":
            query["hub.lease_seconds"] = self.lease
        if self.denies:
            query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": self.denies}
        query |= {f"hub.{name}": value for name, value in changes.items()}
        async with self._http.get(f"{form['hub.callback']}?{urlencode(query)}") as response:
            self.answers.append((response.status, await response.text()))
        return self.answers[-1]

    async def deliver(self, body: bytes, signed: str | None = None, form: int = -1, packed: str = "") -> int:
        """Deliver to a callback, signed as agreed unless told otherwise; what it answered."""
        asked = self.asked[form]
        given = {"X-Hub-Signature": signature(body, asked["hub.secret"]) if signed is None else signed}
        given |= {"Content-Type": "application/rss+xml"} | ({"Content-Encoding": packed} if packed else {})
        async with self._http.post(asked["hub.callback"], data=body, headers=given) as response:
            return response.status
