"""Lists of feeds going in and out: OPML with labels as folders, and the list that wirespin brings along."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from streams.feeds.book import Feed
from streams.feeds.sources import Named
from wirespin.feed.opml import OpmlFeed, read_opml, write_opml

STARTER = "starter.opml"
"""Name of the list that wirespin brings along."""


def starter() -> bytes:
    """The list that wirespin brings along: news agencies' public feeds, and world news of large outlets, as OPML."""
    return files("streams.feeds").joinpath(STARTER).read_bytes()


def starter_feeds() -> Named:
    """The feeds of that list."""
    found = Named()
    feeds, found.problems = read_opml(starter())
    for one in feeds:
        found.add(STARTER, one.url, one.title, one.labels)
    return found


def exported(feeds: Iterable[Feed]) -> bytes:
    """Feeds as OPML, by the URLs that they were added by, so that what is imported again is known.

    Whether one is paused, and how it is fetched, is not part of OPML and is left out.
    """
    ordered = sorted(
        feeds, key=lambda feed: ((feed.config.title or feed.state.title or "").casefold(), feed.config.url)
    )
    return write_opml(
        OpmlFeed(feed.config.url, feed.config.title or feed.state.title or "", tuple(feed.config.labels))
        for feed in ordered
    )
