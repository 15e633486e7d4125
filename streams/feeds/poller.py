"""Polling the feeds of the partitions at hand, each when it is due."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from schemas.errors import LostError, ParserError, SendError
from streams.background import Background
from streams.feeds.agenda import Agenda
from streams.feeds.book import Book, Feed
from streams.feeds.poll import Tools, deliver, fail, poll
from streams.web.types import Fetched

log = logging.getLogger(__name__)

FINISH = 3.0
"""Seconds that polls may take to end when their partition is taken away or the worker stops; then they are dropped, and
whoever polls the feed next sends again what was not remembered."""


@dataclass(frozen=True)
class Delivery:
    """What a hub has delivered, and whom to tell when it was taken in."""

    book: Book
    feed: Feed
    fetched: Fetched
    done: Callable[[], None]


class Poller(Background):
    """Polls feeds until it is left, as an async context manager.

    Args:
        tools: what polling needs.
        concurrency: feeds polled at a time.
        per_host: of them feeds of one host.
        fatal: called with what ends this worker.
    """

    def __init__(self, tools: Tools, concurrency: int, per_host: int, fatal: Callable[[BaseException], None]) -> None:
        self._tools, self._concurrency, self._fatal = tools, concurrency, fatal
        self._agenda = Agenda(per_host)
        self._books: dict[str, Book] = {}
        self._polls: dict[str, asyncio.Task[None]] = {}
        self._pushed: dict[str, deque[Delivery]] = {}
        self._changed = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Feeds that are entered."""
        return len(self._agenda)

    @property
    def overdue(self) -> int:
        """Feeds that are due and not begun."""
        return self._agenda.overdue(self._tools.clock())

    def enter(self, book: Book, feed: Feed) -> None:
        """Poll a feed from now on when it is due; also after it was changed."""
        self._books[feed.id] = book
        if feed.id in self._polls:
            return  # it is entered again when its poll is over, as it is then
        if feed.runs:
            self._agenda.put(feed.id, feed.state.due, host_of(feed.url))
            self._changed.set()
        else:
            self._agenda.remove(feed.id)

    def push(self, book: Book, feed: Feed, fetched: Fetched, done: Callable[[], None]) -> None:
        """Take in what a hub has delivered, after what is going on of that feed.

        Args:
            book: the partition of the feed.
            feed: the feed.
            fetched: the delivery.
            done: called when it was taken in, or dropped.
        """
        self._pushed.setdefault(feed.id, deque()).append(Delivery(book, feed, fetched, done))
        if feed.id not in self._polls:
            self._take_in(feed.id)

    def _take_in(self, name: str) -> None:
        """Begin with the next delivery of a feed, in the place of a poll."""
        one = self._pushed[name].popleft()
        if not self._pushed[name]:
            del self._pushed[name]
        self._agenda.remove(name)
        task = asyncio.ensure_future(self._guarded(one.feed, deliver(one.book, one.feed, one.fetched, self._tools)))
        self._polls[name] = task
        task.add_done_callback(lambda _: one.done())
        task.add_done_callback(lambda _: self._over(name))

    async def leave(self, *names: str) -> None:
        """Stop polling feeds; their polls are over when this returns, finished or dropped."""
        for name in names:
            self._agenda.remove(name)
            self._books.pop(name, None)
            for one in self._pushed.pop(name, ()):
                one.done()
        ending = [self._polls[name] for name in names if name in self._polls]
        if not ending:
            return
        _, late = await asyncio.wait(ending, timeout=FINISH)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def __aexit__(self, *details: object) -> None:
        await super().__aexit__(None, None, None)
        await self.leave(*{*self._books, *self._polls})

    async def _go_on(self) -> None:
        """Begin polls as they fall due; without this nothing is polled, so a fault ends the worker."""
        try:
            await self._begin_all()
        except Exception as error:
            log.exception("feeds cannot be scheduled")
            self._fatal(error)

    async def _begin_all(self) -> None:
        while True:
            self._changed.clear()
            now = self._tools.clock()
            while len(self._polls) < self._concurrency and (taken := self._agenda.take(now)):
                self._begin(*taken)
            free = len(self._polls) < self._concurrency
            # not wait_for: until Python 3.12 it loses a cancellation that comes together with what it waits for
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._agenda.wait(now) if free else None):
                    await self._changed.wait()

    def _begin(self, name: str, due: float, host: str) -> None:
        book = self._books[name]
        self._tools.tally.begin(max(0.0, self._tools.clock() - due))
        feed = book.feeds[name]
        task = asyncio.ensure_future(self._guarded(feed, poll(book, feed, self._tools)))
        self._polls[name] = task
        self._tools.tally.in_flight = len(self._polls)
        task.add_done_callback(lambda _: self._over(name, host))

    def _over(self, name: str, host: str | None = None) -> None:
        """Take note that a poll is over, and enter its feed again where it is still there."""
        self._polls.pop(name)
        self._tools.tally.in_flight = len(self._polls)
        if host is not None:
            self._agenda.done(host)
        self._changed.set()
        if name in self._pushed:
            self._take_in(name)
            return
        book = self._books.get(name)
        if book is not None and not book.lost and name in book.feeds:
            self.enter(book, book.feeds[name])

    async def _guarded(self, feed: Feed, work: Awaitable[None]) -> None:
        """A poll, or the taking in of a delivery, whose errors end what they must and nothing else."""
        began = self._tools.clock()
        try:
            await work
        except LostError as error:
            log.info("%s: dropped: %s", feed.url, error)
        except (SendError, ParserError) as error:
            self._fatal(error)
        except Exception as error:  # a feed that meets a fault of ours must not stop all others
            log.exception("%s: could not be polled", feed.url)
            fail(feed, error, self._tools, began)


def host_of(url: str) -> str:
    """The host that is asked, which is what politeness counts by."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
