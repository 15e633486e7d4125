"""A feed document, of whatever format, to entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from schemas.errors import FeedError
from wirespin.feed.encoding import decoded
from wirespin.feed.entry import entries_of
from wirespin.feed.jsonfeed import read_json
from wirespin.feed.names import ROOTS
from wirespin.feed.raw import RawFeed
from wirespin.feed.screen import screened
from wirespin.feed.sitemap import ROOTS as SITEMAPS
from wirespin.feed.sitemap import read_sitemap
from wirespin.feed.types import FeedKind, ParsedFeed
from wirespin.feed.wrong import no_feed
from wirespin.feed.xml import read_xml

_FIRST = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]", re.ASCII)
_BEFORE = re.compile(r"(?s:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^<>\[]*>|[^<]+)", re.IGNORECASE)


def parse_feed(data: bytes, headers: Mapping[str, str], url: str, received: datetime) -> ParsedFeed:
    """Read a feed: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed or a Google News sitemap.

    The time it takes is bounded: entries, tags, and the length of fields are read up to limits that feeds do not
    reach, and `ParsedFeed.problems` says where one was.

    Args:
        data: the body, decompressed.
        headers: of the response, names in lower case.
        url: that the document came from; relative links are resolved against it.
        received: when it was fetched.

    Raises:
        FeedError: it is no feed; the message names what it is instead.
    """
    text, odd = decoded(data, headers, url)
    kind, feed = _read(text, headers, url)
    entries, problems = entries_of(feed, url, received)
    return ParsedFeed(
        kind=kind,
        title=feed.title,
        home=feed.home,
        language=feed.language,
        entries=tuple(entries),
        problems=(*odd, *feed.problems, *problems),
        every=feed.every,
        hub=feed.hub,
        self_url=feed.self_url,
    )


def _read(text: str, headers: Mapping[str, str], url: str) -> tuple[FeedKind, RawFeed]:
    if text[:1] in {"{", "["}:
        return "json", read_json(text, url)
    if first_element(text) in SITEMAPS:
        return "sitemap", read_sitemap(text, url)
    page = screened(text, url)
    kind = ROOTS.get(page.root)
    if kind is None:
        raise no_feed(text, page.root, url)
    feed = read_xml(page, headers, url)
    if not feed.entries and any("cut off" in problem for problem in page.problems):
        raise FeedError("cut off before its first entry", where=url, remedy="fetch it again")
    return kind, feed


def first_element(text: str) -> str:
    """Local name of the first element, in lower case; empty where none is found at the beginning."""
    at = 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    first = _FIRST.match(text, at)
    return first[1].lower() if first else ""
