"""What an event rests on, as it stands on the topics: its record, its history, both articles, what was decided."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import orjson

from agents.records import Record
from schemas.accepted import Accepted
from schemas.errors import RecordError
from schemas.events import CopyRef, Event, OriginalRef
from streams.events import RECORDS, each_message
from streams.export.facts import alert_key
from streams.log import as_record
from streams.settings import Settings
from streams.topics import declared
from wirespin.identity import content_digest

ROLES = {"alert": "alerts", "republication": "republications"}
"""Topic of an event by the beginning of its id."""

Ref = OriginalRef | CopyRef


@dataclass(frozen=True)
class Case:
    """An event and everything that was stored about it.

    Attributes:
        event: the event.
        record: as it stood on its topic.
        history: all records of its key that the topic still has, itself among them, in order.
        original: record of the accepted article that the event measures against.
        copy: record of the accepted copy.
        disposition: record of what was decided about the alert, None where nothing was.
    """

    event: Event
    record: Record
    history: tuple[Record, ...]
    original: Record
    copy: Record
    disposition: Record | None = None

    @property
    def texts(self) -> tuple[Accepted, Accepted]:
        """Original and copy, read."""
        left, right = (Accepted.from_bytes(one.value, where=one.where) for one in (self.original, self.copy))
        return left, right

    @property
    def standing(self) -> str | None:
        """Id of the event that stands under the key now; None where it was withdrawn. What is no event says nothing."""
        said = [one for one in self.history if one.value is None or event_id_of(one) is not None]
        return event_id_of(said[-1]) if said else None


async def find_case(settings: Settings, event_id: str) -> Case:
    """Gather a case from the topics, up to where they end now.

    Args:
        settings: how to reach the broker.
        event_id: id of an alert or a republication.

    Raises:
        RecordError: there is no such event, or the log of accepted articles no longer holds one of its texts.
        BrokerError: the broker cannot be reached, or lacks a topic.
    """
    role = _role(event_id)
    record = await _found(settings, role, event_id)
    event = RECORDS[role].from_bytes(record.value, where=record.where)
    history = [one async for one in _records(settings, role, lambda one: one.key == record.key)]
    if record.where not in {one.where for one in history}:  # compacted away in between
        history.insert(0, record)
    original, copy = await _texts(settings, event)
    return Case(event, record, tuple(history), original, copy, await _disposition(settings, alert_key(event)))


def event_id_of(record: Record) -> str | None:
    """Id of the event that a record of an event topic holds; None for a tombstone or what is no event."""
    try:
        found = None if record.value is None else orjson.loads(record.value)["id"]
    except (ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, str) else None


def check_digest(accepted: Accepted, ref: Ref, where: str) -> None:
    """Refuse an article that is not the very text that the event speaks of.

    Raises:
        RecordError: its digest, made anew from headline and body, is not the event's; or its id is another.
    """
    made = content_digest(accepted.article)
    if (accepted.id, made) != (ref.id, ref.digest):
        raise RecordError(
            f"the stored text of {accepted.id} has digest {made}, the event speaks of {ref.id} with {ref.digest}",
            where=where,
            remedy="this text was not what was compared: do not use it",
        )


def _role(event_id: str) -> str:
    kind = event_id.partition("-")[0]
    if kind not in ROLES:
        raise RecordError("no id of an event", where=event_id, remedy="it begins with alert- or republication-")
    return ROLES[kind]


async def _found(settings: Settings, role: str, event_id: str) -> Record:
    """The last record of an event; the same id may have been delivered several times, with the same bytes."""
    needle, found = event_id.encode(), None
    async for record in _records(settings, role, lambda one: needle in (one.value or b"")):
        if event_id_of(record) == event_id:
            found = record
    if found is None:
        remedy = "it may be withdrawn or superseded and compacted away; 'wirespin watch --json' shows ids"
        raise RecordError(f"no such event in {declared(settings)[role].name}", where=event_id, remedy=remedy)
    return found


async def _texts(settings: Settings, event: Event) -> tuple[Record, Record]:
    """The records of both articles."""
    refs: tuple[Ref, Ref] = (event.original, event.copy_)
    needles = [ref.digest.encode() for ref in refs]
    best: dict[int, tuple[bool, Record]] = {}
    async for record in _records(settings, "accepted", lambda one: any(it in (one.value or b"") for it in needles)):
        for number, ref in enumerate(refs):
            rank = _fit(record, ref)
            if rank is not None and (number not in best or rank > best[number][0]):
                best[number] = rank, record
    for number, ref in enumerate(refs):
        if number not in best:
            raise _expired(settings, ref)
    return best[0][1], best[1][1]


def _fit(record: Record, ref: Ref) -> bool | None:
    """Whether a record holds the text of an event: None where not, True where its date is the event's as well.

    The same text may have been accepted twice, and its date judged by another arrival.
    """
    try:
        data = orjson.loads(record.value or b"null")
        named = (data["article"]["id"], data["digest"])
    except (ValueError, LookupError, TypeError):
        return None
    if named != (ref.id, ref.digest):
        return None
    return (data.get("published"), data.get("date_source")) == (ref.published, ref.date_source)


def _expired(settings: Settings, ref: Ref) -> RecordError:
    topic = declared(settings)["accepted"]
    return RecordError(
        f"the text with digest {ref.digest} is not in {topic.name} any more",
        where=ref.id,
        remedy=f"texts are kept {topic.retention_days:g} days (WIRESPIN_WINDOW_DAYS and a slack): make bundles earlier",
    )


async def _disposition(settings: Settings, key: str) -> Record | None:
    """The last record about an alert on the topic of dispositions; None where nothing was decided, or taken back."""
    last = None
    async for record in _records(settings, "dispositions", lambda one: one.key == key.encode()):
        last = record
    return last if last is not None and last.value is not None else None


async def _records(settings: Settings, role: str, wanted: Callable[[Any], bool]) -> AsyncIterator[Record]:
    """The records of a topic that are wanted, without reading the others."""
    async for message in each_message(settings, role):
        if wanted(message):
            yield as_record(message)
