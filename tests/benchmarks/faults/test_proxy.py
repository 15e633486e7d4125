"""The proxy: what passes while it is open, cut, silent and slow."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from benchmarks.faults.proxy import HOST, Proxy

SOON = 0.3


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1024):
        writer.write(data)
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    server = await asyncio.start_server(_echo, HOST, 0)
    async with server, Proxy(delay=SOON) as one:
        one.target = (HOST, server.sockets[0].getsockname()[1])
        yield one


@contextlib.asynccontextmanager
async def client(proxy: Proxy) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def test_what_is_sent_comes_back(proxy: Proxy) -> None:
    async with client(proxy) as (reader, writer):
        writer.write(b"hello")
        assert await reader.readexactly(5) == b"hello"


async def test_a_cut_ends_connections_and_refuses_new_ones_until_it_heals(proxy: Proxy) -> None:
    port = proxy.port
    async with client(proxy) as (reader, writer):
        writer.write(b"a")
        await reader.readexactly(1)
        await proxy.set("cut")
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        with pytest.raises(OSError, match=r"refused|Connect"):
            await asyncio.open_connection(HOST, port)
    await proxy.set("open")
    assert proxy.port == port
    await test_what_is_sent_comes_back(proxy)


async def test_in_silence_nothing_passes_and_all_of_it_when_it_heals(proxy: Proxy) -> None:
    async with client(proxy) as (reader, writer):
        writer.write(b"a")
        await reader.readexactly(1)
        await proxy.set("silent")
        writer.write(b"bc")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.readexactly(1), SOON)
        await proxy.set("open")
        assert await asyncio.wait_for(reader.readexactly(2), 5) == b"bc"


async def test_a_slow_one_holds_every_piece_up(proxy: Proxy) -> None:
    async with client(proxy) as (reader, writer):
        await proxy.set("slow")
        began = time.monotonic()
        writer.write(b"a")
        await reader.readexactly(1)
        assert time.monotonic() - began > 1.9 * SOON  # there and back
