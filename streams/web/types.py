"""What goes into asking the web, and what comes out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from yarl import URL

Accept = Literal["feed", "page", "robots"]
"""What is asked for; the server may choose by it, and a wall is told by it."""

Before = Callable[[URL], Awaitable[float]]
"""Asked before every hop: the least seconds between two requests to that host; raises FetchError to refuse it."""

LARGEST = 15 * 1024 * 1024
"""Bytes after decompression: Miniflux' HTTP_CLIENT_MAX_BODY_SIZE, against compression bombs."""

TOTAL = 20.0
"""Seconds for a whole answer, redirects included, waiting for the host's turn not: Media Cloud's for 180,000 feeds."""

CONNECT = 10.0
"""Seconds until a connection stands: look-up, TCP and TLS together."""

HOPS = 10
"""Redirects followed; curl follows 50, browsers 20, feeds in the wild seldom need four."""


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is asked.

    Attributes:
        contact: URL or mail address that a server's operator can turn to; it goes into the User-Agent.
        user_agent: the whole User-Agent, where the usual one with the contact will not do.
        allow: what the guard would refuse and shall pass: networks (``10.0.0.0/8``), addresses, host names, each but
            a network with a port if need be (``127.0.0.1:8080``, ``[::1]:8080``, ``feeds.corp.example:81``).
        proxy: URL of an http proxy through which everything goes. It is trusted to refuse private addresses, since
            only it learns them; schemes, ports and literal addresses are still checked here.
        total: seconds for a whole answer.
        connect: seconds until a connection stands.
        largest: bytes of a body after decompression.
    """

    contact: str = ""
    user_agent: str = ""
    allow: tuple[str, ...] = ()
    proxy: str | None = None
    total: float = TOTAL
    connect: float = CONNECT
    largest: int = LARGEST

    @property
    def agent(self) -> str:
        """The User-Agent to send."""
        return self.user_agent or (f"wirespin/0.1 (+{self.contact})" if self.contact else "wirespin/0.1")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" with, verbatim (RFC 9110, 8.8)."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the web.

    Attributes:
        url: http or https.
        accept: what is wanted.
        validators: of an earlier answer, to be told 304 where nothing changed.
        largest: bytes of the body after decompression; None for the fetcher's.
        timeout: seconds for the whole answer; None for the fetcher's.
        hops: redirects followed.
        cut: whether a larger body is cut off rather than refused.
        before: asked before every hop.
    """

    url: str
    accept: Accept = "feed"
    validators: Validators | None = None
    largest: int | None = None
    timeout: float | None = None
    hops: int = HOPS
    cut: bool = False
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that can be used.

    Attributes:
        asked: the URL asked.
        final: the URL that answered.
        permanent: where the first hops were all 301 or 308, the URL they led to; a hop from https to http ends them,
            since nobody gives up encryption for good. None where there were none.
        status: 200; 226 where a server sent new entries only (RFC 3229, since ``A-IM: feed`` is asked); or 304.
        headers: lower-case names; repeated ones joined by a comma; cookies left out.
        body: decompressed; None for 304.
        validators: to send next time. A 304 keeps those that it does not repeat. None of them where ``Expires: 0``.
        fresh_for: seconds the answer may be kept (Cache-Control max-age, else Expires); None where it does not say.
        took: seconds of asking, without the wait for the host's turn.
        downgraded: whether a redirect led from https to http.
    """

    asked: str
    final: str
    permanent: str | None
    status: int
    headers: Mapping[str, str]
    body: bytes | None
    validators: Validators
    fresh_for: float | None
    took: float
    downgraded: bool = False
