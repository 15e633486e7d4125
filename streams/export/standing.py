"""The events that stand, one at a time: what is kept meanwhile is a key and an offset for each, never a payload."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from schemas.disposition import Disposition
from schemas.errors import RecordError
from schemas.events import Event
from streams.desk.filters import Filter
from streams.events import RECORDS, each_message
from streams.export.facts import alert_key
from streams.settings import Settings

Unreadable = Callable[[str], None]
"""Told of a record that is not what its topic carries; it is passed over."""

Last = dict[tuple[int, bytes], int]
"""Partition and key to the offset of the key's last record."""


async def chosen(
    settings: Settings, wanted: Filter, decided: Mapping[str, Disposition], unreadable: Unreadable
) -> AsyncIterator[tuple[Event, Disposition | None]]:
    """The standing events that a filter lets through, each with what was decided about its alert.

    Args:
        settings: how to reach the broker.
        wanted: its `kind` says which topic is read.
        decided: decisions by key of the alert; see `decisions`.
        unreadable: told of what is no event.
    """
    async for event in standing_events(settings, wanted.kind, unreadable):
        found = decided.get(alert_key(event))
        if wanted.matches(event, found):
            yield event, found


async def standing_events(settings: Settings, role: str, unreadable: Unreadable) -> AsyncIterator[Event]:
    """The events that stand, in the order in which they were said.

    The topic is read twice: for the last record of each key, then for those records. What is said in between counts
    for neither, so all is as it stood when the first reading began.

    Args:
        settings: how to reach the broker.
        role: alerts or republications.
        unreadable: told of what is no event.
    """
    last = await _last(settings, role)
    async for message in each_message(settings, role):
        if message.key is None or last.get((message.partition, message.key)) != message.offset:
            continue
        event = _read(RECORDS[role], message, unreadable)
        if event is not None:
            yield event


async def decisions(settings: Settings, unreadable: Unreadable) -> dict[str, Disposition]:
    """What stands decided, by key of the alert."""
    found: dict[str, Disposition] = {}
    async for message in each_message(settings, "dispositions"):
        key = (message.key or b"").decode("utf-8", "replace")
        found.pop(key, None)
        said = None if message.value is None else _read(Disposition, message, unreadable)
        if said is not None:
            found[key] = said
    return found


async def _last(settings: Settings, role: str) -> Last:
    last: Last = {}
    async for message in each_message(settings, role):
        if message.key is None:
            continue
        place = (message.partition, message.key)
        if message.value is None:
            last.pop(place, None)
        else:
            last[place] = message.offset
    return last


def _read(kind: Any, message: Any, unreadable: Unreadable) -> Any:
    try:
        return kind.from_bytes(message.value, where=f"{message.topic}[{message.partition}]@{message.offset}")
    except RecordError as error:
        unreadable(str(error))
        return None
