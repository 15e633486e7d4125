"""What was rejected: read, looked at, fetched from where it stands, and sent again."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from agents.records import Record
from schemas.errors import BrokerError, RecordError, SendError
from schemas.rejection import REJECTED_AT, REPLAYS, Rejection
from streams.client import Producer, consumer
from streams.events import each_message
from streams.log import FETCH_MS, as_record
from streams.settings import Settings
from streams.topics import declared

LARGEST_SENT = 64 * 1_048_576
"""Bytes of a record that may be sent again; the broker's own limit decides."""

CONFIRM_EVERY = 100
"""Records that are sent again before their delivery is waited for: 60 MB at most, but for those fetched whole."""

FETCH_TIMEOUT = 10.0
"""Seconds until a record that is asked for by its place counts as gone."""

_PLACE = re.compile(r"(?P<topic>[a-zA-Z0-9._-]+)-(?P<partition>\d{1,9})-(?P<offset>\d{1,18})")
_WHERE = re.compile(r"[\w.\[\]@-]+: ")
_REASON = re.compile(r"[^:;(,\d]+")

Place = tuple[str, int, int]
"""Topic, partition, offset."""

Identity = tuple[Place, str | None, str | None]
"""Place, value and digest of a record."""


@dataclass(frozen=True)
class Rejected:
    """A rejection as it was read.

    Attributes:
        rejection: what it says.
        at: when it was written.
        prefix: of the topics, left out of ids.
        first: where the record stood when it was refused for the first time, None where that is here.
    """

    rejection: Rejection
    at: datetime
    prefix: str
    first: Place | None = None

    @property
    def place(self) -> Place:
        """Where the record stands that was refused."""
        return self.rejection.topic, self.rejection.partition, self.rejection.offset

    @property
    def origin(self) -> Place:
        """Where the record stood when it was refused for the first time."""
        return self.first or self.place

    @property
    def identity(self) -> Identity:
        """What the record is known by: where it first stood, and its value; a topic made anew has the same places."""
        return self.origin, self.rejection.value, self.rejection.sha256

    def again(self, earlier: Collection[Identity]) -> Rejected:
        """The same, with its first place where it is what was sent again.

        What the header says is believed only of a record that was refused there and has the same value: a producer
        must not hide the rejections of others behind a header.
        """
        found = _PLACE.fullmatch(self._header(REJECTED_AT))
        if found is None:
            return self
        moved = replace(self, first=(found["topic"], int(found["partition"]), int(found["offset"])))
        return moved if moved.identity in earlier else self

    @property
    def id(self) -> str:
        """Its name on the command line: that of its first place, so that it stays the same when it is sent again."""
        return place_name(self.origin, self.prefix)

    @property
    def replays(self) -> int:
        """How often it has been sent again."""
        digits = self._header(REPLAYS)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0

    @property
    def reason(self) -> str:
        """What was wrong, without the particulars: rejections of one cause have one reason.

        >>> rejection = Rejection(stage="", topic="", partition=0, offset=0, error="", message="t[0]@1: not JSON (x)")
        >>> Rejected(rejection, datetime.now(UTC), "").reason
        'not JSON'
        """
        said = _WHERE.sub("", self.rejection.message, count=1).removeprefix("field record: ")
        found = _REASON.match(said)
        return (found and found[0].strip(" .")) or self.rejection.error

    @property
    def size(self) -> int | None:
        """Bytes of its value, None for a tombstone."""
        value = self.rejection.value
        return self.rejection.truncated if value is None else len(_bytes(value) or b"")

    @property
    def head(self) -> bytes | None:
        """The first bytes of a value that was too large to be kept, None where it was kept."""
        return _bytes(self.rejection.head)

    def record(self) -> Record | None:
        """The record as it came; None where not all of it was kept."""
        rejection = self.rejection
        if rejection.omitted or rejection.truncated:
            return None
        headers = tuple((name, _bytes(value)) for name, value in rejection.headers)
        return Record(*self.place, rejection.timestamp or 0, _bytes(rejection.key), _bytes(rejection.value), headers)

    def _header(self, name: str) -> str:
        content = next((value for header, value in self.rejection.headers if header == name), None)
        return (_bytes(content) or b"").decode("utf-8", "replace")


def place_name(place: Place, prefix: str) -> str:
    """A place as one word: ``articles-0-17`` for offset 17 of partition 0 of ``wirespin.articles``."""
    topic, partition, offset = place
    return f"{topic.removeprefix(f'{prefix}.')}-{partition}-{offset}"


async def rejected(settings: Settings, unreadable: Callable[[str], None]) -> AsyncIterator[Rejected]:
    """Everything in the topic of rejections, in the order in which it was written.

    Args:
        settings: how to reach the broker.
        unreadable: told of a record there that is no rejection.
    """
    async for message in each_message(settings, "rejected"):
        where = f"{message.topic}[{message.partition}]@{message.offset}"
        try:
            rejection = Rejection.from_bytes(message.value, where=where)
            one = Rejected(rejection, datetime.fromtimestamp(message.timestamp / 1000, UTC), settings.prefix)
            one.record(), one.head
        except ValueError as error:  # base64 that is none, too
            unreadable(str(error))
        else:
            yield one


async def standing_rejections(settings: Settings, unreadable: Callable[[str], None]) -> list[Rejected]:
    """The last rejection of every record, oldest first.

    What was delivered twice is rejected twice, and what was sent again and refused again is one more rejection: of
    those the last one stands.
    """
    last: dict[Identity, Rejected] = {}
    async for read in rejected(settings, unreadable):
        one = read.again(last)
        last.pop(one.identity, None)
        last[one.identity] = one
    return list(last.values())


def named(found: Iterable[Rejected], name: str) -> list[Rejected]:
    """The rejections that an id names: by the first place of the record, or by the place where it was refused last."""
    return [one for one in found if name in (one.id, place_name(one.place, one.prefix), place_name(one.place, ""))]


async def whole(settings: Settings, one: Rejected) -> Record:
    """The record that was refused, read from its topic where the rejection does not hold all of it.

    Raises:
        RecordError: it is not there any more.
        BrokerError: there is no such topic.
    """
    kept = one.record()
    if kept is not None:
        return kept
    found = await _fetched(settings, one.place)
    digest = one.rejection.sha256
    if found is None or (digest and hashlib.sha256(found.value or b"").hexdigest() != digest):
        raise RecordError(
            "was too large to be kept whole, and is no longer at its place",
            where=place_name(one.place, settings.prefix),
            remedy="ask its producer for it",
        )
    return found


async def send_again(
    settings: Settings, records: Sequence[Rejected], told: Callable[[Rejected, str | None], None]
) -> None:
    """Send records again to the topic and partition that they came from, under their own key.

    Each is marked with how often it was sent and where it was first refused. If it is refused again that is one more
    rejection, which stands for it from then on: nothing is sent by itself.

    Args:
        settings: how to reach the broker.
        records: what to send.
        told: called for each when it is delivered, or with what was wrong where it cannot be.

    Raises:
        BrokerError: the broker cannot be reached, or lacks one of the topics.
    """
    known = {topic.name for topic in declared(settings).values()}
    topics = sorted({one.rejection.topic for one in records} & known)
    async with Producer(settings, topics, LARGEST_SENT) as producer:
        for begin in range(0, len(records), CONFIRM_EVERY):
            some = records[begin : begin + CONFIRM_EVERY]
            pending = [(one, await _tried(_queued(settings, producer, one, known))) for one in some]
            for one, queued in pending:
                problem = queued if isinstance(queued, str) else await _tried(producer.confirm([queued]))
                told(one, problem if isinstance(problem, str) else None)


async def _queued(settings: Settings, producer: Producer, one: Rejected, known: Collection[str]) -> Any:
    """The delivery of a record that is sent again, to be confirmed."""
    if one.rejection.topic not in known:
        raise BrokerError("is no topic of this pipeline", where=one.rejection.topic, remedy="see 'wirespin topics'")
    record = await whole(settings, one)
    headers = [header for header in record.headers if header[0] not in (REPLAYS, REJECTED_AT)]
    marks = [(REPLAYS, str(one.replays + 1).encode()), (REJECTED_AT, place_name(one.origin, "").encode())]
    return await producer.send_to(record.topic, record.partition, record.key, record.value, [*headers, *marks])


async def _tried(attempt: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns, or what was wrong, as text."""
    try:
        return await attempt
    except (RecordError, SendError, BrokerError) as error:
        return str(error)


async def _fetched(settings: Settings, place: Place) -> Record | None:
    """The record at a place, None where there is none now."""
    where, offset = TopicPartition(*place[:2]), place[2]
    reader = consumer(settings)
    try:
        await reader.start()
        reader.assign([where])
        first = (await reader.beginning_offsets([where]))[where]
        if offset < first:
            return None
        reader.seek(where, offset)
        async with asyncio.timeout(FETCH_TIMEOUT):
            while True:
                for message in (await reader.getmany(where, timeout_ms=FETCH_MS, max_records=1)).get(where, ()):
                    return as_record(message) if message.offset == offset else None
    except TimeoutError:
        return None
    except (KafkaError, OSError) as error:
        raise BrokerError(str(error), where=settings.broker) from error
    finally:
        await reader.stop()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
