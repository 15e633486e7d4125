"""Keeps the subscriptions of the feeds at hand: asks hubs, hears what they answer, hands on what they deliver."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from schemas.errors import FetchError, LostError, SendError
from schemas.push import FeedPush
from streams.background import Background
from streams.feeds.book import Book, Feed
from streams.feeds.websub.hub import Mode
from streams.feeds.websub.plan import asked, is_callback, refused, todo, verified, wanted
from streams.feeds.websub.signature import is_signed
from streams.web.types import Fetched, Validators

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at what is to be done."""

AT_ONCE = 8
"""Hubs asked at a time."""

WAITING = 4
"""Deliveries of one feed that wait; a hub that is told to come back does."""

WAITING_BYTES = 64 * 1_048_576
"""Bytes of deliveries that wait in all."""

LEAVING = 1_000
"""Subscriptions that were ended and may yet be verified, remembered."""


class Asks(Protocol):
    """What asks hubs; see `streams.feeds.websub.hub.Hubs`."""

    async def ask(self, push: FeedPush, mode: Mode) -> None:
        """Ask for a subscription or its end; raises FetchError."""


class Takes(Protocol):
    """What takes deliveries; see `streams.feeds.poller.Poller`."""

    def push(self, book: Book, feed: Feed, fetched: Fetched, done: Callable[[], None]) -> None:
        """Parse and send it, after what is going on of that feed, and call back."""


class Writes(Protocol):
    """What is written to; see `streams.feeds.outbox.Outbox`."""

    async def remember_push(self, book: Book, feed: Feed) -> None:
        """Write how a subscription stands."""


@dataclass(frozen=True)
class Callbacks:
    """Where hubs deliver to.

    Attributes:
        base: public URL that callbacks begin with.
        largest: bytes of a delivery.
    """

    base: str
    largest: int


@dataclass
class Counts:
    """What the subscriber has done since the start.

    Attributes:
        deliveries: taken.
        unsigned: dropped, since they were not signed with our secret.
        busy: sent back, since too many waited.
        requests: hubs asked.
        refusals: of them in vain, or denied later.
    """

    deliveries: int = 0
    unsigned: int = 0
    busy: int = 0
    requests: int = 0
    refusals: int = 0


class Subscriber(Background):
    """Keeps subscriptions until it is left, as an async context manager.

    Args:
        callbacks: where they lead, and how much they take.
        books: the partitions at hand.
        hubs: asks hubs.
        poller: takes deliveries.
        outbox: remembers.
        fatal: called when something was not confirmed: this worker cannot go on.
        clock: seconds since 1970.
    """

    def __init__(
        self, callbacks: Callbacks, books: Callable[[], Iterable[Book]], hubs: Asks, poller: Takes, outbox: Writes,
        fatal: Callable[[BaseException], None], clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._base, self.largest = callbacks.base, callbacks.largest
        self._books, self._hubs, self._poller, self._outbox = books, hubs, poller, outbox
        self._fatal, self._clock = fatal, clock
        self.counts = Counts()
        self._leaving: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._waiting: dict[str, int] = {}
        self._bytes = 0
        self._asking: set[str] = set()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aexit__(self, *details: object) -> None:
        await super().__aexit__(None, None, None)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _go_on(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(LOOK_EVERY)

    def look(self) -> None:
        """Begin what is to be done now."""
        now = self._clock()
        for book in self._books():
            for feed in list(book.feeds.values()) if book.ready and not book.lost else ():
                what = todo(feed.config, feed.state, feed.push, self._base, now)
                if what is not None and feed.id not in self._asking:
                    self._start(feed.id, self._subscribe(book, feed) if what == "subscribe" else self._end(book, feed))

    def removed(self, feed: Feed) -> None:
        """Hear that a feed was removed: its subscription is ended."""
        if feed.push is not None:
            self._start(feed.id, self._unsubscribe(feed.id, feed.push))

    def _start(self, name: str, work: object) -> None:
        self._asking.add(name)
        task = asyncio.ensure_future(self._guarded(name, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, name: str, work: object) -> None:
        try:
            async with self._free:
                await work  # type: ignore[misc]
        except LostError as error:
            log.info("%s: %s", name, error)
        except SendError as error:
            self._fatal(error)
        finally:
            self._asking.discard(name)

    async def _subscribe(self, book: Book, feed: Feed) -> None:
        """Ask the hub. What is asked for is written first: the hub may come back before it has answered."""
        goal = wanted(feed.config, feed.state, self._base)
        if goal is None:
            return
        before = feed.push
        feed.push = asked(feed.id, before, goal, self._base, self._clock())
        if before is not None and before.callback != feed.push.callback:
            self._forget(feed.id, before)
        await self._outbox.remember_push(book, feed)
        self.counts.requests += 1
        try:
            await self._hubs.ask(feed.push, "subscribe")
        except FetchError as error:
            self.counts.refusals += 1
            log.info("%s: no subscription at %s: %s", feed.url, feed.push.hub, error.problem)
            feed.push = refused(feed.push, "failed", error.problem)
            await self._outbox.remember_push(book, feed)

    async def _end(self, book: Book, feed: Feed) -> None:
        push, feed.push = feed.push, None
        await self._outbox.remember_push(book, feed)
        if push is not None:
            await self._unsubscribe(feed.id, push)

    async def _unsubscribe(self, name: str, push: FeedPush) -> None:
        self._forget(name, push)
        try:
            await self._hubs.ask(push, "unsubscribe")
        except FetchError as error:
            log.info("%s: the hub was not told that it is over, it ends by itself: %s", name, error.problem)

    def _forget(self, name: str, push: FeedPush) -> None:
        self._leaving[name, push.callback.rpartition("/")[2]] = push.topic
        while len(self._leaving) > LEAVING:
            self._leaving.popitem(last=False)

    # what hubs say

    def _place(self, name: str, token: str) -> tuple[Book, Feed, FeedPush] | None:
        """The subscription of a callback."""
        for book in self._books():
            feed = book.feeds.get(name)
            if feed is not None and feed.push is not None and is_callback(feed.push, token):
                return book, feed, feed.push
        return None

    def knows(self, feed: str, token: str) -> bool:
        """Whether there is such a callback."""
        return self._place(feed, token) is not None

    def verify(self, feed: str, token: str, mode: str, topic: str, lease: float | None) -> bool:
        """Whether a subscription, or its end, is what we asked for; a subscription counts from now on."""
        place = self._place(feed, token)
        if mode == "unsubscribe":
            return place is None and self._leaving.get((feed, token)) == topic
        if mode != "subscribe" or place is None or place[2].topic != topic:
            return False
        book, known, push = place
        known.push = verified(push, lease, self._clock())
        log.info("%s: delivered by %s from now on", known.url, push.hub)
        self._write(book, known)
        return True

    def deny(self, feed: str, token: str, topic: str, reason: str) -> bool:
        """Hear that a hub refuses, or ends a subscription; whether it is known."""
        place = self._place(feed, token)
        if place is None or place[2].topic != topic:
            return False
        book, known, push = place
        self.counts.refusals += 1
        known.push = refused(push, "denied", reason or "no reason given").model_copy(update={"asked": self._clock()})
        log.info("%s: denied by %s: %s", known.url, push.hub, reason)
        self._write(book, known)
        return True

    def deliver(self, feed: str, token: str, body: bytes, content_type: str, signed: str | None) -> int:
        """Take a delivery; the status to answer with.

        What is not signed is dropped and answered as if it were (WebSub, 7.1.1), so that nobody can try secrets.
        """
        place = self._place(feed, token)
        if place is None:
            return 404
        book, known, push = place
        if not is_signed(body, signed, push.secret):
            self.counts.unsigned += 1
            log.warning("%s: a delivery that is not signed as agreed was dropped", known.url)
            return 202
        if self._waiting.get(feed, 0) >= WAITING or self._bytes + len(body) > WAITING_BYTES:
            self.counts.busy += 1
            return 503
        self._hand_on(book, known, push, body, content_type)
        return 202

    def _hand_on(self, book: Book, feed: Feed, push: FeedPush, body: bytes, content_type: str) -> None:
        self.counts.deliveries += 1
        self._waiting[feed.id] = self._waiting.get(feed.id, 0) + 1
        self._bytes += len(body)

        def done() -> None:
            self._bytes -= len(body)
            self._waiting[feed.id] -= 1
            if not self._waiting[feed.id]:
                del self._waiting[feed.id]

        headers: Mapping[str, str] = {"content-type": content_type} if content_type else {}
        self._poller.push(
            book, feed, Fetched(push.topic, push.topic, None, 200, headers, body, Validators(), None, 0.0), done
        )

    def _write(self, book: Book, feed: Feed) -> None:
        """Remember, without a hub waiting for it."""
        task = asyncio.ensure_future(self._guarded("", self._outbox.remember_push(book, feed)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
