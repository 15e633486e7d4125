"""Polling many feeds: when each is due, and what becomes of it when it is changed or taken away."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from schemas.errors import FetchError, SendError
from schemas.feed import FeedConfig
from streams.feeds import poller as module
from streams.feeds.book import Book, Feed, feed_id
from streams.feeds.poll import Tools
from streams.feeds.poller import Poller, host_of
from streams.feeds.schedule import Policy, first
from streams.web.types import Fetched, Validators
from tests.streams.feeds.fakes import FakeRobots, FakeWeb, InProcess, KeepingOutbox, fetched, rss

QUICK = Policy(interval=0.05, least=0.05, most=0.2)


class SlowWeb:
    """Answers when it is let, and keeps how many are asked at a time."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.free.set()
        self.asked: list[str] = []
        self.busy = self.busiest = 0

    async def get(self, url: str, *, validators: Validators | None = None) -> Fetched:
        self.asked.append(url)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self.free.wait()
        finally:
            self.busy -= 1
        if "bad" in url:
            raise FetchError("answered 500", trouble="status", status=500)
        if "fault" in url:
            raise ZeroDivisionError("a fault of ours")
        return fetched(rss((url.rpartition("/")[2], "Text.")), url=url)


class Room:
    """A poller with a book of feeds."""

    def __init__(self, concurrency: int = 8, per_host: int = 2, **outbox: Any) -> None:
        self.web, self.outbox, self.failed = SlowWeb(), KeepingOutbox(**outbox), list[BaseException]()
        self.tools = Tools(self.web, FakeRobots(FakeWeb()), InProcess(), self.outbox, QUICK, worker="w")
        self.poller = Poller(self.tools, concurrency, per_host, self.failed.append)
        self.book = Book(0, ready=True)

    def add(self, *urls: str) -> list[Feed]:
        made = [Feed(feed_id(url), FeedConfig(url=url), first(QUICK, time.time())) for url in urls]
        for feed in made:
            self.book.feeds[feed.id] = feed
            self.poller.enter(self.book, feed)
        return made


@contextlib.asynccontextmanager
async def room(**options: Any) -> AsyncIterator[Room]:
    made = Room(**options)
    async with made.poller:
        yield made


async def until(true: Callable[[], bool]) -> None:
    async def look() -> None:
        while not true():
            await asyncio.sleep(0.005)

    await asyncio.wait_for(look(), 20)


async def test_feeds_are_polled_again_and_again() -> None:
    async with room() as one:
        one.add("https://a.example/1", "https://b.example/2")
        await until(
            lambda: all(one.web.asked.count(url) >= 3 for url in ("https://a.example/1", "https://b.example/2"))
        )
    assert sorted(article.guid or "" for article in one.outbox.articles) == ["1", "2"]


async def test_no_more_at_a_time_than_allowed_and_no_host_holds_up_the_others() -> None:
    async with room(concurrency=4, per_host=2) as one:
        one.web.free.clear()
        one.add(*(f"https://slow.example/{number}" for number in range(10)), "https://other.example/x")
        await until(lambda: "https://other.example/x" in one.web.asked)
        assert one.web.busy == 3
        one.web.free.set()
        await until(lambda: len(set(one.web.asked)) == 11)
    assert one.web.busiest <= 4


async def test_failures_and_faults_of_ours_stop_nobody_else() -> None:
    async with room() as one:
        bad, fault, good = one.add("https://bad.example/bad", "https://fault.example/fault", "https://good.example/1")
        await until(lambda: good.state.succeeded > 0 and bad.state.failures >= 1 and fault.state.failures >= 2)
    assert (bad.state.trouble, fault.state.trouble) == ("status", "internal")
    assert one.failed == []


async def test_what_is_not_confirmed_ends_the_worker() -> None:
    async with room(fails=0) as one:
        one.add("https://a.example/1")
        await until(lambda: bool(one.failed))
    assert isinstance(one.failed[0], SendError)


async def test_a_paused_feed_is_left_alone_until_resumed() -> None:
    async with room() as one:
        (feed,) = one.add("https://a.example/1")
        await until(lambda: feed.state.tried > 0)
        feed.config = feed.config.model_copy(update={"paused": True})
        one.poller.enter(one.book, feed)
        await until(lambda: not one.tools.tally.in_flight)
        count = len(one.web.asked)
        await asyncio.sleep(0.3)
        assert len(one.web.asked) == count
        feed.config = feed.config.model_copy(update={"paused": False})
        one.poller.enter(one.book, feed)
        await until(lambda: len(one.web.asked) > count)


async def test_leaving_waits_for_what_can_be_finished() -> None:
    async with room() as one:
        one.web.free.clear()
        (feed,) = one.add("https://a.example/1")
        await until(lambda: one.web.busy == 1)
        leaving = asyncio.ensure_future(one.poller.leave(feed.id))
        await asyncio.sleep(0.05)
        one.web.free.set()
        await leaving
        assert one.outbox.order == ["articles", "seen", "state"]
        assert (one.poller.waiting, one.tools.tally.in_flight) == (0, 0)


async def test_leaving_drops_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FINISH", 0.05)
    async with room() as one:
        one.web.free.clear()
        (feed,) = one.add("https://a.example/1")
        await until(lambda: one.web.busy == 1)
        await one.poller.leave(feed.id)
        assert (one.outbox.order, one.web.busy, one.tools.tally.in_flight) == ([], 0, 0)


async def test_a_partition_that_is_lost_in_mid_poll_is_not_written_to() -> None:
    async with room() as one:
        one.web.free.clear()
        one.add("https://a.example/1")
        await until(lambda: one.web.busy == 1)
        one.book.lost = True
        one.web.free.set()
        await until(lambda: not one.tools.tally.in_flight)
        assert (one.outbox.order, one.failed, one.poller.waiting) == ([], [], 0)


@pytest.mark.parametrize(
    ("url", "host"), [("https://A.example:81/x", "a.example"), ("http://[::1]/", "::1"), ("http://[x/", ""), ("x", "")]
)
def test_hosts(url: str, host: str) -> None:
    assert host_of(url) == host
