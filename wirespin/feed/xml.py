"""RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, CDF: read by feedparser.

It is handed a stream of bytes, since it opens what is not a stream as a path or URL, and never a date: it reads
2016/6/29 as a day of the current month, and counts of seconds as years.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from schemas.errors import FeedError
from wirespin.feed.names import DATES, GUID_LINK, GUID_ONLY, MOST_AUTHORS, written
from wirespin.feed.pace import asked_interval
from wirespin.feed.raw import RawEntry, RawFeed, RawText
from wirespin.feed.screen import TEXT_OF_MEDIA, Screened
from wirespin.feed.urls import absolute, is_web

_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_TROUBLES = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
"""What feedparser raises on documents that it does not expect."""


def read_xml(page: Screened, headers: Mapping[str, str], url: str) -> RawFeed:
    """The entries of a screened feed.

    Args:
        page: the feed, well-formed.
        headers: of the response, names in lower case.
        url: of the feed, against which relative links are resolved.

    Raises:
        FeedError: the parser knows no such feed.
    """
    # the names that feedparser looks for; the text is UTF-8 now, whatever the server said
    known = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    known |= {name: headers[name] for name in ("content-language",) if name in headers}
    try:
        parsed = feedparser.parse(
            io.BytesIO(page.text.encode()), response_headers=known, sanitize_html=False, resolve_relative_uris=False
        )
    except _TROUBLES as error:
        raise FeedError(f"cannot be parsed: {type(error).__name__}: {error}", where=url) from error
    if page.root != "channel" and not parsed.get("version"):
        raise FeedError(f"begins like a feed (<{page.root}>), but is of no known version", where=url)
    return _feed(parsed, page, url)


def _feed(parsed: Any, page: Screened, url: str) -> RawFeed:
    feed = parsed.feed
    links = [link for link in feed.get("links") or [] if isinstance(link, dict)]
    whole_type = page.root != "feed"
    authors = tuple(_authors(feed))
    return RawFeed(
        entries=tuple(_entry(entry, whole_type, authors) for entry in parsed.entries),
        title=_string(feed.get("title")),
        home=absolute(url, _string(feed.get("link"))),
        language=_string(feed.get("language")),
        every=asked_interval(feed.get("ttl"), feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")),
        hub=absolute(url, _rel(links, "hub")),
        self_url=absolute(url, _rel(links, "self")),
        problems=tuple(page.problems),
        authors=authors,
    )


def _entry(entry: Any, rss: bool, feed_authors: tuple[str, ...]) -> RawEntry:
    date, date_source = _date(entry)
    source = dict.get(entry, "source") or {}
    permalink = _string(dict.get(entry, GUID_LINK))
    guid = permalink or _string(dict.get(entry, GUID_ONLY)) or _string(dict.get(entry, "id"))
    authors = tuple(_authors(entry))
    return RawEntry(
        guid=guid,
        link=_link(entry, permalink),
        title=_title(entry),
        texts=tuple(_texts(entry, rss)),
        date=date,
        date_source=date_source,
        authors=authors or (() if rss else tuple(_authors(source)) or feed_authors),
        language=_language(entry),
        publisher=_string(source.get("title")) if isinstance(source, dict) else None,
        credit=_credit(entry),
    )


def _link(entry: Any, permalink: str | None) -> str | None:
    """The article's own link, which FeedBurner keeps beside the one that counts clicks; or a guid that is one."""
    links = [link for link in dict.get(entry, "links") or [] if isinstance(link, dict)]
    found = (dict.get(entry, "feedburner_origlink"), dict.get(entry, "link"), _rel(links, "alternate"))
    stated = next(filter(None, map(_string, found)), None)
    return stated or (permalink if permalink and is_web(permalink) else None)


def _rel(links: list[dict[str, Any]], rel: str) -> str | None:
    return next((link["href"] for link in links if link.get("rel") == rel and _string(link.get("href"))), None)


def _title(entry: Any) -> RawText:
    detail = dict.get(entry, "title_detail") or {}
    return RawText(_string(dict.get(entry, "title")) or "", detail.get("type") in _MARKUP)


def _texts(entry: Any, rss: bool) -> Iterator[RawText]:
    """The texts; in RSS, what feedparser calls content in plain text is a second description."""
    summary = _string(dict.get(entry, "summary")) or ""
    for part in dict.get(entry, "content") or []:
        kind = part.get("type") or "text/plain"
        if (part.get("value") or "").strip() == summary:
            summary = ""  # the parser's copy
        if kind.startswith("text/") or kind.endswith("xml"):
            yield RawText(part.get("value") or "", rss or kind in _MARKUP, whole=kind in _MARKUP or not rss)
    detail = dict.get(entry, "summary_detail") or {}
    yield RawText(summary, rss or detail.get("type") in _MARKUP)
    yield RawText(_string(dict.get(entry, TEXT_OF_MEDIA)) or "")


def _date(entry: Any) -> tuple[str | None, str | None]:
    """The date's own words and the element they stand in; one of publication before one of change."""
    for name, shown in DATES.items():
        if value := _string(dict.get(entry, written(name))):
            return value, shown
    for name in ("published", "updated", "created"):  # under a prefix of the feed's own making
        if value := _string(dict.get(entry, name)):
            return value, name
    return None, None


def _authors(thing: Any) -> Iterator[str]:
    for number in range(MOST_AUTHORS):
        if value := _string(dict.get(thing, f"by_{number}")):
            yield value


def _language(entry: Any) -> str | None:
    """What ``xml:lang`` says of the headline or the text, or the entry's ``dc:language``."""
    for name in ("title_detail", "summary_detail"):
        if value := _string((dict.get(entry, name) or {}).get("language")):
            return value
    return _string(dict.get(entry, "language"))


def _credit(entry: Any) -> str | None:
    """``dc:source`` where it is a name; some feeds put a URL into it."""
    value = _string(dict.get(entry, "dc_source"))
    return value if value and "://" not in value else None


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
