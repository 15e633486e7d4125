"""Asking a hub for a subscription, or for its end (WebSub, 5.1); as guarded as any other request to a stranger."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Literal, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from schemas.errors import FetchError
from schemas.push import FeedPush
from streams.feeds.websub.plan import LEASE
from streams.web.exchange import session, told
from streams.web.guard import Guard
from streams.web.hosts import Hosts
from streams.web.types import Web
from streams.web.words import shown

HOPS = 3
"""Redirects (307, 308) followed."""

REASON = 1_024
"""Bytes read of what a hub says in words."""

Mode = Literal["subscribe", "unsubscribe"]


class Hubs:
    """Asks hubs, as an async context manager.

    Args:
        web: how the web is asked.
        hosts: who may ask which host when.
        resolver: what looks names up.

    Raises:
        SettingsError: an entry of ``web.allow`` is neither a network nor a host.
    """

    def __init__(self, web: Web, hosts: Hosts | None = None, resolver: AbstractResolver | None = None) -> None:
        self._web, self._guard = web, Guard(web.allow)
        self._hosts, self._resolver = Hosts() if hosts is None else hosts, resolver

    async def __aenter__(self) -> Self:
        self._http = session(self._web, self._guard, self._resolver)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def ask(self, push: FeedPush, mode: Mode) -> None:
        """Ask for a subscription or its end; the hub verifies it later, by asking back.

        The secret goes to hubs without encryption, too: the callback travels as openly, and a delivery that is not
        signed is not taken.

        Raises:
            FetchError: the hub cannot be asked, or says no.
        """
        form = {"hub.mode": mode, "hub.topic": push.topic, "hub.callback": push.callback}
        if mode == "subscribe":
            form |= {"hub.lease_seconds": str(int(LEASE)), "hub.secret": push.secret}
        url: URL | None = self._guard.url(push.hub)
        for _ in range(HOPS + 1):
            assert url is not None
            url = await self._post(url, form)
            if url is None:
                return
        raise FetchError(f"redirected over {HOPS} times", trouble="redirects", where=push.hub)

    async def _post(self, url: URL, form: dict[str, str]) -> URL | None:
        """Post a form; where to post it instead, None where it was taken."""
        try:
            async with (
                self._hosts.turn(url.raw_host or ""),
                asyncio.timeout(self._web.total),
                self._http.post(url, data=form, allow_redirects=False, proxy=self._web.proxy) as response,
            ):
                if response.status in {307, 308}:
                    return self._guard.url(str(url.join(URL(response.headers.get("Location", "")))))
                if not 200 <= response.status < 300:
                    said = shown((await response.content.read(REASON)).decode("utf-8", "replace"))
                    problem = f"answered {response.status} {said}".rstrip()
                    raise FetchError(problem, trouble="status", status=response.status, where=str(url))
        except FetchError as error:
            error.where = error.where or str(url)
            raise
        except (aiohttp.ClientError, OSError, ValueError, AssertionError) as error:
            trouble, problem = told(error, self._web.total)
            raise FetchError(problem, trouble=trouble, where=str(url)) from error
        return None
