"""Bombs: a gigabyte out of a megabyte, and streams without end; what they cost in memory and time.

The figures of memory are of a process of its own: what a fetch leaves in this one says little.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.support.hostile import Handler, Hostile, answer, chunk, endless, head

CHUNKED = ["Transfer-Encoding: chunked"]
MEGABYTE = bytes(1 << 20)

CHILD = """
import asyncio, json, sys, time
from schemas.errors import FetchError
from streams.web.fetch import Fetcher
from streams.web.types import Web
from streams.web.hosts import Hosts

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

async def main(address, total):
    async with Fetcher(Web(allow=(address,), total=total), hosts=Hosts(spacing=0)) as fetcher:
        await fetcher.get(f"http://{address}/small")
        before, started, cpu = peak(), time.monotonic(), time.process_time()
        try:
            await fetcher.get(f"http://{address}/bomb")
            trouble = None
        except FetchError as error:
            trouble = error.trouble
        took, cpu = time.monotonic() - started, time.process_time() - cpu
        print(json.dumps({"trouble": trouble, "bytes": peak() - before, "seconds": took, "cpu": cpu}))

asyncio.run(main(sys.argv[1], float(sys.argv[2])))
"""


def gigabyte() -> bytes:
    """1 GiB of zeros in gzip: the same block a thousand times, as it would come out of gzip itself."""
    packer = zlib.compressobj(9, wbits=31)
    start = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(1024):
        crc = zlib.crc32(MEGABYTE, crc)
    end = b"\x03\x00" + crc.to_bytes(4, "little") + (1 << 30).to_bytes(4, "little")
    return start + again * 1023 + end


def gigabyte_of_gzip() -> Handler:
    return answer(gigabyte(), headers=["Content-Encoding: gzip"])


def gigabyte_twice_packed() -> Handler:
    return answer(gzip.compress(gigabyte(), 9), headers=["Content-Encoding: gzip, gzip"])


def gigabyte_of_brotli() -> Handler:
    packer = brotli.Compressor(quality=1)
    packed = b"".join([packer.process(MEGABYTE) for _ in range(1024)]) + packer.finish()
    return answer(packed, headers=["Content-Encoding: br"])


def gigabyte_of_zstd() -> Handler:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    packed = b"".join([packer.compress(MEGABYTE) for _ in range(1024)]) + packer.flush()
    return answer(packed, headers=["Content-Encoding: zstd"])


def test_the_gigabyte_is_one() -> None:
    unpacker, size = zlib.decompressobj(31), 0
    data = gigabyte()
    assert len(data) < 1_100_000
    while not unpacker.eof:
        size += len(unpacker.decompress(data, 1 << 24))
        data = unpacker.unconsumed_tail
    assert size == 1 << 30


BOMBS = {
    "gzip": gigabyte_of_gzip,
    "br": gigabyte_of_brotli,
    "zstd": gigabyte_of_zstd,
    "gzip, gzip": gigabyte_twice_packed,
    "endless": lambda: endless(head(headers=CHUNKED), chunk(b"x" * 60_000)),
    "tiny chunks": lambda: endless(head(headers=CHUNKED), chunk(b"x") * 10_000),
    "headers": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 16_000 + b"\r\n"),
}


@pytest.mark.parametrize("kind", BOMBS)
async def test_bombs_in_a_process_of_its_own(server: Hostile, kind: str) -> None:
    """The default cap of 15 MiB: three times as much memory at most, and a few seconds of work.

    Chunks of one byte are another matter: each of them is work, so there it is the time that ends it.
    """
    total = 4 if kind == "tiny chunks" else 20
    server.routes |= {"/small": answer(b"<rss/>"), "/bomb": await asyncio.to_thread(BOMBS[kind])}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, server.address, str(total), stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    out, _ = await child.communicate()
    found = json.loads(out)
    print(f"bomb {kind}: {found}")  # noqa: T201 - the figures, with -s
    assert found["trouble"] in ({"too_large", "timeout"} if kind == "tiny chunks" else {"too_large"})
    assert found["bytes"] < 48 * 1024 * 1024
    assert found["seconds"] < total + 10
    assert found["cpu"] < (total if kind == "tiny chunks" else 5)
