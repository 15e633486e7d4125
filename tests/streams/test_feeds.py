"""One pass over feeds: RSS and Atom, files and HTTP, good ones and bad."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from schemas.errors import FeedError
from streams import feeds
from streams.feeds import fetch, parse

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example Wire</title><language>en-gb</language><link>https://wire.example/</link>
<item><title>Bank &amp; rates</title><link>/news/1</link><guid isPermaLink="false">g-1</guid>
<pubDate>Sun, 22 Nov 2026 08:00:00 +0100</pubDate><dc:creator>Jane Roe</dc:creator>
<description>Short.</description>
<content:encoded>
<![CDATA[<p>First paragraph.</p><p>Second <b>paragraph</b>.</p>
<script>no()</script>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://wire.example/news/2</link><description>A summary.</description>
<pubDate>2016/6/29 15:07:41</pubDate></item>
<item><description>Nothing names this one.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-16"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title><id>urn:blatt</id>
<entry><id>urn:1</id><title type="html">Z&amp;uuml;rich</title><link href="https://blatt.example/1"/>
<updated>2026-11-22T07:00:00Z</updated><content type="html">&lt;p&gt;Ein Absatz.&lt;/p&gt;</content></entry>
</feed>""".encode("utf-16")


def test_an_rss_feed_with_full_text_summary_and_an_entry_without_a_name() -> None:
    articles, problems = parse(RSS, {}, "https://wire.example/rss")
    first, second = articles
    assert (first.guid, first.url) == ("g-1", "https://wire.example/news/1")
    assert (first.headline, first.publisher, first.byline) == ("Bank & rates", "Example Wire", "Jane Roe")
    assert first.body.split("\n\n") == ["First paragraph.", "Second paragraph."]
    assert first.published_at == first.raw_date == "Sun, 22 Nov 2026 08:00:00 +0100"
    assert (first.date_source, first.language, first.feed) == ("published", "en-gb", "https://wire.example/rss")
    assert second.body == "A summary."
    assert second.published_at == "2016/6/29 15:07:41"  # feedparser makes this a day of the current month
    assert len(problems) == 1
    assert "entry 3" in problems[0]
    assert "none of id, url, guid" in problems[0]


def test_an_atom_feed_in_utf_16() -> None:
    (article,), problems = parse(ATOM, {"Content-Type": "application/atom+xml"}, "feed.xml")
    assert (article.headline, article.body, article.language) == ("Zürich", "Ein Absatz.", "de")
    assert (article.published_at, article.date_source) == ("2026-11-22T07:00:00Z", "updated")
    assert problems == []


@pytest.mark.parametrize("data", [b"", b"<html><body>no feed</body></html>", b"\x00\xff", b"{}"])
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(FeedError, match="here: not a feed"):
        parse(data, {}, "here")


def test_a_feed_that_names_a_file_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(RSS)
    with pytest.raises(FeedError):
        parse(str(secret).encode(), {}, "here")


@pytest.fixture
async def server() -> AsyncIterator[str]:
    async def feed(_: web.Request) -> web.Response:
        return web.Response(body=RSS, content_type="application/rss+xml")

    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("/rss")

    async def large(_: web.Request) -> web.Response:
        response = web.Response(body=b" " * 300_000)
        response.enable_compression()
        return response

    app = web.Application()
    app.add_routes([web.get("/rss", feed), web.get("/moved", moved), web.get("/large", large)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.mark.parametrize("path", ["/rss", "/moved"])
async def test_over_http(server: str, path: str) -> None:
    data, headers = await fetch(server + path)
    assert data == RSS
    assert headers["Content-Type"] == "application/rss+xml"


async def test_a_missing_page_is_told_with_its_status(server: str) -> None:
    with pytest.raises(FeedError, match="/gone: answered 404"):
        await fetch(server + "/gone")


async def test_the_cap_counts_what_was_unpacked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LARGEST", 200_000)
    with pytest.raises(FeedError, match="over 200,000 bytes"):
        await fetch(server + "/large")


async def test_files(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    assert await fetch(str(path)) == (RSS, {})
    for bad in (str(tmp_path / "none.xml"), "gopher://x/", "http://127.0.0.1:9/"):
        with pytest.raises(FeedError):
            await fetch(bad)
