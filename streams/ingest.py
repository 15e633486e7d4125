"""Items of files into the ingest topic: each once a version, confirmed before it counts, embargoes kept."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from schemas.article import Article
from schemas.errors import FeedError, InputError
from streams.client import REQUEST_BYTES, Producer
from streams.embargo import NEVER, Desk, free_at
from streams.folder import Folder, Seen, look
from streams.journal import Journal
from streams.sources import each_item
from wirespin.formats.jsontext import json_lines
from wirespin.formats.types import Finds, LeftOut
from wirespin.identity import article_id

CONFIRM_EVERY = 500
"""Items sent before their delivery is waited for: keeps memory flat."""

ENVELOPE = 4_096
"""Bytes of a request around one record: keys, headers, the batch."""

LONGEST_NAP = 30.0
"""Seconds slept at a time while waiting for an embargo: a clock that is set right, or a laptop that wakes, is seen."""

STANDARD_INPUT = "-"


class Outlet(Protocol):
    """Where items are sent."""

    async def send(self, article: Article) -> None:
        """Queue an item."""
        ...

    async def confirm(self) -> None:
        """Wait until all that was queued is delivered; raises SendError where it is not."""
        ...


class TopicOutlet:
    """The ingest topic.

    Args:
        producer: connected.
        topic: by name.
    """

    def __init__(self, producer: Producer, topic: str) -> None:
        self._producer, self._topic = producer, topic
        self._pending: list[asyncio.Future[Any]] = []

    async def send(self, article: Article) -> None:
        """Queue an item.

        Raises:
            FeedError: it is larger than a record may be.
        """
        value = article.to_bytes()
        if len(value) > REQUEST_BYTES - ENVELOPE:
            raise FeedError(f"{len(value):,} bytes are more than a record may have", remedy="cut or split it")
        self._pending.append(await self._producer.send(self._topic, value, key=article_id(article)))

    async def confirm(self) -> None:
        """Wait until all that was queued is delivered."""
        pending, self._pending = self._pending, []
        await self._producer.confirm(pending)


@dataclass
class Tally:
    """What became of the items of an ingest."""

    sent: int = 0
    repeated: int = 0
    held: int = 0
    overtaken: int = 0
    left_out: int = 0
    bad: int = 0

    def __str__(self) -> str:
        said = {
            "sent": self.sent,
            "sent before": self.repeated,
            "held": self.held,
            "overtaken": self.overtaken,
            "left out": self.left_out,
            "bad": self.bad,
        }
        return ", ".join(f"{count} {what}" for what, count in said.items() if count or what == "sent")


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Ingest:
    """Reads files and sends what is in them.

    Args:
        outlet: where to.
        journal: what was done before.
        say: told of what is bad and what is held, in one line each.
        clock: the time, UTC.

    Attributes:
        desk: what is held.
        tally: what became of the items.
        looked: when all folders were last looked through, by `follow`.
    """

    def __init__(
        self,
        outlet: Outlet,
        journal: Journal,
        say: Callable[[str], None],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._outlet, self._journal, self._say, self._clock = outlet, journal, say, clock
        self.desk = Desk(journal)
        self.tally = Tally()
        self.looked: datetime | None = None
        self._queued = 0
        self._unreadable: set[Seen] = set()

    async def files(self, files: Iterable[Seen]) -> None:
        """Read files, send their items, and wait until they are delivered."""
        for file in files:
            await self._file(file)
        await self.flush()

    async def lines(self) -> None:
        """Read JSON lines from standard input."""
        await self._items(json_lines(sys.stdin.buffer, STANDARD_INPUT))
        await self.flush()

    async def release(self) -> None:
        """Send what need not be held any longer."""
        for article in self.desk.due(self._clock()):
            await self._send(article, "held item")
        await self.flush()

    async def flush(self) -> None:
        """Wait until what was sent is delivered, then write it down."""
        await self._outlet.confirm()
        self._queued = 0
        self._journal.commit()

    def bad(self, error: InputError) -> None:
        """Tell of something that could not be read."""
        self.tally.bad += 1
        self._say(str(error))

    async def _file(self, file: Seen) -> None:
        try:
            await self._items(each_item(file.path))
        except FileNotFoundError:
            return
        except InputError as error:
            if isinstance(error.__cause__, OSError):  # rights or a network may be mended without changing the file
                self._unread(file, error)
                return
            self.bad(error)
        if look(file.path) == file:
            self._journal.note(file=file.path, mtime=file.mtime, size=file.size)

    def _unread(self, file: Seen, error: InputError) -> None:
        """Tell once of a file that the system does not let us read; it is tried again."""
        if file not in self._unreadable:
            self._unreadable.add(file)
            self.bad(error)

    async def _items(self, items: Finds) -> None:
        for item in items:
            if isinstance(item, Article):
                await self._article(item)
            elif isinstance(item, LeftOut):
                self.tally.left_out += 1
            else:
                self.bad(item)

    async def _article(self, article: Article) -> None:
        verdict = self.desk.judge(article, self._clock())
        if verdict == "send":
            await self._send(article, article_id(article))
        elif verdict == "repeated":
            self.tally.repeated += 1
        elif verdict == "overtaken":
            self.tally.overtaken += 1
        else:
            self.tally.held += 1
            self._say(held_line(article))

    async def _send(self, article: Article, where: str) -> None:
        try:
            await self._outlet.send(article)
        except InputError as error:
            self.bad(FeedError(error.problem, where=where, remedy=error.remedy))
            return
        self.desk.sent(article)
        self.tally.sent += 1
        self._queued += 1
        if self._queued >= CONFIRM_EVERY:
            await self.flush()


def held_line(article: Article) -> str:
    """That an item is held, and until when."""
    end = free_at(article) or NEVER
    until = "until a later version, its embargo names no end" if end == NEVER else f"until {article.embargoed}"
    return f"held {until}: {article_id(article)} {article.headline[:80]!r}"


async def once(
    ingest: Ingest, folder: Folder, paths: Iterable[str], done: Callable[[Seen], bool], *, wait: bool
) -> None:
    """One pass over files, and the wait for the embargoes in it.

    Args:
        ingest: reads and sends.
        folder: the files.
        paths: as the user gave them; standard input is read where it is among them.
        done: whether a file was read before.
        wait: whether to wait for the ends of embargoes that are known.
    """
    if STANDARD_INPUT in paths:
        await ingest.lines()
    ready, _ = folder.settled(done)
    for path in sorted(folder.missing):
        ingest.bad(FeedError("no file or folder", where=path))
    await ingest.files(ready)
    await ingest.release()
    while wait and (end := ingest.desk.next_end()) is not None:
        await nap(end, LONGEST_NAP)
        await ingest.release()


async def follow(
    ingest: Ingest,
    folder: Folder,
    journal: Journal,
    every: float,
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
) -> None:
    """Read whatever comes into some folders, for ever.

    Args:
        ingest: reads and sends.
        folder: the files.
        journal: which were read.
        every: seconds between looks.
        sleep: replaced by tests.
    """
    told: set[str] = set()
    while True:
        ready, there = await asyncio.to_thread(folder.settled, lambda file: journal.files.get(file.path) == file)
        for path in sorted(folder.missing - told):
            ingest.bad(FeedError("no file or folder (yet)", where=path))
        told = set(folder.missing)
        await ingest.files(ready)
        for path in [path for path in journal.files if path not in there]:
            journal.note(gone=path)
        await ingest.release()
        ingest.looked = utc_now()
        await sleep(every)


async def nap(end: datetime, most: float) -> None:
    """Sleep until a time, or for `most` seconds."""
    await asyncio.sleep(min(most, max(0.0, (end - utc_now()).total_seconds()) + 0.001))
