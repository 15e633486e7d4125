"""A record of an event topic as the request that a hook gets: a CloudEvent in structured mode.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md, 3.2, with the extensions
Partitioning (``partitionkey``) and Sequence (``sequence``) of the same version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from schemas.base import SCHEMA_VERSION
from schemas.cloudevents import WITHDRAWN, attributes
from schemas.errors import RecordError
from schemas.events import Event
from streams.events import RECORDS
from wirespin.identity import digest

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"

TEST_TYPE = f"org.wirespin.webhook.test.v{SCHEMA_VERSION}"
"""Type of the message that `wirespin webhooks test` sends."""

SEQUENCE_DIGITS = 20
"""Digits of a sequence, so that texts compare as numbers do: offsets have 64 bits."""

LAST_SECOND = 253_402_300_799.0
"""The end of the year 9999."""

_HEADER = re.compile(r"[A-Za-z0-9_-]{1,128}")
"""Ids that stand in a header and in ``id.timestamp.body`` without being read otherwise."""

Role = Literal["alerts", "republications"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record stands.

    Attributes:
        role: of its topic.
        topic: the topic's name.
        partition: its partition.
        offset: its offset.
        timestamp: when it was written, in milliseconds since 1970.
    """

    role: Role
    topic: str
    partition: int
    offset: int
    timestamp: int

    @property
    def where(self) -> str:
        """The place in an error's words."""
        return f"{self.topic}[{self.partition}]@{self.offset}"


@dataclass(frozen=True, slots=True)
class Message:
    """What is delivered.

    Attributes:
        id: the same at every try and after every restart; receivers drop repeats by it.
        key: of the event; messages of a key are delivered in order.
        body: of the request.
        source: where the event stands.
        value: the event's bytes, None where it was withdrawn.
        outside: whether it does not pass the hook's filter, and is told since an earlier version of it may have.
    """

    id: str
    key: str
    body: bytes
    source: Source
    value: bytes | None
    outside: bool = False


def event_of(source: Source, value: bytes) -> Event:
    """The event of a record.

    Raises:
        RecordError: it is none.
    """
    return RECORDS[source.role].from_bytes(value, where=source.where)


def message_of(event: Event, source: Source, value: bytes, prefix: str, *, outside: bool = False) -> Message:
    """A message that tells of an event.

    Args:
        event: of the record.
        source: where it stands.
        value: the record's bytes, which go out as they are.
        prefix: of the topics; it names the source of the event.
        outside: see `Message`.
    """
    about: dict[str, Any] = {**attributes(event, f"/{prefix}"), **_extensions(event.key, source)}
    if outside:
        about["outsidefilter"] = True
    return Message(_id(event.id), event.key, _body(about, orjson.Fragment(value)), source, value, outside)


def withdrawal_of(key: str, source: Source, prefix: str) -> Message:
    """A message that tells that what was said under a key no longer stands."""
    kind = "alert" if source.role == "alerts" else "republication"
    name = "withdrawn-" + digest(key, source.topic, *map(str, (source.partition, source.offset, source.timestamp)))
    about = {
        "specversion": "1.0",
        "id": name,
        "type": WITHDRAWN[kind],
        "source": f"/{prefix}",
        "time": iso(source.timestamp / 1_000),
        **_extensions(key, source),
    }
    return Message(name, key, _body(about, {"type": "withdrawn", "kind": kind, "key": key}), source, None)


def made_again(source: Source, key: str, value: bytes | None, prefix: str, *, outside: bool) -> Message:
    """The message of a record, whatever a filter says now; raises as `event_of`."""
    if value is None:
        return withdrawal_of(key, source, prefix)
    return message_of(event_of(source, value), source, value, prefix, outside=outside)


def trial(hook: str, name: str, prefix: str, seconds: float) -> tuple[str, bytes]:
    """Id and body of a message that says nothing, to see whether a receiver takes it."""
    about = {
        "specversion": "1.0",
        "id": f"test-{name}",
        "type": TEST_TYPE,
        "source": f"/{prefix}",
        "time": iso(seconds),
    }
    return f"test-{name}", _body(about, {"type": "test", "hook": hook})


def key_of(raw: bytes | None, where: str) -> str:
    """The key of a record.

    Raises:
        RecordError: it has none that can be read.
    """
    try:
        return (raw or b"").decode()
    except UnicodeDecodeError as error:
        raise RecordError("its key is no UTF-8", where=where, remedy="something else wrote to this topic") from error


def iso(seconds: float) -> str:
    """A time in UTC, ISO 8601 with seconds; what lies outside the years that this can write is put at their edge."""
    return datetime.fromtimestamp(max(0.0, min(seconds, LAST_SECOND)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(name: str) -> str:
    return name if _HEADER.fullmatch(name) else "event-" + digest(name)


def _extensions(key: str, source: Source) -> dict[str, str]:
    return {"partitionkey": key, "sequence": f"{source.offset:0{SEQUENCE_DIGITS}d}"}


def _body(about: dict[str, Any], data: Any) -> bytes:
    return orjson.dumps({**about, "datacontenttype": "application/json", "data": data})
