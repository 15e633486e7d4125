"""Content encodings: right, broken, truncated, lying, nested, and bombs."""

from __future__ import annotations

import contextlib
import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import FetchError
from streams.web.fetch import Fetcher
from streams.web.unpack import MEMBERS, Unpacker
from tests.support.hostile import Hostile, answer, chunk, head, raw

TEXT = (
    b"<rss><channel>" + b"".join(b"<item><title>News %d</title></item>" % n for n in range(3000)) + b"</channel></rss>"
)


def deflate_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACK: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd,
}


async def refused(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    return caught.value


def serve(server: Hostile, encoding: str, body: bytes) -> str:
    server.routes["/"] = answer(body, headers=[f"Content-Encoding: {encoding}"])
    return server.url("/")


@pytest.mark.parametrize("encoding", PACK)
async def test_what_is_packed_is_unpacked(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    assert (await fetcher.get(serve(server, encoding, PACK[encoding](TEXT)))).body == TEXT


async def test_deflate_as_many_servers_read_it(server: Hostile, fetcher: Fetcher) -> None:
    assert (await fetcher.get(serve(server, "deflate", deflate_raw(TEXT)))).body == TEXT


async def test_two_layers(server: Hostile, fetcher: Fetcher) -> None:
    packed = gzip.compress(brotli.compress(TEXT))
    assert (await fetcher.get(serve(server, "br, gzip", packed))).body == TEXT
    server.routes["/"] = answer(packed, headers=["Content-Encoding: br", "Content-Encoding: gzip"])
    assert (await fetcher.get(server.url("/"))).body == TEXT


async def test_three_layers_are_no_feed(server: Hostile, fetcher: Fetcher) -> None:
    packed = gzip.compress(gzip.compress(gzip.compress(TEXT)))
    error = await refused(fetcher, serve(server, "gzip, gzip, gzip", packed))
    assert error.trouble == "encoding"
    assert "3 times" in str(error)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
async def test_one_byte_at_a_time(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    packed = PACK[encoding](b"<rss/>" * 20)
    start = head(headers=[f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked"])
    server.routes["/"] = raw(start, *[chunk(packed[i : i + 1]) for i in range(len(packed))], b"0\r\n\r\n")
    assert (await fetcher.get(server.url("/"))).body == b"<rss/>" * 20


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate"])
async def test_what_breaks_off(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    packed = PACK[encoding](TEXT)
    for length in (1, len(packed) // 2, len(packed) - 1):
        error = await refused(fetcher, serve(server, encoding, packed[:length]))
        assert error.trouble == "encoding"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("body", [b"<?xml version='1.0'?><rss/>", b"\xff" * 100, b"\0" * 100])
async def test_what_is_not_packed_as_it_says(server: Hostile, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    assert (await refused(fetcher, serve(server, encoding, body))).trouble == "encoding"


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
async def test_what_is_broken_in_the_middle(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    packed = bytearray(PACK[encoding](TEXT))
    packed[len(packed) // 2 :] = b"\xaa" * (len(packed) // 2)
    assert (await refused(fetcher, serve(server, encoding, bytes(packed)))).trouble == "encoding"


async def test_a_wrong_checksum(server: Hostile, fetcher: Fetcher) -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-8] ^= 1
    assert (await refused(fetcher, serve(server, "gzip", bytes(packed)))).trouble == "encoding"


@pytest.mark.parametrize("encoding", ["compress", "lzma", "aes128gcm", "utf-8", "gzip;q=1", "x" * 500])
async def test_encodings_that_nobody_asked_for(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    error = await refused(fetcher, serve(server, encoding, TEXT))
    assert error.trouble == "encoding"
    assert len(str(error)) < 200


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "", ",", "identity"])
async def test_nothing_needs_no_unpacking(server: Hostile, fetcher: Fetcher, encoding: str) -> None:
    assert (await fetcher.get(serve(server, encoding, b""))).body == b""


async def test_several_gzip_files_in_one_and_zeros_behind(server: Hostile, fetcher: Fetcher) -> None:
    body = gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:]) + b"\0" * 512
    assert (await fetcher.get(serve(server, "gzip", body))).body == TEXT


async def test_several_zstd_frames(server: Hostile, fetcher: Fetcher) -> None:
    assert (await fetcher.get(serve(server, "zstd", zstd(TEXT[:5000]) + zstd(TEXT[5000:])))).body == TEXT


async def test_a_gzip_file_in_place_of_a_feed(server: Hostile, fetcher: Fetcher) -> None:
    """sitemap.xml.gz, as it lies on the disk."""
    server.routes["/"] = answer(gzip.compress(TEXT), headers=["Content-Type: application/gzip"])
    assert (await fetcher.get(server.url("/"))).body == TEXT
    assert (await fetcher.get(server.url("/"), accept="page")).body == gzip.compress(TEXT)
    server.routes["/"] = answer(gzip.compress(bytes(2_000_000)))
    assert (await refused(fetcher, server.url("/"))).trouble == "too_large"
    server.routes["/"] = answer(gzip.compress(TEXT)[:-20])
    assert (await refused(fetcher, server.url("/"))).trouble == "encoding"


async def test_a_window_larger_than_http_allows(server: Hostile, fetcher: Fetcher) -> None:
    large = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packed = zstandard.ZstdCompressor(compression_params=large).compressobj().compress(b"x" * 500_000)
    packer = zstandard.ZstdCompressor(compression_params=large).compressobj()
    packed = packer.compress(b"x" * 500_000) + packer.flush()
    assert (await refused(fetcher, serve(server, "zstd", packed))).trouble == "encoding"


ZEROS = bytes(1 << 20)


def bomb(encoding: str) -> bytes:
    """64 MiB of zeros, packed."""
    data = ZEROS * 64
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=1).compress(data)
    if encoding == "br":
        return bytes(brotli.compress(data, quality=1))
    if encoding == "gzip, gzip":
        return gzip.compress(gzip.compress(data, 9), 9)
    return gzip.compress(data, 1) if encoding == "gzip" else zlib.compress(data, 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_bombs_unpack_to_the_cap_and_no_further(encoding: str) -> None:
    packed = bomb(encoding)
    assert len(packed) < 400_000
    tracemalloc.start()
    pieces: list[bytes] = []
    started = time.process_time()
    with pytest.raises(FetchError) as caught:
        pieces.extend(Unpacker(encoding, 1_000_000).feed(packed))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (caught.value.trouble, sum(map(len, pieces))) == ("too_large", 1_000_000)
    assert peak < 6_000_000
    assert time.process_time() - started < 2


def test_a_bomb_in_the_inner_layer_counts_too() -> None:
    """The outer layer gives little to the reader, because the inner one is refused for its own size."""
    packed = gzip.compress(gzip.compress(ZEROS * 64, 0), 1)  # inner: 64 MiB as they are
    with pytest.raises(FetchError, match="over 1,000,000 bytes"):
        list(Unpacker("gzip, gzip", 1_000_000).feed(packed))


def test_a_body_of_nothing_but_gzip_files() -> None:
    packed = gzip.compress(b"") * 50_000
    started = time.process_time()
    with pytest.raises(FetchError, match=f"over {MEMBERS:,} gzip files"):
        list(Unpacker("gzip", 15_000_000).feed(packed))
    assert time.process_time() - started < 5


@given(
    st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "zstd, deflate"]),
    st.binary(max_size=5000) | st.integers(0, 900_000).map(bytes),
    st.integers(1, 70_000),
)
def test_however_it_is_cut_up_it_unpacks_to_the_same(encoding: str, data: bytes, size: int) -> None:
    packed = data
    for name in encoding.split(", "):
        packed = PACK[name](packed)
    unpacker = Unpacker(encoding, 1_000_000)
    pieces = [piece for start in range(0, len(packed), size) for piece in unpacker.feed(packed[start : start + size])]
    unpacker.end()
    assert b"".join(pieces) == data


@given(st.sampled_from(["gzip", "deflate", "br", "zstd"]), st.lists(st.binary(max_size=200), max_size=5))
def test_no_bytes_break_the_unpacker(encoding: str, pieces: list[bytes]) -> None:
    unpacker = Unpacker(encoding, 100_000)
    with contextlib.suppress(FetchError):
        for piece in pieces:
            assert sum(map(len, unpacker.feed(piece))) <= 100_000
        unpacker.end()
