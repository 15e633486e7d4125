"""A worker among those that share the feeds: which partitions it has, what stands in them, what people change.

A consumer group shares out the partitions of the topic of feeds. What is assigned is read from its beginning, since
nothing is ever committed, and then followed: the command line writes to the same partitions.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener

from schemas.errors import LostError, SendError
from schemas.feed import FeedState
from streams.background import Background
from streams.client import client_id, consumer, reaching
from streams.feeds.book import Book, Feed, read, split_key
from streams.feeds.outbox import Outbox
from streams.feeds.poller import Poller
from streams.feeds.schedule import Policy
from streams.settings import HEARTBEATS, Settings
from streams.topics import declared

log = logging.getLogger(__name__)

FETCH_MS = 200
"""Milliseconds a fetch waits for records: what a person changes is seen this soon."""

TAKE = 500
"""Records taken in between two turns of the event loop: one of 2,000 seen entries takes a millisecond."""

REJOIN = 30.0
"""Seconds that the others have to give up what they had when somebody comes or goes."""


def group(settings: Settings) -> str:
    """Consumer group of those who poll."""
    return f"{settings.prefix}-feeds"


class Member(Background):
    """Takes part in sharing out the feeds, as an async context manager.

    Args:
        settings: how to reach the broker.
        worker: name of this worker, as its states carry it.
        poller: polls what is at hand.
        outbox: forgets what is no more.
        policy: how feeds are scheduled.
        fatal: called with what ends this worker.

    Attributes:
        books: the partitions at hand.
        removed: called with a feed that a person has removed.
    """

    def __init__(
        self, settings: Settings, worker: str, poller: Poller, outbox: Outbox, policy: Policy,
        fatal: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        self._settings, self._worker, self._poller, self._outbox = settings, worker, poller, outbox
        self._policy, self._fatal = policy, fatal
        self._topic = declared(settings)["feeds"].name
        self.books: dict[int, Book] = {}
        self.removed: Callable[[Feed], None] = lambda _: None

    async def __aenter__(self) -> Member:
        """Join the group.

        Raises:
            BrokerError: the broker cannot be reached.
        """
        self._reader = _consumer(self._settings)
        with reaching(self._settings):
            await self._reader.start()
        self._reader.subscribe([self._topic], listener=_Listener(self))
        return await super().__aenter__()

    async def __aexit__(self, *details: object) -> None:
        """Give the partitions up and leave the group."""
        await super().__aexit__(None, None, None)
        await self.give_up()
        await self._reader.stop()

    def at_hand(self) -> Iterable[Book]:
        """The partitions at hand."""
        return self.books.values()

    async def give_up(self) -> None:
        """Stop polling; what is under way is over when this returns, and nothing more is written."""
        books, self.books = list(self.books.values()), {}
        await self._poller.leave(*(name for book in books for name in book.feeds))
        for book in books:
            book.lost = True

    def assigned(self, partitions: Iterable[int]) -> None:
        """Begin with these partitions anew; each is polled once it was read to its end."""
        self.books = {partition: Book(partition) for partition in partitions}

    async def _go_on(self) -> None:
        """Read for ever; whatever goes wrong here would leave feeds unpolled, so it ends the worker."""
        try:
            while True:
                self._outbox.check()  # who stood still may get partitions without feeds, and would never write
                for place, messages in (await self._reader.getmany(timeout_ms=FETCH_MS, max_records=TAKE)).items():
                    await self._take(self.books.get(place.partition), messages)
                await self._open()
        except SendError as error:
            self._fatal(error)
        except Exception as error:  # the broker's errors and ours alike
            log.exception("the topic of feeds cannot be read")
            self._fatal(error)

    async def _take(self, book: Book | None, messages: Iterable[Any]) -> None:
        """Take in what was read: of a partition just assigned all, later what others have written."""
        for message in messages:
            if book is None or book.lost:
                return
            if not book.ready:
                book.take(message.key, message.value)
            elif place := split_key(message.key):
                await self._changed(book, *place, message.value)

    async def _changed(self, book: Book, name: str, piece: str, value: bytes | None) -> None:
        """Hear what somebody else wrote about a feed at hand."""
        if piece == "config" and value is None:
            await self._remove(book, name)
        elif piece == "config":
            feed = book.configure(name, value, self._policy, time.time())
            if feed is not None:
                self._poller.enter(book, feed)
        elif piece == "state":
            self._adopt(book, name, value)

    def _adopt(self, book: Book, name: str, value: bytes | None) -> None:
        """Take over a state that another worker wrote, which had the partition at the time: the log's last counts."""
        feed = book.feeds.get(name)
        state = read(FeedState, value, name)
        if feed is not None and state is not None and state.worker not in ("", self._worker):
            log.warning("%s: another worker has polled it, too", feed.url)
            feed.state = state
            self._poller.enter(book, feed)

    async def _remove(self, book: Book, name: str) -> None:
        """Forget a feed that a person has removed."""
        await self._poller.leave(name)
        feed = book.feeds.get(name)
        book.configure(name, None, self._policy, time.time())
        if feed is not None:
            self.removed(feed)
        try:
            await self._outbox.forget(book, [(name, "state"), (name, "seen"), (name, "push")])
        except LostError:
            log.info("%s: removed while its partition went to another worker", name)

    async def _open(self) -> None:
        """Begin to poll the partitions that were read to their end."""
        for place in self._reader.assignment():
            book = self.books.get(place.partition)
            end = self._reader.highwater(place)
            if book is None or book.ready or book.lost or end is None or await self._reader.position(place) < end:
                continue
            book.open(self._policy, time.time())
            log.info("feeds[%d]: %d feeds", book.partition, len(book.feeds))
            for feed in book.feeds.values():
                self._poller.enter(book, feed)
            orphans, book.orphans = sorted(book.orphans), set()
            try:
                await self._outbox.forget(book, orphans)
            except LostError:
                return


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Tells a member what the group decides."""

    def __init__(self, member: Member) -> None:
        self._member = member

    async def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        """Called before others can have them."""
        await self._member.give_up()

    async def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        """Called once they are this worker's."""
        self._member.assigned([place.partition for place in assigned])
        log.info("feeds: %d partitions are this worker's", len(self._member.books))


def _consumer(settings: Settings) -> AIOKafkaConsumer:
    """One that takes part in the group. Nothing is committed, so what is assigned is read from its beginning."""
    timeout = settings.session_timeout
    return consumer(
        settings,
        group(settings),
        client_id=client_id(group(settings)),
        session_timeout_ms=int(timeout * 1_000),
        heartbeat_interval_ms=int(timeout / HEARTBEATS * 1_000),
        rebalance_timeout_ms=int(max(REJOIN, timeout) * 1_000),
    )
