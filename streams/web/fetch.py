"""Getting what stands behind a URL: politely, hop by hop, and from nowhere that a stranger must not lead us to.

Redirects are followed by hand because every hop is judged anew, waits for its host's turn, and because it matters
which of them were meant for good.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from schemas.errors import FetchError, Trouble
from streams.web.exchange import ANSWERS, MOVED, Answer, exchange, session
from streams.web.guard import Guard
from streams.web.hosts import Hosts
from streams.web.retry import fresh_for, retry_after
from streams.web.types import Accept, Ask, Fetched, Validators, Web
from streams.web.walls import wall
from streams.web.words import shown

FOR_GOOD = frozenset({301, 308})
"""Redirects that ask for the URL to be changed."""


@dataclass(slots=True)
class _Trail:
    """The way from the URL asked to the one that answers."""

    asked: URL
    url: URL
    permanent: URL | None = None
    for_good: bool = True
    downgraded: bool = False
    seen: set[URL] = field(default_factory=set)
    took: float = 0.0

    def go(self, answer: Answer, url: URL, hops: int) -> None:
        """Follow a redirect.

        Raises:
            FetchError: "redirects": one too many, or back to where we were.
        """
        self.seen.add(self.url)
        if url in self.seen:
            raise _trouble("redirects", f"redirected in a circle, to {url}", answer)
        if len(self.seen) > hops:
            raise _trouble("redirects", f"redirected over {hops} times", answer)
        down = self.url.scheme == "https" and url.scheme == "http"
        self.downgraded = self.downgraded or down
        self.for_good = self.for_good and answer.status in FOR_GOOD and not down
        self.url = url
        if self.for_good:
            self.permanent = url


class Fetcher:
    """Asks the web, as an async context manager.

    Args:
        web: how it is asked.
        hosts: who may ask which host when; shared between fetchers of one process.
        resolver: what looks names up; closed with the fetcher.
        now: the time, in UTC.

    Raises:
        SettingsError: an entry of ``web.allow`` is neither a network nor a host.
    """

    def __init__(
        self,
        web: Web | None = None,
        *,
        hosts: Hosts | None = None,
        resolver: AbstractResolver | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._web = web or Web()
        self._guard = Guard(self._web.allow)
        self._hosts = Hosts() if hosts is None else hosts
        self._resolver, self._now = resolver, now
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = session(self._web, self._guard, self._resolver)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: Accept = "feed",
        largest: int | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - waiting for the host's turn does not count
    ) -> Fetched:
        """What stands behind a URL.

        Args:
            url: http or https.
            validators: of an earlier answer, to be told 304 where nothing changed.
            accept: what is wanted.
            largest: bytes of the body after decompression.
            timeout: seconds for the whole answer, without the wait for the host's turn.

        Raises:
            FetchError: it cannot be had.
        """
        return await self.ask(Ask(url, accept, validators, largest, timeout))

    async def ask(self, ask: Ask) -> Fetched:
        """What stands behind a URL, with more to say about how it is asked.

        Raises:
            FetchError: it cannot be had, or ``ask.before`` refused a hop.
        """
        first = self._guard.url(ask.url)
        trail = _Trail(first, first)
        while True:
            try:
                answer = await self._hop(ask, trail)
            except FetchError as error:
                if error.trouble != "protocol" or not _was_conditional(ask):
                    raise
                # a 304 with a body behind it reads like a broken second answer; asked for all, such servers work
                ask = replace(ask, validators=None)
                continue
            if answer.status not in MOVED:
                return self._fetched(ask, trail, answer)
            trail.go(answer, self._target(answer), ask.hops)

    async def _hop(self, ask: Ask, trail: _Trail) -> Answer:
        """Ask one host, in its turn."""
        assert self._http is not None, "a Fetcher is used as a context manager"
        spacing = await ask.before(trail.url) if ask.before else 0.0
        seconds = self._web.total if ask.timeout is None else ask.timeout
        async with self._hosts.turn(trail.url.raw_host or "", spacing):
            started = time.monotonic()
            try:
                return await exchange(self._http, self._web, ask, trail.url, seconds - trail.took)
            finally:
                trail.took += time.monotonic() - started

    def _target(self, answer: Answer) -> URL:
        """Where a redirect leads, judged as any URL of a stranger."""
        location = answer.headers.get("location", "").strip()
        if not location:
            raise _trouble("redirects", f"answered {answer.status} without saying where to", answer)
        try:
            target = answer.url.join(URL(location.replace(" ", "%20")))
        except ValueError as error:
            raise _trouble("redirects", f"redirected to no URL: {shown(location)!r}", answer) from error
        try:
            return self._guard.url(str(target))
        except FetchError as error:
            raise _trouble(error.trouble, f"redirected to {shown(str(target))!r}, {error.problem}", answer) from error

    def _fetched(self, ask: Ask, trail: _Trail, answer: Answer) -> Fetched:
        name = wall(answer.status, answer.headers, answer.body, trail.asked, trail.url, ask.accept)
        if name:
            raise self._refused("bot_wall", f"answered {answer.status} with {name}", answer)
        if answer.status == 304 and not _was_conditional(ask):
            raise _trouble("protocol", "answered 304, but nothing was known to compare with", answer)
        if answer.status not in ANSWERS | {304}:
            trouble: Trouble = "gone" if answer.status == 410 else "status"
            raise self._refused(trouble, f"answered {answer.status} {answer.reason}".rstrip(), answer)
        return Fetched(
            asked=ask.url,
            final=str(trail.url),
            permanent=None if trail.permanent is None else str(trail.permanent),
            status=answer.status,
            headers=answer.headers,
            body=None if answer.status == 304 else answer.body,
            validators=_to_send(ask, answer),
            fresh_for=fresh_for(answer.headers, self._now()),
            took=trail.took,
            downgraded=trail.downgraded,
        )

    def _refused(self, trouble: Trouble, problem: str, answer: Answer) -> FetchError:
        wait = retry_after(answer.headers, self._now())
        return FetchError(problem, trouble=trouble, status=answer.status, retry_after=wait, where=str(answer.url))


def _trouble(trouble: Trouble, problem: str, answer: Answer) -> FetchError:
    return FetchError(problem, trouble=trouble, status=answer.status, where=str(answer.url))


def _was_conditional(ask: Ask) -> bool:
    return ask.validators is not None and bool(ask.validators.etag or ask.validators.modified)


def _to_send(ask: Ask, answer: Answer) -> Validators:
    """Validators for the next time: a 304 keeps what it does not repeat (RFC 9111 4.3.4).

    ``Expires: 0`` comes with validators that do not change when the feed does (Miniflux leaves them out as well).
    """
    if answer.headers.get("expires", "").strip() == "0":
        return Validators()
    known = (ask.validators if answer.status == 304 else None) or Validators()
    return Validators(answer.validators.etag or known.etag, answer.validators.modified or known.modified)
