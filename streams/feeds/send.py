"""One pass over some feeds or files, without any state: what `wirespin feeds send` does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from schemas.article import Article
from streams.feeds.reading import stamped
from streams.feeds.sources import file_bytes, is_url
from streams.web.fetch import Fetcher
from wirespin.feed.parse import parse_feed


async def entries(fetcher: Fetcher, source: str, largest: int) -> tuple[list[Article], tuple[str, ...]]:
    """The articles of a feed, and what was wrong with the entries that are none.

    Args:
        fetcher: asks the web.
        source: path of a file, or an http(s) URL.
        largest: bytes of a file at most.

    Raises:
        FeedError: it cannot be read, or is no feed.
        FetchError: it cannot be had from the web.
    """
    headers: Mapping[str, str] = {}
    if is_url(source):
        fetched = await fetcher.get(source)
        body, headers, url = fetched.body or b"", fetched.headers, fetched.final
    else:
        body, url = await asyncio.to_thread(file_bytes, Path(source), largest), source
    received = datetime.now(UTC)
    parsed = await asyncio.to_thread(parse_feed, body, headers, url, received)
    return [stamped(entry.article, source, received) for entry in parsed.entries], parsed.problems
