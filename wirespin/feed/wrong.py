"""What a document is that should have been a feed."""

from __future__ import annotations

import html
import re

from schemas.errors import FeedError
from wirespin.feed.urls import absolute

HEAD = 65_536
"""Characters in which a page's title and links are looked for."""

_WALLS = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|cf-chl|challenge-platform|_incapsula_resource|"
    r"px-captcha|datadome|ddos-guard|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|"
    r"unusual traffic|enable javascript and cookies|pardon our interruption|access denied",
    re.IGNORECASE,
)
"""What walls against bots say on their pages."""

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{0,2000})>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b", re.IGNORECASE)


def no_feed(text: str, root: str, where: str) -> FeedError:
    """The error that names what was found instead of a feed.

    Args:
        text: the document.
        root: local name of its first element, empty where there is none.
        where: its URL.
    """
    head = text[:HEAD]
    if root == "opml":
        return FeedError("a list of feeds (OPML), not a feed", where=where, remedy="import it as a list")
    if root == "html" or _PAGE.search(head):
        return _page(head, where)
    if root in {"newsml", "newsmessage", "newsitem", "packageitem", "nitf"}:
        return FeedError(f"an agency's <{root}>, not a feed", where=where, remedy="use wirespin ingest")
    if root:
        return FeedError(f"XML, but no feed: it begins with <{root[:40]}>", where=where)
    return FeedError(f"not a feed but text: {' '.join(head[:80].split())!r}", where=where)


def is_wall(text: str) -> bool:
    """Whether a text is what walls against bots say."""
    return _WALLS.search(text) is not None


def _page(head: str, where: str) -> FeedError:
    title = _TITLE.search(head)
    name = f" ({' '.join(html.unescape(title[1]).split())[:80]!r})" if title and title[1].strip() else ""
    if is_wall(head[:4_096]) or (title and is_wall(title[1])):
        return FeedError(f"a wall against bots, not a feed{name}", where=where, remedy="ask the outlet for access")
    if link := _announced(head, where):
        return FeedError(f"an HTML page, not a feed{name}", where=where, remedy=f"it names this feed: {link}")
    return FeedError(f"an HTML page, not a feed{name}", where=where, remedy="look for the site's feed")


def _announced(head: str, where: str) -> str | None:
    """The feed that a page names (RFC 8288, rel=alternate)."""
    for tag in _LINK.finditer(head):
        href = _HREF.search(tag[1]) if _FEED_TYPE.search(tag[1]) else None
        if href:
            return absolute(where, html.unescape(href[1] or href[2] or href[3] or ""))
    return None
