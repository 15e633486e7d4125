"""How polling goes, in figures and as problems."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from schemas.errors import SendError
from schemas.feed import FeedConfig, FeedState
from schemas.push import FeedPush
from streams.cli.status_shown import show
from streams.exposition import text_of
from streams.feeds.book import Book, Feed
from streams.feeds.health import SILENT_AFTER
from streams.feeds.metrics import Reading, families, healths, problems
from streams.feeds.poller import Poller
from streams.feeds.run import Running
from streams.feeds.served import Station
from streams.feeds.tally import LATE_BOUNDS, Tally
from streams.feeds.websub.subscriber import Counts
from streams.health import BROKER_GONE
from streams.served import application
from tests.streams.feeds.fakes import NOW, Bench

PUSH = FeedPush(hub="https://h.example/", topic="https://t.example/", callback="https://us.example/x", secret="s")


def feed(name: str, config: dict[str, Any] | None = None, **state: Any) -> Feed:
    known = FeedState(interval=600, **({"tried": NOW, "succeeded": NOW, "changed": NOW} | state))
    return Feed(name, FeedConfig(url=f"https://{name}.example/", **(config or {})), known)


def book(*feeds: Feed, ready: bool = True) -> Book:
    return Book(0, {one.id: one for one in feeds}, ready=ready)


def page(reading: Reading) -> dict[str, float]:
    """Samples of the page by name and labels."""
    lines = [line for line in text_of(families(reading)).splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_each_feed_is_counted_once_under_the_worst_word() -> None:
    silent = NOW - SILENT_AFTER - 1
    feeds = [
        feed("ok"), feed("new", tried=0.0), feed("gone", gone=NOW), feed("paused", {"paused": True}, failures=9.0),
        feed("failing", failures=9.0, redirect="https://x.example/"), feed("moved", moved_to="https://x.example/"),
        feed("silent", changed=silent, moved_to="https://x.example/"),
    ]  # fmt: skip
    reading = Reading((book(*feeds),), now=NOW)
    assert healths(reading) == dict.fromkeys(("paused", "gone", "failing", "silent", "moved", "new", "ok"), 1.0)
    samples = page(reading)
    assert sum(value for name, value in samples.items() if name.startswith("wirespin_feeds{")) == len(feeds)


def test_what_polling_has_done_is_told() -> None:
    tally = Tally(articles=7, left_out=2, received=1_000, in_flight=3)
    tally.polls.update(new=2, failed=1)
    tally.troubles.update(timeout=1)
    tally.pages.update(read=4)
    for late in (0.0, 2.0, 4_000.0):
        tally.begin(late)
    samples = page(Reading((book(), book()), tally, overdue=5, now=NOW))
    expected = {
        "wirespin_feed_partitions": 2, "wirespin_feeds_overdue": 5, "wirespin_feed_fetches_in_flight": 3,
        'wirespin_feed_fetches_total{outcome="new"}': 2, 'wirespin_feed_fetches_total{outcome="not_modified"}': 0,
        'wirespin_feed_failures_total{trouble="timeout"}': 1, 'wirespin_feed_failures_total{trouble="bot_wall"}': 0,
        "wirespin_feed_articles_total": 7, "wirespin_feed_entries_left_out_total": 2,
        'wirespin_feed_pages_total{outcome="read"}': 4, "wirespin_feed_received_bytes_total": 1_000,
        'wirespin_feed_lateness_seconds_bucket{le="1"}': 1, 'wirespin_feed_lateness_seconds_bucket{le="5"}': 2,
        'wirespin_feed_lateness_seconds_bucket{le="3600"}': 2, 'wirespin_feed_lateness_seconds_bucket{le="+Inf"}': 3,
        "wirespin_feed_lateness_seconds_sum": 4_002, "wirespin_feed_lateness_seconds_count": 3,
    }  # fmt: skip
    assert {name: samples[name] for name in expected} == expected
    assert list(LATE_BOUNDS) == sorted(LATE_BOUNDS)


def test_subscriptions_are_told_where_there_are_callbacks() -> None:
    active = feed("a")
    active.push = PUSH.model_copy(update={"status": "active"})
    reading = Reading((book(active, feed("b")),), now=NOW)
    assert not any("subscriptions" in name for name in page(reading))
    samples = page(replace(reading, counts=Counts(unsigned=2)))
    assert samples['wirespin_feed_subscriptions{status="active"}'] == 1
    assert samples['wirespin_feed_subscriptions{status="denied"}'] == 0
    assert samples['wirespin_feed_deliveries_refused_total{reason="unsigned"}'] == 2


def test_names_follow_the_rules_and_name_no_feed() -> None:
    reading = Reading((book(feed("some-feed")),), now=NOW, counts=Counts())
    for family in families(reading):
        assert re.fullmatch(r"wirespin_feeds?(_[a-z]+)*", family.name)
        assert family.name.endswith("_total") == (family.kind == "counter")
        assert family.help.endswith(".")
        assert len(family.samples) < 30
    assert "some-feed" not in text_of(families(reading))


def test_what_keeps_a_worker_from_being_ready() -> None:
    assert problems(Reading((), broker=0.0)) == []  # it stands by
    found = problems(Reading((book(ready=False), book()), broker=BROKER_GONE + 1, ending="SendError()"))
    assert [problem.reason for problem in found] == ["broker gone", "ending", "rebuilding"]
    assert found[-1].partition == 0


class FakePulse:
    silent = 0.5


class FakeMember:
    def __init__(self, *books: Book) -> None:
        self._books = books

    def at_hand(self) -> tuple[Book, ...]:
        return self._books


def station(*books: Book) -> tuple[Station, Running]:
    bench = Bench()
    failed: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    poller = Poller(bench.tools, 1, 1, failed.set_result)
    running = Running(FakeMember(*books), poller, bench.tools, failed)  # type: ignore[arg-type]
    return Station(running, FakePulse()), running  # type: ignore[arg-type]


async def test_the_port_answers_as_other_workers_do() -> None:
    waiting = book(feed("a"), ready=False)
    asked, running = station(waiting, book(feed("b")))
    async with TestServer(application(asked.health())) as server, ClientSession(server.make_url("/")) as http:

        async def ask(path: str) -> tuple[int, Any]:
            async with http.get(path) as response:
                return response.status, await response.json()

        assert await ask("/live") == (200, {"live": True})
        status, said = await ask("/ready")
        assert (status, said["problems"][0]["reason"]) == (503, "rebuilding")
        waiting.ready = True
        assert await ask("/ready") == (200, {"ready": True, "problems": []})
        status, said = await ask("/status")
        assert (status, said["stages"]["feeds"]["health"]["ok"]) == (200, 2)
        async with http.get("/metrics") as response:
            assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            assert "wirespin_feed_partitions 2\n" in await response.text()
        running.failed.set_result(SendError("not delivered"))
        assert (await ask("/live"))[0] == 503
        assert (await ask("/ready"))[0] == 503


async def test_wirespin_status_can_show_it(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    asked, _ = station(book(feed("a"), ready=False))
    show(Console(highlight=False, width=120), asked.health().everything()[1])
    shown = capsys.readouterr().out
    assert "feeds" in shown
    assert "partition 0: rebuilding" in shown
