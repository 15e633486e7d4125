"""The feeds that a page names as its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.feed.links import MOST, feed_links

HERE = "https://news.example/world/index.html"


def head(*links: str) -> bytes:
    return f"<html><head>{''.join(links)}</head><body></body></html>".encode()


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', "https://news.example/rss.xml"),
        ("<LINK TYPE=application/atom+xml REL=Alternate HREF=atom>", "https://news.example/world/atom"),
        ('<link rel="alternate feed" type="application/feed+json" href="//cdn.example/f.json">', "https://cdn.example/f.json"),
        ('<link rel=alternate type="application/rss+xml; charset=utf-8" href="?a=1&amp;b=2">', f"{HERE}?a=1&b=2"),
        ('<base href="https://other.example/x/"><link rel=alternate type=text/xml href=r>', "https://other.example/x/r"),
        ('<a href="/feeds/all.rss">RSS</a>', "https://news.example/feeds/all.rss"),
        ('<a href="https://news.example/feed/?lang=en">RSS</a>', "https://news.example/feed/?lang=en"),
    ],
)  # fmt: skip
def test_a_feed_is_found(link: str, found: str) -> None:
    assert feed_links(head(link), HERE) == (found,)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/xml" href="/style.xml">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[broken/">',
        '<a href="/feedback/">tell us</a>',
        '<a href="/articles/rss-is-back">an article</a>',
    ],
)
def test_what_is_no_feed_is_not(link: str) -> None:
    assert feed_links(head(link), HERE) == ()


def test_links_that_a_page_names_go_before_those_that_look_like_it() -> None:
    page = head('<a href="/guess.rss">x</a>', '<link rel=alternate type=application/rss+xml href="/named">')
    assert feed_links(page, HERE) == ("https://news.example/named",)


def test_no_feed_is_told_twice_and_no_thousand_of_them() -> None:
    one = '<link rel=alternate type=application/rss+xml href="/{}">'
    assert feed_links(head(one.format(1), one.format(1)), HERE) == ("https://news.example/1",)
    assert len(feed_links(head(*(one.format(number) for number in range(1_000))), HERE)) == MOST


@given(st.binary(max_size=2_000))
def test_any_bytes_can_be_looked_at(page: bytes) -> None:
    assert all(link.startswith(("http://", "https://")) for link in feed_links(page, HERE))
