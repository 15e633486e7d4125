"""How polling goes, in figures and as problems: pure functions of what a worker has at hand. No label names a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from schemas.errors import Trouble
from schemas.push import PushStatus
from streams.exposition import Family, counter, gauge, histogram
from streams.feeds.book import Book
from streams.feeds.health import Health, health
from streams.feeds.tally import LATE_BOUNDS, Tally
from streams.feeds.websub.subscriber import Counts
from streams.health import Problem, broker_problems

STAGE = "feeds"
"""What polling is called beside the stages of other workers."""

WORST: tuple[Health, ...] = ("paused", "gone", "failing", "silent", "moved", "new", "ok")
"""Of several words about a feed the one it is counted under, so that the counts add up to all feeds."""

OUTCOMES = ("new", "known", "same", "not_modified", "failed")
DELIVERIES = ("new", "known", "same", "unreadable")
PAGES = ("read", "failed")
TROUBLES = (*get_args(Trouble), "feed", "internal")


@dataclass(frozen=True)
class Reading:
    """What a worker that polls has at hand.

    Attributes:
        books: its partitions.
        tally: what it has done.
        overdue: feeds that are due and not begun.
        now: seconds since 1970.
        broker: seconds since the broker last answered.
        ending: why it is about to end; None where it is not.
        counts: what came of subscriptions at hubs; None where there are no callbacks.
    """

    books: tuple[Book, ...]
    tally: Tally = field(default_factory=Tally)
    overdue: int = 0
    now: float = 0.0
    broker: float | None = None
    ending: str | None = None
    counts: Counts | None = None


def families(reading: Reading) -> list[Family]:
    """All metrics."""
    tally = reading.tally
    found = [
        gauge("wirespin_feeds", "Feeds at hand, each counted once, by how it is.", healths(reading), "health"),
        gauge("wirespin_feed_partitions", "Partitions of the topic of feeds at hand.", len(reading.books)),
        gauge("wirespin_feeds_overdue", "Feeds that are due and not begun.", reading.overdue),
        gauge("wirespin_feed_fetches_in_flight", "Fetches that are going on.", tally.in_flight),
        counter("wirespin_feed_fetches_total", "Fetches, by what came of them.", _all(OUTCOMES, tally.polls)),
        counter("wirespin_feed_failures_total", "Failed fetches, by kind.", _all(TROUBLES, tally.troubles), "trouble"),
        counter("wirespin_feed_articles_total", "Articles sent to the ingest topic.", tally.articles),
        counter("wirespin_feed_entries_left_out_total", "Entries that could not be made articles.", tally.left_out),
        counter("wirespin_feed_pages_total", "Article pages read for their text.", _all(PAGES, tally.pages)),
        counter("wirespin_feed_received_bytes_total", "Bytes of feeds, decompressed.", tally.received),
        histogram(
            "wirespin_feed_lateness_seconds",
            "How late fetches began.",
            dict(zip(LATE_BOUNDS, tally.late_at_most, strict=True)),
            tally.begun,
            tally.late_total,
        ),
    ]
    return found if reading.counts is None else [*found, *_pushed(reading, reading.counts)]


def _pushed(reading: Reading, counts: Counts) -> Iterable[Family]:
    states = Counter(feed.push.status for book in reading.books for feed in book.feeds.values() if feed.push)
    told = _all(get_args(PushStatus), states)
    yield gauge("wirespin_feed_subscriptions", "Subscriptions at hubs, by how they stand.", told, "status")
    text = "Deliveries of hubs, by what came of them."
    yield counter("wirespin_feed_deliveries_total", text, _all(DELIVERIES, reading.tally.pushes))
    refused = {"unsigned": counts.unsigned, "busy": counts.busy}
    text = "Deliveries of hubs that were not taken."
    yield counter("wirespin_feed_deliveries_refused_total", text, refused, "reason")
    yield counter("wirespin_feed_hub_requests_total", "Requests for subscriptions at hubs.", counts.requests)
    yield counter("wirespin_feed_hub_refusals_total", "Of these in vain, or denied later.", counts.refusals)


def healths(reading: Reading) -> dict[str, float]:
    """How many feeds are how, each counted once."""
    said = (health(feed.config, feed.state, reading.now) for book in reading.books for feed in book.feeds.values())
    return _all(WORST, Counter(next(word for word in WORST if word in words) for words in said))


def problems(reading: Reading) -> list[Problem]:
    """What keeps a worker from being ready; one without partitions stands by, which is none."""
    found = list(broker_problems(reading.broker))
    if reading.ending is not None:
        found.append(Problem("ending", reading.ending, STAGE))
    detail = "its feeds are read from the topic"
    return [*found, *(Problem("rebuilding", detail, STAGE, book.partition) for book in reading.books if not book.ready)]


def as_stage(reading: Reading) -> dict[str, Any]:
    """How polling goes, in the words that other workers tell of their stages in."""
    tally = reading.tally
    return {
        "ready": not any(problem.stage == STAGE for problem in problems(reading)),
        "phase": "flowing" if all(book.ready for book in reading.books) else "rebuilding",
        "lag": reading.overdue,
        "partitions": [
            {"partition": book.partition, "rebuilt": book.ready, "feeds": len(book.feeds)} for book in reading.books
        ],
        "records": tally.begun,
        "sent": {"articles": tally.articles, "rejected": tally.left_out},
        "health": healths(reading),
        "polls": dict(tally.polls),
        "troubles": dict(tally.troubles),
        "pages": dict(tally.pages),
        "pushes": dict(tally.pushes),
        "lateness_s": {"p50": round(tally.lateness(0.5), 1), "p99": round(tally.lateness(0.99), 1)},
    }


def _all(names: Iterable[str], counts: Mapping[Any, float]) -> dict[str, float]:
    """Counts by name, those at zero too: a series that appears with its first failure shows no rise."""
    known = {name: float(counts.get(name, 0)) for name in names}
    return known | {str(name): float(count) for name, count in counts.items() if name not in known}
