"""What polling writes: articles, and what is remembered of a feed once they are confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import orjson

from schemas.base import WireRecord
from schemas.errors import LostError
from schemas.feed import FeedSeen
from streams.client import Producer
from streams.feeds.book import Book, Feed, Piece, key_of, unpacked


class Outbox:
    """Sends, and waits until it is confirmed.

    Args:
        producer: connected.
        articles: the ingest topic.
        feeds: the topic of feeds.
        check: called before anything is written; raises `SendError` where nothing may be any more.

    Attributes:
        check: the same, for those who would rather know before they have something to write.
    """

    def __init__(self, producer: Producer, articles: str, feeds: str, check: Callable[[], None]) -> None:
        self._producer, self._articles, self._feeds, self.check = producer, articles, feeds, check

    async def send(self, book: Book, articles: Sequence[tuple[str, bytes]]) -> None:
        """Send articles by id and return when all replicas have them.

        Raises:
            LostError: the partition is no longer this worker's.
            SendError: one was not confirmed.
        """
        self._allowed(book)
        await self._producer.confirm(
            [await self._producer.send(self._articles, value, key=key) for key, value in articles]
        )

    async def remember(self, book: Book, feed: Feed) -> None:
        """Write how a feed's polling stands; raises as `send`."""
        await self._write(book, feed.id, {"state": feed.state})

    async def remember_seen(self, book: Book, feed: Feed) -> None:
        """Write what a feed has had; raises as `send`."""
        await self._write(book, feed.id, {"seen": FeedSeen(entries=orjson.loads(unpacked(feed.seen)))})

    async def remember_push(self, book: Book, feed: Feed) -> None:
        """Write how a feed's subscription at its hub stands; raises as `send`."""
        await self._write(book, feed.id, {"push": feed.push})

    async def forget(self, book: Book, places: Sequence[tuple[str, Piece]]) -> None:
        """Take back the records of feeds that are no more; raises as `send`."""
        for name, piece in places:
            await self._write(book, name, {piece: None})

    async def _write(self, book: Book, name: str, records: dict[Piece, WireRecord | None]) -> None:
        self._allowed(book)
        pending = []
        for piece, record in records.items():
            value = None if record is None else record.to_bytes()
            key = key_of(name, piece).encode()
            pending.append(await self._producer.send_to(self._feeds, book.partition, key, value, []))
        await self._producer.confirm(pending)

    def _allowed(self, book: Book) -> None:
        if book.lost:
            raise LostError("is another worker's now", where=f"{self._feeds}[{book.partition}]")
        self.check()
