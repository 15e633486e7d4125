"""robots.txt, honoured for article pages (RFC 9309): feeds are published to be polled, pages are not.

No robots.txt (4xx) allows everything; a server that cannot say (5xx, no connection) is left alone for an hour.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from protego import Protego
from yarl import URL

from schemas.errors import FetchError
from streams.web.types import Ask, Fetched

PRODUCT = "wirespin"
"""The name by which a robots.txt can address us."""

LARGEST = 500 * 1024
"""Bytes read of a robots.txt: what RFC 9309 2.5 wants at least; rules behind them do not exist."""

HOPS = 5
"""Redirects followed, RFC 9309 2.3.1.2."""

KEPT = 86_400.0
"""Seconds that an answer stands, RFC 9309 2.4."""

UNREACHABLE = 3_600.0
"""Seconds until a server that could not say is asked again."""

SLOWEST = 60.0
"""Seconds; a longer Crawl-delay is cut to it, for some ask for hours, which is a refusal in other words."""

ORIGINS = 2_000
"""Answers kept."""

BYTES = 32 * 1024 * 1024
"""Bytes of rules kept, as written; what they are parsed into is some times as much."""

AGENT = re.compile(r"^\s*user[- ]?agent\s*:?\s*([^#]*?)\s*(?:#|$)", re.IGNORECASE)


class Asks(Protocol):
    """What fetches."""

    async def ask(self, ask: Ask) -> Fetched:
        """The answer; raises FetchError."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one origin wants: its rules, or the same for everything."""

    parsed: Protego | None
    allowed: bool
    size: int
    until: float


class Robots:
    """What robots.txt files say, remembered for a day.

    Args:
        fetcher: asks for them.
        clock: seconds that only grow.
    """

    def __init__(self, fetcher: Asks, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Rules]] = {}
        self._size = 0

    async def page(self, ask: Ask) -> Fetched:
        """Ask for a page, if robots.txt allows it, and every hop that a redirect leads over.

        Raises:
            FetchError: "robots", or what else keeps it from being had.
        """
        return await self._fetcher.ask(replace(ask, accept="page", before=self.before))

    async def allowed(self, url: str) -> bool:
        """Whether a page may be asked for."""
        try:
            await self.before(URL(url))
        except (FetchError, ValueError):
            return False
        return True

    async def before(self, url: URL) -> float:
        """The seconds that the host wants between two requests (its Crawl-delay), at most a minute; 0 for no wish.

        Raises:
            FetchError: "robots": it is forbidden.
        """
        rules = await self._rules(url)
        fits = rules.allowed if rules.parsed is None else rules.parsed.can_fetch(str(url), PRODUCT)
        if not fits:
            problem = "forbidden by robots.txt" if rules.parsed else "robots.txt cannot be had, so nothing is asked"
            raise FetchError(problem, trouble="robots", where=str(url))
        delay = rules.parsed.crawl_delay(PRODUCT) if rules.parsed else None
        return max(0.0, min(delay or 0.0, SLOWEST))

    async def _rules(self, url: URL) -> _Rules:
        """The rules of a URL's origin; asked for once, however many wait for them."""
        origin = str(url.origin())
        known = self._known.get(origin)
        if known is not None and self._clock() < known.until:
            self._known.move_to_end(origin)
            return known
        task = self._asking.get(origin)
        if task is None:
            task = self._asking[origin] = asyncio.create_task(self._ask(origin))
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)  # who gives up waiting does not take it from the others

    async def _ask(self, origin: str) -> _Rules:
        url = f"{origin}/robots.txt"
        try:
            found = await self._fetcher.ask(Ask(url, "robots", largest=LARGEST, hops=HOPS, cut=True))
        except FetchError as error:
            rules = self._without(error)
        else:
            rules = await asyncio.to_thread(self._parsed, found.body or b"")  # half a megabyte takes a second
        self._keep(origin, rules)
        return rules

    def _without(self, error: FetchError) -> _Rules:
        """What holds where there is no robots.txt; 429 is no "there is none", but "not now"."""
        missing = error.status is not None and 400 <= error.status < 500 and error.status != 429
        if missing or error.trouble == "redirects":
            return _Rules(None, True, 0, self._clock() + KEPT)
        return _Rules(None, False, 0, self._clock() + UNREACHABLE)

    def _parsed(self, body: bytes) -> _Rules:
        text = ours(body.decode("utf-8-sig", "replace"))
        return _Rules(Protego.parse(text), True, len(text), self._clock() + KEPT)

    def _keep(self, origin: str, rules: _Rules) -> None:
        if old := self._known.pop(origin, None):
            self._size -= old.size
        self._known[origin] = rules
        self._size += rules.size
        while len(self._known) > ORIGINS or self._size > BYTES:
            _, gone = self._known.popitem(last=False)
            self._size -= gone.size


def ours(text: str) -> str:
    """The rules that concern us, those of all others under one name.

    A group may have thousands of names and thousands of rules, and Protego keeps every rule under every name.
    """
    return "\n".join(_ours(line) for line in text.splitlines())


def _ours(line: str) -> str:
    found = AGENT.match(line)
    if found is None:
        return line
    name = found[1].lower().partition("/")[0]
    return f"User-agent: {name if name in {'*', PRODUCT} else '-'}"
