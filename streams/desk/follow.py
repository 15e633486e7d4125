"""Keeping the desk's store as the topics stand."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from streams.client import consumer
from streams.desk.store import Store
from streams.desk.store_write import AnewError
from streams.desk.types import Changes, Following
from streams.log import FETCH_BYTES, as_record
from streams.settings import HOUR, Settings

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

FETCH_MS = 200
"""Milliseconds a fetch waits for records."""

AT_ONCE = 1_000
"""Records of a transaction."""

RETRY = 1.0
"""Seconds until the broker is asked again after it failed."""

TIDY_EVERY = 30.0
"""Seconds between two looks for new partitions and for what is to be dropped."""

PURGES = 20
"""Transactions of a purge at a time: 20,000 texts every `TIDY_EVERY` seconds, far more than come."""

SILENT = 15.0
"""Seconds without an answer to any fetch after which the broker counts as gone; it answers within half a second."""

SHORT = 10.0
"""Seconds for which a partition must end before what was read of it; a leader that is new to it may for a moment."""

AWAY = 20 * HOUR
"""Seconds after which tombstones may have been missed: Kafka's delete.retention.ms is a day unless set otherwise, and
compaction takes them away then."""


async def follow_into(
    store: Store, settings: Settings, notify: Callable[[Changes], None], following: Following | None = None
) -> None:
    """Read accepted articles, events and decisions into a store, from where it stands, until cancelled.

    A broker that is gone is asked again and again; a record that cannot be read is logged, counted and passed over. A
    topic that was made anew, or of which tombstones may have been missed, is read anew from its beginning.

    Args:
        store: what to fill.
        settings: how to reach the broker, and the topics' names.
        notify: told of each batch, in the event loop, when it is in the store.
        following: told of how far it has come.
    """
    told = following or Following()
    while True:
        try:
            await _Session(store, settings, notify, told).run()
            continue
        except AnewError as error:
            _trouble(told, str(error))
            await _anew(told, store.restart, error.topic)
        except (KafkaError, OSError) as error:
            _trouble(told, f"{settings.broker}: {error!r}; it is asked again")
        except sqlite3.Error as error:
            _trouble(told, f"{store.path}: {error!r}")
            if store.damaged:
                await _anew(told, store.renew, f"is damaged ({error})")
        told.connected = False
        await asyncio.sleep(RETRY)


class _Session:
    """One connection, until something about it changes."""

    def __init__(
        self, store: Store, settings: Settings, notify: Callable[[Changes], None], following: Following
    ) -> None:
        self._store, self._notify, self._following = store, notify, following
        self._reader: AIOKafkaConsumer = consumer(
            settings, auto_offset_reset="none", max_partition_fetch_bytes=FETCH_BYTES, fetch_max_wait_ms=FETCH_MS
        )
        self._read: dict[Any, int] = {}
        self._begun: dict[Any, int] = {}
        self._short: dict[Any, float] = {}
        self._swept = False

    async def run(self) -> None:
        """Read until there are other partitions.

        Raises:
            AnewError: a topic does not go on where it was left.
            KafkaError: the broker cannot be reached.
            sqlite3.Error: the store cannot be written.
        """
        try:
            await self._reader.start()
            places = await self._places()
            if not places:
                _trouble(self._following, "the topics do not exist yet; 'wirespin topics --create' makes them")
                await asyncio.sleep(RETRY)
                return
            await self._mend_absence()
            await self._seek(places)
            while True:
                tidy = time.monotonic() + TIDY_EVERY
                while time.monotonic() < tidy:
                    await self._step(places)
                await self._tidy()
                if await self._places() != places:
                    return
        finally:
            await self._reader.stop()

    async def _places(self) -> list[Any]:
        """All partitions of the topics that there are, those of most use to people first."""
        found = []
        for topic in self._store.topics:
            numbers = self._reader.partitions_for_topic(topic)
            if not numbers:
                self._reader._client.add_topic(topic)
                await self._reader._client.force_metadata_update()
                numbers = self._reader.partitions_for_topic(topic)
            found += [TopicPartition(topic, number) for number in sorted(numbers or ())]
        return found

    async def _mend_absence(self) -> None:
        """Begin the compacted topics anew where the store was away for too long to trust what it has of them."""
        now, alive = time.time(), await _whole(self._store.fact, "alive")
        if alive is not None and now - alive > AWAY:
            log.warning("the desk was away for %.0f h: events and decisions are read anew", (now - alive) / HOUR)
            for topic, role in self._store.topics.items():
                if role != "accepted":
                    await _anew(self._following, self._store.restart, topic)
        if alive is None or now - alive > AWAY:
            await _whole(self._store.note, "alive", now)

    async def _seek(self, places: list[Any]) -> None:
        """Go to the last record that was read, by which the topic is known again, or to the beginning."""
        self._reader.assign(places)
        begins = await self._reader.beginning_offsets(places)
        known = await _whole(self._store.positions)
        for place in places:
            self._read[place] = known.get((place.topic, place.partition), (0, 0))[0]
            self._reader.seek(place, max(self._read[place] - 1, 0) if self._read[place] else begins[place])

    async def _step(self, places: list[Any]) -> None:
        """Take in some records; texts only while nothing else waits at the start, since there are most of them."""
        first = [place for place in places if self._store.topics[place.topic] != "accepted"]
        asked = places if all(map(self._is_done, first)) else first
        try:
            got = await self._reader.getmany(*asked, timeout_ms=FETCH_MS, max_records=AT_ONCE)
        except OffsetOutOfRangeError as error:
            place = next(iter(error.args[0]))
            raise AnewError("no longer has what comes next", where=str(place), topic=place.topic) from error
        if records := [as_record(message) for messages in got.values() for message in messages]:
            changes = await _whole(self._store.take, records)
            self._count(places, records, changes)
            self._notify(changes)
        await self._look(places)

    def _count(self, places: list[Any], records: list[Any], changes: Changes) -> None:
        for record in records:
            place = TopicPartition(record.topic, record.partition)
            self._following.read[place.topic] = self._following.read.get(place.topic, 0) + 1
            self._read[place] = max(self._read[place], record.offset + 1)
        for topic, bad in changes.bad.items():
            self._following.bad[topic] = self._following.bad.get(topic, 0) + bad

    async def _look(self, places: list[Any]) -> None:
        """Compare where partitions end with where they were read to."""
        lag, silent = dict.fromkeys((place.topic for place in places), 0), SILENT + 1
        for place in places:
            state = self._reader._subscription.subscription.assignment.state_value(place)
            end = state.highwater
            if end is not None:
                silent = min(silent, time.time() - (state.timestamp or 0) / 1000)
                self._begun.setdefault(place, end)
                self._read[place] = max(self._read[place], await self._reader.position(place))
                lag[place.topic] += max(0, end - self._read[place])
                self._check_end(place, end)
        self._following.lag = lag
        self._following.connected = silent < SILENT
        if self._following.connected:
            self._following.trouble = ""
        if not self._swept and all(map(self._is_done, places)):
            await self._sweep()
            self._swept = self._following.caught_up = True

    def _is_done(self, place: Any) -> bool:
        """Whether all that was there at the start has been read."""
        return place in self._begun and self._read[place] >= self._begun[place]

    def _check_end(self, place: Any, end: int) -> None:
        if end >= self._read[place]:
            self._short.pop(place, None)
        elif time.monotonic() - self._short.setdefault(place, time.monotonic()) > SHORT:
            problem = f"ends at {end}, before what was read of it, {self._read[place]}"
            raise AnewError(problem, where=str(place), topic=place.topic)

    async def _sweep(self) -> None:
        """Drop what topics that were begun anew no longer tell of."""
        for topic in await _whole(self._store.unswept) & set(self._store.topics):
            gone = await _whole(self._store.sweep, topic)
            log.info("%s was read anew; %d of its events stand no longer", topic, len(gone))
            if gone:
                self._notify(Changes(gone=gone))

    async def _tidy(self) -> None:
        """Drop what is over, and note that nothing was missed until now."""
        now = time.time()
        if self._following.connected and self._following.caught_up:
            await _whole(self._store.note, "alive", now)
        for _ in range(PURGES):
            if not await _whole(self._store.purge, now):
                break


def _trouble(following: Following, problem: str) -> None:
    if following.trouble != problem:  # once, not with every try
        log.warning("%s", problem)
    following.trouble = problem


async def _anew(following: Following, restart: Callable[[str], None], what: str) -> None:
    following.restarts += 1
    following.caught_up = False
    await _whole(restart, what)


async def _whole(function: Callable[..., Answer], *arguments: object) -> Answer:
    """Run something in a thread, to its end also where this is cancelled: the store may be closed right after."""
    running = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
