"""Real records for the reference: what the engine makes of the two seed articles, and of a feed with one entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from agents.records import Record
from agents.rejected import rejection
from schemas.article import Article
from schemas.base import WireRecord
from schemas.errors import InputError
from schemas.feed import FeedConfig, FeedSeen, FeedState
from schemas.push import FeedPush
from schemas.rejection import Rejection
from wirespin.accept import accept
from wirespin.feed.parse import parse_feed
from wirespin.feed.seen import decide
from wirespin.seedfile import parse_seed
from wirespin.story.decide import handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Arrival, Placer

RECEIVED = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""When all of it is taken to arrive, so that the pages are the same at every build."""

WINDOW = 7 * 86_400.0
"""Seconds of event time in which copies are sought: the default."""

FEED_URL = "https://agency.example/rss"
FEED = b"""<rss version="2.0"><channel><title>Agency</title><item><guid>urn:agency:17</guid>
<title>Rates rise</title><description>The bank raised its rate on Sunday.</description></item></channel></rss>"""


def examples(seeds: Path) -> dict[type[WireRecord], WireRecord]:
    """One record of each kind that the engine and the polling of feeds make.

    Args:
        seeds: folder of the two seed articles.

    Raises:
        SeedError: a seed cannot be read.
    """
    made = [*_of_seeds(seeds), *_of_feed(), _refused()]
    return {type(record): record for record in made}


def _of_seeds(seeds: Path) -> Iterable[WireRecord]:
    """The original as it comes, then all that it and its copy lead to."""
    placer, library, comparer = Placer(WINDOW), Library(WINDOW), Comparer()
    articles = [parse_seed(path.read_text(encoding="utf-8"), path.stem) for path in sorted(seeds.glob("*.txt"))]
    yield articles[0]
    for number, article in enumerate(articles):
        accepted = accept(article, RECEIVED)
        yield accepted
        for items in placer.place([Arrival.of(accepted, 0, number)]):
            for item in items:
                yield item
                yield from handle(item, number, library, comparer).events


def _of_feed() -> Iterable[WireRecord]:
    """The records of a feed that was fetched once, and of its subscription."""
    now = RECEIVED.timestamp()
    parsed = parse_feed(FEED, {}, FEED_URL, RECEIVED)
    yield FeedConfig(url=FEED_URL, labels=["agencies"], added=now)
    yield FeedState(interval=21_600.0, due=now + 21_600.0, tried=now, succeeded=now, changed=now, status=200, sent=1)
    yield FeedSeen(entries=decide({}, parsed, RECEIVED).remember)
    yield FeedPush(
        status="active",
        hub="https://hub.example/",
        topic=FEED_URL,
        callback="https://news.example/hooks/…",
        secret="…",  # noqa: S106 (none at all)
        asked=now,
        confirmed=now,
        expires=now + 864_000.0,
    )


def _refused() -> Rejection:
    """An article without anything that names it."""
    value = b'{"headline": "Rates rise"}'
    topic = "wirespin.articles"
    refused = Record(topic, 0, 17, int(RECEIVED.timestamp() * 1_000), None, value)
    try:
        Article.from_bytes(value, where=refused.where)
    except InputError as error:
        told = rejection("ingest", refused, error)
    return Rejection.from_bytes(told.value)
