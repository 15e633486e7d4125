"""CloudEvents 1.0 in binary mode on Kafka: the event's attributes as headers, its data as the value.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from schemas.base import SCHEMA_VERSION
from schemas.events import Alert, Event

TYPES = {
    "republication": f"org.wirespin.republication.found.v{SCHEMA_VERSION}",
    "alert": f"org.wirespin.alert.framing-altered.v{SCHEMA_VERSION}",
}
"""Event types: reverse-DNS, with the schema version."""

WITHDRAWN = {
    "republication": f"org.wirespin.republication.withdrawn.v{SCHEMA_VERSION}",
    "alert": f"org.wirespin.alert.withdrawn.v{SCHEMA_VERSION}",
}
"""What a tombstone is called where it has to have a type: it has none on the topic, having neither data nor headers."""

Headers = list[tuple[str, bytes]]


def attributes(event: Event, source: str) -> dict[str, str]:
    """The attributes of an event; those that it lacks are left out.

    Args:
        event: its `id` is the CloudEvents id: consumers drop repeats by (source, id).
        source: URI reference of the topic prefix, e.g. ``/wirespin``.
    """
    kind = "alert" if isinstance(event, Alert) else "republication"
    found = {
        "specversion": "1.0",
        "id": event.id,
        "type": TYPES[kind],
        "source": source,
        "subject": event.copy_.id,
        "time": event.time,
    }
    return {name: value for name, value in found.items() if value is not None}


def headers(event: Event, source: str) -> Headers:
    """The attributes of an event as headers of its record; see `attributes`."""
    found = [(f"ce_{name}", value.encode()) for name, value in attributes(event, source).items()]
    return [*found, ("content-type", b"application/json")]
