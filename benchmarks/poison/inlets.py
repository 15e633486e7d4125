"""One input through what reads strangers' documents: feeds, pages, lists of feeds, agencies' files, dates."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from benchmarks.poison.target import SLOWEST, Wrong
from schemas.article import Article
from schemas.errors import InputError
from wirespin.dates import CLOCK_SLACK, EARLIEST, published
from wirespin.feed.opml import read_opml
from wirespin.feed.page import page_article
from wirespin.feed.parse import parse_feed
from wirespin.feed.seen import decide
from wirespin.formats.read import articles

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://wire.example/feed"
SUMMARY = Article(url="https://wire.example/1", headline="Ice closes port", body="The port was closed.")


def feed(data: bytes) -> None:
    """Read a feed, twice: nothing of the second reading may be new."""
    with suppress(InputError):
        read = parse_feed(data, {}, URL, NOON)
        first = decide({}, read, NOON)
        for entry in first.new:
            _travels(entry.article)
        if again := decide(first.remember, read, NOON).new:
            raise Wrong(f"new at its second reading: {again[0].key!r}")


def page(data: bytes) -> None:
    """Read the page of an article."""
    with suppress(InputError):
        _travels(page_article(data, {}, "https://wire.example/1", SUMMARY, NOON))


def file(data: bytes) -> None:
    """Read a file of whatever format."""
    with suppress(InputError):
        for found in articles(io.BufferedReader(io.BytesIO(data)), "fuzz"):
            if isinstance(found, Article):
                _travels(found)


def outlines(data: bytes) -> None:
    """Read a list of feeds."""
    with suppress(InputError):
        read_opml(data)


def date(data: bytes) -> None:
    """Judge a date: whatever is believed lies in the time of newswires."""
    found = published(data.decode("utf-8", "replace"), NOON)
    if found.time is not None and not EARLIEST <= found.time <= NOON + CLOCK_SLACK:
        raise Wrong(f"believed: {found}")


INLETS: tuple[Callable[[bytes], None], ...] = (feed, page, file, outlines, date)


def inlet(data: bytes) -> None:
    """Give an input to one of them, chosen by its first byte.

    Raises:
        Wrong: something came of it that must not, or too late; any other error is a crash.
    """
    began = time.process_time()
    INLETS[data[0] % len(INLETS) if data else 0](data[1:])
    if (taken := time.process_time() - began) > SLOWEST:
        raise Wrong(f"{len(data):,} bytes took {taken:.1f} s")


def _travels(article: Article) -> None:
    """An article that was read is one that ingest can read."""
    Article.from_bytes(article.to_bytes())
