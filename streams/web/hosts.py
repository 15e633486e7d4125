"""Turns at a host: two requests at once, five seconds between the starts of two, first come, first served.

Every server is somebody's; these are the manners of those who poll 180,000 feeds (Media Cloud's rss-fetcher). A host
that nobody waits for is forgotten when its next turn would be free anyway, so memory holds the hosts of the last
seconds and not those of all time.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

AT_ONCE = 2
"""Requests to one host at the same time."""

SPACING = 5.0
"""Seconds between the starts of two requests to one host."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    free_at: float = 0.0
    users: int = 0
    starts: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """Who may ask which host when.

    Args:
        at_once: requests to one host at the same time.
        spacing: least seconds between the starts of two requests to one host.
        clock: seconds that only grow.
        sleep: waits so many of them.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        spacing: float = SPACING,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._at_once, self._spacing = at_once, spacing
        self._clock, self._sleep = clock, sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def __len__(self) -> int:
        """Hosts remembered."""
        return len(self._hosts)

    def waiting(self, host: str) -> int:
        """Requests to a host that run or wait for their turn."""
        known = self._hosts.get(host)
        return known.users if known else 0

    @asynccontextmanager
    async def turn(self, host: str, spacing: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at a host, and hold it.

        Args:
            host: its name, in lower case.
            spacing: least seconds until the next request after this one, where the host wants more than usual.
        """
        self._forget()
        one = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._at_once)))
        one.users += 1
        try:
            async with one.slots:
                await self._start(one, max(spacing, self._spacing))
                yield
        finally:
            one.users -= 1
            self._hosts.move_to_end(host)

    async def _start(self, one: _Host, spacing: float) -> None:
        """Wait until a request may start; who gives up while waiting takes no turn."""
        async with one.starts:
            while (wait := one.free_at - self._clock()) > 0:
                await self._sleep(wait)
            one.free_at = self._clock() + spacing

    def _forget(self) -> None:
        """Drop hosts that nobody uses and whose next turn is free, oldest first, as far as they go in a row."""
        now = self._clock()
        while self._hosts:
            name, one = next(iter(self._hosts.items()))
            if one.users:
                self._hosts.move_to_end(name)
                break
            if one.free_at > now:
                break
            del self._hosts[name]
