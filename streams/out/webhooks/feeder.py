"""One hook: reads the event topics for it, at a place of its own that outlives the process.

Every hook is a consumer group. What is committed is the place before which everything was delivered, filtered out or
put by; a process that is killed begins there again, so nothing is lost and some is told twice, under the same id.
Several processes of one configuration share the hooks, and one takes over from another.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from schemas.errors import RecordError
from schemas.events import Event
from streams.background import Background
from streams.client import consumer, reaching
from streams.desk.filters import Filter
from streams.offsets import topic_ends
from streams.out.webhooks.config import Hook
from streams.out.webhooks.lanes import GivenUp, Gone, Lanes
from streams.out.webhooks.letters import Letters
from streams.out.webhooks.message import Message, Role, Source, event_of, key_of, message_of, withdrawal_of
from streams.out.webhooks.positions import Position
from streams.out.webhooks.post import Outcome, Poster
from streams.out.webhooks.tally import Tally
from streams.settings import HEARTBEATS, Settings
from streams.topics import declared

log = logging.getLogger(__name__)

FETCH_MS = 200
"""Milliseconds a fetch waits for records."""

TAKE = 100
"""Records taken in between two turns of the event loop."""

MOST_WAITING = 1_000
"""Messages of a hook in memory; while there are so many nothing more is read for it."""

MOST_BYTES = 32 * 1_048_576
"""Bytes of these."""

REJOIN = 30.0
"""Seconds that the others have to give up what they had when somebody comes or goes."""


def group(settings: Settings, hook: str) -> str:
    """Consumer group of a hook."""
    return f"{settings.prefix}-webhook-{hook}"


class Feeder(Background):
    """A hook at work, as an async context manager.

    Args:
        settings: how to reach the broker.
        hook: whom to tell.
        poster: makes the requests.
        letters: keeps what is not taken.
        fatal: called with what ends the process.

    Attributes:
        tally: what it has done.
    """

    def __init__(
        self, settings: Settings, hook: Hook, poster: Poster, letters: Letters, fatal: Callable[[BaseException], None]
    ) -> None:
        self._settings, self.hook, self._poster, self._letters = settings, hook, poster, letters
        self._fatal = fatal
        self._roles: dict[str, Role] = {declared(settings)[role].name: role for role in hook.wants}
        self._positions: dict[Any, Position] = {}
        self._ended: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
        self._committed = self._began = time.monotonic()
        self._left = 0
        self.tally = Tally()
        self._lanes = self._new_lanes()

    async def __aenter__(self) -> Feeder:
        """Join the hook's group.

        Raises:
            BrokerError: the broker cannot be reached.
        """
        self._reader = _consumer(self._settings, self.hook)
        with reaching(self._settings):
            await self._reader.start()
        self._reader.subscribe(list(self._roles), listener=_Listener(self))
        return await super().__aenter__()

    async def __aexit__(self, *details: object) -> None:
        """Let requests under way end, commit, and leave the group."""
        await super().__aexit__(None, None, None)
        await self.give_up()
        await self._reader.stop()

    @property
    def waiting(self) -> int:
        """Messages that are under way or wait for their next try."""
        return self._lanes.waiting

    @property
    def partitions(self) -> list[tuple[str, int]]:
        """Topic and number of the partitions that are this process's."""
        return sorted((place.topic, place.partition) for place in self._positions)

    @property
    def rate(self) -> float:
        """Records a second that it was done with, since the start."""
        return self.tally.records / max(1.0, time.monotonic() - self._began)

    @property
    def lag(self) -> int:
        """Records that the hook is not done with, as far as the last fetches told."""
        if self.tally.state == "disabled":
            return self._left
        ends = {place: self._reader.highwater(place) for place in self._reader.assignment() if place in self._positions}
        return sum(max(0, (end or 0) - self._positions[place].committable) for place, end in ends.items())

    async def give_up(self) -> None:
        """Stop delivering, and commit what was done: the partitions may go to another."""
        lanes, self._lanes = self._lanes, self._new_lanes()
        await lanes.close()
        await self._commit()
        self._positions = {}

    async def begin(self, places: Iterable[Any]) -> None:
        """Go on with partitions where the hook was, or where a new one begins."""
        for place in places:
            offset = await self._reader.committed(place)
            if offset is None:
                offset = await self._first(place)
                await self._reader.commit({place: offset})  # else a new hook that is killed at once would begin later
            self._reader.seek(place, offset)
            self._positions[place] = Position(offset)
        if self.tally.state == "starting":
            self.tally.state = "delivering"

    async def _first(self, place: Any) -> int:
        if self.hook.start == "latest":
            return int((await topic_ends(self._settings, place.topic))[place])
        return int((await self._reader.beginning_offsets([place]))[place])

    async def _go_on(self) -> None:
        """Read for ever; a hook that answers 410 is left alone, whatever else goes wrong ends the process."""
        try:
            while not self._ended.done():
                await self._turn()
            raise self._ended.result()
        except Gone:
            await self._disable()
        except Exception as error:  # the broker's errors and ours alike
            log.exception("webhook %s cannot go on", self.hook.name)
            self._fatal(error)

    async def _turn(self) -> None:
        self._hold()
        for place, records in (await self._reader.getmany(timeout_ms=FETCH_MS, max_records=TAKE)).items():
            for record in records:
                self._take(place, record)
        if time.monotonic() - self._committed > self._settings.commit_interval:
            await self._commit()

    def _hold(self) -> None:
        """Read no more while too much waits. The group is polled all the same, or it would give the hook away."""
        full = self._lanes.waiting >= MOST_WAITING or self._lanes.bytes >= MOST_BYTES
        places = self._reader.assignment()
        if full:
            self._reader.pause(*places)
        else:
            self._reader.resume(*(places & self._reader.paused()))

    def _take(self, place: Any, record: Any) -> None:
        position = self._positions.get(place)
        if position is None:
            return
        source = Source(self._roles[record.topic], record.topic, record.partition, record.offset, record.timestamp)
        try:
            message = self._message(source, key_of(record.key, source.where), record.value)
        except RecordError as error:
            self.tally.passed["unreadable"] += 1
            log.warning("webhook %s: passed over: %s", self.hook.name, error)
            message = None
        if message is None:
            position.passed(record.offset)
        else:
            position.begin(record.offset)
            self._lanes.enter(message)

    def _message(self, source: Source, key: str, value: bytes | None) -> Message | None:
        """What is told of a record; None where nothing is. Raises `RecordError` where it is no event."""
        prefix, wanted = self._settings.prefix, self.hook.wants[source.role]
        if value is None:
            if self.hook.withdrawn:
                return withdrawal_of(key, source, prefix)
        else:
            event = event_of(source, value)
            if (inside := wanted.matches(event)) or concerns(wanted, event):
                return message_of(event, source, value, prefix, outside=not inside)
        self.tally.passed["filtered"] += 1
        return None

    async def _attempt(self, message: Message) -> Outcome:
        return await self._poster.post(self.hook, message.id, message.body)

    async def _put_by(self, one: GivenUp) -> None:
        await self._letters.put_by(self.hook.name, one)

    def _finished(self, message: Message) -> None:
        for place, position in self._positions.items():
            if (place.topic, place.partition) == (message.source.topic, message.source.partition):
                position.done(message.source.offset)

    def _failed(self, error: BaseException) -> None:
        if not self._ended.done():
            self._ended.set_result(error)

    def _new_lanes(self) -> Lanes:
        return Lanes(self.hook, self._attempt, self._put_by, self._finished, self._failed, self.tally)

    async def _commit(self) -> None:
        """Commit what is done. Where that fails it is tried again, and at worst something is told twice."""
        self._committed = time.monotonic()
        ahead = {place: one.committable for place, one in self._positions.items() if one.committable != one.committed}
        if not ahead:
            return
        try:
            await self._reader.commit(ahead)
        except KafkaError as error:
            log.warning("webhook %s: its place was not committed: %r", self.hook.name, error)
            return
        for place, offset in ahead.items():
            self._positions[place].committed = offset

    async def _disable(self) -> None:
        """Leave a hook alone until the process is started again; its place stays where it is."""
        log.error("webhook %s: answered 410, gets nothing more until a restart", self.hook.name)
        self._left = self.lag
        self.tally.state = "disabled"
        await self.give_up()
        self._reader.unsubscribe()


def concerns(wanted: Filter, event: Event) -> bool:
    """Whether an event that does not pass a filter may take the place of one that did, which must be told.

    Another version of a text changes the score, the devices and the words, never agency, outlet and language.
    """
    lasting = Filter(agency=wanted.agency, outlet=wanted.outlet, language=wanted.language)
    return bool(event.supersedes) and replace(lasting, kind=wanted.kind).matches(event)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Tells a feeder what the group decides."""

    def __init__(self, feeder: Feeder) -> None:
        self._feeder = feeder

    async def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        """Called before others can have them."""
        await self._feeder.give_up()

    async def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        """Called once they are this process's."""
        await self._feeder.begin(list(assigned))


def _consumer(settings: Settings, hook: Hook) -> AIOKafkaConsumer:
    timeout = settings.session_timeout
    return consumer(
        settings,
        group(settings, hook.name),
        session_timeout_ms=int(timeout * 1_000),
        heartbeat_interval_ms=int(timeout / HEARTBEATS * 1_000),
        rebalance_timeout_ms=int(max(REJOIN, timeout) * 1_000),
    )
