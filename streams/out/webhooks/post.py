"""One request to a hook, and what its answer means. Never followed anywhere, never read for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver

from schemas.errors import FetchError
from streams.out.webhooks.config import Hook
from streams.out.webhooks.message import CONTENT_TYPE
from streams.out.webhooks.signing import signed
from streams.web.exchange import MAX_HEAD, MOVED, session, told
from streams.web.guard import Guard
from streams.web.retry import retry_after
from streams.web.types import Web
from streams.web.words import shown

TOLD = 2_048
"""Bytes read of an answer that is a refusal: its first words, to be shown to whoever looks for the reason."""

READ_WITHIN = 2.0
"""Seconds that reading them may take."""

BUSY = frozenset({408, 425, 429})
"""Statuses below 500 that say "not now" rather than "not this"."""

GONE = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request.

    Attributes:
        delivered: whether the answer was 2xx; its body does not matter, nor whether it came whole.
        reason: otherwise why not, in one printable line.
        status: of the answer, None where there was none.
        retry_after: seconds that the server wants to be left alone for, if it said so.
        server: whether the server is in trouble, rather than this message not to its liking.
    """

    delivered: bool
    reason: str = ""
    status: int | None = None
    retry_after: float | None = None
    server: bool = False

    @property
    def gone(self) -> bool:
        """Whether nobody wants to be told any more."""
        return self.status == GONE


class Poster:
    """Makes requests, as an async context manager.

    Args:
        web: how the web is asked.
        guard: judge of every address that is connected to.
        resolver: what looks names up; the operating system where None.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        web: Web,
        guard: Guard,
        resolver: AbstractResolver | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._web, self._guard, self._resolver, self._clock = web, guard, resolver, clock

    async def __aenter__(self) -> Self:
        self._http = session(self._web, self._guard, self._resolver)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def post(self, hook: Hook, message: str, body: bytes) -> Outcome:
        """Deliver a body once, signed with this second.

        Args:
            hook: where to.
            message: the id of what is delivered.
            body: CloudEvent in structured mode.
        """
        headers = {"Content-Type": CONTENT_TYPE} | signed(message, int(self._clock()), body, hook.secrets)
        try:
            async with (
                asyncio.timeout(hook.timeout),
                self._http.post(
                    hook.url, data=body, headers=headers, allow_redirects=False, proxy=self._web.proxy
                ) as response,
            ):
                return await self._read(response)
        except FetchError as error:
            return Outcome(False, error.problem, server=True)
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            trouble, problem = told(error, hook.timeout)
            return Outcome(False, f"{trouble}: {problem}", server=True)

    async def _read(self, response: aiohttp.ClientResponse) -> Outcome:
        status = response.status
        if 200 <= status < 300:
            return Outcome(True, status=status)
        if sum(len(name) + len(value) for name, value in response.raw_headers) > MAX_HEAD:
            return Outcome(False, f"{status}, over {MAX_HEAD:,} bytes of headers", status, server=True)
        lower = {name.lower(): value for name, value in response.headers.items()}
        busy = status in BUSY or status >= 500
        wait = retry_after(lower, datetime.fromtimestamp(self._clock(), UTC))
        return Outcome(False, await _reason(response, lower), status, wait, busy)


async def _reason(response: aiohttp.ClientResponse, headers: Mapping[str, str]) -> str:
    """Status and first words of a refusal."""
    status = f"{response.status} {shown(response.reason or '', 80)}".strip()
    if response.status in MOVED:
        return f"{status}: a redirect, which is not followed: correct the URL"
    if headers.get("content-encoding", "identity") != "identity":
        return status
    body = b""
    try:
        async with asyncio.timeout(READ_WITHIN):
            while len(body) < TOLD and (piece := await response.content.read(TOLD - len(body))):
                body += piece
    except (aiohttp.ClientError, OSError):
        pass
    words = shown(body.decode("utf-8", "replace"))
    return f"{status}: {words}" if words else status
