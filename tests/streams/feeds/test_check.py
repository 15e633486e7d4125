"""Finding out all about a feed, from a server that misbehaves in every way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from streams.feeds.check import check
from streams.feeds.facts import Facts
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.robots import Robots
from streams.web.types import Web
from tests.support.hostile import Asked, Handler, Hostile, answer, head, raw

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Example Wire</title><language>en-gb</language><link>https://wire.example/</link><ttl>60</ttl>
<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://wire.example/rss"/>
<item><title>Zürich first</title><link>{page}</link><guid isPermaLink="false">g-1</guid>
<pubDate>Sun, 22 Nov 2026 08:00:00 +0100</pubDate><description>Short.</description></item>
<item><title>Second</title><link>https://wire.example/2</link><guid isPermaLink="false">g-2</guid>
<pubDate>2016/6/29 15:07:41</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>
<item><title>Third</title><link>https://wire.example/3</link><guid isPermaLink="false">g-2</guid>
<description>Another.</description></item>
</channel></rss>"""

TEXT = "".join(
    f"<p>Paragraph {number} tells what the minister said of the bank in a sentence.</p>" for number in range(20)
)


@pytest.fixture
async def server() -> AsyncIterator[Hostile]:
    async with Hostile() as running:
        yield running


async def asked(server: Hostile, source: str, total: float = 5.0) -> Facts:
    web = Web(allow=(server.address,), total=total, connect=1, largest=1_000_000)
    async with Fetcher(web, hosts=Hosts(99, 0)) as fetcher:
        return await check(source, fetcher, Robots(fetcher), lambda: NOW)


def rss(server: Hostile) -> bytes:
    return RSS.format(page=server.url("/page"), text=TEXT).encode()


def conditional(body: bytes, etag: str) -> Handler:
    """A server as it should be: 304 to who has its ETag."""

    async def handler(request: Asked, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == etag
        headers = [f"ETag: {etag}", "Content-Type: application/rss+xml; charset=utf-8", "Cache-Control: max-age=900"]
        if known:
            writer.write(head("304 Not Modified", headers))
        else:
            writer.write(head("200 OK", [*headers, f"Content-Length: {len(body)}"]) + body)

    return handler


async def test_a_feed_that_works(server: Hostile) -> None:
    server.routes["/rss"] = conditional(rss(server), '"abc"')
    facts = await asked(server, server.url("/rss"))
    assert facts.refusal is None
    assert facts.answer
    assert (facts.answer.hops, facts.answer.status, facts.answer.permanent) == ((server.url("/rss"),), 200, None)
    assert (facts.answer.etag, facts.answer.fresh_for, facts.answer.cache_control) == ('"abc"', 900.0, "max-age=900")
    assert facts.again == "not_modified"
    assert facts.body
    assert (facts.body.kind, facts.body.by_header, facts.body.real) == ("xml", "utf-8", "utf-8")
    assert facts.feed
    assert (facts.feed.kind, facts.feed.title, facts.feed.language) == ("rss", "Example Wire", "en-gb")
    assert (facts.feed.every, facts.feed.hub, facts.feed.self_url) == (
        3_600,
        "https://hub.example/",
        "https://wire.example/rss",
    )
    assert facts.feed.shared == {"g-2": 2}


async def test_its_entries_are_looked_at_one_by_one(server: Hostile) -> None:
    server.routes["/rss"] = conditional(rss(server), '"abc"')
    facts = await asked(server, server.url("/rss"))
    assert facts.feed
    first, second, third = facts.feed.entries
    assert (first.name, first.guid, first.full, first.date) == ("Zürich first", "g-1", False, "published_at")
    assert first.time == datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    assert (second.full, second.raw_date) == (True, "2016/6/29 15:07:41")
    assert third.date == "missing"
    assert facts.first
    assert (facts.first["headline"], facts.first["feed"]) == ("Zürich first", server.url("/rss"))
    assert facts.first["fetched_at"] == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(("rules", "allowed"), [(b"", True), (b"User-agent: *\nDisallow: /", False)])
async def test_robots_are_asked_for_the_page_of_an_entry_with_a_summary(
    server: Hostile, rules: bytes, allowed: bool
) -> None:
    server.routes |= {"/rss": answer(rss(server)), "/robots.txt": answer(rules)}
    facts = await asked(server, server.url("/rss"))
    assert (facts.page, facts.robots) == (server.url("/page"), allowed)
    assert server.url("/page") not in server.paths()


async def test_every_hop_is_told(server: Hostile) -> None:
    server.routes |= {
        "/a": answer(status="301 Moved", headers=["Location: /b"]),
        "/b": answer(status="302 Found", headers=["Location: /rss"]),
        "/rss": answer(rss(server)),
    }
    facts = await asked(server, server.url("/a"))
    assert facts.answer
    assert facts.answer.hops == (server.url("/a"), server.url("/b"), server.url("/rss"))
    assert facts.answer.permanent == server.url("/b")


async def test_hops_are_told_of_a_way_that_leads_nowhere(server: Hostile) -> None:
    server.routes |= {
        "/a": answer(status="302 Found", headers=["Location: /b"]),
        "/b": answer(status="302 Found", headers=["Location: /a"]),
    }
    facts = await asked(server, server.url("/a"))
    assert facts.refusal
    assert facts.refusal.trouble == "redirects"
    assert facts.refusal.hops == (server.url("/a"), server.url("/b"))


async def test_validators_that_are_not_listened_to(server: Hostile) -> None:
    server.routes["/rss"] = answer(rss(server), headers=["Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT"])
    assert (await asked(server, server.url("/rss"))).again == "same"
    assert len([path for path in server.paths() if path == "/rss"]) == 2


async def test_a_server_without_validators_is_asked_once(server: Hostile) -> None:
    server.routes["/rss"] = answer(rss(server))
    assert (await asked(server, server.url("/rss"))).again == "not_asked"
    assert server.paths().count("/rss") == 1


async def test_a_document_that_differs_each_time(server: Hostile) -> None:
    async def clock(_: Asked, writer: asyncio.StreamWriter) -> None:
        body = rss(server) + f"<!-- {len(server.asked)} -->".encode()
        writer.write(head("200 OK", ['ETag: "x"', f"Content-Length: {len(body)}"]) + body)

    server.routes["/rss"] = clock
    assert (await asked(server, server.url("/rss"))).again == "changed"


async def test_a_server_that_fails_the_second_time(server: Hostile) -> None:
    async def once(_: Asked, writer: asyncio.StreamWriter) -> None:
        fails = len(server.asked) > 1
        body = b"" if fails else rss(server)
        status = "503 Busy" if fails else "200 OK"
        writer.write(head(status, ['ETag: "x"', f"Content-Length: {len(body)}"]) + body)

    server.routes["/rss"] = once
    assert (await asked(server, server.url("/rss"))).again == "failed"


async def test_a_page_names_its_feed(server: Hostile) -> None:
    page = b'<!doctype html><title>News</title><link rel=alternate type="application/rss+xml" href="/rss.xml">'
    server.routes["/"] = answer(page, headers=["Content-Type: text/html"])
    facts = await asked(server, server.url("/"))
    assert facts.feed is None
    assert facts.not_feed
    assert "HTML page" in facts.not_feed
    assert facts.body
    assert facts.body.links == (server.url("/rss.xml"),)


@pytest.mark.parametrize(
    ("handler", "trouble"),
    [
        (answer(b"no", "404 Not Found"), "status"),
        (answer(b"no", "410 Gone"), "gone"),
        (answer(b"no", "503 Busy", ["Retry-After: 120"]), "status"),
        (answer(b"<html>", "403 Forbidden", ["cf-mitigated: challenge", "Content-Type: text/html"]), "bot_wall"),
        (raw(b"\x00\x01\x02"), "protocol"),
        (raw(head("200 OK", ["Content-Length: 2000000"]), *[b"x" * 100_000] * 20), "too_large"),
        (raw(head("200 OK", ["Content-Length: 50"]), b"<rss>", every=9.0), "timeout"),
        (answer(status="302 Found", headers=["Location: http://10.0.0.1/"]), "address"),
    ],
)
async def test_what_cannot_be_had_is_told(server: Hostile, handler: Handler, trouble: str) -> None:
    server.routes["/rss"] = handler
    facts = await asked(server, server.url("/rss"), total=1.0)
    assert facts.refusal
    assert facts.refusal.trouble == trouble
    assert facts.body is None


@pytest.mark.parametrize("source", ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[::1]/", "http://0x7f.1/"])
async def test_no_address_of_this_network_is_asked(server: Hostile, source: str) -> None:
    facts = await asked(server, source)
    assert facts.refusal
    assert facts.refusal.trouble == "address"


async def test_a_file_is_read_and_nothing_asked(server: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS.format(page="https://wire.example/1", text=TEXT).encode())
    async with Fetcher(Web()) as fetcher:
        facts = await check(str(path), fetcher, Robots(fetcher), lambda: NOW)
    assert facts.answer is None
    assert facts.feed
    assert len(facts.feed.entries) == 3
    assert facts.robots is None


@pytest.mark.parametrize("name", ["missing.xml", "."])
async def test_a_file_that_is_none(tmp_path: Path, name: str) -> None:
    async with Fetcher(Web()) as fetcher:
        facts = await check(str(tmp_path / name), fetcher, Robots(fetcher))
    assert facts.refusal
    assert facts.refusal.trouble is None
