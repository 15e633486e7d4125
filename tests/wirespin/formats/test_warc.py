"""Web archives: pages found, and records that lie, burst or end too soon passed over one by one."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
import zstandard

from schemas.article import Article
from schemas.errors import FeedError
from tests.wirespin.formats.reading import errors, read
from wirespin.formats.types import Found, LeftOut
from wirespin.formats.warcfile import LARGEST, records

SENTENCE = "The port of Morlenne will stay closed for a week after the storm, the harbour office said on Friday. "


Pack = Callable[..., bytes]


def page(name: str) -> bytes:
    text = "".join(f"<p>Paragraph {number} of {name}. {SENTENCE * 2}</p>" for number in range(4))
    return (
        f"<html><head><title>Port closed {name}</title>"
        f'<meta property="article:published_time" content="2026-11-20T10:00:00+00:00"></head>'
        f"<body><article><h1>Port closed {name}</h1>{text}</article></body></html>"
    ).encode()


def record(
    body: bytes, *headers: str, url: str = "https://lantern.example/a", kind: str = "response", status: str = "200 OK",
    length: int | None = None, content: str = "text/html; charset=utf-8",
) -> bytes:  # fmt: skip
    http = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content}", *headers, "", ""]).encode() + body
    told = len(http) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-20T11:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {told}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\na: b\n\r\n\r\n"


def good(found: list[Found]) -> list[str]:
    return [item.headline for item in found if isinstance(item, Article)]


def packed(*parts: bytes) -> bytes:
    return b"".join(gzip.compress(part) for part in parts)


@pytest.fixture(params=["plain", "gzip"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return packed if request.param == "gzip" else lambda *parts: b"".join(parts)


def test_pages_become_articles(pack: Pack) -> None:
    data = pack(INFO, record(page("one")), record(page("two"), url="https://lantern.example/b"))
    found = read(data)
    article = found[1]
    assert isinstance(article, Article)
    assert (article.url, article.fetched_at) == ("https://lantern.example/a", "2026-11-20T11:00:00Z")
    assert article.published_at is not None
    assert article.published_at.startswith("2026-11-20T10:00:00")
    assert article.body.count("\n\n") >= 3
    assert good(found) == ["Port closed one", "Port closed two"]
    assert isinstance(found[0], LeftOut)


def test_what_is_no_page_is_left_out() -> None:
    parts = [
        record(b"GET / HTTP/1.1\r\n", kind="request"),
        record(page("one"), status="404 Not Found"),
        record(b"\x89PNG", content="image/png"),
        record(b"<html><body></body></html>"),
    ]
    found = read(packed(*parts))
    assert [item.why for item in found if isinstance(item, LeftOut)][1:3] == ["answered 404", "of type image/png"]
    assert [type(item).__name__ for item in found] == ["LeftOut"] * 4


@pytest.mark.parametrize("lie", [3, 10**6, 10**17])
def test_a_lying_length_costs_one_record(pack: Pack, lie: int) -> None:
    data = pack(record(page("one")), record(page("two"), length=lie), record(page("three")))
    found = read(data)
    assert good(found) == ["Port closed one", "Port closed three"]
    assert len(errors(found)) == 1
    assert "doc byte " in errors(found)[0]


def test_a_truncated_member_and_a_damaged_one_cost_one_record_each() -> None:
    whole = [gzip.compress(record(page(name))) for name in ("one", "two", "three", "four")]
    damaged = bytearray(whole[2])
    damaged[200:260] = b"\xff" * 60
    found = read(whole[0] + whole[1][:300] + bytes(damaged) + whole[3] + whole[0][:-40])
    assert good(found) == ["Port closed one", "Port closed four"]
    assert 2 <= len(errors(found)) <= 3
    assert "cut short" in errors(found)[-1]


def bomb(size: int) -> bytes:
    """A member that inflates to so many zeros."""
    head = record(b"", length=size)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    parts = [squeeze.compress(head[: head.index(b"\r\n\r\n") + 4])]
    parts += [squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, squeeze.flush()])


def test_a_bomb_costs_one_record_and_little_memory() -> None:
    data = packed(record(page("one"))) + bomb(128 << 20) + packed(record(page("two")))
    tracemalloc.start()
    try:
        found = list(records(io.BytesIO(data), "doc"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [isinstance(item, FeedError) for item in found] == [False, True, False]
    assert peak < 4 * LARGEST


def test_rubbish_that_looks_like_members_is_passed_over_in_time() -> None:
    rubbish = b"\x1f\x8b\x08" * 300_000
    found = read(packed(record(page("one"))) + rubbish + packed(record(page("two"))))
    assert good(found) == ["Port closed one", "Port closed two"]
    assert len(errors(found)) == 1


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bodies_may_be_compressed_and_bombs_in_them_are_refused(coding: str) -> None:
    presses: dict[str, Any] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=4),
        "zstd": zstandard.ZstdCompressor().compress,
    }
    press = presses[coding]
    header = f"Content-Encoding: {coding}"
    found = read(
        packed(record(press(page("one")), header), record(page("two"), header), record(press(bytes(64 << 20)), header))
    )
    assert good(found) == ["Port closed one", "Port closed two"], "a page may be stored decoded under the old header"
    assert "when decompressed" in errors(found)[0]


def test_chunked_bodies() -> None:
    body = page("one")
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, body[:100], len(body) - 100, body[100:])
    header = "Transfer-Encoding: chunked"
    assert good(read(record(chunked, header) + record(body, header))) == ["Port closed one", "Port closed one"]


class Endless(io.RawIOBase):
    """A stream that makes members for ever, and counts what was taken."""

    def __init__(self, member: bytes, count: int) -> None:
        self._parts: Iterator[bytes] = iter([member] * count)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        out, self._rest = self._rest[:size], self._rest[size:]
        return out


def test_memory_does_not_grow_with_the_archive() -> None:
    member = gzip.compress(record(page("one") * 50), compresslevel=1)
    peaks = []
    for count in (200, 2_000):
        tracemalloc.start()
        assert sum(1 for _ in records(Endless(member, count), "doc")) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
