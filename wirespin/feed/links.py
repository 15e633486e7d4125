"""The feeds that a web page names as its own, for a person who gave the page's address in place of the feed's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LOOKED_AT = 1_048_576
"""Bytes of a page in which links are looked for; they stand in its head."""

MOST = 20
"""Links told; weblogs name a feed for every category."""

FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json "
    "application/xml text/xml".split()
)
"""Content types that ``<link rel=alternate>`` names feeds by (RSS Autodiscovery; RFC 4287, 7; JSON Feed 1.1)."""

_FEED_PATH = re.compile(
    r"(?:/(?:rss|feed|feeds|atom)(?:/|$)|\.(?:rss|atom|rdf)$|(?:rss|feed|atom)\.(?:xml|php|json)$)", re.IGNORECASE
)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base: str | None = None
        self.named: list[str] = []
        self.guessed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        href = given.get("href", "")
        if not href:
            return
        if tag == "base" and self.base is None:
            self.base = href
        elif tag == "link" and "alternate" in given.get("rel", "").lower().split():
            if given.get("type", "").lower().partition(";")[0].strip() in FEED_TYPES:
                self.named.append(href)
        elif tag == "a" and _FEED_PATH.search(href.partition("?")[0]):
            self.guessed.append(href)


def feed_links(page: bytes, url: str) -> tuple[str, ...]:
    """URLs of the feeds that a page names in its head; where it names none, of links in it that look like feeds.

    Args:
        page: HTML.
        url: where it stands.
    """
    reader = _Links()
    reader.feed(page[:LOOKED_AT].decode("utf-8", "replace"))
    found = dict.fromkeys(_absolute(reader.named, url, reader.base))
    return tuple(found or dict.fromkeys(_absolute(reader.guessed, url, reader.base)))[:MOST]


def _absolute(links: list[str], url: str, base: str | None) -> Iterator[str]:
    for link in links:
        try:
            full = urljoin(urljoin(url, base or ""), link)
            if urlsplit(full).scheme in {"http", "https"}:
                yield full
        except ValueError:
            continue
