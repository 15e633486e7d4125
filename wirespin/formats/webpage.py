"""A web page as an article: its text, headline, author and time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import trafilatura

from schemas.article import MAX_FIELD, Article
from schemas.errors import FeedError

_PUBLISHED = re.compile(
    rb"[\"'](?:article:published_time|datePublished)[\"']\s*(?:content\s*=|:)\s*[\"']([0-9TZ:.+ -]{10,40})[\"']"
)


def page_article(html: bytes, headers: Mapping[str, str], url: str, entry: Article, received: datetime) -> Article:
    """The article that a page holds.

    Args:
        html: the page, decompressed.
        headers: of its answer, by lower-case name.
        url: where it stands.
        entry: what is known of it; its fields stand where the page has none.
        received: when it was fetched.

    Raises:
        FeedError: no text was found.
    """
    found: Any = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    text = "" if found is None else (found.text or "").strip()
    if not text:
        raise FeedError("no article text was found in the page", where=url)
    date = _PUBLISHED.search(html)
    given = date[1].decode("ascii") if date else found.date
    fields = {
        "headline": (found.title or entry.headline)[:MAX_FIELD],
        "body": "\n\n".join(line for line in text.split("\n") if line.strip()),
        "byline": (found.author or "")[:MAX_FIELD] or entry.byline,
        "publisher": (found.sitename or "")[:MAX_FIELD] or entry.publisher,
        "published_at": given,
        "raw_date": given,
        "date_source": "page" if given else None,
    }
    return Article.from_data({**entry.model_dump(exclude_none=True), **fields}, where=url)
