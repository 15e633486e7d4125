"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from schemas.errors import FeedError
from wirespin.feed.names import MOST_AUTHORS
from wirespin.feed.raw import RawEntry, RawFeed, RawText
from wirespin.feed.screen import MOST_ENTRIES
from wirespin.feed.urls import absolute

LONGEST_TEXT = 1_000_000
"""Characters of a text that are read."""


def read_json(text: str, url: str) -> RawFeed:
    """The entries of a JSON Feed.

    Raises:
        FeedError: it is no JSON, or not a JSON Feed.
    """
    try:
        data = orjson.loads(text.encode("utf-8", "replace"))
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise FeedError(f"JSON that cannot be read: {error}", where=url, remedy="it may be cut off") from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or not _is_feed(data):
        raise FeedError("JSON, but not a JSON Feed: no version and items", where=url)
    items = [item for item in data["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    authors = tuple(_authors(data))
    return RawFeed(
        entries=tuple(_entry(item, authors, url) for item in items),
        title=_string(data.get("title")),
        home=absolute(url, _string(data.get("home_page_url"))),
        language=_string(data.get("language")),
        hub=_hub(data, url),
        self_url=absolute(url, _string(data.get("feed_url"))),
        problems=tuple(_problems(data["items"], items)),
    )


def _is_feed(data: dict[str, Any]) -> bool:
    version = data.get("version")
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def _problems(all_items: list[Any], items: list[Any]) -> Iterator[str]:
    if len(all_items) > MOST_ENTRIES:
        yield f"has {len(all_items):,} entries; all but {MOST_ENTRIES:,} were left out"
    if wrong := min(len(all_items), MOST_ENTRIES) - len(items):
        yield f"{wrong:,} items are not objects"


def _entry(item: dict[str, Any], feed_authors: tuple[str, ...], url: str) -> RawEntry:
    published, changed = _string(item.get("date_published")), _string(item.get("date_modified"))
    guid = _string(item.get("id"))
    if isinstance(item.get("id"), (int, float)) and not isinstance(item.get("id"), bool):
        guid = str(item["id"])  # version 1.0 let numbers pass
    link = _string(item.get("url")) or _string(item.get("external_url"))
    return RawEntry(
        guid=guid,
        link=absolute(url, link),
        title=RawText(_string(item.get("title")) or "", markup=False),
        texts=(
            RawText((_string(item.get("content_html")) or "")[:LONGEST_TEXT], whole=True),
            RawText((_string(item.get("content_text")) or "")[:LONGEST_TEXT], markup=False, whole=True),
            RawText((_string(item.get("summary")) or "")[:LONGEST_TEXT], markup=False),
        ),
        date=published or changed,
        date_source="date_published" if published else "date_modified",
        authors=tuple(_authors(item)) or feed_authors,
        language=_string(item.get("language")),
    )


def _authors(thing: dict[str, Any]) -> Iterator[str]:
    """Names of 1.1's ``authors``, or of 1.0's ``author``."""
    authors = thing.get("authors")
    for author in (authors if isinstance(authors, list) else [thing.get("author")])[:MOST_AUTHORS]:
        if isinstance(author, dict) and (name := _string(author.get("name"))):
            yield name


def _hub(data: dict[str, Any], url: str) -> str | None:
    hubs = data.get("hubs")
    for hub in hubs if isinstance(hubs, list) else []:
        if isinstance(hub, dict) and str(hub.get("type")).lower() == "websub":
            return absolute(url, _string(hub.get("url")))
    return None


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
