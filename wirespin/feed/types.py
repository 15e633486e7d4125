"""What is read out of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.article import Article

FeedKind = Literal["rss", "atom", "rdf", "cdf", "json", "sitemap"]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    Attributes:
        key: its identity in this feed, the same at every fetch: made of the guid, the link or the content.
        digest: of what makes a version (headline, text, dates, byline, credit); equal digests are the same version.
        article: the entry as a producer hands it in.
        full: whether the feed says that the body is the whole text, not a summary.
    """

    key: str
    digest: str
    article: Article
    full: bool


@dataclass(frozen=True)
class ParsedFeed:
    """A feed document.

    Attributes:
        kind: the format.
        title: the feed's own name.
        home: URL of the site that it is a feed of.
        language: BCP 47 tag that the feed states for all its entries.
        entries: in the document's order.
        problems: what was wrong with it and was passed over, in words for a person.
        every: seconds between fetches that the feed asks for, clamped; None where it asks for nothing usable.
        hub: URL of its WebSub hub.
        self_url: the URL that it calls its own.
    """

    kind: FeedKind
    title: str | None
    home: str | None
    language: str | None
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    every: float | None
    hub: str | None
    self_url: str | None
