"""One pass over RSS and Atom feeds: the simplest way to feed wirespin.

feedparser gets a stream of bytes and the headers of the response: it opens strings, and even bytes, as paths. Its
dates are not used either (it reads 2016/6/29 as a day of the current month); the feed's own words go to ingest,
which judges them.
"""

from __future__ import annotations

import asyncio
import html
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import feedparser

from schemas.article import MAX_FIELD, Article
from schemas.errors import ArticleError, FeedError
from wirespin.text.html import to_text

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=10)
"""Seconds; what aggregators of 180,000 feeds use."""

LARGEST = 15 * 1024 * 1024
"""Bytes after decompression; the cap of well-known feed readers, against compression bombs."""

USER_AGENT = "wirespin/0.1 (news republication research; one pass, no polling)"
CHUNK = 65_536


async def fetch(source: str) -> tuple[bytes, dict[str, str]]:
    """The bytes of a feed, and its response headers (none for a file).

    Args:
        source: path of a file, or an http(s) URL.

    Raises:
        FeedError: it cannot be read, is too large, or answers with an error.
    """
    if urlsplit(source).scheme.lower() in {"http", "https"}:
        return await _download(source)
    return await asyncio.to_thread(_read, source), {}


def _read(source: str) -> bytes:
    path = Path(source)
    if not path.is_file():
        raise FeedError("neither a file nor an http(s) URL", where=source)
    if path.stat().st_size > LARGEST:
        raise FeedError(f"over {LARGEST:,} bytes", where=source)
    return path.read_bytes()


async def _download(url: str) -> tuple[bytes, dict[str, str]]:
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT, headers={"User-Agent": USER_AGENT}) as session,
            session.get(url) as response,
        ):
            if response.status != 200:
                raise FeedError(f"answered {response.status} {response.reason}", where=url)
            body = bytearray()
            async for chunk in response.content.iter_chunked(CHUNK):
                body += chunk
                if len(body) > LARGEST:
                    raise FeedError(f"over {LARGEST:,} bytes", where=url)
            return bytes(body), dict(response.headers)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise FeedError(f"cannot be fetched: {str(error) or type(error).__name__}", where=url) from error


def parse(data: bytes, headers: Mapping[str, str], source: str) -> tuple[list[Article], list[str]]:
    """Articles of a feed, and what was wrong with the entries that are none.

    Raises:
        FeedError: it is not a feed.
    """
    # feedparser takes the base URL from this header; the name is what it looks for
    known = {name.lower(): value for name, value in headers.items()} | {"content-location": source}
    feed = feedparser.parse(io.BytesIO(data), response_headers=known, sanitize_html=False)
    if not feed.get("version"):
        problem = feed.get("bozo_exception") or "no RSS or Atom in it"
        raise FeedError(f"not a feed: {problem}", where=source)
    articles, problems = [], []
    for number, entry in enumerate(feed.entries, 1):
        try:
            articles.append(
                Article.from_data(dict(_fields(entry, feed.feed, source)), where=f"{source} entry {number}")
            )
        except ArticleError as error:
            problems.append(str(error))
    return articles, problems


def _fields(entry: Any, feed: Any, source: str) -> Iterator[tuple[str, str]]:
    """The fields that an entry fills."""
    raw_date, field = _date(entry)
    found = {
        "url": entry.get("link"),
        "guid": entry.get("id"),
        "publisher": (entry.get("source") or {}).get("title") or feed.get("title"),
        "headline": html.unescape(to_text(entry.get("title") or "")),
        "body": _body(entry),
        "published_at": raw_date,
        "raw_date": raw_date,
        "date_source": field,
        "byline": entry.get("author"),
        "language": _language(entry, feed),
        "feed": source,
    }
    for name, value in found.items():
        if value:
            yield name, value if name == "body" else value[:MAX_FIELD]


def _body(entry: Any) -> str:
    """The longest of the full text (content:encoded) and the summary, as plain text."""
    texts = [part.get("value") or "" for part in entry.get("content") or []]
    return max((to_text(text) for text in [*texts, entry.get("summary") or ""]), key=len)


def _date(entry: Any) -> tuple[str | None, str | None]:
    """The entry's date as it stands in the feed, and the field it stands in."""
    for field in ("published", "updated", "created"):
        if value := entry.get(field):
            return value, field
    return None, None


def _language(entry: Any, feed: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    language = detail.get("language") or feed.get("language")
    return language[:35] if language else None
