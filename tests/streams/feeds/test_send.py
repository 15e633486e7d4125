"""One pass over files and URLs, and how a person names feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import FeedError, FetchError
from streams.feeds.book import feed_id
from streams.feeds.send import entries
from streams.feeds.sources import is_url, named
from streams.web.fetch import Fetcher
from streams.web.hosts import Hosts
from streams.web.types import Web
from tests.support.newsstand import Newsstand

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
<item><guid>nothing to read</guid></item>
</channel></rss>"""

OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="World">
<outline type="rss" text="Wire" xmlUrl="https://wire.example/rss"/>
<outline type="rss" text="Bad" xmlUrl="gopher://wire.example/"/>
</outline><outline type="rss" text="Other" xmlUrl="https://other.example/rss"/></body></opml>"""


async def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    async with Fetcher() as fetcher:
        articles, problems = await entries(fetcher, str(path), 10_000)
    assert [article.headline for article in articles] == ["Bank & rates", "Only a summary"]
    assert articles[0].body.split("\n\n") == ["First paragraph.", "Second paragraph."]
    assert {article.feed for article in articles} == {str(path)}
    assert all(article.fetched_at for article in articles)
    assert len(problems) == 1


async def test_what_is_none_or_too_large(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    async with Fetcher() as fetcher:
        for bad, largest in ((str(tmp_path / "none.xml"), 10_000), ("gopher://x/", 10_000), (str(path), 100)):
            with pytest.raises(FeedError):
                await entries(fetcher, bad, largest)
        with pytest.raises(FetchError):
            await entries(fetcher, "http://127.0.0.1:9/", 10_000)


async def test_over_http_with_the_loopback_allowed() -> None:
    web = Web(allow=("127.0.0.0/8",))
    async with Newsstand() as stand, Fetcher(web, hosts=Hosts(2, 0.0)) as fetcher:
        url = stand.stand("/a", one="First.")
        articles, problems = await entries(fetcher, url, 10_000)
    assert ([article.guid for article in articles], problems, articles[0].feed) == (["one"], (), url)


def test_urls_and_files_name_feeds_and_bad_lines_cost_only_themselves(tmp_path: Path) -> None:
    lines, opml = tmp_path / "feeds.txt", tmp_path / "feeds.opml"
    lines.write_text("# ours\n\nhttps://wire.example/rss\nnot a url\nhttps://third.example/rss a comment\nhttps://\n")
    opml.write_bytes(OPML)
    found = named((str(opml), str(lines), "HTTPS://fourth.example/rss"))
    urls = {config.url for config in found.feeds.values()}
    assert {url.partition("//")[2] for url in urls} == {
        "wire.example/rss", "other.example/rss", "third.example/rss", "fourth.example/rss",
    }  # fmt: skip
    assert found.feeds[feed_id("https://wire.example/rss")].labels == ["World"]
    assert found.feeds[feed_id("https://wire.example/rss")].title == "Wire"
    assert len(found.problems) == 3
    assert any("feeds.txt line 4" in problem and "not" in problem for problem in found.problems)
    assert any("gopher" in problem for problem in found.problems)


def test_a_file_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="neither a file nor"):
        named((str(tmp_path / "none.opml"),))


@pytest.mark.parametrize(
    ("source", "meant"), [("http://x", True), ("HTTPS://x", True), ("ftp://x", False), ("x", False)]
)
def test_what_is_meant_as_a_url(source: str, *, meant: bool) -> None:
    assert is_url(source) == meant
