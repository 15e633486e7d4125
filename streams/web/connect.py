"""Connections that lead nowhere but where the guard has looked.

aiohttp asks the resolver for names only, and a literal address never passes it; so the socket is guarded too, where
each address is at last connected to (as Miniflux does in Go's Dialer.Control). A name is looked up once per
connection, and the connection is made to the very addresses that were checked: a second look-up, in which the name
could lead elsewhere, does not happen.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from streams.web.guard import Guard

LOOKUPS = 32
"""Names looked up at once. A dead name server holds a thread for half a minute, and asyncio's own pool has six."""

ADDRESSES = 8
"""Addresses tried of one name; some answer with hundreds."""

TEMPORARY = frozenset({socket.EAI_AGAIN, socket.EAI_SYSTEM, socket.EAI_MEMORY})
"""What getaddrinfo says where asking again may help; the others mean that there is no such name."""


class SystemResolver(AbstractResolver):
    """The operating system's look-ups, in threads of their own."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a name.

        Raises:
            OSError: there are none (socket.gaierror).
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._pool, _look_up, host, port, family)
        return [_result(host, port, kind, address) for kind, address in dict.fromkeys(found)]

    async def close(self) -> None:
        """Let the threads go; those that wait for a name server end by themselves."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: int) -> list[tuple[int, str]]:
    found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [(kind, str(address[0])) for kind, _, _, _, address in found]


def _result(host: str, port: int, family: int, address: str) -> ResolveResult:
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": flags}


class GuardedResolver(AbstractResolver):
    """Look-ups that give public addresses only.

    Args:
        guard: judge of addresses.
        inner: what looks names up.
    """

    def __init__(self, guard: Guard, inner: AbstractResolver) -> None:
        self._guard, self._inner = guard, inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a name that may be connected to, at most eight.

        Raises:
            FetchError: "address": there are some, and none may be.
            OSError: there are none.
        """
        found = await self._inner.resolve(host, port, family)
        fit = [one for one in found if self._guard.refusal(ip_address(one["host"]), port, host) is None]
        if found and not fit:
            self._guard.address(ip_address(found[0]["host"]), port, host=host, where=host)
        if not fit:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return [_named(one, host) for one in fit[:ADDRESSES]]

    async def close(self) -> None:
        """Close what looks names up."""
        await self._inner.close()


class _Named(str):
    """An address with the name it was found under: a name may be allowed where its address alone is not.

    It travels to the socket inside aiohttp; should it ever arrive there as a mere string, what it would have allowed
    is refused.
    """

    name: str

    __slots__ = ("name",)


def _named(one: ResolveResult, name: str) -> ResolveResult:
    address = _Named(one["host"])
    address.name = name
    return {**one, "host": address}


def connector(guard: Guard | None, inner: AbstractResolver) -> aiohttp.TCPConnector:
    """What a session connects by.

    Every answer has a connection of its own: polls are minutes apart, and a kept connection that the server has
    closed meanwhile is a failure that means nothing.

    Args:
        guard: judge of addresses; None where only a trusted proxy is connected to.
        inner: what looks names up.
    """

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, (address, port, *_) = info
        if guard is not None:
            guard.address(ip_address(str(address)), port, host=getattr(address, "name", ""))
        return socket.socket(family, kind, protocol)

    return aiohttp.TCPConnector(
        limit=0,  # who asks how much at once is the scheduler's affair
        force_close=True,
        use_dns_cache=False,
        resolver=inner if guard is None else GuardedResolver(guard, inner),
        socket_factory=make,
    )
