"""One request and its answer: bounded in bytes, headers and time, whatever the other side does."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.http_exceptions import BadHttpMessage, LineTooLong
from yarl import URL

from schemas.errors import FetchError, Trouble
from streams.web.connect import TEMPORARY, SystemResolver, connector
from streams.web.guard import Guard
from streams.web.types import Accept, Ask, Validators, Web
from streams.web.words import shown
from wirespin.unpack import ACCEPTED, GZIP, Unpacker

CHUNK = 65_536
"""Bytes read at a time."""

MAX_HEADERS = 1_000
"""Headers of an answer: lexpress.fr sends more than 100 (Media Cloud, rss-fetcher 0.12.6)."""

MAX_HEADER = 16_384
"""Bytes of one header; content security policies outgrow the usual 8 KiB."""

MAX_HEAD = 262_144
"""Bytes of all headers together; they stay with the answer."""

GRACE = 5.0
"""Seconds of a body during which its rate is not looked at."""

SLOWEST = 512
"""Bytes a second below which a body is given up after that: a slow modem has ten times as much."""

TOLD = 65_536
"""Bytes read of an answer that is an error, to see whether a bot wall stands behind it."""

WANTED: Mapping[Accept, str] = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    "robots": "text/plain, */*;q=0.1",
}
"""What is sent as Accept."""

MOVED = frozenset({301, 302, 303, 307, 308})
"""Statuses that lead elsewhere."""

ANSWERS = frozenset({200, 226})
"""Statuses whose body is what was asked; 226 has the new entries of a feed only (RFC 3229)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request was answered."""

    url: URL
    status: int
    reason: str
    headers: Mapping[str, str]
    validators: Validators
    body: bytes


def session(web: Web, guard: Guard, resolver: AbstractResolver | None) -> aiohttp.ClientSession:
    """A session that keeps nothing, follows nothing, unpacks nothing and reads no setting of the environment.

    Args:
        web: how the web is asked.
        guard: judge of the addresses that are connected to. A proxy of one's own may well be at a private one; what it
            connects to is its own affair.
        resolver: what looks names up; the operating system where None.
    """
    return aiohttp.ClientSession(
        connector=connector(None if web.proxy else guard, resolver or SystemResolver()),
        timeout=aiohttp.ClientTimeout(total=None, connect=web.connect),  # the whole is timed hop by hop
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        max_headers=MAX_HEADERS,
        max_field_size=MAX_HEADER,
        max_line_size=MAX_HEADER,
        headers={"User-Agent": web.agent},
    )


def request_headers(ask: Ask) -> dict[str, str]:
    """Headers of a request; validators go out as they came in."""
    headers = {"Accept": WANTED[ask.accept], "Accept-Encoding": ACCEPTED}
    if ask.accept == "feed":
        headers["A-IM"] = "feed"
    known = ask.validators or Validators()
    if known.etag and sendable(known.etag):
        headers["If-None-Match"] = known.etag
    if known.modified and sendable(known.modified):
        headers["If-Modified-Since"] = known.modified
    return headers


def sendable(text: str) -> bool:
    """Whether a validator can be sent back as it came: no control characters, no bytes that are no text."""
    return len(text) <= 1024 and text.isprintable()


async def exchange(http: aiohttp.ClientSession, web: Web, ask: Ask, url: URL, seconds: float) -> Answer:
    """Ask once, following nothing.

    Raises:
        FetchError: there is no answer, or none that can be read.
    """
    try:
        async with (
            asyncio.timeout(max(seconds, 0.001)),
            http.get(url, headers=request_headers(ask), allow_redirects=False, proxy=web.proxy) as response,
        ):
            return await _read(response, ask, url, web.largest if ask.largest is None else ask.largest)
    except FetchError as error:
        error.where = error.where or str(url)
        raise
    except (aiohttp.ClientError, OSError, ValueError) as error:
        trouble, problem = told(error, seconds)
        raise FetchError(problem, trouble=trouble, where=str(url)) from error


async def _read(response: aiohttp.ClientResponse, ask: Ask, url: URL, largest: int) -> Answer:
    if sum(len(name) + len(value) for name, value in response.raw_headers) > MAX_HEAD:
        raise FetchError(f"over {MAX_HEAD:,} bytes of headers", trouble="too_large")
    headers = _headers(response)
    body = b""
    if response.status in ANSWERS:
        body = await _body(response, ask, headers, largest)
    elif response.status not in MOVED and response.status != 304:
        body = await _beginning(response, headers)
    kept = Validators(_validator(response, "ETag"), _validator(response, "Last-Modified"))
    return Answer(url, response.status, shown(response.reason or "", 80), headers, kept, body)


def _validator(response: aiohttp.ClientResponse, name: str) -> str | None:
    value = response.headers.get(name)
    return value if value and sendable(value) else None


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Headers as text: repeated ones joined, cookies left out, bytes that are no UTF-8 read as Latin-1."""
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key, text = name.lower(), _text(value)
        if key != "set-cookie":
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _text(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


async def _body(response: aiohttp.ClientResponse, ask: Ask, headers: Mapping[str, str], largest: int) -> bytes:
    """The body, unpacked; a gzip file in place of a feed (a sitemap's .xml.gz) is unpacked as well."""
    if not ask.cut and (response.content_length or 0) > largest:
        raise FetchError(f"over {largest:,} bytes ({response.content_length:,} announced)", trouble="too_large")
    body = await _unpacked(response, Unpacker(headers.get("content-encoding", ""), largest), cut=ask.cut)
    if ask.accept == "feed" and body.startswith(GZIP):
        inner = Unpacker("gzip", largest)
        body = b"".join(inner.feed(body))
        inner.end()
    return body


async def _unpacked(response: aiohttp.ClientResponse, unpacker: Unpacker, *, cut: bool) -> bytes:
    body = bytearray()
    started, came = time.monotonic(), 0
    try:
        async for chunk in response.content.iter_chunked(CHUNK):
            came += len(chunk)
            _check_rate(came, time.monotonic() - started)
            for piece in unpacker.feed(chunk):
                body += piece
        unpacker.end()
    except FetchError as error:
        if not (cut and error.trouble == "too_large"):
            raise
    return bytes(body)


def _check_rate(came: int, seconds: float) -> None:
    if seconds > GRACE and came < SLOWEST * seconds:
        raise FetchError(f"only {came:,} bytes in {seconds:.0f} s", trouble="timeout")


async def _beginning(response: aiohttp.ClientResponse, headers: Mapping[str, str]) -> bytes:
    """The beginning of an error's body, as far as it can be had; nothing hangs on it but the name of a wall."""
    body = bytearray()
    try:
        unpacker = Unpacker(headers.get("content-encoding", ""), TOLD)
        async with asyncio.timeout(GRACE):
            async for chunk in response.content.iter_chunked(CHUNK):
                for piece in unpacker.feed(chunk):
                    body += piece
    except (FetchError, aiohttp.ClientError, OSError):
        pass
    return bytes(body)


def told(error: Exception, seconds: float) -> tuple[Trouble, str]:
    """What an error of the connection or of HTTP means, and how to say it."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        temporary = error.os_error.errno in TEMPORARY
        words = "its name could not be looked up just now" if temporary else "there is no such host"
        return ("dns_temporary" if temporary else "dns"), f"{words} ({error.os_error.strerror or error.os_error})"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError | aiohttp.ClientConnectorCertificateError):
        return "tls", f"no connection that can be trusted: {_words(error)}"
    if isinstance(error, TimeoutError):
        return "timeout", _words(error) if str(error) else f"no whole answer within {seconds:.0f} s"
    return _told_of_http(error)


def _told_of_http(error: Exception) -> tuple[Trouble, str]:
    causes = (error, error.__cause__)
    if any(isinstance(cause, LineTooLong) for cause in causes) or "Too many headers" in str(error):
        return "too_large", f"over {MAX_HEADERS:,} headers, or one over {MAX_HEADER:,} bytes"
    if any(isinstance(cause, BadHttpMessage) for cause in causes) or isinstance(error, aiohttp.ClientPayloadError):
        return "protocol", f"not HTTP as it should be: {_words(error)}"
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return "url", f"not a URL that can be asked: {_words(error)}"
    if isinstance(error, OSError | aiohttp.ClientConnectionError | aiohttp.ClientHttpProxyError):
        return "connect", f"no connection, or one that broke: {_words(error)}"
    return "protocol", f"not HTTP as it should be: {_words(error)}"


def _words(error: Exception) -> str:
    """An error in one printable line."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy answered {error.status} {shown(error.message)}"
    return shown(str(error)) or type(error).__name__
