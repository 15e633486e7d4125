"""The callbacks: where hubs verify subscriptions and deliver (WebSub, 5.3 and 7).

It is meant to stand behind the operator's proxy, which has the certificate; it listens on loopback unless told
otherwise. Everything that arrives is a stranger's: the end of the address is compared first, then the signature.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from aiohttp import web

from streams.listen import serving
from streams.web.words import shown

CHALLENGE = 1_024
"""Characters of a challenge that are sent back; hubs send some dozens."""

AT_ONCE = 4
"""Deliveries that are read at a time: each may be as large as a feed."""

SLOWEST = 30.0
"""Seconds that a delivery may take to arrive."""


class Answers(Protocol):
    """What stands behind the callbacks; see `streams.feeds.websub.subscriber.Subscriber`."""

    largest: int

    def verify(self, feed: str, token: str, mode: str, topic: str, lease: float | None) -> bool:
        """Whether a subscription, or its end, is what we asked for."""

    def deny(self, feed: str, token: str, topic: str, reason: str) -> bool:
        """Hear that a hub refuses; whether that subscription is known."""

    def deliver(self, feed: str, token: str, body: bytes, content_type: str, signed: str | None) -> int:
        """Take a delivery; the status to answer with."""

    def knows(self, feed: str, token: str) -> bool:
        """Whether there is such a callback."""


def application(answers: Answers) -> web.Application:
    """The callbacks, under whatever path the proxy leaves in front of them."""
    receiving = asyncio.Semaphore(AT_ONCE)

    async def get(request: web.Request) -> web.Response:
        return _verify(answers, *_place(request), request)

    async def post(request: web.Request) -> web.Response:
        feed, token = _place(request)
        if not answers.knows(feed, token):
            return web.Response(status=404)
        if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"identity", ""}:
            return web.Response(status=415)  # unpacking what a stranger packed is for those we asked
        try:
            async with receiving, asyncio.timeout(SLOWEST):
                body = await request.read()  # 413 where it is too large
        except TimeoutError:
            return web.Response(status=408)
        content_type = request.headers.get("Content-Type", "")
        return web.Response(
            status=answers.deliver(feed, token, body, content_type, request.headers.get("X-Hub-Signature"))
        )

    app = web.Application(client_max_size=answers.largest)
    app.add_routes([web.get("/{tail:.*}", get), web.post("/{tail:.*}", post)])
    return app


def _place(request: web.Request) -> tuple[str, str]:
    """Feed and token of a callback: the last two steps of its path."""
    front, _, token = request.path.rpartition("/")
    return front.rpartition("/")[2], token


def _verify(answers: Answers, feed: str, token: str, request: web.Request) -> web.Response:
    """Answer a hub that asks whether it was really us, or says that it will not."""
    given = {name: request.query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge", "reason")}
    if given["mode"] == "denied":
        known = answers.deny(feed, token, given["topic"], shown(given["reason"]))
        return web.Response(status=200 if known else 404)
    lease = _seconds(request.query.get("hub.lease_seconds", ""))
    challenge = given["challenge"]
    fits = 0 < len(challenge) <= CHALLENGE
    if not fits or not answers.verify(feed, token, given["mode"], given["topic"], lease):
        return web.Response(status=404)
    headers = {"X-Content-Type-Options": "nosniff"}  # it is a stranger's text on our address
    return web.Response(text=challenge, content_type="text/plain", headers=headers)


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def listening(answers: Answers, host: str, port: int) -> AbstractAsyncContextManager[int]:
    """The callbacks, listening; yields the port.

    Raises:
        SettingsError: it cannot listen there.
    """
    return serving(application(answers), host, port, what="callbacks", flag="--feed-callback-port", unpack=False)
