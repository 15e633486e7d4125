"""Where connections lead: names that resolve inwards, names that change their mind, literals, proxies."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from schemas.errors import FetchError
from streams.web.connect import ADDRESSES, GuardedResolver, SystemResolver, connector
from streams.web.fetch import Fetcher
from streams.web.guard import Guard
from streams.web.hosts import Hosts
from streams.web.types import Web
from tests.support.hostile import Hostile, answer, head, moved, raw

Told = Callable[[int], list[str]]


class Names(AbstractResolver):
    """Look-ups told by the test: what the n-th one of a name gives."""

    def __init__(self, told: Told) -> None:
        self.told, self.asked = told, 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = self.told(self.asked)
        self.asked += 1
        return [
            {
                "hostname": host,
                "host": one,
                "port": port,
                "family": socket.AF_INET6 if ipaddress.ip_address(one).version == 6 else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for one in found
        ]

    async def close(self) -> None:
        pass


def asking(told: Told, *allow: str) -> Fetcher:
    web = Web(allow=allow, total=5, connect=2)
    return Fetcher(web, hosts=Hosts(at_once=9, spacing=0), resolver=Names(told))


async def refused(fetcher: Fetcher, url: str) -> FetchError:
    async with fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(url)
    return caught.value


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fd00::1", "::ffff:127.0.0.1"],
)
async def test_a_name_that_leads_inwards(server: Hostile, address: str) -> None:
    server.routes["*"] = answer(b"secret")
    error = await refused(asking(lambda _: [address]), f"http://feeds.example:{server.port}/")
    assert error.trouble == "address"
    assert "feeds.example" in str(error)
    assert server.asked == []


async def test_addresses_that_lead_inwards_are_left_out_of_several() -> None:
    names = Names(lambda _: ["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"])
    found = await GuardedResolver(Guard(), names).resolve("mixed.example", 80)
    assert [one["host"] for one in found] == ["8.8.8.8", "2606:4700::1111"]


async def test_a_name_that_flips_is_looked_up_once_per_connection(server: Hostile) -> None:
    """Public at the check, private at the connection: there is one look-up, and it is the checked one."""
    names = Names(lambda turn: ["127.0.0.1"] if turn else ["192.0.0.8"])
    allowed = Guard(["192.0.0.8"])  # stands for a public address that nothing listens on
    fit = await GuardedResolver(allowed, names).resolve("flip.example", server.port)
    assert [one["host"] for one in fit] == ["192.0.0.8"]
    with pytest.raises(FetchError, match=r"127\.0\.0\.1, loopback"):
        await GuardedResolver(allowed, names).resolve("flip.example", server.port)


async def test_a_name_that_flips_between_the_hops(server: Hostile) -> None:
    """The first look-up passes, the one for the redirect leads elsewhere on this machine."""
    server.routes["/a"] = moved(f"http://flip.example:{server.port}/secret")
    server.routes["/secret"] = answer(b"secret")
    flips = asking(lambda turn: ["127.0.0.2"] if turn else ["127.0.0.1"], server.address)
    error = await refused(flips, f"http://flip.example:{server.port}/a")
    assert error.trouble == "address"
    assert server.paths() == ["/a"]


async def test_the_very_address_that_was_checked_is_connected_to(server: Hostile) -> None:
    server.routes["/"] = answer(b"<rss/>")
    names = Names(lambda _: ["127.0.0.1"])
    web = Web(allow=(server.address,), total=5, connect=2)
    async with Fetcher(web, hosts=Hosts(spacing=0), resolver=names) as fetcher:
        found = await fetcher.get(f"http://feeds.example:{server.port}/")
    assert (found.body, names.asked) == (b"<rss/>", 1)
    assert server.asked[0].headers["host"] == f"feeds.example:{server.port}"


async def test_a_name_on_the_list_may_lead_inwards_and_only_that_name(server: Hostile) -> None:
    server.routes["/"] = answer(b"<rss/>")
    entry = f"feeds.corp.local:{server.port}"
    async with asking(lambda _: ["127.0.0.1"], entry) as fetcher:
        assert (await fetcher.get(f"http://feeds.corp.local:{server.port}/")).body == b"<rss/>"
        for other in (f"http://other.example:{server.port}/", server.url("/")):
            with pytest.raises(FetchError) as caught:
                await fetcher.get(other)
            assert caught.value.trouble == "address"


async def test_a_literal_that_slipped_past_the_url_is_stopped_at_the_socket(server: Hostile) -> None:
    """aiohttp sends literals past the resolver; the socket is the last that looks."""
    import aiohttp

    async with aiohttp.ClientSession(connector=connector(Guard(), SystemResolver())) as http:
        with pytest.raises(FetchError, match="loopback"):
            await http.get(server.url("/"))
    assert server.asked == []


async def test_of_many_addresses_a_few_are_tried() -> None:
    names = Names(lambda _: [f"8.8.{one // 256}.{one % 256}" for one in range(2000)])
    assert len(await GuardedResolver(Guard(), names).resolve("many.example", 80)) == ADDRESSES


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(socket.EAI_NONAME, "dns"), (socket.EAI_NODATA, "dns"), (socket.EAI_AGAIN, "dns_temporary")],
)
async def test_names_that_cannot_be_looked_up(code: int, trouble: str) -> None:
    def told(_: int) -> list[str]:
        raise socket.gaierror(code, "told by the test")

    assert (await refused(asking(told), "http://gone.example/")).trouble == trouble


async def test_a_name_without_addresses() -> None:
    assert (await refused(asking(lambda _: []), "http://empty.example/")).trouble == "dns"


async def test_a_name_server_that_says_nothing(server: Hostile) -> None:
    class Slow(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
        ) -> list[ResolveResult]:
            await asyncio.sleep(60)
            return await super().resolve(host, port, family)

    fetcher = Fetcher(Web(connect=0.2), hosts=Hosts(spacing=0), resolver=Slow(lambda _: ["8.8.8.8"]))
    assert (await refused(fetcher, "http://slow.example/")).trouble == "timeout"


async def test_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        error = await refused(asking(lambda _: [], address), f"http://{address}/")
    assert error.trouble == "connect"


async def test_the_systems_own_look_up() -> None:
    resolver = SystemResolver()
    found = await resolver.resolve("localhost", 80, socket.AF_INET)
    assert [one["host"] for one in found] == ["127.0.0.1"]
    await resolver.close()


async def test_a_proxy_is_trusted_with_names_but_not_with_literals(server: Hostile) -> None:
    server.routes["http://feeds.example/rss"] = answer(b"<rss/>")
    server.routes["http://feeds.example/in"] = moved("http://10.0.0.1/")
    web = Web(proxy=server.url(""), total=5, connect=2)
    async with Fetcher(web, hosts=Hosts(spacing=0)) as fetcher:
        assert (await fetcher.get("http://feeds.example/rss")).body == b"<rss/>"
        for url in ("http://10.0.0.1/", "http://127.1/", "http://localhost/", "http://feeds.example/in"):
            with pytest.raises(FetchError) as caught:
                await fetcher.get(url)
            assert caught.value.trouble == "address"
    assert server.paths() == ["http://feeds.example/rss", "http://feeds.example/in"]


async def test_a_proxy_that_refuses(server: Hostile) -> None:
    server.routes["*"] = raw(head("407 Proxy Authentication Required", ["Content-Length: 0"]))
    web = Web(proxy=server.url("").replace("://", "://user:secret@"), total=5, connect=2)
    async with Fetcher(web, hosts=Hosts(spacing=0)) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get("https://feeds.example/rss")
    assert caught.value.trouble == "connect"
    assert "secret" not in str(caught.value)


async def test_settings_of_the_environment_are_no_proxy(server: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url(""))
    error = await refused(asking(lambda _: []), "http://feeds.example/")
    assert error.trouble == "dns"
    assert server.asked == []
