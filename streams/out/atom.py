"""Alerts as an Atom feed (RFC 4287), for any feed reader.

An entry stands for an event's key, not for the event: when a verdict changes, readers replace the entry they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from schemas.events import Event
from streams.out.summary import details, headline, in_short
from wirespin import plain
from wirespin.page.markup import is_web

CONTENT_TYPE = "application/atom+xml; charset=utf-8"

NAMESPACE = "http://www.w3.org/2005/Atom"

DEVICES = "urn:wirespin:device"
"""Scheme of the categories."""

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""What an entry is dated where nobody knows when: an entry needs a date, and one that moves would always be news."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped (XML 1.0, 2.2)."""

_KEPT = "%/:=&?~#+!$,;'@()*[]"
"""Marks of a URL that stand for themselves (RFC 3986); all else that is no letter is percent-encoded."""


def atom(
    entries: Sequence[Event],
    *,
    self_url: str,
    title: str,
    updated: datetime,
    base_url: str | None = None,
    written: Mapping[str, datetime] | None = None,
) -> bytes:
    """The feed, as UTF-8; the same arguments give the same bytes.

    Args:
        entries: events of distinct keys, the newest first.
        self_url: where the feed is served, without any token: it is the feed's identity, too.
        title: of the feed; the place to say what it is filtered by.
        updated: when any of it last changed.
        base_url: of the desk, whose permalinks the entries then lead to; else they lead to the copies.
        written: by event id, when the event was written; its event time counts where it is missing.
    """
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(feed, "id", iri(self_url))
    _text(feed, "title", title)
    _text(feed, "updated", _time(updated))
    _text(SubElement(feed, "author"), "name", "wirespin")
    _text(feed, "generator", "wirespin")
    _link(feed, "self", self_url, type="application/atom+xml")
    if base_url:
        _link(feed, "alternate", base_url, type="text/html")
    for event in entries:
        _entry(feed, event, base_url, (written or {}).get(event.id))
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def entry_id(event: Event) -> str:
    """An entry's identity: the same for all events of a key."""
    return f"urn:wirespin:event:{quote(clean(event.key), safe='')}"


def permalink(base_url: str, event: Event) -> str:
    """Where the desk shows an event."""
    return f"{base_url.rstrip('/')}/alerts/{quote(event.id, safe='', errors='replace')}"


def clean(text: str) -> str:
    """A text as XML may hold it: what it may not becomes U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def iri(url: str) -> str:
    """A URL of which no parser thinks otherwise: in ASCII, what must not stand in it percent-encoded."""
    return quote(clean(url.strip()), safe=_KEPT)


def _entry(feed: Element, event: Event, base_url: str | None, written: datetime | None) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", entry_id(event))
    _text(entry, "title", headline(event), type="text")
    _text(entry, "updated", _time(written or _event_time(event)))
    for rel, url, label in _links(event, base_url):
        _link(entry, rel, url, title=label, type="text/html")
    for device in dict.fromkeys(finding.device for finding in event.framing.devices):
        SubElement(entry, "category", {"term": device, "scheme": DEVICES, "label": plain.device_name(device)})
    _text(entry, "summary", in_short(event), type="text")
    _text(entry, "content", details(event), type="html")


def _links(event: Event, base_url: str | None) -> Iterator[tuple[str, str, str]]:
    """Relation, target and title; no two alternates, which would have to differ in type (RFC 4287, 4.1.2)."""
    if base_url:
        yield "alternate", permalink(base_url, event), "both texts side by side"
    if event.copy_.url and is_web(event.copy_.url):
        yield "related" if base_url else "alternate", event.copy_.url, "the copy"
    if event.original.url and is_web(event.original.url):
        yield "related", event.original.url, "the original"


def _event_time(event: Event) -> datetime:
    try:
        found = datetime.fromisoformat(event.time or "")
    except ValueError:
        return UNDATED
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _time(value: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    try:
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
    except OverflowError:  # the year 1, in a zone to the east
        return _time(UNDATED)


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = clean(text)


def _link(parent: Element, rel: str, url: str, **attributes: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": iri(url), **attributes})
