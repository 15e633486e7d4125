"""Servers that mean harm, or do it: no answer, too much of it, too slow, or nothing of HTTP; all within bounds."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import random
import shutil
import ssl
import subprocess
import time
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.errors import FetchError
from streams.web import exchange
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.types import Ask, Web
from tests.support.hostile import Asked, Handler, Hostile, answer, chunk, endless, head, moved, raw, reset, silent

CHUNKED = ["Transfer-Encoding: chunked"]
MEGABYTE = bytes(1 << 20)


async def refused(fetcher: Fetcher, url: str, within: float = 10) -> FetchError:
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    assert time.monotonic() - started < within
    return caught.value


@pytest.fixture
async def hurried(server: Hostile) -> AsyncIterator[Fetcher]:
    """A fetcher that waits a second and no longer."""
    web = Web(allow=(server.address,), total=1, connect=0.5, largest=1_000_000)
    async with Fetcher(web, hosts=Hosts(at_once=99, spacing=0)) as running:
        yield running


# too large


@pytest.mark.parametrize("length", [1_000_001, 10**15, 2**63 - 1])
async def test_what_announces_itself_as_too_large_is_not_waited_for(
    server: Hostile, fetcher: Fetcher, length: int
) -> None:
    server.routes["/"] = endless(head(headers=[f"Content-Length: {length}"]), b"", 0.1)
    error = await refused(fetcher, server.url("/"))
    assert error.trouble == "too_large"


async def test_the_cap_to_the_byte(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(bytes(1_000_000))
    assert (await fetcher.get(server.url("/"))).body == bytes(1_000_000)
    assert (await fetcher.get(server.url("/"), largest=1_000_000)).body
    with pytest.raises(FetchError, match="over 999,999 bytes"):
        await fetcher.get(server.url("/"), largest=999_999)


async def test_what_may_be_cut_is_cut(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = endless(head(headers=CHUNKED), chunk(b"x" * 1000))
    assert (await fetcher.ask(Ask(server.url("/"), largest=5_500, cut=True))).body == b"x" * 5_500


@pytest.mark.parametrize("start", [head(headers=CHUNKED), head()], ids=["chunked", "until it closes"])
async def test_a_body_without_end(server: Hostile, fetcher: Fetcher, start: bytes) -> None:
    server.routes["/"] = endless(start, chunk(b"x" * 60_000))
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"


async def test_a_compressed_body_without_end(server: Hostile, fetcher: Fetcher) -> None:
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    server.routes["/"] = endless(head(headers=["Content-Encoding: gzip"]) + start, again)
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"


async def test_an_empty_compressed_stream_without_end(server: Hostile, hurried: Fetcher) -> None:
    """Flushes only: nothing ever comes out, so it is the time that ends it, or the bytes that came in."""
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"x") + packer.flush(zlib.Z_FULL_FLUSH)
    server.routes["/"] = endless(head(headers=["Content-Encoding: gzip"]) + start, b"\0\0\0\xff\xff" * 1000)
    assert (await refused(hurried, server.url("/"))).trouble in {"too_large", "timeout"}


# headers


async def test_a_thousand_headers(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=[f"X-{number}: {number}" for number in range(990)])
    assert len((await fetcher.get(server.url("/"))).headers) == 991


async def test_more_than_a_thousand(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=[f"X-{number}: {number}" for number in range(1001)])
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"


async def test_headers_without_end(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: " + b"x" * 1000 + b"\r\n")
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"


async def test_a_long_header_of_a_careful_server(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=["Content-Security-Policy: " + "a " * 7_000])
    assert (await fetcher.get(server.url("/"))).body == b"<rss/>"


@pytest.mark.parametrize("length", [20_000, 5_000_000])
@pytest.mark.parametrize("start", ["X-Long: ", "", "Location: /"])
async def test_a_header_that_is_too_long(server: Hostile, fetcher: Fetcher, start: str, length: int) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=[f"{start}{'x' * length}"])
    assert (await refused(fetcher, server.url("/"))).trouble in {"too_large", "protocol"}


async def test_headers_that_are_too_long_together(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = answer(b"<rss/>", headers=[f"X-{number}: {'x' * 10_000}" for number in range(30)])
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"


async def test_a_status_line_without_end(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = endless(b"HTTP/1.1 200 ", b"O" * 10_000)
    assert (await refused(fetcher, server.url("/"))).trouble in {"too_large", "protocol"}


# too slow


@pytest.mark.parametrize(
    "handler",
    [
        silent,
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.1),
        endless(b"HTTP/1.1 200 ", b"O", 0.1),
        endless(head(headers=["Content-Length: 1000"]), b"x", 0.1),
        endless(head(headers=CHUNKED), chunk(b"x"), 0.1),
        endless(head(headers=CHUNKED) + b"1;ext=", b"x", 0.1),
        endless(head(), b"x", 0.1),
        endless(head("404 Not Found"), b"x", 0.1),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 0.01),
        endless(head(headers=[*CHUNKED, "Content-Encoding: gzip"]), chunk(b"\x1f"), 0.1),
    ],
    ids=["silent", "headers", "status line", "length", "chunks", "chunk extension", "until it closes", "error", "100",
         "103", "gzip"],
)  # fmt: skip
async def test_slow_lorises(server: Hostile, hurried: Fetcher, handler: Handler) -> None:
    server.routes["/"] = handler
    error = await refused(hurried, server.url("/"))
    assert error.trouble in {"timeout", "encoding"}


async def test_chunk_trailers_without_end(server: Hostile, hurried: Fetcher) -> None:
    server.routes["/"] = endless(head(headers=CHUNKED) + b"0\r\n", b"X: " + b"y" * 10_000 + b"\r\n")
    assert (await refused(hurried, server.url("/"))).trouble in {"timeout", "too_large", "protocol"}


async def test_a_body_that_dribbles_is_given_up_before_the_time_is(
    server: Hostile, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "GRACE", 0.5)
    server.routes["/"] = endless(head(headers=["Content-Length: 100000"]), b"x", 0.05)
    error = await refused(fetcher, server.url("/"))
    assert error.trouble == "timeout"
    assert "bytes in" in str(error)


async def test_a_redirect_has_what_is_left_of_the_time(server: Hostile, hurried: Fetcher) -> None:
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        writer.write(head("302 Found", [f"Location: {asked.path}x", "Content-Length: 0"]))

    server.routes["*"] = slow
    assert (await refused(hurried, server.url("/"))).trouble == "timeout"
    assert len(server.asked) == 3


async def test_a_time_of_ones_own(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = silent
    started = time.monotonic()
    with pytest.raises(FetchError, match="within 0 s"):
        await fetcher.get(server.url("/"), timeout=0.3)
    assert time.monotonic() - started < 10


async def test_who_gives_up_leaves_no_connection(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = endless(head(headers=CHUNKED), chunk(b"x" * 10_000), 0.01)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(fetcher.get(server.url("/")), 0.3)
    for _ in range(100):
        if not server.open:
            break
        await asyncio.sleep(0.02)
    assert server.open == 0


# not HTTP


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0\1\2\3garbage\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"220 mail.example ESMTP\r\n",
        b"-ERR unknown command\r\n",
        b"<rss version='2.0'></rss>",  # HTTP/0.9
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss/>",  # too long: the rest never comes
        b"HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n<rss/>\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n<rss/>\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n",  # no last chunk
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n<rss/>\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n<rss/>",
    ],
)
async def test_what_is_not_http(server: Hostile, fetcher: Fetcher, sent: bytes) -> None:
    server.routes["/"] = raw(sent)
    error = await refused(fetcher, server.url("/"))
    assert error.trouble in {"protocol", "connect"}
    assert str(error).isprintable()


async def test_no_answer_breaks_the_fetcher(server: Hostile, hurried: Fetcher) -> None:
    """Good answers with a few bytes changed, each the same in every run."""
    dice = random.Random(6)
    packed = gzip.compress(b"<rss/>" * 50)
    moved_on = ["Location: /x", "Content-Length: 0", "Retry-After: 5", "Expires: 0"]
    good = [
        head("301 Moved", moved_on),
        head(headers=["Content-Encoding: gzip", f"Content-Length: {len(packed)}", "ETag: W/x"]) + packed,
        head(headers=[*CHUNKED, "Cache-Control: max-age=5"]) + chunk(b"<rss/>") * 3 + b"0\r\n\r\n",
    ]
    for _ in range(300):
        sent = bytearray(dice.choice(good))
        for _ in range(dice.randint(1, 6)):
            sent[dice.randrange(len(sent))] = dice.choice(b"\0\r\n \t:;,=-0193axX\x7f\x80\xff")
        server.routes["*"] = raw(bytes(sent))
        with contextlib.suppress(FetchError):
            assert (await hurried.get(server.url("/"))).status == 200


async def test_a_length_that_is_too_short_gives_what_it_says(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(head(headers=["Content-Length: 3"]), b"<rss/>", every=0.05)
    assert (await fetcher.get(server.url("/"))).body == b"<rs"


async def test_a_body_until_the_connection_ends(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(b"HTTP/1.0 200 OK\r\n\r\n", b"<rss>", b"</rss>")
    assert (await fetcher.get(server.url("/"))).body == b"<rss></rss>"


async def test_hints_before_the_answer(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", head(headers=["Content-Length: 1"]), b"x"
    )
    assert (await fetcher.get(server.url("/"))).body == b"x"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: ", head(headers=["Content-Length: 99"]) + b"<rss"])
async def test_connections_that_are_reset(server: Hostile, fetcher: Fetcher, start: bytes) -> None:
    server.routes["/"] = reset(start)
    assert (await refused(fetcher, server.url("/"))).trouble in {"connect", "protocol"}


async def test_two_answers_where_one_was_asked(server: Hostile, fetcher: Fetcher) -> None:
    one = head(headers=["Content-Length: 1"])
    server.routes["/"] = raw(one + b"x", one + b"y", every=0.05)
    assert (await fetcher.get(server.url("/"))).body == b"x"
    assert (await fetcher.get(server.url("/"))).body == b"x"
    assert len(server.asked) == 2


async def test_a_switch_to_another_protocol(server: Hostile, fetcher: Fetcher) -> None:
    server.routes["/"] = raw(head("101 Switching Protocols", ["Upgrade: h2c", "Connection: Upgrade"]) + b"\0" * 50)
    assert (await refused(fetcher, server.url("/"))).trouble in {"status", "protocol"}


# TLS


async def test_tls_to_a_plain_port(server: Hostile, fetcher: Fetcher) -> None:
    server.hello = head("400 The plain HTTP request was sent to HTTPS port", ["Connection: close"])
    assert (await refused(fetcher, f"https://{server.address}/")).trouble == "tls"


async def test_a_tls_handshake_that_never_ends(server: Hostile, hurried: Fetcher) -> None:
    assert (await refused(hurried, f"https://{server.address}/")).trouble == "timeout"


@pytest.fixture
async def secure(tmp_path: Path) -> AsyncIterator[tuple[Hostile, Path]]:
    """A server with TLS, and its certificate, which nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("makes its certificate with openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    kind = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    command = f"openssl req -x509 {kind} -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1".split()
    command += ["-keyout", str(key), "-out", str(certificate)]
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with Hostile({"/": answer(b"<rss/>")}, tls=context) as running:
        yield running, certificate


async def test_a_certificate_that_nobody_vouches_for(secure: tuple[Hostile, Path]) -> None:
    server, _ = secure
    async with Fetcher(Web(allow=(server.address,)), hosts=Hosts(spacing=0)) as fetcher:
        assert (await refused(fetcher, server.url("/"))).trouble == "tls"
    assert server.asked == []


@pytest.mark.parametrize(("start", "permanent"), [("http", "/secure"), ("https", None)])
async def test_a_way_from_https_to_http_is_noted_and_not_for_good(
    server: Hostile, secure: tuple[Hostile, Path], monkeypatch: pytest.MonkeyPatch, start: str, permanent: str | None
) -> None:
    safe, certificate = secure
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", ssl.create_default_context(cafile=certificate))
    server.routes |= {"/": moved(safe.url("/secure"), "301 Moved"), "/plain": answer(b"plain")}
    safe.routes |= {"/": moved(server.url("/plain"), "301 Moved"), "/secure": answer(b"secure")}
    async with Fetcher(Web(allow=(server.address, safe.address)), hosts=Hosts(spacing=0)) as fetcher:
        found = await fetcher.get((server if start == "http" else safe).url("/"))
    assert found.downgraded is (start == "https")
    assert found.permanent == (permanent and safe.url(permanent))
    assert found.body == (b"plain" if found.downgraded else b"secure")
